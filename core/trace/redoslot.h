#pragma once

// The two changes that are most of a program's, inline: see redo.h.
#include "core/base/verify.h"
#include "core/trace/change.h"
#include "core/world/world.h"

namespace pyrena {

inline Object &objectAt(World &w, ObjectId id)
{
    verify(w.contains(id), "change of an object that was never born");
    return w.objects[id.value];
}

inline void redoChange(World &w, const change::RefcountChanged &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.refcount == c.before, "reference count diverged");
    o.refcount = c.after;
}

inline void redoChange(World &w, const change::SlotSet &c)
{
    Object &o = objectAt(w, c.owner);
    verify(c.index < o.slotsCapacity, "slot outside its owner's region");
    Slot &slot = w.slots[o.slotsBegin + c.index];
    verify(slot.target == c.before, "slot diverged");
    slot.target = c.after;   // each on its own: as a whole, GCC 12 puts the two together in memory and waits for them there
    slot.label = c.label;
}

} // namespace pyrena
