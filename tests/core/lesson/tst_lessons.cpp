// Every lesson of the program, and the one of the authors' guide, under every profile it names.
#include "lessons.h"

#include <doctest/doctest.h>

#include "core/lesson/checker.h"

#include <filesystem>

using namespace pyrena;
using namespace pyrena::testing;
namespace fs = std::filesystem;

TEST_CASE("all lessons pass their check")
{
    std::vector<Lesson> lessons;
    for (const LoadedLesson &loaded : loadedLessons()) {
        for (const Diagnostic &d : checkLesson(loaded))
            FAIL_CHECK(toString(d));
        CHECK_MESSAGE(loaded.lesson.scenes.size() >= 8, loaded.lesson.fileName);
        CHECK_MESSAGE(loaded.lesson.scenes.size() <= 20, loaded.lesson.fileName);
        CHECK_MESSAGE(loaded.lesson.questions.back().repeats == loaded.lesson.questions.front().id, loaded.lesson.fileName);
        CHECK_MESSAGE(loaded.lesson.questions.size() >= 2, loaded.lesson.fileName);
        CHECK_MESSAGE(loaded.lesson.number > 0, loaded.lesson.fileName);
        lessons.push_back(loaded.lesson);
    }
    CHECK(lessons.size() >= 19);
    for (const Diagnostic &d : checkLessonsTogether(lessons, LessonSet::All))
        FAIL_CHECK(toString(d));
}

TEST_CASE("the example of the authors' guide passes its check")
{
    const std::string guide = contentOf(fs::path(PYRENA_SOURCE_DIR) / "docs/LESSONS.md");
    const std::string open = "````markdown\n";
    const auto begin = guide.find(open);
    REQUIRE(begin != std::string::npos);
    const auto end = guide.find("````", begin + open.size());
    REQUIRE(end != std::string::npos);
    const std::string example = guide.substr(begin + open.size(), end - begin - open.size());
    for (const Diagnostic &d : checkLesson(loadLesson(example, "docs/LESSONS.md, example")))
        FAIL_CHECK(toString(d));
}
