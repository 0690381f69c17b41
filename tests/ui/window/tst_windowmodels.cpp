#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include "core/record.h"
#include "core/world/reachability.h"
#include "tests/ui/sampletrace.h"
#include "tests/ui/window/warnings.h"
#include "ui/models/inspection.h"
#include "ui/models/memoryseries.h"
#include "ui/models/place.h"
#include "ui/models/stepmodel.h"
#include "ui/models/stepsearchmodel.h"
#include "ui/models/touches.h"
#include "ui/playhead.h"

namespace pyrena {

namespace {

std::shared_ptr<const Trace> recorded(const char *source, const char *profile = "3.13")
{
    Recipe recipe;
    recipe.source = source;
    recipe.profile = profile;
    auto result = record(recipe);
    return result ? *result : nullptr;
}

constexpr const char *kLoop = "import gc\n"
                              "total = 0\n"
                              "kept = []\n"
                              "for i in range(5):\n"
                              "    kept.append([i, i * 1000])\n"
                              "    total += i\n"
                              "kept = None\n"
                              "print(total)\n";

const ObjectId kList{2};   // of sampleTrace()

} // namespace

class TestWindowModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { test::collectWarnings(); }
    void cleanup() { QCOMPARE(test::takeWarnings(), QString()); }

    void stepModelIsAModelWhereverThePlayheadIs();
    void stepModelCoversEveryChangeOnce();
    void stepModelFindsTheRowOfAPosition();
    void stepModelIsNotResetWhileMoving();
    void searchFindsWhatTheTreeSays();
    void nextAndPreviousChangeAreTheChangesOfThatObject();
    void aPlaceSurvivesAnotherProfile();
    void aClickOnALineGoesToItsNextExecution();
    void seriesAgreesWithTheWorld();
    void longSeriesKeepItsPeaks();
    void inspectionExplainsAnObject();
    void garbageSaysWhatKeepsItAndWhoCanFreeIt();
    void aCycleWithoutANameIsUnreachable();
    void gatesStopAStepForward();
};

void TestWindowModels::stepModelIsAModelWhereverThePlayheadIs()
{
    StepModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTrace(recorded(kLoop));
    QRandomGenerator random(7);
    const auto trace = recorded(kLoop);
    QVERIFY(trace);
    model.setTrace(trace);
    for (int i = 0; i < 60; ++i)
        model.setPosition(random.bounded(trace->changeCount() + 1));
    model.setTrace(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestWindowModels::stepModelCoversEveryChangeOnce()
{
    const auto trace = recorded(kLoop);
    QVERIFY(trace);
    StepModel model;
    model.setTrace(trace);
    std::vector<int> seen(trace->changeCount(), 0);
    const auto walk = [&](auto &&self, const QModelIndex &parent) -> void {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            QVERIFY(!index.data().toString().isEmpty());
            QCOMPARE(index.parent(), parent);
            QCOMPARE(model.hasChildren(index), model.rowCount(index) > 0);
            if (!model.hasChildren(index)) {
                for (auto c = index.data(StepModel::BeginRole).toUInt(); c < index.data(StepModel::EndRole).toUInt(); ++c)
                    ++seen[c];
            } else {
                self(self, index);
            }
        }
    };
    walk(walk, {});
    for (std::size_t c = 0; c < seen.size(); ++c)
        QVERIFY2(seen[c] == 1, qPrintable(QStringLiteral("change %1 stands in %2 rows").arg(c).arg(seen[c])));
}

void TestWindowModels::stepModelFindsTheRowOfAPosition()
{
    const auto trace = recorded(kLoop);
    QVERIFY(trace);
    StepModel model;
    model.setTrace(trace);
    QVERIFY(!model.indexAt(0, Granularity::Event).isValid());
    for (std::uint32_t p = 1; p <= trace->changeCount(); ++p) {
        const QModelIndex event = model.indexAt(p, Granularity::Event);
        QCOMPARE(event.data(StepModel::BeginRole).toUInt(), p - 1);
        QCOMPARE(event.data(StepModel::EndRole).toUInt(), p);
        const QModelIndex line = model.indexAt(p, Granularity::Line);
        QVERIFY(line.data(StepModel::BeginRole).toUInt() < p && p <= line.data(StepModel::EndRole).toUInt());
    }
}

void TestWindowModels::stepModelIsNotResetWhileMoving()
{
    const auto trace = recorded(kLoop);
    StepModel model;
    model.setTrace(trace);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    for (std::uint32_t p = 0; p <= trace->changeCount(); ++p)
        model.setPosition(p);
    QCOMPARE(resets.count() + inserts.count(), 0);
}

void TestWindowModels::searchFindsWhatTheTreeSays()
{
    const auto trace = recorded(kLoop);
    StepSearchModel search;
    QAbstractItemModelTester tester(&search, QAbstractItemModelTester::FailureReportingMode::QtTest);
    search.setTrace(trace);
    QSignalSpy finished(&search, &StepSearchModel::finished);
    search.search(QStringLiteral("TOTAL"));
    QVERIFY(finished.wait());
    QVERIFY(search.rowCount() > 0);
    for (int row = 0; row < search.rowCount(); ++row)
        QVERIFY(search.index(row).data().toString().contains(QStringLiteral("total"), Qt::CaseInsensitive));
    search.search(QStringLiteral("there is no such sentence"));
    QVERIFY(finished.wait());
    QCOMPARE(search.rowCount(), 0);
}

void TestWindowModels::nextAndPreviousChangeAreTheChangesOfThatObject()
{
    const auto trace = sampleTrace();
    std::vector<std::uint32_t> forward, back;
    for (auto p = nextChangeOf(*trace, kList, 0); p; p = nextChangeOf(*trace, kList, *p))
        forward.push_back(*p);
    for (auto p = std::optional(forward.back()); p; p = previousChangeOf(*trace, kList, *p))
        back.push_back(*p);
    std::reverse(back.begin(), back.end());
    QVERIFY(forward.size() > 8);
    QCOMPARE(back, forward);
    QVERIFY(std::holds_alternative<change::ObjectBorn>(trace->change(forward.front() - 1)));
    QVERIFY(std::holds_alternative<change::ObjectDied>(trace->change(forward.back() - 1)));
    QVERIFY(!nextChangeOf(*trace, Selected(), 0));
}

void TestWindowModels::aPlaceSurvivesAnotherProfile()
{
    const auto here = recorded(kLoop, "3.13"), there = recorded(kLoop, "classic");
    QVERIFY(here && there);
    for (const std::uint32_t p : {0u, here->changeCount() / 3, here->changeCount() / 2, here->changeCount()}) {
        const ProgramPlace place = placeAt(*here, p);
        const ProgramPlace other = placeAt(*there, positionOf(*there, place));
        QCOMPARE(other.line, place.line);
        QCOMPARE(other.occurrence, place.occurrence);
        QCOMPARE(other.atEnd, place.atEnd);
    }
}

void TestWindowModels::aClickOnALineGoesToItsNextExecution()
{
    const auto trace = recorded(kLoop);
    std::vector<std::uint32_t> ends;
    for (std::uint32_t p = nextExecutionOf(*trace, 5, 0); ends.empty() || p > ends.back(); p = nextExecutionOf(*trace, 5, p))
        ends.push_back(p);
    QCOMPARE(ends.size(), std::size_t(5));
    QCOMPARE(nextExecutionOf(*trace, 5, ends.back()), ends.front());   // and round again
    QCOMPARE(nextExecutionOf(*trace, 99, 17), 17u);
}

void TestWindowModels::seriesAgreesWithTheWorld()
{
    const auto trace = recorded(kLoop);
    const MemorySeries series = memorySeries(*trace, 1'000'000);
    Timeline timeline(trace);
    for (std::size_t i = 0; i < series.positions.size(); ++i) {
        const World &world = timeline.seek(series.positions[i]);
        QCOMPARE(series.bytes[i], double(world.heap.totals.bytesRequested));
        QCOMPARE(series.objects[i], double(world.liveObjects));
    }
    QCOMPARE(series.positions.front(), 0u);
    QCOMPARE(series.positions.back(), trace->changeCount());
}

void TestWindowModels::longSeriesKeepItsPeaks()
{
    const auto trace = recorded("for i in range(300):\n    x = [0] * (i if i != 150 else 60)\n");
    const MemorySeries exact = memorySeries(*trace, 100'000'000), few = memorySeries(*trace, 64);
    QVERIFY(few.positions.size() < 200);
    QCOMPARE(few.maxBytes, exact.maxBytes);
    QVERIFY(std::is_sorted(few.positions.begin(), few.positions.end()));
}

void TestWindowModels::garbageSaysWhatKeepsItAndWhoCanFreeIt()
{
    const char *const source = "a = []\nb = [a]\na.append(b)\na.append(a)\nlone = [1]\na = b = lone = None\n";
    for (const auto &[profile, ring, lone] : {std::tuple("3.13", "Its count is 2 because of itself, list#2: only the collector can free it.", "dead"),
                                              std::tuple("counting-only", "Its count is 2 because of itself, list#2: here nobody will ever free it.", "dead"),
                                              std::tuple("mark-sweep", "the next collection will free it.", "the next collection will free it.")}) {
        Recipe recipe;
        recipe.source = source;
        recipe.profile = profile;
        const std::shared_ptr<const Trace> trace = *record(recipe);
        Playhead playhead;
        playhead.setTrace(trace);
        playhead.seek(trace->stops.position(trace->stops.count(Granularity::Line) - 2, Granularity::Line));   // the program's end frees more
        const auto of = [&](const char *label) {
            for (std::uint32_t i = 0; i < trace->objects.size(); ++i)
                if (trace->label(ObjectId(i)) == label)
                    return inspect(*trace, playhead.world(), ObjectId(i), playhead.stepBegin(), playhead.position(), 2);
            return Inspection();
        };
        while (of("list#3").whyAlive.contains(QChar(0x2192)))
            playhead.stepForward();
        QVERIFY2(of("list#1").whyAlive.endsWith(QLatin1String(ring)), qPrintable(of("list#1").whyAlive));
        const Inspection third = of("list#3");
        QVERIFY2(third.whyAlive.endsWith(QLatin1String(lone)) || third.rows.at(1).value.startsWith(QLatin1String(lone)), qPrintable(third.whyAlive));
    }
}

void TestWindowModels::inspectionExplainsAnObject()
{
    const auto trace = sampleTrace();
    Playhead playhead;
    playhead.setTrace(trace);
    playhead.setGranularity(Granularity::Line);
    playhead.stepForward();
    playhead.stepForward();   // a.append(a) is done
    auto shown = inspect(*trace, playhead.world(), kList, playhead.stepBegin(), playhead.position(), 2);
    QCOMPARE(shown.title, QStringLiteral("list#1"));
    QCOMPARE(shown.holders.size(), std::size_t(2));
    QVERIFY2(shown.whyAlive.contains(QChar(0x2192)), qPrintable(shown.whyAlive));
    playhead.stepForward();   // del a
    shown = inspect(*trace, playhead.world(), kList, playhead.stepBegin(), playhead.position(), 2);
    QCOMPARE(shown.holders.size(), std::size_t(2));
    QVERIFY(!shown.holders[0].gone && shown.holders[1].gone);
    QVERIFY2(shown.whyAlive.startsWith(QLatin1String("No path")), qPrintable(shown.whyAlive));
    QCOMPARE(*shown.bornAt, trace->objects[kList.value].bornAt + 1);
    playhead.toStart();
    shown = inspect(*trace, playhead.world(), kList, 0, 0, 2);
    QVERIFY(shown.holders.empty());
}

void TestWindowModels::aCycleWithoutANameIsUnreachable()
{
    const auto trace = sampleTrace();
    Timeline timeline(trace);
    const auto positionAfterLine = [&](std::uint32_t line) { return nextExecutionOf(*trace, line, 0); };
    const auto path = pathFromRoot(timeline.seek(positionAfterLine(1)), kList);
    QVERIFY(path);
    QCOMPARE(path->size(), std::size_t(2));   // the interpreter holds the globals, they hold the list
    QCOMPARE(path->front().owner, kRuntime);
    QVERIFY(pathFromRoot(timeline.seek(positionAfterLine(2)), kList));
    QVERIFY(!pathFromRoot(timeline.seek(positionAfterLine(3)), kList));
    QVERIFY(!reachableObjects(timeline.world())[kList.value]);
    QVERIFY(!pathFromRoot(timeline.world(), ObjectId(12345)));
}

void TestWindowModels::gatesStopAStepForward()
{
    Playhead playhead;
    playhead.setTrace(sampleTrace());
    playhead.setGranularity(Granularity::Line);
    const std::uint32_t first = playhead.trace().stops.next(0, Granularity::Line);
    playhead.setGates({first + 1});
    QSignalSpy reached(&playhead, &Playhead::gateReached);
    playhead.stepForward();
    QCOMPARE(playhead.position(), first);
    QCOMPARE(reached.count(), 0);
    playhead.stepForward();
    QCOMPARE(playhead.position(), first + 1);
    QCOMPARE(reached.count(), 1);
    playhead.stepForward();
    QCOMPARE(playhead.position(), first + 1);
    playhead.toEnd();
    QVERIFY(playhead.atEnd());
}

} // namespace pyrena

QTEST_MAIN(pyrena::TestWindowModels)
#include "tst_windowmodels.moc"
