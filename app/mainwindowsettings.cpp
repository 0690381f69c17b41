// What the main window remembers between starts.
#include "app/mainwindow.h"

#include "app/messagebar.h"
#include "app/settings.h"
#include "app/startpage.h"
#include "ui/docks/lessonsession.h"
#include "ui/docks/workbench.h"
#include "ui/views/codeeditor.h"
#include "ui/views/memorybar.h"
#include "ui/views/stage.h"
#include "ui/views/topbar.h"

#include <QCloseEvent>
#include <QSet>

namespace pyrena {

void MainWindow::saveSettings()
{
    if (m_remember == Remember::No)
        return;
    setPresenting(false);
    setFullStage(false);
    const auto s = settings();
    s->setValue(QStringLiteral("window/geometry"), saveGeometry());
    s->setValue(QStringLiteral("window/layout"), m_workbench->layoutOf(Workbench::Document::Program));
    s->setValue(QStringLiteral("window/recordingLayout"), m_workbench->layoutOf(Workbench::Document::Recording));
    s->setValue(QStringLiteral("window/sideBySide"), m_workbench->stage()->sideBySide());
    s->setValue(QStringLiteral("look/memoryColors"), static_cast<int>(m_workbench->stage()->memoryBar()->colorBy()));
    s->setValue(QStringLiteral("look/theme"), static_cast<int>(m_appearance.themeName()));
    s->setValue(QStringLiteral("look/textScale"), m_appearance.theme().textScale);
    s->setValue(QStringLiteral("look/level"), m_appearance.level());
    s->setValue(QStringLiteral("look/reducedMotion"), m_appearance.reducedMotion());
    s->setValue(QStringLiteral("play/speed"), m_player.speed());
    s->setValue(QStringLiteral("play/profile"), m_profile);
    s->setValue(QStringLiteral("files/recent"), m_recent);
    s->setValue(QStringLiteral("files/sandbox"), m_startPage->sandbox()->toPlainText());
}

void MainWindow::restoreSettings()
{
    const auto s = settings();
    restoreGeometry(s->value(QStringLiteral("window/geometry")).toByteArray());
    m_workbench->restoreLayout(Workbench::Document::Program, s->value(QStringLiteral("window/layout")).toByteArray());
    m_workbench->restoreLayout(Workbench::Document::Recording, s->value(QStringLiteral("window/recordingLayout")).toByteArray());
    m_workbench->stage()->setSideBySide(s->value(QStringLiteral("window/sideBySide")).toBool());
    const int theme = s->value(QStringLiteral("look/theme"), 0).toInt();
    if (theme >= 0 && theme <= static_cast<int>(ThemeName::Print))
        m_appearance.setTheme(static_cast<ThemeName>(theme));
    const int colors = s->value(QStringLiteral("look/memoryColors"), 0).toInt();
    if (colors >= 0 && colors < kColorBys)
        m_workbench->stage()->memoryBar()->setColorBy(static_cast<ColorBy>(colors));
    m_appearance.setTextScale(s->value(QStringLiteral("look/textScale"), 1.0).toDouble());
    m_appearance.setLevel(s->value(QStringLiteral("look/level"), m_appearance.level()).toInt());
    const bool reduced = s->value(QStringLiteral("look/reducedMotion")).toBool();
    if (auto *motion = findChild<QAction *>(QStringLiteral("reducedMotion")))
        motion->setChecked(reduced);
    m_player.setSpeed(s->value(QStringLiteral("play/speed"), 1.0).toDouble());
    const QString profile = s->value(QStringLiteral("play/profile")).toString();
    if (findProfile(profile.toStdString()))
        m_profile = profile;
    m_topBar->setProfile(m_profile);
    m_recent = s->value(QStringLiteral("files/recent")).toStringList();
    rebuildRecentMenu();
    const QString sandbox = s->value(QStringLiteral("files/sandbox")).toString();
    if (!sandbox.trimmed().isEmpty())
        m_startPage->sandbox()->setPlainText(sandbox);
    const QStringList done = s->value(QStringLiteral("progress/done")).toStringList();
    m_startPage->setDone(QSet<QString>(done.begin(), done.end()));
}

void MainWindow::saveProgress()
{
    const LessonSession *session = m_workbench->lessonSession();
    if (m_remember == Remember::No || !session->active())
        return;
    const auto s = settings();
    s->beginGroup(QStringLiteral("lesson-") + QString::fromStdString(session->lesson().id));
    s->setValue(QStringLiteral("scene"), session->scene());
    QVariantMap answers;
    for (const auto &[index, answer] : session->answers())
        answers.insert(QString::fromStdString(session->lesson().questions[static_cast<std::size_t>(index)].id),
                       answer.skipped ? QVariant() : QVariant(answer.given));
    s->setValue(QStringLiteral("answers"), answers);
    s->endGroup();
}

void MainWindow::restoreProgress()
{
    LessonSession *session = m_workbench->lessonSession();
    if (!session->active())
        return;
    std::map<QString, GivenAnswer> answers;
    int scene = -1;
    if (m_remember == Remember::Yes) {
        const auto s = settings();
        s->beginGroup(QStringLiteral("lesson-") + QString::fromStdString(session->lesson().id));
        scene = s->value(QStringLiteral("scene"), -1).toInt();
        const QVariantMap saved = s->value(QStringLiteral("answers")).toMap();
        for (auto i = saved.begin(); i != saved.end(); ++i) {
            GivenAnswer answer;
            answer.given = i.value().toString();
            answer.skipped = !i.value().isValid();
            answers.emplace(i.key(), std::move(answer));
        }
    }
    session->restore(answers, scene);
}

void MainWindow::lessonFinished()
{
    const LessonSession *session = m_workbench->lessonSession();
    if (!session->active())
        return;
    const QString id = QString::fromStdString(session->lesson().id);
    if (m_remember == Remember::Yes) {
        const auto s = settings();
        QStringList done = s->value(QStringLiteral("progress/done")).toStringList();
        if (!done.contains(id))
            done += id;
        s->setValue(QStringLiteral("progress/done"), done);
        // The next time it starts at its beginning, with its questions.
        s->remove(QStringLiteral("lesson-") + id);
        m_startPage->setDone(QSet<QString>(done.begin(), done.end()));
    }
    showStartPage();
    m_messages->showNote(tr("Lesson finished."));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_job.cancel();
    saveSettings();
    QMainWindow::closeEvent(event);
}

} // namespace pyrena
