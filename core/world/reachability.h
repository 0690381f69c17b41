#pragma once

#include "core/world/world.h"

#include <optional>
#include <vector>

namespace pyrena {

// One strong reference on a way from a root: `slot` of `owner` holds the next owner on the way, or the object itself.
struct ReachStep
{
    static constexpr std::uint32_t kClass = 0xffffffffu;     // not a slot: an instance holds its class
    static constexpr std::uint32_t kRunning = 0xfffffffeu;   // not a slot: the interpreter runs this frame, or these are its globals
    ObjectId owner;
    std::uint32_t slot = 0;
    friend bool operator==(const ReachStep &, const ReachStep &) = default;
};

// A shortest way from the interpreter to an object over strong references. Empty for the interpreter itself;
// none when no way exists: what is then still alive is garbage that only the collector can find.
// Among equally short ways the one whose owners were born first. Time: linear in objects and slots.
std::optional<std::vector<ReachStep>> pathFromRoot(const World &world, ObjectId object);

// Every object a way leads to, by ObjectId.
std::vector<bool> reachableObjects(const World &world);

} // namespace pyrena
