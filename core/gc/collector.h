#pragma once

#include "core/gc/traverse.h"
#include "core/objects/objectheap.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace pyrena {

class Tracing;

// CPython's cyclic collector (Modules/gcmodule.c, from 3.13 Python/gc.c): one function for each phase, named after CPython's.
// Exact given the lists: finds the same objects in the same order. The profile says which one: with three generations
// (collector.cpp), incremental as in 3.14.0 (incremental.cpp), none, or one of the managers without counts (tracing.h), which
// this class drives.
class Collector
{
public:
    explicit Collector(ObjectHeap &heap);
    ~Collector();

    enum class Reason : std::uint8_t { Program, Automatic, Shutdown };   // gc.callbacks hear nothing of the last
    // gc.collect(generation): how many unreachable objects were found. 0 when called while a collection runs.
    std::int64_t collect(int generation, Reason reason = Reason::Program);
    // The counter of generation 0 passed its threshold: collect now, or at the next runIfPending().
    void allocationPassedThreshold();
    // A manager without counts collects when the next object does not fit.
    void makeRoom(std::uint64_t bytes);
    // Managers without counts: what this object, of the interpreter's image, refers to is no longer reached from a root.
    void dropRoot(ObjectId id);
    // gc.get_count() of a manager without counts: bytes in the heap, or in the nursery and behind it.
    std::array<std::int64_t, 3> occupancy() const;
    bool pending() const { return m_pending; }
    // Where CPython 3.12+ looks at its eval breaker, or asks whether there were signals (PyErr_CheckSignals).
    void runIfPending()
    {
        if (m_pending) [[unlikely]]
            runPending();
    }
    void setEnabled(bool enabled);
    // gc.set_debug(): of the flags only DEBUG_SAVEALL changes what a collection does; the others write to stderr.
    static constexpr std::int64_t kStats = 1, kCollectable = 2, kSaveAll = 32;
    std::int64_t debug() const { return m_debug; }
    void setDebug(std::int64_t flags) { m_debug = flags; }
    void freeze();
    void unfreeze();
    // Tracked objects of one generation, or of all but the frozen ones, in the order of the lists.
    std::vector<ObjectId> tracked(int generation = kAll) const;
    static constexpr int kAll = -1;

    struct Stats { std::int64_t collections = 0, collected = 0, uncollectable = 0, candidates = 0; };
    const Stats &stats(int generation) const { return m_stats[static_cast<std::size_t>(generation)]; }

    // Every reference an object shows the collector (tp_traverse), in order.
    template <class Visit>
    void traverse(ObjectId id, Visit &&visit) const;

private:
    void runPending();
    void collectGenerations();
    std::size_t collectGeneration(int generation);
    void setCount(int generation, std::int32_t value);
    void deduceUnreachable(GcListId list);
    std::size_t reclaim(GcListId survivors);
    void merge(GcListId from, GcListId to);

    // ---- the incremental collector (incremental.cpp)
    GcListId visitedList() const { return listOf(1 + gc().visitedSpace); }
    GcListId pendingList() const { return listOf(2 - gc().visitedSpace); }
    bool isPending(ObjectId id) const;
    bool collectIncremental(int generation, std::size_t &collected);   // false: an increment that only marked
    std::size_t collectYoung();
    bool collectIncrement(std::size_t &collected);
    std::size_t collectFull();
    std::size_t collectRegion(GcListId from, GcListId to);
    std::int64_t assessWorkToDo();
    std::int64_t heapFraction() const;
    std::int64_t markAtStart();
    std::int64_t markGlobalRoots();
    std::int64_t markStacks(bool start);
    std::int64_t markAllReachable();
    std::int64_t moveReferents(ObjectId id, GcListId to);
    std::int64_t fillIncrement(std::int64_t size, std::int64_t wanted);
    void completedScavenge();
    void setIncremental(std::uint8_t visitedSpace, bool marking, std::int64_t workToDo);

    void mergeYounger(int generation);
    void updateRefs(GcListId list);
    void subtractRefs(GcListId list);
    void moveUnreachable(GcListId from, GcListId unreachable);
    void untrackTuples(GcListId list);
    void untrackDicts(GcListId list);
    std::size_t handleWeakrefs(GcListId survivors);
    void moveTo(ObjectId id, GcListId list);
    void sayBeginning(int generation);
    void sayEnd(std::size_t unreachable);
    void noteLook(ObjectId id, std::uint32_t before);
    void moveLegacyFinalizers();
    bool resurrectedAny();
    bool finalizeGarbage();
    std::size_t handleResurrectedObjects(GcListId survivors);
    std::size_t deleteGarbage(GcListId garbage, GcListId survivors);
    void clearFreeLists();

    static constexpr GcListId listOf(int generation)
    {
        return static_cast<GcListId>(static_cast<int>(GcListId::Generation0) + generation);
    }
    const GcState &gc() const { return m_heap.world().gc; }
    std::vector<ObjectId> members(GcListId list) const;
    void setRefs(ObjectId id, std::int32_t refs);
    void setMode(bool collecting);
    bool collecting(ObjectId id) const { return id.value < m_collecting.size() && m_collecting[id.value]; }

    ObjectHeap &m_heap;
    Recorder &m_recorder;
    const PythonProfile &m_profile;
    std::vector<bool> m_collecting;   // PREV_MASK_COLLECTING: in the lists being examined, and not yet known to be reachable
    std::array<Stats, 3> m_stats{};
    std::int64_t m_debug = 0;
    bool m_pending = false;
    bool m_looksNoted = false;                   // of the running phase: visits that change nothing are noted, too
    std::int64_t m_candidates = 0;       // objects that the collection at hand looks at
    std::uint64_t m_visits = 0;                  // of the running collection
    std::int64_t m_startupPending = 0;           // incremental: the interpreter's own objects in the pending space, not simulated
    std::vector<bool> m_visitedFrames;           // incremental: by ObjectId; what lies below them on the stack was marked
    std::unique_ptr<Tracing> m_tracing;          // the manager, if it is one without counts
};

template <class Visit>
void Collector::traverse(ObjectId id, Visit &&visit) const
{
    pyrena::traverse(m_heap, id, visit);
}

} // namespace pyrena
