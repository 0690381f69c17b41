#pragma once

#include "core/world/world.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <type_traits>
#include <vector>

namespace pyrena {

// A vector in chunks; a chunk that is the same as in the keyframe before is shared with it.
template <class T>
class SharedChunks
{
public:
    void take(const std::vector<T> &values, const SharedChunks *before)
    {
        m_size = values.size();
        for (std::size_t begin = 0; begin < values.size(); begin += kChunk) {
            const std::size_t count = std::min(kChunk, values.size() - begin);
            const std::size_t index = begin / kChunk;
            const T *const from = values.data() + begin;
            if (before && index < before->m_chunks.size() && before->m_chunks[index]->size() == count
                && same(from, before->m_chunks[index]->data(), count)) {
                m_chunks.push_back(before->m_chunks[index]);
                continue;
            }
            m_chunks.push_back(std::make_shared<const std::vector<T>>(from, from + count));
            m_ownBytes += count * sizeof(T);
        }
    }
    void give(std::vector<T> &values) const
    {
        values.resize(m_size);
        for (std::size_t index = 0; index < m_chunks.size(); ++index)
            std::copy(m_chunks[index]->begin(), m_chunks[index]->end(), values.begin() + static_cast<std::ptrdiff_t>(index * kChunk));
    }
    std::size_t ownBytes() const { return m_ownBytes + m_chunks.size() * sizeof(m_chunks[0]); }

private:
    static bool same(const T *a, const T *b, std::size_t count)
    {
        if constexpr (std::has_unique_object_representations_v<T>)
            return std::memcmp(a, b, count * sizeof(T)) == 0;
        else
            return std::equal(a, a + count, b);
    }

    static constexpr std::size_t kChunk = 256;
    std::vector<std::shared_ptr<const std::vector<T>>> m_chunks;
    std::size_t m_size = 0, m_ownBytes = 0;
};

// A World at one moment, written down small: of the pools only what is carved, block by block, and what did not change since
// the keyframe before is shared with it.
class Keyframe
{
public:
    Keyframe(std::uint32_t position, const World &world, const Keyframe *before);

    std::uint32_t position() const { return m_position; }
    // Makes `world` the one of this moment, whatever moment of the same trace it showed; its memory is used again.
    void restore(World &world) const;
    std::size_t bytes() const { return m_bytes; }           // what is not shared with the keyframe before
    std::size_t restoreCost() const { return m_cost; }      // bytes written by restore(), about

private:
    using Packed = std::shared_ptr<const std::vector<std::uint8_t>>;

    std::uint32_t m_position;
    World m_rest;                          // without the vectors below
    SharedChunks<Object> m_objects;
    SharedChunks<Slot> m_slots;
    SharedChunks<TextId> m_output;
    SharedChunks<RawBlock> m_rawBlocks;
    std::vector<Packed> m_arenas;          // by slot: its pools and their blocks; none when it is not in use
    std::size_t m_pools = 0, m_blocks = 0; // sizes of these vectors of the heap
    std::size_t m_bytes = 0, m_cost = 0;
};

} // namespace pyrena
