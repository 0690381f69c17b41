#pragma once

#include "core/memory/committer.h"
#include "core/memory/freeblocks.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace pyrena {

inline constexpr std::uint32_t kRawMinBlock = 32;                 // header included; no smaller rest is split off
inline constexpr std::uint64_t kRawGrowth = 132 * 1024;           // brk step, as glibc's first one
inline constexpr std::uint64_t kRawLargest = std::uint64_t(1) << 47;   // user address space

// The C library's heap, for what obmalloc does not serve: a model, not glibc. Addresses are modelled, not CPython's.
// First fit by address: the lowest free block that is large enough serves; what is left over is split off, free neighbours merge
// at once. Grown by brk in steps of 132 KiB; never trimmed, and large blocks do not get mappings of their own.
// See docs/decisions/0008-first-fit-raw-heap.md.
template <class Committer>
class BasicRawHeap
{
public:
    explicit BasicRawHeap(Committer &committer) : m_committer(committer) {}

    // Requires: bytes <= kRawLargest. 0 bytes become a 1-byte block, as the raw malloc of CPython asks.
    RawBlockId take(std::uint64_t bytes, Tenant tenant);
    // In place when it fits or the upper neighbour is free and large enough; else moves.
    RawBlockId resize(RawBlockId id, std::uint64_t bytes);
    void release(RawBlockId id);

    RawBlockId find(Address address) const;          // of the program's pointer, behind the header; in use only
    Address addressOf(RawBlockId id) const { return block(id).address + kRawHeaderSize; }
    void rebuildIndexes();                           // from the HeapState

private:
    const RawBlock &block(RawBlockId id) const { return m_committer.heap().rawBlocks[id.value]; }
    RawBlockId newId();
    void grow(std::uint64_t need);
    void splitOff(RawBlockId id, std::uint64_t need);
    void absorbNext(RawBlockId id);                  // requires: the next block is free
    void addFree(RawBlockId id);
    void removeFree(RawBlockId id);

    Committer &m_committer;
    FreeBlocks m_free;
    // Of blocks in use. Made when somebody first asks by address; a replay never does.
    mutable std::unordered_map<std::uint64_t, RawBlockId> m_byAddress;
    mutable bool m_addressesKnown = false;
    std::vector<RawBlockId> m_unusedIds;
};

extern template class BasicRawHeap<RecordedHeap>;
extern template class BasicRawHeap<DirectHeap>;

} // namespace pyrena
