// What goes wrong with a % format, in the words of each version. 3.15 says which argument and where in the format.
#include "core/python/text/percentformat.h"
#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

namespace pyrena::text {

namespace {

std::string position(std::size_t index) { return " at position " + std::to_string(index); }

std::string argument(PercentPlace place)
{
    std::string out = "format argument";
    if (place.key)
        out += " '" + *place.key + "'";
    else if (place.number > 0)
        out += " " + std::to_string(place.number);
    return out + ": ";
}

const char *wanted(PercentOperand operand)
{
    switch (operand) {
    case PercentOperand::Integer: return "an integer";
    case PercentOperand::Character: return "an integer or a unicode character";
    default: return "a real number";
    }
}

TextError badCharacter(const std::string &found, const TextRules &rules, PercentPlace place)
{
    if (rules.percentNamesArgument)
        return {ErrorKind::TypeError, argument(place) + "%c requires an integer or a unicode character, not " + found};
    return {ErrorKind::TypeError, rules.percentNamesType ? "%c requires an int or a unicode character, not " + found
                                                         : std::string("%c requires int or char")};
}

} // namespace

TextError percentTypeError(char32_t conversion, std::string_view typeName, const TextRules &rules, PercentPlace place)
{
    const std::string type(typeName);
    const std::string letter = "%" + encodeUtf8(conversion);
    const PercentOperand operand = percentOperand(conversion);
    if (operand == PercentOperand::Character)
        return badCharacter(type, rules, place);
    if (rules.percentNamesArgument)
        return {ErrorKind::TypeError, argument(place) + letter + " requires " + wanted(operand) + ", not " + type};
    switch (operand) {
    case PercentOperand::Integer:
        return {ErrorKind::TypeError, letter + " format: an integer is required, not " + type};
    case PercentOperand::Float:
        return {ErrorKind::TypeError, "must be real number, not " + type};
    default:
        return {ErrorKind::TypeError,
                letter + (rules.percentWantsRealNumber ? " format: a real number is required, not " : " format: a number is required, not ") + type};
    }
}

TextError percentCharacterLength(std::size_t length, const TextRules &rules, PercentPlace place)
{
    return badCharacter("a string of length " + std::to_string(length), rules, place);
}

TextError percentCharacterRange(const TextRules &rules, PercentPlace place)
{
    return {ErrorKind::OverflowError,
            rules.percentNamesArgument ? argument(place) + "%c argument not in range(0x110000)" : std::string("%c arg not in range(0x110000)")};
}

TextError percentStarError(std::string_view typeName, const TextRules &rules, PercentPlace place)
{
    return {ErrorKind::TypeError,
            rules.percentNamesArgument ? argument(place) + "* requires int, not " + std::string(typeName) : std::string("* wants int")};
}

TextError percentNotEnough(std::size_t got, const TextRules &rules)
{
    return {ErrorKind::TypeError,
            "not enough arguments for format string" + (rules.percentNamesArgument ? " (got " + std::to_string(got) + ")" : std::string())};
}

TextError percentLeftOver(std::size_t required, std::size_t got, const TextRules &rules)
{
    std::string message = "not all arguments converted during string formatting";
    if (rules.percentNamesArgument)
        message += " (required " + std::to_string(required) + ", got " + std::to_string(got) + ")";
    return {ErrorKind::TypeError, message};
}

TextError percentNoMapping(std::string_view typeName, const TextRules &rules)
{
    return {ErrorKind::TypeError, "format requires a mapping" + (rules.percentNamesArgument ? ", not " + std::string(typeName) : std::string())};
}

TextError percentAfterKey(const PercentPiece &piece, bool star, const TextRules &rules)
{
    if (!rules.percentNamesArgument)
        return percentNotEnough(1, rules);
    return {ErrorKind::ValueError,
            (star ? "* cannot be used with a parenthesised mapping key" : "format requires a parenthesised mapping key") + position(piece.start)};
}

TextError unsupportedConversion(const PercentPiece &piece, const TextRules &rules)
{
    const char32_t c = piece.conversion;
    const std::string code = BigInt(std::int64_t(c)).toString(16);
    if (!rules.percentNamesArgument) {   // '?' stands for what is not ASCII
        const std::string shown(1, c >= 32 && c < 127 ? char(c) : '?');
        return {ErrorKind::ValueError, "unsupported format character '" + shown + "' (0x" + code + ") at index " + std::to_string(piece.index)};
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return {ErrorKind::ValueError, "unsupported format %" + encodeUtf8(c) + position(piece.start)};
    std::string digits = code;
    for (char &digit : digits)
        digit = digit >= 'a' ? char(digit - 'a' + 'A') : digit;
    const std::string number = "U+" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
    const std::string shown = !isPrintable(c) ? number : "'" + encodeUtf8(c) + "'" + (c < 127 ? std::string() : " (" + number + ")");
    return {ErrorKind::ValueError, "stray %" + position(piece.start) + " or unexpected format character " + shown + position(piece.index)};
}

TextError percentFault(PercentFault fault, const PercentPiece &piece, const TextRules &rules)
{
    const auto told = [&](const char *always) {
        return TextError{ErrorKind::ValueError, always + (rules.percentNamesArgument ? position(piece.start) : std::string())};
    };
    switch (fault) {
    case PercentFault::IncompleteKey: return told(rules.percentNamesArgument ? "stray % or incomplete format key" : "incomplete format key");
    case PercentFault::WidthTooBig: return told("width too big");
    case PercentFault::PrecisionTooBig: return told("precision too big");
    case PercentFault::Incomplete: break;
    }
    return told(rules.percentNamesArgument ? "stray %" : "incomplete format");
}

} // namespace pyrena::text
