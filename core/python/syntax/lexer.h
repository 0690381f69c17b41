#pragma once

#include "core/python/syntax/tokens.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena::syntax {

inline constexpr std::size_t kMaxBrackets = 200;           // MAXLEVEL, Parser/lexer/state.h
inline constexpr std::size_t kMaxIndentations = 100;       // MAXINDENT
inline constexpr std::size_t kMaxNestedFStrings = 150;     // MAXFSTRINGLEVEL
inline constexpr std::size_t kMaxNestedFields = 3;         // MAX_EXPR_NESTING

// One pass over a source; fills a TokenStream. Errors inside are thrown as TokenError and caught in tokenize().
class Lexer
{
public:
    // Requires: stream.source is valid UTF-8 without null bytes, its lines end in '\n', the last one too.
    Lexer(TokenStream &stream, const std::string &fileName);
    void run();

private:
    struct Place
    {
        std::size_t offset = 0;
        SourcePosition position;
    };
    struct Bracket
    {
        char open = 0;
        SourcePosition position;
    };
    struct Field   // {...} of an f-string
    {
        std::size_t level = 0;   // brackets open in its expression at the top
        bool inFormatSpec = false;
    };
    struct FString
    {
        Place start;
        char quote = 0;
        bool isTriple = false;
        std::vector<Field> fields;
    };

    // reading
    char peek(std::size_t ahead = 0) const;
    bool atEnd() const { return m_here.offset >= m_source.size(); }
    void bump();
    void bump(std::size_t characters);
    bool startsWith(std::string_view text) const { return m_source.substr(m_here.offset, text.size()) == text; }
    std::string_view since(const Place &start) const;

    // writing
    void emit(TokenKind kind, const Place &start);
    [[noreturn]] void fail(SourcePosition at, std::string message, std::string hint = {},
                           TokenError::Urgency urgency = TokenError::Urgency::Always) const;
    [[noreturn]] void failHere(std::string message, std::string hint = {}) const { fail(m_here.position, std::move(message), std::move(hint)); }

    // lexer.cpp
    void startOfLine();
    void indentTo(std::uint32_t column, std::uint32_t alternativeColumn);
    void next();
    void comment();
    void joinLines();
    void name();
    void operatorToken();
    void openBracket(TokenKind kind);
    void closeBracket(TokenKind kind);
    void endOfFile();
    [[noreturn]] void invalidCharacter();

    // lexerliterals.cpp
    void number();
    void prefixedInteger();
    void digits();
    void endOfNumber(std::string_view kind);
    void string(Place start, bool isFString);
    [[noreturn]] void unterminatedString(const Place &start, bool isTriple, bool hasEscapedQuote) const;
    void fStringMiddle();
    void endFString();
    bool inFStringText() const;
    bool atTopOfField() const;

    TokenStream &m_stream;
    const std::string &m_fileName;
    std::string_view m_source;
    Place m_here;
    bool m_atStartOfLine = true;
    std::vector<std::uint32_t> m_indents {0};              // columns with tabs to multiples of 8
    std::vector<std::uint32_t> m_alternativeIndents {0};   // columns with tabs as one: both must agree
    std::vector<Bracket> m_brackets;
    std::vector<FString> m_fStrings;
};

} // namespace pyrena::syntax
