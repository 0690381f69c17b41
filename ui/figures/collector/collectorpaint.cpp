#include "ui/figures/collector/collectorscene.h"

#include <algorithm>

namespace pyrena::collector {

namespace {

bool aside(Verdict v) { return v == Verdict::SetAside || v == Verdict::Garbage || v == Verdict::Cleared || v == Verdict::Freed; }

class Painting
{
public:
    Painting(QPainter &painter, const CollectorScene &scene, const FigureInput &input)
        : p(painter), m_scene(scene), m_input(input), t(input.theme)
    {
        if (const auto *object = std::get_if<ObjectId>(&input.selected))
            m_selected = *object;
    }

    void run()
    {
        const double indent = t.px(20) - m_scene.sentenceRect.left();   // above what is below it, also where that has small margins
        kit::paintHeader(p, t, m_scene.header, QRectF(0, 0, m_scene.size.width(), kit::headerHeight(t))
                                                   .adjusted(m_scene.sentenceRect.isNull() ? 0 : -indent, 0, m_scene.sentenceRect.isNull() ? 0 : indent, 0));
        for (std::size_t i = 0; i < m_scene.chips.size(); ++i)
            chip(m_scene.chips[i], i == 0);
        for (qsizetype i = 0; i < m_scene.sentenceLines.size(); ++i)
            kit::drawTextIn(p, t.font(13.5), t.secondary, QRectF(m_scene.sentenceRect.left(), m_scene.sentenceRect.top() + t.px(20) * double(i),
                                                                 m_scene.sentenceRect.width(), t.px(22)), kit::Align::Left, m_scene.sentenceLines[i]);
        list(m_scene.examined);
        list(m_scene.unreachable);
        list(m_scene.queue);
        if (!m_scene.tally.isEmpty())
            kit::drawTextIn(p, t.font(12.5), t.secondary, m_scene.tallyRect, kit::Align::Right, m_scene.tally);
        moved();
        graph();
        tracks();
        paintSpaces(p, m_scene, m_input);
        paintPauses(p, m_scene.pauses, t);
        if (!m_scene.legendRect.isNull()) {
            p.setPen(kit::solidPen(t, t.line, 1));
            p.drawLine(m_scene.legendRect.topLeft() + QPointF(t.px(20), 0), m_scene.legendRect.topRight() - QPointF(t.px(20), 0));
            kit::paintLegend(p, t, m_scene.legend, m_scene.legendRect);
        }
    }

private:
    // An arrow-shaped chip: done is tinted, now is filled with the accent, later is pale.
    void chip(const Chip &c, bool first)
    {
        const double tip = t.px(9);
        const QRectF r = c.rect;
        QPolygonF shape{r.topLeft(), QPointF(r.right() - tip, r.top()), QPointF(r.right(), r.center().y()), QPointF(r.right() - tip, r.bottom()), r.bottomLeft()};
        if (!first)
            shape << QPointF(r.left() + tip, r.center().y());
        const bool now = c.when == Phase::When::Now, done = c.when == Phase::When::Done;
        p.setPen(t.monochrome ? kit::solidPen(t, now ? t.ink : t.line, now ? 2 : 1) : QPen(Qt::NoPen));
        const QColor ground = now ? t.accent : mixed(done ? t.accent : t.faint, t.panel, done ? 0.16 : 0.12);
        p.setBrush(t.monochrome && !now ? t.panel : ground);
        p.drawPolygon(shape);
        const QColor ink = now ? t.readableOn(ground) : done ? t.ink : t.secondary;
        const QRectF room = r.adjusted(tip, 0, -tip + t.px(2), 0);
        if (!c.text.isEmpty()) {
            const QStringList lines = c.text.split(QLatin1Char('\n'));
            const double high = lines.size() == 1 ? room.height() : t.px(13), top = room.center().y() - high * double(lines.size()) / 2;
            for (qsizetype i = 0; i < lines.size(); ++i)
                kit::drawTextIn(p, t.monoFont(m_scene.chipFont, now ? QFont::DemiBold : QFont::Normal), ink,
                                QRectF(room.left(), top + high * double(i), room.width(), high), kit::Align::Center, lines[i]);
        }
        else if (done)
            check(QPointF(r.center().x() + t.px(1), r.center().y()), t.secondary, 0.75);
    }

    void check(const QPointF &at, const QColor &color, double size = 1)
    {
        p.setPen(QPen(color, t.px(2.2 * size), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const double u = t.px(size);
        p.drawPolyline(QPolygonF{at + QPointF(-5, 0) * u, at + QPointF(-1.5, 4) * u, at + QPointF(5.5, -4.5) * u});
    }

    void list(const Row &row)
    {
        if (row.title.isEmpty() || row.heading.isNull())
            return;
        const QFont bold = t.font(13.5, QFont::DemiBold), small = t.font(12.5);
        const double title = kit::textWidth(bold, row.title);
        kit::drawTextIn(p, bold, t.ink, row.heading, kit::Align::Left, row.title);
        const bool tally = !m_scene.tally.isEmpty() && std::abs(m_scene.tallyRect.top() - row.heading.top()) < 1;
        const QRectF rest = row.heading.adjusted(title + t.px(10), 0, tally ? -m_scene.tallyRect.width() - t.px(14) : 0, 0);
        kit::drawTextIn(p, small, t.secondary, rest, kit::Align::Left, row.subtitle);
        if (row.cards.empty() && row.more.empty())
            kit::drawTextIn(p, small, t.secondary, QRectF(row.heading.left(), row.heading.bottom() + t.px(6), row.heading.width(), t.px(20)),
                            kit::Align::Left, row.empty);
        for (const More &more : row.more)
            kit::drawTextIn(p, small, t.secondary, more.rect, kit::Align::Center, more.text);
        for (const CardBox &box : row.cards)
            if (!box.link.isEmpty())
                weakCard(box);
            else if (box.card.id != m_scene.moved || m_input.animation >= 1)
                card(box, box.rect);
        links(row);
    }

    // The list's own links, between neighbours of one line.
    void links(const Row &row)
    {
        for (std::size_t i = 1; i < row.cards.size(); ++i) {
            const QRectF a = row.cards[i - 1].rect, b = row.cards[i].rect;
            if (std::abs(a.top() - b.top()) > 1 || row.cards[i].compact || !row.cards[i].link.isEmpty() || b.left() - a.right() > t.px(20))
                continue;
            QPainterPath path(QPointF(a.right() + t.px(2), a.center().y()));
            path.lineTo(QPointF(b.left() - t.px(1), b.center().y()));
            kit::arrow(p, t, path, kit::ArrowKind::Reference, t.faint, 1.4);
        }
    }

    QColor inkOf(const Card &c) const
    {
        return c.verdict == Verdict::Freed ? t.secondary : c.mark ? t.readableOn(kit::markFill(t, *c.mark)) : t.ink;
    }

    QPen outlineOf(const Card &c) const
    {
        if (c.mark)
            return kit::solidPen(t, t.ink);
        if (c.verdict == Verdict::Freed || aside(c.verdict))
            return kit::ghostPen(t);
        return kit::solidPen(t, c.verdict == Verdict::Reachable || c.verdict == Verdict::Resurrected ? t.good : t.ink);
    }

    void ground(const Card &c, const QRectF &r, TypeKind type, double radius, bool withBar)
    {
        const bool kept = !c.mark && (c.verdict == Verdict::Reachable || c.verdict == Verdict::Resurrected);
        kit::roundedBox(p, r, radius, c.mark ? kit::markFill(t, *c.mark) : kept && !t.monochrome ? mixed(t.good, t.panel, 0.1) : t.panel, Qt::NoPen);
        if (aside(c.verdict) && c.verdict != Verdict::Freed)
            kit::hatch(p, t, r.adjusted(withBar ? t.px(5) : 1, 1, -1, -1), mixed(t.faint, t.panel, 0.55));
        if (withBar && c.verdict != Verdict::Freed) {
            p.setPen(Qt::NoPen);
            p.setBrush(t.typeColor(type));
            p.drawRoundedRect(QRectF(r.left(), r.top(), t.px(5), r.height()), t.px(2.5), t.px(2.5));
        }
        kit::roundedBox(p, r, radius, Qt::NoBrush, outlineOf(c));
        if (c.current)
            kit::halo(p, t, r, radius);
        if (m_selected == c.id) {
            const double grow = t.px(3);
            kit::roundedBox(p, r.adjusted(-grow, -grow, grow, grow), radius + grow, Qt::NoBrush, kit::solidPen(t, t.accent, 2));
        }
    }

    void refsPill(const Card &c, const QRectF &r)
    {
        const bool zero = c.gcRefs == 0;
        const QColor mark = zero ? t.danger : t.good;
        kit::roundedBox(p, r, t.px(5), c.gcRefsChanged ? mark : t.monochrome ? t.panel : mixed(mark, t.panel, 0.16),
                        t.monochrome ? kit::solidPen(t, t.ink, c.gcRefsChanged ? 2 : 1) : QPen(Qt::NoPen));
        const QColor ink = c.gcRefsChanged ? t.readableOn(mark) : zero ? t.dangerText : t.goodText;
        kit::drawTextIn(p, t.font(12.5, QFont::Bold), t.monochrome ? t.ink : ink, r, kit::Align::Center, QString::number(c.gcRefs));
    }

    void countCircle(const QRectF &r, const QString &count, bool changed)
    {
        const QFont font = t.font(11.5, QFont::Bold);
        const double wide = std::max(r.width(), kit::textWidth(font, count) + t.px(8));
        const QRectF circle(r.right() - wide, r.top(), wide, r.height());
        kit::roundedBox(p, circle, r.height() / 2, changed ? t.accent : t.panel, kit::solidPen(t, changed ? t.accent : t.ink, 1.2));
        kit::drawTextIn(p, font, changed ? t.readableOn(t.accent) : t.ink, circle, kit::Align::Center, count);
    }

    void card(const CardBox &b, const QRectF &r)
    {
        const Card &c = b.card;
        ground(c, r, b.type, t.px(6), true);
        const QColor ink = inkOf(c);
        const double left = r.left() + t.px(13), right = r.right() - t.px(10);
        const bool refs = c.showsGcRefs && c.verdict <= Verdict::SetAside;
        if (b.compact) {
            const QRectF pill(right - t.px(30), r.top() + t.px(5), t.px(30), r.height() - t.px(10));
            const QRectF count(pill.left() - t.px(24), r.center().y() - t.px(9), t.px(18), t.px(18));   // a circle, as in Objects
            const double room = (refs ? count.left() - t.px(4) : right) - left;
            QString title = b.note.isEmpty() ? b.title : b.title + QStringLiteral(" \u00b7 ") + b.note;
            if (kit::textWidth(t.font(12, QFont::DemiBold), title) > room)
                title = b.title;
            kit::drawTextIn(p, t.font(12, QFont::DemiBold), ink, QRectF(left, r.top(), room, r.height()), kit::Align::Left, title);
            if (refs) {
                refsPill(c, pill);
                countCircle(count, b.count, c.countChanged);
            }
            return;
        }
        const double line = t.px(21);
        const bool ticked = c.verdict == Verdict::Reachable || c.verdict == Verdict::Looked;
        kit::drawTextIn(p, t.font(13, QFont::DemiBold), ink, QRectF(left, r.top() + t.px(5), right - left - (ticked ? t.px(16) : 0), line),
                        kit::Align::Left, b.title);
        if (ticked)
            check(QPointF(right - t.px(5), r.top() + t.px(16)), c.verdict == Verdict::Reachable ? t.good : t.secondary);
        QRectF row(left, r.top() + t.px(27), right - left, line);
        if (!b.count.isEmpty()) {
            kit::drawTextIn(p, t.font(12), t.secondary, row, kit::Align::Left, Words::tr("count"));
            kit::drawTextIn(p, t.font(12.5, QFont::Bold), c.countChanged ? t.accent : t.ink, row.adjusted(t.px(60), 0, 0, 0), kit::Align::Left, b.count);
        }
        row.translate(0, line - t.px(1));
        if (refs) {
            kit::drawTextIn(p, t.monoFont(11.5), t.secondary, row, kit::Align::Left, QStringLiteral("gc_refs"));
            refsPill(c, QRectF(row.left() + t.px(54), row.top() + t.px(2), t.px(34), line - t.px(4)));
        } else if (!b.note.isEmpty()) {
            kit::drawTextIn(p, t.font(12, QFont::DemiBold), c.verdict == Verdict::Resurrected ? t.goodText : t.dangerText, row, kit::Align::Left, b.note);
        }
        if (c.rescued && c.verdict == Verdict::Waiting)
            kit::drawTextIn(p, t.font(11.5), t.goodText, QRectF(left, r.top() + t.px(27), right - left, line), kit::Align::Right, Words::tr("back"));
    }

    // A weak reference and what it refers to; a cleared one is broken.
    void weakCard(const CardBox &b)
    {
        const QRectF &r = b.rect;
        kit::roundedBox(p, r, t.px(6), t.panel, b.snapped ? kit::ghostPen(t) : kit::solidPen(t, t.ink));
        if (b.card.current)
            kit::halo(p, t, r, t.px(6));
        const double left = r.left() + t.px(13), right = r.right() - t.px(10), line = t.px(21);
        if (b.compact) {
            kit::drawTextIn(p, t.font(12, QFont::DemiBold), b.snapped ? t.secondary : t.ink, QRectF(left, r.top(), right - left, r.height()), kit::Align::Left,
                            QStringLiteral("%1 \u00b7 %2").arg(b.title, b.note));
            return;
        }
        kit::drawTextIn(p, t.font(13, QFont::DemiBold), b.snapped ? t.secondary : t.ink, QRectF(left, r.top() + t.px(5), right - left, line), kit::Align::Left, b.title);
        const double y = r.top() + t.px(27) + line / 2, end = left + t.px(34);
        kit::weakLine(p, t, QPointF(left, y), QPointF(end, y), b.snapped);
        kit::drawTextIn(p, t.font(12), b.snapped ? t.secondary : t.ink, QRectF(end + t.px(7), y - line / 2, right - end - t.px(7), line), kit::Align::Left, b.link);
        kit::drawTextIn(p, t.font(12, QFont::DemiBold), b.snapped ? t.dangerText : t.secondary, QRectF(left, r.top() + t.px(47), right - left, line),
                        kit::Align::Left, b.note);
    }

    // What was set aside in this step travels from its old place to the new one.
    void moved()
    {
        if (!m_scene.moved)
            return;
        kit::roundedBox(p, m_scene.movedGhost, t.px(6), Qt::NoBrush, kit::ghostPen(t));
        if (!m_scene.movedArrow.isEmpty())
            kit::arrow(p, t, m_scene.movedArrow, kit::ArrowKind::Reference, t.danger, 1.8);
        if (m_input.animation >= 1)
            return;
        for (const CardBox &box : m_scene.unreachable.cards)
            if (box.card.id == m_scene.moved) {
                const QPointF way = box.rect.topLeft() - m_scene.movedGhost.topLeft();
                card(box, box.rect.translated(-way * (1 - m_input.animation)));
            }
    }

    void graph()
    {
        const GraphPanel &panel = m_scene.graph;
        if (!panel.shown())
            return;
        kit::roundedBox(p, panel.rect, t.px(8), t.monochrome ? t.panel : mixed(t.line, t.panel, 0.18), kit::solidPen(t, t.line, 1));
        kit::drawTextIn(p, t.font(12.5, QFont::DemiBold), t.secondary,
                        QRectF(panel.rect.left() + t.px(14), panel.rect.top() + t.px(6), panel.rect.width() - t.px(28), t.px(22)), kit::Align::Left, panel.title);
        const double used = kit::textWidth(t.font(12.5, QFont::DemiBold), panel.title) + t.px(12);
        kit::drawTextIn(p, t.font(12), t.secondary, QRectF(panel.rect.left() + t.px(14) + used, panel.rect.top() + t.px(6),
                        panel.rect.width() - t.px(28) - used, t.px(22)), kit::Align::Right, panel.note);
        // Of many references those stand out that concern what is looked at, set aside or selected.
        constexpr std::size_t kMany = 26;
        const auto concerns = [&](std::size_t node) {
            const Card &card = panel.nodes[node].card;
            return card.current || aside(card.verdict) || card.rescued || card.verdict == Verdict::Resurrected || m_selected == card.id;
        };
        for (const bool front : {false, true})
            for (const GraphArrow &a : panel.arrows) {
                const bool strong = panel.arrows.size() < kMany || a.outside || concerns(a.from) || concerns(a.to);
                if (strong != front)
                    continue;
                kit::arrow(p, t, a.path, a.weak ? kit::ArrowKind::Weak : kit::ArrowKind::Reference, a.outside ? t.good : strong ? t.ink : t.faint,
                           a.outside ? 2.2 : strong ? 1.7 : 1.1);
            }
        for (const GraphNode &node : panel.nodes) {
            ground(node.card, node.rect, node.type, t.px(6), true);
            kit::drawTextIn(p, t.font(12, QFont::DemiBold), inkOf(node.card),
                            node.rect.adjusted(t.px(9), 0, -t.px(4), 0), kit::Align::Center, node.title);
        }
    }

    void tracks()
    {
        if (m_scene.tracksTitle.isEmpty() && m_scene.tracks.empty())
            return;
        const QFont bold = t.font(13, QFont::DemiBold), small = t.font(12.5);
        kit::drawTextIn(p, bold, t.ink, m_scene.tracksHeading, kit::Align::Left, m_scene.tracksTitle);
        kit::drawTextIn(p, small, t.secondary, m_scene.tracksHeading.adjusted(kit::textWidth(bold, m_scene.tracksTitle) + t.px(12), 0, 0, 0),
                        kit::Align::Left, m_scene.tracksNote);
        for (const TrackRow &row : m_scene.tracks) {
            kit::drawTextIn(p, t.font(13, QFont::DemiBold), t.ink, row.nameRect, kit::Align::Left, row.name);
            kit::drawTextIn(p, t.font(12), row.over ? t.dangerText : t.ink, row.meterText, kit::Align::Left, row.meter);
            if (row.measured)
                kit::roundedBox(p, row.bar, row.bar.height() / 2, mixed(t.faint, t.panel, 0.22), t.monochrome ? kit::solidPen(t, t.line, 1) : QPen(Qt::NoPen));
            if (row.filled > 0 && row.measured)
                kit::roundedBox(p, QRectF(row.bar.topLeft(), QSizeF(std::max(row.bar.height(), row.bar.width() * row.filled), row.bar.height())),
                                row.bar.height() / 2, row.over ? t.danger : t.accent, Qt::NoPen);
            if (row.rail.width() <= 0)
                continue;
            p.setPen(QPen(row.examined ? t.attention : t.line, t.px(row.examined ? 3 : 2.4), Qt::SolidLine, Qt::RoundCap));
            p.drawLine(row.rail.topLeft(), row.rail.topRight());
            for (const TrackRow::Car &car : row.cars) {
                kit::roundedBox(p, car.rect, t.px(3), t.monochrome ? t.panel : mixed(t.typeColor(car.type), t.panel, 0.3),
                                kit::solidPen(t, t.monochrome ? t.ink : t.typeColor(car.type), 1.2));
                if (m_selected == car.id)
                    kit::roundedBox(p, car.rect.adjusted(-t.px(2), -t.px(2), t.px(2), t.px(2)), t.px(4), Qt::NoBrush, kit::solidPen(t, t.accent, 2));
                p.setPen(Qt::NoPen);
                p.setBrush(t.secondary);
                for (const double x : {0.25, 0.75})
                    p.drawEllipse(QPointF(car.rect.left() + car.rect.width() * x, car.rect.bottom() + t.px(2)), t.px(2), t.px(2));
            }
            kit::drawTextIn(p, small, row.changed ? t.ink : t.secondary, row.moreRect, kit::Align::Left, row.more);
        }
    }

    QPainter &p;
    const CollectorScene &m_scene;
    const FigureInput &m_input;
    const Theme &t;
    ObjectId m_selected;
};

} // namespace

void paintScene(QPainter &painter, const CollectorScene &scene, const FigureInput &input)
{
    Painting(painter, scene, input).run();
}

} // namespace pyrena::collector
