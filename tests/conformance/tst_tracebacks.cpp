// What real interpreters printed for single programs, with the output of 3.7.16 to 3.13.0, addresses replaced by 0x...:
// tests/data/tracebacks.json holds programs that end with an exception and what they printed on stderr, tests/data/shrunk.json
// the programs, shrunk, by which the generator found a difference once, and what they printed on stdout.
#include <doctest/doctest.h>

#include "core/record.h"

#include <yaml-cpp/yaml.h>

#include <cctype>
#include <string>

using namespace pyrena;

namespace {

std::string withoutAddresses(const std::string &text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        if (!out.ends_with("0x"))
            continue;
        std::size_t end = i + 1;
        while (end < text.size() && std::isxdigit(static_cast<unsigned char>(text[end])))
            ++end;
        if (end - i > 9) {
            out += "...";
            i = end - 1;
        }
    }
    return out;
}

} // namespace

TEST_CASE("tracebacks are those of each version, marks included")
{
    // JSON is a subset of YAML as far as this file goes.
    const YAML::Node programs = YAML::LoadFile(PYRENA_TEST_DATA "/tracebacks.json");
    REQUIRE(programs.size() > 100);
    for (const YAML::Node &program : programs)
        for (const YAML::Node &printed : program["printed"])
            for (const YAML::Node &version : printed["versions"]) {
                const auto trace = record({.source = program["source"].as<std::string>(), .fileName = "program.py",
                                           .profile = version.as<std::string>()});
                const std::string got = trace ? withoutAddresses(trace.value()->errorText) : toString(trace.error());
                CHECK_MESSAGE(got == printed["stderr"].as<std::string>(), program["name"].as<std::string>(), " under ", version.as<std::string>(),
                              ":\n", got, "\nrecorded:\n", printed["stderr"].as<std::string>());
            }
}

TEST_CASE("programs that differed once print what each version prints")
{
    const YAML::Node programs = YAML::LoadFile(PYRENA_TEST_DATA "/shrunk.json");
    REQUIRE(programs.size() > 0);
    for (const YAML::Node &program : programs)
        for (const YAML::Node &printed : program["printed"])
            for (const YAML::Node &version : printed["versions"]) {
                const auto trace = record({.source = program["source"].as<std::string>(), .fileName = "program.py",
                                           .profile = version.as<std::string>()});
                std::string got = trace ? "" : toString(trace.error());
                for (std::uint32_t n = 0; trace && n < trace.value()->changeCount(); ++n) {
                    const Change change = trace.value()->change(n);
                    if (const auto *text = std::get_if<change::Printed>(&change))
                        got += trace.value()->text(text->text);
                }
                CHECK_MESSAGE(got == printed["stdout"].as<std::string>(), program["name"].as<std::string>(), " under ", version.as<std::string>(),
                              ":\n", got, "\nrecorded:\n", printed["stdout"].as<std::string>());
            }
}
