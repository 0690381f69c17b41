// Opening, recording and dropping files.
#include "app/mainwindow.h"

#include "app/cli/input.h"
#include "app/messagebar.h"
#include "app/startpage.h"
#include "ui/docks/codedock.h"
#include "ui/docks/lessonsession.h"
#include "ui/docks/recordingdock.h"
#include "ui/docks/workbench.h"
#include "ui/views/codeeditor.h"
#include "ui/views/figureview.h"
#include "ui/views/stage.h"
#include "ui/views/topbar.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>

namespace pyrena {

namespace {

constexpr int kMaxRecent = 10;
constexpr int kPoolsAndArenas = 4;   // level of detail

// A recording is known by how it begins, whatever it is called.
bool isReplay(const QString &path)
{
    QFile file(path);
    const QByteArray head = file.open(QIODevice::ReadOnly) ? file.read(static_cast<qint64>(cli::kHeadBytes)) : QByteArray();
    return cli::kindOf(head.toStdString(), path.toStdString()) == cli::InputKind::Recording;
}

bool canOpen(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1String("md") || suffix == QLatin1String("py") || isReplay(path);
}

// The one local file of a drag that this program opens; "" when there is none.
QString droppedFile(const QMimeData *data)
{
    for (const QUrl &url : data->urls())
        if (url.isLocalFile() && canOpen(url.toLocalFile()))
            return url.toLocalFile();
    return {};
}

} // namespace

void MainWindow::chooseFile()
{
    const QString folder = m_recent.isEmpty() ? QString() : QFileInfo(m_recent.front()).path();
    const QString path = QFileDialog::getOpenFileName(this, tr("Open"), folder,
                                                      tr("Lessons, scripts and recordings (*.md *.py *.pytrace *.pytrace.gz *.trace *.trace.gz);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

bool MainWindow::openFile(const QString &path)
{
    const QFileInfo info(path);
    if (info.isFile() && info.isReadable() && isReplay(path)) {
        openReplay(path);
        return true;
    }
    const auto text = readTextFile(path);
    if (!text) {
        m_messages->showError(QString::fromStdString(text.error().message));
        m_recent.removeAll(path);
        rebuildRecentMenu();
        return false;
    }
    if (looksLikeLesson(*text) || path.endsWith(QLatin1String(".md"), Qt::CaseInsensitive)) {
        LoadedLesson loaded = loadLesson(*text, path.toStdString());
        if (!loaded.ok()) {
            m_messages->showError(QString::fromStdString(toString(loaded.problems.front())));
            return false;
        }
        openLesson(loaded.lesson, path);
    } else {
        runSource(QString::fromStdString(*text), path);
        m_path = path;
    }
    addRecent(path);
    return true;
}

void MainWindow::openLesson(const Lesson &lesson, const QString &path)
{
    m_path = path;
    record(lesson.recipe(), lesson, {});
}

void MainWindow::openReplay(const QString &path, const RecordedReplayOptions &options)
{
    m_player.pause();
    m_place.reset();
    m_messages->beginProgress(tr("Replaying %1").arg(QFileInfo(path).fileName()));
    m_job.startReplay(path, options);
}

void MainWindow::runSource(const QString &source, const QString &fileName)
{
    Recipe recipe;
    recipe.source = source.toStdString();
    recipe.fileName = fileName.toStdString();
    recipe.profile = m_profile.toStdString();
    m_path.clear();
    record(recipe, {}, {});
}

void MainWindow::setProfile(const QString &name)
{
    if (!m_lesson)
        m_profile = name;
    if (!m_playhead.hasTrace() || m_playhead.replay())
        return;
    Recipe recipe = m_playhead.trace().recipe;
    recipe.profile = name.toStdString();
    record(recipe, m_lesson, placeAt(m_playhead.trace(), m_playhead.position()));
}

void MainWindow::record(const Recipe &recipe, std::optional<Lesson> lesson, std::optional<ProgramPlace> place)
{
    m_player.pause();
    m_place = place;
    m_messages->beginProgress(tr("Recording"));
    m_job.start(recipe, std::move(lesson));
}

void MainWindow::onFinished(const RecordingResult &result)
{
    m_messages->endProgress();
    showResult(result);
    Q_EMIT recordingFinished();
}

void MainWindow::showResult(const RecordingResult &result)
{
    if (result.cancelled) {
        m_messages->showNote(tr("Cancelled. What was shown before is still here."));
    } else if (!result.internalError.isEmpty()) {
        m_messages->showError(tr("Pyrena made a mistake while it ran this program (%1). Please report it with the program.").arg(result.internalError));
    } else if (!result.failure.isEmpty()) {
        m_messages->showError(result.failure);
    } else if (result.replay) {
        showReplay(result.replay);
    } else if (result.trace) {
        showTrace(result);
    } else if (result.problem) {
        showProblem(result);
    }
    if (m_playhead.hasTrace())   // a switch that failed goes back to the profile of what is shown
        m_topBar->setProfile(QString::fromUtf8(m_playhead.trace().profile->name.data(),
                                               static_cast<qsizetype>(m_playhead.trace().profile->name.size())));
}

void MainWindow::showTrace(const RecordingResult &result)
{
    const Trace &trace = *result.trace;
    const std::optional<ProgramPlace> place = std::exchange(m_place, std::nullopt);
    m_lesson = result.lesson;
    if (!place) {
        m_selection.clear();
        m_playhead.setGranularity(m_lesson ? Granularity::Line : Granularity::Operation);
        if (m_lesson)
            m_appearance.setLevel(m_lesson->level);
    }
    m_startPage->showProblem(QString());
    m_startPage->sandbox()->showProblem({});
    m_playhead.setTrace(result.trace, place ? positionOf(trace, *place) : 0);
    LessonSession *session = m_workbench->lessonSession();
    if (m_lesson) {
        session->begin(*m_lesson, result.placed);
        restoreProgress();
        if (place)
            m_playhead.seek(positionOf(trace, *place));
    } else if (!place) {
        // The first line has run: an empty stage would say nothing.
        m_playhead.stepForward(Granularity::Line);
    }
    m_pages->setCurrentWidget(m_workbench);
    m_topBar->setTransportVisible(true);
    updateTitle();
    m_workbench->stage()->currentFigure()->setFocus(Qt::OtherFocusReason);
    showOutcome(trace);
}

void MainWindow::showReplay(const std::shared_ptr<const RecordedReplay> &replay)
{
    m_lesson.reset();
    m_path = QString::fromStdString(replay->trace->recipe.fileName);
    m_selection.clear();
    m_playhead.setGranularity(Granularity::Line);
    m_appearance.setLevel(std::max(m_appearance.level(), kPoolsAndArenas));   // a recording has nothing above them
    // Where the program begins: an empty heap would say nothing.
    std::uint32_t position = replay->eventEnds.empty() ? 0 : replay->eventEnds.front();
    for (const RecordedMark &mark : replay->marks)
        if (mark.phase == 1)
            position = mark.position;
    m_playhead.setReplay(replay, position);
    m_pages->setCurrentWidget(m_workbench);
    m_topBar->setTransportVisible(true);
    updateTitle();
    addRecent(m_path);
    m_workbench->stage()->currentFigure()->setFocus(Qt::OtherFocusReason);
    const QString shortened = shortenedText(*replay);
    if (!shortened.isEmpty())
        m_messages->showError(shortened);
    else if (!replay->report.exact())
        m_messages->showError(tr("The model differs from this recording %n time(s); the panel Recording lists the first.", nullptr,
                                 static_cast<int>(std::min<std::uint64_t>(replay->report.mismatches, 2'000'000'000))));
    else
        m_messages->hide();
}

// How a recording ended, when it did not simply finish.
void MainWindow::showOutcome(const Trace &trace)
{
    const auto text = [](const std::string &s) { return QString::fromStdString(s); };
    switch (trace.outcome) {
    case Outcome::Finished:
    case Outcome::Cancelled:
        m_messages->hide();
        return;
    case Outcome::Raised: {
        // The last line of a traceback says what it was.
        const QString last = text(trace.errorText).trimmed().section(QLatin1Char('\n'), -1);
        const auto line = trace.diagnostic ? trace.diagnostic->span.begin.line : 0;
        m_messages->showNote(line > 0 ? tr("The program ends with an exception in line %1: %2").arg(line).arg(last)
                                      : tr("The program ends with an exception: %1").arg(last));
        return;
    }
    case Outcome::Unsupported:
    case Outcome::LimitReached:
        if (trace.diagnostic)
            m_messages->showError(tr("%1. Everything up to there is shown.").arg(text(toString(*trace.diagnostic))));
        return;
    }
}

void MainWindow::showProblem(const RecordingResult &result)
{
    const QString text = QString::fromStdString(toString(*result.problem));
    const QString source = QString::fromStdString(result.recipe.source);
    if (onStartPage()) {
        if (m_startPage->sandbox()->toPlainText() == source) {
            m_startPage->sandbox()->showProblem(result.problem);
            m_startPage->showProblem(text);
            m_messages->hide();
            return;
        }
        m_pages->setCurrentWidget(m_workbench);
        m_topBar->setTransportVisible(true);
        updateTitle();
    }
    m_workbench->codeDock()->showProblem(source, result.problem);
    m_messages->showError(text);
}

void MainWindow::addRecent(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    m_recent.removeAll(absolute);
    m_recent.prepend(absolute);
    while (m_recent.size() > kMaxRecent)
        m_recent.removeLast();
    rebuildRecentMenu();
}

void MainWindow::rebuildRecentMenu()
{
    m_recentMenu->clear();
    for (const QString &path : m_recent) {
        QAction *a = m_recentMenu->addAction(QDir::toNativeSeparators(path));
        connect(a, &QAction::triggered, this, [this, path] { openFile(path); });
    }
    m_recentMenu->setEnabled(!m_recent.isEmpty());
    m_startPage->setRecent(m_recent);
}

void MainWindow::updateTitle()
{
    QString title = tr("Pyrena"), place;
    if (!onStartPage() && m_lesson) {
        title = QString::fromStdString(m_lesson->title);
        const int index = m_library.indexOf(QString::fromStdString(m_lesson->id));
        place = index >= 0 ? tr("lesson %1 of %2").arg(index + 1).arg(m_library.lessons().size()) : tr("lesson");
    } else if (!onStartPage() && m_playhead.hasTrace()) {
        title = QFileInfo(QString::fromStdString(m_playhead.trace().recipe.fileName)).fileName();
        if (m_playhead.replay())
            place = tr("recorded process");
    }
    m_topBar->setTitle(title, place);
    setWindowTitle(title == tr("Pyrena") ? title : tr("%1 - Pyrena").arg(title));
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = droppedFile(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    openFile(path);
}

} // namespace pyrena
