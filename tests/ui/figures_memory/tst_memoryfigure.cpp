#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>
#include <QTest>

#include <map>
#include <set>

#include "core/lesson/lesson.h"
#include "core/record.h"
#include "tests/ui/figures_memory/sampleheap.h"
#include "ui/figures/memory/blockfields.h"
#include "ui/figures/memory/blocklook.h"
#include "ui/figures/memory/memoryfigure.h"
#include "ui/models/heapparts.h"

using namespace pyrena;

namespace {

struct Shown
{
    std::shared_ptr<const Trace> trace = SampleHeap::small();
    Timeline timeline{trace};
    FigureInput input;

    explicit Shown(double textScale = 1, ThemeName name = ThemeName::Light)
    {
        at(trace->changeCount());
        input.theme = theme(name, textScale);
    }
    void at(std::uint32_t position)
    {
        timeline.seek(position);
        input.trace = trace.get();
        input.world = &timeline.world();
        input.position = position;
        input.stepBegin = trace->stops.previous(position, Granularity::Operation);
        input.granularity = Granularity::Operation;
    }
    Camera camera(MemoryLevel level) const
    {
        MemoryPlace place = memoryPlace(input, Camera());
        if (level == MemoryLevel::Arena)
            return Camera();
        place.level = level;
        place.zoom = zoomOf(level);
        return cameraAt(place);
    }
};

QString textAt(const MemoryScene &scene, const QRectF &rect)
{
    for (const SceneItem &item : scene.items)
        if (const auto *text = std::get_if<SceneText>(&item); text && text->rect == rect)
            return text->text;
    return {};
}

const MemoryLevel kLevels[] = {MemoryLevel::Process, MemoryLevel::Arena, MemoryLevel::Pool, MemoryLevel::Bytes};

} // namespace

class TestMemoryFigure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLessonSaysWhereToLookAndHowNear()
    {
        Shown shown;
        const HeapState &heap = shown.input.world->heap;
        const PoolId followed = memoryPlace(shown.input, Camera()).pool;
        PoolId other;
        for (std::uint32_t i = 0; i < heap.pools.size(); ++i)
            if (poolCarved(heap, PoolId(i)) && PoolId(i) != followed)
                other = PoolId(i);
        QVERIFY(other);
        shown.input.lookedAt = SelectedPool{other};
        QCOMPARE(memoryPlace(shown.input, Camera()).pool, other);
        QCOMPARE(memoryPlace(shown.input, Camera()).level, MemoryLevel::Arena);
        shown.input.zoom = LessonZoom::Process;
        QCOMPARE(memoryPlace(shown.input, Camera()).level, MemoryLevel::Process);
        shown.input.zoom = LessonZoom::Bytes;   // of a pool without a block there are no bytes to show
        QCOMPARE(memoryPlace(shown.input, Camera()).level, MemoryLevel::Pool);
        shown.input.lookedAt = SelectedBlock{other, kPoolHeaderSize};
        QCOMPARE(memoryPlace(shown.input, Camera()).level, MemoryLevel::Bytes);
        // What the learner selects or moves to comes first.
        shown.input.selected = SelectedPool{followed};
        QCOMPARE(memoryPlace(shown.input, Camera()).pool, followed);
        QCOMPARE(memoryPlace(shown.input, shown.camera(MemoryLevel::Pool)).level, MemoryLevel::Pool);
    }

    void textsNeitherOverlapNorLeaveTheCanvas_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        for (const QSize size : {QSize(320, 260), QSize(520, 700), QSize(640, 430), QSize(700, 500), QSize(1024, 640), QSize(1280, 800), QSize(1920, 1080)})
            for (const double scale : {1.0, 1.25, 1.5, 2.0})
                QTest::addRow("%dx%d at %d %%", size.width(), size.height(), static_cast<int>(scale * 100)) << size << scale;
    }
    void textsNeitherOverlapNorLeaveTheCanvas()
    {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        Shown shown(scale);
        std::mt19937 random(11);
        MemoryFigure figure;
        for (int i = 0; i < 5; ++i) {
            if (i > 0)
                shown.at(random() % shown.trace->changeCount());
            for (const MemoryLevel level : kLevels) {
                figure.layout(shown.input, size, shown.camera(level));
                const std::vector<QRectF> texts = figure.scene().textRects();
                for (std::size_t a = 0; a < texts.size(); ++a) {
                    QVERIFY2(QRectF(QPointF(0, 0), QSizeF(size)).adjusted(-0.5, -0.5, 0.5, 0.5).contains(texts[a]),
                             qPrintable(QStringLiteral("level %1: '%2' leaves the canvas").arg(static_cast<int>(level)).arg(textAt(figure.scene(), texts[a]))));
                    for (std::size_t b = a + 1; b < texts.size(); ++b) {
                        // Line heights include leading; glyphs need their middle 80 %.
                        const double in = 0.1 * std::min(texts[a].height(), texts[b].height());
                        QVERIFY2(!texts[a].adjusted(0.5, in, -0.5, -in).intersects(texts[b].adjusted(0.5, in, -0.5, -in)),
                                 qPrintable(QStringLiteral("level %1, change %2: '%3' over '%4'").arg(static_cast<int>(level)).arg(shown.input.position)
                                                .arg(textAt(figure.scene(), texts[a]), textAt(figure.scene(), texts[b]))));
                    }
                }
            }
        }
    }
    void poolsLieInTheirArenaAndBlocksInTheirPool()
    {
        Shown shown;
        MemoryFigure figure;
        for (const QSizeF size : {QSizeF(640, 430), QSizeF(1280, 800), QSizeF(500, 700)}) {
            figure.layout(shown.input, size, Camera());
            QRectF arena, pool;
            int pools = 0, blocks = 0;
            for (const FigureHit &hit : figure.items()) {
                if (std::holds_alternative<SelectedArena>(hit.what) && arena.isNull())
                    arena = hit.rect;
                if (std::holds_alternative<SelectedPool>(hit.what)) {
                    if (pools < 63)
                        QVERIFY(arena.adjusted(-0.5, -0.5, 0.5, 0.5).contains(hit.rect));
                    else if (pools == 63)
                        pool = hit.rect;
                    ++pools;
                }
                if (!pool.isNull() && (std::holds_alternative<SelectedBlock>(hit.what) || std::holds_alternative<ObjectId>(hit.what))) {
                    QVERIFY(pool.contains(hit.rect));
                    ++blocks;
                }
                QVERIFY(!hit.sentence.isEmpty());
            }
            QVERIFY(pools >= 64);
            QVERIFY(blocks >= 4);
        }
    }
    // Reading order is address order: of pools in their arena, of blocks in their pool, of bytes in their block.
    void whatLiesHigherIsDrawnLater()
    {
        Shown shown;
        MemoryFigure figure;
        for (const MemoryLevel level : {MemoryLevel::Arena, MemoryLevel::Pool}) {
            figure.layout(shown.input, QSizeF(1280, 800), shown.camera(level));
            const PoolId shownPool = figure.place().pool;
            std::map<std::uint32_t, QRectF> pools, blocks;
            for (const SceneHit &hit : figure.scene().hits) {
                if (hit.place.pool && hit.place.offset)
                    blocks.emplace(hit.place.offset, hit.rect);
                else if (hit.place.pool && !hit.goes && !(hit.place.pool == shownPool && level == MemoryLevel::Pool))
                    pools.emplace(hit.place.pool.value, hit.rect);
            }
            const auto inReadingOrder = [](const std::map<std::uint32_t, QRectF> &rects) {
                for (auto i = rects.begin(); i != rects.end() && std::next(i) != rects.end(); ++i) {
                    const QRectF a = i->second, b = std::next(i)->second;
                    if (!(b.top() >= a.bottom() || (b.left() >= a.right() && std::abs(a.top() - b.top()) < 1)))
                        return false;
                }
                return true;
            };
            QVERIFY(blocks.size() > 3);
            QVERIFY(inReadingOrder(blocks));
            if (level == MemoryLevel::Arena) {
                QVERIFY(pools.size() >= 63);
                QVERIFY(inReadingOrder(pools));
            }
        }
    }
    // What is drawn to scale is to scale: the strip of a pool, and the bar of a block.
    void barsAreTrueToScale()
    {
        Shown shown;
        MemoryFigure figure;
        figure.layout(shown.input, QSizeF(1440, 900), Camera());
        const HeapState &heap = shown.timeline.world().heap;
        const std::uint32_t sizeClass = heap.pools[figure.place().pool.value].sizeClass;
        int strips = 0;
        for (const BlockMap &map : figure.scene().maps)
            for (const PoolTile &tile : map.tiles)
                if (tile.shape == PoolTile::Shape::Strip) {
                    const double perByte = map.area.width() / heap.poolSize;
                    QVERIFY(std::abs(tile.area.left() - map.area.left() - kPoolHeaderSize * perByte) < 1e-6);
                    QVERIFY(std::abs(tile.area.width() - heap.capacity(sizeClass) * heap.blockSize(sizeClass) * perByte) < 1e-6);
                    ++strips;
                }
        QCOMPARE(strips, 1);
    }
    void everythingHasASentenceAtEveryLevel()
    {
        Shown shown;
        MemoryFigure figure;
        for (const MemoryLevel level : kLevels) {
            figure.layout(shown.input, QSizeF(1280, 800), shown.camera(level));
            QVERIFY(figure.items().size() > 1);
            for (const FigureHit &hit : figure.items()) {
                QVERIFY(!hit.sentence.isEmpty());
                QCOMPARE(figure.hit(hit.rect.center()).sentence.isEmpty(), false);
            }
            QVERIFY(!figure.summary().isEmpty());
        }
    }
    // The strip beside the map: every list in the order in which the allocator walks it.
    void theListsAreDrawnInTheirOrder()
    {
        Shown shown;
        MemoryFigure figure;
        std::mt19937 random(8);
        for (int i = 0; i < 10; ++i) {
            if (i > 0)
                shown.at(shown.trace->changeCount() - random() % 3000);
            figure.layout(shown.input, QSizeF(1600, 1000), shown.camera(MemoryLevel::Process));
            const HeapState &heap = shown.timeline.world().heap;
            std::map<std::uint32_t, std::vector<std::pair<double, PoolId>>> rows;   // by size class
            std::vector<std::pair<double, ArenaSlot>> arenas;
            for (const SceneHit &hit : figure.scene().hits) {
                if (const auto *pool = hit.goes ? std::get_if<SelectedPool>(&hit.what) : nullptr)
                    rows[heap.pools[pool->pool.value].sizeClass].push_back({hit.rect.left(), pool->pool});
                else if (const auto *arena = hit.goes ? std::get_if<SelectedArena>(&hit.what) : nullptr)
                    arenas.push_back({hit.rect.left(), arena->slot});
            }
            QVERIFY(rows.size() > 3);
            for (auto &[sizeClass, row] : rows) {
                std::sort(row.begin(), row.end());
                PoolId expected = heap.usedPools[sizeClass];
                for (const auto &[x, pool] : row) {
                    QCOMPARE(pool, expected);
                    expected = heap.pools[pool.value].nextPool;
                }
            }
            std::sort(arenas.begin(), arenas.end());
            ArenaSlot expected = heap.usableArenas;
            for (const auto &[x, slot] : arenas) {
                QCOMPARE(slot, expected);
                expected = heap.arenas[slot.value].nextArena;
            }
            QCOMPARE(arenas.empty(), !heap.usableArenas);
        }
    }
    void theFreeChainIsMarkedInTheOrderOfReuse()
    {
        Shown shown;
        MemoryFigure figure;
        figure.layout(shown.input, QSizeF(1440, 900), Camera());
        const HeapState &heap = shown.timeline.world().heap;
        const PoolId pool = figure.place().pool;
        QStringList marks;
        for (const SceneItem &item : figure.scene().items)
            if (const auto *text = std::get_if<SceneText>(&item); text && QStringList{QStringLiteral("1st"), QStringLiteral("2nd"), QStringLiteral("3rd")}.contains(text->text)) {
                marks << text->text;
                const FigureHit hit = figure.hit(text->rect.center());
                std::uint32_t offset = heap.pools[pool.value].freeBlock;
                for (int i = 1; i < text->text[0].digitValue(); ++i)
                    offset = heap.blocks[heap.blockIndex(pool, offset)].nextFree;
                QVERIFY(hit.what == Selected(SelectedBlock{pool, offset}));
            }
        marks.sort();
        QCOMPARE(marks, (QStringList{QStringLiteral("1st"), QStringLiteral("2nd"), QStringLiteral("3rd")}));
    }
    void whatDidNotChangeDoesNotMove()
    {
        Shown shown;
        MemoryFigure figure;
        shown.at(shown.trace->stops.previous(shown.input.position, Granularity::Operation));
        figure.layout(shown.input, QSizeF(1280, 800), Camera());
        const std::vector<FigureHit> before = figure.items();
        shown.at(shown.trace->changeCount());
        figure.layout(shown.input, QSizeF(1280, 800), Camera());
        const std::vector<FigureHit> after = figure.items();
        std::size_t moved = 0;
        for (const FigureHit &a : before)
            for (const FigureHit &b : after)
                moved += a.what == b.what && a.sentence == b.sentence && !(a.what == Selected()) && a.rect != b.rect
                    && std::none_of(after.begin(), after.end(), [&](const FigureHit &c) { return c.what == a.what && c.rect == a.rect; });
        QCOMPARE(moved, std::size_t(0));
    }
    void enteringAndLeavingAreOpposites()
    {
        Shown shown;
        MemoryFigure figure;
        const QSizeF size(1280, 800);
        Camera camera = shown.camera(MemoryLevel::Process);
        const MemoryLevel levels[] = {MemoryLevel::Process, MemoryLevel::Arena, MemoryLevel::Pool, MemoryLevel::Bytes};
        for (int i = 1; i < 4; ++i) {
            figure.layout(shown.input, size, camera);
            QPointF target;
            for (const FigureHit &hit : figure.items())
                if ((i == 1 && std::holds_alternative<SelectedArena>(hit.what)) || (i == 2 && std::holds_alternative<SelectedPool>(hit.what) && target.isNull())
                    || (i == 3 && std::holds_alternative<SelectedBlock>(hit.what)))
                    target = hit.rect.center();
            camera = figure.enter(target, camera);
            QCOMPARE(memoryPlace(shown.input, camera).level, levels[i]);
        }
        for (int i = 2; i >= 0; --i) {
            figure.layout(shown.input, size, camera);
            camera = figure.leave(camera);
            QCOMPARE(memoryPlace(shown.input, camera).level, levels[i]);
        }
        QCOMPARE(figure.leave(camera).zoom, camera.zoom);
    }
    void theWheelReachesEveryLevelAndComesBack()
    {
        Shown shown;
        MemoryFigure figure;
        Camera camera;
        std::set<MemoryLevel> seen;
        for (int i = 0; i < 60; ++i) {
            figure.layout(shown.input, QSizeF(1280, 800), camera);
            seen.insert(figure.place().level);
            camera = figure.zoomed(camera, i < 30 ? 1.2 : 1 / 1.2, QPointF(900, 250));
        }
        figure.layout(shown.input, QSizeF(1280, 800), camera);
        QCOMPARE(seen.size(), std::size_t(4));
        QCOMPARE(figure.place().level, MemoryLevel::Process);
    }
    void idleSaysWhatComesNext()
    {
        Shown shown;
        shown.input.stepBegin = shown.input.position;
        MemoryFigure figure;
        figure.layout(shown.input, QSizeF(1280, 800), Camera());
        const HeapState &heap = shown.timeline.world().heap;
        const PoolId pool = figure.place().pool;
        const QString expected = QStringLiteral("the next request of 49\u201364 bytes gets block %1").arg(blockNumber(heap, pool, heap.pools[pool.value].freeBlock));
        bool found = false;
        for (const SceneItem &item : figure.scene().items)
            if (const auto *text = std::get_if<SceneText>(&item))
                found |= text->text == expected;
        QVERIFY2(found, qPrintable(expected));
    }
    void steppingPaintsTheSameAsAFreshFigure()
    {
        Shown shown;
        MemoryFigure kept;
        std::mt19937 random(2);
        const QSize size(900, 600);
        const auto picture = [&](MemoryFigure &figure) {
            QImage image(size, QImage::Format_ARGB32_Premultiplied);
            QPainter painter(&image);
            renderFigure(figure, shown.input, size, Camera(), painter);
            return image;
        };
        for (int i = 0; i < 12; ++i) {
            shown.at(shown.trace->changeCount() - random() % 200);
            MemoryFigure fresh;
            QVERIFY2(picture(kept) == picture(fresh), qPrintable(QString::number(shown.input.position)));
        }
    }
    void svgHasTextsAndNoPictureOfBlocks()
    {
        Shown shown;
        MemoryFigure figure;
        QBuffer buffer;
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize(QSize(1280, 800));
        QPainter painter(&svg);
        renderFigure(figure, shown.input, QSizeF(1280, 800), Camera(), painter);
        painter.end();
        QVERIFY(buffer.data().contains("usable_arenas"));
        QVERIFY(!buffer.data().contains("<image"));
    }
    void valuesOfFieldsAreWholeWhereverThereIsRoomForALine()
    {
        MemoryFigure figure;
        int wrapped = 0;
        for (const double scale : {1.0, 1.5, 2.0})
            for (const QSizeF size : {QSizeF(520, 900), QSizeF(700, 900), QSizeF(1280, 800)}) {
                Shown shown(scale);
                figure.layout(shown.input, size, shown.camera(MemoryLevel::Bytes));
                const MemoryPlace &place = figure.place();
                QString all;
                for (const SceneItem &item : figure.scene().items)
                    if (const auto *text = std::get_if<SceneText>(&item))
                        all += text->text + QLatin1Char(' ');
                int found = 0;
                const auto fields = blockFields(*shown.trace, *shown.input.world, place.pool, place.offset);
                for (const BlockField &field : fields) {
                    if (!all.contains(QStringLiteral("B %1 ").arg(field.name)))   // scrolled away
                        continue;
                    ++found;
                    QVERIFY2(all.contains(QStringLiteral("B %1 %2 ").arg(field.name, field.value)), qPrintable(field.value));
                    for (const SceneItem &item : figure.scene().items)
                        if (const auto *text = std::get_if<SceneText>(&item); text && !text->text.isEmpty() && field.value.startsWith(text->text))
                            wrapped += text->text.size() < field.value.size() && field.value[text->text.size()] == QLatin1Char(' ');
                }
                QVERIFY2(found > 1, qPrintable(QStringLiteral("%1 at %2: %3").arg(size.width()).arg(scale).arg(all)));
            }
        QVERIFY(wrapped > 0);
    }
    void whatBytesAreLooksAsInThePanelOfFragmentation()
    {
        for (const ThemeName name : {ThemeName::Light, ThemeName::Dark}) {
            Shown shown(1, name);
            MemoryFigure figure;
            figure.layout(shown.input, QSizeF(1280, 800), shown.camera(MemoryLevel::Process));
            for (const HeapPart part : allHeapParts()) {
                int boxes = 0;
                for (const SceneItem &item : figure.scene().items)
                    if (const auto *box = std::get_if<SceneBox>(&item))
                        boxes += box->texture == textureOf(part) && box->textureColor == colourOf(part, shown.input.theme);
                QVERIFY2(boxes > 0, qPrintable(nameOf(part)));
                QCOMPARE(brushOf(part, shown.input.theme).color(), colourOf(part, shown.input.theme));
                QCOMPARE(brushOf(part, shown.input.theme).style() == Qt::SolidPattern, textureOf(part) == Texture::None);
            }
        }
    }
    void narrowStripsNameTheirListWhole()
    {
        for (const double scale : {1.0, 1.5, 2.0})
            for (const QSizeF size : {QSizeF(520, 900), QSizeF(640, 800), QSizeF(1280, 800)}) {
                Shown shown(scale);
                MemoryFigure figure;
                figure.layout(shown.input, size, Camera());
                for (const SceneItem &item : figure.scene().items)
                    if (const auto *text = std::get_if<SceneText>(&item); text && text->text.startsWith(QLatin1String("usedpools[")))
                        QVERIFY2(text->text.endsWith(QLatin1Char(']')) || text->text.endsWith(QLatin1Char(')')), qPrintable(text->text));
            }
    }
    void aSmallRawBlockThatIsLookedAtSaysWhoItIs()
    {
        Recipe recipe;
        recipe.source = "huge = [0] * 20000\nbig = [0] * 70\nlarge = [1] * 30000\n";
        recipe.profile = "3.13";
        Shown shown;
        shown.trace = *record(recipe);
        shown.timeline = Timeline(shown.trace);
        shown.at(shown.trace->changeCount());
        const HeapState &heap = shown.input.world->heap;
        MemoryFigure figure;
        int looked = 0;
        for (RawBlockId id = heap.firstRawBlock; id; id = heap.rawBlocks[id.value].next) {
            if (heap.rawBlocks[id.value].free || heap.rawBlocks[id.value].size > 1000)
                continue;
            const QString who = tenantLabel(*shown.trace, *shown.input.world, heap.rawBlocks[id.value].tenant);
            for (const bool selected : {true, false}) {
                shown.input.selected = selected ? Selected(SelectedRawBlock{id}) : Selected();
                shown.input.lookedAt = selected ? Selected() : Selected(SelectedRawBlock{id});
                figure.layout(shown.input, QSizeF(1280, 800), shown.camera(MemoryLevel::Process));
                bool said = false;
                for (const SceneItem &item : figure.scene().items)
                    if (const auto *text = std::get_if<SceneText>(&item))
                        said |= text->text.startsWith(who);
                QVERIFY2(said, qPrintable(who));
                ++looked;
            }
        }
        QVERIFY(looked > 0);
    }
    void nothingRunsWithoutARecording()
    {
        MemoryFigure figure;
        FigureInput input;
        input.theme = theme(ThemeName::Light);
        figure.layout(input, QSizeF(600, 400), Camera());
        QVERIFY(figure.items().empty());
        QVERIFY(figure.summary().isEmpty());
        Shown shown;
        shown.at(0);   // no arena yet
        QImage image(10, 10, QImage::Format_ARGB32);
        QPainter painter(&image);
        for (const QSizeF size : {QSizeF(0, 0), QSizeF(5, 5), QSizeF(1280, 800)})
            renderFigure(figure, shown.input, size, Camera(), painter);
        QCOMPARE(figure.place().level, MemoryLevel::Process);
    }
};

QTEST_MAIN(TestMemoryFigure)
#include "tst_memoryfigure.moc"
