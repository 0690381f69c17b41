#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Strings are UTF-8; Python indexes code points. Lone surrogates are kept as three bytes each, as in CPython's
// 'surrogatepass'. A byte that is no valid UTF-8 counts as one code point, U+FFFD, so nothing here can fail.
namespace pyrena::text {

struct DecodedCodePoint
{
    char32_t codePoint = 0;
    unsigned bytes = 0;   // 1 to 4
};

// Requires: offset < text.size().
DecodedCodePoint decodeAt(std::string_view text, std::size_t offset);
// The code point that ends before `offset`. Requires: offset > 0 and at the start of a code point.
DecodedCodePoint decodeBefore(std::string_view text, std::size_t offset);

void appendCodePoint(std::string &out, char32_t codePoint);
std::string encodeUtf8(char32_t codePoint);
std::string encodeUtf8(std::u32string_view codePoints);
std::u32string decodeUtf8(std::string_view text);

bool isAscii(std::string_view text);
bool isValidUtf8(std::string_view text);   // strict: no surrogates, as bytes.decode() has it
std::size_t length(std::string_view text);   // in code points: len()

// Nothing when the index is at or behind the end.
std::optional<char32_t> codePointAt(std::string_view text, std::size_t index);
// Byte offset of a code point index; text.size() when the index is at or behind the end.
std::size_t byteOffset(std::string_view text, std::size_t index);
// Code points [begin, end), cut at the end of the text.
std::string_view substring(std::string_view text, std::size_t begin, std::size_t end);
// `count` code points at begin, begin + step, ... as str.__getitem__ with a slice whose indices are already adjusted.
// Requires: every index it names lies in the text.
std::string slice(std::string_view text, std::size_t begin, std::int64_t step, std::size_t count);
// Code points in reverse order: text[::-1].
std::string reversed(std::string_view text);

// Bytes per character in CPython's compact string (PEP 393): decides the size of a str object.
enum class CharWidth { Ascii, Latin1, Ucs2, Ucs4 };
CharWidth charWidth(std::string_view text);
char32_t maxCodePoint(std::string_view text);   // 0 when empty

// Compares as str does, by code points. Negative, 0 or positive.
int compare(std::string_view a, std::string_view b);

} // namespace pyrena::text
