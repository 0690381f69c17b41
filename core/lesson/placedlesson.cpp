#include "core/lesson/placedlesson.h"

#include <algorithm>
#include <numeric>

namespace pyrena {

namespace {

bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Numbers rising, then yes before no, then by the letters: the place of the right option gives nothing away.
bool shownBefore(const PlacedOption &a, const PlacedOption &b)
{
    const bool an = isNumber(a.text), bn = isNumber(b.text);
    if (an && bn)
        return std::stoll(a.text) < std::stoll(b.text);
    if (an != bn)
        return an;
    if ((a.text == "yes" || a.text == "no") && (b.text == "yes" || b.text == "no"))
        return a.text == "yes" && b.text == "no";
    return a.text < b.text;
}

// Something in the picture: an object, a block, a pool or an arena.
bool isThing(const QueryValue &value)
{
    return std::holds_alternative<ObjectId>(value) || std::holds_alternative<BlockPlace>(value)
        || std::holds_alternative<PoolPlace>(value) || std::holds_alternative<ArenaPlace>(value);
}

class Placer
{
public:
    Placer(const Lesson &lesson, std::shared_ptr<const Trace> trace)
        : m_lesson(lesson), m_trace(*trace), m_timeline(std::move(trace)) {}

    PlacedLesson place()
    {
        for (const LessonScene &scene : m_lesson.scenes)
            m_placed.scenes.push_back(placed(scene));
        for (const LessonQuestion &question : m_lesson.questions)
            m_placed.questions.push_back(placed(question));
        return std::move(m_placed);
    }

private:
    void problem(std::uint32_t line, std::string message, std::string hint)
    {
        m_placed.problems.push_back({m_lesson.fileName, {{line, 0}, {line, 0}}, std::move(message), std::move(hint)});
    }
    std::uint32_t position(const Moment &moment, std::uint32_t line)
    {
        const auto resolved = resolveMoment(moment, m_trace, m_lesson.anchors);
        if (resolved)
            return *resolved;
        problem(line, resolved.error().message, resolved.error().hint);
        return 0;
    }
    std::optional<QueryValue> ask(const std::string &text, std::uint32_t position, std::uint32_t line)
    {
        const auto query = Query::parse(text);
        if (!query)
            return std::nullopt;   // loadLesson() has said so
        auto value = query->evaluate(m_timeline, m_lesson.anchors, position);
        if (value)
            return *value;
        problem(line, "'" + text + "' has no answer: " + value.error().message, value.error().hint);
        return std::nullopt;
    }
    const WrongOption *wrong(const LessonQuestion &q, std::string_view option) const
    {
        for (const WrongOption &w : q.wrong)
            if (w.option == option && appliesHere(w))
                return &w;
        return nullptr;
    }
    bool appliesHere(const WrongOption &w) const
    {
        if (w.python.empty())
            return true;
        return std::ranges::any_of(w.python, [&](const std::string &name) { return findProfile(name) == m_trace.profile; });
    }

    PlacedScene placed(const LessonScene &scene)
    {
        PlacedScene p;
        const bool comes = !scene.otherwise || resolveMoment(scene.at, m_trace, m_lesson.anchors).ok();
        p.position = position(comes ? scene.at : *scene.otherwise, scene.line);
        const Result<Query, QueryProblem> query = scene.focus.empty() ? Result<Query, QueryProblem>(QueryProblem{}) : Query::parse(scene.focus);
        if (!query)
            return p;
        const auto value = query->evaluate(m_timeline, m_lesson.anchors, p.position);
        if (!value)
            problem(scene.line, "the focus '" + scene.focus + "' points at nothing: " + value.error().message, value.error().hint);
        else if (!isThing(*value))
            problem(scene.line, "the focus '" + scene.focus + "' is not a thing to look at",
                    "use a name, a label, block(...), pool(...) or arena(...)");
        else
            p.focus = *value;
        return p;
    }
    PlacedQuestion placed(const LessonQuestion &q)
    {
        PlacedQuestion p;
        p.gate = position(q.before, q.line);
        if (q.kind == QuestionKind::Order)
            placeOrder(q, p);
        else if (!q.options.empty())
            placeConditions(q, p);
        else
            placeAnswer(q, p);
        return p;
    }
    void placeOrder(const LessonQuestion &q, PlacedQuestion &p)
    {
        std::vector<std::pair<std::uint32_t, std::string>> order;
        for (const QuestionOption &option : q.options) {
            const auto moment = parseMoment(option.condition);
            if (moment)
                order.emplace_back(position(*moment, option.line), option.option);
        }
        std::ranges::stable_sort(order, {}, &std::pair<std::uint32_t, std::string>::first);
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i > 0 && order[i].first == order[i - 1].first)
                problem(q.line, "'" + order[i - 1].second + "' and '" + order[i].second + "' happen at the same moment", "name moments that differ");
            p.options.push_back({order[i].second, true, {}, {}});
            p.answer += (i > 0 ? "; " : "") + order[i].second;
        }
    }
    void placeConditions(const LessonQuestion &q, PlacedQuestion &p)
    {
        std::size_t holding = 0;
        for (const QuestionOption &option : q.options) {
            const auto value = ask(option.condition, p.gate, option.line);
            if (!value)
                continue;
            const bool *holds = std::get_if<bool>(&*value);
            if (!holds) {
                problem(option.line, "the condition of '" + option.option + "' is not yes or no", "compare, for example with == 1");
                continue;
            }
            PlacedOption o{option.option, *holds, {}, {}};
            if (*holds) {
                ++holding;
                p.answer = option.option;
            } else if (const WrongOption *w = wrong(q, option.option)) {
                o.misconception = w->misconception;
                o.why = w->why;
            } else {
                problem(option.line, "the wrong option '" + option.option + "' has no explanation", "add it to 'wrong:' with a 'why'");
            }
            p.options.push_back(std::move(o));
        }
        if (holding != 1)
            problem(q.line, holding == 0 ? "no option's condition holds" : "the conditions of " + std::to_string(holding) + " options hold",
                    "exactly one must hold");
        for (const WrongOption &w : q.wrong)
            if (w.option == p.answer && appliesHere(w))
                problem(w.line, "the wrong option '" + w.option + "' is the right answer", "remove it, or limit it with 'python:'");
    }
    void placeAnswer(const LessonQuestion &q, PlacedQuestion &p)
    {
        p.value = ask(q.answer, p.gate, q.line);
        if (!p.value)
            return;
        p.answer = toString(*p.value, m_trace);
        const bool isNumeric = std::holds_alternative<std::int64_t>(*p.value) || std::holds_alternative<Address>(*p.value);
        if (q.kind == QuestionKind::Number && !isNumeric)
            problem(q.line, "the answer '" + p.answer + "' is not a number", "use 'kind: choice', or a query that gives a number");
        if (q.kind == QuestionKind::Click && !isThing(*p.value))
            problem(q.line, "'" + p.answer + "' cannot be clicked", "let the answer be an object, block(...), pool(...) or arena(...)");
        for (const WrongOption &w : q.wrong) {
            if (!appliesHere(w))
                continue;
            if (w.option == p.answer)
                problem(w.line, "the wrong option '" + w.option + "' equals the answer", "remove it, or limit it with 'python: [...]'");
            else
                p.options.push_back({w.option, false, w.misconception, w.why});
        }
        if (q.kind == QuestionKind::Choice)
            p.options.push_back({p.answer, true, {}, {}});
        std::ranges::stable_sort(p.options, shownBefore);
    }

    const Lesson &m_lesson;
    const Trace &m_trace;
    Timeline m_timeline;
    PlacedLesson m_placed;
};

} // namespace

PlacedLesson placeLesson(const Lesson &lesson, std::shared_ptr<const Trace> trace)
{
    return Placer(lesson, std::move(trace)).place();
}

Judgement judge(const LessonQuestion &question, const PlacedQuestion &placed, std::string_view given)
{
    const auto first = given.find_first_not_of(" \t\n");
    const auto last = given.find_last_not_of(" \t\n");
    if (first != std::string_view::npos)
        given = given.substr(first, last - first + 1);
    if (given == placed.answer)
        return {true, question.explain, {}};
    if (question.kind != QuestionKind::Order)
        for (const PlacedOption &option : placed.options)
            if (!option.right && option.text == given)
                return {false, option.why, option.misconception};
    return {false, question.explain, {}};
}

} // namespace pyrena
