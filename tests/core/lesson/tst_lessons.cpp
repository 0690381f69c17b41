// Every lesson of the program, and the one of the authors' guide, under every profile it names.
#include "lessons.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "core/lesson/checker.h"
#include "core/record.h"
#include "core/trace/timeline.h"

#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <utility>

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

TEST_CASE("the lessons' programs print what real interpreters print")
{
    // By file name and profile; tests/data/lessons/record.py makes the file.
    std::map<std::pair<std::string, std::string>, std::string> printed;
    std::set<std::string> profiles;
    std::istringstream lines(contentOf(fs::path(PYRENA_TEST_DATA) / "lessons/outputs.txt"));
    std::string *current = nullptr;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("=== ")) {
            std::istringstream words(line.substr(4));
            std::string lesson, profile;
            words >> lesson >> profile;
            profiles.insert(profile);
            current = &printed[{lesson + ".md", profile}];
        } else if (current) {
            *current += line + '\n';
        }
    }
    CHECK(profiles.size() >= 6);
    for (const LoadedLesson &loaded : loadedLessons()) {
        const Lesson &lesson = loaded.lesson;
        // What-if managers and versions that were not at hand have no recording: one profile of each lesson has.
        CHECK_MESSAGE(std::ranges::any_of(lesson.python, [&](const std::string &p) { return profiles.contains(p); }), lesson.fileName);
        for (const std::string &profile : lesson.python) {
            if (!profiles.contains(profile))
                continue;   // an interpreter that was not at hand
            CAPTURE(lesson.fileName);
            CAPTURE(profile);
            const auto expected = printed.find({lesson.fileName, profile});
            REQUIRE_MESSAGE(expected != printed.end(), "run tests/data/lessons/record.py");
            const auto trace = record(lesson.recipe(profile));
            REQUIRE(trace.ok());
            Timeline timeline(*trace);
            std::string output;
            for (const TextId piece : timeline.seek((*trace)->changeCount()).output)
                output += (*trace)->text(piece);
            CHECK(output == expected->second);
        }
    }
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
