// Generators: frames that outlive a call. Sending, throwing, closing, and what `yield from` passes on.
#include "core/gc/collector.h"
#include "core/python/runtime/interpreter.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace pyrena {

// The iterator that a generator suspended in `yield from` waits for; none elsewhere.
ObjectId Interpreter::delegate(const Frame &frame) const
{
    const bool waits = frame.ip == frame.lastInstruction && frame.code->code->instructions[frame.ip].op == Op::YieldFrom;
    return waits ? top(frame) : ObjectId();
}

// gen_close_iter
void Interpreter::closeIterator(ObjectId iterator)
{
    if (kind(iterator) == TypeKind::Generator)
        closeGenerator(iterator);
    else if (const Ref close = getAttributeOrNone(iterator, "close"))
        call(close, {}).reset();
}

// What is on its way goes into the iterator that the generator waits for. An item: the generator goes on waiting. None: it
// goes on itself, with the value that the iterator returned, or with the exception that is raised now.
Ref Interpreter::throwIntoDelegate(ObjectId generator, Frame &frame)
{
    GeneratorNative *native = m_heap.native<GeneratorNative>(generator);
    const Ref waitsFor = m_heap.own(delegate(frame));
    native->running = true;
    Ref item;
    try {
        if (raisedIs("GeneratorExit")) {
            Ref exit = takeRaised();
            closeIterator(waitsFor);
            m_raised = std::move(exit);
        } else if (kind(waitsFor) == TypeKind::Generator) {
            item = resumeGenerator(waitsFor, Ref(), true);
        } else if (const Ref method = lookupSpecial(waitsFor, "throw") ? getAttribute(waitsFor, "throw") : Ref()) {
            const Ref thrown = takeRaised();
            item = call(method, {thrown});
        }
    } catch (const PythonError &) {
        if (kind(waitsFor) != TypeKind::Generator && raisedIs("StopIteration")) {
            const Ref stop = takeRaised();
            m_generatorReturn = getAttribute(stop, "value");
        }
    }
    native->running = false;
    if (!item && !m_raised) {   // it is done
        Ref value = takeReturnValue();
        pop(frame).reset();
        push(frame, value ? std::move(value) : m_heap.newNone());
        ++frame.ip;
    }
    return item;
}

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
    if (throwRaised && native->started && delegate(*native->frame)) {
        const Recursion deeper(*this);
        if (Ref item = throwIntoDelegate(generator, *native->frame))
            return item;
        return runGenerator(generator, m_raised ? Resume::Throw : Resume::GoOn, Ref());
    }
    return runGenerator(generator, throwRaised ? Resume::Throw : Resume::Send, std::move(sent));
}

namespace {

// Up to 3.6 there is one place for what is being handled (save_exc_state, swap_exc_state): while a generator runs it keeps what
// its caller handles, and while it is suspended in a handler what it handles itself.
class SwappedHandling
{
public:
    SwappedHandling(ObjectHeap &heap, const Handling &own, const Handling &shared, bool resumesHandler)
        : m_heap(heap), m_own(own), m_shared(shared)
    {
        const std::uint32_t length = own.slot[1] + 1;
        if (m_heap.length(own.owner) < length) {
            m_heap.reserveSlots(own.owner, length);
            m_heap.setLength(own.owner, length);
        }
        m_caller = at(shared, 0);
        if (resumesHandler && at(own, 0))
            swap();
        else
            copy(shared, own);
    }
    SwappedHandling(const SwappedHandling &) = delete;
    ~SwappedHandling()
    {
        if (!m_heap.object(m_own.owner).alive())
            return;
        const ObjectId now = at(m_shared, 0);
        if (now && now != m_caller) {   // in a handler
            swap();
            return;
        }
        copy(m_own, m_shared);
        for (std::uint32_t i = 0; i < m_own.slot.size(); ++i)
            put(m_own, i, Ref());
    }

private:
    ObjectId at(const Handling &where, std::uint32_t which) const { return m_heap.item(where.owner, where.slot[which]); }
    void swap()
    {
        for (std::uint32_t i = 0; i < m_own.slot.size(); ++i) {
            const ObjectId own = at(m_own, i), shared = at(m_shared, i);
            m_heap.setSlot(m_own.owner, m_own.slot[i], shared);
            m_heap.setSlot(m_shared.owner, m_shared.slot[i], own, m_heap.text("exc_info"));
        }
    }
    // What a death throws waits: this runs in a destructor, too.
    void put(const Handling &where, std::uint32_t which, Ref now)
    {
        const Ref before(m_heap, at(where, which));
        m_heap.setSlot(where.owner, where.slot[which], now.release(), m_heap.text("exc_info"));
    }
    void copy(const Handling &from, const Handling &to)
    {
        for (std::uint32_t i = 0; i < from.slot.size(); ++i)
            if (const ObjectId kept = at(from, i); kept != at(to, i))
                put(to, i, kept ? m_heap.own(kept) : Ref());
    }

    ObjectHeap &m_heap;
    Handling m_own, m_shared;
    ObjectId m_caller;
};

} // namespace

// Whoever resumes a generator holds it: on a value stack, as an argument, or as the one whose death it is.
Ref Interpreter::runGenerator(ObjectId generator, Resume how, Ref sent)
{
    GeneratorNative *native = m_heap.native<GeneratorNative>(generator);
    const Recursion deeper(*this);
    Frame &frame = *native->frame;
    native->running = true;
    const CurrentFrame restore{*this, m_frame};
    enterFrame(frame, m_heap.text(native->name));
    const Handling own{generator, {generatorslot::Handled, generatorslot::HandledTraceback}};
    std::optional<SwappedHandling> swapped;
    if (profile().minor <= 6)
        swapped.emplace(m_heap, own, m_handling.back(), how != Resume::Throw);
    else
        m_handling.push_back(own);
    const HandlingEnd handlingEnd{*this, swapped ? m_handling.size() : m_handling.size() - 1};
    const auto finish = [&] {
        native->running = false;
        endStatement(frame);
        m_heap.setSlot(generator, generatorslot::Frame, ObjectId());
        disposeFrame(frame);
        if (holdsFunction())
            m_heap.clearSlot(generator, generatorslot::Function);
        leaveFrame(frame);
        native->frame.reset();
    };
    try {
        if (how == Resume::Throw) {
            // The exception appears at the yield; a generator that has not begun fails at once.
            m_recorder.closeStepsTo(frame.stepBase);
            if (profile().minor >= 9 && handlingSlot(own, 0))   // _PyErr_ChainStackItem
                chainContext(m_raised);
            addTraceback(frame);
            if (!native->started || !unwind(frame))
                throw PythonError{};
        } else if (how == Resume::Send && native->started) {
            push(frame, sent ? std::move(sent) : m_heap.newNone());
        }
        native->started = true;
        if (how == Resume::Send && !delegate(frame))   // RESUME; not the one behind `yield from`
            m_collector->runIfPending();
        Ref returned = runFrame(frame);
        if (returned) {
            m_generatorReturn = std::move(returned);
            finish();
            return {};
        }
    } catch (const PythonError &) {
        finish();
        if (profile().minor >= 7 && raisedIs("StopIteration")) {
            // _PyErr_FormatFromCause: it is cause and context.
            const Ref cause = takeRaised();
            Ref error = makeException(exceptionType("RuntimeError"), std::array{m_heap.newStr("generator raised StopIteration").id()});
            setCause(error, m_heap.own(cause));
            m_heap.replaceSlot(error, exceptionslot::Context, m_heap.own(cause), m_heap.text("__context__"));
            m_recorder.commit(change::Noticed{change::NoticeKind::Raised, error, m_heap.text("RuntimeError"), 0});
            m_raised = std::move(error);
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
    if (!native->started && profile().objects.unbegunGeneratorsKeep) {
        native->closed = true;   // its frame goes with it
        return;
    }
    // 3.12.3, 3.13 and later: no handler around the yield could run. The generator is just marked (3.12.3), or lets its locals
    // go, and its function when it dies.
    bool atOnce = !native->started;
    if (native->started && !native->running && (profile().objects.closedGeneratorKeepsLocals || profile().minor >= 13)
        && !delegate(*native->frame)) {
        const std::uint32_t at = native->frame->lastInstruction;
        const auto &handlers = native->frame->code->code->exceptions;
        const bool unguarded = std::none_of(handlers.begin(), handlers.end(),
                                            [&](const ExceptionEntry &entry) { return at >= entry.begin && at < entry.end; });
        native->closed = unguarded && profile().objects.closedGeneratorKeepsLocals;
        if (native->closed)
            return;
        atOnce = unguarded;
    }
    // Up to 3.11 GeneratorExit goes into one that never began, too: a traceback and its frame come and go.
    if (!native->started && profile().minor <= 11 && m_heap.counting()) {
        materialize(native->frame->object);
        m_heap.passing(TypeKind::Traceback, 2, profile().layout.tracebackSize);
    }
    if (atOnce) {
        const Ref kept = m_heap.own(generator);
        const std::unique_ptr<Frame> frame = std::move(native->frame);
        m_heap.setSlot(generator, generatorslot::Frame, ObjectId());
        disposeFrame(*frame);
        if (holdsFunction() && !profile().objects.unbegunGeneratorsKeep)
            m_heap.clearSlot(generator, generatorslot::Function);
        return;
    }
    if (native->running)
        raise("ValueError", "generator already executing");
    try {
        if (const ObjectId waitsFor = delegate(*native->frame)) {
            const Ref kept = m_heap.own(waitsFor);
            native->running = true;
            try {
                closeIterator(waitsFor);
            } catch (const PythonError &) {
            }
            native->running = false;
        }
        if (!m_raised)
            m_raised = makeException(exceptionType("GeneratorExit"), {});
        m_generatorReturn = Ref();
        if (const Ref item = runGenerator(generator, Resume::Throw, Ref()))
            raise("RuntimeError", "generator ignored GeneratorExit");
        m_generatorReturn = Ref();
    } catch (const PythonError &) {
        if (!raisedIs("GeneratorExit") && !raisedIs("StopIteration"))
            throw;
        takeRaised().reset();
    }
}

} // namespace pyrena
