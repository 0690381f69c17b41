#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>

namespace pyrena::text {

// The exception that Python raises, with its message. MemoryError: larger than the simulator allows.
enum class ErrorKind { ValueError, TypeError, OverflowError, ZeroDivisionError, IndexError, KeyError, MemoryError };

struct TextError
{
    ErrorKind kind = ErrorKind::ValueError;
    std::string message;
    friend bool operator==(const TextError &, const TextError &) = default;
};

const char *name(ErrorKind kind);   // "ValueError"

template <class T>
using TextResult = Result<T, TextError>;

// What differs between versions of Python in the text they produce, and the limits of the simulator.
struct TextRules
{
    bool invalidSpecNamesSpec = true;      // 3.11+: "Invalid format specifier 'xx' for object of type 'str'"
    bool zeroPadsStrings = true;           // 3.10+: format('a', '05') is 'a0000'; before: an error about '='
    bool spaceSignHasOwnMessage = true;    // 3.10+: "Space not allowed in string format specifier"
    bool negativeZeroOption = true;        // 3.11+: 'z' in a format spec
    bool percentWantsRealNumber = true;    // 3.10+: "%d format: a real number is required, not str"
    bool percentNamesType = false;         // 3.14+: "%c requires an int or a unicode character, not float"
    bool percentNamesArgument = false;     // 3.15+: "format argument 2: %d requires a real number, not str"
    bool replacementIndexMessage = true;   // 3.8+: "Replacement index 1 out of range for positional args tuple"
    bool capitalizeUsesTitleCase = true;   // 3.8+: 'ǆ'.capitalize() is 'ǅ'
    std::size_t maxStrDigits = 4300;       // 3.11+ and late 3.7 to 3.10: sys.get_int_max_str_digits(); 0: no limit
    std::size_t maxResultBytes = std::size_t(64) << 20;

    static TextRules forVersion(int minor);   // of Python 3
};

TextError tooLarge(std::size_t limitBytes);

} // namespace pyrena::text
