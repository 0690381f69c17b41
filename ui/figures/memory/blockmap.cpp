#include "ui/figures/memory/blockmap.h"

#include "ui/figures/memory/blocklook.h"

#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

constexpr double kCellAspect = 0.75;       // width to height of a block in a tile
constexpr double kMinCell = 3;             // logical pixels; smaller cells have no gaps
constexpr double kMinDense = 1.25;
constexpr std::size_t kMaxEntries = 3;
constexpr std::uint32_t kMaxReplayed = 4096;       // changes looked through for the pools that changed
constexpr std::size_t kMaxVectorBlocks = 20000;    // more would make an SVG nobody can open

struct PixelRect { int x, y, w, h; };

void fill(QImage &image, PixelRect r, QRgb color)
{
    const int x0 = std::max(r.x, 0), x1 = std::min(r.x + r.w, image.width());
    const int y0 = std::max(r.y, 0), y1 = std::min(r.y + r.h, image.height());
    for (int y = y0; y < y1; ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        std::fill(line + x0, std::max(line + x0, line + x1), color);
    }
}

bool hasBlocks(const HeapState &heap, PoolId pool)
{
    const PoolState state = heap.poolState(pool);
    return state == PoolState::Used || state == PoolState::Full;
}

QRgb mean(const QRgb *from, const QRgb *to)
{
    unsigned a = 0, r = 0, g = 0, b = 0;
    const auto n = static_cast<unsigned>(to - from);
    for (; from != to; ++from) {
        a += qAlpha(*from);
        r += qRed(*from);
        g += qGreen(*from);
        b += qBlue(*from);
    }
    return qRgba(static_cast<int>(r / n), static_cast<int>(g / n), static_cast<int>(b / n), static_cast<int>(a / n));
}

// One colour for each block of a pool; transparent where nothing was ever carved.
void blockColors(std::vector<QRgb> &out, const HeapState &heap, PoolId id, const BlockColors &colors)
{
    const Pool &pool = heap.pools[id.value];
    const std::uint32_t n = heap.capacity(pool.sizeClass), stride = heap.blockSize(pool.sizeClass) / heap.alignment;
    out.resize(n);
    std::size_t index = heap.blockIndex(id, kPoolHeaderSize);
    for (std::uint32_t b = 0; b < n; ++b, index += stride) {
        switch (static_cast<BlockState>(heap.blockStates[index])) {
        case BlockState::Untouched: out[b] = 0; break;
        case BlockState::Free: out[b] = colors.freeFill(); break;
        case BlockState::Allocated: out[b] = colors.solid(heap.blocks[index], pool.sizeClass); break;
        }
    }
}

void drawCells(QImage &image, PixelRect r, const TileGrid &grid, const std::vector<QRgb> &blocks, const BlockColors &colors, double scale)
{
    const bool dense = grid.detail == TileDetail::Dense;
    const int gap = dense ? 0 : std::max(1, static_cast<int>(std::lround(scale * 0.8)));
    const int pen = std::max(1, static_cast<int>(std::lround(scale * 0.8)));
    for (int b = 0; b < static_cast<int>(blocks.size()); ++b) {
        if (blocks[b] == 0)
            continue;
        const int column = b % grid.columns, row = b / grid.columns;
        const int x0 = r.x + column * r.w / grid.columns, x1 = r.x + (column + 1) * r.w / grid.columns - gap;
        const int y0 = r.y + row * r.h / grid.rows, y1 = r.y + (row + 1) * r.h / grid.rows - gap;
        const bool isFree = blocks[b] == colors.freeFill();
        fill(image, {x0, y0, x1 - x0, y1 - y0}, isFree && !dense ? colors.freeOutline() : blocks[b]);
        if (isFree && !dense)
            fill(image, {x0 + pen, y0 + pen, x1 - x0 - 2 * pen, y1 - y0 - 2 * pen}, colors.ground());
    }
}

// Pixel k of the run shows blocks [k * n / pixels, (k + 1) * n / pixels), mixed when there are several.
void drawRun(QRgb *out, std::size_t pixels, const std::vector<QRgb> &blocks)
{
    const std::size_t n = blocks.size();
    if (pixels == 0 || n == 0)
        return;
    if (pixels >= n) {
        const std::uint64_t step = (std::uint64_t(n) << 32) / pixels;
        std::uint64_t at = 0;
        for (std::size_t k = 0; k < pixels; ++k, at += step)
            out[k] = blocks[at >> 32];
        return;
    }
    for (std::size_t k = 0; k < pixels; ++k)
        out[k] = mean(&blocks[k * n / pixels], &blocks[0] + std::max((k + 1) * n / pixels, k * n / pixels + 1));
}

PixelRect pixelRect(const QRectF &rect, const QPointF &origin, double scale)
{
    const int x0 = static_cast<int>(std::lround((rect.left() - origin.x()) * scale));
    const int y0 = static_cast<int>(std::lround((rect.top() - origin.y()) * scale));
    const int x1 = static_cast<int>(std::lround((rect.right() - origin.x()) * scale));
    const int y1 = static_cast<int>(std::lround((rect.bottom() - origin.y()) * scale));
    return {x0, y0, x1 - x0, y1 - y0};
}

// Ground and one pixel of outline around the tile.
void drawFrame(QImage &image, PixelRect r, PoolState state, const BlockColors &colors, double scale)
{
    if (state == PoolState::Untouched)
        return;
    const int pen = std::max(1, static_cast<int>(std::lround(scale * 0.6)));
    fill(image, r, colors.frame());
    fill(image, {r.x + pen, r.y + pen, r.w - 2 * pen, r.h - 2 * pen}, colors.ground());
    if (state != PoolState::Empty)
        return;
    const int dash = std::max(2, static_cast<int>(scale * 3));
    for (int x = r.x + dash; x < r.x + r.w; x += 2 * dash) {
        fill(image, {x, r.y, std::min(dash, r.x + r.w - x), pen}, colors.ground());
        fill(image, {x, r.y + r.h - pen, std::min(dash, r.x + r.w - x), pen}, colors.ground());
    }
    for (int y = r.y + dash; y < r.y + r.h; y += 2 * dash) {
        fill(image, {r.x, y, pen, std::min(dash, r.y + r.h - y)}, colors.ground());
        fill(image, {r.x + r.w - pen, y, pen, std::min(dash, r.y + r.h - y)}, colors.ground());
    }
}

QRectF insideOf(const PoolTile &tile)
{
    const double in = tile.framed ? std::min({1.6, tile.area.width() * 0.1, tile.area.height() * 0.1}) : 0;
    return tile.area.adjusted(in, in, -in, -in);
}

void drawTile(QImage &image, const PoolTile &tile, const QPointF &origin, const HeapState &heap, const BlockColors &colors,
              double scale, std::vector<QRgb> &blocks, std::vector<QRgb> &run)
{
    if (tile.framed)
        drawFrame(image, pixelRect(tile.area, origin, scale), heap.poolState(tile.pool), colors, scale);
    const PixelRect r = pixelRect(insideOf(tile), origin, scale);
    if (r.w <= 0 || r.h <= 0 || !hasBlocks(heap, tile.pool))
        return;
    blockColors(blocks, heap, tile.pool, colors);
    const TileGrid grid = tileGrid(tile, static_cast<std::uint32_t>(blocks.size()));
    if (tile.shape == PoolTile::Shape::Strip) {
        run.assign(r.w, 0);
        drawRun(run.data(), run.size(), blocks);
        for (int x = 0; x < r.w; ++x)
            fill(image, {r.x + x, r.y, 1, r.h}, run[x]);
    } else if (grid.detail != TileDetail::Run) {
        drawCells(image, r, grid, blocks, colors, scale);
    } else {
        run.assign(std::size_t(r.w) * r.h, 0);
        drawRun(run.data(), run.size(), blocks);
        const int w = std::min(r.w, image.width() - r.x);
        for (int y = 0; y < std::min(r.h, image.height() - r.y); ++y)
            std::copy_n(run.data() + std::size_t(y) * r.w, w, reinterpret_cast<QRgb *>(image.scanLine(r.y + y)) + r.x);
    }
}

// The pools whose picture may differ between two positions; false: too much happened to tell cheaply.
bool poolsChanged(const Trace &trace, std::uint32_t a, std::uint32_t b, std::vector<PoolId> &pools)
{
    const std::uint32_t from = std::min(a, b), to = std::max(a, b);
    if (to - from > kMaxReplayed || to > trace.changeCount())
        return false;
    for (std::uint32_t i = from; i < to; ++i) {
        const Change &change = trace.change(i);
        if (const auto *taken = std::get_if<change::BlockTaken>(&change))
            pools.push_back(taken->pool);
        else if (const auto *freed = std::get_if<change::BlockFreed>(&change))
            pools.push_back(freed->pool);
        else if (const auto *tenant = std::get_if<change::TenantSet>(&change))
            pools.push_back(tenant->pool);
        else if (const auto *initialised = std::get_if<change::PoolInitialised>(&change))
            pools.push_back(initialised->pool);
        else if (const auto *carved = std::get_if<change::PoolTaken>(&change))
            pools.push_back(carved->pool);
        else if (const auto *returned = std::get_if<change::PoolReturned>(&change))
            pools.push_back(returned->pool);
        else if (std::holds_alternative<change::ArenaMade>(change) || std::holds_alternative<change::ArenaReleased>(change))
            return false;
    }
    std::sort(pools.begin(), pools.end());
    pools.erase(std::unique(pools.begin(), pools.end()), pools.end());
    return true;
}

void paintVector(QPainter &painter, const BlockMap &map, const HeapState &heap, const BlockColors &colors)
{
    std::vector<QRgb> blocks;
    for (const PoolTile &tile : map.tiles) {
        const PoolState state = heap.poolState(tile.pool);
        if (tile.framed && state != PoolState::Untouched) {
            painter.setPen(QPen(QColor::fromRgb(colors.frame()), 0.6, state == PoolState::Empty ? Qt::DashLine : Qt::SolidLine));
            painter.setBrush(QColor::fromRgb(colors.ground()));
            painter.drawRect(tile.area);
        }
        if (!hasBlocks(heap, tile.pool))
            continue;
        blockColors(blocks, heap, tile.pool, colors);
        const auto n = static_cast<std::uint32_t>(blocks.size());
        for (std::uint32_t b = 0; b < n; ++b) {
            if (blocks[b] == 0)
                continue;
            const QRectF r = blockRect(tile, n, b);
            const bool isFree = blocks[b] == colors.freeFill();
            painter.setPen(isFree ? QPen(QColor::fromRgb(colors.freeOutline()), 0.6) : QPen(Qt::NoPen));
            painter.setBrush(isFree ? Qt::NoBrush : QBrush(QColor::fromRgb(blocks[b])));
            painter.drawRect(isFree ? r.adjusted(0.3, 0.3, -0.3, -0.3) : r);
        }
    }
}

std::size_t visibleBlocks(const BlockMap &map, const HeapState &heap)
{
    std::size_t n = 0;
    for (const PoolTile &tile : map.tiles)
        if (hasBlocks(heap, tile.pool))
            n += heap.capacity(heap.pools[tile.pool.value].sizeClass);
    return n;
}

} // namespace

TileGrid tileGrid(const PoolTile &tile, std::uint32_t capacity)
{
    TileGrid grid;
    const QRectF inside = insideOf(tile);
    const double w = inside.width(), h = inside.height();
    if (tile.shape == PoolTile::Shape::Strip) {
        grid.columns = static_cast<int>(capacity);
        return grid;
    }
    if (capacity == 0 || w <= 0 || h <= 0)
        return grid;
    grid.columns = std::clamp(static_cast<int>(std::ceil(std::sqrt(capacity * w / h / kCellAspect))), 1, static_cast<int>(capacity));
    grid.rows = (static_cast<int>(capacity) + grid.columns - 1) / grid.columns;
    const double cell = std::min(w / grid.columns, h / grid.rows);
    grid.detail = cell >= kMinCell ? TileDetail::Cells : cell >= kMinDense ? TileDetail::Dense : TileDetail::Run;
    return grid;
}

QRectF blockRect(const PoolTile &tile, std::uint32_t capacity, std::uint32_t block)
{
    const TileGrid grid = tileGrid(tile, capacity);
    const QRectF inside = insideOf(tile);
    const double w = inside.width() / grid.columns, h = inside.height() / grid.rows;
    const int column = static_cast<int>(block) % grid.columns, row = static_cast<int>(block) / grid.columns;
    const double gap = tile.shape == PoolTile::Shape::Strip ? 0 : std::min({1.0, w * 0.25, h * 0.25});
    return QRectF(inside.left() + column * w, inside.top() + row * h, w - gap, h - gap);
}

QImage BlockMapPainter::render(const BlockMap &map, const HeapState &heap, const BlockColors &colors, double scale)
{
    QImage image(std::max(1, static_cast<int>(std::ceil(map.area.width() * scale))),
                 std::max(1, static_cast<int>(std::ceil(map.area.height() * scale))), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    std::vector<QRgb> blocks, run;
    for (const PoolTile &tile : map.tiles)
        drawTile(image, tile, map.area.topLeft(), heap, colors, scale, blocks, run);
    return image;
}

const QImage &BlockMapPainter::image(const BlockMap &map, const Trace &trace, const HeapState &heap, std::uint32_t position,
                                     const BlockColors &colors, std::uint64_t lookKey, double scale)
{
    const auto same = [&](const Entry &e) {
        return e.trace == &trace && e.changeCount == trace.changeCount() && e.scale == scale && e.lookKey == lookKey
            && e.map == map && e.recipe == trace.recipe;
    };
    auto entry = std::find_if(m_entries.begin(), m_entries.end(), same);
    std::vector<PoolId> pools;
    if (entry != m_entries.end() && poolsChanged(trace, entry->position, position, pools)) {
        std::vector<QRgb> blocks, run;
        for (const PoolTile &tile : map.tiles) {
            if (!std::binary_search(pools.begin(), pools.end(), tile.pool))
                continue;
            fill(entry->image, pixelRect(tile.area, map.area.topLeft(), scale), 0);
            drawTile(entry->image, tile, map.area.topLeft(), heap, colors, scale, blocks, run);
            ++m_poolsDrawn;
        }
        entry->position = position;
        return entry->image;
    }
    if (entry == m_entries.end()) {
        if (m_entries.size() == kMaxEntries)
            m_entries.erase(m_entries.begin());
        m_entries.emplace_back();
        entry = m_entries.end() - 1;
    }
    m_poolsDrawn += static_cast<int>(map.tiles.size());
    *entry = {map, render(map, heap, colors, scale), scale, lookKey, &trace, trace.recipe, trace.changeCount(), position};
    return entry->image;
}

void BlockMapPainter::paint(QPainter &painter, const BlockMap &map, const Trace &trace, const World &world,
                            std::uint32_t position, const BlockColors &colors, std::uint64_t lookKey)
{
    m_poolsDrawn = 0;
    if (map.tiles.empty() || map.area.isEmpty())
        return;
    const bool raster = painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::Raster;
    if (!raster && visibleBlocks(map, world.heap) < kMaxVectorBlocks) {
        paintVector(painter, map, world.heap, colors);
        return;
    }
    if (!raster) {
        painter.drawImage(map.area, render(map, world.heap, colors, 2));
        return;
    }
    const QTransform device = painter.deviceTransform();
    const double scale = device.m11();
    if (!(scale > 0.05 && scale < 64))
        return;
    const QImage &picture = image(map, trace, world.heap, position, colors, lookKey, scale);
    // On whole device pixels, so that no cell is blurred.
    const QPointF corner = device.map(map.area.topLeft());
    const QPointF snapped(std::round(corner.x()), std::round(corner.y()));
    painter.save();
    painter.setWorldTransform(QTransform());
    const QTransform base = painter.deviceTransform();   // the device's own scale, and where a widget's buffer lies
    QImage shown = picture;
    shown.setDevicePixelRatio(base.m11());
    painter.drawImage(base.inverted().map(snapped), shown);
    painter.restore();
}

} // namespace pyrena
