// Mark and compact by sliding, in three passes over the heap (the "Lisp 2" collector): where each living object will be, who
// refers to it, the move. Objects keep their order; afterwards the free memory is one piece.
#include "core/gc/tracing.h"

#include "core/memory/spaces.h"

#include <algorithm>

namespace pyrena {

namespace {

class MarkCompact : public Tracing
{
public:
    explicit MarkCompact(ObjectHeap &heap) : Tracing(heap), m_spaces(*heap.spaces()) {}

protected:
    void mark(ObjectId id, GcMark after) { m_recorder.commit(change::GcMarked{id, m_heap.object(id).mark(), after}); }
    void onReached(ObjectId id) override { mark(id, GcMark::Grey); }
    void onDone(ObjectId id) override { mark(id, GcMark::Black); }
    std::uint64_t used() const override { return m_heap.world().spaces[SpaceId::A].used; }
    void adjustLimit() override { m_spaces.resize(SpaceId::A, raiseLimit(0, used())); }

    void finish() override
    {
        {
            const auto step = m_recorder.step(StepKind::Sweep);
            reclaim(unreached());
            for (const ObjectId id : examinedObjects())
                mark(id, GcMark::White);
        }
        const std::vector<Block> blocks = livingBlocks();
        const std::uint64_t top = computeForwarding(blocks);
        updatePointers();
        slide(top);
    }

private:
    struct Block { Address from; ObjectId owner; bool second; };
    struct Move { Address to; ObjectId owner; bool second; };

    std::vector<Block> livingBlocks() const
    {
        std::vector<Block> blocks;
        for (const ObjectId id : examinedObjects()) {
            const Object &o = m_heap.object(id);
            if (hasMemory(o))
                blocks.push_back({m_heap.blockOf(id), id, false});
            if (o.buffer)
                blocks.push_back({o.buffer, id, true});
        }
        std::sort(blocks.begin(), blocks.end(), [](const Block &a, const Block &b) { return a.from < b.from; });
        return blocks;
    }

    std::uint64_t computeForwarding(const std::vector<Block> &blocks)
    {
        const auto step = m_recorder.step(StepKind::ComputeForwarding);
        m_moves.clear();
        m_moving.assign(m_heap.world().objects.size(), false);
        Address free = m_heap.world().spaces[SpaceId::A].base;
        if (m_heap.mistake() == ReclaimMistake::MovesTooFar)
            free = free - 16;
        for (const Block &block : blocks) {
            const Object &o = m_heap.object(block.owner);
            const auto visit = m_recorder.step(StepKind::Visit, block.owner);
            visited();
            if (block.from != free) {
                m_moves.push_back({free, block.owner, block.second});
                if (!block.second) {
                    m_moving[block.owner.value] = true;
                    m_recorder.commit(change::ForwardingSet{block.owner, free + (o.address - block.from)});
                }
            }
            free = free + BumpSpaces::rounded(block.second ? o.bufferSize : o.size);
        }
        return free - m_heap.world().spaces[SpaceId::A].base;
    }

    // Slots name objects, not addresses, so nothing is to be done but to say it.
    void updatePointers()
    {
        const auto step = m_recorder.step(StepKind::UpdatePointers);
        for (std::uint32_t n = 0; n < m_heap.world().objects.size(); ++n) {
            const ObjectId id(n);
            if (!m_heap.object(id).alive())
                continue;
            std::int64_t rewritten = 0;
            for (const Slot &slot : m_heap.world().slotsOf(id))
                rewritten += slot.target && m_moving[slot.target.value];
            if (rewritten == 0)
                continue;
            const auto visit = m_recorder.step(StepKind::Visit, id);
            visited();
            m_recorder.commit(change::Noticed{change::NoticeKind::PointersUpdated, id, {}, rewritten});
        }
    }

    void slide(std::uint64_t top)
    {
        const auto step = m_recorder.step(StepKind::SlideObjects);
        for (const Move &move : m_moves) {
            const auto visit = m_recorder.step(StepKind::Visit, move.owner);
            visited();
            const Object &o = m_heap.object(move.owner);
            if (move.second) {
                m_bytesMoved += o.bufferSize;
                m_recorder.commit(change::BufferMoved{move.owner, o.buffer, move.to});
            } else {
                m_bytesMoved += o.size;
                m_recorder.commit(change::ObjectMoved{move.owner, o.address, move.to + (o.address - m_heap.blockOf(move.owner))});
            }
        }
        m_spaces.setUsed(SpaceId::A, top);
    }

    BumpSpaces &m_spaces;
    std::vector<Move> m_moves;        // in the order of the addresses
    std::vector<bool> m_moving;       // by ObjectId
};

} // namespace

std::unique_ptr<Tracing> makeMarkCompact(ObjectHeap &heap)
{
    return std::make_unique<MarkCompact>(heap);
}

} // namespace pyrena
