#pragma once

#include "core/base/id.h"
#include "core/world/heapstate.h"
#include "core/profile/profile.h"
#include "core/world/object.h"
#include "core/world/spaces.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace pyrena {

struct GcList
{
    ObjectId head, tail;
    std::uint32_t length = 0;
    friend bool operator==(const GcList &, const GcList &) = default;
};

// What collecting cost so far. A visit: one object looked at in one phase.
struct GcCosts
{
    std::uint64_t visits = 0, bytesMoved = 0;
    std::uint64_t lastPause = 0, longestPause = 0;   // in visits: the program waits that long
    std::uint32_t pauses = 0;
    friend bool operator==(const GcCosts &, const GcCosts &) = default;
};

struct GcState
{
    Manager manager = Manager::Generational;
    std::array<GcList, kGcLists> lists{};          // by GcListId; [None] stays empty
    std::array<std::int32_t, 3> count{};           // gc.get_count()
    std::array<std::int32_t, 3> threshold{};       // gc.get_threshold()
    std::int64_t longLivedTotal = 0, longLivedPending = 0;
    bool enabled = true;
    bool collecting = false;
    std::uint32_t collections = 0;                 // ever started
    GcCosts costs;
    // Manager::Incremental: Generation1 and Generation2 are old[0] and old[1], one of them visited in this cycle, the other pending.
    std::uint8_t visitedSpace = 0;
    bool marking = true;                           // the next increment marks from the roots, and frees nothing
    std::int64_t workToDo = 0;                     // objects to examine before the program is let on; a debt when below 0
    friend bool operator==(const GcState &, const GcState &) = default;

    const GcList &list(GcListId id) const { return lists[static_cast<std::size_t>(id)]; }
    bool counts() const { return manager <= Manager::CountingOnly; }
};

// A running call, innermost last. Its locals and value stack are the slots of the Frame object.
struct Activation
{
    ObjectId frame;
    CodeId code;
    std::uint32_t line = 0;       // being executed
    friend bool operator==(const Activation &, const Activation &) = default;
};

// Everything there is at one moment. Plain data in flat vectors, so that copying it (a keyframe) is a few memcpys.
// Written by redo() only. Entities refer to each other by id, never by pointer.
struct World
{
    HeapState heap;
    std::vector<Object> objects;          // by ObjectId, the dead included; objects[0] is the Runtime
    std::vector<Slot> slots;              // all slots of all objects; a region for each
    GcState gc;
    SpaceState spaces;                    // of managers that move objects
    std::vector<Activation> stack;        // empty before the program starts and after it has ended
    ObjectId globals;                     // the __main__ module's dict; none for a recording
    std::vector<TextId> output;           // printed so far, in pieces as written
    std::uint32_t liveObjects = 0;        // alive, not static and not hidden
    std::uint32_t hiddenObjects = 0;      // alive and in the heap, but shown at the operation level only

    friend bool operator==(const World &, const World &) = default;

    const Object &object(ObjectId id) const { return objects[id.value]; }
    // As bytes: the number of objects would be a division by the size of one, at every change.
    bool contains(ObjectId id) const { return std::size_t(id.value) * sizeof(Object) < objects.size() * sizeof(Object); }
    std::span<const Slot> slotsOf(ObjectId id) const
    {
        const Object &o = objects[id.value];
        return {slots.data() + o.slotsBegin, o.slotsLength};
    }
    std::size_t bytes() const;            // what a keyframe of it costs
    // What a tracing collector knows of an object: by its mark, or by where it lies between Cheney's two pointers.
    GcMark markOf(ObjectId id) const;
};

inline constexpr ObjectId kRuntime{0};

// How many temporaries of the interpreter levels above the operation leave out. Kept by redo(): costs nothing to ask.
inline std::uint32_t hiddenTemporaries(const World &world) { return world.hiddenObjects; }

} // namespace pyrena
