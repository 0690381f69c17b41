#include "core/python/code/codegenerator.h"

namespace pyrena {

using namespace ast;

void CodeGenerator::compile(const BoolOp &node, const SourceSpan &span)
{
    const bool isOr = node.op == BoolOperator::Or;
    const Label end = out().newLabel();
    for (std::size_t i = 0; i + 1 < node.values.size(); ++i) {
        const auto *constant = m_folder.constant(*node.values[i]);
        if (constant && isTrue(*constant) != isOr)
            continue;   // 1 and x: x
        expression(*node.values[i]);
        if (constant && out().blocks())   // nothing leads to the rest
            out().blocks()->constantValue(span.begin.line, Assembler::targetOf(end));
        out().setOwn(constant != nullptr);
        out().jump(isOr ? Op::JumpIfTrueOrPop : Op::JumpIfFalseOrPop, span, end);
        out().setOwn(false);
    }
    expression(*node.values.back());
    out().place(end);
}

void CodeGenerator::compile(const IfExp &node, const SourceSpan &span)
{
    const Label orElse = out().newLabel(), end = out().newLabel();
    const std::uint32_t depth = out().depth();
    jumpIf(*node.test, orElse, false, span);
    expression(*node.body);
    out().jump(Op::Jump, span, end);
    out().setDepth(depth);
    out().place(orElse);
    expression(*node.orElse);
    out().place(end);
}

void CodeGenerator::comparator(const Compare &node, std::size_t index)
{
    const CompareOperator op = node.ops[index];
    const bool isMembership = op == CompareOperator::In || op == CompareOperator::NotIn;
    if (isMembership && index + 1 == node.ops.size())
        iterable(*node.comparators[index]);
    else
        expression(*node.comparators[index]);
}

// A list or set that is only looked through need not be one (Python/ast_opt.c, fold_iter).
void CodeGenerator::iterable(const Expr &expr)
{
    if (const auto *list = as<List>(expr)) {
        if (m_folder.allConstant(list->elements))
            return loadFolded(expr.span, tupleConstant(m_folder.constants(list->elements)));
        if (isAtLeast(7))
            return starUnpack(list->elements, expr.span, 0, Op::BuildList, Op::ListAppend, Op::ListExtend, true);
    } else if (const auto *set = as<ast::Set>(expr); set && m_folder.allConstant(set->elements)) {
        return loadConst(expr.span, tupleConstant(m_folder.constants(set->elements), true));
    }
    expression(expr);
}

void CodeGenerator::compile(const Compare &node, const SourceSpan &span)
{
    const std::size_t last = node.ops.size() - 1;
    const Label cleanup = out().newLabel(), end = out().newLabel();
    expression(*node.left);
    for (std::size_t i = 0; i < last; ++i) {
        comparator(node, i);
        emit(Op::DupTop, span);
        emit(Op::RotThree, span);
        emit(Op::CompareOp, span, static_cast<std::int32_t>(node.ops[i]));
        out().jump(Op::JumpIfFalseOrPop, span, cleanup);
    }
    comparator(node, last);
    emit(Op::CompareOp, span, static_cast<std::int32_t>(node.ops[last]));
    if (last == 0)
        return;
    out().jump(Op::Jump, span, end);
    out().place(cleanup);
    emit(Op::RotTwo, span);
    emit(Op::PopTop, span);
    out().place(end);
}

void CodeGenerator::jumpIfCompare(const Compare &node, const SourceSpan &span, Label target, bool condition)
{
    const std::size_t last = node.ops.size() - 1;
    const Label cleanup = out().newLabel(), end = out().newLabel();
    expression(*node.left);
    for (std::size_t i = 0; i < last; ++i) {
        comparator(node, i);
        emit(Op::DupTop, span);
        emit(Op::RotThree, span);
        emit(Op::CompareOp, span, static_cast<std::int32_t>(node.ops[i]));
        out().jump(Op::PopJumpIfFalse, span, cleanup);
    }
    comparator(node, last);
    emit(Op::CompareOp, span, static_cast<std::int32_t>(node.ops[last]));
    out().jump(condition ? Op::PopJumpIfTrue : Op::PopJumpIfFalse, span, target);
    out().jump(Op::Jump, span, end);
    out().place(cleanup);
    emit(Op::PopTop, span);
    if (!condition)
        out().jump(Op::Jump, span, target);
    out().place(end);
}

namespace {

bool isNone(const Expr &expr)
{
    const auto *constant = as<ast::Constant>(expr);
    return constant && std::holds_alternative<ast::NoneValue>(constant->value);
}

} // namespace

void CodeGenerator::jumpIf(const Expr &test, Label target, bool condition, const SourceSpan &around)
{
    if (const auto *constant = m_folder.constant(test)) {
        out().constantBranch(test.span, target, isTrue(*constant) == condition);
        out().setOwn(true);
        if (isTrue(*constant) == condition)
            out().jump(Op::Jump, test.span, target);
        out().setOwn(false);
        return;
    }
    if (const auto *unary = as<ast::UnaryOp>(test); unary && unary->op == UnaryOperator::Not)
        return jumpIf(*unary->operand, target, !condition, around);
    if (const auto *node = as<BoolOp>(test)) {
        const bool isOr = node->op == BoolOperator::Or;
        const Label shortCut = isOr == condition ? target : out().newLabel();
        for (std::size_t i = 0; i + 1 < node->values.size(); ++i)
            jumpIf(*node->values[i], shortCut, isOr, around);
        jumpIf(*node->values.back(), target, condition, around);
        if (isOr != condition)
            out().place(shortCut);
        return;
    }
    if (const auto *node = as<IfExp>(test)) {
        const Label orElse = out().newLabel(), end = out().newLabel();
        jumpIf(*node->test, orElse, false, around);
        jumpIf(*node->body, target, condition, around);
        out().jump(Op::Jump, test.span, end);
        out().place(orElse);
        jumpIf(*node->orElse, target, condition, around);
        return out().place(end);
    }
    if (const auto *node = as<Compare>(test); node && node->ops.size() > 1)
        return jumpIfCompare(*node, test.span, target, condition);
    // 3.11: POP_JUMP_IF_NONE and its like need no None on the stack.
    const auto *comparison = as<Compare>(test);
    const bool withNone = m_profile.minor == 11 && comparison
        && (comparison->ops[0] == CompareOperator::Is || comparison->ops[0] == CompareOperator::IsNot)
        && isNone(*comparison->comparators[0]);
    if (withNone) {
        expression(*comparison->left);
        const bool silent = out().python().silent();
        out().python().setSilent(true);
        expression(*comparison->comparators[0]);
        emit(Op::CompareOp, test.span, static_cast<std::int32_t>(comparison->ops[0]));
        out().python().setSilent(silent);
    } else {
        expression(test);
    }
    out().jump(condition ? Op::PopJumpIfTrue : Op::PopJumpIfFalse, test.span, target);
    if (!isAtLeast(12))
        out().placeInTraceback(around);
}

} // namespace pyrena
