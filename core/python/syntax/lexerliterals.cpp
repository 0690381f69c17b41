#include "core/python/syntax/identifiers.h"
#include "core/python/syntax/lexer.h"

#include <algorithm>

namespace pyrena::syntax {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

} // namespace

// ---- numbers ----

void Lexer::number()
{
    const Place start = m_here;
    const char second = static_cast<char>(peek(1) | 0x20);
    if (peek() == '0' && (second == 'x' || second == 'o' || second == 'b')) {
        prefixedInteger();
        emit(TokenKind::Number, start);
        return;
    }
    bool isInteger = true;
    if (peek() != '.')
        digits();
    const std::string_view whole = since(start);
    const bool hasLeadingZero = whole.starts_with('0') && whole.find_first_not_of("0_") != std::string_view::npos;
    if (peek() == '.') {
        isInteger = false;
        bump();
        if (isDigit(peek()))
            digits();
    }
    if (peek() == 'e' || peek() == 'E') {
        const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if (isDigit(peek(1 + sign))) {
            isInteger = false;
            bump(1 + sign);
            digits();
        }
    }
    if (peek() == 'j' || peek() == 'J') {
        bump();
        endOfNumber("imaginary");
    } else {
        if (isInteger && hasLeadingZero)
            fail(start.position,
                 "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                 "Remove the leading zeros.");
        endOfNumber("decimal");
    }
    emit(TokenKind::Number, start);
}

// 0x1f, 0o17, 0b11, with single underscores between digits and after the prefix.
void Lexer::prefixedInteger()
{
    const char prefix = static_cast<char>(peek(1) | 0x20);
    const std::string_view kind = prefix == 'x' ? "hexadecimal" : prefix == 'o' ? "octal" : "binary";
    const auto belongs = [prefix](char c) {
        return prefix == 'x' ? isHexDigit(c) : c >= '0' && c <= (prefix == 'o' ? '7' : '1');
    };
    Place last = m_here;
    const auto take = [&] {
        last = m_here;
        bump();
    };
    take();
    take();
    do {
        if (peek() == '_')
            take();
        if (!belongs(peek())) {
            if (isDigit(peek()))
                failHere(std::string("invalid digit '") + peek() + "' in " + std::string(kind) + " literal");
            fail(last.position, "invalid " + std::string(kind) + " literal");
        }
        while (belongs(peek()))
            take();
    } while (peek() == '_');
    if (isDigit(peek()))
        failHere(std::string("invalid digit '") + peek() + "' in " + std::string(kind) + " literal");
    endOfNumber(kind);
}

// Decimal digits with single underscores between them.
void Lexer::digits()
{
    while (isDigit(peek())) {
        bump();
        if (peek() == '_') {
            if (!isDigit(peek(1)))
                fail(m_here.position, "invalid decimal literal", "An underscore in a number stands between two digits.");
            bump();
        }
    }
}

// A letter right after a number is an error, unless it starts a keyword that may follow ("1if x else 2").
void Lexer::endOfNumber(std::string_view kind)
{
    const auto byte = static_cast<unsigned char>(peek());
    if (byte < 0x80 && !isIdentifierPart(byte))
        return;
    for (const std::string_view keyword : {"and", "else", "for", "if", "in", "is", "or", "not"}) {
        if (startsWith(keyword))
            return;
    }
    SourcePosition last = m_here.position;
    --last.column;
    fail(last, "invalid " + std::string(kind) + " literal", "A name cannot start with a digit; between a number and a name an operator is missing.");
}

// ---- strings ----

// Requires: the opening quote is next; `start` is where the prefix begins.
void Lexer::string(Place start, bool isFString)
{
    const char quote = peek();
    const bool isTriple = peek(1) == quote && peek(2) == quote;
    bump(isTriple ? 3 : 1);
    if (isFString) {
        if (m_fStrings.size() >= kMaxNestedFStrings)
            fail(start.position, "too many nested f-strings", "Give inner parts names of their own.");
        emit(TokenKind::FStringStart, start);
        m_fStrings.push_back({start, quote, isTriple, {}});
        return;
    }
    bool hasEscapedQuote = false;
    for (;;) {
        if (atEnd() || (peek() == '\n' && !isTriple))
            unterminatedString(start, isTriple, hasEscapedQuote);
        const char c = peek();
        if (c == quote && (!isTriple || (peek(1) == quote && peek(2) == quote))) {
            bump(isTriple ? 3 : 1);
            emit(TokenKind::String, start);
            return;
        }
        bump();
        if (c == '\\' && !atEnd()) {
            hasEscapedQuote = hasEscapedQuote || peek() == quote;
            bump();
        }
    }
}

void Lexer::unterminatedString(const Place &start, bool isTriple, bool hasEscapedQuote) const
{
    const std::uint32_t line = m_here.position.line - (atEnd() && m_here.position.column == 1 ? 1 : 0);
    const std::string detected = " literal (detected at line " + std::to_string(line) + ")";
    std::size_t quoteAt = start.offset;
    while (m_source[quoteAt] != '"' && m_source[quoteAt] != '\'')
        ++quoteAt;
    const bool isInField = !m_fStrings.empty() && !inFStringText();
    if (isInField && m_fStrings.back().quote == m_source[quoteAt] && m_fStrings.back().isTriple == isTriple)
        fail(start.position, "f-string: expecting '}'", "Close the expression in the f-string with '}'.");
    if (hasEscapedQuote && !isTriple)
        fail(start.position, "unterminated string literal (detected at line " + std::to_string(line)
                 + "); perhaps you escaped the end quote?", "To end a string with a backslash, double it.");
    fail(start.position, std::string(isTriple ? "unterminated triple-quoted string" : "unterminated string") + detected,
         isTriple ? "Close the string with three quotes." : "Close the string with the quote that opened it.");
}

// ---- f-strings ----

bool Lexer::inFStringText() const
{
    return !m_fStrings.empty() && (m_fStrings.back().fields.empty() || m_fStrings.back().fields.back().inFormatSpec);
}

bool Lexer::atTopOfField() const
{
    return !m_fStrings.empty() && !m_fStrings.back().fields.empty()
        && m_fStrings.back().fields.back().level == m_brackets.size();
}

// The text up to the next replacement field, the end of a format specification or the end of the f-string, and the token
// that ends it. The token holds the source text: escapes and doubled braces are left to the parser.
void Lexer::fStringMiddle()
{
    FString &fString = m_fStrings.back();
    const bool inSpec = !fString.fields.empty();
    const bool isRaw = [&] {
        const std::string_view prefix = m_source.substr(fString.start.offset, 2);
        return prefix.find_first_of("rR") != std::string_view::npos;
    }();
    const Place start = m_here;
    const auto flush = [&] {
        if (m_here.offset > start.offset)
            emit(TokenKind::FStringMiddle, start);
    };
    for (;;) {
        if (inSpec && peek() == '\n' && !fString.isTriple) {
            flush();
            fString.fields.back().inFormatSpec = false;   // a line break ends the specification: only '}' can follow
            return;
        }
        if (atEnd() || (peek() == '\n' && !fString.isTriple)) {
            const std::uint32_t line = m_here.position.line - (atEnd() && m_here.position.column == 1 ? 1 : 0);
            fail(fString.start.position,
                 std::string(fString.isTriple ? "unterminated triple-quoted f-string" : "unterminated f-string")
                     + " literal (detected at line " + std::to_string(line) + ")",
                 fString.isTriple ? "Close the string with three quotes." : "Close the string with the quote that opened it.");
        }
        const char c = peek();
        if (c == fString.quote && (!fString.isTriple || (peek(1) == c && peek(2) == c))) {
            if (inSpec)
                failHere("f-string: expecting '}', or format specs", "Close the expression in the f-string with '}'.");
            flush();
            endFString();
            return;
        }
        if (c == '{' && (inSpec || peek(1) != '{')) {
            flush();
            if (fString.fields.size() >= kMaxNestedFields)
                failHere("f-string: expressions nested too deeply", "Compute the format specification before the f-string.");
            openBracket(TokenKind::LeftBrace);
            fString.fields.push_back({m_brackets.size(), false});
            return;
        }
        if (c == '}' && inSpec) {
            flush();
            closeBracket(TokenKind::RightBrace);
            return;
        }
        if (c == '}' && peek(1) != '}')
            failHere("f-string: single '}' is not allowed", "To show a brace, double it: '}}'.");
        if (c == '{' || c == '}') {
            bump(2);
        } else if (c == '\\' && peek(1) != '{' && peek(1) != '}') {
            if (!isRaw && peek(1) == 'N' && peek(2) == '{')
                failHere("this subset of Python has no '\\N{...}'", "Write the character itself, or \\u and its code.");
            bump();
            if (!atEnd())
                bump();
        } else {
            bump();
        }
    }
}

void Lexer::endFString()
{
    const Place start = m_here;
    bump(m_fStrings.back().isTriple ? 3 : 1);
    emit(TokenKind::FStringEnd, start);
    m_fStrings.pop_back();
}

} // namespace pyrena::syntax
