#pragma once

#include "core/python/text/bigint.h"
#include "core/python/text/texterror.h"

#include <complex>
#include <cstdint>
#include <string>
#include <string_view>

// The format mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision][type].
namespace pyrena::text {

struct FormatSpec
{
    char32_t fill = ' ';
    char align = '>';           // '<' '>' '^' '='
    char sign = 0;              // '+', '-', ' ' or 0
    bool noNegativeZero = false;
    bool alternate = false;
    std::int64_t width = -1;    // -1: not given
    char grouping = 0;          // ',', '_' or 0
    std::int64_t precision = -1;
    char32_t type = 0;          // 0: not given and the type of value has no default letter
};

// defaultType and defaultAlign: 's' and '<' for str, 'd' and '>' for int, 0 and '>' for float and complex.
TextResult<FormatSpec> parseFormatSpec(std::string_view spec, std::string_view typeName, char defaultType,
                                       char defaultAlign, const TextRules &rules = {});

// format(value, spec). typeName is shown in messages: the name of the value's class ("bool", a subclass).
TextResult<std::string> formatString(std::string_view value, std::string_view spec, const TextRules &rules = {},
                                     std::string_view typeName = "str");
TextResult<std::string> formatInt(const BigInt &value, std::string_view spec, const TextRules &rules = {},
                                  std::string_view typeName = "int");
TextResult<std::string> formatFloat(double value, std::string_view spec, const TextRules &rules = {},
                                    std::string_view typeName = "float");
TextResult<std::string> formatComplex(std::complex<double> value, std::string_view spec, const TextRules &rules = {},
                                      std::string_view typeName = "complex");

} // namespace pyrena::text
