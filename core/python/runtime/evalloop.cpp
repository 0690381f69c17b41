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
    case Op::LoadMethod: case Op::GetYieldFromIter: case Op::ListToTuple:
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
            count += frame->lent[i] && m_heap.item(frame->object, i) == id;
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

TextId Interpreter::newSentence(Frame &frame, const Instruction &in)
{
    return frame.code->sentences[frame.lastInstruction] = m_heap.text(sentenceText(frame, in));
}

std::string Interpreter::sentenceText(const Frame &frame, const Instruction &in) const
{
    const auto name = [&] { return nameOf(frame, in.arg); };
    const auto local = [&] { return frame.code->code->localsPlus[static_cast<std::size_t>(in.arg)]; };
    switch (in.op) {
    case Op::LoadName: case Op::LoadGlobal: return "look up the name " + name();
    case Op::StoreName: case Op::StoreGlobal: return "let the name " + name() + " refer to it";
    case Op::DeleteName: case Op::DeleteGlobal: return "remove the name " + name();
    case Op::LoadFast: case Op::LoadDeref: case Op::LoadClassDeref: return "look up the local name " + local();
    case Op::StoreFast: case Op::StoreDeref: return "let the local name " + local() + " refer to it";
    case Op::DeleteFast: case Op::DeleteDeref: return "remove the local name " + local();
    case Op::LoadAttr: return "read the attribute ." + name();
    case Op::StoreAttr: return "set the attribute ." + name();
    case Op::DeleteAttr: return "remove the attribute ." + name();
    case Op::BinarySubscr: return "read the item in brackets";
    case Op::StoreSubscr: return "set the item in brackets";
    case Op::DeleteSubscr: return "remove the item in brackets";
    case Op::UnaryOp: case Op::BinaryOp: return "compute the value";
    case Op::InplaceOp: return "compute the new value, in place if the object can change";
    case Op::CompareOp: return "compare";
    case Op::BuildTuple: return "make a tuple of " + std::to_string(in.arg);
    case Op::BuildList: return in.arg == 0 ? "make an empty list" : "make a list of " + std::to_string(in.arg);
    case Op::BuildConstList: return "make a list of constants";
    case Op::BuildSet: return "make a set of " + std::to_string(in.arg);
    case Op::BuildMap: return in.arg == 0 ? "make an empty dict" : "make a dict of " + std::to_string(in.arg);
    case Op::BuildString: return "join the pieces of the string";
    case Op::BuildSlice: return "make a slice";
    case Op::ListAppend: return "append to the list";
    case Op::SetAdd: return "add to the set";
    case Op::MapAdd: return "add to the dict";
    case Op::ListExtend: return "extend the list";
    case Op::SetUpdate: case Op::DictUpdate: case Op::DictMerge: return "add all of them";
    case Op::UnpackSequence: case Op::UnpackEx: return "take the value apart";
    case Op::FormatValue: return "turn the value into text";
    case Op::GetIter: return "make an iterator";
    case Op::ForIter: return "fetch the next item";
    case Op::Call: case Op::CallMethod: case Op::CallEx: return "call";
    case Op::MakeFunction: return "make the function";
    case Op::BuildClass: return "make the class";
    case Op::ReturnValue: return "return";
    case Op::YieldValue: case Op::YieldFrom: return "yield";
    case Op::ImportName: return "import " + name();
    case Op::ImportFrom: return "take " + name() + " out of the module";
    case Op::ImportStar: return "take all public names out of the module";
    case Op::Raise: return "raise";
    case Op::CheckExcMatch: return "compare the exception with the handler's type";
    case Op::BeforeWith: return "enter the with block";
    case Op::WithExceptStart: return "tell the context manager about the exception";
    default: return opName(in.op);
    }
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
                Flow flow;
                if (!frame.code->library && isStep(in.op)) {
                    m_recorder.setSpan(in.span);
                    const auto step = m_recorder.step(StepKind::Operation, in.span, {}, sentence(frame, in));
                    flow = execute(frame, in);
                } else {
                    flow = execute(frame, in);
                }
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

Interpreter::Flow Interpreter::execute(Frame &frame, const Instruction &in)
{
    const auto jump = [&] {
        const bool backwards = static_cast<std::uint32_t>(in.arg) <= frame.lastInstruction;
        frame.ip = static_cast<std::uint32_t>(in.arg);
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
        push(frame, m_heap.own(frame.code->consts[static_cast<std::size_t>(in.arg)]));
        break;
    case Op::PopTop: case Op::DupTop: case Op::DupTopTwo: case Op::RotTwo: case Op::RotThree: case Op::RotFour:
        executeStack(frame, in);
        break;
    case Op::Jump:
        jump();
        break;
    case Op::PopJumpIfFalse:
    case Op::PopJumpIfTrue: {
        const bool wanted = in.op == Op::PopJumpIfTrue;
        const Ref condition = pop(frame);
        if (truth(condition) == wanted)
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
        Ref result = binary(top(frame, 1), top(frame), static_cast<ast::Operator>(in.arg), in.op == Op::InplaceOp);
        // CPython 3.11+ lets the left operand go first; the right one went first before.
        const bool leftFirst = profile().major > 3 || profile().minor >= 11;
        Ref right = pop(frame), left = pop(frame);
        (leftFirst ? left : right).reset();
        (leftFirst ? right : left).reset();
        push(frame, std::move(result));
        break;
    }
    case Op::CompareOp: {
        Ref result = compare(top(frame, 1), top(frame), static_cast<ast::CompareOperator>(in.arg));
        Ref right = pop(frame), left = pop(frame);
        left.reset();
        right.reset();
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
    case Op::DictUpdate: case Op::DictMerge: case Op::ListToTuple: case Op::UnpackSequence: case Op::UnpackEx:
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
    case Op::PopTop:
        pop(frame).reset();
        break;
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
