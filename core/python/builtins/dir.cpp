// dir(): the sorted names of a namespace, or of an object and its classes.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include <set>

namespace pyrena {

namespace {

using Names = std::set<std::string, std::less<>>;

void addNames(Interpreter &i, ObjectId dict, Names &names)
{
    for (std::uint32_t e = 0; e < i.dicts().entryCount(dict); ++e)
        if (const ObjectId key = i.dicts().keyAt(dict, e); key && i.isStr(key))
            names.insert(i.text(key));
}

// What every class has from object (run: dir(object) of each version).
void addNamesOfObject(Interpreter &i, Names &names)
{
    for (const char *name : {"__class__", "__delattr__", "__dir__", "__doc__", "__eq__", "__format__", "__ge__", "__getattribute__", "__gt__",
                             "__hash__", "__init__", "__init_subclass__", "__le__", "__lt__", "__ne__", "__new__", "__reduce__",
                             "__reduce_ex__", "__repr__", "__setattr__", "__sizeof__", "__str__", "__subclasshook__"})
        names.insert(name);
    if (i.profile().minor >= 11)
        names.insert("__getstate__");
}

void addNamesOfClass(Interpreter &i, ObjectId type, Names &names)
{
    for (const ObjectId c : i.classOf(type).mro) {
        const ClassNative &native = i.classOf(c);
        if (!native.builtin) {
            addNames(i, native.dict, names);
            names.insert("__doc__");
            if (i.profile().minor >= 13)
                names.insert({"__firstlineno__", "__static_attributes__"});
        } else if (c == i.builtinType("object")) {
            addNamesOfObject(i, names);
        } else {
            i.unsupported("dir() of " + native.name);
        }
    }
    for (const ObjectId c : i.classOf(type).mro)
        if (const ClassNative &native = i.classOf(c); !native.builtin) {
            if (native.hasDict)
                names.insert("__dict__");
            if (native.hasWeakref)
                names.insert("__weakref__");
        }
}

} // namespace

Ref dirOf(Interpreter &i, const CallArgs &a)
{
    Names names;
    Ref listed;   // what __dir__ gave lives until its copy is made
    if (a.size() == 0) {
        const Frame &frame = *i.currentFrame();
        if (frame.names)
            addNames(i, frame.names, names);
        else
            for (std::uint32_t n = 0; n < frame.code->labels.size(); ++n)
                if (const ObjectId value = i.heap().item(frame.object, n); value && (n < frame.code->code->firstCell || i.heap().item(value, 0)))
                    names.insert(frame.code->code->localsPlus[n]);
    } else if (const ObjectId special = i.lookupSpecial(a[0], "__dir__"); special && i.kind(special) == TypeKind::Function) {
        listed = i.callBound(special, {a[0]}, 13);
        i.forEach(listed, [&](Ref name) { names.insert(i.str(name)); });
    } else if (i.kind(a[0]) == TypeKind::Module) {
        addNames(i, i.heap().item(a[0], 0), names);
    } else if (i.kind(a[0]) == TypeKind::Type) {
        addNamesOfClass(i, a[0], names);
    } else if (i.kind(a[0]) == TypeKind::Instance || i.kind(a[0]) == TypeKind::PlainObject) {
        addNamesOfClass(i, i.typeOf(a[0]), names);
        if (const Ref dict = i.getAttributeOrNone(a[0], "__dict__"))
            addNames(i, dict, names);
    } else {
        i.unsupported("dir() of " + i.typeName(a[0]));
    }
    Ref list = i.heap().newList({}, 0);
    for (const std::string &name : names)
        i.heap().listAppend(list, i.heap().newInternedStr(name));
    return list;
}

} // namespace pyrena
