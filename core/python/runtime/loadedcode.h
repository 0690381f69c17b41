#pragma once

#include "core/base/id.h"
#include "core/python/code/code.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace pyrena {

// 3.11: the instructions of code that started and jumped backwards so often are specialized (QUICKENING_INITIAL_WARMUP_VALUE).
inline constexpr std::uint8_t kWarm = 8;

// Where a name was found: in that entry of that dict, for as long as neither it nor the globals gain or lose a key.
struct NameCache
{
    ObjectId globals, holder;
    std::uint64_t globalsVersion = 0, holderVersion = 0;
    std::uint32_t entry = 0;
};

// A code object with its constants and names as objects of the World.
struct LoadedCode
{
    const CodeObject *code = nullptr;
    CodeId id;                             // into Trace::codes; those of the library follow those of the program
    bool library = false;                  // a module written in Python: its lines are no statements of the program
    ObjectId object;                       // Code
    std::vector<ObjectId> consts, names;   // counted by slots of the Code object
    std::vector<TextId> labels;            // of localsplus
    std::vector<std::unique_ptr<LoadedCode>> children;
    std::vector<const LoadedCode *> constCodes;   // by const index
    mutable std::vector<TextId> sentences; // of each instruction's step; made when first needed
    mutable std::vector<NameCache> nameCaches;   // by name index
    mutable std::vector<std::uint8_t> runs;        // of each instruction: an addition became so much (concatenation.cpp), a call ran so often
    mutable std::uint8_t warmth = 0;               // 3.11: starts and jumps backwards, up to those that count
};

} // namespace pyrena
