// What the modules copy and atexit need beside their Python part.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

namespace pyrena {

namespace {

Ref isAtomic(Interpreter &i, const CallArgs &a)
{
    switch (i.kind(a[0])) {
    case TypeKind::None: case TypeKind::NotImplemented: case TypeKind::Ellipsis: case TypeKind::Type: case TypeKind::Function:
    case TypeKind::BuiltinFunction: case TypeKind::Method: case TypeKind::Code: case TypeKind::Weakref: case TypeKind::Property:
    case TypeKind::Range: case TypeKind::Slice: case TypeKind::Bool: case TypeKind::Int: case TypeKind::Float: case TypeKind::Complex:
    case TypeKind::Str: case TypeKind::Bytes:
        return i.heap().newBool(true);
    default:
        return i.heap().newBool(false);
    }
}

// Whether a class statement gives the class or one of its bases that name.
Ref defines(Interpreter &i, const CallArgs &a)
{
    for (const ObjectId c : i.classOf(a[0]).mro)
        if (!i.classOf(c).builtin && i.dicts().getText(i.classOf(c).dict, i.text(a[1])))
            return i.heap().newBool(true);
    return i.heap().newBool(false);
}

Ref constructorArgs(Interpreter &i, const CallArgs &a)
{
    if (i.kind(a[0]) != TypeKind::Exception)
        return i.heap().newNone();
    return i.heap().own(i.heap().item(a[0], exceptionslot::Args));
}

Ref newLike(Interpreter &i, const CallArgs &a)
{
    const ObjectId type = i.typeOf(a[0]);
    if (i.kind(a[0]) == TypeKind::Exception) {
        std::vector<ObjectId> args;
        for (const Slot &slot : i.heap().items(a[1]))
            args.push_back(slot.target);
        return i.makeException(type, args);
    }
    if (i.kind(a[0]) == TypeKind::PlainObject)
        return constructObject(i, {});
    if (i.kind(a[0]) != TypeKind::Instance)
        i.raise("TypeError", i.profile().minor >= 8 ? "cannot pickle '" + i.typeName(a[0]) + "' object"
                                                    : "can't pickle " + i.typeName(a[0]) + " objects");
    return i.newInstance(type);
}

// What object.__reduce_ex__ finds: None, the __dict__, or (the __dict__ or None, a dict of the __slots__).
Ref state(Interpreter &i, const CallArgs &a)
{
    const TypeKind kind = i.kind(a[0]);
    if (kind != TypeKind::Instance && kind != TypeKind::Exception)
        return i.heap().newNone();
    const ClassNative &type = i.classOf(i.typeOf(a[0]));
    Ref dict = i.heap().newNone();
    // Since 3.11 an empty __dict__ is not even made.
    if (type.hasDict && (i.profile().minor < 11 || i.hasInstanceAttributes(a[0])))
        dict = i.instanceDict(a[0]);
    if (kind == TypeKind::Exception && i.kind(dict) == TypeKind::Dict && i.dicts().length(dict) == 0)
        return i.heap().newNone();
    Ref slots;
    for (std::uint32_t n = 0; kind == TypeKind::Instance && n < type.slotNames.size(); ++n) {
        const ObjectId value = i.heap().item(a[0], 1 + n);
        if (!value)
            continue;
        if (!slots)
            slots = i.dicts().newDict();
        i.dicts().setText(slots, type.slotNames[n], i.heap().own(value));
    }
    if (!slots)
        return dict;
    std::vector<Ref> pair;
    pair.push_back(std::move(dict));
    pair.push_back(std::move(slots));
    return i.heap().newTupleStealing(std::move(pair));
}

Ref bind(Interpreter &i, const CallArgs &a) { return i.heap().newBoundMethod(a[0], a[1]); }

Ref report(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 1)
        i.printUnraisable(a[0], Interpreter::Unraisable::ExitFunction, i.repr(a[1]));
    else
        i.printException(a[0]);   // sys.excepthook()
    return i.heap().newNone();
}

constexpr NativeDef kCopy[] = {{"_is_atomic", isAtomic, 1, 1}, {"_defines", defines, 2, 2}, {"_constructor_args", constructorArgs, 1, 1},
                               {"_new_like", newLike, 2, 2}, {"_state", state, 1, 1}, {"_bind", bind, 2, 2}};
constexpr NativeDef kAtexit[] = {{"_report", report, 1, 2}};

} // namespace

void fillCopyModule(Interpreter &i, ObjectId dict) { fillModule(i, dict, kCopy); }
void fillAtexitModule(Interpreter &i, ObjectId dict) { fillModule(i, dict, kAtexit); }

} // namespace pyrena
