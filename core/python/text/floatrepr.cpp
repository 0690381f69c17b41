#include "core/python/text/floatrepr.h"

#include <array>
#include <charconv>
#include <cmath>

namespace pyrena::text {

namespace {

// |value| = 0.d1d2d3... * 10^point.
struct Digits
{
    std::string digits;
    int point = 0;
};

// From "d.ddde+xx", which std::to_chars writes exactly and without regard to the locale.
Digits digitsOf(std::string_view scientific)
{
    Digits result;
    const std::size_t e = scientific.find('e');
    for (const char c : scientific.substr(0, e)) {
        if (c != '.')
            result.digits += c;
    }
    std::string_view exponent = scientific.substr(e + 1);
    if (exponent.starts_with('+'))
        exponent.remove_prefix(1);
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), result.point);
    ++result.point;
    return result;
}

Digits shortestDigits(double magnitude)
{
    std::array<char, 64> buffer;
    const auto end = std::to_chars(buffer.begin(), buffer.end(), magnitude, std::chars_format::scientific).ptr;
    return digitsOf({buffer.data(), std::size_t(end - buffer.data())});
}

std::string toChars(double magnitude, std::chars_format format, int precision)
{
    std::string buffer(std::size_t(precision) + 400, '\0');   // 309 digits before the point, and an exponent
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, format, precision).ptr;
    buffer.resize(std::size_t(end - buffer.data()));
    return buffer;
}

std::string exponentText(int exponent, bool upper)
{
    const std::string digits = std::to_string(std::abs(exponent));
    return std::string(upper ? "E" : "e") + (exponent < 0 ? '-' : '+') + (digits.size() < 2 ? "0" : "") + digits;
}

void removeTrailingZeros(std::string &digits)
{
    while (digits.size() > 1 && digits.back() == '0')
        digits.pop_back();
}

std::string withExponent(const Digits &d, bool keepPoint, bool upper)
{
    std::string out(1, d.digits[0]);
    if (d.digits.size() > 1 || keepPoint)
        out += '.';
    out.append(d.digits, 1);
    return out + exponentText(d.point - 1, upper);
}

std::string withoutExponent(const Digits &d, bool keepPoint, bool addDotZero)
{
    std::string out;
    const std::size_t size = d.digits.size();
    if (d.point <= 0) {
        out = "0." + std::string(std::size_t(-d.point), '0') + d.digits;
    } else if (std::size_t(d.point) >= size) {
        out = d.digits + std::string(std::size_t(d.point) - size, '0');
        if (keepPoint || addDotZero)
            out += addDotZero ? ".0" : ".";
    } else {
        out = d.digits.substr(0, std::size_t(d.point)) + "." + d.digits.substr(std::size_t(d.point));
    }
    return out;
}

std::string general(double magnitude, const FloatDigitsOptions &options)
{
    const int precision = std::max(options.precision, 1);
    Digits d = digitsOf(toChars(magnitude, std::chars_format::scientific, precision - 1));
    if (!options.alternate)
        removeTrailingZeros(d.digits);
    // With ".0" to be added, a number that fills the precision would show one digit too many: '1e+01' for 10.0 at 2 digits.
    const bool exponent = d.point <= -4 || d.point > precision || (options.addDotZero && d.point == precision);
    if (exponent)
        return withExponent(d, options.alternate, options.upper);
    return withoutExponent(d, options.alternate, options.addDotZero);
}

std::string magnitudeText(double magnitude, const FloatDigitsOptions &options)
{
    switch (options.layout) {
    case FloatLayout::Fixed: {
        std::string out = toChars(magnitude, std::chars_format::fixed, options.precision);
        if (options.alternate && options.precision == 0)
            out += '.';
        return out;
    }
    case FloatLayout::Exponent: {
        const Digits d = digitsOf(toChars(magnitude, std::chars_format::scientific, options.precision));
        return withExponent(d, options.alternate, options.upper);
    }
    case FloatLayout::General:
        return general(magnitude, options);
    case FloatLayout::Repr:
        break;
    }
    const Digits d = shortestDigits(magnitude);
    if (d.point <= -4 || d.point > 16)
        return withExponent(d, options.alternate, options.upper);
    return withoutExponent(d, options.alternate, options.addDotZero);
}

} // namespace

std::string floatDigits(double value, const FloatDigitsOptions &options)
{
    if (std::isnan(value))
        return options.upper ? "NAN" : "nan";
    const std::string sign = std::signbit(value) ? "-" : "";
    if (std::isinf(value))
        return sign + (options.upper ? "INF" : "inf");
    return sign + magnitudeText(std::fabs(value), options);
}

std::string reprFloat(double value)
{
    return floatDigits(value, {.layout = FloatLayout::Repr, .addDotZero = true});
}

std::string hexFloat(double value)
{
    if (!std::isfinite(value))
        return reprFloat(value);
    const std::string sign = std::signbit(value) ? "-" : "";
    if (value == 0)
        return sign + "0x0.0p+0";
    int exponent = 0;
    double mantissa = std::frexp(std::fabs(value), &exponent);   // in [0.5, 1)
    const int shift = 1 - std::max(-1021 - exponent, 0);         // a subnormal keeps the exponent -1022
    mantissa = std::ldexp(mantissa, shift);
    exponent -= shift;

    std::string out = sign + "0x";
    constexpr int kHexDigits = 13;
    for (int i = 0; i <= kHexDigits; ++i) {
        const int digit = int(mantissa);
        out += "0123456789abcdef"[digit];
        if (i == 0)
            out += '.';
        mantissa = (mantissa - digit) * 16;
    }
    return out + 'p' + (exponent < 0 ? '-' : '+') + std::to_string(std::abs(exponent));
}

bool isInteger(double value) { return std::isfinite(value) && std::floor(value) == value; }

TextResult<IntegerRatio> asIntegerRatio(double value)
{
    if (std::isnan(value))
        return TextError{ErrorKind::ValueError, "cannot convert NaN to integer ratio"};
    if (std::isinf(value))
        return TextError{ErrorKind::OverflowError, "cannot convert Infinity to integer ratio"};
    int exponent = 0;
    double mantissa = std::frexp(value, &exponent);
    while (mantissa != std::floor(mantissa)) {
        mantissa *= 2;
        --exponent;
    }
    const BigInt power = *BigInt::shiftLeft(BigInt(1), BigInt(std::abs(exponent)));
    const BigInt numerator = *BigInt::fromDouble(mantissa);
    if (exponent >= 0)
        return IntegerRatio{*BigInt::multiply(numerator, power), BigInt(1)};
    return IntegerRatio{numerator, power};
}

double moduloFloat(double x, double y)
{
    double remainder = std::fmod(x, y);
    if (remainder == 0)
        return std::copysign(0.0, y);
    if ((y < 0) != (remainder < 0))
        remainder += y;
    return remainder;
}

double floorDivideFloat(double x, double y)
{
    double remainder = std::fmod(x, y);
    double quotient = (x - remainder) / y;
    if (remainder != 0 && (y < 0) != (remainder < 0))
        quotient -= 1.0;
    if (quotient == 0)
        return std::copysign(0.0, x / y);
    const double floor = std::floor(quotient);
    return quotient - floor > 0.5 ? floor + 1.0 : floor;
}

} // namespace pyrena::text
