#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pyrena::syntax {

struct CodePoint
{
    char32_t value = 0;
    std::size_t length = 0;   // in bytes; 0: invalid UTF-8 here
};

// Requires: offset < text.size(). Overlong forms, surrogates and values above U+10FFFF are invalid.
CodePoint decodeUtf8(std::string_view text, std::size_t offset);
// Requires: c is a Unicode scalar value.
void appendUtf8(std::string &text, char32_t c);
// Offset of the first byte that is not part of valid UTF-8, or npos.
std::size_t findInvalidUtf8(std::string_view text);

} // namespace pyrena::syntax
