#include "ui/figures/objects/places.h"

#include "core/trace/redo.h"

#include <algorithm>

// The first pass over a trace: who holds whom first, and how tall everything gets.
namespace pyrena::objects {

struct Places::Watch
{
    Places &p;
    World world;
    std::uint32_t at = 0;                                     // the change that is being looked at
    std::unordered_map<std::uint32_t, ObjectId> instanceOf{};   // of a __dict__ drawn as part of it
    std::vector<ObjectId> fresh{};                              // seen for the first time, not yet followed

    bool hasRows(ObjectId id) const
    {
        return id && world.contains(id) && id != kRuntime && world.object(id).kind != TypeKind::Frame;
    }

    // Something visible refers to it: from now on what it holds is visible too.
    Seen &met(ObjectId id)
    {
        Seen &seen = p.m_seen[id.value];
        if (seen.from == ObjectInfo::kNever) {
            seen.from = at;
            fresh.push_back(id);
        }
        return seen;
    }

    void followFresh()
    {
        while (!fresh.empty()) {
            const ObjectId id = fresh.back();
            fresh.pop_back();
            rowsOf(id);
        }
    }

    // Nothing but a value stack leads to it, as far as the run has come.
    bool inPassing(ObjectId id) const
    {
        constexpr int kMostHolders = 8;
        for (int i = 0; i < kMostHolders && id != world.globals && world.object(id).kind != TypeKind::Frame; ++i) {
            const Seen &seen = p.m_seen[id.value];
            if (!seen.holder)
                return static_cast<bool>(seen.stackHolder);
            id = seen.holder;
        }
        return false;
    }

    void held(ObjectId target, ObjectId holder, int row)
    {
        if (!p.m_rules.canBeNode(world, target) || target == holder)
            return;
        Seen &seen = met(target);
        // A name in globals outlives the call through which an object was first seen: __init__'s self becomes a.
        // So does any name what is held only by what a value stack holds: an item of the list that a loop walks through.
        const bool lasting = seen.holder
            && ((holder == world.globals && world.object(seen.holder).kind == TypeKind::Frame)
                || ((holder == world.globals || world.object(holder).kind == TypeKind::Frame) && inPassing(seen.holder)));
        if ((!seen.holder || lasting) && row >= 0) {
            seen.holder = holder;
            seen.row = row;
        }
    }

    void rowsOf(ObjectId owner)
    {
        if (owner == world.globals) {
            p.m_rules.forEachName(world, [&](const Entry &entry, TextId name) {
                const auto known = p.m_names.emplace(name.value, static_cast<int>(p.m_names.size())).first;
                held(entry.target, owner, std::min(known->second, kMaxNames));
                return true;
            });
            return;
        }
        const auto part = instanceOf.find(owner.value);
        const ObjectId box = part == instanceOf.end() ? owner : part->second;
        if (!hasRows(box))
            return;
        int rows = 0;
        const bool visible = p.m_seen[box.value].from != ObjectInfo::kNever;
        p.m_rules.forEachRow(world, box, [&](const Entry &entry) {
            if (visible && !entry.weak && entry.target && world.contains(entry.target) && !p.m_rules.quiet(world, box, entry.target))
                held(entry.target, box, rows);
            return ++rows < kMaxRows;
        });
        Seen &seen = p.m_seen[box.value];
        seen.rows = std::max(seen.rows, static_cast<std::int16_t>(rows));
    }

    void frame(ObjectId id)
    {
        int locals = 0;
        bool stack = false;
        p.m_rules.forEachLocal(world, id, [&](const Entry &entry) {
            if (entry.stack) {
                stack = true;
                if (p.m_rules.canBeNode(world, entry.target) && p.m_rules.shownOnStack(world, entry.target)) {
                    Seen &seen = met(entry.target);
                    if (!seen.stackHolder)
                        seen.stackHolder = id;
                }
            } else {
                if (entry.target)
                    held(entry.target, id, std::min(locals, kMaxNames));
                ++locals;
            }
            return true;
        });
        Seen &seen = p.m_seen[id.value];
        seen.rows = std::max(seen.rows, static_cast<std::int16_t>(std::min(locals, kMaxNames)));
        p.m_places[id.value].stack |= stack;
    }

    void touched(ObjectId owner, std::uint32_t index)
    {
        const Object &o = world.object(owner);
        if (o.kind == TypeKind::Frame) {
            frame(owner);
            return;
        }
        // Beyond what any box shows, except in a namespace; a long list grows without being walked each time.
        const bool sequence = o.kind == TypeKind::List || o.kind == TypeKind::Tuple;
        if (owner == kRuntime || (sequence && index > kMaxRows))
            return;
        if (o.kind == TypeKind::Dict && owner != world.globals && index > 64)
            return;
        rowsOf(owner);
    }

    void push(ObjectId frameId, std::uint32_t at)
    {
        if (world.stack.size() == 1) {
            p.m_moduleFrame = frameId;
            return;
        }
        const auto known = p.m_callOf.find(frameId.value);
        if (known != p.m_callOf.end()) {
            p.m_calls[known->second].to = ObjectInfo::kNever;
            return;
        }
        p.m_callOf.emplace(frameId.value, p.m_calls.size());
        p.m_calls.push_back({at, ObjectInfo::kNever, frameId, world.stack[world.stack.size() - 2].frame});
    }

    void operator()(const change::SlotSet &c)
    {
        if (p.m_rules.isDictLabel(c.label) && p.m_rules.dictPartOf(world, c.owner) == c.after && c.after)
            instanceOf[c.after.value] = c.owner;
        if (c.before && world.object(c.owner).kind == TypeKind::Frame)
            p.m_seen[c.before.value].stackUntil = at;
        if (c.after)
            touched(c.owner, c.index);
    }
    void operator()(const change::LengthSet &c)
    {
        if (c.after > c.before)
            touched(c.owner, c.before);
    }
    void operator()(const change::SlotsShifted &c) { touched(c.owner, std::min(c.from, c.to)); }
    void operator()(const change::SlotsReversed &c) { touched(c.owner, c.from); }
    void operator()(const change::GlobalsSet &) { rowsOf(world.globals); }
    void operator()(const change::ValueSet &c)
    {
        if (hasRows(c.object))
            rowsOf(c.object);   // the referent of a weak reference
    }
    template <class C> void operator()(const C &) {}
};

void Places::observe()
{
    Watch watch{*this, m_trace.initial};
    World &world = watch.world;
    for (std::uint32_t i = 0; i < world.objects.size(); ++i) {
        const Object &o = world.objects[i];
        if (!o.alive() || o.slotsLength == 0 || o.has(ObjectFlag::Static) || o.has(ObjectFlag::Hidden))
            continue;
        if (const ObjectId part = m_rules.dictPartOf(world, ObjectId(i)))
            watch.instanceOf[part.value] = ObjectId(i);
        watch.rowsOf(ObjectId(i));
    }
    if (world.globals)
        watch.rowsOf(world.globals);
    for (std::size_t i = 0; i < world.stack.size(); ++i) {
        if (i == 0)
            m_moduleFrame = world.stack[0].frame;
        else if (m_callOf.emplace(world.stack[i].frame.value, m_calls.size()).second)
            m_calls.push_back({0, ObjectInfo::kNever, world.stack[i].frame, world.stack[i - 1].frame});
        watch.frame(world.stack[i].frame);
    }
    watch.followFresh();
    for (std::uint32_t i = 0; i < m_trace.changeCount(); ++i) {
        const Change &change = m_trace.change(i);
        redo(world, change);
        watch.at = i;
        if (const auto *pushed = std::get_if<change::FramePushed>(&change)) {
            watch.push(pushed->frame, i);
            watch.frame(pushed->frame);
        } else if (const auto *popped = std::get_if<change::FramePopped>(&change)) {
            const auto known = m_callOf.find(popped->frame.value);
            if (known != m_callOf.end())
                m_calls[known->second].to = i;
        } else {
            std::visit(watch, change);
        }
        watch.followFresh();
    }
    m_globals = world.globals;
    m_globalsStack = m_moduleFrame && m_places[m_moduleFrame.value].stack;
}

} // namespace pyrena::objects
