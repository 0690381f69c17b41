#pragma once

#include <QMainWindow>

#include "app/comparison.h"
#include "app/keymap.h"
#include "app/lessonlibrary.h"
#include "app/recordingjob.h"
#include "ui/appearance.h"
#include "ui/models/place.h"
#include "ui/player.h"
#include "ui/playhead.h"
#include "ui/selection.h"

#include <optional>

class QStackedWidget;

namespace pyrena {

class MessageBar;
class StartPage;
class TopBar;
class Workbench;

// Whether the window reads and writes what the program remembers. Pictures of it are made without.
enum class Remember { Yes, No };

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(Remember remember = Remember::Yes, QWidget *parent = nullptr);
    ~MainWindow() override;

    Playhead &playhead() { return m_playhead; }
    Selection &selection() { return m_selection; }
    Appearance &appearance() { return m_appearance; }
    Player &player() { return m_player; }
    Workbench *workbench() const { return m_workbench; }
    StartPage *startPage() const { return m_startPage; }
    MessageBar *messageBar() const { return m_messages; }
    TopBar *topBar() const { return m_topBar; }
    const LessonLibrary &library() const { return m_library; }
    bool recording() const { return m_job.running(); }
    Comparison &comparison() { return m_comparison; }

    // Opens a lesson, a script or an allocator recording; the work goes on in the background. False: the file cannot be used,
    // and a message says why.
    bool openFile(const QString &path);
    void openLesson(const Lesson &lesson, const QString &path = {});
    void openReplay(const QString &path, const RecordedReplayOptions &options = windowReplayOptions());
    void runSource(const QString &source, const QString &fileName);
    void setProfile(const QString &name);            // runs the program again and keeps the place
    void showResult(const RecordingResult &result);  // as if it had just been recorded
    void showStartPage();
    bool onStartPage() const;

    bool presenting() const { return m_presenting; }
    void setPresenting(bool on);
    void setFullStage(bool on);
    void setTheme(ThemeName name);
    void run(KeyCommand command);

    void saveSettings();
    QStringList recentFiles() const { return m_recent; }

Q_SIGNALS:
    void recordingFinished();       // whatever came out

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    // mainwindow.cpp
    void restyle();
    void setBlank(bool on);
    // mainwindowactions.cpp
    void makeMenus();
    void makeFileMenu();
    void makeViewMenu();
    void makeComparisonMenu(QMenu *view);
    void makeGoMenu();
    void makeHelpMenu();
    QAction *action(QMenu *menu, const QString &text, const QKeySequence &keys, const QString &toolTip);
    void goToStep();
    void exportPicture();
    void showShortcuts();
    void showAbout();
    // mainwindowfiles.cpp
    void chooseFile();
    void record(const Recipe &recipe, std::optional<Lesson> lesson, std::optional<ProgramPlace> place);
    void onFinished(const RecordingResult &result);
    void showTrace(const RecordingResult &result);
    void showReplay(const std::shared_ptr<const RecordedReplay> &replay);
    void showOutcome(const Trace &trace);
    void showProblem(const RecordingResult &result);
    void addRecent(const QString &path);
    void rebuildRecentMenu();
    void updateTitle();
    // mainwindowsettings.cpp
    void restoreSettings();
    void saveProgress();
    void restoreProgress();
    void lessonFinished();

    Playhead m_playhead;
    Selection m_selection;
    Appearance m_appearance;
    Player m_player{m_playhead};
    RecordingJob m_job;
    Comparison m_comparison{m_playhead, m_selection, m_appearance};
    Shared m_second = m_comparison.shared();   // what the stage shows beside the first
    LessonLibrary m_library;
    Remember m_remember;

    TopBar *m_topBar;
    MessageBar *m_messages;
    QStackedWidget *m_pages;
    StartPage *m_startPage;
    Workbench *m_workbench;
    QWidget *m_blank = nullptr;
    QMenu *m_recentMenu = nullptr;
    QAction *m_presentAction = nullptr, *m_fullStageAction = nullptr;
    std::vector<QAction *> m_themeActions, m_comparisonActions;

    std::optional<Lesson> m_lesson;          // of what is shown
    std::optional<ProgramPlace> m_place;     // where to stand when the recording that runs is done
    QString m_path;                          // of the file that is shown or being recorded; may be empty
    QStringList m_recent;
    bool m_besideByScene = false;            // the comparison is a lesson scene's
    bool m_presenting = false;
    bool m_wasFullScreen = false;
    double m_textScaleBefore = 1;
    QString m_profile;                       // full name, of the next recording of a script
};

} // namespace pyrena
