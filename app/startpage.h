#pragma once

#include <QWidget>

#include "app/lessonlibrary.h"
#include "ui/appearance.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace pyrena {

class CodeEditor;

// The first thing a learner sees: the lessons with their goals, what was opened before, and a sandbox with Run.
class StartPage : public QWidget
{
    Q_OBJECT
public:
    StartPage(const LessonLibrary &library, Shared shared, QWidget *parent = nullptr);

    void setRecent(const QStringList &paths);
    void setDone(const QSet<QString> &lessonIds);         // lessons that were read to the end
    CodeEditor *sandbox() const { return m_sandbox; }
    void showProblem(const QString &text);                 // of the sandbox program; "" for none

    static QString exampleProgram();

Q_SIGNALS:
    void lessonChosen(int index);
    void fileChosen(const QString &path);
    void openWanted();
    void runWanted(const QString &source);

private:
    QWidget *makeLessons();
    QWidget *makeSide();
    void restyle();

    const LessonLibrary &m_library;
    Shared m_shared;
    QVBoxLayout *m_recent;
    QLabel *m_recentTitle, *m_problem;
    CodeEditor *m_sandbox;
    QPushButton *m_run;
    std::vector<class LessonRow *> m_rows;
};

} // namespace pyrena
