#pragma once

#include "core/python/text/texterror.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The algorithms of str's methods. Indices, counts and widths are in code points. A result that could become much larger
// than its arguments is an error above TextRules::maxResultBytes.
namespace pyrena::text {

// start and end as Python takes them: negative counts from the end, too large is cut.
struct Range
{
    std::int64_t start = 0;
    std::int64_t end = std::numeric_limits<std::int64_t>::max();
};

std::int64_t find(std::string_view text, std::string_view part, Range range = {});    // -1: not found
std::int64_t rfind(std::string_view text, std::string_view part, Range range = {});
std::int64_t count(std::string_view text, std::string_view part, Range range = {});   // not overlapping
bool startsWith(std::string_view text, std::string_view prefix, Range range = {});
bool endsWith(std::string_view text, std::string_view suffix, Range range = {});
bool contains(std::string_view text, std::string_view part);

// count < 0: all of them.
TextResult<std::string> replace(std::string_view text, std::string_view from, std::string_view to, std::int64_t count = -1,
                                const TextRules &rules = {});
TextResult<std::string> join(std::string_view separator, std::span<const std::string> parts, const TextRules &rules = {});
TextResult<std::string> repeat(std::string_view text, std::int64_t times, const TextRules &rules = {});   // text * times

// maxSplit < 0: no limit. Error: ValueError "empty separator".
using Strings = std::vector<std::string>;
TextResult<Strings> split(std::string_view text, std::string_view separator, std::int64_t maxSplit = -1);
TextResult<Strings> rsplit(std::string_view text, std::string_view separator, std::int64_t maxSplit = -1);
Strings splitWhitespace(std::string_view text, std::int64_t maxSplit = -1);
Strings rsplitWhitespace(std::string_view text, std::int64_t maxSplit = -1);
Strings splitLines(std::string_view text, bool keepEnds = false);
TextResult<std::array<std::string, 3>> partition(std::string_view text, std::string_view separator);
TextResult<std::array<std::string, 3>> rpartition(std::string_view text, std::string_view separator);

enum class StripSide { Left, Right, Both };
// Without `characters`: whitespace.
std::string_view strip(std::string_view text, StripSide side, std::optional<std::string_view> characters = std::nullopt);
std::string_view removePrefix(std::string_view text, std::string_view prefix);
std::string_view removeSuffix(std::string_view text, std::string_view suffix);

TextResult<std::string> center(std::string_view text, std::int64_t width, char32_t fill = ' ', const TextRules &rules = {});
TextResult<std::string> ljust(std::string_view text, std::int64_t width, char32_t fill = ' ', const TextRules &rules = {});
TextResult<std::string> rjust(std::string_view text, std::int64_t width, char32_t fill = ' ', const TextRules &rules = {});
TextResult<std::string> zfill(std::string_view text, std::int64_t width, const TextRules &rules = {});
TextResult<std::string> expandTabs(std::string_view text, std::int64_t tabSize = 8, const TextRules &rules = {});

} // namespace pyrena::text
