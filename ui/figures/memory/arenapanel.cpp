// One arena: its pools in address order, eight in a row.
#include "ui/figures/memory/scenebuilder.h"

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

struct TileLook { Outline outline; QColor stroke, fill, header; };

TileLook lookOf(const Theme &theme, PoolState state)
{
    switch (state) {
    case PoolState::Untouched: return {Outline::Dotted, theme.line, {}, {}};
    case PoolState::Empty: return {Outline::Dashed, theme.faint, theme.panel, theme.faint};
    case PoolState::Used: case PoolState::Full: break;
    }
    return {Outline::Solid, theme.ink, theme.panel, theme.ink};
}

void addChangedBlocks(SceneBuilder &b, const PoolTile &tile)
{
    if (!poolCarved(b.heap, tile.pool) || b.heap.pools[tile.pool.value].sizeClass == kNoSizeClass)
        return;
    const std::uint32_t capacity = b.heap.capacity(b.heap.pools[tile.pool.value].sizeClass);
    int drawn = 0;
    for (const ChangedBlock &changed : b.changes.blocks) {
        if (changed.pool != tile.pool || ++drawn > 24)
            continue;
        const std::uint32_t number = blockNumber(b.heap, tile.pool, changed.offset);
        if (number >= capacity)
            continue;   // the pool has changed its size class since
        const double out = b.u(1.5);
        const QRectF block = blockRect(tile, capacity, number);
        b.box(block.adjusted(-out, -out, out, out), b.u(1.5), {}, b.theme.attention, 1.6);
    }
}

} // namespace

void addArena(SceneBuilder &b, const QRectF &heading, const QRectF &area, int columns, QRectF *focusTile)
{
    const HeapState &heap = b.heap;
    const ArenaSlot slot = b.place.arena;
    if (!arenaInUse(heap, slot))
        return;
    const Arena &arena = heap.arenas[slot.value];
    const Theme &theme = b.theme;

    const QRectF name = b.text(heading.topLeft(), arenaName(heap, slot), Face::Head, theme.ink, heading.width());
    const double down = b.u(2);
    const QRectF address = b.text({name.right() + b.u(12), heading.top() + down}, QString::fromStdString(toHex(arena.address)),
                                  Face::Mono, theme.secondary, heading.right() - name.right() - b.u(12));
    const QString note = arena.excess == 0 ? SceneBuilder::tr("%1, base on a pool boundary").arg(byteCount(heap.arenaSize))
                                           : SceneBuilder::tr("%1, base not on a pool boundary: one pool is lost").arg(byteCount(heap.arenaSize));
    const QString shortNote = byteCount(heap.arenaSize);
    const double room = heading.right() - std::max(address.right(), name.right()) - b.u(14);
    b.textRight({heading.right(), heading.top() + down}, b.width(Face::Label, note) <= room ? note : shortNote, Face::Label, theme.secondary,
                std::max(0.0, room));
    b.hitArena(slot, heading.united(area));

    // Small tiles have no numbers; each row says at its left which pool it begins with.
    const int rows = static_cast<int>(kPoolsPerArena) / columns;
    const double gap = b.u(area.width() >= b.u(380) ? 6 : 4);
    double rowLabels = 0;
    double w = (area.width() - (columns - 1) * gap) / columns;
    double h = (area.height() - (rows - 1) * gap) / rows;
    const bool numbers = w >= b.u(38) && h >= b.u(34);
    if (!numbers && h >= b.height(Face::Tiny)) {
        rowLabels = b.width(Face::Tiny, QStringLiteral("56")) + b.u(6);
        w = (area.width() - rowLabels - (columns - 1) * gap) / columns;
    }
    h = std::min(h, w * 1.15);
    const double left = area.left() + rowLabels;
    BlockMap blocks;
    blocks.area = area;
    std::vector<QRectF> halos;
    const auto tileRect = [&](int i) {
        // On whole pixels: crisp, and equal tiles look equal.
        const double x = std::round(left + (i % columns) * (w + gap)), y = std::round(area.top() + (i / columns) * (h + gap));
        return QRectF(x, y, std::floor(w), std::floor(h));
    };
    for (int i = 0; i < static_cast<int>(kPoolsPerArena); ++i) {
        const QRectF tile = tileRect(i);
        const double w = tile.width(), h = tile.height();
        if (rowLabels > 0 && i % columns == 0)
            b.textRight({left - b.u(6), tile.center().y() - b.height(Face::Tiny) / 2}, QString::number(i), Face::Tiny, theme.secondary);
        if (i >= static_cast<int>(arena.nTotalPools)) {
            SceneBox &lost = b.box(tile, b.u(4), theme.monochrome ? theme.panel : mixed(theme.danger, theme.panel, 0.16), theme.danger, 1.1, Outline::Dashed);
            const QString words[] = {SceneBuilder::tr("lost to"), SceneBuilder::tr("alignment")};
            const Face face = b.width(Face::Small, words[1]) <= w - b.u(6) ? Face::Small : Face::Tiny;
            const QColor ink = theme.monochrome ? theme.ink : mixed(theme.danger, theme.ink, 0.6);
            const double lineHeight = b.height(face);
            lost.textureColor = theme.line;
            lost.textureStep = b.u(6);
            const bool worded = b.width(face, words[1]) <= w - b.u(4) && 2 * lineHeight <= h - b.u(4);
            lost.texture = worded ? Texture::None : Texture::Cross;
            if (worded) {
                b.textCentered(QRectF(tile.left(), tile.center().y() - lineHeight, w, lineHeight), words[0], face, ink);
                b.textCentered(QRectF(tile.left(), tile.center().y(), w, lineHeight), words[1], face, ink);
            }
            b.hit(SelectedArena{slot}, SceneBuilder::tr("lost to alignment: %1 bytes before the first pool and %2 behind the last")
                                           .arg(heap.poolSize - arena.excess).arg(arena.excess), tile);
            continue;
        }
        const PoolId pool(slot.value * kPoolsPerArena + static_cast<std::uint32_t>(i));
        const PoolState state = heap.poolState(pool);
        const TileLook look = lookOf(theme, state);
        SceneBox &frame = b.box(tile, b.u(4), look.fill, look.stroke, 1.2, look.outline);
        if (state == PoolState::Untouched) {
            frame.texture = Texture::BackHatch;
            frame.textureColor = notThereColor(theme);
            frame.textureStep = b.u(7);
        }
        // The map has all pools, so that it stays the same map when one is carved.
        {
            // To scale, but never too thin to be seen.
            const double header = std::max(b.u(3), w * kPoolHeaderSize / heap.poolSize);
            if (state != PoolState::Untouched)
                b.box({tile.left() + b.u(1), tile.top() + b.u(1), header, h - b.u(2)}, 0, look.header);
            const double foot = numbers ? b.height(Face::Tiny) + b.u(1) : b.u(3);
            const PoolTile inside{pool, QRectF(tile.left() + header + b.u(4), tile.top() + b.u(4),
                                               w - header - b.u(7), h - b.u(4) - foot), PoolTile::Shape::Tile};
            blocks.tiles.push_back(inside);
        }
        if (isHalfEmpty(heap, pool))
            halfEmptyMark(b, tile);
        if (numbers && (state != PoolState::Untouched || i % columns == 0))
            b.textRight({tile.right() - b.u(4), tile.bottom() - b.height(Face::Tiny) - b.u(1)}, QString::number(i), Face::Tiny,
                        theme.secondary);
        b.hitPool(pool, tile);
    }
    const std::vector<PoolTile> tiles = blocks.tiles;
    if (!tiles.empty())
        b.map(std::move(blocks));
    for (const PoolTile &tile : tiles) {
        if (!b.changes.has(tile.pool))
            continue;
        addChangedBlocks(b, tile);
        b.halo(tileRect(static_cast<int>(heap.indexInArena(tile.pool))), b.u(4));
    }
    if (b.changes.has(slot))
        b.halo(area.adjusted(-b.u(4), -b.u(4), b.u(4), b.u(4)), b.u(6));
    if (b.place.pool) {
        *focusTile = tileRect(static_cast<int>(heap.indexInArena(b.place.pool)));
        if (!b.changes.has(b.place.pool))
            b.box(focusTile->adjusted(-b.u(2), -b.u(2), b.u(2), b.u(2)), b.u(5), {}, theme.attention, 2);
    }
}

} // namespace pyrena
