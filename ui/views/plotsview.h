#pragma once

#include "ui/views/plot.h"

#include "ui/appearance.h"
#include "ui/views/plotschart.h"

#include <optional>

namespace pyrena {

class SeriesSource;

// The plots on the stage: a click goes there, dragging moves and the wheel zooms the time, a double click shows all of it.
class PlotsView : public Plot
{
    Q_OBJECT
public:
    PlotsView(Shared shared, SeriesSource &source, QWidget *parent = nullptr);

    PlotsChart &chart() { return m_chart; }
    const HeapSample &now() const { return m_now; }

    QSize minimumSizeHint() const override { return {240, 160}; }

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    void fitTicks() override { m_chart.fit(size()); }
    void onReady();
    void onMoved(std::uint32_t from, std::uint32_t to);
    void showNow();
    void zoomBy(double factor);
    void restyle();

    Shared m_shared;
    SeriesSource &m_source;
    PlotsChart m_chart;
    FragmentationMeter m_meter;
    HeapSample m_now;
    bool m_stale = true;                   // the meter has missed moves while this was hidden
    std::optional<QPointF> m_pressed;
};

} // namespace pyrena
