// Where frames lie up to 3.10 (frame_alloc, frame_dealloc): the code object keeps the block of one frame that ended, up to 200
// more are kept for whatever code runs next.
#include "core/objects/objectheap.h"

#include <utility>

namespace pyrena {

Ref ObjectHeap::newFrame(CodeId code, std::uint32_t slots, std::uint32_t bytes)
{
    Birth birth{.kind = TypeKind::Frame, .typeName = "frame", .size = bytes, .gc = true, .value = code.value, .slots = slots,
                .flags = static_cast<std::uint16_t>(ObjectFlag::Hidden)};
    const std::uint32_t head = m_profile.layout.gcHead;
    KeptBlock kept;
    if (code.value < m_frameOfCode.size() && m_frameOfCode[code.value].address) {
        kept = std::exchange(m_frameOfCode[code.value], KeptBlock());
    } else if (!m_frames.empty()) {
        kept = m_frames.back();
        m_frames.pop_back();
        if (kept.bytes < bytes + head)   // PyObject_GC_Resize
            kept = {m_memory.realloc(kept.address, bytes + head), bytes + head};
    }
    // One of the interpreter's start: it may lie anywhere, so a block is asked for; but no birth is counted.
    if (!kept.address && m_startupFrames > 0) {
        --m_startupFrames;
        kept = {m_memory.malloc(bytes + head, Tenant(TenantKind::Runtime, 0)), bytes + head};
        ++m_gcBlocks;
    }
    if (kept.address) {
        birth.block = kept.address;
        birth.size = kept.bytes - head;   // one that is too large stays as it is
    }
    return create(birth);
}

bool ObjectHeap::keepFrameBlock(const Object &frame, Address block)
{
    const auto code = static_cast<std::size_t>(frame.value);
    if (m_frameOfCode.size() <= code)
        m_frameOfCode.resize(code + 1);
    const KeptBlock kept{block, frame.size};
    if (!m_frameOfCode[code].address) {
        m_frameOfCode[code] = kept;
        return true;
    }
    if (m_frames.size() >= m_profile.objects.frameFreeList)
        return false;
    m_frames.push_back(kept);
    return true;
}

void ObjectHeap::frameEnded(ObjectId frame)
{
    untrack(frame);
    clearSlotsForward(frame, 0);
    releaseMemory(frame);
}

} // namespace pyrena
