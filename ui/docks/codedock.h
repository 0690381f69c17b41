#pragma once

#include "ui/docks/paneldock.h"
#include "core/base/source.h"

#include <optional>

class QLabel;
class QStackedWidget;
class QToolButton;
class QPushButton;
class QVBoxLayout;
class QScrollArea;

namespace pyrena {

class CodeEditor;
class CodeView;

// The program: as it ran, with the parts of the current statement under it, or in an editor with Run.
class CodeDock : public PanelDock
{
    Q_OBJECT
public:
    explicit CodeDock(Shared shared, QWidget *parent = nullptr);

    CodeView *view() const { return m_view; }
    CodeEditor *editor() const { return m_editor; }
    bool editing() const;
    void setEditing(bool editing);
    // Shows a program that did not run: in the editor, with what is wrong marked.
    void showProblem(const QString &source, const std::optional<Diagnostic> &problem);
    QStringList stepTexts() const;          // the parts of the current statement: "4.2 count of ..."

Q_SIGNALS:
    void runWanted(const QString &source);

private:
    void onTraceChanged();
    void showSteps();

    QStackedWidget *m_stack;
    CodeView *m_view;
    CodeEditor *m_editor;
    QToolButton *m_edit;
    QPushButton *m_run;
    QLabel *m_problem;
    QScrollArea *m_stepsArea;
    QLabel *m_steps;
    QStringList m_stepTexts;
};

} // namespace pyrena
