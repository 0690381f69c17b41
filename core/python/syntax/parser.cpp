#include "core/python/syntax/parser.h"

#include "core/python/syntax/children.h"
#include "core/python/syntax/parserstate.h"
#include "core/python/syntax/symbolcheck.h"
#include "core/python/syntax/tokenizer.h"

#include <algorithm>

namespace pyrena::syntax {

using namespace ast;

namespace {

constexpr const char *kUnexpectedIndent = "unexpected indent";

} // namespace

Parser::Descent::Descent(Parser &parser) : m_parser(parser)
{
    if (m_parser.m_recursion >= kMaxRecursion)
        m_parser.failHere("the expression is nested too deeply", "Give inner parts names of their own.");
    ++m_parser.m_recursion;
}

Parser::Parser(const TokenStream &stream, const std::string &fileName) : m_stream(stream), m_fileName(fileName) {}

Module Parser::module()
{
    Module result;
    while (!isAt(TokenKind::EndMarker))
        statement(result.body);
    return result;
}

// ---- tokens ----

const Token &Parser::token(std::size_t ahead) const
{
    return m_stream.tokens[std::min(m_at + ahead, m_stream.tokens.size() - 1)];
}

bool Parser::isAtAny(std::initializer_list<TokenKind> kinds) const
{
    return std::find(kinds.begin(), kinds.end(), token().kind) != kinds.end();
}

void Parser::advance()
{
    if (m_at + 1 < m_stream.tokens.size())
        ++m_at;
    m_furthest = std::max(m_furthest, m_at);
}

bool Parser::accept(TokenKind kind)
{
    if (!isAt(kind))
        return false;
    advance();
    return true;
}

void Parser::expect(TokenKind kind)
{
    if (!accept(kind))
        invalidSyntax();
}

std::string Parser::name()
{
    if (!isAt(TokenKind::Name))
        invalidSyntax();
    std::string result(text(token()));
    advance();
    return result;
}

// ---- nodes ----

SourceSpan Parser::spanFrom(const Mark &start) const
{
    return {start.position, m_at > 0 ? m_stream.tokens[m_at - 1].span.end : start.position};
}

SourceSpan Parser::spanFrom(std::size_t firstToken, std::size_t lastToken) const
{
    return {m_stream.tokens[firstToken].span.begin, m_stream.tokens[lastToken].span.end};
}

namespace {

template <class Node>
std::uint32_t heightOf(const Node &node)
{
    std::uint32_t highest = 0;
    forEachChild(node, [&](const auto &child) { highest = std::max<std::uint32_t>(highest, child.height); });
    return highest + 1;
}

} // namespace

ExprPtr Parser::makeExpr(const Mark &start, Expr::Node node) const
{
    const std::uint32_t height = heightOf(node);
    if (height > kMaxHeight)
        fail(spanFrom(start), "the expression is nested too deeply", "Compute it in several statements.");
    auto expr = std::make_unique<Expr>();
    expr->span = spanFrom(start);
    expr->node = std::move(node);
    expr->height = static_cast<std::uint16_t>(height);
    return expr;
}

// Requires: the statement's last token has been read; line ends and dedents do not count.
StmtPtr Parser::makeStmt(const Mark &start, Stmt::Node node) const
{
    const std::uint32_t height = heightOf(node);
    std::size_t last = m_at;
    while (last > start.token + 1) {
        const TokenKind kind = m_stream.tokens[last - 1].kind;
        if (kind != TokenKind::Newline && kind != TokenKind::Dedent && kind != TokenKind::Semicolon)
            break;
        --last;
    }
    const SourceSpan span = spanFrom(start.token, last - 1);
    if (height > kMaxHeight)
        fail({span.begin, span.begin}, "the statement is nested too deeply", "Compute it in several statements, or in a loop.");
    auto stmt = std::make_unique<Stmt>();
    stmt->span = span;
    stmt->node = std::move(node);
    stmt->height = static_cast<std::uint16_t>(height);
    return stmt;
}

// ---- failures ----

void Parser::fail(SourceSpan span, std::string message, std::string hint) const
{
    throw SyntaxFailure {{m_fileName, span, std::move(message), std::move(hint)}};
}

void Parser::failHere(std::string message, std::string hint) const
{
    std::size_t where = m_at;
    while (where > 0 && token().kind != TokenKind::Error && m_stream.tokens[where].begin >= m_stream.source.size())
        --where;   // at the end of the file: the end of the last line
    fail(m_stream.tokens[where].span, std::move(message), std::move(hint));
}

void Parser::unsupported(SourceSpan span, std::string_view what, std::string hint) const
{
    if (hint.empty())
        hint = "Write a plain function or a generator, or see Help > Supported Python.";
    fail(span, "this subset of Python has no '" + std::string(what) + "'", std::move(hint));
}

// No rule fits the token here: the most helpful of CPython's messages for that.
void Parser::invalidSyntax()
{
    if (isAt(TokenKind::Async) || isAt(TokenKind::Await))
        unsupported(token().span, text(token()));
    if (!m_isTrial && !isAt(TokenKind::Error)) {
        refuseSoftKeywords();
        suggestPrintCall();
        suggestComma();
    }
    if (isAt(TokenKind::Indent))
        failHere(kUnexpectedIndent, "Remove the spaces at the start of this line, or end the line above with ':'.");
    if (isAt(TokenKind::Not) && m_lastDisjunctionEnd == m_at && m_at > 0)
        advance();   // 'a not b': CPython misses the 'in'
    std::string hint;
    if (isKeyword(kind()))
        hint = "'" + std::string(text(token())) + "' is a word of the language; it cannot stand here.";
    failHere("invalid syntax", std::move(hint));
}

void Parser::refuseSoftKeywords() const
{
    const Token &first = m_stream.tokens[m_statementStart];
    if (first.kind != TokenKind::Name || m_at <= m_statementStart)
        return;
    if (text(first) == "type" && m_at == m_statementStart + 1 && isAt(TokenKind::Name))
        unsupported(first.span, "type", "Bind the name with =, or see Help > Supported Python.");
    if (text(first) != "match")
        return;
    std::size_t end = m_at;
    while (end + 1 < m_stream.tokens.size() && m_stream.tokens[end].kind != TokenKind::Newline)
        ++end;
    if (end > 0 && m_stream.tokens[end - 1].kind == TokenKind::Colon)
        unsupported(first.span, "match", "Use if and elif, or see Help > Supported Python.");
}

void Parser::suggestPrintCall()
{
    const bool followsName = m_lastDisjunctionEnd == m_at && m_lastDisjunctionBegin + 1 == m_at;
    if (!followsName || isAt(TokenKind::LeftParen))
        return;
    const std::size_t nameAt = m_at - 1;
    const std::string callee(text(m_stream.tokens[nameAt]));
    if (m_stream.tokens[nameAt].kind != TokenKind::Name || (callee != "print" && callee != "exec"))
        return;
    std::size_t last = nameAt;
    const bool isCallWithoutParentheses = canRead([&] {
        starExpressions();
        last = m_at - 1;
    });
    if (isCallWithoutParentheses)
        fail(spanFrom(nameAt, last), "Missing parentheses in call to '" + callee + "'. Did you mean " + callee + "(...)?",
             callee + " is a function: put what it shall use in parentheses.");
}

void Parser::suggestComma()
{
    if (m_lastDisjunctionEnd != m_at || m_lastDisjunctionBegin == m_at)
        return;
    const Token &first = m_stream.tokens[m_lastDisjunctionBegin];
    const Token &second = m_stream.tokens[m_lastDisjunctionBegin + 1];
    if (first.kind == TokenKind::Name && second.kind == TokenKind::String)
        return;
    std::size_t last = m_at;
    const bool isExpression = canRead([&] {
        expression();
        last = m_at - 1;
    });
    if (isExpression && m_stream.tokens[last].level > 0)
        fail(spanFrom(m_lastDisjunctionBegin, last), "invalid syntax. Perhaps you forgot a comma?",
             "Between two values inside brackets a comma or an operator is needed.");
}

// ---- entry ----

namespace {

// CPython's order of precedence between what the tokenizer and what the parser found (Parser/pegen_errors.c).
bool tokenErrorComesFirst(const TokenStream &stream, const Parser &parser, const Diagnostic &failure)
{
    const TokenError &error = *stream.error;
    const bool isReached = parser.furthest() + 1 == stream.tokens.size();
    const std::uint32_t lastLine = stream.tokens[parser.furthest()].span.begin.line;
    switch (error.urgency) {
    case TokenError::Urgency::Always: return isReached || failure.message != kUnexpectedIndent;
    case TokenError::Urgency::WhenReached: return isReached;
    case TokenError::Urgency::UnclosedBracket: return isReached || lastLine > error.diagnostic.span.begin.line;
    }
    return true;
}

} // namespace

} // namespace pyrena::syntax

namespace pyrena {

Result<ast::Module, Diagnostic> parse(std::string_view source, const std::string &fileName, std::size_t maxSourceBytes)
{
    if (source.size() > maxSourceBytes)
        return Diagnostic {fileName, {{1, 1}, {1, 1}},
                           "the program is too long: " + std::to_string(source.size()) + " bytes, the limit is "
                               + std::to_string(maxSourceBytes),
                           "Shorten it, or build long data in a loop."};
    const syntax::TokenStream stream = syntax::tokenize(source, fileName);
    syntax::Parser parser(stream, fileName);
    try {
        ast::Module module = parser.module();
        auto problem = syntax::checkSymbols(module, fileName);
        if (!problem)
            problem = syntax::checkPlaces(module, fileName);
        if (problem)
            return *std::move(problem);
        return module;
    } catch (const syntax::SyntaxFailure &failure) {
        if (stream.error && syntax::tokenErrorComesFirst(stream, parser, failure.diagnostic))
            return stream.error->diagnostic;
        return failure.diagnostic;
    }
}

} // namespace pyrena
