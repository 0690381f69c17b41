#pragma once

#include "core/world/world.h"

#include <cstdint>
#include <vector>

namespace pyrena {

// Who keeps what. An object keeps another if every way from a root to that one leads through it; then the other would go with it.
struct Retention
{
    std::vector<ObjectId> keeper;        // by ObjectId: the nearest object that keeps it; none: the roots do, or nothing reaches it
    std::vector<std::uint64_t> bytes;    // by ObjectId: its own, second block included, and those of all it keeps; 0: not reached

    bool keeps(ObjectId owner, ObjectId object) const;     // not itself
    std::vector<ObjectId> keptBy(ObjectId owner) const;    // in the order of birth, without the owner
};

// The dominator tree of the references that pathFromRoot() follows, by the iteration of Cooper, Harvey and Kennedy (2001).
// Objects of the interpreter's image count no bytes. Time: near linear in objects and slots for the graphs that programs make.
Retention retention(const World &world);

} // namespace pyrena
