#pragma once

#include "core/base/source.h"
#include "core/lesson/moment.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

enum class LessonFigure : std::uint8_t { Objects, Memory, Collector, Process, Changes, Plots };
const char *figureName(LessonFigure figure);   // "objects": as in lessons and on the command line
std::optional<LessonFigure> figureNamed(std::string_view name);

// How near the memory figure comes: the whole process, an arena, a pool, the bytes of a block.
enum class LessonZoom : std::uint8_t { Free, Process, Arena, Pool, Bytes };   // Free: the figure decides
std::optional<LessonZoom> zoomNamed(std::string_view name);

struct LessonScene
{
    Moment at;
    std::optional<Moment> otherwise;  // where `at` never comes: under a profile that collects in another way
    std::vector<LessonFigure> show;   // one or two, in reading order
    std::string focus;                // a name, a label, a query that points at a block, pool or arena; may be empty
    std::string beside;               // a second profile of the lesson, whose run is shown next to the first; may be empty
    LessonZoom zoom = LessonZoom::Free;
    std::string narration;            // Markdown, at most two sentences
    std::uint32_t line = 0;           // of the block in the file
    std::uint32_t narrationLine = 0;
};

enum class QuestionKind : std::uint8_t {
    Choice,   // among the right answer and the wrong ones
    Number,   // typed; wrong ones that were foreseen explain themselves
    Click,    // on the object, block, pool or arena the answer names
    Order,    // `options` put into the order in which they happen
};

// Something a learner may believe. The option is compared with the answer as text, see answerText().
struct WrongOption
{
    std::string option;
    std::string misconception;             // "M1", ...; see misconception(); may be empty
    std::string why;
    std::vector<std::string> python;       // only in these profiles; empty: in all
    std::uint32_t line = 0;
};

// Of a choice whose options are sentences: exactly one condition holds, and its option is the answer.
// Of an order: the condition is a moment, and the right order is that of the moments.
struct QuestionOption
{
    std::string option;
    std::string condition;
    std::uint32_t line = 0;
};

struct LessonQuestion
{
    std::string id;
    std::string repeats;               // id of the earlier question that this one asks again; everything else is copied
    Moment before;                     // the gate: the program stops before this is shown
    QuestionKind kind = QuestionKind::Choice;
    std::string ask;                   // Markdown
    std::string answer;                // a query; empty when there are options
    std::vector<QuestionOption> options;
    std::vector<WrongOption> wrong;
    std::string hint;                  // may be empty
    std::string explain;               // Markdown
    std::uint32_t line = 0;
    std::uint32_t scenesBefore = 0;    // it stands after this many scenes in the file
};

struct Lesson
{
    std::string fileName;
    // front matter
    std::string title, id, goal;
    std::uint32_t part = 0;
    std::uint32_t number = 0;              // from the file's name: 14 of "14-snake.md"; 0: none
    std::vector<std::string> python;       // profiles; the first is the default
    int level = 2;                         // detail slider 1..5
    std::uint32_t minutes = 0;
    std::vector<std::string> prerequisites;  // ids of lessons
    std::vector<std::uint32_t> claims;
    std::vector<std::string> glossary;
    // body
    std::string opening;                   // Markdown
    std::string program;                   // as in the file, anchors included
    std::uint32_t programLine = 0;         // line of the file that holds line 1 of the program
    std::vector<Anchor> anchors;
    std::vector<LessonScene> scenes;
    std::vector<LessonQuestion> questions;

    Recipe recipe(std::string_view profile = {}) const;   // of the program, in the default profile or another
    const LessonQuestion *question(std::string_view questionId) const;
};

// A lesson and everything wrong with it. Usable for showing only when there are no problems.
struct LoadedLesson
{
    Lesson lesson;
    std::vector<Diagnostic> problems;      // in the order of their lines
    bool ok() const { return problems.empty(); }
};

inline constexpr std::size_t kMaxLessonBytes = 1 << 20;

// Reads the text of a lesson. Any bytes may be passed: time, depth and memory are bounded.
// Finds what the text alone shows; what needs a run is found by checkLesson() (checker.h).
LoadedLesson loadLesson(std::string_view text, std::string fileName);

// Whether a text looks like a lesson: it starts with a front matter.
bool looksLikeLesson(std::string_view text);

// The sentence of a misconception ("M1": "`del x` frees the object"); "" for an unknown one.
std::string_view misconception(std::string_view id);

} // namespace pyrena
