// mappingproxy: what the __dict__ of a class is shown as. A view of the dict that reads and does not write.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include <array>

namespace pyrena {

ObjectId Interpreter::behindMappingProxy(ObjectId id) const
{
    return kind(id) == TypeKind::DictView && object(id).type == m_mappingProxyType ? m_heap.item(id, 0) : id;
}

bool Interpreter::isSetView(ObjectId id) const
{
    return kind(id) == TypeKind::DictView && object(id).type != m_mappingProxyType
        && static_cast<IteratorNative::Kind>(object(id).value) != IteratorNative::Kind::DictValues;
}

Ref Interpreter::newMappingProxy(ObjectId dict)
{
    constexpr std::uint32_t kSize = 24;   // getsizeof(type.__dict__) without its GC head
    Ref made = m_heap.create({.kind = TypeKind::DictView, .typeName = "mappingproxy", .type = m_mappingProxyType, .size = kSize, .gc = true,
                              .value = static_cast<std::uint64_t>(IteratorNative::Kind::DictKeys), .slots = 1});
    m_heap.setSlot(made, 0, m_heap.own(dict).release());
    m_heap.track(made);
    return made;
}

namespace {

// The method of that name of the dict behind it, called with the same arguments.
template <std::size_t which>
Ref ofDict(Interpreter &i, const CallArgs &a)
{
    static constexpr std::array<std::string_view, 5> kNames{"keys", "values", "items", "get", "copy"};
    const Ref dict = i.heap().own(i.behindMappingProxy(a[0]));
    if (i.profile().minor <= 8)
        i.passBuiltinMethod();
    if (a.size() == 1)
        return i.callMethod(dict, kNames[which], {});
    return i.callMethod(dict, kNames[which], {a[1], a.size() > 2 ? a[2] : i.heap().none()});
}

constexpr NativeDef kMethods[] = {
    {"keys", ofDict<0>, 0, 0}, {"values", ofDict<1>, 0, 0}, {"items", ofDict<2>, 0, 0}, {"get", ofDict<3>, 1, 2}, {"copy", ofDict<4>, 0, 0},
};

} // namespace

std::span<const NativeDef> mappingProxyMethods() { return kMethods; }

Ref constructMappingProxy(Interpreter &i, const CallArgs &a)
{
    if (a.size() != 1)
        i.raise("TypeError", "mappingproxy() missing required argument 'mapping' (pos 1)");
    if (i.kind(a[0]) != TypeKind::Dict)
        i.raise("TypeError", "mappingproxy() argument must be a mapping, not " + i.typeName(a[0]));
    return i.newMappingProxy(a[0]);
}

} // namespace pyrena
