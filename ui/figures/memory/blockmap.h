#pragma once

#include <QImage>
#include <QRectF>

#include "core/trace/trace.h"
#include "core/world/world.h"
#include "ui/figures/colorby.h"
#include "ui/figures/memory/tracekey.h"

#include <cstdint>
#include <vector>

class QPainter;

namespace pyrena {

class BlockColors;

// The blocks of one pool below text size, in address order.
struct PoolTile
{
    enum class Shape : std::uint8_t { Tile, Strip };   // rows of cells; one bar from left to right
    PoolId pool;
    QRectF area;
    Shape shape = Shape::Tile;
    bool framed = false;            // the map draws the pool's ground, outline and marks too
    friend bool operator==(const PoolTile &, const PoolTile &) = default;
};

struct BlockMap
{
    QRectF area;                    // contains all tiles
    std::vector<PoolTile> tiles;
    friend bool operator==(const BlockMap &, const BlockMap &) = default;
};

// How the blocks of a tile are arranged: as cells with gaps; where these would be smaller than 3 pixels, cells without
// gaps; where they would be smaller than a pixel and a bit, one run of pixels, row after row.
enum class TileDetail : std::uint8_t { Cells, Dense, Run };
struct TileGrid
{
    int columns = 1, rows = 1;
    TileDetail detail = TileDetail::Cells;
};
TileGrid tileGrid(const PoolTile &tile, std::uint32_t capacity);
// The cell of a block, or about where it is when the tile has no cells.
QRectF blockRect(const PoolTile &tile, std::uint32_t capacity, std::uint32_t block);

// Draws maps, keeping what it drew last: when the same map of the same recording is asked for at another position,
// only the pools that changed in between are drawn anew.
class BlockMapPainter
{
public:
    void paint(QPainter &painter, const BlockMap &map, const Trace &trace, const World &world, std::uint32_t position,
               const BlockColors &colors, ColorBy by);

    // Draws the whole map at `scale` device pixels a unit, without any memory of before.
    static QImage render(const BlockMap &map, const HeapState &heap, const BlockColors &colors, double scale);

    int poolsDrawn() const { return m_poolsDrawn; }   // by the last paint(), for tests

private:
    const QImage &image(const BlockMap &map, const Trace &trace, const World &world, std::uint32_t position,
                        const BlockColors &colors, ColorBy by, double scale);

    struct Entry
    {
        BlockMap map;
        QImage image;
        double scale = 0;
        std::uint64_t colors = 0;        // BlockColors::key()
        TraceKey trace;
        std::uint32_t position = 0;
    };
    std::vector<Entry> m_entries;
    int m_poolsDrawn = 0;
};

} // namespace pyrena
