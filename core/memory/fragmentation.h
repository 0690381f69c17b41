#pragma once

#include "core/world/heapstate.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pyrena {

// Where the bytes of the arenas and of the raw heap are. Every byte is in exactly one part.
struct Fragmentation
{
    // Of the pools of one class that have a block in use.
    struct SizeClass
    {
        std::uint32_t sizeClass = 0;
        std::uint32_t blockSize = 0;
        std::uint64_t pools = 0;
        std::uint64_t requested = 0;         // asked for, in the blocks in use
        std::uint64_t rounding = 0;          // from there to the end of these blocks: internal fragmentation
        std::uint64_t headers = 0;
        std::uint64_t freeBlocks = 0;        // on a free chain: once used, or carved ahead
        std::uint64_t untouchedBlocks = 0;   // never carved
        std::uint64_t tails = 0;             // too short for a block (CPython: quantization)
        std::uint64_t sum() const { return requested + rounding + headers + freeBlocks + untouchedBlocks + tails; }
        friend bool operator==(const SizeClass &, const SizeClass &) = default;
    };
    std::vector<SizeClass> classes;          // ascending; only those with such a pool

    std::uint64_t requested = 0, rounding = 0, headers = 0, freeBlocks = 0, untouchedBlocks = 0, tails = 0;   // of all classes
    std::uint64_t emptyPools = 0;            // carved, no block in use: any class may take them
    std::uint64_t untouchedPools = 0;        // never carved
    std::uint64_t unaligned = 0;             // before the first and behind the last whole pool of an unaligned arena
    std::uint64_t inArenas() const
    {
        return requested + rounding + headers + freeBlocks + untouchedBlocks + tails + emptyPools + untouchedPools + unaligned;
    }

    std::uint64_t rawRequested = 0;
    std::uint64_t rawHeadersAndRounding = 0; // of the blocks in use
    std::uint64_t rawFree = 0;               // free blocks, their headers included
    std::uint64_t inRawHeap() const { return rawRequested + rawHeadersAndRounding + rawFree; }

    friend bool operator==(const Fragmentation &, const Fragmentation &) = default;
};

// A sweep over the blocks in use: fast enough for each moment shown, not for each change.
// `requestedByPool`: as for heapStatistics(), for who asks at every step.
Fragmentation fragmentationOf(const HeapState &heap, std::span<const std::uint32_t> requestedByPool = {});

} // namespace pyrena
