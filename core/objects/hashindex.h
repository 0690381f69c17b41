#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pyrena {

// Which entries of a dict have a given hash. Open addressing with linear probing: those of one hash come in the order in which
// they were put in. (Not the table CPython has: its order depends on hash values of strings, which are random there.)
class HashIndex
{
public:
    static constexpr std::uint32_t kEnd = 0xffffffff;

    // for (auto cell = index.first(hash); cell != HashIndex::kEnd; cell = index.next(cell, hash)) ... index.entry(cell)
    // A cell is valid until the next insert(), erase() or clear().
    std::uint32_t first(std::int64_t hash) const { return m_cells.empty() ? kEnd : search(home(hash), hash); }
    std::uint32_t next(std::uint32_t cell, std::int64_t hash) const { return search(following(cell), hash); }
    std::uint32_t entry(std::uint32_t cell) const { return m_cells[cell].entry; }

    void insert(std::int64_t hash, std::uint32_t entry)
    {
        if ((m_taken + 1) * 3 > m_cells.size() * 2)
            rebuild();
        std::uint32_t at = home(hash);
        while (m_cells[at].entry != kVacant)   // erased ones are passed: the order stays
            at = following(at);
        m_cells[at] = {hash, entry};
        ++m_taken;
        ++m_live;
    }

    void erase(std::int64_t hash, std::uint32_t entry)
    {
        for (std::uint32_t cell = first(hash); cell != kEnd; cell = next(cell, hash)) {
            if (m_cells[cell].entry == entry) {
                m_cells[cell].entry = kErased;
                --m_live;
                return;
            }
        }
    }

    void clear()
    {
        m_cells.clear();
        m_taken = m_live = 0;
    }

private:
    static constexpr std::uint32_t kVacant = 0xffffffff, kErased = 0xfffffffe;
    static constexpr std::uint32_t kFewest = 8;
    struct Cell
    {
        std::int64_t hash = 0;
        std::uint32_t entry = kVacant;
    };

    // Hashes of ints are the ints: a multiplication spreads those that are multiples of the size.
    std::uint32_t home(std::int64_t hash) const
    {
        const std::uint64_t spread = static_cast<std::uint64_t>(hash) * 0x9e3779b97f4a7c15u;
        return static_cast<std::uint32_t>(spread >> (64 - std::countr_zero(m_cells.size())));
    }
    std::uint32_t following(std::uint32_t cell) const { return (cell + 1) & static_cast<std::uint32_t>(m_cells.size() - 1); }
    std::uint32_t search(std::uint32_t cell, std::int64_t hash) const
    {
        for (; m_cells[cell].entry != kVacant; cell = following(cell))
            if (m_cells[cell].hash == hash && m_cells[cell].entry != kErased)
                return cell;
        return kEnd;
    }

    void rebuild()
    {
        std::vector<Cell> old(std::bit_ceil(std::max<std::size_t>(kFewest, (m_live + 1) * 3)));
        old.swap(m_cells);
        m_taken = m_live = 0;
        // From a vacant cell on, a run is met from its start: entries of one hash keep their order.
        std::size_t start = 0;
        while (start < old.size() && old[start].entry != kVacant)
            ++start;
        for (std::size_t i = 0; i < old.size(); ++i) {
            const Cell &cell = old[(start + i) & (old.size() - 1)];
            if (cell.entry != kVacant && cell.entry != kErased)
                insert(cell.hash, cell.entry);
        }
    }

    std::vector<Cell> m_cells;   // none, or a power of two of them
    std::size_t m_taken = 0, m_live = 0;   // taken: not vacant
};

} // namespace pyrena
