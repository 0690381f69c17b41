#include "core/python/code/codegenerator.h"
#include "core/python/text/utf8.h"

#include <algorithm>
#include <utility>

namespace pyrena {

using namespace ast;

namespace {

// How deep the value stack gets for a constant expression that is not folded.
std::int32_t unfoldedDepth(const Expr &expr)
{
    if (const auto *unary = as<UnaryOp>(expr))
        return unfoldedDepth(*unary->operand);
    if (const auto *binary = as<BinOp>(expr))
        return std::max(unfoldedDepth(*binary->left), 1 + unfoldedDepth(*binary->right));
    if (const auto *tuple = as<Tuple>(expr)) {
        std::int32_t deepest = 1, before = 0;
        for (const ExprPtr &element : tuple->elements)
            deepest = std::max(deepest, before++ + unfoldedDepth(*element));
        return deepest;
    }
    return 1;
}

} // namespace

void CodeGenerator::expression(const Expr &expr)
{
    const auto *constant = m_folder.constant(expr);
    if (constant && m_profile.minor == 6) {   // its optimizer ran after the depth was known
        const std::int32_t depth = unfoldedDepth(expr);
        out().python().note(depth);
        out().python().note(-depth);
    }
    if (constant)
        return std::holds_alternative<ast::Constant>(expr.node) ? loadConst(expr.span, *constant) : loadFolded(expr.span, *constant);
    std::visit([&](const auto &node) { compile(node, expr.span); }, expr.node);
}

void CodeGenerator::expressions(const ExprList &list)
{
    for (const ExprPtr &expr : list)
        expression(*expr);
}

void CodeGenerator::compile(const ast::Constant &node, const SourceSpan &span)
{
    loadConst(span, pyrena::Constant{node.value});
}

void CodeGenerator::compile(const Name &node, const SourceSpan &span)
{
    nameOp(Context::Load, span, node.id);
}

void CodeGenerator::compile(const NamedExpr &node, const SourceSpan &)
{
    expression(*node.value);
    emit(Op::DupTop, node.target->span);
    store(*node.target);
}

void CodeGenerator::compile(const BinOp &node, const SourceSpan &span)
{
    if (percentFormat(node, span))
        return;
    expression(*node.left);
    expression(*node.right);
    emit(Op::BinaryOp, span, static_cast<std::int32_t>(node.op));
}

void CodeGenerator::compile(const ast::UnaryOp &node, const SourceSpan &span)
{
    const auto *compare = as<Compare>(*node.operand);
    if (node.op == UnaryOperator::Not && compare && compare->ops.size() == 1 && compare->ops[0] >= CompareOperator::Is) {
        const CompareOperator op = compare->ops[0];   // not a in b: a not in b
        const CompareOperator inverse = op == CompareOperator::Is      ? CompareOperator::IsNot
                                        : op == CompareOperator::IsNot ? CompareOperator::Is
                                        : op == CompareOperator::In    ? CompareOperator::NotIn
                                                                       : CompareOperator::In;
        expression(*compare->left);
        comparator(*compare, 0);
        return emit(Op::CompareOp, span, static_cast<std::int32_t>(inverse));
    }
    expression(*node.operand);
    emit(Op::UnaryOp, span, static_cast<std::int32_t>(node.op));
}

void CodeGenerator::compile(const Yield &node, const SourceSpan &span)
{
    if (node.value)
        expression(*node.value);
    else
        loadNone(span);
    emit(Op::YieldValue, span);
}

void CodeGenerator::compile(const ast::YieldFrom &node, const SourceSpan &span)
{
    expression(*node.value);
    emit(Op::GetYieldFromIter, span);
    loadNone(span);
    emit(Op::YieldFrom, span);
}

void CodeGenerator::compile(const FormattedValue &node, const SourceSpan &span)
{
    expression(*node.value);
    if (node.formatSpec)
        expression(*node.formatSpec);
    emit(Op::FormatValue, span, static_cast<std::int32_t>(node.conversion), node.formatSpec ? 1 : kNoArg);
    if (!isAtLeast(12))
        out().placeInTraceback(m_joinedSpan);
}

void CodeGenerator::compile(const JoinedStr &node, const SourceSpan &span)
{
    if (node.values.empty())
        return loadConst(span, stringConstant(""));
    const SourceSpan outer = std::exchange(m_joinedSpan, span);
    expressions(node.values);
    m_joinedSpan = outer;
    if (node.values.size() > 1)
        emit(Op::BuildString, span, static_cast<std::int32_t>(node.values.size()));
}

void CodeGenerator::compile(const Attribute &node, const SourceSpan &span)
{
    expression(*node.value);
    out().emitName(Op::LoadAttr, span, mangled(node.attr));
    placeAttribute(span, node.attr);
}

// An attribute of what begins on an earlier line is placed at its own name: since 3.10.
void CodeGenerator::placeAttribute(const SourceSpan &attribute, const std::string &name, const SourcePosition *end)
{
    if (!isAtLeast(10) || attribute.begin.line == attribute.end.line)
        return;
    const auto length = static_cast<std::uint32_t>(text::length(name));
    const std::uint32_t column = attribute.end.column > length ? attribute.end.column - length : 1;
    out().placeInTraceback({{attribute.end.line, column}, end ? *end : attribute.end});
}

void CodeGenerator::compile(const Subscript &node, const SourceSpan &span)
{
    expression(*node.value);
    expression(*node.slice);
    emit(Op::BinarySubscr, span);
}

// Those of calls and displays are handled there; parse() refuses the others.
void CodeGenerator::compile(const Starred &node, const SourceSpan &span)
{
    expression(*node.value);
    unsupported(span, "starred expression");
}

void CodeGenerator::compile(const Slice &node, const SourceSpan &span)
{
    const auto part = [&](const ExprPtr &expr) {
        if (expr)
            expression(*expr);
        else
            loadNone(span);
    };
    part(node.lower);
    part(node.upper);
    if (node.step)
        expression(*node.step);
    const auto constant = [](const ExprPtr &expr) { return !expr || as<ast::Constant>(*expr); };
    const bool whole = constant(node.lower) && constant(node.upper) && constant(node.step);
    emit(Op::BuildSlice, span, node.step ? 3 : 2, whole ? 1 : kNoArg);
}

// "%s and %r" % (a, b) is compiled like an f-string since 3.11 (Python/ast_opt.c, optimize_format): plain %s, %r and %a.
bool CodeGenerator::percentFormat(const BinOp &node, const SourceSpan &span)
{
    const auto *format = as<ast::Constant>(*node.left);
    const auto *values = as<Tuple>(*node.right);
    const auto *text = format ? std::get_if<std::string>(&format->value) : nullptr;
    if (!isAtLeast(11) || node.op != Operator::Mod || !text || !values)
        return false;
    struct Piece { std::string literal; Conversion conversion = Conversion::None; };
    std::vector<Piece> pieces(1);   // each but the last ends with a value
    for (std::size_t i = 0; i < text->size(); ++i) {
        if ((*text)[i] != '%') {
            pieces.back().literal += (*text)[i];
            continue;
        }
        switch (++i < text->size() ? (*text)[i] : '\0') {
        case '%': pieces.back().literal += '%'; continue;
        case 's': pieces.back().conversion = Conversion::Str; break;
        case 'r': pieces.back().conversion = Conversion::Repr; break;
        case 'a': pieces.back().conversion = Conversion::Ascii; break;
        default: return false;
        }
        pieces.emplace_back();
    }
    if (pieces.size() - 1 != values->elements.size())
        return false;
    for (const ExprPtr &value : values->elements)
        if (as<Starred>(*value))
            return false;
    std::int32_t count = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!pieces[i].literal.empty()) {
            loadConst(node.left->span, stringConstant(pieces[i].literal));
            ++count;
        }
        if (i < values->elements.size()) {
            expression(*values->elements[i]);
            emit(Op::FormatValue, values->elements[i]->span, static_cast<std::int32_t>(pieces[i].conversion));
            ++count;
        }
    }
    if (count == 0)
        loadConst(span, stringConstant(""));
    else if (count > 1)
        emit(Op::BuildString, span, count);
    return true;
}

} // namespace pyrena
