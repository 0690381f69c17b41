#include "ui/views/timelineplot.h"

#include "ui/playhead.h"

#include <QLocale>
#include <QMouseEvent>

#include <cmath>

namespace pyrena {

TimelinePlot::TimelinePlot(Shared shared, QWidget *parent) : QCustomPlot(parent), m_shared(shared)
{
    setObjectName(QStringLiteral("timelinePlot"));
    setAccessibleName(tr("Bytes in use and live objects over the run"));
    setMinimumHeight(44);
    setNoAntialiasingOnDrag(true);
    // QCustomPlot has its own layers; only the layer of the cursor is painted anew when the playhead moves.
    addLayer(QStringLiteral("playhead"), layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
    layer(QStringLiteral("playhead"))->setMode(QCPLayer::lmBuffered);
    m_bytes = addGraph(xAxis, yAxis);
    m_objects = addGraph(xAxis, yAxis2);
    for (QCPGraph *graph : {m_bytes, m_objects})
        graph->setLineStyle(QCPGraph::lsStepLeft);
    m_bytes->setName(tr("bytes in use"));
    m_objects->setName(tr("live objects"));
    m_cursor = new QCPItemLine(this);
    m_cursor->setLayer(QStringLiteral("playhead"));
    m_cursor->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_cursor->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    yAxis2->setVisible(true);
    for (QCPAxis *axis : {xAxis, xAxis2})
        axis->setVisible(false);
    axisRect()->setAutoMargins(QCP::msNone);
    plotLayout()->setMargins(QMargins(0, 0, 0, 0));

    connect(&shared.playhead, &Playhead::traceChanged, this, &TimelinePlot::onTraceChanged);
    connect(&shared.playhead, &Playhead::moved, this, &TimelinePlot::onMoved);
    connect(&shared.appearance, &Appearance::themeChanged, this, &TimelinePlot::restyle);
    restyle();
    onTraceChanged();
}

double TimelinePlot::leftMargin() const
{
    return m_shared.appearance.theme().px(84);
}

double TimelinePlot::rightMargin() const
{
    return m_shared.appearance.theme().px(84);
}

void TimelinePlot::onTraceChanged()
{
    m_series = m_shared.playhead.hasTrace() ? memorySeries(m_shared.playhead.trace()) : MemorySeries();
    QVector<double> keys(static_cast<int>(m_series.positions.size()));
    std::copy(m_series.positions.begin(), m_series.positions.end(), keys.begin());
    m_bytes->setData(keys, QVector<double>(m_series.bytes.begin(), m_series.bytes.end()), true);
    m_objects->setData(keys, QVector<double>(m_series.objects.begin(), m_series.objects.end()), true);
    // Not from zero: what the interpreter had before the program began would flatten what the program does.
    const auto range = [](const std::vector<double> &v, double max) {
        double low = max;
        for (const double y : v)
            low = std::min(low, y);
        const double span = std::max(1.0, max - low);
        return QCPRange(low, low + span * 1.12);
    };
    xAxis->setRange(0, std::max(1u, m_shared.playhead.end()));
    const QCPRange bytes = range(m_series.bytes, m_series.maxBytes), objects = range(m_series.objects, m_series.maxObjects);
    yAxis->setRange(bytes.lower, bytes.upper);
    yAxis2->setRange(objects.lower, objects.upper);
    const auto label = [](QCPAxis *axis, double low, double high) {
        QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
        ticker->addTick(low, QLocale().toString(qlonglong(low)));
        if (high > low)
            ticker->addTick(high, QLocale().toString(qlonglong(high)));
        axis->setTicker(ticker);
    };
    label(yAxis, bytes.lower, m_series.maxBytes);
    label(yAxis2, objects.lower, m_series.maxObjects);
    m_bytes->setVisible(m_shared.playhead.hasTrace());
    m_objects->setVisible(m_shared.playhead.hasTrace());
    m_cursor->setVisible(m_shared.playhead.hasTrace());
    onMoved();
    replot(QCustomPlot::rpQueuedReplot);
}

void TimelinePlot::onMoved()
{
    const double x = m_shared.playhead.position();
    m_cursor->start->setCoords(x, 0);
    m_cursor->end->setCoords(x, 1);
    const auto at = std::upper_bound(m_series.positions.begin(), m_series.positions.end(), m_shared.playhead.position());
    if (at != m_series.positions.begin()) {
        const auto i = static_cast<std::size_t>(at - m_series.positions.begin() - 1);
        setAccessibleDescription(tr("%1 bytes in use, %2 live objects").arg(QLocale().toString(qlonglong(m_series.bytes[i])),
                                                                             QLocale().toString(qlonglong(m_series.objects[i]))));
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
