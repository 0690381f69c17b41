#include "core/lesson/lesson.h"

#include "core/lesson/lessonreader.h"
#include "core/lesson/lessontext.h"
#include "core/profile/profile.h"

#include <algorithm>
#include <array>

namespace pyrena {

namespace {

constexpr auto kFigures = std::to_array<std::pair<LessonFigure, const char *>>({
    {LessonFigure::Objects, "objects"},
    {LessonFigure::Memory, "memory"},
    {LessonFigure::Collector, "collector"},
    {LessonFigure::Process, "process"},
    {LessonFigure::Changes, "changes"},
    {LessonFigure::Plots, "plots"},
});

constexpr auto kZooms = std::to_array<std::pair<LessonZoom, std::string_view>>({
    {LessonZoom::Process, "process"},
    {LessonZoom::Arena, "arena"},
    {LessonZoom::Pool, "pool"},
    {LessonZoom::Bytes, "bytes"},
});

// "lessons/14-snake.md" -> 14
std::uint32_t numberOf(std::string_view fileName)
{
    const auto slash = fileName.find_last_of("/\\");
    const std::string_view base = slash == std::string_view::npos ? fileName : fileName.substr(slash + 1);
    std::uint32_t number = 0;
    std::size_t i = 0;
    for (; i < base.size() && i < 4 && base[i] >= '0' && base[i] <= '9'; ++i)
        number = number * 10 + static_cast<std::uint32_t>(base[i] - '0');
    return i > 0 && i < base.size() && base[i] == '-' ? number : 0;
}

} // namespace

const char *figureName(LessonFigure figure)
{
    for (const auto &[f, name] : kFigures)
        if (f == figure)
            return name;
    return "";
}

std::optional<LessonFigure> figureNamed(std::string_view name)
{
    for (const auto &[f, n] : kFigures)
        if (name == n)
            return f;
    return std::nullopt;
}

std::optional<LessonZoom> zoomNamed(std::string_view name)
{
    for (const auto &[zoom, n] : kZooms)
        if (name == n)
            return zoom;
    return std::nullopt;
}

bool looksLikeLesson(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return text.starts_with("---\n") || text.starts_with("---\r\n");
}

Recipe Lesson::recipe(std::string_view profile) const
{
    Recipe recipe;
    recipe.source = hideAnchors(program);   // they would show in sentences and tracebacks; lines keep their numbers
    recipe.fileName = id.empty() ? "lesson.py" : id + ".py";
    if (!profile.empty())
        recipe.profile = profile;
    else if (!python.empty())
        recipe.profile = python.front();
    return recipe;
}

const LessonQuestion *Lesson::question(std::string_view questionId) const
{
    const auto found = std::ranges::find(questions, questionId, &LessonQuestion::id);
    return found == questions.end() ? nullptr : &*found;
}

LoadedLesson loadLesson(std::string_view text, std::string fileName)
{
    LoadedLesson loaded;
    loaded.lesson.fileName = std::move(fileName);
    loaded.lesson.number = numberOf(loaded.lesson.fileName);
    LessonReader reader(loaded.lesson, loaded.problems);
    const std::vector<LessonPiece> pieces = splitLesson(text, loaded.lesson.fileName, loaded.problems);
    for (const LessonPiece &piece : pieces)
        reader.take(piece);
    if (!pieces.empty())
        reader.finish();
    std::ranges::stable_sort(loaded.problems, {}, [](const Diagnostic &d) { return d.span.begin; });
    return loaded;
}

} // namespace pyrena
