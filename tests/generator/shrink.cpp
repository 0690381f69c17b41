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

// Without [begin, end).
Lines without(const Lines &lines, std::size_t begin, std::size_t end)
{
    Lines out(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(begin));
    out.insert(out.end(), lines.begin() + static_cast<std::ptrdiff_t>(end), lines.end());
    return out;
}

} // namespace

std::string shrink(std::string program, const Fails &fails)
{
    Lines lines = linesOf(program);
    // What makes the beginning the same in every process stays.
    const auto disabled = std::find(lines.begin(), lines.end(), "gc.disable()");
    const std::size_t kept = disabled == lines.end() ? 0 : static_cast<std::size_t>(disabled - lines.begin()) + 1;
    // Tries candidates for consecutive places at once, for the sake of what it costs to start an interpreter.
    constexpr std::size_t kAtOnce = 24;
    bool smaller = true;
    const auto pass = [&](const std::function<std::size_t(std::size_t)> &nextPlace, const std::function<Lines(std::size_t)> &candidate) {
        for (std::size_t begin = nextPlace(kept); begin < lines.size();) {
            std::vector<std::size_t> places;
            std::vector<std::string> candidates;
            for (std::size_t at = begin; at < lines.size() && places.size() < kAtOnce; at = nextPlace(at + 1)) {
                places.push_back(at);
                candidates.push_back(joined(candidate(at)));
            }
            const std::vector<bool> failing = fails(candidates);
            const auto found = std::find(failing.begin(), failing.end(), true);
            if (found == failing.end()) {
                begin = nextPlace(places.back() + 1);
                continue;
            }
            begin = places[static_cast<std::size_t>(found - failing.begin())];
            lines = candidate(begin);
            smaller = true;
        }
    };
    while (smaller) {
        smaller = false;
        // Runs of statements first, then single ones, then the bodies of blocks alone.
        for (const std::size_t run : {std::size_t(64), std::size_t(16), std::size_t(4), std::size_t(1)})
            pass([](std::size_t at) { return at; }, [&](std::size_t begin) {
                std::size_t end = begin;
                for (std::size_t i = 0; i < run && end < lines.size(); ++i)
                    end = statementEnd(lines, end);
                return without(lines, begin, end);
            });
        pass([&](std::size_t at) {
            while (at < lines.size() && !lines[at].ends_with(':'))
                ++at;
            return at;
        }, [&](std::size_t begin) { return unwrapped(lines, begin); });
    }
    return joined(lines);
}

} // namespace pyrena::generator
