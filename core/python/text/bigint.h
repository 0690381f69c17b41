#pragma once

#include <gmp.h>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace pyrena {

// Python's int as a value: GMP's mpz with Python's rounding and signs. Operations whose result can explode take a limit in
// bits and answer nothing instead of allocating; the others grow by at most one bit over their larger operand.
class BigInt
{
public:
    static constexpr std::size_t kDefaultLimitBits = std::size_t(64) << 20;

    BigInt() { mpz_init(m_z); }
    BigInt(std::int64_t value);   // implicit: a small int is an int
    BigInt(const BigInt &other) { mpz_init_set(m_z, other.m_z); }
    BigInt(BigInt &&other) noexcept { mpz_init(m_z); mpz_swap(m_z, other.m_z); }
    BigInt &operator=(const BigInt &other) { mpz_set(m_z, other.m_z); return *this; }
    BigInt &operator=(BigInt &&other) noexcept { mpz_swap(m_z, other.m_z); return *this; }
    ~BigInt() { mpz_clear(m_z); }

    static BigInt fromUint64(std::uint64_t value);
    // Optional sign, then digits of the base (2 to 36, either case) and nothing else; else no value.
    static std::optional<BigInt> fromDigits(std::string_view digits, int base = 10);
    static std::optional<BigInt> fromDouble(double value);   // cut to an integer; no value for inf and nan
    static BigInt powerOfTen(std::size_t exponent);

    bool isZero() const { return mpz_sgn(m_z) == 0; }
    bool isNegative() const { return mpz_sgn(m_z) < 0; }
    bool isOdd() const { return mpz_odd_p(m_z) != 0; }
    int sign() const { return mpz_sgn(m_z); }
    std::size_t bitLength() const;   // int.bit_length(): 0 for 0
    std::size_t bitCount() const;    // int.bit_count(): ones in the absolute value
    std::size_t digitCount(unsigned bitsPerDigit) const;   // as stored by CPython (15 or 30 bits); 0 for 0
    std::size_t trailingZeros() const;   // of the absolute value; 0 for 0

    std::optional<std::int64_t> toInt64() const;
    std::optional<std::uint64_t> toUint64() const;
    // Nearest, ties to even; no value when too large ("int too large to convert to float").
    std::optional<double> toDouble() const;
    std::string toString(int base = 10) const;   // lower case, '-' in front when negative, no prefix
    std::uint64_t moduloUint64(std::uint64_t divisor) const;   // of the absolute value

    friend BigInt operator+(const BigInt &a, const BigInt &b);
    friend BigInt operator-(const BigInt &a, const BigInt &b);
    friend BigInt operator&(const BigInt &a, const BigInt &b);
    friend BigInt operator|(const BigInt &a, const BigInt &b);
    friend BigInt operator^(const BigInt &a, const BigInt &b);
    BigInt operator-() const;
    BigInt operator~() const;
    BigInt abs() const;

    static std::optional<BigInt> multiply(const BigInt &a, const BigInt &b, std::size_t limitBits = kDefaultLimitBits);
    // Requires: exponent is not negative.
    static std::optional<BigInt> power(const BigInt &base, const BigInt &exponent,
                                       std::size_t limitBits = kDefaultLimitBits);
    // Requires: count is not negative.
    static std::optional<BigInt> shiftLeft(const BigInt &a, const BigInt &count,
                                           std::size_t limitBits = kDefaultLimitBits);
    static BigInt shiftRight(const BigInt &a, const BigInt &count);   // rounds down, as >> does

    // Rounds down; the remainder has the divisor's sign. Requires: b is not zero.
    static std::pair<BigInt, BigInt> divmod(const BigInt &a, const BigInt &b);
    static BigInt floorDivide(const BigInt &a, const BigInt &b);
    static BigInt modulo(const BigInt &a, const BigInt &b);
    // pow(base, exponent, modulus). A negative exponent takes the inverse; no value when there is none
    // ("base is not invertible for the given modulus"). Requires: modulus is not zero.
    static std::optional<BigInt> powerModulo(const BigInt &base, const BigInt &exponent, const BigInt &modulus);
    // a / b, nearest, ties to even; no value when too large ("integer division result too large for a float").
    // Requires: b is not zero.
    static std::optional<double> trueDivide(const BigInt &a, const BigInt &b);

    static BigInt gcd(const BigInt &a, const BigInt &b);
    static BigInt isqrt(const BigInt &a);   // Requires: a is not negative.

    friend bool operator==(const BigInt &a, const BigInt &b) { return mpz_cmp(a.m_z, b.m_z) == 0; }
    friend std::strong_ordering operator<=>(const BigInt &a, const BigInt &b) { return mpz_cmp(a.m_z, b.m_z) <=> 0; }
    // Exact comparison with a float, as int.__lt__ and friends do. Unordered for nan.
    std::partial_ordering compareWith(double value) const;

private:
    mpz_t m_z;
};

} // namespace pyrena
