#include "textdata.h"

#include "core/python/text/floatrepr.h"
#include "core/python/text/formatspec.h"
#include "core/python/text/percentformat.h"
#include "core/python/text/strformat.h"
#include "core/python/text/strrepr.h"

#include <doctest/doctest.h>

#include <optional>

using namespace pyrena;
using namespace pyrena::text;
using namespace textdata;

namespace {

TextResult<std::string> formatAs(const std::string &type, const std::string &value, const std::string &spec)
{
    if (type == "str")
        return formatString(value, spec);
    if (type == "float")
        return formatFloat(toDouble(value), spec);
    if (type == "complex")
        return formatComplex({toDouble(value.substr(0, 16)), toDouble(value.substr(16))}, spec);
    TextRules rules;
    rules.maxStrDigits = 0;
    return formatInt(*BigInt::fromDigits(value), spec, rules, type);
}

// The % operator with a tuple of ints, floats and strs, each "i<hex>", "f<bits>" or "s<text>".
class PercentOperator
{
public:
    PercentOperator(const std::string &format, std::vector<std::string> arguments)
        : m_pieces(parsePercentFormat(format)), m_arguments(std::move(arguments)) {}

    std::string run()
    {
        std::string out = "=";
        for (PercentPiece &piece : m_pieces) {
            if (piece.kind == PercentPiece::Kind::Literal) {
                out += piece.text;
                continue;
            }
            if (piece.kind == PercentPiece::Kind::Error)
                return shown(piece.error);
            const auto formatted = convert(piece);
            if (!formatted)
                return shown(formatted.error());
            out += *formatted;
        }
        if (m_next < m_arguments.size())
            return "!TypeError: not all arguments converted during string formatting";
        return out;
    }

private:
    std::optional<std::string> take()
    {
        if (m_next >= m_arguments.size())
            return std::nullopt;
        return m_arguments[m_next++];
    }

    static BigInt intOf(const std::string &argument) { return *BigInt::fromDigits(argument.substr(1), 16); }

    TextResult<std::string> convert(PercentPiece &piece)
    {
        const TextError notEnough{ErrorKind::TypeError, "not enough arguments for format string"};
        const TextError wantsInt{ErrorKind::TypeError, "* wants int"};
        if (piece.widthStarred) {
            const auto argument = take();
            if (!argument)
                return notEnough;
            if (argument->front() != 'i')
                return wantsInt;
            piece.setStarredWidth(*intOf(*argument).toInt64());
        }
        if (piece.precisionStarred) {
            const auto argument = take();
            if (!argument)
                return notEnough;
            if (argument->front() != 'i')
                return wantsInt;
            piece.setStarredPrecision(*intOf(*argument).toInt64());
        }
        const auto argument = take();
        if (!argument)
            return notEnough;
        return formatOne(piece, *argument);
    }

    static TextResult<std::string> formatOne(const PercentPiece &piece, const std::string &argument)
    {
        const char type = argument.front();
        const std::string value = argument.substr(1);
        const TextError wrongType =
            percentTypeError(piece.conversion, type == 'i' ? "int" : type == 'f' ? "float" : "str");
        switch (percentOperand(piece.conversion)) {
        case PercentOperand::Text: {
            std::string text = type == 'i' ? intOf(argument).toString() : type == 'f' ? reprFloat(toDouble(value)) : value;
            if (type == 's' && piece.conversion != 's')
                text = piece.conversion == 'a' ? asciiString(value) : reprString(value);
            return percentText(piece, text);
        }
        case PercentOperand::Number:
            if (type == 'f') {
                const auto whole = truncateFloat(toDouble(value));
                return whole ? percentInt(piece, *whole) : whole.error();
            }
            return type == 'i' ? percentInt(piece, intOf(argument)) : wrongType;
        case PercentOperand::Integer:
            return type == 'i' ? percentInt(piece, intOf(argument)) : wrongType;
        case PercentOperand::Float:
            if (type == 's')
                return wrongType;
            return percentFloat(piece, type == 'f' ? toDouble(value) : *intOf(argument).toDouble());
        case PercentOperand::Character:
            if (type == 'f')
                return wrongType;
            return type == 'i' ? percentCharacter(piece, intOf(argument)) : percentCharacter(piece, value);
        case PercentOperand::Unknown:
            break;
        }
        return unsupportedConversion(piece);
    }

    std::vector<PercentPiece> m_pieces;
    std::vector<std::string> m_arguments;
    std::size_t m_next = 0;
};

std::string shownPieces(const std::string &format)
{
    std::string out;
    for (const FormatPiece &piece : parseFormatString(format)) {
        if (piece.error)
            return shown(*piece.error);
        out += out.empty() ? "=" : " // ";
        out += piece.literal + "|";
        if (piece.hasField)
            out += piece.fieldName + "|" + (piece.conversion ? encodeUtf8(piece.conversion) : "") + "|" + piece.spec;
        else
            out += "-";
    }
    return out.empty() ? "=" : out;
}

std::string shownKey(const std::variant<std::string, std::int64_t> &key)
{
    const auto *name = std::get_if<std::string>(&key);
    return name ? "s" + *name : "i" + std::to_string(std::get<std::int64_t>(key));
}

std::string shownPath(const std::string &fieldName)
{
    const auto path = parseFieldName(fieldName);
    if (!path)
        return shown(path.error());
    if (path->error)
        return shown(*path->error);
    std::string out = "=" + shownKey(path->first);
    for (const FieldStep &step : path->steps)
        out += std::string(" // ") + (step.kind == FieldStep::Kind::Attribute ? "." : "[") + shownKey(step.key);
    return out;
}

} // namespace

TEST_CASE("format() of str, int, bool, float and complex gives CPython's text and errors")
{
    const auto rows = table("formatspec");
    REQUIRE(rows.size() > 3000);
    for (const Row &row : rows) {
        CAPTURE(row[0]);
        CAPTURE(row[1].substr(0, 60));
        CAPTURE(row[2]);
        CHECK(shown(formatAs(row[0], row[1], row[2])) == row[3]);
    }
}

TEST_CASE("the % operator gives CPython's text and errors")
{
    const auto rows = table("percent");
    REQUIRE(rows.size() > 2000);
    for (const Row &row : rows) {
        CAPTURE(row[0]);
        CHECK(PercentOperator(row[0], {row.begin() + 2, row.end()}).run() == row[1]);
    }
}

TEST_CASE("str.format templates and field names are cut as CPython cuts them")
{
    const auto rows = table("template");
    REQUIRE(rows.size() > 1000);
    for (const Row &row : rows) {
        CAPTURE(row[1]);
        CHECK((row[0] == "template" ? shownPieces(row[1]) : shownPath(row[1])) == row[2]);
    }
}

TEST_CASE("automatic and manual numbering do not mix")
{
    AutoNumbering automatic;
    CHECK(std::get<std::int64_t>(*automatic.resolve(std::string())) == 0);
    CHECK(std::get<std::int64_t>(*automatic.resolve(std::string())) == 1);
    CHECK(std::get<std::string>(*automatic.resolve(std::string("name"))) == "name");
    CHECK(automatic.resolve(std::int64_t(0)).error().message
          == "cannot switch from automatic field numbering to manual field specification");
    AutoNumbering manual;
    CHECK(std::get<std::int64_t>(*manual.resolve(std::int64_t(3))) == 3);
    CHECK(manual.resolve(std::string()).error().message
          == "cannot switch from manual field specification to automatic field numbering");
    CHECK(unknownConversion('x').message == "Unknown conversion specifier x");
    CHECK(unknownConversion(0xe9).message == "Unknown conversion specifier \\xe9");
    CHECK(replacementIndexError(1).message == "Replacement index 1 out of range for positional args tuple");
}

TEST_CASE("older versions word and decide some things differently")
{
    const TextRules old = TextRules::forVersion(7);
    CHECK(formatString("a", "05", old).error().message == "'=' alignment not allowed in string format specifier");
    CHECK(formatString("a", "zz", old).error().message == "Invalid format specifier");
    CHECK(formatString("a", " ", old).error().message == "Sign not allowed in string format specifier");
    CHECK(percentTypeError('d', "str", old).message == "%d format: a number is required, not str");
    CHECK(percentTypeError('c', "float", old).message == "%c requires int or char");
    CHECK(replacementIndexError(1, old).message == "tuple index out of range");
}

TEST_CASE("Python 3.15 says which argument of a % format is wrong, and where in the format")
{
    const TextRules rules = TextRules::forVersion(15);
    const std::string key = "x";
    CHECK(percentTypeError('d', "str", rules).message == "format argument: %d requires a real number, not str");
    CHECK(percentTypeError('f', "str", rules, {.number = 2}).message == "format argument 2: %f requires a real number, not str");
    CHECK(percentTypeError('x', "str", rules, {.key = &key}).message == "format argument 'x': %x requires an integer, not str");
    CHECK(percentCharacterLength(2, rules, {}).message == "format argument: %c requires an integer or a unicode character, not a string of length 2");
    CHECK(percentNotEnough(1, rules).message == "not enough arguments for format string (got 1)");
    CHECK(percentLeftOver(1, 2, rules).message == "not all arguments converted during string formatting (required 1, got 2)");
    CHECK(parsePercentFormat("abc %", rules).back().error.message == "stray % at position 4");
    CHECK(parsePercentFormat("%(a", rules).back().error.message == "stray % or incomplete format key at position 0");
    CHECK(unsupportedConversion(parsePercentFormat("abc%5z", rules).back(), rules).message == "unsupported format %z at position 3");
    CHECK(unsupportedConversion(parsePercentFormat("%5%", rules).back(), rules).message
          == "stray % at position 0 or unexpected format character '%' at position 2");
    CHECK(unsupportedConversion(parsePercentFormat("%\n", rules).back(), rules).message
          == "stray % at position 0 or unexpected format character U+000A at position 1");
    CHECK(unsupportedConversion(parsePercentFormat("%\u00e9", rules).back(), rules).message
          == "stray % at position 0 or unexpected format character '\u00e9' (U+00E9) at position 1");
}

TEST_CASE("a width or precision that would need too much memory is an error")
{
    CHECK(formatString("a", "99999999999").error().kind == ErrorKind::MemoryError);
    CHECK(formatInt(BigInt(1), "99999999999").error().kind == ErrorKind::MemoryError);
    CHECK(formatFloat(1, ".2000000000f").error().kind == ErrorKind::MemoryError);
    CHECK(formatFloat(1, "9223372036854775807").error().kind == ErrorKind::MemoryError);
    CHECK(formatComplex({1, 2}, "9223372036854775807").error().kind == ErrorKind::MemoryError);
    PercentPiece piece = parsePercentFormat("%.2000000000d").front();
    CHECK(percentInt(piece, BigInt(1)).error().kind == ErrorKind::MemoryError);
    CHECK(percentFloat(piece, 1).error().kind == ErrorKind::MemoryError);
    piece.setStarredWidth(std::numeric_limits<std::int64_t>::min());
    CHECK(percentText(piece, "a").error().kind == ErrorKind::MemoryError);
}

TEST_CASE("keys of % formats nest parentheses")
{
    const auto pieces = parsePercentFormat("a%(k(x))-5.2fz");
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[1].hasKey);
    CHECK(pieces[1].key == "k(x)");
    CHECK(pieces[1].leftAdjust);
    CHECK(pieces[1].width == 5);
    CHECK(pieces[1].precision == 2);
    CHECK(pieces[2].text == "z");
    CHECK(parsePercentFormat("%(a").front().error.message == "incomplete format key");
}
