#pragma once

#include "core/python/code/code.h"

#include <cstdint>
#include <vector>

namespace pyrena {

// co_stacksize, as CPython's compiler works it out: the depth its own instructions reach, which differ from ours where a comment
// says so, and its estimates for handlers. Fed in the order the instructions are written. Frames up to 3.10 and generators from
// 3.11 on are so much larger. tests/data/stacksizes.json says how exact it is.
class PythonStack
{
public:
    void setMinor(int minor) { m_minor = minor; }
    int minor() const { return m_minor; }

    void add(const Instruction &instruction);
    void note(std::int32_t effect);                       // an instruction that we do not have
    void jump(std::int32_t &label, std::int32_t effect);  // label: the depth noted for it, -1 none
    void place(std::int32_t label);
    void end();
    void endFor() { note(m_minor >= 15 ? -1 : 0); }                                           // what follows is not reached from here

    enum class Handler : std::uint8_t { Try, With, Cleanup, Own };   // Cleanup: after `as` name; Own: CPython counts none there
    // What the handler begins with, when its block begins.
    std::int32_t setUpHandler(Handler kind);
    void placeHandler(std::int32_t depth);
    void placeOwnHandler() { m_own = m_own || !m_silent; }   // up to the next label
    // Instructions that only we have.
    void setSilent(bool silent) { m_silent = silent; }
    bool silent() const { return m_silent; }

    std::int32_t depth() const { return m_depth; }
    void atLeast(std::int32_t depth);                     // another way leads here as well
    std::uint32_t deepest() const { return static_cast<std::uint32_t>(m_deepest); }

private:
    int m_minor = 0;
    std::int32_t m_depth = 0, m_deepest = 0;
    bool m_reachable = true, m_silent = false;
    bool m_own = false;   // in a handler that only we have
};

} // namespace pyrena
