#include "core/python/text/complexrepr.h"

#include <cmath>

namespace pyrena::text {

std::string reprComplex(std::complex<double> value)
{
    const std::string imaginary = floatDigits(value.imag(), {.layout = FloatLayout::Repr});
    // A negative zero is shown, or it would be lost.
    if (value.real() == 0 && !std::signbit(value.real()))
        return imaginary + "j";
    const std::string sign = imaginary.starts_with('-') ? "" : "+";
    return "(" + floatDigits(value.real(), {.layout = FloatLayout::Repr}) + sign + imaginary + "j)";
}

} // namespace pyrena::text
