#pragma once

#include "core/python/text/bigint.h"
#include "core/python/text/texterror.h"

#include <optional>
#include <string>
#include <string_view>

namespace pyrena::text {

// The shortest text that reads back as the same value, laid out as Python does: '0.1', '1e+16', '1e-05', '-0.0', 'inf', 'nan'.
std::string reprFloat(double value);

// How digits are laid out; the letters of the format mini-language.
enum class FloatLayout { Fixed, Exponent, General, Repr };
struct FloatDigitsOptions
{
    FloatLayout layout = FloatLayout::Repr;
    int precision = 0;             // not used by Repr
    bool alternate = false;        // '#': keep the point and trailing zeros
    bool addDotZero = false;       // 1 -> '1.0', as repr() and format(x, '') do
    bool upper = false;            // 'E', 'INF', 'NAN'
};
// Correctly rounded digits of a double, with '-' in front when the sign bit is set (not for nan).
std::string floatDigits(double value, const FloatDigitsOptions &options);

// float('...'): spaces around, underscores between digits, any Unicode digits, 'inf', 'infinity', 'nan' in any case.
// Error: "could not convert string to float: '12a'".
TextResult<double> parseFloat(std::string_view text);
// A plain number of the source language ("1e5", "12", ".5"), already checked by the tokenizer; too large is inf.
std::optional<double> parseDouble(std::string_view digits);

// round(x, n). Error: OverflowError "rounded value too large to represent".
TextResult<double> roundFloat(double value, std::int64_t digits);
// round(x). Errors: "cannot convert float NaN to integer", "cannot convert float infinity to integer".
TextResult<BigInt> roundFloatToInt(double value);
// int(x): cut. The same errors.
TextResult<BigInt> truncateFloat(double value);
// round(i, n) of an int: to a multiple of 10**-n, ties to even.
BigInt roundInt(const BigInt &value, const BigInt &digits);

bool isInteger(double value);   // float.is_integer()

struct IntegerRatio
{
    BigInt numerator;
    BigInt denominator;
};
// Errors: "cannot convert NaN to integer ratio", "cannot convert Infinity to integer ratio".
TextResult<IntegerRatio> asIntegerRatio(double value);

std::string hexFloat(double value);   // float.hex(): '0x1.8000000000000p+0'

// x // y, x % y and x ** y as float has them. Requires of the first two: y is not zero.
double floorDivideFloat(double x, double y);
double moduloFloat(double x, double y);

} // namespace pyrena::text
