#pragma once

#include <string>

// What CPython knows about a single code point (Unicode 14, the version of CPython 3.11).
namespace pyrena::text {

bool isPrintable(char32_t c);    // str.isprintable(): repr() leaves it as it is
bool isAlpha(char32_t c);
bool isDecimal(char32_t c);
bool isDigit(char32_t c);        // decimal, or superscript and the like
bool isNumeric(char32_t c);      // digit, or fraction and the like
bool isAlnum(char32_t c);
bool isSpace(char32_t c);
bool isLower(char32_t c);
bool isUpper(char32_t c);
bool isTitle(char32_t c);
bool isXidStart(char32_t c);     // may start an identifier; includes '_'
bool isXidContinue(char32_t c);
int decimalValue(char32_t c);    // 0 to 9, or -1
bool isLineBreak(char32_t c);    // where str.splitlines() splits

// For the final sigma rule of str.lower().
bool isCaseIgnorable(char32_t c);
bool isCasedNotIgnorable(char32_t c);

// Appends the mapping of one code point, which may be up to three, as UTF-8.
void appendLower(std::string &out, char32_t c);
void appendUpper(std::string &out, char32_t c);
void appendTitle(std::string &out, char32_t c);
void appendFolded(std::string &out, char32_t c);

} // namespace pyrena::text
