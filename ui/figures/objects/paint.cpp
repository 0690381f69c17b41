#include "ui/figures/objects/paint.h"

#include <algorithm>

namespace pyrena::objects {

QPointF badgeCentre(const Box &box) { return QPointF(box.rect.right() - 8, box.rect.top() + 1); }

namespace {

constexpr double kRadius = 7;

// Where the texts of a box go; painting and tests share it.
struct RowRooms { QRectF label, value; };

QRectF titleRoom(const Box &box, const Theme &theme)
{
    double right = box.rect.right() - 10;
    if (box.kind == Box::Kind::Node && !box.count.isEmpty())
        right = kit::badgeRect(theme, badgeCentre(box), box.count).left() - 5;
    if (!box.note.isEmpty())
        right -= kit::textWidth(theme.font(11.5), box.note) + 8;
    const double head = box.kind == Box::Kind::Node ? kHead : kFrameHead - 2;
    return QRectF(box.rect.left() + 14, box.rect.top(), right - box.rect.left() - 14, head);
}

QFont labelFont(const Box &box, const Row &row, const Theme &theme)
{
    if (row.rest || row.cell)
        return theme.font(11.5);
    return theme.monoFont(box.kind == Box::Kind::Node ? 12 : 13, box.kind == Box::Kind::Node ? QFont::Normal : QFont::Bold);
}

RowRooms roomsOf(const Box &box, const Row &row, const Theme &theme)
{
    const QRectF r = row.rect;
    if (row.cell)
        return {QRectF(box.rect.left() + 12, r.top(), 40, r.height()), r.adjusted(3, 0, -3, 0)};
    const double left = r.left() + (box.kind == Box::Kind::Node ? 9 : 12);
    const double right = r.right() - (row.arrow ? 24 : 10);
    if (row.value.isEmpty())
        return {QRectF(left, r.top(), right - left, r.height()), {}};
    const double wanted = kit::textWidth(labelFont(box, row, theme), row.label);
    const double value = kit::textWidth(theme.monoFont(12.5), row.value);
    double label = std::min(wanted, right - left);
    if (wanted + 10 + value > right - left && !row.label.isEmpty())   // both give way, the label less than the value
        label = std::min(wanted, std::max((right - left) * 0.5, right - left - value - 10));
    const double gap = row.label.isEmpty() ? 0 : 10;
    return {QRectF(left, r.top(), label, r.height()), QRectF(left + label + gap, r.top(), right - left - label - gap, r.height())};
}

class Painting
{
public:
    Painting(QPainter &painter, const Scene &scene, const Look &look) : p(painter), m_scene(scene), m_look(look), t(look.theme) {}

    void run()
    {
        for (const Box &box : m_scene.boxes)
            withMotion(box, [&] { box.kind == Box::Kind::Node ? node(box) : frame(box); });
        // What changed lies on top of what did not.
        for (const Fate fate : {Fate::Same, Fate::Gone, Fate::New})
            for (const Arrow &arrow : m_scene.arrows)
                if (arrow.fate == fate)
                    paintArrow(arrow);
        for (const Box &box : m_scene.boxes)
            withMotion(box, [&] { badges(box); });
        for (const Arrow &arrow : m_scene.arrows)
            paintLabel(arrow);
    }

private:
    template <class F>
    void withMotion(const Box &box, F paintIt)
    {
        if (!seen(box.rect.adjusted(-20, -20, 30, 20)))
            return;
        const double a = std::clamp(m_look.animation, 0.0, 1.0);
        if (box.fate != Fate::New || a >= 1) {
            paintIt();
            return;
        }
        p.save();
        p.setOpacity(p.opacity() * a);
        p.translate(box.rect.center());
        p.scale(0.94 + 0.06 * a, 0.94 + 0.06 * a);
        p.translate(-box.rect.center());
        paintIt();
        p.restore();
    }

    bool seen(const QRectF &rect) const { return m_look.visible.isNull() || m_look.visible.intersects(rect); }

    void around(const Box &box)
    {
        if (box.changed && box.fate != Fate::Gone && box.kind == Box::Kind::Node)
            kit::halo(p, t, box.rect, kRadius);
        if (box.kept)
            kit::roundedBox(p, box.rect.adjusted(-6, -6, 6, 6), kRadius + 6, Qt::NoBrush, kit::freePen(t, t.accent));
        if ((m_look.selected && box.id == m_look.selected) || box.focused)
            kit::selectionRing(p, t, box.rect, kRadius);
    }

    void frame(const Box &box)
    {
        const bool gone = box.fate == Fate::Gone;
        const QColor ground = t.monochrome || t.name == ThemeName::BrightRoom ? t.panel : mixed(t.line, t.panel, 0.16);
        kit::roundedBox(p, box.rect, 9, gone ? QColor(t.panel) : ground, gone ? kit::ghostPen(t) : kit::solidPen(t, t.line, 1.2));
        around(box);
        const QRectF title = titleRoom(box, t);
        kit::drawTextIn(p, t.font(12.5, QFont::DemiBold), t.secondary, title, kit::Align::Left, box.title);
        if (!box.note.isEmpty())
            kit::drawTextIn(p, t.font(11.5), t.secondary, QRectF(title.right() + 8, title.top(), box.rect.right() - 10 - title.right() - 8 + 1,
                                                                 title.height()), kit::Align::Right, box.note);
        if (box.rows.empty())
            kit::drawTextIn(p, t.font(12), t.faint, QRectF(box.rect.left() + 14, box.rect.top() + kFrameHead, box.rect.width() - 28, kNameRow),
                            kit::Align::Left, emptyText(box));
        for (const Row &row : box.rows)
            nameRow(box, row);
    }

    static QString emptyText(const Box &box)
    {
        return box.kind == Box::Kind::Globals ? QObject::tr("no names yet") : QObject::tr("no locals");
    }

    void nameRow(const Box &box, const Row &row)
    {
        if (bare(row))
            return;
        const bool gone = row.fate == Fate::Gone || box.fate == Fate::Gone;
        const RowRooms rooms = roomsOf(box, row, t);
        const QColor ink = gone ? t.secondary : t.ink;
        if (!row.rest) {
            const QPen pen = gone ? kit::ghostPen(t) : kit::solidPen(t, row.cell ? t.faint : t.line, 1.2);
            kit::roundedBox(p, row.rect, 5, gone ? QBrush(Qt::NoBrush) : QBrush(t.panel), pen);
            if (row.changed && !gone && !row.cell)
                kit::roundedBox(p, row.rect.adjusted(-1, -1, 1, 1), 6, Qt::NoBrush, kit::solidPen(t, t.attention, 2.6));
        }
        kit::drawTextIn(p, labelFont(box, row, t), row.cell || row.rest ? t.secondary : ink, rooms.label, kit::Align::Left, row.label);
        if (!row.value.isEmpty())
            rowValue(row, rooms.value, row.cell ? 11 : 12.5, row.cell ? kit::Align::Center : kit::Align::Right, gone);
        else if (!row.arrow && !row.target && !row.rest)
            kit::drawTextIn(p, t.font(11.5), t.faint, row.rect.adjusted(12, 0, -12, 0), kit::Align::Right, QObject::tr("unbound"));
        if (row.arrow || !row.more.empty())
            dot(row, gone);
    }

    // A stale id is struck out.
    void rowValue(const Row &row, const QRectF &room, double size, kit::Align align, bool gone)
    {
        const QFont font = t.monoFont(size);
        kit::drawTextIn(p, font, gone ? t.secondary : row.staleOf ? t.dangerText : t.ink, room, align, row.value);
        if (!row.staleOf || gone)
            return;
        const double width = std::min(kit::textWidth(font, row.value), room.width()), y = room.center().y() + 0.5;
        const double left = align == kit::Align::Left ? room.left() : align == kit::Align::Right ? room.right() - width : room.center().x() - width / 2;
        p.setPen(kit::solidPen(t, t.dangerText, 1.4));
        p.drawLine(QPointF(left, y), QPointF(left + width, y));
    }

    // A removed reference whose row lives on: only its arrow is drawn.
    static bool bare(const Row &row) { return row.fate == Fate::Gone && row.label.isEmpty() && !row.cell; }

    void dot(const Row &row, bool gone)
    {
        p.setPen(Qt::NoPen);
        p.setBrush(gone ? t.faint : t.ink);
        p.drawEllipse(row.dot(), 3.6, 3.6);
    }

    void node(const Box &box)
    {
        const bool gone = box.fate == Fate::Gone;
        const QRectF r = box.rect;
        around(box);
        if (box.immortal && !gone)
            kit::roundedBox(p, r.adjusted(-3.2, -3.2, 3.2, 3.2), kRadius + 3, Qt::NoBrush, kit::solidPen(t, t.ink, 1.1));
        if (gone) {
            kit::roundedBox(p, r, kRadius, t.panel, kit::ghostPen(t));
        } else {
            paintGround(box);
            kit::roundedBox(p, r, kRadius, Qt::NoBrush, kit::solidPen(t, t.ink, 1.4));
        }
        kit::drawTextIn(p, t.font(12.5, QFont::DemiBold), gone ? t.secondary : t.ink, titleRoom(box, t), kit::Align::Left, box.title);
        for (const Row &row : box.rows)
            nodeRow(box, row);
        if (box.rows.empty() && r.height() > nodeHeight(0, m_look.level) + 1)
            kit::drawTextIn(p, t.font(11.5), gone ? t.faint : t.secondary, emptyRoom(box), kit::Align::Left, QObject::tr("empty"));
        double y = r.bottom() - kFoot - kDetail * double(box.details.size()) + 2;
        for (qsizetype i = 0; i < box.details.size(); ++i, y += kDetail)
            kit::drawTextIn(p, i == 0 ? t.font(11) : t.monoFont(11), t.secondary, detailRoom(box, y), kit::Align::Left, box.details[i]);
        if (box.generation >= 0 && !gone)
            rail(box);
    }

    static QRectF emptyRoom(const Box &box) { return QRectF(box.rect.left() + 14, box.rect.top() + kHead, box.rect.width() - 28, kRow); }
    static QRectF detailRoom(const Box &box, double y) { return QRectF(box.rect.left() + 14, y - 4, box.rect.width() - 24, kDetail); }

    // The panel, its 5 px bar and its tinted head, each under the next, so that the rounded corners need no clipping.
    void paintGround(const Box &box)
    {
        const QRectF r = box.rect;
        p.setPen(Qt::NoPen);
        p.setBrush(t.typeColor(box.type));
        p.drawRoundedRect(r, kRadius, kRadius);
        p.setBrush(t.panel);
        p.drawPath(roundedAtRight(r.adjusted(5, 0, 0, 0), kRadius, kRadius));
        if (box.garbage)
            kit::hatch(p, t, r.adjusted(5, kHead, -1, -1), t.line);
        if (!t.monochrome) {
            p.setPen(Qt::NoPen);
            p.setBrush(t.headTint(box.type));
            p.drawPath(roundedAtRight(QRectF(r.left() + 5, r.top(), r.width() - 5, kHead), kRadius, 0));
        } else if (!box.garbage) {
            p.setPen(kit::solidPen(t, t.line, 1));
            p.drawLine(QPointF(r.left() + 5, r.top() + kHead), QPointF(r.right(), r.top() + kHead));
        }
    }

    static QPainterPath roundedAtRight(const QRectF &r, double top, double bottom)
    {
        QPainterPath path(r.topLeft());
        path.lineTo(r.right() - top, r.top());
        path.quadTo(r.topRight(), QPointF(r.right(), r.top() + top));
        path.lineTo(r.right(), r.bottom() - bottom);
        path.quadTo(r.bottomRight(), QPointF(r.right() - bottom, r.bottom()));
        path.lineTo(r.bottomLeft());
        path.closeSubpath();
        return path;
    }

    void nodeRow(const Box &box, const Row &row)
    {
        if (bare(row))
            return;
        const bool gone = row.fate == Fate::Gone || box.fate == Fate::Gone;
        const RowRooms rooms = roomsOf(box, row, t);
        if (row.fate == Fate::Gone && box.fate != Fate::Gone)
            kit::roundedBox(p, row.rect.adjusted(4, 1.5, -4, -1.5), 4, Qt::NoBrush, kit::ghostPen(t));
        else if (row.changed && !gone && box.fate != Fate::New)
            kit::roundedBox(p, row.rect.adjusted(4, 1.5, -5, -1.5), 4, Qt::NoBrush, kit::solidPen(t, t.attention, 1.8));
        kit::drawTextIn(p, labelFont(box, row, t), t.secondary, rooms.label, kit::Align::Left, row.label);
        if (!row.value.isEmpty())
            rowValue(row, rooms.value, 12.5, row.label.isEmpty() ? kit::Align::Left : kit::Align::Right, gone);
        if (row.arrow || !row.more.empty())
            dot(row, gone);
        if (isDead(row) && !gone) {
            const double right = rooms.value.right() - kit::textWidth(t.monoFont(12.5), row.value) - 7, y = row.rect.center().y();
            const double left = rooms.label.right() + 6;
            if (right - left >= 20)
                kit::weakLine(p, t, QPointF(std::max(left, right - 34), y), QPointF(right, y), true);
        }
    }

    // A weak reference whose referent has died.
    static bool isDead(const Row &row) { return row.weak && !row.target && !row.value.isEmpty(); }

    void rail(const Box &box)
    {
        double x = box.rect.left() + 14;
        const double y = box.rect.bottom() - 5.5;
        for (int i = 0; i < 3; ++i, x += 10) {
            const bool on = i <= box.generation;
            p.setPen(QPen(on ? t.ink : t.line, on ? 3 : 2.2, Qt::SolidLine, Qt::FlatCap));
            p.drawLine(QPointF(x, y), QPointF(x + 7, y));
        }
    }

    void badges(const Box &box)
    {
        if (box.mark && box.fate != Fate::Gone) {
            const QRectF disc = kit::badgeRect(t, badgeCentre(box), QString()).adjusted(t.px(3), t.px(3), -t.px(3), -t.px(3));
            kit::roundedBox(p, disc, disc.height() / 2, kit::markFill(t, *box.mark), kit::solidPen(t, t.ink, 1.6));
        }
        if (box.kind != Box::Kind::Node || box.count.isEmpty())
            return;
        if (box.fate != Fate::Gone) {
            kit::badge(p, t, badgeCentre(box), box.count, box.countChanged || box.fate == Fate::New);
            return;
        }
        const QRectF rect = kit::badgeRect(t, badgeCentre(box), box.count);
        kit::roundedBox(p, rect, rect.height() / 2, t.panel, kit::ghostPen(t));
        kit::drawTextIn(p, t.font(12.5, QFont::Bold), t.secondary, rect, kit::Align::Center, box.count);
    }

    void paintArrow(const Arrow &a)
    {
        if (!seen(a.bounds))
            return;
        const bool selected = m_look.selected && m_scene.boxes[a.target].id == m_look.selected;
        if (a.fate == Fate::New && m_look.animation < 1) {
            p.save();
            p.setOpacity(p.opacity() * std::clamp(m_look.animation, 0.0, 1.0));
        }
        const auto kind = a.fate == Fate::Gone ? kit::ArrowKind::Ghost : a.weak ? kit::ArrowKind::Weak : kit::ArrowKind::Reference;
        kit::arrow(p, t, a.path, kind, selected || a.onWay ? t.accent : a.borrowed ? t.secondary : t.ink,
                   a.onWay ? 3 : a.borrowed ? 1.2 : 1.8);
        if (a.fate == Fate::New && m_look.animation < 1)
            p.restore();
    }

    void paintLabel(const Arrow &a)
    {
        if (a.weak && a.fate == Fate::Gone && m_scene.boxes[a.box].fate != Fate::Gone && !a.samples.isEmpty())
            kit::cross(p, t, a.samples[a.samples.size() / 2], t.danger);   // it snaps
        if (!marked(m_scene, a))
            return;
        const bool gone = a.fate == Fate::Gone;
        if (gone)
            kit::cross(p, t, a.mark, t.danger);
        if (!a.label.isNull())
            kit::drawTextIn(p, t.font(12.5, QFont::Bold), gone ? t.danger : t.ink, a.label.adjusted(-4, 0, 4, 0), kit::Align::Center,
                            gone ? QStringLiteral("\u22121") : QStringLiteral("+1"));
    }

    static QColor mixed(const QColor &over, const QColor &ground, double share)
    {
        const auto mix = [share](int a, int b) { return int(a * share + b * (1 - share) + 0.5); };
        return QColor(mix(over.red(), ground.red()), mix(over.green(), ground.green()), mix(over.blue(), ground.blue()));
    }

    QPainter &p;
    const Scene &m_scene;
    const Look &m_look;
    const Theme &t;
};

} // namespace

void paintScene(QPainter &painter, const Scene &scene, const Look &look)
{
    Painting(painter, scene, look).run();
}

std::vector<PlacedText> textsOf(const Scene &scene, const Look &look)
{
    std::vector<PlacedText> texts;
    const Theme &t = look.theme;
    for (const Box &box : scene.boxes) {
        texts.push_back({box.title, titleRoom(box, t), t.font(12.5, QFont::DemiBold)});
        for (const Row &row : box.rows) {
            const RowRooms rooms = roomsOf(box, row, t);
            if (!row.label.isEmpty())
                texts.push_back({row.label, rooms.label, labelFont(box, row, t)});
            if (!row.value.isEmpty())
                texts.push_back({row.value, rooms.value, t.monoFont(row.cell ? 11 : 12.5)});
        }
    }
    return texts;
}

std::vector<kit::LegendEntry> legendFor(const Scene &scene, const Theme &theme, int level)
{
    using kit::LegendEntry;
    std::vector<LegendEntry> entries;
    const auto line = [theme](kit::ArrowKind kind) {
        return [theme, kind](QPainter &p, const QRectF &r) {
            QPainterPath path(QPointF(r.left(), r.center().y()));
            path.lineTo(r.right(), r.center().y());
            kit::arrow(p, theme, path, kind, theme.ink);
        };
    };
    const auto box = [theme](const QRectF &r) { return r.adjusted(theme.px(2), 0, -theme.px(2), 0); };
    entries.push_back({scene.counts ? QObject::tr("reference (+1)") : QObject::tr("reference"), line(kit::ArrowKind::Reference)});
    if (scene.weakUsed)
        entries.push_back({scene.counts ? QObject::tr("weak: no +1") : QObject::tr("weak: does not hold"), line(kit::ArrowKind::Weak)});
    if (scene.deadWeakUsed)
        entries.push_back({QObject::tr("weak, and dead"), [theme](QPainter &p, const QRectF &r) {
            kit::weakLine(p, theme, QPointF(r.left(), r.center().y()), QPointF(r.right(), r.center().y()), true);
        }});
    if (scene.marksUsed)
        for (const auto &[mark, text] : {std::pair(GcMark::White, QObject::tr("white: not reached")), std::pair(GcMark::Grey, QObject::tr("grey: reached")),
                                         std::pair(GcMark::Black, QObject::tr("black: done"))})
            entries.push_back({text, [theme, mark = mark](QPainter &p, const QRectF &r) {
                const double d = r.height() - theme.px(1);
                kit::roundedBox(p, QRectF(r.center().x() - d / 2, r.center().y() - d / 2, d, d), d / 2, kit::markFill(theme, mark), kit::solidPen(theme, theme.ink, 1.5));
            }});
    if (scene.wayUsed)
        entries.push_back({QObject::tr("way from a root"), [theme](QPainter &p, const QRectF &r) {
            QPainterPath path(QPointF(r.left(), r.center().y()));
            path.lineTo(r.right(), r.center().y());
            kit::arrow(p, theme, path, kit::ArrowKind::Reference, theme.accent, 3);
        }});
    if (scene.keptUsed)
        entries.push_back({QObject::tr("kept by it alone"), [theme, box](QPainter &p, const QRectF &r) {
            kit::roundedBox(p, box(r), theme.px(5), Qt::NoBrush, kit::freePen(theme, theme.accent));
        }});
    entries.push_back({QObject::tr("changed in this step"), [theme, box](QPainter &p, const QRectF &r) {
        kit::roundedBox(p, box(r), theme.px(4), theme.panel, kit::solidPen(theme, theme.attention, 3));
    }});
    entries.push_back({QObject::tr("removed in this step"), [theme, box](QPainter &p, const QRectF &r) {
        kit::roundedBox(p, box(r), theme.px(4), Qt::NoBrush, kit::ghostPen(theme));
    }});
    if (level >= 2 && scene.counts)
        entries.push_back({QObject::tr("count"), [theme](QPainter &p, const QRectF &r) {
            const double d = r.height() + theme.px(1);
            kit::roundedBox(p, QRectF(r.center().x() - d / 2, r.center().y() - d / 2, d, d), d / 2, theme.panel, kit::solidPen(theme, theme.ink, 1.3));
            kit::drawTextIn(p, theme.font(10.5, QFont::Bold), theme.ink, r, kit::Align::Center, QStringLiteral("1"));
        }});
    if (scene.garbageUsed)
        entries.push_back({QObject::tr("garbage: unreachable"), [theme, box](QPainter &p, const QRectF &r) {
            kit::roundedBox(p, box(r), theme.px(4), theme.panel, kit::solidPen(theme, theme.ink, 1.2));
            kit::hatch(p, theme, box(r).adjusted(2, 2, -2, -2), theme.faint, 4.5);
        }});
    if (scene.staleUsed)
        entries.push_back({QObject::tr("stale id: its object has moved"), [theme](QPainter &p, const QRectF &r) {
            kit::drawTextIn(p, theme.monoFont(12), theme.dangerText, r, kit::Align::Center, QStringLiteral("0x7"));
            p.setPen(kit::solidPen(theme, theme.dangerText, 1.4));
            p.drawLine(QPointF(r.left() + theme.px(2), r.center().y() + 0.5), QPointF(r.right() - theme.px(2), r.center().y() + 0.5));
        }});
    if (scene.generationUsed && level >= 2)
        entries.push_back({QObject::tr("generation 0, 1, 2"), [theme](QPainter &p, const QRectF &r) {
            for (int i = 0; i < 3; ++i) {
                const double x = r.left() + theme.px(9) * i;
                p.setPen(QPen(i == 0 ? theme.ink : theme.line, theme.px(3), Qt::SolidLine, Qt::FlatCap));
                p.drawLine(QPointF(x, r.center().y()), QPointF(x + theme.px(7), r.center().y()));
            }
        }});
    if (scene.immortalUsed)
        entries.push_back({QObject::tr("immortal: its count does not move"), [theme, box](QPainter &p, const QRectF &r) {
            kit::roundedBox(p, box(r), theme.px(4), Qt::NoBrush, kit::solidPen(theme, theme.ink, 1));
            kit::roundedBox(p, box(r).adjusted(3, 3, -3, -3), theme.px(2), Qt::NoBrush, kit::solidPen(theme, theme.ink, 1));
        }});
    return entries;
}

} // namespace pyrena::objects
