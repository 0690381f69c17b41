#pragma once

#include "ui/views/qcustomplot_include.h"

#include "ui/appearance.h"
#include "ui/models/memoryseries.h"

namespace pyrena {

// Bytes in use and live objects over the whole recording; the crosshair is the playhead, a click or drag moves it.
class TimelinePlot : public QCustomPlot
{
    Q_OBJECT
public:
    explicit TimelinePlot(Shared shared, QWidget *parent = nullptr);

    const MemorySeries &series() const { return m_series; }
    double leftMargin() const;
    double rightMargin() const;

Q_SIGNALS:
    void positionClicked(double x);     // in widget coordinates, which the scrubber shares
    void marginsChanged();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    void onTraceChanged();
    void onMoved();
    void restyle();

    Shared m_shared;
    MemorySeries m_series;
    QCPGraph *m_bytes, *m_objects;
    QCPItemLine *m_cursor;
};

} // namespace pyrena
