#include "ui/figures/collector/collectorstory.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <variant>

namespace pyrena::collector {

namespace {

constexpr std::uint32_t kLongStep = 20'000;   // changes; no single marks are shown for more

bool managed(const Object &o) { return o.alive() && !o.has(ObjectFlag::Static) && o.address; }

// What lies in front of an object's address.
std::uint64_t headersOf(const Trace &trace, const Object &o)
{
    return (o.has(ObjectFlag::GcObject) ? trace.profile->layout.gcHead : 0)
        + (o.has(ObjectFlag::PreHeader) ? trace.profile->layout.instancePreHeader : 0);
}

class TracingTeller
{
public:
    TracingTeller(Story &story, const Trace &trace, const World &world, std::uint32_t begin, std::uint32_t position)
        : m_story(story), m_trace(trace), m_world(world), m_begin(begin), m_position(position) {}

    void tell()
    {
        m_story.costs = m_world.gc.costs;
        readThisStep();
        fillCards();
        fillDead();
        fillGraph();
        fillSpaces();
        if (m_story.now >= 0 && m_story.now < static_cast<int>(m_story.phases.size()))
            m_story.visited = m_story.phases[static_cast<std::size_t>(m_story.now)].visited;
    }

private:
    void readThisStep()
    {
        if (m_position - m_begin > kLongStep)
            return;
        for (std::uint32_t i = m_begin; i < m_position; ++i) {
            const Change &change = m_trace.change(i);
            if (const auto *marked = std::get_if<change::GcMarked>(&change))
                m_changed.insert(marked->object.value);
            else if (const auto *moved = std::get_if<change::ObjectMoved>(&change))
                m_changed.insert(moved->object.value);
            else if (const auto *second = std::get_if<change::BufferMoved>(&change))
                m_changed.insert(second->object.value);
            else if (const auto *forwarded = std::get_if<change::ForwardingSet>(&change))
                m_changed.insert(forwarded->object.value);
            else if (const auto *born = std::get_if<change::ObjectBorn>(&change))
                m_changed.insert(born->object.value);
        }
    }

    Card card(ObjectId id) const
    {
        Card c;
        c.id = id;
        c.current = m_changed.contains(id.value) || (m_story.running() && id == m_story.current);
        if (m_world.gc.collecting) {
            c.mark = m_world.markOf(id);
            c.verdict = *c.mark == GcMark::Black ? Verdict::Reachable : *c.mark == GcMark::Grey ? Verdict::Looked : Verdict::Waiting;
        }
        return c;
    }

    void fillCards()
    {
        for (std::uint32_t n = 0; n < m_world.objects.size(); ++n)
            if (managed(m_world.objects[n]) && ++m_story.total <= kMostCards)
                m_story.examined.push_back(card(ObjectId(n)));
    }

    void fillDead()
    {
        if (!m_story.running())
            return;
        const Step &collection = m_trace.steps[m_story.collection];
        GcCosts running;   // what this collection cost so far: the world hears of it at its end
        bool booked = false;
        for (std::uint32_t i = collection.begin; i < std::min(m_position, collection.end); ++i) {
            const Change &change = m_trace.change(i);
            if (const auto *said = std::get_if<change::Noticed>(&change)) {
                if (said->what == change::NoticeKind::CollectionResult)
                    m_story.result = said->number;
                continue;
            }
            booked |= std::holds_alternative<change::CollectionCost>(change);
            if (const auto *moved = std::get_if<change::ObjectMoved>(&change))
                running.bytesMoved += m_world.object(moved->object).size;
            else if (const auto *second = std::get_if<change::BufferMoved>(&change))
                running.bytesMoved += m_world.object(second->object).bufferSize;
            const auto *died = std::get_if<change::ObjectDied>(&change);
            if (!died)
                continue;
            ++m_story.freed;
            if (m_story.unreachable.size() == kMostCards)
                continue;
            Card dead;
            dead.id = died->object;
            dead.verdict = Verdict::Freed;
            dead.current = i >= m_begin;
            m_story.unreachable.push_back(dead);
        }
        m_story.setAside = m_story.freed;
        if (booked)
            return;
        for (const Phase &phase : m_story.phases)
            running.visits += phase.visited;
        m_story.costs.visits += running.visits;
        m_story.costs.bytesMoved += running.bytesMoved;
        m_story.costs.longestPause = std::max(m_story.costs.longestPause, running.visits);
    }

    void fillGraph()
    {
        if (m_story.total + m_story.unreachable.size() > kMostInGraph)
            return;
        Graph &graph = m_story.graph;
        std::unordered_map<std::uint32_t, std::size_t> index;
        // What this collection freed keeps its place.
        std::vector<Card> all = m_story.examined;
        all.insert(all.end(), m_story.unreachable.begin(), m_story.unreachable.end());
        std::sort(all.begin(), all.end(), [](const Card &a, const Card &b) { return a.id.value < b.id.value; });
        for (const Card &c : all) {
            index[c.id.value] = graph.members.size();
            graph.members.push_back(c);
            graph.fromOutside.push_back(0);
        }
        for (std::uint32_t n = 0; n < m_world.objects.size(); ++n) {
            if (!m_world.objects[n].alive())
                continue;
            const auto from = index.find(n);
            for (const Slot &slot : m_world.slotsOf(ObjectId(n))) {
                const auto to = slot.target ? index.find(slot.target.value) : index.end();
                if (to == index.end())
                    continue;
                if (from == index.end())
                    ++graph.fromOutside[to->second];   // a root: static, or of a running call
                else
                    graph.references.push_back({from->second, to->second, false});
            }
            const Object &o = m_world.objects[n];
            if (from != index.end() && (o.kind == TypeKind::Weakref || o.kind == TypeKind::WeakProxy))
                if (const auto to = index.find(static_cast<std::uint32_t>(o.value)); to != index.end())
                    graph.references.push_back({from->second, to->second, true});
        }
    }

    void fillSpaces()
    {
        const SpaceState &state = m_world.spaces;
        if (state.active == SpaceId::None) {
            SpaceStory heap;
            heap.used = m_world.heap.totals.bytesInUse();
            heap.size = static_cast<std::uint64_t>(std::max(0, m_world.gc.threshold[0]));
            heap.active = true;
            m_story.spaces.push_back(heap);
            return;
        }
        std::array<std::size_t, kSpaces> at{};
        for (const SpaceId id : {SpaceId::Nursery, SpaceId::A, SpaceId::B}) {
            const Space &space = state[id];
            if (!space.base)
                continue;
            SpaceStory told;
            told.id = id;
            told.size = space.size;
            told.used = space.used;
            told.active = id == state.active || id == SpaceId::Nursery;
            if (state.scan && state.spaceOf(state.scan) == id)
                told.scan = state.scan - space.base;
            at[static_cast<std::size_t>(id)] = m_story.spaces.size();
            m_story.spaces.push_back(std::move(told));
        }
        for (std::uint32_t n = 0; n < m_world.objects.size(); ++n) {
            const Object &o = m_world.objects[n];
            if (!managed(o))
                continue;
            const Card c = card(ObjectId(n));
            const auto add = [&](Address address, std::uint64_t size, bool second) {
                const SpaceId id = state.spaceOf(address);
                if (id == SpaceId::None)
                    return;
                SpaceStory &space = m_story.spaces[at[static_cast<std::size_t>(id)]];
                if (space.blocks.size() < kMostBlocks)
                    space.blocks.push_back({ObjectId(n), address - state[id].base, size, second, c.current, c.mark.value_or(GcMark::White)});
            };
            add(Address(o.address.value - headersOf(m_trace, o)), o.size, false);
            if (o.buffer)
                add(o.buffer, o.bufferSize, true);
        }
        for (SpaceStory &space : m_story.spaces)
            std::sort(space.blocks.begin(), space.blocks.end(), [](const SpaceBlock &a, const SpaceBlock &b) { return a.offset < b.offset; });
    }

    Story &m_story;
    const Trace &m_trace;
    const World &m_world;
    const std::uint32_t m_begin, m_position;
    std::unordered_set<std::uint32_t> m_changed;
};

} // namespace

void tellTracing(Story &story, const Trace &trace, const World &world, std::uint32_t stepBegin, std::uint32_t position)
{
    TracingTeller(story, trace, world, stepBegin, position).tell();
}

} // namespace pyrena::collector
