#pragma once

#include "core/trace/trace.h"
#include "ui/selection.h"

#include <optional>

namespace pyrena {

// Whether a change is about an object, block, pool, arena or raw block: its count, its slots, what lives in it.
bool touches(const Trace &trace, const Change &change, const Selected &what);

// The position just after the next change of it, searching from `position` on; none when there is none.
std::optional<std::uint32_t> nextChangeOf(const Trace &trace, const Selected &what, std::uint32_t position);
// The position just after the last change of it that is not the one just done at `position`.
std::optional<std::uint32_t> previousChangeOf(const Trace &trace, const Selected &what, std::uint32_t position);

} // namespace pyrena
