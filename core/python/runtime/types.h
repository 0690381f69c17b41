#pragma once

#include "core/base/id.h"
#include "core/objects/native.h"
#include "core/python/runtime/conventions.h"
#include "core/world/object.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pyrena {

class Interpreter;
class Ref;

// The arguments of a call to a built-in: borrowed, in order; keywords after.
struct CallArgs
{
    std::span<const ObjectId> positional;
    std::span<const std::pair<std::string_view, ObjectId>> keywords;

    std::size_t size() const { return positional.size(); }
    ObjectId operator[](std::size_t i) const { return positional[i]; }
    ObjectId at(std::size_t i) const { return i < positional.size() ? positional[i] : ObjectId(); }
    ObjectId keyword(std::string_view name) const
    {
        for (const auto &[key, value] : keywords)
            if (key == name)
                return value;
        return {};
    }
};

// A built-in function or method; a method gets self as its first positional argument.
using NativeFunction = Ref (*)(Interpreter &, const CallArgs &);

// How many arguments it takes, for CPython's messages; max < 0: any number. self is not counted.
struct NativeDef
{
    const char *name;
    NativeFunction function;
    int min = 0;
    int max = -1;
    bool keywords = false;   // takes any; checked by the function itself
    bool ofClass = false;    // a class method or static method: the class stands where self would
    int since = 0;           // the first version 3.x that has it
};

// Classes of objects, built in or made by a class statement.
struct ClassNative : ClassLayout
{
    std::string name, qualName;
    ObjectId base;                        // none for object
    std::vector<ObjectId> mro;            // itself first
    ObjectId dict;                        // attributes of a class made by a class statement
    std::string module = "__main__";      // for repr; of a class that Python code made
    bool builtin = false;
    bool takesTuple = false;              // of a built-in class: calls put their arguments into one (conventions.h)
    bool exception = false;
    // Of a built-in class: a class statement may derive from it; its instances have a __dict__ or a weak reference list.
    bool derivable = false, builtinDict = false, builtinWeakref = false;
    TypeKind instanceKind = TypeKind::Instance;
    NativeFunction construct = nullptr;   // built-in classes that can be called; gets the arguments without the class
    std::unordered_map<std::string_view, const NativeDef *> methods;         // of a built-in class
    std::vector<ObjectId> methodObjects;  // made when first looked up; none: it has no method of the name
    HashIndex methodIndex;                // by TextId of the name: which of these
    // instances of a Python class
    bool hasDict = true, hasWeakref = true;
    bool ownGetAttribute = false;         // it or a base defines __getattribute__
    bool dictOfBase = false, weakrefOfBase = false;   // they are fields of the built-in class it derives from
    std::vector<std::string> slotNames;   // __slots__ of this class and its bases, in the order of their storage
    std::uint32_t extraSize = 0;          // of instances, where CPython's class is written in C and ours is not
    bool inlineValues = false;            // attribute values lie inside its instances (3.13+; 3.14+ where it derives from list and the like)
    std::vector<std::pair<ObjectId, ObjectId>> subclassRefs;   // each base, and the weak reference by which it knows this class
};

struct FunctionNative : Native
{
    const struct LoadedCode *code = nullptr;
    std::string name, qualName;
    std::vector<std::string> kwDefaultNames;
};

struct BuiltinNative : Native
{
    const NativeDef *def = nullptr;
    std::string ownerType;                // of a method its class, "list"; of a function its module
    bool method = false;                  // the first argument is self
    bool takesTuple = false;              // its arguments come in one (conventions.h)
    KeywordParser parser;
    // Which of its calls are a level of recursion even where calls are specialized (recursion.cpp).
    enum class Level : std::uint8_t { None, OneArgument, Tuple } level = Level::None;
    static Level levelOf(std::string_view name);
    // Whether CPython's method stands for a slot of the type (__len__, __init__) and not for an entry of its tp_methods.
    bool wrapsSlot() const;
    bool isNew() const { return std::string_view(def->name) == "__new__"; }
    mutable ObjectId owner;               // of methods: the class of the last self, known to fit
};

// How an iterator moves on. Its container and companions are the slots of the Iterator object.
struct IteratorNative : Native
{
    enum class Kind : std::uint8_t { List, ListReverse, Tuple, Str, Range, DictKeys, DictValues, DictItems, Set, Zip, Enumerate, Map,
                                     Filter, Reversed, Callable, Sequence, Bytes };
    Kind kind = Kind::List;
    std::int64_t index = 0, step = 1, remaining = 0, start = 0;
    std::uint64_t version = 0;
    std::uint32_t expectedLength = 0;
    bool exhausted = false;
    bool strict = false;   // zip(strict=True)
    std::vector<char32_t> codePoints;
};

// Slots of a Generator object: its frame, which from 3.11 on holds its function, and what it handles while it is suspended in a
// handler (gi_exc_state).
namespace generatorslot {
enum : std::uint32_t { Frame, Function, Handled, HandledTraceback };
}
} // namespace pyrena
