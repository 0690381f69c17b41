#include "core/python/syntax/parserstate.h"

namespace pyrena::syntax {

using namespace ast;

// ---- arguments of calls and class definitions ----

// Reads up to and with ')'; `open` is the '(' before.
void Parser::arguments(ExprList &args, std::vector<Keyword> &keywords, const Mark &open)
{
    bool hasDoubleStar = false;
    while (!isAt(TokenKind::RightParen)) {
        const Mark start = mark();
        if (accept(TokenKind::Star)) {
            if (isAt(TokenKind::RightParen) || isAt(TokenKind::Comma))
                fail(m_stream.tokens[start.token].span, "Invalid star expression", "After '*' stands what shall be unpacked.");
            ExprPtr value = expression();
            ExprPtr starred = makeExpr(start, Starred {std::move(value)});
            if (isAt(TokenKind::Equal))
                fail(starred->span, "cannot assign to iterable argument unpacking", "Remove '=' and what follows it.");
            if (hasDoubleStar)
                fail(starred->span, "iterable argument unpacking follows keyword argument unpacking",
                     "Arguments with '*' stand before those with '**'.");
            args.push_back(std::move(starred));
        } else if (accept(TokenKind::DoubleStar)) {
            hasDoubleStar = true;
            Keyword keyword;
            keyword.value = expression();
            keyword.span = spanFrom(start);
            if (isAt(TokenKind::Equal))
                fail(keyword.span, "cannot assign to keyword argument unpacking", "Remove '=' and what follows it.");
            keywords.push_back(std::move(keyword));
        } else if (isAt(TokenKind::Name) && kind(1) == TokenKind::Equal) {
            keywordArgument(keywords);
        } else {
            ExprPtr expr = assignmentExpressionOr(&Parser::expression);
            refuseWalrusAfter(*expr);
            if (isAt(TokenKind::Equal) && !as<NamedExpr>(*expr)) {
                const TokenKind first = m_stream.tokens[start.token].kind;
                if (first == TokenKind::True || first == TokenKind::False || first == TokenKind::None)
                    fail(spanFrom(start.token, m_at), "cannot assign to " + std::string(spelling(first)),
                         "A keyword argument needs a name of the function's parameters.");
                fail(spanFrom(start.token, m_at), "expression cannot contain assignment, perhaps you meant \"==\"?",
                     "To compare, write '=='; a keyword argument has a plain name on the left of '='.");
            }
            if (isAt(TokenKind::For) || isAt(TokenKind::Async)) {
                const bool isOnly = args.empty() && keywords.empty();
                GeneratorExp node;
                node.element = std::move(expr);
                node.generators = comprehensionClauses();
                if (!isOnly || isAt(TokenKind::Comma))
                    fail(spanFrom(start), "Generator expression must be parenthesized", "Put parentheses around it.");
                expect(TokenKind::RightParen);
                args.push_back(makeExpr(open, std::move(node)));
                return;
            }
            const bool isEnded = isAt(TokenKind::Comma) || isAt(TokenKind::RightParen);
            if (!keywords.empty() && isEnded)
                fail(expr->span,
                     hasDoubleStar ? "positional argument follows keyword argument unpacking"
                                   : "positional argument follows keyword argument",
                     "Move it before the keyword arguments, or give its name too.");
            args.push_back(std::move(expr));
        }
        if (!accept(TokenKind::Comma))
            break;
    }
    expect(TokenKind::RightParen);
}

// Requires: a name and '=' are next.
void Parser::keywordArgument(std::vector<Keyword> &keywords)
{
    const Mark start = mark();
    Keyword keyword;
    keyword.name = name();
    expect(TokenKind::Equal);
    if (isAt(TokenKind::Comma) || isAt(TokenKind::RightParen))
        fail(spanFrom(start), "expected argument value expression", "Write the value after '='.");
    const std::size_t equal = m_at - 1;
    keyword.value = expression();
    if (isAt(TokenKind::For))
        fail(spanFrom(start.token, equal), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
             "Put parentheses around the generator expression.");
    keyword.span = spanFrom(start);
    keywords.push_back(std::move(keyword));
}

// ---- parameters of functions and lambdas ----

Arg Parser::parameter(Parameters use, bool isStarred)
{
    const Mark start = mark();
    Arg arg;
    if (isAt(TokenKind::LeftParen) && !isStarred) {
        const auto list = [&] {
            expect(TokenKind::LeftParen);
            do
                name();
            while (accept(TokenKind::Comma) && !isAt(TokenKind::RightParen));
            expect(TokenKind::RightParen);
        };
        if (canRead(list)) {
            list();
            fail(spanFrom(start), use == Parameters::OfLambda ? "Lambda expression parameters cannot be parenthesized"
                                                             : "Function parameters cannot be parenthesized",
                 "Take one parameter and unpack it in the body.");
        }
    }
    arg.name = name();
    if (use == Parameters::OfFunction && accept(TokenKind::Colon))
        arg.annotation = isStarred ? starExpression() : expression();
    arg.span = spanFrom(start);
    return arg;
}

// Reads up to, but without, `end`.
Arguments Parser::parameters(Parameters use, TokenKind end)
{
    Arguments result;
    bool afterStar = false;
    bool sawSlash = false;
    std::size_t bareStar = 0;   // token of a '*' that still needs a named parameter after it
    bool needsNamed = false;
    const auto missingNamed = [&] {
        fail(m_stream.tokens[bareStar].span, "named arguments must follow bare *", "Write a parameter after '*', or remove it.");
    };
    const auto refuseDefault = [&](const char *message) {
        if (isAt(TokenKind::Equal))
            failHere(message, "Remove '=' and what follows it.");
    };
    while (!isAt(end)) {
        if (isAt(TokenKind::Slash)) {
            if (sawSlash)
                failHere("/ may appear only once", "Remove one of them.");
            if (afterStar)
                failHere("/ must be ahead of *", "Move '/' before '*'.");
            if (result.args.empty()) {
                if (kind(1) == TokenKind::Comma)
                    failHere("at least one argument must precede /", "Remove '/', or write a parameter before it.");
                invalidSyntax();
            }
            advance();
            sawSlash = true;
            result.posOnlyArgs = std::move(result.args);
            result.args.clear();
            if (isAt(TokenKind::Star))
                failHere("expected comma between / and *", "Write '/, *'.");
        } else if (isAt(TokenKind::Star)) {
            if (afterStar)
                failHere("* argument may appear only once", "Remove one of them.");
            afterStar = true;
            bareStar = m_at;
            advance();
            if (isAt(TokenKind::Comma) || isAt(end)) {
                needsNamed = true;
            } else {
                result.varArg = std::make_unique<Arg>(parameter(use, true));
                refuseDefault("var-positional argument cannot have default value");
            }
        } else if (isAt(TokenKind::DoubleStar)) {
            if (needsNamed)
                missingNamed();
            advance();
            result.kwArg = std::make_unique<Arg>(parameter(use));
            refuseDefault("var-keyword argument cannot have default value");
            if (accept(TokenKind::Comma) && !isAt(end)) {
                if (isAtAny({TokenKind::Name, TokenKind::Star, TokenKind::DoubleStar, TokenKind::Slash}))
                    failHere("arguments cannot follow var-keyword argument", "Move '**" + result.kwArg->name + "' to the end.");
                invalidSyntax();
            }
            break;
        } else {
            Arg arg = parameter(use);
            ExprPtr value;
            if (isAt(TokenKind::Equal)) {
                if (kind(1) == TokenKind::Comma || kind(1) == end)
                    failHere("expected default value expression", "Write the value after '='.");
                advance();
                value = expression();
            }
            if (afterStar) {
                needsNamed = false;
                result.kwOnlyArgs.push_back(std::move(arg));
                result.kwDefaults.push_back(std::move(value));
            } else {
                if (!value && !result.defaults.empty())
                    fail(arg.span, "parameter without a default follows parameter with a default",
                         "Move it forward, or give it a default too.");
                result.args.push_back(std::move(arg));
                if (value)
                    result.defaults.push_back(std::move(value));
            }
        }
        if (!accept(TokenKind::Comma))
            break;
    }
    if (!isAt(end))
        invalidSyntax();
    if (needsNamed)
        missingNamed();
    return result;
}

} // namespace pyrena::syntax
