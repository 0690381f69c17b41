#include "ui/views/partsplot.h"

#include "ui/playhead.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace pyrena {

PartsPlot::PartsPlot(Shared shared, SeriesSource &source, QWidget *parent) : Plot(parent), m_shared(shared), m_source(source)
{
    setObjectName(QStringLiteral("partsPlot"));
    setAccessibleName(tr("What the bytes of the arenas are, over the run"));
    setToolTip(tr("All bytes of the arenas over the run, in the order and textures of the bar above. Click or drag to go there."));
    for (std::size_t i = 0; i < kHeapParts; ++i) {
        QCPGraph *graph = addGraph();
        graph->setLineStyle(QCPGraph::lsStepLeft);
        if (i > 0)
            graph->setChannelFillGraph(m_tops.back());
        m_tops.push_back(graph);
    }
    m_cursor = addPlayheadLine(*this);
    xAxis->setTicks(false);
    yAxis->setNumberFormat(QStringLiteral("f"));
    yAxis->setNumberPrecision(0);
    connect(&source, &SeriesSource::ready, this, &PartsPlot::onReady);
    connect(&shared.playhead, &Playhead::moved, this, &PartsPlot::onMoved);
    connect(&shared.appearance, &Appearance::themeChanged, this, &PartsPlot::restyle);
    restyle();
    onReady();
}

void PartsPlot::onReady()
{
    const auto &samples = m_source.series().samples;
    const auto count = static_cast<qsizetype>(samples.size());
    QVector<double> keys(count), sums(count, 0.0);
    for (qsizetype i = 0; i < count; ++i)
        keys[i] = samples[static_cast<std::size_t>(i)].position;
    for (std::size_t p = 0; p < kHeapParts; ++p) {
        for (qsizetype i = 0; i < count; ++i)
            sums[i] += double(samples[static_cast<std::size_t>(i)].parts[p]) / 1000;
        m_tops[p]->setData(keys, sums, true);
    }
    xAxis->setRange(0, std::max(1u, m_shared.playhead.end()));
    yAxis->setRange(0, 1.05 * (sums.isEmpty() ? 1.0 : std::max(1.0, *std::max_element(sums.begin(), sums.end()))));
    m_cursor->setVisible(m_shared.playhead.hasTrace());
    onMoved();
    replot(rpQueuedReplot);
}

void PartsPlot::onMoved()
{
    m_cursor->start->setCoords(m_shared.playhead.position(), 0);
    m_cursor->end->setCoords(m_shared.playhead.position(), 1);
    if (isVisible())
        m_cursor->layer()->replot();
}

void PartsPlot::fitTicks()
{
    // Below are the labels of the other axis.
    const double below = 3.2 * QFontMetricsF(xAxis->labelFont()).height();
    yAxis->ticker()->setTickCount(ticksFor(height() - below, yAxis->tickLabelFont()));
}

void PartsPlot::restyle()
{
    const Theme &t = m_shared.appearance.theme();
    styleSmallPlot(*this, t);
    fitTicks();
    xAxis->setLabel(tr("the whole run"));
    yAxis->setLabel(tr("kB"));
    for (const HeapPart part : allHeapParts()) {
        QCPGraph *graph = m_tops[static_cast<std::size_t>(part)];
        graph->setBrush(brushOf(part, t));
        graph->setPen(QPen(mixed(colourOf(part, t), t.panel, 0.7), 1));
    }
    m_cursor->setPen(QPen(t.danger, t.px(1.6)));
    replot(rpQueuedReplot);
}

void PartsPlot::seekTo(double x)
{
    Playhead &p = m_shared.playhead;
    const double position = std::clamp(xAxis->pixelToCoord(x), 0.0, double(p.end()));
    p.seek(p.nearestStop(static_cast<std::uint32_t>(std::lround(position))));
}

void PartsPlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        seekTo(event->position().x());
}

void PartsPlot::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        seekTo(event->position().x());
}

} // namespace pyrena
