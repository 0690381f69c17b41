// How changes of objects, the collector, the spaces and the running program alter the World.
#include "core/trace/redo.h"

#include "core/base/verify.h"

#include <algorithm>

namespace pyrena {

namespace {

void unlink(World &w, ObjectId id)
{
    Object &o = w.objects[id.value];
    GcList &list = w.gc.lists[static_cast<std::size_t>(o.gcList)];
    (o.gcPrev ? w.objects[o.gcPrev.value].gcNext : list.head) = o.gcNext;
    (o.gcNext ? w.objects[o.gcNext.value].gcPrev : list.tail) = o.gcPrev;
    o.gcPrev = o.gcNext = ObjectId();
    --list.length;
}

void append(World &w, ObjectId id, GcListId to)
{
    Object &o = w.objects[id.value];
    GcList &list = w.gc.lists[static_cast<std::size_t>(to)];
    o.gcPrev = list.tail;
    (list.tail ? w.objects[list.tail.value].gcNext : list.head) = id;
    list.tail = id;
    ++list.length;
}

// An object that lives in the heap is in one of the two totals.
void count(World &w, const Object &o, int by)
{
    if (o.alive() && !o.has(ObjectFlag::Static))
        (o.has(ObjectFlag::Hidden) ? w.hiddenObjects : w.liveObjects) += static_cast<std::uint32_t>(by);
}

Relocation &relocation(World &w, ObjectId id)
{
    if (w.spaces.relocations.size() <= id.value)
        w.spaces.relocations.resize(std::size_t(id.value) + 1);
    return w.spaces.relocations[id.value];
}

} // namespace

void redoChange(World &w, const change::ObjectBorn &c)
{
    verify(c.object.value == w.objects.size(), "objects are born in the order of their ids");
    Object &o = w.objects.emplace_back();
    o.address = Address(c.address);
    o.size = c.size;
    o.kind = c.kind;
    o.type = c.type;
    o.flags = c.flags;
    count(w, o, 1);
}

void redoChange(World &w, const change::ObjectDied &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.alive(), "an object dies once");
    count(w, o, -1);
    o.flags &= static_cast<std::uint16_t>(~static_cast<unsigned>(ObjectFlag::Alive));
    if (c.freeListed)
        o.flags |= static_cast<std::uint16_t>(ObjectFlag::FreeListed);
}

void redoChange(World &w, const change::SlotsMoved &c)
{
    Object &o = objectAt(w, c.owner);
    verify(o.slotsBegin == c.beginBefore && o.slotsCapacity == c.capacityBefore, "slot region diverged");
    const std::size_t end = std::size_t(c.beginAfter) + c.capacityAfter;
    if (w.slots.size() < end)
        w.slots.resize(end);
    if (c.beginAfter != c.beginBefore || c.capacityAfter < c.capacityBefore) {
        const auto kept = std::min({c.capacityBefore, c.capacityAfter, o.slotsLength});
        const auto from = w.slots.begin() + c.beginBefore;
        if (c.beginAfter != c.beginBefore) {
            std::copy_n(from, kept, w.slots.begin() + c.beginAfter);
            std::fill_n(from, c.capacityBefore, Slot{});
        } else {
            std::fill(from + c.capacityAfter, from + c.capacityBefore, Slot{});
        }
    }
    o.slotsBegin = c.beginAfter;
    o.slotsCapacity = c.capacityAfter;
    o.slotsLength = std::min(o.slotsLength, o.slotsCapacity);
}

void redoChange(World &w, const change::LengthSet &c)
{
    Object &o = objectAt(w, c.owner);
    verify(o.slotsLength == c.before && c.after <= o.slotsCapacity, "slot count diverged");
    o.slotsLength = c.after;
}

void redoChange(World &w, const change::SlotsShifted &c)
{
    Object &o = objectAt(w, c.owner);
    verify(std::max(c.from, c.to) + c.count <= o.slotsCapacity, "shift outside the region");
    const auto base = w.slots.begin() + o.slotsBegin;
    if (c.to > c.from) {
        std::move_backward(base + c.from, base + c.from + c.count, base + c.to + c.count);
        std::fill(base + c.from, base + std::min(c.to, c.from + c.count), Slot{});
    } else {
        std::move(base + c.from, base + c.from + c.count, base + c.to);
        std::fill(base + std::max(c.from, c.to + c.count), base + c.from + c.count, Slot{});
    }
}

void redoChange(World &w, const change::SlotsReversed &c)
{
    Object &o = objectAt(w, c.owner);
    verify(c.from + c.count <= o.slotsCapacity, "reversal outside the region");
    const auto base = w.slots.begin() + o.slotsBegin + c.from;
    std::reverse(base, base + c.count);
}

void redoChange(World &w, const change::ValueSet &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.value == c.before, "value diverged");
    o.value = c.after;
}

void redoChange(World &w, const change::BufferSet &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.bufferSize == c.sizeBefore, "buffer diverged");
    o.bufferSize = c.sizeAfter;
    o.buffer = Address(c.address);
}

void redoChange(World &w, const change::SizeSet &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.size == c.before, "size diverged");
    o.size = c.after;
    o.address = Address(c.address);
}

void redoChange(World &w, const change::FlagsSet &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.flags == c.before, "flags diverged");
    count(w, o, -1);
    o.flags = c.after;
    count(w, o, 1);
}

void redoChange(World &w, const change::TypeSet &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.type == c.before, "type diverged");
    o.type = c.after;
}

void redoChange(World &w, const change::WeakrefsSet &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.weakrefs == c.before, "weak reference list diverged");
    o.weakrefs = c.after;
}

void redoChange(World &w, const change::GcMoved &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.gcList == c.before, "collector list diverged");
    if (c.before != GcListId::None)
        unlink(w, c.object);
    if (c.after != GcListId::None)
        append(w, c.object, c.after);
    o.gcList = c.after;
}

void redoChange(World &w, const change::GcListMerged &c)
{
    GcList &from = w.gc.lists[static_cast<std::size_t>(c.from)];
    GcList &to = w.gc.lists[static_cast<std::size_t>(c.to)];
    for (ObjectId id = from.head; id; id = w.objects[id.value].gcNext)
        w.objects[id.value].gcList = c.to;
    if (!from.head)
        return;
    (to.tail ? w.objects[to.tail.value].gcNext : to.head) = from.head;
    w.objects[from.head.value].gcPrev = to.tail;
    to.tail = from.tail;
    to.length += from.length;
    from = {};
}

void redoChange(World &w, const change::GcRefsSet &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.gcRefs == c.before, "gc_refs diverged");
    o.gcRefs = c.after;
}

void redoChange(World &w, const change::GcCountSet &c)
{
    verify(w.gc.count.at(c.generation) == c.before, "generation count diverged");
    w.gc.count[c.generation] = c.after;
}

void redoChange(World &w, const change::GcThresholdSet &c)
{
    verify(w.gc.threshold.at(c.generation) == c.before, "threshold diverged");
    w.gc.threshold[c.generation] = c.after;
}

void redoChange(World &w, const change::GcModeSet &c)
{
    w.gc.collections += c.collecting && !w.gc.collecting;
    w.gc.enabled = c.enabled;
    w.gc.collecting = c.collecting;
}

void redoChange(World &w, const change::LongLivedSet &c)
{
    w.gc.longLivedTotal = c.total;
    w.gc.longLivedPending = c.pending;
}

void redoChange(World &w, const change::CollectionCost &c)
{
    GcCosts &costs = w.gc.costs;
    costs.visits += c.visits;
    costs.bytesMoved += c.bytesMoved;
    costs.lastPause = c.visits;
    costs.longestPause = std::max(costs.longestPause, c.visits);
    ++costs.pauses;
}

void redoChange(World &w, const change::IncrementalSet &c)
{
    w.gc.visitedSpace = c.visitedSpace;
    w.gc.marking = c.marking;
    w.gc.workToDo = c.workToDo;
}

void redoChange(World &w, const change::GcMarked &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.mark() == c.before, "mark diverged");
    o.gcRefs = static_cast<std::int32_t>(c.after);
}

void redoChange(World &w, const change::SpaceUsed &c)
{
    Space &space = w.spaces[c.space];
    verify(space.used == c.before && c.after <= space.size, "the top of a space diverged");
    space.used = c.after;
}

void redoChange(World &w, const change::SpaceResized &c)
{
    Space &space = w.spaces[c.space];
    verify(space.size == c.before, "the size of a space diverged");
    space.base = baseOf(c.space);
    space.size = c.after;
}

void redoChange(World &w, const change::SpacesFlipped &c)
{
    verify(w.spaces.active == c.before, "the spaces diverged");
    w.spaces.active = c.after;
}

void redoChange(World &w, const change::ScanMoved &c)
{
    verify(w.spaces.scan == c.before, "the scan pointer diverged");
    w.spaces.scan = c.after;
}

void redoChange(World &w, const change::ForwardingSet &c) { relocation(w, c.object).forwarding = c.to; }

void redoChange(World &w, const change::ObjectMoved &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.address == c.before, "address diverged");
    Relocation &r = relocation(w, c.object);
    if (r.moves++ == 0)
        r.first = c.before;
    r.previous = c.before;
    r.forwarding = Address();
    o.address = c.after;
}

void redoChange(World &w, const change::BufferMoved &c)
{
    Object &o = objectAt(w, c.object);
    verify(o.buffer == c.before, "second block diverged");
    o.buffer = c.after;
}

void redoChange(World &w, const change::Remembered &c) { w.spaces.remembered.push_back(c.object); }

void redoChange(World &w, const change::RememberedForgotten &c)
{
    verify(w.spaces.remembered.size() == c.count, "the remembered set diverged");
    w.spaces.remembered.clear();
}

void redoChange(World &w, const change::FramePushed &c) { w.stack.push_back({c.frame, c.code, c.line}); }

void redoChange(World &w, const change::FramePopped &c)
{
    verify(!w.stack.empty() && w.stack.back().frame == c.frame, "call stack diverged");
    w.stack.pop_back();
}

void redoChange(World &w, const change::LineReached &c)
{
    verify(!w.stack.empty() && w.stack.back().frame == c.frame && w.stack.back().line == c.before, "line diverged");
    w.stack.back().line = c.after;
}

void redoChange(World &w, const change::GlobalsSet &c)
{
    verify(w.globals == c.before, "globals diverged");
    w.globals = c.after;
}

void redoChange(World &w, const change::Printed &c) { w.output.push_back(c.text); }

void redoChange(World &, const change::Noticed &) {}

} // namespace pyrena
