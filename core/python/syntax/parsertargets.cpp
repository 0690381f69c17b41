#include "core/python/syntax/parserstate.h"

#include <type_traits>

namespace pyrena::syntax {

using namespace ast;

namespace {

std::string_view describeConstant(const ConstantValue &value)
{
    if (std::holds_alternative<NoneValue>(value))
        return "None";
    if (std::holds_alternative<EllipsisValue>(value))
        return "ellipsis";
    if (const bool *truth = std::get_if<bool>(&value))
        return *truth ? "True" : "False";
    return "literal";
}

} // namespace

std::string_view describe(const Expr &expr)
{
    return std::visit([](const auto &node) -> std::string_view {
        using T = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<T, Constant>)
            return describeConstant(node.value);
        else if constexpr (std::is_same_v<T, Attribute>)
            return "attribute";
        else if constexpr (std::is_same_v<T, Subscript>)
            return "subscript";
        else if constexpr (std::is_same_v<T, Starred>)
            return "starred";
        else if constexpr (std::is_same_v<T, Name>)
            return "name";
        else if constexpr (std::is_same_v<T, List>)
            return "list";
        else if constexpr (std::is_same_v<T, Tuple>)
            return "tuple";
        else if constexpr (std::is_same_v<T, Lambda>)
            return "lambda";
        else if constexpr (std::is_same_v<T, Call>)
            return "function call";
        else if constexpr (std::is_same_v<T, BoolOp> || std::is_same_v<T, BinOp> || std::is_same_v<T, UnaryOp>)
            return "expression";
        else if constexpr (std::is_same_v<T, GeneratorExp>)
            return "generator expression";
        else if constexpr (std::is_same_v<T, Yield> || std::is_same_v<T, YieldFrom>)
            return "yield expression";
        else if constexpr (std::is_same_v<T, ListComp>)
            return "list comprehension";
        else if constexpr (std::is_same_v<T, SetComp>)
            return "set comprehension";
        else if constexpr (std::is_same_v<T, DictComp>)
            return "dict comprehension";
        else if constexpr (std::is_same_v<T, Dict>)
            return "dict literal";
        else if constexpr (std::is_same_v<T, Set>)
            return "set display";
        else if constexpr (std::is_same_v<T, JoinedStr> || std::is_same_v<T, FormattedValue>)
            return "f-string expression";
        else if constexpr (std::is_same_v<T, Compare>)
            return "comparison";
        else if constexpr (std::is_same_v<T, IfExp>)
            return "conditional expression";
        else if constexpr (std::is_same_v<T, NamedExpr>)
            return "named expression";
        else {
            static_assert(std::is_same_v<T, Slice>);
            return "slice";
        }
    }, expr.node);
}

// The innermost expression that cannot be bound, or null.
const Expr *Parser::invalidTarget(const Expr &expr, TargetUse use) const
{
    const auto firstInvalid = [&](const ExprList &elements) -> const Expr * {
        for (const ExprPtr &element : elements) {
            if (const Expr *invalid = invalidTarget(*element, use))
                return invalid;
        }
        return nullptr;
    };
    if (const auto *tuple = as<Tuple>(expr))
        return firstInvalid(tuple->elements);
    if (const auto *list = as<List>(expr))
        return firstInvalid(list->elements);
    if (const auto *starred = as<Starred>(expr))
        return use == TargetUse::Deletion ? &expr : invalidTarget(*starred->value, use);
    const bool canBeBound = as<Name>(expr) || as<Attribute>(expr) || as<Subscript>(expr);
    return canBeBound ? nullptr : &expr;
}

void Parser::checkTarget(const Expr &expr, TargetUse use) const
{
    if (const Expr *invalid = invalidTarget(expr, use))
        fail(invalid->span, (use == TargetUse::Deletion ? "cannot delete " : "cannot assign to ") + std::string(describe(*invalid)),
             use == TargetUse::Deletion ? "Only names, attributes and items can be deleted."
                                        : "Only names, attributes and items can be bound to a value.");
}

// Left of an augmented assignment.
void Parser::checkSingleTarget(const Expr &expr) const
{
    if (!as<Name>(expr) && !as<Attribute>(expr) && !as<Subscript>(expr))
        fail(expr.span, "'" + std::string(describe(expr)) + "' is an illegal expression for augmented assignment",
             "The left side must be one name, attribute or item.");
}

// At '=' after `expr`, where it may be meant as '=='. Says so if the right side reads like an expression's.
void Parser::checkAssigned(const Expr &expr, const Mark &start, bool isInExpression)
{
    const std::size_t equal = m_at;
    std::size_t last = m_at;
    bool isLastAssignment = false;
    const bool isReadable = canRead([&] {
        advance();
        bitwiseOr();
        last = m_at - 1;
        isLastAssignment = !isAt(TokenKind::Equal) && !isAt(TokenKind::ColonEqual);
    });
    const bool isOneName = as<Name>(expr) && equal == start.token + 1;
    if (isReadable && isLastAssignment && isOneName && isInExpression)
        fail(spanFrom(start.token, last), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
             "'==' compares; ':=' binds a name inside of an expression.");
    const TokenKind first = m_stream.tokens[start.token].kind;
    const bool isBitwiseOr = isParenthesised(expr, start)
        || !(as<Compare>(expr) || as<BoolOp>(expr) || as<IfExp>(expr) || as<Lambda>(expr) || as<Starred>(expr)
             || (as<UnaryOp>(expr) && as<UnaryOp>(expr)->op == UnaryOperator::Not));
    const bool isExcluded = as<List>(expr) || as<Tuple>(expr) || as<GeneratorExp>(expr) || first == TokenKind::True
        || first == TokenKind::False || first == TokenKind::None;
    const bool canBeBound = !isInExpression && (as<Name>(expr) || as<Attribute>(expr) || as<Subscript>(expr));
    if (isReadable && isLastAssignment && isBitwiseOr && !isExcluded && !canBeBound)
        fail(expr.span, "cannot assign to " + std::string(describe(expr)) + " here. Maybe you meant '==' instead of '='?",
             "To compare, write '=='.");
}

// Targets of a loop or a comprehension, up to 'in'.
ExprPtr Parser::targetList(TargetUse use)
{
    const Mark start = mark();
    const auto element = [&] {
        const Mark begin = mark();
        return accept(TokenKind::Star) ? makeExpr(begin, Starred {bitwiseOr()}) : bitwiseOr();
    };
    ExprPtr result = element();
    if (isAt(TokenKind::Comma)) {
        Tuple tuple;
        tuple.elements.push_back(std::move(result));
        while (accept(TokenKind::Comma) && startsExpression())
            tuple.elements.push_back(element());
        result = makeExpr(start, std::move(tuple));
    }
    checkTarget(*result, use);
    return result;
}

bool Parser::isParenthesised(const Expr &expr, const Mark &start) const
{
    return m_stream.tokens[start.token].kind == TokenKind::LeftParen && expr.span.begin != start.position;
}

} // namespace pyrena::syntax
