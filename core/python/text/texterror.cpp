#include "core/python/text/texterror.h"

namespace pyrena::text {

const char *name(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::ValueError: return "ValueError";
    case ErrorKind::TypeError: return "TypeError";
    case ErrorKind::OverflowError: return "OverflowError";
    case ErrorKind::ZeroDivisionError: return "ZeroDivisionError";
    case ErrorKind::IndexError: return "IndexError";
    case ErrorKind::KeyError: return "KeyError";
    case ErrorKind::MemoryError: return "MemoryError";
    }
    return "Exception";
}

TextRules TextRules::forVersion(int minor)
{
    TextRules rules;
    rules.invalidSpecNamesSpec = minor >= 11;
    rules.zeroPadsStrings = minor >= 10;
    rules.spaceSignHasOwnMessage = minor >= 10;
    rules.negativeZeroOption = minor >= 11;
    rules.percentWantsRealNumber = minor >= 10;
    rules.percentNamesType = minor >= 14;
    rules.percentNamesArgument = minor >= 15;
    rules.replacementIndexMessage = minor >= 8;
    rules.capitalizeUsesTitleCase = minor >= 8;
    return rules;
}

TextError tooLarge(std::size_t limitBytes)
{
    return {ErrorKind::MemoryError,
            "the result would be larger than the " + std::to_string(limitBytes) + " bytes this simulator allows"};
}

} // namespace pyrena::text
