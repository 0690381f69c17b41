#include "ui/views/timelineplot.h"

#include "ui/playhead.h"

#include <QLocale>
#include <QMouseEvent>

#include <cmath>

namespace pyrena {

TimelinePlot::TimelinePlot(Shared shared, SeriesSource &source, QWidget *parent) : Plot(parent), m_shared(shared), m_source(source)
{
    setObjectName(QStringLiteral("timelinePlot"));
    setAccessibleName(tr("Bytes in use and live objects over the run"));
    setMinimumHeight(44);
    setNoAntialiasingOnDrag(true);
    m_bytes = addGraph(xAxis, yAxis);
    m_objects = addGraph(xAxis, yAxis2);
    for (QCPGraph *graph : {m_bytes, m_objects})
        graph->setLineStyle(QCPGraph::lsStepLeft);
    m_bytes->setName(tr("bytes in use"));
    m_objects->setName(tr("live objects"));
    m_cursor = addPlayheadLine(*this);
    yAxis2->setVisible(true);
    for (QCPAxis *axis : {xAxis, xAxis2})
        axis->setVisible(false);
    axisRect()->setAutoMargins(QCP::msNone);
    plotLayout()->setMargins(QMargins(0, 0, 0, 0));

    connect(&source, &SeriesSource::ready, this, &TimelinePlot::onReady);
    connect(&shared.playhead, &Playhead::moved, this, &TimelinePlot::onMoved);
    connect(&shared.appearance, &Appearance::themeChanged, this, &TimelinePlot::restyle);
    restyle();
    onReady();
}

double TimelinePlot::leftMargin() const
{
    return m_shared.appearance.theme().px(84);
}

double TimelinePlot::rightMargin() const
{
    return m_shared.appearance.theme().px(84);
}

const MemorySeries &TimelinePlot::series() const
{
    return m_source.series().memory;
}

void TimelinePlot::onReady()
{
    const MemorySeries &all = series();
    QVector<double> keys(static_cast<int>(all.positions.size()));
    std::copy(all.positions.begin(), all.positions.end(), keys.begin());
    m_bytes->setData(keys, QVector<double>(all.bytes.begin(), all.bytes.end()), true);
    m_objects->setData(keys, QVector<double>(all.objects.begin(), all.objects.end()), true);
    // Not from zero: what the interpreter had before the program began would flatten what the program does.
    const auto range = [](const std::vector<double> &v, double max) {
        double low = max;
        for (const double y : v)
            low = std::min(low, y);
        const double span = std::max(1.0, max - low);
        return QCPRange(low, low + span * 1.12);
    };
    xAxis->setRange(0, std::max(1u, m_shared.playhead.end()));
    const QCPRange bytes = range(all.bytes, all.maxBytes), objects = range(all.objects, all.maxObjects);
    yAxis->setRange(bytes.lower, bytes.upper);
    yAxis2->setRange(objects.lower, objects.upper);
    const auto label = [](QCPAxis *axis, double low, double high) {
        QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
        ticker->addTick(low, QLocale().toString(qlonglong(low)));
        if (high > low)
            ticker->addTick(high, QLocale().toString(qlonglong(high)));
        axis->setTicker(ticker);
    };
    label(yAxis, bytes.lower, all.maxBytes);
    label(yAxis2, objects.lower, all.maxObjects);
    m_bytes->setVisible(m_shared.playhead.hasTrace());
    // A recording of the allocator knows no objects.
    const bool objectsKnown = m_shared.playhead.hasTrace() && !m_shared.playhead.replay();
    m_objects->setVisible(objectsKnown);
    yAxis2->setTickLabels(objectsKnown);
    m_cursor->setVisible(m_shared.playhead.hasTrace());
    onMoved();
    replot(QCustomPlot::rpQueuedReplot);
}

void TimelinePlot::onMoved()
{
    const double x = m_shared.playhead.position();
    m_cursor->start->setCoords(x, 0);
    m_cursor->end->setCoords(x, 1);
    const MemorySeries &all = series();
    const auto at = std::upper_bound(all.positions.begin(), all.positions.end(), m_shared.playhead.position());
    if (at != all.positions.begin()) {
        const auto i = static_cast<std::size_t>(at - all.positions.begin() - 1);
        setAccessibleDescription(tr("%1 bytes in use, %2 live objects").arg(QLocale().toString(qlonglong(all.bytes[i])),
                                                                             QLocale().toString(qlonglong(all.objects[i]))));
    }
    m_cursor->layer()->replot();
}

void TimelinePlot::restyle()
{
    const Theme &t = m_shared.appearance.theme();
    setBackground(QBrush(t.panel));
    axisRect()->setBackground(QBrush(t.panel));
    const auto style = [&t](QCPAxis *axis, const QColor &text) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->grid()->setPen(QPen(t.line, 1, Qt::DotLine));
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->setTickLabelFont(t.font(11.5));
        axis->setTickLabelColor(text);
        axis->setTickLabelPadding(static_cast<int>(t.px(8)));
    };
    style(yAxis, t.accent);
    style(yAxis2, t.goodText);
    yAxis2->grid()->setVisible(false);
    m_bytes->setPen(QPen(t.accent, t.px(1.8)));
    m_bytes->setBrush(mixed(t.accent, t.panel, 0.15));
    m_objects->setPen(QPen(t.goodText, t.px(1.6), Qt::DashLine));
    m_cursor->setPen(QPen(t.danger, t.px(1.6)));
    axisRect()->setMargins(QMargins(static_cast<int>(leftMargin()), static_cast<int>(t.px(8)), static_cast<int>(rightMargin()),
                                    static_cast<int>(t.px(8))));
    Q_EMIT marginsChanged();
    replot(QCustomPlot::rpQueuedReplot);
}

void TimelinePlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT positionClicked(event->position().x());
}

void TimelinePlot::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        Q_EMIT positionClicked(event->position().x());
}

} // namespace pyrena
