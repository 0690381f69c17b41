#pragma once

#include "core/base/address.h"
#include "core/base/id.h"

#include <cstdint>

namespace pyrena {

// What an object is to the memory manager and to the pictures. Instances of Python classes are Instance,
// whatever their class; Object::type says which class.
enum class TypeKind : std::uint8_t {
    Runtime,            // not a Python object: the interpreter itself, whose slots are roots
    None, NotImplemented, Ellipsis, Bool, Int, Float, Complex, Str, Bytes,
    Tuple, List, Dict, Set, FrozenSet, Slice, Range,
    Type, Instance, PlainObject,      // a class; an instance of a Python class; object()
    Function, BuiltinFunction, BoundMethod, Method, Property, StaticMethod, ClassMethod, Super, Descriptor,
    Code, Frame, Cell, Module, Generator, Iterator, Exception, Traceback,
    Weakref, WeakProxy, DictView, Namespace,
};

// Which of the collector's lists an object is in.
enum class GcListId : std::uint8_t {
    None,          // not tracked
    Generation0, Generation1, Generation2, Permanent,
    Unreachable,   // set aside by move_unreachable, for now
    Finalizers,    // legacy finalizers and what they reach
    StillUnreachable,   // after handle_resurrected_objects
    Reachable,     // 3.14.0: found by marking, and not yet looked into
    Increment,     // 3.14.0: what this collection examines
};
inline constexpr int kGcLists = 10;

// What a tracing collector knows of an object: white, not reached (yet); grey, reached, and what it refers to is not; black, done.
enum class GcMark : std::uint8_t { White, Grey, Black };

enum class ObjectFlag : std::uint16_t {
    Alive = 1,
    Immortal = 2,      // its count does not move
    Static = 4,        // lives inside the interpreter's own image: outside every arena
    Hidden = 8,        // a temporary or internal of the interpreter, shown at the operation level only
    Finalized = 16,    // __del__ has run
    BigValue = 32,     // Int whose digits are a text (Object::value is a TextId)
    Namespace = 64,    // a dict that is some frame's globals or a class body's or module's namespace
    Interned = 128,    // str in the interned table
    ExactUnhashed = 256,
    InlineValues = 512,   // instance whose attribute values are inside its own block (3.13+)
    Materialized = 1024,  // instance whose __dict__ was asked for
    FreeListed = 2048,    // dead, but its block is kept on a free list
    PreHeader = 4096,     // instance with a pre-header in front of its GC head (3.11+)
    GcObject = 8192,      // has a GC head
};

// A place that can hold one reference: a list item, a dict key or value, an attribute, a local, a stack entry.
// One occupied slot is one +1 of the target's count, unless `label` is kBorrowed.
struct Slot
{
    ObjectId target;
    TextId label;    // attribute or local name; none for items, keys and values
    friend bool operator==(const Slot &, const Slot &) = default;
};
inline constexpr TextId kBorrowed{0xfffffffeu};   // a stack entry that does not count (3.14's borrowed loads)

struct Object
{
    Address address;              // what id() shows; 0 when it has no memory of its own
    std::uint64_t value = 0;      // Int: int64 bits, or TextId when BigValue. Float: bits. Bool: 0/1. Str, Bytes: TextId.
                                  // Function, Code, Frame, Generator: CodeId. Weakref, WeakProxy: ObjectId of the referent, or kNone.
                                  // Type, Module, BuiltinFunction: TextId of the name. Derived containers: how many of their
                                  // slots are fields. Others: their own, see core/objects.
    Address buffer;               // its second block: ob_item, keys, values, set table; 0: none
    std::uint32_t bufferSize = 0; // bytes requested for that
    std::uint32_t size = 0;       // bytes requested for the object, headers in front of `address` included
    std::uint32_t refcount = 0;
    ObjectId type;                // its class, for Instance and Exception; none for built-in kinds
    std::uint32_t slotsBegin = 0, slotsCapacity = 0, slotsLength = 0;   // into World::slots
    ObjectId gcPrev, gcNext;      // PyGC_Head
    std::int32_t gcRefs = 0;      // scratch of a running collection: gc_refs, or the GcMark of a manager that marks
    ObjectId weakrefs;            // head of the list of weak references to it
    std::uint16_t flags = 0;
    TypeKind kind = TypeKind::Runtime;
    GcListId gcList = GcListId::None;

    bool has(ObjectFlag flag) const { return (flags & static_cast<std::uint16_t>(flag)) != 0; }
    bool alive() const { return has(ObjectFlag::Alive); }
    bool tracked() const { return gcList != GcListId::None; }
    GcMark mark() const { return static_cast<GcMark>(gcRefs); }
    // An instance of a class derived from a built-in one that holds a value: its kind is that of the built-in, its first
    // slots are its fields (the class, its __slots__, its __dict__), the items follow.
    bool derived() const { return type && kind >= TypeKind::Int && kind <= TypeKind::FrozenSet; }
    std::uint32_t fields() const
    {
        return type && kind >= TypeKind::Tuple && kind <= TypeKind::FrozenSet ? static_cast<std::uint32_t>(value) : 0;
    }
    friend bool operator==(const Object &, const Object &) = default;
};

// "list", "int", "module": the name CPython's type() shows; "instance" for Instance, whose class has its own name.
const char *kindName(TypeKind kind);

} // namespace pyrena
