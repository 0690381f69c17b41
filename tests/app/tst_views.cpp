#include <QAccessible>
#include <QHelpEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QToolTip>

#include "app/mainwindow.h"
#include "tests/ui/window/warnings.h"
#include "ui/docks/biographypanel.h"
#include "ui/docks/outputdock.h"
#include "ui/docks/timelinedock.h"
#include "ui/docks/workbench.h"
#include "ui/figures/objects/objectsfigure.h"
#include "ui/views/codeview.h"
#include "ui/views/figureview.h"
#include "ui/views/plotsview.h"
#include "ui/views/scrubber.h"
#include "ui/views/stage.h"

#include <map>
#include <set>

namespace pyrena {

namespace {

const QString kLoop = QStringLiteral("kept = []\nfor i in [[1], [2], [3]]:\n    kept.append(i)\n    n = len(kept)\nkept = None\n");

// Rings under a low threshold: collections follow each other closely.
const QString kRings = QStringLiteral("import gc\ngc.set_threshold(4, 2, 2)\nn = 0\nwhile n < 40:\n    ring = []\n    ring.append(ring)\n    n = n + 1\ngc.collect()\n");

void settle()
{
    for (int i = 0; i < 4; ++i)
        QCoreApplication::processEvents();
}

} // namespace

class TestViews : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { test::collectWarnings(); }
    void init();
    void cleanup() { QCOMPARE(test::takeWarnings(), QString()); }

    void theChipSwitchesToOperations();
    void aStepBackRunsTheMotionBackwards();
    void whoAsksDuringAStepBackHearsOfThePresent();
    void labelsOfTheTimelineDoNotTouch();
    void aCollectionSaysWhatItVisitedAndFreed();
    void plotsOfEveryManagerHaveTheirPanels();
    void theBiographyNeedsALevelThatShowsBlocks();
    void theLineThatRunsIsInView();
    void eachVisitIsAStepBothWays();
    void anIdThatAMoveMadeStaleIsStruckOut();

private:
    void run(MainWindow &window, const QString &source, const QString &profile = {});
    // A position between whose lines a temporary is hidden.
    std::uint32_t positionWithChip(MainWindow &window);
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestViews::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder->path());
}

void TestViews::run(MainWindow &window, const QString &source, const QString &profile)
{
    window.appearance().setReducedMotion(true);
    window.resize(1280, 800);
    window.show();
    window.activateWindow();   // no window manager does it for a test
    QVERIFY(QTest::qWaitForWindowActive(&window));
    if (!profile.isEmpty())
        window.setProfile(profile);
    QSignalSpy finished(&window, &MainWindow::recordingFinished);
    window.runSource(source, QStringLiteral("x.py"));
    QVERIFY(finished.wait(30000));
    window.workbench()->seriesSource()->wait();
    settle();
}

std::uint32_t TestViews::positionWithChip(MainWindow &window)
{
    FigureView *view = window.workbench()->stage()->objects();
    Playhead &playhead = window.playhead();
    playhead.setGranularity(Granularity::Line);
    for (playhead.toStart(); !playhead.atEnd(); playhead.stepForward())
        if (!view->items().empty() && view->items().back().command != FigureCommand::None)
            return playhead.position();
    return 0;
}

void TestViews::theLineThatRunsIsInView()
{
    QString source;   // statements of one part and of many, so that the list of parts below comes and goes
    for (int i = 0; i < 30; ++i)
        source += i % 3 == 0 ? QStringLiteral("x = 1\n") : QStringLiteral("y = [[1], [2, 3], (4, [5], [6, 7])]\n");
    MainWindow window;
    run(window, source);
    auto *view = window.findChild<CodeView *>(QStringLiteral("codeView"));
    QVERIFY(view);
    Playhead &playhead = window.playhead();
    const auto check = [&] {
        settle();
        if (view->currentLine() == 0)
            return;
        const QTextBlock block = view->document()->findBlockByNumber(view->currentLine() - 1);
        QTextCursor cursor(block);
        QVERIFY2(view->viewport()->rect().contains(view->cursorRect(cursor)), qPrintable(QString::number(view->currentLine())));
    };
    playhead.setGranularity(Granularity::Operation);
    for (playhead.toStart(); !playhead.atEnd(); playhead.stepForward())
        check();
    playhead.setGranularity(Granularity::Line);
    for (; playhead.position() > 0; playhead.stepBack())
        check();
}

void TestViews::eachVisitIsAStepBothWays()
{
    const QString source = QStringLiteral("import gc, weakref\nclass Node:\n    def __del__(self):\n        pass\na = Node()\nb = [a]\na.b = b\n"
                                          "w = weakref.ref(a)\nc = [b]\ndel a, b\ngc.collect()\nc = None\ngc.collect()\n");
    for (const char *profile : {"3.13", "3.14.0", "copying"}) {
        MainWindow window;
        run(window, source, QString::fromLatin1(profile));
        Stage *stage = window.workbench()->stage();
        stage->setTab(Stage::CollectorTab);
        Playhead &playhead = window.playhead();
        const Trace &trace = playhead.trace();
        playhead.setGranularity(Granularity::Operation);
        StepId collection;
        for (std::uint32_t i = 0; i < trace.steps.size(); ++i)
            if (trace.steps[StepId(i)].kind == StepKind::Collection)
                collection = StepId(i);   // the last: it finds something
        const Step &step = trace.steps[collection];
        std::set<std::uint32_t> ends;   // where looks at objects end that changed something or were noted
        for (std::uint32_t i = collection.value + 1; i < step.last; ++i)
            if (const Step &s = trace.steps[StepId(i)]; s.kind == StepKind::Visit && s.end > s.begin)
                ends.insert(s.end);
        QVERIFY(ends.size() > 5);
        playhead.seek(step.begin);
        std::map<std::uint32_t, QImage> forward;
        for (; playhead.position() < step.end; playhead.stepForward()) {
            settle();
            forward[playhead.position()] = stage->collector()->grab().toImage();
        }
        for (const std::uint32_t end : ends)
            QVERIFY2(forward.contains(end) || end >= step.end, profile);
        int compared = 0;
        for (playhead.stepBack(); playhead.position() > step.begin; playhead.stepBack()) {
            settle();
            const auto seen = forward.find(playhead.position());
            QVERIFY2(seen != forward.end(), profile);
            QCOMPARE(stage->collector()->grab().toImage(), seen->second);
            ++compared;
        }
        QVERIFY(compared >= int(ends.size()) - 1);
    }
}

void TestViews::anIdThatAMoveMadeStaleIsStruckOut()
{
    const QString source = QStringLiteral("import gc\njunk = [[i] for i in range(9)]\nkeep = []\nplace = id(keep)\nprint(place, 12345678)\n"
                                          "junk = None\ngc.collect()\nprint(id(keep))\n");
    for (const QString &profile : {QStringLiteral("mark-compact"), QStringLiteral("3.13")}) {
        MainWindow window;
        run(window, source, profile);
        auto *output = window.workbench()->outputDock();
        const auto struck = [&] {
            QStringList texts;
            const auto *text = output->findChild<QPlainTextEdit *>();
            for (QTextBlock block = text->document()->begin(); block.isValid(); block = block.next())
                for (auto it = block.begin(); !it.atEnd(); ++it)
                    if (it.fragment().charFormat().fontStrikeOut())
                        texts << it.fragment().text();
            return texts;
        };
        Playhead &playhead = window.playhead();
        playhead.setGranularity(Granularity::Line);
        FigureView *view = window.workbench()->stage()->objects();
        const auto staleInObjects = [&] {
            for (const FigureHit &item : view->items())
                if (item.sentence.contains(QLatin1String("stale")))
                    return item.sentence.contains(QLatin1String("place"));
            return false;
        };
        playhead.toEnd();
        settle();
        const QString first = output->text().section(QLatin1Char(' '), 0, 0);
        const bool moves = profile == QLatin1String("mark-compact");
        QCOMPARE(struck(), moves ? QStringList{first} : QStringList());
        QCOMPARE(staleInObjects(), moves);
        while (playhead.world().gc.collections > 0)   // back to before the move: nothing is stale yet
            playhead.stepBack();
        settle();
        QVERIFY(output->text().startsWith(first));
        QCOMPARE(struck(), QStringList());
        QVERIFY(!staleInObjects());
    }
}

void TestViews::theChipSwitchesToOperations()
{
    MainWindow window;
    run(window, kLoop);
    FigureView *view = window.workbench()->stage()->objects();
    Playhead &playhead = window.playhead();
    const std::uint32_t position = positionWithChip(window);
    QVERIFY(position > 0);
    const auto chip = [&] { return view->items().empty() ? FigureHit() : view->items().back(); };
    QCOMPARE(chip().command, FigureCommand::StepByOperation);

    // By mouse; what is selected stays.
    window.selection().select(Selected(ObjectId(3)));
    QTest::mouseClick(view, Qt::LeftButton, {}, chip().rect.center().toPoint());
    QCOMPARE(playhead.granularity(), Granularity::Operation);
    QCOMPARE(playhead.position(), position);
    QCOMPARE(window.selection().object(), ObjectId(3));
    QCOMPARE(chip().command, FigureCommand::None);

    // By keyboard.
    playhead.setGranularity(Granularity::Line);
    view->setFocus();
    const int last = static_cast<int>(view->items().size()) - 1;
    for (int i = 0; i <= last; ++i)
        QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(view->currentItem(), last);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(playhead.granularity(), Granularity::Operation);

    // By a screen reader.
    playhead.setGranularity(Granularity::Line);
    QAccessibleInterface *picture = QAccessible::queryAccessibleInterface(view);
    QVERIFY(picture);
    QAccessibleInterface *button = picture->child(static_cast<int>(view->items().size()) - 1);
    QVERIFY(button);
    QCOMPARE(button->role(), QAccessible::Button);
    QVERIFY(button->text(QAccessible::Name).contains(QStringLiteral("hidden")));
    QVERIFY(button->actionInterface());
    button->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(playhead.granularity(), Granularity::Operation);
    QVERIFY(!picture->child(0)->actionInterface());
}

void TestViews::aStepBackRunsTheMotionBackwards()
{
    MainWindow window;
    run(window, kLoop);
    FigureView *view = window.workbench()->stage()->objects();
    Playhead &playhead = window.playhead();
    playhead.seek(playhead.nearestStop(playhead.end() / 2));
    view->grab();
    window.appearance().setReducedMotion(false);
    for (int i = 0; i < 5; ++i) {
        const std::uint32_t before = playhead.position();
        playhead.stepForward();
        const std::uint32_t after = playhead.position();
        QTRY_VERIFY(!view->animating());
        playhead.stepBack();
        QCOMPARE(playhead.position(), before);
        QVERIFY(view->animating() && view->undoing());
        // What is seen to go is the step that was taken back, at a world of its own.
        const FigureInput during = view->input();
        QCOMPARE(during.position, after);
        QCOMPARE(during.stepBegin, before);
        Timeline timeline(playhead.sharedTrace());
        QVERIFY(*during.world == timeline.seek(after));
        QVERIFY(playhead.world() == timeline.seek(before));
        QTRY_VERIFY(!view->animating());
        QVERIFY(!view->undoing());
        QCOMPARE(view->input().position, before);
        const QImage seen = view->grab().toImage();
        window.appearance().setReducedMotion(true);
        playhead.toStart();
        playhead.seek(before);
        QCOMPARE(seen, view->grab().toImage());
        window.appearance().setReducedMotion(false);
        playhead.stepForward();
        QTRY_VERIFY(!view->animating());
    }
    // A jump back is none, and nothing queues up when steps follow each other.
    playhead.seek(0);
    QVERIFY(!view->animating());
    playhead.toEnd();
    for (int i = 0; i < 6; ++i)
        playhead.stepBack();
    QVERIFY(view->undoing());
    playhead.stepForward();
    QVERIFY(!view->undoing());
    QTRY_VERIFY(!view->animating());
}

void TestViews::whoAsksDuringAStepBackHearsOfThePresent()
{
    MainWindow window;
    run(window, kLoop);
    FigureView *view = window.workbench()->stage()->objects();
    Playhead &playhead = window.playhead();
    playhead.seek(playhead.nearestStop(playhead.end() / 2));
    const QString now = view->summary();
    view->grab();
    window.appearance().setReducedMotion(false);
    playhead.stepForward();
    QTRY_VERIFY(!view->animating());
    QVERIFY(view->summary() != now);
    playhead.stepBack();
    QVERIFY(view->undoing());
    QCOMPARE(view->summary(), now);
    QVERIFY(!view->undoing());
    QTRY_VERIFY(!view->animating());
}

void TestViews::labelsOfTheTimelineDoNotTouch()
{
    for (const char *profile : {"3.13", "3.14.0", "generational-copying"}) {
        MainWindow window;
        run(window, kRings, QString::fromLatin1(profile));
        Scrubber *scrubber = window.workbench()->timelineDock()->scrubber();
        for (const double scale : {1.0, 2.0})
            for (const int width : {700, 1024, 1280, 1920}) {
                window.appearance().setTextScale(scale);
                window.resize(width, 800);
                settle();
                std::vector<Scrubber::Label> all = scrubber->collectionLabels();
                const std::size_t collections = all.size();
                QVERIFY(collections > 0 || scrubber->marks().collections.empty());
                for (const Scrubber::Label &label : scrubber->lineLabels())
                    all.push_back(label);
                for (std::size_t a = 0; a < all.size(); ++a) {
                    QVERIFY(all[a].rect.left() >= 0 && all[a].rect.right() <= scrubber->width());
                    for (std::size_t b = a + 1; b < all.size(); ++b)
                        QVERIFY2(!all[a].rect.adjusted(-2, 0, 2, 0).intersects(all[b].rect), qPrintable(all[a].text + QLatin1Char('|') + all[b].text));
                }
            }
        window.appearance().setTextScale(1);
    }
}

void TestViews::aCollectionSaysWhatItVisitedAndFreed()
{
    for (const char *profile : {"3.13", "3.14.0", "mark-sweep"}) {
        MainWindow window;
        run(window, kRings, QString::fromLatin1(profile));
        Playhead &playhead = window.playhead();
        Scrubber *scrubber = window.workbench()->timelineDock()->scrubber();
        const auto &collections = scrubber->marks().collections;
        QVERIFY(!collections.empty());
        Timeline timeline(playhead.sharedTrace());
        std::uint64_t visits = 0;
        for (const TimelineMarks::Collection &c : collections) {
            const GcCosts before = timeline.seek(c.begin).gc.costs;
            const std::uint32_t alive = timeline.world().liveObjects;
            const World &after = timeline.seek(c.end);
            QCOMPARE(c.visits, after.gc.costs.visits - before.visits);
            visits += c.visits;
            QCOMPARE(c.freed, alive - after.liveObjects);   // nothing is born in these
            const QString sentence = collectionSentence(playhead.trace(), c);
            QVERIFY2(sentence.contains(QStringLiteral("Looked at objects %1 times").arg(QLocale().toString(qulonglong(c.visits)))), qPrintable(sentence));
            QVERIFY(sentence.endsWith(QStringLiteral("freed %1.").arg(c.freed)));
        }
        QCOMPARE(visits, timeline.seek(playhead.end()).gc.costs.visits);

        // Below the bar, once it is over and where there is room.
        playhead.seek(collections.front().begin);
        for (const Scrubber::Label &label : scrubber->collectionLabels())
            QVERIFY2(!label.text.contains(QStringLiteral("freed")), qPrintable(label.text));
        window.resize(3000, 800);
        playhead.toEnd();
        settle();
        int told = 0;
        for (const Scrubber::Label &label : scrubber->collectionLabels())
            for (const TimelineMarks::Collection &c : collections)
                told += std::abs(scrubber->xOf(c.begin) - label.rect.left()) < 0.5
                    && label.text == collectionLabel(playhead.trace(), c) + QStringLiteral(" \u00b7 ") + collectionFigures(c);
        QVERIFY2(told > 0 || !playhead.trace().profile->collector.counts(), profile);   // without counts they follow too closely here
        window.resize(1280, 800);
        settle();

        // On hover: in the tool tip and beside the dock's title. For those who cannot see it: in the description.
        const TimelineMarks::Collection &last = collections.back();
        const QString sentence = collectionSentence(playhead.trace(), last);
        const QPoint middle(int((scrubber->xOf(last.begin) + scrubber->xOf(last.end)) / 2), int(scrubber->barOf(last).center().y()));
        QVERIFY(scrubber->collectionAt(middle));
        QSignalSpy pointed(scrubber, &Scrubber::pointedAt);
        QTest::mouseMove(scrubber, middle);
        QTRY_VERIFY(!pointed.empty());
        const QString said = pointed.back().front().toString();
        bool shown = false;
        for (const QLabel *label : window.workbench()->timelineDock()->findChildren<QLabel *>())
            shown |= label->text() == said;
        QVERIFY(shown && said.startsWith(QStringLiteral("Number ")));
        QHelpEvent help(QEvent::ToolTip, middle, scrubber->mapToGlobal(middle));
        QCoreApplication::sendEvent(scrubber, &help);
        QCOMPARE(QToolTip::text(), said.toHtmlEscaped());
        QToolTip::hideText();
        QTest::mouseMove(scrubber, QPoint(2, 2));
        QTRY_VERIFY(pointed.back().front().toString().isEmpty());
        playhead.seek(last.end);
        QVERIFY(scrubber->accessibleDescription().contains(sentence));
        playhead.seek(0);
        QVERIFY(!scrubber->accessibleDescription().contains(QStringLiteral("Looked at")));
    }
}

void TestViews::plotsOfEveryManagerHaveTheirPanels()
{
    MainWindow window;
    run(window, kRings);
    PlotsView *plots = window.workbench()->stage()->plots();
    window.workbench()->stage()->setTab(Stage::PlotsTab);
    // Back and forth: panels go and come, and no warning is heard.
    for (const char *profile : {"copying", "3.13", "mark-compact", "generational-copying", "mark-sweep", "3.14.0"}) {
        run(window, kRings, QString::fromLatin1(profile));
        settle();
        const bool spaces = window.playhead().world().spaces.spaces[1].size + window.playhead().world().spaces.spaces[2].size > 0;
        QCOMPARE(plots->axisRectCount(), spaces ? 3 : 4);
        const Trace &trace = window.playhead().trace();
        Timeline timeline(window.playhead().sharedTrace());
        const TraceSeries &series = window.workbench()->seriesSource()->series();
        double most = 0;
        for (std::size_t i = 0; i < series.memory.positions.size(); i += 7) {
            const World &world = timeline.seek(series.memory.positions[i]);
            std::uint64_t used = world.heap.totals.bytesRequested;
            for (const Space &space : world.spaces.spaces)
                used += space.used;
            QCOMPARE(series.memory.bytes[i], double(used));
            most = std::max(most, double(used));
        }
        QVERIFY2(most > 0, trace.profile->name.data());
        for (std::size_t i = 0; i < series.samples.size(); i += 31) {
            const World &world = timeline.seek(series.samples[i].position);
            std::uint64_t used = 0, size = 0;
            for (const Space &space : world.spaces.spaces) {
                used += space.used;
                size += space.size;
            }
            QCOMPARE(series.samples[i].spacesUsed, used);
            QCOMPARE(series.samples[i].spacesSize, size);
        }
    }
}

void TestViews::theBiographyNeedsALevelThatShowsBlocks()
{
    MainWindow window;
    run(window, kLoop);
    window.playhead().toEnd();
    window.playhead().stepBack();
    ObjectId list;
    for (std::uint32_t i = 0; i < window.playhead().world().objects.size(); ++i)
        if (const Object &o = window.playhead().world().objects[i]; o.alive() && o.kind == TypeKind::List && !o.has(ObjectFlag::Static))
            list = ObjectId(i);
    QVERIFY(list);
    window.selection().select(Selected(list));
    auto *biography = window.findChild<BiographyPanel *>();
    QVERIFY(biography);
    for (const int level : {1, 4, 2, 3, 5, 2}) {
        window.appearance().setLevel(level);
        settle();
        QCOMPARE(biography->isVisible(), level >= 3);
    }
}

} // namespace pyrena

QTEST_MAIN(pyrena::TestViews)
#include "tst_views.moc"
