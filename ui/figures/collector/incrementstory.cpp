#include "ui/figures/collector/collectorstory.h"

#include <algorithm>
#include <variant>

// What the collector of 3.14.0 to 3.14.4 does besides what every collection does: spaces with roles, marking, increments.
namespace pyrena::collector {

namespace {

class IncrementTeller
{
public:
    IncrementTeller(Story &story, const Trace &trace, const World &world, std::uint32_t position)
        : m_story(story), m_increment(story.increment), m_trace(trace), m_world(world), m_position(position) {}

    void tell()
    {
        m_increment.shown = true;
        const bool first = m_world.gc.visitedSpace == 0;
        m_increment.visited = first ? GcListId::Generation1 : GcListId::Generation2;
        m_increment.pending = first ? GcListId::Generation2 : GcListId::Generation1;
        m_increment.marks = m_world.gc.marking;
        m_increment.work = m_world.gc.workToDo;
        countOwn();
        if (m_story.running() && m_story.generation == 1)
            readIncrement();
        else if (m_story.running())
            m_increment.marks = false;
    }

private:
    const Step &step(StepId id) const { return m_trace.steps[id]; }

    // Objects of the interpreter itself that the steps up to the position have met: a visit of no object says how many.
    void countOwn()
    {
        const std::int64_t all = m_trace.profile->collector.startupObjects;
        std::int64_t pending = all;
        const auto &steps = m_trace.steps.all();
        StepId collection;
        std::uint32_t lastPhaseEnd = 0;
        const auto close = [&] {
            if (collection && endsCycle(step(collection), lastPhaseEnd))
                pending = all;
        };
        for (std::uint32_t i = 0; i < steps.size() && steps[i].begin <= m_position; ++i) {
            const Step &s = steps[i];
            if (s.kind == StepKind::Collection) {
                close();
                collection = StepId(i);
                lastPhaseEnd = s.begin;
            } else if (collection && s.parent == collection) {
                lastPhaseEnd = s.end;
            } else if (s.kind == StepKind::Visit && !s.subject && over(s)) {
                pending -= s.number;
            }
        }
        close();
        m_increment.ownPending = std::max<std::int64_t>(pending, 0);
    }

    // A visit without changes is over when the phase it is in has gone on.
    bool over(const Step &visit) const
    {
        return visit.end < m_position || (step(visit.parent).end <= m_position && step(step(visit.parent).parent).begin < m_position);
    }

    // Whether a collection has made the spaces change roles before the position.
    bool endsCycle(const Step &collection, std::uint32_t lastPhaseEnd) const
    {
        if (collection.number == 2)
            return collection.end <= m_position;
        for (std::uint32_t i = lastPhaseEnd; collection.number == 1 && i < std::min(collection.end, m_position); ++i)
            if (const auto set = m_trace.changeAs<change::IncrementalSet>(i); set && set->marking)
                return true;
        return false;
    }

    void readIncrement()
    {
        const Phase *fill = nullptr, *mark = nullptr;
        int index = 0, fillIndex = -1;
        for (const Phase &phase : m_story.phases) {
            if (phase.kind == StepKind::FillIncrement) {
                fill = &phase;
                fillIndex = index;
            } else if (phase.kind == StepKind::MarkRoots) {
                mark = &phase;
            }
            ++index;
        }
        m_increment.marks = mark != nullptr;
        m_increment.gathering = mark || (fill && m_story.now <= fillIndex);
        if (mark)
            readMarking();
        if (fill)
            readFill(fill->step);
    }

    void readMarking()
    {
        const Step &collection = step(m_story.collection);
        for (std::uint32_t i = collection.begin; i < std::min(collection.end, m_position); ++i)
            if (const auto moved = m_trace.changeAs<change::GcMoved>(i); moved && moved->after == m_increment.visited)
                m_increment.met.push_back(moved->object);
    }

    void readFill(StepId fillStep)
    {
        const Step &fill = step(fillStep);
        if (fill.begin > m_position)
            return;
        m_increment.wanted = fill.number;
        for (std::uint32_t i = fill.begin; i < std::min(fill.end, m_position); ++i)
            if (const auto moved = m_trace.changeAs<change::GcMoved>(i); moved && moved->after == GcListId::Increment) {
                const StepId visit = m_trace.steps.stepAt(i);
                m_increment.joined.push_back({moved->object, visit && step(visit).kind == StepKind::Visit ? step(visit).subject : ObjectId()});
            }
        m_increment.old = m_increment.joined.size();
        for (StepId id = StepId(fillStep.value + 1); id.value < fill.last; id = StepId(step(id).last))
            if (step(id).kind == StepKind::Visit && !step(id).subject)
                m_increment.own += step(id).number;
        // Each member is looked at once by subtract_refs; who did not join was young.
        std::size_t members = 0, joins = 0;
        for (const Phase &phase : m_story.phases)
            if (phase.kind == StepKind::SubtractRefs && members == 0)
                members = phase.visits;
        for (std::uint32_t change = fill.begin; change < fill.end; ++change)
            if (const auto moved = m_trace.changeAs<change::GcMoved>(change); moved && moved->after == GcListId::Increment)
                ++joins;
        m_increment.young = members - std::min(members, joins);
    }

    Story &m_story;
    IncrementStory &m_increment;
    const Trace &m_trace;
    const World &m_world;
    const std::uint32_t m_position;
};

} // namespace

void tellIncrement(Story &story, const Trace &trace, const World &world, std::uint32_t position)
{
    IncrementTeller(story, trace, world, position).tell();
}

} // namespace pyrena::collector
