// Methods of dict, set and frozenset.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/objects/sets.h"

namespace pyrena {

namespace {

Ref view(Interpreter &i, ObjectId dict, IteratorNative::Kind kind, const char *type)
{
    constexpr std::uint32_t kViewSize = 24;   // getsizeof({}.keys()) = 40 with its GC head
    Ref made = i.heap().create({.kind = TypeKind::DictView, .typeName = type, .type = i.builtinType(type), .size = kViewSize, .gc = true,
                                .value = static_cast<std::uint64_t>(kind), .slots = 1});
    i.heap().setSlot(made, 0, i.heap().own(dict).release());
    i.heap().track(made);
    return made;
}

Ref keys(Interpreter &i, const CallArgs &a) { return view(i, a[0], IteratorNative::Kind::DictKeys, "dict_keys"); }
Ref values(Interpreter &i, const CallArgs &a) { return view(i, a[0], IteratorNative::Kind::DictValues, "dict_values"); }
Ref items(Interpreter &i, const CallArgs &a) { return view(i, a[0], IteratorNative::Kind::DictItems, "dict_items"); }

Ref get(Interpreter &i, const CallArgs &a)
{
    if (const ObjectId found = i.dicts().get(a[0], a[1], i.hashOfKey(a[1])))
        return i.heap().own(found);
    return a.size() > 2 ? i.heap().own(a[2]) : i.heap().newNone();
}

Ref setDefault(Interpreter &i, const CallArgs &a)
{
    const std::int64_t hash = i.hashOfKey(a[1]);
    if (const ObjectId found = i.dicts().get(a[0], a[1], hash))
        return i.heap().own(found);
    const ObjectId value = a.size() > 2 ? a[2] : i.heap().none();
    i.dicts().set(a[0], a[1], hash, i.heap().own(value));
    return i.heap().own(value);
}

Ref pop(Interpreter &i, const CallArgs &a)
{
    if (const auto entry = i.dicts().find(a[0], a[1], i.hashOfKey(a[1])))
        return i.dicts().take(a[0], *entry);
    if (a.size() > 2)
        return i.heap().own(a[2]);
    i.raiseKeyError(a[1]);
}

Ref popItem(Interpreter &i, const CallArgs &a)
{
    for (std::uint32_t e = i.dicts().entryCount(a[0]); e-- > 0;) {
        if (!i.dicts().keyAt(a[0], e))
            continue;
        std::vector<Ref> pair;
        pair.push_back(i.heap().own(i.dicts().keyAt(a[0], e)));
        pair.push_back(i.dicts().take(a[0], e));
        return i.heap().newTupleStealing(std::move(pair), ObjectHeap::TupleBirth::ItemByItem);
    }
    const Ref message = i.heap().newStr("popitem(): dictionary is empty");
    i.raiseKeyError(message);
}

Ref update(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 1 && i.profile().minor <= 8)
        i.passBuiltinMethod();   // keys()
    if (a.size() > 1)
        i.mergeIntoDict(a[0], a[1]);
    for (const auto &[name, value] : a.keywords)
        i.dicts().setText(a[0], name, i.heap().own(value));
    return i.heap().newNone();
}

Ref clear(Interpreter &i, const CallArgs &a)
{
    i.dicts().clear(a[0]);
    return i.heap().newNone();
}

Ref copy(Interpreter &i, const CallArgs &a) { return i.dicts().copy(a[0]); }

Ref fromKeys(Interpreter &i, const CallArgs &a)
{
    const bool plain = a[0] == i.builtinType("dict");
    Ref made = plain ? i.dicts().construct() : i.call(a[0], {});
    const ObjectId value = a.size() > 2 ? a[2] : i.heap().none();
    if (const TypeKind from = i.kind(a[1]); plain && i.isExact(a[1])) {
        if (from == TypeKind::Dict && i.dicts().length(a[1]) > 0)
            i.dicts().presize(made, i.dicts().length(a[1]), i.dicts().isUnicodeOnly(a[1]));
        else if ((from == TypeKind::Set || from == TypeKind::FrozenSet) && i.sets().length(a[1]) > 0)
            i.dicts().presize(made, i.sets().length(a[1]), false);
    }
    i.forEach(a[1], [&](Ref key) {
        if (plain)
            i.dicts().set(made, key, i.hashOfKey(key), i.heap().own(value));
        else
            i.setItem(made, key, value);
    });
    return made;
}

constexpr NativeDef kDict[] = {
    {"keys", keys, 0, 0}, {"values", values, 0, 0}, {"items", items, 0, 0}, {"get", get, 1, 2}, {"setdefault", setDefault, 1, 2},
    {"pop", pop, 1, 2}, {"popitem", popItem, 0, 0}, {"update", update, 0, 1, true}, {"clear", clear, 0, 0}, {"copy", copy, 0, 0},
    {.name = "fromkeys", .function = fromKeys, .min = 1, .max = 2, .ofClass = true},
};

// ---- sets

Ref add(Interpreter &i, const CallArgs &a)
{
    i.sets().add(a[0], a[1]);
    return i.heap().newNone();
}

Ref discard(Interpreter &i, const CallArgs &a)
{
    i.sets().remove(a[0], a[1]);
    return i.heap().newNone();
}

Ref removeFromSet(Interpreter &i, const CallArgs &a)
{
    if (!i.sets().remove(a[0], a[1]))
        i.raiseKeyError(a[1]);
    return i.heap().newNone();
}

Ref popFromSet(Interpreter &i, const CallArgs &a)
{
    if (Ref item = i.sets().pop(a[0]))
        return item;
    const Ref message = i.heap().newStr("pop from an empty set");
    i.raiseKeyError(message);
}

Ref clearSet(Interpreter &i, const CallArgs &a)
{
    i.sets().clear(a[0]);
    return i.heap().newNone();
}

Ref copySet(Interpreter &i, const CallArgs &a)
{
    if (i.kind(a[0]) == TypeKind::FrozenSet)
        return i.heap().own(a[0]);
    return i.sets().copy(i.kind(a[0]), a[0]);
}

Ref toSet(Interpreter &i, ObjectId iterable)
{
    if (i.kind(iterable) == TypeKind::Set || i.kind(iterable) == TypeKind::FrozenSet)
        return i.heap().own(iterable);
    Ref made = i.sets().newSet(TypeKind::Set);
    i.forEach(iterable, [&](Ref item) { i.sets().add(made, item); });
    return made;
}

// set_update_internal: the table grows once for another set or a dict, step by step for anything else.
void fillSet(Interpreter &i, ObjectId set, ObjectId iterable)
{
    const TypeKind kind = i.kind(iterable);
    if (kind == TypeKind::Set || kind == TypeKind::FrozenSet) {
        i.sets().merge(set, iterable);
        return;
    }
    if (kind == TypeKind::Dict)
        i.sets().makeRoomFor(set, i.dicts().length(iterable));
    i.forEach(iterable, [&](Ref item) { i.sets().add(set, item); });
}

// update() and union(): in place, or into a copy.
template <bool inplace>
Ref unite(Interpreter &i, const CallArgs &a)
{
    Ref result = inplace ? i.heap().own(a[0]) : i.sets().copy(i.kind(a[0]), a[0]);
    for (std::size_t n = 1; n < a.size(); ++n)
        fillSet(i, result, a[n]);
    return inplace ? i.heap().newNone() : std::move(result);
}

template <ast::Operator op, bool inplace>
Ref combine(Interpreter &i, const CallArgs &a)
{
    Ref result = i.heap().own(a[0]);
    if (!inplace && a.size() == 1)
        return copySet(i, a);
    for (std::size_t n = 1; n < a.size(); ++n) {
        const Ref other = toSet(i, a[n]);
        result = i.binary(result, other, op, inplace);
    }
    return inplace ? i.heap().newNone() : std::move(result);
}

template <ast::CompareOperator op>
Ref relation(Interpreter &i, const CallArgs &a)
{
    const Ref other = toSet(i, a[1]);
    return i.compare(a[0], other, op);
}

Ref isDisjoint(Interpreter &i, const CallArgs &a)
{
    bool disjoint = true;
    i.forEach(a[1], [&](Ref item) { disjoint = disjoint && !i.sets().contains(a[0], item); });
    return i.heap().newBool(disjoint);
}

constexpr NativeDef kSet[] = {
    {"add", add, 1, 1}, {"discard", discard, 1, 1}, {"remove", removeFromSet, 1, 1}, {"pop", popFromSet, 0, 0}, {"clear", clearSet, 0, 0},
    {"copy", copySet, 0, 0}, {"union", unite<false>}, {"intersection", combine<ast::Operator::BitAnd, false>},
    {"difference", combine<ast::Operator::Sub, false>}, {"symmetric_difference", combine<ast::Operator::BitXor, false>, 1, 1},
    {"update", unite<true>}, {"intersection_update", combine<ast::Operator::BitAnd, true>},
    {"difference_update", combine<ast::Operator::Sub, true>}, {"symmetric_difference_update", combine<ast::Operator::BitXor, true>, 1, 1},
    {"issubset", relation<ast::CompareOperator::LtE>, 1, 1}, {"issuperset", relation<ast::CompareOperator::GtE>, 1, 1},
    {"isdisjoint", isDisjoint, 1, 1},
};
constexpr NativeDef kFrozenSet[] = {
    {"copy", copySet, 0, 0}, {"union", unite<false>}, {"intersection", combine<ast::Operator::BitAnd, false>},
    {"difference", combine<ast::Operator::Sub, false>}, {"symmetric_difference", combine<ast::Operator::BitXor, false>, 1, 1},
    {"issubset", relation<ast::CompareOperator::LtE>, 1, 1}, {"issuperset", relation<ast::CompareOperator::GtE>, 1, 1},
    {"isdisjoint", isDisjoint, 1, 1},
};

} // namespace

std::span<const NativeDef> dictMethods() { return kDict; }
std::span<const NativeDef> setMethods() { return kSet; }
std::span<const NativeDef> frozenSetMethods() { return kFrozenSet; }

Ref constructDict(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 1)
        i.raise("TypeError", std::string("dict expected at most 1 argument") + (i.profile().minor <= 7 ? "s" : "") + ", got " + std::to_string(a.size()));
    Ref made = i.dicts().construct();
    if (a.size() == 1 && i.kind(a[0]) == TypeKind::Dict && i.profile().minor <= 8)
        i.passBuiltinMethod();   // keys()
    if (a.size() == 1)
        i.mergeIntoDict(made, a[0]);
    for (const auto &[name, value] : a.keywords)
        i.dicts().setText(made, name, i.heap().own(value));
    return made;
}

Ref constructSet(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 1)
        i.raise("TypeError", std::string("set expected at most 1 argument") + (i.profile().minor <= 7 ? "s" : "") + ", got " + std::to_string(a.size()));
    Ref made = i.sets().newSet(TypeKind::Set);
    if (a.size() > 0)
        fillSet(i, made, a[0]);
    return made;
}

// Until 3.9 all empty frozensets are one object.
Ref Interpreter::emptyFrozenSet()
{
    if (profile().minor >= 10) {
        Ref made = m_sets->newSet(TypeKind::FrozenSet);
        m_sets->untrackIfAtoms(made);
        return made;
    }
    if (!m_emptyFrozenSet) {
        const bool before = m_heap.imageBirths();
        m_heap.setImageBirths(true);   // kept for ever
        m_emptyFrozenSet = m_sets->newSet(TypeKind::FrozenSet).release();
        m_heap.setImageBirths(before);
    }
    return m_heap.own(m_emptyFrozenSet);
}

Ref constructFrozenSet(Interpreter &i, const CallArgs &a)
{
    if (a.size() == 0)
        return i.emptyFrozenSet();
    if (i.kind(a[0]) == TypeKind::FrozenSet && i.isExact(a[0]))
        return i.heap().own(a[0]);
    Ref made = i.sets().newSet(TypeKind::FrozenSet);
    fillSet(i, made, a[0]);
    if (i.sets().length(made) == 0)
        return i.emptyFrozenSet();
    i.sets().untrackIfAtoms(made);
    return made;
}

} // namespace pyrena
