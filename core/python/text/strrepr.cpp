#include "core/python/text/strrepr.h"

#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

namespace pyrena::text {

namespace {

void appendHex(std::string &out, char letter, char32_t c, int digits)
{
    out += '\\';
    out += letter;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(c >> shift) & 0xf];
}

void appendNumericEscape(std::string &out, char32_t c)
{
    if (c < 0x100)
        appendHex(out, 'x', c, 2);
    else if (c < 0x10000)
        appendHex(out, 'u', c, 4);
    else
        appendHex(out, 'U', c, 8);
}

// True when the escape was written.
bool appendCommonEscape(std::string &out, char32_t c, char quote)
{
    switch (c) {
    case '\t': out += "\\t"; return true;
    case '\n': out += "\\n"; return true;
    case '\r': out += "\\r"; return true;
    default: break;
    }
    if (c != '\\' && c != char32_t(quote))
        return false;
    out += '\\';
    out += char(c);
    return true;
}

// Double quotes only where they save escapes.
char quoteFor(std::string_view text)
{
    const bool hasSingle = text.find('\'') != std::string_view::npos;
    return hasSingle && text.find('"') == std::string_view::npos ? '"' : '\'';
}

} // namespace

std::string reprString(std::string_view text)
{
    const char quote = quoteFor(text);
    std::string out(1, quote);
    out.reserve(text.size() + 2);
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, bytes] = decodeAt(text, i);
        i += bytes;
        if (appendCommonEscape(out, c, quote))
            continue;
        if (isPrintable(c))
            appendCodePoint(out, c);
        else
            appendNumericEscape(out, c);
    }
    return out + quote;
}

std::string escapeNonAscii(std::string_view repr)
{
    std::string out;
    out.reserve(repr.size());
    for (std::size_t i = 0; i < repr.size();) {
        const auto [c, bytes] = decodeAt(repr, i);
        i += bytes;
        if (c < 0x80)
            out += char(c);
        else
            appendNumericEscape(out, c);
    }
    return out;
}

std::string asciiString(std::string_view text) { return escapeNonAscii(reprString(text)); }

std::string reprBytes(std::string_view bytes)
{
    const char quote = quoteFor(bytes);
    std::string out = "b";
    out += quote;
    for (const char byte : bytes) {
        const unsigned char c = static_cast<unsigned char>(byte);
        if (appendCommonEscape(out, c, quote))
            continue;
        if (c >= 0x20 && c < 0x7f)
            out += byte;
        else
            appendHex(out, 'x', c, 2);
    }
    return out + quote;
}

} // namespace pyrena::text
