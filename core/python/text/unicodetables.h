#pragma once

#include <array>
#include <cstdint>
#include <span>

// The tables behind unicode.h. Made by unicode_tables.py.
namespace pyrena::text {

// Each class: the code points where membership changes, as distances from the change before, starting outside.
struct UnicodeClasses
{
    std::span<const std::uint32_t> nonPrintable, alpha, space, digitNotDecimal, numericNotDigit, lower, upper, title;
    std::span<const std::uint32_t> xidStart, xidContinueNotStart, casedNotIgnorable, caseIgnorable;
    std::span<const std::uint32_t> zeros;   // code points of the digits with value 0; 1 to 9 follow each
};

// first, first + stride, ... last are each mapped to themselves plus delta.
struct CaseRun
{
    std::uint32_t first, last;
    std::uint8_t stride;
    std::int32_t delta;
};

// Mapped to more than one code point; unused ones are 0.
struct CaseSpecial
{
    std::uint32_t codePoint;
    std::array<std::uint32_t, 3> mapped;
};

struct CaseMapping
{
    std::span<const CaseRun> runs;
    std::span<const CaseSpecial> specials;
};

struct UnicodeCases
{
    CaseMapping lower, upper, title, fold;
};

extern const UnicodeClasses kUnicodeClasses;
extern const UnicodeCases kUnicodeCases;

} // namespace pyrena::text
