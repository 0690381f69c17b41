// What is wrong with a program is said as each real version says it; what differs is named in known.txt.
#include "core/record.h"

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace pyrena;

namespace {

const std::string kFolder = PYRENA_TEST_DATA "/syntaxerrors/";

std::string readAll(const std::string &name)
{
    std::ifstream in(kFolder + name, std::ios::binary);
    REQUIRE_MESSAGE(in, name);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<std::string> programs()
{
    constexpr std::string_view kBetween = "----\n";
    std::vector<std::string> found;
    const std::string all = readAll("programs.txt");
    for (std::size_t at = 0;;) {
        const std::size_t end = all.find(kBetween, at);
        found.push_back(all.substr(at, end == std::string::npos ? end : end - at));
        if (end == std::string::npos)
            return found;
        at = end + kBetween.size();
    }
}

// Lines "version number first-line-of-the-program"; '#' begins a comment.
std::set<std::string> knownDifferences()
{
    std::set<std::string> known;
    std::istringstream lines(readAll("known.txt"));
    for (std::string line; std::getline(lines, line);)
        if (!line.empty() && line[0] != '#')
            known.insert(line);
    return known;
}

} // namespace

TEST_CASE("syntax errors say what each version says, but for those in known.txt")
{
    const std::vector<std::string> wrong = programs();
    CHECK(wrong.size() > 120);
    std::set<std::string> differ;
    std::size_t compared = 0;
    for (const auto &version : YAML::Load(readAll("expected.json"))) {
        const std::string name = version.first.as<std::string>();
        REQUIRE(version.second.size() == wrong.size());
        for (std::size_t i = 0; i < wrong.size(); ++i) {
            const YAML::Node said = version.second[i];
            if (said.IsNull())
                continue;
            ++compared;
            Recipe recipe;
            recipe.source = wrong[i];
            recipe.fileName = "lesson.py";
            recipe.profile = name;
            const auto trace = record(recipe);
            const bool same = !trace && trace.error().message == said[1].as<std::string>();
            if (!same)
                differ.insert(name + " " + std::to_string(i) + " " + wrong[i].substr(0, wrong[i].find('\n')));
        }
    }
    CHECK(compared > 1200);
    const std::set<std::string> known = knownDifferences();
    for (const std::string &one : differ)
        CHECK_MESSAGE(known.contains(one), "differs: " << one);
    for (const std::string &one : known)
        CHECK_MESSAGE(differ.contains(one), "no longer differs: " << one);
}
