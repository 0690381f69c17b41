// Steps nest, statements carry their lines in the order Python visits them, and stops go forth and back the same way.
#include "../run/restpoints.h"

#include <doctest/doctest.h>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

// The lines of the statements in the order they began.
std::string visitedLines(const char *source)
{
    const auto trace = recordText(source);
    REQUIRE(trace);
    std::string lines;
    for (const Step &step : trace->steps.all())
        if (step.kind == StepKind::Statement)
            lines += (lines.empty() ? "" : " ") + std::to_string(step.span.begin.line);
    return lines;
}

const char *const kCalls = R"(import gc
class Node:
    def __init__(self, value):
        self.value = value
        self.me = self
    def __del__(self):
        pass
def make(n):
    if n == 0:
        return []
    return [make(n - 1), Node(n)]
kept = make(3)
for part in kept:
    try:
        part.value
    except AttributeError:
        pass
del kept, part
gc.collect()
)";

} // namespace

TEST_CASE("statements one after the other are visited once each")
{
    CHECK(visitedLines("a = 1\n\nb = 2\ndel a\n") == "1 3 4");
}

TEST_CASE("the lines of a loop are visited once for each turn, its header once more")
{
    CHECK(visitedLines("for i in (1, 2):\n    a = i\nb = 0\n") == "1 1 2 1 2 1 3");
    CHECK(visitedLines("n = 0\nwhile n < 2:\n    n += 1\nelse:\n    n = 5\n") == "1 2 3 2 3 2 5");
    CHECK(visitedLines("while True:\n    break\na = 1\n") == "1 2 3");
}

TEST_CASE("only the branch that is taken is visited")
{
    CHECK(visitedLines("x = 3\nif x < 0:\n    a = 1\nelif x > 2:\n    a = 2\nelse:\n    a = 3\nb = 4\n") == "1 2 4 5 8");
}

TEST_CASE("the body of a function is visited where it is called")
{
    CHECK(visitedLines("def f(x):\n    y = x\n    return y\na = f(1)\nb = 2\n") == "1 4 2 3 5");
}

TEST_CASE("a handler and a final block are visited after the line that raises")
{
    CHECK(visitedLines("try:\n    a = 1\n    b = [][0]\n    c = 2\nexcept IndexError:\n    d = 3\nfinally:\n    e = 4\nf = 5\n")
          == "1 2 3 5 6 8 9");
}

TEST_CASE("a step lies inside its parent, and its descendants follow it")
{
    const auto trace = recordText(kCalls);
    REQUIRE(trace);
    REQUIRE(trace->outcome == Outcome::Finished);
    const StepTree &tree = trace->steps;
    std::uint32_t before = 0;
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
        const Step &step = tree[StepId(i)];
        CHECK(step.begin >= before);
        before = step.begin;
        CHECK(step.begin <= step.end);
        CHECK(step.end <= trace->changeCount());
        CHECK(step.last > i);
        CHECK(bool(step.parent) == (i > 0));
        if (!step.parent)
            continue;
        const Step &parent = tree[step.parent];
        CHECK(parent.begin <= step.begin);
        CHECK(step.end <= parent.end);
        CHECK(i < parent.last);
        CHECK(step.last <= parent.last);
        CHECK(step.depth == parent.depth + 1);
    }
    // Children are those whose parent it is, in order.
    for (std::uint32_t i = 0; i < tree.size(); ++i)
        for (const StepId child : tree.children(StepId(i)))
            CHECK(tree[child].parent == StepId(i));
}

TEST_CASE("the step at a change is the innermost one that holds it")
{
    const auto trace = recordText(kCalls);
    REQUIRE(trace);
    const StepTree &tree = trace->steps;
    for (std::uint32_t change = 0; change < trace->changeCount(); ++change) {
        const StepId found = tree.stepAt(change);
        // By looking at every step.
        StepId innermost;
        for (std::uint32_t i = 0; i < tree.size(); ++i)
            if (tree[StepId(i)].begin <= change && change < tree[StepId(i)].end)
                innermost = StepId(i);
        if (found != innermost) {
            CAPTURE(change);
            CHECK(found.value == innermost.value);
        }
        const StepId statement = tree.statementOf(found);
        if (statement) {
            CHECK(tree[statement].kind == StepKind::Statement);
            CHECK(tree[statement].begin <= change);
            CHECK(change < tree[statement].end);
        }
    }
}

TEST_CASE("every statement has the line of the program it belongs to")
{
    const auto trace = recordText(kCalls);
    REQUIRE(trace);
    const std::uint32_t lines = static_cast<std::uint32_t>(std::count(kCalls, kCalls + std::char_traits<char>::length(kCalls), '\n'));
    Timeline timeline(trace);
    for (const Step &step : trace->steps.all()) {
        if (step.kind != StepKind::Statement)
            continue;
        CHECK(step.span.begin.line >= 1);
        CHECK(step.span.begin.line <= lines);
        // Its first change is the frame's line reaching it.
        REQUIRE(step.end > step.begin);
        const auto reached = trace->changeAs<change::LineReached>(step.begin);
        REQUIRE(reached);
        CHECK(reached->after == step.span.begin.line);
        CHECK(timeline.seek(step.begin + 1).stack.back().line == step.span.begin.line);
    }
}

TEST_CASE("stops go forth and back over the same positions")
{
    const auto trace = recordText(kCalls);
    REQUIRE(trace);
    const Stops &stops = trace->stops;
    for (const Granularity granularity : {Granularity::Line, Granularity::Operation, Granularity::Event}) {
        std::vector<std::uint32_t> forth{0}, back{trace->changeCount()};
        while (forth.back() < trace->changeCount()) {
            const std::uint32_t next = stops.next(forth.back(), granularity);
            REQUIRE(next > forth.back());
            forth.push_back(next);
        }
        while (back.back() > 0) {
            const std::uint32_t previous = stops.previous(back.back(), granularity);
            REQUIRE(previous < back.back());
            back.push_back(previous);
        }
        std::reverse(back.begin(), back.end());
        CHECK(forth == back);
        CHECK(stops.count(granularity) == forth.size());
        for (std::uint32_t i = 0; i < forth.size(); ++i) {
            CHECK(stops.position(i, granularity) == forth[i]);
            CHECK(stops.indexOf(forth[i], granularity) == i);
        }
        // From between two stops: the nearest on either side.
        for (std::uint32_t i = 1; i < forth.size(); ++i)
            if (forth[i] - forth[i - 1] > 1) {
                CHECK(stops.next(forth[i] - 1, granularity) == forth[i]);
                CHECK(stops.previous(forth[i] - 1, granularity) == forth[i - 1]);
                CHECK(stops.indexOf(forth[i] - 1, granularity) == i - 1);
            }
        CHECK(stops.next(trace->changeCount(), granularity) == trace->changeCount());
        CHECK(stops.previous(0, granularity) == 0);
    }
}

TEST_CASE("a coarser granularity stops only where a finer one stops too")
{
    const auto trace = recordText(kCalls);
    REQUIRE(trace);
    const Stops &stops = trace->stops;
    CHECK(stops.count(Granularity::Line) < stops.count(Granularity::Operation));
    CHECK(stops.count(Granularity::Operation) < stops.count(Granularity::Event));
    for (std::uint32_t i = 0; i < stops.count(Granularity::Line); ++i) {
        const std::uint32_t position = stops.position(i, Granularity::Line);
        CHECK(stops.position(stops.indexOf(position, Granularity::Operation), Granularity::Operation) == position);
    }
}

TEST_CASE("each end of a statement is a stop of the line granularity")
{
    const auto trace = recordText(kCalls);
    REQUIRE(trace);
    const auto ends = statementEnds(*trace);
    std::uint32_t before = 0;
    for (const std::uint32_t end : ends) {
        CHECK(trace->stops.next(before, Granularity::Line) == end);
        before = end;
    }
}
