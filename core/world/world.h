#pragma once

#include "core/base/id.h"
#include "core/world/heapstate.h"
#include "core/world/object.h"

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

struct GcState
{
    std::array<GcList, kGcLists> lists{};          // by GcListId; [None] stays empty
    std::array<std::int32_t, 3> count{};           // gc.get_count()
    std::array<std::int32_t, 3> threshold{};       // gc.get_threshold()
    std::int64_t longLivedTotal = 0, longLivedPending = 0;
    bool enabled = true;
    bool collecting = false;
    std::uint32_t collections = 0;                 // ever started
    friend bool operator==(const GcState &, const GcState &) = default;

    const GcList &list(GcListId id) const { return lists[static_cast<std::size_t>(id)]; }
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
    std::vector<Activation> stack;        // empty before the program starts and after it has ended
    ObjectId globals;                     // the __main__ module's dict; none for a recording
    std::vector<TextId> output;           // printed so far, in pieces as written
    std::uint32_t liveObjects = 0;        // alive, not static and not hidden

    friend bool operator==(const World &, const World &) = default;

    const Object &object(ObjectId id) const { return objects[id.value]; }
    bool contains(ObjectId id) const { return id.value < objects.size(); }
    std::span<const Slot> slotsOf(ObjectId id) const
    {
        const Object &o = objects[id.value];
        return {slots.data() + o.slotsBegin, o.slotsLength};
    }
    std::size_t bytes() const;            // what a keyframe of it costs
};

inline constexpr ObjectId kRuntime{0};

} // namespace pyrena
