#include "app/cli/commands.h"

#include "app/cli/json.h"
#include "core/explain/explain.h"
#include "core/lesson/placedlesson.h"

#include <algorithm>
#include <array>
#include <ostream>

namespace pyrena::cli {

namespace {

constexpr Option kOptions[] = {
    {"--from", "", "N", "the first step to tell (default 1)"},
    {"--to", "", "N", "the last one (default: the end)"},
    {"--steps", "", "SIZE", "line (default), operation or event"},
    kPythonOption,
    kMaxChangesOption,
    kMaxMemoryOption,
    {"--json", "", "", "print the steps as JSON"},
};

struct Told
{
    std::uint32_t step = 0, position = 0, line = 0;
    std::string sentence;
};

Told toldStep(const Ran &ran, std::uint32_t index, Granularity granularity)
{
    const Trace &trace = *ran.trace;
    Told told;
    told.step = index;
    told.position = trace.stops.position(index, granularity);
    told.sentence = explainPosition(trace, told.position, granularity);
    if (ran.replay) {
        told.line = ran.replay->lineAt(told.position);   // of the file
    } else if (told.position > 0) {
        const StepId statement = trace.steps.statementOf(trace.steps.stepAt(told.position - 1));
        if (statement)
            told.line = trace.steps[statement].span.begin.line;
    }
    return told;
}

void printText(const Told &told, std::size_t width, std::ostream &out)
{
    const std::string number = std::to_string(told.step);
    out << std::string(width - std::min(width, number.size()), ' ') << number << "  ";
    const std::string line = "line " + std::to_string(told.line);
    if (told.line > 0 && !told.sentence.starts_with(line))   // a line's own sentence begins with it
        out << line << ": ";
    out << told.sentence << '\n';
}

// The scenes of a lesson that are shown when the step is done, as paragraphs of their own.
class Narrator
{
public:
    Narrator(const Ran &ran)
    {
        if (!ran.program.lesson)
            return;
        m_lesson = &*ran.program.lesson;
        m_placed = placeLesson(*m_lesson, ran.trace);
    }
    void open(std::ostream &out) const
    {
        if (m_lesson)
            out << m_lesson->title << "\n\n" << m_lesson->opening << "\n\n";
    }
    void upTo(std::uint32_t position, std::ostream &out)
    {
        for (; m_lesson && m_next < m_placed.scenes.size() && m_placed.scenes[m_next].position <= position; ++m_next)
            out << "\n  " << m_lesson->scenes[m_next].narration << "\n\n";
    }

private:
    const Lesson *m_lesson = nullptr;
    PlacedLesson m_placed;
    std::size_t m_next = 0;
};

} // namespace

const Command kTellCommand{"tell", "FILE", "tell the steps of a script, lesson or recording as plain sentences", kOptions, 1, 1};

int tell(const Arguments &arguments, Streams &streams)
{
    constexpr auto kSizes = std::to_array<std::string_view>({"line", "operation", "event"});
    constexpr std::uint64_t kLast = 999'999'999;
    const auto size = arguments.word("--steps", kSizes, "line");
    if (!size)
        return wrongCall(kTellCommand, size.error(), streams);
    const Granularity granularity = *size == "line" ? Granularity::Line : *size == "operation" ? Granularity::Operation : Granularity::Event;
    const auto from = arguments.number("--from", 1, 0, kLast);
    const auto to = arguments.number("--to", kLast, 0, kLast);
    if (!from || !to)
        return wrongCall(kTellCommand, from ? to.error() : from.error(), streams);

    const auto ran = readAndRun(arguments.files()[0], arguments, kTellCommand, streams);
    if (!ran)
        return ran.error().status;
    const Trace &trace = *ran->trace;
    const std::uint32_t count = trace.stops.count(granularity);
    const std::uint32_t last = static_cast<std::uint32_t>(std::min<std::uint64_t>(*to, count == 0 ? 0 : count - 1));

    if (arguments.has("--json")) {
        JsonWriter json;
        json.beginObject().member("file", trace.recipe.fileName).member("python", trace.profile->name).member("steps", *size);
        json.key("told").beginArray();
        for (std::uint32_t i = static_cast<std::uint32_t>(*from); i <= last && count > 0; ++i) {
            const Told told = toldStep(*ran, i, granularity);
            json.beginObject().member("step", told.step).member("changes", told.position).member("line", told.line)
                .member("sentence", told.sentence).endObject();
        }
        json.endArray().endObject();
        streams.out << json.take();
        return reportOutcome(trace, streams);
    }
    Narrator narrator(*ran);
    const bool whole = !arguments.has("--from") && !arguments.has("--to");
    if (whole)
        narrator.open(streams.out);
    const std::size_t width = std::to_string(last).size();
    for (std::uint32_t i = static_cast<std::uint32_t>(*from); i <= last && count > 0; ++i) {
        const Told told = toldStep(*ran, i, granularity);
        if (told.line > 0 || granularity != Granularity::Line || ran->replay)   // the end of the program is no line
            printText(told, width, streams.out);
        if (whole)
            narrator.upTo(told.position, streams.out);
    }
    return reportOutcome(trace, streams);
}

} // namespace pyrena::cli
