#pragma once

#include <QObject>
#include <QString>

#include "core/lesson/placedlesson.h"
#include "ui/appearance.h"
#include "ui/selection.h"

#include <map>
#include <optional>
#include <vector>

namespace pyrena {

// What a learner gave as an answer, and what became of it. Saved as progress.
struct GivenAnswer
{
    QString given;            // empty and not right: skipped
    bool skipped = false;
    Judgement judgement;
};

// The lesson that is being read: which scene, which questions are answered, and the gates on the playhead.
// Knows no widgets.
// An answer or a focus as a thing in the pictures; nothing for a number or a text.
Selected thingOf(const QueryValue &value);

class LessonSession : public QObject
{
    Q_OBJECT
public:
    explicit LessonSession(Shared shared, QObject *parent = nullptr);

    // The playhead must already hold the recording that `placed` was made from.
    void begin(const Lesson &lesson, PlacedLesson placed);
    void end();
    bool active() const { return m_lesson.has_value(); }
    const Lesson &lesson() const { return *m_lesson; }
    const PlacedLesson &placed() const { return m_placed; }

    int sceneCount() const { return active() ? static_cast<int>(m_lesson->scenes.size()) : 0; }
    int scene() const { return m_scene; }                  // -1: the opening
    const LessonScene *currentScene() const;
    Selected sceneFocus() const;                           // what the scene looks at, if it is a thing of the recording
    void nextScene();                                      // no further than an unanswered question
    void previousScene();
    void goToScene(int scene);
    bool atLastScene() const { return m_scene + 1 >= sceneCount() && nextQuestion() < 0; }   // and nothing is left to be asked

    // The question the playhead stands before; -1: none. An answered one stays until the playhead moves on.
    int question() const { return m_question; }
    const std::map<int, GivenAnswer> &answers() const { return m_answers; }
    bool answered(int question) const { return m_answers.contains(question); }
    // Judges, opens the gate and plays the step. Requires: question() >= 0.
    void answer(const QString &given);
    void skip();
    // The last answer given, until the playhead leaves the step it played; -1: none.
    int lastAnswered() const { return m_lastAnswered; }
    QString clickedText() const;                           // what is selected, in the words of an answer

    void restore(const std::map<QString, GivenAnswer> &answers, int scene);   // by question id

Q_SIGNALS:
    void changed();              // scene, question or answer
    void sceneShown();           // a scene was gone to: the stage follows it
    void progressed();           // something worth saving

private:
    void onMoved();
    void updateGates();
    int nextQuestion() const;    // unanswered, before the next scene or after the last one; -1: none
    // Of a question that stands after a later scene the learner has not read the introduction; but who steps to its gate
    // must be asked, or could not go on.
    enum class Introduced { Matters, DoesNotMatter };
    void updateQuestion(Introduced introduction = Introduced::Matters);
    void openGate(int question, GivenAnswer answer);

    Shared m_shared;
    std::optional<Lesson> m_lesson;
    PlacedLesson m_placed;
    int m_scene = -1;
    int m_question = -1;
    int m_lastAnswered = -1;
    bool m_leading = false;      // the session itself moves the playhead
    std::map<int, GivenAnswer> m_answers;
};

} // namespace pyrena
