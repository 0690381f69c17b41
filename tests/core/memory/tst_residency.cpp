// What the operating system provides: address space when an arena is mapped or the break moves, pages when they are written.
#include "core/memory/allocatorprofiles.h"
#include "core/memory/fragmentation.h"
#include "core/memory/obmalloc.h"
#include "core/memory/replay.h"
#include "core/memory/statistics.h"
#include "core/trace/redo.h"
#include "core/trace/timeline.h"
#include "core/world/heapinvariants.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <set>

using namespace pyrena;

namespace {

const Tenant kTenant(TenantKind::Items, 1);
using Memory = BasicObmalloc<DirectHeap>;

struct Machine
{
    explicit Machine(const char *version) : profile(*findAllocatorProfile(version)), memory(DirectHeap(profile), profile, 1 << 30) {}

    const HeapState &heap() const { return memory.heap(); }
    std::uint64_t resident() const { return heap().totals.bytesResident; }
    const Pool &poolOf(Address a) const { return heap().pools[memory.blockAt(a).pool.value]; }
    std::string problems(FreeArenas rule = FreeArenas::OnlyTheLast) const
    {
        const auto found = checkHeap(heap(), rule);
        return found.empty() ? "" : found.front();
    }

    const AllocatorProfile &profile;
    Memory memory;
};

// Pages by the address of every byte written, told by the changes alone and kept in a set.
class PagesSeen
{
public:
    void see(const HeapState &before, const Change &change)
    {
        if (const auto *made = std::get_if<change::ArenaMade>(&change))
            m_arenas[made->slot.value] = made->address.value;
        if (const auto *gone = std::get_if<change::ArenaReleased>(&change)) {
            const std::uint64_t begin = m_arenas.at(gone->slot.value);
            m_pages.erase(m_pages.lower_bound(begin / kPageSize), m_pages.lower_bound((begin + before.arenaSize) / kPageSize));
        }
        if (const auto *taken = std::get_if<change::PoolTaken>(&change); taken && taken->carved)
            write(before.poolAddress(taken->pool), kPoolHeaderSize);
        if (const auto *reset = std::get_if<change::PoolInitialised>(&change))
            write(before.poolAddress(reset->pool) + kPoolHeaderSize + before.blockSize(reset->classAfter), 8);
        if (const auto *block = std::get_if<change::BlockTaken>(&change)) {
            const Address pool = before.poolAddress(block->pool);
            write(pool + block->offset, before.blockSize(before.pools[block->pool.value].sizeClass));
            if (block->nextOffsetAfter != block->nextOffsetBefore)
                write(pool + block->nextOffsetBefore, 8);
        }
    }
    void seeRaw(const HeapState &after)
    {
        for (RawBlockId id = after.firstRawBlock; id; id = after.rawBlocks[id.value].next) {
            const RawBlock &block = after.rawBlocks[id.value];
            write(block.address, block.free ? kRawHeaderSize : block.size);
        }
    }
    std::uint64_t bytes() const { return m_pages.size() * kPageSize; }
    bool has(Address a) const { return m_pages.contains(a.value / kPageSize); }

private:
    void write(Address begin, std::uint64_t bytes)
    {
        for (std::uint64_t page = begin.value / kPageSize; page <= (begin.value + bytes - 1) / kPageSize; ++page)
            m_pages.insert(page);
    }
    std::set<std::uint64_t> m_pages;
    std::map<std::uint32_t, std::uint64_t> m_arenas;
};

std::vector<std::string> recordings()
{
    std::vector<std::string> files;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(std::string(PYRENA_TEST_DATA) + "/allocator"))
        if (entry.path().extension() == ".gz")
            files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

TEST_CASE("an arena is reserved as a whole, and only the pages written are resident")
{
    Machine m("3.13.0");
    CHECK(m.heap().totals.bytesReserved == 0);
    const Address a = m.memory.malloc(512, kTenant);
    CHECK(m.heap().totals.bytesReserved == 1 << 20);
    CHECK(m.resident() == 4096);   // header, block, link of the next
    CHECK(m.heap().totals.bytesInUse() == 512);
    CHECK(m.heap().isResident(a));
    CHECK_FALSE(m.heap().isResident(a + 4096));
    CHECK_FALSE(m.heap().isResident(a + 16384));   // a pool never carved
    CHECK_FALSE(m.heap().isResident(a - 16384));   // in front of the arena's first pool
}

TEST_CASE("the link in the block carved ahead makes its page resident, and the block the next one when it is handed out")
{
    Machine m("3.13.0");   // blocks of 512 at 48, 560, ...; the eighth, at 3632, crosses into the second page
    Address last;
    for (int i = 0; i < 7; ++i)
        last = m.memory.malloc(512, kTenant);
    CHECK(m.poolOf(last).nextOffset == 48 + 8 * 512);
    CHECK(m.resident() == 4096);
    last = m.memory.malloc(512, kTenant);
    CHECK(m.resident() == 2 * 4096);
    for (int i = 0; i < 23; ++i)
        last = m.memory.malloc(512, kTenant);
    CHECK(m.heap().poolState(m.memory.blockAt(last).pool) == PoolState::Full);
    CHECK(m.poolOf(last).residentPages == 4);
    CHECK(m.problems() == "");
}

TEST_CASE("pages stay resident when blocks are freed and when the pool changes its class")
{
    Machine m("3.13.0");
    std::vector<Address> blocks;
    for (int i = 0; i < 31; ++i)
        blocks.push_back(m.memory.malloc(512, kTenant));
    const std::uint64_t full = m.resident();
    CHECK(full == 16384);
    for (const Address a : blocks)
        m.memory.free(a);
    CHECK(m.resident() == full);
    const Address small = m.memory.malloc(16, kTenant);
    CHECK(small == blocks.front());   // the same pool
    CHECK(m.poolOf(small).residentPages == 4);
    CHECK(m.resident() == full);
    CHECK(m.problems() == "");
}

TEST_CASE("munmap gives address space and pages back")
{
    Machine m("3.8.18");
    const Address a = m.memory.malloc(100, kTenant);
    m.memory.free(a);
    CHECK(m.heap().totals.arenasNow == 0);
    CHECK(m.heap().totals.bytesReserved == 0);
    CHECK(m.resident() == 0);
    CHECK_FALSE(m.heap().isResident(a));
    m.memory.malloc(100, kTenant);
    CHECK(m.resident() == 4096);
    CHECK(m.problems(FreeArenas::None) == "");
}

TEST_CASE("the raw heap is reserved up to the break and resident up to the last block ever handed out")
{
    Machine m("3.13.0");
    const Address a = m.memory.malloc(40'000, kTenant);
    CHECK(m.heap().totals.bytesReserved == 132 * 1024);
    CHECK(m.resident() == 10 * 4096);   // 40,016 bytes and the header of the rest
    CHECK(m.heap().isResident(a + 40'000));
    CHECK_FALSE(m.heap().isResident(a + 41'000));
    m.memory.free(a);
    CHECK(m.resident() == 10 * 4096);   // never trimmed
    const Address b = m.memory.malloc(600, kTenant);
    CHECK(m.memory.realloc(b, 60'000) == b);
    CHECK(m.resident() == 15 * 4096);
    CHECK(m.problems() == "");
}

TEST_CASE("pages told from every change of a random program are those of the state")
{
    for (const char *version : {"3.7.3", "3.8.18", "3.13.0"}) {
        CAPTURE(std::string(version));
        const PythonProfile &profile = recordingProfile(version, *findAllocatorProfile(version));
        Recorder recorder({}, profile);
        recorder.beginRecording();
        Obmalloc memory(recorder, MemorySteps::None);
        std::mt19937 random(5);
        std::vector<Address> blocks;
        for (std::uint32_t i = 0; i < 30'000; ++i) {
            const bool growing = i / 6000 % 2 == 0;
            if (blocks.empty() || random() % 100 < (growing ? 85u : 20u)) {
                blocks.push_back(memory.malloc(random() % 50 == 0 ? random() % 60'000 : random() % 513, kTenant));
                continue;
            }
            std::swap(blocks[random() % blocks.size()], blocks.back());
            if (random() % 4 == 0) {
                blocks.back() = memory.realloc(blocks.back(), random() % 1000);
            } else {
                memory.free(blocks.back());
                blocks.pop_back();
            }
        }
        for (const Address a : blocks)
            memory.free(a);
        memory.malloc(700, kTenant);
        CHECK(recorder.world().heap.totals.arenasReleased > 0);
        const auto trace = recorder.finish(Outcome::Finished);
        World world = trace->initial;
        PagesSeen seen;
        for (std::uint32_t i = 0; i < trace->changeCount(); ++i) {
            seen.see(world.heap, trace->change(i));
            redo(world, trace->change(i));
            if (i % 997 != 0)
                continue;
            const HeapState &heap = world.heap;
            for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot)
                for (std::uint32_t page = 0; heap.arenas[slot].address && page < heap.arenaSize / kPageSize; ++page) {
                    const Address a = heap.arenas[slot].address + std::uint64_t(page) * kPageSize;
                    REQUIRE(heap.isResident(a) == seen.has(a));
                }
            REQUIRE(heap.totals.bytesResident - heap.rawResident() == seen.bytes());
        }
    }
}

TEST_CASE("pages of the raw heap told after every request are those of the state")
{
    Machine m("3.13.0");
    PagesSeen seen;
    std::mt19937 random(11);
    std::vector<Address> blocks;
    for (int i = 0; i < 3000; ++i) {
        const std::uint32_t dice = random() % 10;
        if (blocks.empty() || dice < 5) {
            blocks.push_back(m.memory.malloc(513 + random() % 20'000, kTenant));
        } else if (dice < 7) {
            Address &a = blocks[random() % blocks.size()];
            a = m.memory.realloc(a, random() % 30'000);
        } else {
            std::swap(blocks[random() % blocks.size()], blocks.back());
            m.memory.free(blocks.back());
            blocks.pop_back();
        }
        seen.seeRaw(m.heap());
        REQUIRE(m.resident() == seen.bytes());
    }
}

TEST_CASE("in every recording, at any moment, each byte of arenas and raw heap is in one part, and residency is sound")
{
    std::mt19937 random(20240607);
    for (const std::string &file : recordings()) {
        CAPTURE(file);
        RecordedReplayOptions options;
        options.maxChanges = 400'000;
        options.maxSteps = 0;
        const Result<RecordedReplay> replay = recordRecording(file, options);
        REQUIRE(replay.ok());
        const FreeArenas rule = replay->trace->profile->allocator.keepsLastArena ? FreeArenas::OnlyTheLast : FreeArenas::None;
        Timeline timeline(replay->trace);
        for (int i = 0; i < 6; ++i) {
            const std::uint32_t position = replay->eventEnds[random() % replay->eventEnds.size()];
            const HeapState &heap = timeline.seek(position).heap;
            const auto violations = checkHeap(heap, rule);
            CHECK_MESSAGE(violations.empty(), violations.front());
            CHECK(heap.totals.bytesResident <= heap.totals.bytesReserved);
            CHECK(heap.totals.bytesInUse() <= heap.totals.bytesResident);

            const Fragmentation f = fragmentationOf(heap);
            CHECK(f.inArenas() == std::uint64_t(heap.totals.arenasNow) * heap.arenaSize);
            CHECK(f.inRawHeap() == heap.rawReserved());
            CHECK(f.inArenas() + f.inRawHeap() == heap.totals.bytesReserved);
            CHECK(f.requested + f.rounding == heap.totals.bytesInBlocks);
            std::uint64_t rawRequested = 0, rawRest = 0, rawFree = 0;
            for (RawBlockId id = heap.firstRawBlock; id; id = heap.rawBlocks[id.value].next) {
                const RawBlock &block = heap.rawBlocks[id.value];
                rawRequested += block.request;
                (block.free ? rawFree : rawRest) += block.size - block.request;
            }
            CHECK(f.rawRequested == rawRequested);
            CHECK(f.rawHeadersAndRounding == rawRest);
            CHECK(f.rawFree == rawFree);

            // Block by block, pool by pool.
            Fragmentation counted;
            for (std::uint32_t p = 0; p < heap.pools.size(); ++p) {
                const Arena &arena = heap.arenas[p / kPoolsPerArena];
                const PoolId id(p);
                if (!arena.address || p % kPoolsPerArena >= arena.nTotalPools)
                    continue;
                const PoolState state = heap.poolState(id);
                if (state == PoolState::Untouched || state == PoolState::Empty) {
                    (state == PoolState::Empty ? counted.emptyPools : counted.untouchedPools) += heap.poolSize;
                    continue;
                }
                const std::uint32_t size = heap.blockSize(heap.pools[p].sizeClass);
                std::uint32_t offset = kPoolHeaderSize;
                counted.headers += kPoolHeaderSize;
                for (; offset + size <= heap.poolSize; offset += size) {
                    const std::uint32_t request = heap.blocks[heap.blockIndex(id, offset)].request;
                    switch (heap.blockState(id, offset)) {
                    case BlockState::Untouched: counted.untouchedBlocks += size; break;
                    case BlockState::Free: counted.freeBlocks += size; break;
                    case BlockState::Allocated:
                        counted.requested += request;
                        counted.rounding += size - request;
                        break;
                    }
                }
                counted.tails += heap.poolSize - offset;
            }
            CHECK(f.requested == counted.requested);
            CHECK(f.rounding == counted.rounding);
            CHECK(f.headers == counted.headers);
            CHECK(f.freeBlocks == counted.freeBlocks);
            CHECK(f.untouchedBlocks == counted.untouchedBlocks);
            CHECK(f.tails == counted.tails);
            CHECK(f.emptyPools == counted.emptyPools);
            CHECK(f.untouchedPools == counted.untouchedPools);
            std::uint64_t inClasses = 0;
            for (const Fragmentation::SizeClass &c : f.classes) {
                CHECK(c.sum() == c.pools * heap.poolSize);
                inClasses += c.sum();
            }
            CHECK(inClasses + f.emptyPools + f.untouchedPools + f.unaligned == f.inArenas());
        }
    }
}
