#pragma once

#include "core/trace/trace.h"
#include "core/world/world.h"

#include <string>

namespace pyrena {

// A short value for a picture: "42", "'abc'", "[3 items]", "Node". At most about maxLength characters, cut with an ellipsis.
std::string shortValue(const Trace &trace, const World &world, ObjectId id, std::size_t maxLength = 24);

// Label and value where a value says more: "int 42", "str 'abc'", "list#1", "Node#2", "None", "module gc", "class Node".
std::string describe(const Trace &trace, const World &world, ObjectId id);

// What a slot of an owner is called: "[0]", "key 2", ".next", "name a", "local n", "stack 1". `kind` of the owner decides.
std::string slotName(const Trace &trace, const World &world, ObjectId owner, std::uint32_t index);

// One reason for one +1 of a count.
struct Holder
{
    ObjectId owner;
    std::uint32_t slot = 0;
    std::string name;      // "list#1[0]", "name a in globals", "local n of f", "value stack of f"
};
std::vector<Holder> holdersOf(const Trace &trace, const World &world, ObjectId id);

// The count as Python would show it (immortal objects show the profile's fixed number).
std::uint64_t shownRefcount(const Trace &trace, const World &world, ObjectId id);

} // namespace pyrena
