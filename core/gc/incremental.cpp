// The incremental collector of 3.14.0 to 3.14.4 (Python/gc.c): a young generation, and an old one of two spaces. In each cycle
// objects go from the pending space to the visited one: those that roots reach by marking, the others when an increment
// examines them. When nothing is pending the spaces change roles. Objects of the interpreter itself are not simulated; how many
// there are decides the pace, so they are counted.
#include "core/gc/collector.h"

#include <algorithm>
#include <cstdint>

namespace pyrena {

namespace {
constexpr std::int64_t kScanRateDivisor = 10;   // source 3.14.0: SCAN_RATE_DIVISOR

std::int32_t stepNumber(std::int64_t n) { return static_cast<std::int32_t>(std::clamp<std::int64_t>(n, 0, INT32_MAX)); }

// Of the interpreter's own pending objects `wanted` are met, or all there are. A visit of no object says how many.
std::int64_t meetOwn(Recorder &recorder, std::int64_t &pending, std::int64_t wanted)
{
    const std::int64_t met = std::clamp<std::int64_t>(wanted, 0, pending);
    pending -= met;
    if (met > 0) {
        const auto visit = recorder.step(StepKind::Visit, {}, {}, stepNumber(met));
    }
    return met;
}
}

// In the young generation or in the pending space: not met in this cycle.
bool Collector::isPending(ObjectId id) const
{
    const GcListId list = m_heap.object(id).gcList;
    return list == GcListId::Generation0 || list == pendingList();
}

void Collector::setIncremental(std::uint8_t visitedSpace, bool marking, std::int64_t workToDo)
{
    if (gc().visitedSpace != visitedSpace || gc().marking != marking || gc().workToDo != workToDo)
        m_recorder.commit(change::IncrementalSet{visitedSpace, marking, workToDo});
}

bool Collector::collectIncremental(int generation, std::size_t &collected)
{
    switch (generation) {
    case 0: collected = collectYoung(); return true;
    case 1: return collectIncrement(collected);
    default: collected = collectFull(); return true;
    }
}

std::size_t Collector::collectRegion(GcListId from, GcListId to)
{
    deduceUnreachable(from);
    untrackTuples(from);
    if (from != to)
        merge(from, to);
    return reclaim(to);
}

std::size_t Collector::collectYoung()
{
    untrackTuples(GcListId::Generation0);
    const std::size_t collected = collectRegion(GcListId::Generation0, visitedList());
    setCount(0, 0);
    setCount(1, gc().count[1] + 1);
    return collected;
}

std::size_t Collector::collectFull()
{
    untrackTuples(GcListId::Generation0);
    {
        const auto step = m_recorder.step(StepKind::MergeYounger, {}, {}, 2);
        merge(GcListId::Generation0, pendingList());
        merge(pendingList(), visitedList());
    }
    setCount(0, 0);
    const std::size_t collected = collectRegion(visitedList(), visitedList());
    for (int g = 0; g < 3; ++g)
        setCount(g, 0);
    completedScavenge();
    clearFreeLists();
    return collected;
}

// A part of the heap that grows more slowly the higher threshold 1 is.
std::int64_t Collector::heapFraction() const
{
    const std::int64_t heapSize = m_heap.gcBlocks() + m_profile.collector.startupObjects;
    return heapSize / kScanRateDivisor / std::max(gc().threshold[1], 2);
}

std::int64_t Collector::assessWorkToDo()
{
    const std::int64_t born = gc().count[0];
    setCount(0, 0);
    return born + std::min(heapFraction(), born * 3 / 2);
}

bool Collector::collectIncrement(std::size_t &collected)
{
    std::int64_t work = gc().workToDo + assessWorkToDo();
    untrackTuples(GcListId::Generation0);
    if (gc().marking) {
        // Marking is paid for twice, which keeps the following increments small.
        work -= 2 * markAtStart();
        setIncremental(gc().visitedSpace, false, work);
        return false;
    }
    work -= markStacks(false);
    merge(GcListId::Generation0, GcListId::Increment);
    const std::int64_t size = fillIncrement(gc().list(GcListId::Increment).length, work);
    const GcListId visited = visitedList();
    collected = collectRegion(GcListId::Increment, visited);
    setIncremental(gc().visitedSpace, false, work + heapFraction() - size);
    if (gc().list(pendingList()).length == 0 && m_startupPending == 0)
        completedScavenge();
    return true;
}

// Pending objects join until the increment has the wanted size, each with everything pending that it refers to.
std::int64_t Collector::fillIncrement(std::int64_t size, std::int64_t wanted)
{
    const auto step = m_recorder.step(StepKind::FillIncrement, {}, {}, stepNumber(wanted));
    size += meetOwn(m_recorder, m_startupPending, wanted - size);
    while (size < wanted) {
        const ObjectId first = gc().list(pendingList()).head;
        if (!first)
            break;
        moveTo(first, GcListId::Increment);
        ++size;
        for (ObjectId id = first; id; id = m_heap.object(id).gcNext) {
            const auto visit = m_recorder.step(StepKind::Visit, id);
            ++m_visits;
            size += moveReferents(id, GcListId::Increment);
        }
    }
    return size;
}

std::int64_t Collector::moveReferents(ObjectId id, GcListId to)
{
    std::int64_t moved = 0;
    traverse(id, [&](ObjectId target) {
        if (isPending(target)) {
            moveTo(target, to);
            ++moved;
        }
    });
    return moved;
}

std::int64_t Collector::markAtStart()
{
    const auto step = m_recorder.step(StepKind::MarkRoots);
    const std::int64_t own = meetOwn(m_recorder, m_startupPending, m_startupPending - m_profile.collector.startupUnrooted);
    const std::int64_t global = markGlobalRoots();
    return own + global + markStacks(true);
}

// What modules, builtins and classes of the interpreter's image hold: here the namespaces of the program and its modules.
std::int64_t Collector::markGlobalRoots()
{
    std::int64_t marked = moveReferents(m_heap.world().globals, GcListId::Reachable);
    for (std::uint32_t n = 0; n < m_heap.world().objects.size(); ++n) {
        const Object &o = m_heap.object(ObjectId(n));
        if (!o.alive() || !o.has(ObjectFlag::Static) || o.slotsLength == 0)
            continue;
        if (o.kind == TypeKind::Dict || o.kind == TypeKind::List || o.kind == TypeKind::Type)
            marked += moveReferents(ObjectId(n), GcListId::Reachable);
    }
    return marked + markAllReachable();
}

// Frames below one that was marked have not run since.
std::int64_t Collector::markStacks(bool start)
{
    std::int64_t marked = 0;
    const auto &stack = m_heap.world().stack;
    for (std::size_t i = stack.size(); i-- > 0;) {
        const ObjectId frame = stack[i].frame;
        for (std::uint32_t s = m_heap.length(frame); s-- > 0;)
            if (const ObjectId target = m_heap.item(frame, s); target && isPending(target)) {
                moveTo(target, GcListId::Reachable);
                ++marked;
            }
        if (m_visitedFrames.size() <= frame.value)
            m_visitedFrames.resize(std::size_t(frame.value) + 1);
        if (!start && m_visitedFrames[frame.value])
            break;
        m_visitedFrames[frame.value] = true;
    }
    return marked + markAllReachable();
}

std::int64_t Collector::markAllReachable()
{
    std::int64_t marked = 0;
    const GcListId visited = visitedList();
    while (const ObjectId id = gc().list(GcListId::Reachable).head) {
        const auto visit = m_recorder.step(StepKind::Visit, id);
        ++m_visits;
        moveTo(id, visited);
        marked += moveReferents(id, GcListId::Reachable);
    }
    return marked;
}

// Nothing is pending: the visited space is the pending one of the next cycle. Frozen objects count as visited and can't be
// touched, so while there are any the visited ones are moved instead.
void Collector::completedScavenge()
{
    std::uint8_t visited = gc().visitedSpace;
    if (gc().list(GcListId::Permanent).length == 0) {
        visited ^= 1;
        const std::int32_t first = gc().count[1], second = gc().count[2];   // gc.get_count() shows the visited space's first
        setCount(1, second);
        setCount(2, first);
    } else {
        merge(visitedList(), pendingList());
    }
    m_startupPending = m_profile.collector.startupObjects;
    setIncremental(visited, true, 0);
}

} // namespace pyrena
