#include <QTest>

#include "core/record.h"
#include "tests/ui/figures_memory/sampleheap.h"
#include "ui/figures/memory/blocklook.h"
#include "ui/figures/memory/memorysearch.h"

using namespace pyrena;

namespace {

QString hex(Address address) { return QString::fromStdString(toHex(address)); }

} // namespace

class TestMemorySearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Any address at any moment: found where HeapState itself says it is, or said to be nowhere.
    void everyAddressIsFoundWhereItLies()
    {
        for (const char *profile : {"3.13", "classic"}) {
            const auto trace = SampleHeap::small(profile);
            Timeline timeline(trace);
            std::mt19937 random(4);
            for (int i = 0; i < 400; ++i) {
                const World &world = timeline.seek(trace->changeCount() - random() % (i % 2 ? 50 : trace->changeCount()));
                const HeapState &heap = world.heap;
                if (heap.arenas.empty() || !heap.arenas[0].address)
                    continue;
                const Address at = heap.arenas[0].address + random() % (heap.arenaSize + 4096) - 2048;
                const MemorySearch found = searchMemory(*trace, world, i % 3 ? hex(at) : QString::number(at.value));
                const bool inside = std::any_of(heap.arenas.begin(), heap.arenas.end(), [&](const Arena &arena) {
                    return arena.address && at >= arena.address && at < arena.address + heap.arenaSize;
                });
                QCOMPARE(found.matches.size(), inside ? std::size_t(1) : std::size_t(0));
                if (!inside) {
                    QVERIFY(found.message.contains(QStringLiteral("lies in no arena")));
                    continue;
                }
                const Selected &what = found.matches[0].what;
                const HeapState::Place place = heap.find(at);
                const bool inBlock = place.pool && place.offset + heap.blockSize(heap.pools[place.pool.value].sizeClass) <= heap.poolSize;
                if (const auto *block = std::get_if<SelectedBlock>(&what)) {
                    QVERIFY(inBlock);
                    QCOMPARE(block->pool, place.pool);
                    QCOMPARE(block->offset, place.offset);
                } else if (const auto *object = std::get_if<ObjectId>(&what)) {
                    const auto own = placeOf(world, *object);
                    QVERIFY(own && own->pool == place.pool && own->offset == place.offset);
                } else {
                    QVERIFY(!inBlock);
                    if (const auto *pool = std::get_if<SelectedPool>(&what))
                        QVERIFY(at >= heap.poolAddress(pool->pool) && at < heap.poolAddress(pool->pool) + heap.poolSize);
                    else
                        QVERIFY(std::holds_alternative<SelectedArena>(what));
                }
                QVERIFY2(found.matches[0].sentence.contains(hex(at)), qPrintable(found.matches[0].sentence));
            }
        }
    }
    void whatLiesNowhereIsSaidToLieBetweenItsNeighbours()
    {
        const auto trace = SampleHeap::small();
        Timeline timeline(trace);
        const World &world = timeline.seek(trace->changeCount());
        const Arena &arena = world.heap.arenas[0];
        const QString above = searchMemory(*trace, world, hex(arena.address + world.heap.arenaSize)).message;
        QVERIFY2(above.contains(QStringLiteral("above arena 0")) && above.contains(hex(arena.address + world.heap.arenaSize)), qPrintable(above));
        const QString below = searchMemory(*trace, world, QStringLiteral("0x10")).message;
        QVERIFY2(below.contains(QStringLiteral("below the raw heap")) && below.contains(hex(kRawHeapStart)), qPrintable(below));
        const QString between = searchMemory(*trace, world, hex(arena.address + std::uint64_t(0) - 1)).message;
        QVERIFY2(between.contains(QStringLiteral("between the raw heap")) && between.contains(QStringLiteral("arena 0")), qPrintable(between));
        QVERIFY(searchMemory(*trace, timeline.seek(0), QStringLiteral("0x10")).message.contains(QStringLiteral("no arena exists")));
    }
    void rawBlocksAreFoundByAddress()
    {
        const auto trace = SampleHeap::small();
        Timeline timeline(trace);
        const World &world = timeline.seek(trace->changeCount());
        int checked = 0;
        for (RawBlockId id = world.heap.firstRawBlock; id; id = world.heap.rawBlocks[id.value].next, ++checked) {
            const RawBlock &block = world.heap.rawBlocks[id.value];
            const MemorySearch found = searchMemory(*trace, world, hex(block.address + block.size - 1));
            QCOMPARE(found.matches.size(), std::size_t(1));
            QVERIFY(found.matches[0].what == Selected(SelectedRawBlock{id}));
        }
        QVERIFY(checked > 0);
    }
    void objectsAreFoundByLabelNameTypeAndValue()
    {
        Recipe recipe;
        recipe.source = "words = ['snake', 'tail']\nother = [words]\nfacade = {1: 2}\n";
        const auto recorded = record(recipe);
        QVERIFY(bool(recorded));
        const auto trace = *recorded;
        Timeline timeline(trace);
        std::uint32_t end = trace->changeCount();
        while (end > 0 && !timeline.seek(end).globals)   // before the program lets go of its names
            --end;
        std::uint32_t position = 0;   // the last moment at which both names are bound
        for (std::uint32_t p = end; p > 0 && position == 0; --p) {
            timeline.seek(p);
            const auto kindOf = [&](const char *name) {
                const MemorySearch found = searchMemory(*trace, timeline.world(), QString::fromLatin1(name));
                const auto *object = found.matches.empty() ? nullptr : std::get_if<ObjectId>(&found.matches[0].what);
                return object ? timeline.world().object(*object).kind : TypeKind::None;
            };
            if (kindOf("words") == TypeKind::List && kindOf("facade") == TypeKind::Dict)
                position = p;
        }
        const World &world = timeline.seek(position);
        const auto one = [&](const char *text) {
            const MemorySearch found = searchMemory(*trace, world, QString::fromUtf8(text));
            return found.matches.size() == 1 ? std::get<ObjectId>(found.matches[0].what) : ObjectId();
        };
        const ObjectId words = one("words");
        QVERIFY(bool(words));
        QVERIFY2(one(trace->label(words).c_str()) == words, trace->label(words).c_str());
        QCOMPARE(world.object(one("facade")).kind, TypeKind::Dict);   // letters of hexadecimal digits, and yet a name
        QCOMPARE(world.object(one("'snake'")).kind, TypeKind::Str);
        QVERIFY(one("snake") == one("'snake'"));
        const MemorySearch lists = searchMemory(*trace, world, QStringLiteral("list"));
        QVERIFY(lists.matches.size() >= 2);
        for (std::size_t i = 1; i < lists.matches.size(); ++i)
            QVERIFY(world.object(std::get<ObjectId>(lists.matches[i - 1].what)).address < world.object(std::get<ObjectId>(lists.matches[i].what)).address);
        const MemorySearch none = searchMemory(*trace, world, QStringLiteral("nothing like this"));
        QVERIFY(none.matches.empty() && none.message.contains(QStringLiteral("nothing like this")));
    }
    void strangeInputIsAnsweredNotObeyed()
    {
        const auto trace = SampleHeap::small();
        Timeline timeline(trace);
        const World &world = timeline.seek(trace->changeCount());
        for (const char *text : {"", " ", "0x", "#", "'", "''", "0xffffffffffffffffffff", "99999999999999999999999", "#4294967296", "-1", "list#", "#1"}) {
            const MemorySearch found = searchMemory(*trace, world, QString::fromUtf8(text));
            QVERIFY2(found.matches.empty() && (!found.message.isEmpty() || QString::fromUtf8(text).trimmed().isEmpty()), text);
        }
    }
};

QTEST_GUILESS_MAIN(TestMemorySearch)
#include "tst_memorysearch.moc"
