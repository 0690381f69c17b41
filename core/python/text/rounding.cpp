#include "core/python/text/floatrepr.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace pyrena::text {

namespace {

TextError notAnInteger(double value)
{
    if (std::isnan(value))
        return {ErrorKind::ValueError, "cannot convert float NaN to integer"};
    return {ErrorKind::OverflowError, "cannot convert float infinity to integer"};
}

std::string fixedText(double value, int precision)
{
    return floatDigits(value, {.layout = FloatLayout::Fixed, .precision = precision});
}

// To a multiple of 10**places, looking at the exact decimal digits: ties to even, and no tie when a fraction follows.
std::optional<double> roundToTens(double value, std::size_t places)
{
    const double whole = std::trunc(std::fabs(value));
    const bool fraction = whole != std::fabs(value);
    const BigInt exact = *BigInt::fromDouble(whole);
    const BigInt unit = BigInt::powerOfTen(places);
    auto [quotient, remainder] = BigInt::divmod(exact, unit);
    const auto order = (remainder + remainder) <=> unit;
    if (order > 0 || (order == 0 && (fraction || quotient.isOdd())))
        quotient = quotient + BigInt(1);
    const auto rounded = parseDouble(quotient.toString() + "e" + std::to_string(places));
    if (!rounded || std::isinf(*rounded))
        return std::nullopt;
    return std::copysign(*rounded, value);
}

} // namespace

TextResult<double> roundFloat(double value, std::int64_t digits)
{
    // Limits of float.__round__: every double has its digits between them.
    constexpr std::int64_t kMostDigits = 323;
    constexpr std::int64_t kFewestDigits = -308;
    if (!std::isfinite(value) || digits > kMostDigits || value == 0)
        return value;
    if (digits < kFewestDigits)
        return std::copysign(0.0, value);
    const auto rounded = digits >= 0 ? parseDouble(fixedText(value, int(digits))) : roundToTens(value, std::size_t(-digits));
    if (!rounded || std::isinf(*rounded))
        return TextError{ErrorKind::OverflowError, "rounded value too large to represent"};
    return *rounded;
}

TextResult<BigInt> roundFloatToInt(double value)
{
    if (!std::isfinite(value))
        return notAnInteger(value);
    double whole = std::round(value);   // ties away from zero
    if (std::fabs(value - whole) == 0.5)
        whole = 2.0 * std::round(value / 2.0);
    return *BigInt::fromDouble(whole);
}

TextResult<BigInt> truncateFloat(double value)
{
    if (!std::isfinite(value))
        return notAnInteger(value);
    return *BigInt::fromDouble(value);
}

BigInt roundInt(const BigInt &value, const BigInt &digits)
{
    if (!digits.isNegative())
        return value;
    const auto places = (-digits).toUint64();
    // 10**places has more than 3 * places bits; far above twice the value everything rounds to 0.
    if (!places || *places > value.bitLength() / 3 + 2)
        return BigInt(0);
    const BigInt unit = BigInt::powerOfTen(*places);
    auto [quotient, remainder] = BigInt::divmod(value, unit);
    const auto order = (remainder + remainder) <=> unit;
    if (order > 0 || (order == 0 && quotient.isOdd()))
        quotient = quotient + BigInt(1);
    return *BigInt::multiply(quotient, unit, std::numeric_limits<std::size_t>::max());
}

} // namespace pyrena::text
