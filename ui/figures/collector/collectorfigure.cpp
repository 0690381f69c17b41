#include "ui/figures/collector/collectorfigure.h"

#include <algorithm>

namespace pyrena {

std::unique_ptr<Figure> makeCollectorFigure() { return std::make_unique<collector::CollectorFigure>(); }

namespace collector {

namespace {
constexpr double kZoomMin = 1, kZoomMax = 4;
} // namespace

QString CollectorFigure::title() const { return Words::tr("Collector"); }

void CollectorFigure::layout(const FigureInput &input, const QSizeF &size, const Camera &camera)
{
    m_input = input;
    m_scene = {};
    m_scene.size = size;
    m_story = {};
    if (!input.trace || !input.world)
        return;
    const auto cars = static_cast<std::size_t>(std::clamp(size.width() / input.theme.px(20), 1.0, 400.0));
    m_story = tellStory(*input.trace, *input.world, input.stepBegin, input.position, cars);
    if (!m_historyOf.isOf(*input.trace)) {
        m_historyOf = TraceKey(*input.trace);
        m_history = readHistory(*input.trace);
    }
    m_scene = layOut(m_story, m_history, input, size);
    m_scale = camera.fitted ? 1 : std::clamp(camera.zoom, kZoomMin, kZoomMax);
    const QPointF middle(size.width() / 2, size.height() / 2);
    m_offset = camera.fitted ? QPointF() : middle - camera.center * m_scale;
}

void CollectorFigure::paint(QPainter &painter) const
{
    if (!m_input.trace || !m_input.world)
        return;
    painter.save();
    painter.translate(m_offset);
    painter.scale(m_scale, m_scale);
    paintScene(painter, m_scene, m_input);
    painter.restore();
}

FigureHit CollectorFigure::hit(const QPointF &point) const
{
    for (auto it = m_scene.hits.rbegin(); it != m_scene.hits.rend(); ++it)
        if (toCanvas(it->rect).contains(point))
            return {it->what, it->sentence, toCanvas(it->rect)};
    return {};
}

std::vector<FigureHit> CollectorFigure::items() const
{
    std::vector<FigureHit> items;
    for (const FigureHit &hit : m_scene.hits)
        items.push_back({hit.what, hit.sentence, toCanvas(hit.rect)});
    return items;
}

QString CollectorFigure::summary() const
{
    if (!m_input.trace || !m_input.world)
        return {};
    QStringList parts{m_scene.header.breadcrumb + QLatin1Char('.'), m_scene.sentence};
    if (m_story.running())
        parts << Words::tr("Examined: %1, set aside: %2, rescued: %3, freed: %4.")
                     .arg(m_story.total).arg(m_story.setAside).arg(m_story.rescued).arg(m_story.freed);
    else if (!m_scene.tally.isEmpty())
        parts << m_scene.tally + QLatin1Char('.');
    for (const TrackRow &row : m_scene.tracks)
        parts << Words::tr("%1: %2 objects, %3.").arg(row.name).arg(row.length).arg(row.meter);
    if (m_scene.pauses.shown())
        for (const TimelineMarks::Collection &c : m_history.collections)
            if (c.end <= m_input.position)
                parts << collectionSentence(*m_input.trace, c);
    for (const std::vector<Card> *cards : {&m_story.examined, &m_story.unreachable})
        for (const Card &card : *cards)
            if (card.current)
                parts << cardSentence(card, m_input) + QLatin1Char('.');
    return parts.join(QLatin1Char(' '));
}

Camera CollectorFigure::zoomed(const Camera &, double factor, const QPointF &around) const
{
    const double scale = std::clamp(m_scale * factor, kZoomMin, kZoomMax);
    if (scale <= kZoomMin)
        return {};
    const QPointF fixed = (around - m_offset) / m_scale;
    const QPointF offset = around - fixed * scale;
    return {(QPointF(m_scene.size.width() / 2, m_scene.size.height() / 2) - offset) / scale, scale, false};
}

Camera CollectorFigure::panned(const Camera &now, const QPointF &delta) const
{
    if (now.fitted)
        return now;
    const QPointF centre = now.center - delta / m_scale;
    return {QPointF(std::clamp(centre.x(), 0.0, m_scene.size.width()), std::clamp(centre.y(), 0.0, m_scene.size.height())), now.zoom, false};
}

} // namespace collector
} // namespace pyrena
