#pragma once

#include "core/world/world.h"

#include <vector>

namespace pyrena::objects {

// For each object: alive, but no path from a root leads to it. Roots are the interpreter, the running frames, globals, static
// objects, and whatever has a higher count than the world's slots explain: someone outside the picture holds it.
std::vector<bool> findGarbage(const World &world);

} // namespace pyrena::objects
