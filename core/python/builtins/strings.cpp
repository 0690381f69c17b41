// Methods of str, % formatting and str.format().
#include "core/gc/collector.h"
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/python/text/floatrepr.h"
#include "core/python/text/percentformat.h"
#include "core/python/text/strcase.h"
#include "core/python/text/strformat.h"
#include "core/python/text/strmethods.h"
#include "core/python/text/utf8.h"

namespace pyrena {

namespace {

const std::string &self(Interpreter &i, const CallArgs &a) { return i.text(a[0]); }

// The result as an object; the receiver itself when nothing changed, as CPython gives it back.
Ref result(Interpreter &i, const CallArgs &a, std::string_view changed)
{
    return changed == self(i, a) ? i.heap().own(a[0]) : i.heap().newStr(changed);
}

const std::string &strArg(Interpreter &i, const CallArgs &a, std::size_t n, const char *method)
{
    if (!i.isStr(a[n]))
        i.raise("TypeError", std::string(method) + " argument " + std::to_string(n) + " must be str, not " + i.typeName(a[n]));
    return i.text(a[n]);
}

text::Range rangeOf(Interpreter &i, const CallArgs &a, std::size_t first)
{
    text::Range range;
    range.start = i.indexOr(a.at(first), 0);
    range.end = i.indexOr(a.at(first + 1), std::numeric_limits<std::int64_t>::max());
    return range;
}

// Lower and upper case of ASCII go into a new object even when it is one character.
template <std::string (*change)(std::string_view)>
Ref cased(Interpreter &i, const CallArgs &a)
{
    return i.heap().newOwnStr(change(self(i, a)));
}

template <bool (*question)(std::string_view)>
Ref asks(Interpreter &i, const CallArgs &a) { return i.heap().newBool(question(self(i, a))); }

Ref capitalize(Interpreter &i, const CallArgs &a) { return i.heap().newOwnStr(text::capitalize(self(i, a), i.textRules())); }
Ref isAscii(Interpreter &i, const CallArgs &a) { return i.heap().newBool(text::isAscii(self(i, a))); }

template <text::StripSide side>
Ref strip(Interpreter &i, const CallArgs &a)
{
    const ObjectId chars = a.at(1);
    if (!chars || i.kind(chars) == TypeKind::None)
        return result(i, a, text::strip(self(i, a), side));
    if (!i.isStr(chars))
        i.raise("TypeError", "strip arg must be None or str");
    return result(i, a, text::strip(self(i, a), side, i.text(chars)));
}

// The text looked for; until 3.12 the message does not say where it was to stand.
const std::string &soughtArg(Interpreter &i, const CallArgs &a, const char *method)
{
    if (!i.isStr(a[1]))
        i.raise("TypeError", (i.profile().minor >= 13 && method ? std::string(method) + "() argument 1 must be str, not " : std::string("must be str, not "))
                                 + i.typeName(a[1]));
    return i.text(a[1]);
}

template <std::int64_t (*search)(std::string_view, std::string_view, text::Range), bool mustFind>
Ref find(Interpreter &i, const CallArgs &a)
{
    const std::int64_t at = search(self(i, a), soughtArg(i, a, mustFind ? "index" : "find"), rangeOf(i, a, 2));
    if (mustFind && at < 0)
        i.raise("ValueError", "substring not found");
    return i.heap().newInt(at);
}

Ref count(Interpreter &i, const CallArgs &a)
{
    return i.heap().newInt(text::count(self(i, a), soughtArg(i, a, "count"), rangeOf(i, a, 2)));
}

template <bool (*test)(std::string_view, std::string_view, text::Range)>
Ref startsOrEnds(Interpreter &i, const CallArgs &a)
{
    const text::Range range = rangeOf(i, a, 2);
    if (i.kind(a[1]) == TypeKind::Tuple) {
        for (const Slot &slot : i.heap().items(a[1]))
            if (i.isStr(slot.target) && test(self(i, a), i.text(slot.target), range))
                return i.heap().newBool(true);
        return i.heap().newBool(false);
    }
    if (!i.isStr(a[1]))
        i.raise("TypeError", std::string(test == text::endsWith ? "endswith" : "startswith") + " first arg must be str or a tuple of str, not " + i.typeName(a[1]));
    return i.heap().newBool(test(self(i, a), i.text(a[1]), range));
}

Ref replace(Interpreter &i, const CallArgs &a)
{
    const ObjectId limit = a.at(3) ? a.at(3) : a.keyword("count");
    const std::string &from = strArg(i, a, 1, "replace()");
    return result(i, a, i.unwrap(text::replace(self(i, a), from, strArg(i, a, 2, "replace()"),
                                               i.indexOr(limit, -1), i.textRules())));
}

// Parts of the receiver; the receiver itself where nothing was cut off.
Ref listOf(Interpreter &i, const CallArgs &a, const std::vector<std::string> &parts)
{
    Ref list = i.heap().newList({}, 0);
    for (const std::string &part : parts)
        i.heap().listAppend(list, result(i, a, part));
    return list;
}

template <bool right>
Ref split(Interpreter &i, const CallArgs &a)
{
    onlyKeywords(i, a, "split", {"sep", "maxsplit"});
    const ObjectId separator = a.at(1) ? a.at(1) : a.keyword("sep");
    const std::int64_t limit = i.indexOr(a.at(2) ? a.at(2) : a.keyword("maxsplit"), -1);
    if (!separator || i.kind(separator) == TypeKind::None)
        return listOf(i, a, right ? text::rsplitWhitespace(self(i, a), limit) : text::splitWhitespace(self(i, a), limit));
    if (!i.isStr(separator))
        i.raise("TypeError", "must be str or None, not " + i.typeName(separator));
    return listOf(i, a, i.unwrap(right ? text::rsplit(self(i, a), i.text(separator), limit) : text::split(self(i, a), i.text(separator), limit)));
}

Ref splitLines(Interpreter &i, const CallArgs &a)
{
    const ObjectId keep = a.at(1) ? a.at(1) : a.keyword("keepends");
    return listOf(i, a, text::splitLines(self(i, a), keep && i.truth(keep)));
}

template <bool right>
Ref partition(Interpreter &i, const CallArgs &a)
{
    const auto parts = i.unwrap((right ? text::rpartition : text::partition)(self(i, a), soughtArg(i, a, nullptr)));
    std::vector<Ref> items;
    for (const std::string &part : parts)
        items.push_back(part.empty() ? i.heap().newStr(part) : result(i, a, part));
    return i.heap().newTupleStealing(std::move(items), ObjectHeap::TupleBirth::ItemByItem);
}

Ref join(Interpreter &i, const CallArgs &a)
{
    if (!i.lookupIterable(a[1]))
        i.raise("TypeError", "can only join an iterable");
    // What is no list and no tuple is made a list first (PySequence_Fast).
    Ref list;
    const bool sequence = (i.kind(a[1]) == TypeKind::List || i.kind(a[1]) == TypeKind::Tuple) && i.isExact(a[1]);
    if (!sequence) {
        list = i.heap().newList({}, 0);
        i.extendList(list, a[1]);
    }
    const std::vector<Ref> items = i.toVector(sequence ? a[1] : list.id());
    if (items.size() == 1 && i.isStr(items[0]))
        return i.heap().own(items[0]);
    std::vector<std::string> parts;
    std::uint64_t bytes = 0;
    for (std::size_t n = 0; n < items.size(); ++n) {
        if (!i.isStr(items[n]))
            i.raise("TypeError", "sequence item " + std::to_string(n) + ": expected str instance, " + i.typeName(items[n]) + " found");
        i.guardSize(bytes += i.text(items[n]).size() + self(i, a).size());
        parts.push_back(i.text(items[n]));
    }
    return i.heap().newStr(i.unwrap(text::join(self(i, a), parts, i.textRules())));
}

template <text::TextResult<std::string> (*pad)(std::string_view, std::int64_t, char32_t, const text::TextRules &)>
Ref padded(Interpreter &i, const CallArgs &a)
{
    char32_t fill = ' ';
    if (a.at(2)) {
        if (!i.isStr(a[2]) || i.lengthOf(a[2]) != 1)
            i.raise("TypeError", "The fill character must be exactly one character long");
        fill = *text::codePointAt(i.text(a[2]), 0);
    }
    return result(i, a, i.unwrap(pad(self(i, a), i.toIndex(a[1]), fill, i.textRules())));
}

Ref zfill(Interpreter &i, const CallArgs &a) { return result(i, a, i.unwrap(text::zfill(self(i, a), i.toIndex(a[1]), i.textRules()))); }

Ref expandTabs(Interpreter &i, const CallArgs &a)
{
    const ObjectId size = a.at(1) ? a.at(1) : a.keyword("tabsize");
    return result(i, a, i.unwrap(text::expandTabs(self(i, a), i.indexOr(size, 8), i.textRules())));
}

Ref removePrefix(Interpreter &i, const CallArgs &a) { return result(i, a, text::removePrefix(self(i, a), strArg(i, a, 1, "removeprefix()"))); }
Ref removeSuffix(Interpreter &i, const CallArgs &a) { return result(i, a, text::removeSuffix(self(i, a), strArg(i, a, 1, "removesuffix()"))); }

Ref encode(Interpreter &i, const CallArgs &a)
{
    onlyKeywords(i, a, "encode", {"encoding", "errors"});
    const ObjectId name = a.at(1) ? a.at(1) : a.keyword("encoding"), errors = a.at(2) ? a.at(2) : a.keyword("errors");
    if (name && !i.isStr(name))
        i.raise("TypeError", std::string("encode() argument ") + (i.profile().minor >= 8 ? "'encoding'" : "1") + " must be str, not " + i.typeName(name));
    return i.heap().newBytes(encodeText(i, a[0], name ? i.text(name) : "utf-8", errors ? i.text(errors) : "strict"));
}

// ---- str.format

struct FormatCall
{
    Interpreter &i;
    const CallArgs &args;
    text::AutoNumbering numbering;

    Ref field(const std::string &name)
    {
        const text::FieldPath path = i.unwrap(text::parseFieldName(name));
        const auto first = i.unwrap(numbering.resolve(path.first));
        Ref value;
        if (const auto *index = std::get_if<std::int64_t>(&first)) {
            if (*index < 0 || static_cast<std::size_t>(*index) + 1 >= args.size())
                i.raise(text::replacementIndexError(*index, i.textRules()));
            value = i.heap().own(args[static_cast<std::size_t>(*index) + 1]);
        } else {
            const ObjectId found = args.keyword(std::get<std::string>(first));
            if (!found) {
                const Ref key = i.heap().newStr(std::get<std::string>(first));
                i.raiseKeyError(key);
            }
            value = i.heap().own(found);
        }
        for (const text::FieldStep &step : path.steps) {
            if (step.kind == text::FieldStep::Kind::Attribute) {
                value = i.getAttribute(value, std::get<std::string>(step.key));
            } else if (const auto *index = std::get_if<std::int64_t>(&step.key)) {
                const Ref key = i.heap().newInt(*index);
                value = i.getItem(value, key);
            } else {
                const Ref key = i.heap().newStr(std::get<std::string>(step.key));
                value = i.getItem(value, key);
            }
        }
        if (path.error)
            i.raise(*path.error);
        return value;
    }

    // The object that is the whole result, if it is one: the pattern itself, or a str it only passes on.
    Ref whole;

    std::string run(std::string_view pattern, int depth)
    {
        std::string out;
        const auto pieces = text::parseFormatString(pattern);
        for (const text::FormatPiece &piece : pieces) {
            out += piece.literal;
            if (piece.error)
                i.raise(*piece.error);
            if (!piece.hasField)
                continue;
            if (depth > 1)
                i.raise(text::maxRecursionExceeded());
            Ref value = field(piece.fieldName);
            const std::string spec = piece.specHasFields ? run(piece.spec, depth + 1) : piece.spec;
            switch (piece.conversion) {
            case 0: break;
            case 'r': value = i.heap().newStr(i.repr(value)); break;
            case 's': value = i.strObject(value); break;
            case 'a': value = i.heap().newStr(i.ascii(value)); break;
            default: i.raise(text::unknownConversion(piece.conversion));
            }
            Ref shown = i.isStr(value) ? i.formatted(value, spec) : i.heap().newStr(i.format(value, spec));
            out += i.text(shown);
            if (depth == 0 && pieces.size() == 1 && piece.literal.empty())
                whole = std::move(shown);
            i.guardSize(out.size());
        }
        return out;
    }
};

Ref format(Interpreter &i, const CallArgs &a)
{
    FormatCall call{i, a, {}, {}};
    const std::string pattern = self(i, a);
    const std::string out = call.run(pattern, 0);
    return call.whole ? std::move(call.whole) : result(i, a, out);
}

constexpr NativeDef kStr[] = {
    {"lower", cased<text::lower>, 0, 0}, {"upper", cased<text::upper>, 0, 0}, {"title", cased<text::title>, 0, 0},
    {"swapcase", cased<text::swapcase>, 0, 0}, {"casefold", cased<text::casefold>, 0, 0}, {"capitalize", capitalize, 0, 0},
    {"isalpha", asks<text::isAlphaText>, 0, 0}, {"isalnum", asks<text::isAlnumText>, 0, 0}, {"isdecimal", asks<text::isDecimalText>, 0, 0},
    {"isdigit", asks<text::isDigitText>, 0, 0}, {"isnumeric", asks<text::isNumericText>, 0, 0}, {"isspace", asks<text::isSpaceText>, 0, 0},
    {"isprintable", asks<text::isPrintableText>, 0, 0}, {"islower", asks<text::isLowerText>, 0, 0}, {"isupper", asks<text::isUpperText>, 0, 0},
    {"istitle", asks<text::isTitleText>, 0, 0}, {"isidentifier", asks<text::isIdentifier>, 0, 0}, {"isascii", isAscii, 0, 0},
    {"strip", strip<text::StripSide::Both>, 0, 1}, {"lstrip", strip<text::StripSide::Left>, 0, 1}, {"rstrip", strip<text::StripSide::Right>, 0, 1},
    {"find", find<text::find, false>, 1, 3}, {"rfind", find<text::rfind, false>, 1, 3}, {"index", find<text::find, true>, 1, 3},
    {"rindex", find<text::rfind, true>, 1, 3}, {"count", count, 1, 3}, {"startswith", startsOrEnds<text::startsWith>, 1, 3},
    {"endswith", startsOrEnds<text::endsWith>, 1, 3}, {"replace", replace, 2, 3, true}, {"split", split<false>, 0, 2, true},
    {"rsplit", split<true>, 0, 2, true}, {"splitlines", splitLines, 0, 1, true}, {"partition", partition<false>, 1, 1},
    {"rpartition", partition<true>, 1, 1}, {"join", join, 1, 1}, {"center", padded<text::center>, 1, 2}, {"ljust", padded<text::ljust>, 1, 2},
    {"rjust", padded<text::rjust>, 1, 2}, {"zfill", zfill, 1, 1}, {"expandtabs", expandTabs, 0, 1, true},
    {.name = "removeprefix", .function = removePrefix, .min = 1, .max = 1, .since = 9},
    {.name = "removesuffix", .function = removeSuffix, .min = 1, .max = 1, .since = 9}, {"encode", encode, 0, 2, true}, {"format", format, 0, -1, true},
};

} // namespace

std::span<const NativeDef> strMethods() { return kStr; }

Ref constructStr(Interpreter &i, const CallArgs &a)
{
    if (a.size() == 0)
        return i.heap().newStr("");
    if (a.size() > 1 || !a.keywords.empty()) {
        const ObjectId name = a.at(1) ? a.at(1) : a.keyword("encoding");
        if (name && !i.isStr(name))
            i.raise("TypeError", std::string("str() argument ") + (i.profile().minor >= 10 ? "'encoding'" : "2") + " must be str, not " + i.typeName(name));
        if (i.isStr(a[0]))
            i.raise("TypeError", "decoding str is not supported");
        if (i.kind(a[0]) != TypeKind::Bytes)
            i.raise("TypeError", "decoding to str: need a bytes-like object, " + i.typeName(a[0]) + " found");
        return decodeBytes(i, a[0], name ? i.text(name) : "utf-8", "strict");
    }
    i.collector().runIfPending();   // PyObject_Str
    return i.strObject(a[0]);
}

Ref constructBytes(Interpreter &i, const CallArgs &a)
{
    if (a.size() == 0)
        return i.heap().newBytes("");
    if (i.kind(a[0]) == TypeKind::Bytes)
        return i.heap().own(a[0]);
    if (i.isStr(a[0])) {
        if (a.size() < 2)
            i.raise("TypeError", "string argument without an encoding");
        return i.heap().newBytes(encodeText(i, a[0], i.text(a[1]), "strict"));
    }
    if (const ObjectId special = i.kind(a[0]) == TypeKind::Instance ? i.lookupSpecial(a[0], "__bytes__") : ObjectId()) {
        Ref made = i.callSpecial(special, {a[0]});
        if (i.kind(made) != TypeKind::Bytes)
            i.raise("TypeError", "__bytes__ returned non-bytes (type " + i.typeName(made) + ")");
        return made;
    }
    if (!i.isInt(a[0]) && !i.lookupIterable(a[0]))
        i.raise("TypeError", "cannot convert '" + i.typeName(a[0]) + "' object to bytes");
    std::string out;
    if (i.isInt(a[0])) {
        const std::int64_t n = i.toIndex(a[0]);
        if (n < 0)
            i.raise("ValueError", "negative count");
        i.guardSize(static_cast<std::uint64_t>(n));
        out.assign(static_cast<std::size_t>(n), '\0');
    } else {
        i.forEach(a[0], [&](Ref item) {
            const std::int64_t value = i.toIndex(item);
            if (value < 0 || value > 255)
                i.raise("ValueError", "bytes must be in range(0, 256)");
            out += static_cast<char>(value);
        });
    }
    return i.heap().newBytes(out);
}

} // namespace pyrena
