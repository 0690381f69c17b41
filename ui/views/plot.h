#pragma once

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

} // namespace pyrena
