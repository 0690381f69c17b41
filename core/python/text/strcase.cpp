#include "core/python/text/strcase.h"

#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

namespace pyrena::text {

namespace {

constexpr char32_t kCapitalSigma = 0x3a3;
constexpr char32_t kSmallSigma = 0x3c3;
constexpr char32_t kFinalSigma = 0x3c2;

bool isCased(char32_t c) { return isLower(c) || isUpper(c) || isTitle(c); }

// A sigma is final when a cased letter precedes it and none follows; case-ignorable characters do not count.
char32_t lowerSigma(std::u32string_view text, std::size_t at)
{
    std::size_t before = at;
    while (before > 0 && isCaseIgnorable(text[before - 1]))
        --before;
    if (before == 0 || !isCasedNotIgnorable(text[before - 1]))
        return kSmallSigma;
    std::size_t after = at + 1;
    while (after < text.size() && isCaseIgnorable(text[after]))
        ++after;
    return after < text.size() && isCasedNotIgnorable(text[after]) ? kSmallSigma : kFinalSigma;
}

void appendLowerAt(std::string &out, std::u32string_view text, std::size_t at)
{
    if (text[at] == kCapitalSigma)
        appendCodePoint(out, lowerSigma(text, at));
    else
        appendLower(out, text[at]);
}

template <class Mapping>
std::string mapAscii(std::string_view text, Mapping mapping)
{
    std::string out(text);
    for (char &c : out)
        c = mapping(c);
    return out;
}

template <class Test>
bool all(std::string_view text, Test test)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, bytes] = decodeAt(text, i);
        if (!test(c))
            return false;
        i += bytes;
    }
    return true;
}

template <class Test>
bool allAndNotEmpty(std::string_view text, Test test) { return !text.empty() && all(text, test); }

// At least one cased character, none of them excluded.
template <class Excluded>
bool casedWithout(std::string_view text, Excluded excluded)
{
    bool cased = false;
    const bool good = all(text, [&](char32_t c) {
        cased = cased || isCased(c);
        return !excluded(c);
    });
    return good && cased;
}

} // namespace

std::string lower(std::string_view text)
{
    if (isAscii(text))
        return mapAscii(text, [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    const std::u32string codePoints = decodeUtf8(text);
    std::string out;
    for (std::size_t i = 0; i < codePoints.size(); ++i)
        appendLowerAt(out, codePoints, i);
    return out;
}

std::string upper(std::string_view text)
{
    if (isAscii(text))
        return mapAscii(text, [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    std::string out;
    for (const char32_t c : decodeUtf8(text))
        appendUpper(out, c);
    return out;
}

std::string title(std::string_view text)
{
    const std::u32string codePoints = decodeUtf8(text);
    std::string out;
    bool afterCased = false;
    for (std::size_t i = 0; i < codePoints.size(); ++i) {
        if (afterCased)
            appendLowerAt(out, codePoints, i);
        else
            appendTitle(out, codePoints[i]);
        afterCased = isCased(codePoints[i]);
    }
    return out;
}

std::string capitalize(std::string_view text, const TextRules &rules)
{
    const std::u32string codePoints = decodeUtf8(text);
    std::string out;
    for (std::size_t i = 0; i < codePoints.size(); ++i) {
        if (i > 0)
            appendLowerAt(out, codePoints, i);
        else if (rules.capitalizeUsesTitleCase)
            appendTitle(out, codePoints[i]);
        else
            appendUpper(out, codePoints[i]);
    }
    return out;
}

std::string swapcase(std::string_view text)
{
    const std::u32string codePoints = decodeUtf8(text);
    std::string out;
    for (std::size_t i = 0; i < codePoints.size(); ++i) {
        if (isUpper(codePoints[i]))
            appendLowerAt(out, codePoints, i);
        else if (isLower(codePoints[i]))
            appendUpper(out, codePoints[i]);
        else
            appendCodePoint(out, codePoints[i]);
    }
    return out;
}

std::string casefold(std::string_view text)
{
    if (isAscii(text))
        return lower(text);
    std::string out;
    for (const char32_t c : decodeUtf8(text))
        appendFolded(out, c);
    return out;
}

bool isAlphaText(std::string_view text) { return allAndNotEmpty(text, isAlpha); }
bool isAlnumText(std::string_view text) { return allAndNotEmpty(text, isAlnum); }
bool isDecimalText(std::string_view text) { return allAndNotEmpty(text, isDecimal); }
bool isDigitText(std::string_view text) { return allAndNotEmpty(text, isDigit); }
bool isNumericText(std::string_view text) { return allAndNotEmpty(text, isNumeric); }
bool isSpaceText(std::string_view text) { return allAndNotEmpty(text, isSpace); }
bool isPrintableText(std::string_view text) { return all(text, isPrintable); }

bool isLowerText(std::string_view text)
{
    return casedWithout(text, [](char32_t c) { return isUpper(c) || isTitle(c); });
}

bool isUpperText(std::string_view text)
{
    return casedWithout(text, [](char32_t c) { return isLower(c) || isTitle(c); });
}

bool isTitleText(std::string_view text)
{
    bool cased = false;
    bool afterCased = false;
    const bool good = all(text, [&](char32_t c) {
        const bool starts = isUpper(c) || isTitle(c);
        if ((starts && afterCased) || (!starts && isLower(c) && !afterCased))
            return false;
        afterCased = starts || isLower(c);
        cased = cased || afterCased;
        return true;
    });
    return good && cased;
}

bool isIdentifier(std::string_view text)
{
    return !text.empty() && isXidStart(decodeAt(text, 0).codePoint) && all(text, isXidContinue);
}

} // namespace pyrena::text
