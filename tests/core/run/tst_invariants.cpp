// What must hold between two statements holds in recorded programs and in random ones.
#include "programgenerator.h"
#include "restpoints.h"

#include "../lesson/lessons.h"
#include "../python/programs.h"

#include <doctest/doctest.h>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

constexpr const char *kProfiles[] = {"3.13", "classic"};

void checkProgram(const std::string &name, const std::string &source, std::size_t most)
{
    for (const char *profile : kProfiles) {
        const auto trace = recordText(source, profile);
        REQUIRE_MESSAGE(trace, name);
        const std::string found = firstViolations(trace, most);
        CHECK_MESSAGE(found.empty(), (name + " under " + std::string(profile) + ": " + found));
    }
}

} // namespace

TEST_CASE("invariants hold after every statement of the recorded programs")
{
    for (const Program &program : recordedPrograms()) {
        CAPTURE(program.name);
        checkProgram(program.name, program.source, 60);
    }
}

TEST_CASE("invariants hold after every statement of the lessons' programs")
{
    const std::vector<LoadedLesson> lessons = loadedLessons();
    CHECK(lessons.size() >= 19);
    for (const LoadedLesson &loaded : lessons) {
        const Lesson &lesson = loaded.lesson;
        for (const std::string &profile : lesson.python) {
            const Recipe recipe = lesson.recipe(profile);
            CAPTURE(profile);
            const auto trace = recordText(recipe.source, profile, recipe.maxChanges);
            REQUIRE_MESSAGE(trace, lesson.fileName);
            CHECK_MESSAGE(trace->outcome == Outcome::Finished, lesson.fileName);
            const std::string found = firstViolations(trace, 60);
            CHECK_MESSAGE(found.empty(), (lesson.fileName + " under " + profile + ": " + found));
        }
    }
}

TEST_CASE("invariants hold after every statement of random programs")
{
    std::size_t finished = 0;
    constexpr std::uint32_t kPrograms = 150;
    for (std::uint32_t seed = 1; seed <= kPrograms; ++seed) {
        const std::string source = generateProgram(seed);
        CAPTURE(source);
        checkProgram("seed " + std::to_string(seed), source, 1000);
        finished += recordText(source)->outcome == Outcome::Finished;
    }
    // Most run to their end: the generator makes programs of this subset.
    CHECK(finished > kPrograms * 3 / 4);
}
