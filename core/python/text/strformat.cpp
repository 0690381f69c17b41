#include "core/python/text/strformat.h"

#include "core/python/text/bigint.h"
#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

#include <limits>

namespace pyrena::text {

namespace {

TextError valueError(const char *message) { return {ErrorKind::ValueError, message}; }

class TemplateParser
{
public:
    explicit TemplateParser(std::string_view format) : m_format(decodeUtf8(format)) {}

    std::vector<FormatPiece> parse()
    {
        while (!atEnd()) {
            FormatPiece &piece = m_pieces.emplace_back();
            bool field = false;
            piece.error = parseLiteral(piece, field);
            if (!piece.error && field)
                piece.error = parseField(piece);
            if (piece.error)
                break;
        }
        return std::move(m_pieces);
    }

private:
    using MaybeError = std::optional<TextError>;

    bool atEnd() const { return m_at >= m_format.size(); }
    char32_t take() { return m_format[m_at++]; }

    // Up to a field, or past an escaped brace, or to the end.
    MaybeError parseLiteral(FormatPiece &piece, bool &field)
    {
        while (!atEnd()) {
            const char32_t c = take();
            if (c != '{' && c != '}') {
                appendCodePoint(piece.literal, c);
                continue;
            }
            if (!atEnd() && m_format[m_at] == c) {
                appendCodePoint(piece.literal, take());
                return std::nullopt;
            }
            if (c == '}')
                return valueError("Single '}' encountered in format string");
            if (atEnd())
                return valueError("Single '{' encountered in format string");
            field = true;
            return std::nullopt;
        }
        return std::nullopt;
    }

    MaybeError parseField(FormatPiece &piece)
    {
        piece.hasField = true;
        char32_t c = 0;
        bool inBrackets = false;
        for (;;) {
            if (atEnd())
                return valueError("expected '}' before end of string");
            c = take();
            if (inBrackets)
                inBrackets = c != ']';
            else if (c == '[')
                inBrackets = true;
            else if (c == '{')
                return valueError("unexpected '{' in field name");
            else if (c == '}' || c == ':' || c == '!')
                break;
            appendCodePoint(piece.fieldName, c);
        }
        if (c == '}')
            return std::nullopt;
        if (c == '!') {
            if (atEnd())
                return valueError("end of string while looking for conversion specifier");
            piece.conversion = take();
            if (!atEnd()) {
                c = take();
                if (c == '}')
                    return std::nullopt;
                if (c != ':')
                    return valueError("expected ':' after conversion specifier");
            }
        }
        return parseSpec(piece);
    }

    MaybeError parseSpec(FormatPiece &piece)
    {
        for (int depth = 1; !atEnd();) {
            const char32_t c = take();
            if (c == '{') {
                piece.specHasFields = true;
                ++depth;
            } else if (c == '}' && --depth == 0) {
                return std::nullopt;
            }
            appendCodePoint(piece.spec, c);
        }
        return valueError("unmatched '{' in format spec");
    }

    std::u32string m_format;
    std::size_t m_at = 0;
    std::vector<FormatPiece> m_pieces;
};

enum class NumberKind { None, Number, TooBig };

NumberKind readIndex(std::u32string_view text, std::int64_t &index)
{
    if (text.empty())
        return NumberKind::None;
    index = 0;
    for (const char32_t c : text) {
        const int digit = decimalValue(c);
        if (digit < 0)
            return NumberKind::None;
        if (index > (std::numeric_limits<std::int64_t>::max() - digit) / 10)
            return NumberKind::TooBig;
        index = index * 10 + digit;
    }
    return NumberKind::Number;
}

} // namespace

std::vector<FormatPiece> parseFormatString(std::string_view format) { return TemplateParser(format).parse(); }

TextResult<FieldPath> parseFieldName(std::string_view fieldName)
{
    const TextError tooManyDigits = valueError("Too many decimal digits in format string");
    const std::u32string name = decodeUtf8(fieldName);
    const std::u32string_view view = name;
    FieldPath path;

    std::size_t at = std::min(view.find_first_of(U".["), view.size());
    std::int64_t index = 0;
    const NumberKind kind = readIndex(view.substr(0, at), index);
    if (kind == NumberKind::TooBig)
        return tooManyDigits;
    if (kind == NumberKind::Number)
        path.first = index;
    else
        path.first = encodeUtf8(view.substr(0, at));

    while (at < view.size() && !path.error) {
        const char32_t opening = view[at++];
        if (opening == '.') {
            const std::size_t end = std::min(view.find_first_of(U".[", at), view.size());
            if (end == at)
                path.error = valueError("Empty attribute in format string");
            else
                path.steps.push_back({FieldStep::Kind::Attribute, encodeUtf8(view.substr(at, end - at))});
            at = end;
        } else if (opening == '[') {
            const std::size_t end = view.find(U']', at);
            if (end == view.npos) {
                path.error = valueError("Missing ']' in format string");
                break;
            }
            const std::u32string_view key = view.substr(at, end - at);
            const NumberKind keyKind = readIndex(key, index);
            if (keyKind == NumberKind::TooBig)
                path.error = tooManyDigits;
            else if (key.empty())
                path.error = valueError("Empty attribute in format string");
            else if (keyKind == NumberKind::Number)
                path.steps.push_back({FieldStep::Kind::Item, index});
            else
                path.steps.push_back({FieldStep::Kind::Item, encodeUtf8(key)});
            at = end + 1;
        } else {
            path.error = valueError("Only '.' or '[' may follow ']' in format field specifier");
        }
    }
    return path;
}

TextResult<std::variant<std::string, std::int64_t>>
AutoNumbering::resolve(const std::variant<std::string, std::int64_t> &first)
{
    const auto *name = std::get_if<std::string>(&first);
    if (name && !name->empty())
        return first;
    const Mode wanted = name ? Mode::Automatic : Mode::Manual;
    if (m_mode != Mode::Unknown && m_mode != wanted) {
        return valueError(wanted == Mode::Automatic
                              ? "cannot switch from manual field specification to automatic field numbering"
                              : "cannot switch from automatic field numbering to manual field specification");
    }
    m_mode = wanted;
    if (wanted == Mode::Manual)
        return first;
    return std::variant<std::string, std::int64_t>(m_next++);
}

TextError replacementIndexError(std::int64_t index, const TextRules &rules)
{
    if (!rules.replacementIndexMessage)
        return {ErrorKind::IndexError, "tuple index out of range"};
    return {ErrorKind::IndexError, "Replacement index " + std::to_string(index) + " out of range for positional args tuple"};
}

TextError unknownConversion(char32_t conversion)
{
    const bool plain = conversion > 32 && conversion < 127;
    const std::string shown = plain ? std::string(1, char(conversion)) : "\\x" + BigInt(std::int64_t(conversion)).toString(16);
    return {ErrorKind::ValueError, "Unknown conversion specifier " + shown};
}

TextError maxRecursionExceeded() { return valueError("Max string recursion exceeded"); }

} // namespace pyrena::text
