// The profiles. Sources: "recording" = replay of recorded interpreters with zero differences; "getsizeof" = sys.getsizeof
// printed by the version named; "source" = read in CPython's source of that version.
#include "core/profile/profile.h"

#include <vector>

namespace pyrena {

namespace {

// obmalloc of 3.10 and later: 16 KiB pools, 1 MiB arenas (recording 3.13.0; the interpreter's own statistics print them).
// mmap gives page-aligned (4 KiB) bases: on the recording machine arena 0 always lost one pool, hence 63 pools by default.
constexpr AllocatorProfile kModernAllocator{
    .alignment = 16, .poolSize = 16384, .arenaSize = 1 << 20,
    .keepsLastArena = true,                       // 3.9+ (bpo-37257); value 0 fails the recordings of 3.9-3.15
    .firstArenaAddress = 0x7f3a10002000, .defaultArenaExcess = 8192,   // excess as in the recording p00_startup of 3.13.0
};

// obmalloc up to 3.7.3: 8-byte steps, 4 KiB pools, 256 KiB arenas (recording 3.7.3).
constexpr AllocatorProfile kClassicAllocator{
    .alignment = 8, .poolSize = 4096, .arenaSize = 256 * 1024,
    .keepsLastArena = false,                      // value 1 fails the recordings of 2.7-3.8
    .firstArenaAddress = 0x7f3a10000000, .defaultArenaExcess = 0,      // 4 KiB pools are always aligned
};

std::vector<PythonProfile> makeProfiles()
{
    std::vector<PythonProfile> all;

    PythonProfile p313;
    p313.name = "3.13.0";
    p313.shortName = "3.13";
    p313.title = "Python 3.13";
    p313.summary = "16 KiB pools, 1 MiB arenas, immortal objects, attribute values inside the instance";
    p313.major = 3, p313.minor = 13, p313.patch = 0;
    p313.allocator = kModernAllocator;
    p313.layout = {
        .gcHead = 16,                 // getsizeof([]) = 56 = 40 + 16
        .instancePreHeader = 16,      // weakref list and dict pointer in front of the GC head (source 3.13)
        .intZero = 28, .intBase = 24, .intDigit = 4,       // getsizeof
        .intMinRequest = 32,          // tracemalloc: an int made by + asks for 32
        .boolFalse = 28,
        .strAscii = 41, .strLatin1 = 57, .strUcs2 = 58, .strUcs4 = 60,   // getsizeof
        .bytesBase = 33,
        .tupleBase = 24,              // getsizeof(()) = 40
        .listSize = 40, .setSize = 200, .dictSize = 48,    // getsizeof 56, 216, 64
        .functionSize = 144, .instanceWithDict = 16, .slottedInstance = 16,   // getsizeof 160, 48
        .cellSize = 24, .boundMethodSize = 48, .weakrefSize = 64, .typeSize = 1696, .moduleSize = 56,
        .generatorSize = 160, .rangeSize = 48, .sliceSize = 40, .iteratorSize = 32, .rangeIteratorSize = 40,
        .dictIteratorSize = 56, .exceptionSize = 72, .tracebackSize = 40, .frameSize = 152,
        .keysHeader = 32, .keysEntry = 24, .keysUnicodeEntry = 16,   // tracemalloc: 160 general, 120 all-str for 8 slots
        .emptyDictHasKeys = false, .constructedDictHasKeys = false,
        .enumerateSize = 56,          // getsizeof(enumerate([])) = 72
    };
    p313.objects = {
        .smallIntMin = -5, .smallIntMax = 256,
        .immortals = true, .immortalShown = 4294967295u,   // sys.getrefcount(None) on 3.13.0
        .staticSmallObjects = true,
        .listGrowth = ListGrowth::Rounded,
        .instances = InstanceShape::Inline,
        .arguments = CallArguments::Moved,
        .constantListCapacityRounding = 2,
        .constantsSharedAcrossFunctions = true,
        .floatFreeList = 100, .tupleFreeListPerLength = 2000, .tupleFreeListLengths = 20,
        .listFreeList = 80, .dictFreeList = 80, .keysFreeList = 80, .boundMethodFreeList = 0,
        .localsReleasedInReverse = false,
        .framesAreObjects = false,
        .materializedDictsTracked = false,   // gc.collect() after looking at __dict__ of a dead cycle, 3.13.0
        .trackDictsLazily = true,
        .untrackTuples = true,
    };
    p313.collector = {
        .thresholds = {2000, 10, 10},     // gc.get_threshold() on 3.13.0
        .collectsAtAllocation = false,    // eval breaker since 3.12 (gh-97922)
        .incremental = false, .fullMergesOldFirst = true,
        .startupObjects = 6000,           // modelled: the size of len(gc.get_objects()) in a fresh interpreter
        .resurrection = 2,
    };
    p313.checked = "allocator: recordings of 3.13.0; programs: output of 3.13.0";
    all.push_back(p313);

    PythonProfile classic;
    classic.name = "classic";
    classic.shortName = "classic";
    classic.title = "Python classic";
    classic.summary = "the numbers of the articles: 8-byte steps, 4 KiB pools, 256 KiB arenas, everything counted";
    classic.major = 3, classic.minor = 6, classic.patch = 9;
    classic.allocator = kClassicAllocator;
    classic.layout = {
        .gcHead = 24,                 // getsizeof([]) = 64 = 40 + 24 on 3.6.9
        .instancePreHeader = 0,
        .intZero = 24, .intBase = 24, .intDigit = 4,
        .intMinRequest = 0,
        .boolFalse = 24,
        .strAscii = 49, .strLatin1 = 73, .strUcs2 = 74, .strUcs4 = 76,
        .bytesBase = 33,
        .tupleBase = 24,              // getsizeof(()) = 48
        .listSize = 40, .setSize = 200, .dictSize = 48,    // 64, 224, 72 (+ keys block)
        .functionSize = 112, .instanceWithDict = 32, .slottedInstance = 16,   // 136, 56
        .cellSize = 24, .boundMethodSize = 40, .weakrefSize = 56, .typeSize = 1032, .moduleSize = 56,
        .generatorSize = 64, .rangeSize = 48, .sliceSize = 40, .iteratorSize = 32, .rangeIteratorSize = 48,
        .dictIteratorSize = 56, .exceptionSize = 64, .tracebackSize = 40, .frameSize = 384,
        .keysHeader = 40, .keysEntry = 24, .keysUnicodeEntry = 24,   // tracemalloc: 168 for 8 slots
        .emptyDictHasKeys = true, .constructedDictHasKeys = true,
        .enumerateSize = 48,          // getsizeof(enumerate([])) = 72
    };
    classic.objects = {
        .smallIntMin = -5, .smallIntMax = 256,
        .immortals = false, .immortalShown = 0,
        .staticSmallObjects = false,
        .listGrowth = ListGrowth::Classic,
        .instances = InstanceShape::DictHeader,
        .arguments = CallArguments::CallerKeeps,
        .constantListCapacityRounding = 0,
        .constantsSharedAcrossFunctions = false,
        .floatFreeList = 100, .tupleFreeListPerLength = 2000, .tupleFreeListLengths = 19,
        .listFreeList = 80, .dictFreeList = 80, .keysFreeList = 80, .boundMethodFreeList = 256,
        .localsReleasedInReverse = false,
        .framesAreObjects = true,
        .trackDictsLazily = true,
        .untrackTuples = true,
    };
    classic.collector = {
        .thresholds = {700, 10, 10},      // gc.get_threshold() on 3.6.9
        .collectsAtAllocation = true,
        .incremental = false, .fullMergesOldFirst = true,
        .startupObjects = 6000,           // modelled, as above
        .resurrection = 0,
    };
    classic.checked = "allocator: recordings of 3.7.3; programs: output of 3.6.9";
    all.push_back(classic);

    return all;
}

const std::vector<PythonProfile> &profiles()
{
    static const std::vector<PythonProfile> all = makeProfiles();
    return all;
}

} // namespace

std::span<const PythonProfile> allProfiles()
{
    return profiles();
}

const PythonProfile *findProfile(std::string_view name)
{
    for (const PythonProfile &p : profiles())
        if (p.name == name || p.shortName == name)
            return &p;
    return nullptr;
}

const PythonProfile &defaultProfile()
{
    return *findProfile("3.13");
}

} // namespace pyrena
