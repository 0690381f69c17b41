#pragma once

#include "core/memory/replaybench.h"

#include <string>

namespace pyrena::bench {

// Of the CPython this was linked to; only in builds that found one (python3-dev).
std::string pythonVersion();
RealAllocator pymalloc();

} // namespace pyrena::bench
