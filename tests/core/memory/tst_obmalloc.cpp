#include "core/base/verify.h"
#include "core/memory/allocatorprofiles.h"
#include "core/memory/obmalloc.h"
#include "core/memory/statistics.h"
#include "core/world/heapinvariants.h"

#include <doctest/doctest.h>

#include <set>

using namespace pyrena;

namespace {

const Tenant kObject(TenantKind::Object, 7);

struct Machine
{
    explicit Machine(std::string_view profile = "3.13", MemorySteps steps = MemorySteps::Open, Recipe recipe = {})
        : recorder(std::move(recipe), *findProfile(profile)), memory((recorder.beginRecording(), recorder), steps)
    {
    }
    const HeapState &heap() const { return recorder.world().heap; }
    // "0.1.48": arena ordinal, pool, offset; "raw" for the raw heap.
    std::string place(Address address) const
    {
        const MemoryBlock b = memory.blockAt(address);
        if (!b)
            return "nowhere";
        if (!b.inPool())
            return "raw";
        return std::to_string(heap().arenas[heap().arenaOf(b.pool).value].ordinal) + '.'
            + std::to_string(heap().indexInArena(b.pool)) + '.' + std::to_string(b.offset);
    }
    Recorder recorder;
    Obmalloc memory;
};

std::string problems(const Machine &m)
{
    const auto found = checkHeap(m.heap(), m.recorder.profile().allocator.keepsLastArena ? FreeArenas::OnlyTheLast : FreeArenas::None);
    return found.empty() ? "" : found.front();
}

} // namespace

TEST_CASE("the first requests of Python 3.11 land where CPython put them")
{
    Machine m;
    std::vector<std::string> places;
    for (const std::uint64_t bytes : {56, 56, 64, 120, 208, 400})
        places.push_back(m.place(m.memory.malloc(bytes, kObject)));
    CHECK(places == std::vector<std::string>{"0.0.48", "0.0.112", "0.0.176", "0.1.48", "0.2.48", "0.3.48"});
    CHECK(m.heap().arenas[0].nTotalPools == 63);   // the first arena is not aligned
    CHECK(problems(m) == "");
}

TEST_CASE("an address is the arena's address plus pool and offset, and leads back to the block")
{
    Machine m;
    const Address a = m.memory.malloc(64, kObject);
    CHECK(m.heap().arenas[0].address == Address(findProfile("3.13")->allocator.firstArenaAddress));
    CHECK(a == Address(0x7f3a10004000 + 48));   // the first multiple of 16 KiB behind 0x7f3a10002000
    CHECK(m.place(a) == "0.0.48");
    CHECK(m.place(a + 16) == "nowhere");        // inside the block: no block starts there
    CHECK(m.place(a + 64) == "nowhere");        // free, not in use
    CHECK(m.place(Address(0x1000)) == "nowhere");
}

TEST_CASE("a freed block is the next one reused, before untouched ones")
{
    Machine m("classic");
    const Address a = m.memory.malloc(100, kObject), b = m.memory.malloc(100, kObject), c = m.memory.malloc(100, kObject);
    m.memory.free(a);
    m.memory.free(b);
    CHECK(m.memory.malloc(97, kObject) == b);
    CHECK(m.memory.malloc(104, kObject) == a);
    CHECK(m.memory.malloc(100, kObject) == c + 104);
    CHECK(problems(m) == "");
}

TEST_CASE("a block remembers what was asked for and who lives in it")
{
    Machine m;
    const Address a = m.memory.malloc(50, kObject);
    const MemoryBlock b = m.memory.blockAt(a);
    const Block &block = m.heap().blocks[m.heap().blockIndex(b.pool, b.offset)];
    CHECK(block.request == 50);
    CHECK(block.tenant == kObject);
    CHECK(m.memory.usableSize(b) == 64);
    m.memory.setTenant(a, Tenant(TenantKind::Keys, 9));
    CHECK(block.tenant == Tenant(TenantKind::Keys, 9));
    const Address big = m.memory.malloc(5000, kObject);
    m.memory.setTenant(big, Tenant(TenantKind::Items, 3));
    CHECK(m.heap().rawBlocks[m.memory.blockAt(big).raw.value].tenant == Tenant(TenantKind::Items, 3));
    m.memory.free(a);
    CHECK(block.tenant == Tenant());
    CHECK(m.heap().totals.blocksInUse == 0);
}

TEST_CASE("zero and more than 512 bytes are served by the raw heap and never come back")
{
    Machine m;
    CHECK(m.place(m.memory.malloc(0, kObject)) == "raw");
    CHECK(m.place(m.memory.malloc(512, kObject)) == "0.0.48");
    const Address big = m.memory.malloc(513, kObject);
    CHECK(m.place(big) == "raw");
    CHECK(m.place(m.memory.realloc(big, 1)) == "raw");
    CHECK(m.place(m.memory.rawMalloc(16, kObject)) == "raw");
    CHECK(problems(m) == "");
}

TEST_CASE("realloc stays when the size still fits and is more than three quarters of the block")
{
    Machine m;
    const Address a = m.memory.malloc(60, kObject);   // block of 64
    CHECK(m.memory.realloc(a, 64) == a);
    CHECK(m.memory.realloc(a, 49) == a);
    const Address moved = m.memory.realloc(a, 48);    // exactly 3/4 moves
    CHECK(moved != a);
    CHECK(m.memory.usableSize(m.memory.blockAt(moved)) == 48);
    const MemoryBlock b = m.memory.blockAt(moved);
    CHECK(m.heap().blocks[m.heap().blockIndex(b.pool, b.offset)].tenant == kObject);   // the tenant moves along
    CHECK(m.place(m.memory.realloc(moved, 0)) == "raw");
    CHECK(m.place(m.memory.realloc(Address(), 41, kObject)) == "0.1.48");             // realloc(NULL, n) is malloc
    CHECK(problems(m) == "");
}

TEST_CASE("an emptied pool taken again for its class continues with its old chain")
{
    Machine m;
    const Address a = m.memory.malloc(512, kObject), b = m.memory.malloc(512, kObject);
    m.memory.free(b);
    m.memory.free(a);   // the pool is empty now
    CHECK(m.heap().poolState(PoolId(0)) == PoolState::Empty);
    CHECK(m.memory.malloc(512, kObject) == a);
    CHECK(m.memory.malloc(512, kObject) == b);
    m.memory.free(a);
    m.memory.free(b);
    CHECK(m.memory.malloc(16, kObject) == a);   // another class: it starts anew
    CHECK(m.heap().pools[0].nextOffset == 48 + 2 * 16);
    CHECK(problems(m) == "");
}

TEST_CASE("the last arena is released up to 3.8 and kept from 3.9 on")
{
    Machine classic("classic"), modern("3.13");
    classic.memory.free(classic.memory.malloc(8, kObject));
    modern.memory.free(modern.memory.malloc(8, kObject));
    CHECK(classic.heap().totals.arenasNow == 0);
    CHECK(classic.heap().totals.arenasReleased == 1);
    CHECK(modern.heap().totals.arenasNow == 1);
    CHECK(problems(classic) == "");
    CHECK(problems(modern) == "");
}

TEST_CASE("arenas lie below each other, and the gap of a released one is used again")
{
    Machine m("classic");
    std::vector<Address> blocks;
    const std::uint32_t perArena = 64 * 7;   // blocks of 512 bytes
    for (std::uint32_t i = 0; i < 3 * perArena; ++i)
        blocks.push_back(m.memory.malloc(512, kObject));
    const Address first(m.recorder.profile().allocator.firstArenaAddress);
    CHECK(m.heap().arenas[0].address == first);
    CHECK(m.heap().arenas[1].address == first - 256 * 1024);
    CHECK(m.heap().arenas[2].address == first - 512 * 1024);
    for (std::uint32_t i = perArena; i < 2 * perArena; ++i)
        m.memory.free(blocks[i]);
    CHECK(m.heap().totals.arenasNow == 2);
    CHECK_FALSE(bool(m.heap().arenas[1].address));
    const Address again = m.memory.malloc(512, kObject);
    CHECK(m.place(again) == "3.0.48");
    CHECK(m.heap().arenas[1].address == first - 256 * 1024);   // same descriptor, same gap, new ordinal
    CHECK(m.heap().arenas[1].ordinal == 3);
    CHECK(problems(m) == "");
}

TEST_CASE("more than sixteen arenas double the descriptors")
{
    Machine m("classic", MemorySteps::None);
    for (std::uint32_t i = 0; i < 17 * 64 * 7; ++i)
        m.memory.malloc(512, kObject);
    CHECK(m.heap().arenas.size() == 32);
    CHECK(m.heap().totals.arenasNow == 17);
    CHECK(m.heap().arenas[16].ordinal == 16);
    CHECK(problems(m) == "");
}

TEST_CASE("steps wrap what happens: allocation, pool carve, new arena")
{
    Machine m;
    const Address a = m.memory.malloc(64, kObject);
    m.memory.free(a);
    const auto trace = m.recorder.finish(Outcome::Finished);
    std::vector<StepKind> kinds;
    for (const Step &step : trace->steps.all())
        kinds.push_back(step.kind);
    CHECK(kinds == std::vector<StepKind>{StepKind::Allocation, StepKind::PoolCarve, StepKind::ArenaNew, StepKind::Release});
    CHECK(trace->steps[StepId(0)].number == 64);
    CHECK(trace->steps[StepId(0)].subject == ObjectId(7));
    CHECK(trace->steps[StepId(2)].parent == StepId(1));

    Machine quiet("3.13", MemorySteps::None);
    quiet.memory.malloc(64, kObject);
    CHECK(quiet.recorder.finish(Outcome::Finished)->steps.empty());
}

TEST_CASE("a request beyond the memory limit is foreseen, and refused without a change")
{
    Recipe recipe;
    recipe.maxMemory = 4 << 20;
    Machine m("3.13", MemorySteps::Open, recipe);
    const Address a = m.memory.malloc(2 << 20, kObject);
    const std::uint32_t before = m.recorder.position();
    CHECK(m.memory.wouldExceed(3 << 20));
    CHECK_FALSE(m.memory.wouldExceed(1 << 20));
    CHECK(m.memory.wouldExceed(~std::uint64_t(0)));
    CHECK(m.memory.wouldExceed(std::uint64_t(1) << 40, std::uint64_t(1) << 40));
    CHECK_FALSE(m.memory.wouldExceed(std::uint64_t(1) << 40, 0));
    CHECK_THROWS_AS(m.memory.malloc(3 << 20, kObject), LimitReached);
    CHECK_THROWS_AS(m.memory.malloc(~std::uint64_t(0), kObject), LimitReached);
    CHECK_THROWS_AS(m.memory.calloc(std::uint64_t(1) << 40, std::uint64_t(1) << 40, kObject), LimitReached);
    CHECK_THROWS_AS(m.memory.realloc(a, std::uint64_t(1) << 62), LimitReached);
    CHECK(m.recorder.position() == before);
    CHECK(m.place(a) == "raw");
    CHECK(problems(m) == "");
}

TEST_CASE("an address that no block starts at is a bug of the caller")
{
    Machine m;
    const Address a = m.memory.malloc(64, kObject);
    m.memory.free(Address());   // NULL does nothing
    CHECK_THROWS_AS(m.memory.free(a + 16), InternalError);
    CHECK_THROWS_AS(m.memory.realloc(Address(1), 5), InternalError);
    m.memory.free(a);
    CHECK_THROWS_AS(m.memory.free(a), InternalError);
}

TEST_CASE("the sums of the statistics are all bytes of all arenas")
{
    for (const char *profile : {"classic", "3.13"}) {
        CAPTURE(profile);
        Machine m(profile, MemorySteps::None);
        CHECK(heapStatistics(m.heap()).sum() == 0);
        std::vector<Address> blocks;
        for (std::uint32_t i = 0; i < 9000; ++i)
            blocks.push_back(m.memory.malloc(1 + i * 7 % 512, kObject));
        for (std::size_t i = 0; i < blocks.size(); i += 3)
            m.memory.free(blocks[i]);
        const HeapStatistics s = heapStatistics(m.heap());
        CHECK(s.arenasNow > 1);
        CHECK(s.bytesInArenas == s.arenasNow * m.heap().arenaSize);
        CHECK(s.sum() == s.bytesInArenas);
        CHECK(s.classes.size() == 512 / m.heap().alignment);
        CHECK(s.bytesRequested == m.heap().totals.bytesRequested);
        CHECK(s.bytesAllocated == m.heap().totals.bytesInBlocks);
        CHECK(s.roundingWaste() > 0);
        CHECK(s.roundingWaste() < s.classes.size() * s.bytesAllocated);
        CHECK(s.bytesAlignment == (m.heap().alignment == 8 ? 0 : s.arenasNow * 16384));
        CHECK(s.overheadRatio() > 0);
        CHECK(s.overheadRatio() < 1);
    }
}

TEST_CASE("blocks per pool are those CPython's statistics print")
{
    HeapState modern;
    HeapState classic;
    classic.alignment = 8, classic.poolSize = 4096, classic.arenaSize = 256 * 1024;
    CHECK(modern.capacity(0) == 1021);
    CHECK(modern.capacity(3) == 255);
    CHECK(modern.capacity(31) == 31);
    CHECK(classic.capacity(0) == 506);
    CHECK(classic.capacity(7) == 63);
    CHECK(classic.capacity(63) == 7);
}
