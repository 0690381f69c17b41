#pragma once

#include "core/python/text/bigint.h"
#include "core/python/text/texterror.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The % operator of str, in two halves: the format cut into pieces, and one converted value laid out.
//
// The caller walks the pieces in order, because CPython raises an error only when it gets there:
//   Literal     append text.
//   Error       raise error. With hasKey a missing mapping comes first, and then, unless keyIncomplete, the look-up.
//   Conversion  with hasKey look up key in the mapping; then take width and precision from the arguments where they are
//               starred (percentStarError unless an int: setStarredWidth / setStarredPrecision); then take the value
//               (percentNotEnough); then convert it by `conversion`. "%%" is a literal.
// Left-over arguments: percentLeftOver.
namespace pyrena::text {

struct PercentPiece
{
    enum class Kind { Literal, Conversion, Error };

    Kind kind = Kind::Literal;
    std::string text;             // of a literal
    bool hasKey = false;
    std::string key;
    bool keyIncomplete = false;   // of an error: the key has no end
    bool leftAdjust = false;      // '-'
    bool plusSign = false;        // '+'
    bool blankSign = false;       // ' '
    bool alternate = false;       // '#'
    bool zeroPad = false;         // '0'
    bool widthStarred = false;
    std::int64_t width = -1;      // -1: not given
    bool precisionStarred = false;
    std::int64_t precision = -1;
    char32_t conversion = 0;
    std::size_t start = 0;        // of the '%', in code points
    std::size_t index = 0;        // of the conversion character, in code points
    TextError error;

    void setStarredWidth(std::int64_t value);       // negative: left-adjusted
    void setStarredPrecision(std::int64_t value);   // negative: 0
};

std::vector<PercentPiece> parsePercentFormat(std::string_view format, const TextRules &rules = {});

// What the value of a conversion must be turned into before it is formatted.
enum class PercentOperand {
    Text,      // s r a: the text of str(), repr(), ascii()
    Number,    // d i u: an int; a float is cut
    Integer,   // o x X: an int
    Float,     // e E f F g G
    Character, // c: an int or a str of length 1
    Unknown    // unsupportedConversion() is raised after the value was taken
};
PercentOperand percentOperand(char32_t conversion);

TextResult<std::string> percentText(const PercentPiece &piece, std::string_view text, const TextRules &rules = {});
TextResult<std::string> percentInt(const PercentPiece &piece, const BigInt &value, const TextRules &rules = {});
TextResult<std::string> percentFloat(const PercentPiece &piece, double value, const TextRules &rules = {});
// Which of the arguments a value is, as 3.15 tells it: the number-th of a tuple (from 1), that of a key, or the only one.
struct PercentPlace
{
    std::size_t number = 0;
    const std::string *key = nullptr;
};

TextResult<std::string> percentCharacter(const PercentPiece &piece, const BigInt &codePoint, const TextRules &rules = {}, PercentPlace place = {});
// c with a str: TypeError unless it has length 1.
TextResult<std::string> percentCharacter(const PercentPiece &piece, std::string_view text, const TextRules &rules = {}, PercentPlace place = {});

// The errors, worded as the version does (percentmessages.cpp).
TextError percentTypeError(char32_t conversion, std::string_view typeName, const TextRules &rules = {}, PercentPlace place = {});
TextError percentCharacterLength(std::size_t length, const TextRules &rules, PercentPlace place);
TextError percentCharacterRange(const TextRules &rules, PercentPlace place);
TextError percentStarError(std::string_view typeName, const TextRules &rules, PercentPlace place);
TextError percentNotEnough(std::size_t got, const TextRules &rules);
TextError percentLeftOver(std::size_t required, std::size_t got, const TextRules &rules);
TextError percentNoMapping(std::string_view typeName, const TextRules &rules);
// A value is asked for behind one that a key gave: `star` for a width or precision.
TextError percentAfterKey(const PercentPiece &piece, bool star, const TextRules &rules);
TextError unsupportedConversion(const PercentPiece &piece, const TextRules &rules = {});

enum class PercentFault { IncompleteKey, WidthTooBig, PrecisionTooBig, Incomplete };
TextError percentFault(PercentFault fault, const PercentPiece &piece, const TextRules &rules);

} // namespace pyrena::text
