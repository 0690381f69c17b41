// The whole process as the memory manager sees it: arenas, the C library's heap, and what lies outside both.
#include "ui/figures/memory/scenebuilder.h"

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

QRectF region(SceneBuilder &b, const QRectF &area, const QString &title, const QString &note)
{
    b.box(area, b.u(8), {}, b.theme.line, 1.2);
    const QRectF name = b.text(area.topLeft() + QPointF(b.u(12), b.u(7)), title, Face::Head, b.theme.ink, area.width() - b.u(24));
    const double left = name.right() + b.u(14);
    b.text({left, name.top() + b.u(2)}, note, Face::Label, b.theme.secondary, area.right() - b.u(12) - left);
    return area.adjusted(b.u(12), b.u(10) + b.height(Face::Head), -b.u(12), -b.u(10));
}

double regionFrame(const SceneBuilder &b) { return b.height(Face::Head) + b.u(20); }

void addArenaCard(SceneBuilder &b, const QRectF &card, ArenaSlot slot, bool titled, BlockMap &blocks)
{
    const HeapState &heap = b.heap;
    const Arena &arena = heap.arenas[slot.value];
    const Theme &theme = b.theme;
    const double titleHeight = titled ? b.height(Face::Label) + b.u(3) : 0;
    if (titled) {
        const QRectF name = b.text(card.topLeft(), arenaName(heap, slot), Face::LabelBold, theme.ink, card.width());
        const QString address = QString::fromStdString(toHex(arena.address));
        const double room = card.width() - name.width() - b.u(8);
        if (b.width(Face::MonoSmall, address) <= room)
            b.textRight({card.right(), card.top() + b.u(1)}, address, Face::MonoSmall, theme.secondary);
    }
    const QRectF grid = card.adjusted(0, titleHeight, 0, 0);
    const double w = grid.width() / 8, h = grid.height() / 8;
    const double gap = std::min({b.u(2), w * 0.15, h * 0.15});
    b.box(grid.adjusted(-gap, -gap, 0, 0), b.u(2), mixed(theme.line, theme.panel, 0.25), theme.line, 1);
    std::vector<QRectF> halos;
    for (std::uint32_t i = 0; i < arena.nTotalPools; ++i) {
        const PoolId pool(slot.value * kPoolsPerArena + i);
        const QRectF tile(grid.left() + (i % 8) * w, grid.top() + std::floor(i / 8.0) * h, w - gap, h - gap);
        blocks.tiles.push_back({pool, tile, PoolTile::Shape::Tile, true});
        if (b.changes.has(pool))
            halos.push_back(tile);
    }
    for (std::uint32_t i = arena.nTotalPools; i < kPoolsPerArena; ++i) {
        SceneBox &lost = b.box(QRectF(grid.left() + (i % 8) * w, grid.top() + std::floor(i / 8.0) * h, w - gap, h - gap), 0,
                               theme.monochrome ? theme.panel : mixed(theme.danger, theme.panel, 0.2), theme.danger, 0.8, Outline::Dashed);
        lost.texture = w >= b.u(16) ? Texture::Cross : Texture::None;
        lost.textureColor = theme.line;
    }
    b.hitArena(slot, card);
    if (w >= b.u(16))
        for (const QRectF &tile : halos)
            b.halo(tile, b.u(1));
    const bool inside = std::any_of(b.changes.blocks.begin(), b.changes.blocks.end(),
                                    [&](const ChangedBlock &c) { return heap.arenaOf(c.pool) == slot; });
    if (b.changes.has(slot) || (inside && w < b.u(16)))   // where a halo around the pool would be too small to see
        b.halo(grid.adjusted(-gap, -gap, 0, 0), b.u(3));
    else if (slot == b.place.arena)
        b.box(grid.adjusted(-b.u(3), -b.u(3), b.u(2), b.u(2)), b.u(4), {}, theme.attention, 1.6);
}

void addArenas(SceneBuilder &b, const QRectF &area)
{
    const HeapState &heap = b.heap;
    const QRectF inside = region(b, area, SceneBuilder::tr("arenas"),
        SceneBuilder::tr("%1 in use, each %2 from the operating system").arg(heap.totals.arenasNow).arg(byteCount(heap.arenaSize)));
    std::vector<ArenaSlot> slots;
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot)
        if (heap.arenas[slot].address)
            slots.emplace_back(slot);
    if (slots.empty()) {
        b.text(inside.topLeft(), SceneBuilder::tr("none yet: the first small request asks for one"), Face::Label, b.theme.secondary, inside.width());
        return;
    }
    // The arrangement with the largest cards that shows all; what still does not fit is reached by scrolling.
    const double gap = b.u(slots.size() <= 16 ? 16 : 6);
    int columns = 1;
    double side = 0;
    const auto n = static_cast<int>(slots.size());
    for (int c = 1; c <= n; ++c) {
        const int rows = (n + c - 1) / c;
        const double w = (inside.width() - (c - 1) * gap) / c, h = (inside.height() - (rows - 1) * gap) / rows;
        const double fit = std::min(w, h * 1.5);
        if (fit > side) {
            side = fit;
            columns = c;
        }
    }
    int rows = (n + columns - 1) / columns;
    const double least = b.u(24);
    if (side < least) {
        side = least;
        columns = std::max(1, static_cast<int>((inside.width() + gap) / (least + gap)));
        rows = std::max(1, static_cast<int>((inside.height() + gap) / (least / 1.2 + gap)));
    }
    const double w = std::min((inside.width() - (columns - 1) * gap) / columns, inside.height() * 2);
    const double h = std::min((inside.height() - (rows - 1) * gap) / rows, w * 0.9 + b.u(20));
    const int allRows = (n + columns - 1) / columns;
    const int firstRow = std::clamp(static_cast<int>(b.u(b.place.scroll) / (h + gap)), 0, std::max(0, allRows - rows));
    const bool titled = w >= b.u(70) && h >= b.u(70);
    BlockMap blocks;
    blocks.area = inside;
    const int shown = std::min(n, (firstRow + rows) * columns);
    for (int i = firstRow * columns; i < shown; ++i) {
        const QRectF card(inside.left() + (i % columns) * (w + gap), inside.top() + (i / columns - firstRow) * (h + gap), w, h);
        addArenaCard(b, card, slots[static_cast<std::size_t>(i)], titled, blocks);
    }
    b.map(std::move(blocks));
}

// The raw block that is selected or that a lesson looks at: itself, or an object that lives in it.
RawBlockId chosenRaw(const SceneBuilder &b)
{
    for (const Selected *what : {&b.input.selected, &b.input.lookedAt}) {
        if (const auto *raw = std::get_if<SelectedRawBlock>(what))
            if (raw->block && raw->block.value < b.heap.rawBlocks.size() && b.heap.rawBlocks[raw->block.value].size > 0)
                return raw->block;
        const auto *object = std::get_if<ObjectId>(what);
        if (!object || !b.world.contains(*object) || !b.world.object(*object).alive())
            continue;
        const Address address = b.world.object(*object).address;
        for (RawBlockId id = b.heap.firstRawBlock; id && address; id = b.heap.rawBlocks[id.value].next)
            if (const RawBlock &block = b.heap.rawBlocks[id.value]; address >= block.address && address < block.address + block.size)
                return id;
    }
    return {};
}

// A block with its header and its neighbours, of which free ones are merged as soon as they touch. Not to scale.
void addRawNeighbours(SceneBuilder &b, const QRectF &area, RawBlockId id)
{
    const HeapState &heap = b.heap;
    const double gap = b.u(6), w = (area.width() - 2 * gap) / 3;
    const RawBlockId shown[] = {heap.rawBlocks[id.value].prev, id, heap.rawBlocks[id.value].next};
    const QString none[] = {SceneBuilder::tr("the heap begins here"), {}, SceneBuilder::tr("the heap ends here: the program break")};
    for (int i = 0; i < 3; ++i) {
        const QRectF rect(area.left() + i * (w + gap), area.top(), w, area.height());
        if (!shown[i]) {
            b.textCentered(rect, none[i], Face::Small, b.theme.secondary);
            continue;
        }
        const RawBlock &block = heap.rawBlocks[shown[i].value];
        b.box(rect, b.u(3), b.theme.panel, block.free ? b.theme.secondary : b.theme.ink, i == 1 ? 1.8 : 1.1, block.free ? Outline::Dashed : Outline::Solid);
        const double header = b.u(18);
        headerBox(b, QRectF(rect.left() + b.u(1), rect.top() + b.u(1), header, rect.height() - b.u(2)));
        const double left = rect.left() + header + b.u(7), room = rect.right() - left - b.u(4);
        const QString who = block.free ? SceneBuilder::tr("free") : tenantLabel(b.trace, b.world, block.tenant);
        b.text({left, rect.top() + b.u(2)}, SceneBuilder::tr("%1 \u00b7 %2 at %3").arg(who, byteCount(block.size), QString::fromStdString(toHex(block.address))),
               Face::SmallBold, b.theme.ink, room);
        const QString asked = block.free ? SceneBuilder::tr("header %1 B, the rest is free").arg(kRawHeaderSize)
            : SceneBuilder::tr("header %1 B, %2 B asked for, %3 B rounding").arg(kRawHeaderSize).arg(block.request)
                  .arg(block.size - kRawHeaderSize - std::min(block.request, block.size - kRawHeaderSize));
        b.text({left, rect.top() + b.u(2) + b.height(Face::SmallBold)}, asked, Face::Small, b.theme.secondary, room);
        b.hit(SelectedRawBlock{shown[i]}, SceneBuilder::tr("%1: %2 bytes of the C library's heap at %3").arg(who).arg(block.size)
                  .arg(QString::fromStdString(toHex(block.address))), rect);
    }
}

void addRawHeap(SceneBuilder &b, const QRectF &area)
{
    const HeapState &heap = b.heap;
    const Theme &theme = b.theme;
    const QRectF inside = region(b, area, SceneBuilder::tr("raw heap"),
        SceneBuilder::tr("C library's heap: placement modelled; %1 blocks, %2 in use")
            .arg(heap.totals.rawBlocksInUse).arg(byteCount(heap.totals.bytesInRawBlocks)));
    std::uint64_t total = 0;
    std::size_t count = 0;
    for (RawBlockId id = heap.firstRawBlock; id; id = heap.rawBlocks[id.value].next, ++count)
        total += heap.rawBlocks[id.value].size;
    if (total == 0) {
        b.text(inside.topLeft(), SceneBuilder::tr("nothing yet: it serves requests of more than %1 bytes").arg(b.trace.profile->allocator.smallRequestThreshold),
               Face::Label, theme.secondary, inside.width());
        return;
    }
    const RawBlockId chosen = chosenRaw(b);
    const double barHeight = chosen ? b.u(16) : b.u(44);
    const QRectF bar(inside.left(), inside.top(), inside.width(), std::min(inside.height(), barHeight));
    b.box(bar, 0, {}, theme.line, 1);
    double x = bar.left(), lastDrawn = bar.left() - 1;
    for (RawBlockId id = heap.firstRawBlock; id; id = heap.rawBlocks[id.value].next) {
        const RawBlock &block = heap.rawBlocks[id.value];
        const double w = bar.width() * static_cast<double>(block.size) / static_cast<double>(total);
        const QRectF rect(x, bar.top(), w, bar.height());
        x += w;
        const bool changed = b.changes.has(id);
        if (rect.right() < lastDrawn + 0.7 && !changed)
            continue;   // thousands of blocks share a pixel: one stands for them
        lastDrawn = rect.right();
        const QColor color = groupColor(theme, groupOf(b.trace, block.tenant));
        if (block.free) {
            b.box(rect, 0, theme.panel, theme.faint, 1, w > b.u(12) ? Outline::Dashed : Outline::Solid);
        } else {
            b.box(rect, 0, mixed(color, theme.panel, w > b.u(40) ? 0.2 : 0.7), w > b.u(3) ? theme.ink : QColor(), 1);
            b.box({rect.left(), rect.top(), std::min(w, b.u(4)), rect.height()}, 0, color);
        }
        const QString label = block.free ? SceneBuilder::tr("free") : tenantLabel(b.trace, b.world, block.tenant);
        if (rect.height() >= b.height(Face::Small) * 2 + b.u(4)) {
            const double left = rect.left() + b.u(8), room = rect.right() - b.u(4) - left;
            if (b.width(Face::SmallBold, label) <= room || room > b.u(60))
                b.text({left, rect.top() + b.u(3)}, label, Face::SmallBold, theme.ink, room);
            if (b.width(Face::Small, byteCount(block.size)) <= room)
                b.text({left, rect.top() + b.u(3) + b.height(Face::SmallBold)}, byteCount(block.size), Face::Small, theme.secondary);
        }
        b.hit(SelectedRawBlock{id}, SceneBuilder::tr("%1: %2 bytes of the C library's heap at %3, %4 asked for")
                  .arg(label).arg(block.size).arg(QString::fromStdString(toHex(block.address))).arg(block.request), rect);
        if (id == chosen)
            b.box(rect.adjusted(-b.u(2), -b.u(2), b.u(2), b.u(2)), b.u(2), {}, theme.accent, 2.4);
        if (changed)
            b.halo(rect, b.u(2));
    }
    if (chosen && inside.bottom() - bar.bottom() - b.u(8) >= 2 * b.height(Face::Small) + b.u(6))
        addRawNeighbours(b, QRectF(inside.left(), bar.bottom() + b.u(8), inside.width(), inside.bottom() - bar.bottom() - b.u(8)), chosen);
}

void addStatics(SceneBuilder &b, const QRectF &area)
{
    std::array<std::uint32_t, kTypeGroups> counts{};
    std::uint32_t all = 0;
    for (const ObjectId id : b.colors.look().statics)
        if (const Object *object = b.world.contains(id) ? &b.world.object(id) : nullptr;
            object && object->alive() && object->has(ObjectFlag::Static) && object->kind != TypeKind::Runtime) {
            ++counts[static_cast<std::size_t>(groupOf(object->kind))];
            ++all;
        }
    const QRectF inside = region(b, area, SceneBuilder::tr("static objects"),
        SceneBuilder::tr("%1, in the interpreter's own image: outside every arena, never freed").arg(all));
    double x = inside.left();
    const double h = b.height(Face::Label) + b.u(6);
    for (int g = 0; g < kTypeGroups; ++g) {
        if (counts[static_cast<std::size_t>(g)] == 0)
            continue;
        const QString text = SceneBuilder::tr("%1 %2").arg(counts[static_cast<std::size_t>(g)]).arg(groupName(static_cast<TypeGroup>(g)));
        const double w = b.width(Face::Label, text) + b.u(26);
        if (x + w > inside.right() || h > inside.height() + 1)
            break;
        const QColor color = groupColor(b.theme, static_cast<TypeGroup>(g));
        const QRectF chip(x, inside.top(), w, h);
        b.box(chip, b.u(4), b.theme.panel, b.theme.secondary, 1.2);
        b.box(chip.adjusted(-b.u(2.5), -b.u(2.5), b.u(2.5), b.u(2.5)), b.u(6), {}, b.theme.line, 1);   // immortal: double outline
        b.box({chip.left(), chip.top(), b.u(5), h}, 0, color);
        b.text({chip.left() + b.u(14), chip.top() + b.u(3)}, text, Face::Label, b.theme.ink);
        x += w + b.u(12);
    }
}

} // namespace

void addProcess(SceneBuilder &b, const QRectF &area)
{
    const double gap = b.u(10), frame = regionFrame(b);
    const double statics = frame + b.height(Face::Label) + b.u(8);
    const double raw = frame + b.u(chosenRaw(b) ? 66 : 46);
    const double bar = bytesBarHeight(b, area.width());
    double left = area.height(), y = area.top();
    // Arenas get at least their frame and a strip; the others come as long as there is room.
    const double least = frame + b.u(90);
    const bool withRaw = left - raw - gap >= least;
    left -= withRaw ? raw + gap : 0;
    const bool withStatics = left - statics - gap >= least;
    left -= withStatics ? statics + gap : 0;
    const bool withBar = left - bar - gap >= frame + b.u(180);
    left -= withBar ? bar + gap : 0;
    // Beside the map, where there is room for both, the lists through which the allocator finds a pool.
    const double lists = std::clamp(area.width() * 0.36, b.u(330), b.u(560));
    const bool withLists = area.width() - lists - gap >= b.u(420) && left >= b.u(190);
    addArenas(b, QRectF(area.left(), y, area.width() - (withLists ? lists + gap : 0), left));
    if (withLists)
        addUsedPools(b, region(b, QRectF(area.right() - lists, y, lists, left), SceneBuilder::tr("lists"),
                               SceneBuilder::tr("click to go there")));
    y += left + gap;
    if (withRaw) {
        addRawHeap(b, QRectF(area.left(), y, area.width(), raw));
        y += raw + gap;
    }
    if (withStatics) {
        addStatics(b, QRectF(area.left(), y, area.width(), statics));
        y += statics + gap;
    }
    if (withBar)
        addBytesBar(b, QRectF(area.left(), y, area.width(), bar), true);
}

} // namespace pyrena
