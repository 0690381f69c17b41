#pragma once

#include "ui/views/plot.h"

#include "ui/appearance.h"
#include "ui/models/traceseries.h"

namespace pyrena {

// What the bytes of the arenas are, over the whole run, stacked. The line is the playhead, a click or drag moves it.
class PartsPlot : public Plot
{
    Q_OBJECT
public:
    PartsPlot(Shared shared, SeriesSource &source, QWidget *parent = nullptr);
    double xOf(std::uint32_t position) const { return xAxis->coordToPixel(position); }
    QSize minimumSizeHint() const override { return {160, 90}; }

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    void onReady();
    void onMoved();
    void fitTicks() override;
    void restyle();
    void seekTo(double x);

    Shared m_shared;
    SeriesSource &m_source;
    std::vector<QCPGraph *> m_tops;      // by part: the sum of all parts up to it
    QCPItemLine *m_cursor;
};

} // namespace pyrena
