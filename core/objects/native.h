#pragma once

#include "core/base/id.h"
#include "core/objects/hashindex.h"
#include "core/python/text/bigint.h"

#include <complex>
#include <cstdint>
#include <memory>
#include <vector>

namespace pyrena {

// What the interpreter keeps beside the World for an object while it records: indexes and caches that follow from the
// World, or values of types the pictures show as text. Never part of a picture, gone when the recording is done.
struct Native
{
    virtual ~Native() = default;
};

// Slots of an Exception object; its attributes follow.
namespace exceptionslot {
enum : std::uint32_t { Class, Args, Traceback, Context, Cause, Object, Name, Count };   // Object, Name: AttributeError.obj and .name (3.10+)
// In which order BaseException shows and lets them go, its attributes in front.
inline constexpr std::uint32_t kOrder[] = {Args, Traceback, Cause, Context};
}
namespace boundslot {
enum : std::uint32_t { Function, Self, Count };
}
// Slots of a Function object, in the order func_clear lets them go; globals and code are counted like in CPython.
namespace functionslot {
// Annotate makes the annotations when they are asked for (3.14+).
enum : std::uint32_t { Globals, Defaults, KwDefaults, Doc, Dict, Closure, Annotations, Annotate, Code, Name, QualName, Count };
inline constexpr std::uint32_t kShown[] = {Code, Globals, Defaults, KwDefaults, Doc, Name, Dict, Closure, Annotations, Annotate, QualName};   // func_traverse
}

// Slots of a Type object made by a class statement; the collector is shown the first four.
namespace typeslot {
enum : std::uint32_t { Dict, Bases, Mro, Base, Subclasses, SlotNames, Count };
inline constexpr std::uint32_t kShown[] = {Dict, Mro, Bases, Base};
}

// Of a frame that outlives its call.
struct FrameNative : Native
{
    std::uint32_t instruction = 0;      // that it came to
    std::uint32_t locals = 0;           // its first slots
};

struct BigIntNative : Native
{
    BigInt value;
};

struct ComplexNative : Native
{
    std::complex<double> value;
};

// The attribute names that the instances of one class have shown so far, in that order (CACHED_KEYS of the type). A dict
// that shares them has no keys block of its own.
struct SharedKeys
{
    std::vector<TextId> names;
    std::uint32_t usable = 0;           // room for further names
    std::uint32_t log2Size = 3;         // of the table, up to 3.10

    std::uint32_t room() const { return static_cast<std::uint32_t>(names.size()) + usable; }
};

// What the heap asks of a class: which slots of its instances each class along its bases brought, itself first. An instance
// shows and lets go of its own class's first (subtype_traverse, subtype_dealloc), though the bases' lie in front of them.
struct ClassLayout : Native
{
    struct Range { std::uint32_t begin, end; };
    std::vector<Range> slotRanges;      // empty: at most one class has any
    std::uint32_t ownSlots = 0;         // how many slots lie in front of the attributes
    std::shared_ptr<SharedKeys> sharedKeys;   // of its instances' attributes; none: each dict has its own
};

// A dict's hash table. The entries themselves are the dict's slots: key at 2 * entry, value at 2 * entry + 1.
struct DictNative : Native
{
    std::uint32_t log2Size = 0;         // of the table CPython would have; 0: no keys block yet
    std::uint32_t usable = 0;           // entries that still fit
    std::uint32_t entries = 0;          // used ones and deleted ones
    std::uint32_t used = 0;             // len()
    bool unicodeOnly = true;            // every key is a str: smaller entries (3.11+)
    std::shared_ptr<SharedKeys> shared; // split: its keys are those of a class
    bool embedded = false;              // its values lie inside the instance whose __dict__ it is (3.13+)
    std::uint64_t version = 0;          // grows with every insertion or deletion of a key, and when entries move
    std::vector<std::int64_t> hashes;   // of each entry
    HashIndex index;                    // hash -> entry
};

} // namespace pyrena
