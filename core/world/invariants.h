#pragma once

#include "core/world/world.h"

#include <string>
#include <vector>

namespace pyrena {

// What must hold where the program is at rest: at the end of a statement. One sentence for each violation (the first
// hundred); objects are named by id and kind, "object 57 (list)". Time: linear in objects, slots and blocks.
//
// Counts: every object of the program has one reference for each occupied slot of a living owner, and a frame one more
// while it runs. While calls are going on inside others, the interpreter itself holds a few references (a function it
// calls, the arguments of a built-in) that no slot shows: then a count may be greater than its slots, never less.
// Not counted: what is part of the interpreter's image (static or immortal).
//
// References: no living owner refers to a dead object, and no weak reference to an object that does not know of it.
// Collector: the lists are disjoint, linked the same in both directions, as long as they say, and hold living objects
// with a GC head. Memory: an object lives in the block that names it as tenant, and the other way round; and checkHeap().
std::vector<std::string> checkInvariants(const World &world);

} // namespace pyrena
