#pragma once

#include "core/profile/profile.h"

#include <span>
#include <string_view>

namespace pyrena {

// obmalloc's numbers for every version there are recordings of, whether or not programs run under its profile.
struct AllocatorVersion
{
    std::string_view version;    // "3.8.18"
    AllocatorProfile allocator;
    std::string_view evidence;   // where the numbers come from
    std::uint32_t recordings;    // of this version in tests/data/allocator, replayed without a difference,
    std::uint64_t requests;      // and the requests in them
};

std::span<const AllocatorVersion> allAllocatorVersions();
// nullptr when that exact version is not in the table.
const AllocatorProfile *findAllocatorProfile(std::string_view version);
// The same for what a user types: also short names ("3.14": the newest recorded) and the profiles that run programs.
const AllocatorProfile *findAllocatorByName(std::string_view name);

// A profile for the Trace of a recording: only its name and allocator mean something, and it runs no programs.
// Lives as long as the program. The allocator numbers may differ from the table's (a recording brings its own).
const PythonProfile &recordingProfile(std::string_view version, const AllocatorProfile &allocator);

} // namespace pyrena
