#pragma once

#include "core/world/world.h"

#include <vector>

namespace pyrena::objects {

// How the objects of a world are held.
struct Holding
{
    // Alive, but no path from a root leads to it. Roots are the interpreter, the running frames, globals, static objects, and
    // whatever has a higher count than the world's slots explain: someone outside the picture holds it.
    std::vector<bool> garbage;
    std::vector<std::uint32_t> incoming;   // references from slots
    // What the interpreter made for itself and only its value stacks hold: iterators of running loops, arguments of calls that
    // are being made; and what is marked as such (ObjectFlag::Hidden).
    std::vector<bool> temporary;
};
Holding findHolding(const World &world);

} // namespace pyrena::objects
