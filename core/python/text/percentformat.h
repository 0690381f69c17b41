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
//   Error       raise error. (With hasKey, "format requires a mapping" comes first when there is none.)
//   Conversion  with hasKey look up key in the mapping; then take width and precision from the arguments where they are
//               starred ("* wants int" unless an int: setStarredWidth / setStarredPrecision); then take the value
//               ("not enough arguments for format string"); then convert it by `conversion`. "%%" is a literal.
// Left-over arguments: "not all arguments converted during string formatting".
namespace pyrena::text {

struct PercentPiece
{
    enum class Kind { Literal, Conversion, Error };

    Kind kind = Kind::Literal;
    std::string text;             // of a literal
    bool hasKey = false;
    std::string key;
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
    std::size_t index = 0;        // of the conversion character, in code points
    TextError error;

    void setStarredWidth(std::int64_t value);       // negative: left-adjusted
    void setStarredPrecision(std::int64_t value);   // negative: 0
};

std::vector<PercentPiece> parsePercentFormat(std::string_view format);

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
// c with an int: OverflowError "%c arg not in range(0x110000)".
TextResult<std::string> percentCharacter(const PercentPiece &piece, const BigInt &codePoint, const TextRules &rules = {});
// c with a str: TypeError "%c requires int or char" unless it has length 1.
TextResult<std::string> percentCharacter(const PercentPiece &piece, std::string_view text, const TextRules &rules = {});

// TypeError for a value of the wrong type: "%d format: a real number is required, not str",
// "%x format: an integer is required, not float", "must be real number, not str", "%c requires int or char".
TextError percentTypeError(char32_t conversion, std::string_view typeName, const TextRules &rules = {});
TextError unsupportedConversion(const PercentPiece &piece);   // "unsupported format character 'q' (0x71) at index 3"

} // namespace pyrena::text
