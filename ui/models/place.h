#pragma once

#include "core/trace/trace.h"

#include <cstdint>

namespace pyrena {

// A place in a program that another recording of it has as well: after the K-th time a line ran.
struct ProgramPlace
{
    std::uint32_t line = 0;         // 0: the very start
    std::uint32_t occurrence = 0;   // from 1
    bool atEnd = false;             // the recording's end
};

ProgramPlace placeAt(const Trace &trace, std::uint32_t position);
// The end of that execution of the line; if it ran less often here, its last; if it never ran, the start.
std::uint32_t positionOf(const Trace &trace, const ProgramPlace &place);

// The end of the next execution of a line after `position`, from the start again when there is none; `position` when it never runs.
std::uint32_t nextExecutionOf(const Trace &trace, std::uint32_t line, std::uint32_t position);

} // namespace pyrena
