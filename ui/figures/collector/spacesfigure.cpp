#include "ui/figures/collector/spacesfigure.h"

#include "core/explain/explain.h"

#include <algorithm>

namespace pyrena::collector {

void SpacesFigure::layout(const FigureInput &input, const QSizeF &size, const Camera &)
{
    m_input = input;
    m_scene = {};
    m_scene.size = size;
    if (!input.trace || !input.world)
        return;
    const Theme &theme = input.theme;
    const Story story = tellStory(*input.trace, *input.world, input.stepBegin, input.position, 0);
    m_scene.collecting = input.world->gc.collecting;
    m_scene.header.title = title();
    m_scene.header.breadcrumb = Words::tr("objects lie side by side, in the order in which they were put there");
    m_scene.header.right = QString::fromUtf8(input.trace->profile->title.data(), qsizetype(input.trace->profile->title.size()));
    addTracingLegend(m_scene, story, theme);
    const double legend = kit::legendHeight(theme, m_scene.legend, size.width());
    m_scene.legendRect = QRectF(0, size.height() - legend, size.width(), legend);
    const double margin = theme.px(size.width() >= theme.px(600) ? 20 : 12), top = kit::headerHeight(theme);
    const QRectF area(margin, top + theme.px(34), size.width() - 2 * margin, size.height() - top - legend - theme.px(50));
    m_scene.sentenceRect = QRectF(margin, top, area.width(), theme.px(22));
    m_scene.sentence = !input.caption.isEmpty() ? input.caption
        : input.stepBegin < input.position ? QString::fromStdString(explainPosition(*input.trace, input.position, input.granularity)) : QString();
    if (area.height() < theme.px(70) || area.width() < theme.px(160) || story.spaces.empty())
        return;
    const double row = (area.height() / theme.textScale - 28) / double(story.spaces.size()) - 34;
    addSpaces(m_scene, story, input, area, row < 24, std::clamp(row, 16.0, 96.0));
}

void SpacesFigure::paint(QPainter &p) const
{
    if (!m_input.trace || !m_input.world)
        return;
    const Theme &t = m_input.theme;
    kit::paintHeader(p, t, m_scene.header, QRectF(0, 0, m_scene.size.width(), kit::headerHeight(t)));
    kit::drawTextIn(p, t.font(13.5), t.secondary, m_scene.sentenceRect, kit::Align::Left, m_scene.sentence);
    const QFont bold = t.font(13, QFont::DemiBold);
    kit::drawTextIn(p, bold, t.ink, m_scene.tracksHeading, kit::Align::Left, m_scene.tracksTitle);
    kit::drawTextIn(p, t.font(12.5), t.secondary, m_scene.tracksHeading.adjusted(kit::textWidth(bold, m_scene.tracksTitle) + t.px(12), 0, 0, 0),
                    kit::Align::Left, m_scene.tracksNote);
    paintSpaces(p, m_scene, m_input);
    p.setPen(kit::solidPen(t, t.line, 1));
    p.drawLine(m_scene.legendRect.topLeft() + QPointF(t.px(20), 0), m_scene.legendRect.topRight() - QPointF(t.px(20), 0));
    kit::paintLegend(p, t, m_scene.legend, m_scene.legendRect);
}

FigureHit SpacesFigure::hit(const QPointF &point) const
{
    for (auto it = m_scene.hits.rbegin(); it != m_scene.hits.rend(); ++it)
        if (it->rect.contains(point))
            return *it;
    return {};
}

QString SpacesFigure::summary() const
{
    QStringList parts;
    for (const SpaceRow &row : m_scene.spaces)
        parts << Words::tr("%1: %2, blocks: %3.").arg(row.name, row.meter).arg(row.blocks.size());
    if (!m_scene.sentence.isEmpty())
        parts << m_scene.sentence + QLatin1Char('.');
    return parts.join(QLatin1Char(' '));
}

} // namespace pyrena::collector
