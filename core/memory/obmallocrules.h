#pragma once

// The rules of obmalloc: definitions of BasicObmalloc's members. Included by obmalloc.cpp, which instantiates them, and by
// the test that breaks them one at a time. Evidence for each rule: replays of recorded interpreters without a difference.

#include "core/base/verify.h"
#include "core/memory/obmalloc.h"
#include "core/memory/obmallocmistakes.h"

#include <algorithm>
#include <string>

namespace pyrena {

// What happens for nearly every request is inlined into whoever makes requests (a replay has millions), the rest is kept out of it.

struct NoStep {};

// Step between classes and pool size, as constants where the committer has them.
template <class Committer>
struct Geometry
{
    explicit Geometry(const HeapState &heap)
    {
        if constexpr (!requires { Committer::kAlignment; }) {
            m_alignment = heap.alignment;
            m_poolSize = heap.poolSize;
        }
    }
    std::uint32_t alignment() const
    {
        if constexpr (requires { Committer::kAlignment; })
            return Committer::kAlignment;
        else
            return m_alignment;
    }
    std::uint32_t poolSize() const
    {
        if constexpr (requires { Committer::kPoolSize; })
            return Committer::kPoolSize;
        else
            return m_poolSize;
    }
    std::uint32_t sizeClassOf(std::uint32_t request) const { return (request - 1) >> std::countr_zero(alignment()); }
    std::uint32_t blockSize(std::uint32_t sizeClass) const { return (sizeClass + 1) * alignment(); }
    std::uint32_t blockIndex(PoolId pool, std::uint32_t offset) const
    {
        const int shift = std::countr_zero(alignment());
        return pool.value * (poolSize() >> shift) + (offset >> shift);
    }

private:
    std::uint32_t m_alignment = 0, m_poolSize = 0;
};

// The link in a free block.
template <class Committer>
std::uint16_t nextFree(const Committer &committer, std::uint32_t index)
{
    if constexpr (requires { committer.nextFree(index); })
        return committer.nextFree(index);
    else
        return committer.heap().blocks[index].nextFree;
}

// What is known of a block in use; nothing where the committer keeps no blocks.
template <class Committer>
Block blockInUse(const Committer &committer, std::uint32_t index)
{
    if constexpr (requires { committer.nextFree(index); })
        return {};
    else
        return committer.heap().blocks[index];
}

inline ObjectId subjectOf(Tenant tenant)
{
    const bool ofObject = tenant.kind() >= TenantKind::Object && tenant.kind() <= TenantKind::Values;
    return ofObject ? tenant.object() : ObjectId();
}

template <class Committer, Mistake mistake>
auto BasicObmalloc<Committer, mistake>::step(StepKind kind, Tenant tenant, std::uint64_t bytes)
{
    if constexpr (Committer::kHasSteps) {
        return m_committer.step(kind, subjectOf(tenant), bytes);
    } else {
        return NoStep{};
    }
}

// ---- taking a block -------------------------------------------------------------------------------------------------

template <class Committer, Mistake mistake>
[[gnu::always_inline]] inline MemoryBlock BasicObmalloc<Committer, mistake>::take(std::uint64_t bytes, Tenant tenant)
{
    if constexpr (mistake == Mistake::ZeroToSmallestClass) {
        if (bytes == 0)
            return takeFromClass(0, 1, tenant);
    }
    // 0 wraps around: a zero request goes to the raw heap, like those above the threshold.
    if (bytes - 1 >= m_profile.smallRequestThreshold)
        return takeRaw(bytes, tenant);
    [[maybe_unused]] const auto scope = step(StepKind::Allocation, tenant, bytes);
    const auto request = static_cast<std::uint16_t>(bytes);
    if constexpr (mistake == Mistake::ClassByFloor) {
        const std::uint32_t floor = request / heap().alignment;
        return takeFromClass(std::min(floor, m_profile.smallRequestThreshold / heap().alignment - 1), request, tenant);
    }
    return takeFromClass(Geometry<Committer>(heap()).sizeClassOf(request), request, tenant);
}

template <class Committer, Mistake mistake>
[[gnu::always_inline]] inline MemoryBlock BasicObmalloc<Committer, mistake>::takeFromClass(std::uint32_t sizeClass,
                                                                                          std::uint16_t request, Tenant tenant)
{
    PoolId pool = heap().usedPools[sizeClass];
    if (!pool) [[unlikely]]
        pool = takePool(sizeClass);

    const Pool &header = heap().pools[pool.value];
    const std::uint16_t offset = header.freeBlock;
    const std::uint16_t nextOffset = header.nextOffset;
    const Geometry<Committer> geometry(heap());
    std::uint16_t freeBlock = nextFree(m_committer, geometry.blockIndex(pool, offset));
    std::uint16_t nextOffsetAfter = nextOffset;
    bool full = false;
    if (freeBlock == 0) {
        // The chain ends here: exactly one untouched block is carved ahead, if there is one.
        if (nextOffset <= header.maxNextOffset) {
            freeBlock = nextOffset;
            nextOffsetAfter = static_cast<std::uint16_t>(nextOffset + geometry.blockSize(sizeClass));
        } else {
            full = true;
        }
    }
    commit(change::BlockTaken{pool, offset, request, tenant, freeBlock, nextOffset, nextOffsetAfter});
    if constexpr (mistake == Mistake::CarveTwoAhead) {
        if (nextOffsetAfter != nextOffset)
            mistakes::carveAnotherAhead(m_committer.mutableHeap(), pool);
    }
    if (full)
        commit(change::PoolUnlinked{pool, static_cast<std::uint16_t>(sizeClass)});
    return {pool, offset, {}};
}

// An empty pool of the first usable arena, else its next untouched one, becomes the only pool of the class.
template <class Committer, Mistake mistake>
[[gnu::noinline]] PoolId BasicObmalloc<Committer, mistake>::takePool(std::uint32_t sizeClass)
{
    [[maybe_unused]] const auto scope = step(StepKind::PoolCarve, {}, heap().blockSize(sizeClass));
    if (!heap().usableArenas)
        makeArena();
    ArenaSlot slot = heap().usableArenas;
    if constexpr (mistake == Mistake::ArenasByAddress)
        slot = mistakes::lowestUsableArena(heap());
    if constexpr (mistake == Mistake::MostFreeArenaFirst)
        slot = mistakes::lastUsableArena(heap());
    if constexpr (mistake == Mistake::FreshPoolsFirst)
        mistakes::hideFreePoolsBehindUntouched(m_committer.mutableHeap(), slot);
    if constexpr (mistake == Mistake::HighestPoolFirst)
        mistakes::carveFromTheTop(m_committer.mutableHeap(), slot);

    const Arena &arena = heap().arenas[slot.value];
    const bool carved = !arena.freePools;
    const PoolId pool = carved ? PoolId(slot.value * kPoolsPerArena + arena.nextUntouched) : arena.freePools;
    const std::uint32_t nFreePools = arena.nFreePools;
    commit(change::PoolTaken{pool, nFreePools, carved});
    if constexpr (mistake == Mistake::FreshPoolsFirst)
        mistakes::showFreePoolsAgain(m_committer.mutableHeap(), slot);

    // The first arena has the fewest free pools: nobody has nFreePools - 1 before, and it was alone with nFreePools if last.
    if (m_lastWithFreePools[nFreePools] == slot)
        m_lastWithFreePools[nFreePools] = {};
    if (nFreePools == 1)
        commit(change::ArenaUnlinked{slot, heap().arenas[slot.value].prevArena, heap().arenas[slot.value].nextArena});
    else
        m_lastWithFreePools[nFreePools - 1] = slot;

    // A pool that had this class before continues with its old chain.
    const std::uint16_t classBefore = heap().pools[pool.value].sizeClass;
    if (classBefore != sizeClass || mistake == Mistake::PoolAlwaysReset) {
        commit(change::PoolInitialised{pool, classBefore, static_cast<std::uint16_t>(sizeClass)});
        if constexpr (mistake == Mistake::Header32)
            mistakes::startBlocksAt(m_committer.mutableHeap(), pool, 32);
        if constexpr (mistake == Mistake::TwoFreeBlocksAtFirst) {
            mistakes::carveAnotherAhead(m_committer.mutableHeap(), pool);
            mistakes::carveAnotherAhead(m_committer.mutableHeap(), pool);
        }
    }
    commit(change::PoolLinked{pool, static_cast<std::uint16_t>(sizeClass)});
    return pool;
}

template <class Committer, Mistake mistake>
void BasicObmalloc<Committer, mistake>::makeArena()
{
    [[maybe_unused]] const auto scope = step(StepKind::ArenaNew, {}, heap().arenaSize);
    requireRoom(heap().arenaSize);
    if (!heap().unusedArenaObjects) {
        const auto before = static_cast<std::uint32_t>(heap().arenas.size());
        commit(change::ArenaSlotsGrown{before, before == 0 ? m_profile.initialArenaObjects : before * 2});
    }
    if constexpr (mistake == Mistake::LowestDescriptorFirst)
        mistakes::lowestDescriptorToTop(m_committer.mutableHeap());
    const ArenaSlot slot = heap().unusedArenaObjects;
    const Address address = nextArenaAddress();
    commit(change::ArenaMade{slot, heap().totals.arenasEver, address});
    if constexpr (mistake == Mistake::UnalignedArenaHas64Pools)
        mistakes::giveAllPools(m_committer.mutableHeap(), slot);
    m_arenaIndex.insert(address, slot);
    commit(change::ArenaLinked{slot, {}, {}});
    m_lastWithFreePools[heap().arenas[slot.value].nFreePools] = slot;
}

// The top-most gap below the first address that takes an arena with the excess asked for, else right below the lowest arena.
template <class Committer, Mistake mistake>
Address BasicObmalloc<Committer, mistake>::nextArenaAddress() const
{
    const std::uint64_t poolSize = heap().poolSize, arenaSize = heap().arenaSize;
    const std::uint64_t excess = m_arenaExcess ? m_arenaExcess(heap().totals.arenasEver) % poolSize
                                               : m_profile.firstArenaAddress % poolSize;
    const auto highestBelow = [&](std::uint64_t top) {
        const std::uint64_t base = top - arenaSize;
        return base - (base % poolSize + poolSize - excess) % poolSize;
    };
    std::uint64_t candidate = highestBelow(m_profile.firstArenaAddress + arenaSize);
    for (const std::uint64_t base : m_arenaIndex.bases()) {
        if (candidate >= base + arenaSize)
            break;
        candidate = highestBelow(base);
    }
    return Address(candidate);
}

template <class Committer, Mistake mistake>
[[gnu::noinline]] MemoryBlock BasicObmalloc<Committer, mistake>::takeRaw(std::uint64_t bytes, Tenant tenant)
{
    requireRoom(bytes);
    [[maybe_unused]] const auto scope = step(StepKind::Allocation, tenant, bytes);
    if constexpr (Committer::kHasSteps) {
        if (m_committer.opensSteps())
            commit(change::Noticed{change::NoticeKind::ServedByRaw, subjectOf(tenant), {}, static_cast<std::int64_t>(bytes)});
    }
    return {{}, 0, m_raw.take(bytes, tenant)};
}

// ---- giving a block back --------------------------------------------------------------------------------------------

template <class Committer, Mistake mistake>
[[gnu::always_inline]] inline void BasicObmalloc<Committer, mistake>::release(const MemoryBlock &block)
{
    if (block.inPool())
        releaseFromPool(block.pool, block.offset);
    else
        releaseRaw(block);
}

template <class Committer, Mistake mistake>
[[gnu::noinline]] void BasicObmalloc<Committer, mistake>::releaseRaw(const MemoryBlock &block)
{
    const RawBlock &raw = heap().rawBlocks[block.raw.value];
    [[maybe_unused]] const auto scope = step(StepKind::Release, raw.tenant, raw.request);
    m_raw.release(block.raw);
}

template <class Committer, Mistake mistake>
[[gnu::always_inline]] inline void BasicObmalloc<Committer, mistake>::releaseFromPool(PoolId pool, std::uint32_t offset)
{
    const Pool &header = heap().pools[pool.value];
    const Block block = blockInUse(m_committer, Geometry<Committer>(heap()).blockIndex(pool, offset));
    const std::uint16_t sizeClass = header.sizeClass;
    [[maybe_unused]] const auto scope = step(StepKind::Release, block.tenant, block.request);

    const std::uint16_t freeBlock = header.freeBlock;
    const bool wasFull = freeBlock == 0;
    const bool empties = header.blocksInUse == 1;
    commit(change::BlockFreed{pool, static_cast<std::uint16_t>(offset), freeBlock, block.tenant});
    if constexpr (mistake == Mistake::FifoFreeChain)
        mistakes::moveHeadOfChainToEnd(m_committer.mutableHeap(), pool);

    if (wasFull) {   // a pool holds at least 7 blocks, so it cannot become empty here
        commit(change::PoolLinked{pool, sizeClass});
        if constexpr (mistake == Mistake::FullPoolToBack)
            mistakes::moveUsedPoolToBack(m_committer.mutableHeap(), pool);
    } else if (empties) {
        commit(change::PoolUnlinked{pool, sizeClass});
        returnPool(pool);
    } else if constexpr (mistake == Mistake::UsedPoolToFront) {
        commit(change::PoolUnlinked{pool, sizeClass});
        commit(change::PoolLinked{pool, sizeClass});
    }
}

// An empty pool goes back to its arena; the arena may go back to the operating system.
template <class Committer, Mistake mistake>
[[gnu::noinline]] void BasicObmalloc<Committer, mistake>::returnPool(PoolId pool)
{
    const ArenaSlot slot = heap().arenaOf(pool);
    const std::uint32_t before = heap().arenas[slot.value].nFreePools;
    const std::uint32_t after = before + 1;
    commit(change::PoolReturned{pool, before});
    if constexpr (mistake == Mistake::FreedPoolToBack)
        mistakes::moveHeadOfFreePoolsToEnd(m_committer.mutableHeap(), slot);

    const Arena arena = heap().arenas[slot.value];
    bool keeps = m_profile.keepsLastArena && !arena.nextArena;
    if constexpr (mistake == Mistake::KeepSoleArenaOnly)
        keeps = m_profile.keepsLastArena && !arena.nextArena && !arena.prevArena;
    if constexpr (mistake == Mistake::CacheOneEmptyArena)
        keeps = !mistakes::hasOtherFreeArena(heap(), slot);
    if constexpr (mistake == Mistake::ReleaseJudgedAtNewPlace)
        keeps = m_profile.keepsLastArena && !mistakes::hasArenaWithMoreFreePools(heap(), slot, before);
    if (after == arena.nTotalPools && !keeps) {
        [[maybe_unused]] const auto scope = step(StepKind::ArenaGone, {}, heap().arenaSize);
        if (m_lastWithFreePools[before] == slot) {
            const bool alike = arena.prevArena && heap().arenas[arena.prevArena.value].nFreePools == before;
            m_lastWithFreePools[before] = alike ? arena.prevArena : ArenaSlot();
        }
        commit(change::ArenaUnlinked{slot, arena.prevArena, arena.nextArena});
        commit(change::ArenaReleased{slot, arena.ordinal});
        m_arenaIndex.erase(arena.address);
        return;
    }
    keepUsableArenasSorted(slot, before);
}

// usable_arenas stays sorted by free pools, ascending. The arena has one more than `before`.
template <class Committer, Mistake mistake>
void BasicObmalloc<Committer, mistake>::keepUsableArenasSorted(ArenaSlot slot, std::uint32_t before)
{
    const Arena arena = heap().arenas[slot.value];
    const ArenaSlot rightmost = m_lastWithFreePools[before];
    if (rightmost == slot) {
        const bool alike = arena.prevArena && heap().arenas[arena.prevArena.value].nFreePools == before;
        m_lastWithFreePools[before] = alike ? arena.prevArena : ArenaSlot();
    }
    const ArenaSlot lastAfter = m_lastWithFreePools[before + 1];
    if (!lastAfter)
        m_lastWithFreePools[before + 1] = slot;

    if (before == 0) {   // it was in no list
        commit(change::ArenaLinked{slot, {}, heap().usableArenas});
        if constexpr (mistake == Mistake::FullArenaToBack)
            mistakes::moveArenaBehind(m_committer.mutableHeap(), slot, mistakes::lastUsableArena(heap()));
    } else if (rightmost != slot) {
        // Directly behind the last with `before`, hence in front of those that already had one more.
        commit(change::ArenaUnlinked{slot, arena.prevArena, arena.nextArena});
        commit(change::ArenaLinked{slot, rightmost, heap().arenas[rightmost.value].nextArena});
    }
    if constexpr (mistake == Mistake::EqualArenasBehind) {
        if (before != 0 && lastAfter) {
            mistakes::moveArenaBehind(m_committer.mutableHeap(), slot, lastAfter);
            m_lastWithFreePools[before + 1] = slot;
        }
    }
}

// ---- resizing ---------------------------------------------------------------------------------------------------------

// A pool block stays when the request still fits and is more than 3/4 of the block.
template <class Committer, Mistake mistake>
bool BasicObmalloc<Committer, mistake>::staysInPlace(std::uint64_t bytes, std::uint32_t blockSize) const
{
    if constexpr (mistake == Mistake::ShrinkAt24Percent)
        return bytes <= blockSize && 100 * bytes > std::uint64_t(76) * blockSize;
    if constexpr (mistake == Mistake::ShrinkIncludesBoundary)
        return bytes <= blockSize && 4 * bytes >= std::uint64_t(3) * blockSize;
    if constexpr (mistake == Mistake::ReallocNeverShrinks)
        return bytes <= blockSize && bytes > 0;
    return bytes <= blockSize && 4 * bytes > std::uint64_t(3) * blockSize;
}

template <class Committer, Mistake mistake>
MemoryBlock BasicObmalloc<Committer, mistake>::resize(const MemoryBlock &block, std::uint64_t bytes)
{
    if (!block.inPool()) {   // never comes back into a pool, whatever its size
        if constexpr (mistake == Mistake::RawComesBackToPool) {
            if (bytes > 0 && bytes <= m_profile.smallRequestThreshold) {
                const MemoryBlock moved = take(bytes, heap().rawBlocks[block.raw.value].tenant);
                release(block);
                return moved;
            }
        }
        requireRoom(bytes);
        [[maybe_unused]] const auto scope = step(StepKind::Allocation, heap().rawBlocks[block.raw.value].tenant, bytes);
        return {{}, 0, m_raw.resize(block.raw, bytes)};
    }

    const Block old = blockInUse(m_committer, heap().blockIndex(block.pool, block.offset));
    if (staysInPlace(bytes, heap().blockSize(heap().pools[block.pool.value].sizeClass))) {
        if (bytes != old.request) {
            [[maybe_unused]] const auto scope = step(StepKind::Allocation, old.tenant, bytes);
            commit(change::BlockResized{block.pool, static_cast<std::uint16_t>(block.offset), old.request,
                                        static_cast<std::uint16_t>(bytes)});
        }
        return block;
    }
    if constexpr (mistake == Mistake::ReallocFreesFirst) {
        release(block);
        return take(bytes, old.tenant);
    }
    const MemoryBlock moved = take(bytes, old.tenant);   // the new block is taken before the old one is given back
    release(block);
    return moved;
}

// ---- addresses --------------------------------------------------------------------------------------------------------

template <class Committer, Mistake mistake>
BasicObmalloc<Committer, mistake>::BasicObmalloc(Committer committer, const AllocatorProfile &profile,
                                                 std::uint64_t memoryLimit)
    : m_committer(std::move(committer)), m_profile(profile), m_memoryLimit(memoryLimit), m_raw(m_committer)
{
    rebuildIndexes();
}

template <class Committer, Mistake mistake>
void BasicObmalloc<Committer, mistake>::rebuildIndexes()
{
    m_raw.rebuildIndexes();
    m_arenaIndex.rebuild(heap());
    m_lastWithFreePools.fill({});
    for (ArenaSlot slot = heap().usableArenas; slot; slot = heap().arenas[slot.value].nextArena)
        m_lastWithFreePools[heap().arenas[slot.value].nFreePools] = slot;
}

template <class Committer, Mistake mistake>
MemoryBlock BasicObmalloc<Committer, mistake>::blockAt(Address address) const
{
    const ArenaSlot slot = m_arenaIndex.find(address);
    if (!slot)
        return {{}, 0, m_raw.find(address)};
    const Arena &arena = heap().arenas[slot.value];
    const std::uint32_t poolSize = heap().poolSize;
    const std::uint32_t lead = arena.excess == 0 ? 0 : poolSize - arena.excess;
    const auto inside = static_cast<std::uint32_t>(address - arena.address) - lead;   // wraps when in front of the first pool
    const std::uint32_t index = inside >> std::countr_zero(poolSize);
    const std::uint32_t offset = inside & (poolSize - 1);
    if (index >= arena.nextUntouched || offset < kPoolHeaderSize)
        return {};
    const PoolId pool(slot.value * kPoolsPerArena + index);
    if ((offset & (heap().alignment - 1)) != 0 || heap().blockState(pool, offset) != BlockState::Allocated)
        return {};
    return {pool, offset, {}};
}

template <class Committer, Mistake mistake>
Address BasicObmalloc<Committer, mistake>::addressOf(const MemoryBlock &block) const
{
    if (!block)
        return {};
    return block.inPool() ? heap().poolAddress(block.pool) + block.offset : m_raw.addressOf(block.raw);
}

template <class Committer, Mistake mistake>
std::uint64_t BasicObmalloc<Committer, mistake>::usableSize(const MemoryBlock &block) const
{
    return block.inPool() ? heap().blockSize(heap().pools[block.pool.value].sizeClass)
                          : heap().rawBlocks[block.raw.value].size - kRawHeaderSize;
}

template <class Committer, Mistake mistake>
Address BasicObmalloc<Committer, mistake>::malloc(std::uint64_t bytes, Tenant tenant)
{
    return addressOf(take(bytes, tenant));
}

template <class Committer, Mistake mistake>
Address BasicObmalloc<Committer, mistake>::calloc(std::uint64_t count, std::uint64_t itemSize, Tenant tenant)
{
    if (wouldExceed(count, itemSize))
        requireRoom(kRawLargest);
    return addressOf(take(count * itemSize, tenant));
}

template <class Committer, Mistake mistake>
Address BasicObmalloc<Committer, mistake>::realloc(Address address, std::uint64_t bytes, Tenant tenant)
{
    if (!address)
        return malloc(bytes, tenant);
    const MemoryBlock block = blockAt(address);
    verify(bool(block), "realloc of an address where no block starts");
    return addressOf(resize(block, bytes));
}

template <class Committer, Mistake mistake>
void BasicObmalloc<Committer, mistake>::free(Address address)
{
    if (!address)
        return;
    const MemoryBlock block = blockAt(address);
    verify(bool(block), "free of an address where no block starts");
    release(block);
}

template <class Committer, Mistake mistake>
Address BasicObmalloc<Committer, mistake>::rawMalloc(std::uint64_t bytes, Tenant tenant)
{
    return addressOf(takeRaw(bytes, tenant));
}

template <class Committer, Mistake mistake>
void BasicObmalloc<Committer, mistake>::setTenant(Address address, Tenant tenant)
{
    const MemoryBlock block = blockAt(address);
    verify(bool(block), "a tenant needs a block");
    if (!block.inPool()) {
        commit(change::RawTenantSet{block.raw, heap().rawBlocks[block.raw.value].tenant, tenant});
        return;
    }
    const Tenant before = heap().blocks[heap().blockIndex(block.pool, block.offset)].tenant;
    commit(change::TenantSet{block.pool, static_cast<std::uint16_t>(block.offset), before, tenant});
}

template <class Committer, Mistake mistake>
bool BasicObmalloc<Committer, mistake>::wouldExceed(std::uint64_t bytes) const
{
    const std::uint64_t used = std::uint64_t(heap().totals.arenasNow) * heap().arenaSize + heap().totals.bytesInRawBlocks;
    const std::uint64_t room = m_memoryLimit > used ? m_memoryLimit - used : 0;
    return bytes > room || bytes > kRawLargest;
}

template <class Committer, Mistake mistake>
bool BasicObmalloc<Committer, mistake>::wouldExceed(std::uint64_t count, std::uint64_t itemSize) const
{
    return itemSize != 0 && (count > kRawLargest / itemSize || wouldExceed(count * itemSize));
}

template <class Committer, Mistake mistake>
void BasicObmalloc<Committer, mistake>::requireRoom(std::uint64_t bytes) const
{
    if (wouldExceed(bytes)) [[unlikely]]
        throw LimitReached{"the program asked for " + std::to_string(bytes) + " more bytes; with them it would pass the limit of "
                               + std::to_string(m_memoryLimit) + " bytes of simulated memory",
                           "raise --max-memory, or look for a structure that grows without end"};
}

} // namespace pyrena
