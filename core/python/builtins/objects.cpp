// object, property, staticmethod, classmethod, super, generators, iterators and exceptions.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include <array>

namespace pyrena {

namespace {

// A small GC object with some slots: property, staticmethod, ...
Ref holder(Interpreter &i, TypeKind kind, std::uint32_t size, std::span<const ObjectId> parts, std::span<const char *const> labels)
{
    Ref made = i.heap().create({.kind = kind, .typeName = kindName(kind), .size = size, .gc = true,
                                .slots = static_cast<std::uint32_t>(parts.size())});
    for (std::uint32_t n = 0; n < parts.size(); ++n)
        if (parts[n])
            i.heap().setSlot(made, n, i.heap().own(parts[n]).release(), i.heap().text(labels[n]));
    i.heap().track(made);
    return made;
}

// ---- object

// Arguments are too many unless __new__ is there to take them and __init__ passes none on.
Ref objectInit(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 1 || !a.keywords.empty()) {
        const ObjectId type = i.typeOf(a[0]), object = i.builtinType("object");
        const char *wanted = ".__init__() takes exactly one argument (the instance to initialize)";
        if (i.lookup(type, "__init__") != i.lookup(object, "__init__"))
            i.raise("TypeError", std::string("object") + wanted);
        if (i.lookup(type, "__new__") == i.lookup(object, "__new__") && i.classOf(type).instanceKind == TypeKind::Instance)
            i.raise("TypeError", i.classOf(type).name + wanted);
    }
    return i.heap().newNone();
}
Ref objectRepr(Interpreter &i, const CallArgs &a)
{
    const ClassNative &type = i.classOf(i.typeOf(a[0]));
    return i.heap().newStr("<" + (type.module.empty() ? "" : type.module + ".") + type.qualName + " object at "
                           + toHex(i.object(a[0]).address) + ">");
}
Ref objectStr(Interpreter &i, const CallArgs &a) { return i.heap().newStr(i.repr(a[0])); }
Ref objectEq(Interpreter &i, const CallArgs &a) { return a[0] == a[1] ? i.heap().newBool(true) : i.heap().own(i.heap().notImplemented()); }
Ref objectHash(Interpreter &i, const CallArgs &a) { return i.heap().newInt(static_cast<std::int64_t>(i.heap().identity(a[0]).value >> 4)); }
Ref objectFormat(Interpreter &i, const CallArgs &a) { return i.heap().newStr(i.format(a[0], i.text(a[1]))); }
Ref objectSizeOf(Interpreter &i, const CallArgs &a) { return i.heap().newInt(i.sizeOf(a[0]) - i.headersOf(a[0])); }
Ref objectNe(Interpreter &i, const CallArgs &a)
{
    const Ref same = i.compare(a[0], a[1], ast::CompareOperator::Eq);
    return i.heap().newBool(!i.truth(same));
}
Ref objectDelAttr(Interpreter &i, const CallArgs &a)
{
    i.deleteAttributeDirectly(a[0], i.text(a[1]));
    return i.heap().newNone();
}

Ref objectNew(Interpreter &i, const CallArgs &a)
{
    if (i.kind(a[0]) != TypeKind::Type)
        i.raise("TypeError", "object.__new__(X): X is not a type object (" + i.typeName(a[0]) + ")");
    const ClassNative &type = i.classOf(a[0]);
    const CallArgs rest{a.positional.subspan(1), a.keywords};
    if (type.builtin && !type.exception && a[0] != i.builtinType("object"))
        return type.construct ? type.construct(i, rest) : (i.unsupported("__new__ of " + type.name), Ref());
    return i.newOfType(a[0], rest);
}

Ref objectSetAttr(Interpreter &i, const CallArgs &a)
{
    i.setAttributeDirectly(a[0], i.text(a[1]), i.heap().own(a[2]));
    return i.heap().newNone();
}

Ref objectGetAttribute(Interpreter &i, const CallArgs &a)
{
    if (!i.isStr(a[1]))
        i.raise("TypeError", "attribute name must be string, not '" + i.typeName(a[1]) + "'");
    if (i.kind(a[0]) == TypeKind::Type)
        return i.getAttribute(a[0], i.text(a[1]));
    if (Ref found = i.getAttributeDirectly(a[0], i.text(a[1])))
        return found;
    i.raise("AttributeError", "'" + i.typeName(a[0]) + "' object has no attribute '" + i.text(a[1]) + "'");
}

Ref objectInitSubclass(Interpreter &i, const CallArgs &a)
{
    if (!a.keywords.empty())
        i.raise("TypeError", (i.profile().minor >= 9 ? i.classOf(a[0]).name + "." : "") + "__init_subclass__() takes no keyword arguments");
    return i.heap().newNone();
}

constexpr NativeDef kObject[] = {
    {.name = "__init_subclass__", .function = objectInitSubclass, .min = 0, .max = 0, .keywords = true, .ofClass = true},
    {"__init__", objectInit, 0, -1, true}, {"__repr__", objectRepr, 0, 0}, {"__str__", objectStr, 0, 0}, {"__eq__", objectEq, 1, 1},
    {"__hash__", objectHash, 0, 0}, {"__format__", objectFormat, 1, 1}, {"__sizeof__", objectSizeOf, 0, 0},
    {"__new__", objectNew, 0, -1, true}, {"__setattr__", objectSetAttr, 2, 2}, {"__ne__", objectNe, 1, 1},
    {"__delattr__", objectDelAttr, 1, 1}, {"__getattribute__", objectGetAttribute, 1, 1},
};

Ref mro(Interpreter &i, const CallArgs &a)
{
    Ref list = i.heap().newList({}, 0);
    for (const ObjectId c : i.classOf(a[0]).mro)
        i.heap().listAppend(list, i.heap().own(c));
    return list;
}

// The namespace that a class statement begins with.
Ref prepare(Interpreter &i, const CallArgs &) { return i.dicts().newDict(); }

constexpr NativeDef kType[] = {{"mro", mro, 0, 0},
                               {.name = "__prepare__", .function = prepare, .min = 0, .max = -1, .keywords = true, .ofClass = true}};

// ---- property

// It knows its name since 3.10 (run: getsizeof(property()) = 72, then 80).
std::uint32_t propertySize(Interpreter &i) { return i.profile().minor >= 10 ? 64 : 56; }

template <std::uint32_t part>
Ref replacePart(Interpreter &i, const CallArgs &a)
{
    static constexpr const char *kLabels[] = {"fget", "fset", "fdel"};
    std::array<ObjectId, 3> parts{i.heap().item(a[0], 0), i.heap().item(a[0], 1), i.heap().item(a[0], 2)};
    parts[part] = a[1];
    return holder(i, TypeKind::Property, propertySize(i), parts, kLabels);
}

constexpr NativeDef kProperty[] = {{"getter", replacePart<0>, 1, 1}, {"setter", replacePart<1>, 1, 1}, {"deleter", replacePart<2>, 1, 1}};

// ---- generators and iterators

Ref generatorNext(Interpreter &i, const CallArgs &a)
{
    if (Ref item = i.next(a[0]))
        return item;
    raiseStopIteration(i, a[0]);
}

Ref send(Interpreter &i, const CallArgs &a)
{
    if (Ref item = i.resumeGenerator(a[0], i.heap().own(a[1])))
        return item;
    raiseStopIteration(i, a[0]);
}

Ref throwInto(Interpreter &i, const CallArgs &a)
{
    Ref exception = i.heap().own(a[1]);
    if (i.kind(exception) == TypeKind::Type)
        exception = a.size() > 2 ? i.call(a[1], {a[2]}) : i.call(a[1], {});
    if (i.kind(exception) != TypeKind::Exception)
        i.raise("TypeError", "exceptions must be classes or instances deriving from BaseException, not " + i.typeName(exception));
    i.setRaised(std::move(exception));
    if (Ref item = i.resumeGenerator(a[0], Ref(), true))
        return item;
    raiseStopIteration(i, a[0]);
}

Ref close(Interpreter &i, const CallArgs &a)
{
    i.closeGenerator(a[0]);
    return i.heap().newNone();
}

Ref itself(Interpreter &i, const CallArgs &a) { return i.heap().own(a[0]); }

constexpr NativeDef kGenerator[] = {{"__next__", generatorNext, 0, 0}, {"__iter__", itself, 0, 0}, {"send", send, 1, 1},
                                    {"throw", throwInto, 1, 3}, {"close", close, 0, 0}};
constexpr NativeDef kIterator[] = {{"__next__", generatorNext, 0, 0}, {"__iter__", itself, 0, 0}};

// ---- exceptions

Ref exceptionInit(Interpreter &i, const CallArgs &a)
{
    i.heap().replaceSlot(a[0], exceptionslot::Args, i.heap().newTuple(a.positional.subspan(1)), i.heap().text("args"));
    return i.heap().newNone();
}

// What the built-in classes do, whatever a class derived from them defines: super().__str__() comes here.
Ref exceptionStr(Interpreter &i, const CallArgs &a)
{
    const ObjectId args = i.heap().item(a[0], exceptionslot::Args);
    const std::uint32_t n = args ? i.heap().length(args) : 0;
    if (n == 0)
        return i.heap().newStr("");
    if (n > 1)
        return i.reprObject(args);
    const ObjectId only = i.heap().item(args, 0);
    return i.isSubclass(i.typeOf(a[0]), i.exceptionType("KeyError")) ? i.reprObject(only) : i.strObject(only);
}

Ref exceptionRepr(Interpreter &i, const CallArgs &a) { return i.heap().newStr(i.reprPlain(a[0])); }

Ref withTraceback(Interpreter &i, const CallArgs &a)
{
    i.setAttribute(a[0], "__traceback__", i.heap().own(a[1]));
    return i.heap().own(a[0]);
}

Ref addNote(Interpreter &i, const CallArgs &a)
{
    if (i.profile().minor < 11)
        i.raise("AttributeError", "'" + i.typeName(a[0]) + "' object has no attribute 'add_note'");
    if (!i.isStr(a[1]))
        i.raise("TypeError", "note must be a str, not '" + i.typeName(a[1]) + "'");
    if (!i.getAttributeOrNone(a[0], "__notes__"))
        i.setAttribute(a[0], "__notes__", i.heap().newList({}, 0));
    const Ref notes = i.getAttribute(a[0], "__notes__");
    i.heap().listAppend(notes, i.heap().own(a[1]));
    return i.heap().newNone();
}

// f.__call__ of functions, methods and classes.
Ref callSelf(Interpreter &i, const CallArgs &a) { return i.call(a[0], a.positional.subspan(1), a.keywords); }

constexpr NativeDef kCallable[] = {{"__call__", callSelf, 0, -1, true}};

constexpr NativeDef kException[] = {{"__init__", exceptionInit, 0, -1}, {"__str__", exceptionStr, 0, 0}, {"__repr__", exceptionRepr, 0, 0}, {"with_traceback", withTraceback, 1, 1},
                                    {"add_note", addNote, 1, 1}};

} // namespace

std::span<const NativeDef> callableMethods() { return kCallable; }
std::span<const NativeDef> objectMethods() { return kObject; }
std::span<const NativeDef> typeMethods() { return kType; }
std::span<const NativeDef> propertyMethods() { return kProperty; }
std::span<const NativeDef> generatorMethods() { return kGenerator; }
std::span<const NativeDef> iteratorMethods() { return kIterator; }
std::span<const NativeDef> exceptionMethods() { return kException; }

Ref constructObject(Interpreter &i, const CallArgs &a)
{
    if (a.size() > 0)
        i.raise("TypeError", "object() takes no arguments");
    return i.heap().create({.kind = TypeKind::PlainObject, .typeName = "object", .size = i.profile().layout.noneSize});
}

Ref constructProperty(Interpreter &i, const CallArgs &a)
{
    static constexpr const char *kLabels[] = {"fget", "fset", "fdel"};
    std::array<ObjectId, 3> parts{};
    for (std::size_t n = 0; n < 3; ++n)
        parts[n] = a.at(n) ? a.at(n) : a.keyword(kLabels[n]);
    return holder(i, TypeKind::Property, propertySize(i), parts, kLabels);
}

namespace {

// Since 3.10 the wrapper has a __dict__ with the names of what it wraps (functools_wraps).
Ref methodWrapper(Interpreter &i, TypeKind kind, const CallArgs &a)
{
    static constexpr const char *kLabels[] = {"__func__", "__dict__"};
    Ref dict;
    if (i.profile().minor >= 10) {
        dict = i.dicts().newDict();
        for (const char *name : {"__module__", "__name__", "__qualname__", "__doc__", "__annotations__"}) {
            if (i.profile().minor >= 14 && std::string_view(name) == "__annotations__")
                continue;
            if (Ref value = i.getAttributeOrNone(a[0], name))
                i.dicts().setText(dict, name, std::move(value));
        }
    }
    const std::array parts{a[0], dict ? dict.id() : ObjectId()};
    return holder(i, kind, 32, std::span(parts).first(dict ? 2 : 1), kLabels);
}

} // namespace

Ref constructStaticMethod(Interpreter &i, const CallArgs &a) { return methodWrapper(i, TypeKind::StaticMethod, a); }
Ref constructClassMethod(Interpreter &i, const CallArgs &a) { return methodWrapper(i, TypeKind::ClassMethod, a); }

Ref constructEnumerate(Interpreter &i, const CallArgs &a)
{
    if (a.size() == 0)
        i.raise("TypeError", std::string("enumerate() missing required argument 'iterable'") + (i.profile().minor <= 10 ? " (pos 1)" : ""));
    Ref made = i.newIterator(IteratorNative::Kind::Enumerate, std::array{a[0]});
    const ObjectId start = a.at(1) ? a.at(1) : a.keyword("start");
    i.heap().native<IteratorNative>(made)->index = start ? i.toIndex(start) : 0;
    return made;
}

namespace {

// The tuple of iterators that zip and map have: made first, then filled.
Ref iteratorsOver(Interpreter &i, std::span<const ObjectId> iterables)
{
    Ref tuple = i.heap().newBlankTuple(static_cast<std::uint32_t>(iterables.size()));
    for (std::uint32_t n = 0; n < iterables.size(); ++n)
        i.heap().setSlot(tuple, n, i.iterate(iterables[n]).release());
    return tuple;
}

} // namespace

Ref constructZip(Interpreter &i, const CallArgs &a)
{
    const ObjectId strict = a.keyword("strict");
    if (!a.keywords.empty() && (!strict || i.profile().minor < 10))
        i.raise("TypeError", "zip() takes no keyword arguments");
    for (std::size_t n = 0; n < a.size(); ++n)
        if (!i.lookupIterable(a[n]) && i.profile().minor <= 7)
            i.raise("TypeError", "zip argument #" + std::to_string(n + 1) + " must support iteration");
    const Ref iterators = iteratorsOver(i, a.positional);
    const std::vector<ObjectId> nothing(a.size(), i.heap().none());
    const Ref result = i.heap().newTuple(nothing, ObjectHeap::TupleBirth::ItemByItem);
    Ref made = i.newIterator(IteratorNative::Kind::Zip, std::array{iterators.id(), result.id()});
    i.heap().native<IteratorNative>(made)->strict = strict && i.truth(strict);
    return made;
}

Ref constructMap(Interpreter &i, const CallArgs &a)
{
    if (a.size() < 2)
        i.raise("TypeError", "map() must have at least two arguments.");
    const Ref iterators = iteratorsOver(i, a.positional.subspan(1));
    return i.newIterator(IteratorNative::Kind::Map, std::array{iterators.id(), a[0]});
}

Ref constructFilter(Interpreter &i, const CallArgs &a)
{
    if (a.size() != 2)
        i.raise("TypeError", "filter expected 2 arguments, got " + std::to_string(a.size()));
    const Ref iterator = i.iterate(a[1]);
    return i.newIterator(IteratorNative::Kind::Filter, std::array{a[0], iterator.id()});
}

Ref constructReversed(Interpreter &i, const CallArgs &a)
{
    if (a.size() != 1)
        i.raise("TypeError", "reversed expected 1 argument, got " + std::to_string(a.size()));
    if (const ObjectId special = i.lookupSpecial(a[0], "__reversed__"))
        return i.callBound(special, {a[0]});
    if ((i.kind(a[0]) == TypeKind::Dict || i.kind(a[0]) == TypeKind::DictView) && i.profile().minor >= 8) {
        Ref list = i.heap().newList({}, 0);
        i.extendList(list, a[0]);
        Ref made = i.newIterator(IteratorNative::Kind::ListReverse, std::array{list.id()});
        i.heap().native<IteratorNative>(made)->index = i.lengthOf(list) - 1;
        return made;
    }
    const TypeKind kind = i.kind(a[0]);
    const bool sequence = kind == TypeKind::List || kind == TypeKind::Tuple || kind == TypeKind::Str || kind == TypeKind::Bytes
        || kind == TypeKind::Range || (i.lookupSpecial(a[0], "__getitem__") && i.lookupSpecial(a[0], "__len__"));
    if (!sequence)
        i.raise("TypeError", "'" + i.typeName(a[0]) + "' object is not reversible");
    const bool list = i.kind(a[0]) == TypeKind::List;
    const Ref special = list ? i.bindBuiltin(i.lookup(i.builtinType("list"), "append"), a[0]) : Ref();   // its __reversed__
    const std::int64_t last = i.lengthOf(a[0]) - 1;
    Ref made = i.newIterator(list ? IteratorNative::Kind::ListReverse : IteratorNative::Kind::Reversed, std::array{a[0]});
    i.heap().native<IteratorNative>(made)->index = last;
    return made;
}

namespace {

// Whether super(type, self) is allowed (supercheck): self is a subclass, an instance, or says through __class__ that it is one.
bool superCovers(Interpreter &i, ObjectId type, ObjectId self)
{
    return (i.kind(self) == TypeKind::Type && i.isSubclass(self, type)) || i.isInstance(self, type);
}

} // namespace

// super() without arguments: the class from the cell __class__, self from the first argument of the running function.
Ref constructSuper(Interpreter &i, const CallArgs &a)
{
    ObjectId type, self;
    if (a.size() == 2) {
        type = a[0];
        self = a[1];
    } else if (a.size() == 0) {
        const Frame &frame = *i.currentFrame();
        const CodeObject &code = *frame.code->code;
        for (std::uint32_t n = code.firstFree; n < code.localsPlus.size(); ++n)
            if (code.localsPlus[n] == "__class__")
                type = i.heap().item(i.heap().item(frame.object, n), 0);
        if (code.argCount > 0) {
            self = i.heap().item(frame.object, 0);
            if (self && i.kind(self) == TypeKind::Cell)
                self = i.heap().item(self, 0);
        }
        if (!type || !self)
            i.raise("RuntimeError", "super(): no arguments");
    } else {
        i.unsupported("super() with one argument");
    }
    if (i.kind(type) != TypeKind::Type)
        i.raise("TypeError", std::string("super() argument 1 must be ") + (i.profile().minor >= 11 ? "a type" : "type") + ", not " + i.typeName(type));
    if (i.kind(self) != TypeKind::None && !superCovers(i, type, self)) {
        const bool isClass = i.kind(self) == TypeKind::Type;
        i.raise("TypeError", i.profile().minor <= 12 ? "super(type, obj): obj must be an instance or subtype of type"
            : "super(type, obj): obj (" + (isClass ? "type " + i.classOf(self).name : "instance of " + i.typeName(self))
                + ") is not an instance or subtype of type (" + i.classOf(type).name + ").");
    }
    return newSuper(i, type, self);
}

Ref newSuper(Interpreter &i, ObjectId type, ObjectId self)
{
    static constexpr const char *kLabels[] = {"__thisclass__", "__self__"};
    return holder(i, TypeKind::Super, 40, std::array{type, self}, kLabels);
}

} // namespace pyrena
