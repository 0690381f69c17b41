#include "core/python/text/strmethods.h"

#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

#include <algorithm>

namespace pyrena::text {

namespace {

// The bytes of text[start:end] and the index of the first; no value when start is behind the end of the text.
struct Window
{
    std::string_view text;
    std::int64_t start = 0;
};

std::optional<Window> window(std::string_view text, Range range)
{
    const auto size = std::int64_t(length(text));
    range.end = range.end < 0 ? std::max<std::int64_t>(range.end + size, 0) : std::min(range.end, size);
    range.start = range.start < 0 ? std::max<std::int64_t>(range.start + size, 0) : range.start;
    if (range.start > range.end)
        return std::nullopt;
    return Window{substring(text, std::size_t(range.start), std::size_t(range.end)), range.start};
}

std::size_t countBytewise(std::string_view text, std::string_view part)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

bool exceeds(std::size_t times, std::size_t bytes, std::size_t limit) { return bytes != 0 && times > limit / bytes; }

TextResult<std::string> padded(std::string_view text, std::int64_t left, std::int64_t right, char32_t fill,
                               const TextRules &rules)
{
    left = std::max<std::int64_t>(left, 0);
    right = std::max<std::int64_t>(right, 0);
    const std::string unit = encodeUtf8(fill);
    const auto limit = std::int64_t(rules.maxResultBytes / unit.size());
    if (left > limit || right > limit - left)
        return tooLarge(rules.maxResultBytes);
    std::string out;
    out.reserve(std::size_t(left + right) * unit.size() + text.size());
    for (std::int64_t i = 0; i < left; ++i)
        out += unit;
    out += text;
    for (std::int64_t i = 0; i < right; ++i)
        out += unit;
    return out;
}

} // namespace

std::int64_t find(std::string_view text, std::string_view part, Range range)
{
    const auto searched = window(text, range);
    const std::size_t at = searched ? searched->text.find(part) : std::string_view::npos;
    return at == std::string_view::npos ? -1 : searched->start + std::int64_t(length(searched->text.substr(0, at)));
}

std::int64_t rfind(std::string_view text, std::string_view part, Range range)
{
    const auto searched = window(text, range);
    const std::size_t at = searched ? searched->text.rfind(part) : std::string_view::npos;
    return at == std::string_view::npos ? -1 : searched->start + std::int64_t(length(searched->text.substr(0, at)));
}

std::int64_t count(std::string_view text, std::string_view part, Range range)
{
    const auto searched = window(text, range);
    if (!searched)
        return 0;
    if (part.empty())
        return std::int64_t(length(searched->text)) + 1;
    return std::int64_t(countBytewise(searched->text, part));
}

bool startsWith(std::string_view text, std::string_view prefix, Range range)
{
    const auto searched = window(text, range);
    return searched && searched->text.starts_with(prefix);
}

bool endsWith(std::string_view text, std::string_view suffix, Range range)
{
    const auto searched = window(text, range);
    return searched && searched->text.ends_with(suffix);
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

TextResult<std::string> replace(std::string_view text, std::string_view from, std::string_view to, std::int64_t count,
                                const TextRules &rules)
{
    std::size_t times = from.empty() ? length(text) + 1 : countBytewise(text, from);
    if (count >= 0)
        times = std::min(times, std::size_t(count));
    if (exceeds(times, to.size(), rules.maxResultBytes) || times * to.size() + text.size() > rules.maxResultBytes)
        return times == 0 ? TextResult<std::string>(std::string(text)) : tooLarge(rules.maxResultBytes);
    std::string out;
    out.reserve(text.size() + times * to.size());
    std::size_t at = 0;
    for (; times > 0; --times) {
        if (from.empty()) {
            // In front of every character and at the end.
            out += to;
            const std::size_t bytes = at < text.size() ? decodeAt(text, at).bytes : 0;
            out += text.substr(at, bytes);
            at += bytes;
        } else {
            const std::size_t found = text.find(from, at);
            out += text.substr(at, found - at);
            out += to;
            at = found + from.size();
        }
    }
    out += text.substr(at);
    return out;
}

TextResult<std::string> join(std::string_view separator, std::span<const std::string> parts, const TextRules &rules)
{
    std::size_t bytes = 0;
    for (const std::string &part : parts) {
        bytes += part.size() + separator.size();
        if (bytes > rules.maxResultBytes + separator.size())
            return tooLarge(rules.maxResultBytes);
    }
    std::string out;
    out.reserve(bytes);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            out += separator;
        out += parts[i];
    }
    return out;
}

TextResult<std::string> repeat(std::string_view text, std::int64_t times, const TextRules &rules)
{
    if (times <= 0 || text.empty())
        return std::string();
    if (exceeds(std::size_t(times), text.size(), rules.maxResultBytes))
        return tooLarge(rules.maxResultBytes);
    std::string out;
    out.reserve(text.size() * std::size_t(times));
    for (; times > 0; --times)
        out += text;
    return out;
}

std::string_view strip(std::string_view text, StripSide side, std::optional<std::string_view> characters)
{
    const std::u32string set = characters ? decodeUtf8(*characters) : std::u32string();
    const auto stripped = [&](char32_t c) { return characters ? set.find(c) != set.npos : isSpace(c); };
    if (side != StripSide::Right) {
        while (!text.empty()) {
            const auto [c, bytes] = decodeAt(text, 0);
            if (!stripped(c))
                break;
            text.remove_prefix(bytes);
        }
    }
    if (side != StripSide::Left) {
        while (!text.empty()) {
            const auto [c, bytes] = decodeBefore(text, text.size());
            if (!stripped(c))
                break;
            text.remove_suffix(bytes);
        }
    }
    return text;
}

std::string_view removePrefix(std::string_view text, std::string_view prefix)
{
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

std::string_view removeSuffix(std::string_view text, std::string_view suffix)
{
    return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text;
}

TextResult<std::string> center(std::string_view text, std::int64_t width, char32_t fill, const TextRules &rules)
{
    const std::int64_t padding = std::max<std::int64_t>(width - std::int64_t(length(text)), 0);
    // The odd one goes to the left only when the width is odd.
    const std::int64_t left = padding / 2 + (padding & width & 1);
    return padded(text, left, padding - left, fill, rules);
}

TextResult<std::string> ljust(std::string_view text, std::int64_t width, char32_t fill, const TextRules &rules)
{
    return padded(text, 0, width - std::int64_t(length(text)), fill, rules);
}

TextResult<std::string> rjust(std::string_view text, std::int64_t width, char32_t fill, const TextRules &rules)
{
    return padded(text, width - std::int64_t(length(text)), 0, fill, rules);
}

TextResult<std::string> zfill(std::string_view text, std::int64_t width, const TextRules &rules)
{
    const bool sign = text.starts_with('+') || text.starts_with('-');
    auto digits = padded(text.substr(sign ? 1 : 0), width - std::int64_t(length(text)), 0, '0', rules);
    if (!digits || !sign)
        return digits;
    return text[0] + *digits;
}

TextResult<std::string> expandTabs(std::string_view text, std::int64_t tabSize, const TextRules &rules)
{
    std::string out;
    std::int64_t column = 0;
    for (std::size_t i = 0; i < text.size();) {
        const unsigned bytes = decodeAt(text, i).bytes;
        if (text[i] == '\t') {
            const std::int64_t blanks = tabSize > 0 ? tabSize - column % tabSize : 0;
            if (blanks > std::int64_t(rules.maxResultBytes) - std::int64_t(out.size()))
                return tooLarge(rules.maxResultBytes);
            out.append(std::size_t(blanks), ' ');
            column += blanks;
        } else {
            out += text.substr(i, bytes);
            ++column;
            if (text[i] == '\n' || text[i] == '\r')
                column = 0;
        }
        i += bytes;
    }
    return out;
}

} // namespace pyrena::text
