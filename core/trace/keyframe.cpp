#include "core/trace/keyframe.h"

#include "core/trace/redo.h"

#include <cstring>
#include <span>

namespace pyrena {

namespace {

constexpr std::uint16_t kInUse = 0x8000;   // in front of a block: its request follows; else the link of the free chain

// Everything but the long vectors. A new field of one of these belongs here.
World withoutVectors(const World &world)
{
    World rest;
    rest.gc = world.gc;
    rest.spaces = world.spaces;
    rest.stack = world.stack;
    rest.globals = world.globals;
    rest.liveObjects = world.liveObjects;
    rest.hiddenObjects = world.hiddenObjects;
    const HeapState &from = world.heap;
    HeapState &to = rest.heap;
    to.alignment = from.alignment;
    to.poolSize = from.poolSize;
    to.arenaSize = from.arenaSize;
    to.arenas = from.arenas;
    to.usedPools = from.usedPools;
    to.usableArenas = from.usableArenas;
    to.unusedArenaObjects = from.unusedArenaObjects;
    to.firstRawBlock = from.firstRawBlock;
    to.lastRawBlock = from.lastRawBlock;
    to.rawHeapEnd = from.rawHeapEnd;
    to.rawTouchedEnd = from.rawTouchedEnd;
    to.totals = from.totals;
    return rest;
}

template <class T>
void put(std::uint8_t *&to, const T &value)
{
    std::memcpy(to, &value, sizeof(T));
    to += sizeof(T);
}

template <class T>
T get(const std::uint8_t *&from)
{
    T value;
    std::memcpy(&value, from, sizeof(T));
    from += sizeof(T);
    return value;
}

std::size_t mostBytesPacked(const HeapState &heap)
{
    constexpr std::size_t kBlock = sizeof(std::uint16_t) + sizeof(Tenant);
    return kPoolsPerArena * (sizeof(Pool) + heap.unitsPerPool() * kBlock);
}

// Gives the number of bytes written, at most mostBytesPacked().
std::size_t packArena(const HeapState &heap, std::uint32_t slot, std::uint8_t *const out)
{
    const Arena &arena = heap.arenas[slot];
    std::uint8_t *to = out;
    for (std::uint32_t index = 0; index < arena.nextUntouched; ++index) {
        const PoolId id(slot * kPoolsPerArena + index);
        const Pool &pool = heap.pools[id.value];
        put(to, pool);
        if (pool.sizeClass == kNoSizeClass)
            continue;
        const std::uint32_t size = heap.blockSize(pool.sizeClass);
        for (std::uint32_t offset = kPoolHeaderSize; offset < pool.nextOffset; offset += size) {
            const std::uint32_t at = heap.blockIndex(id, offset);
            const Block &block = heap.blocks[at];
            if (heap.blockStates[at] == static_cast<std::uint8_t>(BlockState::Allocated)) {
                put(to, static_cast<std::uint16_t>(block.request | kInUse));
                put(to, block.tenant);
            } else {
                put(to, block.nextFree);
            }
        }
    }
    return static_cast<std::size_t>(to - out);
}

void unpackArena(HeapState &heap, std::uint32_t slot, const std::vector<std::uint8_t> &packed)
{
    const std::uint8_t *from = packed.data();
    const std::uint32_t carved = heap.arenas[slot].nextUntouched;
    for (std::uint32_t index = 0; index < carved; ++index) {
        const PoolId id(slot * kPoolsPerArena + index);
        const Pool old = heap.pools[id.value], pool = get<Pool>(from);
        if (old.sizeClass != pool.sizeClass)
            clearBlocks(heap, id);
        heap.pools[id.value] = pool;
        if (pool.sizeClass == kNoSizeClass)
            continue;
        const std::uint32_t step = heap.blockSize(pool.sizeClass) >> heap.alignmentShift();
        const std::uint32_t count = (pool.nextOffset - kPoolHeaderSize) / heap.blockSize(pool.sizeClass);
        std::uint32_t at = heap.blockIndex(id, kPoolHeaderSize);
        for (std::uint32_t i = 0; i < count; ++i, at += step) {
            const auto word = get<std::uint16_t>(from);
            if ((word & kInUse) != 0) {
                heap.blocks[at] = {0, static_cast<std::uint16_t>(word & ~kInUse), get<Tenant>(from)};
                heap.blockStates[at] = static_cast<std::uint8_t>(BlockState::Allocated);
            } else {
                heap.blocks[at] = {word, 0, Tenant()};
                heap.blockStates[at] = static_cast<std::uint8_t>(BlockState::Free);
            }
        }
        if (old.sizeClass == pool.sizeClass)   // of the same size: what was carved beyond
            for (const std::uint32_t end = heap.blockIndex(id, old.nextOffset); at < end; at += step) {
                heap.blocks[at] = {};
                heap.blockStates[at] = static_cast<std::uint8_t>(BlockState::Untouched);
            }
    }
}

} // namespace

Keyframe::Keyframe(std::uint32_t position, const World &world, const Keyframe *before)
    : m_position(position), m_rest(withoutVectors(world)), m_pools(world.heap.pools.size()), m_blocks(world.heap.blocks.size())
{
    m_objects.take(world.objects, before ? &before->m_objects : nullptr);
    m_slots.take(world.slots, before ? &before->m_slots : nullptr);
    m_output.take(world.output, before ? &before->m_output : nullptr);
    m_rawBlocks.take(world.heap.rawBlocks, before ? &before->m_rawBlocks : nullptr);
    m_bytes = sizeof(Keyframe) + m_rest.bytes() - sizeof(World) + m_objects.ownBytes() + m_slots.ownBytes() + m_output.ownBytes()
        + m_rawBlocks.ownBytes();

    m_arenas.resize(world.heap.arenas.size());
    const auto buffer = std::make_unique_for_overwrite<std::uint8_t[]>(mostBytesPacked(world.heap));
    for (std::uint32_t slot = 0; slot < m_arenas.size(); ++slot) {
        if (!world.heap.arenas[slot].address)
            continue;
        const std::span packed(buffer.get(), packArena(world.heap, slot, buffer.get()));
        if (before && slot < before->m_arenas.size() && before->m_arenas[slot] && std::ranges::equal(*before->m_arenas[slot], packed)) {
            m_arenas[slot] = before->m_arenas[slot];
            continue;
        }
        m_arenas[slot] = std::make_shared<const std::vector<std::uint8_t>>(packed.begin(), packed.end());
        m_bytes += packed.size();
    }
    m_bytes += m_arenas.size() * sizeof(Packed);
    m_cost = world.bytes();
}

void Keyframe::restore(World &world) const
{
    // Pools that are not carved in this moment are cleared where something is known of them; all else is zero already.
    HeapState &heap = world.heap;
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot) {
        const std::uint32_t carved = slot < m_arenas.size() ? m_rest.heap.arenas[slot].nextUntouched : 0;
        for (std::uint32_t index = carved; index < heap.arenas[slot].nextUntouched; ++index) {
            const PoolId id(slot * kPoolsPerArena + index);
            clearBlocks(heap, id);
            heap.pools[id.value] = {};
        }
    }
    std::vector<Pool> pools = std::move(heap.pools);
    std::vector<Block> blocks = std::move(heap.blocks);
    std::vector<std::uint8_t> states = std::move(heap.blockStates);
    std::vector<Object> objects = std::move(world.objects);
    std::vector<Slot> slots = std::move(world.slots);
    std::vector<TextId> output = std::move(world.output);
    std::vector<RawBlock> rawBlocks = std::move(heap.rawBlocks);
    world = m_rest;
    m_objects.give(objects);
    m_slots.give(slots);
    m_output.give(output);
    m_rawBlocks.give(rawBlocks);
    pools.resize(m_pools);
    blocks.resize(m_blocks);
    states.resize(m_blocks);
    world.objects = std::move(objects);
    world.slots = std::move(slots);
    world.output = std::move(output);
    heap.rawBlocks = std::move(rawBlocks);
    heap.pools = std::move(pools);
    heap.blocks = std::move(blocks);
    heap.blockStates = std::move(states);
    for (std::uint32_t slot = 0; slot < m_arenas.size(); ++slot)
        if (m_arenas[slot])
            unpackArena(heap, slot, *m_arenas[slot]);
}

} // namespace pyrena
