#include <QSignalSpy>
#include <QtTest>

#include "app/mainwindow.h"
#include "tests/ui/window/warnings.h"
#include "ui/docks/workbench.h"
#include "ui/models/place.h"
#include "ui/views/figureview.h"
#include "ui/views/stage.h"

#include <random>

using namespace pyrena;

namespace {

const char *const kProgram = "import gc\n"
                             "kept = []\n"
                             "for i in range(6):\n"
                             "    kept.append([i])\n"
                             "    if i % 2:\n"
                             "        del kept[0]\n"
                             "x = []\n"
                             "x.append(x)\n"
                             "del x\n"
                             "gc.collect()\n";

void open(MainWindow &window)
{
    Recipe recipe;
    recipe.source = kProgram;
    recipe.profile = "3.13";
    window.resize(1280, 800);
    window.show();
    window.showResult(recordNow(recipe, {}));
}

void compare(MainWindow &window, const QString &profile)
{
    QSignalSpy ready(&window.comparison(), &Comparison::ready);
    window.comparison().compareWith(profile);
    QVERIFY(!ready.isEmpty() || ready.wait(20000));
}

} // namespace

class TestComparison : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { test::collectWarnings(); }
    void cleanup() { QCOMPARE(test::warnings(), QStringList()); }
    void theSecondRunIsAtTheSameExecutionOfTheSameLine();
    void bothRunsShowTheFrontFigureAndOneIsLeftWhenItStops();
    void whatIsSelectedIsSelectedInBothByItsLabel();
    void anotherProgramIsComparedAsWell();
    void anUnknownProfileIsReportedAndTheFirstRunStays();
};

void TestComparison::theSecondRunIsAtTheSameExecutionOfTheSameLine()
{
    MainWindow window(Remember::No);
    open(window);
    compare(window, QStringLiteral("3.8.18"));
    Shared second = window.comparison().shared();
    QCOMPARE(std::string(second.playhead.trace().profile->name), std::string("3.8.18"));
    std::mt19937 random(5);
    for (int i = 0; i < 60; ++i) {
        window.playhead().seek(random() % (window.playhead().end() + 1));
        const ProgramPlace here = placeAt(window.playhead().trace(), window.playhead().position());
        const ProgramPlace there = placeAt(second.playhead.trace(), second.playhead.position());
        QCOMPARE(there.line, here.line);
        QCOMPARE(there.occurrence, here.occurrence);
        QCOMPARE(there.atEnd, here.atEnd);
    }
    window.playhead().toEnd();
    QVERIFY(second.playhead.atEnd());
    window.playhead().toStart();
    QVERIFY(second.playhead.atStart());
}

void TestComparison::bothRunsShowTheFrontFigureAndOneIsLeftWhenItStops()
{
    MainWindow window(Remember::No);
    open(window);
    Stage *stage = window.workbench()->stage();
    stage->setTab(Stage::MemoryTab);
    compare(window, QStringLiteral("classic"));
    QVERIFY(stage->comparing());
    for (const int tab : {int(Stage::ObjectsTab), int(Stage::CollectorTab), int(Stage::MemoryTab)}) {
        stage->setTab(tab);
        for (std::size_t i = 0; i < stage->figures().size(); ++i) {
            QCOMPARE(stage->figures()[i]->isVisible(), int(i) == tab);
            QCOMPARE(stage->besideFigures()[i]->isVisible(), int(i) == tab);
        }
    }
    const int half = stage->memory()->width();
    window.comparison().stop();
    QVERIFY(!stage->comparing());
    QVERIFY(stage->memory()->isVisible());
    QTRY_VERIFY(stage->memory()->width() > half);
}

void TestComparison::whatIsSelectedIsSelectedInBothByItsLabel()
{
    MainWindow window(Remember::No);
    open(window);
    compare(window, QStringLiteral("3.8.18"));
    Shared second = window.comparison().shared();
    const Trace &trace = window.playhead().trace();
    int selected = 0;
    for (std::uint32_t id = 0; id < trace.objects.size(); ++id) {
        if (trace.objects[id].kind != TypeKind::List || trace.objects[id].ordinal == 0)
            continue;
        window.selection().select(ObjectId(id));
        QCOMPARE(second.playhead.trace().label(second.selection.object()), trace.label(ObjectId(id)));
        ++selected;
    }
    QVERIFY(selected >= 7);
    window.selection().clear();
    QVERIFY(!second.selection.object());
}

void TestComparison::anotherProgramIsComparedAsWell()
{
    MainWindow window(Remember::No);
    open(window);
    compare(window, QStringLiteral("3.8.18"));
    QSignalSpy ready(&window.comparison(), &Comparison::ready);
    Recipe other;
    other.source = "a = [1]\nb = a\n";
    window.showResult(recordNow(other, {}));
    QVERIFY(!ready.isEmpty() || ready.wait(20000));
    QCOMPARE(window.comparison().shared().playhead.trace().recipe.source, other.source);
}

void TestComparison::anUnknownProfileIsReportedAndTheFirstRunStays()
{
    MainWindow window(Remember::No);
    open(window);
    const auto before = window.playhead().sharedTrace();
    QSignalSpy failed(&window.comparison(), &Comparison::failed);
    window.comparison().compareWith(QStringLiteral("9.99"));
    QVERIFY(!failed.isEmpty() || failed.wait(20000));
    QVERIFY(!window.comparison().active());
    QVERIFY(!window.workbench()->stage()->comparing());
    QCOMPARE(window.playhead().sharedTrace(), before);
}

QTEST_MAIN(TestComparison)
#include "tst_comparison.moc"
