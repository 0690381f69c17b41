#include "core/python/syntax/parserstate.h"

#include <optional>

namespace pyrena::syntax {

using namespace ast;

namespace {

std::optional<Operator> augmentedOperator(TokenKind kind)
{
    switch (kind) {
    case TokenKind::PlusEqual: return Operator::Add;
    case TokenKind::MinusEqual: return Operator::Sub;
    case TokenKind::StarEqual: return Operator::Mult;
    case TokenKind::AtEqual: return Operator::MatMult;
    case TokenKind::SlashEqual: return Operator::Div;
    case TokenKind::PercentEqual: return Operator::Mod;
    case TokenKind::AmpersandEqual: return Operator::BitAnd;
    case TokenKind::VerticalBarEqual: return Operator::BitOr;
    case TokenKind::CircumflexEqual: return Operator::BitXor;
    case TokenKind::LeftShiftEqual: return Operator::LShift;
    case TokenKind::RightShiftEqual: return Operator::RShift;
    case TokenKind::DoubleStarEqual: return Operator::Pow;
    case TokenKind::DoubleSlashEqual: return Operator::FloorDiv;
    default: return std::nullopt;
    }
}

} // namespace

// One line: statements with ';' between them.
void Parser::simpleStatements(StmtList &out)
{
    for (;;) {
        m_statementStart = m_at;
        out.push_back(simpleStatement());
        if (!accept(TokenKind::Semicolon) || isAt(TokenKind::Newline))
            break;
    }
    expect(TokenKind::Newline);
}

StmtPtr Parser::simpleStatement()
{
    const Mark start = mark();
    const auto bare = [&](Stmt::Node node) {
        advance();
        return makeStmt(start, std::move(node));
    };
    switch (kind()) {
    case TokenKind::Pass: return bare(Pass {});
    case TokenKind::Break: return bare(Break {});
    case TokenKind::Continue: return bare(Continue {});
    case TokenKind::Return: return returnStatement();
    case TokenKind::Del: return deleteStatement();
    case TokenKind::Raise: return raiseStatement();
    case TokenKind::Assert: return assertStatement();
    case TokenKind::Import: return importStatement();
    case TokenKind::From: return fromImportStatement();
    case TokenKind::Global:
    case TokenKind::Nonlocal: return scopeStatement();
    default: return expressionStatement();
    }
}

// An expression alone, or the left side of some assignment.
StmtPtr Parser::expressionStatement()
{
    const Mark start = mark();
    ExprPtr first = yieldOrStarExpressions();
    if (isAt(TokenKind::Colon) && canRead([&] { advance(); expression(); }))
        return annotatedAssignment(start, std::move(first));
    if (const auto op = augmentedOperator(kind())) {
        if (!canRead([&] { advance(); yieldOrStarExpressions(); })) {
            advance();
            yieldOrStarExpressions();   // says what is wrong with the right side
        }
        checkSingleTarget(*first);
        advance();
        ExprPtr value = yieldOrStarExpressions();
        return makeStmt(start, AugAssign {std::move(first), *op, std::move(value)});
    }
    if (!as<Name>(*first) && !as<Tuple>(*first) && !as<Starred>(*first))
        refuseWalrusAfter(*first);
    if (!isAt(TokenKind::Equal))
        return makeStmt(start, ExprStmt {std::move(first)});

    Assign assign;
    ExprPtr value = std::move(first);
    for (Mark valueStart = start; isAt(TokenKind::Equal);) {
        const bool isYield = (as<Yield>(*value) || as<YieldFrom>(*value)) && !isParenthesised(*value, valueStart);
        if (isYield)
            fail(value->span, "assignment to yield expression not possible", "Bind its result: name = yield value.");
        if (invalidTarget(*value, TargetUse::Assignment)) {
            const auto *tuple = as<Tuple>(*value);
            const bool isBareTuple = tuple && value->span.begin == tuple->elements.front()->span.begin;
            if (assign.targets.empty() && !isBareTuple) {
                checkAssigned(*value, valueStart, false);
            } else if (assign.targets.empty()) {
                // What stands right before '=' may be the left side of a comparison.
                const Expr &last = *tuple->elements.back();
                Mark lastStart{m_at, last.span.begin};
                while (lastStart.token > valueStart.token && m_stream.tokens[lastStart.token].span.begin != last.span.begin)
                    --lastStart.token;
                checkAssigned(last, lastStart, true);
            }
            checkTarget(*value, TargetUse::Assignment);
        }
        advance();
        assign.targets.push_back(std::move(value));
        valueStart = mark();
        value = yieldOrStarExpressions();
    }
    assign.value = std::move(value);
    return makeStmt(start, std::move(assign));
}

// name: annotation [= value]
StmtPtr Parser::annotatedAssignment(const Mark &start, ExprPtr target)
{
    if (as<List>(*target) || as<Tuple>(*target))
        fail(target->span, "only single target (not " + std::string(describe(*target)) + ") can be annotated",
             "Annotate each name in a line of its own.");
    if (as<Starred>(*target))
        invalidSyntax();
    if (!as<Name>(*target) && !as<Attribute>(*target) && !as<Subscript>(*target))
        fail(target->span, "illegal target for annotation", "Only names, attributes and items can be annotated.");
    AnnAssign node;
    node.simple = as<Name>(*target) && !isParenthesised(*target, start);
    node.target = std::move(target);
    expect(TokenKind::Colon);
    node.annotation = expression();
    if (accept(TokenKind::Equal))
        node.value = yieldOrStarExpressions();
    return makeStmt(start, std::move(node));
}

StmtPtr Parser::returnStatement()
{
    const Mark start = mark();
    expect(TokenKind::Return);
    Return node;
    if (!isAt(TokenKind::Newline) && !isAt(TokenKind::Semicolon))
        node.value = starExpressions();
    return makeStmt(start, std::move(node));
}

StmtPtr Parser::deleteStatement()
{
    const Mark start = mark();
    expect(TokenKind::Del);
    Delete node;
    do {
        ExprPtr target = starExpression();
        node.targets.push_back(std::move(target));
    } while (accept(TokenKind::Comma) && startsExpression());
    for (const ExprPtr &target : node.targets)
        checkTarget(*target, TargetUse::Deletion);
    return makeStmt(start, std::move(node));
}

StmtPtr Parser::raiseStatement()
{
    const Mark start = mark();
    expect(TokenKind::Raise);
    Raise node;
    if (!isAt(TokenKind::Newline) && !isAt(TokenKind::Semicolon)) {
        node.exc = expression();
        if (accept(TokenKind::From))
            node.cause = expression();
    }
    return makeStmt(start, std::move(node));
}

StmtPtr Parser::assertStatement()
{
    const Mark start = mark();
    expect(TokenKind::Assert);
    Assert node;
    node.test = expression();
    if (accept(TokenKind::Comma))
        node.message = expression();
    return makeStmt(start, std::move(node));
}

std::string Parser::dottedName()
{
    std::string result = name();
    while (accept(TokenKind::Dot))
        result += "." + name();
    return result;
}

StmtPtr Parser::importStatement()
{
    const Mark start = mark();
    expect(TokenKind::Import);
    if (isAt(TokenKind::Newline))
        failHere("Expected one or more names after 'import'", "Write the module's name.");
    Import node;
    bool hasPlainNamesOnly = true;
    do {
        const Mark aliasStart = mark();
        Alias alias;
        alias.name = dottedName();
        if (accept(TokenKind::As)) {
            hasPlainNamesOnly = false;
            alias.asName = name();
        }
        alias.span = spanFrom(aliasStart);
        node.names.push_back(std::move(alias));
    } while (accept(TokenKind::Comma));
    if (isAt(TokenKind::From) && hasPlainNamesOnly && canRead([&] { advance(); dottedName(); })) {
        advance();
        dottedName();
        fail(spanFrom(start), "Did you mean to use 'from ... import ...' instead?", "The module stands first: from module import name.");
    }
    return makeStmt(start, std::move(node));
}

StmtPtr Parser::fromImportStatement()
{
    const Mark start = mark();
    expect(TokenKind::From);
    ImportFrom node;
    while (isAt(TokenKind::Dot) || isAt(TokenKind::Ellipsis)) {
        node.level += isAt(TokenKind::Dot) ? 1 : 3;
        advance();
    }
    if (node.level == 0 || !isAt(TokenKind::Import))
        node.module = dottedName();
    expect(TokenKind::Import);
    const Mark names = mark();
    if (accept(TokenKind::Star)) {
        node.names.push_back({spanFrom(names), "*", ""});
        return makeStmt(start, std::move(node));
    }
    if (isAt(TokenKind::Newline))
        failHere("Expected one or more names after 'import'", "Write what to import from the module.");
    const bool isParenthesisedList = accept(TokenKind::LeftParen);
    do {
        if (isParenthesisedList && isAt(TokenKind::RightParen) && !node.names.empty())
            break;
        if (!isParenthesisedList && isAt(TokenKind::Newline))
            failHere("trailing comma not allowed without surrounding parentheses", "Remove the comma.");
        const Mark aliasStart = mark();
        Alias alias;
        alias.name = name();
        if (accept(TokenKind::As))
            alias.asName = name();
        alias.span = spanFrom(aliasStart);
        node.names.push_back(std::move(alias));
    } while (accept(TokenKind::Comma));
    if (isParenthesisedList)
        expect(TokenKind::RightParen);
    return makeStmt(start, std::move(node));
}

// global a, b / nonlocal a, b
StmtPtr Parser::scopeStatement()
{
    const Mark start = mark();
    const bool isGlobal = isAt(TokenKind::Global);
    advance();
    std::vector<std::string> names;
    do
        names.push_back(name());
    while (accept(TokenKind::Comma));
    if (isGlobal)
        return makeStmt(start, Global {std::move(names)});
    return makeStmt(start, Nonlocal {std::move(names)});
}

} // namespace pyrena::syntax
