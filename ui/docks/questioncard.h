#pragma once

#include <QFrame>

#include "ui/docks/lessonsession.h"

class QAbstractButton;
class QButtonGroup;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace pyrena {

// One question of a lesson, or what became of it: the prediction beside what happened.
class QuestionCard : public QFrame
{
    Q_OBJECT
public:
    QuestionCard(LessonSession &session, Shared shared, QWidget *parent = nullptr);

    void showQuestion(int question);
    void showAnswer(int question);
    QPushButton *checkButton() const { return m_check; }   // null when an answer is shown

private:
    void clear();
    QLabel *text(const QString &markdown, const char *role = nullptr);
    void addChoices(const PlacedQuestion &placed);
    void addOrder(const PlacedQuestion &placed);
    void addButtons(const LessonQuestion &question);
    QString given() const;

    LessonSession &m_session;
    Shared m_shared;
    QVBoxLayout *m_layout;
    QWidget *m_page = nullptr;
    int m_question = -1;
    QButtonGroup *m_choices = nullptr;
    QLineEdit *m_number = nullptr;
    QListWidget *m_order = nullptr;
    QLabel *m_clicked = nullptr;
    QPushButton *m_check = nullptr;
};

} // namespace pyrena
