#include <QImage>
#include <QPainter>
#include <QtTest>

#include "shown.h"

#include "core/record.h"
#include "core/trace/timeline.h"
#include "ui/figures/collector/collectorfigure.h"

#include <map>
#include <random>

using namespace pyrena;
using namespace pyrena::collector;

namespace {

// Two rings and a kept list; one ring has finalizers, one of which brings its object back.
const char *const kProgram = R"(import gc, weakref
kept = []
class Node:
    def __init__(self, name):
        self.name = name
        self.next = None
class Last(Node):
    def __del__(self):
        if self.name == "c":
            kept.append(self)
a = Node("a")
b = Node("b")
a.next = b
b.next = a
c = Last("c")
d = Last("d")
c.next = c
d.next = d
watch = weakref.ref(a)
gc.collect()
del a, b, c, d
gc.collect()
x = []
x.append(x)
del x
gc.collect(0)
for i in range(3000):
    y = [i]
    y.append(y)
)";

std::shared_ptr<const Trace> trace(const std::string &profile)
{
    Recipe recipe;
    recipe.source = kProgram;
    recipe.profile = profile;
    recipe.maxChanges = 200'000;
    return *record(recipe);
}

// Collections of the trace, in order.
std::vector<StepId> collections(const Trace &trace)
{
    std::vector<StepId> found;
    for (std::uint32_t i = 0; i < trace.steps.size(); ++i)
        if (trace.steps[StepId(i)].kind == StepKind::Collection)
            found.push_back(StepId(i));
    return found;
}

StepId phaseOf(const Trace &trace, StepId collection, StepKind kind)
{
    for (const StepId child : trace.steps.children(collection))
        if (trace.steps[child].kind == kind)
            return child;
    return {};
}

} // namespace

class TestCollectorFigure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theListsAreTheWorldsWhileMarking();
    void whatMoveUnreachableLooksAtIsKeptOrSetAside();
    void theSecondCollectionFreesARingAndKeepsWhatIsResurrected();
    void aCollectionOfTheCounterSaysSo();
    void countsFromOutsideAreCountsLessTheReferencesShown();
    void noCardsOverlapAtAnySize();
    void noArrowOfTheGraphCrossesABox();
    void anyMiddleIsPaintedAsInAFreshFigure();
    void everyCardHasASentence();
    void metersHaveBarsInASmallWindow();
    void costsGrowWhileACollectionRuns();
    void whatIsSweptKeepsItsPlaceInTheGraph();
    void everyPhaseHasItsNameAtTheSizeOfASmallScreen();
    void aFullHeapStartsACollectionByItself();
    void theScoreSaysWhoFreedHowMany();
    void aMoveIsToldWithBothAddresses();

private:
    void noCardsOverlap(const char *profile);
};

void TestCollectorFigure::theListsAreTheWorldsWhileMarking()
{
    Shown shown(trace("3.13"));
    std::mt19937 random(7);
    int seen = 0;
    for (const StepId collection : collections(*shown.trace)) {
        const StepId marking = phaseOf(*shown.trace, collection, StepKind::MoveUnreachable);
        QVERIFY(marking);
        const Step &step = shown.trace->steps[marking];
        for (int i = 0; i < 12 && step.end > step.begin + 1; ++i) {
            const std::uint32_t position = step.begin + 1 + random() % (step.end - step.begin - 1);
            shown.at(position);
            const Story &story = shown.figure.story();
            QVERIFY(story.running());
            const auto young = static_cast<GcListId>(int(GcListId::Generation0) + story.generation);
            QCOMPARE(story.setAside, std::size_t(shown.world().gc.list(GcListId::Unreachable).length));
            QCOMPARE(story.total, std::size_t(shown.world().gc.list(young).length) + story.setAside);
            std::size_t n = 0;
            for (ObjectId id = shown.world().gc.list(young).head; id && n < story.examined.size(); id = shown.world().object(id).gcNext)
                QCOMPARE(story.examined[n++].id, id);
            n = 0;
            for (ObjectId id = shown.world().gc.list(GcListId::Unreachable).head; id && n < story.unreachable.size(); id = shown.world().object(id).gcNext)
                QCOMPARE(story.unreachable[n++].id, id);
            ++seen;
        }
    }
    QVERIFY(seen > 20);
}

void TestCollectorFigure::whatMoveUnreachableLooksAtIsKeptOrSetAside()
{
    Shown shown(trace("3.13"));
    const StepId second = collections(*shown.trace).at(1);
    const Step &step = shown.trace->steps[phaseOf(*shown.trace, second, StepKind::MoveUnreachable)];
    shown.at(step.end);
    for (const Card &card : shown.figure.story().examined)
        QVERIFY2(card.verdict == Verdict::Reachable || card.verdict == Verdict::Waiting, qPrintable(cardSentence(card, shown.input)));
    for (const Card &card : shown.figure.story().unreachable)
        QVERIFY(card.verdict == Verdict::SetAside || card.verdict == Verdict::Garbage);
}

void TestCollectorFigure::theSecondCollectionFreesARingAndKeepsWhatIsResurrected()
{
    Shown shown(trace("3.13"));
    const StepId second = collections(*shown.trace).at(1);
    shown.at(shown.trace->steps[phaseOf(*shown.trace, second, StepKind::DeleteGarbage)].end);
    std::map<std::string, Verdict> verdicts;
    for (const Card &card : shown.figure.story().unreachable)
        verdicts[shown.trace->label(card.id)] = card.verdict;
    QCOMPARE(verdicts.at("Node#1"), Verdict::Freed);
    QCOMPARE(verdicts.at("Node#2"), Verdict::Freed);
    QCOMPARE(verdicts.at("Last#1"), Verdict::Resurrected);
    QCOMPARE(verdicts.at("Last#2"), Verdict::Freed);
    std::size_t dead = 0;
    for (const Card &card : shown.figure.story().unreachable)
        dead += !shown.world().object(card.id).alive();
    QCOMPARE(shown.figure.story().freed, dead);
}

void TestCollectorFigure::aCollectionOfTheCounterSaysSo()
{
    Shown shown(trace("3.13"));
    const auto all = collections(*shown.trace);
    QVERIFY(all.size() >= 4);
    shown.at(shown.trace->steps[all[1]].begin + 3);
    QVERIFY(!shown.figure.story().automatic);
    QCOMPARE(shown.figure.story().number, 2u);
    shown.at(shown.trace->steps[all[3]].begin + 3);
    QVERIFY(shown.figure.story().automatic);
    QCOMPARE(shown.figure.story().generation, 0);
}

void TestCollectorFigure::countsFromOutsideAreCountsLessTheReferencesShown()
{
    Shown shown(trace("3.13"));
    const StepId third = collections(*shown.trace).at(2);
    shown.at(shown.trace->steps[phaseOf(*shown.trace, third, StepKind::SubtractRefs)].end);
    const Graph &graph = shown.figure.story().graph;
    QVERIFY(!graph.members.empty());
    for (std::size_t i = 0; i < graph.members.size(); ++i)   // which is what subtract_refs leaves in gc_refs
        QCOMPARE(graph.fromOutside[i], std::int64_t(shown.world().object(graph.members[i].id).gcRefs));
}

void TestCollectorFigure::noCardsOverlapAtAnySize()
{
    for (const char *profile : {"3.13", "3.14.0", "mark-compact"})
        noCardsOverlap(profile);
}

void TestCollectorFigure::noCardsOverlap(const char *profile)
{
    Shown shown(trace(profile));
    std::mt19937 random(11);
    for (const QSizeF size : {QSizeF(1280, 800), QSizeF(640, 480), QSizeF(1920, 1080), QSizeF(360, 300)})
        for (const double scale : {1.0, 2.0})
            for (int i = 0; i < 25; ++i) {
                shown.input.theme = theme(ThemeName::Light, scale);
                shown.at(1 + random() % shown.trace->changeCount(), Granularity::Operation, size);
                const CollectorScene &scene = shown.figure.scene();
                std::vector<QRectF> boxes;
                for (const Row *row : {&scene.examined, &scene.unreachable, &scene.queue}) {
                    for (const CardBox &card : row->cards)
                        boxes.push_back(card.rect);
                    for (const More &more : row->more)
                        boxes.push_back(more.rect);
                }
                for (const GraphNode &node : scene.graph.nodes)
                    boxes.push_back(node.rect);
                for (const TrackRow &track : scene.tracks)
                    for (const TrackRow::Car &car : track.cars)
                        boxes.push_back(car.rect);
                for (std::size_t a = 0; a < boxes.size(); ++a)
                    for (std::size_t b = a + 1; b < boxes.size(); ++b)
                        QVERIFY(!boxes[a].intersects(boxes[b]));
            }
}

void TestCollectorFigure::noArrowOfTheGraphCrossesABox()
{
    Shown shown(trace("3.13"));
    int arrows = 0;
    for (const StepId collection : collections(*shown.trace)) {
        shown.at(shown.trace->steps[phaseOf(*shown.trace, collection, StepKind::SubtractRefs)].end);
        const GraphPanel &panel = shown.figure.scene().graph;
        for (const GraphArrow &arrow : panel.arrows) {
            ++arrows;
            for (double at = 0.02; at < 0.99; at += 0.02)
                for (const GraphNode &node : panel.nodes)
                    QVERIFY(!node.rect.adjusted(2, 2, -2, -2).contains(arrow.path.pointAtPercent(at)));
        }
    }
    QVERIFY(arrows > 3);
}

void TestCollectorFigure::anyMiddleIsPaintedAsInAFreshFigure()
{
    for (const char *profile : {"3.13", "3.8", "classic"}) {
        Shown shown(trace(profile));
        std::mt19937 random(3);
        for (int i = 0; i < 12; ++i) {
            const std::uint32_t position = random() % (shown.trace->changeCount() + 1);
            shown.at(position, Granularity::Operation, {800, 600});
            const auto picture = [&](CollectorFigure &figure) {
                QImage image(800, 600, QImage::Format_RGB32);
                QPainter painter(&image);
                renderFigure(figure, shown.input, QSizeF(800, 600), {}, painter);
                return image;
            };
            CollectorFigure fresh;
            QCOMPARE(picture(shown.figure), picture(fresh));
        }
    }
}

void TestCollectorFigure::everyCardHasASentence()
{
    Shown shown(trace("3.13"));
    shown.at(shown.trace->steps[collections(*shown.trace).at(1)].end);
    for (const FigureHit &item : shown.figure.items())
        QVERIFY(!item.sentence.isEmpty());
    QVERIFY(shown.figure.summary().contains(QStringLiteral("freed")));
    for (const CardBox &card : shown.figure.scene().unreachable.cards)
        QCOMPARE(std::get<ObjectId>(shown.figure.hit(card.rect.center()).what), card.card.id);
}

void TestCollectorFigure::metersHaveBarsInASmallWindow()
{
    Shown shown(trace("3.13"));
    for (const QSizeF size : {QSizeF(1280, 800), QSizeF(660, 500), QSizeF(330, 500)}) {   // the last two: the stage at 1280x800, one figure and two
        shown.at(shown.trace->changeCount() / 2, Granularity::Operation, size);
        const CollectorScene &scene = shown.figure.scene();
        QCOMPARE(scene.tracks.size(), std::size_t(3));
        for (const TrackRow &row : scene.tracks) {
            QVERIFY(row.measured && row.bar.width() > 50 && row.bar.height() >= 4);
            QVERIFY(row.bar.top() >= row.meterText.bottom() && row.bar.right() <= row.rail.left());
            QVERIFY(row.rail.width() > 50 && row.rail.right() <= size.width());
        }
    }
}

void TestCollectorFigure::costsGrowWhileACollectionRuns()
{
    for (const char *profile : {"mark-sweep", "mark-compact", "copying", "generational-copying"}) {
        Shown shown(trace(profile));
        int seen = 0;
        for (const StepId collection : collections(*shown.trace)) {
            const Step &step = shown.step(collection);
            std::uint32_t booked = step.begin;
            while (booked < step.end && !std::holds_alternative<change::CollectionCost>(shown.trace->change(booked)))
                ++booked;
            if (booked == step.end)
                continue;
            const GcCosts before = shown.at(step.begin + 1).costs, last = shown.at(booked).costs;
            QVERIFY(last.visits > before.visits);
            shown.at(booked + 1);
            QCOMPARE(last.visits, shown.world().gc.costs.visits);
            QCOMPARE(last.bytesMoved, shown.world().gc.costs.bytesMoved);
            QCOMPARE(last.longestPause, shown.world().gc.costs.longestPause);
            ++seen;
        }
        QVERIFY(seen >= 2);
    }
}

void TestCollectorFigure::whatIsSweptKeepsItsPlaceInTheGraph()
{
    Recipe recipe;
    recipe.source = "import gc\na = [1]\nb = [a]\nx = [2]\nx.append(x)\ny = [x]\nc = [3]\ndel x, y\ngc.collect()\n";
    recipe.profile = "mark-sweep";
    Shown shown(*record(recipe));
    const Step &sweep = shown.step(phaseOf(*shown.trace, collections(*shown.trace).at(0), StepKind::Sweep));
    const auto places = [&](std::uint32_t position) {
        shown.at(position, Granularity::Operation, {660, 500});
        std::map<std::uint32_t, QRectF> rects;
        for (const GraphNode &node : shown.figure.scene().graph.nodes)
            rects[node.card.id.value] = node.rect;
        return rects;
    };
    const auto before = places(sweep.begin);
    QCOMPARE(before.size(), std::size_t(5));
    QCOMPARE(places(sweep.end), before);
    int freed = 0;
    for (const GraphNode &node : shown.figure.scene().graph.nodes)
        freed += node.card.verdict == Verdict::Freed;
    QCOMPARE(freed, 2);
}

void TestCollectorFigure::everyPhaseHasItsNameAtTheSizeOfASmallScreen()
{
    for (const char *profile : {"classic", "3.8", "3.13", "3.14.0", "mark-compact"}) {
        Shown shown(trace(profile));
        shown.at(shown.step(collections(*shown.trace).at(1)).end - 1, Granularity::Operation, {1240, 700});
        const CollectorScene &scene = shown.figure.scene();
        QVERIFY(scene.chips.size() >= 5);
        for (const Chip &chip : scene.chips) {
            QVERIFY2(!chip.text.isEmpty(), qPrintable(chip.sentence));
            for (const QString &line : chip.text.split(QLatin1Char('\n')))
                QVERIFY2(kit::textWidth(shown.input.theme.monoFont(scene.chipFont, QFont::DemiBold), line) <= chip.rect.width() - 14, qPrintable(line));
        }
    }
}

void TestCollectorFigure::aFullHeapStartsACollectionByItself()
{
    Recipe recipe;
    recipe.source = "import gc\nclass N: pass\ngc.collect()\ngc.set_threshold(4000)\nkeep = []\nfor i in range(40):\n    keep.append(N())\ngc.collect()\n";
    for (const char *profile : {"mark-sweep", "copying"}) {
        recipe.profile = profile;
        Shown shown(*record(recipe));
        const auto all = collections(*shown.trace);
        QVERIFY(all.size() > 2);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Story &story = shown.at(shown.step(all[i]).begin + 2);
            QCOMPARE(story.automatic, i != 0 && i + 1 != all.size());
            QCOMPARE(story.line, i == 0 ? 3u : i + 1 == all.size() ? 8u : 7u);
        }
    }
}

void TestCollectorFigure::theScoreSaysWhoFreedHowMany()
{
    Recipe recipe;
    recipe.source = "import gc\nfor i in range(40):\n    x = [i]\nx = None\na = [[]]\na[0].append(a)\na = None\ngc.collect()\nz = 1\n";
    for (const char *profile : {"3.13", "3.14.0", "counting-only"}) {   // before 3.9 range() gets a tuple, which counts, too
        recipe.profile = profile;
        Shown shown(*record(recipe));
        const bool collects = recipe.profile != "counting-only";
        std::uint32_t lastLine = 0;   // before the program's end, which frees the rest
        for (std::uint32_t stop = 0; stop < shown.trace->stops.count(Granularity::Line); ++stop)
            if (const std::uint32_t at = shown.trace->stops.position(stop, Granularity::Line); shown.timeline.seek(at).stack.size() == 1)
                lastLine = at;
        for (const auto &[size, words] : {std::pair(QSizeF(1280, 800), "freed: 40 by counting, %1 by collecting"), std::pair(QSizeF(330, 500), "freed: 40 count, %1 gc")}) {
            shown.at(lastLine, Granularity::Line, size);
            QCOMPARE(shown.figure.scene().tally, QString::fromLatin1(words).arg(collects ? 2 : 0));
            QVERIFY(shown.figure.summary().contains(shown.figure.scene().tally));
            QVERIFY(QRectF(QPointF(), size).contains(shown.figure.scene().tallyRect));
        }
    }
}

void TestCollectorFigure::aMoveIsToldWithBothAddresses()
{
    Recipe recipe;
    recipe.source = "import gc\njunk = [1000]\nkept = [[2], [3]]\njunk = None\ngc.collect()\n";
    recipe.profile = "mark-compact";
    Shown shown(*record(recipe));
    const StepId collection = collections(*shown.trace).at(0);
    int told = 0, along = 0;
    for (const StepId visit : shown.trace->steps.children(phaseOf(*shown.trace, collection, StepKind::SlideObjects))) {
        const Step &step = shown.step(visit);
        shown.at(step.end, Granularity::Operation, {660, 500});
        const QString said = shown.figure.scene().sentence, label = QString::fromStdString(shown.trace->label(step.subject));
        const Address now = shown.world().object(step.subject).address, before = Timeline(shown.trace).seek(step.begin).object(step.subject).address;
        if (now == before) {
            QCOMPARE(said, QStringLiteral("The second block of %1 slides along.").arg(label));
            ++along;
        } else {
            QCOMPARE(said, QStringLiteral("%1 slides from 0x%2 to 0x%3: the id it had is stale.").arg(label).arg(before.value, 0, 16).arg(now.value, 0, 16));
            ++told;
        }
    }
    QVERIFY(told >= 3 && along >= 1);
}

QTEST_MAIN(TestCollectorFigure)
#include "tst_collectorfigure.moc"
