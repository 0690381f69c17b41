#include "core/gc/collector.h"

#include "core/gc/tracing.h"
#include "core/objects/dicts.h"
#include "core/objects/weakrefs.h"

#include <algorithm>
#include <cstdio>

namespace pyrena {

Collector::Collector(ObjectHeap &heap)
    : m_heap(heap), m_recorder(heap.recorder()), m_profile(heap.profile()), m_startupPending(m_profile.collector.startupObjects),
      m_tracing(Tracing::make(heap))
{
}

Collector::~Collector() = default;

std::vector<ObjectId> Collector::members(GcListId list) const
{
    std::vector<ObjectId> found;
    found.reserve(gc().list(list).length);
    for (ObjectId id = gc().list(list).head; id; id = m_heap.object(id).gcNext)
        found.push_back(id);
    return found;
}

void Collector::setRefs(ObjectId id, std::int32_t refs)
{
    const std::int32_t before = m_heap.object(id).gcRefs;
    if (before != refs)
        m_recorder.commit(change::GcRefsSet{id, before, refs});
}

void Collector::setMode(bool collecting)
{
    m_recorder.commit(change::GcModeSet{gc().enabled, collecting});
}

void Collector::setEnabled(bool enabled)
{
    if (gc().enabled != enabled)
        m_recorder.commit(change::GcModeSet{enabled, gc().collecting});
}

void Collector::allocationPassedThreshold()
{
    if (m_profile.collector.manager > Manager::Incremental || !gc().enabled || gc().collecting || gc().threshold[0] == 0)
        return;
    if (m_profile.collector.collectsAtAllocation)
        collectGenerations();
    else
        m_pending = true;
}

void Collector::runPending()
{
    m_pending = false;
    // What was put off comes in 3.12 even when gc.disable() was called meanwhile (run: gc.callbacks).
    const bool wanted = (gc().enabled || m_profile.minor == 12) && !gc().collecting;
    if (m_tracing)
        m_tracing->runDue();
    else if (wanted && m_profile.collector.manager == Manager::Incremental)
        collect(1, Reason::Automatic);
    else if (wanted)
        collectGenerations();
}

void Collector::makeRoom(std::uint64_t bytes)
{
    if (!m_tracing || !gc().enabled || gc().collecting || gc().threshold[0] == 0)
        return;
    while (const auto generation = m_tracing->wantsCollection(bytes)) {
        collect(*generation, Reason::Automatic);
        if (*generation > 0)
            break;
        bytes = 0;   // the nursery is empty; whether the heap behind it must be collected
    }
    m_pending = m_pending || m_tracing->hasDue();
}

void Collector::dropRoot(ObjectId id)
{
    if (m_tracing)
        m_tracing->dropRoot(id);
}

std::array<std::int64_t, 3> Collector::occupancy() const
{
    return m_tracing ? m_tracing->occupancy() : std::array<std::int64_t, 3>{};
}

void Collector::collectGenerations()
{
    for (int g = 2; g >= 0; --g) {
        if (gc().count[static_cast<std::size_t>(g)] <= gc().threshold[static_cast<std::size_t>(g)])
            continue;
        // A full collection waits until a quarter of the old objects are new since the last one.
        if (g == 2 && gc().longLivedPending < gc().longLivedTotal / 4)
            continue;
        collect(g, Reason::Automatic);
        return;
    }
}

void Collector::moveTo(ObjectId id, GcListId list)
{
    m_recorder.commit(change::GcMoved{id, m_heap.object(id).gcList, list});
}

void Collector::merge(GcListId from, GcListId to)
{
    if (gc().list(from).length > 0)
        m_recorder.commit(change::GcListMerged{from, to});
}

void Collector::setCount(int generation, std::int32_t value)
{
    const std::int32_t before = gc().count[static_cast<std::size_t>(generation)];
    if (before != value)
        m_recorder.commit(change::GcCountSet{static_cast<std::uint32_t>(generation), before, value});
}

// The namespace of the program is a root here until it makes a difference where it lies: it is older than all objects of the
// program, and freezing puts the old objects behind the young ones.
void Collector::freeze()
{
    const ObjectId names = m_heap.world().globals;
    for (int g = 0; g < 3; ++g) {
        if (g == 2 && names && m_heap.counting() && !m_heap.object(names).tracked())
            moveTo(names, GcListId::Permanent);
        merge(listOf(g), GcListId::Permanent);
        setCount(g, 0);
    }
}

void Collector::unfreeze()
{
    merge(GcListId::Permanent, m_profile.collector.manager == Manager::Incremental ? visitedList() : GcListId::Generation2);
}

std::vector<ObjectId> Collector::tracked(int generation) const
{
    std::vector<ObjectId> all;
    if (m_tracing) {
        // Every container there is, dead ones that no collection has found included.
        for (std::uint32_t n = 0; n < m_heap.world().objects.size(); ++n)
            if (const Object &o = m_heap.object(ObjectId(n)); o.alive() && o.has(ObjectFlag::GcObject) && !o.has(ObjectFlag::Static))
                all.push_back(ObjectId(n));
        return all;
    }
    for (int g = 0; g < 3; ++g) {
        // 3.14.0 has a young generation and an old one of two spaces, which it calls 0 and 2.
        const int shown = g == 1 && m_profile.collector.manager == Manager::Incremental ? 2 : g;
        if (generation != kAll && generation != shown)
            continue;
        const std::vector<ObjectId> found = members(listOf(g));
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

std::int64_t Collector::collect(int generation, Reason reason)
{
    if (gc().collecting || m_profile.collector.manager == Manager::CountingOnly)
        return 0;
    const auto step = m_recorder.step(StepKind::Collection, {}, {}, generation);
    setMode(true);
    ObjectHooks *callbacks = reason == Reason::Shutdown ? nullptr : m_heap.hooks();
    // No Python code runs inside an allocation of a manager without counts: callbacks wait for the next safe place.
    const bool later = m_tracing && reason == Reason::Automatic;
    if (callbacks && !later)
        callbacks->collectionCallback(true, generation, 0, 0);

    m_visits = 0;
    std::size_t collected = 0;
    bool booked = true;
    if (m_tracing)
        collected = m_tracing->collect(generation);
    else if (m_profile.collector.manager == Manager::Incremental)
        booked = collectIncremental(generation, collected);
    else
        collected = collectGeneration(generation);
    m_collecting.clear();

    if (booked) {
        Stats &stats = m_stats[static_cast<std::size_t>(generation)];
        ++stats.collections;
        stats.collected += static_cast<std::int64_t>(collected);
        stats.candidates += m_candidates;
    }
    m_recorder.commit(change::CollectionCost{m_tracing ? m_tracing->visits() : m_visits, m_tracing ? m_tracing->bytesMoved() : 0});
    m_recorder.commit(change::Noticed{change::NoticeKind::CollectionResult, {}, {}, static_cast<std::int64_t>(collected)});
    if (later)
        m_tracing->notify(generation, static_cast<std::int64_t>(collected));
    else if (m_tracing)
        m_tracing->runDue();
    if (callbacks && !later)
        callbacks->collectionCallback(false, generation, static_cast<std::int64_t>(collected), 0);
    setMode(false);
    return static_cast<std::int64_t>(collected);
}

std::size_t Collector::collectGeneration(int generation)
{
    if (generation + 1 < 3)
        setCount(generation + 1, gc().count[static_cast<std::size_t>(generation + 1)] + 1);
    for (int g = 0; g <= generation; ++g)
        setCount(g, 0);

    sayBeginning(generation);
    const GcListId young = listOf(generation);
    const GcListId old = listOf(std::min(generation + 1, 2));
    mergeYounger(generation);
    deduceUnreachable(young);
    if (m_profile.objects.untrackTuples)
        untrackTuples(young);
    if (generation < 2) {
        if (generation == 1)
            m_recorder.commit(change::LongLivedSet{gc().longLivedTotal, gc().longLivedPending + gc().list(young).length});
        m_recorder.commit(change::GcListMerged{young, old});
    } else {
        if (m_profile.objects.trackDictsLazily)
            untrackDicts(young);
        // The objects of the interpreter itself were counted by CPython too.
        m_recorder.commit(change::LongLivedSet{gc().list(young).length + m_profile.collector.startupObjects, 0});
    }
    const std::size_t unreachable = gc().list(GcListId::Unreachable).length;
    const std::size_t collected = reclaim(old);
    sayEnd(unreachable);
    if (generation == 2)
        clearFreeLists();
    return collected;
}

void Collector::deduceUnreachable(GcListId list)
{
    updateRefs(list);
    subtractRefs(list);
    moveUnreachable(list, GcListId::Unreachable);
}

// Everything that happens to what was set aside. Returns what gc.collect() counts of it.
std::size_t Collector::reclaim(GcListId survivors)
{
    const std::size_t found = gc().list(GcListId::Unreachable).length;
    moveLegacyFinalizers();
    if (m_debug & kCollectable && m_heap.hooks())
        for (const ObjectId id : members(GcListId::Unreachable)) {
            char address[32];
            std::snprintf(address, sizeof address, "0x%llx", static_cast<unsigned long long>(m_heap.object(id).address.value));
            m_heap.hooks()->collectorSays("gc: collectable <" + m_heap.hooks()->typeNameOf(id) + ' ' + address + ">\n");
        }
    std::size_t collected = handleWeakrefs(survivors);
    const bool finalized = finalizeGarbage();
    const int resurrection = m_profile.collector.resurrection;
    if (resurrection == 0)
        collected += found;   // 3.6 counts before finalizers run
    if (resurrection < 2 && finalized && resurrectedAny()) {
        // Up to 3.8 one resurrection calls the whole collection off.
        m_recorder.commit(change::GcListMerged{GcListId::Unreachable, survivors});
        return collected;
    }
    GcListId garbage = GcListId::Unreachable;
    if (resurrection == 2 && finalized) {
        handleResurrectedObjects(survivors);
        garbage = GcListId::StillUnreachable;
    }
    if (m_profile.collector.clearsLateWeakrefs)
        for (const ObjectId id : members(garbage))
            while (const ObjectId weakref = m_heap.object(id).weakrefs)
                m_heap.weakrefs().clear(weakref);
    const std::size_t deleted = deleteGarbage(garbage, survivors);
    if (resurrection > 0)
        collected += deleted;
    return collected;
}

void Collector::mergeYounger(int generation)
{
    const auto step = m_recorder.step(StepKind::MergeYounger, {}, {}, generation);
    for (int g = 0; g < generation; ++g)
        if (gc().list(listOf(g)).length > 0)
            m_recorder.commit(change::GcListMerged{listOf(g), listOf(generation)});
}

namespace {

// So many objects somebody may walk through one by one. Of more, visits that change nothing are not noted.
constexpr std::uint32_t kWalkable = 5000;

} // namespace

// A visit is a place to stop at, whether it changes something or not.
void Collector::noteLook(ObjectId id, std::uint32_t before)
{
    if (m_looksNoted && m_recorder.position() == before)
        m_recorder.commit(change::Noticed{change::NoticeKind::LookedAt, id, {}, 0});
}

void Collector::updateRefs(GcListId list)
{
    m_looksNoted = m_recorder.recording() && gc().list(list).length <= kWalkable;
    const auto step = m_recorder.step(StepKind::UpdateRefs, {}, {}, static_cast<std::int32_t>(gc().list(list).length));
    m_collecting.assign(m_heap.world().objects.size(), false);
    m_candidates = 0;
    for (const ObjectId id : members(list)) {
        ++m_visits;
        m_collecting[id.value] = true, ++m_candidates;
        const std::uint32_t before = m_recorder.position();
        setRefs(id, static_cast<std::int32_t>(m_heap.refcount(id)));
        noteLook(id, before);
    }
}

void Collector::subtractRefs(GcListId list)
{
    const auto step = m_recorder.step(StepKind::SubtractRefs, {}, {}, static_cast<std::int32_t>(gc().list(list).length));
    for (const ObjectId id : members(list)) {
        const auto visit = m_recorder.step(StepKind::Visit, id);
        const std::uint32_t before = m_recorder.position();
        ++m_visits;
        if (m_heap.mistake() == ReclaimMistake::NoSubtraction && m_heap.kind(id) == TypeKind::Dict)
            continue;
        traverse(id, [&](ObjectId target) {
            if (collecting(target))
                setRefs(target, m_heap.object(target).gcRefs - 1);
        });
        noteLook(id, before);
    }
}

void Collector::moveUnreachable(GcListId from, GcListId unreachable)
{
    const auto step = m_recorder.step(StepKind::MoveUnreachable, {}, {}, static_cast<std::int32_t>(gc().list(from).length));
    ObjectId id = gc().list(from).head;
    while (id) {
        const auto visit = m_recorder.step(StepKind::Visit, id);
        const std::uint32_t before = m_recorder.position();
        ++m_visits;
        ObjectId next;
        if (m_heap.object(id).gcRefs > 0) {
            // Held from outside: everything it refers to is reachable too. What was set aside too early comes back, to the end.
            traverse(id, [&](ObjectId target) {
                if (!collecting(target))
                    return;
                if (m_heap.object(target).gcList == unreachable) {
                    if (m_heap.mistake() == ReclaimMistake::NoPullBack)
                        return;
                    m_recorder.commit(change::GcMoved{target, unreachable, from});
                    setRefs(target, 1);
                } else if (m_heap.object(target).gcRefs == 0) {
                    setRefs(target, 1);
                }
            });
            next = m_heap.object(id).gcNext;
            m_collecting[id.value] = false;
            noteLook(id, before);
        } else {
            next = m_heap.object(id).gcNext;
            m_recorder.commit(change::GcMoved{id, from, unreachable});
        }
        id = next;
    }
}

void Collector::untrackTuples(GcListId list)
{
    const auto step = m_recorder.step(StepKind::UntrackTuples);
    for (const ObjectId id : members(list)) {
        if (m_heap.kind(id) != TypeKind::Tuple || m_heap.object(id).type)
            continue;
        bool needed = false;
        for (const Slot &slot : m_heap.world().slotsOf(id))
            needed = needed || !slot.target || mayBeTracked(m_heap.world(), slot.target);
        if (!needed)
            m_heap.untrack(id);
    }
}

void Collector::untrackDicts(GcListId list)
{
    const auto step = m_recorder.step(StepKind::UntrackDicts);
    for (const ObjectId id : members(list)) {
        if (m_heap.kind(id) != TypeKind::Dict || m_heap.object(id).type)
            continue;
        bool needed = false;
        for (const Slot &slot : m_heap.world().slotsOf(id))
            needed = needed || (slot.target && mayBeTracked(m_heap.world(), slot.target));
        if (!needed)
            m_heap.untrack(id);
    }
}

// Objects with a tp_del and what they reach would be kept in gc.garbage. Since 3.4 (PEP 442) no class of a program has one.
void Collector::moveLegacyFinalizers()
{
    const auto step = m_recorder.step(StepKind::MoveLegacyFinalizers);
    if (m_recorder.recording() && gc().list(GcListId::Unreachable).length > 0)
        m_recorder.commit(change::Noticed{change::NoticeKind::Plain, {}, m_heap.text("no object has a finalizer of the old kind (tp_del): none is set aside"), 0});
}

void Collector::sayBeginning(int generation)
{
    if (!(m_debug & kStats) || !m_heap.hooks())
        return;
    std::string said = "gc: collecting generation " + std::to_string(generation) + "...\ngc: objects in each generation:";
    for (int g = 0; g < 3; ++g)
        said += ' ' + std::to_string(gc().list(listOf(g)).length + (g == 2 ? static_cast<std::uint32_t>(m_profile.collector.startupObjects) : 0));
    said += "\ngc: objects in permanent generation: " + std::to_string(gc().list(GcListId::Permanent).length) + '\n';
    m_heap.hooks()->collectorSays(said);
}

// The simulated clock stands still.
void Collector::sayEnd(std::size_t unreachable)
{
    if (!(m_debug & kStats) || !m_heap.hooks())
        return;
    const bool brief = unreachable == 0 && m_profile.minor <= 7;
    m_heap.hooks()->collectorSays("gc: done, " + (brief ? std::string() : std::to_string(unreachable) + " unreachable, 0 uncollectable, ")
                                  + "0.0000s elapsed\n");
}

std::size_t Collector::handleWeakrefs(GcListId survivors)
{
    const auto step = m_recorder.step(StepKind::HandleWeakrefs);
    Weakrefs &weakrefs = m_heap.weakrefs();
    std::vector<Ref> due;
    for (const ObjectId id : members(GcListId::Unreachable)) {
        // A weak reference that is garbage itself stays silent.
        if (m_heap.kind(id) == TypeKind::Weakref || m_heap.kind(id) == TypeKind::WeakProxy)
            weakrefs.clear(id);
        if (!m_heap.object(id).weakrefs)
            continue;
        for (const ObjectId weakref : std::vector<ObjectId>(weakrefs.of(id))) {
            if (m_profile.collector.silentWeakrefsSurvive && !weakrefs.callback(weakref))
                continue;   // until finalizers have run
            weakrefs.clear(weakref);
            if (weakrefs.callback(weakref) && m_heap.object(weakref).gcList != GcListId::Unreachable)
                due.push_back(m_heap.own(weakref));
        }
    }
    std::size_t freed = 0;
    for (Ref &weakref : due) {
        const ObjectId id = weakref;
        m_heap.callWeakrefCallback(id, weakrefs.callback(id));
        weakref.reset();
        if (!m_heap.object(id).alive())
            ++freed;
        else if (m_heap.object(id).tracked())
            moveTo(id, survivors);
    }
    return freed;
}

// check_garbage: whether a finalizer made something reachable again.
bool Collector::resurrectedAny()
{
    const auto step = m_recorder.step(StepKind::HandleResurrectedObjects);
    updateRefs(GcListId::Unreachable);
    subtractRefs(GcListId::Unreachable);
    const std::vector<ObjectId> all = members(GcListId::Unreachable);
    return std::any_of(all.begin(), all.end(), [&](ObjectId id) { return m_heap.object(id).gcRefs != 0; });
}

bool Collector::finalizeGarbage()
{
    const auto step = m_recorder.step(StepKind::FinalizeGarbage);
    bool any = false;
    for (const ObjectId id : members(GcListId::Unreachable)) {
        if (!m_heap.object(id).alive() || m_heap.object(id).has(ObjectFlag::Finalized) || !m_heap.hasFinalizer(id))
            continue;
        any = true;
        const Ref kept = m_heap.own(id);
        m_heap.finalizeOnce(id);
    }
    return any;
}

std::size_t Collector::handleResurrectedObjects(GcListId survivors)
{
    const auto step = m_recorder.step(StepKind::HandleResurrectedObjects);
    updateRefs(GcListId::Unreachable);
    subtractRefs(GcListId::Unreachable);
    moveUnreachable(GcListId::Unreachable, GcListId::StillUnreachable);
    const std::size_t left = gc().list(GcListId::StillUnreachable).length;
    if (gc().list(GcListId::Unreachable).length > 0)
        m_recorder.commit(change::GcListMerged{GcListId::Unreachable, survivors});
    return left;
}

std::size_t Collector::deleteGarbage(GcListId garbage, GcListId survivors)
{
    const auto step = m_recorder.step(StepKind::DeleteGarbage, {}, {}, static_cast<std::int32_t>(gc().list(garbage).length));
    const std::size_t count = gc().list(garbage).length;
    while (const ObjectId id = gc().list(garbage).head) {
        const auto visit = m_recorder.step(StepKind::Visit, id);
        ++m_visits;
        if (m_debug & kSaveAll) {
            if (m_heap.hooks())
                m_heap.hooks()->keepGarbage(id);
        } else {
            const Ref kept = m_heap.own(id);
            m_heap.clearContents(id);
        }
        // Still alive: it may die later, when another one lets it go.
        if (gc().list(garbage).head == id)
            m_recorder.commit(change::GcMoved{id, garbage, survivors});
    }
    return count;
}

void Collector::clearFreeLists()
{
    const auto step = m_recorder.step(StepKind::ClearFreeLists);
    m_heap.clearFreeLists();
}

} // namespace pyrena
