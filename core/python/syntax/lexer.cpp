#include "core/python/syntax/lexer.h"

#include "core/python/syntax/identifiers.h"
#include "core/python/syntax/utf8.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace pyrena::syntax {

namespace {

struct Spelling
{
    std::string_view text;
    TokenKind kind;
};

// Longest first. Brackets, ':' and '!' have cases of their own.
constexpr Spelling kOperators[] = {
    {"**=", TokenKind::DoubleStarEqual}, {"//=", TokenKind::DoubleSlashEqual}, {"<<=", TokenKind::LeftShiftEqual},
    {">>=", TokenKind::RightShiftEqual}, {"...", TokenKind::Ellipsis},
    {"**", TokenKind::DoubleStar}, {"//", TokenKind::DoubleSlash}, {"<<", TokenKind::LeftShift}, {">>", TokenKind::RightShift},
    {"->", TokenKind::Arrow}, {"==", TokenKind::EqEqual}, {"!=", TokenKind::NotEqual}, {"<=", TokenKind::LessEqual},
    {">=", TokenKind::GreaterEqual}, {"+=", TokenKind::PlusEqual}, {"-=", TokenKind::MinusEqual}, {"*=", TokenKind::StarEqual},
    {"/=", TokenKind::SlashEqual}, {"%=", TokenKind::PercentEqual}, {"@=", TokenKind::AtEqual},
    {"|=", TokenKind::VerticalBarEqual}, {"&=", TokenKind::AmpersandEqual}, {"^=", TokenKind::CircumflexEqual},
    {"+", TokenKind::Plus}, {"-", TokenKind::Minus}, {"*", TokenKind::Star}, {"/", TokenKind::Slash}, {"%", TokenKind::Percent},
    {"@", TokenKind::At}, {"|", TokenKind::VerticalBar}, {"&", TokenKind::Ampersand}, {"^", TokenKind::Circumflex},
    {"~", TokenKind::Tilde}, {"<", TokenKind::Less}, {">", TokenKind::Greater}, {"=", TokenKind::Equal}, {",", TokenKind::Comma},
    {";", TokenKind::Semicolon}, {".", TokenKind::Dot}, {"!", TokenKind::Exclamation}
};

// What str.isprintable() denies, without the unassigned code points.
bool isNonPrintable(char32_t c)
{
    static constexpr struct { char32_t first, last; } kRanges[] = {
        {0, 0x1f}, {0x7f, 0xa0}, {0xad, 0xad}, {0x600, 0x605}, {0x61c, 0x61c}, {0x6dd, 0x6dd}, {0x70f, 0x70f}, {0x1680, 0x1680},
        {0x180e, 0x180e}, {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000}, {0xe000, 0xf8ff},
        {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0x10ffff}
    };
    return std::any_of(std::begin(kRanges), std::end(kRanges), [c](const auto &r) { return r.first <= c && c <= r.last; });
}

char opening(char close)
{
    return close == ')' ? '(' : close == ']' ? '[' : '{';
}

} // namespace

Lexer::Lexer(TokenStream &stream, const std::string &fileName)
    : m_stream(stream), m_fileName(fileName), m_source(stream.source), m_here {0, {1, 1}}
{
}

void Lexer::run()
{
    while (!atEnd()) {
        if (inFStringText())
            fStringMiddle();
        else if (m_atStartOfLine)
            startOfLine();
        else
            next();
    }
    endOfFile();
}

char Lexer::peek(std::size_t ahead) const
{
    const std::size_t at = m_here.offset + ahead;
    return at < m_source.size() ? m_source[at] : '\0';
}

void Lexer::bump()
{
    if (m_source[m_here.offset] == '\n') {
        ++m_here.position.line;
        m_here.position.column = 1;
        ++m_here.offset;
        return;
    }
    ++m_here.position.column;
    do
        ++m_here.offset;
    while ((static_cast<unsigned char>(peek()) & 0xc0) == 0x80);
}

void Lexer::bump(std::size_t characters)
{
    while (characters-- > 0)
        bump();
}

std::string_view Lexer::since(const Place &start) const
{
    return m_source.substr(start.offset, m_here.offset - start.offset);
}

void Lexer::emit(TokenKind kind, const Place &start)
{
    Token token;
    token.kind = kind;
    token.level = static_cast<std::uint8_t>(m_brackets.size());
    token.begin = static_cast<std::uint32_t>(start.offset);
    token.end = static_cast<std::uint32_t>(m_here.offset);
    token.span = {start.position, m_here.position};
    if (kind == TokenKind::Newline && m_here.offset > start.offset)
        token.span.end = {start.position.line, start.position.column + 1};
    m_stream.tokens.push_back(token);
}

void Lexer::fail(SourcePosition at, std::string message, std::string hint, TokenError::Urgency urgency) const
{
    throw TokenError {{m_fileName, {at, {at.line, at.column + 1}}, std::move(message), std::move(hint)}, urgency};
}

// Reads indentation. Lines that hold nothing but blanks or a comment do not count.
void Lexer::startOfLine()
{
    constexpr std::uint32_t kTabSize = 8;   // CPython: TABSIZE; ALTTABSIZE is 1
    std::uint32_t column = 0;
    std::uint32_t alternativeColumn = 0;
    for (;; bump()) {
        if (peek() == ' ') {
            ++column;
            ++alternativeColumn;
        } else if (peek() == '\t') {
            column = (column / kTabSize + 1) * kTabSize;
            ++alternativeColumn;
        } else if (peek() == '\f') {
            column = alternativeColumn = 0;
        } else if (peek() == '\\' && peek(1) == '\n') {
            joinLines();
            if (atEnd())
                return;
            while (peek() == ' ' || peek() == '\t' || peek() == '\f')   // the first part of the line says how deep
                bump();
            break;
        } else {
            break;
        }
    }
    if (peek() == '#')
        comment();
    if (peek() == '\n') {
        bump();
        return;
    }
    m_atStartOfLine = false;
    if (!atEnd())
        indentTo(column, alternativeColumn);
}

void Lexer::indentTo(std::uint32_t column, std::uint32_t alternativeColumn)
{
    using enum TokenError::Urgency;
    const auto inconsistent = [&] {
        fail(m_here.position, "inconsistent use of tabs and spaces in indentation",
             "Indent every line of a block with the same characters; four spaces per level are usual.", WhenReached);
    };
    if (column == m_indents.back()) {
        if (alternativeColumn != m_alternativeIndents.back())
            inconsistent();
        return;
    }
    if (column > m_indents.back()) {
        if (m_indents.size() >= kMaxIndentations)
            fail(m_here.position, "too many levels of indentation", "Move inner blocks to functions.", WhenReached);
        if (alternativeColumn <= m_alternativeIndents.back())
            inconsistent();
        m_indents.push_back(column);
        m_alternativeIndents.push_back(alternativeColumn);
        emit(TokenKind::Indent, m_here);
        return;
    }
    while (column < m_indents.back()) {
        m_indents.pop_back();
        m_alternativeIndents.pop_back();
        emit(TokenKind::Dedent, m_here);
    }
    if (column != m_indents.back())
        fail(m_here.position, "unindent does not match any outer indentation level",
             "Indent this line like the line that starts one of the blocks above.", WhenReached);
    if (alternativeColumn != m_alternativeIndents.back())
        inconsistent();
}

void Lexer::next()
{
    const char c = peek();
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ' || c == '\t' || c == '\f') {
        bump();
    } else if (c == '#') {
        comment();
    } else if (c == '\n') {
        const Place start = m_here;
        bump();
        if (m_brackets.empty()) {
            emit(TokenKind::Newline, start);
            m_atStartOfLine = true;
        }
    } else if (c == '\\') {
        joinLines();
    } else if ((c >= '0' && c <= '9') || (c == '.' && peek(1) >= '0' && peek(1) <= '9')) {
        number();
    } else if (byte >= 0x80 || isIdentifierStart(byte)) {
        name();
    } else if (c == '"' || c == '\'') {
        string(m_here, false);
    } else {
        operatorToken();
    }
}

void Lexer::comment()
{
    Comment comment;
    comment.position = m_here.position;
    comment.begin = static_cast<std::uint32_t>(m_here.offset);
    while (!atEnd() && peek() != '\n')
        bump();
    comment.end = static_cast<std::uint32_t>(m_here.offset);
    m_stream.comments.push_back(comment);
}

// Requires: a backslash outside of any literal is next.
void Lexer::joinLines()
{
    bump();
    if (peek() != '\n')
        fail(m_here.position, "unexpected character after line continuation character",
             "A backslash that continues a line must be its last character.", TokenError::Urgency::WhenReached);
    const SourcePosition afterBackslash = m_here.position;
    bump();
    if (atEnd())
        fail(afterBackslash, "unexpected EOF while parsing", "Remove the backslash, or write the line that continues this one.",
             m_brackets.empty() ? TokenError::Urgency::WhenReached : TokenError::Urgency::Always);
}

// A name, a keyword, or the prefix of a string.
void Lexer::name()
{
    const Place start = m_here;
    bool isFString = false;
    bool sawBytes = false, sawUnicode = false, sawRaw = false;
    for (std::size_t i = 0; i < 3; ++i) {
        const char c = peek(i);
        if (c == '"' || c == '\'') {
            bump(i);
            string(start, isFString);
            return;
        }
        if ((c == 'b' || c == 'B') && !sawBytes && !sawUnicode && !isFString)
            sawBytes = true;
        else if ((c == 'u' || c == 'U') && !sawBytes && !sawUnicode && !sawRaw && !isFString)
            sawUnicode = true;
        else if ((c == 'r' || c == 'R') && !sawRaw && !sawUnicode)
            sawRaw = true;
        else if ((c == 'f' || c == 'F') && !isFString && !sawBytes && !sawUnicode)
            isFString = true;
        else
            break;
    }
    for (bool isFirst = true; !atEnd(); isFirst = false) {
        const CodePoint c = decodeUtf8(m_source, m_here.offset);
        if (!(isFirst ? isIdentifierStart(c.value) : isIdentifierPart(c.value))) {
            if (c.value >= 0x80)
                invalidCharacter();
            break;
        }
        bump();
    }
    emit(keywordOrName(since(start)), start);
}

void Lexer::operatorToken()
{
    const Place start = m_here;
    switch (peek()) {
    case '(': openBracket(TokenKind::LeftParen); return;
    case '[': openBracket(TokenKind::LeftBracket); return;
    case '{': openBracket(TokenKind::LeftBrace); return;
    case ')': closeBracket(TokenKind::RightParen); return;
    case ']': closeBracket(TokenKind::RightBracket); return;
    case '}': closeBracket(TokenKind::RightBrace); return;
    case ':':
        bump();
        if (atTopOfField()) {
            emit(TokenKind::Colon, start);
            m_fStrings.back().fields.back().inFormatSpec = true;
        } else if (peek() == '=') {
            bump();
            emit(TokenKind::ColonEqual, start);
        } else {
            emit(TokenKind::Colon, start);
        }
        return;
    default:
        break;
    }
    for (const Spelling &spelling : kOperators) {
        if (!startsWith(spelling.text))
            continue;
        bump(spelling.text.size());
        emit(spelling.kind, start);
        return;
    }
    invalidCharacter();
}

void Lexer::openBracket(TokenKind kind)
{
    if (m_brackets.size() >= kMaxBrackets)
        failHere("too many nested parentheses", "Give inner parts names of their own.");
    const Place start = m_here;
    m_brackets.push_back({peek(), start.position});
    bump();
    emit(kind, start);
}

void Lexer::closeBracket(TokenKind kind)
{
    const Place start = m_here;
    const char close = peek();
    if (m_brackets.empty())
        failHere(std::string("unmatched '") + close + "'", "Remove it, or write the bracket that opens it.");
    const Bracket open = m_brackets.back();
    const bool closesField = atTopOfField();
    m_brackets.pop_back();
    if (open.open != opening(close)) {
        if (closesField)
            failHere(std::string("f-string: unmatched '") + close + "'", "Remove it, or write the bracket that opens it.");
        std::string message = std::string("closing parenthesis '") + close + "' does not match opening parenthesis '" + open.open + "'";
        if (open.position.line != start.position.line)
            message += " on line " + std::to_string(open.position.line);
        failHere(std::move(message), "Each bracket is closed by its own kind, the last one opened first.");
    }
    if (closesField)
        m_fStrings.back().fields.pop_back();
    bump();
    emit(kind, start);
}

void Lexer::endOfFile()
{
    if (!m_brackets.empty()) {
        const Bracket &bracket = m_brackets.back();
        fail(bracket.position, std::string("'") + bracket.open + "' was never closed", "Write the bracket that closes it.",
             TokenError::Urgency::UnclosedBracket);
    }
    while (m_indents.size() > 1) {
        m_indents.pop_back();
        emit(TokenKind::Dedent, m_here);
    }
    emit(TokenKind::EndMarker, m_here);
}

void Lexer::invalidCharacter()
{
    const CodePoint c = decodeUtf8(m_source, m_here.offset);
    char code[16];
    std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(c.value));
    if (isNonPrintable(c.value))
        failHere(std::string("invalid non-printable character ") + code, "Replace it by an ordinary space or remove it.");
    if (c.value >= 0x80)
        failHere("invalid character '" + std::string(m_source.substr(m_here.offset, c.length)) + "' (" + code + ")",
                 "Outside of strings and comments only letters, digits and Python's operators may stand.");
    fail(m_here.position, "invalid syntax", std::string("Python has no operator '") + static_cast<char>(c.value) + "'.",
         TokenError::Urgency::WhenReached);
}

} // namespace pyrena::syntax
