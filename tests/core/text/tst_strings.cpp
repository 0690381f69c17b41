#include "textdata.h"

#include "core/python/text/strcase.h"
#include "core/python/text/strmethods.h"
#include "core/python/text/strrepr.h"

#include <doctest/doctest.h>

using namespace pyrena;
using namespace pyrena::text;
using namespace textdata;

namespace {

template <class Parts>
std::string joined(const Parts &parts)
{
    std::string out;
    for (const std::string &part : parts)
        out += (out.empty() ? "<" : "|<") + part + ">";
    return out;
}

template <class Parts>
TextResult<std::string> joinedResult(const TextResult<Parts> &parts)
{
    return parts ? TextResult<std::string>(joined(*parts)) : parts.error();
}

TextResult<std::string> call(const std::string &method, const std::string &s, const std::string &t, std::int64_t n,
                             std::int64_t a, std::int64_t b)
{
    constexpr char32_t kFill = 0xe9;
    if (method == "find") return std::to_string(find(s, t, {a, b}));
    if (method == "rfind") return std::to_string(rfind(s, t, {a, b}));
    if (method == "count") return std::to_string(count(s, t, {a, b}));
    if (method == "startswith") return std::to_string(startsWith(s, t, {a, b}));
    if (method == "endswith") return std::to_string(endsWith(s, t, {a, b}));
    if (method == "replace") return replace(s, t, "<\u00e9>", n);
    if (method == "split") return joinedResult(split(s, t, n));
    if (method == "rsplit") return joinedResult(rsplit(s, t, n));
    if (method == "splitspace") return joined(splitWhitespace(s, n));
    if (method == "rsplitspace") return joined(rsplitWhitespace(s, n));
    if (method == "splitlines") return joined(splitLines(s, n > 0));
    if (method == "partition") return joinedResult(partition(s, t));
    if (method == "rpartition") return joinedResult(rpartition(s, t));
    if (method == "strip") return std::string(strip(s, StripSide::Both));
    if (method == "lstrip") return std::string(strip(s, StripSide::Left));
    if (method == "rstrip") return std::string(strip(s, StripSide::Right));
    if (method == "stripset") return std::string(strip(s, StripSide::Both, t));
    if (method == "lstripset") return std::string(strip(s, StripSide::Left, t));
    if (method == "rstripset") return std::string(strip(s, StripSide::Right, t));
    if (method == "removeprefix") return std::string(removePrefix(s, t));
    if (method == "removesuffix") return std::string(removeSuffix(s, t));
    if (method == "center") return center(s, b, kFill);
    if (method == "ljust") return ljust(s, b, kFill);
    if (method == "rjust") return rjust(s, b);
    if (method == "zfill") return zfill(s, b);
    if (method == "expandtabs") return expandTabs(s, a);
    if (method == "repeat") return repeat(s, n);
    if (method == "compare") return std::to_string(compare(s, t));
    FAIL("the table has a method the test does not know: " << method);
    return std::string();
}

} // namespace

TEST_CASE("repr, case and classes of strings are CPython's")
{
    const auto rows = table("strings");
    REQUIRE(rows.size() == 700);
    for (const Row &row : rows) {
        const std::string &s = row[0];
        CAPTURE(row[2]);
        CHECK(std::to_string(length(s)) == row[1]);
        CHECK(reprString(s) == row[2]);
        CHECK(asciiString(s) == row[3]);
        CHECK(lower(s) == row[4]);
        CHECK(upper(s) == row[5]);
        CHECK(title(s) == row[6]);
        CHECK(capitalize(s) == row[7]);
        CHECK(swapcase(s) == row[8]);
        CHECK(casefold(s) == row[9]);
        std::string answers;
        for (const bool answer : {isAlphaText(s), isAlnumText(s), isDecimalText(s), isDigitText(s), isNumericText(s),
                                  isSpaceText(s), isPrintableText(s), isLowerText(s), isUpperText(s), isTitleText(s),
                                  isIdentifier(s), isAscii(s)})
            answers += answer ? '1' : '0';
        CHECK(answers == row[10]);
        CHECK(reversed(s) == row[11]);
        CHECK(substring(s, 1, 4) == row[12]);
        CHECK(slice(s, 0, 2, (length(s) + 1) / 2) == row[13]);
        CHECK(encodeUtf8(decodeUtf8(s)) == s);
    }
}

TEST_CASE("str methods give CPython's results and errors")
{
    const auto rows = table("strmethods");
    REQUIRE(rows.size() == 3000);
    for (const Row &row : rows) {
        CAPTURE(row[0]);
        CAPTURE(reprString(row[1]));
        CAPTURE(reprString(row[2]));
        CAPTURE(row[3]);
        CAPTURE(row[4]);
        CAPTURE(row[5]);
        CHECK(shown(call(row[0], row[1], row[2], std::stoll(row[3]), std::stoll(row[4]), std::stoll(row[5]))) == row[6]);
    }
}

TEST_CASE("repr of bytes is CPython's")
{
    for (const Row &row : table("bytes")) {
        std::string bytes;
        for (std::size_t i = 0; i < row[0].size(); i += 2)
            bytes += char(std::stoi(row[0].substr(i, 2), nullptr, 16));
        CHECK(reprBytes(bytes) == row[1]);
    }
}

TEST_CASE("bytes that are no UTF-8 count one by one and harm nothing")
{
    const std::string bad = "a\xff\xc3(\xe2\x82" "b\xf4\x90\x80\x80";
    CHECK(length(bad) == decodeUtf8(bad).size());
    CHECK(length(bad) == 11);
    CHECK(reversed(reversed(bad)) == bad);
    CHECK(!isValidUtf8(bad));
    CHECK(isValidUtf8("h\u00e9"));
    CHECK(codePointAt(bad, 1) == U'\ufffd');
    CHECK(!codePointAt(bad, 11));
    CHECK(substring(bad, 10, 99).size() == 1);
    // A lone surrogate is kept, and escaped by repr.
    const std::string surrogate = encodeUtf8(char32_t(0xd800));
    CHECK(length(surrogate) == 1);
    CHECK(reprString(surrogate) == "'\\ud800'");
    CHECK(!isValidUtf8(surrogate));
}

TEST_CASE("the width of characters decides the kind of str object")
{
    CHECK(charWidth("") == CharWidth::Ascii);
    CHECK(charWidth("abc") == CharWidth::Ascii);
    CHECK(charWidth("\u00e9") == CharWidth::Latin1);
    CHECK(charWidth("\u0100") == CharWidth::Ucs2);
    CHECK(charWidth("a\U0001f600") == CharWidth::Ucs4);
}

TEST_CASE("results that would grow above the limit are refused")
{
    TextRules rules;
    rules.maxResultBytes = 100;
    CHECK(repeat("abc", 33, rules).ok());
    CHECK(repeat("abc", 34, rules).error().kind == ErrorKind::MemoryError);
    CHECK(repeat("abc", std::numeric_limits<std::int64_t>::max()).error().kind == ErrorKind::MemoryError);
    CHECK(replace("aaaaaaaaaa", "a", "0123456789ab", -1, rules).error().kind == ErrorKind::MemoryError);
    CHECK(rjust("a", std::numeric_limits<std::int64_t>::max()).error().kind == ErrorKind::MemoryError);
    CHECK(center("a", 101, U'\u00e9', rules).error().kind == ErrorKind::MemoryError);
    CHECK(zfill("-1", 200, rules).error().kind == ErrorKind::MemoryError);
    CHECK(expandTabs("\t\t", std::numeric_limits<std::int64_t>::max()).error().kind == ErrorKind::MemoryError);
    const std::vector<std::string> parts(20, "abc");
    CHECK(join(", ", parts, rules)->size() == 98);
    CHECK(join(",  ", parts, rules).error().kind == ErrorKind::MemoryError);
}

TEST_CASE("capitalize follows the version")
{
    CHECK(capitalize("\u01c6a") == "\u01c5a");
    CHECK(capitalize("\u01c6a", TextRules::forVersion(7)) == "\u01c4a");
}
