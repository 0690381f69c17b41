// Running calls: their frames, how deep they may nest, and generators, whose frames outlive a call.
#include "core/gc/collector.h"
#include "core/python/runtime/interpreter.h"

namespace pyrena {

namespace {
constexpr std::uint32_t kRecursionLimit = 1000;   // sys.getrecursionlimit()
constexpr std::uint32_t kQuietInterval = 1024;
constexpr std::uint32_t kQuietLimit = 50'000'000;
}

// Comparing or showing nested containers can take for ever without a statement: each level may double the work.
void Interpreter::watchQuietWork()
{
    m_recorder.poll();
    if (m_recorder.position() != m_quietSince) {
        m_quietSince = m_recorder.position();
        m_quietWork = 0;
    }
    if (m_quietWork > kQuietLimit)
        throw LimitReached{"stopped: one operation compared or looked at more than 50 million objects",
                           "make what it looks at smaller; a container that holds another one twice counts twice"};
}

Interpreter::Recursion::Recursion(Interpreter &i, const char *where) : m_interpreter(i)
{
    if (++i.m_quietWork % kQuietInterval == 0) [[unlikely]]
        i.watchQuietWork();
    if (++i.m_depth > i.m_recursionLimit) {
        --i.m_depth;
        i.raise("RecursionError", std::string("maximum recursion depth exceeded") + where);
    }
}

// ---- frames ---------------------------------------------------------------------------------------------------------

std::unique_ptr<Frame> Interpreter::makeFrame(const LoadedCode &code, ObjectId globals, ObjectId names)
{
    auto frame = std::make_unique<Frame>();
    frame->code = &code;
    frame->globals = globals;
    frame->names = names;
    const auto slots = static_cast<std::uint32_t>(code.code->localsPlus.size()) + code.code->stackSize;
    if (profile().objects.arguments == CallArguments::Borrowed)
        frame->lent.assign(slots, 0);
    // A running call lives in the interpreter's frame stack, not in the object heap.
    frame->object = m_heap.create({.kind = TypeKind::Frame, .typeName = "frame", .size = profile().layout.frameSize,
                                   .value = code.id.value, .slots = slots,
                                   .flags = static_cast<std::uint16_t>(ObjectFlag::Hidden), .isStatic = true}).release();
    return frame;
}

void Interpreter::enterFrame(Frame &frame, const std::string &name)
{
    m_recorder.openStep(StepKind::Call, m_recorder.span(), frame.object, m_heap.text(name));
    frame.stepBase = m_recorder.openSteps();
    frame.statementOpen = false;
    frame.back = m_frame;
    m_frame = &frame;
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
        pop(frame).reset();
    const ObjectId object = frame.object;
    if (m_heap.refcount(object) == 1) {
        const auto locals = stackBase(frame);
        if (profile().objects.localsReleasedInReverse)
            for (std::uint32_t i = locals; i-- > 0;)
                m_heap.clearSlot(object, i);
        else
            for (std::uint32_t i = 0; i < locals; ++i)
                m_heap.clearSlot(object, i);
    } else {
        // From now on an object of its own (take_ownership): what it keeps may be part of a cycle.
        m_heap.setFlag(object, ObjectFlag::GcObject, true);
        m_heap.track(object);
    }
    releaseFrameObject(object);
}

void Interpreter::releaseFrameObject(ObjectId object)
{
    if (m_heap.dropCount(object) > 0)
        return;
    for (std::uint32_t i = 0; i < m_heap.length(object); ++i)
        m_heap.clearSlot(object, i);
    m_heap.setLength(object, 0);
    m_recorder.resizeSlots(object, 0);
    m_recorder.commit(change::ObjectDied{object, false});
}

// Runs an entered call to its end; whatever way it ends, its locals are let go and the frame is left.
Ref Interpreter::runCall(Frame &frame, const std::string &name, bool looksAtEvalBreaker)
{
    const CurrentFrame restore{*this, m_frame};
    enterFrame(frame, name);
    if (looksAtEvalBreaker)
        m_collector->runIfPending();
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

// ---- generators -----------------------------------------------------------------------------------------------------

Ref Interpreter::resumeGenerator(ObjectId generator, Ref sent, bool throwRaised)
{
    GeneratorNative *native = m_heap.native<GeneratorNative>(generator);
    if (native->running)
        raise("ValueError", "generator already executing");
    m_generatorReturn = Ref();
    if (!native->frame || native->closed) {
        if (throwRaised)
            throw PythonError{};
        return {};
    }
    if (!native->started && sent && kind(sent) != TypeKind::None)
        raise("TypeError", "can't send non-None value to a just-started generator");
    const Recursion deeper(*this);
    const Ref kept = m_heap.own(generator);
    Frame &frame = *native->frame;
    native->running = true;
    const CurrentFrame restore{*this, m_frame};
    enterFrame(frame, native->name);
    const auto finish = [&] {
        native->running = false;
        endStatement(frame);
        const ObjectId object = frame.object;
        m_heap.setSlot(generator, 0, ObjectId());
        disposeFrame(frame);
        (void)object;
        leaveFrame(frame);
        native->frame.reset();
    };
    try {
        if (throwRaised) {
            // The exception appears at the yield; a generator that has not begun fails at once.
            m_recorder.closeStepsTo(frame.stepBase);
            addTraceback(frame);
            if (!native->started || !unwind(frame))
                throw PythonError{};
        } else if (native->started) {
            push(frame, sent ? std::move(sent) : m_heap.newNone());
        }
        native->started = true;
        Ref returned = runFrame(frame);
        if (returned) {
            m_generatorReturn = std::move(returned);
            finish();
            return {};
        }
    } catch (const PythonError &) {
        finish();
        if (raisedIs("StopIteration")) {
            raiseFrom("RuntimeError", "generator raised StopIteration", takeRaised());
        }
        throw;
    }
    native->running = false;
    leaveFrame(frame);
    return std::move(m_yielded);
}

void Interpreter::closeGenerator(ObjectId generator)
{
    GeneratorNative *native = m_heap.native<GeneratorNative>(generator);
    if (!native || !native->frame || native->closed)
        return;
    // 3.12.3: no handler around the yield could run, so the generator is just marked; its frame goes with it.
    if (native->started && !native->running && profile().objects.closedGeneratorKeepsLocals) {
        const std::uint32_t at = native->frame->lastInstruction;
        const auto &handlers = native->frame->code->code->exceptions;
        native->closed = std::none_of(handlers.begin(), handlers.end(),
                                      [&](const ExceptionEntry &entry) { return at >= entry.begin && at < entry.end; });
        if (native->closed)
            return;
    }
    if (!native->started) {
        Frame &frame = *native->frame;
        m_heap.setSlot(generator, 0, ObjectId());
        disposeFrame(frame);
        native->frame.reset();
        return;
    }
    m_raised = makeException(exceptionType("GeneratorExit"), {});
    try {
        const Ref item = resumeGenerator(generator, Ref(), true);
        if (item)
            raise("RuntimeError", "generator ignored GeneratorExit");
        m_generatorReturn = Ref();
    } catch (const PythonError &) {
        if (!raisedIs("GeneratorExit") && !raisedIs("StopIteration"))
            throw;
        takeRaised().reset();
    }
}

} // namespace pyrena
