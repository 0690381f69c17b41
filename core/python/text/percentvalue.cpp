// One value of a % format, laid out.
#include "core/python/text/floatrepr.h"
#include "core/python/text/inttext.h"
#include "core/python/text/percentformat.h"
#include "core/python/text/utf8.h"

namespace pyrena::text {

namespace {

bool fits(const PercentPiece &piece, const TextRules &rules)
{
    const auto limit = std::int64_t(rules.maxResultBytes / 4);
    return piece.width <= limit && piece.precision <= limit;
}

std::string padText(const PercentPiece &piece, std::string_view text)
{
    const std::int64_t padding = piece.width - std::int64_t(length(text));
    const std::string blanks(std::size_t(std::max<std::int64_t>(padding, 0)), ' ');
    return piece.leftAdjust ? std::string(text) + blanks : blanks + std::string(text);
}

// Zeros go between sign and prefix and the digits; with '-' there are none.
std::string padNumber(const PercentPiece &piece, bool negative, const std::string &prefix, const std::string &digits)
{
    const std::string sign = negative ? "-" : piece.plusSign ? "+" : piece.blankSign ? " " : "";
    const std::int64_t padding = piece.width - std::int64_t(sign.size() + prefix.size() + digits.size());
    if (padding <= 0 || !piece.zeroPad || piece.leftAdjust)
        return padText(piece, sign + prefix + digits);
    return sign + prefix + std::string(std::size_t(padding), '0') + digits;
}

// '%.0c' still shows the character.
PercentPiece withoutPrecision(PercentPiece piece)
{
    piece.precision = -1;
    return piece;
}

} // namespace

PercentOperand percentOperand(char32_t conversion)
{
    switch (conversion) {
    case 's': case 'r': case 'a': return PercentOperand::Text;
    case 'd': case 'i': case 'u': return PercentOperand::Number;
    case 'o': case 'x': case 'X': return PercentOperand::Integer;
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return PercentOperand::Float;
    case 'c': return PercentOperand::Character;
    default: return PercentOperand::Unknown;
    }
}

TextResult<std::string> percentText(const PercentPiece &piece, std::string_view text, const TextRules &rules)
{
    if (piece.width > std::int64_t(rules.maxResultBytes / 4))
        return tooLarge(rules.maxResultBytes);
    if (piece.precision >= 0)
        text = substring(text, 0, std::size_t(piece.precision));
    return padText(piece, text);
}

TextResult<std::string> percentInt(const PercentPiece &piece, const BigInt &value, const TextRules &rules)
{
    if (!fits(piece, rules) || value.bitLength() > rules.maxResultBytes)
        return tooLarge(rules.maxResultBytes);
    std::string digits;
    std::string prefix;
    if (piece.conversion == 'o' || piece.conversion == 'x' || piece.conversion == 'X') {
        digits = value.abs().toString(piece.conversion == 'o' ? 8 : 16);
        if (piece.alternate)
            prefix = std::string("0") + char(piece.conversion);
        if (piece.conversion == 'X') {
            for (char &c : digits)
                c = c >= 'a' ? char(c - 'a' + 'A') : c;
        }
    } else {
        TextResult<std::string> decimal = formatDecimal(value.abs(), rules);
        if (!decimal)
            return decimal.error();
        digits = std::move(*decimal);
    }
    if (piece.precision > std::int64_t(digits.size()))
        digits.insert(0, std::size_t(piece.precision) - digits.size(), '0');
    return padNumber(piece, value.isNegative(), prefix, digits);
}

TextResult<std::string> percentFloat(const PercentPiece &piece, double value, const TextRules &rules)
{
    if (!fits(piece, rules))
        return tooLarge(rules.maxResultBytes);
    const char32_t c = piece.conversion;
    FloatDigitsOptions options;
    options.layout = c == 'e' || c == 'E' ? FloatLayout::Exponent
                   : c == 'f' || c == 'F' ? FloatLayout::Fixed : FloatLayout::General;
    options.precision = piece.precision < 0 ? 6 : int(piece.precision);
    options.alternate = piece.alternate;
    options.upper = c == 'E' || c == 'F' || c == 'G';
    std::string digits = floatDigits(value, options);
    const bool negative = digits.starts_with('-');
    return padNumber(piece, negative, "", digits.substr(negative ? 1 : 0));
}

TextResult<std::string> percentCharacter(const PercentPiece &piece, const BigInt &codePoint, const TextRules &rules, PercentPlace place)
{
    const auto c = codePoint.toInt64();
    if (!c || *c < 0 || *c > 0x10ffff)
        return percentCharacterRange(rules, place);
    return percentText(withoutPrecision(piece), encodeUtf8(char32_t(*c)), rules);
}

TextResult<std::string> percentCharacter(const PercentPiece &piece, std::string_view text, const TextRules &rules, PercentPlace place)
{
    if (const std::size_t characters = length(text); characters != 1)
        return percentCharacterLength(characters, rules, place);
    return percentText(withoutPrecision(piece), text, rules);
}

} // namespace pyrena::text
