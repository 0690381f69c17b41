#pragma once

#include "core/world/heapstate.h"

#include <cstdint>

namespace pyrena {

// Where the bytes that were reserved from the operating system go. The parts add up to the whole, as in
// sys._debugmallocstats(), which lumps rounding together with what was asked for and free with untouched pools.
struct FragmentationBytes
{
    std::uint64_t requested = 0;       // asked for, in allocated blocks
    std::uint64_t rounding = 0;        // up to the size class, in the same blocks
    std::uint64_t freeBlocks = 0;      // of pools in use; with the untouched ones CPython's available blocks
    std::uint64_t untouchedBlocks = 0; // never carved, of pools in use
    std::uint64_t poolHeaders = 0;     // of pools in use
    std::uint64_t poolTails = 0;       // behind the last block of pools in use (CPython: quantization)
    std::uint64_t emptyPools = 0;      // on a freepools chain
    std::uint64_t untouchedPools = 0;  // never carved
    std::uint64_t alignment = 0;       // the pool that an unaligned arena loses

    std::uint64_t sum() const
    {
        return requested + rounding + freeBlocks + untouchedBlocks + poolHeaders + poolTails + emptyPools + untouchedPools + alignment;
    }
    friend bool operator==(const FragmentationBytes &, const FragmentationBytes &) = default;
};

// The sum is arenaSize for an arena in use and 0 for an unused descriptor.
FragmentationBytes arenaBytes(const HeapState &heap, ArenaSlot slot);
// The sum is arenasNow * arenaSize.
FragmentationBytes heapBytes(const HeapState &heap);

} // namespace pyrena
