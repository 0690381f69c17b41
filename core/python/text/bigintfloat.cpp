// Where ints meet floats: correctly rounded conversions.
#include "core/python/text/bigint.h"

#include "core/base/verify.h"

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

constexpr std::int64_t kMantissaBits = 53;
constexpr std::int64_t kLowestExponent = -1074;   // of the last bit of a subnormal

// (magnitude + something in (0, 1) if `inexact`) * 2^exponent, nearest, ties to even; no value above the largest double.
// Requires: when inexact, magnitude has at least two bits more than the result keeps.
std::optional<double> roundToDouble(mpz_srcptr magnitude, bool inexact, std::int64_t exponent)
{
    if (mpz_sgn(magnitude) == 0)
        return 0.0;
    const std::int64_t bits = std::int64_t(mpz_sizeinbase(magnitude, 2));
    if (bits + exponent > 1024)
        return std::nullopt;
    const std::int64_t lastBit = std::max(bits + exponent - kMantissaBits, kLowestExponent);
    const std::int64_t drop = lastBit - exponent;
    if (drop <= 0)
        return std::ldexp(mpz_get_d(magnitude), int(exponent));

    mpz_t kept;
    mpz_init(kept);
    mpz_tdiv_q_2exp(kept, magnitude, mp_bitcnt_t(drop));
    const bool half = mpz_tstbit(magnitude, mp_bitcnt_t(drop - 1)) != 0;
    const bool belowHalf = inexact || std::int64_t(mpz_scan1(magnitude, 0)) < drop - 1;
    if (half && (belowHalf || mpz_odd_p(kept)))
        mpz_add_ui(kept, kept, 1);
    const double result = std::ldexp(mpz_get_d(kept), int(lastBit));
    mpz_clear(kept);
    if (std::isinf(result))
        return std::nullopt;
    return result;
}

} // namespace

std::optional<double> BigInt::toDouble() const
{
    const BigInt magnitude = abs();
    const auto result = roundToDouble(magnitude.m_z, false, 0);
    if (!result)
        return std::nullopt;
    return isNegative() ? -*result : *result;
}

std::optional<double> BigInt::trueDivide(const BigInt &a, const BigInt &b)
{
    verify(!b.isZero(), "BigInt::trueDivide: division by zero");
    if (a.isZero())
        return b.isNegative() ? -0.0 : 0.0;
    const bool negative = a.isNegative() != b.isNegative();
    const std::int64_t difference = std::int64_t(a.bitLength()) - std::int64_t(b.bitLength());
    if (difference > 1025)
        return std::nullopt;
    if (difference < -1080)
        return negative ? -0.0 : 0.0;

    // A quotient of 56 bits or more; everything below them only matters as "not zero".
    const std::int64_t shift = kMantissaBits + 3 - difference;
    BigInt numerator = a.abs();
    BigInt denominator = b.abs();
    if (shift > 0)
        mpz_mul_2exp(numerator.m_z, numerator.m_z, mp_bitcnt_t(shift));
    else
        mpz_mul_2exp(denominator.m_z, denominator.m_z, mp_bitcnt_t(-shift));
    BigInt quotient;
    BigInt remainder;
    mpz_tdiv_qr(quotient.m_z, remainder.m_z, numerator.m_z, denominator.m_z);
    const auto result = roundToDouble(quotient.m_z, !remainder.isZero(), -shift);
    if (!result)
        return std::nullopt;
    return negative ? -*result : *result;
}

std::partial_ordering BigInt::compareWith(double value) const
{
    if (std::isnan(value))
        return std::partial_ordering::unordered;
    if (std::isinf(value))
        return value > 0 ? std::partial_ordering::less : std::partial_ordering::greater;
    return mpz_cmp_d(m_z, value) <=> 0;
}

} // namespace pyrena
