#include "codetext.h"
#include "randomprogram.h"
#include "stackverifier.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

using namespace pyrena;

TEST_CASE("the recorded programs compile for each profile, and every way through them keeps one stack depth")
{
    std::vector<std::filesystem::path> paths;
    for (const auto &entry : std::filesystem::directory_iterator(PYRENA_TEST_DATA "/programs"))
        if (entry.path().extension() == ".py")
            paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    CHECK(paths.size() > 100);
    for (const auto &path : paths) {
        std::ifstream file(path);
        std::stringstream text;
        text << file.rdbuf();
        const auto module = parse(text.str(), path.filename().string());
        if (!module) {   // the parser's tests say which programs it must take
            MESSAGE(toString(module.error()));
            continue;
        }
        for (const PythonProfile &profile : allProfiles()) {
            const auto code = compile(*module, path.filename().string(), profile);
            REQUIRE_MESSAGE(code.ok(), path.filename().string());
            CHECK_MESSAGE(verifyStack(**code) == "", path.filename().string(), " as ", profile.name);
        }
    }
}

TEST_CASE("random programs keep one stack depth on every way through them")
{
    int compiledPrograms = 0;
    for (std::uint32_t seed = 1; seed <= 1500; ++seed) {
        const std::string source = randomProgram(seed);
        const auto module = parse(source, "random.py");
        REQUIRE_MESSAGE(module.ok(), toString(module.error()), "\n", source);
        for (const char *name : {"3.13", "classic"}) {
            const auto code = compile(*module, "random.py", *findProfile(name));
            REQUIRE_MESSAGE(code.ok(), "seed ", seed, ": ", toString(code.error()));
            const std::string error = verifyStack(**code);
            REQUIRE_MESSAGE(error == "", "seed ", seed, " as ", name, "\n", source);
            ++compiledPrograms;
        }
    }
    CHECK(compiledPrograms == 3000);
}

TEST_CASE("the verifier sees a wrong depth, a way off the end and an operand out of range")
{
    CodeObject code;
    code.stackSize = 2;
    code.consts.emplace_back();
    code.instructions = {{Op::LoadConst, 0}, {Op::PopJumpIfTrue, 3}, {Op::LoadConst, 0}, {Op::LoadConst, 0}, {Op::ReturnValue}};
    CHECK(verifyStack(code).find("depth") != std::string::npos);
    code.instructions = {{Op::LoadConst, 0}, {Op::PopTop}};
    CHECK(verifyStack(code).find("off the end") != std::string::npos);
    code.instructions = {{Op::PopTop}, {Op::LoadConst, 0}, {Op::ReturnValue}};
    CHECK(verifyStack(code).find("runs empty") != std::string::npos);
    code.instructions = {{Op::LoadConst, 1}, {Op::ReturnValue}};
    CHECK(verifyStack(code).find("out of range") != std::string::npos);
}

TEST_CASE("a program too big or too nested is refused, not compiled for ever")
{
    const PythonProfile &profile = *findProfile("3.13");
    const auto nested = [&](int levels) {
        std::string source;
        for (int indent = 0; indent <= levels; ++indent)
            source += std::string(static_cast<std::size_t>(indent), ' ') + (indent < levels ? "while x:\n" : "pass\n");
        const auto module = parse(source, "n.py");
        return module.ok() && compile(*module, "n.py", profile).ok();
    };
    CHECK(nested(20));
    CHECK(!nested(22));

    // A loop in each handler: twelve statements deep, but twice as many blocks.
    std::string source;
    int indent = 0;
    for (; indent < 24; indent += 2)
        source += std::string(static_cast<std::size_t>(indent), ' ') + "try: pass\n"
                  + std::string(static_cast<std::size_t>(indent), ' ') + "finally:\n"
                  + std::string(static_cast<std::size_t>(indent) + 1, ' ') + "while x:\n";
    source += std::string(static_cast<std::size_t>(indent), ' ') + "pass\n";
    const auto module = parse(source, "n.py");
    REQUIRE(module.ok());
    const auto refused = compile(*module, "n.py", profile);
    REQUIRE(!refused.ok());
    CHECK(refused.error().message == "too many statically nested blocks");

    // Each level writes the final body twice.
    source = "def f():\n";
    for (indent = 1; indent <= 19; ++indent) {
        const std::string space(static_cast<std::size_t>(indent), ' ');
        source += space + "try: return g()\n" + space + "finally:\n";
    }
    source += std::string(static_cast<std::size_t>(indent), ' ') + "h()\n";
    const auto big = compile(*parse(source, "b.py"), "b.py", profile);
    REQUIRE(!big.ok());
    CHECK(big.error().message == "the program is too big to compile");
}

TEST_CASE("long programs and deep expressions compile")
{
    std::string source;
    for (int i = 0; i < 100000; ++i)
        source += "a = b\n";
    CHECK(codetext::compiled(source)->instructions.size() == 300002);
    source = "x = ";
    for (int i = 0; i < 190; ++i)
        source += "-(a + ";
    source += "1" + std::string(190, ')') + "\n";
    CHECK(verifyStack(*codetext::compiled(source)) == "");
}
