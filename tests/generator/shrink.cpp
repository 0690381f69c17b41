#include "tests/generator/shrink.h"

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <vector>

namespace pyrena::generator {

namespace {

using Lines = std::vector<std::string>;

Lines linesOf(const std::string &program)
{
    Lines lines;
    std::istringstream in(program);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::string joined(const Lines &lines)
{
    std::string out;
    for (const std::string &line : lines)
        out += line + '\n';
    return out;
}

std::size_t indentOf(const std::string &line) { return std::min(line.find_first_not_of(' '), line.size()); }

// The end of the statement that begins there: its nested lines, and the clauses that continue it.
std::size_t statementEnd(const Lines &lines, std::size_t begin)
{
    const std::size_t indent = indentOf(lines[begin]);
    const auto continues = [&](const std::string &line) {
        const std::string_view text = std::string_view(line).substr(indentOf(line));
        return text.starts_with("except") || text.starts_with("finally") || text.starts_with("else") || text.starts_with("elif");
    };
    std::size_t end = begin + 1;
    while (end < lines.size() && (indentOf(lines[end]) > indent || (indentOf(lines[end]) == indent && continues(lines[end]))))
        ++end;
    return end;
}

// Takes the lines' nesting away: the body of a try or a block alone.
Lines unwrapped(const Lines &lines, std::size_t begin)
{
    Lines out(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(begin));
    const std::size_t indent = indentOf(lines[begin]);
    std::size_t at = begin + 1;
    for (; at < lines.size() && indentOf(lines[at]) > indent; ++at)
        out.push_back(lines[at].substr(4));
    out.insert(out.end(), lines.begin() + static_cast<std::ptrdiff_t>(statementEnd(lines, begin)), lines.end());
    return out;
}

} // namespace

std::string shrink(std::string program, const std::function<bool(const std::string &)> &fails)
{
    Lines lines = linesOf(program);
    for (bool smaller = true; smaller;) {
        smaller = false;
        // Runs of statements first, then single ones.
        for (std::size_t run : {std::size_t(16), std::size_t(4), std::size_t(1)})
            for (std::size_t begin = 0; begin < lines.size();) {
                std::size_t end = begin;
                for (std::size_t i = 0; i < run && end < lines.size(); ++i)
                    end = statementEnd(lines, end);
                Lines without(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(begin));
                without.insert(without.end(), lines.begin() + static_cast<std::ptrdiff_t>(end), lines.end());
                if (fails(joined(without))) {
                    lines = std::move(without);
                    smaller = true;
                } else {
                    ++begin;
                }
            }
        for (std::size_t begin = 0; begin < lines.size(); ++begin) {
            if (!lines[begin].ends_with(':'))
                continue;
            const Lines flat = unwrapped(lines, begin);
            if (fails(joined(flat))) {
                lines = flat;
                smaller = true;
            }
        }
    }
    return joined(lines);
}

} // namespace pyrena::generator
