#include "ui/views/classchart.h"

#include "ui/playhead.h"
#include "ui/selection.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>

#include <cmath>

namespace pyrena {

namespace {

constexpr HeapPart kParts[] = {HeapPart::Requested, HeapPart::Rounding, HeapPart::FreeBlocks, HeapPart::UntouchedBlocks};

std::uint64_t bytesOfClass(const Fragmentation::SizeClass &c, HeapPart part)
{
    switch (part) {
    case HeapPart::Requested: return c.requested;
    case HeapPart::Rounding: return c.rounding;
    case HeapPart::FreeBlocks: return c.freeBlocks;
    default: return c.untouchedBlocks;
    }
}

QString number(std::uint64_t n) { return QLocale().toString(qulonglong(n)); }

} // namespace

ClassChart::ClassChart(Shared shared, QWidget *parent) : Plot(parent), m_shared(shared)
{
    setObjectName(QStringLiteral("classChart"));
    setAccessibleName(tr("Bytes of each size class"));
    setMouseTracking(true);
    for (const HeapPart part : kParts) {
        auto *bars = new QCPBars(xAxis, yAxis);
        bars->setName(nameOf(part));
        if (!m_bars.empty())
            bars->moveAbove(m_bars.back());
        bars->setWidth(0.8);
        m_bars.push_back(bars);
    }
    yAxis->setNumberFormat(QStringLiteral("f"));
    yAxis->setNumberPrecision(0);
    connect(&shared.appearance, &Appearance::themeChanged, this, &ClassChart::restyle);
    restyle();
}

void ClassChart::setFragmentation(const Fragmentation &fragmentation)
{
    if (fragmentation.classes == m_fragmentation.classes)
        return;
    m_fragmentation = fragmentation;
    fill();
    replot(rpQueuedReplot);
}

void ClassChart::fill()
{
    const auto &classes = m_fragmentation.classes;
    const auto count = static_cast<qsizetype>(classes.size());
    QVector<double> keys(count), values(count);
    for (qsizetype i = 0; i < count; ++i)
        keys[i] = double(i);
    double top = 1;
    for (std::size_t p = 0; p < m_bars.size(); ++p) {
        for (qsizetype i = 0; i < count; ++i)
            values[i] = double(bytesOfClass(classes[static_cast<std::size_t>(i)], kParts[p])) / 1000;
        m_bars[p]->setData(keys, values, true);
    }
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    // As many labels as there is room for.
    const double room = std::max(1.0, axisRect()->width() / m_shared.appearance.theme().px(30));
    const auto every = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(double(classes.size()) / room)));
    for (std::size_t i = 0; i < classes.size(); ++i) {
        double sum = 0;
        for (const HeapPart part : kParts)
            sum += double(bytesOfClass(classes[i], part)) / 1000;
        top = std::max(top, sum);
        if (i % every == 0)
            ticker->addTick(double(i), QString::number(classes[i].blockSize));
    }
    xAxis->setTicker(ticker);
    xAxis->setRange(-0.6, std::max(1.0, double(classes.size())) - 0.4);
    yAxis->setRange(0, top * 1.05);
    setAccessibleDescription(tr("%n size class(es) in use", nullptr, static_cast<int>(classes.size())));
}

void ClassChart::fitTicks()
{
    // Below are the labels of the other axis.
    const double below = 3.2 * QFontMetricsF(xAxis->labelFont()).height();
    yAxis->ticker()->setTickCount(ticksFor(height() - below, yAxis->tickLabelFont()));
}

void ClassChart::restyle()
{
    const Theme &t = m_shared.appearance.theme();
    styleSmallPlot(*this, t);
    fitTicks();
    xAxis->grid()->setVisible(false);
    xAxis->setLabel(tr("block size in bytes"));
    yAxis->setLabel(tr("kB"));
    for (std::size_t p = 0; p < m_bars.size(); ++p) {
        m_bars[p]->setBrush(brushOf(kParts[p], t));
        m_bars[p]->setPen(Qt::NoPen);
    }
    fill();
    replot(rpQueuedReplot);
}

double ClassChart::xOf(std::size_t index) const
{
    return xAxis->coordToPixel(double(index));
}

const Fragmentation::SizeClass *ClassChart::classAt(double x) const
{
    const double key = std::round(xAxis->pixelToCoord(x));
    return key >= 0 && key < double(m_fragmentation.classes.size()) ? &m_fragmentation.classes[static_cast<std::size_t>(key)] : nullptr;
}

QString ClassChart::tipAt(double x) const
{
    const Fragmentation::SizeClass *c = classAt(x);
    if (!c)
        return {};
    return tr("<b>Blocks of %1 bytes</b>, in %2 pools: %3 bytes asked for, %4 lost by rounding up (internal), %5 in free and %6 in "
              "untouched blocks that only this class can use (external).")
        .arg(number(c->blockSize), number(c->pools), number(c->requested), number(c->rounding), number(c->freeBlocks),
             number(c->untouchedBlocks));
}

bool ClassChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), tipAt(help->pos().x()), this);
        return true;
    }
    return QCustomPlot::event(event);
}

void ClassChart::mouseReleaseEvent(QMouseEvent *event)
{
    QCustomPlot::mouseReleaseEvent(event);
    const Fragmentation::SizeClass *c = classAt(event->position().x());
    if (event->button() != Qt::LeftButton || !c || !m_shared.playhead.hasTrace())
        return;
    // The pool that serves the next request of the class; when all are full, the first one of it.
    const HeapState &heap = m_shared.playhead.world().heap;
    PoolId pool = heap.usedPools[c->sizeClass];
    for (std::uint32_t slot = 0; slot < heap.arenas.size() && !pool; ++slot)
        for (std::uint32_t i = 0; heap.arenas[slot].address && i < heap.arenas[slot].nextUntouched && !pool; ++i)
            if (const PoolId p(slot * kPoolsPerArena + i); heap.pools[p.value].sizeClass == c->sizeClass && heap.pools[p.value].blocksInUse > 0)
                pool = p;
    if (pool)
        m_shared.selection.select(SelectedPool{pool});
}

} // namespace pyrena
