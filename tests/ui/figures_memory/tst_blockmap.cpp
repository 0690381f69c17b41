#include <QPainter>
#include <QTest>

#include "tests/ui/figures_memory/sampleheap.h"
#include "ui/figures/memory/blocklook.h"
#include "ui/figures/memory/blockmap.h"

using namespace pyrena;

namespace {

BlockMap mapOfArena0(double tile)
{
    BlockMap map{QRectF(0, 0, 8 * tile, 8 * tile), {}};
    for (std::uint32_t i = 0; i < 63; ++i)
        map.tiles.push_back({PoolId(i), QRectF((i % 8) * tile + 1, (i / 8) * tile + 1, tile - 2, tile - 2), PoolTile::Shape::Tile});
    return map;
}

QImage paintedWith(BlockMapPainter &painter, const BlockMap &map, const Timeline &timeline, const BlockColors &colors)
{
    QImage image(map.area.size().toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter p(&image);
    painter.paint(p, map, timeline.trace(), timeline.world(), timeline.position(), colors, ColorBy::Type);
    return image;
}

} // namespace

class TestBlockMap : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aCachedPictureEqualsAFullOne_data()
    {
        QTest::addColumn<double>("tile");
        QTest::newRow("cells") << 90.0;
        QTest::newRow("dense") << 45.0;
        QTest::newRow("runs") << 14.0;
    }
    void aCachedPictureEqualsAFullOne()
    {
        QFETCH(double, tile);
        Timeline timeline(SampleHeap::small());
        const BlockMap map = mapOfArena0(tile);
        std::mt19937 random(3);
        const TraceLook look(timeline.trace());
        const BlockColors colors(look, timeline.trace(), timeline.world(), theme(ThemeName::Light), ColorBy::Type, 0);
        BlockMapPainter kept;
        std::uint32_t position = timeline.trace().changeCount() / 2;
        for (int i = 0; i < 60; ++i) {
            // Small moves in both directions, and a jump now and then.
            const int move = i % 10 == 9 ? static_cast<int>(random() % timeline.trace().changeCount()) - static_cast<int>(position)
                                         : static_cast<int>(random() % 61) - 30;
            position = static_cast<std::uint32_t>(std::clamp<int>(static_cast<int>(position) + move, 0, static_cast<int>(timeline.trace().changeCount())));
            timeline.seek(position);
            if (timeline.world().heap.arenas.empty() || !timeline.world().heap.arenas[0].address)
                continue;
            BlockMapPainter fresh;
            const QImage cached = paintedWith(kept, map, timeline, colors), full = paintedWith(fresh, map, timeline, colors);
            QVERIFY2(cached == full, qPrintable(QStringLiteral("at change %1").arg(position)));
        }
    }
    void oneStepDrawsOnePool()
    {
        Timeline timeline(SampleHeap::small());
        const BlockMap map = mapOfArena0(60);
        const TraceLook look(timeline.trace());
        const BlockColors colors(look, timeline.trace(), timeline.world(), theme(ThemeName::Light), ColorBy::Type, 0);
        BlockMapPainter kept;
        timeline.seek(timeline.trace().changeCount() - 3);
        paintedWith(kept, map, timeline, colors);
        QCOMPARE(kept.poolsDrawn(), 63);
        timeline.seek(timeline.trace().changeCount());
        paintedWith(kept, map, timeline, colors);
        QCOMPARE(kept.poolsDrawn(), 1);
    }
    void cellsLieInTheirTileAndApart()
    {
        for (const double side : {12.0, 30.0, 55.0, 200.0})
            for (const std::uint32_t capacity : {7u, 31u, 253u, 1021u}) {
                const PoolTile tile{PoolId(0), QRectF(10, 20, side, side * 0.8), PoolTile::Shape::Tile};
                QRectF before;
                for (std::uint32_t b = 0; b < capacity; ++b) {
                    const QRectF cell = blockRect(tile, capacity, b);
                    QVERIFY(tile.area.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(cell));
                    QVERIFY(!cell.adjusted(1e-6, 1e-6, -1e-6, -1e-6).intersects(before));
                    before = cell;
                }
            }
    }
    void statesLookDifferent()
    {
        SampleHeap sample;
        const ObjectId first = sample.make(TypeKind::Tuple, "tuple", 500);
        sample.make(TypeKind::List, "list", 500);
        sample.drop(first);
        const auto trace = sample.finish();
        Timeline timeline(trace);
        timeline.seek(trace->changeCount());
        const HeapState &heap = timeline.world().heap;
        for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
            const TraceLook look(*trace);
            const BlockColors colors(look, *trace, timeline.world(), theme(name), ColorBy::Type, 0);
            const PoolTile tile{PoolId(0), QRectF(0, 0, 120, 120), PoolTile::Shape::Tile};
            const QImage image = BlockMapPainter::render({tile.area, {tile}}, heap, colors, 1);
            const std::uint32_t n = heap.capacity(31);
            const auto pixel = [&](std::uint32_t b, bool edge) {
                const QRectF r = blockRect(tile, n, b);
                return image.pixel(edge ? r.topLeft().toPoint() : r.center().toPoint());
            };
            QCOMPARE(pixel(1, false), colors.solid(heap.blocks[heap.blockIndex(PoolId(0), 48 + 512)], 31));   // allocated: filled
            QCOMPARE(pixel(0, false), colors.ground());                                                      // free: hollow
            QCOMPARE(pixel(0, true), colors.freeOutline());
            QCOMPARE(qAlpha(pixel(5, false)), 0);                                                            // untouched: nothing
            QVERIFY(colors.ground() != pixel(1, false));
        }
    }
};

QTEST_MAIN(TestBlockMap)
#include "tst_blockmap.moc"
