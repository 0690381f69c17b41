// The module math.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/python/text/floatrepr.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace pyrena {

namespace {

double real(Interpreter &i, ObjectId id)
{
    if (i.kind(id) == TypeKind::Float)
        return i.heap().floatValue(id);
    if (i.isInt(id)) {
        const auto value = i.heap().bigValue(id).toDouble();
        if (!value)
            i.raise("OverflowError", "int too large to convert to float");
        return *value;
    }
    for (const char *method : {"__float__", "__index__"})
        if (const ObjectId special = i.lookupSpecial(id, method)) {
            const Ref result = i.callSpecial(special, {id});
            return real(i, result);
        }
    i.raise("TypeError", "must be real number, not " + i.typeName(id));
}

BigInt integer(Interpreter &i, ObjectId id)
{
    return i.isInt(id) ? i.heap().bigValue(id) : BigInt(i.toIndex(id));
}

[[noreturn]] void domainError(Interpreter &i, const std::string &since314 = "math domain error")
{
    i.raise("ValueError", i.profile().minor >= 14 ? since314 : "math domain error");
}

// A nan out of something else is a domain error, an inf out of finite arguments a range error.
Ref checked(Interpreter &i, double result, bool anyNan, bool anyInf, const std::string &words = "math domain error")
{
    if (std::isnan(result) && !anyNan)
        domainError(i, words);
    if (std::isinf(result) && !anyInf && !anyNan)
        i.raise("OverflowError", "math range error");
    return i.heap().newFloat(result);
}

template <double (*function)(double)>
Ref unary(Interpreter &i, const CallArgs &a)
{
    const double x = real(i, a[0]);
    return checked(i, function(x), std::isnan(x), std::isinf(x), "expected a finite input, got " + text::reprFloat(x));
}

// Where an infinity of a finite argument is outside the domain.
template <double (*function)(double), int words>
Ref unaryPole(Interpreter &i, const CallArgs &a)
{
    static constexpr const char *kWords[] = {"expected a nonnegative input, got ", "expected a number in range from -1 up to 1, got ",
                                             "expected argument value not less than 1, got ", "expected a number between -1 and 1, got "};
    const double x = real(i, a[0]), r = function(x);
    if ((std::isnan(r) && !std::isnan(x)) || (std::isinf(r) && std::isfinite(x)))
        domainError(i, kWords[words] + text::reprFloat(x));
    return i.heap().newFloat(r);
}

// An int of any size has a logarithm.
template <double (*function)(double)>
double logarithm(Interpreter &i, ObjectId x)
{
    if (i.isInt(x)) {
        const BigInt value = i.heap().bigValue(x);
        if (value.sign() <= 0)
            domainError(i, "expected a positive input");
        if (const auto fits = value.toDouble())
            return function(*fits);
        const auto bits = static_cast<std::int64_t>(value.bitLength());   // too large for a float: a fraction and a power of 2
        const auto power = BigInt::shiftLeft(BigInt(1), BigInt(bits));
        return function(BigInt::trueDivide(value, *power).value_or(1)) + function(2.0) * static_cast<double>(bits);
    }
    const double value = real(i, x);
    if (value <= 0)
        domainError(i, "expected a positive input" + (i.kind(x) == TypeKind::Float ? ", got " + text::reprFloat(value) : std::string()));
    return function(value);
}

Ref log(Interpreter &i, const CallArgs &a)
{
    const double x = logarithm<std::log>(i, a[0]);
    if (a.size() == 1)
        return i.heap().newFloat(x);
    const double base = logarithm<std::log>(i, a[1]);
    if (base == 0)
        i.raise("ZeroDivisionError", i.profile().minor >= 14 ? "division by zero" : "float division by zero");
    return i.heap().newFloat(x / base);
}

Ref log2(Interpreter &i, const CallArgs &a) { return i.heap().newFloat(logarithm<std::log2>(i, a[0])); }
Ref log10(Interpreter &i, const CallArgs &a) { return i.heap().newFloat(logarithm<std::log10>(i, a[0])); }

Ref pow(Interpreter &i, const CallArgs &a)
{
    const double x = real(i, a[0]), y = real(i, a[1]), r = std::pow(x, y);
    if (std::isfinite(x) && std::isfinite(y)) {
        if (std::isnan(r) || (std::isinf(r) && x == 0))
            domainError(i);
        if (std::isinf(r))
            i.raise("OverflowError", "math range error");
    }
    return i.heap().newFloat(r);
}

template <double (*function)(double, double)>
Ref two(Interpreter &i, const CallArgs &a) { return i.heap().newFloat(function(real(i, a[0]), real(i, a[1]))); }

template <double (*function)(double, double)>
Ref remainderOf(Interpreter &i, const CallArgs &a)
{
    const double x = real(i, a[0]), y = real(i, a[1]);
    const double r = std::isfinite(x) && std::isinf(y) ? x : function(x, y);
    return checked(i, r, std::isnan(x) || std::isnan(y), true);
}

template <bool up>
Ref rounded(Interpreter &i, const CallArgs &a)
{
    if (i.isInt(a[0]))
        return i.heap().newInt(i.heap().bigValue(a[0]));
    if (const ObjectId special = i.lookupSpecial(a[0], up ? "__ceil__" : "__floor__"))
        return i.callBound(special, {a[0]});
    const double x = real(i, a[0]);
    return i.heap().newInt(i.unwrap(text::truncateFloat(up ? std::ceil(x) : std::floor(x))));
}

Ref trunc(Interpreter &i, const CallArgs &a)
{
    if (i.isInt(a[0]))
        return i.heap().newInt(i.heap().bigValue(a[0]));
    if (i.kind(a[0]) == TypeKind::Float)
        return i.heap().newInt(i.unwrap(text::truncateFloat(i.heap().floatValue(a[0]))));
    if (const ObjectId special = i.lookupSpecial(a[0], "__trunc__"))
        return i.callBound(special, {a[0]});
    i.raise("TypeError", "type " + i.typeName(a[0]) + " doesn't define __trunc__ method");
}

std::size_t limitBits(Interpreter &i) { return static_cast<std::size_t>(i.recorder().trace().recipe.maxMemory) / 4; }

BigInt product(Interpreter &i, const BigInt &a, const BigInt &b)
{
    const auto result = BigInt::multiply(a, b, limitBits(i));
    if (!result)
        i.raise("MemoryError", "");
    return *result;
}

Ref factorial(Interpreter &i, const CallArgs &a)
{
    BigInt n;
    if (i.kind(a[0]) == TypeKind::Float && i.profile().minor < 10) {
        const double x = i.heap().floatValue(a[0]);
        if (!text::isInteger(x))
            i.raise("ValueError", "factorial() only accepts integral values");
        n = i.unwrap(text::truncateFloat(x));
    } else {
        n = integer(i, a[0]);
    }
    if (n.isNegative())
        i.raise("ValueError", "factorial() not defined for negative values");
    constexpr std::int64_t kMost = 20000;   // keeps the time of one call small
    const auto count = n.toInt64();
    if (!count || *count > kMost)
        i.unsupported("math.factorial() of more than 20,000");
    BigInt result(1);
    for (std::int64_t k = 2; k <= *count; ++k)
        result = product(i, result, BigInt(k));
    return i.heap().newInt(result);
}

Ref gcd(Interpreter &i, const CallArgs &a)
{
    if (i.profile().minor < 9 && a.size() != 2)
        i.raise("TypeError", i.profile().minor < 7 ? "gcd() takes exactly 2 arguments (" + std::to_string(a.size()) + " given)"
                                                   : "gcd expected 2 arguments, got " + std::to_string(a.size()));
    BigInt result;
    for (const ObjectId n : a.positional)
        result = BigInt::gcd(result, integer(i, n));
    return i.heap().newInt(result);
}

Ref lcm(Interpreter &i, const CallArgs &a)
{
    BigInt result(1);
    for (const ObjectId n : a.positional) {
        const BigInt value = integer(i, n).abs();
        result = value.isZero() || result.isZero() ? BigInt() : product(i, result, BigInt::floorDivide(value, BigInt::gcd(result, value)));
    }
    return i.heap().newInt(result);
}

Ref isqrt(Interpreter &i, const CallArgs &a)
{
    const BigInt n = integer(i, a[0]);
    if (n.isNegative())
        i.raise("ValueError", "isqrt() argument must be nonnegative");
    return i.heap().newInt(BigInt::isqrt(n));
}

template <bool ordered>
Ref choose(Interpreter &i, const CallArgs &a)
{
    if (a.size() == 1 || (ordered && i.kind(a[1]) == TypeKind::None))
        return factorial(i, CallArgs{a.positional.first(1), {}});
    const BigInt n = integer(i, a[0]), k = integer(i, a[1]);
    if (n.isNegative())
        i.raise("ValueError", "n must be a non-negative integer");
    if (k.isNegative())
        i.raise("ValueError", "k must be a non-negative integer");
    if (k > n)
        return i.heap().newInt(std::int64_t(0));
    const BigInt fewer = !ordered && n - k < k ? n - k : k;
    constexpr std::int64_t kMost = 20000;
    if (!fewer.toInt64() || *fewer.toInt64() > kMost)
        i.unsupported("math.comb() and math.perm() of more than 20,000 steps");
    BigInt result(1);
    for (std::int64_t step = 0; step < *fewer.toInt64(); ++step) {
        result = product(i, result, n - BigInt(step));
        if (!ordered)
            result = BigInt::floorDivide(result, BigInt(step + 1));
    }
    return i.heap().newInt(result);
}

Ref prod(Interpreter &i, const CallArgs &a)
{
    onlyKeywords(i, a, "prod", {"start"});
    Ref total = a.keyword("start") ? i.heap().own(a.keyword("start")) : i.heap().newInt(std::int64_t(1));
    i.forEach(a[0], [&](Ref item) { total = i.binary(total, item, ast::Operator::Mult, false); });
    return total;
}

// Shewchuk's exact sum: partial sums that do not overlap, kept until the end, then rounded once.
Ref fsum(Interpreter &i, const CallArgs &a)
{
    std::vector<double> partials;
    double special = 0;
    i.forEach(a[0], [&](Ref item) {
        double x = real(i, item);
        if (!std::isfinite(x)) {
            special += x;
            return;
        }
        std::size_t kept = 0;
        for (const double partial : std::vector<double>(partials)) {
            double y = partial;
            if (std::fabs(x) < std::fabs(y))
                std::swap(x, y);
            const double high = x + y, low = y - (high - x);
            if (low != 0)
                partials[kept++] = low;
            x = high;
        }
        if (std::isinf(x))
            i.raise("OverflowError", "intermediate overflow in fsum");
        partials.resize(kept);
        partials.push_back(x);
    });
    if (special != 0)
        return i.heap().newFloat(special);   // inf, or nan
    double high = 0, low = 0;
    std::size_t n = partials.size();
    while (n > 0) {
        const double x = high, y = partials[--n];
        high = x + y;
        low = y - (high - x);
        if (low != 0)
            break;
    }
    // What lies below decides a tie.
    if (n > 0 && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0))) {
        const double y = low * 2, x = high + y;
        if (y == x - high)
            high = x;
    }
    return i.heap().newFloat(high);
}

// In 80 bits, then rounded once.
double length(const std::vector<double> &parts)
{
    long double sum = 0;
    bool nan = false;
    for (const double part : parts) {
        if (std::isinf(part))
            return std::numeric_limits<double>::infinity();
        nan = nan || std::isnan(part);
        sum += static_cast<long double>(part) * part;
    }
    return nan ? std::nan("") : static_cast<double>(std::sqrt(sum));
}

Ref hypot(Interpreter &i, const CallArgs &a)
{
    if (i.profile().minor < 8 && a.size() != 2)
        i.raise("TypeError", i.profile().minor < 7 ? "hypot() takes exactly 2 arguments (" + std::to_string(a.size()) + " given)"
                                                   : "hypot expected 2 arguments, got " + std::to_string(a.size()));
    std::vector<double> parts;
    for (const ObjectId part : a.positional)
        parts.push_back(real(i, part));
    return i.heap().newFloat(length(parts));
}

Ref dist(Interpreter &i, const CallArgs &a)
{
    const std::vector<Ref> p = i.toVector(a[0]), q = i.toVector(a[1]);
    if (p.size() != q.size())
        i.raise("ValueError", "both points must have the same number of dimensions");
    std::vector<double> parts;
    for (std::size_t n = 0; n < p.size(); ++n)
        parts.push_back(real(i, p[n]) - real(i, q[n]));
    return i.heap().newFloat(length(parts));
}

Ref isClose(Interpreter &i, const CallArgs &a)
{
    onlyKeywords(i, a, "isclose", {"rel_tol", "abs_tol"});
    const double x = real(i, a[0]), y = real(i, a[1]);
    const double relative = a.keyword("rel_tol") ? real(i, a.keyword("rel_tol")) : 1e-09;
    const double absolute = a.keyword("abs_tol") ? real(i, a.keyword("abs_tol")) : 0;
    if (relative < 0 || absolute < 0)
        i.raise("ValueError", "tolerances must be non-negative");
    if (x == y)
        return i.heap().newBool(true);
    if (std::isinf(x) || std::isinf(y))
        return i.heap().newBool(false);
    const double apart = std::fabs(y - x);
    return i.heap().newBool(apart <= std::fabs(relative * y) || apart <= std::fabs(relative * x) || apart <= absolute);
}

template <int which>
Ref asks(Interpreter &i, const CallArgs &a)
{
    const double x = real(i, a[0]);
    return i.heap().newBool(which == 0 ? std::isfinite(x) : which == 1 ? std::isinf(x) : std::isnan(x));
}

Ref pairOf(Interpreter &i, Ref first, Ref second)
{
    std::vector<Ref> parts;
    parts.push_back(std::move(first));
    parts.push_back(std::move(second));
    return i.heap().newTupleStealing(std::move(parts));
}

Ref modf(Interpreter &i, const CallArgs &a)
{
    double whole = 0;
    const double part = std::modf(real(i, a[0]), &whole);
    return pairOf(i, i.heap().newFloat(part), i.heap().newFloat(whole));
}

Ref frexp(Interpreter &i, const CallArgs &a)
{
    int exponent = 0;
    const double x = real(i, a[0]), mantissa = std::frexp(x, &exponent);
    return pairOf(i, i.heap().newFloat(mantissa), i.heap().newInt(std::int64_t(std::isfinite(x) ? exponent : 0)));
}

Ref ldexp(Interpreter &i, const CallArgs &a)
{
    if (!i.isInt(a[1]))
        i.raise("TypeError", "Expected an int as second argument to ldexp.");
    const double x = real(i, a[0]);
    const BigInt exponent = i.heap().bigValue(a[1]);
    const auto small = exponent.toInt64();
    const std::int64_t clamped = small ? std::clamp<std::int64_t>(*small, -100000, 100000) : exponent.isNegative() ? -100000 : 100000;
    return checked(i, std::ldexp(x, static_cast<int>(clamped)), std::isnan(x), std::isinf(x));
}

Ref degrees(Interpreter &i, const CallArgs &a) { return i.heap().newFloat(real(i, a[0]) * (180.0 / std::numbers::pi)); }
Ref radians(Interpreter &i, const CallArgs &a) { return i.heap().newFloat(real(i, a[0]) * (std::numbers::pi / 180.0)); }
Ref ulp(Interpreter &i, const CallArgs &a)
{
    const double x = std::fabs(real(i, a[0])), up = std::nextafter(x, std::numeric_limits<double>::infinity());
    return i.heap().newFloat(!std::isfinite(x) ? x : std::isinf(up) ? x - std::nextafter(x, 0) : up - x);
}

constexpr NativeDef kMath[] = {
    {"sqrt", unaryPole<std::sqrt, 0>, 1, 1}, {"acos", unaryPole<std::acos, 1>, 1, 1}, {"asin", unaryPole<std::asin, 1>, 1, 1},
    {"acosh", unaryPole<std::acosh, 2>, 1, 1}, {"atanh", unaryPole<std::atanh, 3>, 1, 1}, {"log1p", unaryPole<std::log1p, 0>, 1, 1},
    {"atan", unary<std::atan>, 1, 1}, {"asinh", unary<std::asinh>, 1, 1}, {"sin", unary<std::sin>, 1, 1}, {"cos", unary<std::cos>, 1, 1},
    {"tan", unary<std::tan>, 1, 1}, {"sinh", unary<std::sinh>, 1, 1}, {"cosh", unary<std::cosh>, 1, 1}, {"tanh", unary<std::tanh>, 1, 1},
    {"exp", unary<std::exp>, 1, 1}, {"expm1", unary<std::expm1>, 1, 1}, {"fabs", unary<std::fabs>, 1, 1}, {"erf", unary<std::erf>, 1, 1},
    {"erfc", unary<std::erfc>, 1, 1}, {"log", log, 1, 2}, {"log2", log2, 1, 1}, {"log10", log10, 1, 1}, {"pow", pow, 2, 2},
    {"atan2", two<std::atan2>, 2, 2}, {"copysign", two<std::copysign>, 2, 2}, {"fmod", remainderOf<std::fmod>, 2, 2},
    {"floor", rounded<false>, 1, 1}, {"ceil", rounded<true>, 1, 1}, {"trunc", trunc, 1, 1}, {"factorial", factorial, 1, 1},
    {"gcd", gcd}, {"hypot", hypot}, {"fsum", fsum, 1, 1}, {"isclose", isClose, 2, 2, true}, {"isfinite", asks<0>, 1, 1},
    {"isinf", asks<1>, 1, 1}, {"isnan", asks<2>, 1, 1}, {"modf", modf, 1, 1}, {"frexp", frexp, 1, 1}, {"ldexp", ldexp, 2, 2},
    {"degrees", degrees, 1, 1}, {"radians", radians, 1, 1},
};
constexpr NativeDef kSince37[] = {{"remainder", remainderOf<std::remainder>, 2, 2}};
constexpr NativeDef kSince38[] = {{"isqrt", isqrt, 1, 1}, {"comb", choose<false>, 2, 2}, {"perm", choose<true>, 1, 2},
                                  {"prod", prod, 1, 1, true}, {"dist", dist, 2, 2}};
constexpr NativeDef kSince39[] = {{"lcm", lcm}, {"nextafter", two<std::nextafter>, 2, 2}, {"ulp", ulp, 1, 1}};
constexpr NativeDef kSince311[] = {{"cbrt", unary<std::cbrt>, 1, 1}, {"exp2", unary<std::exp2>, 1, 1}};

} // namespace

void fillMathModule(Interpreter &i, ObjectId dict)
{
    const auto since = [&](int minor, std::span<const NativeDef> functions) {
        if (i.profile().minor >= minor)
            fillModule(i, dict, functions);
    };
    since(0, kMath);
    since(7, kSince37);
    since(8, kSince38);
    since(9, kSince39);
    since(11, kSince311);
    const std::pair<const char *, double> constants[] = {
        {"pi", std::numbers::pi}, {"e", std::numbers::e}, {"tau", 2 * std::numbers::pi},
        {"inf", std::numeric_limits<double>::infinity()}, {"nan", std::numeric_limits<double>::quiet_NaN()}};
    for (const auto &[name, value] : constants)
        i.dicts().setStatic(dict, name, i.heap().newFloat(value));
}

} // namespace pyrena
