#pragma once

#include "ui/views/plot.h"

#include "ui/appearance.h"
#include "ui/models/traceseries.h"

namespace pyrena {

// Bytes in use and live objects over the whole recording; the crosshair is the playhead, a click or drag moves it.
class TimelinePlot : public Plot
{
    Q_OBJECT
public:
    TimelinePlot(Shared shared, SeriesSource &source, QWidget *parent = nullptr);

    const MemorySeries &series() const;
    double leftMargin() const;
    double rightMargin() const;

Q_SIGNALS:
    void positionClicked(double x);     // in widget coordinates, which the scrubber shares
    void marginsChanged();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    void onReady();
    void onMoved();
    void restyle();

    Shared m_shared;
    SeriesSource &m_source;
    QCPGraph *m_bytes, *m_objects;
    QCPItemLine *m_cursor;
};

} // namespace pyrena
