// Cutting strings: split, rsplit, splitlines, partition.
#include "core/python/text/strmethods.h"
#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

#include <algorithm>

namespace pyrena::text {

namespace {

TextError emptySeparator() { return {ErrorKind::ValueError, "empty separator"}; }

std::size_t splitLimit(std::int64_t maxSplit)
{
    return maxSplit < 0 ? std::numeric_limits<std::size_t>::max() : std::size_t(maxSplit);
}

} // namespace

TextResult<Strings> split(std::string_view text, std::string_view separator, std::int64_t maxSplit)
{
    if (separator.empty())
        return emptySeparator();
    Strings parts;
    for (std::size_t left = splitLimit(maxSplit); left > 0; --left) {
        const std::size_t at = text.find(separator);
        if (at == text.npos)
            break;
        parts.emplace_back(text.substr(0, at));
        text.remove_prefix(at + separator.size());
    }
    parts.emplace_back(text);
    return parts;
}

TextResult<Strings> rsplit(std::string_view text, std::string_view separator, std::int64_t maxSplit)
{
    if (separator.empty())
        return emptySeparator();
    Strings parts;
    for (std::size_t left = splitLimit(maxSplit); left > 0; --left) {
        const std::size_t at = text.rfind(separator);
        if (at == text.npos)
            break;
        parts.emplace_back(text.substr(at + separator.size()));
        text = text.substr(0, at);
    }
    parts.emplace_back(text);
    std::reverse(parts.begin(), parts.end());
    return parts;
}

Strings splitWhitespace(std::string_view text, std::int64_t maxSplit)
{
    Strings parts;
    std::size_t left = splitLimit(maxSplit);
    for (text = strip(text, StripSide::Left); !text.empty(); text = strip(text, StripSide::Left)) {
        if (left-- == 0) {
            parts.emplace_back(text);   // the far end keeps its spaces
            break;
        }
        std::size_t end = 0;
        while (end < text.size() && !isSpace(decodeAt(text, end).codePoint))
            end += decodeAt(text, end).bytes;
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return parts;
}

Strings rsplitWhitespace(std::string_view text, std::int64_t maxSplit)
{
    Strings parts;
    std::size_t left = splitLimit(maxSplit);
    for (text = strip(text, StripSide::Right); !text.empty(); text = strip(text, StripSide::Right)) {
        if (left-- == 0) {
            parts.emplace_back(text);
            break;
        }
        std::size_t begin = text.size();
        while (begin > 0 && !isSpace(decodeBefore(text, begin).codePoint))
            begin -= decodeBefore(text, begin).bytes;
        parts.emplace_back(text.substr(begin));
        text = text.substr(0, begin);
    }
    std::reverse(parts.begin(), parts.end());
    return parts;
}

Strings splitLines(std::string_view text, bool keepEnds)
{
    Strings lines;
    std::size_t start = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto [c, bytes] = decodeAt(text, at);
        if (!isLineBreak(c)) {
            at += bytes;
            continue;
        }
        const std::size_t breakBytes = c == '\r' && text.substr(at + 1).starts_with('\n') ? 2 : bytes;
        lines.emplace_back(text.substr(start, at - start + (keepEnds ? breakBytes : 0)));
        at += breakBytes;
        start = at;
    }
    if (start < text.size())
        lines.emplace_back(text.substr(start));
    return lines;
}

TextResult<std::array<std::string, 3>> partition(std::string_view text, std::string_view separator)
{
    if (separator.empty())
        return emptySeparator();
    const std::size_t at = text.find(separator);
    if (at == text.npos)
        return std::array<std::string, 3>{std::string(text), "", ""};
    return std::array<std::string, 3>{std::string(text.substr(0, at)), std::string(separator),
                                      std::string(text.substr(at + separator.size()))};
}

TextResult<std::array<std::string, 3>> rpartition(std::string_view text, std::string_view separator)
{
    if (separator.empty())
        return emptySeparator();
    const std::size_t at = text.rfind(separator);
    if (at == text.npos)
        return std::array<std::string, 3>{"", "", std::string(text)};
    return std::array<std::string, 3>{std::string(text.substr(0, at)), std::string(separator),
                                      std::string(text.substr(at + separator.size()))};
}

} // namespace pyrena::text
