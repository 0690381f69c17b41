#pragma once

#include "core/python/text/bigint.h"
#include "core/python/text/texterror.h"

#include <string>
#include <string_view>

namespace pyrena::text {

// int(text, base): spaces around, sign, prefix, underscores between digits, any Unicode digits. Base 0 reads the prefix.
// Errors: "invalid literal for int() with base 10: '12a'", "int() base must be >= 2 and <= 36, or 0", the digit limit.
TextResult<BigInt> parseInt(std::string_view text, std::int64_t base = 10, const TextRules &rules = {});

// str(value), with the digit limit of rules.
TextResult<std::string> formatDecimal(const BigInt &value, const TextRules &rules = {});

// bin(), oct(), hex(): "-0xff". Base: 2, 8 or 16.
std::string formatWithPrefix(const BigInt &value, int base);

} // namespace pyrena::text
