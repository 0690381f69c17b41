#include "core/python/text/percentformat.h"

#include "core/python/text/utf8.h"

#include <limits>

namespace pyrena::text {

namespace {

class PercentParser
{
public:
    PercentParser(std::string_view format, const TextRules &rules) : m_format(decodeUtf8(format)), m_rules(rules) {}

    std::vector<PercentPiece> parse()
    {
        while (m_at < m_format.size()) {
            if (m_format[m_at] != '%') {
                appendLiteral(m_format[m_at++]);
                continue;
            }
            ++m_at;
            if (takeIf('%')) {
                appendLiteral('%');
                continue;
            }
            PercentPiece piece;
            piece.start = m_at - 1;
            piece.kind = PercentPiece::Kind::Conversion;
            const bool good = parseConversion(piece);
            m_pieces.push_back(std::move(piece));
            if (!good)
                break;
        }
        return std::move(m_pieces);
    }

private:
    char32_t peek() const { return m_at < m_format.size() ? m_format[m_at] : 0; }
    bool takeIf(char32_t c)
    {
        if (m_at >= m_format.size() || m_format[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    void appendLiteral(char32_t c)
    {
        if (m_pieces.empty() || m_pieces.back().kind != PercentPiece::Kind::Literal)
            m_pieces.emplace_back();
        appendCodePoint(m_pieces.back().text, c);
    }

    bool fail(PercentPiece &piece, PercentFault fault) const
    {
        piece.kind = PercentPiece::Kind::Error;
        piece.keyIncomplete = fault == PercentFault::IncompleteKey;
        piece.error = percentFault(fault, piece, m_rules);
        return false;
    }

    bool parseConversion(PercentPiece &piece)
    {
        if (takeIf('(')) {
            piece.hasKey = true;
            if (!parseKey(piece))
                return fail(piece, PercentFault::IncompleteKey);
        }
        parseFlags(piece);
        if (takeIf('*'))
            piece.widthStarred = true;
        else if (!parseNumber(piece.width, std::numeric_limits<std::int64_t>::max()))
            return fail(piece, PercentFault::WidthTooBig);
        if (takeIf('.')) {
            piece.precision = 0;
            if (takeIf('*'))
                piece.precisionStarred = true;
            else if (!parseNumber(piece.precision, std::numeric_limits<int>::max()))
                return fail(piece, PercentFault::PrecisionTooBig);
        }
        if (peek() == 'h' || peek() == 'l' || peek() == 'L')   // C's length modifiers mean nothing here
            ++m_at;
        if (m_at >= m_format.size())
            return fail(piece, PercentFault::Incomplete);
        piece.index = m_at;
        piece.conversion = m_format[m_at++];
        return true;
    }

    // Parentheses nest in a key.
    bool parseKey(PercentPiece &piece)
    {
        for (int depth = 1; m_at < m_format.size(); ++m_at) {
            depth += m_format[m_at] == '(' ? 1 : m_format[m_at] == ')' ? -1 : 0;
            if (depth == 0) {
                ++m_at;
                return true;
            }
            appendCodePoint(piece.key, m_format[m_at]);
        }
        return false;
    }

    void parseFlags(PercentPiece &piece)
    {
        for (;; ++m_at) {
            switch (peek()) {
            case '-': piece.leftAdjust = true; break;
            case '+': piece.plusSign = true; break;
            case ' ': piece.blankSign = true; break;
            case '#': piece.alternate = true; break;
            case '0': piece.zeroPad = true; break;
            default: return;
            }
        }
    }

    // Leaves the number alone when there is no digit; false when it is above the limit.
    bool parseNumber(std::int64_t &number, std::int64_t limit)
    {
        for (bool first = true; peek() >= '0' && peek() <= '9'; ++m_at, first = false) {
            const auto digit = std::int64_t(peek() - '0');
            const std::int64_t soFar = first ? 0 : number;
            if (soFar > (limit - digit) / 10)
                return false;
            number = soFar * 10 + digit;
        }
        return true;
    }

    std::u32string m_format;
    const TextRules &m_rules;
    std::size_t m_at = 0;
    std::vector<PercentPiece> m_pieces;
};

} // namespace

void PercentPiece::setStarredWidth(std::int64_t value)
{
    if (value < 0) {
        leftAdjust = true;
        value = value == std::numeric_limits<std::int64_t>::min() ? std::numeric_limits<std::int64_t>::max() : -value;
    }
    width = value;
}

void PercentPiece::setStarredPrecision(std::int64_t value) { precision = std::max<std::int64_t>(value, 0); }

std::vector<PercentPiece> parsePercentFormat(std::string_view format, const TextRules &rules)
{
    return PercentParser(format, rules).parse();
}

} // namespace pyrena::text
