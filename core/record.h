#pragma once

#include "core/base/result.h"
#include "core/trace/trace.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace pyrena {

// Called now and then from the recording thread: changes so far.
using RecordingProgress = std::function<void(std::uint32_t changes)>;

// Runs the program of the recipe in the simulator and records every change.
// A Diagnostic: the source does not parse, or the profile is unknown; nothing ran.
// A trace: it ran, to its end or to where Trace::outcome says.
Result<std::shared_ptr<const Trace>, Diagnostic> record(const Recipe &recipe, std::stop_token stop = {},
                                                        const RecordingProgress &progress = {});

} // namespace pyrena
