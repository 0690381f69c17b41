#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace pyrena {

// What differs between Python versions, as data. Algorithms ask for facts, never for the version.
// Every number's source stands beside it in profiles.cpp.

struct AllocatorProfile
{
    std::uint32_t alignment = 16;       // step between size classes
    std::uint32_t poolSize = 16384;
    std::uint32_t arenaSize = 1 << 20;
    std::uint32_t smallRequestThreshold = 512;
    std::uint32_t initialArenaObjects = 16;
    bool keepsLastArena = true;         // a wholly free arena stays when it is the last usable one (3.9+)
    std::uint64_t firstArenaAddress = 0;    // of arena 0; later arenas lie below, as mmap gives them. Decided by the OS:
    std::uint32_t defaultArenaExcess = 0;   // a teaching default. base mod pool size; > 0 means 63 pools
    bool memUsesPools = true;           // PyMem_* (item arrays, keys) share the pools (3.6+)
    friend constexpr bool operator==(const AllocatorProfile &, const AllocatorProfile &) = default;
};

// Bytes, without GC head and pre-header unless said otherwise.
struct LayoutProfile
{
    std::uint32_t gcHead = 16;
    std::uint32_t instancePreHeader = 0;   // in front of the GC head of instances with __dict__ (3.11+)
    std::uint32_t intZero = 28, intBase = 24, intDigit = 4;   // sys.getsizeof(0); base + digits * 4
    std::uint32_t intMinRequest = 0;       // what arithmetic asks for at least (3.11+: 32)
    std::uint32_t boolFalse = 24;          // sys.getsizeof(False)
    std::uint32_t floatSize = 24, complexSize = 32, noneSize = 16;
    std::uint32_t strAscii = 49, strLatin1 = 73, strUcs2 = 74, strUcs4 = 76;   // + length * width
    std::uint32_t bytesBase = 33;
    std::uint32_t tupleBase = 24, listSize = 40, setSize = 200, dictSize = 48;
    std::uint32_t functionSize = 144, instanceWithDict = 16, slottedInstance = 16;
    std::uint32_t builtinFunctionSize = 56, methodWrapperSize = 32;   // PyCFunctionObject, wrapperobject
    std::uint32_t cellSize = 24, boundMethodSize = 48, weakrefSize = 64, typeSize = 1696, moduleSize = 56;
    std::uint32_t generatorSize = 160, rangeSize = 48, sliceSize = 40, iteratorSize = 32, rangeIteratorSize = 32;
    std::uint32_t dictIteratorSize = 56, exceptionSize = 72, tracebackSize = 40, frameSize = 152;
    std::uint32_t keysHeader = 32;         // dict keys object
    std::uint32_t keysEntry = 24, keysUnicodeEntry = 16;   // per usable entry; equal where all-str tables are not special
    bool emptyDictHasKeys = false;         // {} allocates a keys block (3.6, 3.7)
    bool constructedDictHasKeys = false;   // dict() does (<= 3.9)
    std::uint32_t strObjectSize = 64;      // PyUnicodeObject: instances of classes derived from str; their characters lie apart
    std::uint32_t enumerateSize = 56, zipSize = 48;
};

enum class ListGrowth : std::uint8_t { Classic, Rounded };      // up to 3.8; 3.9+
// When a list made from something of known length is given its array beforehand: never, by list() only (3.8, 3.9), always (3.10+).
enum class ListPresize : std::uint8_t { Never, Constructed, Always };
enum class InstanceShape : std::uint8_t { DictHeader, ValuesArray, Inline };   // <= 3.10; 3.11-3.12; 3.13+
enum class CallArguments : std::uint8_t { CallerKeeps, Moved, Borrowed };      // <= 3.10; 3.11-3.13; 3.14+

struct ObjectsProfile
{
    std::int32_t smallIntMin = -5, smallIntMax = 256;
    bool immortals = false;             // None, True, small ints, ... do not count (3.12+)
    std::uint32_t immortalShown = 0;    // what sys.getrefcount shows for them
    bool staticSmallObjects = false;    // small ints and one-character strings live in the interpreter's image (3.11+)
    ListGrowth listGrowth = ListGrowth::Rounded;
    ListPresize listPresize = ListPresize::Always;
    bool evenListCapacity = true;       // such an array has an even capacity (3.10+)
    bool keepsSmallLists = false;       // a small array does not shrink before the list is empty (3.14.9+, gh-158592)
    std::uint32_t noneStartCount = 0;   // how many references the interpreter itself holds to None, where they count
    bool internedImmortal = false;      // every interned string (3.12)
    bool emptySlotsTracked = true;      // instances of a class with __slots__ = () have a GC head (3.8+, bpo-41984)
    bool atomFrozenSetsTracked = true;  // frozenset() of atoms is tracked (not 3.15)
    bool atomTuplesTracked = true;      // a display of atoms is tracked at birth (not 3.14.1+)
    bool closedGeneratorKeepsLocals = false;   // until it dies (3.12.3)
    InstanceShape instances = InstanceShape::Inline;
    bool unhashableNamesUse = false;    // TypeError: cannot use 'list' as a dict key (unhashable type: 'list') (3.14+)
    bool weakrefInObject = false;       // the weak reference list is a field of an instance with __dict__, not of its pre-header (3.11)
    CallArguments arguments = CallArguments::Moved;
    std::uint32_t constantListCapacityRounding = 2;   // [1, 2, 3] of constants: 0 exact, 2 rounded to even, 8 = capacity 8 (3.9)
    bool constantsSharedAcrossFunctions = true;       // 3.8+
    std::uint32_t floatFreeList = 100, tupleFreeListPerLength = 2000, tupleFreeListLengths = 20;
    std::uint32_t listFreeList = 80, dictFreeList = 80, keysFreeList = 80, boundMethodFreeList = 0;
    std::uint32_t builtinMethodFreeList = 0;      // [].append and its like (<= 3.8, 3.14+)
    std::uint32_t sliceFreeList = 1;
    bool sliceStaysKept = true;             // it is there when the program begins, and no collection frees it (<= 3.13)
    std::uint32_t listIteratorFreeList = 0, tupleIteratorFreeList = 0;   // 3.14+
    bool localsReleasedInReverse = false;   // 3.14+
    // The trashcan: so many deaths may nest; deeper ones wait until the outermost is through. 0: only the C stack limits them (3.13+).
    std::uint32_t trashcanLevel = 50;
    bool trashcanOfExceptions = true;   // built-in exceptions count, too (3.11+)
    bool trashcanCountsInstancesTwice = false;   // and an outermost instance leaves what waits to others (<= 3.7)
    bool functionsAreCleared = true;    // functions have a tp_clear (3.8+)
    bool framesAreObjects = false;      // a call allocates its frame as an object (<= 3.10)
    bool framesTracked = false;         // from their birth (3.6); later when they outlive their call, or as a generator's
    std::uint32_t frameFreeList = 200;  // where they are objects
    std::uint32_t startupFrames = 0;    // in that list when the program begins, in blocks of the interpreter's start
    bool inlineValuesBehindSlots = false;   // instances of any fixed-size class hold their values (3.14+, gh-115776)
    bool roomyTables = true;            // room for one to four entries takes sixteen slots (3.10 - 3.13.0)
    bool unbegunGeneratorsKeep = false; // close() leaves the locals of a generator that has not begun to its death (3.12 - 3.13.0)
    bool sharedInstanceDescriptors = false; // one __dict__ and one __weakref__ for all classes (3.15+)
    bool instancesShowDicts = true;     // to the collector, which hears of what is stored in them; else the values inside (3.13.0, 3.14.0)
    bool generatorFramesHaveCallers = false;   // those that a traceback keeps, after their end (3.12.1 - 3.13.0)
    bool trackDictsLazily = true;       // a dict is tracked when it first holds a container (<= 3.13)
    bool untrackTuples = true;
};

// Who reclaims memory. The last five are no CPython: the same program under another memory manager.
enum class Manager : std::uint8_t {
    Generational,           // counts, and three generations for cycles
    Incremental,            // counts, and a young and an old generation of two spaces for cycles (3.14.0 - 3.14.4)
    CountingOnly,           // counts alone
    MarkSweep,              // no counts: what roots don't reach is freed where it lies
    MarkCompact,            // no counts: what roots reach slides together
    Copying,                // no counts: what roots reach is copied into the other of two half-spaces
    GenerationalCopying,    // the same with a nursery in front
};

struct CollectorProfile
{
    Manager manager = Manager::Generational;
    // By CPython's counters; for a manager without counts thresholds[0] is in bytes: the size its heap (or the nursery) starts
    // with, and of GenerationalCopying thresholds[1] that of the heap behind the nursery.
    std::array<std::int32_t, 3> thresholds{700, 10, 10};
    bool collectsAtAllocation = true;   // <= 3.11; later at the eval breaker
    bool fullMergesOldFirst = true;
    std::int32_t startupObjects = 0;    // tracked objects of the interpreter itself that a full collection leaves
    std::int32_t startupUnrooted = 0;   // how many of them the marking of Manager::Incremental does not reach
    bool clearsLateWeakrefs = false;    // those that finalizers made, without calling back (3.13.18, 3.14.4+, gh-91636)
    bool silentWeakrefsSurvive = false; // those without callback are cleared after finalizers only (3.15)
    int resurrection = 2;               // 0: nothing collected, full number returned (3.6); 1: nothing, 0 (3.7, 3.8); 2: the rest is collected (3.9+)

    bool counts() const { return manager <= Manager::CountingOnly; }
    bool moves() const { return manager >= Manager::MarkCompact; }
};

struct PythonProfile
{
    std::string_view name;              // "3.13.0"
    std::string_view shortName;         // "3.13"; the newest recorded patch version of it owns the short name
    std::string_view title;             // "Python 3.13"
    std::string_view summary;           // what is special, one line
    int major = 3, minor = 13, patch = 0;
    AllocatorProfile allocator;
    LayoutProfile layout;
    ObjectsProfile objects;
    CollectorProfile collector;
    std::string_view checked;           // what it was checked against, for `pyrena profiles` and the badge
    bool runsPrograms = true;           // false: allocator only, for recordings
};

std::span<const PythonProfile> allProfiles();
// By full name, short name, or "classic"; nullptr when there is none.
const PythonProfile *findProfile(std::string_view name);
const PythonProfile &defaultProfile();

} // namespace pyrena
