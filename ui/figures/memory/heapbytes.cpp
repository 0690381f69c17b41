#include "ui/figures/memory/heapbytes.h"

#include <algorithm>

namespace pyrena {

namespace {

// All but what is inside allocated blocks. Returns whether the pool has any.
bool addPoolOutline(FragmentationBytes &bytes, const HeapState &heap, PoolId id)
{
    switch (heap.poolState(id)) {
    case PoolState::Untouched: bytes.untouchedPools += heap.poolSize; return false;
    case PoolState::Empty: bytes.emptyPools += heap.poolSize; return false;
    case PoolState::Used: case PoolState::Full: break;
    }
    const Pool &pool = heap.pools[id.value];
    const std::uint64_t size = heap.blockSize(pool.sizeClass), capacity = heap.capacity(pool.sizeClass);
    bytes.poolHeaders += kPoolHeaderSize;
    bytes.poolTails += heap.poolSize - kPoolHeaderSize - capacity * size;
    const std::uint64_t carved = std::min<std::uint64_t>((pool.nextOffset - kPoolHeaderSize) / size, capacity);
    bytes.untouchedBlocks += (capacity - carved) * size;
    bytes.freeBlocks += (carved - pool.blocksInUse) * size;
    return true;
}

} // namespace

FragmentationBytes arenaBytes(const HeapState &heap, ArenaSlot slot)
{
    FragmentationBytes bytes;
    const Arena &arena = heap.arenas[slot.value];
    if (!arena.address)
        return bytes;
    for (std::uint32_t i = 0; i < arena.nTotalPools; ++i) {
        const PoolId id(slot.value * kPoolsPerArena + i);
        if (!addPoolOutline(bytes, heap, id))
            continue;
        const std::uint32_t sizeClass = heap.pools[id.value].sizeClass, size = heap.blockSize(sizeClass);
        for (std::uint32_t b = 0, offset = kPoolHeaderSize; b < heap.capacity(sizeClass); ++b, offset += size) {
            const std::uint32_t index = heap.blockIndex(id, offset);
            if (heap.blockStates[index] != static_cast<std::uint8_t>(BlockState::Allocated))
                continue;
            bytes.requested += heap.blocks[index].request;
            bytes.rounding += size - heap.blocks[index].request;
        }
    }
    bytes.alignment = heap.arenaSize - std::uint64_t(arena.nTotalPools) * heap.poolSize;
    return bytes;
}

FragmentationBytes heapBytes(const HeapState &heap)
{
    // From the counters, not block by block: this is asked for at every step of heaps of a million blocks.
    FragmentationBytes bytes;
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot) {
        const Arena &arena = heap.arenas[slot];
        if (!arena.address)
            continue;
        for (std::uint32_t i = 0; i < arena.nTotalPools; ++i)
            addPoolOutline(bytes, heap, PoolId(slot * kPoolsPerArena + i));
        bytes.alignment += heap.arenaSize - std::uint64_t(arena.nTotalPools) * heap.poolSize;
    }
    std::uint64_t raw = 0;
    for (RawBlockId id = heap.firstRawBlock; id; id = heap.rawBlocks[id.value].next)
        raw += heap.rawBlocks[id.value].request;
    bytes.requested = heap.totals.bytesRequested - raw;
    bytes.rounding = heap.totals.bytesInBlocks - bytes.requested;
    return bytes;
}

} // namespace pyrena
