#include "core/python/syntax/parserstate.h"

#include <array>

namespace pyrena::syntax {

using namespace ast;

namespace {

struct BinaryOperator
{
    TokenKind token;
    Operator op;
    int precedence;
};

// bitwise_or, bitwise_xor, bitwise_and, shift_expr, sum, term of CPython's grammar; all bind to the left.
constexpr BinaryOperator kBinaryOperators[] = {
    {TokenKind::VerticalBar, Operator::BitOr, 0}, {TokenKind::Circumflex, Operator::BitXor, 1},
    {TokenKind::Ampersand, Operator::BitAnd, 2}, {TokenKind::LeftShift, Operator::LShift, 3},
    {TokenKind::RightShift, Operator::RShift, 3}, {TokenKind::Plus, Operator::Add, 4}, {TokenKind::Minus, Operator::Sub, 4},
    {TokenKind::Star, Operator::Mult, 5}, {TokenKind::Slash, Operator::Div, 5}, {TokenKind::DoubleSlash, Operator::FloorDiv, 5},
    {TokenKind::Percent, Operator::Mod, 5}, {TokenKind::At, Operator::MatMult, 5}
};
constexpr int kHighestPrecedence = 5;

const BinaryOperator *binaryOperator(TokenKind kind)
{
    for (const BinaryOperator &op : kBinaryOperators) {
        if (op.token == kind)
            return &op;
    }
    return nullptr;
}

} // namespace

// Whether a further element may follow a comma: none of the tokens that end a list of expressions.
bool Parser::startsExpression() const
{
    using enum TokenKind;
    return !isAtAny({RightParen, RightBracket, RightBrace, Colon, Equal, Newline, Semicolon, EndMarker, In, Exclamation,
                     PlusEqual, MinusEqual, StarEqual, SlashEqual, DoubleSlashEqual, PercentEqual, AtEqual, DoubleStarEqual,
                     VerticalBarEqual, AmpersandEqual, CircumflexEqual, LeftShiftEqual, RightShiftEqual});
}

ExprPtr Parser::starExpressions()
{
    const Mark start = mark();
    ExprPtr first = starExpression();
    if (!isAt(TokenKind::Comma))
        return first;
    Tuple tuple;
    tuple.elements.push_back(std::move(first));
    while (accept(TokenKind::Comma) && startsExpression())
        tuple.elements.push_back(starExpression());
    return makeExpr(start, std::move(tuple));
}

ExprPtr Parser::starExpression()
{
    const Mark start = mark();
    if (!accept(TokenKind::Star))
        return expression();
    return makeExpr(start, Starred {bitwiseOr()});
}

ExprPtr Parser::starNamedExpression()
{
    const Mark start = mark();
    if (!accept(TokenKind::Star))
        return namedExpression();
    return makeExpr(start, Starred {bitwiseOr()});
}

// name := value, or what `otherwise` reads.
ExprPtr Parser::assignmentExpressionOr(ExprPtr (Parser::*otherwise)())
{
    if (!isAt(TokenKind::Name) || kind(1) != TokenKind::ColonEqual)
        return (this->*otherwise)();
    const Mark start = mark();
    std::string id = name();
    ExprPtr target = makeExpr(start, Name {std::move(id)});
    advance();
    ExprPtr value = expression();
    return makeExpr(start, NamedExpr {std::move(target), std::move(value)});
}

// Requires: expr is not the plain name that may stand before ':='.
void Parser::refuseWalrusAfter(const Expr &expr)
{
    if (isAt(TokenKind::ColonEqual) && !m_isTrial && canRead([&] { advance(); expression(); }))
        fail(expr.span, "cannot use assignment expressions with " + std::string(describe(expr)),
             "Only a plain name can stand on the left of ':='.");
}

ExprPtr Parser::namedExpression()
{
    const Mark start = mark();
    ExprPtr expr = assignmentExpressionOr(&Parser::expression);
    if (as<NamedExpr>(*expr))
        return expr;
    refuseWalrusAfter(*expr);
    if (isAt(TokenKind::Equal) && !m_isTrial)
        checkAssigned(*expr, start, true);
    return expr;
}

ExprPtr Parser::expression()
{
    const Descent descent(*this);
    if (isAt(TokenKind::Lambda))
        return lambda();
    return conditional(mark());
}

// body if test else body if test else ... : read by a loop, nested from the end.
ExprPtr Parser::conditional(const Mark &start)
{
    struct Part { Mark start; ExprPtr body; ExprPtr test; };
    std::vector<Part> parts;
    ExprPtr last;
    for (Mark partStart = start;; partStart = mark()) {
        if (isAt(TokenKind::Lambda)) {
            last = lambda();
            break;
        }
        last = disjunction();
        m_lastDisjunctionBegin = partStart.token;
        m_lastDisjunctionEnd = m_at;
        if (!accept(TokenKind::If))
            break;
        ExprPtr test = disjunction();
        if (!isAt(TokenKind::Else) && !isAt(TokenKind::Colon))
            fail(spanFrom(partStart), "expected 'else' after 'if' expression",
                 "'value if condition' needs 'else other value'; an 'if' statement starts a line.");
        expect(TokenKind::Else);
        if (parts.size() >= kMaxHeight)
            fail(spanFrom(start), "the expression is nested too deeply", "Use an if statement with elif.");
        parts.push_back({partStart, std::move(last), std::move(test)});
    }
    for (; !parts.empty(); parts.pop_back())
        last = makeExpr(parts.back().start, IfExp {std::move(parts.back().test), std::move(parts.back().body), std::move(last)});
    return last;
}

ExprPtr Parser::lambda()
{
    const Descent descent(*this);
    const Mark start = mark();
    expect(TokenKind::Lambda);
    Lambda node;
    node.args = parameters(Parameters::OfLambda, TokenKind::Colon);
    if (isAt(TokenKind::Colon) && kind(1) == TokenKind::FStringMiddle)
        fail(spanFrom(start.token, m_at), "f-string: lambda expressions are not allowed without parentheses",
             "Put the lambda in parentheses.");
    expect(TokenKind::Colon);
    node.body = expression();
    return makeExpr(start, std::move(node));
}

ExprPtr Parser::yieldOrStarExpressions()
{
    return isAt(TokenKind::Yield) ? yieldExpression() : starExpressions();
}

ExprPtr Parser::yieldExpression()
{
    const Mark start = mark();
    expect(TokenKind::Yield);
    if (accept(TokenKind::From)) {
        ExprPtr value = expression();
        return makeExpr(start, YieldFrom {std::move(value)});
    }
    ExprPtr value = startsExpression() ? starExpressions() : nullptr;
    return makeExpr(start, Yield {std::move(value)});
}

ExprPtr Parser::disjunction()
{
    const Mark start = mark();
    ExprPtr first = conjunction();
    if (!isAt(TokenKind::Or))
        return first;
    BoolOp node {BoolOperator::Or, {}};
    node.values.push_back(std::move(first));
    while (accept(TokenKind::Or))
        node.values.push_back(conjunction());
    return makeExpr(start, std::move(node));
}

ExprPtr Parser::conjunction()
{
    const Mark start = mark();
    ExprPtr first = inversion();
    if (!isAt(TokenKind::And))
        return first;
    BoolOp node {BoolOperator::And, {}};
    node.values.push_back(std::move(first));
    while (accept(TokenKind::And))
        node.values.push_back(inversion());
    return makeExpr(start, std::move(node));
}

ExprPtr Parser::inversion()
{
    std::vector<Mark> nots;
    while (isAt(TokenKind::Not)) {
        nots.push_back(mark());
        advance();
    }
    ExprPtr expr = comparison();
    for (; !nots.empty(); nots.pop_back())
        expr = makeExpr(nots.back(), UnaryOp {UnaryOperator::Not, std::move(expr)});
    return expr;
}

bool Parser::comparisonOperator(CompareOperator &op)
{
    switch (kind()) {
    case TokenKind::EqEqual: op = CompareOperator::Eq; break;
    case TokenKind::NotEqual: op = CompareOperator::NotEq; break;
    case TokenKind::Less: op = CompareOperator::Lt; break;
    case TokenKind::LessEqual: op = CompareOperator::LtE; break;
    case TokenKind::Greater: op = CompareOperator::Gt; break;
    case TokenKind::GreaterEqual: op = CompareOperator::GtE; break;
    case TokenKind::In: op = CompareOperator::In; break;
    case TokenKind::Not:
        if (kind(1) != TokenKind::In)
            return false;
        advance();
        op = CompareOperator::NotIn;
        break;
    case TokenKind::Is:
        op = CompareOperator::Is;
        if (kind(1) == TokenKind::Not) {
            advance();
            op = CompareOperator::IsNot;
        }
        break;
    default: return false;
    }
    advance();
    return true;
}

ExprPtr Parser::comparison()
{
    const Mark start = mark();
    ExprPtr first = bitwiseOr();
    CompareOperator op;
    if (!comparisonOperator(op))
        return first;
    Compare node;
    node.left = std::move(first);
    do {
        node.ops.push_back(op);
        node.comparators.push_back(bitwiseOr());
    } while (comparisonOperator(op));
    return makeExpr(start, std::move(node));
}

ExprPtr Parser::binary(int leastPrecedence)
{
    const Mark start = mark();
    ExprPtr left = factor();
    for (;;) {
        const BinaryOperator *op = binaryOperator(kind());
        if (!op || op->precedence < leastPrecedence)
            return left;
        advance();
        refuseBareNot();
        ExprPtr right = op->precedence == kHighestPrecedence ? factor() : binary(op->precedence + 1);
        left = makeExpr(start, BinOp {std::move(left), op->op, std::move(right)});
    }
}

void Parser::refuseBareNot()
{
    if (!isAt(TokenKind::Not) || m_isTrial)
        return;
    const Mark start = mark();
    const auto operand = [&] { inversion(); };
    if (canRead(operand)) {
        operand();
        fail(spanFrom(start), "'not' after an operator must be parenthesized", "Write (not ...).");
    }
}

ExprPtr Parser::factor()
{
    struct Sign { Mark start; UnaryOperator op; };
    std::vector<Sign> signs;
    for (;; advance()) {
        if (isAt(TokenKind::Plus))
            signs.push_back({mark(), UnaryOperator::UAdd});
        else if (isAt(TokenKind::Minus))
            signs.push_back({mark(), UnaryOperator::USub});
        else if (isAt(TokenKind::Tilde))
            signs.push_back({mark(), UnaryOperator::Invert});
        else
            break;
    }
    if (!signs.empty())
        refuseBareNot();
    ExprPtr expr = power();
    for (; !signs.empty(); signs.pop_back())
        expr = makeExpr(signs.back().start, UnaryOp {signs.back().op, std::move(expr)});
    return expr;
}

ExprPtr Parser::power()
{
    const Mark start = mark();
    if (isAt(TokenKind::Await))
        unsupported(token().span, "await");
    ExprPtr base = primary();
    if (!accept(TokenKind::DoubleStar))
        return base;
    const Descent descent(*this);
    ExprPtr exponent = factor();
    return makeExpr(start, BinOp {std::move(base), Operator::Pow, std::move(exponent)});
}

} // namespace pyrena::syntax
