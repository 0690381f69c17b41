#include <QListView>
#include <QSignalSpy>
#include <QTest>

#include "core/memory/obmalloc.h"
#include "core/record.h"
#include "tests/ui/figures_memory/sampleheap.h"
#include "ui/docks/biographypanel.h"
#include "ui/models/biography.h"
#include "ui/playhead.h"
#include "ui/selection.h"

using namespace pyrena;

namespace {

// Who lives in [address, address + size) at every position, read off the world itself.
std::vector<Residence> bruteForce(const std::shared_ptr<const Trace> &trace, Address address, std::uint32_t size)
{
    std::vector<Residence> all;
    std::vector<std::size_t> living;
    Timeline timeline(trace);
    for (std::uint32_t p = 0; p <= trace->changeCount(); ++p) {
        const HeapState &heap = timeline.seek(p).heap;
        std::vector<Residence> now;
        for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot) {
            const Arena &arena = heap.arenas[slot];
            if (!arena.address || address + size <= arena.address || address >= arena.address + heap.arenaSize)
                continue;
            for (std::uint32_t i = 0; i < arena.nextUntouched; ++i) {
                const PoolId pool(slot * kPoolsPerArena + i);
                const std::uint16_t c = heap.pools[pool.value].sizeClass;
                const Address base = heap.poolAddress(pool);
                if (c == kNoSizeClass || address + size <= base || address >= base + heap.poolSize)
                    continue;
                for (std::uint32_t o = kPoolHeaderSize; o + heap.blockSize(c) <= heap.poolSize; o += heap.blockSize(c))
                    if (heap.blockState(pool, o) == BlockState::Allocated && base + o < address + size && address < base + o + heap.blockSize(c))
                        now.push_back({p, Residence::kNever, heap.blocks[heap.blockIndex(pool, o)].tenant, heap.blockSize(c), (base + o).value});
            }
        }
        std::erase_if(living, [&](std::size_t i) {
            const bool stays = std::any_of(now.begin(), now.end(), [&](const Residence &r) { return r.address == all[i].address && r.tenant == all[i].tenant; });
            if (!stays)
                all[i].to = p;
            return !stays;
        });
        for (const Residence &r : now)
            if (std::none_of(living.begin(), living.end(), [&](std::size_t i) { return all[i].address == r.address; })) {
                living.push_back(all.size());
                all.push_back(r);
            }
    }
    return all;
}

// Pools that change their class, and an arena that is given back and comes again.
std::shared_ptr<const Trace> churn()
{
    Recipe recipe;
    recipe.profile = "3.7";   // arenas of 256 KiB
    Recorder recorder(recipe, *findProfile(recipe.profile));
    Obmalloc allocator(recorder, MemorySteps::None);
    std::mt19937 random(9);
    std::vector<Address> early, live;
    std::uint32_t number = 0;
    for (int i = 0; i < 40; ++i)
        early.push_back(allocator.malloc(48, Tenant(TenantKind::Recorded, ++number)));
    recorder.beginRecording();
    recorder.openStep(StepKind::Program, {});
    for (int round = 0; round < 3; ++round) {
        const std::uint32_t bytes = round == 1 ? 200 : 48;
        for (int i = 0; i < (round == 1 ? 1700 : 700); ++i) {
            live.push_back(allocator.malloc(bytes, Tenant(TenantKind::Recorded, ++number)));
            if (random() % 3 == 0) {
                std::swap(live[random() % live.size()], live.back());
                allocator.free(live.back());
                live.pop_back();
            }
        }
        if (round == 0) {
            live.insert(live.end(), early.begin(), early.end());
            early.clear();
        }
        for (const Address address : live)
            allocator.free(address);
        live.clear();
    }
    return recorder.finish(Outcome::Finished);
}

} // namespace

class TestBiography : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itIsWhatAWalkOverEveryMomentFinds()
    {
        const auto trace = churn();
        Timeline timeline(trace);
        std::mt19937 random(3);
        std::uint32_t released = 0;
        for (std::uint32_t i = 0; i < trace->changeCount(); ++i)
            released += std::holds_alternative<change::ArenaReleased>(trace->change(i));
        QVERIFY(released > 0);
        int lived = 0;
        for (int i = 0; i < 6; ++i) {
            const HeapState &heap = timeline.seek(random() % trace->changeCount()).heap;
            if (heap.arenas.empty() || !heap.arenas[0].address)
                continue;
            const Address address = heap.poolAddress(PoolId(i % 2 ? random() % 20 : 0)) + kPoolHeaderSize + 16 * (random() % 200);
            const std::uint32_t size = 16 << random() % 4;
            Biography biography(trace, address, size);
            while (biography.advance(1 + random() % 500)) { }
            const std::vector<Residence> expected = bruteForce(trace, address, size);
            QCOMPARE(biography.residences().size(), expected.size());
            for (std::size_t r = 0; r < expected.size(); ++r)
                QVERIFY2(biography.residences()[r] == expected[r], qPrintable(QStringLiteral("residence %1: tenant %2 from %3 to %4, expected %5 from %6 to %7")
                    .arg(r).arg(biography.residences()[r].tenant.number()).arg(biography.residences()[r].from).arg(biography.residences()[r].to)
                    .arg(expected[r].tenant.number()).arg(expected[r].from).arg(expected[r].to)));
            for (int k = 0; k < 50; ++k) {
                const std::uint32_t p = random() % (trace->changeCount() + 1);
                const bool someone = std::any_of(expected.begin(), expected.end(), [p](const Residence &r) { return r.holds(p); });
                QCOMPARE(biography.at(p) >= 0, someone);
                if (someone)
                    QVERIFY(expected[static_cast<std::size_t>(biography.at(p))].holds(p));
            }
            lived += static_cast<int>(expected.size());
        }
        QVERIFY(lived > 10);
    }
    void readingBitByBitEqualsReadingAtOnce()
    {
        const auto trace = SampleHeap::small();
        Timeline timeline(trace);
        const HeapState &heap = timeline.seek(trace->changeCount()).heap;
        const Address address = heap.poolAddress(heap.usedPools[3]) + kPoolHeaderSize;
        Biography whole(trace, address, 64), bits(trace, address, 64);
        QVERIFY(!whole.advance(0xffffffffu));
        while (bits.advance(7)) { }
        QCOMPARE(whole.residences(), bits.residences());
        QVERIFY(!whole.residences().empty());
    }
    void aClickGoesToTheMomentTheyMovedIn()
    {
        Playhead playhead;
        Selection selection;
        Appearance appearance;
        appearance.setLevel(3);   // the lowest that shows blocks
        BiographyPanel panel({playhead, selection, appearance});
        QVERIFY(panel.isHidden());
        const auto trace = SampleHeap::small();
        playhead.setTrace(trace, trace->changeCount());
        const PoolId pool = playhead.world().heap.usedPools[3];
        selection.select(SelectedBlock{pool, playhead.world().heap.pools[pool.value].freeBlock});
        QVERIFY(!panel.isHidden());
        QTRY_VERIFY(panel.biography()->done());
        QAbstractItemModel *model = panel.list()->model();
        QCOMPARE(model->rowCount(), static_cast<int>(panel.biography()->residences().size()));
        QVERIFY(model->rowCount() > 0);
        for (int row = 0; row < model->rowCount(); ++row) {
            QVERIFY(!model->index(row, 0).data().toString().isEmpty());
            QVERIFY(!model->index(row, 0).data(Qt::AccessibleTextRole).toString().isEmpty());
        }
        const Biography *before = panel.biography();
        Q_EMIT panel.list()->activated(model->index(0, 0));
        QCOMPARE(playhead.position(), panel.biography()->residences()[0].from);
        QCOMPARE(panel.biography(), before);   // the block stays the one that was selected
        QVERIFY(model->index(0, 0).data().toString().startsWith(QChar(0x25b8)));   // and says who lives there now
        selection.clear();
        QVERIFY(panel.isHidden());
    }
    void theWindowNeverWaits()
    {
        // However long the trace: creating the panel's biography reads nothing of it.
        const auto trace = SampleHeap::small();
        Timeline timeline(trace);
        const HeapState &heap = timeline.seek(trace->changeCount()).heap;
        const Biography biography(trace, heap.poolAddress(heap.usedPools[3]) + kPoolHeaderSize, 64);
        QVERIFY(biography.residences().empty());
        QVERIFY(!biography.done());
    }
};

QTEST_MAIN(TestBiography)
#include "tst_biography.moc"
