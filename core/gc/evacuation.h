#pragma once

#include "core/gc/tracing.h"
#include "core/memory/spaces.h"

namespace pyrena {

// Copying what is reached to the top of a space, and Cheney's scan over the copies: between the scan pointer and the top lie
// the grey ones, so no other record of them is needed. What is left behind needs no look: its space is free as a whole.
class Evacuation : public Tracing
{
protected:
    explicit Evacuation(ObjectHeap &heap) : Tracing(heap), m_spaces(*heap.spaces()) {}

    StepKind rootsStep() const override { return StepKind::CopyRoots; }
    StepKind traceStep() const override { return StepKind::ScanCopies; }
    void onReached(ObjectId id) override;
    void onDone(ObjectId id) override;
    // The copies go to the top of this space; `room` is the most they may take.
    void copyTo(SpaceId space, std::uint64_t room);
    void endScan();
    void moveBuffer(ObjectId id);
    const SpaceState &state() const { return m_heap.world().spaces; }
    static SpaceId other(SpaceId space) { return space == SpaceId::A ? SpaceId::B : SpaceId::A; }

    BumpSpaces &m_spaces;

private:
    SpaceId m_to = SpaceId::None;
};

} // namespace pyrena
