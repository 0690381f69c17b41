#pragma once

#include "ui/docks/paneldock.h"

namespace pyrena {

class Scrubber;
class SeriesSource;
class TimelinePlot;

class TimelineDock : public PanelDock
{
    Q_OBJECT
public:
    TimelineDock(Shared shared, SeriesSource &source, QWidget *parent = nullptr);
    Scrubber *scrubber() const { return m_scrubber; }
    TimelinePlot *plot() const { return m_plot; }

private:
    void showPlace();

    TimelinePlot *m_plot;
    Scrubber *m_scrubber;
};

} // namespace pyrena
