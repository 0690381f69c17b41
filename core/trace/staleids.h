#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace pyrena {

// Numbers that id() gave before a collector moved the object, and that are nobody's id any more. Only managers that move objects
// have any. What is asked for: a number that the program got hold of at some position, an int or a piece of its output.
class StaleIds
{
public:
    explicit StaleIds(const Trace &trace);   // reads the log once

    bool none() const { return m_moves.empty(); }
    // The object whose id `number` was at position `seen` and is not in `world`, which is at `position`; none otherwise.
    ObjectId formerOwner(std::uint64_t number, std::uint32_t seen, const World &world, std::uint32_t position) const;
    // Where the n-th piece of output was printed.
    std::uint32_t printedAt(std::size_t piece) const { return piece < m_printed.size() ? m_printed[piece] : 0; }

private:
    struct Move { ObjectId object; std::uint32_t from = 0, at = 0; };   // it lay there from position `from` on, until change `at`
    std::unordered_map<std::uint64_t, std::vector<Move>> m_moves;       // by the address it left
    std::vector<std::uint32_t> m_printed;
};

} // namespace pyrena
