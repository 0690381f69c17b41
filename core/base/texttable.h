#pragma once

#include "core/base/id.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

// Interned strings of one trace: names, values of str objects, decimal digits of big integers, printed text.
// Append-only, so that a TextId stays valid and changes stay small. Not thread-safe while it is written.
class TextTable
{
public:
    TextId intern(std::string_view text);
    const std::string &text(TextId id) const { return m_texts[id.value]; }
    std::size_t size() const { return m_texts.size(); }
    std::size_t bytes() const { return m_bytes; }   // of all texts, for the memory limit

private:
    // Open addressing: names are looked up several times in most statements, and a std::unordered_map takes three times as long.
    struct Cell { std::uint32_t hash = 0, id = kVacant; };
    static constexpr std::uint32_t kVacant = TextId::kNone;

    void grow();

    std::deque<std::string> m_texts;   // deque: the texts stay where they are
    std::vector<Cell> m_cells = std::vector<Cell>(256);   // a power of two, at most half of them used
    std::size_t m_bytes = 0;
};

} // namespace pyrena
