#include <doctest/doctest.h>

#include "core/lesson/checker.h"
#include "core/lesson/placedlesson.h"
#include "core/record.h"

#include <string>

using namespace pyrena;

namespace {

// A lesson around one question, asked before the last line of a small program.
std::string lessonWith(const std::string &question, const std::string &python = "\"3.13\"")
{
    return "---\ntitle: T\nid: t\npart: 1\ngoal: G\npython: [" + python + "]\nlevel: 2\nminutes: 5\n---\n\nOpening.\n\n"
           "```python\na = []        #@ born\nb = [a]       #@ held\ndel a         #@ let-go\n```\n\n"
           "```scene\nat: after held\nshow: objects\nfocus: a\n```\nTwo lists.\n\n"
           "```question\nid: q\nbefore: let-go\nask: What?\nexplain: Because.\n" + question + "```\n";
}

struct Placed
{
    LoadedLesson loaded;
    PlacedLesson placed;
    const LessonQuestion &question() const { return loaded.lesson.questions[0]; }
    const PlacedQuestion &answer() const { return placed.questions[0]; }
    std::string options() const
    {
        std::string all;
        for (const PlacedOption &o : answer().options)
            all += (all.empty() ? "" : " | ") + std::string(o.right ? "*" : "") + o.text;
        return all;
    }
};

Placed place(const std::string &question)
{
    Placed p{loadLesson(lessonWith(question), "t.md"), {}};
    for (const Diagnostic &d : p.loaded.problems)
        FAIL_CHECK(toString(d));
    const auto trace = record(p.loaded.lesson.recipe());
    REQUIRE(trace.ok());
    p.placed = placeLesson(p.loaded.lesson, *trace);
    return p;
}

std::string problemsOf(const std::string &question, const std::string &python = "\"3.13\"")
{
    std::string all;
    for (const Diagnostic &d : checkLesson(loadLesson(lessonWith(question, python), "t.md")))
        all += toString(d) + '\n';
    return all;
}

} // namespace

TEST_CASE("a number question has its answer from the simulator")
{
    const Placed p = place("kind: number\nanswer: refcount(list#1) @ after let-go\nwrong:\n  2: {why: two}\n  0: {misconception: M1, why: zero}\n");
    CHECK(p.placed.problems.empty());
    CHECK(p.answer().answer == "1");
    CHECK(p.options() == "0 | 2");
    CHECK(judge(p.question(), p.answer(), " 1 ").right);
    const Judgement wrong = judge(p.question(), p.answer(), "0");
    CHECK(!wrong.right);
    CHECK(wrong.explanation == "zero");
    CHECK(wrong.misconception == "M1");
    CHECK(judge(p.question(), p.answer(), "17").explanation == "Because.");
}

TEST_CASE("a choice shows the right answer among the wrong ones, in an order that gives nothing away")
{
    const Placed p = place("kind: choice\nanswer: alive(list#1) @ after let-go\nwrong:\n  no: {why: x}\n");
    CHECK(p.options() == "*yes | no");
}

TEST_CASE("of options the one whose condition holds is right")
{
    const Placed p = place("kind: choice\noptions:\n  two: count(list) == 2 @ end\n  one: count(list) == 1 @ end\nwrong:\n  one: {why: x}\n");
    CHECK(p.placed.problems.empty());
    CHECK(p.answer().answer == "two");
    CHECK(p.options() == "*two | one");
}

TEST_CASE("an order is that of the moments")
{
    const Placed p = place("kind: order\noptions:\n  dropped: after let-go\n  born: after born\n  held: after held\n");
    CHECK(p.answer().answer == "born; held; dropped");
    CHECK(judge(p.question(), p.answer(), "born; held; dropped").right);
    CHECK(!judge(p.question(), p.answer(), "held; born; dropped").right);
}

TEST_CASE("a click's answer is a thing, and a scene's focus too")
{
    const Placed p = place("kind: click\nanswer: list#1 @ after let-go\nwrong:\n  list#2: {why: x}\n");
    CHECK(p.placed.problems.empty());
    REQUIRE(p.answer().value.has_value());
    CHECK(std::holds_alternative<ObjectId>(*p.answer().value));
    REQUIRE(p.placed.scenes[0].focus.has_value());
    CHECK(*p.placed.scenes[0].focus == *p.answer().value);
}

TEST_CASE("the checker runs the program and finds what the text does not show")
{
    CHECK(problemsOf("kind: number\nanswer: refcount(list#1) @ after let-go\nwrong:\n  2: {why: x}\n") == "");
    CHECK(problemsOf("kind: number\nanswer: refcount(list#1) @ after let-go\nwrong:\n  1: {why: x}\n")
          == "t.md:34: the wrong option '1' equals the answer; remove it, or limit it with 'python: [...]'\n");
    CHECK(problemsOf("kind: number\nanswer: alive(list#1) @ end\nwrong:\n  1: {why: x}\n")
          == "t.md:26: the answer 'yes' is not a number; use 'kind: choice', or a query that gives a number\n");
    CHECK(problemsOf("kind: choice\noptions:\n  two: count(list) == 2 @ end\n  one: count(list) == 1 @ end\n")
          .find("the wrong option 'one' has no explanation") != std::string::npos);
    CHECK(problemsOf("kind: choice\noptions:\n  two: count(list) == 3 @ end\n  one: count(list) == 1 @ end\nwrong:\n  one: {why: x}\n  two: {why: x}\n")
          .find("t.md:26: no option's condition holds; exactly one must hold") != std::string::npos);
    CHECK(problemsOf("kind: number\nanswer: refcount(a) @ after let-go\nwrong:\n  1: {why: x}\n")
          .find("has no answer: nothing is called 'a' at that moment") != std::string::npos);
    CHECK(problemsOf("kind: number\nanswer: refcount(list#1) @ after let-go#2\nwrong:\n  0: {why: x}\n")
          .find("'let-go' (line 3) comes once in this recording, not 2 times") != std::string::npos);
}

TEST_CASE("a wrong option may be limited to the profiles where it is wrong")
{
    const std::string question = "kind: number\nanswer: class_size(33)\nwrong:\n  48: {why: x, python: [classic]}\n  40: {why: x, python: [\"3.13\"]}\n";
    CHECK(problemsOf(question, "\"3.13\", classic") == "");
    CHECK(problemsOf("kind: number\nanswer: class_size(33)\nwrong:\n  40: {why: x}\n", "\"3.13\", classic")
          == "t.md:34: the wrong option '40' equals the answer (under classic); remove it, or limit it with 'python: [...]'\n");
}

TEST_CASE("a question must stand between the scenes around its gate")
{
    const std::string lesson = lessonWith("kind: number\nanswer: refcount(list#1) @ after let-go\nwrong:\n  2: {why: x}\n");
    std::string late = lesson;
    late.replace(late.find("at: after held"), 14, "at: after let-go");
    late.replace(late.find("focus: a\n"), 9, "");
    const auto problems = checkLesson(loadLesson(late, "t.md"));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].message == "the scene above this question already shows what happens after its gate");
}

TEST_CASE("of two moments of a scene the first that comes is taken")
{
    std::string text = lessonWith("kind: number\nanswer: refcount(list#1) @ after let-go\nwrong:\n  2: {why: x}\n");
    const auto positionWith = [&](const std::string &at) {
        std::string changed = text;
        changed.replace(changed.find("at: after held"), 14, "at: " + at);
        const LoadedLesson loaded = loadLesson(changed, "t.md");
        const auto trace = record(loaded.lesson.recipe());
        REQUIRE(trace.ok());
        const PlacedLesson placed = placeLesson(loaded.lesson, *trace);
        CHECK(placed.problems.empty() == (at != "collect#2 or collect#1"));
        return placed.scenes[0].position;
    };
    CHECK(positionWith("collect#1.subtract_refs or after held") == positionWith("after held"));
    CHECK(positionWith("after born or after held") == positionWith("after born"));
    positionWith("collect#2 or collect#1");   // neither comes: a problem
}
