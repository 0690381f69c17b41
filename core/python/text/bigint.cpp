#include "core/python/text/bigint.h"

#include "core/base/verify.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pyrena {

static_assert(sizeof(unsigned long) == 8 && GMP_NUMB_BITS == 64, "64-bit limbs are assumed");

BigInt::BigInt(std::int64_t value) { mpz_init_set_si(m_z, value); }

BigInt BigInt::fromUint64(std::uint64_t value)
{
    BigInt result;
    mpz_set_ui(result.m_z, value);
    return result;
}

std::optional<BigInt> BigInt::fromDigits(std::string_view digits, int base)
{
    verify(base >= 2 && base <= 36, "BigInt::fromDigits: base out of range");
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+'))
        digits.remove_prefix(1);
    const auto isDigit = [base](char c) {
        const int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10
                        : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
        return value < base;
    };
    // Checked here because mpz_set_str also takes spaces.
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), isDigit))
        return std::nullopt;
    BigInt result;
    mpz_set_str(result.m_z, std::string(digits).c_str(), base);
    if (negative)
        mpz_neg(result.m_z, result.m_z);
    return result;
}

std::optional<BigInt> BigInt::fromDouble(double value)
{
    if (!std::isfinite(value))
        return std::nullopt;
    BigInt result;
    mpz_set_d(result.m_z, value);
    return result;
}

BigInt BigInt::powerOfTen(std::size_t exponent)
{
    BigInt result;
    mpz_ui_pow_ui(result.m_z, 10, exponent);
    return result;
}

std::size_t BigInt::bitLength() const { return isZero() ? 0 : mpz_sizeinbase(m_z, 2); }

std::size_t BigInt::bitCount() const
{
    return isNegative() ? abs().bitCount() : mpz_popcount(m_z);
}

std::size_t BigInt::digitCount(unsigned bitsPerDigit) const { return (bitLength() + bitsPerDigit - 1) / bitsPerDigit; }

std::size_t BigInt::trailingZeros() const { return isZero() ? 0 : mpz_scan1(m_z, 0); }

std::optional<std::int64_t> BigInt::toInt64() const
{
    if (!mpz_fits_slong_p(m_z))
        return std::nullopt;
    return mpz_get_si(m_z);
}

std::optional<std::uint64_t> BigInt::toUint64() const
{
    if (!mpz_fits_ulong_p(m_z))
        return std::nullopt;
    return mpz_get_ui(m_z);
}

std::string BigInt::toString(int base) const
{
    verify(base >= 2 && base <= 36, "BigInt::toString: base out of range");
    std::string text(mpz_sizeinbase(m_z, base) + 2, '\0');
    mpz_get_str(text.data(), base, m_z);
    text.resize(text.find('\0'));
    return text;
}

std::uint64_t BigInt::moduloUint64(std::uint64_t divisor) const { return mpz_tdiv_ui(m_z, divisor); }

BigInt operator+(const BigInt &a, const BigInt &b)
{
    BigInt result;
    mpz_add(result.m_z, a.m_z, b.m_z);
    return result;
}

BigInt operator-(const BigInt &a, const BigInt &b)
{
    BigInt result;
    mpz_sub(result.m_z, a.m_z, b.m_z);
    return result;
}

BigInt operator&(const BigInt &a, const BigInt &b)
{
    BigInt result;
    mpz_and(result.m_z, a.m_z, b.m_z);
    return result;
}

BigInt operator|(const BigInt &a, const BigInt &b)
{
    BigInt result;
    mpz_ior(result.m_z, a.m_z, b.m_z);
    return result;
}

BigInt operator^(const BigInt &a, const BigInt &b)
{
    BigInt result;
    mpz_xor(result.m_z, a.m_z, b.m_z);
    return result;
}

BigInt BigInt::operator-() const
{
    BigInt result;
    mpz_neg(result.m_z, m_z);
    return result;
}

BigInt BigInt::operator~() const
{
    BigInt result;
    mpz_com(result.m_z, m_z);
    return result;
}

BigInt BigInt::abs() const
{
    BigInt result;
    mpz_abs(result.m_z, m_z);
    return result;
}

std::optional<BigInt> BigInt::multiply(const BigInt &a, const BigInt &b, std::size_t limitBits)
{
    // The product has bitLength(a) + bitLength(b) bits or one less.
    if (a.bitLength() + b.bitLength() > limitBits && !a.isZero() && !b.isZero())
        return std::nullopt;
    BigInt result;
    mpz_mul(result.m_z, a.m_z, b.m_z);
    return result;
}

std::optional<BigInt> BigInt::power(const BigInt &base, const BigInt &exponent, std::size_t limitBits)
{
    verify(!exponent.isNegative(), "BigInt::power: negative exponent");
    if (exponent.isZero())
        return BigInt(1);
    if (base.abs() <= BigInt(1))
        return base.isNegative() && !exponent.isOdd() ? BigInt(1) : base;
    const auto times = exponent.toUint64();
    // |base| >= 2^(bits - 1), so the result has at least (bits - 1) * exponent bits.
    const std::size_t leastBits = base.bitLength() - 1;
    if (!times || *times > limitBits / std::max<std::size_t>(leastBits, 1))
        return std::nullopt;
    BigInt result;
    mpz_pow_ui(result.m_z, base.m_z, *times);
    return result;
}

std::optional<BigInt> BigInt::shiftLeft(const BigInt &a, const BigInt &count, std::size_t limitBits)
{
    verify(!count.isNegative(), "BigInt::shiftLeft: negative count");
    if (a.isZero())
        return a;
    const auto bits = count.toUint64();
    if (!bits || *bits > limitBits || a.bitLength() > limitBits - *bits)
        return std::nullopt;
    BigInt result;
    mpz_mul_2exp(result.m_z, a.m_z, *bits);
    return result;
}

BigInt BigInt::shiftRight(const BigInt &a, const BigInt &count)
{
    verify(!count.isNegative(), "BigInt::shiftRight: negative count");
    const auto bits = count.toUint64();
    if (!bits || *bits > a.bitLength())
        return a.isNegative() ? BigInt(-1) : BigInt(0);
    BigInt result;
    mpz_fdiv_q_2exp(result.m_z, a.m_z, *bits);
    return result;
}

std::pair<BigInt, BigInt> BigInt::divmod(const BigInt &a, const BigInt &b)
{
    verify(!b.isZero(), "BigInt::divmod: division by zero");
    std::pair<BigInt, BigInt> result;
    mpz_fdiv_qr(result.first.m_z, result.second.m_z, a.m_z, b.m_z);
    return result;
}

BigInt BigInt::floorDivide(const BigInt &a, const BigInt &b) { return divmod(a, b).first; }

BigInt BigInt::modulo(const BigInt &a, const BigInt &b)
{
    verify(!b.isZero(), "BigInt::modulo: division by zero");
    BigInt result;
    mpz_fdiv_r(result.m_z, a.m_z, b.m_z);
    return result;
}

std::optional<BigInt> BigInt::powerModulo(const BigInt &base, const BigInt &exponent, const BigInt &modulus)
{
    verify(!modulus.isZero(), "BigInt::powerModulo: modulus is zero");
    BigInt positive = modulus.abs();
    BigInt start = base;
    if (exponent.isNegative() && mpz_invert(start.m_z, base.m_z, positive.m_z) == 0)
        return std::nullopt;
    const BigInt times = exponent.abs();
    BigInt result;
    mpz_powm(result.m_z, start.m_z, times.m_z, positive.m_z);
    return modulo(result, modulus);
}

BigInt BigInt::gcd(const BigInt &a, const BigInt &b)
{
    BigInt result;
    mpz_gcd(result.m_z, a.m_z, b.m_z);
    return result;
}

BigInt BigInt::isqrt(const BigInt &a)
{
    verify(!a.isNegative(), "BigInt::isqrt: negative argument");
    BigInt result;
    mpz_sqrt(result.m_z, a.m_z);
    return result;
}

} // namespace pyrena
