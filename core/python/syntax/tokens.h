#pragma once

#include "core/base/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena::syntax {

enum class TokenKind : std::uint8_t {
    EndMarker, Newline, Indent, Dedent, Error,
    Name, Number, String,
    FStringStart, FStringMiddle, FStringEnd,
    // operators
    LeftParen, RightParen, LeftBracket, RightBracket, LeftBrace, RightBrace,
    Colon, Comma, Semicolon, Dot, Ellipsis, Arrow, Exclamation, ColonEqual, Equal,
    Plus, Minus, Star, Slash, DoubleSlash, Percent, At, DoubleStar, VerticalBar, Ampersand, Circumflex, Tilde,
    LeftShift, RightShift,
    EqEqual, NotEqual, Less, LessEqual, Greater, GreaterEqual,
    PlusEqual, MinusEqual, StarEqual, SlashEqual, DoubleSlashEqual, PercentEqual, AtEqual, DoubleStarEqual,
    VerticalBarEqual, AmpersandEqual, CircumflexEqual, LeftShiftEqual, RightShiftEqual,
    // keywords
    False, None, True, And, As, Assert, Async, Await, Break, Class, Continue, Def, Del, Elif, Else, Except, Finally, For,
    From, Global, If, Import, In, Is, Lambda, Nonlocal, Not, Or, Pass, Raise, Return, Try, While, With, Yield
};

struct Token
{
    TokenKind kind = TokenKind::EndMarker;
    std::uint8_t level = 0;      // brackets open after this token, as Token.level of CPython
    std::uint32_t begin = 0;     // byte offsets in TokenStream::source
    std::uint32_t end = 0;
    SourceSpan span;
};

// A '#' comment, from the '#' to the end of its line.
struct Comment
{
    SourcePosition position;
    std::uint32_t begin = 0;   // byte offsets in TokenStream::source
    std::uint32_t end = 0;
};

// What the tokenizer stumbled over. CPython reports most of these even when the parser fails on an earlier line; the
// exceptions wait until the parser reaches them.
struct TokenError
{
    enum class Urgency : std::uint8_t {
        Always,           // reported in place of an earlier syntax error
        WhenReached,      // reported only if the parser gets there
        UnclosedBracket   // reported when reached, or if the syntax error is on a later line than the bracket
    };
    Diagnostic diagnostic;
    Urgency urgency = Urgency::Always;
};

struct TokenStream
{
    std::string source;              // without byte order mark; every line ends in '\n' only
    std::vector<Token> tokens;       // ends with EndMarker, or with Error where the tokenizer stopped
    std::vector<Comment> comments;
    std::optional<TokenError> error;

    std::string_view text(const Token &token) const
    {
        return std::string_view(source).substr(token.begin, token.end - token.begin);
    }
};

// "def", "+=", ... ; a description in capitals for kinds without a fixed spelling.
std::string_view spelling(TokenKind kind);
// The keyword that `name` is, or Name.
TokenKind keywordOrName(std::string_view name);
bool isKeyword(TokenKind kind);

} // namespace pyrena::syntax
