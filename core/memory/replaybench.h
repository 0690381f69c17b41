#pragma once

#include "core/base/result.h"
#include "core/memory/tracefile.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace pyrena {

// Processor time of this thread.
double threadSeconds();

// Nanoseconds of processor time for each request of a recording; the file is read beforehand. All are medians of the same rounds,
// taken in turns.
struct ReplayTiming
{
    std::uint64_t requests = 0;
    double withoutHistory = 0;     // placements compared
    double withHistory = 0;        // each request can be stepped to afterwards
    double real = 0;               // 0: not measured
    double reading = 0;            // decompressing and parsing
    double bytesPerRequest = 0;    // of the history, all in: log, keyframes, where each request ends, its line
};

// Serves the requests with a real allocator; `blocks` is the number of blocks they create. Gives back what is left afterwards,
// outside of the time it returns, in seconds.
using RealAllocator = std::function<double(std::span<const TraceEvent> requests, std::uint64_t blocks)>;

// Requires: rounds > 0. An Error also when the model and the recording differ.
Result<ReplayTiming> measureReplay(const std::string &path, int rounds = 5, const RealAllocator &real = {});

} // namespace pyrena
