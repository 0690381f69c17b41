// A nursery in front of two half-spaces, as PyPy's default collector has one: objects are born in the nursery; when it is full
// those that are reached move behind it, at their first survival. Old objects are not looked at, so a write barrier remembers
// which of them may refer to a young one. When the heap behind is full, everything is copied into the other half-space.
#include "core/gc/evacuation.h"

namespace pyrena {

namespace {

class GenerationalCopying : public Evacuation
{
public:
    explicit GenerationalCopying(ObjectHeap &heap) : Evacuation(heap) {}

    std::optional<int> wantsCollection(std::uint64_t bytes) const override
    {
        if (young().used + bytes > threshold(0) && young().used > 0)
            return 0;
        return old().used > threshold(1) ? std::optional(1) : std::nullopt;
    }
    std::array<std::int64_t, 3> occupancy() const override { return {std::int64_t(young().used), std::int64_t(old().used), 0}; }

protected:
    void begin(int generation) override
    {
        m_full = generation > 0;
        if (m_full)
            copyTo(other(state().active), young().used + old().used);
        else
            copyTo(state().active, young().used);
    }

    // A dead old object is not known to be dead here: what it refers to stays until the heap behind is collected.
    bool examined(ObjectId id) const override
    {
        if (m_full)
            return isManaged(id);
        return isManaged(id) && state().spaceOf(m_heap.object(id).address) == SpaceId::Nursery;
    }

    void reachRemembered() override
    {
        if (m_full)
            return;
        const auto step = m_recorder.step(StepKind::ScanRemembered);
        const auto scan = [&](ObjectId id) {
            const auto visit = m_recorder.step(StepKind::Visit, id);
            visited();
            forEachReference(id, [&](ObjectId target) { reach(target); });
        };
        for (const ObjectId id : std::vector<ObjectId>(state().remembered))
            if (m_heap.object(id).alive()) {
                scan(id);
                // The array of an old container may be young: one that grew got a new place.
                if (state().spaceOf(m_heap.object(id).buffer) == SpaceId::Nursery)
                    moveBuffer(id);
            }
        // Frames are written to without a barrier, so each is looked at: of running calls, suspended generators, tracebacks.
        for (std::uint32_t n = 0; n < m_heap.world().objects.size(); ++n)
            if (const Object &o = m_heap.object(ObjectId(n)); o.alive() && o.kind == TypeKind::Frame)
                scan(ObjectId(n));
    }

    void finish() override
    {
        const auto step = m_recorder.step(StepKind::FlipSpaces);
        endScan();
        const std::vector<ObjectId> left = unreached();
        if (m_full) {
            const SpaceId from = state().active;
            m_recorder.commit(change::SpacesFlipped{from, other(from)});
            m_spaces.setUsed(from, 0);
        }
        m_spaces.setUsed(SpaceId::Nursery, 0);
        m_heap.forgetRemembered();
        reclaim(left);
    }

    std::uint64_t used() const override { return old().used; }

    void adjustLimit() override
    {
        if (threshold(0) > 0)
            m_spaces.resize(SpaceId::Nursery, threshold(0));
        if (!m_full)
            return;
        const std::uint64_t limit = raiseLimit(1, used());
        m_spaces.resize(SpaceId::A, limit);
        m_spaces.resize(SpaceId::B, limit);
    }

private:
    const Space &young() const { return state()[SpaceId::Nursery]; }
    const Space &old() const { return state()[state().active]; }

    bool m_full = false;
};

} // namespace

std::unique_ptr<Tracing> makeGenerationalCopying(ObjectHeap &heap)
{
    return std::make_unique<GenerationalCopying>(heap);
}

} // namespace pyrena
