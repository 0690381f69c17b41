#include "app/mainwindow.h"

#include "app/messagebar.h"
#include "app/startpage.h"
#include "ui/docks/codedock.h"
#include "ui/docks/inspectordock.h"
#include "ui/docks/lessondock.h"
#include "ui/docks/lessonsession.h"
#include "ui/docks/workbench.h"
#include "ui/icon.h"
#include "ui/style.h"
#include "ui/views/figureview.h"
#include "ui/views/stage.h"
#include "ui/views/topbar.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenuBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace pyrena {

namespace {
constexpr double kPresentingScale = 1.6;
}

MainWindow::MainWindow(Remember remember, QWidget *parent) : QMainWindow(parent), m_remember(remember)
{
    setObjectName(QStringLiteral("window"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    resize(1280, 800);
    setMinimumSize(960, 640);
    const std::string_view name = defaultProfile().name;
    m_profile = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));

    const Shared shared{m_playhead, m_selection, m_appearance};
    useTheme(*this, m_appearance.theme());
    auto *central = new QWidget(this);
    central->setObjectName(QStringLiteral("paper"));
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_topBar = new TopBar(shared, m_player, central);
    m_messages = new MessageBar(central);
    m_pages = new QStackedWidget(central);
    m_startPage = new StartPage(m_library, shared, m_pages);
    m_workbench = new Workbench(shared, m_pages);
    m_pages->addWidget(m_startPage);
    m_pages->addWidget(m_workbench);
    column->addWidget(m_topBar);
    column->addWidget(m_messages);
    column->addWidget(m_pages, 1);
    setCentralWidget(central);

    makeMenus();

    connect(m_topBar, &TopBar::homeWanted, this, &MainWindow::showStartPage);
    connect(m_topBar, &TopBar::profileChosen, this, &MainWindow::setProfile);
    connect(m_topBar, &TopBar::themeToggled, this, [this] {
        setTheme(m_appearance.themeName() == ThemeName::Dark ? ThemeName::Light : ThemeName::Dark);
    });
    connect(m_topBar, &TopBar::presentWanted, this, [this] { setPresenting(!m_presenting); });
    connect(m_messages, &MessageBar::cancelWanted, &m_job, &RecordingJob::cancel);
    connect(&m_job, &RecordingJob::progress, this, [this](quint32 changes) {
        m_messages->setProgress(tr("Recording: %1 changes so far").arg(QLocale().toString(changes)));
    });
    connect(&m_job, &RecordingJob::requestsDone, this, [this](quint64 done, quint64 of) {
        m_messages->setProgress(tr("Replaying: %1 of %2 requests").arg(QLocale().toString(done), QLocale().toString(of)),
                                of == 0 ? -1 : double(done) / double(of));
    });
    connect(&m_job, &RecordingJob::finished, this, [this](const std::shared_ptr<const RecordingResult> &result) { onFinished(*result); });
    connect(m_messages, &MessageBar::cancelWanted, &m_comparison, &Comparison::cancel);
    connect(&m_comparison, &Comparison::recordingStarted, this, [this] { m_messages->beginProgress(tr("Recording the second run")); });
    connect(&m_comparison, &Comparison::progress, this, [this](quint32 changes) {
        m_messages->setProgress(tr("Recording the second run: %1 changes so far").arg(QLocale().toString(changes)));
    });
    connect(&m_comparison, &Comparison::ready, this, [this] {
        m_messages->endProgress();
        m_workbench->stage()->compareWith(&m_second);
        m_workbench->aimBeside();
    });
    connect(&m_comparison, &Comparison::stopped, this, [this] {
        m_messages->endProgress();
        m_workbench->stage()->compareWith(nullptr);
        m_comparisonActions.front()->setChecked(true);
    });
    connect(m_workbench, &Workbench::besideWanted, this, [this](const QString &profile) {
        // A comparison that the learner chose is not the scene's to end.
        if (!profile.isEmpty())
            m_comparison.compareWith(profile);
        else if (m_besideByScene)
            m_comparison.stop();
        m_besideByScene = !profile.isEmpty();
    });
    connect(&m_comparison, &Comparison::failed, this,
            [this](const QString &why) { m_messages->showError(tr("The second run could not be made. %1").arg(why)); });
    connect(m_startPage, &StartPage::lessonChosen, this, [this](int index) {
        const LibraryLesson &l = m_library.lessons()[static_cast<std::size_t>(index)];
        openLesson(l.lesson, l.path);
    });
    connect(m_startPage, &StartPage::fileChosen, this, &MainWindow::openFile);
    connect(m_startPage, &StartPage::openWanted, this, &MainWindow::chooseFile);
    connect(m_startPage, &StartPage::runWanted, this, [this](const QString &source) { runSource(source, QStringLiteral("sandbox.py")); });
    connect(m_workbench->codeDock(), &CodeDock::runWanted, this, [this](const QString &source) {
        const QString name = m_playhead.hasTrace() && !m_lesson ? QString::fromStdString(m_playhead.trace().recipe.fileName)
                                                                : QStringLiteral("sandbox.py");
        runSource(source, name);
    });
    connect(m_workbench->stage(), &Stage::fullStageWanted, this, [this] {
        setFullStage(m_workbench->around() == Workbench::Around::Everything);
    });
    connect(m_workbench->inspectorDock(), &InspectorDock::message, m_messages, &MessageBar::showNote);
    connect(m_workbench->lessonSession(), &LessonSession::progressed, this, &MainWindow::saveProgress);
    connect(m_workbench->lessonDock(), &LessonDock::lessonFinished, this, &MainWindow::lessonFinished);
    connect(&m_appearance, &Appearance::themeChanged, this, &MainWindow::restyle);
    qApp->installEventFilter(this);

    restyle();
    if (m_remember == Remember::Yes)
        restoreSettings();
    showStartPage();
}

MainWindow::~MainWindow()
{
    qApp->removeEventFilter(this);
    m_player.pause();
}

void MainWindow::restyle()
{
    useTheme(*this, m_appearance.theme());
    m_messages->restyle(m_appearance.theme());
    for (std::size_t i = 0; i < m_themeActions.size(); ++i)
        m_themeActions[i]->setChecked(static_cast<int>(i) == static_cast<int>(m_appearance.themeName()));
}

void MainWindow::setTheme(ThemeName name)
{
    m_appearance.setTheme(name);
}

void MainWindow::showStartPage()
{
    setPresenting(false);
    m_player.pause();
    m_pages->setCurrentWidget(m_startPage);
    m_topBar->setTransportVisible(false);
    updateTitle();
}

bool MainWindow::onStartPage() const
{
    return m_pages->currentWidget() == m_startPage;
}

void MainWindow::setFullStage(bool on)
{
    if (onStartPage())
        return;
    m_workbench->setAround(on ? Workbench::Around::NothingButStage : Workbench::Around::Everything);
    m_fullStageAction->setChecked(on);
    m_workbench->stage()->currentFigure()->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::setPresenting(bool on)
{
    if (on == m_presenting || (on && onStartPage()))
        return;
    m_presenting = on;
    m_presentAction->setChecked(on);
    setBlank(false);
    menuBar()->setVisible(!on);
    m_topBar->setVisible(!on);
    if (on) {
        m_textScaleBefore = m_appearance.theme().textScale;
        m_wasFullScreen = isFullScreen();
        m_workbench->setAround(Workbench::Around::LessonAndCode);
        m_appearance.setTextScale(m_textScaleBefore * kPresentingScale);
        showFullScreen();
    } else {
        m_appearance.setTextScale(m_textScaleBefore);
        m_workbench->setAround(Workbench::Around::Everything);
        if (!m_wasFullScreen)
            showNormal();
    }
    m_fullStageAction->setChecked(false);
    m_workbench->stage()->currentFigure()->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::setBlank(bool on)
{
    if (on == (m_blank != nullptr))
        return;
    if (!on) {
        delete m_blank;
        m_blank = nullptr;
        return;
    }
    m_blank = new QWidget(this);
    m_blank->setObjectName(QStringLiteral("blank"));
    m_blank->setAutoFillBackground(true);
    m_blank->setStyleSheet(QStringLiteral("background: black;"));
    m_blank->setAccessibleName(tr("The screen is blank"));
    m_blank->setGeometry(rect());
    m_blank->show();
    m_blank->raise();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (m_blank)
        m_blank->setGeometry(rect());
}

void MainWindow::run(KeyCommand command)
{
    if (command == KeyCommand::Leave) {
        if (m_blank)
            setBlank(false);
        else if (m_presenting)
            setPresenting(false);
        else if (m_workbench->around() != Workbench::Around::Everything)
            setFullStage(false);
        return;
    }
    if (onStartPage() || !m_playhead.hasTrace())
        return;
    if (command != KeyCommand::Play && command != KeyCommand::FullStage && command != KeyCommand::Blank)
        m_player.pause();
    switch (command) {
    case KeyCommand::Forward: m_playhead.stepForward(); break;
    case KeyCommand::Back: m_playhead.stepBack(); break;
    case KeyCommand::ForwardLine: m_playhead.stepForward(Granularity::Line); break;
    case KeyCommand::BackLine: m_playhead.stepBack(Granularity::Line); break;
    case KeyCommand::Start: m_playhead.toStart(); break;
    case KeyCommand::End: m_playhead.toEnd(); break;
    case KeyCommand::Play: m_player.toggle(); break;
    case KeyCommand::NextChange: m_workbench->inspectorDock()->goToNextChange(); break;
    case KeyCommand::PreviousChange: m_workbench->inspectorDock()->goToPreviousChange(); break;
    case KeyCommand::FullStage: setFullStage(m_workbench->around() == Workbench::Around::Everything); break;
    case KeyCommand::Blank: setBlank(!m_blank); break;
    case KeyCommand::Leave: break;
    }
}

// Keys arrive here when the control that has the focus did not want them.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (const KeyBinding *binding = bindingFor(*event, m_presenting)) {
        run(binding->command);
        return;
    }
    QMainWindow::keyPressEvent(event);
}

// While presenting, a clicker's keys win over whatever has the focus, except where text is typed.
bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (m_presenting && event->type() == QEvent::KeyPress && QApplication::activeModalWidget() == nullptr) {
        auto *widget = qobject_cast<QWidget *>(watched);
        const bool typing = widget && (widget->inherits("QLineEdit")
                                       || (widget->inherits("QPlainTextEdit") && !widget->property("readOnly").toBool()));
        if (widget && widget->window() == this && !typing) {
            const auto *key = static_cast<QKeyEvent *>(event);
            const KeyBinding *binding = bindingFor(*key, true);
            // Space presses a focused button.
            if (binding && !(binding->command == KeyCommand::Play && widget->inherits("QAbstractButton"))) {
                run(binding->command);
                return true;
            }
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace pyrena
