#pragma once

#include "core/python/text/texterror.h"

#include <string>
#include <string_view>

// str.lower() and friends, and the str.is...() questions. ASCII text takes a short path.
namespace pyrena::text {

std::string lower(std::string_view text);        // with the final sigma: 'ΟΔΟΣ' -> 'οδος'
std::string upper(std::string_view text);        // 'ß' -> 'SS'
std::string title(std::string_view text);
std::string capitalize(std::string_view text, const TextRules &rules = {});
std::string swapcase(std::string_view text);
std::string casefold(std::string_view text);

// As in Python, all but isAsciiText and isPrintableText are false for the empty text.
bool isAlphaText(std::string_view text);
bool isAlnumText(std::string_view text);
bool isDecimalText(std::string_view text);
bool isDigitText(std::string_view text);
bool isNumericText(std::string_view text);
bool isSpaceText(std::string_view text);
bool isPrintableText(std::string_view text);
bool isLowerText(std::string_view text);     // at least one cased character, and no upper or title case one
bool isUpperText(std::string_view text);
bool isTitleText(std::string_view text);
bool isIdentifier(std::string_view text);    // keywords included

} // namespace pyrena::text
