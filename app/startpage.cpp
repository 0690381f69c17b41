#include "app/startpage.h"

#include "app/lessonrow.h"
#include "ui/icon.h"
#include "ui/style.h"
#include "ui/views/codeeditor.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSet>
#include <QVBoxLayout>

namespace pyrena {

namespace {
QString partTitle(std::uint32_t part)
{
    switch (part) {
    case 1: return StartPage::tr("What is where");
    case 2: return StartPage::tr("The allocator");
    case 3: return StartPage::tr("Cycles and the collector");
    case 4: return StartPage::tr("Real programs");
    case 5: return StartPage::tr("What if?");
    case 6: return StartPage::tr("Beyond");
    default: return StartPage::tr("More");
    }
}
} // namespace

QString StartPage::exampleProgram()
{
    return tr("# Change this program and run it: Ctrl+Return\n"
              "import gc\n"
              "\n"
              "a = [1, 2]\n"
              "b = a          # a second name, the same list\n"
              "b.append(a)    # the list now holds itself\n"
              "del a\n"
              "del b          # no name is left: is it gone?\n"
              "print(gc.collect())\n");
}

StartPage::StartPage(const LessonLibrary &library, Shared shared, QWidget *parent)
    : QWidget(parent), m_library(library), m_shared(shared)
{
    setObjectName(QStringLiteral("startPage"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    layout->addWidget(makeLessons(), 3);
    layout->addWidget(makeSide(), 2);
    connect(&shared.appearance, &Appearance::themeChanged, this, &StartPage::restyle);
    restyle();
}

QWidget *StartPage::makeLessons()
{
    auto *card = new QFrame(this);
    setRole(*card, "card");
    auto *outer = new QVBoxLayout(card);
    outer->setContentsMargins(14, 12, 4, 8);
    auto *heading = new QLabel(tr("Lessons"), card);
    setRole(*heading, "heading");
    auto *sub = new QLabel(tr("See what Python does with memory, step by step. Predict first, then watch."), card);
    sub->setWordWrap(true);
    setRole(*sub, "secondary");
    outer->addWidget(heading);
    outer->addWidget(sub);

    auto *page = new QWidget(card);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 10, 0);
    column->setSpacing(6);
    std::uint32_t part = 0xffffffffu;
    for (std::size_t i = 0; i < m_library.lessons().size(); ++i) {
        const Lesson &lesson = m_library.lessons()[i].lesson;
        if (lesson.part != part) {
            part = lesson.part;
            auto *title = new QLabel(part > 0 ? tr("Part %1: %2").arg(part).arg(partTitle(part)) : partTitle(part), page);
            setRole(*title, "title");
            column->addSpacing(6);
            column->addWidget(title);
        }
        auto *row = new LessonRow(lesson, m_shared.appearance, page);
        connect(row, &QAbstractButton::clicked, this, [this, i] { Q_EMIT lessonChosen(static_cast<int>(i)); });
        column->addWidget(row);
        m_rows.push_back(row);
    }
    if (m_library.lessons().empty()) {
        auto *none = new QLabel(tr("No lessons were found. Open one with File > Open, or try the sandbox."), page);
        none->setWordWrap(true);
        setRole(*none, "faint");
        column->addWidget(none);
    }
    column->addStretch(1);
    auto *scroll = new QScrollArea(card);
    scroll->setObjectName(QStringLiteral("lessonList"));
    scroll->setAccessibleName(tr("Lessons"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(page);
    outer->addWidget(scroll, 1);
    return card;
}

QWidget *StartPage::makeSide()
{
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);

    auto *sandbox = new QFrame(side);
    setRole(*sandbox, "card");
    auto *box = new QVBoxLayout(sandbox);
    box->setContentsMargins(14, 12, 14, 12);
    auto *title = new QLabel(tr("Sandbox"), sandbox);
    setRole(*title, "heading");
    auto *sub = new QLabel(tr("Any small Python program. It runs inside Pyrena only: no files, no network."), sandbox);
    sub->setWordWrap(true);
    setRole(*sub, "secondary");
    m_sandbox = new CodeEditor(m_shared.appearance, sandbox);
    m_sandbox->setObjectName(QStringLiteral("sandbox"));
    m_sandbox->setAccessibleName(tr("Sandbox program"));
    setRole(*m_sandbox, "codebox");
    m_sandbox->setPlainText(exampleProgram());
    m_problem = new QLabel(sandbox);
    m_problem->setObjectName(QStringLiteral("sandboxProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_run = new QPushButton(tr("Run"), sandbox);
    m_run->setObjectName(QStringLiteral("runSandbox"));
    m_run->setToolTip(tr("Run the program (Ctrl+Return)"));
    box->addWidget(title);
    box->addWidget(sub);
    box->addWidget(m_sandbox, 1);
    box->addWidget(m_problem);
    box->addWidget(m_run, 0, Qt::AlignLeft);
    column->addWidget(sandbox, 1);
    const auto run = [this] { Q_EMIT runWanted(m_sandbox->toPlainText()); };
    connect(m_run, &QPushButton::clicked, this, run);
    connect(m_sandbox, &CodeEditor::runWanted, this, run);
    connect(m_sandbox, &QPlainTextEdit::textChanged, this, [this] { showProblem(QString()); });

    auto *files = new QFrame(side);
    setRole(*files, "card");
    auto *list = new QVBoxLayout(files);
    list->setContentsMargins(14, 12, 14, 12);
    list->setSpacing(4);
    m_recentTitle = new QLabel(files);
    setRole(*m_recentTitle, "title");
    list->addWidget(m_recentTitle);
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(0);
    list->addLayout(m_recent);
    auto *open = new QPushButton(tr("Open a lesson or script…"), files);
    open->setObjectName(QStringLiteral("openFile"));
    open->setToolTip(tr("Open a lesson (.md) or a Python script (.py) (Ctrl+O). Or drop one on this window."));
    connect(open, &QPushButton::clicked, this, &StartPage::openWanted);
    list->addWidget(open, 0, Qt::AlignLeft);
    column->addWidget(files);
    setRecent({});
    return side;
}

void StartPage::setRecent(const QStringList &paths)
{
    while (QLayoutItem *item = m_recent->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_recentTitle->setText(paths.isEmpty() ? tr("Your files") : tr("Opened before"));
    for (const QString &path : paths.mid(0, 5)) {
        auto *button = new QPushButton(QFileInfo(path).fileName(), this);
        button->setToolTip(path);
        button->setAccessibleName(tr("Open %1").arg(path));
        setRole(*button, "link");
        connect(button, &QPushButton::clicked, this, [this, path] { Q_EMIT fileChosen(path); });
        m_recent->addWidget(button);
    }
}

void StartPage::setDone(const QSet<QString> &lessonIds)
{
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setDone(lessonIds.contains(QString::fromStdString(m_library.lessons()[i].lesson.id)));
}

void StartPage::showProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void StartPage::restyle()
{
    setRole(*m_run, "primary");
    setRole(*m_problem, "danger");
}

} // namespace pyrena
