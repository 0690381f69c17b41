// Iterators: making them and moving on.
#include "core/objects/sets.h"
#include "core/python/runtime/interpreter.h"

#include "core/python/text/utf8.h"

namespace pyrena {

namespace {

using Kind = IteratorNative::Kind;

// The class an iterator shows itself as.
const char *iteratorTypeName(Kind kind)
{
    switch (kind) {
    case Kind::List: return "list_iterator";
    case Kind::ListReverse: return "list_reverseiterator";
    case Kind::Tuple: return "tuple_iterator";
    case Kind::Str: return "str_iterator";
    case Kind::Bytes: return "bytes_iterator";
    case Kind::Range: return "range_iterator";
    case Kind::DictKeys: return "dict_keyiterator";
    case Kind::DictValues: return "dict_valueiterator";
    case Kind::DictItems: return "dict_itemiterator";
    case Kind::Set: return "set_iterator";
    case Kind::Zip: return "zip";
    case Kind::Enumerate: return "enumerate";
    case Kind::Map: return "map";
    case Kind::Filter: return "filter";
    case Kind::Reversed: return "reversed";
    case Kind::Callable: return "callable_iterator";
    case Kind::Sequence: return "iterator";
    }
    return "iterator";
}

} // namespace

Ref Interpreter::newIterator(Kind iteratorKind, std::span<const ObjectId> parts)
{
    const LayoutProfile &l = profile().layout;
    const bool range = iteratorKind == Kind::Range;
    const bool dict = iteratorKind == Kind::DictKeys || iteratorKind == Kind::DictValues || iteratorKind == Kind::DictItems;
    const bool hasResult = iteratorKind == Kind::Enumerate || iteratorKind == Kind::DictItems;
    using KeptAs = ObjectHeap::KeptAs;
    const bool keeps = profile().objects.listIteratorFreeList > 0;
    const KeptAs keptAs = !keeps ? KeptAs::ItsKind
        : iteratorKind == Kind::List ? KeptAs::ListIterator : iteratorKind == Kind::Tuple ? KeptAs::TupleIterator : KeptAs::ItsKind;
    Ref iterator = m_heap.create({.kind = TypeKind::Iterator, .typeName = iteratorTypeName(iteratorKind),
                                  .type = builtinType(iteratorTypeName(iteratorKind)),
                                  .size = range ? l.rangeIteratorSize : dict ? l.dictIteratorSize : iteratorKind == Kind::Enumerate ? l.enumerateSize
                                      : iteratorKind == Kind::Set ? 48 : iteratorKind == Kind::Zip ? (profile().minor >= 10 ? 48 : 40) : l.iteratorSize, .gc = !range,
                                  .slots = static_cast<std::uint32_t>(parts.size()) + hasResult, .keptAs = keptAs});
    auto native = std::make_unique<IteratorNative>();
    native->kind = iteratorKind;
    m_heap.setNative(iterator, std::move(native));
    if (iteratorKind == Kind::Enumerate) {   // it is there before the iterator over what it counts
        m_heap.track(iterator);
        m_heap.setSlot(iterator, 0, iterate(parts[0]).release());
    } else {
        for (std::uint32_t i = 0; i < parts.size(); ++i)
            m_heap.setSlot(iterator, i, m_heap.own(parts[i]).release());
    }
    if (hasResult) {
        m_heap.setSlot(iterator, static_cast<std::uint32_t>(parts.size()), m_heap.newTuple(std::vector<ObjectId>(2, m_heap.none())).release());
    }
    if (!range)
        m_heap.track(iterator);
    return iterator;
}

bool Interpreter::lookupIterable(ObjectId id)
{
    switch (kind(id)) {
    case TypeKind::List: case TypeKind::Tuple: case TypeKind::Str: case TypeKind::Bytes: case TypeKind::Dict: case TypeKind::Set:
    case TypeKind::FrozenSet: case TypeKind::Range: case TypeKind::Generator: case TypeKind::Iterator: case TypeKind::DictView:
        return true;
    default: {
        const ObjectId special = lookupSpecial(id, "__iter__");
        return (special && kind(special) != TypeKind::None) || lookupSpecial(id, "__getitem__");
    }
    }
}

Ref Interpreter::iterate(ObjectId id)
{
    if (const ObjectId special = overridden(id, "__iter__"); special && kind(special) != TypeKind::None)
        return iteratorFrom(id, special);
    return iteratePlain(id);
}

// What the __iter__ of a class gives.
Ref Interpreter::iteratorFrom(ObjectId id, ObjectId special)
{
    Ref iterator = callSpecial(special, {id});
    const TypeKind k = kind(iterator);
    if (k != TypeKind::Iterator && k != TypeKind::Generator && !lookupSpecial(iterator, "__next__"))
        raise("TypeError", "iter() returned non-iterator of type '" + typeName(iterator) + "'");
    return iterator;
}

Ref Interpreter::iteratePlain(ObjectId id)
{
    const auto over = [&](Kind k) { return newIterator(k, std::array{id}); };
    switch (kind(id)) {
    case TypeKind::List: return over(Kind::List);
    case TypeKind::Tuple: return over(Kind::Tuple);
    case TypeKind::Bytes: return over(Kind::Bytes);
    case TypeKind::Str: {
        Ref iterator = over(Kind::Str);
        const std::u32string points = text::decodeUtf8(text(id));
        m_heap.native<IteratorNative>(iterator)->codePoints.assign(points.begin(), points.end());
        return iterator;
    }
    case TypeKind::Dict:
        return dictIterator(id, Kind::DictKeys);
    case TypeKind::DictView:
        return dictIterator(m_heap.item(id, 0), static_cast<Kind>(object(id).value));
    case TypeKind::Set: case TypeKind::FrozenSet: {
        Ref iterator = over(Kind::Set);
        auto &native = *m_heap.native<IteratorNative>(iterator);
        native.version = m_sets->version(id);
        native.expectedLength = m_sets->length(id);
        return iterator;
    }
    case TypeKind::Range: {
        Ref iterator = newIterator(Kind::Range, {});
        auto &native = *m_heap.native<IteratorNative>(iterator);
        native.start = toIndex(m_heap.item(id, 0));
        native.step = toIndex(m_heap.item(id, 2));
        native.remaining = lengthOf(id);
        return iterator;
    }
    case TypeKind::Generator: case TypeKind::Iterator:
        return m_heap.own(id);
    case TypeKind::WeakProxy:
        return iterate(proxyTarget(id));
    default:
        break;
    }
    if (const ObjectId special = lookupSpecial(id, "__iter__"); special && kind(special) != TypeKind::None)
        return iteratorFrom(id, special);
    if (lookupSpecial(id, "__getitem__"))
        return over(Kind::Sequence);
    raise("TypeError", "'" + typeName(id) + "' object is not iterable");
}

Ref Interpreter::dictIterator(ObjectId dict, Kind iteratorKind)
{
    Ref iterator = newIterator(iteratorKind, std::array{dict});
    m_heap.native<IteratorNative>(iterator)->expectedLength = m_dicts.length(dict);
    return iterator;
}

Ref Interpreter::next(ObjectId id)
{
    if (kind(id) == TypeKind::Generator) {
        try {
            return resumeGenerator(id, Ref());
        } catch (const PythonError &) {
            // Up to 3.6 a StopIteration that leaves a generator is its end (PEP 479).
            if (profile().minor >= 7 || !raisedIs("StopIteration"))
                throw;
            takeRaised().reset();
            return {};
        }
    }
    if (kind(id) == TypeKind::Iterator)
        return nextOfIterator(id);
    const ObjectId special = lookupSpecial(id, "__next__");
    if (!special)
        raise("TypeError", "'" + typeName(id) + "' object is not an iterator");
    try {
        return callSpecial(special, {id});
    } catch (const PythonError &) {
        if (!raisedIs("StopIteration"))
            throw;
        takeRaised().reset();
        return {};
    }
}

Ref Interpreter::nextOfIterator(ObjectId id)
{
    IteratorNative &it = *m_heap.native<IteratorNative>(id);
    const ObjectId container = m_heap.length(id) > 0 ? m_heap.item(id, 0) : ObjectId();
    const auto exhaust = [&]() -> Ref {
        it.exhausted = true;
        if (m_heap.length(id) > 0)
            m_heap.clearSlot(id, 0);   // an exhausted iterator lets its container go
        return {};
    };
    if (it.exhausted)
        return {};
    switch (it.kind) {
    case Kind::List:
    case Kind::Tuple:
        if (it.index < m_heap.length(container))
            return m_heap.own(m_heap.item(container, static_cast<std::uint32_t>(it.index++)));
        return exhaust();
    case Kind::ListReverse:
        if (it.index >= 0 && it.index < m_heap.length(container))
            return m_heap.own(m_heap.item(container, static_cast<std::uint32_t>(it.index--)));
        return exhaust();
    case Kind::Str:
        if (static_cast<std::size_t>(it.index) < it.codePoints.size())
            return m_heap.newStr(text::encodeUtf8(it.codePoints[static_cast<std::size_t>(it.index++)]));
        return exhaust();
    case Kind::Bytes:
        if (static_cast<std::size_t>(it.index) < text(container).size())
            return m_heap.newInt(std::int64_t(static_cast<unsigned char>(text(container)[static_cast<std::size_t>(it.index++)])));
        return exhaust();
    case Kind::Range:
        if (it.remaining <= 0)
            return exhaust();
        --it.remaining;
        it.start += it.step;
        return m_heap.newInt(it.start - it.step);
    case Kind::DictKeys:
    case Kind::DictValues:
    case Kind::DictItems: {
        if (it.expectedLength != m_dicts.length(container)) {
            it.expectedLength = UINT32_MAX;
            raise("RuntimeError", "dictionary changed size during iteration");
        }
        while (it.index < m_dicts.entryCount(container)) {
            const auto entry = static_cast<std::uint32_t>(it.index++);
            const ObjectId key = m_dicts.keyAt(container, entry);
            if (!key)
                continue;
            if (it.kind == Kind::DictKeys)
                return m_heap.own(key);
            if (it.kind == Kind::DictValues)
                return m_heap.own(m_dicts.valueAt(container, entry));
            std::vector<Ref> pair;
            pair.push_back(m_heap.own(key));
            pair.push_back(m_heap.own(m_dicts.valueAt(container, entry)));
            return intoResult(id, std::move(pair));
        }
        return exhaust();
    }
    case Kind::Set: {
        if (it.expectedLength != m_sets->length(container)) {
            it.expectedLength = UINT32_MAX;
            raise("RuntimeError", "Set changed size during iteration");
        }
        while (it.index < m_heap.length(container))
            if (const ObjectId item = m_heap.item(container, static_cast<std::uint32_t>(it.index++)))
                return m_heap.own(item);
        return exhaust();
    }
    case Kind::Enumerate: {
        Ref item = next(container);
        if (!item)
            return {};
        std::vector<Ref> pair;
        pair.push_back(m_heap.newInt(it.index++));
        pair.push_back(std::move(item));
        return intoResult(id, std::move(pair));
    }
    case Kind::Zip: {
        std::vector<Ref> items;
        // The tuple it has is given away again; or a new one is made before anything is asked for.
        Ref fresh;
        if (const ObjectId result = m_heap.item(id, 1); m_heap.counting() && m_heap.length(container) > 0 && object(result).refcount != 1)
            fresh = m_heap.newBlankTuple(m_heap.length(container));
        for (std::uint32_t i = 0; i < m_heap.length(container); ++i) {
            Ref item = next(m_heap.item(container, i));
            if (!item) {
                items.clear();
                if (it.strict)
                    checkStrictEnd(id, i);
                return {};
            }
            items.push_back(std::move(item));
        }
        if (items.empty())
            return {};
        if (!fresh)
            return intoResult(id, std::move(items));
        for (std::uint32_t i = 0; i < items.size(); ++i)
            m_heap.setSlot(fresh, i, items[i].release());
        return fresh;
    }
    case Kind::Map: {
        std::vector<Ref> items;
        std::vector<ObjectId> args;
        for (std::uint32_t i = 0; i < m_heap.length(container); ++i) {
            items.push_back(next(m_heap.item(container, i)));
            if (!items.back())
                return {};
            args.push_back(items.back());
        }
        return call(m_heap.item(id, 1), args);
    }
    case Kind::Filter:
        for (;;) {
            Ref item = next(m_heap.item(id, 1));
            if (!item)
                return {};
            bool kept;
            if (kind(container) == TypeKind::None) {
                kept = truth(item);
            } else {
                const Ref result = call(container, {item});
                kept = truth(result);
            }
            if (kept)
                return item;
        }
    case Kind::Reversed:
        if (it.index >= 0) {
            const Ref index = m_heap.newInt(it.index--);
            return getItem(container, index);
        }
        return exhaust();
    case Kind::Callable: {
        Ref item = call(container, std::span<const ObjectId>{});
        return equal(item, m_heap.item(id, 1)) ? exhaust() : std::move(item);
    }
    case Kind::Sequence:
        try {
            const Ref index = m_heap.newInt(it.index++);
            return getItem(container, index);
        } catch (const PythonError &) {
            if (!raisedIs("IndexError") && !raisedIs("StopIteration"))
                throw;
            takeRaised().reset();
            return exhaust();
        }
    }
    return {};
}

// zip(strict=True) found argument `ended` exhausted.
void Interpreter::checkStrictEnd(ObjectId zip, std::uint32_t ended)
{
    const auto others = [](std::uint32_t n) { return n == 1 ? " 1" : "s 1-" + std::to_string(n); };
    if (ended > 0)
        raise("ValueError", "zip() argument " + std::to_string(ended + 1) + " is shorter than argument" + others(ended));
    const ObjectId iterators = m_heap.item(zip, 0);
    for (std::uint32_t i = 1; i < m_heap.length(iterators); ++i)
        if (next(m_heap.item(iterators, i)))
            raise("ValueError", "zip() argument " + std::to_string(i + 1) + " is longer than argument" + others(i));
}

// zip, enumerate and an iterator over a dict's items have a tuple from birth, in their last slot. It is what they give, again
// and again, while nobody else holds it; else they give a new one.
Ref Interpreter::intoResult(ObjectId iterator, std::vector<Ref> items)
{
    const ObjectId result = m_heap.item(iterator, m_heap.length(iterator) - 1);
    if (object(result).refcount != 1)
        return m_heap.newTupleStealing(std::move(items));
    Ref given = m_heap.own(result);
    for (std::uint32_t i = 0; i < items.size(); ++i)
        m_heap.replaceSlot(result, i, std::move(items[i]));
    return given;
}

void Interpreter::forEach(ObjectId iterable, const std::function<void(Ref)> &visit)
{
    const Ref iterator = iterate(iterable);
    std::uint32_t n = 0;
    while (Ref item = next(iterator)) {
        if (++n % 256 == 0)
            checkpoint();   // an endless iterator must not keep a built-in busy for ever
        visit(std::move(item));
    }
}

std::vector<Ref> Interpreter::toVector(ObjectId iterable)
{
    std::vector<Ref> items;
    if ((kind(iterable) == TypeKind::List || kind(iterable) == TypeKind::Tuple) && isExact(iterable)) {
        for (std::uint32_t i = 0; i < m_heap.length(iterable); ++i)
            items.push_back(m_heap.own(m_heap.item(iterable, i)));
        return items;
    }
    try {
        forEach(iterable, [&](Ref item) { items.push_back(std::move(item)); });
    } catch (...) {
        while (!items.empty())   // as a list or tuple that is let go
            items.pop_back();
        throw;
    }
    return items;
}

// PySequence_Tuple: room for as many items as are expected, then as many as it takes, cut to what came.
Ref Interpreter::tupleOf(ObjectId iterable)
{
    const TypeKind k = kind(iterable);
    if ((k == TypeKind::List || k == TypeKind::Tuple) && isExact(iterable))
        return m_heap.newTupleStealing(toVector(iterable));
    if (!m_heap.counting())
        return m_heap.newTupleStealing(toVector(iterable), ObjectHeap::TupleBirth::ItemByItem);
    const Ref iterator = iterate(iterable);
    constexpr std::int64_t kUnknownLength = 10;
    const std::int64_t hint = lengthHint(iterable).value_or(kUnknownLength);
    guardSize(static_cast<std::uint64_t>(hint) * 8);
    Ref tuple = m_heap.newBlankTuple(static_cast<std::uint32_t>(hint));
    std::uint32_t n = 0, room = static_cast<std::uint32_t>(hint);
    while (Ref item = next(iterator)) {
        if (n % 256 == 255)
            checkpoint();
        if (n == room) {
            room += 10;
            room += room >> 2;
            guardSize(std::uint64_t(room) * 8);
            tuple = n == 0 ? m_heap.newBlankTuple(room) : m_heap.resizedTuple(std::move(tuple), room);
        }
        m_heap.setSlot(tuple, n++, item.release());
    }
    return m_heap.resizedTuple(std::move(tuple), n);
}

void Interpreter::extendList(ObjectId list, ObjectId iterable, bool constructing)
{
    const bool sequence = (kind(iterable) == TypeKind::List || kind(iterable) == TypeKind::Tuple) && isExact(iterable);
    if (!sequence && !lookupIterable(iterable) && kind(iterable) != TypeKind::WeakProxy)
        raise("TypeError", "'" + typeName(iterable) + "' object is not iterable");
    // With a known length the array is made long enough first (length_hint), then cut to what is needed.
    // Of an iterator that does not tell its length, room for eight is made.
    constexpr std::int64_t kUnknownLength = 8;
    const std::optional<std::int64_t> known = sequence ? std::optional<std::int64_t>(m_heap.length(iterable)) : lengthHint(iterable);
    const std::optional<std::int64_t> hint = known.value_or(kUnknownLength);
    const std::uint32_t before = m_heap.length(list);
    if (hint && *hint > 0) {
        guardSize(static_cast<std::uint64_t>(*hint) * 8);
        const auto n = static_cast<std::uint32_t>(*hint);
        const ObjectsProfile &o = profile().objects;
        const bool exact = m_heap.listCapacity(list) == 0
            && (o.listPresize == ListPresize::Always || (constructing && known && o.listPresize == ListPresize::Constructed));
        if (exact) {
            m_heap.setBuffer(list, (o.evenListCapacity ? (n + 1) / 2 * 2 : n) * 8, TenantKind::Items);
        } else {
            m_heap.listResize(list, before + n);
            m_heap.setLength(list, before);
        }
        m_heap.reserveSlots(list, before + n);
    }
    if (sequence) {
        std::vector<ObjectId> items;
        for (const Slot &slot : m_heap.items(iterable))
            items.push_back(slot.target);
        for (const ObjectId item : items)
            m_heap.listPut(list, m_heap.own(item));
        return;
    }
    forEach(iterable, [&](Ref item) { m_heap.listPut(list, std::move(item)); });
    if (hint && m_heap.length(list) < m_heap.listCapacity(list))
        m_heap.listResize(list, m_heap.length(list));
}

std::optional<std::int64_t> Interpreter::lengthHint(ObjectId id)
{
    switch (kind(id)) {
    case TypeKind::List: case TypeKind::Tuple: case TypeKind::Str: case TypeKind::Bytes: case TypeKind::Dict: case TypeKind::Set:
    case TypeKind::FrozenSet: case TypeKind::Range: case TypeKind::DictView:
        return lengthOf(id);
    case TypeKind::Iterator: {
        const IteratorNative &it = *m_heap.native<IteratorNative>(id);
        // __length_hint__ is looked up and bound; generators, zip, map and their like have none.
        if (it.kind != Kind::Zip && it.kind != Kind::Map && it.kind != Kind::Filter && it.kind != Kind::Enumerate && it.kind != Kind::Callable)
            passBuiltinMethod();
        if (it.exhausted)
            return 0;
        switch (it.kind) {
        case Kind::Range: return it.remaining;
        case Kind::List: case Kind::Tuple: return std::max<std::int64_t>(0, m_heap.length(m_heap.item(id, 0)) - it.index);
        case Kind::ListReverse: case Kind::Reversed: return it.index + 1;
        case Kind::DictKeys: case Kind::DictValues: case Kind::DictItems: return m_dicts.length(m_heap.item(id, 0));
        case Kind::Set: return m_sets->length(m_heap.item(id, 0));
        default: return {};
        }
    }
    default:
        return {};
    }
}

void Interpreter::mergeIntoDict(ObjectId dict, ObjectId other, ObjectId callable)
{
    const bool refuseDuplicates = bool(callable);
    const auto put = [&](ObjectId key, std::int64_t keyHash, Ref value) {
        if (refuseDuplicates && m_dicts.find(dict, key, keyHash))
            raise("TypeError", callableText(callable) + " got multiple values for keyword argument '" + str(key) + "'");
        m_dicts.set(dict, key, keyHash, std::move(value));
    };
    if (kind(other) == TypeKind::Dict && !overridden(other, "__iter__")) {
        m_dicts.prepareMerge(dict, other);
        for (std::uint32_t e = 0; e < m_dicts.entryCount(other); ++e)
            if (const ObjectId key = m_dicts.keyAt(other, e)) {
                const Ref kept = m_heap.own(key);
                put(key, m_dicts.hashAt(other, e), m_heap.own(m_dicts.valueAt(other, e)));
            }
        return;
    }
    if (Ref keys = getAttributeOrNone(other, "keys")) {
        const Ref listed = call(keys, std::span<const ObjectId>{});
        forEach(listed, [&](Ref key) { put(key, hashOfKey(key), getItem(other, key)); });
        return;
    }
    if (refuseDuplicates)
        raise("TypeError", (profile().minor >= 15 ? std::string("Value") : callableText(callable) + " argument") + " after ** must be a mapping, not " + typeName(other));
    std::int64_t n = 0;
    forEach(other, [&](Ref pair) {
        if (!lookupIterable(pair))
            raise("TypeError", profile().minor >= 14 ? std::string("object is not iterable")
                                                     : "cannot convert dictionary update sequence element #" + std::to_string(n) + " to a sequence");
        std::vector<Ref> parts = toVector(pair);
        if (parts.size() != 2)
            raise("ValueError", "dictionary update sequence element #" + std::to_string(n) + " has length "
                      + std::to_string(parts.size()) + "; 2 is required");
        ++n;
        put(parts[0], hashOfKey(parts[0]), m_heap.own(parts[1]));
    });
}

} // namespace pyrena
