#pragma once

#include "core/python/code/code.h"

#include <string>

namespace pyrena {

// Walks every way through the code object and those inside it, on its own, without what the compiler noted: operands are in
// range, the stack never runs empty or over stackSize, each instruction has one depth, exception entries are sorted, apart and
// point at handlers, and execution never runs off the end. Gives the first thing wrong, or nothing.
std::string verifyStack(const CodeObject &code);

} // namespace pyrena
