// Calling a class: type_call.
#include "core/python/runtime/interpreter.h"

namespace pyrena {

Ref Interpreter::callType(ObjectId type, std::span<const ObjectId> args, Keywords keywords)
{
    const ClassNative &native = classOf(type);
    if (native.builtin && !native.exception) {
        if (type == builtinType("type")) {
            if (args.size() == 1)
                return m_heap.own(typeOf(args[0]));
            if (args.size() != 3)
                raise("TypeError", "type() takes 1 or 3 arguments");
            return typeFromArguments(args);
        }
        if (!native.construct)
            raise("TypeError", "cannot create '" + native.name + "' instances");
        return native.construct(*this, CallArgs{args, keywords});
    }
    const auto withArgs = [&](ObjectId first) {
        std::vector<ObjectId> all{first};
        all.insert(all.end(), args.begin(), args.end());
        return all;
    };
    // type_call: __new__, then __init__ of what came out. Those of built-in classes are found like any other.
    const ObjectId newMethod = lookup(type, "__new__"), init = lookup(type, "__init__");
    const auto isBuiltin = [&](ObjectId method) { return kind(method) == TypeKind::Method; };
    const auto isObjects = [&](ObjectId method) {
        return isBuiltin(method) && m_heap.native<BuiltinNative>(method)->ownerType == "object";
    };
    Ref made;
    if (!isBuiltin(newMethod)) {
        const Ref function = m_heap.own(kind(newMethod) == TypeKind::StaticMethod ? m_heap.item(newMethod, 0) : newMethod);
        const std::vector<ObjectId> all = withArgs(type);
        const std::vector<Ref> unpacked = unpackedWithKeywords(all, keywords);
        made = call(function, all, keywords);
    } else {
        if (native.exception && isBuiltin(init) && !keywords.empty())
            raise("TypeError", native.name + "() takes no keyword arguments");
        if (native.instanceKind == TypeKind::Instance && isObjects(newMethod) && isObjects(init) && (!args.empty() || !keywords.empty()))
            raise("TypeError", native.name + "() takes no arguments");
        made = newOfType(type, CallArgs{args, keywords});
    }
    if (!isSubclass(typeOf(made), type))
        return made;
    if (isObjects(init) || (native.exception && isBuiltin(init) && isBuiltin(newMethod)))
        return made;
    const Ref function = m_heap.own(init);
    const std::vector<ObjectId> all = withArgs(made);
    const std::vector<Ref> unpacked = kind(function) == TypeKind::Function ? unpackedWithKeywords(all, keywords) : std::vector<Ref>();
    const Ref method = profile().minor == 6 ? boundSpecial(function, made) : Ref();
    const NativeLevel bound(*this, NativeLevel::kCalling, profile().minor <= 6 ? 1 : 0);   // slot_tp_init calls a bound method
    // A built-in class's own is tp_init, called as it is; from the program it is a wrapper.
    const Ref result = kind(function) == TypeKind::Method ? callBuiltin(function, all, keywords) : call(function, all, keywords);
    if (kind(result) != TypeKind::None)
        raise("TypeError", "__init__() should return None, not '" + typeName(result) + "'");
    return made;
}

} // namespace pyrena
