#include "core/explain/explain.h"

#include "core/explain/phrase.h"

#include <algorithm>

namespace pyrena {

namespace {

constexpr std::uint32_t kDictEntrySlots = 2;   // a dict's slots are key, value, key, value ...

struct Sentence
{
    const Trace &trace;

    std::string name(ObjectId id) const { return id && id == trace.initial.globals ? phrase("globals") : trace.label(id); }
    TypeKind kind(ObjectId id) const { return id.value < trace.objects.size() ? trace.objects[id.value].kind : TypeKind::Runtime; }

    // "block at +112 of pool 2 (arena 0)"
    static std::string pool(PoolId id)
    {
        return phrase("pool %1 (arena %2)", {std::to_string(id.value % kPoolsPerArena), std::to_string(id.value / kPoolsPerArena)});
    }
    static std::string block(PoolId id, std::uint32_t offset)
    {
        return phrase("block at +%1 of %2", {std::to_string(offset), pool(id)});
    }
    static std::string arena(ArenaSlot slot) { return phrase("arena %1", {std::to_string(slot.value)}); }
    static std::string raw(RawBlockId id) { return phrase("raw block %1", {std::to_string(id.value)}); }
    static std::string bytes(std::uint64_t count)
    {
        return count == 1 ? phrase("1 byte") : phrase("%1 bytes", {number(static_cast<std::int64_t>(count))});
    }
    std::uint32_t classBytes(std::uint32_t sizeClass) const { return (sizeClass + 1) * trace.profile->allocator.alignment; }
    std::uint32_t rounded(std::uint32_t request) const
    {
        const std::uint32_t alignment = std::max(trace.profile->allocator.alignment, 1u);
        return (std::max(request, 1u) + alignment - 1) / alignment * alignment;
    }
    std::string tenant(Tenant t) const
    {
        switch (t.kind()) {
        case TenantKind::None: return phrase("nobody");
        case TenantKind::Object: return name(t.object());
        case TenantKind::Items: return phrase("the items of %1", {name(t.object())});
        case TenantKind::Keys: return phrase("the table of %1", {name(t.object())});
        case TenantKind::Values: return phrase("the values of %1", {name(t.object())});
        case TenantKind::Runtime: return phrase("the interpreter");
        case TenantKind::Recorded: return phrase("recorded block %1", {std::to_string(t.number())});
        }
        return {};
    }
    static std::string mark(GcMark mark)
    {
        switch (mark) {
        case GcMark::White: return phrase("white: not reached");
        case GcMark::Grey: return phrase("grey: reached, what it refers to not yet looked at");
        case GcMark::Black: return phrase("black: reached, and all it refers to seen");
        }
        return {};
    }
    std::string space(SpaceId id) const
    {
        switch (id) {
        case SpaceId::None: return phrase("no space");
        case SpaceId::Nursery: return phrase("the nursery");
        case SpaceId::A: return trace.profile->collector.manager == Manager::MarkCompact ? phrase("the heap") : phrase("half-space A");
        case SpaceId::B: return phrase("half-space B");
        }
        return {};
    }
    std::string list(GcListId id) const
    {
        if (trace.profile->collector.manager == Manager::Incremental && (id == GcListId::Generation1 || id == GcListId::Generation2))
            return id == GcListId::Generation1 ? phrase("the old generation, space 0") : phrase("the old generation, space 1");
        switch (id) {
        case GcListId::None: return phrase("no list");
        case GcListId::Generation0: return phrase("generation 0");
        case GcListId::Generation1: return phrase("generation 1");
        case GcListId::Generation2: return phrase("generation 2");
        case GcListId::Permanent: return phrase("the permanent generation");
        case GcListId::Unreachable: return phrase("the unreachable list");
        case GcListId::Finalizers: return phrase("the list of legacy finalizers");
        case GcListId::StillUnreachable: return phrase("the list of what is still unreachable");
        case GcListId::Reachable: return phrase("the list of what is reachable and not yet looked into");
        case GcListId::Increment: return phrase("the increment, which this collection examines");
        }
        return {};
    }
    // What a slot is called when only the trace is known.
    std::string slot(ObjectId owner, std::uint32_t index, TextId label) const
    {
        const bool labelled = label && label != kBorrowed;
        if (labelled && (owner == trace.initial.globals))
            return phrase("the name %1", {trace.text(label)});
        switch (kind(owner)) {
        case TypeKind::Frame:
            return labelled ? phrase("the local %1", {trace.text(label)}) : phrase("a value stack entry");
        case TypeKind::List: case TypeKind::Tuple: return name(owner) + '[' + std::to_string(index) + ']';
        case TypeKind::Set: case TypeKind::FrozenSet: return phrase("item %1 of %2", {std::to_string(index), name(owner)});
        case TypeKind::Dict:
            if (labelled)
                return name(owner) + '[' + trace.text(label) + ']';
            return index % kDictEntrySlots == 0 ? phrase("the key of entry %1 of %2", {std::to_string(index / kDictEntrySlots), name(owner)})
                                                : phrase("entry %1 of %2", {std::to_string(index / kDictEntrySlots), name(owner)});
        case TypeKind::Cell: return phrase("the content of %1", {name(owner)});
        default:
            return labelled ? name(owner) + '.' + trace.text(label) : phrase("slot %1 of %2", {std::to_string(index), name(owner)});
        }
    }

    // ---- obmalloc
    std::string operator()(const change::ArenaSlotsGrown &c) const
    {
        return phrase("room for %1 arena descriptors instead of %2", {std::to_string(c.after), std::to_string(c.before)});
    }
    std::string operator()(const change::ArenaMade &c) const
    {
        return phrase("%1 reserved at %2: %3 from the operating system",
                      {arena(c.slot), toHex(c.address), bytes(trace.profile->allocator.arenaSize)});
    }
    std::string operator()(const change::ArenaReleased &c) const
    {
        return phrase("%1 goes back to the operating system: all its pools were free", {arena(c.slot)});
    }
    std::string operator()(const change::ArenaLinked &c) const { return phrase("%1 joins usable_arenas", {arena(c.slot)}); }
    std::string operator()(const change::ArenaUnlinked &c) const { return phrase("%1 leaves usable_arenas", {arena(c.slot)}); }
    std::string operator()(const change::PoolTaken &c) const
    {
        return c.carved ? phrase("%1 taken: it was never touched", {pool(c.pool)})
                        : phrase("%1 taken from its arena's free pools", {pool(c.pool)});
    }
    std::string operator()(const change::PoolReturned &c) const
    {
        return phrase("%1 is empty and goes to its arena's free pools", {pool(c.pool)});
    }
    std::string operator()(const change::PoolInitialised &c) const
    {
        return phrase("%1 set up for size class %2", {pool(c.pool), std::to_string(classBytes(c.classAfter))});
    }
    std::string operator()(const change::PoolLinked &c) const
    {
        return phrase("%1 joins usedpools for size class %2", {pool(c.pool), std::to_string(classBytes(c.sizeClass))});
    }
    std::string operator()(const change::PoolUnlinked &c) const
    {
        return phrase("%1 leaves usedpools for size class %2", {pool(c.pool), std::to_string(classBytes(c.sizeClass))});
    }
    std::string operator()(const change::BlockTaken &c) const
    {
        return phrase("%1 taken: size class %2, %3 asked", {block(c.pool, c.offset), std::to_string(rounded(c.request)), bytes(c.request)});
    }
    std::string operator()(const change::BlockFreed &c) const
    {
        return phrase("%1 freed: it is now the head of its pool's free chain", {block(c.pool, c.offset)});
    }
    std::string operator()(const change::BlockResized &c) const
    {
        return phrase("%1 is resized in place: %2 asked instead of %3",
                      {block(c.pool, c.offset), bytes(c.requestAfter), std::to_string(c.requestBefore)});
    }
    std::string operator()(const change::TenantSet &c) const
    {
        return phrase("%1 now holds %2", {block(c.pool, c.offset), tenant(c.after)});
    }
    std::string operator()(const change::RawTaken &c) const
    {
        return phrase("%1 taken for %2: %3 asked", {raw(c.block), tenant(c.tenant), bytes(c.request)});
    }
    std::string operator()(const change::RawFreed &c) const { return phrase("%1 freed", {raw(c.block)}); }
    std::string operator()(const change::RawSplit &c) const
    {
        return phrase("%1 is cut to %2; the rest is %3", {raw(c.block), bytes(c.size), raw(c.rest)});
    }
    std::string operator()(const change::RawMerged &c) const
    {
        return phrase("%1 absorbs its free neighbour, %2", {raw(c.block), raw(c.gone)});
    }
    std::string operator()(const change::RawHeapGrown &c) const { return phrase("the raw heap grows by %1", {bytes(c.bytes)}); }
    std::string operator()(const change::RawResized &c) const
    {
        return phrase("%1 is resized in place: %2 asked instead of %3", {raw(c.block), bytes(c.requestAfter), number(std::int64_t(c.requestBefore))});
    }

    std::string operator()(const change::RawTenantSet &c) const { return phrase("%1 now holds %2", {raw(c.block), tenant(c.after)}); }

    // ---- objects
    std::string operator()(const change::ObjectBorn &c) const
    {
        if (c.size == 0 || c.address == 0)
            return phrase("%1 is made, without memory of its own", {name(c.object)});
        return phrase("%1 is made: %2 at %3", {name(c.object), bytes(c.size), toHex(Address(c.address))});
    }
    std::string operator()(const change::ObjectDied &c) const
    {
        if (!trace.profile->collector.counts())
            return phrase("%1 dies: no root reaches it", {name(c.object)});
        return c.freeListed ? phrase("%1 dies: its count reached 0; its block is kept on a free list", {name(c.object)})
                            : phrase("%1 dies: its count reached 0", {name(c.object)});
    }
    std::string operator()(const change::RefcountChanged &c) const
    {
        return phrase("count of %1 goes from %2 to %3", {name(c.object), std::to_string(c.before), std::to_string(c.after)});
    }
    std::string operator()(const change::SlotSet &c) const
    {
        const std::string place = slot(c.owner, c.index, c.label);
        if (!c.after)
            return c.before ? phrase("%1 no longer refers to %2", {place, name(c.before)}) : phrase("%1 is empty", {place});
        return c.before ? phrase("%1 now refers to %2 instead of %3", {place, name(c.after), name(c.before)})
                        : phrase("%1 now refers to %2", {place, name(c.after)});
    }
    std::string operator()(const change::SlotsMoved &c) const
    {
        return c.capacityAfter == 0 ? phrase("%1 gives up its slots", {name(c.owner)})
                                    : phrase("%1 has room for %2 references instead of %3",
                                             {name(c.owner), std::to_string(c.capacityAfter), std::to_string(c.capacityBefore)});
    }
    std::string operator()(const change::LengthSet &c) const
    {
        return phrase("length of %1 goes from %2 to %3", {name(c.owner), number(c.before), number(c.after)});
    }
    std::string operator()(const change::SlotsShifted &c) const
    {
        return phrase("%1 of the references of %2 move from place %3 to place %4",
                      {number(c.count), name(c.owner), number(c.from), number(c.to)});
    }
    std::string operator()(const change::SlotsReversed &c) const
    {
        return phrase("%1 references of %2 change their order, last to first", {number(c.count), name(c.owner)});
    }
    std::string operator()(const change::ValueSet &c) const { return phrase("the value inside %1 changes", {name(c.object)}); }
    std::string operator()(const change::BufferSet &c) const
    {
        if (c.sizeAfter == 0)
            return phrase("%1 gives its second block back", {name(c.object)});
        return c.sizeBefore == 0 ? phrase("%1 gets a second block of %2", {name(c.object), bytes(c.sizeAfter)})
                                 : phrase("the second block of %1 is now of %2 instead of %3",
                                          {name(c.object), bytes(c.sizeAfter), number(c.sizeBefore)});
    }
    std::string operator()(const change::SizeSet &c) const
    {
        return phrase("%1 grows where it is: nobody else refers to it. It is now of %2 instead of %3",
                      {name(c.object), bytes(c.after), number(c.before)});
    }
    std::string operator()(const change::FlagsSet &c) const
    {
        const unsigned gained = c.after & ~unsigned(c.before);
        const auto has = [gained](ObjectFlag flag) { return (gained & static_cast<unsigned>(flag)) != 0; };
        if (has(ObjectFlag::Immortal))
            return phrase("%1 becomes immortal: its count no longer moves", {name(c.object)});
        if (has(ObjectFlag::Finalized))
            return phrase("%1 is marked as finalized: __del__ never runs twice", {name(c.object)});
        if (has(ObjectFlag::Materialized))
            return phrase("%1 now has a __dict__ of its own", {name(c.object)});
        if (has(ObjectFlag::Interned))
            return phrase("%1 is interned: equal names share it", {name(c.object)});
        return phrase("the flags of %1 change", {name(c.object)});
    }
    std::string operator()(const change::TypeSet &c) const
    {
        return phrase("the class of %1 is now %2", {name(c.object), name(c.after)});
    }
    std::string operator()(const change::WeakrefsSet &c) const
    {
        return c.after ? phrase("%1 is watched by %2", {name(c.object), name(c.after)})
                       : phrase("no weak reference watches %1 any more", {name(c.object)});
    }

    // ---- collector
    std::string operator()(const change::GcMoved &c) const
    {
        if (c.before == GcListId::None)
            return phrase("%1 is tracked: it joins %2", {name(c.object), list(c.after)});
        if (c.after == GcListId::None)
            return phrase("%1 is no longer tracked: it leaves %2", {name(c.object), list(c.before)});
        return phrase("%1 moves from %2 to %3", {name(c.object), list(c.before), list(c.after)});
    }
    std::string operator()(const change::GcListMerged &c) const
    {
        return phrase("all of %1 is appended to %2", {list(c.from), list(c.to)});
    }
    std::string operator()(const change::GcRefsSet &c) const
    {
        return phrase("gc_refs of %1 goes from %2 to %3", {name(c.object), std::to_string(c.before), std::to_string(c.after)});
    }
    std::string operator()(const change::GcCountSet &c) const
    {
        if (!trace.profile->collector.counts())
            return c.generation == 0 ? phrase("bytes handed out since the heap was last clean: %1", {number(c.after)})
                                     : phrase("bytes behind the nursery: %1", {number(c.after)});
        return phrase("count of generation %1 goes from %2 to %3",
                      {std::to_string(c.generation), std::to_string(c.before), std::to_string(c.after)});
    }
    std::string operator()(const change::GcThresholdSet &c) const
    {
        if (!trace.profile->collector.counts())
            return phrase("the next collection comes at %1 instead of %2", {bytes(std::uint64_t(c.after)), number(c.before)});
        return phrase("threshold of generation %1 goes from %2 to %3",
                      {std::to_string(c.generation), std::to_string(c.before), std::to_string(c.after)});
    }
    std::string operator()(const change::GcModeSet &c) const
    {
        if (c.collecting)
            return phrase("a collection begins");
        return c.enabled ? phrase("the collector is enabled and at rest") : phrase("the collector is disabled");
    }
    std::string operator()(const change::LongLivedSet &c) const
    {
        return phrase("long-lived objects: %1, waiting for a full collection: %2", {number(c.total), number(c.pending)});
    }
    std::string operator()(const change::CollectionCost &c) const
    {
        return c.bytesMoved == 0 ? phrase("the program waited for %1 visits", {number(std::int64_t(c.visits))})
                                 : phrase("the program waited for %1 visits and %2 moved",
                                          {number(std::int64_t(c.visits)), bytes(c.bytesMoved)});
    }
    std::string operator()(const change::IncrementalSet &c) const
    {
        return phrase(c.marking ? "old space %1 is where visited objects go; the next increment marks from the roots; work to do: %2"
                                : "old space %1 is where visited objects go; the next increment collects; work to do: %2",
                      {std::to_string(c.visitedSpace), number(c.workToDo)});
    }
    std::string operator()(const change::GcMarked &c) const
    {
        return c.after == GcMark::White ? phrase("the mark of %1 is taken off for the next collection", {name(c.object)})
                                        : phrase("%1 becomes %2", {name(c.object), mark(c.after)});
    }

    // ---- managers that move objects
    std::string operator()(const change::SpaceUsed &c) const
    {
        if (c.after == 0)
            return phrase("%1 is empty: all of it is free at once", {space(c.space)});
        return c.after > c.before ? phrase("%1 of %2 are handed out at its top", {bytes(c.after - c.before), space(c.space)})
                                  : phrase("the top of %1 falls by %2", {space(c.space), bytes(c.before - c.after)});
    }
    std::string operator()(const change::SpaceResized &c) const
    {
        return c.before == 0 ? phrase("%1 of %2 is set up at %3", {space(c.space), bytes(c.after), toHex(baseOf(c.space))})
                             : phrase("the size of %1 is now %2 instead of %3", {space(c.space), bytes(c.after), number(std::int64_t(c.before))});
    }
    std::string operator()(const change::SpacesFlipped &c) const
    {
        return c.before == SpaceId::None ? phrase("objects are made in %1", {space(c.after)})
                                         : phrase("the half-spaces change roles: objects are now in %1", {space(c.after)});
    }
    std::string operator()(const change::ScanMoved &c) const
    {
        if (!c.after)
            return phrase("the scan pointer has met the top: nothing is grey");
        return phrase("the scan pointer is at %1: copies behind it are done", {toHex(c.after)});
    }
    std::string operator()(const change::ForwardingSet &c) const
    {
        return phrase("%1 will be at %2", {name(c.object), toHex(c.to)});
    }
    std::string operator()(const change::ObjectMoved &c) const
    {
        return phrase("%1 moves from %2 to %3: its id changes", {name(c.object), toHex(c.before), toHex(c.after)});
    }
    std::string operator()(const change::BufferMoved &c) const
    {
        return phrase("the second block of %1 moves to %2", {name(c.object), toHex(c.after)});
    }
    std::string operator()(const change::Remembered &c) const
    {
        return phrase("%1 is remembered: it is old and now refers to something in the nursery", {name(c.object)});
    }
    std::string operator()(const change::RememberedForgotten &c) const
    {
        return phrase("the remembered set of %1 is empty again: nothing young is left", {number(c.count)});
    }

    // ---- the running program
    std::string operator()(const change::FramePushed &c) const
    {
        const std::string &code = c.code.value < trace.codes.size() ? trace.text(trace.codes[c.code.value].name) : trace.text({});
        if (code.empty())
            return phrase("a frame is pushed onto the call stack");
        return trace.profile->objects.framesAreObjects
            ? phrase("the frame of %1 is pushed onto the call stack", {code})
            : phrase("the frame of %1 is pushed onto the call stack: it lies in the data stack and takes no block", {code});
    }
    std::string operator()(const change::FramePopped &) const { return phrase("the innermost frame leaves the call stack"); }
    std::string operator()(const change::LineReached &c) const { return phrase("line %1 is reached", {std::to_string(c.after)}); }
    std::string operator()(const change::GlobalsSet &c) const
    {
        return c.after ? phrase("%1 holds the names of the module", {trace.label(c.after)}) : phrase("the names of the module are gone");
    }
    std::string operator()(const change::Printed &c) const
    {
        std::string text = trace.text(c.text);
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return text.empty() ? phrase("a new line is printed") : phrase("printed: %1", {text});
    }
    std::string operator()(const change::Noticed &c) const
    {
        using change::NoticeKind;
        switch (c.what) {
        case NoticeKind::StaysAlive: return phrase("%1 stays alive: its count is not 0", {name(c.object)});
        case NoticeKind::NameLookedUp: return phrase("the name %1 refers to %2", {trace.text(c.text), name(c.object)});
        case NoticeKind::ImmortalCount: return phrase("%1 is immortal: its count does not move", {name(c.object)});
        case NoticeKind::SameObject: return phrase("%1 is used again: no new object is made", {name(c.object)});
        case NoticeKind::ServedByRaw:
            return phrase("%1 are too much for a pool: the raw heap serves the request", {bytes(std::uint64_t(c.number))});
        case NoticeKind::FreeListHit: return phrase("the memory of %1 comes from a free list", {name(c.object)});
        case NoticeKind::CollectionResult:
            return c.number == 1 ? phrase("gc.collect() returns 1: one unreachable object was found")
                                 : phrase("gc.collect() returns %1: so many unreachable objects were found", {number(c.number)});
        case NoticeKind::Raised:
            return trace.text(c.text).empty() ? phrase("%1 is raised", {name(c.object)}) : phrase("raised: %1", {trace.text(c.text)});
        case NoticeKind::Called: return phrase("%1 is called", {trace.text(c.text)});
        case NoticeKind::Compared:
            return c.number ? phrase("%1 is true", {trace.text(c.text)}) : phrase("%1 is false", {trace.text(c.text)});
        case NoticeKind::PointersUpdated:
            return c.number == 1 ? phrase("one reference of %1 is rewritten to where its target will be", {name(c.object)})
                                 : phrase("%2 references of %1 are rewritten to where their targets will be", {name(c.object), number(c.number)});
        case NoticeKind::LookedAt: return phrase("the collector looks at %1: there is nothing to change", {name(c.object)});
        case NoticeKind::RecordingMark: return phrase("mark %1 of the recording", {number(c.number)});
        case NoticeKind::Plain: return trace.text(c.text).empty() ? phrase("noted") : phrase(trace.text(c.text).c_str());
        }
        return {};
    }
};

} // namespace

std::string explainChange(const Trace &trace, std::uint32_t index)
{
    if (index >= trace.changeCount())
        return phrase("the recording ends here");
    return std::visit(Sentence{trace}, trace.change(index));
}

} // namespace pyrena
