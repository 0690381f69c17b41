#pragma once

#include "core/trace/trace.h"
#include "core/world/world.h"

#include <string>

namespace pyrena::cli {

// One moment as JSON: frames, living objects with their references, arenas, pools and blocks in use, the collector.
std::string snapshotJson(const Trace &trace, const World &world, std::uint32_t position);

} // namespace pyrena::cli
