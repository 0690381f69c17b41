// Textbook mark and sweep (McCarthy 1960): from the roots everything is marked, then the heap is walked in the order of the
// addresses and what has no mark is freed where it lies. Nothing moves; blocks are obmalloc's.
#include "core/gc/tracing.h"

#include <algorithm>

namespace pyrena {

namespace {

class MarkSweep : public Tracing
{
public:
    explicit MarkSweep(ObjectHeap &heap) : Tracing(heap) {}

protected:
    void mark(ObjectId id, GcMark after) { m_recorder.commit(change::GcMarked{id, m_heap.object(id).mark(), after}); }
    void onReached(ObjectId id) override { mark(id, GcMark::Grey); }
    void onDone(ObjectId id) override { mark(id, GcMark::Black); }
    void adjustLimit() override { raiseLimit(0, used()); }
    std::uint64_t used() const override { return m_heap.world().heap.totals.bytesInUse(); }

    void finish() override
    {
        const auto step = m_recorder.step(StepKind::Sweep);
        prepareDeaths(unreached());
        std::vector<ObjectId> all = examinedObjects();
        std::stable_sort(all.begin(), all.end(),
                         [&](ObjectId a, ObjectId b) { return m_heap.object(a).address < m_heap.object(b).address; });
        for (const ObjectId id : all) {
            const auto visit = m_recorder.step(StepKind::Visit, id);
            visited();
            if (reached(id))
                mark(id, GcMark::White);
            else
                die(id);
        }
    }
};

} // namespace

std::unique_ptr<Tracing> makeMarkSweep(ObjectHeap &heap)
{
    return std::make_unique<MarkSweep>(heap);
}

} // namespace pyrena
