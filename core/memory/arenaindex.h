#pragma once

#include "core/world/heapstate.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <vector>

namespace pyrena {

// Address -> arena in constant time; derived from a HeapState and kept beside it. (CPython walks a radix tree since 3.10
// and reads the pool header's arenaindex before; both answer the same question.)
// Keyed by base address / arena size: two arenas never overlap, so no two bases share a key, and an address
// lies in the arena of its own key or of the key below.
class ArenaIndex
{
public:
    void rebuild(const HeapState &heap)
    {
        m_shift = static_cast<std::uint32_t>(std::countr_zero(heap.arenaSize));
        m_arenaSize = heap.arenaSize;
        m_bases.clear();
        m_table.assign(16, {});
        for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot)
            if (heap.arenas[slot].address)
                insert(heap.arenas[slot].address, ArenaSlot(slot));
    }

    void insert(Address base, ArenaSlot slot)
    {
        if ((m_bases.size() + 1) * 2 > m_table.size()) {
            std::vector<Entry> old(m_table.size() * 2);
            old.swap(m_table);
            for (const Entry &e : old)
                if (e.base != 0)
                    place(e);
        }
        place({base.value, slot});
        m_bases.insert(std::lower_bound(m_bases.begin(), m_bases.end(), base.value, std::greater<>()), base.value);
    }

    // Requires: the arena is in it.
    void erase(Address base)
    {
        m_bases.erase(std::lower_bound(m_bases.begin(), m_bases.end(), base.value, std::greater<>()));
        std::size_t gap = home(base.value >> m_shift);
        while (m_table[gap].base != base.value)
            gap = next(gap);
        // Entries behind the gap move into it unless they would leave the way from their home.
        for (std::size_t i = next(gap); m_table[i].base != 0; i = next(i)) {
            const std::size_t mask = m_table.size() - 1;
            const std::size_t wanted = home(m_table[i].base >> m_shift);
            if (((i - wanted) & mask) >= ((i - gap) & mask)) {
                m_table[gap] = m_table[i];
                gap = i;
            }
        }
        m_table[gap] = {};
    }

    // Of all arenas, the highest first.
    const std::vector<std::uint64_t> &bases() const { return m_bases; }

    // None when the address is in no arena.
    ArenaSlot find(Address address) const
    {
        const std::uint64_t key = address.value >> m_shift;
        const Entry &own = at(key);
        if (own.base != 0 && address.value >= own.base)
            return own.slot;   // its key is the address's, hence within one arena size
        const Entry &below = at(key - 1);
        if (below.base != 0 && address.value - below.base < m_arenaSize)
            return below.slot;
        return {};
    }

private:
    struct Entry
    {
        std::uint64_t base = 0;   // 0: vacant
        ArenaSlot slot;
    };

    std::size_t next(std::size_t i) const { return (i + 1) & (m_table.size() - 1); }
    std::size_t home(std::uint64_t key) const { return key & (m_table.size() - 1); }   // arenas are neighbours: no clusters
    const Entry &at(std::uint64_t key) const
    {
        std::size_t i = home(key);
        while (m_table[i].base != 0 && m_table[i].base >> m_shift != key)
            i = next(i);
        return m_table[i];
    }
    void place(const Entry &entry)
    {
        std::size_t i = home(entry.base >> m_shift);
        while (m_table[i].base != 0)
            i = next(i);
        m_table[i] = entry;
    }

    std::vector<Entry> m_table = std::vector<Entry>(16);
    std::vector<std::uint64_t> m_bases;   // falling
    std::uint32_t m_shift = 20;
    std::uint32_t m_arenaSize = 1u << 20;
};

} // namespace pyrena
