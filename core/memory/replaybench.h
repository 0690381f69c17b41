#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace pyrena {

// Nanoseconds for each request of a recording; the file is read beforehand.
struct ReplayTiming
{
    std::uint64_t requests = 0;
    double withoutHistory = 0;     // the median of the rounds; placements compared
    double withHistory = 0;
    double reading = 0;            // decompressing and parsing
};

// Requires: rounds > 0. An Error also when the model and the recording differ.
Result<ReplayTiming> measureReplay(const std::string &path, int rounds = 5);

} // namespace pyrena
