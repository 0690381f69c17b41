#include "core/python/syntax/parserstate.h"

namespace pyrena::syntax {

using namespace ast;

ExprPtr Parser::primary()
{
    const Mark start = mark();
    ExprPtr expr = atom();
    for (;;) {
        const Mark open = mark();
        if (accept(TokenKind::Dot)) {
            const SourceSpan attrSpan = token().span;
            std::string attr = name();
            expr = makeExpr(start, Attribute {std::move(expr), std::move(attr), attrSpan});
        } else if (accept(TokenKind::LeftParen)) {
            Call call;
            call.func = std::move(expr);
            arguments(call.args, call.keywords, open);
            expr = makeExpr(start, std::move(call));
        } else if (accept(TokenKind::LeftBracket)) {
            ExprPtr index = subscriptIndex();
            expect(TokenKind::RightBracket);
            expr = makeExpr(start, Subscript {std::move(expr), std::move(index)});
        } else {
            return expr;
        }
    }
}

ExprPtr Parser::atom()
{
    const Mark start = mark();
    const auto constant = [&](ConstantValue value) {
        advance();
        return makeExpr(start, Constant {std::move(value)});
    };
    switch (kind()) {
    case TokenKind::Name: {
        std::string id = name();
        return makeExpr(start, Name {std::move(id)});
    }
    case TokenKind::Number: return number();
    case TokenKind::String:
    case TokenKind::FStringStart: return strings();
    case TokenKind::None: return constant(NoneValue {});
    case TokenKind::True: return constant(true);
    case TokenKind::False: return constant(false);
    case TokenKind::Ellipsis: return constant(EllipsisValue {});
    case TokenKind::LeftParen: return parenthesised();
    case TokenKind::LeftBracket: return listDisplay();
    case TokenKind::LeftBrace: return braceDisplay();
    default: invalidSyntax();
    }
}

// A group, a tuple or a generator expression.
ExprPtr Parser::parenthesised()
{
    const Mark start = mark();
    expect(TokenKind::LeftParen);
    if (accept(TokenKind::RightParen))
        return makeExpr(start, Tuple {});
    if (isAt(TokenKind::Yield)) {
        ExprPtr inner = yieldExpression();
        expect(TokenKind::RightParen);
        return inner;
    }
    const Mark inside = mark();
    if (accept(TokenKind::DoubleStar)) {
        expression();
        if (isAt(TokenKind::RightParen))
            fail(spanFrom(inside), "cannot use double starred expression here", "'**' stands in calls and in dictionaries.");
        invalidSyntax();
    }
    ExprPtr first = starNamedExpression();
    if (isAt(TokenKind::For) || isAt(TokenKind::Async)) {
        refuseStarredComprehension(*first, inside.token);
        GeneratorExp node;
        node.element = std::move(first);
        node.generators = comprehensionClauses();
        expect(TokenKind::RightParen);
        return makeExpr(start, std::move(node));
    }
    if (!isAt(TokenKind::Comma)) {
        if (as<Starred>(*first) && isAt(TokenKind::RightParen))
            fail(first->span, "cannot use starred expression here", "For a tuple of it, write a comma after it.");
        expect(TokenKind::RightParen);
        return first;
    }
    Tuple tuple;
    tuple.elements.push_back(std::move(first));
    while (accept(TokenKind::Comma) && !isAt(TokenKind::RightParen))
        tuple.elements.push_back(starNamedExpression());
    expect(TokenKind::RightParen);
    return makeExpr(start, std::move(tuple));
}

ExprPtr Parser::listDisplay()
{
    const Mark start = mark();
    expect(TokenKind::LeftBracket);
    List list;
    const Mark inside = mark();
    while (!isAt(TokenKind::RightBracket)) {
        list.elements.push_back(starNamedExpression());
        if (isAt(TokenKind::For) || isAt(TokenKind::Async)) {
            if (list.elements.size() > 1)
                refuseBareComprehensionTarget(inside.token);
            refuseStarredComprehension(*list.elements.front(), inside.token);
            ListComp node;
            node.element = std::move(list.elements.front());
            node.generators = comprehensionClauses();
            expect(TokenKind::RightBracket);
            return makeExpr(start, std::move(node));
        }
        if (!accept(TokenKind::Comma))
            break;
        if (isAt(TokenKind::For))
            refuseBareComprehensionTarget(inside.token);
    }
    expect(TokenKind::RightBracket);
    return makeExpr(start, std::move(list));
}

// A set or a dictionary, or a comprehension of either.
ExprPtr Parser::braceDisplay()
{
    const Mark start = mark();
    expect(TokenKind::LeftBrace);
    if (isAt(TokenKind::RightBrace) || isAt(TokenKind::DoubleStar))
        return dictDisplay(start);
    const Mark inside = mark();
    ExprPtr first = starNamedExpression();
    if (isAt(TokenKind::Colon) && !as<Starred>(*first) && !as<NamedExpr>(*first)) {
        m_at = inside.token;   // at most twice for each level of brackets, but see dictDisplay()
        advance();
        --m_at;
        return dictDisplay(start);
    }
    Set set;
    set.elements.push_back(std::move(first));
    for (;;) {
        if (isAt(TokenKind::For) || isAt(TokenKind::Async)) {
            if (set.elements.size() > 1)
                refuseBareComprehensionTarget(inside.token);
            refuseStarredComprehension(*set.elements.front(), inside.token);
            SetComp node;
            node.element = std::move(set.elements.front());
            node.generators = comprehensionClauses();
            expect(TokenKind::RightBrace);
            return makeExpr(start, std::move(node));
        }
        if (!accept(TokenKind::Comma) || isAt(TokenKind::RightBrace))
            break;
        if (isAt(TokenKind::For))
            refuseBareComprehensionTarget(inside.token);
        set.elements.push_back(starNamedExpression());
    }
    expect(TokenKind::RightBrace);
    return makeExpr(start, std::move(set));
}
} // namespace pyrena::syntax
