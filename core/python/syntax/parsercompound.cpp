#include "core/python/syntax/parserstate.h"

namespace pyrena::syntax {

using namespace ast;

void Parser::statement(StmtList &out)
{
    m_statementStart = m_at;
    switch (kind()) {
    case TokenKind::If:
    case TokenKind::While:
    case TokenKind::For:
    case TokenKind::With:
    case TokenKind::Try:
    case TokenKind::Def:
    case TokenKind::Class:
    case TokenKind::At:
        out.push_back(compoundStatement());
        return;
    case TokenKind::Async:
        unsupported(token().span, "async");
    default:
        simpleStatements(out);
    }
}

StmtPtr Parser::compoundStatement()
{
    switch (kind()) {
    case TokenKind::If: return ifStatement();
    case TokenKind::While: return whileStatement();
    case TokenKind::For: return forStatement();
    case TokenKind::With: return withStatement();
    case TokenKind::Try: return tryStatement();
    case TokenKind::Def: return functionDefinition({});
    case TokenKind::Class: return classDefinition({});
    case TokenKind::At: return decorated();
    default: invalidSyntax();
    }
}

// ':' where CPython says so only at the end of a line.
void Parser::colon()
{
    if (isAt(TokenKind::Newline))
        forcedColon();
    expect(TokenKind::Colon);
}

void Parser::forcedColon()
{
    if (isAt(TokenKind::Error))
        invalidSyntax();
    if (!accept(TokenKind::Colon))
        failHere("expected ':'", "Write ':' before the block.");
}

// What follows ':'; the owner is named in the message: "'if' statement", "function definition".
StmtList Parser::block(std::string_view owner, std::uint32_t ownerLine)
{
    StmtList body;
    if (!accept(TokenKind::Newline)) {
        simpleStatements(body);
        return body;
    }
    if (!isAt(TokenKind::Indent)) {
        if (isAt(TokenKind::Error))
            invalidSyntax();
        failHere("expected an indented block after " + std::string(owner) + " on line " + std::to_string(ownerLine),
                 "Indent the lines that belong to it by four spaces; an empty block is 'pass'.");
    }
    advance();
    while (!isAt(TokenKind::Dedent)) {
        if (isAt(TokenKind::EndMarker))
            invalidSyntax();
        statement(body);
    }
    advance();
    return body;
}

StmtList Parser::elseBlock()
{
    const std::uint32_t line = token().span.begin.line;
    if (!accept(TokenKind::Else))
        return {};
    forcedColon();
    return block("'else' statement", line);
}

// The branches are read by a loop and nested from the end.
StmtPtr Parser::ifStatement()
{
    struct Branch { Mark start; ExprPtr test; StmtList body; };
    std::vector<Branch> branches;
    do {
        const Mark start = mark();
        const bool isElif = isAt(TokenKind::Elif);
        advance();
        ExprPtr test = namedExpression();
        colon();
        StmtList body = block(isElif ? "'elif' statement" : "'if' statement", start.position.line);
        if (branches.size() >= kMaxHeight)
            fail(m_stream.tokens[start.token].span, "there are too many 'elif' branches", "Look the cases up in a dictionary.");
        branches.push_back({start, std::move(test), std::move(body)});
    } while (isAt(TokenKind::Elif));
    StmtList orElse = elseBlock();
    for (;;) {
        Branch &branch = branches.back();
        StmtPtr statement = makeStmt(branch.start, If {std::move(branch.test), std::move(branch.body), std::move(orElse)});
        branches.pop_back();
        if (branches.empty())
            return statement;
        orElse = StmtList();
        orElse.push_back(std::move(statement));
    }
}

StmtPtr Parser::whileStatement()
{
    const Mark start = mark();
    advance();
    While node;
    node.test = namedExpression();
    colon();
    node.body = block("'while' statement", start.position.line);
    node.orElse = elseBlock();
    return makeStmt(start, std::move(node));
}

StmtPtr Parser::forStatement()
{
    const Mark start = mark();
    advance();
    For node;
    node.target = targetList(TargetUse::Loop);
    expect(TokenKind::In);
    node.iter = starExpressions();
    colon();
    node.body = block("'for' statement", start.position.line);
    node.orElse = elseBlock();
    return makeStmt(start, std::move(node));
}

WithItem Parser::withItem()
{
    WithItem item;
    item.contextExpr = expression();
    if (!accept(TokenKind::As))
        return item;
    item.optionalVars = starExpression();
    if (isAtAny({TokenKind::Comma, TokenKind::RightParen, TokenKind::Colon}) || isAt(TokenKind::Newline))
        checkTarget(*item.optionalVars, TargetUse::Assignment);
    return item;
}

// with (a as b, c as d): ... False, and nothing read, if the parentheses belong to an expression.
bool Parser::parenthesisedWithItems(std::vector<WithItem> &items)
{
    if (!isAt(TokenKind::LeftParen))
        return false;
    const std::size_t level = token().level;
    std::size_t close = m_at + 1;
    bool hasAs = false;
    while (close < m_stream.tokens.size() && m_stream.tokens[close].level >= level) {
        hasAs = hasAs || (m_stream.tokens[close].kind == TokenKind::As && m_stream.tokens[close].level == level);
        ++close;
    }
    const bool isFollowedByColon = close + 1 < m_stream.tokens.size() && m_stream.tokens[close + 1].kind == TokenKind::Colon;
    const auto read = [&] {
        expect(TokenKind::LeftParen);
        do
            items.push_back(withItem());
        while (accept(TokenKind::Comma) && !isAt(TokenKind::RightParen));
        expect(TokenKind::RightParen);
    };
    if (hasAs) {   // 'as' can stand in no expression
        read();
        return true;
    }
    if (!isFollowedByColon || !canRead(read)) {
        items.clear();
        return false;
    }
    items.clear();
    read();
    return true;
}

StmtPtr Parser::withStatement()
{
    const Mark start = mark();
    advance();
    With node;
    if (!parenthesisedWithItems(node.items)) {
        do
            node.items.push_back(withItem());
        while (accept(TokenKind::Comma));
    }
    colon();
    node.body = block("'with' statement", start.position.line);
    return makeStmt(start, std::move(node));
}

StmtPtr Parser::tryStatement()
{
    const Mark start = mark();
    advance();
    forcedColon();
    Try node;
    node.body = block("'try' statement", start.position.line);
    while (isAt(TokenKind::Except))
        node.handlers.push_back(exceptHandler());
    if (!node.handlers.empty())
        node.orElse = elseBlock();
    const std::uint32_t finallyLine = token().span.begin.line;
    if (accept(TokenKind::Finally)) {
        forcedColon();
        node.finalBody = block("'finally' statement", finallyLine);
    } else if (node.handlers.empty()) {
        if (isAt(TokenKind::Error))
            invalidSyntax();
        failHere("expected 'except' or 'finally' block", "Write what to do when the 'try' block fails.");
    }
    return makeStmt(start, std::move(node));
}

ExceptHandler Parser::exceptHandler()
{
    const Mark start = mark();
    advance();
    if (isAt(TokenKind::Star))
        unsupported({start.position, token().span.end}, "except*", "Use except, or see Help > Supported Python.");
    ExceptHandler handler;
    if (!isAt(TokenKind::Colon) && !isAt(TokenKind::Newline)) {
        const std::size_t type = m_at;
        handler.type = expression();
        if (isAt(TokenKind::Comma)) {
            while (accept(TokenKind::Comma) && startsExpression())
                expression();
            if (isAt(TokenKind::Colon) || isAt(TokenKind::As))
                fail(spanFrom(type, m_at - 1), "multiple exception types must be parenthesized",
                     "Write except (A, B): and so on.");
            invalidSyntax();
        }
        if (accept(TokenKind::As))
            handler.name = name();
    }
    colon();
    handler.body = block("'except' statement", start.position.line);
    std::size_t last = m_at;
    while (m_stream.tokens[last - 1].kind == TokenKind::Newline || m_stream.tokens[last - 1].kind == TokenKind::Dedent
           || m_stream.tokens[last - 1].kind == TokenKind::Semicolon)
        --last;
    handler.span = spanFrom(start.token, last - 1);
    return handler;
}

StmtPtr Parser::functionDefinition(ExprList decorators)
{
    const Mark start = mark();
    advance();
    FunctionDef node;
    node.decoratorList = std::move(decorators);
    node.nameSpan = token().span;
    node.name = name();
    if (isAt(TokenKind::LeftBracket))
        unsupported(token().span, "def " + node.name + "[...]", "Remove the type parameters.");
    if (!isAt(TokenKind::LeftParen) && !isAt(TokenKind::Error))
        failHere("expected '('", "Parameters stand in parentheses, also if there are none: def " + node.name + "():");
    expect(TokenKind::LeftParen);
    node.args = parameters(Parameters::OfFunction, TokenKind::RightParen);
    expect(TokenKind::RightParen);
    if (isAt(TokenKind::Arrow) && startsExpression()) {
        if (canRead([&] { advance(); expression(); })) {
            advance();
            node.returns = expression();
        }
    }
    forcedColon();
    node.body = block("function definition", start.position.line);
    return makeStmt(start, std::move(node));
}

StmtPtr Parser::classDefinition(ExprList decorators)
{
    const Mark start = mark();
    advance();
    ClassDef node;
    node.decoratorList = std::move(decorators);
    node.nameSpan = token().span;
    node.name = name();
    if (isAt(TokenKind::LeftBracket))
        unsupported(token().span, "class " + node.name + "[...]", "Remove the type parameters.");
    const Mark open = mark();
    if (accept(TokenKind::LeftParen))
        arguments(node.bases, node.keywords, open);
    colon();
    node.body = block("class definition", start.position.line);
    return makeStmt(start, std::move(node));
}

StmtPtr Parser::decorated()
{
    ExprList decorators;
    while (accept(TokenKind::At)) {
        decorators.push_back(namedExpression());
        expect(TokenKind::Newline);
    }
    if (isAt(TokenKind::Def))
        return functionDefinition(std::move(decorators));
    if (isAt(TokenKind::Class))
        return classDefinition(std::move(decorators));
    invalidSyntax();
}

} // namespace pyrena::syntax
