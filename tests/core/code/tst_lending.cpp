// Which loads of locals lend their reference in 3.14 and 3.15. What is expected is what `dis` of 3.14.10 and 3.15.2 shows.
#include "tests/core/code/codetext.h"

#include "core/python/code/borrowing.h"

#include <set>

namespace {

using namespace pyrena;

// Per line and local: b lent, S with a reference of its own. Where a line is compiled twice, both are shown.
std::string loads(const std::string &source, const char *profile)
{
    const auto code = codetext::inner(*codetext::compiled(source, profile), "x");
    std::set<std::string> seen;
    for (const Instruction &in : code->instructions)
        if (in.op == Op::LoadFast)
            seen.insert(std::to_string(in.span.begin.line) + ':' + code->localsPlus[static_cast<std::size_t>(in.arg)]
                        + (in.arg2 == kLent ? ":b" : ":S"));
    std::string result;
    for (const std::string &each : seen)
        result += (result.empty() ? "" : " ") + each;
    return result;
}

struct Sample { const char *source, *in314, *in315; };

} // namespace

TEST_CASE("in 3.14 loads behind a try statement lend only where no block without instructions lies between")
{
    const Sample samples[] = {
        {"def x(a):\n    try:\n        g()\n    except E:\n        h()\n    f(a)\n", "6:a:b", "6:a:b"},
        {"def x(a):\n    try:\n        g()\n    except E:\n        raise\n    f(a)\n", "6:a:S", "6:a:b"},
        {"def x(a):\n    try:\n        g()\n    except E:\n        return 1\n    f(a)\n", "6:a:S", "6:a:b"},
        {"def x(a):\n    try:\n        g()\n    except:\n        h()\n    f(a)\n", "6:a:S", "6:a:b"},
        {"def x(a):\n    try:\n        g()\n    except E as e:\n        h(e)\n    f(a)\n", "5:e:S 6:a:b", "5:e:S 6:a:b"},
        {"def x(a):\n    try:\n        try:\n            g()\n        except E:\n            h()\n    except F:\n        pass\n    f(a)\n", "9:a:S", "9:a:b"},
        {"def x(a):\n    try:\n        try:\n            g()\n        except E:\n            h()\n        g()\n    except F:\n        pass\n    f(a)\n", "10:a:b", "10:a:b"},
        {"def x(a):\n    try:\n        if a:\n            g()\n    except E:\n        h()\n    f(a)\n", "3:a:b 7:a:S", "3:a:b 7:a:b"},
        {"def x(a):\n    try:\n        while a:\n            g()\n    except E:\n        h()\n    f(a)\n", "3:a:b 7:a:b", "3:a:b 7:a:b"},
        {"def x(a):\n    try:\n        with g():\n            h()\n    except E:\n        h()\n    f(a)\n", "7:a:S", "7:a:b"},
        {"def x(a):\n    try:\n        g(a)\n    except E:\n        try:\n            h(a)\n        except F:\n            h(a)\n    f(a)\n", "3:a:b 6:a:S 8:a:S 9:a:S", "3:a:b 6:a:S 8:a:S 9:a:b"},
    };
    for (const Sample &sample : samples) {
        CAPTURE(sample.source);
        CHECK(loads(sample.source, "3.14.10") == sample.in314);
        CHECK(loads(sample.source, "3.15") == sample.in315);
    }
}

TEST_CASE("in 3.14 loads behind a loop that is left unconditionally do not lend")
{
    CHECK(loads("def x(a):\n    while True:\n        g()\n        break\n    f(a)\n", "3.14.10") == "5:a:S");
    CHECK(loads("def x(a):\n    for i in g():\n        g()\n        break\n    f(a)\n", "3.14.10") == "5:a:b");
    CHECK(loads("def x(a):\n    for i in g():\n        try:\n            h()\n        except E:\n            break\n        f(a)\n    f(a)\n", "3.14.10") == "7:a:S 8:a:b");
    CHECK(loads("def x(a):\n    try:\n        g(a)\n    except E:\n        while g():\n            if g():\n                h()\n    f(a)\n", "3.14.10") == "3:a:b 8:a:S");
}

TEST_CASE("two loads beside each other lend both or not at all, and a load behind a store does not")
{
    for (const char *profile : {"3.14.10", "3.15"}) {
        CHECK(loads("def x(a, b):\n    f(a, b)\n", profile) == "2:a:b 2:b:b");
        CHECK(loads("def x(a):\n    if a:\n        b = 1\n    f(a, b)\n", profile) == "2:a:b 4:a:b 4:b:S");   // b is checked: no pair
        CHECK(loads("def x(a, b):\n    f(a, b, g() or h())\n", profile) == "2:a:S 2:b:S");
        CHECK(loads("def x(a):\n    return [i for i in g() if i]\n", profile) == "2:i:S 2:i:b");
    }
}

TEST_CASE("the operand of and and or stays on the stack, and what a with statement is about does, too")
{
    for (const char *profile : {"3.14.10", "3.15"}) {
        CHECK(loads("def x(a, b):\n    t = a and b\n", profile) == "2:a:S 2:b:S");
        CHECK(loads("def x(a):\n    with a:\n        g()\n", profile) == "2:a:b");
        CHECK(loads("def x(a):\n    with a:\n        if g():\n            h()\n", profile) == "2:a:S");
    }
}
