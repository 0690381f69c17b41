#include "core/python/code/pythonstack.h"

#include "core/python/code/stackeffect.h"

#include <algorithm>
#include <bit>

namespace pyrena {

namespace {
constexpr std::int32_t kHandlerEntries = 6;   // the exception in three parts, and the one handled before
constexpr std::int32_t kExceptionParts = 3;
}

void PythonStack::note(std::int32_t effect)
{
    if (m_silent || m_own || !m_reachable)
        return;
    m_depth += effect;
    m_deepest = std::max(m_deepest, m_depth);
}

void PythonStack::atLeast(std::int32_t depth)
{
    if (!m_silent && !m_own)
        m_depth = m_reachable ? std::max(m_depth, depth) : depth;
    m_reachable = true;
    m_deepest = std::max(m_deepest, m_depth);
}

void PythonStack::end()
{
    if (!m_silent && !m_own)
        m_reachable = false;
}

void PythonStack::jump(std::int32_t &label, std::int32_t effect)
{
    if (!m_silent && !m_own && m_reachable)
        label = std::max(label, m_depth + effect);
}

void PythonStack::place(std::int32_t label)
{
    if (m_silent)
        return;
    m_own = false;
    if (label < 0)
        return;
    m_depth = m_reachable ? std::max(m_depth, label) : label;
    m_reachable = true;
    m_deepest = std::max(m_deepest, m_depth);
}

// 3.6 counts the entries of the handler for the block as well, and more for its beginning.
std::int32_t PythonStack::setUpHandler(Handler kind)
{
    const bool ofWith = kind == Handler::With;
    if (m_minor >= 11)   // the exception, and the instruction it came from where it may go on from there
        return m_depth + (kind == Handler::Cleanup ? 2 : 1);
    if (m_minor == 6) {
        if (ofWith)
            return m_depth;
        note(kHandlerEntries);
        return m_depth + kExceptionParts;
    }
    return m_depth + kHandlerEntries - (ofWith ? 1 : 0);   // without what __enter__ gave
}

void PythonStack::placeHandler(std::int32_t depth)
{
    if (m_silent)
        return;
    m_reachable = false;
    place(depth);
}

void PythonStack::add(const Instruction &in)
{
    const StackEffect effect = stackEffect(in);
    const std::int32_t plain = effect.pushes - effect.pops;
    switch (in.op) {
    case Op::LoadMethod:
        return note(m_minor >= 7 ? 1 : 0);
    case Op::CallMethod:
        if (in.arg2 != kNoArg && m_minor >= 13) {
            note(1);
            note(-1);
        }
        return note(m_minor >= 7 ? -in.arg - 1 : -in.arg);
    case Op::Call:
    case Op::BuildClass:
        if (in.arg2 >= 0 && (m_minor <= 10 || m_minor >= 13)) {   // the tuple of names lies on the stack
            note(1);
            note(-1);
        }
        return note(plain);
    case Op::YieldFrom:            // 3.12: an exception thrown in
        if (m_minor >= 12) {
            note(1);
            note(-1);
        }
        return note(plain - (m_minor >= 15 ? 1 : 0));
    case Op::GetIter:              // 3.15: how far a list or tuple was read lies above it
    case Op::GetYieldFromIter:
        return note(m_minor >= 15 ? 1 : 0);
    case Op::MakeFunction:         // the qualified name lies on the stack
        if (m_minor >= 11)
            return note(plain);
        note(1);
        return note(-1 - std::popcount(static_cast<std::uint32_t>(in.arg)));
    case Op::PushExcInfo:          // up to 3.10 part of what the handler begins with
        return note(m_minor >= 11 ? plain : 0);
    case Op::CheckExcMatch:        // up to 3.10 a copy of the class was compared
        return note(m_minor >= 11 ? plain : -1);
    case Op::PopExcept:
        return note(m_minor >= 11 ? plain : m_minor == 6 ? 0 : -kExceptionParts);
    case Op::BeforeWith:
        if (m_minor >= 14) {       // __exit__ and its self; __enter__ and its self
            note(3);
            return note(-1);
        }
        return note(m_minor == 6 ? 7 : 1);
    case Op::WithExceptStart:      // WITH_CLEANUP_START pushes one more, which goes at once
        note(m_minor == 7 || m_minor == 8 ? 2 : 1);
        return note(m_minor == 7 || m_minor == 8 ? -1 : 0);
    case Op::Reraise:
        if (m_minor == 6)
            return note(-1);       // and goes on
        return end();
    case Op::Raise:
    case Op::ReturnValue:
        note(plain);
        if (m_minor >= 7)
            end();
        return;
    case Op::Jump:
        return;                    // by jump()
    default:
        return note(plain);
    }
}

} // namespace pyrena
