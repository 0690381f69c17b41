#pragma once

#include "core/python/text/floatrepr.h"

#include <complex>
#include <string>

namespace pyrena::text {

std::string reprComplex(std::complex<double> value);   // '1j', '(1+2j)', '(-0-1j)', '(nan+infj)'

} // namespace pyrena::text
