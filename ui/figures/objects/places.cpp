#include "ui/figures/objects/places.h"

#include "core/trace/redo.h"

#include <algorithm>
#include <cmath>

namespace pyrena::objects {

double columnLeft(int column)
{
    return column == 0 ? 0 : kFrameWidth + kColumnGap + (column - 1) * (kNodeWidth + kColumnGap);
}

double columnRight(int column) { return columnLeft(column) + (column == 0 ? kFrameWidth : kNodeWidth); }

double nodeHeight(int rows, int level)
{
    const int details = level >= 4 ? 2 : level >= 3 ? 1 : 0;
    return kHead + rows * kRow + details * kDetail + kFoot;
}

double frameHeight(int rows, bool stack)
{
    return kFrameHead + (rows + (stack ? 1 : 0)) * kNamePitch + kFrameFoot;
}

// ---- the free room of a column --------------------------------------------------------------------------------------

// The begin of the room nearest to `wanted`. Looks at a bounded number of gaps on either side: the last gap is endless.
double Places::Column::claim(double wanted, double height)
{
    constexpr int kGapsLookedAt = 64;
    wanted = std::max(wanted, 0.0);
    double best = -1, bestDistance = 1e18;
    auto consider = [&](std::map<double, double>::iterator gap) {
        if (gap->second - gap->first < height)
            return;
        const double at = std::clamp(wanted, gap->first, gap->second - height);
        if (std::abs(at - wanted) < bestDistance) {
            bestDistance = std::abs(at - wanted);
            best = at;
        }
    };
    const auto above = free.upper_bound(wanted);
    int looked = 0;
    for (auto it = above; it != free.begin() && looked < kGapsLookedAt; ++looked)
        consider(--it);
    looked = 0;
    for (auto it = above; it != free.end() && looked < kGapsLookedAt; ++it, ++looked)
        consider(it);
    if (best < 0)
        consider(std::prev(free.end()));
    const auto gap = std::prev(free.upper_bound(best));
    const double begin = gap->first, end = gap->second;
    free.erase(gap);
    if (best - begin > 0.5)
        free[begin] = best;
    free[best + height] = end;
    return best;
}

void Places::Column::release(double begin, double end)
{
    auto after = free.lower_bound(begin);
    if (after != free.end() && after->first - end < 0.6) {
        end = after->second;
        after = free.erase(after);
    }
    if (after != free.begin()) {
        const auto before = std::prev(after);
        if (begin - before->second < 0.6) {
            before->second = end;
            return;
        }
    }
    free[begin] = end;
}

// ---- first pass: who holds whom first, and how tall everything gets --------------------------------------------------

struct Places::Watch
{
    Places &p;
    World world;
    std::unordered_map<std::uint32_t, ObjectId> instanceOf;   // of a __dict__ drawn as part of it

    bool hasRows(ObjectId id) const
    {
        return id && world.contains(id) && id != kRuntime && world.object(id).kind != TypeKind::Frame;
    }

    void held(ObjectId target, ObjectId holder, int row)
    {
        if (!p.m_rules.canBeNode(world, target) || target == holder)
            return;
        Seen &seen = p.m_seen[target.value];
        if (!seen.holder && row >= 0) {
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
        p.m_rules.forEachRow(world, box, [&](const Entry &entry) {
            if (!entry.weak && entry.target && world.contains(entry.target) && !p.m_rules.quiet(world, box, entry.target))
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
                    Seen &seen = p.m_seen[entry.target.value];
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

Places::Places(const Trace &trace, int level) : m_trace(trace), m_rules(trace, level)
{
    m_places.resize(trace.objects.size());
    m_seen.resize(trace.objects.size());
    observe();
    arrange();
    m_seen = {};
}

void Places::observe()
{
    Watch watch{*this, m_trace.initial, {}};
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
    for (std::uint32_t i = 0; i < m_trace.changeCount(); ++i) {
        const Change &change = m_trace.change(i);
        redo(world, change);
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
    }
    m_globals = world.globals;
    m_globalsStack = m_moduleFrame && m_places[m_moduleFrame.value].stack;
}

// ---- second pass: places, in the order of births ----------------------------------------------------------------------

void Places::arrange()
{
    m_extent = globalsRect();
    m_columns[0].claim(0, m_extent.height() + kFrameGap);
    m_columns[0].free.erase(m_columns[0].free.begin(), std::prev(m_columns[0].free.end()));

    // Births and calls in the order of time.
    struct Event { std::uint32_t at, object; bool call; };
    std::vector<Event> events;
    for (std::uint32_t i = 0; i < m_seen.size(); ++i)
        if (m_seen[i].holder || m_seen[i].stackHolder)
            events.push_back({m_trace.objects[i].bornAt, i, false});
    for (std::uint32_t i = 0; i < m_calls.size(); ++i)
        events.push_back({m_calls[i].from, i, true});
    std::stable_sort(events.begin(), events.end(), [](const Event &a, const Event &b) { return a.at < b.at; });

    for (const Event &event : events) {
        while (!m_expiry.empty() && m_expiry.begin()->first <= event.at) {
            const std::uint32_t id = m_expiry.begin()->second;
            m_expiry.erase(m_expiry.begin());
            const Place &place = m_places[id];
            if (place.column == 0) {
                m_columns[0].release(place.y, place.y + frameHeight(place.rows, place.stack) + kFrameGap);
                --m_frames;
            } else {
                m_columns[std::size_t(place.column)].release(place.y, place.y + nodeHeight(place.rows, level()) + kRowGap);
                --m_alive;
            }
        }
        if (!event.call) {
            placeObject(event.object, event.at, 0);
            continue;
        }
        placeFrame(event.object, 0);
    }
}

void Places::placeFrame(std::size_t callIndex, int depth)
{
    constexpr int kMaxDepth = 64;
    const Call &call = m_calls[callIndex];
    Place &place = m_places[call.frame.value];
    if (place.column >= 0 || m_frames >= kMaxFrames || depth > kMaxDepth)
        return;
    const auto caller = m_callOf.find(call.caller.value);
    if (caller != m_callOf.end() && m_places[call.caller.value].column < 0)
        placeFrame(caller->second, depth + 1);
    place.rows = m_seen[call.frame.value].rows;
    const Place &above = m_places[call.caller.value];
    const double below = above.column == 0 ? above.y + frameHeight(above.rows, above.stack) + kFrameGap : 0;
    place.y = m_columns[0].claim(below, frameHeight(place.rows, place.stack) + kFrameGap);
    place.column = 0;
    ++m_frames;
    m_extent |= frameRect(call.frame);
    if (call.to != ObjectInfo::kNever)
        m_expiry.emplace(m_trace.stops.next(call.to, Granularity::Line), call.frame.value);
}

bool Places::placeObject(std::uint32_t id, std::uint32_t now, int depth)
{
    constexpr int kMaxDepth = 64;
    Place &place = m_places[id];
    Seen &seen = m_seen[id];
    if (place.column >= 0)
        return true;
    if (seen.placing || depth > kMaxDepth)
        return false;
    seen.placing = true;   // stays true: what has no place now never gets one
    const std::uint32_t died = m_trace.objects[id].diedAt;
    if (died != ObjectInfo::kNever && died < now)
        return false;

    int column = 1;
    double slotY = 0;
    if (const ObjectId holder = seen.holder ? seen.holder : seen.stackHolder) {
        const TypeKind kind = m_trace.objects[holder.value].kind;
        const Place &h = m_places[holder.value];
        if (seen.holder && holder == m_globals) {
            slotY = kFrameHead + seen.row * kNamePitch + kNameRow / 2;
        } else if (holder == m_moduleFrame) {
            slotY = kFrameHead + std::min(names(), kMaxNames) * kNamePitch + kNameRow / 2;
        } else if (kind == TypeKind::Frame) {
            if (const auto call = m_callOf.find(holder.value); call != m_callOf.end())
                placeFrame(call->second, 0);
            slotY = h.y + kFrameHead + (seen.holder ? seen.row : h.rows) * kNamePitch + kNameRow / 2;
        } else {
            if (!placeObject(holder.value, now, depth + 1) && !m_seen[holder.value].placing) {
                place.collapsed = true;
                return false;
            }
            const Place &placed = m_places[holder.value];
            if (placed.column < 0) {
                // Only a cycle that is being placed may lack a place here; others are collapsed together with their holder.
                if (m_trace.objects[holder.value].bornAt <= m_trace.objects[id].bornAt) {
                    place.collapsed = true;
                    return false;
                }
            } else {
                column = placed.column + 1;
                slotY = placed.y + kHead + seen.row * kRow + kRow / 2;
            }
        }
    }
    if (column > kMaxColumn || m_alive >= kMaxNodes) {
        place.collapsed = true;
        return false;
    }
    const TypeKind kind = m_trace.objects[id].kind;
    const bool body = kind != TypeKind::Module && kind != TypeKind::Type && kind != TypeKind::Function;
    place.rows = std::max<std::int16_t>(seen.rows, body ? 1 : 0);
    const double height = nodeHeight(place.rows, level());
    place.y = m_columns[std::size_t(column)].claim(slotY - kHead / 2, height + kRowGap);
    place.column = static_cast<std::int16_t>(column);
    ++m_alive;
    m_extent |= nodeRect(ObjectId(id), place.rows);
    if (died != ObjectInfo::kNever)
        m_expiry.emplace(m_trace.stops.next(died, Granularity::Line), id);
    return true;
}

QRectF Places::nodeRect(ObjectId id, int rows) const
{
    const Place &p = place(id);
    return QRectF(columnLeft(p.column), p.y, kNodeWidth, nodeHeight(std::min<int>(rows, p.rows), level()));
}

QRectF Places::frameRect(ObjectId frame) const
{
    const Place &p = place(frame);
    return QRectF(0, p.y, kFrameWidth, frameHeight(p.rows, p.stack));
}

QRectF Places::globalsRect() const
{
    return QRectF(0, 0, kFrameWidth, frameHeight(std::clamp(names(), 1, kMaxNames + (names() > kMaxNames)), m_globalsStack));
}

int Places::nameRow(TextId name) const
{
    const auto found = m_names.find(name.value);
    return found == m_names.end() || found->second >= kMaxNames ? -1 : found->second;
}

} // namespace pyrena::objects
