#include "core/python/syntax/tokens.h"

#include <iterator>
#include <unordered_map>

namespace pyrena::syntax {

namespace {

constexpr std::string_view kSpellings[] = {
    "ENDMARKER", "NEWLINE", "INDENT", "DEDENT",
    "ERROR", "NAME", "NUMBER", "STRING",
    "FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END",
    "(", ")", "[", "]", "{",
    "}", ":", ",", ";", ".",
    "...", "->", "!", ":=", "=",
    "+", "-", "*", "/", "//",
    "%", "@", "**", "|", "&",
    "^", "~", "<<", ">>", "==",
    "!=", "<", "<=", ">", ">=",
    "+=", "-=", "*=", "/=", "//=",
    "%=", "@=", "**=", "|=", "&=",
    "^=", "<<=", ">>=", "False",
    "None", "True", "and", "as",
    "assert", "async", "await", "break",
    "class", "continue", "def", "del",
    "elif", "else", "except", "finally",
    "for", "from", "global", "if",
    "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass",
    "raise", "return", "try", "while",
    "with", "yield"
};
static_assert(std::size(kSpellings) == static_cast<std::size_t>(TokenKind::Yield) + 1);

std::unordered_map<std::string_view, TokenKind> keywordTable()
{
    std::unordered_map<std::string_view, TokenKind> table;
    for (auto kind = static_cast<std::size_t>(TokenKind::False); kind < std::size(kSpellings); ++kind)
        table.emplace(kSpellings[kind], static_cast<TokenKind>(kind));
    return table;
}

} // namespace

std::string_view spelling(TokenKind kind)
{
    return kSpellings[static_cast<std::size_t>(kind)];
}

TokenKind keywordOrName(std::string_view name)
{
    static const auto table = keywordTable();
    const auto found = table.find(name);
    return found == table.end() ? TokenKind::Name : found->second;
}

bool isKeyword(TokenKind kind)
{
    return kind >= TokenKind::False;
}

} // namespace pyrena::syntax
