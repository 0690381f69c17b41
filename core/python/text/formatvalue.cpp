// format() of str, int, float and complex values, once the spec is parsed.
#include "core/python/text/floatrepr.h"
#include "core/python/text/formatspec.h"
#include "core/python/text/inttext.h"
#include "core/python/text/utf8.h"

#include <cmath>
#include <limits>

namespace pyrena::text {

namespace {

TextError valueError(std::string message) { return {ErrorKind::ValueError, std::move(message)}; }

TextError unknownCode(char32_t type, std::string_view typeName)
{
    const std::string code = type > 32 && type < 128 ? std::string(1, char(type))
                                                     : "\\x" + BigInt(std::int64_t(type)).toString(16);
    return valueError("Unknown format code '" + code + "' for object of type '" + std::string(typeName) + "'");
}

bool isOneOf(char32_t c, std::string_view letters)
{
    return c < 0x80 && letters.find(char(c)) != std::string_view::npos;
}

bool fits(const FormatSpec &spec, const TextRules &rules)
{
    const auto limit = std::int64_t(rules.maxResultBytes / 4);
    return spec.width <= limit && spec.precision <= limit;
}

std::string repeat(char32_t c, std::int64_t count)
{
    std::string out;
    if (count > 0 && c < 0x80)
        return std::string(std::size_t(count), char(c));
    for (; count > 0; --count)
        appendCodePoint(out, c);
    return out;
}

std::string pad(std::string_view text, const FormatSpec &spec)
{
    const std::int64_t padding = std::max<std::int64_t>(spec.width - std::int64_t(length(text)), 0);
    const std::int64_t left = spec.align == '<' ? 0 : spec.align == '^' ? padding / 2 : padding;
    return repeat(spec.fill, left) + std::string(text) + repeat(spec.fill, padding - left);
}

// A number cut into what is laid out apart.
struct NumberParts
{
    bool negative = false;
    std::string prefix;   // "0x"
    std::string digits;   // the ones that are grouped; empty for inf, nan and 'c'
    std::string rest;     // point, fraction, exponent, '%'
};

// Groups from the right; zeros in front until at least minimumWidth characters, never starting with a separator.
std::string groupDigits(std::string_view digits, char separator, std::size_t groupSize, std::int64_t minimumWidth)
{
    if (separator == 0) {
        const std::int64_t zeros = minimumWidth - std::int64_t(digits.size());
        return repeat('0', zeros) + std::string(digits);
    }
    std::string reversedText;
    std::size_t left = digits.size();
    std::size_t inGroup = 0;
    while (left > 0 || std::int64_t(reversedText.size()) < minimumWidth) {
        if (inGroup == groupSize) {
            reversedText += separator;
            inGroup = 0;
        }
        reversedText += left > 0 ? digits[--left] : '0';
        ++inGroup;
    }
    return {reversedText.rbegin(), reversedText.rend()};
}

std::string layOut(const NumberParts &parts, const FormatSpec &spec)
{
    std::string sign = parts.negative ? "-" : spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
    std::string body = parts.digits;
    if (!body.empty()) {
        const std::int64_t others = std::int64_t(sign.size() + parts.prefix.size() + length(parts.rest));
        const bool zeroPadded = spec.fill == '0' && spec.align == '=';
        const bool byFour = isOneOf(spec.type, "boxX");
        body = groupDigits(body, spec.grouping, byFour ? 4 : 3, zeroPadded ? spec.width - others : 0);
    }
    body += parts.rest;
    sign += parts.prefix;
    if (spec.align != '=')
        return pad(sign + body, spec);
    const std::int64_t padding = spec.width - std::int64_t(length(sign) + length(body));
    return sign + repeat(spec.fill, padding) + body;
}

TextResult<std::string> formatIntAs(const BigInt &value, const FormatSpec &spec, const TextRules &rules)
{
    if (spec.precision >= 0)
        return valueError("Precision not allowed in integer format specifier");
    if (spec.noNegativeZero)
        return valueError("Negative zero coercion (z) not allowed in integer format specifier");
    NumberParts parts;
    if (spec.type == 'c') {
        if (spec.sign != 0)
            return valueError("Sign not allowed with integer format specifier 'c'");
        if (spec.alternate)
            return valueError("Alternate form (#) not allowed with integer format specifier 'c'");
        const auto codePoint = value.toInt64();
        if (!codePoint)
            return TextError{ErrorKind::OverflowError, "Python int too large to convert to C long"};
        if (*codePoint < 0 || *codePoint > 0x10ffff)
            return TextError{ErrorKind::OverflowError, "%c arg not in range(0x110000)"};
        parts.rest = encodeUtf8(char32_t(*codePoint));
        return layOut(parts, spec);
    }
    const int base = spec.type == 'b' ? 2 : spec.type == 'o' ? 8 : isOneOf(spec.type, "xX") ? 16 : 10;
    parts.negative = value.isNegative();
    if (base == 10) {
        TextResult<std::string> digits = formatDecimal(value.abs(), rules);
        if (!digits)
            return digits.error();
        parts.digits = std::move(*digits);
    } else {
        if (value.bitLength() / std::size_t(base == 2 ? 1 : base == 8 ? 3 : 4) > rules.maxResultBytes)
            return tooLarge(rules.maxResultBytes);
        parts.digits = value.abs().toString(base);
        if (spec.alternate)
            parts.prefix = std::string("0") + char(spec.type);
        if (spec.type == 'X') {
            for (char &c : parts.digits)
                c = c >= 'a' ? char(c - 'a' + 'A') : c;
        }
    }
    return layOut(parts, spec);
}

// Digits as the spec's type and precision want them. Without a type they are repr()'s; a float then shows '.0', a complex not.
std::string digitsFor(double value, const FormatSpec &spec, bool addDotZero)
{
    FloatDigitsOptions options;
    options.alternate = spec.alternate;
    options.upper = isOneOf(spec.type, "EFG");
    options.precision = spec.precision < 0 ? 6 : int(spec.precision);
    if (spec.type == 0) {
        options.layout = spec.precision < 0 ? FloatLayout::Repr : FloatLayout::General;
        options.addDotZero = addDotZero;
    } else {
        options.layout = isOneOf(spec.type, "eE") ? FloatLayout::Exponent
                       : isOneOf(spec.type, "fF%") ? FloatLayout::Fixed : FloatLayout::General;
    }
    return floatDigits(value, options);
}

NumberParts floatParts(double value, const FormatSpec &spec, bool addDotZero)
{
    std::string text = digitsFor(spec.type == '%' ? value * 100 : value, spec, addDotZero);
    NumberParts parts;
    parts.negative = text.starts_with('-');
    if (parts.negative)
        text.erase(0, 1);
    // 'z': what rounded to zero has no sign.
    const std::string_view mantissa = std::string_view(text).substr(0, text.find_first_of("eE"));
    if (spec.noNegativeZero && mantissa.find_first_of("123456789ifnIFN") == std::string_view::npos)
        parts.negative = false;
    const std::size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
    parts.digits = text.substr(0, whole);
    parts.rest = text.substr(whole);
    if (spec.type == '%')
        parts.rest += '%';
    return parts;
}

TextResult<std::string> formatFloatAs(double value, const FormatSpec &spec, const TextRules &rules)
{
    if (spec.precision > std::numeric_limits<int>::max())
        return valueError("precision too big");
    if (!fits(spec, rules))
        return tooLarge(rules.maxResultBytes);
    return layOut(floatParts(value, spec, true), spec);
}

} // namespace

TextResult<std::string> formatString(std::string_view value, std::string_view text, const TextRules &rules,
                                     std::string_view typeName)
{
    if (text.empty())
        return std::string(value);
    const auto parsed = parseFormatSpec(text, typeName, 's', '<', rules);
    if (!parsed)
        return parsed.error();
    const FormatSpec &spec = *parsed;
    if (spec.type != 's')
        return unknownCode(spec.type, typeName);
    if (spec.sign == ' ' && rules.spaceSignHasOwnMessage)
        return valueError("Space not allowed in string format specifier");
    if (spec.sign != 0)
        return valueError("Sign not allowed in string format specifier");
    if (spec.noNegativeZero)
        return valueError("Negative zero coercion (z) not allowed in string format specifier");
    if (spec.alternate)
        return valueError("Alternate form (#) not allowed in string format specifier");
    if (spec.align == '=')
        return valueError("'=' alignment not allowed in string format specifier");
    if (spec.width > std::int64_t(rules.maxResultBytes / 4))
        return tooLarge(rules.maxResultBytes);
    if (spec.precision >= 0)
        value = substring(value, 0, std::size_t(spec.precision));
    return pad(value, spec);
}

TextResult<std::string> formatInt(const BigInt &value, std::string_view text, const TextRules &rules,
                                  std::string_view typeName)
{
    if (text.empty())
        return formatDecimal(value, rules);
    const auto parsed = parseFormatSpec(text, typeName, 'd', '>', rules);
    if (!parsed)
        return parsed.error();
    if (isOneOf(parsed->type, "bcdoxXn")) {
        if (parsed->width > std::int64_t(rules.maxResultBytes / 4))
            return tooLarge(rules.maxResultBytes);
        return formatIntAs(value, *parsed, rules);
    }
    if (!isOneOf(parsed->type, "eEfFgG%"))
        return unknownCode(parsed->type, typeName);
    const auto number = value.toDouble();
    if (!number)
        return TextError{ErrorKind::OverflowError, "int too large to convert to float"};
    return formatFloatAs(*number, *parsed, rules);
}

TextResult<std::string> formatFloat(double value, std::string_view text, const TextRules &rules,
                                    std::string_view typeName)
{
    if (text.empty())
        return reprFloat(value);
    const auto parsed = parseFormatSpec(text, typeName, 0, '>', rules);
    if (!parsed)
        return parsed.error();
    if (parsed->type != 0 && !isOneOf(parsed->type, "eEfFgGn%"))
        return unknownCode(parsed->type, typeName);
    return formatFloatAs(value, *parsed, rules);
}

TextResult<std::string> formatComplex(std::complex<double> value, std::string_view text, const TextRules &rules,
                                      std::string_view typeName)
{
    const auto parsed = parseFormatSpec(text, typeName, 0, '>', rules);
    if (!parsed)
        return parsed.error();
    const FormatSpec &spec = *parsed;
    if (spec.type != 0 && !isOneOf(spec.type, "eEfFgGn"))
        return unknownCode(spec.type, typeName);
    if (spec.precision > std::numeric_limits<int>::max())
        return valueError("precision too big");
    if (spec.fill == '0')
        return valueError("Zero padding is not allowed in complex format specifier");
    if (spec.align == '=')
        return valueError("'=' alignment flag is not allowed in complex format specifier");
    if (!fits(spec, rules))
        return tooLarge(rules.maxResultBytes);

    FormatSpec partSpec = spec;
    partSpec.width = -1;
    partSpec.align = '<';
    const bool onlyImaginary = spec.type == 0 && value.real() == 0 && !std::signbit(value.real());
    std::string out;
    if (!onlyImaginary) {
        out = layOut(floatParts(value.real(), partSpec, false), partSpec);
        partSpec.sign = '+';
    }
    out += layOut(floatParts(value.imag(), partSpec, false), partSpec) + "j";
    if (spec.type == 0 && !onlyImaginary)
        out = "(" + out + ")";
    return pad(out, spec);
}

} // namespace pyrena::text
