// Whatever a program does, the recording ends: with an outcome, and with a diagnostic that says what happened.
#include "restpoints.h"

#include <doctest/doctest.h>

#include <atomic>
#include <stop_token>
#include <thread>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

std::string outputOf(std::shared_ptr<const Trace> trace)
{
    Timeline timeline(trace);
    std::string output;
    for (const TextId text : timeline.seek(trace->changeCount()).output)
        output += trace->text(text);
    return output;
}

// A limit ends the recording where it is met, and says what to do.
void endsAtALimit(const std::string &source, std::uint32_t maxChanges = 100'000, const std::string &profile = "3.13")
{
    CAPTURE(source);
    const auto trace = recordText(source, profile, maxChanges);
    REQUIRE(trace);
    CHECK(trace->outcome == Outcome::LimitReached);
    REQUIRE(trace->diagnostic.has_value());
    CHECK(!trace->diagnostic->message.empty());
    CHECK(!trace->diagnostic->hint.empty());
    CHECK(trace->diagnostic->span.begin.line > 0);
    // Unwinding adds a little after the limit, no more.
    CHECK(trace->changeCount() < maxChanges + maxChanges / 2);
    Timeline timeline(trace);
    timeline.seek(trace->changeCount());
}

void raises(const std::string &source, const std::string &lastLine)
{
    CAPTURE(source);
    const auto trace = recordText(source, "3.13", 2'000'000);
    REQUIRE(trace);
    CHECK(trace->outcome == Outcome::Raised);
    CHECK(trace->exitStatus == 1);
    CHECK(trace->errorText.ends_with(lastLine + "\n"));
    REQUIRE(trace->diagnostic.has_value());
    CHECK(trace->diagnostic->span.begin.line > 0);
}

} // namespace

TEST_CASE("a loop without end stops at the limit of changes")
{
    endsAtALimit("while True:\n    pass\n");
    endsAtALimit("a = 0\nwhile True:\n    a += 1\n");
    endsAtALimit("def f():\n    while True:\n        yield [1]\nfor x in f():\n    pass\n");
    endsAtALimit("a = [0]\nfor x in a:\n    a.append(x)\n");
    endsAtALimit("a = []\nwhile True:\n    a = [a]\n");
    endsAtALimit("class Node:\n    def __init__(self, other):\n        self.other = other\na = None\nwhile True:\n    a = Node(a)\n");
}

TEST_CASE("a loop without end inside built-in functions stops too")
{
    endsAtALimit("class Forever:\n    def __iter__(self): return self\n    def __next__(self): return 1\nlist(Forever())\n");
    endsAtALimit("class Forever:\n    def __iter__(self): return self\n    def __next__(self): return 1\nprint(2 in Forever())\n");
    endsAtALimit("class Forever:\n    def __getitem__(self, i): return i\nsum(Forever())\n");
}

TEST_CASE("a finalizer that never ends stops at the limit of changes")
{
    endsAtALimit("class Loop:\n    def __del__(self):\n        while True:\n            pass\na = Loop()\ndel a\n");
    // Up to 3.12 the trashcan cuts the nesting, again and again; since 3.13 the recursion limit ends it (run).
    const std::string loop = "class Loop:\n    def __del__(self):\n        Loop()\nLoop()\nprint('end')\n";
    endsAtALimit(loop, 100'000, "3.12.1");
    const auto trace = recordText(loop, "3.13.0", 2'000'000);
    REQUIRE(trace);
    CHECK(trace->outcome == Outcome::Finished);
    CHECK(outputOf(trace) == "end\n");
    CHECK(trace->errorText.find("RecursionError: maximum recursion depth exceeded") != std::string::npos);
    endsAtALimit("import gc\nclass Loop:\n    def __del__(self):\n        while True:\n            pass\na = Loop()\na.me = a\ndel a\ngc.collect()\n");
    endsAtALimit("class Loop:\n    def __del__(self):\n        while True:\n            pass\na = [Loop(), Loop()]\na = 1\n");
}

TEST_CASE("recursion without end raises RecursionError")
{
    raises("def f():\n    return f()\nf()\n", "RecursionError: maximum recursion depth exceeded");
    raises("class A:\n    def __init__(self):\n        A()\nA()\n", "RecursionError: maximum recursion depth exceeded");
    const auto trace = recordText("def f(n):\n    return f(n + 1)\ntry:\n    f(0)\nexcept RecursionError as e:\n    print('caught', e)\nprint('on')\n");
    REQUIRE(trace);
    CHECK(trace->outcome == Outcome::Finished);
    CHECK(outputOf(trace).starts_with("caught maximum recursion depth exceeded"));
    CHECK(outputOf(trace).ends_with("on\n"));
}

TEST_CASE("recursion without end through special methods raises RecursionError")
{
    for (const char *body : {"__repr__(self): return repr(self)", "__eq__(self, o): return self == o", "__hash__(self): return hash(self)",
                             "__getattr__(self, n): return self.missing", "__call__(self): return self()", "__len__(self): return len(self)",
                             "__iter__(self): return iter(self)", "__bool__(self): return bool(self)", "__add__(self, o): return self + o",
                             "__contains__(self, o): return o in self", "__getitem__(self, i): return self[i]", "__str__(self): return str(self)"}) {
        const std::string source = std::string("class R:\n    def ") + body + "\nr = R()\ns = R()\n"
            "try:\n    repr(r), r == s, hash(r), r.x, r(), len(r), iter(r), bool(r), r + 1, 1 in r, r[0], str(r)\n"
            "except RecursionError:\n    print('deep')\nexcept (TypeError, AttributeError):\n    pass\n"
            "for use in (repr, lambda v: v == s, hash, lambda v: v.x, lambda v: v(), len, iter, bool, lambda v: v + 1, lambda v: 1 in v,\n"
            "            lambda v: v[0], str):\n    try:\n        use(r)\n    except RecursionError:\n        print('deep')\n"
            "    except (TypeError, AttributeError):\n        pass\n";
        CAPTURE(body);
        const auto trace = recordText(source, "3.13", 2'000'000);
        REQUIRE(trace);
        CHECK_MESSAGE(trace->outcome == Outcome::Finished, trace->errorText);
        CHECK(outputOf(trace).find("deep") != std::string::npos);
    }
}

TEST_CASE("deep nesting is freed, compared, shown and collected without running out of stack")
{
    const std::string deep = "a = []\nfor i in range(30000):\n    a = [a]\n";
    for (const char *last : {"del a\nprint('freed')\n", "a.append(a)\nimport gc\ndel a\ngc.collect()\nprint('freed')\n", "print('freed')\n"}) {
        const auto trace = recordText(deep + last, "3.13", 2'000'000);
        REQUIRE(trace);
        CHECK(trace->outcome == Outcome::Finished);
        CHECK(outputOf(trace) == "freed\n");
    }
    for (const char *last : {"repr(a)\n", "b = []\nfor i in range(10100):\n    b = [b]\na == b\n"})
        raises("a = []\nfor i in range(10100):\n    a = [a]\n" + std::string(last), last[0] == 'r' ? "RecursionError: maximum recursion depth exceeded while getting the repr of an object"
                                           : "RecursionError: maximum recursion depth exceeded in comparison");
    for (const char *nest : {"a = (a,)", "a = {1: a}", "a = Node(a)", "a = lambda a=a: a", "a = iter([a])"}) {
        const std::string source = std::string("class Node:\n    def __init__(self, other):\n        self.other = other\na = []\n"
                                               "for i in range(20000):\n    ") + nest + "\ndel a\nprint('freed')\n";
        CAPTURE(source);
        const auto trace = recordText(source, "3.13", 3'000'000);
        REQUIRE(trace);
        CHECK(trace->outcome == Outcome::Finished);
        CHECK(outputOf(trace) == "freed\n");
    }
}

TEST_CASE("a hundred thousand levels are freed within the default limit or the recording says where it stopped")
{
    const auto trace = recordText("a = []\nfor i in range(100000):\n    a = [a]\ndel a\nprint('freed')\n", "3.13", 6'000'000);
    REQUIRE(trace);
    CHECK(trace->outcome == Outcome::Finished);
    CHECK(outputOf(trace) == "freed\n");
}

TEST_CASE("what is far too big raises MemoryError or OverflowError at once")
{
    raises("a = [0] * 10**12\n", "MemoryError");
    raises("a = 'x' * 10**12\n", "MemoryError");
    raises("a = (1, 2) * 10**12\n", "MemoryError");
    raises("a = b'x' * 10**12\n", "MemoryError");
    raises("a = [0] * 10**30\n", "OverflowError: cannot fit 'int' into an index-sized integer");
    for (const char *source : {"a = 10 ** 10 ** 9\n", "a = 1 << 10**12\n", "a = 2 ** 10 ** 30\n", "a = list(range(10**12))\n",
                               "a = '%1000000000000d' % 1\n", "a = f'{1:1000000000000}'\n", "a = 'a'.ljust(10**12)\n",
                               "a = 'ab'.replace('', 'x' * 10**6) * 10**6\n", "a = ' '.join(['x' * 10**7] * 10**5)\n",
                               "a = 7 ** 7 ** 7 ** 7\n"}) {
        CAPTURE(source);
        const auto trace = recordText(source);
        REQUIRE(trace);
        CHECK(trace->outcome != Outcome::Finished);
        CHECK(trace->diagnostic.has_value());
    }
}

TEST_CASE("doubling without end stops at the limit of memory")
{
    for (const char *source : {"a = [0]\nwhile True:\n    a += a\n", "a = 'x'\nwhile True:\n    a += a\n", "a = 3\nwhile True:\n    a *= a\n",
                               "a = (0,)\nwhile True:\n    a = a + a\n", "a = b'x'\nwhile True:\n    a += a\n",
                               "a = []\nwhile True:\n    a.append('x' * 1000000)\n"}) {
        CAPTURE(source);
        Recipe recipe;
        recipe.source = source;
        recipe.maxMemory = 16u << 20;
        recipe.maxChanges = 300'000;
        const auto result = record(recipe);
        REQUIRE(result);
        const auto trace = result.value();
        CHECK((trace->outcome == Outcome::LimitReached || trace->outcome == Outcome::Raised));
        REQUIRE(trace->diagnostic.has_value());
        CHECK(!trace->diagnostic->message.empty());
    }
}

TEST_CASE("a stop asked for from another thread cancels the recording")
{
    Recipe recipe;
    recipe.source = "a = []\nwhile True:\n    a.append(1)\n    a.pop()\n";
    recipe.maxChanges = 20'000'000;
    std::stop_source stop;
    std::atomic<bool> running = false;
    std::thread other([&] {
        running.wait(false);
        stop.request_stop();
    });
    const auto result = record(recipe, stop.get_token(), [&](std::uint32_t) {
        running = true;
        running.notify_all();
    });
    other.join();
    REQUIRE(result);
    CHECK(result.value()->outcome == Outcome::Cancelled);
    CHECK(result.value()->changeCount() < recipe.maxChanges);
}

TEST_CASE("an exception in a finalizer is reported and the program goes on")
{
    const auto trace = recordText("class Bad:\n    def __del__(self):\n        raise ValueError('no')\na = Bad()\ndel a\nprint('on')\n");
    REQUIRE(trace);
    CHECK(trace->outcome == Outcome::Finished);
    CHECK(outputOf(trace) == "on\n");
    CHECK(trace->errorText.find("Exception ignored in:") != std::string::npos);
    CHECK(trace->errorText.find("ValueError: no") != std::string::npos);
}

TEST_CASE("an exception in a finalizer does not replace the one on its way")
{
    const auto trace = recordText("class Bad:\n    def __del__(self):\n        raise ValueError('no')\ndef f():\n    a = Bad()\n    raise KeyError(1)\n"
                                  "try:\n    f()\nexcept KeyError as e:\n    print('key', e)\n");
    REQUIRE(trace);
    CHECK(trace->outcome == Outcome::Finished);
    CHECK(outputOf(trace) == "key 1\n");
}

TEST_CASE("a huge repr is as long as it is")
{
    const auto trace = recordText("a = list(range(2000))\nprint(len(repr(a)))\nprint(len(repr('x' * 100000)))\n");
    REQUIRE(trace);
    CHECK(trace->outcome == Outcome::Finished);
    CHECK(outputOf(trace) == "10890\n100002\n");
}

TEST_CASE("work that doubles at each level stops at a limit")
{
    for (const char *use : {"repr(a)\n", "a == b\n", "a < b\n", "hash(c)\n", "c == d\n", "import copy\ncopy.deepcopy(a) == a\n"}) {
        Recipe recipe;
        recipe.source = std::string("a, b, c, d = [], [], (0,), (0.0,)\nfor i in range(60):\n    a, b, c, d = [a, a], [b, b], (c, c), (d, d)\n") + use;
        recipe.maxMemory = 16u << 20;
        recipe.maxChanges = 300'000;
        CAPTURE(use);
        const auto result = record(recipe);
        REQUIRE(result);
        CHECK(result.value()->outcome != Outcome::Finished);
        CHECK(result.value()->diagnostic.has_value());
        CHECK(result.value()->changeCount() < 500'000);
    }
}

TEST_CASE("a stop asked for during one endless operation cancels the recording")
{
    Recipe recipe;
    recipe.source = "a, b = [], []\nfor i in range(60):\n    a, b = [a, a], [b, b]\na == b\n";
    recipe.maxChanges = 0xffffffffu;
    std::stop_source stop;
    stop.request_stop();
    const auto result = record(recipe, stop.get_token());
    REQUIRE(result);
    CHECK(result.value()->outcome == Outcome::Cancelled);
}

TEST_CASE("what is not simulated is refused by name, with its place and what to do instead")
{
    struct Refused { const char *source; std::uint32_t line; const char *what, *instead; };
    static constexpr Refused kRefused[] = {
        {"x = 1\nopen('x')\n", 2, "open()", "list of lines"},
        {"def f():\n    with open('x') as g:\n        pass\nf()\n", 2, "open()", "list of lines"},
        {"def f():\n    def g():\n        return eval('1')\n    return g\nf()()\n", 3, "eval()", "the expression itself"},
        {"exec('x = 1')\n", 1, "exec()", "the statements themselves"},
        {"compile('1', '', 'eval')\n", 1, "compile()", "the statements themselves"},
        {"import threading\n", 1, "'threading'", "generators"},
        {"def f():\n    from threading import Thread\nf()\n", 2, "'threading'", "generators"},
        {"import asyncio\n", 1, "'asyncio'", "generators"},
        {"import os.path\n", 1, "'os.path'", "no files"},
        {"import numpy as np\n", 1, "'numpy'", "leave out"},
        {"class M(type):\n    pass\n", 1, "type", "__init_subclass__"},
        {"class A: pass\nclass B(metaclass=A):\n    pass\n", 2, "metaclass", "__init_subclass__"},
        {"m = memoryview(b'abc')\n", 1, "memoryview()", "slice"},
        {"b = bytearray(3)\n", 1, "bytearray()", "bytes"},
        {"print(b'%d' % 3)\n", 1, "% with bytes", "decode"},
        {"print('a'.encode('utf-7'))\n", 1, "'utf-7'", "utf-8"},
        {"x = list[int]\n", 1, "list[...]", "list"},
        {"x = 1\nmatch x:\n    case 1:\n        pass\n", 2, "'match'", "if and elif"},
        {"def f(x):\n    if x:\n        match x:\n            case 1:\n                pass\n", 3, "'match'", "if and elif"},
        {"async def f():\n    pass\n", 1, "'async'", "plain function"},
        {"def f():\n    async def g():\n        await g()\n", 2, "'async'", "plain function"},
        {"await x\n", 1, "'await'", "plain function"},
    };
    for (const Refused &refused : kRefused) {
        CAPTURE(std::string(refused.source));
        Recipe recipe;
        recipe.source = refused.source;
        recipe.profile = "3.13";
        recipe.fileName = "lesson.py";
        const auto trace = record(recipe);
        const Diagnostic said = trace ? trace.value()->diagnostic.value_or(Diagnostic{}) : trace.error();
        CHECK(said.span.begin.line == refused.line);
        CHECK(said.span.begin.column > 0);
        CHECK(said.message.find(refused.what) != std::string::npos);
        CHECK_MESSAGE((said.message + said.hint).find(refused.instead) != std::string::npos, (said.message + " | " + said.hint));
    }
}
