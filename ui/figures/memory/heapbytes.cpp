#include "ui/figures/memory/heapbytes.h"

namespace pyrena {

FragmentationBytes &FragmentationBytes::operator+=(const FragmentationBytes &other)
{
    requested += other.requested;
    rounding += other.rounding;
    freeBlocks += other.freeBlocks;
    poolHeaders += other.poolHeaders;
    poolTails += other.poolTails;
    emptyPools += other.emptyPools;
    untouchedPools += other.untouchedPools;
    alignment += other.alignment;
    return *this;
}

FragmentationBytes arenaBytes(const HeapState &heap, ArenaSlot slot)
{
    FragmentationBytes bytes;
    const Arena &arena = heap.arenas[slot.value];
    if (!arena.address)
        return bytes;
    for (std::uint32_t i = 0; i < arena.nTotalPools; ++i) {
        const PoolId id(slot.value * kPoolsPerArena + i);
        switch (heap.poolState(id)) {
        case PoolState::Untouched:
            bytes.untouchedPools += heap.poolSize;
            continue;
        case PoolState::Empty:
            bytes.emptyPools += heap.poolSize;
            continue;
        case PoolState::Used: case PoolState::Full:
            break;
        }
        const Pool &pool = heap.pools[id.value];
        const std::uint32_t size = heap.blockSize(pool.sizeClass), capacity = heap.capacity(pool.sizeClass);
        bytes.poolHeaders += kPoolHeaderSize;
        bytes.poolTails += heap.poolSize - kPoolHeaderSize - capacity * size;
        for (std::uint32_t b = 0, offset = kPoolHeaderSize; b < capacity; ++b, offset += size) {
            const std::uint32_t index = heap.blockIndex(id, offset);
            if (heap.blockStates[index] != static_cast<std::uint8_t>(BlockState::Allocated)) {
                bytes.freeBlocks += size;
                continue;
            }
            bytes.requested += heap.blocks[index].request;
            bytes.rounding += size - heap.blocks[index].request;
        }
    }
    bytes.alignment = heap.arenaSize - std::uint64_t(arena.nTotalPools) * heap.poolSize;
    return bytes;
}

FragmentationBytes heapBytes(const HeapState &heap)
{
    FragmentationBytes bytes;
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot)
        bytes += arenaBytes(heap, ArenaSlot(slot));
    return bytes;
}

} // namespace pyrena
