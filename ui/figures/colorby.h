#pragma once

#include <cstdint>

namespace pyrena {

// What the colour of an allocated block says.
enum class ColorBy : std::uint8_t { Type, Age, SizeClass, Generation };
inline constexpr int kColorBys = 4;

} // namespace pyrena
