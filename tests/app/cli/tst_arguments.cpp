#include <doctest/doctest.h>

#include "app/cli/arguments.h"
#include "app/cli/cli.h"
#include "app/cli/json.h"

using namespace pyrena;
using namespace pyrena::cli;

namespace {

constexpr Option kOptions[] = {{"--python", "", "PROFILE", ""}, {"--output", "-o", "OUT", ""}, {"--json", "", "", ""}, {"--size", "", "N", ""}};
const Command kCommand{"try", "FILE", "", kOptions, 1, 2};

Result<Arguments> parsed(std::vector<std::string_view> args) { return Arguments::parse(args, kCommand); }
std::string problem(std::vector<std::string_view> args)
{
    const auto result = parsed(std::move(args));
    return result ? "none" : result.error().message;
}

} // namespace

TEST_CASE("options are taken in both spellings, files in any order")
{
    const auto a = parsed({"a.py", "--python=classic", "-o", "x", "--json", "--", "-b.py"});
    REQUIRE(a.ok());
    CHECK(a->value("--python") == "classic");
    CHECK(a->value("--output") == "x");
    CHECK(a->has("--json"));
    CHECK(!a->has("--size"));
    CHECK(a->files() == std::vector<std::string>{"a.py", "-b.py"});
    CHECK(parsed({"-"})->files() == std::vector<std::string>{"-"});
}

TEST_CASE("wrong calls say what to write")
{
    CHECK(problem({"a", "--pyton", "x"}) == "unknown option '--pyton'; did you mean --python?");
    CHECK(problem({"a", "--wizard"}) == "unknown option '--wizard'; 'pyrena try --help' lists them");
    CHECK(problem({"a", "--python"}) == "option '--python' needs a value: --python PROFILE");
    CHECK(problem({"a", "--json=1"}) == "option '--json' takes no value; leave out '=1'");
    CHECK(problem({"a", "--json", "--json"}) == "option '--json' is given twice; give it once");
    CHECK(problem({}) == "which file? Usage: pyrena try FILE");
    CHECK(problem({"a", "b", "c"}) == "unexpected argument 'c'; usage: pyrena try FILE");
}

TEST_CASE("numbers and sizes are read strictly")
{
    const auto with = [](std::string_view v) { return *parsed({"a", "--size", v}); };
    CHECK(*with("12").number("--size", 0, 1, 20) == 12);
    CHECK(*parsed({"a"})->number("--size", 7, 1, 20) == 7);
    for (const char *bad : {"0", "21", "x", "-1", "1.5", "", "99999999999999999999"})
        CHECK_MESSAGE(!with(bad).number("--size", 0, 1, 20).ok(), bad);
    CHECK(*with("64M").bytes("--size", 0) == 64u << 20);
    CHECK(*with("1G").bytes("--size", 0) == 1u << 30);
    for (const char *bad : {"0", "M", "64MB", "99999999G", "-1K", "18446744073709551615"})
        CHECK_MESSAGE(!with(bad).bytes("--size", 0).ok(), bad);
}

TEST_CASE("the window opens for a file, a command never opens it")
{
    const auto is = [](std::vector<std::string_view> args) { return isCommandLine(args); };
    CHECK(!is({}));
    CHECK(!is({"lesson.md"}));
    CHECK(!is({"/home/me/run"}));
    CHECK(is({"run", "a.py"}));
    CHECK(is({"--help"}));
    CHECK(is({"--version"}));
    CHECK(is({"handout", "a.md"}));
    CHECK(is({"rum", "a.py"}));
}

TEST_CASE("JSON is escaped and nested")
{
    JsonWriter json;
    json.beginObject().member("a\"b", "x\n\x01\\").member("n", 1.5);
    json.key("list").beginArray().value(1).value(true).endArray();
    json.key("empty").beginArray().endArray().endObject();
    CHECK(json.take() == "{\n  \"a\\\"b\": \"x\\n\\u0001\\\\\",\n  \"n\": 1.5,\n  \"list\": [\n    1,\n    true\n  ],\n  \"empty\": []\n}\n");
}
