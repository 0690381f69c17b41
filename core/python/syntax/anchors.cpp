#include "core/python/syntax/anchors.h"

#include "core/python/syntax/tokenizer.h"

#include <algorithm>

namespace pyrena {

namespace {

constexpr std::string_view kMark = "#@";
constexpr std::string_view kBlanks = " \t\f";

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<syntax::Comment> anchorComments(const syntax::TokenStream &stream)
{
    std::vector<syntax::Comment> result;
    for (const syntax::Comment &comment : stream.comments) {
        if (std::string_view(stream.source).substr(comment.begin).starts_with(kMark))
            result.push_back(comment);
    }
    return result;
}

} // namespace

std::vector<Anchor> findAnchors(std::string_view source)
{
    const syntax::TokenStream stream = syntax::tokenize(source, {});
    std::vector<Anchor> result;
    for (const syntax::Comment &comment : anchorComments(stream)) {
        const std::string_view text = std::string_view(stream.source).substr(comment.begin, comment.end - comment.begin);
        const std::string_view name = trimmed(text.substr(kMark.size()));
        if (!name.empty())
            result.push_back({std::string(name), comment.position.line});
    }
    return result;
}

std::string hideAnchors(std::string_view source)
{
    const syntax::TokenStream stream = syntax::tokenize(source, {});
    const auto comments = anchorComments(stream);
    auto next = comments.begin();
    std::string result;
    std::uint32_t line = 1;
    // A comment lasts to the end of its line, so what is hidden starts at the line's last "#@" or before.
    for (std::size_t begin = 0; begin < source.size(); ++line) {
        const std::size_t end = std::min(source.find_first_of("\r\n", begin), source.size());
        std::string_view text = source.substr(begin, end - begin);
        if (next != comments.end() && next->position.line == line) {
            text.remove_suffix(next->end - next->begin);
            text = text.substr(0, text.find_last_not_of(kBlanks) + 1);
            ++next;
        }
        result += text;
        begin = end;
        if (begin < source.size() && source[begin] == '\r' && begin + 1 < source.size() && source[begin + 1] == '\n')
            result += source[begin++];
        if (begin < source.size())
            result += source[begin++];
    }
    return result;
}

} // namespace pyrena
