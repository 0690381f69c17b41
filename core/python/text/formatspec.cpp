#include "core/python/text/formatspec.h"

#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

#include <limits>

namespace pyrena::text {

namespace {

TextError valueError(std::string message) { return {ErrorKind::ValueError, std::move(message)}; }

bool isAlign(char32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

std::string hexEscape(char32_t c)
{
    return "\\x" + BigInt(std::int64_t(c)).toString(16);
}

// Reads a spec from left to right.
class SpecReader
{
public:
    explicit SpecReader(std::u32string_view spec) : m_spec(spec) {}

    std::size_t left() const { return m_spec.size() - m_at; }
    char32_t peek(std::size_t ahead = 0) const { return left() > ahead ? m_spec[m_at + ahead] : 0; }
    char32_t take() { return m_spec[m_at++]; }
    bool takeIf(char32_t c)
    {
        if (left() == 0 || peek() != c)
            return false;
        ++m_at;
        return true;
    }

    // -1 when there is no digit; false when the number does not fit.
    bool takeNumber(std::int64_t &number)
    {
        number = -1;
        for (; left() > 0 && decimalValue(peek()) >= 0; ++m_at) {
            const std::int64_t soFar = number < 0 ? 0 : number;
            const int digit = decimalValue(peek());
            if (soFar > (std::numeric_limits<std::int64_t>::max() - digit) / 10)
                return false;
            number = soFar * 10 + digit;
        }
        return true;
    }

private:
    std::u32string_view m_spec;
    std::size_t m_at = 0;
};

// Which types may be grouped: decimal digits by ',' or '_', the others by '_' only.
bool groupingAllowed(char grouping, char32_t type)
{
    if (type == 0)
        return true;
    if (type > 0x7f)
        return false;
    if (std::string_view("defgEG%F").find(char(type)) != std::string_view::npos)
        return true;
    return grouping == '_' && std::string_view("boxX").find(char(type)) != std::string_view::npos;
}

} // namespace

TextResult<FormatSpec> parseFormatSpec(std::string_view text, std::string_view typeName, char defaultType,
                                       char defaultAlign, const TextRules &rules)
{
    const std::u32string codePoints = decodeUtf8(text);
    SpecReader reader(codePoints);
    FormatSpec spec;
    spec.align = defaultAlign;
    spec.type = char32_t(defaultType);

    bool fillGiven = false;
    bool alignGiven = false;
    if (reader.left() >= 2 && isAlign(reader.peek(1))) {
        spec.fill = reader.take();
        fillGiven = true;
    }
    if (fillGiven || (reader.left() >= 1 && isAlign(reader.peek()))) {
        spec.align = char(reader.take());
        alignGiven = true;
    }
    if (reader.left() > 0 && (reader.peek() == '+' || reader.peek() == '-' || reader.peek() == ' '))
        spec.sign = char(reader.take());
    if (rules.negativeZeroOption)
        spec.noNegativeZero = reader.takeIf('z');
    spec.alternate = reader.takeIf('#');
    if (!fillGiven && reader.takeIf('0')) {
        spec.fill = '0';
        if (!alignGiven && (defaultAlign == '>' || !rules.zeroPadsStrings))
            spec.align = '=';
    }
    const TextError tooManyDigits = valueError("Too many decimal digits in format string");
    if (!reader.takeNumber(spec.width))
        return tooManyDigits;
    if (reader.takeIf(','))
        spec.grouping = ',';
    const TextError bothGroupings = valueError("Cannot specify both ',' and '_'.");
    if (reader.takeIf('_')) {
        if (spec.grouping != 0)
            return bothGroupings;
        spec.grouping = '_';
    }
    if (spec.grouping == '_' && reader.peek() == ',')
        return bothGroupings;
    if (reader.takeIf('.')) {
        if (!reader.takeNumber(spec.precision))
            return tooManyDigits;
        if (spec.precision < 0)
            return valueError("Format specifier missing precision");
    }
    if (reader.left() > 1) {
        if (!rules.invalidSpecNamesSpec)
            return valueError("Invalid format specifier");
        return valueError("Invalid format specifier '" + std::string(text) + "' for object of type '"
                          + std::string(typeName) + "'");
    }
    if (reader.left() == 1)
        spec.type = reader.take();
    if (spec.grouping != 0 && !groupingAllowed(spec.grouping, spec.type)) {
        const std::string type = spec.type > 32 && spec.type < 128 ? std::string(1, char(spec.type)) : hexEscape(spec.type);
        return valueError(std::string("Cannot specify '") + spec.grouping + "' with '" + type + "'.");
    }
    return spec;
}

} // namespace pyrena::text
