#include "core/trace/redo.h"

#include "core/base/verify.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pyrena {

namespace {

Object &at(World &w, ObjectId id)
{
    verify(w.contains(id), "change of an object that was never born");
    return w.objects[id.value];
}

Slot &slotAt(World &w, ObjectId owner, std::uint32_t index)
{
    Object &o = at(w, owner);
    verify(index < o.slotsCapacity, "slot outside its owner's region");
    return w.slots[o.slotsBegin + index];
}

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

struct Redo
{
    World &w;

    // Heap changes live in redoheap.cpp.
    template <class C>
        requires requires(HeapState &h, const C &c) { redoChange(h, c); }
    void operator()(const C &c) const { redoChange(w.heap, c); }

    void operator()(const change::ObjectBorn &c) const
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
    void operator()(const change::ObjectDied &c) const
    {
        Object &o = at(w, c.object);
        verify(o.alive(), "an object dies once");
        count(w, o, -1);
        o.flags &= static_cast<std::uint16_t>(~static_cast<unsigned>(ObjectFlag::Alive));
        if (c.freeListed)
            o.flags |= static_cast<std::uint16_t>(ObjectFlag::FreeListed);
    }
    void operator()(const change::RefcountChanged &c) const
    {
        Object &o = at(w, c.object);
        verify(o.refcount == c.before, "reference count diverged");
        o.refcount = c.after;
    }
    void operator()(const change::SlotSet &c) const
    {
        Slot &slot = slotAt(w, c.owner, c.index);
        verify(slot.target == c.before, "slot diverged");
        slot = {c.after, c.label};
    }
    void operator()(const change::SlotsMoved &c) const
    {
        Object &o = at(w, c.owner);
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
    void operator()(const change::LengthSet &c) const
    {
        Object &o = at(w, c.owner);
        verify(o.slotsLength == c.before && c.after <= o.slotsCapacity, "slot count diverged");
        o.slotsLength = c.after;
    }
    void operator()(const change::SlotsShifted &c) const
    {
        Object &o = at(w, c.owner);
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
    void operator()(const change::SlotsReversed &c) const
    {
        Object &o = at(w, c.owner);
        verify(c.from + c.count <= o.slotsCapacity, "reversal outside the region");
        const auto base = w.slots.begin() + o.slotsBegin + c.from;
        std::reverse(base, base + c.count);
    }
    void operator()(const change::ValueSet &c) const
    {
        Object &o = at(w, c.object);
        verify(o.value == c.before, "value diverged");
        o.value = c.after;
    }
    void operator()(const change::BufferSet &c) const
    {
        Object &o = at(w, c.object);
        verify(o.bufferSize == c.sizeBefore, "buffer diverged");
        o.bufferSize = c.sizeAfter;
        o.buffer = Address(c.address);
    }
    void operator()(const change::SizeSet &c) const
    {
        Object &o = at(w, c.object);
        verify(o.size == c.before, "size diverged");
        o.size = c.after;
    }
    void operator()(const change::FlagsSet &c) const
    {
        Object &o = at(w, c.object);
        verify(o.flags == c.before, "flags diverged");
        count(w, o, -1);
        o.flags = c.after;
        count(w, o, 1);
    }
    void operator()(const change::TypeSet &c) const
    {
        Object &o = at(w, c.object);
        verify(o.type == c.before, "type diverged");
        o.type = c.after;
    }
    void operator()(const change::WeakrefsSet &c) const
    {
        Object &o = at(w, c.object);
        verify(o.weakrefs == c.before, "weak reference list diverged");
        o.weakrefs = c.after;
    }

    void operator()(const change::GcMoved &c) const
    {
        Object &o = at(w, c.object);
        verify(o.gcList == c.before, "collector list diverged");
        if (c.before != GcListId::None)
            unlink(w, c.object);
        if (c.after != GcListId::None)
            append(w, c.object, c.after);
        o.gcList = c.after;
    }
    void operator()(const change::GcListMerged &c) const
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
    void operator()(const change::GcRefsSet &c) const
    {
        Object &o = at(w, c.object);
        verify(o.gcRefs == c.before, "gc_refs diverged");
        o.gcRefs = c.after;
    }
    void operator()(const change::GcCountSet &c) const
    {
        verify(w.gc.count.at(c.generation) == c.before, "generation count diverged");
        w.gc.count[c.generation] = c.after;
    }
    void operator()(const change::GcThresholdSet &c) const
    {
        verify(w.gc.threshold.at(c.generation) == c.before, "threshold diverged");
        w.gc.threshold[c.generation] = c.after;
    }
    void operator()(const change::GcModeSet &c) const
    {
        w.gc.collections += c.collecting && !w.gc.collecting;
        w.gc.enabled = c.enabled;
        w.gc.collecting = c.collecting;
    }
    void operator()(const change::LongLivedSet &c) const
    {
        w.gc.longLivedTotal = c.total;
        w.gc.longLivedPending = c.pending;
    }
    void operator()(const change::CollectionCost &c) const
    {
        GcCosts &costs = w.gc.costs;
        costs.visits += c.visits;
        costs.bytesMoved += c.bytesMoved;
        costs.lastPause = c.visits;
        costs.longestPause = std::max(costs.longestPause, c.visits);
        ++costs.pauses;
    }
    void operator()(const change::IncrementalSet &c) const
    {
        w.gc.visitedSpace = c.visitedSpace;
        w.gc.marking = c.marking;
        w.gc.workToDo = c.workToDo;
    }
    void operator()(const change::GcMarked &c) const
    {
        Object &o = at(w, c.object);
        verify(o.mark() == c.before, "mark diverged");
        o.gcRefs = static_cast<std::int32_t>(c.after);
    }

    void operator()(const change::SpaceUsed &c) const
    {
        Space &space = w.spaces[c.space];
        verify(space.used == c.before && c.after <= space.size, "the top of a space diverged");
        space.used = c.after;
    }
    void operator()(const change::SpaceResized &c) const
    {
        Space &space = w.spaces[c.space];
        verify(space.size == c.before, "the size of a space diverged");
        space.base = baseOf(c.space);
        space.size = c.after;
    }
    void operator()(const change::SpacesFlipped &c) const
    {
        verify(w.spaces.active == c.before, "the spaces diverged");
        w.spaces.active = c.after;
    }
    void operator()(const change::ScanMoved &c) const
    {
        verify(w.spaces.scan == c.before, "the scan pointer diverged");
        w.spaces.scan = c.after;
    }
    Relocation &relocation(ObjectId id) const
    {
        if (w.spaces.relocations.size() <= id.value)
            w.spaces.relocations.resize(std::size_t(id.value) + 1);
        return w.spaces.relocations[id.value];
    }
    void operator()(const change::ForwardingSet &c) const { relocation(c.object).forwarding = c.to; }
    void operator()(const change::ObjectMoved &c) const
    {
        Object &o = at(w, c.object);
        verify(o.address == c.before, "address diverged");
        Relocation &r = relocation(c.object);
        if (r.moves++ == 0)
            r.first = c.before;
        r.previous = c.before;
        r.forwarding = Address();
        o.address = c.after;
    }
    void operator()(const change::BufferMoved &c) const
    {
        Object &o = at(w, c.object);
        verify(o.buffer == c.before, "second block diverged");
        o.buffer = c.after;
    }
    void operator()(const change::Remembered &c) const { w.spaces.remembered.push_back(c.object); }
    void operator()(const change::RememberedForgotten &c) const
    {
        verify(w.spaces.remembered.size() == c.count, "the remembered set diverged");
        w.spaces.remembered.clear();
    }

    void operator()(const change::FramePushed &c) const { w.stack.push_back({c.frame, c.code, c.line}); }
    void operator()(const change::FramePopped &c) const
    {
        verify(!w.stack.empty() && w.stack.back().frame == c.frame, "call stack diverged");
        w.stack.pop_back();
    }
    void operator()(const change::LineReached &c) const
    {
        verify(!w.stack.empty() && w.stack.back().frame == c.frame && w.stack.back().line == c.before, "line diverged");
        w.stack.back().line = c.after;
    }
    void operator()(const change::GlobalsSet &c) const
    {
        verify(w.globals == c.before, "globals diverged");
        w.globals = c.after;
    }
    void operator()(const change::Printed &c) const { w.output.push_back(c.text); }
    void operator()(const change::Noticed &) const {}
};

} // namespace

namespace {

using FromRecord = void (*)(World &, const ChangeLog &, const ChangeLog::Record &);

template <std::size_t... kIndex>
constexpr auto fromRecords(std::index_sequence<kIndex...>)
{
    return std::array<FromRecord, sizeof...(kIndex)>{[](World &world, const ChangeLog &log, const ChangeLog::Record &record) {
        Redo{world}(log.decoded<std::variant_alternative_t<kIndex, Change>>(record));
    }...};
}

} // namespace

void redo(World &world, const Change &change)
{
    std::visit(Redo{world}, change);
}

namespace {

// Heaps of long recordings are larger than the caches, and their records say early where the next changes will be.
void prefetch(const HeapState &heap, const ChangeLog &log, std::uint32_t index)
{
    const ChangeLog::Record &record = log.record(index);
    PoolId pool;
    std::uint32_t offset = 0;
    switch (ChangeLog::kindOf(record)) {
    case kChangeIndex<change::BlockTaken>: {
        const auto taken = log.decoded<change::BlockTaken>(record);
        pool = taken.pool, offset = taken.offset;
        break;
    }
    case kChangeIndex<change::BlockFreed>: {
        const auto freed = log.decoded<change::BlockFreed>(record);
        pool = freed.pool, offset = freed.offset;
        break;
    }
    default: return;
    }
    const std::size_t at = heap.blockIndex(pool, offset);
    if (at < heap.blocks.size()) {
        __builtin_prefetch(&heap.blocks[at], 1);
        __builtin_prefetch(&heap.blockStates[at], 1);
        __builtin_prefetch(&heap.pools[pool.value], 1);
    }
}

} // namespace

void redo(World &world, const ChangeLog &log, std::uint32_t begin, std::uint32_t end)
{
    constexpr std::uint32_t kAhead = 16;
    static constexpr auto kFromRecords = fromRecords(std::make_index_sequence<std::variant_size_v<Change>>());
    for (std::uint32_t i = begin; i < end; ++i) {
        const ChangeLog::Record &record = log.record(i);
        if (i + kAhead < end)
            prefetch(world.heap, log, i + kAhead);
        switch (ChangeLog::kindOf(record)) {
        case kChangeIndex<change::BlockTaken>: redoChange(world.heap, log.decoded<change::BlockTaken>(record)); break;
        case kChangeIndex<change::BlockFreed>: redoChange(world.heap, log.decoded<change::BlockFreed>(record)); break;
        default: kFromRecords[ChangeLog::kindOf(record) & ~ChangeLog::kLong](world, log, record); break;
        }
    }
}

} // namespace pyrena
