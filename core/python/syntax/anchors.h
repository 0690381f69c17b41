#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

// A place of a lesson's program: a comment "#@ name". Only comments count, not '#@' inside of a string.
struct Anchor
{
    std::string name;
    std::uint32_t line = 0;   // from 1
    friend bool operator==(const Anchor &, const Anchor &) = default;
};

// In the order of the text. After something that is no token of Python (an unterminated string) nothing is found.
std::vector<Anchor> findAnchors(std::string_view source);
// The source without its anchors and the blanks before them; lines keep their numbers.
std::string hideAnchors(std::string_view source);

} // namespace pyrena
