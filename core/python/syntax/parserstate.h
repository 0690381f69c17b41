#pragma once

#include "core/python/syntax/ast.h"
#include "core/python/syntax/tokens.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pyrena::syntax {

// Thrown inside the parser, caught in parse() and where two readings are tried.
struct SyntaxFailure
{
    Diagnostic diagnostic;
};

// Recursive descent with CPython's precedence. Long chains (a + a + ..., not not ..., a.b.c, elif) are read by loops; real
// recursion is bounded by the limits on brackets and indentation and by kMaxRecursion.
class Parser
{
public:
    Parser(const TokenStream &stream, const std::string &fileName);
    ast::Module module();

    // Where the parser stands; after a failure, the token it could not use.
    std::size_t at() const { return m_at; }
    // The last token any reading has looked at.
    std::size_t furthest() const { return m_furthest; }

private:
    static constexpr int kMaxRecursion = 400;

    class Descent   // counts recursion
    {
    public:
        explicit Descent(Parser &parser);
        ~Descent() { --m_parser.m_recursion; }
        Descent(const Descent &) = delete;
        Descent &operator=(const Descent &) = delete;

    private:
        Parser &m_parser;
    };

    struct Mark   // where a node starts
    {
        std::size_t token = 0;
        SourcePosition position;
    };

    enum class Parameters : std::uint8_t { OfFunction, OfLambda };
    enum class TargetUse : std::uint8_t { Assignment, Deletion, Loop };

    // parser.cpp: tokens, nodes, failures
    const Token &token(std::size_t ahead = 0) const;
    TokenKind kind(std::size_t ahead = 0) const { return token(ahead).kind; }
    bool isAt(TokenKind kind) const { return token().kind == kind; }
    bool isAtAny(std::initializer_list<TokenKind> kinds) const;
    std::string_view text(const Token &token) const { return m_stream.text(token); }
    void advance();
    bool accept(TokenKind kind);
    void expect(TokenKind kind);
    std::string name();   // requires a name here, else fails
    Mark mark() const { return {m_at, token().span.begin}; }
    SourceSpan spanFrom(const Mark &start) const;
    SourceSpan spanFrom(std::size_t firstToken, std::size_t lastToken) const;
    ast::ExprPtr makeExpr(const Mark &start, ast::Expr::Node node) const;
    ast::StmtPtr makeStmt(const Mark &start, ast::Stmt::Node node) const;

    [[noreturn]] void fail(SourceSpan span, std::string message, std::string hint = {}) const;
    [[noreturn]] void failHere(std::string message, std::string hint = {}) const;
    [[noreturn]] void unsupported(SourceSpan span, std::string_view what, std::string hint = {}) const;
    [[noreturn]] void invalidSyntax();
    void refuseSoftKeywords() const;
    void suggestPrintCall();
    void suggestComma();
    template <class Reading> bool canRead(Reading reading);   // tries, and stands where it stood

    // parserexpressions.cpp
    ast::ExprPtr starExpressions();
    ast::ExprPtr starExpression();
    ast::ExprPtr starNamedExpression();
    ast::ExprPtr namedExpression();
    ast::ExprPtr assignmentExpressionOr(ast::ExprPtr (Parser::*otherwise)());
    void refuseWalrusAfter(const ast::Expr &expr);
    void refuseBareNot();
    ast::ExprPtr expression();
    ast::ExprPtr conditional(const Mark &start);
    ast::ExprPtr lambda();
    ast::ExprPtr yieldExpression();
    ast::ExprPtr yieldOrStarExpressions();
    ast::ExprPtr disjunction();
    ast::ExprPtr conjunction();
    ast::ExprPtr inversion();
    ast::ExprPtr comparison();
    bool comparisonOperator(ast::CompareOperator &op);
    ast::ExprPtr bitwiseOr() { return binary(0); }
    ast::ExprPtr binary(int leastPrecedence);
    ast::ExprPtr factor();
    ast::ExprPtr power();
    bool startsExpression() const;

    // parseratoms.cpp
    ast::ExprPtr primary();
    ast::ExprPtr atom();
    ast::ExprPtr parenthesised();
    ast::ExprPtr listDisplay();
    ast::ExprPtr braceDisplay();
    ast::ExprPtr dictDisplay(const Mark &start, ast::ExprPtr firstKey);
    ast::ExprPtr dictValue();
    std::vector<ast::Comprehension> comprehensionClauses();
    ast::ExprPtr subscriptIndex();
    ast::ExprPtr slice();
    void refuseStarredComprehension(const ast::Expr &element, std::size_t firstToken) const;
    void refuseBareComprehensionTarget(std::size_t firstToken) const;

    // parserarguments.cpp
    void arguments(ast::ExprList &args, std::vector<ast::Keyword> &keywords, const Mark &open);
    void keywordArgument(std::vector<ast::Keyword> &keywords);
    ast::Arguments parameters(Parameters use, TokenKind end);
    ast::Arg parameter(Parameters use, bool isStarred = false);

    // parserstrings.cpp
    ast::ExprPtr number();
    ast::ExprPtr strings();
    void fString(ast::ExprList &values);
    void replacementField(ast::ExprList &values);
    ast::ExprPtr formatSpecification(const Mark &start);
    ast::Conversion conversion();
    void addText(ast::ExprList &values, std::string text, SourceSpan span) const;

    // parsertargets.cpp
    const ast::Expr *invalidTarget(const ast::Expr &expr, TargetUse use) const;
    void checkTarget(const ast::Expr &expr, TargetUse use) const;
    void checkSingleTarget(const ast::Expr &expr) const;
    void checkAssigned(const ast::Expr &first, const Mark &start, bool isFirst);
    ast::ExprPtr targetList(TargetUse use);
    bool isParenthesised(const ast::Expr &expr, const Mark &start) const;

    // parserstatements.cpp
    void simpleStatements(ast::StmtList &out);
    ast::StmtPtr simpleStatement();
    ast::StmtPtr expressionStatement();
    ast::StmtPtr annotatedAssignment(const Mark &start, ast::ExprPtr target);
    ast::StmtPtr returnStatement();
    ast::StmtPtr deleteStatement();
    ast::StmtPtr raiseStatement();
    ast::StmtPtr assertStatement();
    ast::StmtPtr importStatement();
    ast::StmtPtr fromImportStatement();
    ast::StmtPtr scopeStatement();
    std::string dottedName();

    // parsercompound.cpp
    void statement(ast::StmtList &out);
    ast::StmtPtr compoundStatement();
    ast::StmtList block(std::string_view owner, std::uint32_t ownerLine);
    ast::StmtList elseBlock();
    void colon();
    void forcedColon();
    ast::StmtPtr ifStatement();
    ast::StmtPtr whileStatement();
    ast::StmtPtr forStatement();
    ast::StmtPtr withStatement();
    bool parenthesisedWithItems(std::vector<ast::WithItem> &items);
    ast::WithItem withItem();
    ast::StmtPtr tryStatement();
    ast::ExceptHandler exceptHandler();
    ast::StmtPtr functionDefinition(ast::ExprList decorators);
    ast::StmtPtr classDefinition(ast::ExprList decorators);
    ast::StmtPtr decorated();

    const TokenStream &m_stream;
    const std::string &m_fileName;
    std::size_t m_at = 0;
    std::size_t m_furthest = 0;
    int m_recursion = 0;
    bool m_isTrial = false;                // no suggestions inside a trial: they try readings themselves
    std::size_t m_statementStart = 0;      // token index
    std::size_t m_lastDisjunctionBegin = 0;   // token range of the last disjunction read by expression()
    std::size_t m_lastDisjunctionEnd = 0;
};

// "function call", "literal", ...: what CPython's messages call an expression.
std::string_view describe(const ast::Expr &expr);

template <class Reading>
bool Parser::canRead(Reading reading)
{
    const std::size_t at = m_at, begin = m_lastDisjunctionBegin, end = m_lastDisjunctionEnd;
    const bool wasTrial = std::exchange(m_isTrial, true);
    bool isRead = true;
    try {
        reading();
    } catch (const SyntaxFailure &) {
        isRead = false;
    }
    m_isTrial = wasTrial;
    m_at = at;
    m_lastDisjunctionBegin = begin;
    m_lastDisjunctionEnd = end;
    return isRead;
}

} // namespace pyrena::syntax
