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
        if (!size().isEmpty())
            QCustomPlot::resizeEvent(event);
    }
};

// Axes, grid and margins of a plot in a dock.
void styleSmallPlot(QCustomPlot &plot, const Theme &theme);

} // namespace pyrena
