#include "core/world/world.h"

namespace pyrena {

namespace {
template <class T>
std::size_t bytesOf(const std::vector<T> &v)
{
    return v.size() * sizeof(T);
}
} // namespace

std::size_t World::bytes() const
{
    return sizeof(World) + bytesOf(objects) + bytesOf(slots) + bytesOf(stack) + bytesOf(output) + bytesOf(heap.arenas)
        + bytesOf(heap.pools) + bytesOf(heap.blocks) + bytesOf(heap.blockStates) + bytesOf(heap.rawBlocks)
        + bytesOf(spaces.relocations) + bytesOf(spaces.remembered);
}

GcMark World::markOf(ObjectId id) const
{
    const Object &o = object(id);
    if (!spaces.scan || !o.address || o.has(ObjectFlag::Static))
        return o.mark();
    if (spaces.spaceOf(o.address) != spaces.spaceOf(spaces.scan))
        return GcMark::White;
    return o.address < spaces.scan ? GcMark::Black : GcMark::Grey;
}

const char *kindName(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Runtime: return "interpreter";
    case TypeKind::None: return "NoneType";
    case TypeKind::NotImplemented: return "NotImplementedType";
    case TypeKind::Ellipsis: return "ellipsis";
    case TypeKind::Bool: return "bool";
    case TypeKind::Int: return "int";
    case TypeKind::Float: return "float";
    case TypeKind::Complex: return "complex";
    case TypeKind::Str: return "str";
    case TypeKind::Bytes: return "bytes";
    case TypeKind::Tuple: return "tuple";
    case TypeKind::List: return "list";
    case TypeKind::Dict: return "dict";
    case TypeKind::Set: return "set";
    case TypeKind::FrozenSet: return "frozenset";
    case TypeKind::Slice: return "slice";
    case TypeKind::Range: return "range";
    case TypeKind::Type: return "type";
    case TypeKind::Instance: return "instance";
    case TypeKind::PlainObject: return "object";
    case TypeKind::Function: return "function";
    case TypeKind::BuiltinFunction: return "builtin_function_or_method";
    case TypeKind::BoundMethod: return "method";
    case TypeKind::Method: return "method_descriptor";
    case TypeKind::Property: return "property";
    case TypeKind::StaticMethod: return "staticmethod";
    case TypeKind::ClassMethod: return "classmethod";
    case TypeKind::Super: return "super";
    case TypeKind::Descriptor: return "getset_descriptor";
    case TypeKind::Code: return "code";
    case TypeKind::Frame: return "frame";
    case TypeKind::Cell: return "cell";
    case TypeKind::Module: return "module";
    case TypeKind::Generator: return "generator";
    case TypeKind::Iterator: return "iterator";
    case TypeKind::Exception: return "exception";
    case TypeKind::Traceback: return "traceback";
    case TypeKind::Weakref: return "weakref";
    case TypeKind::WeakProxy: return "weakproxy";
    case TypeKind::DictView: return "dict_view";
    case TypeKind::Namespace: return "namespace";
    }
    return "object";
}

} // namespace pyrena
