#include <QAccessible>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

#include "app/mainwindow.h"
#include "app/messagebar.h"
#include "app/startpage.h"
#include "app/windowshot.h"
#include "tests/ui/window/warnings.h"
#include "ui/docks/codedock.h"
#include "ui/docks/inspectordock.h"
#include "ui/docks/lessondock.h"
#include "ui/docks/lessonsession.h"
#include "ui/docks/outputdock.h"
#include "ui/docks/questioncard.h"
#include "ui/docks/timelinedock.h"
#include "ui/docks/workbench.h"
#include "ui/views/codeview.h"
#include "ui/views/figureview.h"
#include "ui/views/scrubber.h"
#include "ui/views/stage.h"

namespace pyrena {

namespace {

const QString kSnake = QStringLiteral("import gc\na = []\na.append(a)\ndel a\nprint(gc.collect())\n");

const char *kLesson = R"(---
title: A small lesson
id: small
part: 1
goal: See a list go.
python: ["3.13"]
level: 3
minutes: 5
---

Two names, one list.

```python
a = []        #@ born
b = a
del a         #@ gone
print(b)      #@ end
```

```scene
at: after born
show: objects
focus: a
```
The list is born. It has one name.

```question
id: count
before: gone
kind: number
ask: What is the list's count after this line?
answer: refcount(list#1) @ after gone
wrong:
  2: {why: "One of the two names goes."}
explain: One name is left.
```

```scene
at: after gone
show: [objects, memory]
focus: b
```
One name is left.
)";

void settle()
{
    for (int i = 0; i < 4; ++i)
        QCoreApplication::processEvents();
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void firstStartShowsLessonsAndSandbox();
    void theSandboxRuns();
    void keysAndButtonsStepBothWays();
    void everySeekShowsTheWorldOfATimeline();
    void codeViewMarksTheLineAndAClickGoesThere();
    void outputGrowsAndShrinksWithThePlayhead();
    void selectionFillsTheInspector();
    void anotherProfileKeepsTheLine();
    void aSyntaxErrorIsShownWhereItIs();
    void anEndlessProgramCanBeCancelled();
    void layoutThemeAndSandboxAreRemembered();
    void aDroppedFileOpens();
    void everyThemeRepaints();
    void fullStageAndPresentingComeBack();
    void aQuestionStopsThePlayheadAndIsJudged();
    void progressIsSaved();
    void everyControlHasAName();
    void thePictureIsReadByItems();
    void windowPicturesAreDeterministic();

private:
    // A window with the program recorded and shown.
    void open(MainWindow &window, const QString &source = kSnake);
    QString file(const QString &name, const QByteArray &text);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMainWindow::initTestCase()
{
    test::collectWarnings();
}

void TestMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder->path());
}

void TestMainWindow::cleanup()
{
    QCOMPARE(test::takeWarnings(), QString());
}

void TestMainWindow::open(MainWindow &window, const QString &source)
{
    window.appearance().setReducedMotion(true);
    window.resize(1280, 800);
    window.show();
    window.activateWindow();   // no window manager does it for a test
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    window.runSource(source, QStringLiteral("test.py"));
    QVERIFY(finished.wait(20000));
    QVERIFY2(window.playhead().hasTrace(), qPrintable(window.messageBar()->text()));
    settle();
}

QString TestMainWindow::file(const QString &name, const QByteArray &text)
{
    const QString path = m_folder->filePath(name);
    QFile f(path);
    if (f.open(QIODevice::WriteOnly))
        f.write(text);
    return path;
}

void TestMainWindow::firstStartShowsLessonsAndSandbox()
{
    MainWindow window;
    window.show();
    QVERIFY(window.onStartPage());
    QVERIFY(!window.library().lessons().empty());
    for (const LibraryLesson &l : window.library().lessons()) {
        auto *row = window.findChild<QAbstractButton *>(QStringLiteral("lesson-") + QString::fromStdString(l.lesson.id));
        QVERIFY2(row, l.lesson.id.c_str());
        QCOMPARE(row->accessibleDescription(), QString::fromStdString(l.lesson.goal));
    }
    QVERIFY(window.startPage()->sandbox()->toPlainText().contains(QLatin1String("import gc")));
}

void TestMainWindow::theSandboxRuns()
{
    MainWindow window;
    window.show();
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    QTest::keyClick(window.startPage()->sandbox(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(finished.wait(20000));
    QVERIFY(!window.onStartPage());
    QVERIFY(window.playhead().end() > 0);
}

void TestMainWindow::keysAndButtonsStepBothWays()
{
    MainWindow window;
    open(window);
    Playhead &playhead = window.playhead();
    FigureView *stage = window.workbench()->stage()->currentFigure();
    stage->setFocus();
    const auto press = [&](int key, Qt::KeyboardModifiers m = Qt::NoModifier) { QTest::keyClick(stage, static_cast<Qt::Key>(key), m); };
    press(Qt::Key_Home);
    QVERIFY(playhead.atStart());
    const Stops &stops = playhead.trace().stops;
    for (std::uint32_t i = 1; i < 6; ++i) {
        press(i % 2 ? Qt::Key_Right : Qt::Key_PageDown);
        QCOMPARE(playhead.position(), stops.position(i, playhead.granularity()));
    }
    press(Qt::Key_Left);
    press(Qt::Key_P);
    QCOMPARE(playhead.position(), stops.position(3, playhead.granularity()));
    press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(stops.position(stops.indexOf(playhead.position(), Granularity::Line), Granularity::Line), playhead.position());
    press(Qt::Key_End);
    QVERIFY(playhead.atEnd());
    QTest::mouseClick(window.findChild<QToolButton *>(QStringLiteral("back")), Qt::LeftButton);
    QCOMPARE(playhead.position(), stops.previous(playhead.end(), playhead.granularity()));
    QTest::mouseClick(window.findChild<QToolButton *>(QStringLiteral("first")), Qt::LeftButton);
    QVERIFY(playhead.atStart());
    QVERIFY(!window.findChild<QToolButton *>(QStringLiteral("back"))->isEnabled());
    QTest::mouseClick(window.findChild<QToolButton *>(QStringLiteral("forward")), Qt::LeftButton);
    QCOMPARE(playhead.position(), stops.position(1, playhead.granularity()));
    press(Qt::Key_Space);
    QVERIFY(window.player().playing());
    press(Qt::Key_Space);
    QVERIFY(!window.player().playing());
}

void TestMainWindow::everySeekShowsTheWorldOfATimeline()
{
    MainWindow window;
    open(window, QStringLiteral("kept = []\nfor i in range(40):\n    kept.append([i])\nkept = None\nprint(1)\n"));
    Timeline timeline(window.playhead().sharedTrace());
    QRandomGenerator random(3);
    for (int i = 0; i < 25; ++i) {
        const std::uint32_t position = random.bounded(window.playhead().end() + 1);
        window.playhead().seek(position);
        settle();
        QVERIFY(window.playhead().world() == timeline.seek(position));
    }
}

void TestMainWindow::codeViewMarksTheLineAndAClickGoesThere()
{
    MainWindow window;
    open(window);
    CodeView *code = window.workbench()->codeDock()->view();
    QCOMPARE(code->toPlainText() + QLatin1Char('\n'), kSnake);
    window.playhead().toStart();
    QCOMPARE(code->currentLine(), 0);
    QCOMPARE(code->nextLine(), 1);
    for (int line = 1; line <= 5; ++line) {
        window.playhead().stepForward(Granularity::Line);
        QCOMPARE(code->currentLine(), line);
    }
    // A click on line 3.
    const QTextCursor cursor(code->document()->findBlockByNumber(2));
    const QPoint at = code->cursorRect(cursor).center() + QPoint(12, 0);
    QTest::mouseClick(code->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(code->currentLine(), 3);
    QVERIFY(!window.workbench()->codeDock()->stepTexts().isEmpty());
    QVERIFY(window.workbench()->codeDock()->stepTexts().front().startsWith(QLatin1String("3.1 ")));
}

void TestMainWindow::outputGrowsAndShrinksWithThePlayhead()
{
    MainWindow window;
    open(window, QStringLiteral("print('one')\nprint('two')\n1 / 0\n"));
    OutputDock *output = window.workbench()->outputDock();
    window.playhead().toStart();
    QCOMPARE(output->text(), QString());
    window.playhead().stepForward(Granularity::Line);
    QCOMPARE(output->text(), QStringLiteral("one\n"));
    window.playhead().toEnd();
    QVERIFY(output->text().startsWith(QLatin1String("one\ntwo\n")));
    QVERIFY2(output->text().contains(QLatin1String("ZeroDivisionError")), qPrintable(output->text()));
    window.playhead().toStart();
    QCOMPARE(output->text(), QString());
}

void TestMainWindow::selectionFillsTheInspector()
{
    MainWindow window;
    open(window);
    window.playhead().stepForward(Granularity::Line);
    window.playhead().stepForward(Granularity::Line);   // a.append(a)
    const auto list = findObject(window.playhead().trace(), window.playhead().world(), "a");
    QVERIFY(list && *list);
    window.selection().select(*list);
    InspectorDock *inspector = window.workbench()->inspectorDock();
    QVERIFY(inspector->shown().title.startsWith(QLatin1String("list#")));
    QCOMPARE(inspector->shown().holders.size(), std::size_t(2));
    const std::uint32_t before = window.playhead().position();
    QVERIFY(inspector->goToNextChange());
    QVERIFY(window.playhead().position() > before);
    inspector->goToBirth();
    QVERIFY(window.playhead().world().object(*list).alive());
    window.playhead().stepBack(Granularity::Event);
    QVERIFY(!window.playhead().world().contains(*list) || !window.playhead().world().object(*list).alive());
}

void TestMainWindow::anotherProfileKeepsTheLine()
{
    MainWindow window;
    open(window, QStringLiteral("x = []\nfor i in range(4):\n    x.append(i)\nprint(x)\n"));
    window.playhead().seek(nextExecutionOf(window.playhead().trace(), 3, nextExecutionOf(window.playhead().trace(), 3, 0)));
    const ProgramPlace place = placeAt(window.playhead().trace(), window.playhead().position());
    QCOMPARE(place.occurrence, 2u);
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    window.setProfile(QStringLiteral("classic"));
    QVERIFY(finished.wait(20000));
    QCOMPARE(window.playhead().trace().profile->name, std::string_view("classic"));
    const ProgramPlace now = placeAt(window.playhead().trace(), window.playhead().position());
    QCOMPARE(now.line, place.line);
    QCOMPARE(now.occurrence, place.occurrence);
}

void TestMainWindow::aSyntaxErrorIsShownWhereItIs()
{
    MainWindow window;
    open(window);
    const auto before = window.playhead().sharedTrace();
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    window.runSource(QStringLiteral("a = [1\nb = )\n"), QStringLiteral("wrong.py"));
    QVERIFY(finished.wait(20000));
    QCOMPARE(window.playhead().sharedTrace(), before);
    CodeDock *code = window.workbench()->codeDock();
    QVERIFY(code->editing());
    QVERIFY(code->editor()->problem().has_value());
    QVERIFY(code->editor()->problem()->span.begin.line > 0);
    QVERIFY2(window.messageBar()->text().startsWith(QLatin1String("wrong.py:")), qPrintable(window.messageBar()->text()));
    QVERIFY(window.messageBar()->isVisible());
    // Mending it and Ctrl+Return runs it.
    code->editor()->setPlainText(QStringLiteral("a = [1]\n"));
    QVERIFY(!code->editor()->problem().has_value());
    QTest::keyClick(code->editor(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(finished.wait(20000));
    QVERIFY(window.playhead().sharedTrace() != before);
}

void TestMainWindow::anEndlessProgramCanBeCancelled()
{
    MainWindow window;
    open(window);
    const auto before = window.playhead().sharedTrace();
    RecordingJob job;
    QSignalSpy ended(&job, &RecordingJob::finished);
    std::shared_ptr<const RecordingResult> result;
    connect(&job, &RecordingJob::finished, this, [&result](const std::shared_ptr<const RecordingResult> &r) { result = r; });
    Recipe endless;
    endless.source = "while True:\n    pass\n";
    endless.maxChanges = 0xfffffff0u;
    job.start(endless);
    QVERIFY(job.running());
    job.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(result, 20000);
    QVERIFY(result->cancelled && !result->trace);
    window.showResult(*result);
    QCOMPARE(window.playhead().sharedTrace(), before);
    QVERIFY(window.messageBar()->isVisible());
}

void TestMainWindow::layoutThemeAndSandboxAreRemembered()
{
    {
        MainWindow window;
        open(window);
        window.workbench()->outputDock()->close();
        window.setTheme(ThemeName::Dark);
        window.appearance().setLevel(4);
        window.player().setSpeed(4);
        window.workbench()->stage()->setSideBySide(true);
        window.startPage()->sandbox()->setPlainText(QStringLiteral("x = 1"));
        window.close();
    }
    MainWindow window;
    open(window);
    QCOMPARE(window.appearance().themeName(), ThemeName::Dark);
    QCOMPARE(window.appearance().level(), 4);
    QCOMPARE(window.player().speed(), 4.0);
    QVERIFY(window.workbench()->stage()->sideBySide());
    QVERIFY(!window.workbench()->outputDock()->isVisible());
    QVERIFY(window.workbench()->inspectorDock()->isVisible());
    QCOMPARE(window.startPage()->sandbox()->toPlainText(), QStringLiteral("x = 1"));
    window.workbench()->resetLayout();
    QVERIFY(window.workbench()->outputDock()->isVisible());
    QVERIFY(!window.workbench()->stage()->sideBySide());
}

void TestMainWindow::aDroppedFileOpens()
{
    MainWindow window;
    window.show();
    const QString path = file(QStringLiteral("dropped.py"), "a = 1\n");
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &drop);
    QVERIFY(finished.wait(20000));
    QCOMPARE(window.recentFiles(), QStringList(path));
    QVERIFY(window.windowTitle().startsWith(QLatin1String("dropped.py")));

    QMimeData wrong;
    wrong.setUrls({QUrl::fromLocalFile(file(QStringLiteral("picture.png"), "x"))});
    QDragEnterEvent no(QPoint(50, 50), Qt::CopyAction, &wrong, Qt::LeftButton, Qt::NoModifier);
    no.ignore();
    QCoreApplication::sendEvent(&window, &no);
    QVERIFY(!no.isAccepted());
    QVERIFY(!window.openFile(m_folder->filePath(QStringLiteral("is-not-there.py"))));
    QVERIFY(window.messageBar()->isVisible());
}

void TestMainWindow::everyThemeRepaints()
{
    MainWindow window;
    open(window);
    QImage last;
    for (const ThemeName name : {ThemeName::BrightRoom, ThemeName::Dark, ThemeName::Print, ThemeName::Light}) {
        window.setTheme(name);
        settle();
        const QImage picture = window.grab().toImage();
        QVERIFY(picture != last);
        QCOMPARE(picture.pixelColor(4, picture.height() - 4), window.appearance().theme().paper);
        last = picture;
    }
}

void TestMainWindow::fullStageAndPresentingComeBack()
{
    MainWindow window;
    open(window);
    const QByteArray layout = window.workbench()->saveState();
    FigureView *stage = window.workbench()->stage()->currentFigure();
    stage->setFocus();
    QTest::keyClick(stage, Qt::Key_F);
    QVERIFY(!window.workbench()->inspectorDock()->isVisible());
    QVERIFY(!window.workbench()->timelineDock()->isVisible());
    QTest::keyClick(stage, Qt::Key_F);
    QVERIFY(window.workbench()->inspectorDock()->isVisible());

    window.setPresenting(true);
    settle();
    QCOMPARE(window.appearance().theme().textScale, 1.6);
    QVERIFY(!window.workbench()->inspectorDock()->isVisible());
    const std::uint32_t before = window.playhead().position();
    QTest::keyClick(window.workbench()->codeDock()->view(), Qt::Key_PageDown);   // a clicker wins over scrolling
    QVERIFY(window.playhead().position() > before);
    QTest::keyClick(&window, Qt::Key_B);
    QVERIFY(window.findChild<QWidget *>(QStringLiteral("blank")));
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(!window.findChild<QWidget *>(QStringLiteral("blank")));
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(!window.presenting());
    QCOMPARE(window.appearance().theme().textScale, 1.0);
    QVERIFY(window.workbench()->inspectorDock()->isVisible());
}

void TestMainWindow::aQuestionStopsThePlayheadAndIsJudged()
{
    MainWindow window;
    window.appearance().setReducedMotion(true);
    window.show();
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    QVERIFY2(window.openFile(file(QStringLiteral("small.md"), kLesson)), qPrintable(window.messageBar()->text()));
    QVERIFY(finished.wait(20000));
    settle();
    LessonSession *session = window.workbench()->lessonSession();
    LessonDock *dock = window.workbench()->lessonDock();
    QVERIFY(session->active());
    QCOMPARE(window.appearance().level(), 3);
    QCOMPARE(dock->narration(), QStringLiteral("Two names, one list."));
    QVERIFY(!window.workbench()->codeDock()->view()->toPlainText().contains(QLatin1String("#@")));
    dock->nextButton()->click();
    QCOMPARE(session->scene(), 0);
    QCOMPARE(dock->narration(), QStringLiteral("The list is born. It has one name."));
    dock->nextButton()->click();              // the question comes first
    QCOMPARE(session->scene(), 0);
    QCOMPARE(session->question(), 0);
    QVERIFY(!dock->nextButton()->isEnabled());
    const std::uint32_t gate = window.playhead().position();
    window.playhead().stepForward();
    QCOMPARE(window.playhead().position(), gate);
    session->answer(QStringLiteral("2"));
    QVERIFY(!session->answers().at(0).judgement.right);
    QCOMPARE(session->answers().at(0).judgement.explanation, std::string("One of the two names goes."));
    QVERIFY(window.playhead().position() > gate);
    QCOMPARE(session->lastAnswered(), 0);
    QVERIFY(dock->card()->isVisible());
    dock->nextButton()->click();
    QCOMPARE(session->scene(), 1);
    QVERIFY(window.workbench()->stage()->sideBySide());
    // Back before the question: it is not asked again.
    window.playhead().toStart();
    window.playhead().toEnd();
    QCOMPARE(session->question(), -1);
}

void TestMainWindow::progressIsSaved()
{
    const QString path = file(QStringLiteral("small.md"), kLesson);
    {
        MainWindow window;
        QSignalSpy finished(&window, &MainWindow::recordingFinished);
        QVERIFY(window.openFile(path));
        QVERIFY(finished.wait(20000));
        LessonSession *session = window.workbench()->lessonSession();
        session->nextScene();
        session->nextScene();
        QCOMPARE(session->question(), 0);
        session->answer(QStringLiteral("1"));
        session->nextScene();
        QCOMPARE(session->scene(), 1);
    }
    MainWindow window;
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    QVERIFY(window.openFile(path));
    QVERIFY(finished.wait(20000));
    const LessonSession *session = window.workbench()->lessonSession();
    QCOMPARE(session->scene(), 1);
    QVERIFY(session->answered(0));
    QVERIFY(session->answers().at(0).judgement.right);
}

void TestMainWindow::everyControlHasAName()
{
    MainWindow window;
    open(window);
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->inherits("QScrollBar")
            || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        const QAccessibleInterface *seen = QAccessible::queryAccessibleInterface(widget);
        const QString name = seen ? seen->text(QAccessible::Name) : QString();
        QVERIFY2(!name.isEmpty(), qPrintable(QStringLiteral("%1 '%2' in %3").arg(QLatin1String(widget->metaObject()->className()),
                 widget->objectName(), QLatin1String(widget->parentWidget()->metaObject()->className()))));
        if (widget->inherits("QAbstractButton"))
            QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(name));
    }
}

void TestMainWindow::thePictureIsReadByItems()
{
    MainWindow window;
    open(window);
    window.playhead().stepForward(Granularity::Line);
    FigureView *objects = window.workbench()->stage()->objects();
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(objects);
    QVERIFY(list);
    QCOMPARE(list->childCount(), static_cast<int>(objects->items().size()));
    QVERIFY(list->childCount() > 0);
    QVERIFY(!list->child(0)->text(QAccessible::Name).isEmpty());
    objects->setFocus();
    QTest::keyClick(objects, Qt::Key_Tab);
    QCOMPARE(objects->currentItem(), 0);
    QCOMPARE(window.selection().selected(), objects->items()[0].what);
    QTest::keyClick(objects, Qt::Key_Plus);
    QVERIFY(!objects->camera().fitted);
    QTest::keyClick(objects, Qt::Key_0);
    QVERIFY(objects->camera().fitted);
}

void TestMainWindow::windowPicturesAreDeterministic()
{
    WindowShot shot;
    Recipe recipe;
    recipe.source = kSnake.toStdString();
    shot.recording = recordNow(recipe, {});
    QVERIFY(shot.recording.trace);
    shot.position = shot.recording.trace->changeCount() / 2;
    const QImage once = renderWindow(shot);
    QCOMPARE(once.size(), QSize(1280, 800));
    QCOMPARE(renderWindow(shot), once);
    shot.scale = 2;
    QCOMPARE(renderWindow(shot).size(), QSize(2560, 1600));
}

} // namespace pyrena

QTEST_MAIN(pyrena::TestMainWindow)
#include "tst_mainwindow.moc"
