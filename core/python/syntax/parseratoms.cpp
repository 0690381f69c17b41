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
        return dictDisplay(start, nullptr);
    const Mark inside = mark();
    ExprPtr first = starNamedExpression();
    if (isAt(TokenKind::Colon) && !as<Starred>(*first) && (!as<NamedExpr>(*first) || isParenthesised(*first, inside)))
        return dictDisplay(start, std::move(first));
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

// The '{' has been read, and the first key if there is one.
ExprPtr Parser::dictDisplay(const Mark &start, ExprPtr firstKey)
{
    Dict dict;
    while (firstKey || !isAt(TokenKind::RightBrace)) {
        const Mark item = mark();
        if (!firstKey && accept(TokenKind::DoubleStar)) {
            dict.keys.push_back(nullptr);
            dict.values.push_back(bitwiseOr());
            if (isAt(TokenKind::For))
                fail(spanFrom(item), "dict unpacking cannot be used in dict comprehension",
                     "Loop over the items: {key: value for key, value in mapping.items()}.");
        } else {
            const std::size_t keyToken = item.token;
            ExprPtr key = firstKey ? std::move(firstKey) : expression();
            if (!isAt(TokenKind::Colon) && isAtAny({TokenKind::Comma, TokenKind::RightBrace}))
                fail(spanFrom(keyToken, m_at - 1), "':' expected after dictionary key", "Every entry of a dictionary is 'key: value'.");
            expect(TokenKind::Colon);
            dict.keys.push_back(std::move(key));
            dict.values.push_back(dictValue());
            if (isAt(TokenKind::For) || isAt(TokenKind::Async)) {
                if (dict.keys.size() > 1)
                    invalidSyntax();
                DictComp node;
                node.key = std::move(dict.keys.front());
                node.value = std::move(dict.values.front());
                node.generators = comprehensionClauses();
                expect(TokenKind::RightBrace);
                return makeExpr(start, std::move(node));
            }
        }
        if (!accept(TokenKind::Comma))
            break;
    }
    expect(TokenKind::RightBrace);
    return makeExpr(start, std::move(dict));
}

ExprPtr Parser::dictValue()
{
    if (isAt(TokenKind::RightBrace) || isAt(TokenKind::Comma))
        fail(m_stream.tokens[m_at - 1].span, "expression expected after dictionary key and ':'",
             "Write the value that belongs to the key.");
    const Mark start = mark();
    if (accept(TokenKind::Star)) {
        bitwiseOr();
        fail(spanFrom(start), "cannot use a starred expression in a dictionary value", "Put it in a list: [*values].");
    }
    return expression();
}

// for target in iterable if condition ... for ...
std::vector<Comprehension> Parser::comprehensionClauses()
{
    std::vector<Comprehension> result;
    while (isAt(TokenKind::For) || isAt(TokenKind::Async)) {
        expect(TokenKind::For);   // refuses 'async' by name
        Comprehension clause;
        clause.target = targetList(TargetUse::Loop);
        if (!isAt(TokenKind::In) && !isAt(TokenKind::Error))
            failHere("'in' expected after for-loop variables", "Write 'in' and what to loop over.");
        expect(TokenKind::In);
        clause.iter = disjunction();
        while (accept(TokenKind::If))
            clause.ifs.push_back(disjunction());
        result.push_back(std::move(clause));
    }
    return result;
}

void Parser::refuseStarredComprehension(const Expr &element, std::size_t firstToken) const
{
    if (as<Starred>(element))
        fail(spanFrom(firstToken, m_at - 1), "iterable unpacking cannot be used in comprehension",
             "Use a second 'for': [item for part in parts for item in part].");
}

void Parser::refuseBareComprehensionTarget(std::size_t firstToken) const
{
    fail(spanFrom(firstToken, m_at - 1), "did you forget parentheses around the comprehension target?",
         "Write (x, y) for x, y in ...");
}

// What stands in square brackets after an expression: one index or slice, or a tuple of them.
ExprPtr Parser::subscriptIndex()
{
    const Mark start = mark();
    ExprPtr first = slice();
    if (!isAt(TokenKind::Comma) && !as<Starred>(*first))
        return first;
    Tuple tuple;
    tuple.elements.push_back(std::move(first));
    while (accept(TokenKind::Comma) && !isAt(TokenKind::RightBracket))
        tuple.elements.push_back(slice());
    return makeExpr(start, std::move(tuple));
}

ExprPtr Parser::slice()
{
    const Mark start = mark();
    if (isAt(TokenKind::Star))
        return starNamedExpression();
    const auto isAtEnd = [&] { return isAtAny({TokenKind::Colon, TokenKind::Comma, TokenKind::RightBracket}); };
    Slice node;
    if (!isAt(TokenKind::Colon)) {
        ExprPtr expr = namedExpression();
        if (!isAt(TokenKind::Colon) || (as<NamedExpr>(*expr) && !isParenthesised(*expr, start)))
            return expr;
        node.lower = std::move(expr);
    }
    expect(TokenKind::Colon);
    if (!isAtEnd())
        node.upper = expression();
    if (accept(TokenKind::Colon) && !isAtEnd())
        node.step = expression();
    return makeExpr(start, std::move(node));
}

} // namespace pyrena::syntax
