#pragma once

#include "core/world/heapstate.h"

#include <string>
#include <vector>

namespace pyrena {

enum class FreeArenas : std::uint8_t {
    None,          // up to 3.8: a wholly free arena is released at once
    OnlyTheLast,   // 3.9+: at most one, the last of usable_arenas
};

// What must hold between any two requests; empty when all does. One sentence for each violation (the first hundred).
// Chains and lists are followed with a bound, so a damaged heap ends the check, not the program.
std::vector<std::string> checkHeap(const HeapState &heap, FreeArenas freeArenas = FreeArenas::OnlyTheLast);

} // namespace pyrena
