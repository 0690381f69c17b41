#include "tests/generator/cyclegenerator.h"

#include "tests/generator/cycletemplates.h"

#include <array>
#include <random>
#include <string_view>
#include <vector>

namespace pyrena::generator {

namespace {

class CycleGenerator
{
public:
    CycleGenerator(std::uint32_t seed, int minor) : m_random(seed), m_minor(minor) {}

    std::string run()
    {
        m_text = kCycleBeginning;
        if (below(8) != 0)
            m_text += "gc.collect()\n";
        const bool inFunction = below(4) == 0;
        if (inFunction)
            m_text += "def main():\n";
        m_indent = inFunction ? 1 : 0;
        if (below(4) == 0)
            automatic();
        else
            for (std::uint32_t rounds = 1 + below(4); rounds > 0; --rounds)
                round();
        if (inFunction)
            m_text += "main()\nprint('returned')\nprint(gc.collect())\n";
        else if (below(2) == 0)
            m_text += "print('last', gc.collect())\n";
        m_text += "print('exit')\n";
        return m_text;
    }

private:
    struct Variable { std::string name; char type; };

    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(m_random() % n); }

    void repeat(std::span<const CycleStatement> from, std::uint32_t times)
    {
        while (times-- > 0)
            statement(from);
    }

    void round()
    {
        repeat(kBirths, 2 + below(6));
        for (std::uint32_t parts = 1 + below(4); parts > 0; --parts) {
            repeat(kTies, 1 + below(7));
            if (below(2) == 0)
                repeat(kWatchers, 1 + below(4));
            if (below(3) == 0)
                repeat(kBirths, 1 + below(2));
            if (below(2) == 0)
                repeat(kLooks, 1 + below(3));
        }
        repeat(kCuts, below(3));
        for (std::uint32_t drops = below(static_cast<std::uint32_t>(m_names.size()) + 1); drops > 0; --drops)
            drop();
        if (below(2) == 0)
            repeat(kLooks, 1 + below(2));
        repeat(kCollections, 1 + below(2));
        repeat(kAfter, below(3));
    }

    // Small thresholds, and loops that make garbage until the collector runs by itself.
    void automatic()
    {
        repeat(kBirths, 2 + below(3));
        repeat(kTies, below(4));
        append("gc.callbacks.append(hear)\n");
        append("gc.set_threshold(" + std::to_string(3 + below(40)) + ", " + std::to_string(1 + below(4)) + ", " + std::to_string(1 + below(4)) + ")\n");
        append("gc.enable()\n");
        for (std::uint32_t loops = 1 + below(4); loops > 0; --loops)
            statement(kLoops);
        append("gc.disable()\nprint(heard)\ndel gc.callbacks[:]\n");
        repeat(kLooks, below(2));
        repeat(kCollections, 1);
        repeat(kAfter, below(2));
    }

    void drop()
    {
        if (m_names.empty())
            return;
        const std::size_t at = below(static_cast<std::uint32_t>(m_names.size()));
        append((below(3) == 0 ? m_names[at].name + " = None" : "del " + m_names[at].name) + '\n');
        m_names.erase(m_names.begin() + static_cast<std::ptrdiff_t>(at));
    }

    void append(std::string_view lines)
    {
        while (!lines.empty()) {
            const std::size_t end = lines.find('\n');
            const std::string_view line = lines.substr(0, end);
            const std::size_t nested = std::min(line.find_first_not_of(' '), line.size());
            m_text += std::string(4 * (m_indent + nested), ' ') + std::string(line.substr(nested)) + '\n';
            lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        }
    }

    const std::string *nameOf(char type)
    {
        const std::string_view any = typesOf(type);
        std::vector<const std::string *> fitting;
        for (const Variable &v : m_names)
            if (any.find(v.type) != std::string_view::npos)
                fitting.push_back(&v.name);
        return fitting.empty() ? nullptr : fitting[below(static_cast<std::uint32_t>(fitting.size()))];
    }

    void statement(std::span<const CycleStatement> from)
    {
        for (int attempt = 0; attempt < 30; ++attempt) {
            const CycleStatement &chosen = from[below(static_cast<std::uint32_t>(from.size()))];
            if (m_minor < chosen.since)
                continue;
            const std::string target = chosen.target == ' ' ? std::string() : "v" + std::to_string(m_made);
            const std::string text = filled(chosen.text, target);
            if (text.empty())
                continue;
            if (chosen.target != ' ') {
                m_names.push_back({target, chosen.target});
                ++m_made;
            }
            append(text + '\n');
            return;
        }
    }

    // Empty when there is no name of a kind that the template needs.
    std::string filled(std::string_view pattern, const std::string &target)
    {
        static constexpr std::array<std::string_view, 6> kAttributes{"p", "q", "left", "right", "other", "me"};
        const std::string own = "x" + std::to_string(m_own++);
        std::string out;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] != '$') {
                out += pattern[i];
                continue;
            }
            switch (const char c = pattern[++i]) {
            case '$': out += target; break;
            case 'n': out += std::to_string(below(3)); break;
            case 'm': out += std::to_string(5 + below(60)); break;
            case 't': out += kAttributes[below(kAttributes.size())]; break;
            case 's': out += below(2) == 0 ? "left" : "right"; break;
            case 'l': out += "'" + std::string(1, static_cast<char>('a' + m_label % 26)) + std::to_string(m_label / 26) + "'", ++m_label; break;
            case 'c': out += kClasses[below(std::size(kClasses))]; break;
            case 'x': out += own; break;
            case 'w': out += own + "w"; break;
            default: {
                const std::string *name = nameOf(c);
                if (!name)
                    return {};
                out += *name;
            }
            }
        }
        return out;
    }

    std::mt19937 m_random;
    int m_minor;
    std::size_t m_indent = 0;
    std::string m_text;
    std::vector<Variable> m_names;
    std::uint32_t m_own = 0, m_made = 0, m_label = 0;
};

} // namespace

std::string generateCycles(std::uint32_t seed, int minor)
{
    return CycleGenerator(seed, minor).run();
}

} // namespace pyrena::generator
