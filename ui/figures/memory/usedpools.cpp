// The two tables in which the allocator looks for room, drawn as the lists they are: usable_arenas and usedpools.
#include "ui/figures/memory/scenebuilder.h"

#include <algorithm>

namespace pyrena {

namespace {

struct Link
{
    QString text, sentence;      // no sentence: that of the pool or arena
    Selected what;
    bool changed = false, here = false;
};

struct Row
{
    QString head, note;          // "[3]", "64 B"
    std::vector<Link> links;     // those that can be in view
    std::size_t length = 0;      // of the whole list
    bool changed = false;
};

constexpr std::size_t kMaxLinks = 16;

double rowHeight(const SceneBuilder &b) { return b.height(Face::Small) + b.u(8); }

Row usableArenas(const SceneBuilder &b)
{
    const HeapState &heap = b.heap;
    Row row{QStringLiteral("usable_arenas"), {}, {}, 0, false};
    for (ArenaSlot slot = heap.usableArenas; slot; slot = heap.arenas[slot.value].nextArena, ++row.length)
        if (row.links.size() < kMaxLinks)
            row.links.push_back({SceneBuilder::tr("%1 \u00b7 %2 free").arg(arenaName(heap, slot)).arg(heap.arenas[slot.value].nFreePools), {},
                                 SelectedArena{slot}, b.changes.has(slot), slot == b.place.arena});
    return row;
}

std::vector<Row> usedPools(const SceneBuilder &b)
{
    const HeapState &heap = b.heap;
    std::vector<Row> rows;
    const std::uint32_t classes = heap.sizeClassOf(b.trace.profile->allocator.smallRequestThreshold) + 1;
    for (std::uint32_t c = 0; c < std::min(classes, kMaxSizeClasses); ++c) {
        Row row{QStringLiteral("[%1]").arg(c), SceneBuilder::tr("%1 B").arg(heap.blockSize(c)), {}, 0, false};
        for (PoolId pool = heap.usedPools[c]; pool; pool = heap.pools[pool.value].nextPool, ++row.length) {
            const bool changed = b.changes.has(pool);
            row.changed |= changed;
            if (row.links.size() < kMaxLinks)
                row.links.push_back({QStringLiteral("%1.%2 \u00b7 %3/%4").arg(heap.arenas[heap.arenaOf(pool).value].ordinal)
                                         .arg(heap.indexInArena(pool)).arg(heap.pools[pool.value].blocksInUse).arg(heap.capacity(c)),
                                     {}, SelectedPool{pool}, changed, pool == b.place.pool});
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void addRow(SceneBuilder &b, const QRectF &area, const Row &row, double headWidth, double noteWidth)
{
    const Theme &theme = b.theme;
    const bool empty = row.links.empty();
    const double textTop = area.center().y() - b.height(Face::Small) / 2;
    b.text({area.left(), textTop}, row.head, Face::MonoSmall, empty ? theme.secondary : theme.ink, headWidth);
    b.textRight({area.left() + headWidth + noteWidth, textTop}, row.note, Face::Small, theme.secondary, noteWidth);
    double x = area.left() + headWidth + noteWidth + b.u(8);
    if (empty) {
        b.text({x, textTop}, SceneBuilder::tr("empty"), Face::Small, theme.secondary, area.right() - x);
        return;
    }
    const double arrow = b.u(18), rest = b.width(Face::Small, QStringLiteral("+00000")) + b.u(6);
    for (std::size_t i = 0; i < row.links.size(); ++i) {
        const Link &link = row.links[i];
        const double w = b.width(Face::Small, link.text) + b.u(14);
        const bool last = i + 1 == row.length;
        if (x + arrow + w > area.right() - (last ? 0 : rest)) {
            b.text({x + b.u(6), textTop}, QStringLiteral("+%1").arg(row.length - i), Face::Small, theme.secondary, area.right() - x - b.u(6));
            return;
        }
        b.arrow({{x, area.center().y()}, {x + arrow - b.u(1), area.center().y()}}, theme.ink, 1.2);
        const QRectF rect(x + arrow, area.top() + b.u(2), w, area.height() - b.u(4));
        b.box(rect, b.u(4), theme.panel, link.here ? theme.attention : theme.ink, link.here ? 2 : 1.1);
        b.textCentered(rect.adjusted(b.u(3), -b.u(3), -b.u(3), b.u(3)), link.text, Face::Small, theme.ink);
        if (link.changed)
            b.halo(rect, b.u(4));
        if (const auto *pool = std::get_if<SelectedPool>(&link.what))
            b.hitPool(pool->pool, rect);
        else
            b.hitArena(std::get<SelectedArena>(link.what).slot, rect);
        b.scene.hits.back().goes = true;
        x = rect.right();
    }
    if (row.length > row.links.size())
        b.text({x + b.u(6), textTop}, QStringLiteral("+%1").arg(row.length - row.links.size()), Face::Small, theme.secondary, area.right() - x - b.u(6));
}

} // namespace

void addUsedPools(SceneBuilder &b, const QRectF &area)
{
    const Theme &theme = b.theme;
    const double step = rowHeight(b);
    b.text(area.topLeft(), SceneBuilder::tr("arenas with free pools, fewest first"), Face::Label, theme.secondary, area.width());
    double y = area.top() + b.height(Face::Label) + b.u(2);
    const Row arenas = usableArenas(b);
    addRow(b, QRectF(area.left(), y, area.width(), step), arenas, b.width(Face::MonoSmall, arenas.head) + b.u(2), 0);
    y += step + b.u(6);
    b.text({area.left(), y}, SceneBuilder::tr("usedpools: arena.pool \u00b7 blocks in use"),
           Face::Label, theme.secondary, area.width());
    y += b.height(Face::Label) + b.u(2);

    // All classes when there is room; else those that have a pool.
    std::vector<Row> rows = usedPools(b);
    const auto fit = static_cast<std::size_t>(std::max(0.0, (area.bottom() - y) / step));
    std::size_t left = 0;
    if (rows.size() > fit)
        std::erase_if(rows, [](const Row &row) { return row.links.empty(); });
    if (rows.size() > fit && fit > 0) {
        left = rows.size() - fit + 1;
        // What changed now is in view, whatever else is not.
        std::stable_sort(rows.begin(), rows.end(), [](const Row &p, const Row &q) { return p.changed && !q.changed; });
        rows.resize(fit - 1);
        std::stable_sort(rows.begin(), rows.end(), [](const Row &p, const Row &q) { return p.head.size() != q.head.size() ? p.head.size() < q.head.size() : p.head < q.head; });
    } else if (rows.size() > fit) {
        return;
    }
    const double head = b.width(Face::MonoSmall, QStringLiteral("[00]")) + b.u(8), note = b.width(Face::Small, QStringLiteral("512 B"));
    for (const Row &row : rows) {
        addRow(b, QRectF(area.left(), y, area.width(), step), row, head, note);
        y += step;
    }
    if (left > 0)
        b.text({area.left(), y + b.u(3)}, SceneBuilder::tr("and %1 more classes").arg(left), Face::Small, theme.secondary, area.width());
}

} // namespace pyrena
