#pragma once

#include "core/world/heapstate.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace pyrena {

// What sys._debugmallocstats() prints. Pools without a block in use count as unused, whatever their class was.
struct HeapStatistics
{
    struct SizeClass
    {
        std::uint32_t sizeClass = 0;
        std::uint32_t size = 0;            // of a block
        std::uint64_t pools = 0;           // with a block in use
        std::uint64_t used = 0;            // blocks
        std::uint64_t available = 0;       // blocks of those pools that are free or untouched
        std::uint64_t untouched = 0;       // not in CPython's table: of the available ones, those never carved
        std::uint64_t bytesRequested = 0;  // not in CPython's table: what was asked for in the used blocks
    };
    std::vector<SizeClass> classes;        // only those with a pool, ascending

    std::uint64_t arenasEver = 0, arenasReleased = 0, arenasHighWater = 0, arenasNow = 0;
    std::uint64_t unusedPools = 0;         // empty or never carved
    std::uint64_t untouchedPools = 0;      // of these, those never carved

    // The six sums CPython prints; together they are all bytes of all arenas.
    std::uint64_t bytesAllocated = 0;      // in used blocks, rounded up to their class
    std::uint64_t bytesAvailable = 0;      // in the available blocks
    std::uint64_t bytesUnusedPools = 0;
    std::uint64_t bytesPoolHeaders = 0;    // of pools with a block in use
    std::uint64_t bytesQuantization = 0;   // tails of those pools that are too short for a block
    std::uint64_t bytesAlignment = 0;      // one pool for each unaligned arena

    std::uint64_t bytesRequested = 0;      // in pools, as asked for; the difference to bytesAllocated is rounding waste
    std::uint64_t bytesInArenas = 0;

    std::uint64_t sum() const
    {
        return bytesAllocated + bytesAvailable + bytesUnusedPools + bytesPoolHeaders + bytesQuantization + bytesAlignment;
    }
    std::uint64_t roundingWaste() const { return bytesAllocated - bytesRequested; }   // internal fragmentation
    // Bytes of arenas nobody can use for what was asked: everything but the requests. In [0, 1]; 0 without arenas.
    double overheadRatio() const
    {
        return bytesInArenas == 0 ? 0 : 1 - static_cast<double>(bytesRequested) / static_cast<double>(bytesInArenas);
    }
};

// The bytes asked for are a sweep over all blocks. Who follows them change by change passes them by PoolId, as requestedIn()
// counts them; then only pool headers are looked at.
HeapStatistics heapStatistics(const HeapState &heap, std::span<const std::uint32_t> requestedByPool = {});
std::uint32_t requestedIn(const HeapState &heap, PoolId pool);   // asked for, in the blocks in use of one pool

// Hash of the whole state of the arenas, as the H lines of recordings have it: FNV-1a over 32-bit values.
std::uint64_t heapHash(const HeapState &heap);
// The same where the links of free blocks are kept elsewhere: nextFree(HeapState::blockIndex()).
std::uint64_t heapHash(const HeapState &heap, const std::function<std::uint16_t(std::uint32_t)> &nextFree);

// Slots of the arenas in use, in the order they were made.
std::vector<ArenaSlot> arenasByOrdinal(const HeapState &heap);

} // namespace pyrena
