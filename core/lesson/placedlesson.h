#pragma once

#include "core/lesson/lesson.h"
#include "core/lesson/query.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

struct PlacedScene
{
    std::uint32_t position = 0;            // so many changes are done when the scene is shown
    std::optional<QueryValue> focus;       // the object, block, pool or arena to look at; none: the whole
};

struct PlacedOption
{
    std::string text;
    bool right = false;
    std::string misconception, why;        // of a wrong option
};

struct PlacedQuestion
{
    std::uint32_t gate = 0;                // stop here and ask
    std::string answer;                    // as the learner would write it: "1", "yes", "two lists", "list#1"
    std::optional<QueryValue> value;       // what the query gave; none for options
    std::vector<PlacedOption> options;     // Choice: all, in the order to show. Number, Click: only the wrong ones foreseen.
                                           // Order: all, in the right order
};

// Where the scenes and questions of a lesson lie in one recording of its program, and what the right answers are there.
struct PlacedLesson
{
    std::vector<PlacedScene> scenes;       // as in Lesson::scenes
    std::vector<PlacedQuestion> questions; // as in Lesson::questions
    std::vector<Diagnostic> problems;      // a moment that never comes, a query that has no answer
};

PlacedLesson placeLesson(const Lesson &lesson, std::shared_ptr<const Trace> trace);

struct Judgement
{
    bool right = false;
    std::string explanation;               // why the option is wrong, or the question's explanation; Markdown
    std::string misconception;             // "M1" or empty
};
// Judges what the learner chose, typed or (as text of the thing clicked) pointed at.
Judgement judge(const LessonQuestion &question, const PlacedQuestion &placed, std::string_view given);

} // namespace pyrena
