// checkHeap must see damage: each test breaks one field of a sound heap.
#include "core/memory/allocatorprofiles.h"
#include "core/memory/obmalloc.h"
#include "core/world/heapinvariants.h"

#include <doctest/doctest.h>

#include <functional>

using namespace pyrena;

namespace {

HeapState soundHeap()
{
    const AllocatorProfile &profile = *findAllocatorProfile("3.13.0");
    BasicObmalloc<DirectHeap> memory(DirectHeap(profile), profile, 1 << 30);
    const Tenant tenant(TenantKind::Object, 1);
    std::vector<Address> blocks;
    for (std::uint32_t i = 0; i < 6000; ++i)
        blocks.push_back(memory.malloc(1 + i * 13 % 700, tenant));
    for (std::size_t i = 0; i < blocks.size(); i += 3)
        memory.free(blocks[i]);
    for (std::size_t i = 3000; i < blocks.size(); ++i)
        if (i % 3 != 0)
            memory.free(blocks[i]);
    return memory.heap();
}

PoolId firstPool(const HeapState &h, PoolState state)
{
    for (std::uint32_t p = 0; p < h.pools.size(); ++p)
        if (h.arenas[p / kPoolsPerArena].address && h.poolState(PoolId(p)) == state)
            return PoolId(p);
    return {};
}

} // namespace

TEST_CASE("a heap the allocator made is sound")
{
    const HeapState heap = soundHeap();
    REQUIRE(heap.totals.arenasNow >= 2);
    REQUIRE(bool(firstPool(heap, PoolState::Used)));
    REQUIRE(bool(firstPool(heap, PoolState::Empty)));
    REQUIRE(heap.totals.rawBlocksInUse > 0);
    const auto found = checkHeap(heap);
    CHECK_MESSAGE(found.empty(), found.front());
    CHECK(checkHeap(HeapState{}).empty());
}

TEST_CASE("each kind of damage is seen")
{
    const HeapState sound = soundHeap();
    const PoolId used = firstPool(sound, PoolState::Used), empty = firstPool(sound, PoolState::Empty);
    const ArenaSlot usable = sound.usableArenas;
    struct Damage
    {
        const char *name;
        std::function<void(HeapState &)> make;
    };
    const Damage damages[] = {
        {"a count", [&](HeapState &h) { ++h.pools[used.value].blocksInUse; }},
        {"a chain that ends early", [&](HeapState &h) { h.pools[used.value].freeBlock = 0; }},
        {"a chain that runs in a circle",
         [&](HeapState &h) {
             const std::uint16_t head = h.pools[used.value].freeBlock;
             h.blocks[h.blockIndex(used, head)].nextFree = head;
         }},
        {"a chain to nowhere", [&](HeapState &h) { h.pools[used.value].freeBlock = 5; }},
        {"a carve mark", [&](HeapState &h) { h.pools[used.value].nextOffset += 8; }},
        {"a carve mark before the blocks", [&](HeapState &h) { h.pools[used.value].nextOffset = 0; }},
        {"a last offset", [&](HeapState &h) { --h.pools[used.value].maxNextOffset; }},
        {"a size class", [&](HeapState &h) { h.pools[used.value].sizeClass ^= 1; }},
        {"no size class", [&](HeapState &h) { h.pools[used.value].sizeClass = kNoSizeClass; }},
        {"a used pool out of its list", [&](HeapState &h) { h.usedPools[h.pools[used.value].sizeClass] = {}; }},
        {"usedpools in a circle", [&](HeapState &h) { h.pools[used.value].nextPool = used; }},
        {"a pool of another arena in freepools", [&](HeapState &h) { h.pools[empty.value].nextPool = PoolId(63 + 15 * 64); }},
        {"freepools lost", [&](HeapState &h) { h.arenas[h.arenaOf(empty).value].freePools = {}; }},
        {"nfreepools", [&](HeapState &h) { ++h.arenas[usable.value].nFreePools; }},
        {"pool_address", [&](HeapState &h) { h.arenas[usable.value].nextUntouched += 1; }},
        {"excess", [&](HeapState &h) { h.arenas[usable.value].excess = 0; }},
        {"usable_arenas lost", [&](HeapState &h) { h.usableArenas = {}; }},
        {"usable_arenas in a circle", [&](HeapState &h) { h.arenas[usable.value].nextArena = usable; }},
        {"unused_arena_objects lost", [&](HeapState &h) { h.unusedArenaObjects = {}; }},
        {"an arena without its pools", [&](HeapState &h) { h.pools.pop_back(); }},
        {"a block state", [&](HeapState &h) { h.blockStates[h.blockIndex(used, h.pools[used.value].freeBlock)] = 2; }},
        {"a request larger than its block",
         [&](HeapState &h) {
             for (std::uint32_t i = 0; i < h.blocks.size(); ++i)
                 if (h.blockStates[i] == static_cast<std::uint8_t>(BlockState::Allocated)) {
                     h.blocks[i].request = 600;
                     return;
                 }
         }},
        {"a raw block's size", [&](HeapState &h) { h.rawBlocks[h.firstRawBlock.value].size += 16; }},
        {"the last raw block", [&](HeapState &h) { h.lastRawBlock = h.firstRawBlock; }},
        {"the program break", [&](HeapState &h) { h.rawHeapEnd = h.rawHeapEnd + 1; }},
        {"a raw block that is free but has a tenant",
         [&](HeapState &h) { h.rawBlocks[h.lastRawBlock.value].tenant = Tenant(TenantKind::Object, 1); }},
        {"pages of a pool", [&](HeapState &h) { h.pools[used.value].residentPages = 0; }},
        {"more pages than a pool has", [&](HeapState &h) { h.pools[used.value].residentPages = 5; }},
        {"a page of a pool never carved",
         [&](HeapState &h) { h.pools[usable.value * kPoolsPerArena + h.arenas[usable.value].nextUntouched].residentPages = 1; }},
        {"a page of an arena that is gone", [&](HeapState &h) { h.pools.back().residentPages = 1; }},
        {"pages of the raw heap", [&](HeapState &h) { h.rawTouchedEnd = kRawHeapStart; }},
        {"bytes reserved", [&](HeapState &h) { ++h.totals.bytesReserved; }},
        {"bytes resident", [&](HeapState &h) { ++h.totals.bytesResident; }},
        {"bytes requested", [&](HeapState &h) { ++h.totals.bytesRequested; }},
        {"bytes in blocks", [&](HeapState &h) { ++h.totals.bytesInBlocks; }},
        {"bytes in raw blocks", [&](HeapState &h) { ++h.totals.bytesInRawBlocks; }},
        {"blocks in use", [&](HeapState &h) { ++h.totals.blocksInUse; }},
        {"raw blocks in use", [&](HeapState &h) { ++h.totals.rawBlocksInUse; }},
        {"arenas now", [&](HeapState &h) { ++h.totals.arenasNow; }},
        {"high-water mark", [&](HeapState &h) { h.totals.arenasHighWater = 0; }},
    };
    for (const Damage &damage : damages) {
        HeapState heap = sound;
        damage.make(heap);
        CHECK_MESSAGE(!checkHeap(heap).empty(), damage.name);
    }
}

TEST_CASE("a wholly free arena is sound from 3.9 on, if it is the last, and never before")
{
    const AllocatorProfile &profile = *findAllocatorProfile("3.13.0");
    BasicObmalloc<DirectHeap> memory(DirectHeap(profile), profile, 1 << 30);
    memory.free(memory.malloc(64, Tenant(TenantKind::Object, 1)));
    CHECK(checkHeap(memory.heap(), FreeArenas::OnlyTheLast).empty());
    CHECK_FALSE(checkHeap(memory.heap(), FreeArenas::None).empty());
}
