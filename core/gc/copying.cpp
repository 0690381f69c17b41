// Two half-spaces (Fenichel and Yochelson 1969; the scan is Cheney's, 1970).
#include "core/gc/evacuation.h"

#include <algorithm>

namespace pyrena {

void Evacuation::copyTo(SpaceId space, std::uint64_t room)
{
    m_to = space;
    m_spaces.resize(space, std::max(state()[space].size, state()[space].used + room));
    m_recorder.commit(change::ScanMoved{state().scan, state()[space].base + state()[space].used});
}

void Evacuation::onReached(ObjectId id)
{
    const Object before = m_heap.object(id);
    if (!hasMemory(before))
        return;
    const std::uint64_t headers = before.address - m_heap.blockOf(id);
    const Address to = m_spaces.put(m_to, before.size);
    m_recorder.commit(change::ObjectMoved{id, before.address, to + headers});
    m_bytesMoved += before.size;
    moveBuffer(id);
}

void Evacuation::moveBuffer(ObjectId id)
{
    const Object &o = m_heap.object(id);
    if (!o.buffer || m_heap.mistake() == ReclaimMistake::ForgetsSecondBlock)
        return;
    const std::uint32_t bytes = o.bufferSize;
    m_recorder.commit(change::BufferMoved{id, o.buffer, m_spaces.put(m_to, bytes)});
    m_bytesMoved += bytes;
}

void Evacuation::onDone(ObjectId id)
{
    const Object &o = m_heap.object(id);
    if (!hasMemory(o))
        return;
    const Address end = o.buffer ? o.buffer + BumpSpaces::rounded(o.bufferSize) : m_heap.blockOf(id) + BumpSpaces::rounded(o.size);
    m_recorder.commit(change::ScanMoved{state().scan, end});
}

void Evacuation::endScan()
{
    m_recorder.commit(change::ScanMoved{state().scan, Address()});
}

namespace {

class Copying : public Evacuation
{
public:
    explicit Copying(ObjectHeap &heap) : Evacuation(heap) {}

protected:
    void begin(int) override { copyTo(other(state().active), used()); }
    std::uint64_t used() const override { return state()[state().active].used; }

    void finish() override
    {
        const auto step = m_recorder.step(StepKind::FlipSpaces);
        endScan();
        const std::vector<ObjectId> left = unreached();
        const SpaceId from = state().active;
        m_recorder.commit(change::SpacesFlipped{from, other(from)});
        m_spaces.setUsed(from, 0);
        reclaim(left);
    }

    void adjustLimit() override
    {
        const std::uint64_t limit = raiseLimit(0, used());
        m_spaces.resize(SpaceId::A, limit);
        m_spaces.resize(SpaceId::B, limit);
    }
};

} // namespace

std::unique_ptr<Tracing> makeCopying(ObjectHeap &heap)
{
    return std::make_unique<Copying>(heap);
}

} // namespace pyrena
