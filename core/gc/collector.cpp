#include "core/gc/collector.h"

#include "core/objects/dicts.h"
#include "core/objects/weakrefs.h"

#include <algorithm>

namespace pyrena {

namespace {

constexpr GcListId listOf(int generation)
{
    return static_cast<GcListId>(static_cast<int>(GcListId::Generation0) + generation);
}

} // namespace

Collector::Collector(ObjectHeap &heap) : m_heap(heap), m_recorder(heap.recorder()), m_profile(heap.profile()) {}

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
    if (!gc().enabled || gc().collecting || gc().threshold[0] == 0)
        return;
    if (m_profile.collector.collectsAtAllocation)
        collectGenerations();
    else
        m_pending = true;
}

void Collector::runPending()
{
    m_pending = false;
    if (gc().enabled && !gc().collecting)
        collectGenerations();
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

void Collector::freeze()
{
    for (int g = 0; g < 3; ++g) {
        if (gc().list(listOf(g)).length > 0)
            m_recorder.commit(change::GcListMerged{listOf(g), GcListId::Permanent});
        if (const std::int32_t count = gc().count[static_cast<std::size_t>(g)]; count != 0)
            m_recorder.commit(change::GcCountSet{static_cast<std::uint32_t>(g), count, 0});
    }
}

void Collector::unfreeze()
{
    if (gc().list(GcListId::Permanent).length > 0)
        m_recorder.commit(change::GcListMerged{GcListId::Permanent, GcListId::Generation2});
}

std::vector<ObjectId> Collector::tracked(int generation) const
{
    std::vector<ObjectId> all;
    for (int g = 0; g < 3; ++g) {
        if (generation != kAll && generation != g)
            continue;
        const std::vector<ObjectId> found = members(listOf(g));
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

std::int64_t Collector::collect(int generation, Reason reason)
{
    if (gc().collecting)
        return 0;
    const auto step = m_recorder.step(StepKind::Collection, {}, {}, generation);
    setMode(true);
    ObjectHooks *callbacks = reason == Reason::Shutdown ? nullptr : m_heap.hooks();
    if (callbacks)
        callbacks->collectionCallback(true, generation, 0, 0);

    const auto setCount = [&](int g, std::int32_t value) {
        const std::int32_t before = gc().count[static_cast<std::size_t>(g)];
        if (before != value)
            m_recorder.commit(change::GcCountSet{static_cast<std::uint32_t>(g), before, value});
    };
    if (generation + 1 < 3)
        setCount(generation + 1, gc().count[static_cast<std::size_t>(generation + 1)] + 1);
    for (int g = 0; g <= generation; ++g)
        setCount(g, 0);

    const GcListId young = listOf(generation);
    const GcListId old = listOf(std::min(generation + 1, 2));
    mergeYounger(generation);
    updateRefs(young);
    subtractRefs(young);
    moveUnreachable(young, GcListId::Unreachable);
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

    const std::size_t found = gc().list(GcListId::Unreachable).length;
    std::size_t collected = handleWeakrefs(old);
    const bool finalized = finalizeGarbage();
    const int resurrection = m_profile.collector.resurrection;
    if (resurrection == 0)
        collected += found;   // 3.6 counts before finalizers run
    if (resurrection < 2 && finalized && resurrectedAny()) {
        // Up to 3.8 one resurrection calls the whole collection off.
        m_recorder.commit(change::GcListMerged{GcListId::Unreachable, old});
    } else {
        GcListId garbage = GcListId::Unreachable;
        if (resurrection == 2 && finalized) {
            handleResurrectedObjects(old);
            garbage = GcListId::StillUnreachable;
        }
        if (m_profile.collector.clearsLateWeakrefs)
            for (const ObjectId id : members(garbage))
                for (const ObjectId weakref : std::vector<ObjectId>(m_heap.weakrefs().of(id)))
                    m_heap.weakrefs().clear(weakref);
        const std::size_t deleted = deleteGarbage(garbage, old);
        if (resurrection > 0)
            collected += deleted;
    }
    if (generation == 2)
        clearFreeLists();
    m_collecting.clear();

    Stats &stats = m_stats[static_cast<std::size_t>(generation)];
    ++stats.collections;
    stats.collected += static_cast<std::int64_t>(collected);
    m_recorder.commit(change::Noticed{change::NoticeKind::CollectionResult, {}, {}, static_cast<std::int64_t>(collected)});
    if (callbacks)
        callbacks->collectionCallback(false, generation, static_cast<std::int64_t>(collected), 0);
    setMode(false);
    return static_cast<std::int64_t>(collected);
}

void Collector::mergeYounger(int generation)
{
    const auto step = m_recorder.step(StepKind::MergeYounger, {}, {}, generation);
    for (int g = 0; g < generation; ++g)
        if (gc().list(listOf(g)).length > 0)
            m_recorder.commit(change::GcListMerged{listOf(g), listOf(generation)});
}

void Collector::updateRefs(GcListId list)
{
    const auto step = m_recorder.step(StepKind::UpdateRefs, {}, {}, static_cast<std::int32_t>(gc().list(list).length));
    m_collecting.assign(m_heap.world().objects.size(), false);
    for (const ObjectId id : members(list)) {
        m_collecting[id.value] = true;
        setRefs(id, static_cast<std::int32_t>(m_heap.refcount(id)));
    }
}

void Collector::subtractRefs(GcListId list)
{
    const auto step = m_recorder.step(StepKind::SubtractRefs, {}, {}, static_cast<std::int32_t>(gc().list(list).length));
    for (const ObjectId id : members(list)) {
        const auto visit = m_recorder.step(StepKind::Visit, id);
        traverse(id, [&](ObjectId target) {
            if (collecting(target))
                setRefs(target, m_heap.object(target).gcRefs - 1);
        });
    }
}

void Collector::moveUnreachable(GcListId from, GcListId unreachable)
{
    const auto step = m_recorder.step(StepKind::MoveUnreachable, {}, {}, static_cast<std::int32_t>(gc().list(from).length));
    ObjectId id = gc().list(from).head;
    while (id) {
        const auto visit = m_recorder.step(StepKind::Visit, id);
        ObjectId next;
        if (m_heap.object(id).gcRefs > 0) {
            // Held from outside: everything it refers to is reachable too. What was set aside too early comes back, to the end.
            traverse(id, [&](ObjectId target) {
                if (!collecting(target))
                    return;
                if (m_heap.object(target).gcList == unreachable) {
                    m_recorder.commit(change::GcMoved{target, unreachable, from});
                    setRefs(target, 1);
                } else if (m_heap.object(target).gcRefs == 0) {
                    setRefs(target, 1);
                }
            });
            next = m_heap.object(id).gcNext;
            m_collecting[id.value] = false;
        } else {
            next = m_heap.object(id).gcNext;
            const bool last = !next;
            m_recorder.commit(change::GcMoved{id, from, unreachable});
            (void)last;
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

std::size_t Collector::handleWeakrefs(GcListId survivors)
{
    const auto step = m_recorder.step(StepKind::HandleWeakrefs);
    Weakrefs &weakrefs = m_heap.weakrefs();
    std::vector<Ref> due;
    for (const ObjectId id : members(GcListId::Unreachable)) {
        // A weak reference that is garbage itself stays silent.
        if (m_heap.kind(id) == TypeKind::Weakref || m_heap.kind(id) == TypeKind::WeakProxy)
            weakrefs.clear(id);
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
