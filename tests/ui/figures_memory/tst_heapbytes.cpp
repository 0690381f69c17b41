#include <QTest>

#include "core/memory/fragmentation.h"
#include "tests/ui/figures_memory/sampleheap.h"
#include "ui/figures/memory/heapbytes.h"

using namespace pyrena;

class TestHeapBytes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void partsAddUpToWhatIsReserved_data()
    {
        QTest::addColumn<QString>("profile");
        QTest::newRow("pools of 16 KiB") << QStringLiteral("3.13");
        QTest::newRow("pools of 4 KiB") << QStringLiteral("classic");
    }
    void partsAddUpToWhatIsReserved()
    {
        QFETCH(QString, profile);
        Timeline timeline(SampleHeap::small(profile.toStdString()));
        std::mt19937 random(1);
        for (int i = 0; i < 40; ++i) {
            const HeapState &heap = timeline.seek(random() % (timeline.trace().changeCount() + 1)).heap;
            const FragmentationBytes bytes = heapBytes(heap);
            QCOMPARE(bytes.sum(), std::uint64_t(heap.totals.arenasNow) * heap.arenaSize);
            QCOMPARE(bytes.requested + bytes.rounding, heap.totals.bytesInBlocks);
            const Fragmentation exact = fragmentationOf(heap);   // the sweep over every block
            QCOMPARE(bytes.requested, exact.requested);
            QCOMPARE(bytes.rounding, exact.rounding);
            QCOMPARE(bytes.freeBlocks, exact.freeBlocks);
            QCOMPARE(bytes.untouchedBlocks, exact.untouchedBlocks);
            QCOMPARE(bytes.poolHeaders, exact.headers);
            QCOMPARE(bytes.poolTails, exact.tails);
            QCOMPARE(bytes.emptyPools, exact.emptyPools);
            QCOMPARE(bytes.untouchedPools, exact.untouchedPools);
            QCOMPARE(bytes.alignment, exact.unaligned);
            std::uint64_t requested = 0, rounding = 0, sum = 0;   // counted block by block
            for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot) {
                const FragmentationBytes arena = arenaBytes(heap, ArenaSlot(slot));
                QCOMPARE(arena.sum(), heap.arenas[slot].address ? std::uint64_t(heap.arenaSize) : std::uint64_t(0));
                requested += arena.requested;
                rounding += arena.rounding;
                sum += arena.sum();
            }
            QCOMPARE(requested, bytes.requested);
            QCOMPARE(rounding, bytes.rounding);
            QCOMPARE(sum, bytes.sum());
        }
    }
    void whatWasAskedForIsCounted()
    {
        SampleHeap heap;
        heap.make(TypeKind::Tuple, "tuple", 50);   // class 64
        const auto trace = heap.finish();
        const FragmentationBytes bytes = heapBytes(Timeline(trace).seek(trace->changeCount()).heap);
        QCOMPARE(bytes.requested, 50u);
        QCOMPARE(bytes.rounding, 14u);
        QCOMPARE(bytes.poolHeaders, 48u);
        QCOMPARE(bytes.freeBlocks + bytes.untouchedBlocks, 254u * 64u);
        QCOMPARE(bytes.poolTails, 16384u - 48u - 255u * 64u);
        QCOMPARE(bytes.alignment, 16384u);          // 63 pools
        QCOMPARE(bytes.untouchedPools, 62u * 16384u);
    }
};

QTEST_GUILESS_MAIN(TestHeapBytes)
#include "tst_heapbytes.moc"
