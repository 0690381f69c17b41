// s += t: when the string grows where it is. Up to 3.10 unicode_concatenate looks at the instruction behind: a name that is
// about to be stored to lets go of the string first, so that nobody else has it. From 3.11 on only the specialized instruction
// BINARY_OP_INPLACE_ADD_UNICODE does so, for local names, once the code is warm.
#include "core/python/runtime/interpreter.h"

namespace pyrena {

namespace {

// What an addition has become: 3.11 specializes it when it runs for the first time in code that is warm, later versions when
// it runs for the second time (run: functions of many shapes, 3.11.7 to 3.15.2).
enum : std::uint8_t { Cold, Seen, InPlace, Elsewhere };

} // namespace

void Interpreter::warmUp(const LoadedCode &code)
{
    if (code.warmth < kWarm)
        ++code.warmth;
}

// Whether the local that the next instruction stores to is the left operand of an addition specialized for that.
bool Interpreter::growsSpecialized(const Frame &frame, bool storesToLeft)
{
    const LoadedCode &code = *frame.code;
    if (code.runs.empty())
        code.runs.resize(code.code->instructions.size());
    std::uint8_t &state = code.runs[frame.lastInstruction];
    if (profile().minor == 11) {
        if (state == Cold && code.warmth >= kWarm)
            state = storesToLeft ? InPlace : Elsewhere;
    } else if (state == Cold) {
        state = Seen;
    } else if (state == Seen) {
        state = storesToLeft ? InPlace : Elsewhere;
    }
    return state == InPlace && storesToLeft;
}

// A none Ref: the addition makes a new object, as any other does. Else both operands are gone from the stack.
Ref Interpreter::concatenate(Frame &frame)
{
    const ObjectId left = top(frame, 1), right = top(frame);
    if (kind(left) != TypeKind::Str || kind(right) != TypeKind::Str || !isExact(left) || !isExact(right) || !m_heap.counting())
        return {};
    const Instruction &store = frame.code->code->instructions[frame.ip];
    const auto index = static_cast<std::uint32_t>(store.arg);
    const bool looksAhead = profile().minor <= 10;
    const bool isLocal = store.op == Op::StoreFast && m_heap.item(frame.object, index) == left;
    if (!looksAhead && !growsSpecialized(frame, isLocal))
        return {};

    guardSize(text(left).size() + text(right).size());
    Ref tail = pop(frame), head = pop(frame);
    if (!looksAhead || m_heap.refcount(head) == 2) {
        if (isLocal) {
            m_heap.clearSlot(frame.object, index);
            if (!frame.lent.empty())
                frame.lent[index] = 0;
        } else if (store.op == Op::StoreDeref) {
            if (const ObjectId cell = m_heap.item(frame.object, index); cell && m_heap.item(cell, 0) == head)
                m_heap.clearSlot(cell, 0);
        } else if (store.op == Op::StoreName) {
            const ObjectId names = frame.names ? frame.names : frame.globals;
            if (m_dicts.getText(names, nameTextOf(frame, store.arg)) == head)
                m_dicts.removeText(names, nameOf(frame, store.arg));
        }
    }
    return m_heap.strAppend(std::move(head), tail);
}

} // namespace pyrena
