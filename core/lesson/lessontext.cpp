#include "core/lesson/lessontext.h"

#include "core/lesson/lesson.h"
#include "core/python/syntax/utf8.h"

#include <array>

namespace pyrena {

namespace {

Diagnostic problem(const std::string &fileName, std::uint32_t line, std::string message, std::string hint)
{
    return {fileName, {{line, 0}, {line, 0}}, std::move(message), std::move(hint)};
}

std::string_view withoutTrailingSpace(std::string_view line)
{
    const auto last = line.find_last_not_of(" \t\r");
    return last == std::string_view::npos ? std::string_view() : line.substr(0, last + 1);
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

std::size_t fenceLength(std::string_view line)
{
    const auto n = line.find_first_not_of('`');
    const std::size_t length = n == std::string_view::npos ? line.size() : n;
    return length >= 3 ? length : 0;
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

} // namespace

std::vector<LessonPiece> splitLesson(std::string_view text, const std::string &fileName, std::vector<Diagnostic> &problems)
{
    std::vector<LessonPiece> pieces;
    if (text.size() > kMaxLessonBytes) {
        problems.push_back(problem(fileName, 0, "the file is larger than 1 MiB", "a lesson is one short text; split it"));
        return pieces;
    }
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (const auto bad = syntax::findInvalidUtf8(text); bad != std::string_view::npos) {
        std::uint32_t line = 1;
        for (const char c : text.substr(0, bad))
            line += c == '\n';
        problems.push_back(problem(fileName, line, "the file is not valid UTF-8 here", "save it as UTF-8"));
        return pieces;
    }

    const std::vector<std::string_view> lines = linesOf(text);
    std::size_t i = 0;
    if (!lines.empty() && withoutTrailingSpace(lines[0]) == "---") {
        LessonPiece front{LessonPiece::Kind::FrontMatter, {}, {}, 1, 2};
        for (i = 1; i < lines.size() && withoutTrailingSpace(lines[i]) != "---"; ++i)
            front.text += std::string(lines[i]) + '\n';
        if (i == lines.size())
            problems.push_back(problem(fileName, 1, "the front matter never ends", "close it with a line '---'"));
        else
            ++i;
        pieces.push_back(std::move(front));
    } else {
        problems.push_back(problem(fileName, 1, "a lesson starts with a front matter", "begin the file with '---', title, id and so on, '---'"));
    }

    LessonPiece prose;
    const auto closeProse = [&] {
        const auto first = prose.text.find_first_not_of(" \t\n");
        if (first != std::string::npos) {
            const auto last = prose.text.find_last_not_of(" \t\n");
            for (const char c : prose.text.substr(0, first))
                prose.line += c == '\n';
            prose.text = prose.text.substr(first, last - first + 1);
            prose.textLine = prose.line;
            pieces.push_back(prose);
        }
        prose = {};
    };
    while (i < lines.size()) {
        const std::size_t fence = fenceLength(lines[i]);
        if (fence == 0) {
            if (prose.line == 0)
                prose.line = static_cast<std::uint32_t>(i + 1);
            prose.text += std::string(lines[i++]) + '\n';
            continue;
        }
        closeProse();
        LessonPiece block;
        block.kind = LessonPiece::Kind::Block;
        block.line = static_cast<std::uint32_t>(i + 1);
        block.textLine = block.line + 1;
        const std::string_view info = withoutTrailingSpace(lines[i].substr(fence));
        const auto word = info.find_first_not_of(" \t");
        block.info = word == std::string_view::npos ? std::string_view() : info.substr(word);
        const auto isClosing = [&](std::string_view line) {
            return fenceLength(line) >= fence && withoutTrailingSpace(line).find_first_not_of('`') == std::string_view::npos;
        };
        for (++i; i < lines.size() && !isClosing(lines[i]); ++i)
            block.text += std::string(lines[i]) + '\n';
        if (i == lines.size())
            problems.push_back(problem(fileName, block.line, "this block never ends", "close it with a line of " + std::to_string(fence) + " backticks"));
        else
            ++i;
        pieces.push_back(std::move(block));
    }
    closeProse();
    return pieces;
}

std::size_t countSentences(std::string_view text)
{
    constexpr auto kAbbreviations = std::to_array<std::string_view>({"e.g", "i.e", "etc", "vs", "cf"});
    std::size_t count = 0;
    bool inCode = false;
    bool hasWord = false;   // since the last end of a sentence
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '`') {
            inCode = !inCode;
            hasWord = true;
            continue;
        }
        if (inCode)
            continue;
        hasWord = hasWord || isWordCharacter(c);
        if (c != '.' && c != '!' && c != '?')
            continue;
        std::size_t next = i + 1;
        while (next < text.size() && std::string_view(".!?)\"*_").find(text[next]) != std::string_view::npos)
            ++next;
        const bool ends = next == text.size() || text[next] == ' ' || text[next] == '\n';
        bool isAbbreviation = false;
        for (const std::string_view a : kAbbreviations)
            isAbbreviation = isAbbreviation || (text.substr(0, i).ends_with(a)
                                                && (i == a.size() || !isWordCharacter(text[i - a.size() - 1])));
        if (ends && hasWord && !isAbbreviation) {
            ++count;
            hasWord = false;
        }
        i = next - 1;
    }
    return count + (hasWord ? 1 : 0);
}

} // namespace pyrena
