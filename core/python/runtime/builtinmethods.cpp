// Functions and methods of the interpreter itself: the kinds of them that CPython tells apart, with what they show.
#include "core/python/runtime/interpreter.h"

#include <algorithm>
#include <array>

namespace pyrena {

namespace {

// Special methods that are entries of tp_methods. All others stand for a slot of the type.
constexpr std::string_view kEntries[] = {
    "__alloc__", "__bytes__", "__ceil__", "__class_getitem__", "__complex__", "__copy__", "__deepcopy__", "__dir__", "__enter__", "__exit__",
    "__floor__", "__format__", "__getnewargs__", "__getstate__", "__init_subclass__", "__instancecheck__", "__length_hint__", "__missing__",
    "__new__", "__prepare__", "__reduce__", "__reduce_ex__", "__reversed__", "__round__", "__setstate__", "__sizeof__", "__subclasscheck__",
    "__subclasses__", "__subclasshook__", "__trunc__",
};
static_assert(std::is_sorted(std::begin(kEntries), std::end(kEntries)));

// Both a slot and an entry (METH_COEXIST): the entry is what one sees.
constexpr std::pair<std::string_view, std::string_view> kCoexisting[] = {
    {"dict", "__contains__"}, {"dict", "__getitem__"}, {"frozenset", "__contains__"}, {"list", "__getitem__"}, {"set", "__contains__"},
};

} // namespace

bool BuiltinNative::wrapsSlot() const
{
    const std::string_view name = def->name;
    if (!method || !name.starts_with("__") || !name.ends_with("__") || std::binary_search(std::begin(kEntries), std::end(kEntries), name))
        return false;
    return std::find(std::begin(kCoexisting), std::end(kCoexisting), std::pair(std::string_view(ownerType), name)) == std::end(kCoexisting);
}

Ref Interpreter::makeBuiltinFunction(const NativeDef &def, std::string_view owner, bool method)
{
    auto native = std::make_unique<BuiltinNative>();
    native->def = &def;
    native->ownerType = owner;
    native->method = method;
    native->level = BuiltinNative::levelOf(def.name);
    native->takesTuple = pyrena::takesTuple(method ? owner : "", def.name, profile().minor);
    native->parser = keywordParser(method ? owner : "", def.name, profile().minor);
    const bool wrapper = native->wrapsSlot(), isNew = method && native->isNew();
    const char *const typeName = wrapper ? "wrapper_descriptor" : method && !isNew ? "method_descriptor" : "builtin_function_or_method";
    Ref made = m_heap.create({.kind = method ? TypeKind::Method : TypeKind::BuiltinFunction, .typeName = typeName,
                              .type = wrapper || isNew ? builtinType(typeName) : ObjectId(), .size = profile().layout.builtinFunctionSize,
                              .value = m_heap.text(def.name).value, .isStatic = true});
    m_heap.setNative(made, std::move(native));
    return made;
}

Ref Interpreter::bindBuiltin(ObjectId method, ObjectId self)
{
    const bool wrapper = m_heap.native<BuiltinNative>(method)->wrapsSlot();
    return m_heap.newBuiltinMethod(method, self, wrapper ? builtinType("method-wrapper") : m_typeByKind[std::size_t(TypeKind::BuiltinFunction)],
                                   wrapper);
}

std::string Interpreter::builtinRepr(ObjectId id) const
{
    const ObjectId self = kind(id) == TypeKind::BoundMethod ? m_heap.item(id, boundslot::Self) : ObjectId();
    const auto &native = *m_heap.native<BuiltinNative>(self ? m_heap.item(id, boundslot::Function) : id);
    const std::string name = native.def->name;
    if (self) {
        const std::string of = " of " + typeName(self) + " object at " + toHex(object(self).address) + ">";
        return native.wrapsSlot() ? "<method-wrapper '" + name + "'" + of : "<built-in method " + name + of;
    }
    if (!native.method)
        return "<built-in function " + name + ">";
    if (native.isNew())   // of the class, whose own it is
        return "<built-in method __new__ of type object at " + toHex(object(builtinType(native.ownerType)).address) + ">";
    const bool unowned = native.ownerType == "object" && profile().minor >= 15;   // run: repr(object.__init__)
    return std::string(native.wrapsSlot() ? "<slot wrapper '" : "<method '") + name + "'"
        + (unowned ? "" : " of '" + native.ownerType + "' objects") + ">";
}

// What a function or method of the interpreter itself shows of itself; none: nothing of that name.
Ref Interpreter::builtinAttribute(ObjectId id, std::string_view name)
{
    const auto &native = *m_heap.native<BuiltinNative>(id);
    if (name == "__name__" || (name == "__qualname__" && !native.method))
        return m_heap.newInternedStr(native.def->name, true);
    if (name == "__qualname__")
        return m_heap.newStr(native.ownerType + "." + native.def->name);
    if (name == "__objclass__" && native.method)
        return m_heap.own(builtinType(native.ownerType));
    if (name == "__module__" && !native.method)
        return m_heap.newInternedStr(native.ownerType, true);
    return Ref();
}

} // namespace pyrena
