#include "core/python/syntax/utf8.h"

namespace pyrena::syntax {

CodePoint decodeUtf8(std::string_view text, std::size_t offset)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(offset);
    if (lead < 0x80)
        return {lead, 1};
    std::size_t length = 0;
    char32_t value = 0;
    char32_t least = 0;   // smaller values are overlong
    if (lead >= 0xc2 && lead <= 0xdf)
        length = 2, value = lead & 0x1f, least = 0x80;
    else if (lead >= 0xe0 && lead <= 0xef)
        length = 3, value = lead & 0x0f, least = 0x800;
    else if (lead >= 0xf0 && lead <= 0xf4)
        length = 4, value = lead & 0x07, least = 0x10000;
    if (length == 0 || offset + length > text.size())
        return {};
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(offset + i) & 0xc0) != 0x80)
            return {};
        value = value << 6 | (byte(offset + i) & 0x3f);
    }
    const bool isSurrogate = value >= 0xd800 && value <= 0xdfff;
    if (value < least || value > 0x10ffff || isSurrogate)
        return {};
    return {value, length};
}

void appendUtf8(std::string &text, char32_t c)
{
    const auto push = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        push(c);
    } else if (c < 0x800) {
        push(0xc0 | c >> 6);
        push(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        push(0xe0 | c >> 12);
        push(0x80 | (c >> 6 & 0x3f));
        push(0x80 | (c & 0x3f));
    } else {
        push(0xf0 | c >> 18);
        push(0x80 | (c >> 12 & 0x3f));
        push(0x80 | (c >> 6 & 0x3f));
        push(0x80 | (c & 0x3f));
    }
}

std::size_t findInvalidUtf8(std::string_view text)
{
    std::size_t i = 0;
    while (i < text.size()) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            ++i;
            continue;
        }
        const CodePoint c = decodeUtf8(text, i);
        if (c.length == 0)
            return i;
        i += c.length;
    }
    return std::string_view::npos;
}

} // namespace pyrena::syntax
