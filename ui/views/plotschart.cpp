#include "ui/views/plotschart.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

enum Colour { Accent, Good, Danger, Ink, Secondary, Faint };
enum PanelIndex : std::size_t { BytesPanel, FragmentationPanel, ObjectsPanel, CollectorPanel };
constexpr int kGenerations = 3;

QString number(double n) { return QLocale().toString(qlonglong(std::llround(n))); }
QString percent(double share) { return QLocale().toString(100 * share, 'f', 1) + QStringLiteral(" %"); }

double unusedShare(const HeapSample &s)
{
    const auto all = static_cast<double>(s.inArenas());
    return all == 0 ? 0 : 1 - static_cast<double>(s.parts[static_cast<std::size_t>(HeapPart::Requested)]) / all;
}

double roundingShare(const HeapSample &s)
{
    const auto all = static_cast<double>(s.inArenas());
    return all == 0 ? 0 : static_cast<double>(s.parts[static_cast<std::size_t>(HeapPart::Rounding)]) / all;
}

// "1.5 MB" on an axis: the numbers beside it are exact.
class BytesTicker : public QCPAxisTicker
{
protected:
    QString getTickLabel(double tick, const QLocale &locale, QChar, int) override
    {
        if (tick >= 1e6)
            return PlotsChart::tr("%1 MB").arg(locale.toString(tick / 1e6, 'g', 4));
        return tick >= 1e3 ? PlotsChart::tr("%1 kB").arg(locale.toString(tick / 1e3, 'g', 4)) : locale.toString(tick, 'g', 4);
    }
};

class PercentTicker : public QCPAxisTicker
{
public:
    explicit PercentTicker(double most = 100) : m_most(most) {}

protected:
    QString getTickLabel(double tick, const QLocale &locale, QChar, int) override
    {
        return tick > m_most + 0.5 ? QString() : locale.toString(tick, 'f', 0) + QStringLiteral(" %");   // above is room for the legend
    }

private:
    double m_most;
};

} // namespace

PlotsChart::PlotsChart(QCustomPlot &plot) : m_plot(plot)
{
    m_plot.plotLayout()->clear();
    m_plot.setNoAntialiasingOnDrag(true);
    m_plot.setAutoAddPlottableToLegend(false);
    m_plot.setLocale(QLocale());
    m_plot.addLayer(QStringLiteral("playhead"), m_plot.layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
    m_plot.layer(QStringLiteral("playhead"))->setMode(QCPLayer::lmBuffered);
    m_panels.reserve(4);

    Panel &bytes = addPanel(false);
    addLine(bytes, tr("reserved"), Secondary, Qt::DotLine);
    addLine(bytes, tr("resident"), Good, Qt::DashLine);
    addLine(bytes, tr("in use, as asked for"), Accent, Qt::SolidLine);
    Panel &fragmentation = addPanel(false);
    addLine(fragmentation, tr("of arena bytes not asked for"), Danger, Qt::SolidLine);
    addLine(fragmentation, tr("lost by rounding up"), Ink, Qt::DashLine);
    Panel &objects = addPanel(true);
    addLine(objects, tr("live objects"), Good, Qt::SolidLine);
    addLine(objects, tr("blocks in use"), Secondary, Qt::DashLine);
    Panel &collector = addPanel(true);
    static constexpr Qt::PenStyle kStyles[kGenerations] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine};
    // As shares of their thresholds: those are far apart, and a counter that passes its own is what starts a collection.
    for (int g = 0; g < kGenerations; ++g)
        addLine(collector, tr("counter %1").arg(g), Accent, kStyles[g]);
    addLine(collector, tr("its threshold"), Faint, Qt::SolidLine);
    // Collections as bars on a scale of their own: the higher, the older the generation.
    QCPAxis *scale = collector.rect->axis(QCPAxis::atRight);
    scale->setVisible(true);
    scale->setRange(0, kGenerations + 0.6);
    QSharedPointer<QCPAxisTickerText> ticks(new QCPAxisTickerText);
    for (int g = 0; g < kGenerations; ++g)
        ticks->addTick(g + 1, tr("gen %1").arg(g));
    scale->setTicker(ticks);
    for (int g = 0; g < kGenerations; ++g) {
        auto *bars = new QCPBars(collector.rect->axis(QCPAxis::atBottom), scale);
        bars->setName(tr("collection of generation %1").arg(g));
        bars->setWidthType(QCPBars::wtAbsolute);
        m_collections.push_back(bars);
    }
    m_collections.front()->setName(tr("collections"));
    m_collections.front()->addToLegend(collector.legend);
    arrange();
}

// What is out of the layout belongs to nobody who would delete it in time.
PlotsChart::~PlotsChart()
{
    m_ofRecording = m_ofSpaces = false;
    m_counts = true;
    arrange();
}

PlotsChart::Panel &PlotsChart::addPanel(bool ofObjects)
{
    auto *rect = new QCPAxisRect(&m_plot);
    m_plot.plotLayout()->addElement(static_cast<int>(m_panels.size()), 0, rect);
    auto *legend = new QCPLegend;
    rect->insetLayout()->addElement(legend, Qt::AlignTop | Qt::AlignLeft);
    legend->setLayer(QStringLiteral("legend"));
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setBorderPen(Qt::NoPen);
    auto *cursor = new QCPItemLine(&m_plot);
    auto *values = new QCPItemText(&m_plot);
    for (QCPAbstractItem *item : {static_cast<QCPAbstractItem *>(cursor), static_cast<QCPAbstractItem *>(values)}) {
        item->setLayer(QStringLiteral("playhead"));
        item->setClipToAxisRect(true);
        item->setClipAxisRect(rect);
        for (QCPItemPosition *position : item->positions()) {
            position->setAxisRect(rect);
            position->setAxes(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
        }
    }
    cursor->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
    cursor->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    values->position->setType(QCPItemPosition::ptAxisRectRatio);
    values->position->setCoords(1, 0);
    values->setPositionAlignment(Qt::AlignTop | Qt::AlignRight);
    QObject::connect(rect->axis(QCPAxis::atBottom), qOverload<const QCPRange &>(&QCPAxis::rangeChanged), &m_plot,
                     [this](const QCPRange &range) { setVisible(range); });
    rect->setRangeDrag(Qt::Horizontal);
    rect->setRangeZoom(Qt::Horizontal);
    return m_panels.emplace_back(Panel{rect, legend, cursor, values, {}, ofObjects});
}

PlotsChart::Line &PlotsChart::addLine(Panel &panel, const QString &name, int colour, Qt::PenStyle style)
{
    QCPGraph *graph = m_plot.addGraph(panel.rect->axis(QCPAxis::atBottom), panel.rect->axis(QCPAxis::atLeft));
    graph->setName(name);
    graph->setLineStyle(QCPGraph::lsStepLeft);
    graph->addToLegend(panel.legend);
    return panel.lines.emplace_back(Line{graph, name, colour, style});
}

void PlotsChart::fit(const QSizeF &size)
{
    m_size = size;
    const QFont font = m_theme.font(11.5);
    const double line = QFontMetricsF(font).height();
    std::vector<Panel *> shown;
    for (Panel &panel : m_panels)
        if (panel.rect->visible())
            shown.push_back(&panel);
    // The last one has the axis of time below it.
    const double below = 2.6 * line, each = (size.height() - below) / static_cast<double>(std::max<std::size_t>(1, shown.size()));
    for (std::size_t i = 0; i < shown.size(); ++i) {
        m_plot.plotLayout()->setRowStretchFactor(static_cast<int>(i), i + 1 == shown.size() && each > 1 ? (each + below) / each : 1);
        Panel &panel = *shown[i];
        panel.rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(ticksFor(each - line, font));
        double legend = 0;   // marks, texts and gaps
        for (int item = 0; item < panel.legend->itemCount(); ++item)
            if (auto *entry = qobject_cast<QCPPlottableLegendItem *>(panel.legend->item(item)))
                legend += m_theme.px(24 + 8 + 12) + QFontMetricsF(panel.legend->font()).horizontalAdvance(entry->plottable()->name());
        const double sides = m_theme.px(110);
        panel.legend->setWrap(legend + sides > size.width() ? (panel.legend->itemCount() + 1) / 2 : 0);
        panel.legend->setFillOrder(QCPLegend::foColumnsFirst, true);
        const double values = QFontMetricsF(panel.values->font()).horizontalAdvance(panel.values->text()) + m_theme.px(20);
        panel.values->setVisible(m_end > 0 && !panel.values->text().isEmpty() && legend + values + sides <= size.width());
    }
}

QColor PlotsChart::colourOf(int colour, const Theme &t)
{
    switch (colour) {
    case Accent: return t.accent;
    case Good: return t.goodText;
    case Danger: return t.dangerText;
    case Ink: return t.ink;
    case Secondary: return t.secondary;
    default: return t.faint;
    }
}

void PlotsChart::setSeries(const TraceSeries &series, std::uint32_t end, bool ofRecording, bool counts)
{
    m_series = series;
    m_counts = counts;
    m_end = end;
    m_ofRecording = ofRecording;
    const auto &samples = m_series.samples;
    m_ofSpaces = !samples.empty() && samples.back().spacesSize > 0;
    m_panels[BytesPanel].lines[2].graph->setName(m_ofSpaces ? tr("in the spaces, what is dead and not found included") : tr("in use, as asked for"));
    QVector<double> keys(static_cast<qsizetype>(samples.size()));
    const auto fill = [&](PanelIndex panel, std::size_t line, auto value) {
        QVector<double> values(keys.size());
        std::transform(samples.begin(), samples.end(), values.begin(), value);
        m_panels[panel].lines[line].graph->setData(keys, values, true);
    };
    std::transform(samples.begin(), samples.end(), keys.begin(), [](const HeapSample &s) { return double(s.position); });
    fill(BytesPanel, 0, [](const HeapSample &s) { return double(s.reserved + s.spacesSize); });
    fill(BytesPanel, 1, [](const HeapSample &s) { return double(s.resident); });
    fill(FragmentationPanel, 0, [](const HeapSample &s) { return 100 * unusedShare(s); });
    fill(FragmentationPanel, 1, [](const HeapSample &s) { return 100 * roundingShare(s); });
    fill(ObjectsPanel, 0, [](const HeapSample &s) { return double(s.objects); });
    fill(ObjectsPanel, 1, [](const HeapSample &s) { return double(s.blocks); });
    for (std::size_t g = 0; g < kGenerations; ++g) {
        fill(CollectorPanel, g, [g](const HeapSample &s) { return s.gcThreshold[g] > 0 ? 100.0 * s.gcCount[g] / s.gcThreshold[g] : 0; });
    }
    fill(CollectorPanel, kGenerations, [](const HeapSample &) { return 100; });
    // Bytes in use come with the peaks of each stretch.
    const MemorySeries &memory = m_series.memory;
    QVector<double> positions(static_cast<qsizetype>(memory.positions.size()));
    std::copy(memory.positions.begin(), memory.positions.end(), positions.begin());
    m_panels[BytesPanel].lines[2].graph->setData(positions, QVector<double>(memory.bytes.begin(), memory.bytes.end()), true);
    for (QCPBars *bars : m_collections)
        bars->data()->clear();
    for (const TimelineMarks::Collection &c : m_series.marks.collections)
        if (c.generation >= 0 && c.generation < kGenerations)
            m_collections[static_cast<std::size_t>(c.generation)]->addData(c.begin, c.generation + 1);

    for (Panel &panel : m_panels) {
        double top = 0;
        for (const Line &line : panel.lines) {
            bool found = false;
            const QCPRange range = line.graph->getValueRange(found);
            top = found ? std::max(top, range.upper) : top;
        }
        // Room above for legend and values.
        panel.rect->axis(QCPAxis::atLeft)->setRange(0, std::max(1.0, top) * 1.45);
    }
    m_panels[FragmentationPanel].rect->axis(QCPAxis::atLeft)->setRange(0, 145);
    m_panels[BytesPanel].rect->axis(QCPAxis::atLeft)->setTicker(QSharedPointer<QCPAxisTicker>(new BytesTicker));
    m_panels[FragmentationPanel].rect->axis(QCPAxis::atLeft)->setTicker(QSharedPointer<QCPAxisTicker>(new PercentTicker));
    m_panels[CollectorPanel].rect->axis(QCPAxis::atLeft)->setTicker(QSharedPointer<QCPAxisTicker>(new PercentTicker(1000)));
    arrange();
    showAll();
    setNow(m_now);
    fit(m_size);
}

void PlotsChart::arrange()
{
    QCPLayoutGrid *grid = m_plot.plotLayout();
    for (Panel &panel : m_panels) {
        // Spaces have no blocks to be rounded up and no free lists.
        const bool shown = !(panel.ofObjects && m_ofRecording) && !(m_ofSpaces && &panel == &m_panels[FragmentationPanel]);
        panel.rect->setVisible(shown);
        panel.cursor->setVisible(shown && m_end > 0);
        panel.values->setVisible(shown && m_end > 0);
        for (const Line &line : panel.lines)
            line.graph->setVisible(shown);
    }
    for (QCPBars *bars : m_collections)
        bars->setVisible(!m_ofRecording);
    // When a page of a space becomes resident is not modelled, and only counts have counters.
    show(m_panels[BytesPanel], 1, !m_ofSpaces);
    for (std::size_t line = 0; line <= kGenerations; ++line)
        show(m_panels[CollectorPanel], line, m_counts && !m_ofRecording);
    m_panels[CollectorPanel].rect->axis(QCPAxis::atLeft)->setTickLabels(m_counts);
    // Hidden plots leave no gap: they are out of the layout and back in.
    for (Panel &panel : m_panels)
        if (panel.rect->layout() == grid)
            grid->take(panel.rect);
    grid->simplify();
    int row = 0;
    for (Panel &panel : m_panels)
        if (panel.rect->visible())
            grid->addElement(row++, 0, panel.rect);
    grid->simplify();
}

void PlotsChart::show(Panel &panel, std::size_t line, bool shown)
{
    QCPGraph *graph = panel.lines[line].graph;
    graph->setVisible(shown);
    const bool listed = panel.legend->hasItemWithPlottable(graph);
    if (listed && !shown)
        graph->removeFromLegend(panel.legend);
    else if (shown && !listed)
        graph->addToLegend(panel.legend);
}

void PlotsChart::setTheme(const Theme &theme)
{
    m_theme = theme;
    const Theme &t = m_theme;
    m_plot.setBackground(QBrush(t.panel));
    m_plot.plotLayout()->setMargins(QMargins(static_cast<int>(t.px(8)), static_cast<int>(t.px(6)), static_cast<int>(t.px(10)), static_cast<int>(t.px(6))));
    m_plot.plotLayout()->setRowSpacing(static_cast<int>(t.px(8)));
    auto *group = new QCPMarginGroup(&m_plot);
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        Panel &panel = m_panels[i];
        panel.rect->setBackground(QBrush(t.panel));
        panel.rect->setMarginGroup(QCP::msLeft | QCP::msRight, group);
        panel.rect->setMinimumMargins(QMargins(0, 0, static_cast<int>(t.px(10)), 0));
        for (QCPAxis *axis : panel.rect->axes()) {
            axis->setBasePen(QPen(t.line, 1));
            axis->setTickPen(QPen(t.line, 1));
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLabelFont(t.font(11.5));
            axis->setTickLabelColor(t.secondary);
            axis->setLabelFont(t.font(11.5));
            axis->setLabelColor(t.secondary);
            axis->grid()->setPen(QPen(t.line, 1, Qt::DotLine));
            axis->grid()->setZeroLinePen(Qt::NoPen);
            axis->setNumberFormat(QStringLiteral("f"));
            axis->setNumberPrecision(0);
        }
        panel.legend->setBrush(QBrush(t.panel));
        panel.legend->setFont(t.font(12));
        panel.legend->setTextColor(t.ink);
        panel.legend->setIconSize(static_cast<int>(t.px(24)), static_cast<int>(t.px(18)));   // as high as a line of text
        panel.legend->setColumnSpacing(static_cast<int>(t.px(12)));
        panel.legend->setMargins(QMargins(2, 0, 2, 0));
        panel.cursor->setPen(QPen(t.danger, t.px(1.6)));
        panel.values->setFont(t.font(12, QFont::DemiBold));
        panel.values->setColor(t.ink);
        panel.values->setBrush(QBrush(t.panel));
        panel.values->setPadding(QMargins(4, 1, 4, 1));
        for (const Line &line : panel.lines) {
            QPen pen(colourOf(line.colour, t), t.px(line.style == Qt::SolidLine ? 1.8 : 1.6), line.style);
            line.graph->setPen(pen);
        }
    }
    m_panels[BytesPanel].lines[2].graph->setBrush(mixed(t.accent, t.panel, 0.15));
    for (std::size_t g = 0; g < m_collections.size(); ++g) {
        m_collections[g]->setPen(QPen(t.dangerText, 1));
        m_collections[g]->setBrush(QBrush(mixed(t.danger, t.panel, 0.5)));
        m_collections[g]->setWidth(t.px(4));
    }
    QCPAxisRect *last = m_panels[m_ofRecording ? FragmentationPanel : CollectorPanel].rect;
    for (Panel &panel : m_panels) {
        QCPAxis *time = panel.rect->axis(QCPAxis::atBottom);
        time->setTickLabels(panel.rect == last);
        time->setLabel(panel.rect == last ? tr("changes so far") : QString());
    }
    fit(m_size);
}

void PlotsChart::setVisible(const QCPRange &range)
{
    const double whole = std::max(1.0, double(m_end));
    const double size = std::clamp(range.size(), std::min(20.0, whole), whole);
    const double lower = std::clamp(range.lower, 0.0, whole - size);
    m_visible = QCPRange(lower, lower + size);
    for (Panel &panel : m_panels) {
        QCPAxis *time = panel.rect->axis(QCPAxis::atBottom);
        const QSignalBlocker quiet(time);
        time->setRange(m_visible);
    }
}

void PlotsChart::showAll()
{
    setVisible(QCPRange(0, std::max(1.0, double(m_end))));
}

double PlotsChart::positionAt(double x) const
{
    return m_panels.front().rect->axis(QCPAxis::atBottom)->pixelToCoord(x);
}

void PlotsChart::setNow(const HeapSample &now)
{
    m_now = now;
    for (Panel &panel : m_panels) {
        panel.cursor->start->setCoords(now.position, 0);
        panel.cursor->end->setCoords(now.position, 1);
    }
    showValues();
}

void PlotsChart::showValues()
{
    m_panels[BytesPanel].values->setText(tr("in use %1 B").arg(number(double(m_now.inUse()))));
    m_panels[FragmentationPanel].values->setText(percent(unusedShare(m_now)));
    m_panels[ObjectsPanel].values->setText(tr("%1 objects").arg(number(m_now.objects)));
    QStringList counts;
    for (std::size_t g = 0; g < kGenerations; ++g)
        counts << tr("%1 of %2").arg(m_now.gcCount[g]).arg(m_now.gcThreshold[g]);
    m_panels[CollectorPanel].values->setText(m_counts ? counts.join(QStringLiteral(", ")) : QString());
}

QString PlotsChart::summary() const
{
    if (m_ofSpaces)
        return tr("%1 bytes of %2 in the spaces used; %3 live objects").arg(number(double(m_now.spacesUsed)), number(double(m_now.spacesSize)), number(m_now.objects));
    QString text = tr("%1 bytes in use, %2 resident, %3 reserved; %4 of the arenas' bytes not asked for")
                       .arg(number(double(m_now.requested)), number(double(m_now.resident)), number(double(m_now.reserved)),
                            percent(unusedShare(m_now)));
    if (!m_ofRecording)
        text += tr("; %1 live objects; generation counts %2, %3, %4").arg(number(m_now.objects)).arg(m_now.gcCount[0]).arg(m_now.gcCount[1]).arg(m_now.gcCount[2]);
    return text;
}

} // namespace pyrena
