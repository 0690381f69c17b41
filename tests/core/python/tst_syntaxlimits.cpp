#include "core/python/syntax/anchors.h"
#include "core/python/syntax/dump.h"
#include "core/python/syntax/parser.h"
#include "programs.h"

#include <doctest/doctest.h>

#include <random>

using namespace pyrena;

namespace {

std::string repeated(std::string_view text, std::size_t count)
{
    std::string result;
    result.reserve(text.size() * count);
    for (std::size_t i = 0; i < count; ++i)
        result += text;
    return result;
}

std::string message(const std::string &source)
{
    const auto module = parse(source, "t.py", std::size_t(64) << 20);
    return module ? "accepted" : module.error().message;
}

constexpr std::size_t kMany = 100'000;

} // namespace

TEST_CASE("long chains are refused before they get too deep for a walk by recursion")
{
    for (const std::string &source : {
             "x = " + repeated("a + ", kMany) + "a", "x = " + repeated("not ", kMany) + "a", "x = " + repeated("-", kMany) + "a",
             "a" + repeated(".b", kMany), "a" + repeated("()", kMany), "a" + repeated("[0]", kMany),
             "a" + repeated(" ** a", kMany), repeated("lambda: ", kMany) + "a", repeated("a if b else ", kMany) + "a"}) {
        INFO(source.substr(0, 20));
        CHECK(message(source) == "the expression is nested too deeply");
    }
    CHECK(message("if a: pass\n" + repeated("elif a: pass\n", kMany)) == "there are too many 'elif' branches");
}

TEST_CASE("chains of usual length are accepted")
{
    CHECK(message("x = " + repeated("a + ", 900) + "a") == "accepted");
    CHECK(message("if a: pass\n" + repeated("elif a: pass\n", 900)) == "accepted");
    CHECK(message("x = " + repeated("not ", 900) + "a") == "accepted");
}

TEST_CASE("what is long but flat is accepted")
{
    CHECK(message("x = [\n" + repeated("1,\n", 1'000'000) + "]") == "accepted");
    CHECK(message("x = '''" + repeated("line\n", 1'000'000) + "'''") == "accepted");
    CHECK(message(repeated("a and ", kMany) + "a") == "accepted");
    CHECK(message(repeated("a < ", kMany) + "a") == "accepted");
    CHECK(message(repeated("a = ", kMany) + "1") == "accepted");
    CHECK(message("x = " + repeated("'a' ", kMany)) == "accepted");
    CHECK(message(repeated("a;", kMany)) == "accepted");
    CHECK(message("x = 0x" + repeated("f", kMany)) == "accepted");
}

TEST_CASE("brackets and blocks may be nested as deep as in CPython")
{
    CHECK(message(repeated("(", 200) + "a" + repeated(")", 200)) == "accepted");
    CHECK(message(repeated("(", 201) + "a" + repeated(")", 201)) == "too many nested parentheses");
    CHECK(message(repeated("{1: ", 200) + "a" + repeated("}", 200)) == "accepted");
    CHECK(message(repeated("{", 200) + "a" + repeated(": 1}", 200)) == "accepted");
    const auto blocks = [](int depth) {
        std::string source;
        for (int i = 0; i < depth; ++i)
            source += std::string(static_cast<std::size_t>(i), ' ') + "if a:\n";
        return source + std::string(static_cast<std::size_t>(depth), ' ') + "b\n";
    };
    CHECK(message(blocks(99)) == "accepted");
    CHECK(message(blocks(100)) == "too many levels of indentation");
    const auto loops = [](int depth) {
        std::string source;
        for (int i = 0; i < depth; ++i)
            source += std::string(static_cast<std::size_t>(i), ' ') + "while a:\n";
        return source + std::string(static_cast<std::size_t>(depth), ' ') + "b\n";
    };
    CHECK(message(loops(20)) == "accepted");
    CHECK(message(loops(21)) == "too many statically nested blocks");
    CHECK(message(repeated("f'{", 150) + "a" + repeated("}'", 150)) == "accepted");
    CHECK(message(repeated("f'{", 151) + "a" + repeated("}'", 151)) == "too many nested f-strings");
}

TEST_CASE("decimal literals have CPython's limit")
{
    CHECK(message("x = " + repeated("9", 4300)) == "accepted");
    CHECK(message("x = " + repeated("9", 4301)).starts_with("Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits"));
}

TEST_CASE("a source beyond the limit is refused with its size")
{
    const auto module = parse(std::string(101, '\n'), "t.py", 100);
    REQUIRE_FALSE(module.ok());
    CHECK(module.error().message == "the program is too long: 101 bytes, the limit is 100");
    CHECK(parse(std::string(100, '\n'), "t.py", 100).ok());
}

// Reads damaged programs: must end with a tree or a diagnostic inside of the text, under sanitizers without a report.
TEST_CASE("damaged programs never crash the parser")
{
    const auto programs = recordedPrograms();
    REQUIRE_FALSE(programs.empty());
    static const std::string kPieces[] = {"(", ")", "[", "]", "{", "}", "'", "\"", "'''", "f'", "f\"{", "}\"", ":", ",", "\n", "\n    ",
                                          "\t", "\\", "\\\n", "=", ":=", "*", "**", "lambda ", "for x in ", "if ", "else ", "yield ",
                                          "def f(", "class A", "with (", "print ", "\xff", "\xc3\xa4", "0x", "1e", "#@ a", "not ", "!r", " as "};
    std::mt19937 random(20240229);
    const auto below = [&random](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    std::size_t accepted = 0, refused = 0;
    for (int round = 0; round < 6000; ++round) {
        std::string source = programs[below(programs.size())].source;
        for (std::size_t change = below(4) + 1; change > 0 && !source.empty(); --change) {
            const std::size_t at = below(source.size());
            switch (below(4)) {
            case 0: source.erase(at, below(8) + 1); break;
            case 1: source.insert(at, kPieces[below(std::size(kPieces))]); break;
            case 2: source[at] = static_cast<char>(below(256)); break;
            default: source.insert(at, source.substr(below(source.size()), below(30))); break;
            }
        }
        const auto module = parse(source, "t.py");
        if (module) {
            ++accepted;
            CHECK((dump(*module).empty() == module->body.empty()));
        } else {
            ++refused;
            const Diagnostic &d = module.error();
            const auto lines = static_cast<std::uint32_t>(
                1 + std::count_if(source.begin(), source.end(), [](char c) { return c == '\n' || c == '\r'; }));
            if (d.message.empty() || d.span.begin.line < 1 || d.span.begin.line > lines || d.span.begin.column < 1 || d.span.end < d.span.begin)
                FAIL_CHECK(toString(d), "\n", source);
        }
        const std::string shown = hideAnchors(source);
        CHECK(shown.size() <= source.size());
    }
    CHECK(accepted > 100);
    CHECK(refused > 1000);
}
