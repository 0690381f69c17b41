#include "ui/figures/memory/blockmap.h"

#include "ui/figures/memory/blockcolors.h"
#include "ui/figures/memory/blocklook.h"
#include "ui/figures/memory/mapchanges.h"

#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

constexpr double kCellAspect = 0.75;       // width to height of a block in a tile
constexpr double kMinCell = 3;             // logical pixels; smaller cells have no gaps
constexpr double kMinDense = 1.25;
constexpr double kMinFramed = 20;          // logical pixels
constexpr double kNotThereStep = 5;        // logical pixels between the diagonals
constexpr std::size_t kMaxEntries = 3;
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

void dash(QImage &image, PixelRect r, int pen, int length, const QRgb ground)
{
    for (int x = r.x + length; x < r.x + r.w; x += 2 * length) {
        fill(image, {x, r.y, std::min(length, r.x + r.w - x), pen}, ground);
        fill(image, {x, r.y + r.h - pen, std::min(length, r.x + r.w - x), pen}, ground);
    }
    for (int y = r.y + length; y < r.y + r.h; y += 2 * length) {
        fill(image, {r.x, y, pen, std::min(length, r.y + r.h - y)}, ground);
        fill(image, {r.x + r.w - pen, y, pen, std::min(length, r.y + r.h - y)}, ground);
    }
}

// The pattern of what has no memory behind it: diagonals, the same in every tile.
void drawNotThere(QImage &image, PixelRect r, const BlockColors &colors, double scale)
{
    const int step = std::max(3, static_cast<int>(std::lround(scale * kNotThereStep)));
    for (int y = std::max(r.y, 0); y < std::min(r.y + r.h, image.height()); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        const int x0 = std::max(r.x, 0), x1 = std::min(r.x + r.w, image.width());
        for (int x = x0 + (step - (x0 - r.x + step * 4096 - (y - r.y)) % step) % step; x < x1; x += step)
            line[x] = colors.notThere();
    }
}

// A corner, so that half-empty pools are found at a glance.
void drawHalfEmpty(QImage &image, PixelRect r, const BlockColors &colors, double scale)
{
    const int side = std::clamp(static_cast<int>(std::lround(std::min({scale * 7.0, r.w * 0.3, r.h * 0.3}))), 2, 64);
    for (int y = 0; y < side; ++y)
        fill(image, {r.x + r.w - side + y, r.y + y, side - y, 1}, colors.halfEmpty());
}

// Ground and one pixel of outline around the tile; broken where nothing is in use, absent where nothing ever was.
void drawFrame(QImage &image, PixelRect r, const HeapState &heap, PoolId pool, const BlockColors &colors, double scale)
{
    const PoolState state = heap.poolState(pool);
    if (state == PoolState::Untouched) {
        fill(image, r, colors.ground());
        drawNotThere(image, r, colors, scale);
        return;
    }
    // Frames of small tiles would be most of the picture: their gaps tell them apart.
    if (r.w < kMinFramed * scale || r.h < kMinFramed * scale) {
        fill(image, r, state == PoolState::Empty ? colors.freeFill() : colors.ground());
        return;
    }
    const int pen = std::max(1, static_cast<int>(std::lround(scale * 0.6)));
    fill(image, r, colors.frame());
    fill(image, {r.x + pen, r.y + pen, r.w - 2 * pen, r.h - 2 * pen}, colors.ground());
    if (state == PoolState::Empty)
        dash(image, r, pen, std::max(2, static_cast<int>(scale * 3)), colors.ground());
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
        drawFrame(image, pixelRect(tile.area, origin, scale), heap, tile.pool, colors, scale);
    const PixelRect r = pixelRect(insideOf(tile), origin, scale);
    if (r.w <= 0 || r.h <= 0 || !hasBlocks(heap, tile.pool))
        return;
    blockColors(blocks, heap, tile.pool, colors);
    const TileGrid grid = tileGrid(tile, static_cast<std::uint32_t>(blocks.size()));
    const std::size_t there = residentBlocks(heap, tile.pool);
    if (tile.shape == PoolTile::Shape::Strip) {
        const int from = static_cast<int>(std::size_t(r.w) * there / blocks.size());
        drawNotThere(image, {r.x + from, r.y, r.w - from, r.h}, colors, scale);
        run.assign(static_cast<std::size_t>(r.w), 0);
        drawRun(run.data(), run.size(), blocks);
        for (int x = 0; x < r.w; ++x)
            if (run[static_cast<std::size_t>(x)] != 0)
                fill(image, {r.x + x, r.y, 1, r.h}, run[static_cast<std::size_t>(x)]);
        return;
    }
    // Whole rows of cells that have no memory behind them; at least those below the last resident block.
    const int rowsThere = static_cast<int>((there + static_cast<std::size_t>(grid.columns) - 1) / static_cast<std::size_t>(grid.columns));
    const int bottom = r.y + std::min(rowsThere, grid.rows) * r.h / grid.rows;
    drawNotThere(image, {r.x, bottom, r.w, r.y + r.h - bottom}, colors, scale);
    if (grid.detail != TileDetail::Run) {
        drawCells(image, r, grid, blocks, colors, scale);
    } else {
        run.assign(std::size_t(r.w) * static_cast<std::size_t>(r.h), 0);
        drawRun(run.data(), run.size(), blocks);
        const int w = std::min(r.w, image.width() - r.x);
        for (int y = 0; y < std::min(r.h, image.height() - r.y); ++y) {
            const QRgb *from = run.data() + std::size_t(y) * static_cast<std::size_t>(r.w);
            auto *to = reinterpret_cast<QRgb *>(image.scanLine(r.y + y)) + r.x;
            for (int x = 0; x < w; ++x)
                if (from[x] != 0)
                    to[x] = from[x];
        }
    }
    if (tile.framed && isHalfEmpty(heap, tile.pool))
        drawHalfEmpty(image, pixelRect(tile.area, origin, scale), colors, scale);
}

void paintVector(QPainter &painter, const BlockMap &map, const HeapState &heap, const BlockColors &colors)
{
    std::vector<QRgb> blocks;
    for (const PoolTile &tile : map.tiles) {
        const PoolState state = heap.poolState(tile.pool);
        if (tile.framed && state == PoolState::Untouched) {
            painter.fillRect(tile.area, QColor::fromRgb(colors.ground()));
            painter.setPen(QPen(QColor::fromRgb(colors.notThere()), 0.6));
            const QRectF &r = tile.area;
            for (double c = kNotThereStep / 2; c < r.width() + r.height(); c += kNotThereStep) {
                const double x0 = std::max(0.0, c - r.height()), x1 = std::min(r.width(), c);
                painter.drawLine(QPointF(r.left() + x0, r.bottom() - (c - x0)), QPointF(r.left() + x1, r.bottom() - (c - x1)));
            }
        } else if (tile.framed) {
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
        if (tile.framed && isHalfEmpty(heap, tile.pool)) {
            const double side = std::min({7.0, tile.area.width() * 0.3, tile.area.height() * 0.3});
            const QPointF corner = tile.area.topRight();
            painter.setPen(Qt::NoPen);
            painter.setBrush(QColor::fromRgb(colors.halfEmpty()));
            painter.drawPolygon(QPolygonF({corner, corner - QPointF(side, 0), corner + QPointF(0, side)}));
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

const QImage &BlockMapPainter::image(const BlockMap &map, const Trace &trace, const World &world, std::uint32_t position,
                                     const BlockColors &colors, ColorBy by, double scale)
{
    const HeapState &heap = world.heap;
    auto entry = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &e) {
        return e.scale == scale && e.colors == colors.key() && e.map == map && e.trace.isOf(trace);
    });
    if (entry != m_entries.end() && entry->position == position)
        return entry->image;
    const auto pools = entry == m_entries.end() ? std::nullopt : poolsChanged(trace, world, entry->position, position, by);
    if (pools) {
        std::vector<QRgb> blocks, run;
        for (const PoolTile &tile : map.tiles) {
            if (!std::binary_search(pools->begin(), pools->end(), tile.pool))
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
    *entry = {map, render(map, heap, colors, scale), scale, colors.key(), TraceKey(trace), position};
    return entry->image;
}

void BlockMapPainter::paint(QPainter &painter, const BlockMap &map, const Trace &trace, const World &world,
                            std::uint32_t position, const BlockColors &colors, ColorBy by)
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
    const QImage &picture = image(map, trace, world, position, colors, by, scale);
    // On whole device pixels, so that no cell is blurred.
    const QPointF corner = device.map(map.area.topLeft());
    const QPointF snapped(std::round(corner.x()), std::round(corner.y()));
    painter.save();
    painter.setWorldTransform(QTransform());
    const QTransform base = painter.deviceTransform();   // the device's own scale, and where a widget's buffer lies
    // By source and target rectangle: giving the image a pixel ratio of its own would copy it.
    painter.drawImage(base.inverted().mapRect(QRectF(snapped, QSizeF(picture.size()))), picture, QRectF(picture.rect()));
    painter.restore();
}

} // namespace pyrena
