#include "ui/views/plotsview.h"

#include "ui/playhead.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>

#include <cmath>

namespace pyrena {

PlotsView::PlotsView(Shared shared, SeriesSource &source, QWidget *parent)
    : Plot(parent), m_shared(shared), m_source(source), m_chart(*this)
{
    setObjectName(QStringLiteral("plots"));
    setAccessibleName(tr("Plots"));
    setToolTip(tr("A click goes there. Drag to move, wheel or + and - to zoom, double click or 0 to show the whole run."));
    setFocusPolicy(Qt::StrongFocus);
    setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    connect(&source, &SeriesSource::ready, this, &PlotsView::onReady);
    connect(&shared.playhead, &Playhead::moved, this, &PlotsView::onMoved);
    connect(&shared.appearance, &Appearance::themeChanged, this, &PlotsView::restyle);
    restyle();
    onReady();
}

void PlotsView::onReady()
{
    const Playhead &p = m_shared.playhead;
    m_stale = true;
    m_chart.setSeries(m_source.series(), p.end(), p.replay() != nullptr, !p.hasTrace() || p.trace().profile->collector.counts());
    m_chart.setTheme(m_shared.appearance.theme());
    showNow();
    replot(rpQueuedReplot);
}

void PlotsView::onMoved(std::uint32_t from, std::uint32_t to)
{
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    if (!m_stale)
        m_meter.move(m_shared.playhead.trace(), m_shared.playhead.world(), from, to);
    showNow();
}

void PlotsView::showEvent(QShowEvent *event)
{
    QCustomPlot::showEvent(event);
    showNow();
}

void PlotsView::showNow()
{
    const Playhead &p = m_shared.playhead;
    if (!p.hasTrace() || !isVisible())
        return;
    if (m_stale)
        m_meter.reset(p.world());
    m_stale = false;
    m_now = heapSample(p.world(), m_meter, p.position());
    m_chart.setNow(m_now);
    setAccessibleDescription(m_chart.summary());
    layer(QStringLiteral("playhead"))->replot();
}

void PlotsView::restyle()
{
    m_chart.setTheme(m_shared.appearance.theme());
    replot(rpQueuedReplot);
}

void PlotsView::zoomBy(double factor)
{
    const QCPRange now = m_chart.visible();
    const double size = now.size() / factor;
    const double around = m_shared.playhead.position();
    const double share = now.contains(around) ? (around - now.lower) / now.size() : 0.5;
    const double at = now.contains(around) ? around : now.center();
    m_chart.setVisible(QCPRange(at - share * size, at + (1 - share) * size));
    replot(rpQueuedReplot);
}

void PlotsView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus: case Qt::Key_Equal: zoomBy(2); return;
    case Qt::Key_Minus: zoomBy(0.5); return;
    case Qt::Key_0: m_chart.showAll(); replot(rpQueuedReplot); return;
    default: QCustomPlot::keyPressEvent(event);
    }
}

void PlotsView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_pressed = event->position();
    QCustomPlot::mousePressEvent(event);
}

void PlotsView::mouseReleaseEvent(QMouseEvent *event)
{
    QCustomPlot::mouseReleaseEvent(event);
    const auto pressed = std::exchange(m_pressed, std::nullopt);
    Playhead &p = m_shared.playhead;
    if (!pressed || !p.hasTrace() || (event->position() - *pressed).manhattanLength() >= QApplication::startDragDistance())
        return;
    const double x = std::clamp(m_chart.positionAt(event->position().x()), 0.0, double(p.end()));
    p.seek(p.nearestStop(static_cast<std::uint32_t>(std::lround(x))));
}

void PlotsView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QCustomPlot::mouseDoubleClickEvent(event);
    m_chart.showAll();
    replot(rpQueuedReplot);
}

} // namespace pyrena
