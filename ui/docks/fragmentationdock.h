#pragma once

#include "ui/docks/paneldock.h"
#include "ui/models/heapparts.h"

namespace pyrena {

class ClassChart;
class PartsBar;
class PartsPlot;
class SeriesSource;

// Where the bytes of the arenas are at this moment, for each size class, and over the run.
class FragmentationDock : public PanelDock
{
    Q_OBJECT
public:
    FragmentationDock(Shared shared, SeriesSource &source, QWidget *parent = nullptr);

    const Fragmentation &shown() const { return m_shown; }
    PartsBar *bar() const { return m_bar; }
    ClassChart *classes() const { return m_classes; }
    PartsPlot *overTime() const { return m_overTime; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void onMoved(std::uint32_t from, std::uint32_t to);
    void refresh();

    PartsBar *m_bar;
    ClassChart *m_classes;
    PartsPlot *m_overTime;
    FragmentationMeter m_meter;
    Fragmentation m_shown;
    bool m_stale = true;         // the meter has missed moves while this was hidden
};

} // namespace pyrena
