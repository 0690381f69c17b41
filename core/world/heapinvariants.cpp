#include "core/world/heapinvariants.h"

#include <algorithm>

namespace pyrena {

namespace {

class Checker
{
public:
    Checker(const HeapState &heap, FreeArenas freeArenas)
        : m_heap(heap), m_freeArenas(freeArenas), m_listed(heap.pools.size())
    {
    }

    std::vector<std::string> run()
    {
        if (!shapesFit())
            return std::move(m_violations);
        usedPools();
        for (std::uint32_t slot = 0; slot < m_heap.arenas.size(); ++slot)
            if (m_heap.arenas[slot].address)
                arena(ArenaSlot(slot));
        usableArenas();
        unusedArenaObjects();
        rawHeap();
        totals();
        return std::move(m_violations);
    }

private:
    enum : std::uint8_t { NotListed, InUsedPools, InFreePools };

    void require(bool holds, const std::string &sentence)
    {
        constexpr std::size_t kMost = 100;
        if (!holds && m_violations.size() < kMost)
            m_violations.push_back(sentence);
    }
    std::string name(PoolId pool) const
    {
        return "pool " + std::to_string(m_heap.indexInArena(pool)) + " of arena slot " + std::to_string(m_heap.arenaOf(pool).value);
    }
    static std::string name(ArenaSlot slot) { return "arena slot " + std::to_string(slot.value); }
    bool exists(PoolId pool) const { return pool.value < m_heap.pools.size(); }
    bool exists(ArenaSlot slot) const { return slot.value < m_heap.arenas.size(); }

    bool shapesFit()
    {
        require(m_heap.pools.size() == m_heap.arenas.size() * kPoolsPerArena, "there are not 64 pools for each arena slot");
        require(m_heap.blocks.size() == m_heap.blockStates.size(), "blocks and block states differ in number");
        for (std::uint32_t slot = 0; slot < m_heap.arenas.size(); ++slot)
            require(!m_heap.arenas[slot].address
                        || m_heap.blocks.size() >= std::size_t(slot + 1) * kPoolsPerArena * m_heap.unitsPerPool(),
                    name(ArenaSlot(slot)) + " has no room for its blocks");
        return m_violations.empty();
    }

    void usedPools()
    {
        for (std::uint32_t c = 0; c < kMaxSizeClasses; ++c) {
            PoolId before;
            std::size_t steps = 0;
            for (PoolId id = m_heap.usedPools[c]; id; before = id, id = m_heap.pools[id.value].nextPool) {
                if (!exists(id) || ++steps > m_heap.pools.size()) {
                    require(false, "usedpools of class " + std::to_string(c) + " does not end");
                    break;
                }
                const Pool &pool = m_heap.pools[id.value];
                require(pool.prevPool == before, name(id) + " points back to the wrong pool in usedpools");
                require(pool.sizeClass == c, name(id) + " is in the usedpools list of another class");
                require(m_listed[id.value] == NotListed, name(id) + " is in two lists");
                m_listed[id.value] = InUsedPools;
            }
        }
    }

    void arena(ArenaSlot slot)
    {
        const Arena &arena = m_heap.arenas[slot.value];
        require(arena.excess == arena.address.value % m_heap.poolSize, name(slot) + ": excess is not that of its address");
        require(arena.nTotalPools == (arena.excess == 0 ? kPoolsPerArena : kPoolsPerArena - 1),
                name(slot) + ": an aligned arena has 64 pools, another 63");
        require(arena.nextUntouched <= arena.nTotalPools, name(slot) + ": carved past its end");
        std::uint32_t empty = 0;
        for (PoolId id = arena.freePools; id; id = m_heap.pools[id.value].nextPool) {
            if (!exists(id) || m_heap.arenaOf(id) != slot || ++empty > kPoolsPerArena) {
                require(false, name(slot) + ": freepools leaves the arena or does not end");
                return;
            }
            require(m_listed[id.value] == NotListed, name(id) + " is in two lists");
            m_listed[id.value] = InFreePools;
            require(m_heap.indexInArena(id) < arena.nextUntouched, name(id) + " was never carved but is in freepools");
        }
        require(arena.nFreePools == empty + arena.nTotalPools - arena.nextUntouched,
                name(slot) + ": nfreepools is not its empty and untouched pools");
        for (std::uint32_t index = 0; index < std::min(arena.nextUntouched, arena.nTotalPools); ++index)
            pool(PoolId(slot.value * kPoolsPerArena + index));
        for (std::uint32_t index = arena.nextUntouched; index < kPoolsPerArena; ++index)
            require(m_heap.pools[slot.value * kPoolsPerArena + index].residentPages == 0,
                    name(slot) + ": a page of a pool never carved is resident");
        m_bytesReserved += m_heap.arenaSize;
    }

    // How far the pool was written for certain: every carved block but the last was handed out since the pool got its class.
    void residency(PoolId id, std::uint32_t size)
    {
        const Pool &pool = m_heap.pools[id.value];
        const std::uint32_t last = pool.nextOffset - size;
        const std::uint32_t written = m_heap.blockState(id, last) == BlockState::Allocated ? pool.nextOffset : last + kFreeLinkSize;
        require(std::uint32_t(pool.residentPages) * kPageSize >= written, name(id) + ": a page was written but is not resident");
        require(std::uint32_t(pool.residentPages) * kPageSize <= m_heap.poolSize, name(id) + ": more resident pages than it has");
        m_bytesResident += std::uint64_t(pool.residentPages) * kPageSize;
    }

    void pool(PoolId id)
    {
        const Pool &pool = m_heap.pools[id.value];
        if (pool.sizeClass >= kMaxSizeClasses || m_heap.blockSize(pool.sizeClass) > 512) {
            require(false, name(id) + " was carved but has no size class");
            return;
        }
        const std::uint32_t size = m_heap.blockSize(pool.sizeClass);
        const std::uint32_t capacity = m_heap.capacity(pool.sizeClass);
        const std::uint32_t carved = (pool.nextOffset - kPoolHeaderSize) / size;
        require(pool.maxNextOffset == m_heap.poolSize - size, name(id) + ": maxnextoffset is not that of its class");
        require(pool.nextOffset >= kPoolHeaderSize && (pool.nextOffset - kPoolHeaderSize) % size == 0 && carved <= capacity,
                name(id) + ": nextoffset is no block boundary");
        require(carved >= 2, name(id) + ": fewer than two blocks carved");
        require(pool.blocksInUse <= carved, name(id) + ": more blocks in use than carved");
        if (carved > capacity || pool.blocksInUse > carved)
            return;

        std::uint32_t chain = 0;
        for (std::uint32_t offset = pool.freeBlock; offset != 0; offset = m_heap.blocks[m_heap.blockIndex(id, offset)].nextFree) {
            const bool onBoundary = offset >= kPoolHeaderSize && offset < pool.nextOffset && (offset - kPoolHeaderSize) % size == 0;
            if (!onBoundary || ++chain > carved) {
                require(false, name(id) + ": its free chain leaves the carved blocks or does not end");
                return;
            }
            require(m_heap.blockState(id, offset) == BlockState::Free, name(id) + ": a block on the free chain is not free");
        }
        require(chain == carved - pool.blocksInUse, name(id) + ": its free chain is not what is carved and not in use");

        std::uint32_t allocated = 0;
        for (std::uint32_t i = 0; i < capacity; ++i) {
            const std::uint32_t offset = kPoolHeaderSize + i * size;
            const Block &block = m_heap.blocks[m_heap.blockIndex(id, offset)];
            const BlockState state = m_heap.blockState(id, offset);
            allocated += state == BlockState::Allocated;
            require((state == BlockState::Untouched) == (offset >= pool.nextOffset),
                    name(id) + ": untouched blocks are not those from nextoffset on");
            if (state == BlockState::Allocated) {
                require(block.request >= 1 && block.request <= size, name(id) + ": a request does not fit its block");
                m_bytesRequested += block.request;
            } else {
                require(block.request == 0 && block.tenant == Tenant(), name(id) + ": a block not in use has a tenant");
            }
        }
        require(allocated == pool.blocksInUse, name(id) + ": its count is not its blocks in use");
        residency(id, size);
        m_blocksInUse += allocated;
        m_bytesInBlocks += std::uint64_t(allocated) * size;

        const auto expected = pool.blocksInUse == 0 ? InFreePools : pool.blocksInUse < capacity ? InUsedPools : NotListed;
        require(m_listed[id.value] == expected, name(id) + ": empty pools are in freepools, used ones in usedpools, full ones nowhere");
    }

    void usableArenas()
    {
        ArenaSlot before;
        std::size_t steps = 0;
        std::vector<bool> usable(m_heap.arenas.size());
        for (ArenaSlot slot = m_heap.usableArenas; slot; before = slot, slot = m_heap.arenas[slot.value].nextArena) {
            if (!exists(slot) || ++steps > m_heap.arenas.size()) {
                require(false, "usable_arenas does not end");
                return;
            }
            const Arena &arena = m_heap.arenas[slot.value];
            usable[slot.value] = true;
            require(arena.prevArena == before, name(slot) + " points back to the wrong arena");
            require(bool(arena.address) && arena.nFreePools > 0, name(slot) + " is usable without a free pool");
            require(!before || m_heap.arenas[before.value].nFreePools <= arena.nFreePools,
                    "usable_arenas is not sorted by free pools at " + name(slot));
            if (arena.nFreePools == arena.nTotalPools)
                require(m_freeArenas == FreeArenas::OnlyTheLast && !arena.nextArena, name(slot) + " is wholly free and still there");
        }
        for (std::uint32_t slot = 0; slot < m_heap.arenas.size(); ++slot)
            require(usable[slot] == (m_heap.arenas[slot].address && m_heap.arenas[slot].nFreePools > 0),
                    name(ArenaSlot(slot)) + ": usable_arenas is not the arenas with free pools");
    }

    void unusedArenaObjects()
    {
        std::size_t unused = 0, used = 0;
        for (const Arena &arena : m_heap.arenas)
            used += bool(arena.address);
        for (std::size_t i = 0; i < m_heap.pools.size(); ++i)
            require(m_heap.arenas[i / kPoolsPerArena].address || m_heap.pools[i].residentPages == 0,
                    "a page of an arena that was given back is resident");
        for (ArenaSlot slot = m_heap.unusedArenaObjects; slot; slot = m_heap.arenas[slot.value].nextArena) {
            if (!exists(slot) || m_heap.arenas[slot.value].address || ++unused > m_heap.arenas.size()) {
                require(false, "unused_arena_objects holds an arena in use or does not end");
                return;
            }
        }
        require(unused + used == m_heap.arenas.size(), "an arena descriptor is neither used nor in unused_arena_objects");
        require(used == m_heap.totals.arenasNow, "arenasNow is not the arenas there are");
        require(m_heap.totals.arenasEver - m_heap.totals.arenasReleased == m_heap.totals.arenasNow, "arenas made and released do not add up");
        require(m_heap.totals.arenasHighWater >= m_heap.totals.arenasNow, "more arenas than the high-water mark");
    }

    void rawHeap()
    {
        Address expected = kRawHeapStart, written = kRawHeapStart;
        RawBlockId before;
        std::size_t steps = 0;
        for (RawBlockId id = m_heap.firstRawBlock; id; before = id, id = m_heap.rawBlocks[id.value].next) {
            if (id.value >= m_heap.rawBlocks.size() || ++steps > m_heap.rawBlocks.size()) {
                require(false, "the raw heap's blocks do not end");
                return;
            }
            const RawBlock &block = m_heap.rawBlocks[id.value];
            const std::string name = "raw block " + std::to_string(id.value);
            require(block.address == expected && block.size > 0, name + " does not follow its neighbour");
            require(block.prev == before, name + " points back to the wrong block");
            require(!(block.free && before && m_heap.rawBlocks[before.value].free), name + ": two free neighbours were not merged");
            if (block.free) {
                require(block.request == 0 && block.tenant == Tenant(), name + " is free but has a tenant");
            } else {
                require(block.request >= 1 && block.request < block.size, name + ": the request does not fit");
                m_bytesRequested += block.request;
                m_bytesInRawBlocks += block.size;
                ++m_rawBlocksInUse;
            }
            expected = block.address + block.size;
            written = block.free ? block.address + kRawHeaderSize : expected;
        }
        require(before == m_heap.lastRawBlock, "lastRawBlock is not the last");
        require(expected == m_heap.rawHeapEnd, "the raw heap does not end at the program break");
        require(m_heap.rawTouchedEnd >= written, "a page of the raw heap was written but is not resident");
        require(m_heap.rawTouchedEnd <= m_heap.rawHeapEnd, "more of the raw heap is resident than there is");
        m_bytesReserved += m_heap.rawHeapEnd - kRawHeapStart;
        m_bytesResident += (m_heap.rawTouchedEnd - kRawHeapStart + kPageSize - 1) / kPageSize * kPageSize;
    }

    void totals()
    {
        require(m_heap.totals.blocksInUse == m_blocksInUse, "the total of blocks in use is wrong");
        require(m_heap.totals.bytesInBlocks == m_bytesInBlocks, "the total of bytes in blocks is wrong");
        require(m_heap.totals.bytesRequested == m_bytesRequested, "the total of bytes requested is wrong");
        require(m_heap.totals.bytesInRawBlocks == m_bytesInRawBlocks, "the total of bytes in raw blocks is wrong");
        require(m_heap.totals.rawBlocksInUse == m_rawBlocksInUse, "the total of raw blocks is wrong");
        require(m_heap.totals.bytesReserved == m_bytesReserved, "the total of bytes reserved is wrong");
        require(m_heap.totals.bytesResident == m_bytesResident, "the total of bytes resident is wrong");
    }

    const HeapState &m_heap;
    const FreeArenas m_freeArenas;
    std::vector<std::uint8_t> m_listed;
    std::vector<std::string> m_violations;
    std::uint64_t m_bytesRequested = 0, m_bytesInBlocks = 0, m_bytesInRawBlocks = 0, m_bytesReserved = 0, m_bytesResident = 0;
    std::uint32_t m_blocksInUse = 0, m_rawBlocksInUse = 0;
};

} // namespace

std::vector<std::string> checkHeap(const HeapState &heap, FreeArenas freeArenas)
{
    return Checker(heap, freeArenas).run();
}

} // namespace pyrena
