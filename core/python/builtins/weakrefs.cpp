// Weak references: what the module weakref is built on (CPython: _weakref). Its dictionaries, sets and finalize are
// written in Python, see weakreflibrary.cpp.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/objects/weakrefs.h"

namespace pyrena {

namespace {

// Fields of a KeyedRef behind the callback.
constexpr std::uint32_t kKeySlot = weakrefslot::Count;
// Fields of a WeakMethod, sorted by name as __slots__ are: whether both halves live, the function's weak reference, the class
// of what it gives.
constexpr std::uint32_t kAliveSlot = weakrefslot::Count, kFunctionSlot = kAliveSlot + 1, kMethodTypeSlot = kAliveSlot + 2;

bool canBeReferredTo(Interpreter &i, ObjectId id)
{
    switch (i.kind(id)) {
    case TypeKind::Set: case TypeKind::FrozenSet: case TypeKind::Type: case TypeKind::Function: case TypeKind::BuiltinFunction:
    case TypeKind::Generator: case TypeKind::Module: case TypeKind::Code:
        return true;
    case TypeKind::BoundMethod:
        return i.typeName(id) != "method-wrapper";
    case TypeKind::Instance: case TypeKind::Exception: case TypeKind::List: case TypeKind::Dict: case TypeKind::Str:
    case TypeKind::Float: {
        const ClassNative &type = i.classOf(i.typeOf(id));
        return !type.builtin && type.hasWeakref;
    }
    case TypeKind::Weakref:
        return i.typeOf(id) == i.builtinType("WeakMethod");
    default:
        return false;
    }
}

Ref make(Interpreter &i, TypeKind kind, ObjectId referent, ObjectId callback, ObjectId subclass = {}, std::uint32_t extraSlots = 0)
{
    // The constructor takes its arguments in a tuple, proxy() until 3.10.
    Ref packed;
    if (kind == TypeKind::Weakref || i.profile().minor <= 10)
        packed = callback ? i.heap().newTuple(std::array{referent, callback}) : i.heap().newTuple(std::array{referent});

    if (i.kind(referent) == TypeKind::WeakProxy || !canBeReferredTo(i, referent))
        i.raise("TypeError", "cannot create weak reference to '" + i.typeName(referent) + "' object");
    const bool plain = !callback || i.kind(callback) == TypeKind::None;
    return i.heap().weakrefs().make(kind, referent, plain ? ObjectId() : callback, subclass, extraSlots);
}

constexpr const char *kCallableProxy[] = {"weakcallableproxy", "CallableProxyType"};   // up to 3.9, later

// tp_name got its module with 3.10 (run: type(weakref.ref(x)).__name__).
bool namedWithModule(const Interpreter &i) { return i.profile().minor >= 10; }

Ref proxy(Interpreter &i, const CallArgs &a)
{
    return make(i, TypeKind::WeakProxy, a[0], a.at(1), i.isCallable(a[0]) ? i.builtinType(kCallableProxy[namedWithModule(i)]) : ObjectId());
}

Ref getWeakrefCount(Interpreter &i, const CallArgs &a)
{
    return i.heap().newInt(static_cast<std::int64_t>(i.heap().weakrefs().of(a[0]).size()));
}

Ref getWeakrefs(Interpreter &i, const CallArgs &a)
{
    const std::vector<ObjectId> all = i.heap().weakrefs().of(a[0]);
    return i.heap().newList(all, static_cast<std::uint32_t>(all.size()));
}

Ref callWeakref(Interpreter &i, const CallArgs &a)
{
    const ObjectId target = i.heap().weakrefs().referent(a[0]);
    return target ? i.heap().own(target) : i.heap().newNone();
}

Ref constructRef(Interpreter &i, const CallArgs &a)
{
    if (a.size() < 1 || a.size() > 2)
        i.raise("TypeError", a.size() < 1 ? "ref expected at least 1 argument, got 0"
                                           : "ref expected at most 2 arguments, got " + std::to_string(a.size()));
    return make(i, TypeKind::Weakref, a[0], a.at(1));
}

Ref constructKeyedRef(Interpreter &i, const CallArgs &a)
{
    if (a.size() != 3)
        i.raise("TypeError", "KeyedRef() takes 3 arguments (" + std::to_string(a.size()) + " given)");
    const ObjectId type = i.builtinType("KeyedRef");
    const Ref toNew = i.heap().newTuple(std::array{type, a[0], a[1]});   // of ref.__new__
    Ref made = make(i, TypeKind::Weakref, a[0], a[1], type, 1);
    i.heap().setSlot(made, kKeySlot, i.heap().own(a[2]).release(), i.heap().text("key"));
    return made;
}

// Written in Python as a class with __slots__, derived from ref; here its __new__ alone is (weakreflibrary.cpp).
Ref constructWeakMethod(Interpreter &i, const CallArgs &a)
{
    if (a.size() < 1 || a.size() > 2)
        i.raise("TypeError", std::string(i.profile().minor >= 10 ? "WeakMethod." : "")
                                 + (a.size() < 1 ? "__new__() missing 1 required positional argument: 'meth'"
                                                 : "__new__() takes from 2 to 3 positional arguments but " + std::to_string(a.size() + 1) + " were given"));
    if (i.kind(a[0]) != TypeKind::BoundMethod || i.kind(i.heap().item(a[0], 0)) == TypeKind::Method)
        i.raise("TypeError", "argument should be a bound method, not " + i.repr(i.typeOf(a[0])));
    const ObjectId given = a.at(1) ? a.at(1) : a.keyword("callback");
    const Ref maker = i.getAttribute(i.importModule("weakref"), "_watch_method");
    return i.call(maker, {a[0], given ? given : i.heap().none()});
}

Ref weakMethod(Interpreter &i, const CallArgs &a)
{
    constexpr std::uint32_t kFields = 4;   // with that for weak references to it
    Ref made = make(i, TypeKind::Weakref, a[0], a[1], i.builtinType("WeakMethod"), kFields);
    i.heap().setSlot(made, kAliveSlot, i.heap().newBool(true).release(), i.heap().text("_alive"));
    i.heap().setSlot(made, kMethodTypeSlot, i.heap().own(i.typeOfKind(TypeKind::BoundMethod)).release(), i.heap().text("_meth_type"));
    return made;
}

Ref ofFunction(Interpreter &i, const CallArgs &a)
{
    i.heap().setSlot(a[0], kFunctionSlot, i.heap().own(a[1]).release(), i.heap().text("_func_ref"));
    return i.heap().newNone();
}

// One half died: the first time this is so.
Ref methodEnds(Interpreter &i, const CallArgs &a)
{
    const bool lived = i.truth(i.heap().item(a[0], kAliveSlot));
    i.heap().replaceSlot(a[0], kAliveSlot, i.heap().newBool(false), i.heap().text("_alive"));
    return i.heap().newBool(lived);
}

Ref callWeakMethod(Interpreter &i, const CallArgs &a)
{
    const ObjectId instance = i.heap().weakrefs().referent(a[0]);
    const ObjectId functionRef = i.heap().item(a[0], kFunctionSlot);
    const ObjectId function = functionRef ? i.heap().weakrefs().referent(functionRef) : ObjectId();
    return instance && function ? i.heap().newBoundMethod(function, instance) : i.heap().newNone();
}

constexpr NativeDef kModule[] = {
    {"_weak_method", weakMethod, 2, 2}, {"_of_function", ofFunction, 2, 2}, {"_method_ends", methodEnds, 1, 1},
    {"proxy", proxy, 1, 2}, {"getweakrefcount", getWeakrefCount, 1, 1}, {"getweakrefs", getWeakrefs, 1, 1},
};
constexpr NativeDef kWeakref[] = {{"__call__", callWeakref, 0, 0}};
constexpr NativeDef kWeakMethod[] = {{"__call__", callWeakMethod, 0, 0}};

} // namespace

std::span<const NativeDef> weakrefMethods() { return kWeakref; }

void addWeakrefTypes(Interpreter &i)
{
    const bool qualified = namedWithModule(i);
    const ObjectId ref = i.addType(qualified ? "ReferenceType" : "weakref", TypeKind::Weakref, i.builtinType("object"), constructRef, kWeakref);
    i.setTypeOfKind(TypeKind::Weakref, ref);
    i.addType("KeyedRef", TypeKind::Weakref, ref, constructKeyedRef, {});
    i.addType("WeakMethod", TypeKind::Weakref, ref, constructWeakMethod, kWeakMethod);
    i.setTypeOfKind(TypeKind::WeakProxy, i.addType(qualified ? "ProxyType" : "weakproxy", TypeKind::WeakProxy, i.builtinType("object"), nullptr, {}));
    i.addType(kCallableProxy[qualified], TypeKind::WeakProxy, i.builtinType("object"), nullptr, {});
}

void fillWeakrefModule(Interpreter &i, ObjectId dict)
{
    fillModule(i, dict, kModule);
    const auto share = [&](const char *name, ObjectId type) { i.dicts().setStatic(dict, name, i.heap().own(type)); };
    share("ref", i.typeOfKind(TypeKind::Weakref));
    share("ReferenceType", i.typeOfKind(TypeKind::Weakref));
    share("ProxyType", i.typeOfKind(TypeKind::WeakProxy));
    share("CallableProxyType", i.builtinType(kCallableProxy[namedWithModule(i)]));
    share("KeyedRef", i.builtinType("KeyedRef"));
    share("WeakMethod", i.builtinType("WeakMethod"));
}

Ref Interpreter::weakrefAttribute(ObjectId weakref, std::string_view name)
{
    if (name == "__callback__") {
        const ObjectId callback = m_heap.weakrefs().callback(weakref);
        const bool live = bool(m_heap.weakrefs().referent(weakref));
        return callback && live ? m_heap.own(callback) : m_heap.newNone();
    }
    if (name == "key" && typeOf(weakref) == builtinType("KeyedRef"))
        return m_heap.own(m_heap.item(weakref, kKeySlot));
    return {};
}

// Two methods that live, of equal objects and of the same function; of those that do not live each is equal to itself.
bool Interpreter::sameWeakMethod(ObjectId a, ObjectId b)
{
    if (!truth(m_heap.item(a, kAliveSlot)) || !truth(m_heap.item(b, kAliveSlot)))
        return a == b;
    const auto target = [&](ObjectId id) { return m_heap.weakrefs().referent(id); };
    const ObjectId x = target(a), y = target(b);
    return x && y && equal(x, y) && target(m_heap.item(a, kFunctionSlot)) == target(m_heap.item(b, kFunctionSlot));
}

std::int64_t Interpreter::hashOfWeakref(ObjectId id)
{
    auto &native = *m_heap.native<WeakrefNative>(id);
    if (native.hash != WeakrefNative::kUnknown)
        return native.hash;
    const ObjectId target = m_heap.weakrefs().referent(id);
    if (!target)
        raise("TypeError", "weak object has gone away");
    const Ref kept = m_heap.own(target);
    const std::int64_t value = hash(kept);
    m_heap.native<WeakrefNative>(id)->hash = value;
    return value;
}

ObjectId Interpreter::proxyTarget(ObjectId proxy)
{
    const ObjectId target = m_heap.weakrefs().referent(proxy);
    if (!target)
        raise("ReferenceError", "weakly-referenced object no longer exists");
    return target;
}

} // namespace pyrena
