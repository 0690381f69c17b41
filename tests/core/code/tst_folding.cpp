#include "codetext.h"

#include <doctest/doctest.h>

using namespace codetext;

namespace {

// What `x = EXPRESSION` loads; "" when it is more than one constant.
std::string folded(const std::string &expression, const char *profile = "3.13")
{
    const std::string text = module("x = " + expression + "\n", profile), load = "\nLoadConst ", store = "\nStoreName x\n";
    if (!text.starts_with(load) || !text.ends_with(store) || text.find('\n', 1) != text.size() - store.size())
        return "";
    return text.substr(load.size(), text.size() - load.size() - store.size());
}

} // namespace

TEST_CASE("operators on constants are folded")
{
    CHECK(folded("-1") == "-1");
    CHECK(folded("--1") == "1");
    CHECK(folded("~5") == "-6");
    CHECK(folded("not 'a'") == "False");
    CHECK(folded("2 * 3 + 4") == "10");
    CHECK(folded("7 // -2") == "-4");
    CHECK(folded("7 % -2") == "-1");
    CHECK(folded("7 / 2") == "3.5");
    CHECK(folded("-7.5 // 2") == "-4.0");
    CHECK(folded("-7.5 % 2") == "0.5");
    CHECK(folded("2 ** -1") == "0.5");
    CHECK(folded("True + 1") == "2");
    CHECK(folded("True & False") == "False");
    CHECK(folded("1 << 64") == "18446744073709551616");
    CHECK(folded("-(2 ** 64)") == "-18446744073709551616");
    CHECK(folded("9223372036854775807 + 1") == "9223372036854775808");
    CHECK(folded("'a' + 'b' * 3") == "'abbb'");
    CHECK(folded("b'a' + b'b'") == "b'ab'");
    CHECK(folded("(1, 2) + (3,) * 2") == "(1, 2, 3, 3)");
    CHECK(folded("(1, -2, (3, 'x'))") == "(1, -2, (3, 'x'))");
    CHECK(folded("'h\u00e9y'[1]") == "'\u00e9'");
    CHECK(folded("'hey'[-1]") == "'y'");
    CHECK(folded("(1, 2)[0]") == "1");
    CHECK(folded("b'a'[0]") == "97");
    CHECK(folded("__debug__") == "True");
}

TEST_CASE("what raises, is too big or needs run time is not folded")
{
    for (const char *expression : {"1 / 0", "1 // 0", "1 % 0", "0 ** -1", "1 << -1", "'a' + 1", "-'a'", "(1, 2)[2]", "'a'[5]",
                                   "0.0 ** -1", "(-8.0) ** 0.5", "1e308 ** 2", "2 ** 129", "1 << 128", "'a' * 4097",
                                   "(1,) * 257", "'a' * -1", "1 + 2j", "-2j", "a + 1", "'%d' % 1"})
        CHECK_MESSAGE(folded(expression) == "", expression);
}

TEST_CASE("limits are CPython's, on both sides")
{
    CHECK(folded("2 ** 64 * 2 ** 62") != "");
    CHECK(folded("2 ** 64 * 2 ** 63") == "");
    CHECK(folded("1 << 127") != "");
    CHECK(folded("3 * 'a'") == "'aaa'");
    CHECK(folded("'a' * 4096").size() == 4098);
    CHECK(folded("(1,) * 256") != "");
    CHECK(folded("'a' * 20", "classic") != "");
    CHECK(folded("'a' * 21", "classic") == "");
}

TEST_CASE("equal constants of the same type are one constant")
{
    const auto code = compiled("x = 1; y = 1.0; z = True; w = 1\nx = 0.0; y = -0.0; z = 0.0; t = (1, 2); u = (1, 2); v = (1.0, 2)\n");
    CHECK(code->consts.size() == 8);   // 1 1.0 True 0.0 -0.0 (1, 2) (1.0, 2) None
}

TEST_CASE("lists and sets that are only looked through are tuples and frozen sets")
{
    CHECK(module("x in [1, 2]\n") == "\nLoadName x\nLoadConst (1, 2)\nCompareOp in\nPopTop\n");
    CHECK(module("x not in {1}\n") == "\nLoadName x\nLoadConst frozenset({1})\nCompareOp not in\nPopTop\n");
    CHECK(module("x in [a, 2]\n") == "\nLoadName x\nLoadName a\nLoadConst 2\nBuildTuple 2\nCompareOp in\nPopTop\n");
    CHECK(module("x in [a, 2]\n", "classic") == "\nLoadName x\nLoadName a\nLoadConst 2\nBuildList 2\nCompareOp in\nPopTop\n");
    CHECK(module("for x in [1, 2]: pass\n").starts_with("\nLoadConst (1, 2)\nGetIter\n"));
}

TEST_CASE("displays of three constants and more are copied from a constant")
{
    CHECK(module("x = [1, 2, 3]\n") == "\nBuildConstList (1, 2, 3)\nStoreName x\n");
    CHECK(module("x = [1, 2]\n") == "\nLoadConst 1\nLoadConst 2\nBuildList 2\nStoreName x\n");
    CHECK(module("x = {1, 2, 3}\n") == "\nBuildSet 0\nLoadConst frozenset({1, 2, 3})\nSetUpdate 1\nStoreName x\n");
    CHECK(module("x = [1, 2, 3]\n", "classic") == "\nLoadConst 1\nLoadConst 2\nLoadConst 3\nBuildList 3\nStoreName x\n");
}

TEST_CASE("tests of constants leave no test")
{
    CHECK(module("while 1:\n    f()\n") == "\nL1:\nLoadName f\nCall 0\nPopTop\nJump L1\n");
    CHECK(module("if 0:\n    f()\nelse:\n    g()\n").find("LoadName f") == std::string::npos);
    CHECK(module("if 1:\n    f()\nelse:\n    g()\n").find("LoadName g") == std::string::npos);
    CHECK(module("1\n'text'\n(1, 2)\n") == "\n");
}
