#pragma once

#include "core/python/code/code.h"

namespace pyrena {

struct StackEffect
{
    std::int32_t pops = 0, pushes = 0;   // when execution goes on with the next instruction
    std::int32_t jumpPops = 0, jumpPushes = 0;   // when it jumps
};

StackEffect stackEffect(const Instruction &instruction);

bool isJump(Op op);          // arg is a target
bool endsBlock(Op op);       // execution never goes on with the next instruction
bool usesLocalsPlus(Op op);  // arg is an index into localsPlus
bool usesNames(Op op);       // arg is an index into names

} // namespace pyrena
