// What the step of an instruction is called.
#include "core/python/runtime/interpreter.h"

namespace pyrena {

TextId Interpreter::newSentence(Frame &frame, const Instruction &in)
{
    return frame.code->sentences[frame.lastInstruction] = m_heap.text(sentenceText(frame, in));
}

std::string Interpreter::sentenceText(const Frame &frame, const Instruction &in) const
{
    const auto name = [&] { return nameOf(frame, in.arg); };
    const auto local = [&] { return frame.code->code->localsPlus[static_cast<std::size_t>(in.arg)]; };
    switch (in.op) {
    case Op::LoadName: case Op::LoadGlobal: case Op::LoadFromDictOrGlobal: return "look up the name " + name();
    case Op::StoreName: case Op::StoreGlobal: return "let the name " + name() + " refer to it";
    case Op::DeleteName: case Op::DeleteGlobal: return "remove the name " + name();
    case Op::LoadFast: case Op::LoadDeref: case Op::LoadClassDeref: case Op::LoadFromDictOrDeref: return "look up the local name " + local();
    case Op::StoreFast: case Op::StoreDeref: return "let the local name " + local() + " refer to it";
    case Op::DeleteFast: case Op::DeleteDeref: return "remove the local name " + local();
    case Op::LoadAttr: return "read the attribute ." + name();
    case Op::StoreAttr: return "set the attribute ." + name();
    case Op::DeleteAttr: return "remove the attribute ." + name();
    case Op::BinarySubscr: return "read the item in brackets";
    case Op::StoreSubscr: return "set the item in brackets";
    case Op::DeleteSubscr: return "remove the item in brackets";
    case Op::UnaryOp: case Op::BinaryOp: return "compute the value";
    case Op::InplaceOp: return "compute the new value, in place if the object can change";
    case Op::CompareOp: return "compare";
    case Op::BuildTuple: return "make a tuple of " + std::to_string(in.arg);
    case Op::BuildList: return in.arg == 0 ? "make an empty list" : "make a list of " + std::to_string(in.arg);
    case Op::BuildConstList: return "make a list of constants";
    case Op::BuildSet: return "make a set of " + std::to_string(in.arg);
    case Op::BuildMap: return in.arg == 0 ? "make an empty dict" : "make a dict of " + std::to_string(in.arg);
    case Op::BuildString: return "join the pieces of the string";
    case Op::BuildSlice: return "make a slice";
    case Op::ListAppend: return "append to the list";
    case Op::SetAdd: return "add to the set";
    case Op::MapAdd: return "add to the dict";
    case Op::ListExtend: return "extend the list";
    case Op::BuildUnpack: return "put the parts together";
    case Op::SetUpdate: case Op::DictUpdate: case Op::DictMerge: return "add all of them";
    case Op::UnpackSequence: case Op::UnpackEx: return "take the value apart";
    case Op::FormatValue: return "turn the value into text";
    case Op::GetIter: return "make an iterator";
    case Op::ForIter: return "fetch the next item";
    case Op::Call: case Op::CallMethod: case Op::CallEx: return "call";
    case Op::MakeFunction: return "make the function";
    case Op::BuildClass: return "make the class";
    case Op::ReturnValue: return "return";
    case Op::YieldValue: case Op::YieldFrom: return "yield";
    case Op::ImportName: return "import " + name();
    case Op::ImportFrom: return "take " + name() + " out of the module";
    case Op::ImportStar: return "take all public names out of the module";
    case Op::Raise: return "raise";
    case Op::CheckExcMatch: return "compare the exception with the handler's type";
    case Op::BeforeWith: return "enter the with block";
    case Op::WithExceptStart: return "tell the context manager about the exception";
    default: return opName(in.op);
    }
}

} // namespace pyrena
