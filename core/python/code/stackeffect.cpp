#include "core/python/code/stackeffect.h"

#include <bit>

namespace pyrena {

bool isJump(Op op)
{
    switch (op) {
    case Op::Jump: case Op::PopJumpIfFalse: case Op::PopJumpIfTrue: case Op::JumpIfFalseOrPop: case Op::JumpIfTrueOrPop:
    case Op::ForIter:
        return true;
    default:
        return false;
    }
}

bool endsBlock(Op op)
{
    return op == Op::Jump || op == Op::ReturnValue || op == Op::Raise || op == Op::Reraise || op == Op::Unsupported;
}

bool usesLocalsPlus(Op op)
{
    switch (op) {
    case Op::LoadFast: case Op::StoreFast: case Op::DeleteFast: case Op::LoadDeref: case Op::StoreDeref:
    case Op::DeleteDeref: case Op::LoadClassDeref: case Op::LoadFromDictOrDeref: case Op::LoadClosure:
        return true;
    default:
        return false;
    }
}

bool usesNames(Op op)
{
    switch (op) {
    case Op::LoadName: case Op::StoreName: case Op::DeleteName: case Op::LoadGlobal: case Op::StoreGlobal:
    case Op::DeleteGlobal: case Op::LoadAttr: case Op::StoreAttr: case Op::DeleteAttr: case Op::LoadMethod:
    case Op::ImportName: case Op::ImportFrom: case Op::LoadFromDictOrGlobal:
        return true;
    default:
        return false;
    }
}

StackEffect stackEffect(const Instruction &instruction)
{
    const auto both = [](std::int32_t pops, std::int32_t pushes) { return StackEffect{pops, pushes, pops, pushes}; };
    const std::int32_t arg = instruction.arg;
    switch (instruction.op) {
    case Op::Statement: case Op::Nop: case Op::Jump: case Op::SetupAnnotations: case Op::Unsupported:
    case Op::DeleteName: case Op::DeleteGlobal: case Op::DeleteFast: case Op::DeleteDeref:
        return both(0, 0);
    case Op::PopTop: case Op::PopJumpIfFalse: case Op::PopJumpIfTrue: case Op::StoreName: case Op::StoreGlobal:
    case Op::StoreFast: case Op::StoreDeref: case Op::DeleteAttr: case Op::ReturnValue: case Op::Reraise:
    case Op::ImportStar:
        return both(1, 0);
    case Op::PopExcept: return both(1 + arg, 0);
    case Op::DupTop: return both(1, 2);
    case Op::DupTopTwo: return both(2, 4);
    case Op::RotTwo: return both(2, 2);
    case Op::RotThree: return both(3, 3);
    case Op::RotFour: return both(4, 4);
    case Op::LoadConst: case Op::LoadName: case Op::LoadGlobal: case Op::LoadFast: case Op::LoadDeref:
    case Op::LoadClassDeref: case Op::LoadClosure: case Op::BuildConstList: case Op::LoadBuildClass:
    case Op::LoadAssertionError: case Op::LoadLocals:
        return both(0, 1);
    case Op::LoadAttr: case Op::UnaryOp: case Op::GetIter: case Op::GetYieldFromIter: case Op::YieldValue:
    case Op::ListToTuple: case Op::LoadFromDictOrGlobal: case Op::LoadFromDictOrDeref:
        return both(1, 1);
    case Op::StoreAttr: case Op::DeleteSubscr: return both(2, 0);
    case Op::LoadMethod: return both(1, 2);
    case Op::BinarySubscr: case Op::BinaryOp: case Op::InplaceOp: case Op::CompareOp: case Op::YieldFrom:
    case Op::ImportName:
        return both(2, 1);
    case Op::StoreSubscr: return both(3, 0);
    case Op::BuildTuple: case Op::BuildList: case Op::BuildSet: case Op::BuildString: case Op::BuildSlice:
    case Op::BuildUnpack:
        return both(arg, 1);
    case Op::BuildMap: return both(2 * arg, 1);
    // The container is looked at, so it must be there: arg entries below the top after the pop.
    case Op::ListAppend: case Op::SetAdd: case Op::ListExtend: case Op::SetUpdate: case Op::DictUpdate:
    case Op::DictMerge:
        return both(arg + 1, arg);
    case Op::MapAdd: return both(arg + 2, arg);
    case Op::UnpackSequence: return both(1, arg);
    case Op::UnpackEx: return both(1, arg + 1 + instruction.arg2);
    case Op::FormatValue: return both(instruction.arg2 == 1 ? 2 : 1, 1);
    case Op::JumpIfFalseOrPop: case Op::JumpIfTrueOrPop: return {1, 0, 1, 1};
    case Op::ForIter: return {1, 2, 1, 0};
    case Op::Call: return both(arg + 1, 1);
    case Op::CallMethod: return both(arg + 2, 1);
    case Op::CallEx: return both(arg == 1 ? 3 : 2, 1);
    case Op::MakeFunction: return both(1 + std::popcount(static_cast<std::uint32_t>(arg)), 1);
    case Op::BuildClass: return both(arg + 3, 1);   // what LoadBuildClass gave, function, name, bases...
    case Op::ImportFrom: return both(1, 2);
    case Op::Raise: return both(arg, 0);
    case Op::PushExcInfo: return both(1, 2 + arg);
    case Op::CheckExcMatch: return both(2, 2);
    case Op::BeforeWith: return both(1, 2);
    case Op::WithExceptStart: return both(3 + arg, 4 + arg);
    }
    return {};
}

} // namespace pyrena
