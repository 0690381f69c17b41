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

PythonProfile python313()
{
    PythonProfile p;
    p.name = "3.13.0";
    p.shortName = "3.13";
    p.title = "Python 3.13";
    p.summary = "16 KiB pools, 1 MiB arenas, immortal objects, attribute values inside the instance";
    p.major = 3, p.minor = 13, p.patch = 0;
    p.allocator = kModernAllocator;
    p.layout = {
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
        .generatorSize = 144,         // tp_basicsize; 8 more for each local and stack entry
        .rangeSize = 48, .sliceSize = 40, .iteratorSize = 32, .rangeIteratorSize = 40,
        .dictIteratorSize = 56, .exceptionSize = 72, .tracebackSize = 40, .frameSize = 152,
        .keysHeader = 32, .keysEntry = 24, .keysUnicodeEntry = 16,   // tracemalloc: 160 general, 120 all-str for 8 slots
        .emptyDictHasKeys = false, .constructedDictHasKeys = false,
        .enumerateSize = 56,          // getsizeof(enumerate([])) = 72
    };
    p.objects = {
        .smallIntMin = -5, .smallIntMax = 256,
        .immortals = true, .immortalShown = 4294967295u,   // sys.getrefcount(None) on 3.13.0
        .staticSmallObjects = true,
        .listGrowth = ListGrowth::Rounded, .listPresize = ListPresize::Always, .evenListCapacity = true,
        .instances = InstanceShape::Inline,
        .arguments = CallArguments::Moved,
        .constantListCapacityRounding = 2,
        .constantsSharedAcrossFunctions = true,
        .floatFreeList = 100, .tupleFreeListPerLength = 2000, .tupleFreeListLengths = 20,
        .listFreeList = 80, .dictFreeList = 80, .keysFreeList = 80, .boundMethodFreeList = 0, .builtinMethodFreeList = 0,
        .localsReleasedInReverse = false,
        .trashcanLevel = 0,           // no batches in chains of 120 (run)
        .framesAreObjects = false,
        .instancesShowDicts = false,  // gc.collect() after looking at __dict__ of a dead cycle, 3.13.0
        .trackDictsLazily = true,
        .untrackTuples = true,
    };
    p.collector = {
        .thresholds = {2000, 10, 10},     // gc.get_threshold() on 3.13.0
        .collectsAtAllocation = false,    // eval breaker since 3.12 (gh-97922)
        .fullMergesOldFirst = true,
        .startupObjects = 6000,           // modelled: the size of len(gc.get_objects()) in a fresh interpreter
        .resurrection = 2,
    };
    p.checked = "allocator: recordings of 3.13.0; programs: output of 3.13.0";
    p.objects.roomyTables = p.objects.unbegunGeneratorsKeep = p.objects.generatorFramesHaveCallers = true;   // not in 3.13.18; run
    return p;
}

PythonProfile classic()
{
    PythonProfile p;
    p.name = "classic";
    p.shortName = "classic";
    p.title = "Python classic";
    p.summary = "the numbers of the articles: 8-byte steps, 4 KiB pools, 256 KiB arenas, everything counted";
    p.major = 3, p.minor = 6, p.patch = 9;
    p.allocator = kClassicAllocator;
    p.layout = {
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
        .builtinFunctionSize = 48, .cellSize = 24, .boundMethodSize = 40, .weakrefSize = 56, .typeSize = 1032, .moduleSize = 56,
        .generatorSize = 64, .rangeSize = 48, .sliceSize = 40, .iteratorSize = 32, .rangeIteratorSize = 48,
        .dictIteratorSize = 56, .exceptionSize = 64, .tracebackSize = 40,
        .frameSize = 384,             // type(sys._getframe()).__basicsize__ of 3.6.15; 8 more for each local and stack entry
        .keysHeader = 40, .keysEntry = 24, .keysUnicodeEntry = 24,   // tracemalloc: 168 for 8 slots
        .emptyDictHasKeys = true, .constructedDictHasKeys = true,
        .strObjectSize = 80,          // str.__basicsize__, 3.6.15 - 3.11.7; 64 since 3.12
        .enumerateSize = 48,          // getsizeof(enumerate([])) = 72
    };
    p.objects = {
        .smallIntMin = -5, .smallIntMax = 256,
        .immortals = false, .immortalShown = 0,
        .staticSmallObjects = false,
        .listGrowth = ListGrowth::Classic, .listPresize = ListPresize::Never, .evenListCapacity = false,
        .noneStartCount = 2000,       // modelled: sys.getrefcount(None) of a fresh 3.6 is in the thousands
        .emptySlotsTracked = false,   // gc.is_tracked() of such an instance
        .instances = InstanceShape::DictHeader,
        .arguments = CallArguments::CallerKeeps,
        .constantListCapacityRounding = 0,
        .constantsSharedAcrossFunctions = false,
        .floatFreeList = 100, .tupleFreeListPerLength = 2000, .tupleFreeListLengths = 19,
        .listFreeList = 80, .dictFreeList = 80, .keysFreeList = 80, .boundMethodFreeList = 256, .builtinMethodFreeList = 256,
        .localsReleasedInReverse = false,
        .trashcanLevel = 50,          // batches in chains of 120 lists, tuples, dicts, instances (run 3.7.16 - 3.12.1)
        .trashcanOfExceptions = false,
        .trashcanCountsInstancesTwice = true,
        .functionsAreCleared = false, // deaths in a cycle of functions (run 3.7.16, 3.8.18)
        .framesAreObjects = true, .framesTracked = true,   // gc.is_tracked(sys._getframe()); free list: PyFrame_MAXFREELIST
        .startupFrames = 4,           // sys._debugmallocstats() as the first statement of a script
        .trackDictsLazily = true,
        .untrackTuples = true,
    };
    p.collector = {
        .thresholds = {700, 10, 10},      // gc.get_threshold() on 3.6.9
        .collectsAtAllocation = true,
        .fullMergesOldFirst = true,
        .startupObjects = 6000,           // modelled, as above
        .resurrection = 0,
    };
    p.checked = "allocator: recordings of 3.7.3; programs: output of 3.6.9";
    p.objects.roomyTables = p.objects.unbegunGeneratorsKeep = false;
    return p;
}

// ---- the versions between, each as what it changes ---------------------------------------------------------------------

void name(PythonProfile &p, std::string_view full, std::string_view shortName, std::string_view title, std::string_view summary,
          int minor, int patch)
{
    p.name = full;
    p.shortName = shortName;
    p.title = title;
    p.summary = summary;
    p.major = 3, p.minor = minor, p.patch = patch;
    p.checked = "programs: output of this version; allocator: its recording or that of its neighbour";
}

// A build of 3.6.15 with blocks and headers in steps of 16 bytes, as 3.7.16 has them.
PythonProfile python3615()
{
    PythonProfile p = classic();
    name(p, "3.6.15", "3.6", "Python 3.6", "a build with 16-byte steps and GC heads of 32 bytes", 6, 15);
    p.allocator.alignment = 16;           // recording 3.6.15
    p.layout.gcHead = 32;                 // getsizeof([]) = 72 = 40 + 32
    return p;
}

// getsizeof of 3.7.16 where nothing else is said; the same program was run by every version (size_* of the recorded programs).
PythonProfile python37()
{
    PythonProfile p = classic();
    name(p, "3.7.16", "3.7", "Python 3.7", "16-byte steps, GC heads of 32 bytes", 7, 16);
    p.allocator.alignment = 16;           // recording 3.7.16
    p.layout.gcHead = 32;                 // getsizeof([]) = 72 = 40 + 32
    p.layout.generatorSize = 96;          // 128
    p.layout.frameSize = 368;             // __basicsize__
    p.objects.framesTracked = false;
    p.collector.resurrection = 1;         // recording tg_resurrection_does_not_block_others
    return p;
}

PythonProfile python38()
{
    PythonProfile p = python37();
    name(p, "3.8.18", "3.8", "Python 3.8", "GC heads of 16 bytes, constants shared by the whole program", 8, 18);
    p.layout.gcHead = 16;                 // bpo-33597
    p.objects.startupFrames = 3;          // sys._debugmallocstats()
    p.layout.functionSize = 120;          // 136
    p.layout.boundMethodSize = 48;        // 64
    p.layout.builtinFunctionSize = 56;    // 72
    p.layout.typeSize = 1048;             // 1064
    p.layout.generatorSize = 96;          // 112
    p.layout.emptyDictHasKeys = false;    // {} = 64, dict() = 232
    p.objects.constantsSharedAcrossFunctions = true;   // intern_constants_across_functions
    p.objects.listPresize = ListPresize::Constructed;  // size_list_how_it_was_made
    p.objects.emptySlotsTracked = true;   // bpo-41984
    p.objects.trashcanCountsInstancesTwice = false;    // bpo-35983
    p.objects.functionsAreCleared = true;
    return p;
}

PythonProfile python39()
{
    PythonProfile p = python38();
    name(p, "3.9.18", "3.9", "Python 3.9", "the last arena stays, lists grow in multiples of four", 9, 18);
    p.allocator.keepsLastArena = true;    // bpo-37257
    p.objects.listGrowth = ListGrowth::Rounded;        // bpo-38373; size_list_append_growth
    p.objects.constantListCapacityRounding = 8;        // [1, 2, 3]: 120
    p.objects.boundMethodFreeList = p.objects.builtinMethodFreeList = 0;   // gone
    p.collector.resurrection = 2;         // bpo-38009
    return p;
}

PythonProfile python310()
{
    PythonProfile p = python39();
    name(p, "3.10.13", "3.10", "Python 3.10", "16 KiB pools, 1 MiB arenas", 10, 13);
    p.allocator = kModernAllocator;
    p.layout.functionSize = 128;          // 144
    p.layout.typeSize = 1056;             // 1072
    p.layout.generatorSize = 88;          // 104
    p.layout.frameSize = 360;             // __basicsize__
    p.layout.constructedDictHasKeys = false;           // dict() = 64
    p.objects.constantListCapacityRounding = 2;
    p.objects.listPresize = ListPresize::Always;
    p.objects.evenListCapacity = true;
    p.objects.roomyTables = true;         // sys.getsizeof(dict(d)); run
    return p;
}

PythonProfile python311()
{
    PythonProfile p = python310();
    name(p, "3.11.7", "3.11", "Python 3.11", "no frame objects, attribute values in an array of the instance", 11, 7);
    p.layout.instancePreHeader = 16;      // values and dict pointer in front of the GC head (source 3.11)
    p.layout.intZero = 28;
    p.layout.intMinRequest = 32;          // tracemalloc
    p.layout.boolFalse = 28;
    p.layout.functionSize = 136;          // 152
    p.layout.instanceWithDict = 16;
    p.layout.weakrefSize = 64;            // 80
    p.layout.typeSize = 1672;             // 1688
    p.layout.generatorSize = 152;         // tp_basicsize; 8 more for each local and stack entry
    p.layout.exceptionSize = 72;          // 88
    p.layout.enumerateSize = 56;          // 72
    p.layout.frameSize = 152;
    p.layout.keysHeader = 32;             // 160 for 8 slots, 120 when all keys are str
    p.layout.keysUnicodeEntry = 16;
    p.objects.instances = InstanceShape::ValuesArray;
    p.objects.weakrefInObject = true;     // getsizeof of an empty instance 56
    p.objects.arguments = CallArguments::Moved;        // refcount_inside_a_call
    p.objects.framesAreObjects = false;
    p.objects.trashcanOfExceptions = true;
    p.objects.startupFrames = 0;
    p.objects.staticSmallObjects = true;
    p.objects.tupleFreeListLengths = 19;
    p.objects.instancesShowDicts = true;
    return p;
}

PythonProfile python312(std::string_view full, std::string_view shortName, int patch)
{
    PythonProfile p = python311();
    name(p, full, shortName, "Python 3.12", "immortal objects, the collector waits for the end of an instruction", 12, patch);
    p.layout.strAscii = 41, p.layout.strLatin1 = 57, p.layout.strUcs2 = 58, p.layout.strUcs4 = 60;
    p.layout.strObjectSize = 64;
    p.layout.functionSize = 144;          // 160
    p.layout.generatorSize = 144;         // tp_basicsize
    p.layout.typeSize = 1688;             // 1704
    p.layout.rangeIteratorSize = 40;
    p.objects.immortals = true;           // gh-84436
    p.objects.immortalShown = 4294967295u;
    p.objects.internedImmortal = true;    // gh-113993 took it back in 3.13
    p.objects.noneStartCount = 0;
    p.objects.weakrefInObject = false;
    p.objects.closedGeneratorKeepsLocals = patch == 3; // frame_generator_keeps_locals
    p.collector.collectsAtAllocation = false;          // gh-97922
    p.objects.unbegunGeneratorsKeep = true;            // frame_generator_closing
    p.objects.generatorFramesHaveCallers = true;       // frame_generator_callers
    return p;
}

PythonProfile python31318()
{
    PythonProfile p = python313();
    name(p, "3.13.18", "3.13.18", "Python 3.13.18", "a later 3.13: weak references made by finalizers are cleared", 13, 18);
    p.objects.instancesShowDicts = true;
    p.collector.clearsLateWeakrefs = true;             // gh-91636; weakref_made_in_finalizer_of_cycle
    p.objects.roomyTables = p.objects.unbegunGeneratorsKeep = false;   // own_sizes_dict_copies, frame_generator_closing
    p.objects.generatorFramesHaveCallers = false;
    return p;
}

PythonProfile python31410()
{
    PythonProfile p = python313();
    name(p, "3.14.10", "3.14", "Python 3.14", "locals are lent to calls instead of counted", 14, 10);
    p.layout.functionSize = 152;          // 168
    p.layout.typeSize = 1704;             // 1720
    p.layout.generatorSize = 152;         // 184 with two stack entries
    p.layout.tupleBase = 32;              // 48 + 8n: the hash is kept
    p.objects.immortalShown = 3221225472u;
    p.objects.unhashableNamesUse = true;  // cont_unhashable_and_mutated_keys
    p.objects.keepsSmallLists = true;     // gh-158592; size_list_pop_shrink
    p.objects.arguments = CallArguments::Borrowed;     // gh-130704
    p.objects.boundMethodFreeList = 20;   // these and those below: gc.get_count() around each (counter_moves_*)
    p.objects.builtinMethodFreeList = 16;
    p.objects.sliceStaysKept = false;
    p.objects.listIteratorFreeList = p.objects.tupleIteratorFreeList = 10;
    p.objects.localsReleasedInReverse = true;          // fin_function_locals_order
    p.objects.inlineValuesBehindSlots = true;          // gh-115776
    p.objects.instancesShowDicts = true;
    p.objects.trackDictsLazily = false;   // gcgen_dict_tracking
    p.objects.atomTuplesTracked = false;  // gcgen_tuple_untracking
    p.collector.clearsLateWeakrefs = true;
    p.objects.roomyTables = p.objects.unbegunGeneratorsKeep = p.objects.generatorFramesHaveCallers = false;   // as 3.13.18
    return p;
}

PythonProfile python3140()
{
    PythonProfile p = python31410();
    name(p, "3.14.0", "3.14.0", "Python 3.14.0", "the incremental collector: a young generation and an old one, collected piece by piece", 14, 0);
    p.objects.roomyTables = p.objects.unbegunGeneratorsKeep = true;    // taken from 3.13.0: no recorded program tells
    p.objects.keepsSmallLists = false;    // size_list_pop_shrink
    p.objects.atomTuplesTracked = true;   // gcgen_tuple_untracking
    p.objects.instancesShowDicts = false;        // gc.collect() after looking at __dict__ of a dead cycle
    p.collector.manager = Manager::Incremental;
    p.collector.thresholds = {2000, 10, 0};            // gc.get_threshold() on 3.14.0
    p.collector.startupUnrooted = 100;    // modelled: what the interpreter holds outside sys, builtins, types and frames
    p.collector.clearsLateWeakrefs = false;
    return p;
}

PythonProfile python315()
{
    PythonProfile p = python31410();
    name(p, "3.15.2", "3.15", "Python 3.15", "ints up to 1024 are shared, silent weak references outlive finalizers", 15, 2);
    p.objects.atomFrozenSetsTracked = false;   // gc_tracked_frozensets
    p.layout.typeSize = 1712;             // 1728
    p.layout.moduleSize = 104;            // 120
    p.objects.smallIntMax = 1024;         // intern_small_int_range
    p.objects.sharedInstanceDescriptors = true;        // a class has two references less; run
    p.collector.silentWeakrefsSurvive = true;          // weakref_seen_from_del
    return p;
}

// ---- other memory managers: 3.13 but for who reclaims memory ------------------------------------------------------------

PythonProfile whatIf(std::string_view full, std::string_view title, std::string_view summary, Manager manager)
{
    PythonProfile p = python313();
    p.name = p.shortName = full;
    p.title = title;
    p.summary = summary;
    p.checked = "what-if: the same garbage as CPython's full collection, in random graphs of objects";
    p.collector.manager = manager;
    if (p.collector.counts())
        return p;
    ObjectsProfile &o = p.objects;
    o.floatFreeList = o.tupleFreeListPerLength = o.tupleFreeListLengths = o.listFreeList = o.dictFreeList = o.keysFreeList = o.sliceFreeList = 0;
    o.immortals = false;   // nothing counts, so nothing needs not to
    p.collector.thresholds = {64 * 1024, 0, 0};   // small enough to see collections in a short program
    return p;
}

PythonProfile generationalCopying()
{
    PythonProfile p = whatIf("generational-copying", "Generational copying",
                             "no counts: a nursery, survivors are copied out of it; a write barrier", Manager::GenerationalCopying);
    p.collector.thresholds = {16 * 1024, 64 * 1024, 0};
    return p;
}

std::vector<PythonProfile> makeAll()
{
    return {python313(), classic(), python3615(), python37(), python38(), python39(), python310(), python311(), python312("3.12.1", "3.12.1", 1),
            python312("3.12.3", "3.12", 3), python31318(), python3140(), python31410(), python315(),
            whatIf("counting-only", "Counting only", "counts alone: a cycle is never freed", Manager::CountingOnly),
            whatIf("mark-sweep", "Mark and sweep", "no counts: marked from the roots, the rest is freed where it lies", Manager::MarkSweep),
            whatIf("mark-compact", "Mark and compact", "no counts: what is marked slides together, addresses change", Manager::MarkCompact),
            whatIf("copying", "Copying", "no counts: what roots reach is copied into the other half-space", Manager::Copying),
            generationalCopying()};
}

const std::vector<PythonProfile> &profiles()
{
    static const std::vector<PythonProfile> all = makeAll();
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
    return *findProfile("3.14");
}

} // namespace pyrena
