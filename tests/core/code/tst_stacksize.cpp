// co_stacksize, of which the frames up to 3.10 and the generators from 3.11 on have their size, is that of the real compilers:
// tests/data/stacksizes.json holds name, line and co_stacksize of every code object of the recorded programs, as 3.6.15 to
// 3.10.13 compile them, and of the generators, as 3.11.7 to 3.13.0 do.
#include "core/profile/profile.h"
#include "core/python/code/compiler.h"
#include "core/python/syntax/parser.h"

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

using namespace pyrena;

namespace {

using Row = std::tuple<std::string, std::uint32_t, std::uint32_t>;   // name, first line, stack size

// Versions differ in where a module begins.
std::uint32_t lineOf(const std::string &name, std::uint32_t line) { return name == "<module>" ? 0 : line; }

void collect(const CodeObject &code, bool generatorsOnly, std::vector<Row> &rows)
{
    if (!generatorsOnly || code.has(CodeFlag::Generator))
        rows.emplace_back(code.name, lineOf(code.name, code.firstLine), code.pythonStackSize);
    for (const Constant &constant : code.consts)
        if (const auto *inner = std::get_if<std::shared_ptr<const CodeObject>>(&constant.value))
            collect(**inner, generatorsOnly, rows);
}

std::string textOf(const std::string &name)
{
    for (const char *folder : {"/programs/", "/programs-own/"})
        if (std::ifstream file(PYRENA_TEST_DATA + std::string(folder) + name + ".py"); file) {
            std::stringstream text;
            text << file.rdbuf();
            return text.str();
        }
    return {};
}

} // namespace

TEST_CASE("the stack sizes of the recorded programs are those of the real compilers")
{
    const YAML::Node recorded = YAML::LoadFile(PYRENA_TEST_DATA "/stacksizes.json");
    std::size_t compared = 0;
    for (const auto &version : recorded) {
        const PythonProfile *profile = findProfile(version.first.as<std::string>());
        REQUIRE(profile);
        for (const auto &program : version.second) {
            const std::string name = program.first.as<std::string>();
            const auto module = parse(textOf(name), name + ".py");
            REQUIRE_MESSAGE(module, name);
            const auto code = compile(*module, name + ".py", *profile);
            REQUIRE_MESSAGE(code.ok(), name);
            std::vector<Row> ours, theirs;
            collect(**code, !profile->objects.framesAreObjects, ours);
            for (const auto &row : program.second)
                theirs.emplace_back(row[0].as<std::string>(), lineOf(row[0].as<std::string>(), row[1].as<std::uint32_t>()), row[2].as<std::uint32_t>());
            std::sort(ours.begin(), ours.end());
            std::sort(theirs.begin(), theirs.end());
            // Equal code objects are one constant.
            ours.erase(std::unique(ours.begin(), ours.end()), ours.end());
            theirs.erase(std::unique(theirs.begin(), theirs.end()), theirs.end());
            CHECK_MESSAGE(ours.size() == theirs.size(), profile->name, " ", name);
            for (std::size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i)
                CHECK_MESSAGE(ours[i] == theirs[i], profile->name, " ", name, ", ", std::get<0>(theirs[i]), " at line ",
                              std::get<1>(theirs[i]), ": ", std::get<2>(ours[i]), " instead of ", std::get<2>(theirs[i]));
            compared += theirs.size();
        }
    }
    CHECK(compared > 4000);
}
