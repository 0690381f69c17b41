#include "core/python/code/compiler.h"
#include "core/python/code/stackeffect.h"
#include "core/python/text/floatrepr.h"
#include "core/python/text/strrepr.h"

#include <set>

namespace pyrena {

namespace {

std::string show(const Constant &constant);

struct Shower
{
    bool frozenSet;

    std::string operator()(const ast::NoneValue &) const { return "None"; }
    std::string operator()(const ast::EllipsisValue &) const { return "Ellipsis"; }
    std::string operator()(bool value) const { return value ? "True" : "False"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const ast::BigInteger &value) const { return value.digits; }
    std::string operator()(double value) const { return text::reprFloat(value); }
    std::string operator()(const ast::Imaginary &value) const { return text::reprFloat(value.value) + 'j'; }
    std::string operator()(const std::string &value) const { return text::reprString(value); }
    std::string operator()(const ast::BytesValue &value) const { return text::reprBytes(value.bytes); }
    std::string operator()(const ast::ConstantValue &value) const { return std::visit(*this, value); }
    std::string operator()(const std::shared_ptr<const CodeObject> &code) const { return "<code " + code->name + ">"; }
    std::string operator()(const std::shared_ptr<const ConstTuple> &tuple) const
    {
        std::string result = frozenSet ? "frozenset({" : "(";
        for (std::size_t i = 0; i < tuple->items.size(); ++i)
            result += (i > 0 ? ", " : "") + show(tuple->items[i]);
        if (frozenSet)
            return result + "})";
        return result + (tuple->items.size() == 1 ? ",)" : ")");
    }
};

std::string show(const Constant &constant)
{
    return std::visit(Shower{constant.frozenSet}, constant.value);
}

std::string quoted(const CodeObject &code, std::int32_t index)
{
    return show(code.consts[static_cast<std::size_t>(index)]);
}

const char *operatorText(ast::Operator op)
{
    static const char *const kTexts[] = {"+", "-", "*", "@", "/", "%", "**", "<<", ">>", "|", "^", "&", "//"};
    return kTexts[static_cast<std::size_t>(op)];
}

std::string operand(const CodeObject &code, const Instruction &instruction, const std::set<std::int32_t> &targets)
{
    const std::int32_t arg = instruction.arg;
    const auto index = static_cast<std::size_t>(arg);
    const std::string number = std::to_string(arg);
    if (isJump(instruction.op))
        return "L" + std::to_string(std::distance(targets.begin(), targets.find(arg)) + 1);
    if (usesNames(instruction.op))
        return code.names[index];
    if (usesLocalsPlus(instruction.op))
        return code.localsPlus[index];
    switch (instruction.op) {
    case Op::LoadConst: case Op::BuildConstList: case Op::Unsupported:
        return quoted(code, arg);
    case Op::UnaryOp: {
        static const char *const kTexts[] = {"~", "not", "+", "-"};
        return kTexts[index];
    }
    case Op::BinaryOp: return operatorText(static_cast<ast::Operator>(arg));
    case Op::InplaceOp: return std::string(operatorText(static_cast<ast::Operator>(arg))) + "=";
    case Op::CompareOp: {
        static const char *const kTexts[] = {"==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"};
        return kTexts[index];
    }
    case Op::Call: case Op::CallMethod: case Op::BuildClass:
        return number + (instruction.arg2 < 0 ? "" : " " + quoted(code, instruction.arg2));
    case Op::MakeFunction: return number + " " + code.names[static_cast<std::size_t>(instruction.arg2)];
    case Op::BuildUnpack: {
        static const char *const kInto[] = {"list", "tuple", "tuple of a call", "set", "dict", "dict of a call"};
        return number + " " + kInto[static_cast<std::size_t>(instruction.arg2)];
    }
    case Op::UnpackEx: return number + " " + std::to_string(instruction.arg2);
    case Op::FormatValue: {
        static const char *const kTexts[] = {"", "str", "repr", "ascii"};
        return std::string(kTexts[index]) + (instruction.arg2 == 1 ? " spec" : "");
    }
    case Op::BuildTuple: case Op::BuildList: case Op::BuildSet: case Op::BuildString: case Op::BuildMap:
    case Op::BuildSlice: case Op::ListAppend: case Op::SetAdd: case Op::MapAdd: case Op::ListExtend:
    case Op::SetUpdate: case Op::DictUpdate: case Op::DictMerge: case Op::UnpackSequence: case Op::CallEx: case Op::Raise:
        return number;
    default:
        return {};
    }
}

} // namespace

std::string disassemble(const CodeObject &code)
{
    std::set<std::int32_t> targets;   // numbered L1, L2, ... by place
    for (const Instruction &instruction : code.instructions)
        if (isJump(instruction.op))
            targets.insert(instruction.arg);
    for (const ExceptionEntry &entry : code.exceptions)
        targets.insert(static_cast<std::int32_t>(entry.handler));
    const auto labelOf = [&](std::uint32_t at) {
        return "L" + std::to_string(std::distance(targets.begin(), targets.find(static_cast<std::int32_t>(at))) + 1);
    };

    std::string result;
    std::size_t entry = 0;
    for (std::uint32_t i = 0; i < code.instructions.size(); ++i) {
        const Instruction &instruction = code.instructions[i];
        if (targets.contains(static_cast<std::int32_t>(i)))
            result += labelOf(i) + ":\n";
        while (entry < code.exceptions.size() && code.exceptions[entry].end <= i)
            ++entry;
        std::string line = opName(instruction.op);
        if (const std::string text = operand(code, instruction, targets); !text.empty())
            line += " " + text;
        if (instruction.op == Op::Statement)
            line += " " + std::to_string(instruction.span.begin.line);
        else
            line = "  " + line;
        if (entry < code.exceptions.size() && code.exceptions[entry].begin <= i)
            line += "   !" + labelOf(code.exceptions[entry].handler) + "@" + std::to_string(code.exceptions[entry].depth);
        result += line + "\n";
    }
    return result;
}

} // namespace pyrena
