// Encodings of text: UTF-8, ASCII and Latin-1. Others are refused by name.
#include "core/python/builtins/helpers.h"

#include "core/python/text/utf8.h"

#include <algorithm>
#include <cctype>

namespace pyrena {

namespace {

enum class Encoding { Utf8, Ascii, Latin1 };

Encoding encodingOf(Interpreter &i, const std::string &name)
{
    std::string plain;
    for (const char c : name)
        plain += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto is = [&](std::initializer_list<std::string_view> names) { return std::find(names.begin(), names.end(), plain) != names.end(); };
    if (is({"utf-8", "utf8", "u8"}))
        return Encoding::Utf8;
    if (is({"ascii", "us-ascii", "646"}))
        return Encoding::Ascii;
    if (is({"latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1"}))
        return Encoding::Latin1;
    if (plain.starts_with("utf") || plain.starts_with("cp") || plain.starts_with("iso") || plain.starts_with("windows"))
        i.unsupported("the encoding '" + name + "'; use utf-8, ascii or latin-1");
    i.raise("LookupError", "unknown encoding: " + name);
}

std::string shownEscape(char32_t c)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    const int width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    std::string out = width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U";
    for (int digit = width; digit-- > 0;)
        out += kDigits[(c >> (4 * digit)) & 15];
    return out;
}

// What is wrong with the bytes at `at`, none when they begin a character; `length` says how long it is then.
const char *utf8Fault(std::string_view bytes, std::size_t at, std::size_t &length)
{
    const auto byte = [&](std::size_t n) { return static_cast<unsigned char>(bytes[at + n]); };
    const unsigned first = byte(0);
    length = 1;
    if (first < 0x80)
        return nullptr;
    if (first < 0xc2 || first > 0xf4)
        return "invalid start byte";
    const std::size_t wanted = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    for (std::size_t n = 1; n < wanted; ++n) {
        length = n;
        if (at + n >= bytes.size())
            return "unexpected end of data";
        const unsigned low = n == 1 && first == 0xe0 ? 0xa0 : n == 1 && first == 0xf0 ? 0x90 : 0x80;
        const unsigned high = n == 1 && first == 0xed ? 0x9f : n == 1 && first == 0xf4 ? 0x8f : 0xbf;
        if (byte(n) < low || byte(n) > high)
            return "invalid continuation byte";
    }
    length = wanted;
    return nullptr;
}

} // namespace

std::string encodeText(Interpreter &i, ObjectId str, const std::string &name, const std::string &errors)
{
    const std::string &utf8 = i.text(str);
    const Encoding encoding = encodingOf(i, name);
    if (encoding == Encoding::Utf8 || text::isAscii(utf8))
        return utf8;
    const char32_t limit = encoding == Encoding::Ascii ? 128 : 256;
    const std::u32string points = text::decodeUtf8(utf8);
    std::string out;
    for (std::size_t at = 0; at < points.size(); ++at) {
        if (points[at] < limit) {
            out += static_cast<char>(points[at]);
        } else if (errors == "replace") {
            out += '?';
        } else if (errors == "backslashreplace") {
            out += shownEscape(points[at]);
        } else if (errors == "xmlcharrefreplace") {
            out += "&#" + std::to_string(static_cast<std::uint32_t>(points[at])) + ";";
        } else if (errors == "strict") {
            std::size_t end = at;
            while (end < points.size() && points[end] >= limit)
                ++end;
            const std::string where = end - at == 1 ? "character '" + shownEscape(points[at]) + "' in position " + std::to_string(at)
                                                    : "characters in position " + std::to_string(at) + "-" + std::to_string(end - 1);
            i.raise("UnicodeEncodeError", std::string("'") + (limit == 128 ? "ascii" : "latin-1") + "' codec can't encode " + where
                                              + ": ordinal not in range(" + std::to_string(static_cast<std::uint32_t>(limit)) + ")");
        } else if (errors != "ignore") {
            i.raise("LookupError", "unknown error handler name '" + errors + "'");
        }
    }
    return out;
}

Ref decodeBytes(Interpreter &i, ObjectId object, const std::string &name, const std::string &errors)
{
    const std::string bytes = i.text(object);
    const Encoding encoding = encodingOf(i, name);
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        std::size_t length = 1;
        const char *fault = encoding == Encoding::Ascii && byte >= 128 ? "ordinal not in range(128)"
            : encoding == Encoding::Utf8 ? utf8Fault(bytes, at, length) : nullptr;
        if (!fault) {
            out += encoding == Encoding::Latin1 ? text::encodeUtf8(static_cast<char32_t>(byte)) : bytes.substr(at, length);
        } else if (errors == "replace") {
            out += "\xef\xbf\xbd";
        } else if (errors == "strict") {
            static constexpr char kDigits[] = "0123456789abcdef";
            const std::string where = length == 1 ? std::string("byte 0x") + kDigits[byte >> 4] + kDigits[byte & 15] + " in position " + std::to_string(at)
                                                  : "bytes in position " + std::to_string(at) + "-" + std::to_string(at + length - 1);
            i.raise("UnicodeDecodeError", std::string("'") + (encoding == Encoding::Ascii ? "ascii" : "utf-8") + "' codec can't decode "
                                              + where + ": " + fault);
        } else if (errors != "ignore") {
            i.raise("LookupError", "unknown error handler name '" + errors + "'");
        }
        at += length;
    }
    return i.heap().newStr(out);
}

} // namespace pyrena
