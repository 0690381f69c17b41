#include "core/lesson/checker.h"

#include "core/lesson/placedlesson.h"
#include "core/record.h"

#include <algorithm>
#include <map>

namespace pyrena {

namespace {

constexpr std::size_t kMaxNewThings = 12;

class RunChecker
{
public:
    RunChecker(const Lesson &lesson, std::vector<Diagnostic> &problems) : m_lesson(lesson), m_problems(problems) {}

    void checkUnder(const std::string &profile, std::stop_token stop)
    {
        m_profile = profile;
        const auto recorded = record(m_lesson.recipe(profile), stop);
        if (!recorded) {
            inProgram(recorded.error());
            return;
        }
        const std::shared_ptr<const Trace> trace = *recorded;
        if (!checkOutcome(*trace))
            return;
        const PlacedLesson placed = placeLesson(m_lesson, trace);
        for (const Diagnostic &d : placed.problems)
            add(d);
        checkStage(trace, placed);
        checkAnchorsRun(*trace);
        if (!placed.problems.empty())
            return;   // gates and scenes cannot be compared when one is nowhere
        for (std::size_t i = 0; i < m_lesson.questions.size(); ++i)
            checkGate(m_lesson.questions[i], placed, placed.questions[i].gate);
    }

private:
    // One problem may show under several profiles: it is said once.
    void add(Diagnostic d)
    {
        const auto same = [&](const Diagnostic &other) {
            return other.span == d.span && other.message.starts_with(d.message);
        };
        if (std::ranges::any_of(m_problems, same))
            return;
        if (m_lesson.python.size() > 1)
            d.message += " (under " + m_profile + ')';
        m_problems.push_back(std::move(d));
    }
    void at(std::uint32_t line, std::string message, std::string hint)
    {
        add({m_lesson.fileName, {{line, 0}, {line, 0}}, std::move(message), std::move(hint)});
    }
    // A problem of the program, moved to the lesson's lines.
    void inProgram(Diagnostic d)
    {
        d.file = m_lesson.fileName;
        const std::uint32_t shift = m_lesson.programLine - 1;
        d.span.begin.line = d.span.begin.line > 0 ? d.span.begin.line + shift : m_lesson.programLine;
        d.span.end.line = d.span.end.line > 0 ? d.span.end.line + shift : m_lesson.programLine;
        add(std::move(d));
    }
    bool checkOutcome(const Trace &trace)
    {
        switch (trace.outcome) {
        case Outcome::Finished:
            return true;
        case Outcome::Raised: {
            std::string last = trace.errorText;
            while (last.ends_with('\n'))
                last.pop_back();
            last = last.substr(last.find_last_of('\n') + 1);
            SourceSpan span = trace.diagnostic ? trace.diagnostic->span : SourceSpan{};
            inProgram({{}, span, "the program raises " + last, "a lesson's program must run to its end"});
            return false;
        }
        case Outcome::Unsupported:
        case Outcome::LimitReached:
            inProgram(trace.diagnostic.value_or(Diagnostic{{}, {}, "the program does not run to its end", "make it simpler"}));
            return false;
        case Outcome::Cancelled:
            return false;
        }
        return false;
    }
    void checkStage(const std::shared_ptr<const Trace> &trace, const PlacedLesson &placed)
    {
        Timeline timeline(trace);
        std::uint32_t from = 0;
        for (std::size_t i = 0; i < m_lesson.scenes.size(); ++i) {
            const LessonScene &scene = m_lesson.scenes[i];
            const std::uint32_t to = placed.scenes[i].position;
            if (std::ranges::find(scene.show, LessonFigure::Objects) != scene.show.end()) {
                const std::size_t count = newThings(*trace, timeline.seek(to), from);
                if (count > kMaxNewThings)
                    at(scene.line, std::to_string(count) + " new things are on the stage in this scene, about "
                            + std::to_string(kMaxNewThings) + " can be taken in",
                       "add a scene before it, or make the program smaller");
            }
            from = std::max(from, to);
        }
    }
    static std::size_t newThings(const Trace &trace, const World &world, std::uint32_t from)
    {
        std::size_t count = 0;
        for (std::size_t i = 1; i < world.objects.size() && i < trace.objects.size(); ++i) {
            const Object &o = world.objects[i];
            const bool shown = o.alive() && !o.has(ObjectFlag::Hidden) && !o.has(ObjectFlag::Static) && !o.has(ObjectFlag::Namespace)
                && !o.has(ObjectFlag::Interned) && o.kind != TypeKind::Code && o.kind != TypeKind::Frame && o.kind != TypeKind::Int
                && o.kind != TypeKind::Str && o.kind != TypeKind::Function && o.kind != TypeKind::Descriptor;
            count += shown && trace.objects[i].bornAt >= from;
        }
        return count;
    }
    void checkAnchorsRun(const Trace &trace)
    {
        for (const Anchor &anchor : m_lesson.anchors) {
            Moment moment;
            moment.kind = Moment::Kind::Anchor;
            moment.name = anchor.name;
            if (!resolveMoment(moment, trace, m_lesson.anchors))
                at(m_lesson.programLine + anchor.line - 1, "the line of anchor '" + anchor.name + "' never runs", "remove the anchor or make the line run");
        }
    }
    // The gate lies between the scenes around it, so that nothing gives the answer away. A repetition goes back on purpose.
    void checkGate(const LessonQuestion &q, const PlacedLesson &placed, std::uint32_t gate)
    {
        if (!q.repeats.empty())
            return;
        if (q.scenesBefore > 0 && gate < placed.scenes[q.scenesBefore - 1].position)
            at(q.line, "the scene above this question already shows what happens after its gate", "move the question up, or use a later 'before:'");
        if (q.scenesBefore < placed.scenes.size() && gate > placed.scenes[q.scenesBefore].position)
            at(q.line, "the scene below this question shows a moment before its gate", "move the question down, or use an earlier 'before:'");
    }

    const Lesson &m_lesson;
    std::vector<Diagnostic> &m_problems;
    std::string m_profile;
};

} // namespace

std::vector<Diagnostic> checkLesson(const LoadedLesson &loaded, std::stop_token stop)
{
    std::vector<Diagnostic> problems = loaded.problems;
    if (loaded.lesson.programLine != 0) {
        RunChecker checker(loaded.lesson, problems);
        for (const std::string &profile : loaded.lesson.python)
            if (const PythonProfile *known = findProfile(profile); known && known->runsPrograms && !stop.stop_requested())
                checker.checkUnder(profile, stop);
    }
    std::ranges::stable_sort(problems, {}, [](const Diagnostic &d) { return d.span.begin; });
    return problems;
}

std::vector<Diagnostic> checkLessonsTogether(std::span<const Lesson> lessons, LessonSet set)
{
    std::vector<Diagnostic> problems;
    std::map<std::string, const Lesson *> ids;
    for (const Lesson &lesson : lessons) {
        if (lesson.id.empty())
            continue;
        const auto [place, isNew] = ids.emplace(lesson.id, &lesson);
        if (!isNew)
            problems.push_back({lesson.fileName, {{1, 0}, {1, 0}}, "the id '" + lesson.id + "' is taken by " + place->second->fileName,
                                "ids must be unique; choose another"});
    }
    if (set == LessonSet::All)
        for (const Lesson &lesson : lessons)
            for (const std::string &id : lesson.prerequisites)
                if (!ids.contains(id))
                    problems.push_back({lesson.fileName, {{1, 0}, {1, 0}}, "the lesson requires '" + id + "', which is not there",
                                        "check the id, or remove it from 'requires'"});
    return problems;
}

} // namespace pyrena
