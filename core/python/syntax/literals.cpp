#include "core/python/syntax/literals.h"

#include "core/python/syntax/utf8.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <gmp.h>
#include <limits>
#include <optional>

namespace pyrena::syntax {

namespace {

using ast::ConstantValue;

// sys.int_info.default_max_str_digits
constexpr std::size_t kMaxIntegerDigits = 4300;

int digitValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

Result<ConstantValue, LiteralError> integerValue(std::string digits, int base)
{
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error == std::errc() && end == digits.data() + digits.size())
        return ConstantValue(value);
    if (base == 10) {
        if (digits.size() > kMaxIntegerDigits)
            return LiteralError {"Exceeds the limit (4300 digits) for integer string conversion: value has "
                                     + std::to_string(digits.size())
                                     + " digits; use sys.set_int_max_str_digits() to increase the limit"
                                       " - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.",
                                 "Write the number in hexadecimal, or compute it."};
        return ConstantValue(ast::BigInteger {std::move(digits)});
    }
    mpz_t big;
    mpz_init_set_str(big, digits.c_str(), base);
    std::string decimal(mpz_sizeinbase(big, 10) + 2, '\0');
    mpz_get_str(decimal.data(), 10, big);
    mpz_clear(big);
    decimal.resize(decimal.find('\0'));
    return ConstantValue(ast::BigInteger {std::move(decimal)});
}

// Requires: the value is too large or too small for a double; tells which. The power of ten of the first digit decides.
bool isHuge(std::string_view text)
{
    const std::size_t e = text.find_first_of("eE");
    long exponent = 0;
    if (e != std::string_view::npos) {
        const std::string_view digits = text.substr(e + 1);
        const bool isNegative = digits.starts_with('-');
        const std::size_t first = std::min(digits.find_first_not_of("+-0"), digits.size());
        if (digits.size() - first > 12)
            return !isNegative;
        exponent = std::atol(std::string(digits).c_str());
    }
    const std::string_view mantissa = text.substr(0, e);
    const long point = static_cast<long>(std::min(mantissa.find('.'), mantissa.size()));
    const long firstDigit = static_cast<long>(std::min(mantissa.find_first_of("123456789"), mantissa.size()));
    return point - firstDigit + exponent > 0;
}

double floatValue(std::string_view text)
{
    double value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc::result_out_of_range)
        return isHuge(text) ? std::numeric_limits<double>::infinity() : 0.0;
    return value;
}

// Replaces escapes while it walks over a literal's content.
class Unescaper
{
public:
    Unescaper(std::string_view content, StringFlavour flavour, bool isRaw, bool unescapeBraces)
        : m_content(content), m_flavour(flavour), m_isRaw(isRaw), m_unescapeBraces(unescapeBraces)
    {
    }

    Result<std::string, LiteralError> run()
    {
        m_result.reserve(m_content.size());
        while (m_at < m_content.size() && !m_error) {
            const char c = m_content[m_at];
            const bool isByteInText = static_cast<unsigned char>(c) >= 0x80;
            if (isByteInText && m_flavour == StringFlavour::Bytes)
                return LiteralError {"bytes can only contain ASCII literal characters", "Write other bytes as \\x and two digits."};
            if (c == '\\' && !m_isRaw && m_at + 1 < m_content.size()) {
                escape();
                continue;
            }
            const bool isDoubled = m_unescapeBraces && (c == '{' || c == '}') && m_at + 1 < m_content.size() && m_content[m_at + 1] == c;
            m_result += c;
            m_at += isDoubled ? 2 : 1;
        }
        if (m_error)
            return *m_error;
        return std::move(m_result);
    }

private:
    void add(char32_t c)
    {
        if (m_flavour == StringFlavour::Bytes)
            m_result += static_cast<char>(static_cast<unsigned char>(c & 0xff));
        else
            appendUtf8(m_result, c);
    }

    void escape()
    {
        const bool isText = m_flavour == StringFlavour::Text;
        const char c = m_content[m_at + 1];
        const auto simple = [&](char32_t value) {
            add(value);
            m_at += 2;
        };
        switch (c) {
        case '\n': m_at += 2; return;
        case '\\': case '\'': case '"': simple(static_cast<unsigned char>(c)); return;
        case 'a': simple('\a'); return;
        case 'b': simple('\b'); return;
        case 'f': simple('\f'); return;
        case 'n': simple('\n'); return;
        case 'r': simple('\r'); return;
        case 't': simple('\t'); return;
        case 'v': simple('\v'); return;
        case 'x': hexadecimal(2, "truncated \\xXX escape"); return;
        case 'u':
            if (isText) {
                hexadecimal(4, "truncated \\uXXXX escape");
                return;
            }
            break;
        case 'U':
            if (isText) {
                hexadecimal(8, "truncated \\UXXXXXXXX escape");
                return;
            }
            break;
        case 'N':
            if (isText) {
                m_error = LiteralError {"this subset of Python has no '\\N{...}'", "Write the character itself, or \\u and its code."};
                return;
            }
            break;
        default:
            break;
        }
        if (c >= '0' && c <= '7') {
            octal();
            return;
        }
        m_result += '\\';   // CPython warns and keeps the backslash; what follows is read as if it stood alone
        ++m_at;
    }

    void octal()
    {
        char32_t value = 0;
        ++m_at;
        for (int i = 0; i < 3 && m_at < m_content.size() && m_content[m_at] >= '0' && m_content[m_at] <= '7'; ++i)
            value = value * 8 + static_cast<char32_t>(m_content[m_at++] - '0');
        add(value);
    }

    void hexadecimal(std::size_t digits, const char *truncated)
    {
        const std::size_t start = m_at;
        char32_t value = 0;
        m_at += 2;
        std::size_t count = 0;
        for (; count < digits && m_at < m_content.size() && digitValue(m_content[m_at]) < 16; ++count)
            value = value << 4 | static_cast<char32_t>(digitValue(m_content[m_at++]));
        if (count < digits)
            codecError(start, truncated);
        else if (value > 0x10ffff)
            codecError(start, "illegal Unicode character");
        else if (value >= 0xd800 && value <= 0xdfff)
            m_error = LiteralError {"this subset of Python has no surrogates in strings",
                                    "Write the character itself, or \\U and its eight digits."};
        else
            add(value);
    }

    // CPython reports positions in a copy in which each non-ASCII character is spelled \UXXXXXXXX.
    void codecError(std::size_t start, const char *reason)
    {
        const auto position = [&](std::size_t offset) {
            std::size_t result = 0;
            for (std::size_t i = 0; i < offset; ++i) {
                const auto byte = static_cast<unsigned char>(m_content[i]);
                result += byte < 0x80 ? 1 : byte >= 0xc0 ? 10 : 0;
            }
            return result;
        };
        const std::string hint = "Write \\x with two, \\u with four or \\U with eight hexadecimal digits; double a backslash that is meant as such.";
        if (m_flavour == StringFlavour::Bytes)
            m_error = LiteralError {"(value error) invalid \\x escape at position " + std::to_string(start), hint};
        else
            m_error = LiteralError {"(unicode error) 'unicodeescape' codec can't decode bytes in position "
                                        + std::to_string(position(start)) + "-" + std::to_string(position(m_at) - 1) + ": " + reason,
                                    hint};
    }

    std::string_view m_content;
    StringFlavour m_flavour;
    bool m_isRaw;
    bool m_unescapeBraces;
    std::size_t m_at = 0;
    std::string m_result;
    std::optional<LiteralError> m_error;
};

} // namespace

Result<ConstantValue, LiteralError> numberValue(std::string_view text)
{
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c != '_'; });
    if (digits.size() > 2 && digits[0] == '0') {
        const char prefix = static_cast<char>(digits[1] | 0x20);
        const int base = prefix == 'x' ? 16 : prefix == 'o' ? 8 : prefix == 'b' ? 2 : 10;
        if (base != 10)
            return integerValue(digits.substr(2), base);
    }
    if (digits.back() == 'j' || digits.back() == 'J') {
        digits.pop_back();
        return ConstantValue(ast::Imaginary {floatValue(digits)});
    }
    if (digits.find_first_of(".eE") != std::string::npos)
        return ConstantValue(floatValue(digits));
    return integerValue(std::move(digits), 10);
}

StringLiteral splitString(std::string_view token)
{
    StringLiteral literal;
    const std::size_t quoteAt = token.find_first_of("'\"");
    for (const char c : token.substr(0, quoteAt)) {
        if (c == 'b' || c == 'B')
            literal.flavour = StringFlavour::Bytes;
        if (c == 'r' || c == 'R')
            literal.isRaw = true;
    }
    literal.content = token.substr(quoteAt);
    const char quote = literal.content.front();
    const bool isTriple = literal.content.size() >= 6 && literal.content[1] == quote && literal.content[2] == quote;
    const std::size_t quotes = isTriple ? 3 : 1;
    literal.content = literal.content.substr(quotes, literal.content.size() - 2 * quotes);
    return literal;
}

Result<std::string, LiteralError> stringValue(const StringLiteral &literal)
{
    return Unescaper(literal.content, literal.flavour, literal.isRaw, false).run();
}

Result<std::string, LiteralError> fStringText(std::string_view content, bool isRaw, bool unescapeBraces)
{
    return Unescaper(content, StringFlavour::Text, isRaw, unescapeBraces).run();
}

} // namespace pyrena::syntax
