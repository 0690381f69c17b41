#include "ui/figures/objects/places.h"

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

Places::Places(const Trace &trace, int level) : m_trace(trace), m_rules(trace, level)
{
    m_places.resize(trace.objects.size());
    m_seen.resize(trace.objects.size());
    observe();
    arrange();
    m_seen = {};
}

// ---- second pass: places, in the order of first references ----------------------------------------------------------------------

void Places::arrange()
{
    m_extent = globalsRect();
    m_columns[0].claim(0, m_extent.height() + kFrameGap);
    m_columns[0].free.erase(m_columns[0].free.begin(), std::prev(m_columns[0].free.end()));

    // First references and calls in the order of time.
    struct Event { std::uint32_t at, object; bool call; };
    std::vector<Event> events;
    for (std::uint32_t i = 0; i < m_seen.size(); ++i)
        if (m_seen[i].holder || m_seen[i].stackHolder)
            events.push_back({beginOf(i), i, false});
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

// From its birth on, when something visible refers to it in the same statement; a constant of the code from its first use on.
std::uint32_t Places::beginOf(std::uint32_t id) const
{
    const std::uint32_t born = m_trace.objects[id].bornAt, from = m_seen[id].from;
    const bool sameStatement = m_trace.stops.next(born, Granularity::Line) == m_trace.stops.next(from, Granularity::Line);
    return sameStatement ? std::min(born, from) : from;
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
    place.from = std::min(now, beginOf(id));
    std::uint32_t end = died;
    if (!seen.holder)   // only ever on a value stack
        end = std::min(end, std::max(seen.stackUntil, seen.from));
    if (end != ObjectInfo::kNever) {
        place.until = m_trace.stops.next(end, Granularity::Line);
        m_expiry.emplace(place.until, id);
    }
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
