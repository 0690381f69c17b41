#pragma once

#include "core/python/code/assembler.h"

namespace pyrena {

// Which loads of locals may lend the reference of the local instead of taking one of their own (3.14+, gh-130704): what is loaded
// is used up in the same basic block, the local is not bound anew before that, it goes into no other local, and it is certain to
// be bound. Sets arg2 of such a LoadFast to kLent.
void markLentLoads(CodeObject &code, Assembler &assembler);

inline constexpr std::int32_t kLent = 1;

} // namespace pyrena
