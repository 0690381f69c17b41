// Running calls: their frames, how deep they may nest, and generators, whose frames outlive a call.
#include "core/gc/collector.h"
#include "core/python/runtime/interpreter.h"

namespace pyrena {

std::uint32_t Interpreter::frameBytes(const CodeObject &code) const
{
    if (!profile().objects.framesAreObjects)
        return profile().layout.frameSize;
    // An argument that is a cell has a place among the locals and one among the cells.
    const std::size_t entries = code.localsPlus.size() + code.cellArguments.size() + code.pythonStackSize;
    return profile().layout.frameSize + 8 * static_cast<std::uint32_t>(entries);
}

// From 3.11 on a generator has its frame inside.
std::uint32_t Interpreter::generatorBytes(const CodeObject &code) const
{
    const std::uint32_t entries = profile().objects.framesAreObjects ? 0 : static_cast<std::uint32_t>(code.localsPlus.size()) + code.pythonStackSize;
    return profile().layout.generatorSize + 8 * entries;
}

// ---- frames ---------------------------------------------------------------------------------------------------------

std::unique_ptr<Frame> Interpreter::makeFrame(const LoadedCode &code, ObjectId globals, ObjectId names)
{
    std::unique_ptr<Frame> frame;
    if (m_spareFrames.empty()) {
        frame = std::make_unique<Frame>();
    } else {
        frame = std::move(m_spareFrames.back());
        m_spareFrames.pop_back();
    }
    frame->code = &code;
    frame->globals = globals;
    frame->names = names;
    frame->locals = static_cast<std::uint32_t>(code.labels.size());
    const auto slots = static_cast<std::uint32_t>(code.code->localsPlus.size()) + code.code->stackSize;
    if (profile().objects.arguments == CallArguments::Borrowed)
        frame->lent.assign(slots, 0);
    if (profile().objects.framesAreObjects && !code.library) {
        frame->object = m_heap.newFrame(code.id, slots, frameBytes(*code.code)).release();
        if (profile().objects.framesTracked && &code != m_main.get())   // that of the module is older than the lists
            m_heap.track(frame->object);
        return frame;
    }
    // A running call lives in the interpreter's frame stack, not in the object heap.
    frame->object = m_heap.create({.kind = TypeKind::Frame, .typeName = "frame", .size = profile().layout.frameSize,
                                   .value = code.id.value, .slots = slots,
                                   .flags = static_cast<std::uint16_t>(ObjectFlag::Hidden), .isStatic = true}).release();
    return frame;
}

void Interpreter::recycle(std::unique_ptr<Frame> frame)
{
    std::vector<std::uint8_t> lent = std::move(frame->lent);
    lent.clear();
    *frame = {};
    frame->lent = std::move(lent);
    m_spareFrames.push_back(std::move(frame));
}

void Interpreter::enterFrame(Frame &frame, TextId name)
{
    m_recorder.openStep(StepKind::Call, m_recorder.span(), frame.object, name);
    frame.stepBase = m_recorder.openSteps();
    frame.statementOpen = false;
    frame.back = m_frame;
    m_frame = &frame;
    warmUp(*frame.code);
    m_recorder.commit(change::FramePushed{frame.object, frame.code->id, frame.code->library ? 0 : frame.code->code->firstLine});
}

void Interpreter::leaveFrame(Frame &frame)
{
    endStatement(frame);
    m_recorder.closeStepsTo(frame.stepBase);
    m_recorder.commit(change::FramePopped{frame.object});
    m_recorder.closeStep();
    m_frame = frame.back;
    if (m_frame)
        m_recorder.setSpan(currentSpan());
}

void Interpreter::disposeFrame(Frame &frame)
{
    // The value stack goes, then the locals, in order of their slots; unless somebody (a traceback) keeps the frame.
    while (frame.sp > 0)
        discard(frame);
    const ObjectId object = frame.object;
    if (m_heap.refcount(object) == 1) {
        dematerialize(object);
        const auto locals = stackBase(frame);
        if (profile().objects.localsReleasedInReverse)
            for (std::uint32_t i = locals; i-- > 0;)
                m_heap.clearSlot(object, i);
        else
            for (std::uint32_t i = 0; i < locals; ++i)
                m_heap.clearSlot(object, i);
    } else {
        keepFrame(frame);
    }
    releaseFrameObject(object);
}

// A traceback refers to it: from now on an object of its own (take_ownership), which keeps its locals and the frame of its
// caller (f_back), and may be part of a cycle. That of a generator has no caller any more, in most versions.
void Interpreter::keepFrame(Frame &frame)
{
    const ObjectId object = frame.object;
    if (frame.back && (profile().objects.generatorFramesHaveCallers || !frame.code->code->has(CodeFlag::Generator))) {
        materialize(frame.back->object);
        appendToFrame(object, m_heap.own(frame.back->object), "f_back");
    }
    if (frame.names && frame.names != m_mainDict)   // of a class body
        appendToFrame(object, m_heap.own(frame.names), "f_locals");
    auto native = std::make_unique<FrameNative>();
    native->instruction = frame.lastInstruction;
    native->locals = stackBase(frame);
    m_heap.setNative(object, std::move(native));
    m_heap.setFlag(object, ObjectFlag::GcObject, true);
    m_heap.track(object);
}

// From 3.11 on a frame is made an object once a traceback, sys._getframe() or a frame that it called and that outlives its call
// refers to it. It counts as one; here it has its block beside it.
void Interpreter::materialize(ObjectId frame)
{
    if (profile().objects.framesAreObjects || !m_heap.counting() || m_frameBlocks.contains(frame.value))
        return;
    const std::uint32_t size = static_cast<std::uint32_t>(sizeOf(frame)) - profile().layout.gcHead;
    m_frameBlocks.emplace(frame.value, m_heap.takeGcBlock(size));
}

void Interpreter::dematerialize(ObjectId frame)
{
    if (m_frameBlocks.empty())
        return;
    if (const auto found = m_frameBlocks.find(frame.value); found != m_frameBlocks.end()) {
        const Address block = found->second;
        m_frameBlocks.erase(found);
        m_heap.freeGcBlock(block);
    }
}

void Interpreter::releaseFrameObject(ObjectId object)
{
    if (m_heap.dropCount(object) > 0)
        return;
    m_heap.frameEnded(object);
}

// Behind its locals and its stack.
void Interpreter::appendToFrame(ObjectId frame, Ref value, const char *label)
{
    const std::uint32_t last = m_heap.length(frame);
    m_heap.reserveSlots(frame, last + 1);
    m_heap.setLength(frame, last + 1);
    m_heap.setSlot(frame, last, value.release(), m_heap.text(label));
}

// Runs an entered call to its end; whatever way it ends, its locals are let go and the frame is left.
Ref Interpreter::runCall(Frame &frame, TextId name)
{
    const CurrentFrame restore{*this, m_frame};
    enterFrame(frame, name);
    m_collector->runIfPending();   // RESUME looks at the eval breaker
    Ref result;
    try {
        result = runFrame(frame);
    } catch (const PythonError &) {
        endStatement(frame);
        disposeFrame(frame);
        leaveFrame(frame);
        throw;
    }
    endStatement(frame);
    disposeFrame(frame);
    leaveFrame(frame);
    return result;
}

} // namespace pyrena
