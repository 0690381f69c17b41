#pragma once

#include "core/trace/trace.h"
#include "ui/figures/memory/blockcolors.h"

#include <optional>
#include <vector>

namespace pyrena {

// The pools, rising, whose blocks may look different at two positions; `world` is at b. None: nobody can tell cheaply.
std::optional<std::vector<PoolId>> poolsChanged(const Trace &trace, const World &world, std::uint32_t a, std::uint32_t b, ColorBy by);

} // namespace pyrena
