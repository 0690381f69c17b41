#pragma once

#include <QString>

#include "core/trace/trace.h"
#include "core/world/world.h"
#include "ui/selection.h"

#include <vector>

namespace pyrena {

struct MemoryMatch
{
    Selected what;          // what to select and to show
    QString sentence;       // "0x7f3a10002043 lies in block 3 of pool 0, byte 3 of list#1"
};

struct MemorySearch
{
    static constexpr std::size_t kMaxMatches = 1000;
    std::vector<MemoryMatch> matches;   // in address order
    bool more = false;                  // there are more than these
    QString message;                    // why there is none, and what to do
};

// Finds an address (0x7f3a10002030, 7f3a10002030 or decimal; anywhere inside a block), an object by label (list#1), name,
// type or value, or a block of a recording by number (#123).
MemorySearch searchMemory(const Trace &trace, const World &world, const QString &text);

} // namespace pyrena
