// The question blocks of a lesson.
#include "core/lesson/lessonreader.h"

#include "core/lesson/query.h"

#include <algorithm>
#include <array>
#include <set>

namespace pyrena {

namespace {

constexpr std::size_t kMaxQuestions = 100;
constexpr std::size_t kMaxOptions = 12;

constexpr auto kKinds = std::to_array<std::pair<std::string_view, QuestionKind>>({
    {"choice", QuestionKind::Choice},
    {"number", QuestionKind::Number},
    {"click", QuestionKind::Click},
    {"order", QuestionKind::Order},
});

} // namespace

void LessonReader::question(const LessonPiece &piece)
{
    if (m_lesson.questions.size() == kMaxQuestions) {
        problem(piece.line, "a lesson has at most " + std::to_string(kMaxQuestions) + " questions", "split it");
        return;
    }
    const auto root = map(piece, {"id", "repeats", "before", "kind", "ask", "answer", "options", "wrong", "hint", "explain"}, "a question");
    if (!root)
        return;

    LessonQuestion question;
    question.line = piece.line;
    question.scenesBefore = static_cast<std::uint32_t>(m_lesson.scenes.size());
    question.id = requiredText(*root, "id", piece.line, "id: count-after-del");
    if (m_lesson.question(question.id) && !question.id.empty())
        problem(piece.line, "the lesson has two questions with the id '" + question.id + '\'', "rename one");
    if (root->find("repeats")) {
        repeat(question, *root);
        m_lesson.questions.push_back(std::move(question));
        return;
    }

    if (const std::string before = requiredText(*root, "before", piece.line, "before: let-go"); !before.empty()) {
        // "let-go#2" and "collect.update_refs#1" are meant before; a whole moment ("after let-go") may be written, too.
        const bool whole = before.find(' ') != std::string::npos || before == "end" || before == "start" || before.starts_with("line:");
        if (const auto m = moment(whole ? before : "before " + before, *root->find("before")))
            question.before = *m;
    }
    const std::string kind = requiredText(*root, "kind", piece.line, "kind: number");
    const auto known = std::ranges::find(kKinds, std::string_view(kind), [](const auto &k) { return k.first; });
    if (known != kKinds.end())
        question.kind = known->second;
    else if (!kind.empty())
        problem(root->find("kind")->line, "there is no kind of question '" + kind + '\'', "use choice, number, click or order");
    question.ask = requiredText(*root, "ask", piece.line, "ask: What is the list's count after this line?");
    question.explain = requiredText(*root, "explain", piece.line, "explain: \"One is left: the list's own.\"");
    question.hint = text(*root, "hint");
    question.answer = text(*root, "answer");
    if (!question.answer.empty())
        checkQuery(question.answer, *root->find("answer"));
    if (const YamlNode *node = root->find("options"))
        options(question, *node);
    if (const YamlNode *node = root->find("wrong"))
        wrongOptions(question, *node);
    checkQuestion(question);
    m_lesson.questions.push_back(std::move(question));
}

void LessonReader::repeat(LessonQuestion &question, const YamlNode &root)
{
    question.repeats = text(root, "repeats");
    checkKeys(root, {"id", "repeats"}, "a question that repeats another");
    const LessonQuestion *earlier = m_lesson.question(question.repeats);
    if (!earlier) {
        problem(root.find("repeats")->line, "no question '" + question.repeats + "' stands above this one", "name the id of an earlier question");
        return;
    }
    const LessonQuestion own = question;
    question = *earlier;
    question.id = own.id;
    question.repeats = own.repeats;
    question.line = own.line;
    question.scenesBefore = own.scenesBefore;
}

void LessonReader::options(LessonQuestion &question, const YamlNode &node)
{
    if (node.kind != YamlNode::Kind::Map) {
        problem(node.line, "'options' is made of 'option: condition' lines", "for example 'one list: count(list) == 1 @ after tie'");
        return;
    }
    for (const auto &[key, value] : node.entries) {
        QuestionOption option;
        option.option = key.text;
        option.line = key.line;
        option.condition = scalar(value, key.text);
        if (question.kind == QuestionKind::Order)
            moment(option.condition, value);
        else if (!option.condition.empty())
            checkQuery(option.condition, value);
        question.options.push_back(std::move(option));
    }
}

void LessonReader::wrongOptions(LessonQuestion &question, const YamlNode &node)
{
    if (node.kind != YamlNode::Kind::Map) {
        problem(node.line, "'wrong' is made of 'option: {misconception: M1, why: \"...\"}' lines", "write one for each wrong option");
        return;
    }
    for (const auto &[key, value] : node.entries) {
        WrongOption wrong;
        wrong.option = key.text;
        wrong.line = key.line;
        if (value.kind == YamlNode::Kind::Map) {
            checkKeys(value, {"misconception", "why", "python"}, "a wrong option");
            wrong.misconception = text(value, "misconception");
            wrong.why = text(value, "why");
            wrong.python = texts(value, "python");
        } else if (value.kind == YamlNode::Kind::Scalar) {
            wrong.why = value.text;
        }
        if (wrong.why.empty())
            problem(key.line, "the wrong option '" + wrong.option + "' does not say why it is wrong", "add 'why: \"...\"'", key.column);
        if (!wrong.misconception.empty() && misconception(wrong.misconception).empty())
            problem(key.line, "there is no misconception '" + wrong.misconception + '\'', "docs/LESSONS.md lists them", key.column);
        for (const std::string &profile : wrong.python)
            if (std::ranges::find(m_lesson.python, profile) == m_lesson.python.end())
                problem(key.line, "the lesson has no profile '" + profile + '\'', "name one of its own", key.column);
        question.wrong.push_back(std::move(wrong));
    }
}

void LessonReader::checkQuestion(const LessonQuestion &q)
{
    if (q.answer.empty() && q.options.empty())
        problem(q.line, "this question has no answer", "add 'answer: refcount(list#1) @ after let-go': the simulator computes it");
    if (!q.answer.empty() && !q.options.empty())
        problem(q.line, "this question has both 'answer' and 'options'", "with options the one whose condition holds is the answer; remove 'answer'");
    if (q.kind == QuestionKind::Order) {
        if (q.options.size() < 2)
            problem(q.line, "an order needs two options at least", "add 'options:' with 'text: moment' lines");
    } else if (!q.options.empty()) {
        if (q.kind != QuestionKind::Choice)
            problem(q.line, "only a choice or an order has options", "use 'kind: choice', or 'answer'");
        for (const WrongOption &w : q.wrong)
            if (std::ranges::find(q.options, w.option, &QuestionOption::option) == q.options.end())
                problem(w.line, "the wrong option '" + w.option + "' is not among the options", "use the same words");
    }
    if (q.kind != QuestionKind::Order && q.wrong.empty())
        problem(q.line, "this question has no wrong option", "say what learners often believe, and why it is wrong, in 'wrong:'");
    if (std::max(q.options.size(), q.wrong.size()) > kMaxOptions)
        problem(q.line, "this question has more than " + std::to_string(kMaxOptions) + " options", "keep the best");
}

} // namespace pyrena
