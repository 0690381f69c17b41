#pragma once

#include "ui/theme.h"
#include "ui/views/qcustomplot_include.h"

namespace pyrena {

// A QCustomPlot in a dock or tab that may be hidden: without a size it has nothing to paint on, and would complain.
class Plot : public QCustomPlot
{
public:
    using QCustomPlot::QCustomPlot;

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        if (size().isEmpty())
            return;
        fitTicks();
        QCustomPlot::resizeEvent(event);
    }
    // What does not zoom leaves the wheel to what scrolls.
    void wheelEvent(QWheelEvent *event) override
    {
        if (interactions().testFlag(QCP::iRangeZoom))
            QCustomPlot::wheelEvent(event);
        else
            event->ignore();
    }
    // As many labels at the left as there is height for.
    virtual void fitTicks() {}
};

// The line of the playhead, over the height of the plot, on a layer of its own: moving it paints nothing else.
QCPItemLine *addPlayheadLine(QCustomPlot &plot);

// How many labels of an axis have room above each other.
int ticksFor(double height, const QFont &font);

// Axes, grid and margins of a plot in a dock.
void styleSmallPlot(QCustomPlot &plot, const Theme &theme);

} // namespace pyrena
