// Items and slices.
#include "core/objects/sets.h"
#include "core/python/runtime/interpreter.h"

#include "core/python/text/utf8.h"

#include <algorithm>

namespace pyrena {

Interpreter::SliceBounds Interpreter::sliceBounds(ObjectId slice, std::int64_t length)
{
    for (std::uint32_t part = 0; part < 3; ++part)
        if (const ObjectId index = m_heap.item(slice, part); kind(index) != TypeKind::None && !isInt(index) && !lookupSpecial(index, "__index__"))
            raise("TypeError", profile().minor >= 15 ? "slice indices must be integers or have an __index__ method"
                                                  : "slice indices must be integers or None or have an __index__ method");
    const std::int64_t step = indexOr(m_heap.item(slice, 2), 1);
    if (step == 0)
        raise("ValueError", "slice step cannot be zero");
    const auto clamp = [&](ObjectId part, std::int64_t missing) {
        if (kind(part) == TypeKind::None)
            return missing;
        std::int64_t value;
        if (isInt(part) && !fitsInt64(part))
            value = m_heap.bigValue(part).isNegative() ? INT64_MIN / 2 : INT64_MAX / 2;
        else
            value = toIndex(part);
        if (value < 0)
            value = std::max<std::int64_t>(value + length, step < 0 ? -1 : 0);
        return std::min(value, step < 0 ? length - 1 : length);
    };
    SliceBounds bounds{};
    bounds.step = step;
    bounds.start = clamp(m_heap.item(slice, 0), step < 0 ? length - 1 : 0);
    bounds.stop = clamp(m_heap.item(slice, 1), step < 0 ? -1 : length);
    if (step > 0)
        bounds.count = bounds.start < bounds.stop ? (bounds.stop - bounds.start - 1) / step + 1 : 0;
    else
        bounds.count = bounds.stop < bounds.start ? (bounds.start - bounds.stop - 1) / -step + 1 : 0;
    return bounds;
}

// What the __len__ of a class gives.
std::int64_t Interpreter::lengthFrom(ObjectId id, ObjectId special)
{
    const Ref result = callSpecial(special, {id});
    const std::int64_t n = toIndex(result);
    if (n < 0)
        raise("ValueError", "__len__() should return >= 0");
    return n;
}

std::int64_t Interpreter::lengthOf(ObjectId id)
{
    if (const ObjectId special = overridden(id, "__len__"))
        return lengthFrom(id, special);
    return lengthPlain(id);
}

std::int64_t Interpreter::lengthPlain(ObjectId id)
{
    switch (kind(id)) {
    case TypeKind::List: case TypeKind::Tuple: return m_heap.length(id);
    case TypeKind::Dict: return m_dicts.length(id);
    case TypeKind::Set: case TypeKind::FrozenSet: return m_sets->length(id);
    case TypeKind::Str: return static_cast<std::int64_t>(text::length(text(id)));
    case TypeKind::Bytes: return static_cast<std::int64_t>(text(id).size());
    case TypeKind::DictView: return m_dicts.length(m_heap.item(id, 0));
    case TypeKind::WeakProxy: return lengthOf(proxyTarget(id));
    case TypeKind::Range: {
        const std::int64_t start = toIndex(m_heap.item(id, 0)), stop = toIndex(m_heap.item(id, 1)), step = toIndex(m_heap.item(id, 2));
        if (step > 0)
            return start < stop ? (stop - start - 1) / step + 1 : 0;
        return stop < start ? (start - stop - 1) / -step + 1 : 0;
    }
    default:
        if (const ObjectId special = lookupSpecial(id, "__len__"))
            return lengthFrom(id, special);
        raise("TypeError", "object of type '" + typeName(id) + "' has no len()");
    }
}

// list[int] and such make a generic alias; a class of the program's own cannot be subscripted.
void Interpreter::refuseClassSubscript(ObjectId type)
{
    const ClassNative &native = classOf(type);
    if (native.builtin && profile().minor >= 9)
        unsupported(native.name + "[...] of a class; write the plain class, as in " + native.name);
    raise("TypeError", profile().minor >= 11 ? "type '" + native.name + "' is not subscriptable" : std::string("'type' object is not subscriptable"));
}

Ref Interpreter::getItem(ObjectId id, ObjectId index)
{
    if (const ObjectId special = overridden(id, "__getitem__"))
        return callSpecial(special, {id, index});
    return getItemPlain(id, index);
}

Ref Interpreter::getItemPlain(ObjectId id, ObjectId index)
{
    const TypeKind k = kind(id);
    const auto checkedIndex = [&](const char *what) {
        if (!isInt(index) && !lookupSpecial(index, "__index__"))
            raise("TypeError", std::string(what) + " indices must be integers"
                      + (k == TypeKind::Str ? (profile().minor >= 11 ? ", not '" + typeName(index) + "'" : "")
                                            : " or slices, not " + typeName(index)));
        std::int64_t i = toIndex(index);
        const std::int64_t n = lengthPlain(id);
        if (i < 0)
            i += n;
        if (i < 0 || i >= n)
            raise("IndexError", k == TypeKind::Str ? "string index out of range" : k == TypeKind::Bytes ? "index out of range"
                                                   : k == TypeKind::Range ? "range object index out of range" : std::string(what) + " index out of range");
        return i;
    };
    const bool sliced = kind(index) == TypeKind::Slice;
    switch (k) {
    case TypeKind::List:
    case TypeKind::Tuple: {
        if (!sliced) {
            const auto i = static_cast<std::uint32_t>(checkedIndex(k == TypeKind::List ? "list" : "tuple"));
            return m_heap.own(m_heap.item(id, i));
        }
        const SliceBounds s = sliceBounds(index, m_heap.length(id));
        if (k == TypeKind::Tuple && s.count == m_heap.length(id) && s.step == 1 && isExact(id))
            return m_heap.own(id);
        std::vector<ObjectId> items;
        for (std::int64_t i = 0; i < s.count; ++i)
            items.push_back(m_heap.item(id, static_cast<std::uint32_t>(s.start + i * s.step)));
        return k == TypeKind::Tuple ? m_heap.newTuple(items, ObjectHeap::TupleBirth::ItemByItem)
                                    : m_heap.newList(items, static_cast<std::uint32_t>(items.size()));
    }
    case TypeKind::Str: {
        if (!sliced)
            return m_heap.newStr(text::encodeUtf8(*text::codePointAt(text(id), static_cast<std::size_t>(checkedIndex("string")))));
        const SliceBounds s = sliceBounds(index, lengthPlain(id));
        if (s.step == 1 && s.count == lengthPlain(id) && isExact(id))
            return m_heap.own(id);
        return m_heap.newStr(s.count == 0 ? "" : text::slice(text(id), static_cast<std::size_t>(s.start), s.step, static_cast<std::size_t>(s.count)));
    }
    case TypeKind::Bytes: {
        if (!sliced)
            return m_heap.newInt(std::int64_t(static_cast<unsigned char>(text(id)[static_cast<std::size_t>(checkedIndex("byte"))])));
        const SliceBounds s = sliceBounds(index, lengthOf(id));
        if (s.step == 1 && s.count == lengthOf(id) && isExact(id))
            return m_heap.own(id);
        std::string out;
        for (std::int64_t i = 0; i < s.count; ++i)
            out += text(id)[static_cast<std::size_t>(s.start + i * s.step)];
        return m_heap.newBytes(out);
    }
    case TypeKind::Range: {
        const std::int64_t start = toIndex(m_heap.item(id, 0)), step = toIndex(m_heap.item(id, 2));
        if (!sliced)
            return m_heap.newInt(start + checkedIndex("range") * step);
        const SliceBounds s = sliceBounds(index, lengthOf(id));
        const Ref a = m_heap.newInt(start + s.start * step), b = m_heap.newInt(start + s.stop * step), c = m_heap.newInt(step * s.step);
        return m_heap.newRange(a, b, c);
    }
    case TypeKind::Dict: {
        if (const ObjectId found = m_dicts.get(id, index, hashOfKey(index)))
            return m_heap.own(found);
        if (!isExact(id))
            if (const ObjectId missing = lookup(typeOf(id), "__missing__")) {
                const Ref method = m_heap.own(missing);
                return call(method, {id, index});
            }
        raiseKeyError(index);
    }
    case TypeKind::WeakProxy:
        return getItem(proxyTarget(id), index);
    case TypeKind::DictView:
        if (const ObjectId dict = behindMappingProxy(id); dict != id)
            return getItem(dict, index);
        [[fallthrough]];
    default:
        if (const ObjectId special = lookupSpecial(id, "__getitem__"))
            return callSpecial(special, {id, index});
        if (k == TypeKind::Type && lookup(id, "__class_getitem__")) {
            const Ref hook = getAttribute(id, "__class_getitem__");
            return call(hook, {index});
        }
        if (k == TypeKind::Type)
            refuseClassSubscript(id);
        raise("TypeError", "'" + typeName(id) + "' object is not subscriptable");
    }
}

void Interpreter::setItem(ObjectId id, ObjectId index, ObjectId value)
{
    if (const ObjectId special = overridden(id, "__setitem__"))
        callSpecial(special, {id, index, value}).reset();
    else
        setItemPlain(id, index, value);
}

void Interpreter::setItemPlain(ObjectId id, ObjectId index, ObjectId value)
{
    switch (kind(id)) {
    case TypeKind::List: {
        if (kind(index) == TypeKind::Slice) {
            assignSlice(id, index, value);
            return;
        }
        if (!isInt(index) && !lookupSpecial(index, "__index__"))
            raise("TypeError", "list indices must be integers or slices, not " + typeName(index));
        std::int64_t i = toIndex(index);
        const std::int64_t n = m_heap.length(id);
        if (i < 0)
            i += n;
        if (i < 0 || i >= n)
            raise("IndexError", "list assignment index out of range");
        m_heap.replaceSlot(id, static_cast<std::uint32_t>(i), m_heap.own(value));
        return;
    }
    case TypeKind::Dict:
        m_dicts.set(id, index, hashOfKey(index), m_heap.own(value));
        return;
    case TypeKind::WeakProxy:
        setItem(proxyTarget(id), index, value);
        return;
    default:
        if (const ObjectId special = lookupSpecial(id, "__setitem__")) {
            callSpecial(special, {id, index, value}).reset();
            return;
        }
        raise("TypeError", "'" + typeName(id) + "' object does not support item assignment");
    }
}

void Interpreter::assignSlice(ObjectId list, ObjectId slice, ObjectId value)
{
    std::vector<Ref> owned;
    std::vector<ObjectId> items;
    if (!lookupIterable(value))
        raise("TypeError", indexOr(m_heap.item(slice, 2), 1) == 1 && profile().minor <= 12 ? "can only assign an iterable" : "must assign iterable to extended slice");
    owned = toVector(value);
    for (const Ref &item : owned)
        items.push_back(item);
    const SliceBounds s = sliceBounds(slice, m_heap.length(list));
    if (s.step == 1) {
        m_heap.listAssign(list, static_cast<std::uint32_t>(s.start), static_cast<std::uint32_t>(std::max(s.start, s.stop)), items);
        return;
    }
    if (static_cast<std::int64_t>(items.size()) != s.count)
        raise("ValueError", "attempt to assign sequence of size " + std::to_string(items.size()) + " to extended slice of size "
                  + std::to_string(s.count));
    std::vector<ObjectId> old;
    for (std::int64_t i = 0; i < s.count; ++i) {
        const auto at = static_cast<std::uint32_t>(s.start + i * s.step);
        old.push_back(m_heap.item(list, at));
        incref(items[static_cast<std::size_t>(i)]);
        m_heap.setSlot(list, at, items[static_cast<std::size_t>(i)]);
    }
    for (const ObjectId item : old)
        m_heap.decref(item);
}

// Whose type has a tp_as_sequence, whatever it can do: with an index as key it is asked (PySequence_DelItem).
static bool hasSequenceSlots(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Str: case TypeKind::Bytes: case TypeKind::Tuple: case TypeKind::Range: case TypeKind::Set: case TypeKind::FrozenSet:
    case TypeKind::DictView: case TypeKind::Instance:
        return true;
    default:
        return false;
    }
}

void Interpreter::deleteItem(ObjectId id, ObjectId index)
{
    if (const ObjectId special = overridden(id, "__delitem__"))
        callSpecial(special, {id, index}).reset();
    else
        deleteItemPlain(id, index);
}

void Interpreter::deleteItemPlain(ObjectId id, ObjectId index)
{
    switch (kind(id)) {
    case TypeKind::List: {
        if (kind(index) == TypeKind::Slice) {
            SliceBounds s = sliceBounds(index, m_heap.length(id));
            if (s.count == 0)
                return;
            if (s.step == 1) {
                m_heap.listAssign(id, static_cast<std::uint32_t>(s.start), static_cast<std::uint32_t>(s.start + s.count), {});
                return;
            }
            if (s.step < 0) {
                s.start += (s.count - 1) * s.step;
                s.step = -s.step;
            }
            std::vector<ObjectId> kept, gone;
            for (std::int64_t i = 0; i < m_heap.length(id); ++i) {
                const bool removed = i >= s.start && i < s.start + s.count * s.step && (i - s.start) % s.step == 0;
                (removed ? gone : kept).push_back(m_heap.item(id, static_cast<std::uint32_t>(i)));
            }
            for (std::uint32_t i = 0; i < m_heap.length(id); ++i) {
                const ObjectId now = i < kept.size() ? kept[i] : ObjectId();
                if (m_heap.item(id, i) != now)
                    m_heap.setSlot(id, i, now);
            }
            m_heap.listResize(id, static_cast<std::uint32_t>(kept.size()));
            for (const ObjectId item : gone)   // an extended slice lets go first to last
                m_heap.decref(item);
            return;
        }
        if (!isInt(index))
            raise("TypeError", "list indices must be integers or slices, not " + typeName(index));
        std::int64_t i = toIndex(index);
        const std::int64_t n = m_heap.length(id);
        if (i < 0)
            i += n;
        if (i < 0 || i >= n)
            raise("IndexError", "list assignment index out of range");
        m_heap.listAssign(id, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1), {});
        return;
    }
    case TypeKind::Dict:
        if (!m_dicts.remove(id, index, hashOfKey(index)))
            raiseKeyError(index);
        return;
    case TypeKind::WeakProxy:
        deleteItem(proxyTarget(id), index);
        return;
    default:
        if (const ObjectId special = lookupSpecial(id, "__delitem__")) {
            callSpecial(special, {id, index}).reset();
            return;
        }
        raise("TypeError", "'" + typeName(id) + "' object " + (hasSequenceSlots(kind(id)) && isInt(index) ? "doesn't" : "does not") + " support item deletion");
    }
}

} // namespace pyrena
