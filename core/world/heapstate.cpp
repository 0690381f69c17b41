#include "core/world/heapstate.h"

namespace pyrena {

Address HeapState::poolAddress(PoolId pool) const
{
    const Arena &arena = arenas[arenaOf(pool).value];
    const std::uint32_t lead = arena.excess == 0 ? 0 : poolSize - arena.excess;
    return arena.address + lead + std::uint64_t(indexInArena(pool)) * poolSize;
}

std::uint32_t HeapState::capacity(std::uint32_t sizeClass) const
{
    return (poolSize - kPoolHeaderSize) / blockSize(sizeClass);
}

PoolState HeapState::poolState(PoolId pool) const
{
    const Arena &arena = arenas[arenaOf(pool).value];
    if (!arena.address || indexInArena(pool) >= arena.nextUntouched)
        return PoolState::Untouched;
    const Pool &p = pools[pool.value];
    if (p.blocksInUse == 0)
        return PoolState::Empty;
    return p.blocksInUse == capacity(p.sizeClass) ? PoolState::Full : PoolState::Used;
}

std::uint64_t HeapState::rawResident() const
{
    return (rawTouchedEnd - kRawHeapStart + kPageSize - 1) >> kPageShift << kPageShift;
}

bool HeapState::isResident(Address address) const
{
    if (address >= kRawHeapStart && address < rawHeapEnd)
        return address - kRawHeapStart < rawResident();
    for (std::uint32_t slot = 0; slot < arenas.size(); ++slot) {
        const Arena &arena = arenas[slot];
        if (!arena.address || address < arena.address || address >= arena.address + arenaSize)
            continue;
        const std::uint32_t lead = arena.excess == 0 ? 0 : poolSize - arena.excess;
        const std::uint64_t inside = address - arena.address;
        if (inside < lead)
            return false;
        const std::uint64_t index = (inside - lead) / poolSize;
        return index < arena.nTotalPools
            && (inside - lead) % poolSize >> kPageShift < pools[slot * kPoolsPerArena + index].residentPages;
    }
    return false;
}

HeapState::Place HeapState::find(Address address) const
{
    for (std::uint32_t slot = 0; slot < arenas.size(); ++slot) {
        const Arena &arena = arenas[slot];
        if (!arena.address || address < arena.address || address >= arena.address + arenaSize)
            continue;
        const std::uint32_t lead = arena.excess == 0 ? 0 : poolSize - arena.excess;
        const std::uint64_t inside = address - arena.address;
        if (inside < lead)
            return {};
        const auto index = static_cast<std::uint32_t>((inside - lead) / poolSize);
        const auto offset = static_cast<std::uint32_t>((inside - lead) % poolSize);
        if (index >= arena.nextUntouched || offset < kPoolHeaderSize)
            return {};
        const PoolId pool(slot * kPoolsPerArena + index);
        const std::uint32_t size = blockSize(pools[pool.value].sizeClass);
        return {pool, kPoolHeaderSize + (offset - kPoolHeaderSize) / size * size};
    }
    return {};
}

} // namespace pyrena
