// The evaluation loop: one instruction after the other, each that a learner should see as a step of its own.
#include "core/gc/collector.h"
#include "core/objects/sets.h"
#include "core/python/runtime/interpreter.h"

#include "core/base/verify.h"

#include <utility>

namespace pyrena {

namespace {

// Instructions whose effect is a step; the others belong to the step around them.
bool isStep(Op op)
{
    switch (op) {
    case Op::Statement: case Op::Nop: case Op::PopTop: case Op::DupTop: case Op::DupTopTwo: case Op::RotTwo:
    case Op::RotThree: case Op::RotFour: case Op::LoadConst: case Op::Jump: case Op::PopJumpIfFalse:
    case Op::PopJumpIfTrue: case Op::JumpIfFalseOrPop: case Op::JumpIfTrueOrPop: case Op::LoadClosure:
    case Op::LoadBuildClass: case Op::PushExcInfo: case Op::PopExcept: case Op::Reraise: case Op::SetupAnnotations:
    case Op::LoadMethod: case Op::GetYieldFromIter: case Op::ListToTuple: case Op::LoadLocals:
        return false;
    default:
        return true;
    }
}

} // namespace

// ---- value stack ----------------------------------------------------------------------------------------------------

void Interpreter::swapStack(Frame &frame, std::uint32_t i, std::uint32_t j)
{
    const std::uint32_t a = stackBase(frame) + frame.sp - 1 - i, b = stackBase(frame) + frame.sp - 1 - j;
    const ObjectId x = m_heap.item(frame.object, a), y = m_heap.item(frame.object, b);
    if (!frame.lent.empty())
        std::swap(frame.lent[a], frame.lent[b]);
    m_heap.setSlot(frame.object, a, y);
    m_heap.setSlot(frame.object, b, x);
}

std::uint32_t Interpreter::lentReferences(ObjectId id) const
{
    std::uint32_t count = 0;
    for (const Frame *frame = m_frame; frame; frame = frame->back)
        for (std::uint32_t i = 0; i < frame->lent.size() && i < stackBase(*frame) + frame->sp; ++i)
            if (const std::uint8_t lent = frame->lent[i]; lent != 0) {
                const ObjectId held = m_heap.item(frame->object, i);
                const bool ofSelf = lent == Frame::kLentSelf && held && kind(held) == TypeKind::BoundMethod;
                count += (ofSelf ? m_heap.item(held, 1) : held) == id;
            }
    return count;
}

// ---- steps ----------------------------------------------------------------------------------------------------------

void Interpreter::beginStatement(Frame &frame, const Instruction &in)
{
    if (frame.code->library)
        return;
    endStatement(frame);
    m_recorder.setSpan(in.span);
    m_recorder.openStep(StepKind::Statement, in.span);
    frame.statementOpen = true;
    const std::uint32_t before = world().stack.back().line;
    m_recorder.commit(change::LineReached{frame.object, before, in.span.begin.line});
}

void Interpreter::endStatement(Frame &frame)
{
    if (!frame.statementOpen)
        return;
    m_recorder.closeStepsTo(frame.stepBase);
    frame.statementOpen = false;
}

SourceSpan Interpreter::currentSpan() const
{
    const Frame *frame = m_frame;
    while (frame && frame->code->library)
        frame = frame->back;
    return frame ? frame->code->code->instructions[frame->lastInstruction].span : SourceSpan{};
}

void Interpreter::checkpoint()
{
    m_heap.rethrowStashed();
    m_recorder.checkpoint();
    const std::uint64_t limit = m_recorder.trace().recipe.maxMemory;
    if (m_heap.simulatedBytes() > limit)
        throw LimitReached{"stopped: the program holds more than " + std::to_string(limit >> 20) + " MiB",
                           "raise --max-memory, or let objects go"};
}

void Interpreter::guardSize(std::uint64_t bytes)
{
    if (bytes > m_recorder.trace().recipe.maxMemory || m_heap.memory().wouldExceed(bytes))
        raise("MemoryError", "");
}

// ---- the loop -------------------------------------------------------------------------------------------------------

Ref Interpreter::runFrame(Frame &frame)
{
    const auto &instructions = frame.code->code->instructions;
    for (;;) {
        try {
            for (;;) {
                const Instruction &in = instructions[frame.ip];
                frame.lastInstruction = frame.ip++;
                if (++m_instructions % kCheckInterval == 0)
                    checkpoint();
                const Flow flow = execute(frame, in);
                if (flow == Flow::Returned)
                    return pop(frame);
                if (flow == Flow::Yielded)
                    return {};
            }
        } catch (const PythonError &) {
            m_recorder.closeStepsTo(frame.stepBase + (frame.statementOpen ? 1 : 0));
            // What was raised again adds no place of its own.
            if (!std::exchange(m_reraised, false) && instructions[frame.lastInstruction].op != Op::Reraise)
                addTraceback(frame);
            if (!unwind(frame))
                throw;
        }
    }
}

bool Interpreter::unwind(Frame &frame)
{
    const std::uint32_t at = frame.lastInstruction;
    for (const ExceptionEntry &entry : frame.code->code->exceptions) {
        if (at < entry.begin || at >= entry.end)
            continue;
        while (frame.sp > entry.depth)
            pop(frame).reset();
        push(frame, takeRaised());
        frame.ip = entry.handler;
        return true;
    }
    return false;
}

[[gnu::always_inline]] inline Recorder::StepScope Interpreter::operationStep(Frame &frame, const Instruction &in)
{
    if (frame.code->library || !isStep(in.op))
        return {};
    m_recorder.setSpan(in.span);
    return m_recorder.step(StepKind::Operation, in.span, {}, sentence(frame, in));
}

// What is short and frequent is here or in valuestack.h, inline; a call for each instruction and another for each name took a
// tenth of the time.
[[gnu::always_inline]] inline Interpreter::Flow Interpreter::execute(Frame &frame, const Instruction &in)
{
    const auto step = operationStep(frame, in);
    const auto jump = [&] {
        const bool backwards = static_cast<std::uint32_t>(in.arg) <= frame.lastInstruction;
        frame.ip = static_cast<std::uint32_t>(in.arg);
        if (backwards && in.op == Op::Jump && in.arg2 != kAsksAgain)
            warmUp(*frame.code);
        if (backwards)
            m_collector->runIfPending();   // the eval breaker is looked at on backward jumps
    };
    switch (in.op) {
    case Op::Statement:
        beginStatement(frame, in);
        break;
    case Op::Nop:
        break;
    case Op::LoadConst:
        pushBorrowed(frame, frame.code->consts[static_cast<std::size_t>(in.arg)]);
        if (profile().minor >= 15)   // the code object lends it
            frame.lent[frame.locals + frame.sp - 1] = 1;
        break;
    case Op::LoadFast:
        loadFast(frame, in);
        break;
    case Op::StoreFast:
        storeFast(frame, in);
        break;
    case Op::LoadGlobal:
        pushBorrowed(frame, global(frame, in.arg));
        break;
    case Op::LoadName:
        if (frame.names != frame.globals)
            executeName(frame, in);
        else
            pushBorrowed(frame, global(frame, in.arg));
        break;
    case Op::StoreName:
        storeName(frame, frame.names ? frame.names : frame.globals, in.arg);
        break;
    case Op::PopTop:
        discard(frame);
        break;
    case Op::DupTop: case Op::DupTopTwo: case Op::RotTwo: case Op::RotThree: case Op::RotFour:
        executeStack(frame, in);
        break;
    case Op::Jump:
        jump();
        break;
    case Op::PopJumpIfFalse:
    case Op::PopJumpIfTrue: {
        const bool wanted = in.op == Op::PopJumpIfTrue;
        const Ref condition = pop(frame);
        const bool isBool = condition == m_heap.boolean(true) || condition == m_heap.boolean(false);   // nearly always
        if ((isBool ? condition == m_heap.boolean(true) : truth(condition)) == wanted)
            jump();
        break;
    }
    case Op::JumpIfFalseOrPop:
    case Op::JumpIfTrueOrPop:
        if (truth(top(frame)) == (in.op == Op::JumpIfTrueOrPop))
            jump();
        else
            pop(frame).reset();
        break;
    case Op::GetIter: {
        Ref iterator = iterate(top(frame));
        pop(frame).reset();
        push(frame, std::move(iterator));
        break;
    }
    case Op::ForIter: {
        Ref item = next(top(frame));
        if (item) {
            push(frame, std::move(item));
        } else {
            pop(frame).reset();
            frame.ip = static_cast<std::uint32_t>(in.arg);
        }
        break;
    }
    case Op::UnaryOp: {
        Ref result = unary(top(frame), static_cast<ast::UnaryOperator>(in.arg));
        pop(frame).reset();
        push(frame, std::move(result));
        break;
    }
    case Op::BinaryOp:
    case Op::InplaceOp: {
        if (static_cast<ast::Operator>(in.arg) == ast::Operator::Add) {
            if (Ref joined = concatenate(frame)) {
                push(frame, std::move(joined));
                break;
            }
        }
        Ref result = binary(top(frame, 1), top(frame), static_cast<ast::Operator>(in.arg), in.op == Op::InplaceOp);
        // CPython 3.11+ lets the left operand go first; the right one went first before.
        const bool leftFirst = profile().major > 3 || profile().minor >= 11;
        const ObjectId right = pop(frame).release(), left = pop(frame).release();
        m_heap.letGo(leftFirst ? left : right);
        m_heap.letGo(leftFirst ? right : left);
        push(frame, std::move(result));
        break;
    }
    case Op::CompareOp: {
        Ref result = compare(top(frame, 1), top(frame), static_cast<ast::CompareOperator>(in.arg));
        const ObjectId right = pop(frame).release(), left = pop(frame).release();
        m_heap.letGo(left);
        m_heap.letGo(right);
        push(frame, std::move(result));
        break;
    }
    case Op::ReturnValue:
        return Flow::Returned;
    case Op::YieldValue:
        m_yielded = pop(frame);
        return Flow::Yielded;
    case Op::GetYieldFromIter: {
        if (kind(top(frame)) != TypeKind::Generator) {
            Ref iterator = iterate(top(frame));
            pop(frame).reset();
            push(frame, std::move(iterator));
        }
        break;
    }
    case Op::YieldFrom:
        return executeYieldFrom(frame, in);
    case Op::Call: case Op::CallMethod: case Op::CallEx: case Op::MakeFunction: case Op::LoadBuildClass: case Op::BuildClass:
        executeCall(frame, in);
        break;
    case Op::Raise: case Op::PushExcInfo: case Op::PopExcept: case Op::CheckExcMatch: case Op::Reraise:
    case Op::LoadAssertionError: case Op::BeforeWith: case Op::WithExceptStart: case Op::Unsupported:
        executeException(frame, in);
        break;
    case Op::BuildTuple: case Op::BuildList: case Op::BuildSet: case Op::BuildString: case Op::BuildMap: case Op::BuildSlice:
    case Op::BuildConstList: case Op::ListAppend: case Op::SetAdd: case Op::MapAdd: case Op::ListExtend: case Op::SetUpdate:
    case Op::DictUpdate: case Op::DictMerge: case Op::ListToTuple: case Op::BuildUnpack: case Op::UnpackSequence: case Op::UnpackEx:
    case Op::FormatValue: case Op::BinarySubscr: case Op::StoreSubscr: case Op::DeleteSubscr:
        executeDisplay(frame, in);
        break;
    default:
        executeName(frame, in);
        break;
    }
    return Flow::Next;
}

void Interpreter::executeStack(Frame &frame, const Instruction &in)
{
    switch (in.op) {
    case Op::DupTop:
        push(frame, m_heap.own(top(frame)));
        if (!frame.lent.empty())
            frame.lent[stackBase(frame) + frame.sp - 1] = frame.lent[stackBase(frame) + frame.sp - 2];
        break;
    case Op::DupTopTwo: {
        const ObjectId a = top(frame, 1), b = top(frame);
        push(frame, m_heap.own(a));
        push(frame, m_heap.own(b));
        break;
    }
    case Op::RotTwo:
        swapStack(frame, 0, 1);
        break;
    case Op::RotThree:   // a b c -> c a b
        swapStack(frame, 0, 1);
        swapStack(frame, 1, 2);
        break;
    case Op::RotFour:
        swapStack(frame, 0, 1);
        swapStack(frame, 1, 2);
        swapStack(frame, 2, 3);
        break;
    default:
        break;
    }
}

Interpreter::Flow Interpreter::executeYieldFrom(Frame &frame, const Instruction &in)
{
    Ref sent = pop(frame);
    const ObjectId iterator = top(frame);
    Ref item;
    if (kind(iterator) == TypeKind::Generator) {
        item = resumeGenerator(iterator, std::move(sent));
        if (!item) {
            Ref result = takeReturnValue();
            pop(frame).reset();
            push(frame, result ? std::move(result) : m_heap.newNone());
            return Flow::Next;
        }
    } else {
        try {
            if (kind(sent) != TypeKind::None)
                item = callMethod(iterator, "send", {sent});
            else   // what a StopIteration of a Python class holds is the result
                item = kind(iterator) == TypeKind::Iterator ? next(iterator) : callMethod(iterator, "__next__");
        } catch (const PythonError &) {
            if (!raisedIs("StopIteration"))
                throw;
            const Ref stop = takeRaised();
            m_generatorReturn = getAttribute(stop, "value");
        }
        if (!item) {
            Ref result = takeReturnValue();
            pop(frame).reset();
            push(frame, result ? std::move(result) : m_heap.newNone());
            return Flow::Next;
        }
    }
    (void)in;
    --frame.ip;   // repeats itself with the value sent next
    m_yielded = std::move(item);
    return Flow::Yielded;
}

// Up to 3.8: the i-th of n parts on the stack goes into what is made of them.
void Interpreter::addPart(Frame &frame, ObjectId made, std::uint32_t i, std::uint32_t n, UnpackInto into)
{
    const ObjectId part = top(frame, n - 1 - i);
    switch (into) {
    case UnpackInto::Map:
    case UnpackInto::CallMap:
        if (into == UnpackInto::Map && kind(part) != TypeKind::Dict && !lookup(typeOf(part), "keys"))
            raise("TypeError", "'" + typeName(part) + "' object is not a mapping");
        mergeIntoDict(made, part, into == UnpackInto::CallMap ? top(frame, n + 1) : ObjectId());
        return;
    case UnpackInto::Set:
        if (kind(part) == TypeKind::FrozenSet || kind(part) == TypeKind::Set)
            m_sets->merge(made, part);
        else
            forEach(part, [&](Ref item) { m_sets->add(made, item); });
        return;
    case UnpackInto::CallTuple:
        if (!lookupIterable(part) && kind(part) != TypeKind::WeakProxy)
            raise("TypeError", callableText(top(frame, n)) + " argument after * must be an iterable, not " + typeName(part));
        [[fallthrough]];
    default:
        extendList(made, part);
    }
}

void Interpreter::executeDisplay(Frame &frame, const Instruction &in)
{
    const auto n = static_cast<std::uint32_t>(in.arg);
    const auto popMany = [&](std::uint32_t count) {
        std::vector<Ref> values(count);
        for (std::uint32_t i = count; i-- > 0;)
            values[i] = pop(frame);
        return values;
    };
    const auto container = [&] { return top(frame, n - 1); };
    switch (in.op) {
    case Op::BuildTuple:
        push(frame, m_heap.newTupleStealing(popMany(n)));
        break;
    case Op::BuildList: {
        // The items move from the stack into the array: exact capacity.
        Ref list = m_heap.newList({}, n);
        if (n > 0) {
            std::vector<Ref> values = popMany(n);
            m_heap.setLength(list, n);
            for (std::uint32_t i = 0; i < n; ++i)
                m_heap.setSlot(list, i, values[i].release());
        }
        push(frame, std::move(list));
        break;
    }
    case Op::BuildConstList: {
        const ObjectId constants = frame.code->consts[n];
        std::vector<ObjectId> items;
        for (const Slot &slot : m_heap.items(constants))
            items.push_back(slot.target);
        const std::uint32_t rounding = profile().objects.constantListCapacityRounding;
        const auto count = static_cast<std::uint32_t>(items.size());
        const std::uint32_t capacity = rounding == 0 ? count : (count + rounding - 1) / rounding * rounding;
        push(frame, m_heap.newList(items, capacity));
        break;
    }
    case Op::BuildSet: {
        std::vector<ObjectId> items;
        for (std::uint32_t i = 0; i < n; ++i)
            items.push_back(stackAt(frame, frame.sp - n + i));
        Ref set = m_sets->newSet(TypeKind::Set, items);
        for (Ref &value : popMany(n))
            value.reset();
        push(frame, std::move(set));
        break;
    }
    case Op::BuildMap: {
        Ref dict = n > 5 ? m_dicts.newPresized(n) : m_dicts.newDict();
        for (std::uint32_t i = 0; i < n; ++i) {
            const ObjectId key = stackAt(frame, frame.sp - 2 * n + 2 * i);
            m_dicts.set(dict, key, hashOfKey(key), m_heap.own(stackAt(frame, frame.sp - 2 * n + 2 * i + 1)));
        }
        for (Ref &value : popMany(2 * n))
            value.reset();
        push(frame, std::move(dict));
        break;
    }
    case Op::BuildString: {
        std::string joined;
        for (std::uint32_t i = 0; i < n; ++i)
            joined += text(stackAt(frame, frame.sp - n + i));
        guardSize(joined.size());
        Ref result = n == 1 ? m_heap.own(top(frame)) : m_heap.newStr(joined);
        for (Ref &value : popMany(n))
            value.reset();
        push(frame, std::move(result));
        break;
    }
    case Op::BuildSlice: {
        const ObjectId step = n == 3 ? top(frame) : m_heap.none();
        // One of constants is a constant since 3.14.
        const bool image = m_heap.imageBirths();
        m_heap.setImageBirths(image || (in.arg2 == 1 && profile().minor >= 14));
        Ref slice = m_heap.newSlice(top(frame, n - 1), top(frame, n - 2), step);
        m_heap.setImageBirths(image);
        for (Ref &value : popMany(n))
            value.reset();
        push(frame, std::move(slice));
        break;
    }
    case Op::ListAppend: {
        Ref value = pop(frame);
        m_heap.listAppend(container(), std::move(value));
        break;
    }
    case Op::SetAdd: {
        const Ref value = pop(frame);
        m_sets->add(container(), value);
        break;
    }
    case Op::MapAdd: {
        Ref value = pop(frame);
        const Ref key = pop(frame);
        m_dicts.set(container(), key, hashOfKey(key), std::move(value));
        break;
    }
    case Op::ListExtend: {
        const Ref iterable = pop(frame);
        if (profile().minor >= 9 && !lookupIterable(iterable) && kind(iterable) != TypeKind::WeakProxy)
            raise("TypeError", "Value after * must be an iterable, not " + typeName(iterable));
        extendList(container(), iterable);
        break;
    }
    case Op::SetUpdate: {
        const Ref iterable = pop(frame);
        const ObjectId set = container();
        if (kind(iterable) == TypeKind::FrozenSet || kind(iterable) == TypeKind::Set)
            m_sets->merge(set, iterable);
        else
            forEach(iterable, [&](Ref item) { m_sets->add(set, item); });
        break;
    }
    case Op::DictUpdate:
    case Op::DictMerge: {
        const Ref other = pop(frame);
        if (in.op == Op::DictUpdate && kind(other) != TypeKind::Dict && !lookup(typeOf(other), "keys"))
            raise("TypeError", "'" + typeName(other) + "' object is not a mapping");
        mergeIntoDict(container(), other, in.op == Op::DictMerge ? top(frame, static_cast<std::uint32_t>(in.arg) + 1) : ObjectId());
        break;
    }
    case Op::ListToTuple: {
        const Ref list = pop(frame);
        std::vector<ObjectId> items;
        for (const Slot &slot : m_heap.items(list))
            items.push_back(slot.target);
        push(frame, m_heap.newTuple(items));
        break;
    }
    case Op::BuildUnpack: {
        const auto into = static_cast<UnpackInto>(in.arg2);
        const bool set = into == UnpackInto::Set, dict = into == UnpackInto::Map || into == UnpackInto::CallMap;
        Ref made = set ? m_sets->newSet(TypeKind::Set, {}) : dict ? m_dicts.newDict() : m_heap.newList({}, 0);
        for (std::uint32_t i = 0; i < n; ++i)
            addPart(frame, made, i, n, into);
        if (into == UnpackInto::Tuple || into == UnpackInto::CallTuple) {
            std::vector<ObjectId> items;
            for (const Slot &slot : m_heap.items(made))
                items.push_back(slot.target);
            made = m_heap.newTuple(items);
        }
        for (std::uint32_t i = 0; i < n; ++i)
            pop(frame).reset();
        push(frame, std::move(made));
        break;
    }
    case Op::UnpackSequence:
    case Op::UnpackEx:
        unpack(frame, in);
        break;
    case Op::FormatValue: {
        std::string spec;
        if (in.arg2 == 1) {
            const Ref specRef = pop(frame);
            spec = text(specRef);
        }
        const ObjectId value = top(frame);
        Ref result;
        switch (static_cast<ast::Conversion>(in.arg)) {
        case ast::Conversion::None:
            // A plain str is used as it is.
            result = spec.empty() && isStr(value) ? m_heap.own(value) : formatted(value, spec);
            break;
        case ast::Conversion::Str: case ast::Conversion::Repr: case ast::Conversion::Ascii: {
            const auto conversion = static_cast<ast::Conversion>(in.arg);
            Ref converted = conversion == ast::Conversion::Str ? strObject(value) : m_heap.newStr(
                conversion == ast::Conversion::Repr ? repr(value) : ascii(value));
            result = spec.empty() ? std::move(converted) : formatted(converted, spec);
            break;
        }
        }
        pop(frame).reset();
        push(frame, std::move(result));
        break;
    }
    case Op::BinarySubscr: {
        Ref result = getItem(top(frame, 1), top(frame));
        pop(frame).reset();
        pop(frame).reset();
        push(frame, std::move(result));
        break;
    }
    case Op::StoreSubscr: {
        setItem(top(frame, 1), top(frame), top(frame, 2));
        Ref index = pop(frame), owner = pop(frame), value = pop(frame);
        value.reset();
        owner.reset();
        index.reset();
        break;
    }
    case Op::DeleteSubscr: {
        deleteItem(top(frame, 1), top(frame));
        Ref index = pop(frame), owner = pop(frame);
        owner.reset();
        index.reset();
        break;
    }
    default:
        break;
    }
}

} // namespace pyrena
