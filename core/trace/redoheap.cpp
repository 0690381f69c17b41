// How changes of the allocator alter the heap's state. The rules that decide which change happens are in core/memory.
#include "core/trace/redo.h"
#include "core/trace/redopools.h"

#include "core/base/verify.h"

#include <algorithm>

namespace pyrena {

namespace {

// The raw heap is written up to `end`.
void touchRaw(HeapState &h, Address end)
{
    if (end <= h.rawTouchedEnd)
        return;
    h.totals.bytesResident -= h.rawResident();
    h.rawTouchedEnd = end;
    h.totals.bytesResident += h.rawResident();
}

Address endOf(const RawBlock &block)
{
    return block.address + block.size;
}

} // namespace

void clearBlocks(HeapState &h, PoolId id)
{
    const Pool &pool = h.pools[id.value];
    if (pool.sizeClass == kNoSizeClass)
        return;
    const std::uint32_t step = h.blockSize(pool.sizeClass) >> h.alignmentShift();
    const std::uint32_t end = h.blockIndex(id, pool.nextOffset);
    for (std::uint32_t index = h.blockIndex(id, kPoolHeaderSize); index < end; index += step) {
        h.blocks[index] = {};
        h.blockStates[index] = static_cast<std::uint8_t>(BlockState::Untouched);
    }
}

void redoChange(HeapState &h, const change::ArenaSlotsGrown &c)
{
    redoPoolsOnly(h, c);
    // Address space for as many arenas, so that the blocks of the next one need not be copied.
    h.blocks.reserve(h.pools.size() * h.unitsPerPool());
    h.blockStates.reserve(h.pools.size() * h.unitsPerPool());
}

void redoPoolsOnly(HeapState &h, const change::ArenaSlotsGrown &c)
{
    verify(h.arenas.size() == c.before, "arena descriptors diverged");
    h.arenas.resize(c.after);
    h.pools.resize(std::size_t(c.after) * kPoolsPerArena);
    // New descriptors follow in rising order: 16, 17, ... on top of the (empty) stack.
    for (std::uint32_t slot = c.after; slot-- > c.before;) {
        h.arenas[slot].nextArena = h.unusedArenaObjects;
        h.unusedArenaObjects = ArenaSlot(slot);
    }
}

void redoChange(HeapState &h, const change::ArenaMade &c)
{
    redoPoolsOnly(h, c);
    const std::size_t first = std::size_t(c.slot.value) * kPoolsPerArena;   // of its pools
    const std::size_t end = (first + kPoolsPerArena) * h.unitsPerPool();
    if (h.blocks.size() < end) {   // else an earlier arena had this slot and cleared its blocks when it went
        h.blocks.resize(end);
        h.blockStates.resize(end);
    }
}

void redoPoolsOnly(HeapState &h, const change::ArenaMade &c)
{
    verify(h.unusedArenaObjects == c.slot, "unused_arena_objects diverged");
    Arena &arena = h.arenas[c.slot.value];
    h.unusedArenaObjects = arena.nextArena;
    arena = {};
    arena.address = c.address;
    arena.ordinal = c.ordinal;
    arena.excess = static_cast<std::uint32_t>(c.address.value % h.poolSize);
    arena.nTotalPools = (h.arenaSize - (arena.excess == 0 ? 0 : h.poolSize)) / h.poolSize;
    arena.nFreePools = arena.nTotalPools;
    ++h.totals.arenasNow;
    ++h.totals.arenasEver;
    h.totals.arenasHighWater = std::max(h.totals.arenasHighWater, h.totals.arenasNow);
    h.totals.bytesReserved += h.arenaSize;
}

void redoChange(HeapState &h, const change::ArenaReleased &c)
{
    for (std::uint32_t index = 0; index < h.arenas[c.slot.value].nextUntouched; ++index)
        clearBlocks(h, PoolId(c.slot.value * kPoolsPerArena + index));
    redoPoolsOnly(h, c);
}

void redoPoolsOnly(HeapState &h, const change::ArenaReleased &c)
{
    Arena &arena = h.arenas[c.slot.value];
    verify(bool(arena.address) && arena.nFreePools == arena.nTotalPools, "released arena is not wholly free");
    for (std::uint32_t index = 0; index < arena.nextUntouched; ++index) {
        const PoolId id(c.slot.value * kPoolsPerArena + index);
        h.totals.bytesResident -= std::uint64_t(h.pools[id.value].residentPages) << kPageShift;
        h.pools[id.value] = {};
    }
    h.totals.bytesReserved -= h.arenaSize;
    arena = {};
    arena.nextArena = h.unusedArenaObjects;
    h.unusedArenaObjects = c.slot;
    --h.totals.arenasNow;
    ++h.totals.arenasReleased;
}

void redoChange(HeapState &h, const change::ArenaLinked &c)
{
    Arena &arena = h.arenas[c.slot.value];
    arena.prevArena = c.prev;
    arena.nextArena = c.next;
    ArenaSlot &forward = c.prev ? h.arenas[c.prev.value].nextArena : h.usableArenas;
    verify(forward == c.next, "usable_arenas diverged");
    forward = c.slot;
    if (c.next)
        h.arenas[c.next.value].prevArena = c.slot;
}

void redoChange(HeapState &h, const change::ArenaUnlinked &c)
{
    Arena &arena = h.arenas[c.slot.value];
    verify(arena.prevArena == c.prev && arena.nextArena == c.next, "usable_arenas diverged");
    (c.prev ? h.arenas[c.prev.value].nextArena : h.usableArenas) = c.next;
    if (c.next)
        h.arenas[c.next.value].prevArena = c.prev;
    arena.prevArena = arena.nextArena = ArenaSlot();
}

void redoChange(HeapState &h, const change::PoolTaken &c)
{
    Arena &arena = h.arenas[h.arenaOf(c.pool).value];
    verify(arena.nFreePools == c.nFreePoolsBefore && c.nFreePoolsBefore > 0, "nfreepools diverged");
    Pool &pool = h.pools[c.pool.value];
    if (c.carved) {
        verify(h.indexInArena(c.pool) == arena.nextUntouched, "pool_address diverged");
        ++arena.nextUntouched;
        touchPool(h, pool, kPoolHeaderSize);
    } else {
        verify(arena.freePools == c.pool, "freepools diverged");
        arena.freePools = pool.nextPool;
    }
    pool.nextPool = pool.prevPool = PoolId();
    --arena.nFreePools;
}

void redoChange(HeapState &h, const change::PoolReturned &c)
{
    Arena &arena = h.arenas[h.arenaOf(c.pool).value];
    Pool &pool = h.pools[c.pool.value];
    verify(arena.nFreePools == c.nFreePoolsBefore && pool.blocksInUse == 0, "returned pool is not empty");
    pool.nextPool = arena.freePools;
    pool.prevPool = PoolId();
    arena.freePools = c.pool;
    ++arena.nFreePools;
}

void redoChange(HeapState &h, const change::PoolInitialised &c)
{
    clearBlocks(h, c.pool);
    redoPoolsOnly(h, c);
    h.blockStates[h.blockIndex(c.pool, kPoolHeaderSize)] = static_cast<std::uint8_t>(BlockState::Free);
}

void redoPoolsOnly(HeapState &h, const change::PoolInitialised &c)
{
    Pool &pool = h.pools[c.pool.value];
    verify(pool.sizeClass == c.classBefore && pool.blocksInUse == 0, "pool header diverged");
    const std::uint32_t size = h.blockSize(c.classAfter);
    pool.sizeClass = c.classAfter;
    pool.freeBlock = kPoolHeaderSize;
    pool.nextOffset = static_cast<std::uint16_t>(kPoolHeaderSize + size);
    pool.maxNextOffset = static_cast<std::uint16_t>(h.poolSize - size);
}

void redoChange(HeapState &h, const change::PoolLinked &c)
{
    PoolId &head = h.usedPools[c.sizeClass];
    Pool &pool = h.pools[c.pool.value];
    pool.nextPool = head;
    pool.prevPool = PoolId();
    if (head)
        h.pools[head.value].prevPool = c.pool;
    head = c.pool;
}

void redoChange(HeapState &h, const change::PoolUnlinked &c)
{
    Pool &pool = h.pools[c.pool.value];
    PoolId &forward = pool.prevPool ? h.pools[pool.prevPool.value].nextPool : h.usedPools[c.sizeClass];
    verify(forward == c.pool, "usedpools diverged");
    forward = pool.nextPool;
    if (pool.nextPool)
        h.pools[pool.nextPool.value].prevPool = pool.prevPool;
    pool.nextPool = pool.prevPool = PoolId();
}

void redoChange(HeapState &h, const change::BlockResized &c)
{
    Block &block = h.blocks[h.blockIndex(c.pool, c.offset)];
    verify(block.request == c.requestBefore, "resized block diverged");
    h.totals.bytesRequested += c.requestAfter;
    h.totals.bytesRequested -= c.requestBefore;
    block.request = c.requestAfter;
}

void redoChange(HeapState &h, const change::TenantSet &c)
{
    Block &block = h.blocks[h.blockIndex(c.pool, c.offset)];
    verify(block.tenant == c.before, "tenant diverged");
    block.tenant = c.after;
}

void redoChange(HeapState &h, const change::RawTaken &c)
{
    RawBlock &block = h.rawBlocks[c.block.value];
    verify(block.free && c.request > 0, "raw block diverged");
    block.free = false;
    block.request = c.request;
    block.tenant = c.tenant;
    ++h.totals.rawBlocksInUse;
    h.totals.bytesRequested += c.request;
    h.totals.bytesInRawBlocks += block.size;
    touchRaw(h, endOf(block));
}

void redoChange(HeapState &h, const change::RawFreed &c)
{
    RawBlock &block = h.rawBlocks[c.block.value];
    verify(!block.free && block.tenant == c.tenant, "raw block diverged");
    --h.totals.rawBlocksInUse;
    h.totals.bytesRequested -= block.request;
    h.totals.bytesInRawBlocks -= block.size;
    block.free = true;
    block.request = 0;
    block.tenant = Tenant();
}

// A block in use splits when realloc shrinks it and absorbs its neighbour when realloc grows it where it is.
void redoChange(HeapState &h, const change::RawSplit &c)
{
    if (h.rawBlocks.size() <= c.rest.value)
        h.rawBlocks.resize(std::size_t(c.rest.value) + 1);
    RawBlock &block = h.rawBlocks[c.block.value];
    RawBlock &rest = h.rawBlocks[c.rest.value];
    verify(block.size > c.size && rest.size == 0, "raw split diverged");
    rest = {block.address + c.size, block.size - c.size, 0, Tenant(), c.block, block.next, true};
    (block.next ? h.rawBlocks[block.next.value].prev : h.lastRawBlock) = c.rest;
    block.next = c.rest;
    block.size = c.size;
    touchRaw(h, rest.address + kRawHeaderSize);
    if (!block.free)
        h.totals.bytesInRawBlocks -= rest.size;
}

void redoChange(HeapState &h, const change::RawMerged &c)
{
    RawBlock &block = h.rawBlocks[c.block.value];
    RawBlock &gone = h.rawBlocks[c.gone.value];
    verify(gone.free && block.next == c.gone, "raw merge diverged");
    block.size += gone.size;
    block.next = gone.next;
    (gone.next ? h.rawBlocks[gone.next.value].prev : h.lastRawBlock) = c.block;
    if (!block.free)
        h.totals.bytesInRawBlocks += gone.size;
    gone = {};
}

void redoChange(HeapState &h, const change::RawHeapGrown &c)
{
    if (h.rawBlocks.size() <= c.block.value)
        h.rawBlocks.resize(std::size_t(c.block.value) + 1);
    verify(h.rawBlocks[c.block.value].size == 0, "raw block diverged");
    const RawBlockId last = h.lastRawBlock;
    h.rawBlocks[c.block.value] = {h.rawHeapEnd, c.bytes, 0, Tenant(), last, RawBlockId(), true};
    (last ? h.rawBlocks[last.value].next : h.firstRawBlock) = c.block;
    h.lastRawBlock = c.block;
    h.rawHeapEnd = h.rawHeapEnd + c.bytes;
    h.totals.bytesReserved += c.bytes;
}

void redoChange(HeapState &h, const change::RawResized &c)
{
    RawBlock &block = h.rawBlocks[c.block.value];
    verify(!block.free && block.request == c.requestBefore, "raw block diverged");
    block.request = c.requestAfter;
    h.totals.bytesRequested += c.requestAfter;
    h.totals.bytesRequested -= c.requestBefore;
    touchRaw(h, endOf(block));
}

void redoChange(HeapState &h, const change::RawTenantSet &c)
{
    RawBlock &block = h.rawBlocks[c.block.value];
    verify(!block.free && block.tenant == c.before, "tenant of a raw block diverged");
    block.tenant = c.after;
}

} // namespace pyrena
