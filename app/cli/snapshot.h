#pragma once

#include "core/trace/trace.h"
#include "core/world/world.h"

#include <string>

namespace pyrena::cli {

// The blocks of a moment as a table: each that was ever carved in an arena, free ones included, then the raw heap's.
std::string snapshotCsv(const Trace &trace, const World &world);

// One moment as JSON: what the memory is, frames, living objects with their references, arenas, pools and blocks in use, the collector.
std::string snapshotJson(const Trace &trace, const World &world, std::uint32_t position);

} // namespace pyrena::cli
