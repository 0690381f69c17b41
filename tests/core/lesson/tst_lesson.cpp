#include <doctest/doctest.h>

#include "core/lesson/lesson.h"
#include "core/lesson/lessontext.h"
#include "core/lesson/yamltree.h"

#include <string>

using namespace pyrena;

namespace {

const std::string kGood = R"md(---
title: A list
id: list
part: 1
goal: See a list.
python: ["3.13", "classic"]
level: 2
minutes: 5
requires: [names]
claims: [31, 36]
glossary: [list]
---

A list is made.

```python
a = []      #@ born
text = "#@ no-anchor"
del a       #@ gone
```

```scene
at: after born
show: [objects, memory]
focus: a
```
The list is born. Its count is 1.

```question
id: count
before: gone
kind: number
ask: What is the count?
answer: refcount(a) @ after born
wrong:
  0: {misconception: M1, why: "It is held by `a`."}
explain: One.
```
)md";

std::string replaced(std::string text, const std::string &what, const std::string &with)
{
    const auto at = text.find(what);
    REQUIRE_MESSAGE(at != std::string::npos, "the lesson has no '" << what << '\'');
    return text.replace(at, what.size(), with);
}

std::string problemsOf(const std::string &text)
{
    std::string all;
    for (const Diagnostic &d : loadLesson(text, "x.md").problems)
        all += toString(d) + '\n';
    return all;
}

void rejects(const std::string &what, const std::string &with, const std::string &problem)
{
    CHECK(problemsOf(replaced(kGood, what, with)) == problem + '\n');
}

} // namespace

TEST_CASE("a lesson is read with all its parts")
{
    const LoadedLesson loaded = loadLesson(kGood, "lessons/07-list.md");
    REQUIRE(loaded.ok());
    const Lesson &l = loaded.lesson;
    CHECK(l.title == "A list");
    CHECK(l.number == 7);
    CHECK(l.python == std::vector<std::string>{"3.13", "classic"});
    CHECK(l.prerequisites == std::vector<std::string>{"names"});
    CHECK(l.claims == std::vector<std::uint32_t>{31, 36});
    CHECK(l.opening == "A list is made.");
    CHECK(l.programLine == 17);
    CHECK(l.anchors == std::vector<Anchor>{{"born", 1}, {"gone", 3}});
    REQUIRE(l.scenes.size() == 1);
    CHECK(l.scenes[0].show == std::vector{LessonFigure::Objects, LessonFigure::Memory});
    CHECK(toString(l.scenes[0].at) == "after born");
    CHECK(l.scenes[0].focus == "a");
    CHECK(l.scenes[0].narration == "The list is born. Its count is 1.");
    CHECK(l.scenes[0].line == 22);
    CHECK(l.scenes[0].narrationLine == 27);
    REQUIRE(l.questions.size() == 1);
    const LessonQuestion &q = l.questions[0];
    CHECK(toString(q.before) == "before gone");
    CHECK(q.kind == QuestionKind::Number);
    CHECK(q.scenesBefore == 1);
    REQUIRE(q.wrong.size() == 1);
    CHECK(q.wrong[0].option == "0");
    CHECK(q.wrong[0].why == "It is held by `a`.");
    CHECK(l.recipe().profile == "3.13");
    CHECK(l.recipe("classic").source == "a = []\ntext = \"#@ no-anchor\"\ndel a\n");
}

TEST_CASE("a scene says how near it wants to be")
{
    std::string text = kGood;
    CHECK(loadLesson(text, "x.md").lesson.scenes[0].zoom == LessonZoom::Free);
    text.replace(text.find("focus: a"), 8, "zoom: process");
    const LoadedLesson loaded = loadLesson(text, "x.md");
    REQUIRE(loaded.ok());
    CHECK(loaded.lesson.scenes[0].zoom == LessonZoom::Process);
}

TEST_CASE("a scene may name two moments, for profiles that collect in different ways")
{
    std::string text = kGood;
    text.replace(text.find("at: after born"), 14, "at: collect#1.subtract_refs or after born");
    const LoadedLesson loaded = loadLesson(text, "x.md");
    REQUIRE(loaded.ok());
    CHECK(toString(loaded.lesson.scenes[0].at) == "collect#1.subtract_refs");
    REQUIRE(loaded.lesson.scenes[0].otherwise.has_value());
    CHECK(toString(*loaded.lesson.scenes[0].otherwise) == "after born");
    rejects("at: after born", "at: after born or after borm", "x.md:23:5: the program has no anchor 'borm'; did you mean 'born'?");
}

TEST_CASE("windows line ends and a byte order mark change nothing")
{
    std::string text = "\xEF\xBB\xBF";
    for (const char c : kGood)
        text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(looksLikeLesson(text));
    const LoadedLesson loaded = loadLesson(text, "x.md");
    CHECK(loaded.ok());
    CHECK(loaded.lesson.program == loadLesson(kGood, "x.md").lesson.program);
}

TEST_CASE("front matter problems name line and remedy")
{
    rejects("id: list", "id: list\nid: lost", "x.md:4:1: the key 'id' is given twice; it was given in line 3; remove one");
    rejects("level: 2", "levle: 2\nlevel: 2", "x.md:7:1: the front matter has no key 'levle'; did you mean 'level'?");
    rejects("level: 2", "level: 9", "x.md:7: level must be from 1 to 5; change it");
    rejects("id: list", "id: A list", "x.md:3: 'A list' is not an id; use small letters, digits and '-'");
    rejects("\"classic\"", "\"2.0\"", "x.md:6: there is no profile '2.0'; 'pyrena profiles' lists them");
    rejects("title: A list\n", "", "x.md:1: there is no 'title'; add one, for example 'title: The snake that eats its tail'");
    rejects("minutes: 5", "minutes: five", "x.md:8:10: 'minutes' must be a whole number; write digits only");
}

TEST_CASE("scene problems name line and remedy")
{
    rejects("at: after born", "at: after borm", "x.md:23:5: the program has no anchor 'borm'; did you mean 'born'?");
    rejects("at: after born", "at: behind born",
            "x.md:23:5: 'behind born' is not a moment; write start, end, a step number, line:4, line:4#2, after ANCHOR, before "
            "ANCHOR#2 or collect#1.subtract_refs");
    rejects("show: [objects, memory]", "show: object", "x.md:24: there is no figure 'object'; show one or two of objects, memory, "
            "collector, process, changes, plots");
    rejects("focus: a", "level: 3", "x.md:25:1: a scene has no key 'level'; its keys are at, show, focus, zoom, beside");
    rejects("focus: a", "beside: \"3.5\"", "x.md:24: two runs beside each other show one figure; remove one, or 'beside:'\n"
            "x.md:25: the profile '3.5' beside this scene is not one the lesson holds for; add it to 'python:' at the top");
    rejects("focus: a", "beside: \"3.13\"", "x.md:24: two runs beside each other show one figure; remove one, or 'beside:'");
    rejects("focus: a", "zoom: near", "x.md:25: there is no zoom 'near'; use process, arena, pool or bytes");
    rejects("show: [objects, memory]", "show: objects\nzoom: pool",
            "x.md:25: only the memory figure has a zoom; add memory to 'show', or remove 'zoom'");
    rejects("Its count is 1.", "Its count is 1. That is all.",
            "x.md:27: this narration has 3 sentences, a scene has two at most; shorten it or split the scene");
    rejects("```scene", "```scnee", 
            "x.md:1: the lesson has no scene; add ```scene blocks after the program\n"
            "x.md:22: a lesson has no 'scnee' blocks; write ```python, ```scene or ```question");
}

TEST_CASE("question problems name line and remedy")
{
    rejects("explain: One.", "explian: One.",
            "x.md:29: there is no 'explain'; add one, for example 'explain: \"One is left: the list's own.\"'\n"
            "x.md:37:1: a question has no key 'explian'; did you mean 'explain'?");
    rejects("answer: refcount(a) @ after born", "answer: refcont(a) @ after born",
            "x.md:34:9: there is no query 'refcont' in 'refcont(a) @ after born', character 1; did you mean 'refcount'?");
    rejects("@ after born\nwrong", "@ after bron\nwrong", "x.md:34:9: the program has no anchor 'bron'; did you mean 'born'?");
    rejects(", why: \"It is held by `a`.\"", "", "x.md:36:3: the wrong option '0' does not say why it is wrong; add 'why: \"...\"'");
    rejects("M1", "M99", "x.md:36:3: there is no misconception 'M99'; docs/LESSONS.md lists them");
    rejects("answer: refcount(a) @ after born\n", "",
            "x.md:29: this question has no answer; add 'answer: refcount(list#1) @ after let-go': the simulator computes it");
    rejects("kind: number", "kind: nubmer", "x.md:32: there is no kind of question 'nubmer'; use choice, number, click or order");
}

TEST_CASE("a lesson without a question, and one with a duplicate anchor, are rejected")
{
    CHECK(problemsOf(kGood.substr(0, kGood.find("```question"))).find("x.md:1: the lesson has no question") == 0);
    rejects("#@ gone", "#@ born", "x.md:19: the anchor 'born' is given twice; an anchor marks one line; rename one\n"
            "x.md:31:9: the program has no anchor 'gone'; mark its line with '#@ gone'");
}

TEST_CASE("a question can repeat an earlier one, and only that")
{
    const std::string again = "\n```question\nid: again\nrepeats: count\n```\n";
    const LoadedLesson loaded = loadLesson(kGood + again, "x.md");
    REQUIRE(loaded.ok());
    REQUIRE(loaded.lesson.questions.size() == 2);
    CHECK(loaded.lesson.questions[1].id == "again");
    CHECK(loaded.lesson.questions[1].answer == loaded.lesson.questions[0].answer);
    CHECK(problemsOf(kGood + replaced(again, "repeats: count", "repeats: cuont"))
          == "x.md:42: no question 'cuont' stands above this one; name the id of an earlier question\n");
}

TEST_CASE("hostile files end with a message")
{
    CHECK(problemsOf("").find("x.md:1: a lesson starts with a front matter") == 0);
    CHECK(problemsOf(std::string(kMaxLessonBytes + 1, 'x')).find("x.md: the file is larger than 1 MiB") == 0);
    CHECK(problemsOf("---\ntitle: \xff\n---\n").find("x.md:2: the file is not valid UTF-8 here") == 0);
    CHECK(problemsOf("---\nid: " + std::string(5000, '[') + "\n---\n").find("nests deeper than") != std::string::npos);
    CHECK(problemsOf("---\nid: &a [x]\ntitle: *a\n---\n").find("lessons have no YAML anchors") != std::string::npos);
    CHECK(problemsOf("---\nid: !!str x\n---\n").find("lessons have no YAML tags") != std::string::npos);
    CHECK(problemsOf("---\nid: x: y\n---\n").find("this is not valid YAML") != std::string::npos);
    CHECK(problemsOf("---\nid: x").find("the front matter never ends") != std::string::npos);
    std::string many = "---\n";
    for (int i = 0; i < 3000; ++i)
        many += "k" + std::to_string(i) + ": 1\n";
    CHECK(problemsOf(many + "---\n").find("has more than 2000 entries") != std::string::npos);
}

TEST_CASE("every cut of a lesson is read without a crash")
{
    for (std::size_t length = 0; length < kGood.size(); length += 7)
        CHECK_NOTHROW(loadLesson(std::string_view(kGood).substr(0, length), "x.md"));
}

TEST_CASE("sentences are counted as a reader does")
{
    CHECK(countSentences("") == 0);
    CHECK(countSentences("One") == 1);
    CHECK(countSentences("Python 3.13 has 16 KiB pools, e.g. this one. Why?") == 2);
    CHECK(countSentences("Call `a.b(c. d)`. Then stop!") == 2);
    CHECK(countSentences("Is it so?! \"Yes.\" No.") == 3);
}
