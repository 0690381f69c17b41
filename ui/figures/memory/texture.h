#pragma once

#include <cstdint>

namespace pyrena {

// Untouched is dots, rounding waste is hatch, what has no memory behind it wide hatch the other way; where there is no colour
// the others tell types apart.
enum class Texture : std::uint8_t { None, Dots, Hatch, BackHatch, Cross, Horizontal, Vertical, Grid };

} // namespace pyrena
