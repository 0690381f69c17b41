#pragma once

#include "core/base/id.h"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

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
    std::deque<std::string> m_texts;   // deque: the views used as keys stay valid
    std::unordered_map<std::string_view, std::uint32_t> m_index;
    std::size_t m_bytes = 0;
};

} // namespace pyrena
