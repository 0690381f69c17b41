#include "ui/docks/codedock.h"

#include "core/explain/explain.h"
#include "ui/icon.h"
#include "ui/playhead.h"
#include "ui/style.h"
#include "ui/views/codeview.h"

#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace pyrena {

namespace {
constexpr std::size_t kMaxSteps = 12;   // shown around the current one
}

CodeDock::CodeDock(Shared shared, QWidget *parent) : PanelDock(QStringLiteral("code"), tr("Program"), shared, parent)
{
    m_view = new CodeView(shared, this);
    m_view->setObjectName(QStringLiteral("codeView"));
    m_steps = new QLabel(this);
    m_steps->setTextFormat(Qt::RichText);
    m_steps->setWordWrap(true);
    m_steps->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_steps->setAccessibleName(tr("The parts of this line"));
    m_steps->setContentsMargins(6, 0, 4, 0);
    m_stepsArea = new QScrollArea(this);
    m_stepsArea->setWidget(m_steps);
    m_stepsArea->setWidgetResizable(true);
    m_stepsArea->setFrameShape(QFrame::NoFrame);
    m_stepsArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_stepsArea->setAccessibleName(tr("The parts of this line"));
    auto *running = new QWidget(this);
    auto *runningLayout = new QVBoxLayout(running);
    runningLayout->setContentsMargins(0, 0, 0, 0);
    runningLayout->addWidget(m_view, 3);
    runningLayout->addWidget(m_stepsArea, 2);

    m_editor = new CodeEditor(shared.appearance, this);
    m_editor->setObjectName(QStringLiteral("codeEditor"));
    m_editor->setAccessibleName(tr("Program, editable"));
    m_problem = new QLabel(this);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(6, 0, 4, 0);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->hide();
    m_run = new QPushButton(tr("Run"), this);
    m_run->setObjectName(QStringLiteral("run"));
    m_run->setToolTip(tr("Run the program (Ctrl+Return)"));
    auto *writing = new QWidget(this);
    auto *writingLayout = new QVBoxLayout(writing);
    writingLayout->setContentsMargins(0, 0, 0, 0);
    writingLayout->addWidget(m_editor, 1);
    writingLayout->addWidget(m_problem);
    writingLayout->addWidget(m_run, 0, Qt::AlignLeft);

    m_stack = new QStackedWidget(this);
    m_stack->addWidget(running);
    m_stack->addWidget(writing);
    body()->addWidget(m_stack);

    m_edit = new QToolButton(this);
    m_edit->setObjectName(QStringLiteral("edit"));
    m_edit->setCheckable(true);
    m_edit->setAccessibleName(tr("Edit the program"));
    m_edit->setToolTip(tr("Change the program and run it again (Ctrl+E)"));
    addTitleWidget(m_edit);

    connect(m_edit, &QToolButton::toggled, this, &CodeDock::setEditing);
    const auto run = [this] { Q_EMIT runWanted(m_editor->toPlainText()); };
    connect(m_run, &QPushButton::clicked, this, run);
    connect(m_editor, &CodeEditor::runWanted, this, run);
    connect(m_editor, &QPlainTextEdit::textChanged, m_problem, &QWidget::hide);
    connect(&shared.playhead, &Playhead::traceChanged, this, &CodeDock::onTraceChanged);
    connect(&shared.playhead, &Playhead::moved, this, &CodeDock::showSteps);
    const auto restyle = [this] {
        m_edit->setIcon(themedIcon(QStringLiteral("edit"), theme()));
        const int side = static_cast<int>(theme().px(15));
        m_edit->setIconSize(QSize(side, side));
        setRole(*m_edit, "flat");
        setRole(*m_run, "primary");
        setRole(*m_problem, "danger");
        showSteps();
    };
    connect(&shared.appearance, &Appearance::themeChanged, this, restyle);
    restyle();
}

bool CodeDock::editing() const
{
    return m_stack->currentIndex() == 1;
}

void CodeDock::setEditing(bool editing)
{
    m_edit->setChecked(editing);
    if (editing == this->editing())
        return;
    if (editing) {
        m_editor->setPlainText(m_view->toPlainText());
        m_editor->setFocus();
    }
    m_stack->setCurrentIndex(editing ? 1 : 0);
}

void CodeDock::showProblem(const QString &source, const std::optional<Diagnostic> &problem)
{
    m_stack->setCurrentIndex(1);
    m_edit->setChecked(true);
    if (m_editor->toPlainText() != source)
        m_editor->setPlainText(source);
    m_editor->showProblem(problem);
    if (!problem) {
        m_problem->hide();
        return;
    }
    QString text = problem->span.begin.line > 0
        ? tr("line %1: %2").arg(problem->span.begin.line).arg(QString::fromStdString(problem->message))
        : QString::fromStdString(problem->message);
    if (!problem->hint.empty())
        text += QLatin1Char('\n') + QString::fromStdString(problem->hint);
    m_problem->setText(text);
    m_problem->show();
}

QStringList CodeDock::stepTexts() const
{
    return m_stepTexts;
}

void CodeDock::onTraceChanged()
{
    setEditing(false);
    const Playhead &p = m_shared.playhead;
    setInfo(p.hasTrace() ? QFileInfo(QString::fromStdString(p.trace().recipe.fileName)).fileName() : QString());
    showSteps();
}

void CodeDock::showSteps()
{
    m_stepTexts.clear();
    const Playhead &p = m_shared.playhead;
    QString html;
    int currentAt = -1;
    if (p.hasTrace() && p.position() > 0) {
        const Trace &trace = p.trace();
        const StepId statement = trace.steps.statementOf(trace.steps.stepAt(p.position() - 1));
        if (statement) {
            std::vector<StepId> parts = trace.steps.children(statement);
            std::size_t current = 0;
            for (std::size_t i = 0; i < parts.size(); ++i)
                if (trace.steps[parts[i]].begin < p.position())
                    current = i;
            std::size_t first = 0;
            if (parts.size() > kMaxSteps)
                first = std::min(current > kMaxSteps / 2 ? current - kMaxSteps / 2 : 0, parts.size() - kMaxSteps);
            const std::size_t last = std::min(parts.size(), first + kMaxSteps);
            const bool finished = p.position() >= trace.steps[statement].end;
            html = QStringLiteral("<table cellspacing='0' cellpadding='2'>");
            for (std::size_t i = first; i < last; ++i) {
                const QString number = QStringLiteral("%1.%2").arg(trace.steps[statement].span.begin.line).arg(i + 1);
                const QString sentence = QString::fromStdString(explainStep(trace, parts[i]));
                m_stepTexts += number + QLatin1Char(' ') + sentence;
                const bool isCurrent = i == current;
                if (isCurrent)
                    currentAt = static_cast<int>(i - first);
                const bool future = i > current && !finished;
                const QColor color = isCurrent ? theme().ink : future ? theme().faint : theme().secondary;
                html += QStringLiteral("<tr><td style='color:%1;font-family:\"%2\";white-space:pre'>%3&nbsp;</td>"
                                       "<td style='color:%1;font-weight:%4'>%5</td></tr>")
                            .arg(color.name(), theme().mono, number, isCurrent ? QStringLiteral("600") : QStringLiteral("400"),
                                 sentence.toHtmlEscaped());
            }
            html += QStringLiteral("</table>");
        }
    }
    m_steps->setText(html);
    m_steps->setStyleSheet(QStringLiteral("font-size: %1px;").arg(static_cast<int>(theme().px(12.5))));
    m_stepsArea->setVisible(!html.isEmpty());
    if (currentAt >= 0 && m_stepTexts.size() > 1) {
        QScrollBar *bar = m_stepsArea->verticalScrollBar();
        bar->setValue(bar->maximum() * currentAt / static_cast<int>(m_stepTexts.size() - 1));
    }
}

} // namespace pyrena
