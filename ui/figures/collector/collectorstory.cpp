#include "ui/figures/collector/collectorstory.h"

#include "core/explain/describe.h"

#include "core/lesson/moment.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <variant>

namespace pyrena::collector {

namespace {

// The collection whose changes include the step that ends at `position`; the innermost when they nest.
StepId collectionAt(const Trace &trace, std::uint32_t stepBegin, std::uint32_t position)
{
    if (position == 0)
        return {};
    for (StepId id = trace.steps.stepAt(position - 1); id; id = trace.steps[id].parent)
        if (trace.steps[id].kind == StepKind::Collection)
            return id;
    // A step that holds a whole collection ends with it on show.
    for (std::uint32_t at = position; at > stepBegin; --at) {
        if (position - at > 4096)
            break;
        if (const auto mode = trace.changeAs<change::GcModeSet>(at - 1); mode && !mode->collecting)
            return collectionAt(trace, at, at);
    }
    return {};
}

// Before a collection that a counter starts, the youngest generation's counter is above its threshold; the collection's first
// changes set it to 0.
// Of a manager without counts: the heap was full, unless a running call has gc.collect on its value stack.
bool startedByFullHeap(const Trace &trace, const World &world)
{
    for (const Activation &activation : world.stack)
        for (const Slot &slot : world.slotsOf(activation.frame))
            if (slot.target && !slot.label && world.object(slot.target).kind == TypeKind::BuiltinFunction
                && shortValue(trace, world, slot.target) == "collect")
                return false;
    return true;
}

bool startedByCounter(const Trace &trace, const World &world, const Step &collection)
{
    if (!world.gc.counts())
        return startedByFullHeap(trace, world);
    constexpr std::uint32_t kFirstChanges = 16;
    for (std::uint32_t i = collection.begin; i < std::min(collection.end, collection.begin + kFirstChanges); ++i)
        if (const auto count = trace.changeAs<change::GcCountSet>(i); count && count->generation == 0)
            return count->before > world.gc.threshold[0] && world.gc.threshold[0] > 0;
    return false;
}

class Teller
{
public:
    Teller(const Trace &trace, const World &world, std::uint32_t stepBegin, std::uint32_t position)
        : m_trace(trace), m_world(world), m_begin(stepBegin), m_position(position) {}

    Story tell(std::size_t mostCars)
    {
        m_story.enabled = m_world.gc.enabled;
        m_story.collection = collectionAt(m_trace, m_begin, m_position);
        readThisStep();
        m_story.tracing = !m_world.gc.counts();
        if (m_story.running()) {
            readCollection();
            readPhases();
        }
        if (m_world.gc.manager == Manager::Incremental)
            tellIncrement(m_story, m_trace, m_world, m_position);
        if (m_story.tracing) {
            tellTracing(m_story, m_trace, m_world, m_begin, m_position);
            return std::move(m_story);
        }
        if (m_story.running()) {
            readFates();
            readFinalizers();
            readWeakLinks();
            fillLists();
            fillGraph();
        } else {
            fillAtRest();
        }
        fillTracks(mostCars);
        return std::move(m_story);
    }

private:
    const Step &step(StepId id) const { return m_trace.steps[id]; }

    static constexpr std::uint32_t kLongStep = 20'000;   // changes; no single marks are shown for more

    void readThisStep()
    {
        if (m_position - std::min(m_begin, m_position) > kLongStep)
            return;
        for (std::uint32_t i = m_begin; i < m_position; ++i) {
            const Change &change = m_trace.change(i);
            if (const auto *refs = std::get_if<change::GcRefsSet>(&change))
                m_refsChanged.insert(refs->object.value);
            else if (const auto *count = std::get_if<change::RefcountChanged>(&change))
                m_countChanged.insert(count->object.value);
            else if (const auto *moved = std::get_if<change::GcMoved>(&change))
                m_moved.insert(moved->object.value), m_lengthChanged |= bit(moved->before) | bit(moved->after);
            else if (const auto *merged = std::get_if<change::GcListMerged>(&change))
                m_lengthChanged |= bit(merged->from) | bit(merged->to);
        }
    }
    GcListId visitedSpace() const { return m_world.gc.visitedSpace == 0 ? GcListId::Generation1 : GcListId::Generation2; }
    static std::uint32_t bit(GcListId list) { return 1u << static_cast<unsigned>(list); }

    void readCollection()
    {
        const Step &collection = step(m_story.collection);
        m_story.generation = std::clamp<int>(collection.number, 0, 2);
        m_story.automatic = startedByCounter(m_trace, m_world, collection);
        m_young = static_cast<GcListId>(static_cast<int>(GcListId::Generation0) + m_story.generation);
        if (m_world.gc.manager == Manager::Incremental && m_story.generation > 0)
            m_young = m_story.generation == 1 ? GcListId::Increment : visitedSpace();
        for (StepId id = m_story.collection; id && m_story.line == 0; id = step(id).parent)
            m_story.line = step(id).span.begin.line;
        for (std::uint32_t id = 0; id <= m_story.collection.value; ++id)
            m_story.number += step(StepId(id)).kind == StepKind::Collection;
    }

    void readPhases()
    {
        for (const StepId child : m_trace.steps.children(m_story.collection)) {
            if (!phaseName(step(child).kind))
                continue;
            Phase phase{child, step(child).kind, Phase::When::Later, 0, 0};
            // A phase without changes is over as soon as the one before it is.
            const bool begun = step(child).begin < m_position || (step(child).end <= m_position && m_position > step(m_story.collection).begin);
            if (begun)
                phase.when = step(child).end <= m_position ? Phase::When::Done : Phase::When::Now;
            m_story.phases.push_back(phase);
        }
        std::vector<Phase> &phases = m_story.phases;
        // The one that was left in this step is still the one to look at.
        const bool over = step(m_story.collection).end <= m_position;
        for (std::size_t i = 0; i < phases.size(); ++i) {
            const Step &s = step(phases[i].step);
            if (s.begin < m_position && (s.end >= m_position || (!over && phases[i].when == Phase::When::Done)))
                m_story.now = static_cast<int>(i);
        }
        if (over)
            m_story.now = static_cast<int>(phases.size());
        for (std::size_t i = 0; i < phases.size(); ++i) {
            if (static_cast<int>(i) == m_story.now)
                phases[i].when = Phase::When::Now;
            else
                phases[i].when = static_cast<int>(i) < m_story.now ? Phase::When::Done : Phase::When::Later;
            readVisits(phases[i]);
            if (phases[i].kind == StepKind::MoveUnreachable && m_marking == nullptr)
                m_marking = &phases[i];
        }
        m_story.afterMarking = m_marking && m_marking->when == Phase::When::Done;
    }

    void readVisits(Phase &phase)
    {
        const Step &whole = step(phase.step);
        const bool listsMembers = phase.kind == StepKind::SubtractRefs && m_members.empty();
        StepId last;
        for (StepId id(phase.step.value + 1); id.value < whole.last; id = StepId(step(id).last)) {
            if (step(id).kind != StepKind::Visit || !step(id).subject)
                continue;
            ++phase.visits;
            if (listsMembers)   // it looks at each of them once, in order
                m_members.push_back(step(id).subject);
            // A visit that changed nothing is over as soon as the one before it is.
            const bool phaseOver = phase.when == Phase::When::Done || whole.end <= m_position;
            if (step(id).begin >= m_position && (step(id).end > m_position || !phaseOver))
                continue;
            ++phase.visited;
            last = id;
            if (phase.when == Phase::When::Now)
                m_lookedAt[step(id).subject.value] = step(id).begin;
        }
        if (phase.when == Phase::When::Now && last && step(last).end > std::min(m_begin, m_position - 1))
            m_story.current = step(last).subject;
    }

    void readFates()
    {
        const Step &collection = step(m_story.collection);
        const bool marking = m_marking != nullptr;
        for (std::uint32_t i = collection.begin; i < m_position && i < collection.end; ++i) {
            const Change &change = m_trace.change(i);
            if (const auto *moved = std::get_if<change::GcMoved>(&change)) {
                const bool inMarking = marking && i >= step(m_marking->step).begin && i < step(m_marking->step).end;
                if (inMarking && moved->after == GcListId::Unreachable) {
                    m_fate[moved->object.value] = Verdict::SetAside;
                    m_asideOrder.push_back(moved->object);
                    if (i >= m_begin)
                        m_story.movedOut = moved->object;
                } else if (inMarking && moved->before == GcListId::Unreachable) {
                    m_fate.erase(moved->object.value);
                    m_rescued[moved->object.value] = i;
                } else if (const auto fate = m_fate.find(moved->object.value); fate != m_fate.end()) {
                    if (isGenerationList(moved->after))
                        fate->second = resurrecting(i) ? Verdict::Resurrected : Verdict::Cleared;
                }
            } else if (const auto *merged = std::get_if<change::GcListMerged>(&change)) {
                if (merged->from == GcListId::Unreachable)
                    for (auto &[id, fate] : m_fate)
                        if (fate == Verdict::SetAside && !m_stillUnreachable.contains(id))
                            fate = Verdict::Resurrected;
            } else if (const auto *died = std::get_if<change::ObjectDied>(&change)) {
                if (const auto fate = m_fate.find(died->object.value); fate != m_fate.end())
                    fate->second = Verdict::Freed;
            } else if (const auto *weak = std::get_if<change::WeakrefsSet>(&change)) {
                if (!weak->after && m_fate.contains(weak->object.value))
                    m_weakrefsCleared.insert(weak->object.value);
            } else if (const auto *said = std::get_if<change::Noticed>(&change)) {
                if (said->what == change::NoticeKind::CollectionResult)
                    m_story.result = said->number;
            }
            if (const auto *moved = std::get_if<change::GcMoved>(&change); moved && moved->after == GcListId::StillUnreachable)
                m_stillUnreachable.insert(moved->object.value);
            else if (moved && moved->before == GcListId::StillUnreachable && moved->after == GcListId::Unreachable)
                m_stillUnreachable.erase(moved->object.value);
        }
        m_story.rescued = m_rescued.size();
        for (const auto &[id, fate] : m_fate)
            m_story.freed += fate == Verdict::Freed;
    }
    static bool isGenerationList(GcListId list) { return list >= GcListId::Generation0 && list <= GcListId::Permanent; }
    bool resurrecting(std::uint32_t change) const
    {
        for (const Phase &phase : m_story.phases)
            if (phase.kind == StepKind::HandleResurrectedObjects && change >= step(phase.step).begin && change < step(phase.step).end)
                return true;
        return false;
    }

    void readFinalizers()
    {
        for (const Phase &phase : m_story.phases) {
            if (phase.kind != StepKind::FinalizeGarbage || !m_story.afterMarking)
                continue;
            for (StepId id(phase.step.value + 1); id.value < step(phase.step).last; id = StepId(id.value + 1))
                if (step(id).kind == StepKind::Finalizer)
                {
                    m_finalizerOrder.push_back(step(id).subject);
                    m_finalizing = phase.when != Phase::When::Later;
                    m_finalizers[step(id).subject.value] = step(id).begin >= m_position ? FinalizerState::Waits
                        : step(id).end > m_position                                     ? FinalizerState::Runs
                                                                                        : FinalizerState::Ran;
                }
        }
    }

    // The references that this phase clears, also those it has not come to.
    void readWeakLinks()
    {
        for (const Phase &phase : m_story.phases) {
            if (phase.kind != StepKind::HandleWeakrefs || !m_story.afterMarking)
                continue;
            const Step &whole = step(phase.step);
            for (std::uint32_t i = whole.begin; i < whole.end; ++i) {
                const auto set = m_trace.changeAs<change::ValueSet>(i);
                if (!set || set->after != ObjectId::kNone || m_story.weakLinks.size() == kMostCards)
                    continue;
                const TypeKind kind = m_trace.objects[set->object.value].kind;
                if (kind == TypeKind::Weakref || kind == TypeKind::WeakProxy)
                    m_story.weakLinks.push_back({set->object, ObjectId(static_cast<std::uint32_t>(set->before)), i < m_position,
                                                 i < m_position && i >= m_begin});
            }
            for (StepId id(phase.step.value + 1); id.value < whole.last; id = StepId(id.value + 1)) {
                if (step(id).kind != StepKind::WeakrefCallback)
                    continue;
                for (WeakLink &link : m_story.weakLinks)
                    if (link.reference == step(id).subject)
                        link.callback = step(id).begin >= m_position ? WeakLink::Callback::Waits
                            : step(id).end > m_position              ? WeakLink::Callback::Runs
                                                                     : WeakLink::Callback::Ran;
            }
        }
    }

    Card card(ObjectId id) const
    {
        Card c;
        c.id = id;
        const Object &o = m_world.object(id);
        c.gcRefs = o.gcRefs;
        c.showsGcRefs = m_refsFilled;
        c.current = id == m_story.current || m_moved.contains(id.value);
        c.gcRefsChanged = m_refsChanged.contains(id.value);
        c.countChanged = m_countChanged.contains(id.value);
        c.rescued = m_rescued.contains(id.value);
        c.weakrefsCleared = m_weakrefsCleared.contains(id.value);
        if (const auto state = m_finalizers.find(id.value); state != m_finalizers.end())
            c.finalizer = state->second;
        for (const IncrementStory::Joined &joined : m_story.increment.joined)
            if (joined.id == id) {
                c.start = !joined.by;
                c.pulledBy = joined.by;
            }
        const auto fate = m_fate.find(id.value);
        if (fate != m_fate.end())
            c.verdict = fate->second == Verdict::SetAside && m_story.afterMarking ? Verdict::Garbage : fate->second;
        else if (m_story.afterMarking || keptByMarking(id))
            c.verdict = Verdict::Reachable;
        else if (m_lookedAt.contains(id.value) && !marking())
            c.verdict = Verdict::Looked;
        return c;
    }

    bool marking() const { return m_marking && m_marking->when == Phase::When::Now; }
    // Looked at and not set aside. What was rescued has still to be looked at once more, at the end of the list.
    bool keptByMarking(ObjectId id) const
    {
        const auto looked = m_lookedAt.find(id.value);
        if (!marking() || looked == m_lookedAt.end())
            return false;
        const auto rescued = m_rescued.find(id.value);
        return rescued == m_rescued.end() || looked->second > rescued->second;
    }

    template <class Each> void forEachIn(GcListId list, Each &&each) const
    {
        for (ObjectId id = m_world.gc.list(list).head; id; id = m_world.object(id).gcNext)
            each(id);
    }

    // Of an increment that marks.
    std::optional<GcMark> markOf(ObjectId id) const
    {
        if (!m_story.increment.gathering || !m_story.increment.marks)
            return {};
        const GcListId list = m_world.object(id).gcList;
        return list == GcListId::Reachable ? GcMark::Grey : list == m_story.increment.visited ? GcMark::Black : GcMark::White;
    }

    // An increment before it is examined: what is in it and what is pending; or, when it marks, what is and is not met.
    void gather()
    {
        IncrementStory &increment = m_story.increment;
        const auto add = [this](std::vector<Card> &cards, std::optional<GcMark> mark) {
            return [this, &cards, mark](ObjectId id) {
                if (cards.size() == kMostCards)
                    return;
                cards.push_back(card(id));
                cards.back().mark = mark;
            };
        };
        if (increment.marks) {
            forEachIn(GcListId::Generation0, add(m_story.examined, GcMark::White));
            forEachIn(increment.pending, add(m_story.examined, GcMark::White));
            forEachIn(GcListId::Reachable, add(m_story.second, GcMark::Grey));
            for (const ObjectId id : increment.met)
                if (m_world.object(id).alive())
                    add(m_story.second, GcMark::Black)(id);
            for (const std::vector<Card> *cards : {&m_story.examined, &m_story.second})
                for (const Card &c : *cards)
                    m_members.push_back(c.id);
            std::sort(m_members.begin(), m_members.end(), [](ObjectId a, ObjectId b) { return a.value < b.value; });
        } else {
            forEachIn(m_world.gc.list(GcListId::Increment).length > 0 ? GcListId::Increment : GcListId::Generation0, add(m_story.examined, {}));
            forEachIn(increment.pending, add(m_story.second, {}));
        }
        m_story.total = m_story.examined.size();
        if (m_story.now >= 0 && m_story.now < static_cast<int>(m_story.phases.size()))
            m_story.visited = m_story.phases[static_cast<std::size_t>(m_story.now)].visited;
    }

    void fillLists()
    {
        if (m_story.increment.gathering)
            return gather();
        for (const Phase &phase : m_story.phases)
            if (phase.kind == StepKind::UpdateRefs)
                m_refsFilled = phase.when != Phase::When::Later;
        std::size_t n = 0;
        for (ObjectId id = m_world.gc.list(m_young).head; id && !m_story.afterMarking; id = m_world.object(id).gcNext)
            if (++n <= kMostCards)
                m_story.examined.push_back(card(id));
        m_story.total = m_members.empty() ? n : m_members.size();
        // Each once, where it stood last.
        std::unordered_set<std::uint32_t> seen;
        std::vector<ObjectId> order;
        for (auto id = m_asideOrder.rbegin(); id != m_asideOrder.rend(); ++id)
            if (m_fate.contains(id->value) && seen.insert(id->value).second)
                order.push_back(*id);
        std::reverse(order.begin(), order.end());
        m_story.setAside = order.size();
        for (const ObjectId id : order)
            if (m_story.unreachable.size() < kMostCards)
                m_story.unreachable.push_back(card(id));
        if (m_finalizing)
            for (const ObjectId id : m_finalizerOrder)
                if (m_story.finalizers.size() < kMostCards)
                    m_story.finalizers.push_back(card(id));
        m_story.survivors = m_story.afterMarking ? m_story.total - std::min(m_story.total, order.size()) : 0;
        if (m_story.now >= 0 && m_story.now < static_cast<int>(m_story.phases.size()))
            m_story.visited = m_story.phases[static_cast<std::size_t>(m_story.now)].visited;
        if (m_story.movedOut && !m_fate.contains(m_story.movedOut.value))
            m_story.movedOut = {};
        while (m_story.movedOutIndex < m_story.examined.size() && m_story.examined[m_story.movedOutIndex].verdict == Verdict::Reachable)
            ++m_story.movedOutIndex;
    }

    void fillGraph()
    {
        std::vector<ObjectId> members = m_members;
        if (members.empty())
            for (const Card &c : m_story.examined)
                members.push_back(c.id);
        Graph &graph = m_story.graph;
        if (members.size() > kMostInGraph)
            return;
        std::unordered_map<std::uint32_t, std::size_t> index;
        for (const ObjectId id : members) {
            index[id.value] = graph.members.size();
            graph.members.push_back(card(id));
            graph.members.back().mark = markOf(id);
            graph.fromOutside.push_back(m_world.object(id).refcount);
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            const Object &o = m_world.object(members[i]);
            if (!o.alive()) {
                graph.fromOutside[i] = 0;
                continue;
            }
            for (const Slot &slot : m_world.slotsOf(members[i])) {
                const auto target = index.find(slot.target.value);
                if (!slot.target || target == index.end())
                    continue;
                graph.references.push_back({i, target->second, false});
                if (slot.label != kBorrowed)
                    --graph.fromOutside[target->second];
            }
            if (o.kind == TypeKind::Weakref || o.kind == TypeKind::WeakProxy)
                if (const auto target = index.find(static_cast<std::uint32_t>(o.value)); target != index.end())
                    graph.references.push_back({i, target->second, true});
        }
    }

    void fillAtRest()
    {
        for (ObjectId id = m_world.gc.list(GcListId::Generation0).head; id; id = m_world.object(id).gcNext)
            if (++m_story.total <= kMostCards)
                m_story.examined.push_back(card(id));
        fillGraph();
    }

    std::vector<std::pair<GcListId, TrackRole>> tracks() const
    {
        using enum TrackRole;
        if (const IncrementStory &increment = m_story.increment; increment.shown)
            return {{GcListId::Generation0, Generation}, {GcListId::Increment, Increment}, {increment.pending, Pending},
                    {increment.visited, Visited}, {GcListId::Permanent, Generation}};
        return {{GcListId::Generation0, Generation}, {GcListId::Generation1, Generation}, {GcListId::Generation2, Generation},
                {GcListId::Permanent, Generation}};
    }

    void fillTracks(std::size_t mostCars)
    {
        for (const auto &[id, role] : tracks()) {
            const GcList &list = m_world.gc.list(id);
            if (id == GcListId::Permanent && list.length == 0)
                continue;
            Track track;
            track.list = id;
            track.role = role;
            track.length = list.length;
            if (role == TrackRole::Generation && id != GcListId::Permanent) {
                const auto g = static_cast<std::size_t>(id) - static_cast<std::size_t>(GcListId::Generation0);
                track.count = m_world.gc.count[g];
                track.threshold = m_world.gc.threshold[g];
            }
            track.lengthChanged = (m_lengthChanged & bit(id)) != 0;
            track.examined = m_story.running() && !m_story.afterMarking && !m_story.increment.marks && id == m_young;
            for (ObjectId member = list.head; member && track.cars.size() < mostCars; member = m_world.object(member).gcNext)
                track.cars.push_back(member);
            m_story.tracks.push_back(std::move(track));
        }
    }

    const Trace &m_trace;
    const World &m_world;
    const std::uint32_t m_begin, m_position;
    Story m_story;
    GcListId m_young = GcListId::Generation0;
    const Phase *m_marking = nullptr;          // the first move_unreachable
    bool m_refsFilled = false, m_finalizing = false;
    std::uint32_t m_lengthChanged = 0;         // bits of GcListId
    std::vector<ObjectId> m_members, m_asideOrder, m_finalizerOrder;
    std::unordered_set<std::uint32_t> m_refsChanged, m_countChanged, m_moved, m_weakrefsCleared, m_stillUnreachable;
    std::unordered_map<std::uint32_t, std::uint32_t> m_lookedAt, m_rescued;   // begin of the last visit; change that brought it back
    std::unordered_map<std::uint32_t, Verdict> m_fate;
    std::unordered_map<std::uint32_t, FinalizerState> m_finalizers;
};

} // namespace

Story tellStory(const Trace &trace, const World &world, std::uint32_t stepBegin, std::uint32_t position, std::size_t mostCars)
{
    return Teller(trace, world, std::min(stepBegin, position), position).tell(mostCars);
}

} // namespace pyrena::collector
