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
};

std::span<const AllocatorVersion> allAllocatorVersions();
// nullptr when that exact version is not in the table.
const AllocatorProfile *findAllocatorProfile(std::string_view version);

// A profile for the Trace of a recording: only its name and allocator mean something, and it runs no programs.
// Lives as long as the program. The allocator numbers may differ from the table's (a recording brings its own).
const PythonProfile &recordingProfile(std::string_view version, const AllocatorProfile &allocator);

} // namespace pyrena
