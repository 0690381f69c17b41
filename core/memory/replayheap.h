#pragma once

#include "core/base/verify.h"
#include "core/memory/committer.h"
#include "core/memory/rawheap.h"

#include <cstdint>

namespace pyrena {

// A heap that is replayed without history, when nobody looks at blocks one by one. Of a block taken or freed only what the rules
// themselves read is kept up, which is what CPython keeps: the pool's header and the link in a free block. Tenants, requests,
// block states, pages and totals of blocks are not; all other changes are those of redo(). Step between classes and pool size
// are known to the compiler, and being a type of its own the rules are compiled into the replay's loop.
template <std::uint32_t kStep, std::uint32_t kPool>
class ReplayHeap
{
public:
    static constexpr bool kHasSteps = false;
    static constexpr std::uint32_t kAlignment = kStep, kPoolSize = kPool;   // read by the rules

    explicit ReplayHeap(const AllocatorProfile &profile) : m_direct(profile) {}

    const HeapState &heap() const { return m_direct.heap(); }
    template <class C>
    void commit(const C &change) { m_direct.commit(change); }
    void commit(const change::BlockTaken &change)
    {
        Pool &pool = m_direct.mutableHeap().pools[change.pool.value];
        pool.freeBlock = change.freeBlockAfter;
        pool.nextOffset = change.nextOffsetAfter;
        ++pool.blocksInUse;
    }
    void commit(const change::BlockFreed &change)
    {
        HeapState &state = m_direct.mutableHeap();
        state.blocks[change.pool.value * (kPool / kStep) + change.offset / kStep].nextFree = change.freeBlockBefore;
        Pool &pool = state.pools[change.pool.value];
        pool.freeBlock = change.offset;
        --pool.blocksInUse;
    }
    void commit(const change::BlockResized &) {}

private:
    DirectHeap m_direct;
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
