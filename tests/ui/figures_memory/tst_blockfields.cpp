#include <QTest>

#include "tests/ui/figures_memory/sampleheap.h"
#include "ui/figures/memory/blockfields.h"
#include "ui/figures/memory/blocklook.h"

using namespace pyrena;

namespace {

std::uint64_t number(const BlockField &field)
{
    std::uint64_t n = 0;
    for (std::size_t i = field.bytes.size(); i-- > 0;)
        n = n << 8 | field.bytes[i];
    return n;
}

const BlockField *named(const std::vector<BlockField> &fields, const char *name)
{
    for (const BlockField &field : fields)
        if (field.name == QLatin1String(name))
            return &field;
    return nullptr;
}

} // namespace

class TestBlockFields : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fieldsCoverEveryBlockWithoutGap()
    {
        for (const PythonProfile &profile : allProfiles()) {
            const auto trace = SampleHeap::small(std::string(profile.name));
            Timeline timeline(trace);
            std::mt19937 random(5);
            for (int i = 0; i < 6; ++i) {
                const World &world = timeline.seek(i == 0 ? trace->changeCount() : random() % trace->changeCount());
                const HeapState &heap = world.heap;
                for (std::uint32_t p = 0; p < heap.pools.size(); p += 1 + random() % 3) {
                    const PoolId pool(p);
                    if (!heap.arenas[heap.arenaOf(pool).value].address || heap.poolState(pool) == PoolState::Untouched
                        || heap.pools[p].sizeClass == kNoSizeClass)
                        continue;
                    const std::uint32_t size = heap.blockSize(heap.pools[p].sizeClass);
                    for (std::uint32_t b = 0; b < std::min(heap.capacity(heap.pools[p].sizeClass), 12u); ++b) {
                        std::uint32_t at = 0;
                        for (const BlockField &field : blockFields(*trace, world, pool, kPoolHeaderSize + b * size)) {
                            QCOMPARE(field.offset, at);
                            QVERIFY(field.size > 0 && !field.name.isEmpty());
                            QVERIFY(field.bytes.empty() || field.bytes.size() == field.size);
                            at += field.size;
                        }
                        QCOMPARE(at, size);
                    }
                }
            }
        }
    }
    void aFreeBlockHoldsTheAddressOfTheNext()
    {
        const auto trace = SampleHeap::small();
        Timeline timeline(trace);
        const World &world = timeline.seek(trace->changeCount());
        const PoolId pool = world.heap.usedPools[3];
        const std::uint32_t first = world.heap.pools[pool.value].freeBlock;
        const std::uint32_t second = world.heap.blocks[world.heap.blockIndex(pool, first)].nextFree;
        const auto fields = blockFields(*trace, world, pool, first);
        QCOMPARE(number(fields[0]), world.heap.poolAddress(pool).value + second);
        QCOMPARE(fields[0].size, 8u);
        QVERIFY(!fields[1].known());
    }
    void untouchedBytesWereNeverWritten()
    {
        const auto trace = SampleHeap::small();
        Timeline timeline(trace);
        const World &world = timeline.seek(trace->changeCount());
        const PoolId pool = world.heap.usedPools[3];
        const auto fields = blockFields(*trace, world, pool, world.heap.pools[pool.value].nextOffset);
        QCOMPARE(fields.size(), std::size_t(1));
        QCOMPARE(number(fields[0]), 0u);
    }
    void integersHaveDigitsOfThirtyBits_data()
    {
        QTest::addColumn<qint64>("value");
        QTest::addColumn<quint64>("tag");
        QTest::addColumn<quint32>("low");
        QTest::addColumn<quint32>("high");
        QTest::newRow("one digit") << qint64(1000) << quint64(1 << 3) << quint32(1000) << quint32(0);
        QTest::newRow("two digits") << qint64((5ll << 30) + 7) << quint64(2 << 3) << quint32(7) << quint32(5);
        QTest::newRow("negative") << qint64(-1000) << quint64(1 << 3 | 2) << quint32(1000) << quint32(0);
    }
    void integersHaveDigitsOfThirtyBits()
    {
        QFETCH(qint64, value);
        QFETCH(quint64, tag);
        QFETCH(quint32, low);
        QFETCH(quint32, high);
        SampleHeap heap;
        const ObjectId id = heap.make(TypeKind::Int, "int", 32, 0, static_cast<std::uint64_t>(value));
        const auto trace = heap.finish();
        Timeline timeline(trace);
        const World &world = timeline.seek(trace->changeCount());
        const auto place = placeOf(world, id);
        QVERIFY(place.has_value());
        const auto fields = blockFields(*trace, world, place->pool, place->offset);
        QCOMPARE(number(*named(fields, "ob_refcnt")), 1u);
        QCOMPARE(number(*named(fields, "lv_tag")), tag);
        QCOMPARE(number(*named(fields, "ob_digit[0]")), low);
        QCOMPARE(named(fields, "lv_tag")->offset, 16u);
        QCOMPARE(named(fields, "ob_digit[0]")->offset, 24u);
        if (high)
            QCOMPARE(number(*named(fields, "ob_digit[1]")), high);
        else
            QVERIFY(!named(fields, "ob_digit[1]"));
    }
    void textLiesBehindTheHeaderOfItsVersion()
    {
        QCOMPARE(findProfile("3.13")->layout.strAscii - 1, 40u);
        for (const PythonProfile &profile : allProfiles()) {
            const std::uint32_t data = profile.layout.strAscii - 1;   // sys.getsizeof('') counts the final 0
            SampleHeap heap{std::string(profile.name)};
            const ObjectId id = heap.make(TypeKind::Str, "str", data + 6, 0, heap.text("snake"));
            const auto trace = heap.finish();
            Timeline timeline(trace);
            const World &world = timeline.seek(trace->changeCount());
            const auto place = placeOf(world, id);
            const auto fields = blockFields(*trace, world, place->pool, place->offset);
            const BlockField *text = named(fields, "text");
            QVERIFY(text);
            QCOMPARE(text->offset, data);
            QCOMPARE(QByteArray(reinterpret_cast<const char *>(text->bytes.data()), 6), QByteArray("snake\0", 6));
        }
    }
};

QTEST_GUILESS_MAIN(TestBlockFields)
#include "tst_blockfields.moc"
