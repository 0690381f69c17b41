#pragma once

// The two changes of which a replay has millions, inline: see redo.h.
#include "core/base/verify.h"
#include "core/trace/change.h"
#include "core/world/heapstate.h"

namespace pyrena {

// The pool's first `end` bytes are written.
inline void touchPool(HeapState &h, Pool &pool, std::uint32_t end)
{
    const std::uint32_t pages = (end + kPageSize - 1) >> kPageShift;
    if (pages > pool.residentPages) [[unlikely]] {
        h.totals.bytesResident += std::uint64_t(pages - pool.residentPages) << kPageShift;
        pool.residentPages = static_cast<std::uint16_t>(pages);
    }
}

inline void redoChange(HeapState &h, const change::BlockTaken &c)
{
    Pool &pool = h.pools[c.pool.value];
    verify(pool.freeBlock == c.offset && pool.nextOffset == c.nextOffsetBefore, "free chain diverged");
    const std::uint32_t index = h.blockIndex(c.pool, c.offset);
    if (c.nextOffsetAfter != c.nextOffsetBefore)
        h.blockStates[h.blockIndex(c.pool, c.nextOffsetBefore)] = static_cast<std::uint8_t>(BlockState::Free);
    pool.freeBlock = c.freeBlockAfter;
    pool.nextOffset = c.nextOffsetAfter;
    ++pool.blocksInUse;
    h.blocks[index] = {0, c.request, c.tenant};
    h.blockStates[index] = static_cast<std::uint8_t>(BlockState::Allocated);
    ++h.totals.blocksInUse;
    h.totals.bytesRequested += c.request;
    const std::uint32_t size = h.blockSize(pool.sizeClass);
    h.totals.bytesInBlocks += size;
    touchPool(h, pool, c.nextOffsetAfter != c.nextOffsetBefore ? c.nextOffsetBefore + kFreeLinkSize : c.offset + size);
}

inline void redoChange(HeapState &h, const change::BlockFreed &c)
{
    Pool &pool = h.pools[c.pool.value];
    const std::uint32_t index = h.blockIndex(c.pool, c.offset);
    verify(pool.freeBlock == c.freeBlockBefore && h.blocks[index].tenant == c.tenant
               && h.blockStates[index] == static_cast<std::uint8_t>(BlockState::Allocated),
           "freed block diverged");
    --h.totals.blocksInUse;
    h.totals.bytesRequested -= h.blocks[index].request;
    h.totals.bytesInBlocks -= h.blockSize(pool.sizeClass);
    h.blocks[index] = {c.freeBlockBefore, 0, Tenant()};
    h.blockStates[index] = static_cast<std::uint8_t>(BlockState::Free);
    pool.freeBlock = c.offset;
    --pool.blocksInUse;
}

} // namespace pyrena
