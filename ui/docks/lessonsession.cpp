#include "ui/docks/lessonsession.h"

#include "ui/playhead.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace pyrena {

LessonSession::LessonSession(Shared shared, QObject *parent) : QObject(parent), m_shared(shared)
{
    connect(&shared.playhead, &Playhead::traceChanged, this, &LessonSession::end);
    connect(&shared.playhead, &Playhead::moved, this, &LessonSession::onMoved);
    connect(&shared.playhead, &Playhead::gateReached, this, [this] {
        updateQuestion(Introduced::DoesNotMatter);
        Q_EMIT changed();
    });
}

void LessonSession::begin(const Lesson &lesson, PlacedLesson placed)
{
    m_lesson = lesson;
    m_placed = std::move(placed);
    m_placed.scenes.resize(lesson.scenes.size());
    m_placed.questions.resize(lesson.questions.size());
    m_answers.clear();
    m_scene = -1;
    m_lastAnswered = -1;
    updateGates();
    updateQuestion();
    Q_EMIT changed();
}

void LessonSession::end()
{
    if (!active())
        return;
    m_lesson.reset();
    m_placed = {};
    m_answers.clear();
    m_scene = m_question = m_lastAnswered = -1;
    Q_EMIT changed();
}

const LessonScene *LessonSession::currentScene() const
{
    return active() && m_scene >= 0 && m_scene < sceneCount() ? &m_lesson->scenes[static_cast<std::size_t>(m_scene)] : nullptr;
}

void LessonSession::updateGates()
{
    std::vector<std::uint32_t> gates;
    for (std::size_t i = 0; i < m_placed.questions.size(); ++i)
        if (!answered(static_cast<int>(i)) && m_lesson->questions[i].repeats.empty())
            gates.push_back(m_placed.questions[i].gate);
    m_shared.playhead.setGates(std::move(gates));
}

void LessonSession::updateQuestion(Introduced introduction)
{
    m_question = -1;
    for (std::size_t i = 0; i < m_placed.questions.size() && m_question < 0; ++i) {
        if (!m_lesson->questions[i].repeats.empty())
            continue;   // asked after the last scene, not where it leads back to
        const bool introduced = introduction == Introduced::DoesNotMatter || static_cast<int>(m_lesson->questions[i].scenesBefore) <= m_scene + 1;
        if (!answered(static_cast<int>(i)) && introduced && m_placed.questions[i].gate == m_shared.playhead.position())
            m_question = static_cast<int>(i);
    }
}

void LessonSession::onMoved()
{
    if (!active())
        return;
    if (!m_leading) {
        m_lastAnswered = -1;
        // The learner moves freely: the scene is the last one that lies at or before the playhead.
        int last = -1;
        for (int i = 0; i < sceneCount(); ++i)
            if (m_placed.scenes[static_cast<std::size_t>(i)].position <= m_shared.playhead.position())
                last = i;
        m_scene = last;
    }
    updateQuestion();
    Q_EMIT changed();
}

void LessonSession::goToScene(int scene)
{
    if (!active())
        return;
    m_scene = std::clamp(scene, -1, sceneCount() - 1);
    m_lastAnswered = -1;
    {
        const QScopedValueRollback leading(m_leading, true);
        m_shared.playhead.seek(m_scene < 0 ? 0 : m_placed.scenes[static_cast<std::size_t>(m_scene)].position);
    }
    updateQuestion();
    Q_EMIT sceneShown();
    Q_EMIT changed();
    Q_EMIT progressed();
}

int LessonSession::nextQuestion() const
{
    const bool last = m_scene + 1 >= sceneCount();
    const std::uint32_t target = last ? UINT32_MAX : m_placed.scenes[static_cast<std::size_t>(m_scene + 1)].position;
    for (std::size_t i = 0; i < m_placed.questions.size(); ++i)
        if (!answered(static_cast<int>(i)) && static_cast<int>(m_lesson->questions[i].scenesBefore) <= m_scene + 1
            && m_placed.questions[i].gate <= target)
            return static_cast<int>(i);
    return -1;
}

void LessonSession::nextScene()
{
    if (!active() || m_question >= 0)
        return;
    const int question = nextQuestion();
    if (question < 0) {
        if (m_scene + 1 < sceneCount())
            goToScene(m_scene + 1);
        return;
    }
    m_lastAnswered = -1;
    {
        const QScopedValueRollback leading(m_leading, true);
        m_shared.playhead.seek(m_placed.questions[static_cast<std::size_t>(question)].gate);
    }
    m_question = question;
    Q_EMIT changed();
}

void LessonSession::previousScene()
{
    if (active() && m_scene >= 0)
        goToScene(m_scene - 1);
}

void LessonSession::answer(const QString &given)
{
    if (!active() || m_question < 0)
        return;
    const auto i = static_cast<std::size_t>(m_question);
    GivenAnswer answer;
    answer.given = given;
    answer.judgement = judge(m_lesson->questions[i], m_placed.questions[i], given.toStdString());
    openGate(m_question, std::move(answer));
}

void LessonSession::skip()
{
    if (!active() || m_question < 0)
        return;
    GivenAnswer answer;
    answer.skipped = true;
    answer.judgement.explanation = m_lesson->questions[static_cast<std::size_t>(m_question)].explain;
    openGate(m_question, std::move(answer));
}

void LessonSession::openGate(int question, GivenAnswer answer)
{
    m_answers[question] = std::move(answer);
    m_lastAnswered = question;
    m_question = -1;
    updateGates();
    {
        const QScopedValueRollback leading(m_leading, true);
        // The whole line plays, whatever the granularity: the answer speaks of the line.
        m_shared.playhead.stepForward(Granularity::Line);
    }
    // Another question may wait right here: it comes when the learner has read what became of this one.
    m_question = -1;
    Q_EMIT changed();
    Q_EMIT progressed();
}

Selected thingOf(const QueryValue &value)
{
    if (const auto *object = std::get_if<ObjectId>(&value))
        return *object;
    if (const auto *block = std::get_if<BlockPlace>(&value))
        return SelectedBlock{block->pool, block->offset};
    if (const auto *pool = std::get_if<PoolPlace>(&value))
        return SelectedPool{pool->pool};
    if (const auto *arena = std::get_if<ArenaPlace>(&value))
        return SelectedArena{arena->slot};
    return {};
}

Selected LessonSession::sceneFocus() const
{
    if (!currentScene() || static_cast<std::size_t>(m_scene) >= m_placed.scenes.size())
        return {};
    const auto &focus = m_placed.scenes[static_cast<std::size_t>(m_scene)].focus;
    return focus ? thingOf(*focus) : Selected();
}

QString LessonSession::clickedText() const
{
    const Playhead &p = m_shared.playhead;
    if (!p.hasTrace())
        return {};
    const auto text = [&p](const QueryValue &value) { return QString::fromStdString(toString(value, p.trace())); };
    const Selected &what = m_shared.selection.selected();
    if (const auto *object = std::get_if<ObjectId>(&what))
        return *object ? text(*object) : QString();
    if (const auto *block = std::get_if<SelectedBlock>(&what))
        return text(BlockPlace{block->pool, block->offset});
    if (const auto *pool = std::get_if<SelectedPool>(&what))
        return text(PoolPlace{pool->pool});
    if (const auto *arena = std::get_if<SelectedArena>(&what))
        return text(ArenaPlace{arena->slot});
    return {};
}

void LessonSession::restore(const std::map<QString, GivenAnswer> &answers, int scene)
{
    if (!active())
        return;
    for (std::size_t i = 0; i < m_lesson->questions.size(); ++i) {
        const auto found = answers.find(QString::fromStdString(m_lesson->questions[i].id));
        if (found == answers.end())
            continue;
        GivenAnswer answer = found->second;
        if (!answer.skipped)
            answer.judgement = judge(m_lesson->questions[i], m_placed.questions[i], answer.given.toStdString());
        m_answers[static_cast<int>(i)] = std::move(answer);
    }
    updateGates();
    goToScene(scene);
}

} // namespace pyrena
