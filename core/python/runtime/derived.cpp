// Instances of classes that derive from a built-in class which holds a value: list, dict, str, int and their like.
#include "core/objects/sets.h"
#include "core/python/builtins/builtins.h"
#include "core/python/runtime/interpreter.h"

#include "core/python/text/utf8.h"

#include <algorithm>

namespace pyrena {

namespace {

constexpr std::uint32_t kPointer = 8;

std::uint32_t roundUp8(std::uint32_t n) { return (n + 7) & ~7u; }

} // namespace

// What the class adds to tp_basicsize of its built-in one. A __dict__ pointer lies in the object up to 3.10, behind the items
// of a class with items up to 3.11, then in the pre-header; the weak reference list in the object up to 3.11.
std::uint32_t Interpreter::addedSize(const ClassNative &native) const
{
    const ObjectsProfile &o = profile().objects;
    const bool classic = o.instances == InstanceShape::DictHeader;
    std::uint32_t size = native.extraSize + kPointer * static_cast<std::uint32_t>(native.slotNames.size());
    if (native.hasDict && !native.dictOfBase && (classic || (o.weakrefInObject && isVarSized(native.instanceKind))))
        size += kPointer;
    if (native.hasWeakref && !native.weakrefOfBase && (classic || o.weakrefInObject))
        size += kPointer;
    return size;
}

std::uint32_t Interpreter::preHeaderOf(const ClassNative &native) const
{
    const ObjectsProfile &o = profile().objects;
    if (o.instances == InstanceShape::DictHeader)
        return 0;
    const bool dict = native.hasDict && !native.dictOfBase && !(o.weakrefInObject && isVarSized(native.instanceKind));
    const bool weakref = native.hasWeakref && !native.weakrefOfBase && !o.weakrefInObject;
    return dict || weakref ? profile().layout.instancePreHeader : 0;
}

std::uint32_t Interpreter::basicSizeOf(TypeKind builtin) const
{
    const LayoutProfile &l = profile().layout;
    switch (builtin) {
    case TypeKind::Int: return l.intBase;
    case TypeKind::Float: return l.floatSize;
    case TypeKind::Complex: return l.complexSize;
    case TypeKind::Str: return l.strObjectSize;
    case TypeKind::Bytes: return l.bytesBase;
    case TypeKind::Tuple: return l.tupleBase;
    case TypeKind::List: return l.listSize;
    case TypeKind::Dict: return l.dictSize;
    default: return l.setSize;
    }
}

// PyType_GenericAlloc. items: of a tuple; itemBytes: what the items of a class with items take, one more included.
Ref Interpreter::newDerived(ObjectId type, std::uint32_t items, std::uint32_t itemBytes, std::uint64_t value)
{
    const ClassNative &native = classOf(type);
    const TypeKind builtin = native.instanceKind;
    const auto fields = static_cast<std::uint32_t>(1 + native.slotNames.size() + (native.hasDict ? 1 : 0));
    const bool container = builtin >= TypeKind::Tuple && builtin <= TypeKind::FrozenSet;
    const bool plain = native.slotNames.empty() && !native.hasDict && !native.hasWeakref;
    // Values of attributes lie behind the fields; the spare room falls as in newInstance().
    std::uint32_t values = 0;
    if (native.inlineValues && native.sharedKeys) {
        const std::uint32_t room = native.sharedKeys->room();
        native.sharedKeys->usable -= native.sharedKeys->usable > 1 ? 1 : 0;
        values = roundUp8(room) + kPointer * (room + 1);
    }
    Ref made = m_heap.create({.kind = builtin, .typeName = native.name, .type = type,
                              .size = roundUp8(basicSizeOf(builtin) + addedSize(native) + itemBytes) + values,
                              .gc = container || !plain || profile().objects.emptySlotsTracked, .preHeader = preHeaderOf(native),
                              .value = container ? fields : value, .slots = fields + items,
                              .flags = static_cast<std::uint16_t>(values > 0 ? static_cast<std::uint16_t>(ObjectFlag::InlineValues) : 0)});
    m_heap.setField(made, 0, m_heap.own(type).release(), m_heap.text("__class__"));
    for (std::uint32_t i = 0; i < native.slotNames.size(); ++i)
        m_heap.setField(made, 1 + i, ObjectId(), m_heap.text(native.slotNames[i]));
    if (builtin == TypeKind::Dict)
        m_dicts.adopt(made);
    else if (builtin == TypeKind::Set || builtin == TypeKind::FrozenSet)
        m_sets->adopt(made);
    m_heap.track(made);
    return made;
}

// tp_new. Values that never change are made first as the built-in class would, then taken over; the others begin empty.
Ref Interpreter::newOfType(ObjectId type, const CallArgs &args)
{
    const ClassNative &native = classOf(type);
    if (native.exception)
        return makeException(type, args.positional);
    switch (native.instanceKind) {
    case TypeKind::PlainObject: return constructObject(*this, {});
    case TypeKind::Instance: return newInstance(type);
    case TypeKind::List: case TypeKind::Dict: case TypeKind::Set:
        return newDerived(type, 0, 0, 0);
    case TypeKind::FrozenSet: {
        Ref made = newDerived(type, 0, 0, 0);
        if (args.size() > 0)
            forEach(args[0], [&](Ref item) { m_sets->add(made, item); });
        return made;
    }
    default:
        break;
    }
    const Ref source = native.construct(*this, args);
    const std::uint64_t value = object(source).value;
    switch (native.instanceKind) {
    case TypeKind::Int: {
        const auto digits = static_cast<std::uint32_t>(m_heap.bigValue(source).digitCount(30));
        const LayoutProfile &l = profile().layout;
        const bool room = l.intZero > l.intBase;   // since 3.11 zero has a digit too
        Ref made = newDerived(type, 0, l.intDigit * ((room ? std::max(digits, 1u) : digits) + 1), value);
        if (const auto *big = m_heap.native<BigIntNative>(source)) {
            auto copy = std::make_unique<BigIntNative>();
            copy->value = big->value;
            m_heap.setNative(made, std::move(copy));
            m_heap.setFlag(made, ObjectFlag::BigValue, true);
        }
        return made;
    }
    case TypeKind::Float:
        return newDerived(type, 0, 0, value);
    case TypeKind::Complex: {
        Ref made = newDerived(type, 0, 0, value);
        auto copy = std::make_unique<ComplexNative>();
        copy->value = m_heap.native<ComplexNative>(source)->value;
        m_heap.setNative(made, std::move(copy));
        return made;
    }
    case TypeKind::Str: {
        Ref made = newDerived(type, 0, 0, value);
        m_heap.setBuffer(made, strDataSize(source), TenantKind::Items);
        return made;
    }
    case TypeKind::Bytes:
        return newDerived(type, 0, static_cast<std::uint32_t>(text(source).size()) + 1, value);
    case TypeKind::Tuple: {
        const std::uint32_t n = m_heap.length(source);
        Ref made = newDerived(type, n, kPointer * (n + 1), 0);
        for (std::uint32_t i = 0; i < n; ++i)
            m_heap.setSlot(made, i, m_heap.own(m_heap.item(source, i)).release());
        return made;
    }
    default:
        unsupported("__new__ of " + native.name);
    }
}

// The characters of a str that is not one block, with the zero at the end.
std::uint32_t Interpreter::strDataSize(ObjectId str) const
{
    const std::string &s = text(str);
    constexpr std::uint32_t kWidths[] = {1, 1, 2, 4};
    return (static_cast<std::uint32_t>(text::length(s)) + 1) * kWidths[static_cast<std::size_t>(text::charWidth(s))];
}

// What sys.getsizeof counts, without the headers.
std::int64_t Interpreter::sizeOfDerived(ObjectId id) const
{
    const Object &o = object(id);
    const ClassNative &native = classOf(o.type);
    const std::int64_t basic = basicSizeOf(o.kind) + addedSize(native);
    switch (o.kind) {
    case TypeKind::Int: {
        const LayoutProfile &l = profile().layout;
        if (fitsInt64(id) && o.value == 0)
            return l.intZero;
        return l.intBase + static_cast<std::int64_t>(m_heap.bigValue(id).digitCount(30)) * l.intDigit;
    }
    case TypeKind::Str: return profile().layout.strObjectSize + strDataSize(id);
    case TypeKind::Bytes: return basic + static_cast<std::int64_t>(text(id).size());
    case TypeKind::Tuple: return basic + kPointer * std::int64_t(m_heap.length(id));
    case TypeKind::Dict: return basic + m_dicts.keysBytes(id);
    default: return basic + o.bufferSize;
    }
}

} // namespace pyrena
