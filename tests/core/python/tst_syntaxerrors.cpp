#include "core/python/syntax/parser.h"

#include <doctest/doctest.h>

#include <cctype>
#include <string>

using namespace pyrena;

namespace {

struct BadSample
{
    const char *source;
    const char *expected;   // line:column: message
};

constexpr BadSample kAsInCPython[] = {
#include "syntaxerrors.inc"
};

constexpr const char *kAccepted[] = {
#include "syntaxaccepted.inc"
};

// Same message as CPython 3.13, but a place that helps more, or a message of Pyrena's own.
constexpr BadSample kOwn[] = {
    {"if 1:\n  a\n b\n", "3:2: unindent does not match any outer indentation level"},
    {"if 1:\n\ta\n        b\n", "3:9: inconsistent use of tabs and spaces in indentation"},
    {" a", "1:2: unexpected indent"},
    {"a\n  b", "2:3: unexpected indent"},
    {"'a' b'c'", "1:5: cannot mix bytes and nonbytes literals"},
    {"f(a=1, b)", "1:8: positional argument follows keyword argument"},
    {"f(**a, b)", "1:8: positional argument follows keyword argument unpacking"},
    {"f(**a, *b)", "1:8: iterable argument unpacking follows keyword argument unpacking"},
    {"f(*)", "1:3: Invalid star expression"},
    {"lambda *: 0", "1:8: named arguments must follow bare *"},
    {"def f():\n  global x\n  nonlocal x", "3:3: name 'x' is nonlocal and global"},
    {"async def f(): pass", "1:1: this subset of Python has no 'async'"},
    {"async for x in y: pass", "1:1: this subset of Python has no 'async'"},
    {"[x async for x in y]", "1:4: this subset of Python has no 'async'"},
    {"x = await y", "1:5: this subset of Python has no 'await'"},
    {"match x:\n    case 1: pass", "1:1: this subset of Python has no 'match'"},
    {"match (x, y):\n    case 1: pass", "1:1: this subset of Python has no 'match'"},
    {"match [x]:\n    case 1: pass", "1:1: this subset of Python has no 'match'"},
    {"type X = int", "1:1: this subset of Python has no 'type'"},
    {"def f[T](): pass", "1:6: this subset of Python has no 'def f[...]'"},
    {"class A[T]: pass", "1:8: this subset of Python has no 'class A[...]'"},
    {"try: pass\nexcept* A: pass", "2:1: this subset of Python has no 'except*'"},
    {"x = '\\N{DASH}'", "1:5: this subset of Python has no '\\N{...}'"},
    {"x = '\\ud800'", "1:5: this subset of Python has no surrogates in strings"}
};

std::string report(const std::string &source)
{
    const auto module = parse(source, "t.py");
    if (module)
        return "accepted";
    const Diagnostic &d = module.error();
    CHECK(d.file == "t.py");
    CHECK(d.span.begin <= d.span.end);
    return std::to_string(d.span.begin.line) + ":" + std::to_string(d.span.begin.column) + ": " + d.message;
}

} // namespace

TEST_CASE("wrong programs are refused as CPython does: place and message")
{
    static_assert(std::size(kAsInCPython) > 200);
    for (const BadSample &sample : kAsInCPython) {
        INFO(sample.source);
        CHECK(report(sample.source) == sample.expected);
    }
}

TEST_CASE("odd but right programs are accepted")
{
    for (const char *source : kAccepted) {
        INFO(source);
        CHECK(report(source) == "accepted");
    }
}

TEST_CASE("some errors have a place or a message of Pyrena's own")
{
    for (const BadSample &sample : kOwn) {
        INFO(sample.source);
        CHECK(report(sample.source) == sample.expected);
    }
}

TEST_CASE("what the subset lacks comes with what to do")
{
    const auto module = parse("async def f(): pass", "t.py");
    REQUIRE_FALSE(module.ok());
    CHECK(toString(module.error())
          == "t.py:1:1: this subset of Python has no 'async'; write a plain function or a generator, or see Help > Supported Python.");
}

TEST_CASE("an error at the end of the file is reported on its last line")
{
    CHECK(report("if x:\n") == "1:6: expected an indented block after 'if' statement on line 1");
    CHECK(report("def f():\n    if x:\n") == "2:10: expected an indented block after 'if' statement on line 2");
    CHECK(report("try:\n    a\n") == "2:6: expected 'except' or 'finally' block");
}

TEST_CASE("a bracket left open is reported where it was opened")
{
    CHECK(report("a = [1, 2\nb = 3\nc = 4\n") == "1:5: '[' was never closed");
    CHECK(report("f(x\ny = 3") == "1:2: '(' was never closed");
    CHECK(report("if (a:\n  b\n") == "1:6: invalid syntax");   // as in CPython: the error is on the bracket's line
}
