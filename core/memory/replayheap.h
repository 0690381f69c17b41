#pragma once

#include "core/base/verify.h"
#include "core/memory/committer.h"
#include "core/memory/rawheap.h"
#include "core/trace/redopools.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <type_traits>

namespace pyrena {

// A heap that is replayed without history, when nobody looks at blocks one by one. Of a block taken or freed only what the rules
// themselves read is kept up, which is what CPython keeps: the pool's header and the link in a free block. Tenants, requests,
// block states, pages and totals of blocks are not, and HeapState::blocks stays empty: filling it with zeros took 2 to 3 ns a
// request, and links alone need a quarter of the cache. All other changes are those of redo(). Step between classes and pool size
// are known to the compiler, and being a type of its own the rules are compiled into the replay's loop.
template <std::uint32_t kStep, std::uint32_t kPool>
class ReplayHeap
{
public:
    static constexpr bool kHasSteps = false;
    static constexpr std::uint32_t kAlignment = kStep, kPoolSize = kPool;   // read by the rules

    explicit ReplayHeap(const AllocatorProfile &profile) : m_direct(profile) {}

    const HeapState &heap() const { return m_direct.heap(); }
    std::uint16_t nextFree(std::uint32_t index) const { return m_links[index]; }   // index: HeapState::blockIndex()

    template <class C>
    void commit(const C &change)
    {
        if constexpr (requires(HeapState &state) { redoPoolsOnly(state, change); })
            redoPoolsOnly(m_direct.mutableHeap(), change);
        else
            m_direct.commit(change);
        if constexpr (std::is_same_v<C, change::ArenaSlotsGrown>)
            growLinks(change);
        if constexpr (std::is_same_v<C, change::PoolInitialised>)
            link(change.pool, kPoolHeaderSize) = 0;
    }
    void commit(const change::BlockTaken &change)
    {
        Pool &pool = m_direct.mutableHeap().pools[change.pool.value];
        pool.freeBlock = change.freeBlockAfter;
        pool.nextOffset = change.nextOffsetAfter;
        ++pool.blocksInUse;
        if (change.nextOffsetAfter != change.nextOffsetBefore)
            link(change.pool, change.nextOffsetBefore) = 0;   // carved ahead: the end of the chain
    }
    void commit(const change::BlockFreed &change)
    {
        link(change.pool, change.offset) = change.freeBlockBefore;
        Pool &pool = m_direct.mutableHeap().pools[change.pool.value];
        pool.freeBlock = change.offset;
        --pool.blocksInUse;
    }
    void commit(const change::BlockResized &) {}

private:
    static constexpr std::size_t kUnitsPerArena = std::size_t(kPoolsPerArena) * (kPool / kStep);

    std::uint16_t &link(PoolId pool, std::uint32_t offset) { return m_links[pool.value * (kPool / kStep) + offset / kStep]; }
    // Address space for all descriptors; what is never written takes no memory.
    void growLinks(const change::ArenaSlotsGrown &change)
    {
        auto grown = std::make_unique_for_overwrite<std::uint16_t[]>(change.after * kUnitsPerArena);
        std::copy_n(m_links.get(), change.before * kUnitsPerArena, grown.get());
        m_links = std::move(grown);
    }

    DirectHeap m_direct;
    std::unique_ptr<std::uint16_t[]> m_links;   // of free blocks, by HeapState::blockIndex()
};

extern template class BasicRawHeap<ReplayHeap<8, 4096>>;
extern template class BasicRawHeap<ReplayHeap<16, 4096>>;
extern template class BasicRawHeap<ReplayHeap<16, 16384>>;

// Calls `use` with the ReplayHeap for these numbers. Recordings have no others.
template <class Use>
auto withReplayHeap(const AllocatorProfile &profile, Use use)
{
    if (profile.alignment == 8 && profile.poolSize == 4096)
        return use(ReplayHeap<8, 4096>(profile));
    if (profile.alignment == 16 && profile.poolSize == 4096)
        return use(ReplayHeap<16, 4096>(profile));
    verify(profile.alignment == 16 && profile.poolSize == 16384, "a heap of another geometry than any recorded");
    return use(ReplayHeap<16, 16384>(profile));
}

} // namespace pyrena
