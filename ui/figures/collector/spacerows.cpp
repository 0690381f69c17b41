#include "ui/figures/collector/collectorscene.h"

#include <QLocale>

#include <algorithm>

// The spaces of managers that move objects, address-true: what lies where, the top, and the scan pointer.
namespace pyrena::collector {

namespace {

constexpr double kText = 34, kCompactText = 20, kHeading = 28, kBar = 24;   // beside the bar itself

QString nameOf(const SpaceStory &space)
{
    switch (space.id) {
    case SpaceId::None: return Words::tr("heap");
    case SpaceId::Nursery: return Words::tr("nursery");
    case SpaceId::A: return Words::tr("space A");
    case SpaceId::B: return Words::tr("space B");
    }
    return {};
}

QString bytes(std::uint64_t n) { return QLocale(QLocale::English).toString(static_cast<qulonglong>(n)); }

} // namespace

double spacesHeight(const Story &story, const Theme &theme, bool compact)
{
    return theme.px(kHeading + ((compact ? kCompactText : kText) + kBar) * double(story.spaces.size()));
}

void addSpaces(CollectorScene &scene, const Story &story, const FigureInput &input, const QRectF &area, bool compact, double bar)
{
    const Theme &theme = input.theme;
    double y = area.top();
    scene.tracksTitle = story.spaces.size() > 1 ? Words::tr("Spaces") : Words::tr("Heap");
    scene.tracksHeading = QRectF(area.left(), area.top(), area.width(), theme.px(kHeading - 4));
    y += theme.px(kHeading);
    const double noteRoom = area.width() - kit::textWidth(theme.font(13, QFont::DemiBold), scene.tracksTitle) - theme.px(12);
    for (const QString &note : {Words::tr("so far %1 objects looked at, %2 bytes moved, longest pause %3 looks"),
                                Words::tr("%1 looks, %2 bytes moved, longest pause %3"), Words::tr("%1 looks, %2 B moved, pause %3")}) {
        scene.tracksNote = note.arg(bytes(story.costs.visits), bytes(story.costs.bytesMoved), bytes(story.costs.longestPause));
        if (kit::textWidth(theme.font(12.5), scene.tracksNote) <= noteRoom)
            break;
    }
    const double height = theme.px((compact ? kCompactText : kText) + bar);
    const double name = theme.px(84);
    const double room = std::max(1.0, area.width() - name);
    // One scale for all: the fullest space takes most of the width.
    std::uint64_t most = 1;
    for (const SpaceStory &space : story.spaces)
        most = std::max(most, space.used);
    const double scale = room / (double(most) * 1.12);
    for (const SpaceStory &space : story.spaces) {
        SpaceRow row;
        row.name = nameOf(space);
        row.active = space.active;
        row.plain = space.id == SpaceId::None;
        row.meter = row.plain ? Words::tr("%1 of %2 bytes in use; a collection starts when it is full").arg(bytes(space.used), bytes(space.size))
                              : Words::tr("%1 of %2 bytes used").arg(bytes(space.used), bytes(space.size));
        row.nameRect = QRectF(area.left(), y, name - theme.px(8), theme.px(18 + bar));
        row.meterRect = QRectF(area.left() + name, y, room, theme.px(18));
        const double full = row.plain ? room : double(space.size) * scale;
        row.torn = full > room;
        row.bar = QRectF(area.left() + name, y + theme.px(19), std::min(room, full), theme.px(bar));
        row.used = row.plain ? row.bar.left() + (space.size > 0 ? std::min(1.0, double(space.used) / double(space.size)) * row.bar.width() : 0)
                             : row.bar.left() + double(space.used) * scale;
        for (const SpaceBlock &block : space.blocks) {
            SpaceRow::Block b;
            b.rect = QRectF(row.bar.left() + double(block.offset) * scale, row.bar.top(), std::max(0.7, double(block.size) * scale), row.bar.height());
            b.owner = block.owner;
            b.type = input.trace->objects[block.owner.value].kind;
            b.mark = block.mark;
            b.second = block.second;
            b.changed = block.changed;
            const QString label = QString::fromStdString(input.trace->label(block.owner));
            const Relocation *moved = input.world->spaces.relocationOf(block.owner);
            b.label = label;
            scene.hits.push_back({block.owner,
                                  (block.second ? Words::tr("second block of %1, %2 bytes at +%3 of %4") : Words::tr("%1, %2 bytes at +%3 of %4"))
                                          .arg(label, bytes(block.size), bytes(block.offset), row.name)
                                      + (moved ? (moved->moves == 1 ? Words::tr("; moved once, the id 0x%1 shown before is stale")
                                                                  : Words::tr("; moved %1 times, the id 0x%2 shown before is stale").arg(moved->moves))
                                                     .arg(moved->previous.value, 0, 16) : QString()),
                                  b.rect});
            row.blocks.push_back(b);
        }
        if (space.scan)
            row.scan = row.bar.left() + double(*space.scan) * scale;
        scene.hits.push_back({{}, row.name + QStringLiteral(": ") + row.meter, row.nameRect});
        scene.spaces.push_back(std::move(row));
        y += height;
    }
}

void addMarkLegend(CollectorScene &scene, const Theme &theme)
{
    const auto add = [&](const QString &text, std::function<void(QPainter &, const QRectF &)> mark) {
        scene.legend.push_back({text, std::move(mark)});
    };
    const auto box = [theme](GcMark mark) {
        return [theme, mark](QPainter &p, const QRectF &r) { kit::roundedBox(p, r, theme.px(4), kit::markFill(theme, mark), kit::solidPen(theme, theme.ink)); };
    };
    add(Words::tr("white: not reached"), box(GcMark::White));
    add(Words::tr("grey: reached"), box(GcMark::Grey));
    add(Words::tr("black: done"), box(GcMark::Black));
    add(Words::tr("looked at or changed"), [theme](QPainter &p, const QRectF &r) {
        kit::roundedBox(p, r, theme.px(4), theme.panel, QPen(theme.attention, theme.px(3)));
    });
}

void addTracingLegend(CollectorScene &scene, const Story &story, const Theme &theme)
{
    addMarkLegend(scene, theme);
    const auto add = [&](const QString &text, std::function<void(QPainter &, const QRectF &)> mark) {
        scene.legend.push_back({text, std::move(mark)});
    };
    if (story.spaces.empty() || story.spaces[0].id == SpaceId::None)
        return;
    const auto pointer = [theme](const QColor &color) {
        return [theme, color](QPainter &p, const QRectF &r) {
            p.setPen(Qt::NoPen);
            p.setBrush(color);
            const QPointF tip(r.center().x(), r.top() + theme.px(3));
            p.drawPolygon(QPolygonF{tip, tip + QPointF(-theme.px(5), theme.px(9)), tip + QPointF(theme.px(5), theme.px(9))});
        };
    };
    add(Words::tr("nobody's any more"), [theme](QPainter &p, const QRectF &r) { kit::dots(p, theme, r, theme.faint, 4); });
    add(Words::tr("top: the next object goes here"), pointer(theme.accent));
    add(Words::tr("scan pointer"), pointer(theme.danger));
}

void paintSpaces(QPainter &p, const CollectorScene &scene, const FigureInput &input)
{
    const Theme &t = input.theme;
    const auto *selected = std::get_if<ObjectId>(&input.selected);
    for (const SpaceRow &row : scene.spaces) {
        kit::drawTextIn(p, t.font(13, QFont::DemiBold), row.active ? t.ink : t.secondary, row.nameRect, kit::Align::Left, row.name);
        kit::drawTextIn(p, t.font(12), t.secondary, row.meterRect, kit::Align::Left, row.meter);
        kit::roundedBox(p, row.bar, t.px(3), row.active ? t.panel : mixed(t.line, t.panel, 0.25), Qt::NoPen);
        if (row.plain) {
            kit::roundedBox(p, QRectF(row.bar.topLeft(), QPointF(row.used, row.bar.bottom())), t.px(3), mixed(t.accent, t.panel, 0.35), Qt::NoPen);
        } else {
            // Used and no longer anybody's: what died there, or was given up.
            kit::dots(p, t, QRectF(row.bar.topLeft(), QPointF(row.used, row.bar.bottom())), t.faint, 4);
        }
        for (const SpaceRow::Block &b : row.blocks) {
            const bool marked = scene.collecting && b.mark != GcMark::White;
            const QColor type = t.typeColor(b.type);
            const QColor fill = marked ? kit::markFill(t, b.mark) : mixed(type, t.panel, b.second ? 0.2 : 0.45);
            p.fillRect(b.rect, fill);
            p.fillRect(QRectF(b.rect.left(), b.rect.bottom() - t.px(3), b.rect.width(), t.px(3)), type);
            if (b.rect.width() > t.px(3)) {
                p.setPen(kit::solidPen(t, t.panel, 1));
                p.drawLine(b.rect.topRight(), b.rect.bottomRight());
            }
            const QFont font = t.font(11.5);
            if (b.rect.height() > t.px(40) && kit::textWidth(font, b.label) + t.px(8) < b.rect.width())
                kit::drawTextIn(p, font, marked ? t.readableOn(fill) : t.ink, b.rect.adjusted(t.px(4), t.px(4), -t.px(4), -b.rect.height() + t.px(22)),
                                kit::Align::Left, b.label);
            if (b.changed && b.rect.width() > t.px(2)) {
                p.setPen(QPen(t.attention, t.px(2.4)));
                p.setBrush(Qt::NoBrush);
                p.drawRect(b.rect.adjusted(t.px(1), t.px(1), -t.px(1), -t.px(1)));
            }
            if (selected && *selected == b.owner) {
                p.setPen(QPen(t.accent, t.px(2)));
                p.setBrush(Qt::NoBrush);
                p.drawRect(b.rect.adjusted(-t.px(1), -t.px(2), t.px(1), t.px(2)));
            }
        }
        p.setPen(row.active ? kit::solidPen(t, t.ink, 1.3) : kit::ghostPen(t));
        p.setBrush(Qt::NoBrush);
        if (row.torn) {   // open at the right: it goes on
            const QPointF edge[] = {row.bar.topRight(), row.bar.topLeft(), row.bar.bottomLeft(), row.bar.bottomRight()};
            p.drawPolyline(edge, 4);
        } else {
            p.drawRoundedRect(row.bar, t.px(3), t.px(3));
        }
        const auto pointer = [&](double x, const QColor &color, bool below) {
            const double tip = below ? row.bar.bottom() : row.bar.top(), base = tip + (below ? t.px(8) : -t.px(8));
            p.setPen(QPen(color, t.px(1.6)));
            p.drawLine(QPointF(x, row.bar.top()), QPointF(x, row.bar.bottom()));
            p.setPen(Qt::NoPen);
            p.setBrush(color);
            p.drawPolygon(QPolygonF{QPointF(x, tip), QPointF(x - t.px(4.5), base), QPointF(x + t.px(4.5), base)});
        };
        if (!row.plain)
            pointer(row.used, t.accent, true);
        if (row.scan >= 0)
            pointer(row.scan, t.danger, true);
    }
}

} // namespace pyrena::collector
