#pragma once

#include "core/python/text/texterror.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// str.format() templates: '{0.name[key]!r:>{w}}' cut into pieces. The caller walks them in order, because CPython raises
// an error only when it gets there; an error piece is the last.
namespace pyrena::text {

struct FormatPiece
{
    std::string literal;        // in front of the field
    bool hasField = false;
    std::string fieldName;      // "0.name[key]"
    char32_t conversion = 0;    // 'r', 's', 'a', anything else, or 0
    std::string spec;           // ">{w}"
    bool specHasFields = false; // format it first, as a template of its own (at most one level deep)
    std::optional<TextError> error;
};

// Messages as CPython's: "Single '}' encountered in format string", "expected '}' before end of string", ...
std::vector<FormatPiece> parseFormatString(std::string_view format);

struct FieldStep
{
    enum class Kind { Attribute, Item };
    Kind kind = Kind::Attribute;
    std::variant<std::string, std::int64_t> key;   // an item with only digits in it is an index
};
struct FieldPath
{
    std::variant<std::string, std::int64_t> first;   // "" : the next positional argument
    std::vector<FieldStep> steps;
    std::optional<TextError> error;                  // raised after the steps in front of it
};
// Error: "Too many decimal digits in format string" for the first part; later errors are part of the path.
TextResult<FieldPath> parseFieldName(std::string_view fieldName);

// '{}' and '{0}' may not be mixed in one template.
class AutoNumbering
{
public:
    // The argument that `first` names, with "" replaced by the next index.
    TextResult<std::variant<std::string, std::int64_t>> resolve(const std::variant<std::string, std::int64_t> &first);

private:
    enum class Mode { Unknown, Automatic, Manual };
    Mode m_mode = Mode::Unknown;
    std::int64_t m_next = 0;
};

TextError replacementIndexError(std::int64_t index, const TextRules &rules = {});   // IndexError
TextError unknownConversion(char32_t conversion);   // "Unknown conversion specifier x" for anything but r, s, a
TextError maxRecursionExceeded();                   // a field in the spec of a field in a spec

} // namespace pyrena::text
