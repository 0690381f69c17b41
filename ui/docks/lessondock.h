#pragma once

#include "ui/docks/paneldock.h"

class QLabel;
class QPushButton;
class QScrollArea;

namespace pyrena {

class LessonSession;
class QuestionCard;

// The narration of the scene, its question, and the way to the next scene.
class LessonDock : public PanelDock
{
    Q_OBJECT
public:
    LessonDock(LessonSession &session, Shared shared, QWidget *parent = nullptr);

    QString narration() const { return m_narrationText; }
    QuestionCard *card() const { return m_card; }
    QPushButton *nextButton() const { return m_next; }
    QPushButton *previousButton() const { return m_previous; }

Q_SIGNALS:
    void lessonFinished();     // Next was pressed on the last scene

private:
    void refresh();

    LessonSession &m_session;
    QLabel *m_heading, *m_narration, *m_place;
    QuestionCard *m_card;
    QScrollArea *m_scroll;
    QPushButton *m_previous, *m_next;
    QString m_narrationText;
};

} // namespace pyrena
