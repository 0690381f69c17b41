#pragma once

// The value stack, fast locals and names of modules: most instructions of most programs, inline for the evaluation loop.
#include "core/python/code/borrowing.h"
#include "core/python/runtime/interpreter.h"

namespace pyrena {

[[gnu::always_inline]] inline void Interpreter::push(Frame &frame, Ref value)
{
    const std::uint32_t index = frame.locals + frame.sp++;
    m_heap.setField(frame.object, index, value.release());
    if (!frame.lent.empty())
        frame.lent[index] = 0;
}

[[gnu::always_inline]] inline Ref Interpreter::pop(Frame &frame)
{
    verify(frame.sp > 0, "value stack is empty");
    const std::uint32_t index = frame.locals + --frame.sp;
    Ref value(m_heap, m_heap.field(frame.object, index));
    m_heap.setField(frame.object, index, ObjectId());
    return value;
}

// pop(frame).reset(), inline as long as nothing dies of it.
[[gnu::always_inline]] inline void Interpreter::discard(Frame &frame)
{
    m_heap.letGo(pop(frame).release());
}

inline ObjectId Interpreter::stackAt(const Frame &frame, std::uint32_t depth) const
{
    return m_heap.field(frame.object, frame.locals + depth);
}

inline ObjectId Interpreter::top(const Frame &frame, std::uint32_t below) const
{
    verify(frame.sp > below, "value stack is too short");
    return stackAt(frame, frame.sp - 1 - below);
}

// push(frame, m_heap.own(value)).
[[gnu::always_inline]] inline void Interpreter::pushBorrowed(Frame &frame, ObjectId value)
{
    m_heap.addReference(value);
    push(frame, Ref(m_heap, value));
}

inline void Interpreter::loadFast(Frame &frame, const Instruction &in)
{
    const auto index = static_cast<std::uint32_t>(in.arg);
    const ObjectId value = m_heap.field(frame.object, index);
    if (!value) [[unlikely]]
        raiseUnbound(frame, index);
    pushBorrowed(frame, value);
    if (in.arg2 == kLent || (!frame.lent.empty() && frame.lent[index]))   // a copy of what the caller lent is lent, too
        frame.lent[frame.locals + frame.sp - 1] = 1;
}

inline void Interpreter::storeFast(Frame &frame, const Instruction &in)
{
    const auto index = static_cast<std::uint32_t>(in.arg);
    const bool lent = !frame.lent.empty() && frame.lent[frame.locals + frame.sp - 1];
    Ref value = pop(frame);
    if (!frame.lent.empty())
        frame.lent[index] = lent;
    const ObjectId old = m_heap.field(frame.object, index);
    m_heap.setField(frame.object, index, value.release(), frame.code->labels[index]);
    if (old)
        m_heap.decref(old);
}

// The value of a global or built-in name. Nearly always it is where it was the last time: looking there first took a third off
// the time of a look-up (a seventh of a program of short statements).
inline ObjectId Interpreter::global(const Frame &frame, std::int32_t nameIndex)
{
    const NameCache &cache = frame.code->nameCaches[static_cast<std::size_t>(nameIndex)];
    if (cache.globals == frame.globals && m_dicts.version(cache.globals) == cache.globalsVersion
        && m_dicts.version(cache.holder) == cache.holderVersion) [[likely]]
        return m_dicts.valueAt(cache.holder, cache.entry);
    return findGlobal(frame, nameIndex);
}

// Lets a name of this namespace refer to what is on the stack.
inline void Interpreter::storeName(Frame &frame, ObjectId names, std::int32_t nameIndex)
{
    const NameCache &cache = frame.code->nameCaches[static_cast<std::size_t>(nameIndex)];
    Ref value = pop(frame);
    if (cache.holder == names && m_dicts.version(names) == cache.holderVersion) [[likely]]
        m_dicts.replaceValue(names, cache.entry, std::move(value));
    else
        storeNewName(frame, names, nameIndex, std::move(value));
}

} // namespace pyrena
