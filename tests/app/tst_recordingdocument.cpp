#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QDropEvent>
#include <QListView>
#include <QListWidget>
#include <QMimeData>
#include <QRandomGenerator>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include "app/mainwindow.h"
#include "app/messagebar.h"
#include "app/windowshot.h"
#include "core/explain/explain.h"
#include "tests/ui/window/warnings.h"
#include "ui/docks/codedock.h"
#include "ui/docks/fragmentationdock.h"
#include "ui/docks/inspectordock.h"
#include "ui/docks/lessondock.h"
#include "ui/docks/outputdock.h"
#include "ui/docks/recordingdock.h"
#include "ui/docks/workbench.h"
#include "ui/models/eventmodel.h"
#include "ui/models/stepsearchmodel.h"
#include "ui/views/changesview.h"
#include "ui/views/classchart.h"
#include "ui/views/figureview.h"
#include "ui/views/partsbar.h"
#include "ui/views/partsplot.h"
#include "ui/views/plotsview.h"
#include "ui/views/stage.h"
#include "ui/views/topbar.h"

namespace pyrena {

namespace {

const QString kData = QStringLiteral(PYRENA_TEST_DATA "/allocator/");
const QString kStartup = kData + QStringLiteral("3.13.0/p00_startup.trace.gz");
const QString kArenas = kData + QStringLiteral("3.7.3/s_arenas4k-2-mix.trace.gz");

void settle()
{
    for (int i = 0; i < 4; ++i)
        QCoreApplication::processEvents();
}

QByteArray header(std::uint64_t requests)
{
    const QByteArray n = QByteArray::number(qulonglong(requests)), half = QByteArray::number(qulonglong(requests / 2));
    return "pmtrace 2\npython 3.13.0\nprogram made-up\nalign 16\npool 16384\narena 1048576\nthreshold 512\nheader 48\n"
           "keep_last_arena 1\nops " + n + "\nids " + half + "\nsmall " + half + "\nraw 0\narenas_made 1\narenas_released 0\n"
           "unaligned_arenas 0\nbegin\nP 0\nA 0 0 0\n";
}

// A block taken and given back, over and over: CPython hands the same one out each time.
QByteArray longRecording(int pairs)
{
    QByteArray text = header(2 * std::uint64_t(pairs));
    for (int i = 0; i < pairs; ++i)
        text += "m 24 0.0.48\nf 1\n";
    return text + "end\n";
}

} // namespace

class TestRecordingDocument : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { test::collectWarnings(); }
    void init();
    void cleanup() { QCOMPARE(test::takeWarnings(), QString()); }

    void aRecordingOpensWithItsFacts();
    void whatIsShownAtRandomMiddlesIsWhatCoreSays();
    void aMarkIsAPlaceToGoTo();
    void stepsAreRequestsAndEventsBothWays();
    void loadingCanBeCancelled();
    void aCorruptFileSaysWhereAndChangesNothing();
    void aRecordingIsKnownByWhatItHolds();
    void tooManyRequestsForStepsAreSteppedAllTheSame();
    void aRecordingBeyondTheLimitIsShownUpToThere();
    void theListOfChangesIsAModelThatKeepsNoRows();
    void theListOfChangesIsAModelWhereverThePlayheadIs();
    void searchFindsRequests();
    void chartsSelectAndSeek();
    void programsAndRecordingsHaveLayoutsOfTheirOwn();
    void aRecordingLeavesNothingBehindInTheNextProgram();
    void everyControlHasAName();
    void windowPicturesAreDeterministic();

private:
    void show(MainWindow &window);
    void open(MainWindow &window, const QString &path, const RecordedReplayOptions &options = windowReplayOptions());
    QString file(const QString &name, const QByteArray &text);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRecordingDocument::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder->path());
}

void TestRecordingDocument::show(MainWindow &window)
{
    window.appearance().setReducedMotion(true);
    window.resize(1280, 800);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

void TestRecordingDocument::open(MainWindow &window, const QString &path, const RecordedReplayOptions &options)
{
    show(window);
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    window.openReplay(path, options);
    QVERIFY(finished.wait(30000));
    QVERIFY2(window.playhead().replay(), qPrintable(window.messageBar()->text()));
    window.workbench()->seriesSource()->wait();
    settle();
}

QString TestRecordingDocument::file(const QString &name, const QByteArray &text)
{
    const QString path = m_folder->filePath(name);
    QFile f(path);
    if (f.open(QIODevice::WriteOnly))
        f.write(text);
    return path;
}

void TestRecordingDocument::aRecordingOpensWithItsFacts()
{
    MainWindow window;
    show(window);
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    QVERIFY(window.openFile(kStartup));
    QVERIFY(finished.wait(30000));
    const auto &replay = window.playhead().replay();
    QVERIFY(replay);
    Workbench *bench = window.workbench();
    QVERIFY(!window.onStartPage());
    QVERIFY(window.windowTitle().startsWith(QLatin1String("p00_startup.trace.gz")));
    QCOMPARE(window.recentFiles().front(), QFileInfo(kStartup).absoluteFilePath());
    QCOMPARE(bench->stage()->tab(), int(Stage::MemoryTab));
    QVERIFY(bench->stage()->memory()->isVisible());
    QVERIFY(!window.findChild<QTabBar *>(QStringLiteral("stageTabs"))->isTabVisible(Stage::ObjectsTab));
    QVERIFY(bench->recordingDock()->isVisible());
    QVERIFY(bench->fragmentationDock()->isVisible());
    QVERIFY(!bench->lessonDock()->isVisible() && !bench->codeDock()->isVisible() && !bench->outputDock()->isVisible());
    QVERIFY(!window.messageBar()->isVisible());
    QString facts;
    for (const RecordingDock::Fact &fact : bench->recordingDock()->facts())
        facts += fact.label + QStringLiteral(": ") + fact.value + QLatin1Char('\n');
    QVERIFY2(facts.contains(QLatin1String("program: p00_startup")), qPrintable(facts));
    QVERIFY(facts.contains(QLatin1String("Python: 3.13.0")));
    QVERIFY(facts.contains(QLatin1String("34,824")));
    QVERIFY(facts.contains(QLatin1String("arenas: 2 made, ")));
    QVERIFY(facts.contains(QLocale().toString(qulonglong(replay->report.placements)) + QLatin1String(" placements")));
    QVERIFY(facts.contains(QLatin1String("no difference")));
    QCOMPARE(bench->recordingDock()->marks()->count(), 4);
}

void TestRecordingDocument::whatIsShownAtRandomMiddlesIsWhatCoreSays()
{
    for (const QString &path : {kStartup, kArenas}) {
        MainWindow window;
        open(window, path);
        Playhead &playhead = window.playhead();
        Workbench *bench = window.workbench();
        bench->stage()->setTab(Stage::PlotsTab);
        Timeline timeline(playhead.sharedTrace());
        QRandomGenerator random(7);
        for (int i = 0; i < 60; ++i) {
            // Far jumps and short walks, both ways.
            const std::uint32_t before = playhead.position();
            switch (i % 4) {
            case 0: playhead.seek(random.bounded(playhead.end() + 1)); break;
            case 1: playhead.stepForward(Granularity::Line); break;
            case 2: playhead.stepBack(Granularity::Event); break;
            default: playhead.seek(before > 700 ? before - random.bounded(700) : before + 300); break;
            }
            const World &world = timeline.seek(playhead.position());
            QVERIFY(playhead.world() == world);
            const Fragmentation expected = fragmentationOf(world.heap);
            QVERIFY(bench->fragmentationDock()->shown() == expected);
            QCOMPARE(expected.inArenas(), std::uint64_t(world.heap.totals.arenasNow) * world.heap.arenaSize);
            QVERIFY(bench->fragmentationDock()->bar()->sumText().contains(QLocale().toString(qulonglong(expected.inArenas()))));
            const HeapSample &now = bench->stage()->plots()->now();
            QCOMPARE(now.position, playhead.position());
            QCOMPARE(now.requested, world.heap.totals.bytesRequested);
            QCOMPARE(now.resident, world.heap.totals.bytesResident);
            QCOMPARE(now.reserved, world.heap.totals.bytesReserved);
            QCOMPARE(now.inArenas(), expected.inArenas());
        }
        // The curves are of the same worlds.
        const TraceSeries &series = bench->seriesSource()->series();
        QVERIFY(series.samples.size() > 100);
        QCOMPARE(series.samples.back().position, playhead.end());
        for (std::size_t i = 0; i < series.samples.size(); i += 83) {
            const World &world = timeline.seek(series.samples[i].position);
            const Fragmentation expected = fragmentationOf(world.heap);
            for (const HeapPart part : allHeapParts())
                QCOMPARE(series.samples[i].parts[static_cast<std::size_t>(part)], bytesOf(expected, part));
            QCOMPARE(series.samples[i].resident, world.heap.totals.bytesResident);
        }
    }
}

void TestRecordingDocument::aMarkIsAPlaceToGoTo()
{
    MainWindow window;
    open(window, kStartup);
    const auto &replay = window.playhead().replay();
    QListWidget *marks = window.workbench()->recordingDock()->marks();
    for (const int row : {2, 0, 3, 1}) {
        QTest::mouseClick(marks->viewport(), Qt::LeftButton, {}, marks->visualItemRect(marks->item(row)).center());
        QCOMPARE(window.playhead().position(), replay->marks[static_cast<std::size_t>(row)].position);
        QVERIFY(marks->item(row)->text().endsWith(QString::fromStdString(markSentence(replay->marks[static_cast<std::size_t>(row)].phase))));
    }
}

void TestRecordingDocument::stepsAreRequestsAndEventsBothWays()
{
    MainWindow window;
    open(window, kStartup);
    Playhead &playhead = window.playhead();
    const RecordedReplay &replay = *playhead.replay();
    QCOMPARE(playhead.granularity(), Granularity::Line);
    FigureView *memory = window.workbench()->stage()->memory();
    memory->setFocus();
    playhead.seek(replay.eventEnds[5000]);
    const std::uint64_t requests = replay.requestsAt(playhead.position());
    QTest::keyClick(memory, Qt::Key_Right);
    QCOMPARE(replay.requestsAt(playhead.position()), requests + 1);
    QTest::keyClick(memory, Qt::Key_Left);
    QCOMPARE(playhead.position(), replay.eventEnds[5000]);
    playhead.setGranularity(Granularity::Event);
    QTest::keyClick(memory, Qt::Key_Right);
    QCOMPARE(playhead.position(), replay.eventEnds[5000] + 1);
    QTest::keyClick(memory, Qt::Key_Left);
    QTest::keyClick(memory, Qt::Key_Left);
    QCOMPARE(playhead.position(), replay.eventEnds[5000] - 1);
    QTest::keyClick(memory, Qt::Key_Home);
    QVERIFY(playhead.atStart());
    QTest::keyClick(memory, Qt::Key_End);
    QCOMPARE(playhead.position(), replay.trace->changeCount());
}

void TestRecordingDocument::loadingCanBeCancelled()
{
    MainWindow window;
    open(window, kArenas);
    const auto before = window.playhead().replay();
    const std::uint32_t position = window.playhead().position();
    const QString big = file(QStringLiteral("big.pytrace"), longRecording(400'000));
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    window.openReplay(big);
    QVERIFY(window.recording());
    QVERIFY(window.messageBar()->inProgress());
    Q_EMIT window.messageBar()->cancelWanted();
    QVERIFY(finished.wait(30000));
    QVERIFY2(window.messageBar()->text().contains(QLatin1String("Cancelled")), qPrintable(window.messageBar()->text()));
    QCOMPARE(window.playhead().replay(), before);
    QCOMPARE(window.playhead().position(), position);
    QVERIFY(!window.recentFiles().contains(big));
}

void TestRecordingDocument::aCorruptFileSaysWhereAndChangesNothing()
{
    MainWindow window;
    open(window, kStartup);
    const auto before = window.playhead().replay();
    QFile good(kStartup);
    QVERIFY(good.open(QIODevice::ReadOnly));
    const QByteArray cut = good.readAll().left(30'000);
    struct Wrong { const char *name; QByteArray bytes; const char *message; };
    const Wrong wrongs[] = {
        {"cut.trace.gz", cut, "cut.trace.gz:"},
        {"wrong.pytrace", header(4) + "m 24 0.0.48\nq 17\n", "wrong.pytrace:21: "},
        {"other.gz", QByteArray("\x1f\x8b not gzip at all", 19), "other.gz:1: "},
        {"empty.pytrace", QByteArray(), "empty.pytrace:1: the file is empty"},
    };
    for (const Wrong &wrong : wrongs) {
        const QString path = file(QString::fromLatin1(wrong.name), wrong.bytes);
        QSignalSpy finished(&window, &MainWindow::recordingFinished);
        QVERIFY(window.openFile(path));
        QVERIFY(finished.wait(30000));
        QVERIFY(window.messageBar()->isVisible());
        QVERIFY2(window.messageBar()->text().contains(QLatin1String(wrong.message)), qPrintable(window.messageBar()->text()));
        QCOMPARE(window.playhead().replay(), before);
        QVERIFY(!window.recentFiles().contains(path));
    }
}

void TestRecordingDocument::aRecordingIsKnownByWhatItHolds()
{
    MainWindow window;
    show(window);
    const QString path = file(QStringLiteral("no-ending"), longRecording(3));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &drop);
    QVERIFY(finished.wait(30000));
    QVERIFY(window.playhead().replay());
    QCOMPARE(window.playhead().replay()->eventEnds.size(), std::size_t(6));
    QVERIFY(window.playhead().replay()->report.exact());
    QCOMPARE(window.recentFiles(), QStringList(path));
}

void TestRecordingDocument::tooManyRequestsForStepsAreSteppedAllTheSame()
{
    const QString path = file(QStringLiteral("long.pytrace"), longRecording(150'000));
    MainWindow window;
    open(window, path);
    Playhead &playhead = window.playhead();
    const RecordedReplay &replay = *playhead.replay();
    QCOMPARE(replay.eventEnds.size(), std::size_t(300'000));
    QVERIFY(replay.trace->steps.empty());
    QVERIFY(replay.report.exact());
    QVERIFY(!window.messageBar()->isVisible());
    QRandomGenerator random(3);
    Timeline timeline(playhead.sharedTrace());
    ChangesView *changes = window.workbench()->stage()->changes();
    window.workbench()->stage()->setTab(Stage::ChangesTab);
    for (int i = 0; i < 12; ++i) {
        const std::size_t request = random.bounded(299'998u) + 1;
        playhead.seek(replay.eventEnds[request]);
        playhead.stepForward();
        QCOMPARE(playhead.position(), replay.eventEnds[request + 1]);
        playhead.stepBack();
        playhead.stepBack();
        QCOMPARE(playhead.position(), replay.eventEnds[request - 1]);
        QVERIFY(playhead.world() == timeline.seek(playhead.position()));
        settle();
        const QModelIndex row = changes->tree()->currentIndex();
        QCOMPARE(row.data(StepRows::EndRole).toUInt(), playhead.position());
        QCOMPARE(row.data(StepRows::LineRole).toUInt(), replay.lineAt(playhead.position()));
        QCOMPARE(row.data().toString(), QString::fromStdString(explainPosition(*replay.trace, playhead.position(), Granularity::Line)));
    }
}

void TestRecordingDocument::aRecordingBeyondTheLimitIsShownUpToThere()
{
    RecordedReplayOptions options;
    options.maxChanges = 9000;
    MainWindow window;
    open(window, kStartup, options);
    const RecordedReplay &replay = *window.playhead().replay();
    QCOMPARE(replay.trace->outcome, Outcome::LimitReached);
    QVERIFY(replay.eventEnds.size() < 34'824);
    QVERIFY(window.messageBar()->isVisible());
    QCOMPARE(window.messageBar()->text(), shortenedText(replay));
    QVERIFY2(window.messageBar()->text().contains(QLocale().toString(qulonglong(replay.eventEnds.size())) + QLatin1String(" of 34,824")),
             qPrintable(window.messageBar()->text()));
    window.playhead().toEnd();
    QCOMPARE(window.playhead().position(), replay.eventEnds.back());
    window.playhead().stepBack();
    QCOMPARE(window.playhead().position(), replay.eventEnds[replay.eventEnds.size() - 2]);
}

void TestRecordingDocument::theListOfChangesIsAModelThatKeepsNoRows()
{
    const Result<RecordedReplay> replay = recordRecording(kArenas.toStdString());
    QVERIFY(replay.ok());
    const auto shared = std::make_shared<const RecordedReplay>(*replay);
    const Trace &trace = *shared->trace;
    EventModel model;
    {
        // It walks through all rows at every signal: here at the one that they are there, below at those of a moving playhead.
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Warning);
        model.setReplay(shared);
    }
    const std::uint32_t requests = trace.stops.count(Granularity::Line) - 1;
    QCOMPARE(model.rowCount(), int((requests + EventModel::kGroup - 1) / EventModel::kGroup));
    // Every request once, in order, and its changes are those of the log.
    std::uint32_t seen = 0, changes = 0;
    for (int g = 0; g < model.rowCount(); ++g) {
        const QModelIndex group = model.index(g, 0);
        for (int r = 0; r < model.rowCount(group); ++r, ++seen) {
            const QModelIndex row = model.index(r, 0, group);
            QCOMPARE(row.data(StepRows::BeginRole).toUInt(), changes);
            changes = row.data(StepRows::EndRole).toUInt();
            QCOMPARE(changes, trace.stops.position(seen + 1, Granularity::Line));
            if (model.rowCount(row) > 0)
                QCOMPARE(std::uint32_t(model.rowCount(row)), changes - row.data(StepRows::BeginRole).toUInt());
        }
    }
    QCOMPARE(seen, requests);
    QCOMPARE(changes, trace.changeCount());
    QRandomGenerator random(11);
    for (int i = 0; i < 300; ++i) {
        const std::uint32_t position = random.bounded(trace.changeCount()) + 1;
        model.setPosition(position);
        const QModelIndex event = model.indexAt(position, Granularity::Event);
        QCOMPARE(event.data(StepRows::EndRole).toUInt(), position);
        const QModelIndex request = model.indexAt(position, Granularity::Line);
        QVERIFY(request.data(StepRows::BeginRole).toUInt() < position && request.data(StepRows::EndRole).toUInt() >= position);
        QVERIFY(event == request || event.parent() == request);
        QCOMPARE(model.index(request.row(), 0, request.parent()), request);
    }
}

void TestRecordingDocument::theListOfChangesIsAModelWhereverThePlayheadIs()
{
    // Three groups, the last of them not full.
    const Result<RecordedReplay> replay = recordRecording(file(QStringLiteral("groups.pytrace"), longRecording(EventModel::kGroup + 50)).toStdString());
    QVERIFY(replay.ok());
    const auto shared = std::make_shared<const RecordedReplay>(*replay);
    EventModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Warning);
    model.setReplay(shared);
    QCOMPARE(model.rowCount(), 3);
    QRandomGenerator random(12);
    for (int i = 0; i < 40; ++i) {
        const std::uint32_t position = random.bounded(shared->trace->changeCount()) + 1;
        model.setPosition(position);
        QCOMPARE(model.indexAt(position, Granularity::Event).data(StepRows::EndRole).toUInt(), position);
    }
    model.setReplay(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestRecordingDocument::searchFindsRequests()
{
    MainWindow window;
    open(window, kArenas);
    ChangesView *changes = window.workbench()->stage()->changes();
    window.workbench()->stage()->setTab(Stage::ChangesTab);
    StepSearchModel *search = changes->searchModel();
    QSignalSpy finished(search, &StepSearchModel::finished);
    search->search(QStringLiteral("a new arena was needed"));
    QVERIFY(finished.wait(30000));
    QCOMPARE(search->rowCount(), int(window.playhead().replay()->report.arenasMade));
    const std::uint32_t end = search->index(3).data(StepSearchModel::EndRole).toUInt();
    window.playhead().seek(end);
    const std::uint32_t arenas = window.playhead().world().heap.totals.arenasEver;
    window.playhead().stepBack();
    QCOMPARE(window.playhead().world().heap.totals.arenasEver + 1, arenas);
}

void TestRecordingDocument::chartsSelectAndSeek()
{
    MainWindow window;
    open(window, kArenas);
    Playhead &playhead = window.playhead();
    playhead.seek(playhead.end() / 2);
    settle();
    FragmentationDock *dock = window.workbench()->fragmentationDock();
    ClassChart *classes = dock->classes();
    classes->replot();
    const Fragmentation &shown = dock->shown();
    QVERIFY(shown.classes.size() > 2);
    for (std::size_t i = 0; i < shown.classes.size(); i += 2) {
        const QPoint at(int(classes->xOf(i)), classes->height() / 2);
        QTest::mouseClick(classes, Qt::LeftButton, {}, at);
        const auto *pool = std::get_if<SelectedPool>(&window.selection().selected());
        QVERIFY(pool);
        QCOMPARE(std::uint32_t(playhead.world().heap.pools[pool->pool.value].sizeClass), shown.classes[i].sizeClass);
        QVERIFY(classes->tipAt(at.x()).contains(QLocale().toString(qulonglong(shown.classes[i].requested))));
        QVERIFY(!window.workbench()->inspectorDock()->shown().rows.empty());
    }
    PartsPlot *overTime = dock->overTime();
    overTime->replot();
    const std::uint32_t goal = playhead.trace().stops.position(playhead.trace().stops.count(Granularity::Line) / 5, Granularity::Line);
    QTest::mouseClick(overTime, Qt::LeftButton, {}, QPoint(int(overTime->xOf(goal)), overTime->height() / 2));
    const double pixel = double(playhead.end()) / overTime->width();
    QVERIFY(std::abs(double(playhead.position()) - goal) < 3 * pixel);
    // On the stage's plots: a click goes there, a drag does not.
    Stage *stage = window.workbench()->stage();
    stage->setTab(Stage::PlotsTab);
    settle();
    PlotsView *plots = stage->plots();
    plots->replot();
    const QPoint middle(plots->width() / 2, plots->height() / 3);
    const double wanted = plots->chart().positionAt(middle.x());
    QTest::mouseClick(plots, Qt::LeftButton, {}, middle);
    QVERIFY(std::abs(double(playhead.position()) - wanted) < 100);
    const QCPRange all = plots->chart().visible();
    plots->setFocus();
    QTest::keyClick(plots, Qt::Key_Plus);
    QVERIFY(plots->chart().visible().size() < all.size());
    const std::uint32_t stays = playhead.position();
    QTest::mousePress(plots, Qt::LeftButton, {}, middle);
    QTest::mouseMove(plots, middle + QPoint(60, 0));
    QTest::mouseRelease(plots, Qt::LeftButton, {}, middle + QPoint(60, 0));
    QCOMPARE(playhead.position(), stays);
    QTest::keyClick(plots, Qt::Key_0);
    QCOMPARE(plots->chart().visible().size(), all.size());
}

void TestRecordingDocument::programsAndRecordingsHaveLayoutsOfTheirOwn()
{
    {
        MainWindow window;
        open(window, kArenas);
        Workbench *bench = window.workbench();
        bench->inspectorDock()->close();
        QSignalSpy finished(&window, &MainWindow::recordingFinished);
        window.runSource(QStringLiteral("a = []\n"), QStringLiteral("x.py"));
        QVERIFY(finished.wait(30000));
        settle();
        QVERIFY(bench->inspectorDock()->isVisible() && bench->codeDock()->isVisible());
        QVERIFY(!bench->recordingDock()->isVisible() && !bench->fragmentationDock()->isVisible());
        bench->outputDock()->close();
        bench->fragmentationDock()->toggleViewAction()->trigger();
        settle();
        QVERIFY(bench->fragmentationDock()->isVisible());
        QVERIFY(bench->fragmentationDock()->shown() == fragmentationOf(window.playhead().world().heap));
        window.openFile(kArenas);
        QVERIFY(finished.wait(30000));
        settle();
        QVERIFY(!bench->inspectorDock()->isVisible());
        QVERIFY(bench->recordingDock()->isVisible());
        window.close();
    }
    MainWindow window;
    open(window, kArenas);
    QVERIFY(!window.workbench()->inspectorDock()->isVisible());
    QVERIFY(window.workbench()->recordingDock()->isVisible());
    window.workbench()->resetLayout();
    QVERIFY(window.workbench()->inspectorDock()->isVisible());
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    window.runSource(QStringLiteral("a = []\n"), QStringLiteral("x.py"));
    QVERIFY(finished.wait(30000));
    settle();
    QVERIFY(!window.workbench()->outputDock()->isVisible());
    QVERIFY(window.workbench()->fragmentationDock()->isVisible());
}

void TestRecordingDocument::aRecordingLeavesNothingBehindInTheNextProgram()
{
    MainWindow window;
    open(window, kStartup);
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    window.setProfile(QStringLiteral("classic"));            // of the next program: nothing to run now
    QVERIFY(!window.recording());
    window.runSource(QStringLiteral("import gc\na = []\na.append(a)\ndel a\ngc.collect()\n"), QStringLiteral("x.py"));
    QVERIFY(finished.wait(30000));
    settle();
    QVERIFY(!window.playhead().replay());
    QCOMPARE(window.workbench()->stage()->tab(), int(Stage::ObjectsTab));
    QCOMPARE(window.playhead().granularity(), Granularity::Operation);
    QVERIFY(window.findChild<QTabBar *>(QStringLiteral("stageTabs"))->isTabVisible(Stage::CollectorTab));
    // Plots of a program: counts of the generations are those of the worlds.
    window.workbench()->stage()->setTab(Stage::PlotsTab);
    const TraceSeries &series = window.workbench()->seriesSource()->series();
    Timeline timeline(window.playhead().sharedTrace());
    for (std::size_t i = 0; i < series.samples.size(); i += 29) {
        const World &world = timeline.seek(series.samples[i].position);
        QCOMPARE(series.samples[i].gcCount, world.gc.count);
        QCOMPARE(series.samples[i].objects, world.liveObjects);
    }
    QVERIFY(!series.marks.collections.empty());
}

void TestRecordingDocument::everyControlHasAName()
{
    MainWindow window;
    open(window, kStartup);
    window.workbench()->stage()->setTab(Stage::PlotsTab);
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->inherits("QScrollBar")
            || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        const QAccessibleInterface *seen = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(seen && !seen->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
    }
}

void TestRecordingDocument::windowPicturesAreDeterministic()
{
    WindowShot shot;
    shot.recording = replayNow(kArenas, windowReplayOptions());
    QVERIFY(shot.recording.replay);
    shot.position = shot.recording.trace->changeCount() / 3;
    const QImage once = renderWindow(shot);
    QCOMPARE(once.size(), QSize(1280, 800));
    QCOMPARE(renderWindow(shot), once);
}

} // namespace pyrena

QTEST_MAIN(pyrena::TestRecordingDocument)
#include "tst_recordingdocument.moc"
