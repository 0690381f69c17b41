#include "core/python/text/inttext.h"

#include "core/python/text/strrepr.h"
#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

#include <bit>
#include <optional>

namespace pyrena::text {

namespace {

std::string digitLimitText(std::size_t limit)
{
    return "Exceeds the limit (" + std::to_string(limit) + " digits) for integer string conversion";
}

constexpr const char *kRaiseTheLimit = "; use sys.set_int_max_str_digits() to increase the limit";

// Unicode digits as ASCII, spaces as ' ', anything else that is not ASCII as a character no number has.
std::string toPlainAscii(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, bytes] = decodeAt(text, i);
        i += bytes;
        const int digit = decimalValue(c);
        if (digit >= 0)
            out += char('0' + digit);
        else if (isSpace(c))
            out += ' ';
        else
            out += c < 0x80 ? char(c) : '?';
    }
    return out;
}

int baseOfPrefix(std::string_view text)
{
    if (text.size() < 2 || text[0] != '0')
        return 0;
    switch (text[1]) {
    case 'x': case 'X': return 16;
    case 'o': case 'O': return 8;
    case 'b': case 'B': return 2;
    default: return 0;
    }
}

// The digits without underscores, or no value when one is misplaced.
std::optional<std::string> withoutUnderscores(std::string_view text)
{
    std::string out;
    char before = '_';
    for (const char c : text) {
        if (c == '_' && before == '_')
            return std::nullopt;
        if (c != '_')
            out += c;
        before = c;
    }
    if (before == '_')
        return std::nullopt;
    return out;
}

// The digits at the front: CPython checks its limit before it looks at what follows them.
std::size_t countDigits(std::string_view text, int base)
{
    constexpr std::string_view kLower = "0123456789abcdefghijklmnopqrstuvwxyz";
    constexpr std::string_view kUpper = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::size_t count = 0;
    while (count < text.size() && (kLower.substr(0, std::size_t(base)).find(text[count]) != kLower.npos
                                   || kUpper.substr(0, std::size_t(base)).find(text[count]) != kUpper.npos))
        ++count;
    return count;
}

} // namespace

TextResult<BigInt> parseInt(std::string_view text, std::int64_t base, const TextRules &rules)
{
    if (base != 0 && (base < 2 || base > 36))
        return TextError{ErrorKind::ValueError, "int() base must be >= 2 and <= 36, or 0"};
    const auto invalid = [&] {
        constexpr std::size_t kShownCharacters = 200;
        return TextError{ErrorKind::ValueError,
                         "invalid literal for int() with base " + std::to_string(base) + ": "
                             + std::string(substring(reprString(text), 0, kShownCharacters))};
    };

    const std::string plain = toPlainAscii(text);
    std::string_view rest = plain;
    while (rest.starts_with(' '))
        rest.remove_prefix(1);
    while (rest.ends_with(' '))
        rest.remove_suffix(1);
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+'))
        rest.remove_prefix(1);

    int actualBase = int(base);
    const int prefixBase = baseOfPrefix(rest);
    bool onlyZeros = false;
    if (base == 0) {
        actualBase = prefixBase != 0 ? prefixBase : 10;
        onlyZeros = prefixBase == 0 && rest.starts_with('0');   // base 0 reads as source code does: no '010'
    }
    if (prefixBase != 0 && prefixBase == actualBase) {
        rest.remove_prefix(2);
        if (rest.starts_with('_'))
            rest.remove_prefix(1);
    }
    const auto digits = withoutUnderscores(rest);
    // A second sign is no digit.
    if (!digits || digits->starts_with('-') || digits->starts_with('+'))
        return invalid();
    const bool binary = std::has_single_bit(unsigned(actualBase));
    const std::size_t digitCount = countDigits(*digits, actualBase);
    if (!binary && rules.maxStrDigits != 0 && digitCount > rules.maxStrDigits)
        return TextError{ErrorKind::ValueError, digitLimitText(rules.maxStrDigits) + ": value has "
                                                    + std::to_string(digitCount) + " digits" + kRaiseTheLimit};
    auto value = BigInt::fromDigits(*digits, actualBase);
    if (!value || (onlyZeros && !value->isZero()))
        return invalid();
    return negative ? -*value : std::move(*value);
}

TextResult<std::string> formatDecimal(const BigInt &value, const TextRules &rules)
{
    const TextError tooLong{ErrorKind::ValueError, digitLimitText(rules.maxStrDigits) + kRaiseTheLimit};
    // A number of n bits has more than 3 * n / 10 digits: refuse without converting.
    const std::size_t fewestDigits = value.bitLength() / 10 * 3;
    if (rules.maxStrDigits != 0 && fewestDigits > rules.maxStrDigits)
        return tooLong;
    if (fewestDigits > rules.maxResultBytes)
        return tooLarge(rules.maxResultBytes);
    std::string text = value.toString();
    if (rules.maxStrDigits != 0 && text.size() - (value.isNegative() ? 1 : 0) > rules.maxStrDigits)
        return tooLong;
    return text;
}

std::string formatWithPrefix(const BigInt &value, int base)
{
    const char letter = base == 2 ? 'b' : base == 8 ? 'o' : 'x';
    return std::string(value.isNegative() ? "-" : "") + '0' + letter + value.abs().toString(base);
}

} // namespace pyrena::text
