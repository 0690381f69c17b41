// int, bool, float, complex, range, slice.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/python/text/floatrepr.h"
#include "core/python/text/inttext.h"

namespace pyrena {

namespace {

Ref bitLength(Interpreter &i, const CallArgs &a) { return i.heap().newInt(static_cast<std::int64_t>(i.heap().bigValue(a[0]).bitLength())); }
Ref bitCount(Interpreter &i, const CallArgs &a) { return i.heap().newInt(static_cast<std::int64_t>(i.heap().bigValue(a[0]).bitCount())); }
Ref isInteger(Interpreter &i, const CallArgs &a) { return i.heap().newBool(text::isInteger(i.heap().floatValue(a[0]))); }
Ref hex(Interpreter &i, const CallArgs &a) { return i.heap().newStr(text::hexFloat(i.heap().floatValue(a[0]))); }

Ref conjugate(Interpreter &i, const CallArgs &a) { return i.heap().own(a[0]); }

Ref asIntegerRatio(Interpreter &i, const CallArgs &a)
{
    const auto ratio = i.unwrap(text::asIntegerRatio(i.heap().floatValue(a[0])));
    std::vector<Ref> pair;
    pair.push_back(i.heap().newInt(ratio.numerator));
    pair.push_back(i.heap().newInt(ratio.denominator));
    return i.heap().newTupleStealing(std::move(pair));
}

Ref intRatio(Interpreter &i, const CallArgs &a)
{
    std::vector<Ref> pair;
    pair.push_back(i.heap().own(a[0]));
    pair.push_back(i.heap().newInt(std::int64_t(1)));
    return i.heap().newTupleStealing(std::move(pair));
}

Ref intIsInteger(Interpreter &i, const CallArgs &) { return i.heap().newBool(true); }

constexpr NativeDef kInt[] = {{"bit_length", bitLength, 0, 0}, {.name = "bit_count", .function = bitCount, .min = 0, .max = 0, .since = 10}, {"conjugate", conjugate, 0, 0},
                              {.name = "as_integer_ratio", .function = intRatio, .min = 0, .max = 0, .since = 8},
                              {.name = "is_integer", .function = intIsInteger, .min = 0, .max = 0, .since = 12}};
constexpr NativeDef kFloat[] = {
    {"is_integer", isInteger, 0, 0}, {"hex", hex, 0, 0}, {"as_integer_ratio", asIntegerRatio, 0, 0}, {"conjugate", conjugate, 0, 0}};

Ref rangeIndex(Interpreter &i, const CallArgs &a)
{
    if (!i.contains(a[0], a[1]))
        i.raise("ValueError", !i.isInt(a[1])           ? "sequence.index(x): x not in sequence"
                              : i.profile().minor >= 14 ? "range.index(x): x not in range"
                                                        : i.repr(a[1]) + " is not in range");
    const std::int64_t start = i.toIndex(i.heap().item(a[0], 0)), step = i.toIndex(i.heap().item(a[0], 2));
    return i.heap().newInt((i.toIndex(a[1]) - start) / step);
}

Ref rangeCount(Interpreter &i, const CallArgs &a) { return i.heap().newInt(std::int64_t(i.contains(a[0], a[1]))); }

Ref conjugateComplex(Interpreter &i, const CallArgs &a)
{
    const auto value = i.heap().native<ComplexNative>(a[0])->value;
    return i.heap().newComplex(value.real(), -value.imag());
}

constexpr NativeDef kComplex[] = {{"conjugate", conjugateComplex, 0, 0}};

// slice.indices(length): start, stop and step for a sequence of this length.
Ref indices(Interpreter &i, const CallArgs &a)
{
    const std::int64_t length = i.toIndex(a[1]);
    if (length < 0)
        i.raise("ValueError", "length should not be negative");
    const auto bounds = i.sliceBounds(a[0], length);
    std::vector<Ref> parts;
    for (const std::int64_t part : {bounds.start, bounds.stop, bounds.step})
        parts.push_back(i.heap().newInt(part));
    return i.heap().newTupleStealing(std::move(parts));
}

constexpr NativeDef kSlice[] = {{"indices", indices, 1, 1}};

constexpr NativeDef kRange[] = {{"index", rangeIndex, 1, 1}, {"count", rangeCount, 1, 1}};

} // namespace

std::span<const NativeDef> intMethods() { return kInt; }
std::span<const NativeDef> floatMethods() { return kFloat; }
std::span<const NativeDef> complexMethods() { return kComplex; }
std::span<const NativeDef> sliceMethods() { return kSlice; }
std::span<const NativeDef> rangeMethods() { return kRange; }

Ref constructBool(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 1)
        i.raise("TypeError", std::string("bool expected at most 1 argument") + (i.profile().minor <= 7 ? "s" : "") + ", got " + std::to_string(a.size()));
    return i.heap().newBool(a.size() > 0 && i.truth(a[0]));
}

Ref constructInt(Interpreter &i, const CallArgs &a)
{
    const ObjectId base = a.at(1) ? a.at(1) : a.keyword("base");
    if (a.size() == 0)
        return i.heap().newInt(std::int64_t(0));
    const ObjectId x = a[0];
    if (i.kind(x) == TypeKind::Bytes) {
        const auto parsed = text::parseInt(i.text(x), base ? i.toIndex(base) : 10, i.textRules());
        if (!parsed)
            i.raise("ValueError", "invalid literal for int() with base " + std::to_string(base ? i.toIndex(base) : 10) + ": " + i.repr(x));
        return i.heap().newInt(*parsed);
    }
    if (i.isStr(x))
        return i.heap().newInt(i.unwrap(text::parseInt(i.text(x), base ? i.toIndex(base) : 10, i.textRules())));
    if (base)
        i.raise("TypeError", "int() can't convert non-string with explicit base");
    if (const ObjectId special = i.overridden(x, "__int__")) {
        Ref result = i.callSpecial(special, {x});
        if (!i.isInt(result))
            i.raise("TypeError", "__int__ returned non-int (type " + i.typeName(result) + ")");
        return result;
    }
    if (i.kind(x) == TypeKind::Int)
        return i.isExact(x) ? i.heap().own(x) : i.heap().newInt(i.heap().bigValue(x));
    if (i.kind(x) == TypeKind::Bool)
        return i.heap().newInt(i.heap().intValue(x));
    if (i.kind(x) == TypeKind::Float)
        return i.heap().newInt(i.unwrap(text::truncateFloat(i.heap().floatValue(x))));
    for (const char *method : {"__int__", "__index__", "__trunc__"})
        if (const ObjectId special = i.lookupSpecial(x, method))
            return i.callSpecial(special, {x});
    if (i.kind(x) == TypeKind::Complex && i.profile().minor <= 9)
        i.raise("TypeError", "can't convert complex to int");
    i.raise("TypeError", std::string("int() argument must be a string, a bytes-like object or a ")
                + (i.profile().minor >= 10 ? "real " : "") + "number, not '" + i.typeName(x) + "'");
}

Ref constructFloat(Interpreter &i, const CallArgs &a)
{
    if (a.size() == 0)
        return i.heap().newFloat(0);
    const ObjectId x = a[0];
    if (i.isStr(x))
        return i.heap().newFloat(i.unwrap(text::parseFloat(i.text(x))));
    if (i.kind(x) == TypeKind::Bytes) {
        const auto parsed = text::parseFloat(i.text(x));
        if (!parsed)
            i.raise("ValueError", "could not convert string to float: " + i.repr(x));
        return i.heap().newFloat(*parsed);
    }
    if (const ObjectId special = i.overridden(x, "__float__"))
        return i.callSpecial(special, {x});
    if (i.kind(x) == TypeKind::Float)
        return i.isExact(x) ? i.heap().own(x) : i.heap().newFloat(i.heap().floatValue(x));
    if (i.isInt(x)) {
        const auto value = i.heap().bigValue(x).toDouble();
        if (!value)
            i.raise("OverflowError", "int too large to convert to float");
        return i.heap().newFloat(*value);
    }
    if (const ObjectId special = i.lookupSpecial(x, "__float__"))
        return i.callSpecial(special, {x});
    if (i.kind(x) == TypeKind::Complex && i.profile().minor <= 9)
        i.raise("TypeError", "can't convert complex to float");
    i.raise("TypeError", std::string("float() argument must be a string or a ") + (i.profile().minor >= 10 ? "real " : "")
                + "number, not '" + i.typeName(x) + "'");
}

Ref constructComplex(Interpreter &i, const CallArgs &a)
{
    const auto part = [&](std::size_t n) -> std::complex<double> {
        if (!a.at(n))
            return 0;
        if (i.kind(a[n]) == TypeKind::Complex)
            return i.heap().native<ComplexNative>(a[n])->value;
        if (i.isStr(a[n])) {
            const auto plain = text::parseFloat(i.text(a[n]));
            if (plain)
                return *plain;
            const std::string &given = i.text(a[n]);
            if (given.find_first_of("jJ") != std::string::npos)
                i.unsupported("complex() of a string with an imaginary part");
            i.raise("ValueError", "complex() arg is a malformed string");
        }
        return i.kind(a[n]) == TypeKind::Float ? i.heap().floatValue(a[n]) : i.heap().bigValue(a[n]).toDouble().value_or(0);
    };
    const std::complex<double> value = part(0) + part(1) * std::complex<double>(0, 1);
    return i.heap().newComplex(value.real(), value.imag());
}

namespace {

std::string rangeWithout(Interpreter &i)
{
    const int minor = i.profile().minor;
    return minor <= 7 ? "range expected 1 arguments, got 0" : minor == 8 ? "range expected 1 argument, got 0" : "range expected at least 1 argument, got 0";
}

} // namespace

Ref constructRange(Interpreter &i, const CallArgs &a)
{
    if (a.size() == 0 || a.size() > 3)
        i.raise("TypeError", a.size() == 0 ? rangeWithout(i)
                                           : "range expected at most 3 arguments, got " + std::to_string(a.size()));
    for (const ObjectId part : a.positional)
        if (!i.isInt(part) && !i.lookupSpecial(part, "__index__"))
            i.raise("TypeError", "'" + i.typeName(part) + "' object cannot be interpreted as an integer");
    const Ref zero = i.heap().newInt(std::int64_t(0)), one = i.heap().newInt(std::int64_t(1));
    const ObjectId start = a.size() == 1 ? zero.id() : a[0], stop = a.size() == 1 ? a[0] : a[1], step = a.size() == 3 ? a[2] : one.id();
    if (i.toIndex(step) == 0)
        i.raise("ValueError", "range() arg 3 must not be zero");
    (void)i.toIndex(start);
    (void)i.toIndex(stop);
    return i.heap().newRange(start, stop, step);
}

Ref constructSlice(Interpreter &i, const CallArgs &a)
{
    if (a.size() == 0 || a.size() > 3)
        i.raise("TypeError", std::string("slice expected at least 1 argument") + (i.profile().minor <= 7 ? "s" : "") + ", got " + std::to_string(a.size()));
    const ObjectId none = i.heap().none();
    if (a.size() == 1)
        return i.heap().newSlice(none, a[0], none);
    return i.heap().newSlice(a[0], a[1], a.size() == 3 ? a[2] : none);
}

} // namespace pyrena
