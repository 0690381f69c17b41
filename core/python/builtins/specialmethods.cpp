// The special methods of the built-in classes, as attributes: what super() and direct calls reach. They do what the built-in
// class does, whatever a class derived from it defines.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/objects/sets.h"
#include "core/python/text/floatrepr.h"

#include <cmath>

namespace pyrena {

namespace {

using ast::CompareOperator;
using ast::Operator;

Ref notImplemented(Interpreter &i) { return i.heap().own(i.heap().notImplemented()); }

Ref repr(Interpreter &i, const CallArgs &a) { return i.heap().newStr(i.reprPlain(a[0])); }
Ref hash(Interpreter &i, const CallArgs &a) { return i.heap().newInt(i.hashPlain(a[0])); }
Ref len(Interpreter &i, const CallArgs &a) { return i.heap().newInt(i.lengthPlain(a[0])); }
Ref iter(Interpreter &i, const CallArgs &a) { return i.iteratePlain(a[0]); }
Ref contains(Interpreter &i, const CallArgs &a) { return i.heap().newBool(i.containsPlain(a[0], a[1])); }
Ref getItem(Interpreter &i, const CallArgs &a) { return i.getItemPlain(a[0], a[1]); }

Ref setItem(Interpreter &i, const CallArgs &a)
{
    i.setItemPlain(a[0], a[1], a[2]);
    return i.heap().newNone();
}

Ref deleteItem(Interpreter &i, const CallArgs &a)
{
    i.deleteItemPlain(a[0], a[1]);
    return i.heap().newNone();
}

Ref format(Interpreter &i, const CallArgs &a)
{
    if (!i.isStr(a[1]))
        i.raise("TypeError", "__format__() argument must be str, not " + i.typeName(a[1]));
    return i.heap().newStr(i.formatPlain(a[0], i.text(a[1])));
}

Ref str(Interpreter &i, const CallArgs &a)
{
    return i.isExact(a[0]) ? i.heap().own(a[0]) : i.heap().newStr(i.text(a[0]));
}

Ref truth(Interpreter &i, const CallArgs &a) { return i.heap().newBool(i.truthPlain(a[0])); }

// An int knows nothing of floats; a float knows ints.
bool mixes(Interpreter &i, ObjectId self, ObjectId other)
{
    return !i.isInt(self) || i.isInt(other);
}

template <CompareOperator op>
Ref compare(Interpreter &i, const CallArgs &a)
{
    if (!mixes(i, a[0], a[1]))
        return notImplemented(i);
    const auto result = i.comparePlain(a[0], a[1], op);
    return result ? i.heap().newBool(*result) : notImplemented(i);
}

template <Operator op>
Ref binary(Interpreter &i, const CallArgs &a)
{
    if (!mixes(i, a[0], a[1]))
        return notImplemented(i);
    if (Ref result = i.binaryPlain(a[0], a[1], op, false))
        return result;
    // Sequences have + and no operand that could answer instead.
    if (op == Operator::Add && (i.kind(a[0]) == TypeKind::List || i.kind(a[0]) == TypeKind::Tuple || i.isStr(a[0])))
        return i.binary(a[0], a[1], op, false);
    return notImplemented(i);
}

template <Operator op>
Ref reflected(Interpreter &i, const CallArgs &a)
{
    if (!mixes(i, a[0], a[1]))
        return notImplemented(i);
    Ref result = i.binaryPlain(a[1], a[0], op, false);
    return result ? std::move(result) : notImplemented(i);
}

template <Operator op>
Ref inplace(Interpreter &i, const CallArgs &a)
{
    Ref result = i.binaryPlain(a[0], a[1], op, true);
    return result ? std::move(result) : notImplemented(i);
}

Ref negative(Interpreter &i, const CallArgs &a)
{
    return i.isInt(a[0]) ? i.heap().newInt(-i.heap().bigValue(a[0])) : i.heap().newFloat(-i.heap().floatValue(a[0]));
}

Ref invert(Interpreter &i, const CallArgs &a) { return i.heap().newInt(~i.heap().bigValue(a[0])); }

Ref positive(Interpreter &i, const CallArgs &a)
{
    if (i.kind(a[0]) == TypeKind::Float)
        return i.isExact(a[0]) ? i.heap().own(a[0]) : i.heap().newFloat(i.heap().floatValue(a[0]));
    return i.kind(a[0]) == TypeKind::Int && i.isExact(a[0]) ? i.heap().own(a[0]) : i.heap().newInt(i.heap().bigValue(a[0]));
}

Ref absolute(Interpreter &i, const CallArgs &a)
{
    if (i.kind(a[0]) == TypeKind::Float)
        return i.heap().newFloat(std::fabs(i.heap().floatValue(a[0])));
    return i.heap().bigValue(a[0]).isNegative() ? i.heap().newInt(i.heap().bigValue(a[0]).abs()) : positive(i, a);
}

Ref toInt(Interpreter &i, const CallArgs &a)
{
    if (i.kind(a[0]) == TypeKind::Float)
        return i.heap().newInt(i.unwrap(text::truncateFloat(i.heap().floatValue(a[0]))));
    return positive(i, a);
}

Ref toFloat(Interpreter &i, const CallArgs &a)
{
    if (i.kind(a[0]) == TypeKind::Float)
        return positive(i, a);
    const auto value = i.heap().bigValue(a[0]).toDouble();
    if (!value)
        i.raise("OverflowError", "int too large to convert to float");
    return i.heap().newFloat(*value);
}

// ---- __init__ of the containers that change: they begin anew

Ref initList(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 2)
        i.raise("TypeError", "list expected at most 1 argument, got " + std::to_string(a.size() - 1));
    if (!a.keywords.empty())
        i.raise("TypeError", "list() takes no keyword arguments");
    if (i.heap().length(a[0]) > 0)
        i.heap().listClear(a[0]);
    if (a.size() > 1)
        i.extendList(a[0], a[1], true);
    return i.heap().newNone();
}

Ref initDict(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 2)
        i.raise("TypeError", "dict expected at most 1 argument, got " + std::to_string(a.size() - 1));
    if (a.size() > 1)
        i.mergeIntoDict(a[0], a[1]);
    for (const auto &[name, value] : a.keywords)
        i.dicts().setText(a[0], name, i.heap().own(value));
    return i.heap().newNone();
}

Ref initSet(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 2)
        i.raise("TypeError", "set expected at most 1 argument, got " + std::to_string(a.size() - 1));
    i.sets().clear(a[0]);
    if (a.size() > 1)
        i.forEach(a[1], [&](Ref item) { i.sets().add(a[0], item); });
    return i.heap().newNone();
}

Ref reversedList(Interpreter &i, const CallArgs &a)
{
    Ref made = i.newIterator(IteratorNative::Kind::ListReverse, std::array{a[0]});
    i.heap().native<IteratorNative>(made)->index = std::int64_t(i.heap().length(a[0])) - 1;
    return made;
}

// ---- the tables

#define PYRENA_COMPARISONS                                                                                              \
    {"__eq__", compare<CompareOperator::Eq>, 1, 1}, {"__ne__", compare<CompareOperator::NotEq>, 1, 1},                  \
        {"__lt__", compare<CompareOperator::Lt>, 1, 1}, {"__le__", compare<CompareOperator::LtE>, 1, 1},                \
        {"__gt__", compare<CompareOperator::Gt>, 1, 1}, {"__ge__", compare<CompareOperator::GtE>, 1, 1}

constexpr NativeDef kSequence[] = {   // list
    PYRENA_COMPARISONS, {"__repr__", repr, 0, 0}, {"__len__", len, 0, 0}, {"__iter__", iter, 0, 0}, {"__contains__", contains, 1, 1},
    {"__getitem__", getItem, 1, 1}, {"__setitem__", setItem, 2, 2}, {"__delitem__", deleteItem, 1, 1},
    {"__add__", binary<Operator::Add>, 1, 1}, {"__mul__", binary<Operator::Mult>, 1, 1}, {"__rmul__", reflected<Operator::Mult>, 1, 1},
    {"__iadd__", inplace<Operator::Add>, 1, 1}, {"__imul__", inplace<Operator::Mult>, 1, 1}, {"__init__", initList, 0, -1, true},
    {"__reversed__", reversedList, 0, 0},
};
constexpr NativeDef kFixedSequence[] = {   // tuple, str, bytes
    PYRENA_COMPARISONS, {"__repr__", repr, 0, 0}, {"__hash__", hash, 0, 0}, {"__len__", len, 0, 0}, {"__iter__", iter, 0, 0},
    {"__contains__", contains, 1, 1}, {"__getitem__", getItem, 1, 1}, {"__add__", binary<Operator::Add>, 1, 1},
    {"__mul__", binary<Operator::Mult>, 1, 1}, {"__rmul__", reflected<Operator::Mult>, 1, 1},
};
constexpr NativeDef kText[] = {
    {"__str__", str, 0, 0}, {"__format__", format, 1, 1}, {"__mod__", binary<Operator::Mod>, 1, 1},
};
constexpr NativeDef kMapping[] = {
    {"__eq__", compare<CompareOperator::Eq>, 1, 1}, {"__ne__", compare<CompareOperator::NotEq>, 1, 1}, {"__repr__", repr, 0, 0},
    {"__len__", len, 0, 0}, {"__iter__", iter, 0, 0}, {"__contains__", contains, 1, 1}, {"__getitem__", getItem, 1, 1},
    {"__setitem__", setItem, 2, 2}, {"__delitem__", deleteItem, 1, 1}, {"__init__", initDict, 0, -1, true},
};
constexpr NativeDef kMappingUnion[] = {   // since 3.9
    {"__or__", binary<Operator::BitOr>, 1, 1}, {"__ror__", reflected<Operator::BitOr>, 1, 1}, {"__ior__", inplace<Operator::BitOr>, 1, 1},
};
constexpr NativeDef kAnySet[] = {
    PYRENA_COMPARISONS, {"__repr__", repr, 0, 0}, {"__len__", len, 0, 0}, {"__iter__", iter, 0, 0}, {"__contains__", contains, 1, 1},
    {"__or__", binary<Operator::BitOr>, 1, 1}, {"__and__", binary<Operator::BitAnd>, 1, 1}, {"__sub__", binary<Operator::Sub>, 1, 1},
    {"__xor__", binary<Operator::BitXor>, 1, 1},
};
constexpr NativeDef kChangingSet[] = {
    {"__ior__", inplace<Operator::BitOr>, 1, 1}, {"__iand__", inplace<Operator::BitAnd>, 1, 1}, {"__isub__", inplace<Operator::Sub>, 1, 1},
    {"__ixor__", inplace<Operator::BitXor>, 1, 1}, {"__init__", initSet, 0, -1},
};
constexpr NativeDef kHash[] = {{"__hash__", hash, 0, 0}};
constexpr NativeDef kNumber[] = {   // int, float
    PYRENA_COMPARISONS, {"__repr__", repr, 0, 0}, {"__hash__", hash, 0, 0}, {"__bool__", truth, 0, 0}, {"__format__", format, 1, 1},
    {"__add__", binary<Operator::Add>, 1, 1}, {"__radd__", reflected<Operator::Add>, 1, 1}, {"__sub__", binary<Operator::Sub>, 1, 1},
    {"__rsub__", reflected<Operator::Sub>, 1, 1}, {"__mul__", binary<Operator::Mult>, 1, 1}, {"__rmul__", reflected<Operator::Mult>, 1, 1},
    {"__truediv__", binary<Operator::Div>, 1, 1}, {"__rtruediv__", reflected<Operator::Div>, 1, 1},
    {"__floordiv__", binary<Operator::FloorDiv>, 1, 1}, {"__rfloordiv__", reflected<Operator::FloorDiv>, 1, 1},
    {"__mod__", binary<Operator::Mod>, 1, 1}, {"__rmod__", reflected<Operator::Mod>, 1, 1}, {"__pow__", binary<Operator::Pow>, 1, 1},
    {"__rpow__", reflected<Operator::Pow>, 1, 1}, {"__neg__", negative, 0, 0}, {"__pos__", positive, 0, 0}, {"__abs__", absolute, 0, 0},
    {"__int__", toInt, 0, 0}, {"__float__", toFloat, 0, 0},
};
constexpr NativeDef kInteger[] = {
    {"__index__", toInt, 0, 0}, {"__invert__", invert, 0, 0}, {"__and__", binary<Operator::BitAnd>, 1, 1},
    {"__or__", binary<Operator::BitOr>, 1, 1}, {"__xor__", binary<Operator::BitXor>, 1, 1},
    {"__lshift__", binary<Operator::LShift>, 1, 1}, {"__rshift__", binary<Operator::RShift>, 1, 1},
};

#undef PYRENA_COMPARISONS

} // namespace

void addSpecialMethods(Interpreter &i)
{
    const auto add = [&](const char *type, std::span<const NativeDef> table) {
        auto &methods = i.classOf(i.builtinType(type)).methods;
        for (const NativeDef &def : table)
            methods.emplace(def.name, &def);
    };
    add("list", kSequence);
    for (const char *type : {"tuple", "str", "bytes"})
        add(type, kFixedSequence);
    add("str", kText);
    add("dict", kMapping);
    if (i.profile().minor >= 9)
        add("dict", kMappingUnion);
    for (const char *type : {"set", "frozenset"})
        add(type, kAnySet);
    add("set", kChangingSet);
    add("frozenset", kHash);
    for (const char *type : {"int", "float"})
        add(type, kNumber);
    add("int", kInteger);
}

} // namespace pyrena
