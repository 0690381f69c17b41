#pragma once

#include "ui/docks/paneldock.h"

namespace pyrena {

class Scrubber;
class TimelinePlot;

class TimelineDock : public PanelDock
{
    Q_OBJECT
public:
    explicit TimelineDock(Shared shared, QWidget *parent = nullptr);
    Scrubber *scrubber() const { return m_scrubber; }
    TimelinePlot *plot() const { return m_plot; }

private:
    void showPlace();

    TimelinePlot *m_plot;
    Scrubber *m_scrubber;
};

} // namespace pyrena
