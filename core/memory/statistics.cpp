#include "core/memory/statistics.h"

#include <algorithm>
#include <array>

namespace pyrena {

std::uint32_t requestedIn(const HeapState &heap, PoolId id)
{
    const Pool &pool = heap.pools[id.value];
    if (pool.sizeClass == kNoSizeClass)
        return 0;
    const std::uint32_t size = heap.blockSize(pool.sizeClass);
    std::uint32_t sum = 0;
    for (std::uint32_t offset = kPoolHeaderSize; offset < pool.nextOffset; offset += size)
        sum += heap.blocks[heap.blockIndex(id, offset)].request;   // 0 in free blocks
    return sum;
}

HeapStatistics heapStatistics(const HeapState &heap, std::span<const std::uint32_t> requestedByPool)
{
    HeapStatistics s;
    std::array<HeapStatistics::SizeClass, kMaxSizeClasses> classes{};
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot) {
        const Arena &arena = heap.arenas[slot];
        if (!arena.address)
            continue;
        s.bytesInArenas += heap.arenaSize;
        s.bytesAlignment += arena.excess == 0 ? 0 : heap.poolSize;
        s.unusedPools += arena.nTotalPools - arena.nextUntouched;
        s.untouchedPools += arena.nTotalPools - arena.nextUntouched;
        for (std::uint32_t index = 0; index < arena.nextUntouched; ++index) {
            const PoolId id(slot * kPoolsPerArena + index);
            const Pool &pool = heap.pools[id.value];
            if (pool.blocksInUse == 0) {
                ++s.unusedPools;
                continue;
            }
            HeapStatistics::SizeClass &row = classes[pool.sizeClass];
            ++row.pools;
            row.used += pool.blocksInUse;
            const std::uint32_t size = heap.blockSize(pool.sizeClass);
            row.untouched += (pool.maxNextOffset + size - pool.nextOffset) / size;
            row.bytesRequested += requestedByPool.empty() ? requestedIn(heap, id) : requestedByPool[id.value];
        }
    }
    for (std::uint32_t c = 0; c < kMaxSizeClasses; ++c) {
        HeapStatistics::SizeClass &row = classes[c];
        if (row.pools == 0)
            continue;
        const std::uint64_t capacity = heap.capacity(c);
        row.sizeClass = c;
        row.size = heap.blockSize(c);
        row.available = capacity * row.pools - row.used;
        s.bytesAllocated += row.used * row.size;
        s.bytesAvailable += row.available * row.size;
        s.bytesPoolHeaders += row.pools * kPoolHeaderSize;
        s.bytesQuantization += row.pools * (heap.poolSize - kPoolHeaderSize - capacity * row.size);
        s.bytesRequested += row.bytesRequested;
        s.classes.push_back(row);
    }
    s.bytesUnusedPools = s.unusedPools * heap.poolSize;
    s.arenasEver = heap.totals.arenasEver;
    s.arenasReleased = heap.totals.arenasReleased;
    s.arenasHighWater = heap.totals.arenasHighWater;
    s.arenasNow = heap.totals.arenasNow;
    return s;
}

std::vector<ArenaSlot> arenasByOrdinal(const HeapState &heap)
{
    std::vector<ArenaSlot> slots;
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot)
        if (heap.arenas[slot].address)
            slots.push_back(ArenaSlot(slot));
    std::sort(slots.begin(), slots.end(), [&](ArenaSlot a, ArenaSlot b) {
        return heap.arenas[a.value].ordinal < heap.arenas[b.value].ordinal;
    });
    return slots;
}

std::uint64_t heapHash(const HeapState &heap)
{
    return heapHash(heap, [&heap](std::uint32_t index) { return heap.blocks[index].nextFree; });
}

std::uint64_t heapHash(const HeapState &heap, const std::function<std::uint16_t(std::uint32_t)> &nextFree)
{
    std::uint64_t hash = 14695981039346656037ull;
    const auto mix = [&hash](std::uint32_t value) { hash = (hash ^ value) * 1099511628211ull; };
    for (const ArenaSlot slot : arenasByOrdinal(heap)) {
        const Arena &arena = heap.arenas[slot.value];
        mix(arena.ordinal);
        for (std::uint32_t index = 0; index < arena.nTotalPools; ++index) {
            const PoolId id(slot.value * kPoolsPerArena + index);
            const bool carved = index < arena.nextUntouched;
            const Pool &pool = heap.pools[id.value];
            mix(carved ? pool.blocksInUse : 0);
            mix(carved ? pool.sizeClass : 0);
            mix(carved ? pool.nextOffset : 0);
            mix(carved ? pool.maxNextOffset : 0);
            if (carved)
                for (std::uint32_t offset = pool.freeBlock; offset != 0; offset = nextFree(heap.blockIndex(id, offset)))
                    mix(offset);
            mix(0xffffffffu);
        }
    }
    return hash;
}

} // namespace pyrena
