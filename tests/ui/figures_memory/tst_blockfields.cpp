#include <QTest>

#include "core/record.h"
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
    // Keys, sets and lists of real programs: their pointers are the references that the world counts.
    void containersPointAtWhatTheyHold()
    {
        for (const char *profile : {"3.7", "3.9", "3.11", "3.13"}) {
            Recipe recipe;
            recipe.profile = profile;
            recipe.source = "words = {'a': [1], 'b': [2]}\nmixed = {1: [3], 'c': [4]}\nmembers = {'x', 'y'}\nitems = [words, mixed]\n"
                            "big = set()\nfor i in range(20):\n    big.add(1000 + i)\n";
            const auto recorded = record(recipe);
            QVERIFY2(bool(recorded), profile);
            const auto trace = *recorded;
            Timeline timeline(trace);
            std::uint32_t position = 0, live = 0;
            for (std::uint32_t p = 0; p <= trace->changeCount(); ++p)
                if (const std::uint32_t now = timeline.seek(p).liveObjects; now > live) {
                    live = now;
                    position = p;
                }
            const World &world = timeline.seek(position);
            int checked = 0;
            for (std::uint32_t i = 0; i < world.objects.size(); ++i) {
                const Object &o = world.objects[i];
                const bool set = o.kind == TypeKind::Set, dict = o.kind == TypeKind::Dict, list = o.kind == TypeKind::List;
                if (!o.alive() || (!set && !dict && !list))
                    continue;
                const Address where = o.buffer && (dict || list || o.buffer) ? o.buffer : o.address;
                const HeapState::Place place = world.heap.find(where);
                if (!place.pool || (dict && !o.buffer))
                    continue;
                std::vector<std::uint64_t> held, shown;
                for (const Slot &slot : world.slotsOf(ObjectId(i)))
                    if (slot.target && world.object(slot.target).address)
                        held.push_back(world.object(slot.target).address.value);
                for (const BlockField &field : blockFields(*trace, world, place.pool, place.offset))
                    if (field.known() && (field.name.contains(QLatin1String("key")) || field.name.startsWith(QLatin1String("me_value"))
                                          || field.name.startsWith(QLatin1String("ob_item["))) && number(field) != 0)
                        shown.push_back(number(field));
                std::sort(held.begin(), held.end());
                std::sort(shown.begin(), shown.end());
                QVERIFY2(held == shown, qPrintable(QStringLiteral("%1 in %2: %3 held, %4 shown").arg(QString::fromStdString(trace->label(ObjectId(i))),
                                                    QString::fromLatin1(profile)).arg(held.size()).arg(shown.size())));
                checked += !held.empty();
            }
            QVERIFY2(checked >= 5, qPrintable(QStringLiteral("%1: %2").arg(QString::fromLatin1(profile)).arg(checked)));
        }
    }
};

QTEST_GUILESS_MAIN(TestBlockFields)
#include "tst_blockfields.moc"
