#pragma once

// What the wrong rules of Mistake do to a heap. Used in instantiations of tests only.

#include "core/world/heapstate.h"

#include <algorithm>

namespace pyrena::mistakes {

inline Block &blockAt(HeapState &h, PoolId pool, std::uint32_t offset)
{
    return h.blocks[h.blockIndex(pool, offset)];
}

inline void setFree(HeapState &h, PoolId pool, std::uint32_t offset)
{
    h.blockStates[h.blockIndex(pool, offset)] = static_cast<std::uint8_t>(BlockState::Free);
}

inline std::uint16_t endOfChain(HeapState &h, PoolId pool)
{
    std::uint16_t offset = h.pools[pool.value].freeBlock;
    while (offset != 0 && blockAt(h, pool, offset).nextFree != 0)
        offset = blockAt(h, pool, offset).nextFree;
    return offset;
}

inline void carveAnotherAhead(HeapState &h, PoolId id)
{
    Pool &pool = h.pools[id.value];
    if (pool.nextOffset > pool.maxNextOffset)
        return;
    blockAt(h, id, endOfChain(h, id)).nextFree = pool.nextOffset;
    setFree(h, id, pool.nextOffset);
    pool.nextOffset = static_cast<std::uint16_t>(pool.nextOffset + h.blockSize(pool.sizeClass));
}

inline void startBlocksAt(HeapState &h, PoolId id, std::uint16_t header)
{
    Pool &pool = h.pools[id.value];
    pool.freeBlock = header;
    pool.nextOffset = static_cast<std::uint16_t>(header + h.blockSize(pool.sizeClass));
    setFree(h, id, header);
}

inline void moveHeadOfChainToEnd(HeapState &h, PoolId id)
{
    Pool &pool = h.pools[id.value];
    const std::uint16_t head = pool.freeBlock, end = endOfChain(h, id);
    if (head == end)
        return;
    pool.freeBlock = blockAt(h, id, head).nextFree;
    blockAt(h, id, head).nextFree = 0;
    blockAt(h, id, end).nextFree = head;
}

inline void moveUsedPoolToBack(HeapState &h, PoolId id)
{
    Pool &pool = h.pools[id.value];
    PoolId last = id;
    while (h.pools[last.value].nextPool)
        last = h.pools[last.value].nextPool;
    if (last == id)
        return;
    h.usedPools[pool.sizeClass] = pool.nextPool;   // it was linked at the front a moment ago
    h.pools[pool.nextPool.value].prevPool = {};
    h.pools[last.value].nextPool = id;
    pool.prevPool = last;
    pool.nextPool = {};
}

inline void moveHeadOfFreePoolsToEnd(HeapState &h, ArenaSlot slot)
{
    Arena &arena = h.arenas[slot.value];
    const PoolId head = arena.freePools;
    PoolId last = head;
    while (h.pools[last.value].nextPool)
        last = h.pools[last.value].nextPool;
    if (last == head)
        return;
    arena.freePools = h.pools[head.value].nextPool;
    h.pools[head.value].nextPool = {};
    h.pools[last.value].nextPool = head;
}

inline PoolId &hiddenFreePools()
{
    static PoolId hidden;
    return hidden;
}

inline void hideFreePoolsBehindUntouched(HeapState &h, ArenaSlot slot)
{
    Arena &arena = h.arenas[slot.value];
    hiddenFreePools() = {};
    if (arena.nextUntouched < arena.nTotalPools)
        std::swap(hiddenFreePools(), arena.freePools);
}

inline void showFreePoolsAgain(HeapState &h, ArenaSlot slot)
{
    if (hiddenFreePools())
        std::swap(hiddenFreePools(), h.arenas[slot.value].freePools);
}

// All untouched pools become empty ones, the highest first; their headers stay as never written.
inline void carveFromTheTop(HeapState &h, ArenaSlot slot)
{
    Arena &arena = h.arenas[slot.value];
    if (arena.freePools)
        return;
    for (; arena.nextUntouched < arena.nTotalPools; ++arena.nextUntouched) {
        const PoolId pool(slot.value * kPoolsPerArena + arena.nextUntouched);
        h.pools[pool.value].nextPool = arena.freePools;
        arena.freePools = pool;
    }
}

inline void giveAllPools(HeapState &h, ArenaSlot slot)
{
    Arena &arena = h.arenas[slot.value];
    arena.nTotalPools = arena.nFreePools = kPoolsPerArena;
}

inline ArenaSlot lastUsableArena(const HeapState &h)
{
    ArenaSlot last = h.usableArenas;
    while (h.arenas[last.value].nextArena)
        last = h.arenas[last.value].nextArena;
    return last;
}

inline ArenaSlot lowestUsableArena(const HeapState &h)
{
    ArenaSlot lowest = h.usableArenas;
    for (ArenaSlot slot = lowest; slot; slot = h.arenas[slot.value].nextArena)
        if (h.arenas[slot.value].address < h.arenas[lowest.value].address)
            lowest = slot;
    return lowest;
}

inline void lowestDescriptorToTop(HeapState &h)
{
    ArenaSlot lowest = h.unusedArenaObjects;
    for (ArenaSlot slot = lowest; slot; slot = h.arenas[slot.value].nextArena)
        lowest = std::min(lowest, slot);
    if (lowest == h.unusedArenaObjects)
        return;
    ArenaSlot before = h.unusedArenaObjects;
    while (h.arenas[before.value].nextArena != lowest)
        before = h.arenas[before.value].nextArena;
    h.arenas[before.value].nextArena = h.arenas[lowest.value].nextArena;
    h.arenas[lowest.value].nextArena = h.unusedArenaObjects;
    h.unusedArenaObjects = lowest;
}

inline bool hasOtherFreeArena(const HeapState &h, ArenaSlot self)
{
    for (std::uint32_t slot = 0; slot < h.arenas.size(); ++slot)
        if (h.arenas[slot].address && slot != self.value && h.arenas[slot].nFreePools == h.arenas[slot].nTotalPools)
            return true;
    return false;
}

// Whether an arena would stand to the right of this one after sorting: one with at least as many free pools.
inline bool hasArenaWithMoreFreePools(const HeapState &h, ArenaSlot self, std::uint32_t before)
{
    for (std::uint32_t slot = 0; slot < h.arenas.size(); ++slot)
        if (h.arenas[slot].address && slot != self.value && h.arenas[slot].nFreePools > before)
            return true;
    return false;
}

inline void moveArenaBehind(HeapState &h, ArenaSlot slot, ArenaSlot target)
{
    if (slot == target)
        return;
    Arena &arena = h.arenas[slot.value];
    (arena.prevArena ? h.arenas[arena.prevArena.value].nextArena : h.usableArenas) = arena.nextArena;
    if (arena.nextArena)
        h.arenas[arena.nextArena.value].prevArena = arena.prevArena;
    arena.prevArena = target;
    arena.nextArena = h.arenas[target.value].nextArena;
    if (arena.nextArena)
        h.arenas[arena.nextArena.value].prevArena = slot;
    h.arenas[target.value].nextArena = slot;
}

} // namespace pyrena::mistakes
