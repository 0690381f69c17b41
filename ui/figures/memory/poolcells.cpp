#include "ui/figures/memory/poolcells.h"

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

constexpr int kMaxArrows = 6;           // more of the chain would be a hairball; the marks go on counting
constexpr std::size_t kMaxMarks = 99;

struct CellMeasure { double width, height, gapX, gapY; };

CellMeasure measure(const SceneBuilder &b, CellSize size)
{
    switch (size) {
    case CellSize::Tiny: return {b.u(58), b.height(Face::Small) + b.u(6), b.u(5), b.u(5)};
    case CellSize::Small: return {b.u(98), b.height(Face::SmallBold) + b.u(20), b.u(8), b.u(9)};
    case CellSize::Medium: return {b.u(106), b.height(Face::LabelBold) + b.height(Face::MonoSmall) + b.u(22), b.u(10), b.u(12)};
    case CellSize::Large: break;
    }
    return {b.u(136), b.height(Face::LabelBold) + b.height(Face::Mono) + b.u(34), b.u(12), b.u(13)};
}

CellGrid gridOf(const SceneBuilder &b, const QRectF &area, CellSize size, int capacity)
{
    const CellMeasure m = measure(b, size);
    CellGrid grid;
    grid.size = size;
    grid.area = area;
    grid.gapX = m.gapX;
    grid.gapY = m.gapY;
    grid.columns = std::clamp(static_cast<int>((area.width() + m.gapX) / (m.width + m.gapX)), 1, capacity);
    grid.width = std::min((area.width() - (grid.columns - 1) * m.gapX) / grid.columns, m.width * 1.5);
    grid.rows = std::clamp(static_cast<int>((area.height() + m.gapY) / (m.height + m.gapY)), 1, (capacity + grid.columns - 1) / grid.columns);
    grid.height = std::clamp((area.height() - (grid.rows - 1) * m.gapY) / grid.rows, std::min(m.height, area.height()), m.height * 1.25);
    return grid;
}

// Which blocks are worth seeing without scrolling: those ever carved, and the first untouched one.
int interesting(const HeapState &heap, const Pool &pool)
{
    return static_cast<int>((pool.nextOffset - kPoolHeaderSize) / heap.blockSize(pool.sizeClass)) + 1;
}

QString offsetText(std::uint32_t offset) { return QStringLiteral("+%1").arg(offset); }

struct CellParts { QRectF rect; double left, right, top; };   // text limits

// What stands in front of an object's address: the collector's header, and what newer versions put before that.
std::uint32_t frontBytes(const SceneBuilder &b, PoolId pool, std::uint32_t offset, const Block &block)
{
    if (block.tenant.kind() != TenantKind::Object || !b.world.contains(block.tenant.object()))
        return 0;
    const Address object = b.world.object(block.tenant.object()).address, start = b.heap.poolAddress(pool) + offset;
    return object > start && object - start < block.request ? static_cast<std::uint32_t>(object - start) : 0;
}

// The block to scale: headers, what was asked for, what rounding up loses.
void addUsedBar(SceneBuilder &b, const CellParts &cell, PoolId pool, std::uint32_t offset, const QColor &color, Texture texture)
{
    const Block &block = b.heap.blocks[b.heap.blockIndex(pool, offset)];
    const std::uint32_t size = b.heap.blockSize(b.heap.pools[pool.value].sizeClass);
    const double h = b.u(6);
    const QRectF bar(cell.left, cell.rect.bottom() - b.u(8) - h, cell.right - cell.left, h);
    const double used = bar.width() * std::min<double>(block.request, size) / size;
    SceneBox &solid = b.box({bar.left(), bar.top(), used, h}, 0, color);
    solid.texture = texture;
    solid.textureColor = b.theme.panel;
    solid.textureStep = b.u(4);
    if (const std::uint32_t front = frontBytes(b, pool, offset, block))
        headerBox(b, {bar.left(), bar.top(), bar.width() * front / size, h});
    if (bar.width() - used > 0.5) {
        const QRectF waste(bar.left() + used, bar.top(), bar.width() - used, h);
        b.box(waste, 0, b.theme.panel, color, 0.8);
        b.hatch(waste, b.theme.secondary, 4);
    }
}

void addAllocated(SceneBuilder &b, const CellParts &cell, CellSize size, PoolId pool, std::uint32_t offset)
{
    const Theme &theme = b.theme;
    const Block &block = b.heap.blocks[b.heap.blockIndex(pool, offset)];
    const std::uint32_t bytes = b.heap.blockSize(b.heap.pools[pool.value].sizeClass);
    const QColor color = b.colors.color(block, b.heap.pools[pool.value].sizeClass);
    const Texture texture = b.colors.texture(block, b.heap.pools[pool.value].sizeClass);
    b.box(cell.rect, b.u(4), theme.monochrome ? theme.panel : mixed(color, theme.panel, theme.name == ThemeName::Dark ? 0.26 : 0.14), theme.ink, 1.3);
    b.box({cell.rect.left(), cell.rect.top(), b.u(size == CellSize::Tiny ? 3 : 5), cell.rect.height()}, b.u(1.5), color);
    const QString label = tenantLabel(b.trace, b.world, block.tenant);
    const double room = cell.right - cell.left;
    if (size == CellSize::Tiny) {
        b.text({cell.left, cell.rect.center().y() - b.height(Face::Small) / 2}, label, Face::Small, theme.ink, room);
        return;
    }
    const Face face = size == CellSize::Small ? Face::SmallBold : Face::LabelBold;
    b.text({cell.left, cell.top}, label, face, theme.ink, room);
    if (size >= CellSize::Medium) {
        const Face mono = size == CellSize::Large ? Face::Mono : Face::MonoSmall;
        const QRectF at = b.text({cell.left, cell.top + b.height(face)}, offsetText(offset), mono, theme.secondary, room);
        // What the colour says stands here, too, when it is not the type.
        const QString asked = b.colorBy == ColorBy::Type || b.colorBy == ColorBy::SizeClass
            ? SceneBuilder::tr("%1 of %2 B").arg(block.request).arg(bytes)
            : b.groups[b.colors.group(block, b.heap.pools[pool.value].sizeClass)].name;
        const double left = room - at.width() - b.u(8);
        if (b.width(Face::Small, asked) <= left)
            b.textRight({cell.right, cell.top + b.height(face)}, asked, Face::Small, theme.secondary);
    }
    addUsedBar(b, cell, pool, offset, color, texture);
}

// place: 1 for the block handed out next, 0 when it is further down the chain than is counted.
void addFree(SceneBuilder &b, const CellParts &cell, CellSize size, PoolId pool, std::uint32_t offset, int place)
{
    const Theme &theme = b.theme;
    b.box(cell.rect, b.u(4), theme.panel, theme.secondary, 1.3, Outline::Dashed);
    const Face face = size >= CellSize::Medium ? Face::LabelBold : size == CellSize::Small ? Face::SmallBold : Face::Small;
    double room = cell.right - cell.left;
    if (place > 0) {
        const QString mark = ordinalMark(place);
        const Face markFace = size == CellSize::Tiny ? Face::Tiny : Face::SmallBold;
        const double h = std::min(b.height(markFace) + b.u(2), cell.rect.height() - b.u(4)), w = b.width(markFace, mark) + b.u(14);
        const QRectF pill(cell.rect.right() - b.u(5) - w, cell.top - b.u(1), w, h);
        if (w < room) {
            b.box(pill, h / 2, place == 1 ? theme.accent : theme.panel, theme.accent, 1.2);
            b.textCentered(pill.adjusted(b.u(2), -b.u(4), -b.u(2), b.u(4)), mark, markFace,
                           place == 1 ? theme.readableOn(theme.accent) : theme.accent);
            room -= w;
        }
    }
    const QString word = SceneBuilder::tr("free");
    if (b.width(face, word) <= room)
        b.text({cell.left, cell.top}, word, face, theme.secondary, room);
    if (size < CellSize::Medium)
        return;
    const Face mono = size == CellSize::Large ? Face::Mono : Face::MonoSmall;
    const std::uint16_t next = b.heap.blocks[b.heap.blockIndex(pool, offset)].nextFree;
    const double y = cell.top + b.height(face);
    b.text({cell.left, y}, offsetText(offset), mono, theme.secondary, cell.right - cell.left);
    const QString link = next ? QStringLiteral("next +%1").arg(next) : QStringLiteral("next NULL");
    if (y + b.height(mono) + b.height(Face::MonoSmall) <= cell.rect.bottom() - b.u(1))
        b.text({cell.left, y + b.height(mono)}, link, Face::MonoSmall, theme.accent, cell.right - cell.left - b.u(12));
}

void addUntouched(SceneBuilder &b, const CellParts &cell, CellSize size, PoolId pool, std::uint32_t offset)
{
    const bool there = offset < residentBytes(b.heap, pool);
    const Theme &theme = b.theme;
    const bool next = b.heap.pools[pool.value].nextOffset == offset;
    SceneBox &ground = b.box(cell.rect, b.u(4), {}, theme.line, 1, Outline::Dotted);
    if (!next || size < CellSize::Medium) {
        ground.texture = there ? Texture::Dots : Texture::BackHatch;
        ground.textureColor = there ? mixed(theme.faint, theme.panel, 0.6) : notThereColor(theme);
        ground.textureStep = b.u(9);
        return;
    }
    b.text({cell.left, cell.top}, SceneBuilder::tr("untouched"), Face::LabelBold, theme.secondary, cell.right - cell.left);
    const QString mark = QStringLiteral("\u2190 nextoffset %1").arg(offset);
    const double y = cell.top + b.height(Face::LabelBold);
    if (b.width(Face::MonoSmall, mark) <= cell.right - cell.left) {
        b.text({cell.left, y}, mark, Face::MonoSmall, theme.secondary);
    } else {
        const bool two = y + 2 * b.height(Face::MonoSmall) <= cell.rect.bottom();
        b.text({cell.left, y}, QStringLiteral("\u2190 nextoffset"), Face::MonoSmall, theme.secondary, cell.right - cell.left);
        if (two)
            b.text({cell.left, y + b.height(Face::MonoSmall)}, offsetText(offset), Face::MonoSmall, theme.secondary);
    }
}

// From a free block to the next on the chain: only through gutters, never through a cell.
void addChainArrow(SceneBuilder &b, const CellGrid &grid, const QRectF &from, const QRectF &to, int index)
{
    const double lane = (index % 3 - 1) * grid.gapY * 0.22;
    const QPointF start(from.right() - b.u(13), from.bottom() - b.u(11));
    const double below = from.bottom() + grid.gapY / 2 + lane, above = to.top() - grid.gapY / 2 + lane;
    const double entry = to.left() + b.u(22) + (index % 3) * b.u(5);
    std::vector<QPointF> points{start, {start.x(), below}};
    if (std::abs(below - above) < 1) {
        points.push_back({entry, below});
    } else {
        // A vertical gutter at the left of the target; at the first column the margin of the panel.
        const double x = to.left() - grid.gapX / 2 + (index % 3 - 1) * grid.gapX * 0.22;
        points.insert(points.end(), {{x, below}, {x, above}, {entry, above}});
    }
    points.push_back({entry, to.top()});
    QPainterPath dot;
    dot.addEllipse(start, b.u(3.2), b.u(3.2));
    b.scene.items.push_back(ScenePath{dot, {}, 0, Outline::None, b.theme.accent});
    b.arrow(points, b.theme.accent, 1.8);
}

} // namespace

QRectF CellGrid::cell(int number) const
{
    const int row = number / columns - firstRow;
    if (row < 0 || row >= rows)
        return {};
    // On whole pixels: crisp, and equal cells look equal.
    return QRectF(std::round(area.left() + (number % columns) * (width + gapX)), std::round(area.top() + row * (height + gapY)),
                  std::floor(width), std::floor(height));
}

std::vector<std::uint32_t> freeChain(const HeapState &heap, PoolId id, std::size_t limit)
{
    std::vector<std::uint32_t> chain;
    const Pool &pool = heap.pools[id.value];
    for (std::uint32_t offset = pool.freeBlock; offset != 0 && chain.size() < limit;
         offset = heap.blocks[heap.blockIndex(id, offset)].nextFree)
        chain.push_back(blockNumber(heap, id, offset));
    return chain;
}

CellGrid cellGrid(const SceneBuilder &b, const QRectF &area, PoolId id)
{
    const Pool &pool = b.heap.pools[id.value];
    const int capacity = static_cast<int>(b.heap.capacity(pool.sizeClass));
    CellSize size = CellSize::Tiny;
    if (b.place.level == MemoryLevel::Pool && !b.place.fitted) {
        size = b.place.zoom < 3.4 ? CellSize::Tiny : b.place.zoom < 3.9 ? CellSize::Small : b.place.zoom < 4.8 ? CellSize::Medium : CellSize::Large;
    } else {
        // The largest that shows what was ever carved or a fair number of blocks; then one that shows a few.
        bool found = false;
        for (const int fair : {20, 8, 4})
            for (const CellSize s : {CellSize::Large, CellSize::Medium, CellSize::Small}) {
                const CellGrid grid = gridOf(b, area, s, capacity);
                if (!found && grid.rows * grid.columns >= std::min(interesting(b.heap, pool), fair) && grid.height <= area.height()) {
                    size = s;
                    found = true;
                }
            }
    }
    CellGrid grid = gridOf(b, area, size, capacity);
    const int allRows = (capacity + grid.columns - 1) / grid.columns;
    if (grid.rows < allRows) {
        const std::uint32_t anchor = b.place.offset ? b.place.offset : pool.freeBlock ? pool.freeBlock : kPoolHeaderSize;
        const int row = static_cast<int>(blockNumber(b.heap, id, anchor)) / grid.columns;
        if (b.place.fitted || b.place.level == MemoryLevel::Arena)
            grid.firstRow = row / grid.rows * grid.rows;   // whole pages: stepping does not scroll
        else
            grid.firstRow = row;
        grid.firstRow = std::clamp(grid.firstRow, 0, allRows - grid.rows);
    }
    return grid;
}

void addCells(SceneBuilder &b, const CellGrid &grid, PoolId id, std::optional<double> *captionX)
{
    const Pool &pool = b.heap.pools[id.value];
    const std::uint32_t size = b.heap.blockSize(pool.sizeClass);
    const int capacity = static_cast<int>(b.heap.capacity(pool.sizeClass));
    const std::vector<std::uint32_t> chain = freeChain(b.heap, id, kMaxMarks);
    const auto selected = std::get_if<ObjectId>(&b.input.selected);
    std::vector<QRectF> halos, rings;
    const int end = std::min(capacity, (grid.firstRow + grid.rows) * grid.columns);
    for (int number = grid.firstRow * grid.columns; number < end; ++number) {
        const std::uint32_t offset = kPoolHeaderSize + static_cast<std::uint32_t>(number) * size;
        const QRectF rect = grid.cell(number);
        const double pad = b.u(grid.size == CellSize::Tiny ? 6 : 11);
        const CellParts parts{rect, rect.left() + pad, rect.right() - pad * 0.8,
                              rect.top() + (grid.size == CellSize::Tiny ? (rect.height() - b.height(Face::Small)) / 2 : b.u(6))};
        const Tenant tenant = b.heap.blocks[b.heap.blockIndex(id, offset)].tenant;
        switch (b.heap.blockState(id, offset)) {
        case BlockState::Allocated: addAllocated(b, parts, grid.size, id, offset); break;
        case BlockState::Free: {
            const auto at = std::find(chain.begin(), chain.end(), static_cast<std::uint32_t>(number));
            addFree(b, parts, grid.size, id, offset, at == chain.end() ? 0 : static_cast<int>(at - chain.begin()) + 1);
            break;
        }
        case BlockState::Untouched: addUntouched(b, parts, grid.size, id, offset); break;
        }
        const bool own = tenant.kind() == TenantKind::Object || isSecondBlock(tenant.kind());
        if ((selected && own && tenant.object() == *selected) || b.isSelected(SelectedBlock{id, offset}))
            rings.push_back(rect);
        if (b.changes.has(id, offset)) {
            halos.push_back(rect);
            *captionX = rect.center().x();
        }
        const bool isObject = tenant.kind() == TenantKind::Object && b.world.contains(tenant.object());
        b.hitBlock(isObject ? Selected(tenant.object()) : Selected(SelectedBlock{id, offset}), id, offset, rect);
    }
    if (grid.size >= CellSize::Medium)
        for (std::size_t i = 0; i + 1 < chain.size() && i < kMaxArrows; ++i) {
            const QRectF from = grid.cell(static_cast<int>(chain[i])), to = grid.cell(static_cast<int>(chain[i + 1]));
            if (!from.isNull() && !to.isNull())
                addChainArrow(b, grid, from, to, static_cast<int>(i));
        }
    for (const QRectF &rect : rings)
        b.box(rect.adjusted(-b.u(2), -b.u(2), b.u(2), b.u(2)), b.u(5), {}, b.theme.accent, 2.4);
    for (const QRectF &rect : halos)
        b.halo(rect, b.u(4));
    if (!*captionX && !chain.empty())
        if (const QRectF head = grid.cell(static_cast<int>(chain.front())); !head.isNull())
            *captionX = head.center().x();
}

} // namespace pyrena
