#include "core/python/code/folding.h"
#include "core/python/text/bigint.h"

#include <cmath>
#include <limits>

namespace pyrena {

using namespace ast;

namespace {

using Folded = std::optional<pyrena::Constant>;

constexpr std::size_t kMaxIntBits = 128;   // of a product, power or shift (Python/ast_opt.c, MAX_INT_SIZE)

Folded make(ConstantValue value)
{
    return pyrena::Constant{std::move(value)};
}

Folded make(const BigInt &value)
{
    if (const auto small = value.toInt64())
        return make(ConstantValue(*small));
    return make(ConstantValue(BigInteger{value.toString()}));
}

std::optional<BigInt> integer(const ConstantValue &value)
{
    if (const auto *flag = std::get_if<bool>(&value)) return BigInt(*flag ? 1 : 0);
    if (const auto *number = std::get_if<std::int64_t>(&value)) return BigInt(*number);
    if (const auto *number = std::get_if<BigInteger>(&value)) return BigInt::fromDigits(number->digits);
    return std::nullopt;
}

std::optional<double> real(const ConstantValue &value)
{
    if (const auto *number = std::get_if<double>(&value)) return *number;
    if (const auto whole = integer(value)) return whole->toDouble();
    return std::nullopt;
}

Folded power(const BigInt &base, const BigInt &exponent)
{
    const auto count = exponent.toInt64();
    if (exponent.isNegative()) {
        const auto b = base.toDouble(), e = exponent.toDouble();
        if (!b || !e || *b == 0)
            return std::nullopt;
        return make(ConstantValue(std::pow(*b, *e)));
    }
    if (exponent.sign() > 0 && !base.isZero()
        && (!count || base.bitLength() > kMaxIntBits / static_cast<std::uint64_t>(*count)))
        return std::nullopt;
    const auto result = BigInt::power(base, exponent, 2 * kMaxIntBits);
    return result ? make(*result) : std::nullopt;
}

Folded foldIntegers(Operator op, const BigInt &a, const BigInt &b)
{
    switch (op) {
    case Operator::Add: return make(a + b);
    case Operator::Sub: return make(a - b);
    case Operator::BitOr: return make(a | b);
    case Operator::BitXor: return make(a ^ b);
    case Operator::BitAnd: return make(a & b);
    case Operator::Mult: {
        if (!a.isZero() && !b.isZero() && a.bitLength() + b.bitLength() > kMaxIntBits)
            return std::nullopt;
        const auto product = BigInt::multiply(a, b);
        return product ? make(*product) : std::nullopt;
    }
    case Operator::Div: {
        const auto quotient = b.isZero() ? std::nullopt : BigInt::trueDivide(a, b);
        return quotient ? make(ConstantValue(*quotient)) : std::nullopt;
    }
    case Operator::FloorDiv: return b.isZero() ? std::nullopt : make(BigInt::floorDivide(a, b));
    case Operator::Mod: return b.isZero() ? std::nullopt : make(BigInt::modulo(a, b));
    case Operator::Pow: return power(a, b);
    case Operator::LShift: {
        if (b.isNegative())
            return std::nullopt;
        const auto count = b.toInt64();
        if (!a.isZero() && (!count || static_cast<std::uint64_t>(*count) > kMaxIntBits
                            || a.bitLength() + static_cast<std::uint64_t>(*count) > kMaxIntBits))
            return std::nullopt;
        const auto shifted = BigInt::shiftLeft(a, b);
        return shifted ? make(*shifted) : std::nullopt;
    }
    case Operator::RShift: return b.isNegative() ? std::nullopt : make(BigInt::shiftRight(a, b));
    case Operator::MatMult: return std::nullopt;
    }
    return std::nullopt;
}

double floorModulo(double a, double b)
{
    double rest = std::fmod(a, b);
    if (rest == 0)
        return std::copysign(0.0, b);
    return (b < 0) != (rest < 0) ? rest + b : rest;
}

double floorDivide(double a, double b)
{
    double rest = std::fmod(a, b);
    double quotient = (a - rest) / b;
    if (rest != 0 && (b < 0) != (rest < 0))
        quotient -= 1;
    if (quotient == 0)
        return std::copysign(0.0, a / b);
    const double floored = std::floor(quotient);
    return quotient - floored > 0.5 ? floored + 1 : floored;
}

Folded foldReals(Operator op, double a, double b)
{
    switch (op) {
    case Operator::Add: return make(ConstantValue(a + b));
    case Operator::Sub: return make(ConstantValue(a - b));
    case Operator::Mult: return make(ConstantValue(a * b));
    case Operator::Div: return b == 0 ? std::nullopt : make(ConstantValue(a / b));
    case Operator::FloorDiv: return b == 0 ? std::nullopt : make(ConstantValue(floorDivide(a, b)));
    case Operator::Mod: return b == 0 ? std::nullopt : make(ConstantValue(floorModulo(a, b)));
    case Operator::Pow: {
        const double result = std::pow(a, b);   // errors (0.0 ** -1, overflow) and complex results are left to run time
        return std::isfinite(result) ? make(ConstantValue(result)) : std::nullopt;
    }
    default: return std::nullopt;
    }
}

} // namespace

Folded foldNumbers(Operator op, const ConstantValue &left, const ConstantValue &right)
{
    const auto *a = std::get_if<bool>(&left), *b = std::get_if<bool>(&right);
    if (a && b) {
        if (op == Operator::BitAnd) return make(ConstantValue(*a && *b));
        if (op == Operator::BitOr) return make(ConstantValue(*a || *b));
        if (op == Operator::BitXor) return make(ConstantValue(*a != *b));
    }
    const auto x = integer(left), y = integer(right);
    if (x && y)
        return foldIntegers(op, *x, *y);
    const auto u = real(left), v = real(right);
    return u && v ? foldReals(op, *u, *v) : std::nullopt;
}

Folded foldUnary(UnaryOperator op, const pyrena::Constant &operand)
{
    if (op == UnaryOperator::Not)
        return make(ConstantValue(!isTrue(operand)));
    const auto *value = std::get_if<ConstantValue>(&operand.value);
    if (!value)
        return std::nullopt;
    if (const auto *number = std::get_if<double>(value)) {
        if (op == UnaryOperator::Invert)
            return std::nullopt;
        return make(ConstantValue(op == UnaryOperator::USub ? -*number : *number));
    }
    if (const auto *number = std::get_if<Imaginary>(value))   // -2j has the real part -0.0, which has no literal
        return op == UnaryOperator::UAdd ? make(ConstantValue(*number)) : std::nullopt;
    const auto whole = integer(*value);
    if (!whole)
        return std::nullopt;
    switch (op) {
    case UnaryOperator::USub: return make(-*whole);
    case UnaryOperator::UAdd: return make(*whole);
    case UnaryOperator::Invert: return make(~*whole);
    case UnaryOperator::Not: break;
    }
    return std::nullopt;
}

} // namespace pyrena
