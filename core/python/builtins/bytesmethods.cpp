// Methods of bytes, of int that make and read bytes, and those of str that map characters.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/python/text/utf8.h"

#include <algorithm>

namespace pyrena {

namespace {

const std::string &bytesArg(Interpreter &i, ObjectId id)
{
    if (i.kind(id) != TypeKind::Bytes)
        i.raise("TypeError", "a bytes-like object is required, not '" + i.typeName(id) + "'");
    return i.text(id);
}

template <int (*change)(int)>
Ref cased(Interpreter &i, const CallArgs &a)
{
    std::string out = i.text(a[0]);
    for (char &c : out)
        if (static_cast<unsigned char>(c) < 128)
            c = static_cast<char>(change(c));
    return i.heap().newBytes(out);
}

std::string needle(Interpreter &i, ObjectId id)
{
    if (!i.isInt(id))
        return bytesArg(i, id);
    const std::int64_t value = i.toIndex(id);
    if (value < 0 || value > 255)
        i.raise("ValueError", "byte must be in range(0, 256)");
    return std::string(1, static_cast<char>(value));
}

template <bool mustFind>
Ref find(Interpreter &i, const CallArgs &a)
{
    const std::size_t at = i.text(a[0]).find(needle(i, a[1]));
    if (mustFind && at == std::string::npos)
        i.raise("ValueError", "subsection not found");
    return i.heap().newInt(at == std::string::npos ? std::int64_t(-1) : static_cast<std::int64_t>(at));
}

Ref count(Interpreter &i, const CallArgs &a)
{
    const std::string &text = i.text(a[0]), part = needle(i, a[1]);
    if (part.empty())
        return i.heap().newInt(static_cast<std::int64_t>(text.size()) + 1);
    std::int64_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++found;
    return i.heap().newInt(found);
}

template <bool atEnd>
Ref startsOrEnds(Interpreter &i, const CallArgs &a)
{
    const std::string &text = i.text(a[0]), &part = bytesArg(i, a[1]);
    return i.heap().newBool(atEnd ? text.ends_with(part) : text.starts_with(part));
}

Ref replace(Interpreter &i, const CallArgs &a)
{
    const std::string text = i.text(a[0]), from = bytesArg(i, a[1]), to = bytesArg(i, a[2]);
    if (from.empty())
        i.unsupported("bytes.replace() of nothing");
    std::string out;
    std::size_t begin = 0;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, begin)) {
        out += text.substr(begin, at - begin) + to;
        i.guardSize(out.size());
        begin = at + from.size();
    }
    return begin == 0 ? i.heap().own(a[0]) : i.heap().newBytes(out + text.substr(begin));
}

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Ref split(Interpreter &i, const CallArgs &a)
{
    const std::string text = i.text(a[0]);
    Ref list = i.heap().newList({}, 0);
    if (a.size() < 2 || i.kind(a[1]) == TypeKind::None) {
        for (std::size_t at = 0; at < text.size();) {
            while (at < text.size() && isSpace(text[at]))
                ++at;
            const std::size_t begin = at;
            while (at < text.size() && !isSpace(text[at]))
                ++at;
            if (at > begin)
                i.heap().listAppend(list, i.heap().newBytes(text.substr(begin, at - begin)));
        }
        return list;
    }
    const std::string separator = bytesArg(i, a[1]);
    if (separator.empty())
        i.raise("ValueError", "empty separator");
    std::size_t begin = 0;
    for (std::size_t at = text.find(separator); at != std::string::npos; at = text.find(separator, begin)) {
        i.heap().listAppend(list, i.heap().newBytes(text.substr(begin, at - begin)));
        begin = at + separator.size();
    }
    i.heap().listAppend(list, i.heap().newBytes(text.substr(begin)));
    return list;
}

Ref strip(Interpreter &i, const CallArgs &a)
{
    const std::string &text = i.text(a[0]);
    const std::string chars = a.size() > 1 && i.kind(a[1]) != TypeKind::None ? bytesArg(i, a[1]) : std::string(" \t\n\v\f\r");
    const std::size_t first = text.find_first_not_of(chars);
    if (first == std::string::npos)
        return i.heap().newBytes("");
    const std::string kept = text.substr(first, text.find_last_not_of(chars) - first + 1);
    return kept == text && i.isExact(a[0]) ? i.heap().own(a[0]) : i.heap().newBytes(kept);
}

Ref join(Interpreter &i, const CallArgs &a)
{
    std::string out;
    std::int64_t n = 0;
    i.forEach(a[1], [&](Ref item) {
        if (i.kind(item) != TypeKind::Bytes)
            i.raise("TypeError", "sequence item " + std::to_string(n) + ": expected a bytes-like object, " + i.typeName(item) + " found");
        out += (n++ > 0 ? i.text(a[0]) : std::string()) + i.text(item);
        i.guardSize(out.size());
    });
    return i.heap().newBytes(out);
}

Ref hex(Interpreter &i, const CallArgs &a)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (const char c : i.text(a[0])) {
        out += kDigits[static_cast<unsigned char>(c) >> 4];
        out += kDigits[static_cast<unsigned char>(c) & 15];
    }
    return i.heap().newStr(out);
}

Ref fromHex(Interpreter &i, const CallArgs &a)
{
    if (!i.isStr(a[1]))
        i.raise("TypeError", "fromhex() argument must be str, not " + i.typeName(a[1]));
    const std::string &text = i.text(a[1]);
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (isSpace(text[at])) {
            ++at;
            continue;
        }
        const bool first = digit(text[at]) >= 0, both = first && at + 1 < text.size() && digit(text[at + 1]) >= 0;
        if (!both)
            i.raise("ValueError", "non-hexadecimal number found in fromhex() arg at position " + std::to_string(first ? at + 1 : at));
        out += static_cast<char>(digit(text[at]) * 16 + digit(text[at + 1]));
        at += 2;
    }
    return i.heap().newBytes(out);
}

Ref decode(Interpreter &i, const CallArgs &a)
{
    onlyKeywords(i, a, "decode", {"encoding", "errors"});
    const ObjectId name = a.at(1) ? a.at(1) : a.keyword("encoding"), errors = a.at(2) ? a.at(2) : a.keyword("errors");
    return decodeBytes(i, a[0], name ? i.text(name) : "utf-8", errors ? i.text(errors) : "strict");
}

// ---- int

Ref toBytes(Interpreter &i, const CallArgs &a)
{
    onlyKeywords(i, a, "to_bytes", {"length", "byteorder", "signed"});
    const ObjectId length = a.at(1) ? a.at(1) : a.keyword("length"), order = a.at(2) ? a.at(2) : a.keyword("byteorder");
    if ((!length || !order) && i.profile().minor < 11)
        i.raise("TypeError", std::string(i.profile().minor >= 7 ? "to_bytes() missing required argument '" : "Required argument '")
                    + (length ? "byteorder" : "length") + (i.profile().minor >= 7 ? "' (pos " : "' (pos ") + (length ? "2)" : "1)")
                    + (i.profile().minor >= 7 ? "" : " not found"));
    const std::int64_t n = length ? i.toIndex(length) : 1;
    const std::string byteOrder = order ? i.text(order) : "big";
    if (byteOrder != "big" && byteOrder != "little")
        i.raise("ValueError", "byteorder must be either 'little' or 'big'");
    if (n < 0)
        i.raise("ValueError", "length argument must be non-negative");
    i.guardSize(static_cast<std::uint64_t>(n));
    const bool isSigned = a.keyword("signed") && i.truth(a.keyword("signed"));
    BigInt value = i.heap().bigValue(a[0]);
    if (value.isNegative() && !isSigned)
        i.raise("OverflowError", "can't convert negative int to unsigned");
    const std::size_t bits = isSigned ? (value.isNegative() ? (~value).bitLength() : value.bitLength()) + 1 : value.bitLength();
    if (bits > static_cast<std::size_t>(n) * 8 && !(n == 0 && value.isZero()))
        i.raise("OverflowError", "int too big to convert");
    std::string out;
    for (std::int64_t at = 0; at < n; ++at) {
        out += static_cast<char>((value & BigInt(255)).toInt64().value_or(0));
        value = BigInt::shiftRight(value, BigInt(8));
    }
    if (byteOrder == "big")
        std::reverse(out.begin(), out.end());
    return i.heap().newBytes(out);
}

Ref fromBytes(Interpreter &i, const CallArgs &a)
{
    onlyKeywords(i, a, "from_bytes", {"bytes", "byteorder", "signed"});
    const ObjectId order = a.at(2) ? a.at(2) : a.keyword("byteorder");
    if (!order && i.profile().minor < 11)
        i.raise("TypeError", "from_bytes() missing required argument 'byteorder' (pos 2)");
    std::string bytes = bytesArg(i, a[1]);
    if (!order || i.text(order) == "big")
        std::reverse(bytes.begin(), bytes.end());
    else if (i.text(order) != "little")
        i.raise("ValueError", "byteorder must be either 'little' or 'big'");
    BigInt value;
    for (std::size_t at = bytes.size(); at-- > 0;)
        value = *BigInt::shiftLeft(value, BigInt(8)) + BigInt(std::int64_t(static_cast<unsigned char>(bytes[at])));
    if (a.keyword("signed") && i.truth(a.keyword("signed")) && !bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 128))
        value = value - *BigInt::shiftLeft(BigInt(1), BigInt(static_cast<std::int64_t>(bytes.size()) * 8));
    return i.heap().newInt(value);
}

// ---- str

Ref makeTrans(Interpreter &i, const CallArgs &a)
{
    Ref table = i.dicts().newDict();
    const auto put = [&](std::int64_t code, Ref value) {
        const Ref key = i.heap().newInt(code);
        i.dicts().set(table, key, i.hash(key), std::move(value));
    };
    if (a.size() == 2) {
        if (i.kind(a[1]) != TypeKind::Dict)
            i.raise("TypeError", "if you give only one argument to maketrans it must be a dict");
        for (std::uint32_t e = 0; e < i.dicts().entryCount(a[1]); ++e) {
            const ObjectId key = i.dicts().keyAt(a[1], e);
            if (!key)
                continue;
            if (i.isStr(key) && i.lengthPlain(key) != 1)
                i.raise("ValueError", "string keys in translate table must be of length 1");
            put(i.isStr(key) ? std::int64_t(*text::codePointAt(i.text(key), 0)) : i.toIndex(key), i.heap().own(i.dicts().valueAt(a[1], e)));
        }
        return table;
    }
    for (std::size_t n = 1; n < a.size(); ++n)
        if (!i.isStr(a[n]))
            i.raise("TypeError", n == 1 ? "first maketrans argument must be a string if there is a second argument"
                                        : "maketrans() argument " + std::to_string(n) + " must be str, not " + i.typeName(a[n]));
    const std::u32string from = text::decodeUtf8(i.text(a[1])), to = text::decodeUtf8(i.text(a[2]));
    if (from.size() != to.size())
        i.raise("ValueError", "the first two maketrans arguments must have equal length");
    for (std::size_t n = 0; n < from.size(); ++n)
        put(from[n], i.heap().newInt(std::int64_t(to[n])));
    if (a.size() > 3)
        for (const char32_t c : text::decodeUtf8(i.text(a[3])))
            put(c, i.heap().newNone());
    return table;
}

Ref translate(Interpreter &i, const CallArgs &a)
{
    std::string out;
    for (const char32_t c : text::decodeUtf8(i.text(a[0]))) {
        const Ref key = i.heap().newInt(std::int64_t(c));
        Ref value;
        try {
            value = i.getItem(a[1], key);
        } catch (const PythonError &) {
            if (!i.raisedIs("LookupError"))
                throw;
            i.takeRaised().reset();
            out += text::encodeUtf8(c);
            continue;
        }
        if (i.isStr(value))
            out += i.text(value);
        else if (i.isInt(value))
            out += text::encodeUtf8(static_cast<char32_t>(i.toIndex(value)));
        else if (i.kind(value) != TypeKind::None)
            i.raise("TypeError", "character mapping must return integer, None or str");
        i.guardSize(out.size());
    }
    return i.heap().newStr(out);
}

constexpr NativeDef kBytes[] = {
    {"upper", cased<std::toupper>, 0, 0}, {"lower", cased<std::tolower>, 0, 0}, {"find", find<false>, 1, 1}, {"index", find<true>, 1, 1},
    {"count", count, 1, 1}, {"startswith", startsOrEnds<false>, 1, 1}, {"endswith", startsOrEnds<true>, 1, 1}, {"replace", replace, 2, 2},
    {"split", split, 0, 1}, {"strip", strip, 0, 1}, {"join", join, 1, 1}, {"hex", hex, 0, 0}, {"decode", decode, 0, 2, true},
    {.name = "fromhex", .function = fromHex, .min = 1, .max = 1, .ofClass = true},
};
constexpr NativeDef kInt[] = {{"to_bytes", toBytes, 0, 2, true},
                              {.name = "from_bytes", .function = fromBytes, .min = 1, .max = 2, .keywords = true, .ofClass = true}};
constexpr NativeDef kStr[] = {{"translate", translate, 1, 1},
                              {.name = "maketrans", .function = makeTrans, .min = 1, .max = 3, .ofClass = true}};

} // namespace

void addBytesMethods(Interpreter &i)
{
    const auto add = [&](const char *type, std::span<const NativeDef> table) {
        for (const NativeDef &def : table)
            i.classOf(i.builtinType(type)).methods.emplace(def.name, &def);
    };
    add("bytes", kBytes);
    add("int", kInt);
    add("str", kStr);
}

} // namespace pyrena
