#include "core/gc/tracing.h"

#include "core/objects/weakrefs.h"

#include <algorithm>
#include <utility>

namespace pyrena {

std::unique_ptr<Tracing> Tracing::make(ObjectHeap &heap)
{
    switch (heap.profile().collector.manager) {
    case Manager::MarkSweep: return makeMarkSweep(heap);
    case Manager::MarkCompact: return makeMarkCompact(heap);
    case Manager::Copying: return makeCopying(heap);
    case Manager::GenerationalCopying: return makeGenerationalCopying(heap);
    case Manager::Generational: case Manager::Incremental: case Manager::CountingOnly: break;
    }
    return nullptr;
}

std::optional<int> Tracing::wantsCollection(std::uint64_t bytes) const
{
    return used() + bytes > threshold(0) ? std::optional(2) : std::nullopt;
}

std::size_t Tracing::collect(int generation)
{
    m_visits = m_bytesMoved = 0;
    m_died = 0;
    m_reached.assign(m_heap.world().objects.size(), false);
    m_grey.clear();
    m_scanned = 0;

    begin(generation);
    reachRoots();
    reachRemembered();
    {
        const auto step = m_recorder.step(traceStep());
        drain();
    }
    clearWeakrefs();
    keepFinalizable();
    finish();
    adjustLimit();
    return m_died;
}

void Tracing::reach(ObjectId id)
{
    if (!examined(id) || m_reached[id.value])
        return;
    m_reached[id.value] = true;
    m_grey.push_back(id);
    onReached(id);
}

// Roots that no slot shows: a count is kept beside the World, as a conservative collector reads registers and the machine's
// stack; what it has more than there are slots is in the interpreter's hands.
void Tracing::reachRoots()
{
    const auto step = m_recorder.step(rootsStep());
    const World &w = m_heap.world();
    std::vector<std::uint32_t> references(w.objects.size(), 0);
    const auto isRoot = [&](ObjectId id) {
        const Object &o = w.object(id);
        return o.alive() && o.has(ObjectFlag::Static) && o.kind != TypeKind::Frame
            && std::find(m_dropped.begin(), m_dropped.end(), id) == m_dropped.end();
    };
    if (w.globals && isRoot(w.globals))
        forEachReference(w.globals, [&](ObjectId target) { reach(target); });
    for (std::uint32_t n = 0; n < w.objects.size(); ++n) {
        const ObjectId id(n);
        if (!w.object(id).alive())
            continue;
        for (const Slot &slot : w.slotsOf(id))
            if (slot.target && slot.label != kBorrowed)
                ++references[slot.target.value];
        if (isRoot(id))
            forEachReference(id, [&](ObjectId target) { reach(target); });
    }
    for (std::uint32_t n = 0; n < w.objects.size(); ++n)
        if (const ObjectId id(n); isManaged(id) && m_heap.refcount(id) > references[n])
            reach(id);
}

void Tracing::drain()
{
    while (m_scanned < m_grey.size()) {
        const ObjectId id = m_grey[m_scanned++];
        const auto visit = m_recorder.step(StepKind::Visit, id);
        visited();
        forEachReference(id, [&](ObjectId target) { reach(target); });
        onDone(id);
    }
}

std::vector<ObjectId> Tracing::examinedObjects() const
{
    std::vector<ObjectId> found;
    for (std::uint32_t n = 0; n < m_heap.world().objects.size(); ++n)
        if (examined(ObjectId(n)))
            found.push_back(ObjectId(n));
    return found;
}

void Tracing::clearWeakrefs()
{
    const auto step = m_recorder.step(StepKind::HandleWeakrefs);
    Weakrefs &weakrefs = m_heap.weakrefs();
    for (const ObjectId id : examinedObjects()) {
        if (m_reached[id.value])
            continue;
        if (m_heap.kind(id) == TypeKind::Weakref || m_heap.kind(id) == TypeKind::WeakProxy)
            weakrefs.clear(id);
        for (const ObjectId weakref : std::vector<ObjectId>(weakrefs.of(id))) {
            weakrefs.clear(weakref);
            const bool silent = examined(weakref) && !m_reached[weakref.value];
            if (!silent && weakrefs.callback(weakref))
                m_due.push_back({Due::What::Callback, m_heap.own(weakref)});
        }
    }
}

// What has a __del__ that did not run lives on until it ran, with all it refers to.
void Tracing::keepFinalizable()
{
    const auto step = m_recorder.step(StepKind::FinalizeGarbage);
    std::vector<ObjectId> kept;
    for (const ObjectId id : examinedObjects())
        if (!m_reached[id.value] && !m_heap.object(id).has(ObjectFlag::Finalized) && m_heap.hasFinalizer(id))
            kept.push_back(id);
    for (const ObjectId id : kept) {
        m_due.push_back({Due::What::Finalizer, m_heap.own(id)});
        reach(id);
    }
    drain();
}

void Tracing::die(ObjectId id)
{
    m_died += m_heap.object(id).has(ObjectFlag::GcObject) && m_heap.kind(id) != TypeKind::Frame;
    m_heap.reclaim(id);
}

std::vector<ObjectId> Tracing::unreached() const
{
    std::vector<ObjectId> found = examinedObjects();
    std::erase_if(found, [this](ObjectId id) { return m_reached[id.value]; });
    return found;
}

void Tracing::prepareDeaths(const std::vector<ObjectId> &dying)
{
    if (ObjectHooks *hooks = m_heap.hooks())
        for (const ObjectId id : dying)
            if (m_heap.object(id).alive())
                hooks->beforeDealloc(id);
}

void Tracing::reclaim(const std::vector<ObjectId> &dying)
{
    prepareDeaths(dying);
    for (const ObjectId id : dying)
        if (m_heap.object(id).alive())
            die(id);
}

std::uint64_t Tracing::raiseLimit(std::size_t i, std::uint64_t live)
{
    const auto before = m_heap.world().gc.threshold[i];
    std::int64_t after = before;
    constexpr std::int64_t kMost = std::int64_t(1) << 30;
    while (after > 0 && after < kMost && live > static_cast<std::uint64_t>(after) / 2)
        after *= 2;
    if (after != before)
        m_recorder.commit(change::GcThresholdSet{static_cast<std::uint32_t>(i), before, static_cast<std::int32_t>(after)});
    return static_cast<std::uint64_t>(after);
}

void Tracing::notify(int generation, std::int64_t collected)
{
    m_due.push_back({Due::What::Notification, {}, generation, collected});
}

void Tracing::runDue()
{
    if (m_running || m_due.empty())
        return;
    m_running = true;
    // What these do may end in another collection, with more to run afterwards.
    for (const Due::What what : {Due::What::Notification, Due::What::Callback, Due::What::Finalizer}) {
        std::vector<Due> now;
        for (Due &due : m_due)
            if (due.what == what)
                now.push_back(std::move(due));
        std::erase_if(m_due, [what](const Due &due) { return due.what == what; });
        for (Due &due : now) {
            if (what == Due::What::Callback) {
                if (const ObjectId callback = m_heap.weakrefs().callback(due.object))
                    m_heap.callWeakrefCallback(due.object, callback);
            } else if (what == Due::What::Finalizer) {
                m_heap.finalizeOnce(due.object);
            } else if (ObjectHooks *hooks = m_heap.hooks()) {
                hooks->collectionCallback(true, due.generation, 0, 0);
                hooks->collectionCallback(false, due.generation, due.collected, 0);
            }
            due.object.reset();
        }
    }
    m_running = false;
}

} // namespace pyrena
