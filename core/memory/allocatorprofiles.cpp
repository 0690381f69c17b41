// Every number here is proved by replaying recordings of that version without a difference (tests/data/allocator);
// a wrong one fails at once: see tests/core/memory/tst_mistakes.cpp.
#include "core/memory/allocatorprofiles.h"

#include <array>
#include <list>
#include <mutex>
#include <string>

namespace pyrena {

namespace {

// The address of arena 0 is a teaching default: the operating system decides it.
constexpr std::uint64_t kAligned = 0x7f3a10000000;
// mmap aligns to 4 KiB, pools are 16 KiB from 3.10 on: the first arena of all recorded starts of 3.10-3.13 was unaligned.
// In 3.14 and 3.15 an aligned one is common; the same default serves, so that versions can be compared.
constexpr std::uint64_t kUnaligned = 0x7f3a10002000;

// Before bpo-27987 (2.7.17, 3.7.4): 8-byte steps. Pools of one page, arenas of 64 pages, wholly free arenas go at once.
constexpr AllocatorProfile kEightByteSteps{
    .alignment = 8, .poolSize = 4096, .arenaSize = 256 * 1024, .smallRequestThreshold = 512, .initialArenaObjects = 16,
    .keepsLastArena = false, .firstArenaAddress = kAligned, .defaultArenaExcess = 0, .memUsesPools = true,
};

constexpr AllocatorProfile sixteenByteSteps()
{
    AllocatorProfile p = kEightByteSteps;
    p.alignment = 16;
    return p;
}

// 2.7: PyMem_* is the C library's malloc; only objects come from pools (pymem.h of 2.7).
constexpr AllocatorProfile python27()
{
    AllocatorProfile p = sixteenByteSteps();
    p.memUsesPools = false;
    return p;
}

// 3.9: the last usable arena stays (bpo-37257, What's New in Python 3.9).
constexpr AllocatorProfile keepingLastArena()
{
    AllocatorProfile p = sixteenByteSteps();
    p.keepsLastArena = true;
    return p;
}

// 3.10: 16 KiB pools, 1 MiB arenas, looked up in a radix tree (pycore_obmalloc.h, USE_LARGE_POOLS and USE_LARGE_ARENAS).
constexpr AllocatorProfile largePools()
{
    AllocatorProfile p = keepingLastArena();
    p.poolSize = 16 * 1024;
    p.arenaSize = 1 << 20;
    p.firstArenaAddress = kUnaligned;
    p.defaultArenaExcess = kUnaligned % (16 * 1024);
    return p;
}

constexpr std::array<AllocatorVersion, 13> kVersions{{
    {"2.7.18", python27(), "recording 2.7.18; sizes by hand, 2.7 has no sys._debugmallocstats()", 4, 120'324},
    {"3.6.15", sixteenByteSteps(), "recording 3.6.15 of a build patched to 16-byte steps (bpo-27987); upstream 3.6 has 8", 4, 222'442},
    {"3.7.3", kEightByteSteps, "recording 3.7.3, built from source", 4, 199'556},
    {"3.7.16", sixteenByteSteps(), "recording 3.7.16; 16-byte steps since 3.7.4 (GH-13318)", 4, 199'325},
    {"3.8.18", sixteenByteSteps(), "recording 3.8.18", 4, 202'193},
    {"3.9.18", keepingLastArena(), "recording 3.9.18", 4, 204'538},
    {"3.10.13", largePools(), "recording 3.10.13", 4, 255'108},
    {"3.11.7", largePools(), "recording 3.11.7", 4, 231'400},
    {"3.12.1", largePools(), "recording 3.12.1", 4, 227'619},
    {"3.13.0", largePools(), "recording 3.13.0", 4, 248'898},
    {"3.14.0", largePools(), "recording 3.14.0", 1, 62'652},
    {"3.14.10", largePools(), "recording 3.14.10", 4, 364'632},
    {"3.15.2", largePools(), "recording 3.15.2", 4, 371'430},
}};

} // namespace

std::span<const AllocatorVersion> allAllocatorVersions()
{
    return kVersions;
}

const AllocatorProfile *findAllocatorProfile(std::string_view version)
{
    for (const AllocatorVersion &known : kVersions)
        if (known.version == version)
            return &known.allocator;
    return nullptr;
}

const AllocatorProfile *findAllocatorByName(std::string_view name)
{
    if (const AllocatorProfile *recorded = findAllocatorProfile(name))
        return recorded;
    if (const PythonProfile *profile = findProfile(name))
        return &profile->allocator;
    for (auto known = kVersions.rbegin(); known != kVersions.rend(); ++known)   // newest first
        if (known->version.starts_with(std::string(name) + '.'))
            return &known->allocator;
    return nullptr;
}

const PythonProfile &recordingProfile(std::string_view version, const AllocatorProfile &allocator)
{
    struct Kept
    {
        std::string name, title;
        PythonProfile profile;
    };
    static std::mutex mutex;
    static std::list<Kept> kept;   // a list: addresses stay

    const std::scoped_lock lock(mutex);
    for (const Kept &k : kept)
        if (k.name == version && k.profile.allocator == allocator)
            return k.profile;
    Kept &k = kept.emplace_back();
    k.name = version;
    k.title = "Python " + k.name + ", recorded";
    k.profile.name = k.profile.shortName = k.name;
    k.profile.title = k.title;
    k.profile.summary = "a recording of the allocator; what the objects were is not known";
    k.profile.allocator = allocator;
    k.profile.checked = "allocator: this recording";
    k.profile.runsPrograms = false;
    return k.profile;
}

} // namespace pyrena
