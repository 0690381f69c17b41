#pragma once

#include "core/objects/objectheap.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace pyrena {

// A memory manager without counts, as textbooks describe it: nothing dies before a collection, and a collection keeps what
// roots reach. The same garbage is found as by a full collection of CPython; what differs is when, in which order, and where
// objects are.
//
// Roots: what the interpreter's image holds (the program's namespace, modules, code), the running calls, and what the
// interpreter itself has in hand (a result on its way). When: the heap, or the nursery, has no room for the next object.
//
// Weak references to what was not reached are cleared; __del__ of it runs once. Both callbacks and __del__ run after the
// collection, callbacks first; an object with __del__ is kept for that, with all it refers to, and dies in the next collection
// that does not reach it (as in PyPy and Java). A weak reference that was not reached itself stays silent.
class Tracing
{
public:
    // Nullptr for a profile whose manager counts.
    static std::unique_ptr<Tracing> make(ObjectHeap &heap);
    virtual ~Tracing() = default;

    // Returns how many containers died: what gc.collect() returns. 0: the nursery, if there is one; else the heap.
    std::size_t collect(int generation);
    // Whether so many bytes more ask for a collection first, and which.
    virtual std::optional<int> wantsCollection(std::uint64_t bytes) const;
    virtual std::array<std::int64_t, 3> occupancy() const { return {std::int64_t(used()), 0, 0}; }

    // Callbacks and finalizers that wait for a safe place.
    bool hasDue() const { return !m_due.empty(); }
    void runDue();
    void notify(int generation, std::int64_t collected);   // gc.callbacks, then
    void dropRoot(ObjectId id) { m_dropped.push_back(id); }

    // Of the last collection.
    std::uint64_t visits() const { return m_visits; }
    std::uint64_t bytesMoved() const { return m_bytesMoved; }

protected:
    explicit Tracing(ObjectHeap &heap) : m_heap(heap), m_recorder(heap.recorder()) {}

    // ---- what the managers do differently, in the order of a collection
    virtual void begin(int) {}
    virtual StepKind rootsStep() const { return StepKind::MarkRoots; }
    virtual StepKind traceStep() const { return StepKind::MarkReachable; }
    virtual bool examined(ObjectId id) const { return isManaged(id); }   // may die in this collection
    virtual void reachRemembered() {}
    virtual void onReached(ObjectId id) = 0;     // white to grey
    virtual void onDone(ObjectId id) = 0;        // grey to black
    virtual void finish() = 0;                   // the unreached die; who stays may move
    virtual void adjustLimit() = 0;
    virtual std::uint64_t used() const = 0;      // bytes

    // ---- what they share
    static bool isManaged(const Object &o) { return o.alive() && (!o.has(ObjectFlag::Static) || o.kind == TypeKind::Frame); }
    bool isManaged(ObjectId id) const { return isManaged(m_heap.object(id)); }
    // A frame lives in the interpreter's own stack: reached like others, but nothing of it moves.
    static bool hasMemory(const Object &o) { return o.address && !o.has(ObjectFlag::Static); }
    bool reached(ObjectId id) const { return m_reached[id.value]; }
    void reach(ObjectId id);
    template <class Visit>
    void forEachReference(ObjectId id, Visit &&visit) const
    {
        if (m_heap.mistake() == ReclaimMistake::DictsNotFollowed && m_heap.kind(id) == TypeKind::Dict && isManaged(id))
            return;
        for (const Slot &slot : m_heap.world().slotsOf(id))
            if (slot.target)
                visit(slot.target);
        if (const ObjectId type = m_heap.object(id).type)
            visit(type);
    }
    void drain();
    void visited() { ++m_visits; }
    void die(ObjectId id);
    std::vector<ObjectId> unreached() const;     // of what is examined
    void prepareDeaths(const std::vector<ObjectId> &dying);   // while they are still whole: generators give up their frames
    void reclaim(const std::vector<ObjectId> &dying);         // prepares them too
    std::vector<ObjectId> examinedObjects() const;
    std::uint64_t threshold(std::size_t i) const { return static_cast<std::uint64_t>(m_heap.world().gc.threshold[i]); }
    // Doubles the limit until what lives takes no more than half of it. Returns it.
    std::uint64_t raiseLimit(std::size_t i, std::uint64_t live);

    ObjectHeap &m_heap;
    Recorder &m_recorder;
    std::uint64_t m_visits = 0, m_bytesMoved = 0;

private:
    struct Due
    {
        enum class What : std::uint8_t { Callback, Finalizer, Notification } what;
        Ref object;
        int generation = 0;
        std::int64_t collected = 0;
    };
    void reachRoots();
    void clearWeakrefs();
    void keepFinalizable();

    std::vector<bool> m_reached;        // by ObjectId
    std::vector<ObjectId> m_grey;       // a queue: the first m_scanned are done
    std::size_t m_scanned = 0;
    std::size_t m_died = 0;             // containers, in this collection
    std::vector<Due> m_due;
    std::vector<ObjectId> m_dropped;
    bool m_running = false;
};

std::unique_ptr<Tracing> makeMarkSweep(ObjectHeap &heap);
std::unique_ptr<Tracing> makeMarkCompact(ObjectHeap &heap);
std::unique_ptr<Tracing> makeCopying(ObjectHeap &heap);
std::unique_ptr<Tracing> makeGenerationalCopying(ObjectHeap &heap);

} // namespace pyrena
