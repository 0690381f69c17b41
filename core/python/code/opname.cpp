#include "core/python/code/code.h"

#include <algorithm>

namespace pyrena {

const SourceSpan &CodeObject::tracebackSpan(std::uint32_t instruction) const
{
    const auto at = std::lower_bound(tracebackSpans.begin(), tracebackSpans.end(), instruction,
                                     [](const auto &entry, std::uint32_t wanted) { return entry.first < wanted; });
    return at != tracebackSpans.end() && at->first == instruction ? at->second : instructions[instruction].span;
}

const char *opName(Op op)
{
    switch (op) {
    case Op::Statement: return "Statement";
    case Op::Nop: return "Nop";
    case Op::PopTop: return "PopTop";
    case Op::DupTop: return "DupTop";
    case Op::DupTopTwo: return "DupTopTwo";
    case Op::RotTwo: return "RotTwo";
    case Op::RotThree: return "RotThree";
    case Op::RotFour: return "RotFour";
    case Op::LoadConst: return "LoadConst";
    case Op::LoadName: return "LoadName";
    case Op::StoreName: return "StoreName";
    case Op::DeleteName: return "DeleteName";
    case Op::LoadGlobal: return "LoadGlobal";
    case Op::StoreGlobal: return "StoreGlobal";
    case Op::DeleteGlobal: return "DeleteGlobal";
    case Op::LoadFast: return "LoadFast";
    case Op::StoreFast: return "StoreFast";
    case Op::DeleteFast: return "DeleteFast";
    case Op::LoadDeref: return "LoadDeref";
    case Op::StoreDeref: return "StoreDeref";
    case Op::DeleteDeref: return "DeleteDeref";
    case Op::LoadLocals: return "LoadLocals";
    case Op::LoadFromDictOrGlobal: return "LoadFromDictOrGlobal";
    case Op::LoadFromDictOrDeref: return "LoadFromDictOrDeref";
    case Op::LoadClassDeref: return "LoadClassDeref";
    case Op::LoadClosure: return "LoadClosure";
    case Op::LoadAttr: return "LoadAttr";
    case Op::StoreAttr: return "StoreAttr";
    case Op::DeleteAttr: return "DeleteAttr";
    case Op::LoadMethod: return "LoadMethod";
    case Op::BinarySubscr: return "BinarySubscr";
    case Op::StoreSubscr: return "StoreSubscr";
    case Op::DeleteSubscr: return "DeleteSubscr";
    case Op::UnaryOp: return "UnaryOp";
    case Op::BinaryOp: return "BinaryOp";
    case Op::InplaceOp: return "InplaceOp";
    case Op::CompareOp: return "CompareOp";
    case Op::BuildTuple: return "BuildTuple";
    case Op::BuildList: return "BuildList";
    case Op::BuildSet: return "BuildSet";
    case Op::BuildString: return "BuildString";
    case Op::BuildMap: return "BuildMap";
    case Op::BuildSlice: return "BuildSlice";
    case Op::BuildConstList: return "BuildConstList";
    case Op::ListAppend: return "ListAppend";
    case Op::SetAdd: return "SetAdd";
    case Op::MapAdd: return "MapAdd";
    case Op::ListExtend: return "ListExtend";
    case Op::SetUpdate: return "SetUpdate";
    case Op::DictUpdate: return "DictUpdate";
    case Op::DictMerge: return "DictMerge";
    case Op::ListToTuple: return "ListToTuple";
    case Op::BuildUnpack: return "BuildUnpack";
    case Op::UnpackSequence: return "UnpackSequence";
    case Op::UnpackEx: return "UnpackEx";
    case Op::FormatValue: return "FormatValue";
    case Op::Jump: return "Jump";
    case Op::PopJumpIfFalse: return "PopJumpIfFalse";
    case Op::PopJumpIfTrue: return "PopJumpIfTrue";
    case Op::JumpIfFalseOrPop: return "JumpIfFalseOrPop";
    case Op::JumpIfTrueOrPop: return "JumpIfTrueOrPop";
    case Op::GetIter: return "GetIter";
    case Op::ForIter: return "ForIter";
    case Op::Call: return "Call";
    case Op::CallMethod: return "CallMethod";
    case Op::CallEx: return "CallEx";
    case Op::MakeFunction: return "MakeFunction";
    case Op::LoadBuildClass: return "LoadBuildClass";
    case Op::BuildClass: return "BuildClass";
    case Op::ReturnValue: return "ReturnValue";
    case Op::YieldValue: return "YieldValue";
    case Op::GetYieldFromIter: return "GetYieldFromIter";
    case Op::YieldFrom: return "YieldFrom";
    case Op::ImportName: return "ImportName";
    case Op::ImportFrom: return "ImportFrom";
    case Op::ImportStar: return "ImportStar";
    case Op::Raise: return "Raise";
    case Op::PushExcInfo: return "PushExcInfo";
    case Op::PopExcept: return "PopExcept";
    case Op::CheckExcMatch: return "CheckExcMatch";
    case Op::Reraise: return "Reraise";
    case Op::LoadAssertionError: return "LoadAssertionError";
    case Op::BeforeWith: return "BeforeWith";
    case Op::WithExceptStart: return "WithExceptStart";
    case Op::SetupAnnotations: return "SetupAnnotations";
    case Op::Unsupported: return "Unsupported";
    }
    return "?";
}

} // namespace pyrena
