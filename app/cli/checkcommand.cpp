#include "app/cli/commands.h"

#include "app/cli/json.h"
#include "core/lesson/checker.h"

#include <ostream>

namespace pyrena::cli {

namespace {

constexpr Option kOptions[] = {
    {"--all", "", "", "these are all lessons there are: check what they require of each other, too"},
    {"--json", "", "", "print the problems as JSON"},
};

std::string jsonOf(const std::vector<Diagnostic> &problems, std::size_t lessons)
{
    JsonWriter json;
    json.beginObject().member("lessons", std::uint64_t(lessons));
    json.key("problems").beginArray();
    for (const Diagnostic &d : problems)
        json.beginObject().member("file", d.file).member("line", d.span.begin.line).member("message", d.message)
            .member("hint", d.hint).endObject();
    json.endArray().endObject();
    return json.take();
}

} // namespace

const Command kCheckCommand{"check", "FILE...", "check lessons; a line for each problem", kOptions, 1, 10'000};

int check(const Arguments &arguments, Streams &streams)
{
    std::vector<Diagnostic> problems;
    std::vector<Lesson> lessons;
    for (const std::string &file : arguments.files()) {
        const auto input = readInput(file, streams.in);
        if (!input)
            return wrongCall(kCheckCommand, input.error(), streams);
        if (streams.showsProgress)
            streams.err << "\r" << file << "\x1b[K" << std::flush;
        LoadedLesson loaded = loadLesson(input->bytes, input->name);
        for (Diagnostic &d : checkLesson(loaded))
            problems.push_back(std::move(d));
        lessons.push_back(std::move(loaded.lesson));
    }
    if (streams.showsProgress)
        streams.err << "\r\x1b[K" << std::flush;
    for (Diagnostic &d : checkLessonsTogether(lessons, arguments.has("--all") ? LessonSet::All : LessonSet::Some))
        problems.push_back(std::move(d));

    if (arguments.has("--json")) {
        streams.out << jsonOf(problems, lessons.size());
    } else {
        for (const Diagnostic &d : problems)
            streams.out << toString(d) << '\n';
        if (problems.empty())
            streams.out << (lessons.size() == 1 ? "1 lesson, no problems\n" : std::to_string(lessons.size()) + " lessons, no problems\n");
    }
    return problems.empty() ? Done : Differs;
}

} // namespace pyrena::cli
