#include "core/python/text/unicode.h"

#include "core/python/text/unicodetables.h"
#include "core/python/text/utf8.h"

#include <algorithm>
#include <vector>

namespace pyrena::text {

namespace {

class CodePointSet
{
public:
    explicit CodePointSet(std::span<const std::uint32_t> gaps)
    {
        m_changes.reserve(gaps.size());
        std::uint32_t position = 0;
        for (const std::uint32_t gap : gaps)
            m_changes.push_back(position += gap);
    }

    bool contains(char32_t c) const
    {
        const auto after = std::upper_bound(m_changes.begin(), m_changes.end(), std::uint32_t(c));
        return (after - m_changes.begin()) % 2 == 1;
    }

private:
    std::vector<std::uint32_t> m_changes;
};

struct Classes
{
    CodePointSet nonPrintable{kUnicodeClasses.nonPrintable};
    CodePointSet alpha{kUnicodeClasses.alpha};
    CodePointSet space{kUnicodeClasses.space};
    CodePointSet digitNotDecimal{kUnicodeClasses.digitNotDecimal};
    CodePointSet numericNotDigit{kUnicodeClasses.numericNotDigit};
    CodePointSet lower{kUnicodeClasses.lower};
    CodePointSet upper{kUnicodeClasses.upper};
    CodePointSet title{kUnicodeClasses.title};
    CodePointSet xidStart{kUnicodeClasses.xidStart};
    CodePointSet xidContinueNotStart{kUnicodeClasses.xidContinueNotStart};
    CodePointSet casedNotIgnorable{kUnicodeClasses.casedNotIgnorable};
    CodePointSet caseIgnorable{kUnicodeClasses.caseIgnorable};
};

const Classes &classes()
{
    static const Classes instance;
    return instance;
}

void appendMapped(std::string &out, char32_t c, const CaseMapping &mapping)
{
    const auto run = std::partition_point(mapping.runs.begin(), mapping.runs.end(),
                                          [c](const CaseRun &r) { return r.last < c; });
    if (run != mapping.runs.end() && run->first <= c && (c - run->first) % run->stride == 0) {
        appendCodePoint(out, char32_t(std::int64_t(c) + run->delta));
        return;
    }
    const auto special = std::partition_point(mapping.specials.begin(), mapping.specials.end(),
                                              [c](const CaseSpecial &s) { return s.codePoint < c; });
    if (special == mapping.specials.end() || special->codePoint != c) {
        appendCodePoint(out, c);
        return;
    }
    for (const std::uint32_t mapped : special->mapped) {
        if (mapped != 0)
            appendCodePoint(out, mapped);
    }
}

} // namespace

bool isPrintable(char32_t c)
{
    if (c < 0x7f)
        return c >= 0x20;
    return !classes().nonPrintable.contains(c);
}

bool isAlpha(char32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return classes().alpha.contains(c);
}

int decimalValue(char32_t c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9' ? int(c - '0') : -1;
    const auto zeros = kUnicodeClasses.zeros;
    const auto after = std::upper_bound(zeros.begin(), zeros.end(), std::uint32_t(c));
    if (after == zeros.begin() || c - *(after - 1) > 9)
        return -1;
    return int(c - *(after - 1));
}

bool isDecimal(char32_t c) { return decimalValue(c) >= 0; }
bool isDigit(char32_t c) { return isDecimal(c) || classes().digitNotDecimal.contains(c); }
bool isNumeric(char32_t c) { return isDigit(c) || classes().numericNotDigit.contains(c); }
bool isAlnum(char32_t c) { return isAlpha(c) || isNumeric(c); }

bool isSpace(char32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f);
    return classes().space.contains(c);
}

bool isLower(char32_t c) { return c < 0x80 ? (c >= 'a' && c <= 'z') : classes().lower.contains(c); }
bool isUpper(char32_t c) { return c < 0x80 ? (c >= 'A' && c <= 'Z') : classes().upper.contains(c); }
bool isTitle(char32_t c) { return c >= 0x80 && classes().title.contains(c); }
bool isXidStart(char32_t c) { return c < 0x80 ? (isAlpha(c) || c == '_') : classes().xidStart.contains(c); }
bool isXidContinue(char32_t c) { return isXidStart(c) || classes().xidContinueNotStart.contains(c); }

bool isLineBreak(char32_t c)
{
    return (c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool isCaseIgnorable(char32_t c) { return classes().caseIgnorable.contains(c); }
bool isCasedNotIgnorable(char32_t c) { return classes().casedNotIgnorable.contains(c); }

void appendLower(std::string &out, char32_t c) { appendMapped(out, c, kUnicodeCases.lower); }
void appendUpper(std::string &out, char32_t c) { appendMapped(out, c, kUnicodeCases.upper); }
void appendTitle(std::string &out, char32_t c) { appendMapped(out, c, kUnicodeCases.title); }
void appendFolded(std::string &out, char32_t c) { appendMapped(out, c, kUnicodeCases.fold); }

} // namespace pyrena::text
