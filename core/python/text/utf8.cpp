#include "core/python/text/utf8.h"

#include <algorithm>
#include <cstring>

namespace pyrena::text {

namespace {

constexpr char32_t kReplacement = 0xfffd;

bool isContinuation(unsigned char byte) { return (byte & 0xc0) == 0x80; }

} // namespace

DecodedCodePoint decodeAt(std::string_view text, std::size_t offset)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead, 1};

    const unsigned bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() - offset < bytes)
        return {kReplacement, 1};
    char32_t c = lead & (0x7f >> bytes);
    for (unsigned i = 1; i < bytes; ++i) {
        if (!isContinuation(byte(i)))
            return {kReplacement, 1};
        c = (c << 6) | (byte(i) & 0x3f);
    }
    const bool overlong = (bytes == 3 && c < 0x800) || (bytes == 4 && c < 0x10000);
    if (overlong || c > 0x10ffff)
        return {kReplacement, 1};
    return {c, bytes};
}

DecodedCodePoint decodeBefore(std::string_view text, std::size_t offset)
{
    for (unsigned bytes = 1; bytes <= 4 && bytes <= offset; ++bytes) {
        if (isContinuation(static_cast<unsigned char>(text[offset - bytes])))
            continue;
        const DecodedCodePoint decoded = decodeAt(text.substr(0, offset), offset - bytes);
        if (decoded.bytes == bytes)
            return decoded;
        break;
    }
    return {kReplacement, 1};
}

void appendCodePoint(std::string &out, char32_t c)
{
    if (c < 0x80) {
        out += char(c);
    } else if (c < 0x800) {
        out += char(0xc0 | (c >> 6));
        out += char(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        out += char(0xe0 | (c >> 12));
        out += char(0x80 | ((c >> 6) & 0x3f));
        out += char(0x80 | (c & 0x3f));
    } else if (c <= 0x10ffff) {
        out += char(0xf0 | (c >> 18));
        out += char(0x80 | ((c >> 12) & 0x3f));
        out += char(0x80 | ((c >> 6) & 0x3f));
        out += char(0x80 | (c & 0x3f));
    } else {
        appendCodePoint(out, kReplacement);
    }
}

std::string encodeUtf8(char32_t codePoint)
{
    std::string out;
    appendCodePoint(out, codePoint);
    return out;
}

std::string encodeUtf8(std::u32string_view codePoints)
{
    std::string out;
    out.reserve(codePoints.size());
    for (const char32_t c : codePoints)
        appendCodePoint(out, c);
    return out;
}

std::u32string decodeUtf8(std::string_view text)
{
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const DecodedCodePoint decoded = decodeAt(text, i);
        out += decoded.codePoint;
        i += decoded.bytes;
    }
    return out;
}

bool isAscii(std::string_view text)
{
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + i, 8);
        if (word & 0x8080808080808080u)
            return false;
    }
    return std::all_of(text.begin() + std::ptrdiff_t(i), text.end(), [](char c) { return (c & 0x80) == 0; });
}

bool isValidUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const DecodedCodePoint decoded = decodeAt(text, i);
        const bool bad = decoded.bytes == 1 && decoded.codePoint == kReplacement;
        if (bad || (decoded.codePoint >= 0xd800 && decoded.codePoint <= 0xdfff))
            return false;
        i += decoded.bytes;
    }
    return true;
}

std::size_t length(std::string_view text)
{
    if (isAscii(text))
        return text.size();
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count)
        i += decodeAt(text, i).bytes;
    return count;
}

std::size_t byteOffset(std::string_view text, std::size_t index)
{
    // The ASCII part in front costs one look per eight bytes.
    if (isAscii(text.substr(0, index)))
        return std::min(index, text.size());
    std::size_t offset = 0;
    for (; index > 0 && offset < text.size(); --index)
        offset += decodeAt(text, offset).bytes;
    return offset;
}

std::optional<char32_t> codePointAt(std::string_view text, std::size_t index)
{
    const std::size_t offset = byteOffset(text, index);
    if (offset >= text.size())
        return std::nullopt;
    return decodeAt(text, offset).codePoint;
}

std::string_view substring(std::string_view text, std::size_t begin, std::size_t end)
{
    if (begin >= end)
        return {};
    text.remove_prefix(byteOffset(text, begin));
    return text.substr(0, byteOffset(text, end - begin));
}

std::string slice(std::string_view text, std::size_t begin, std::int64_t step, std::size_t count)
{
    if (step == 1 || count <= 1)
        return std::string(substring(text, begin, begin + count));
    std::string out;
    if (isAscii(text)) {
        out.reserve(count);
        for (std::size_t i = 0, at = begin; i < count; ++i, at += std::size_t(step))
            out += text[at];
        return out;
    }
    const std::u32string codePoints = decodeUtf8(text);
    for (std::size_t i = 0, at = begin; i < count; ++i, at += std::size_t(step))
        appendCodePoint(out, codePoints[at]);
    return out;
}

std::string reversed(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t end = text.size(); end > 0;) {
        const DecodedCodePoint decoded = decodeBefore(text, end);
        out.append(text.substr(end - decoded.bytes, decoded.bytes));
        end -= decoded.bytes;
    }
    return out;
}

char32_t maxCodePoint(std::string_view text)
{
    char32_t result = 0;
    for (std::size_t i = 0; i < text.size();) {
        const DecodedCodePoint decoded = decodeAt(text, i);
        result = std::max(result, decoded.codePoint);
        i += decoded.bytes;
    }
    return result;
}

CharWidth charWidth(std::string_view text)
{
    if (isAscii(text))
        return CharWidth::Ascii;
    const char32_t c = maxCodePoint(text);
    return c < 0x80 ? CharWidth::Ascii : c < 0x100 ? CharWidth::Latin1 : c < 0x10000 ? CharWidth::Ucs2 : CharWidth::Ucs4;
}

int compare(std::string_view a, std::string_view b)
{
    // UTF-8 sorts as its code points do.
    const int order = a.compare(b);
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

} // namespace pyrena::text
