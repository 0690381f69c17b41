#include "core/python/text/floatrepr.h"
#include "core/python/text/strrepr.h"
#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace pyrena::text {

namespace {

// The order of magnitude of a decimal number that std::from_chars found out of range: above the largest or below the smallest.
bool isHuge(std::string_view number)
{
    const std::size_t e = number.find_first_of("eE");
    std::string_view exponentDigits = e == std::string_view::npos ? "0" : number.substr(e + 1);
    if (exponentDigits.starts_with('+'))
        exponentDigits.remove_prefix(1);
    std::int64_t exponent = 0;
    const auto parsed = std::from_chars(exponentDigits.data(), exponentDigits.data() + exponentDigits.size(), exponent);
    if (parsed.ec == std::errc::result_out_of_range)
        return !exponentDigits.starts_with('-');
    const std::string_view mantissa = number.substr(0, e);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    const std::size_t first = mantissa.find_first_of("123456789");
    const std::int64_t order = std::int64_t(point) - std::int64_t(first) + exponent;
    return order > 0;
}

bool equalsIgnoringCase(std::string_view text, std::string_view lower)
{
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

// Digits [ '.' digits ] [ e [sign] digits ], at least one digit in the mantissa.
bool isNumber(std::string_view text)
{
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t start = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9')
            ++i;
        return i - start;
    };
    std::size_t count = digits();
    if (i < text.size() && text[i] == '.') {
        ++i;
        count += digits();
    }
    if (count == 0)
        return false;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        if (digits() == 0)
            return false;
    }
    return i == text.size();
}

// Unicode digits become ASCII and spaces ' '; underscores between digits vanish. No value for a misplaced underscore.
std::optional<std::string> toPlainAscii(std::string_view text)
{
    std::string out;
    bool afterUnderscore = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, bytes] = decodeAt(text, i);
        i += bytes;
        const int digit = decimalValue(c);
        if (c == '_') {
            if (out.empty() || out.back() < '0' || out.back() > '9' || afterUnderscore)
                return std::nullopt;
            afterUnderscore = true;
            continue;
        }
        if (afterUnderscore && digit < 0)
            return std::nullopt;
        afterUnderscore = false;
        if (digit >= 0)
            out += char('0' + digit);
        else if (isSpace(c))
            out += ' ';
        else
            out += c < 0x80 ? char(c) : '?';
    }
    if (afterUnderscore)
        return std::nullopt;
    return out;
}

} // namespace

std::optional<double> parseDouble(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    if (equalsIgnoringCase(text, "inf") || equalsIgnoringCase(text, "infinity")) {
        value = std::numeric_limits<double>::infinity();
    } else if (equalsIgnoringCase(text, "nan")) {
        value = std::numeric_limits<double>::quiet_NaN();
    } else {
        if (!isNumber(text))
            return std::nullopt;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc::result_out_of_range)
            value = isHuge(text) ? std::numeric_limits<double>::infinity() : 0.0;
    }
    return negative ? -value : value;
}

TextResult<double> parseFloat(std::string_view text)
{
    if (const auto plain = toPlainAscii(text)) {
        std::string_view trimmed = *plain;
        while (trimmed.starts_with(' '))
            trimmed.remove_prefix(1);
        while (trimmed.ends_with(' '))
            trimmed.remove_suffix(1);
        if (const auto value = parseDouble(trimmed))
            return *value;
    }
    return TextError{ErrorKind::ValueError, "could not convert string to float: " + reprString(text)};
}

} // namespace pyrena::text
