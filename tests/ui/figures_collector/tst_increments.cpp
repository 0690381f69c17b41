#include <QImage>
#include <QPainter>
#include <QtTest>

#include "shown.h"

#include "core/record.h"
#include "core/trace/timeline.h"
#include "ui/figures/collector/collectorfigure.h"

#include <map>
#include <random>
#include <set>

using namespace pyrena;
using namespace pyrena::collector;

namespace {

// Pairs that refer to each other; some are kept for a while. So many that the debt of the first marking is paid and old objects
// join an increment again.
const char *const kPairs = R"(import gc
gc.set_threshold(20, 2)
keep = []
n = 0
while n < 1500:
    a = []
    b = [a]
    a.append(b)
    if n < 40:
        keep.append(b)
    elif n % 2 == 0:
        keep[(n // 2) % 40] = b
    n = n + 1
gc.collect(0)
gc.collect()
)";

// A ring with a weak reference that calls back and one that does not, and two finalizers.
const char *const kLastWords = R"(import gc, weakref
class Node:
    pass
class Last(Node):
    def __del__(self):
        print("last words")
def gone(reference):
    print("gone")
a = Node()
b = Node()
a.next = b
b.next = a
c = Last()
d = Last()
c.next = d
d.next = c
watch = weakref.ref(a, gone)
plain = weakref.ref(b)
elsewhere = weakref.ref(Node)
del a, b, c, d
gc.collect()
)";

std::shared_ptr<const Trace> trace(const char *source, const std::string &profile)
{
    Recipe recipe;
    recipe.source = source;
    recipe.profile = profile;
    return *record(recipe);
}

const std::shared_ptr<const Trace> &pairs()
{
    static const std::shared_ptr<const Trace> made = trace(kPairs, "3.14.0");
    return made;
}

std::vector<ObjectId> membersOf(const World &world, GcListId list)
{
    std::vector<ObjectId> members;
    for (ObjectId id = world.gc.list(list).head; id; id = world.object(id).gcNext)
        members.push_back(id);
    return members;
}

std::vector<StepId> stepsOf(const Trace &trace, StepKind kind)
{
    std::vector<StepId> found;
    for (std::uint32_t i = 0; i < trace.steps.size(); ++i)
        if (trace.steps[StepId(i)].kind == kind)
            found.push_back(StepId(i));
    return found;
}

bool refersTo(const World &world, ObjectId from, ObjectId to)
{
    for (const Slot &slot : world.slotsOf(from))
        if (slot.target == to)
            return true;
    return false;
}

} // namespace

class TestIncrements : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theTracksAreTheListsOfTheWorld();
    void oldObjectsJoinByThemselvesOrBecauseAMemberRefersToThem();
    void theSizeOfAnIncrementAddsUp();
    void theInterpretersOwnObjectsAreMetOnceInACycle();
    void anIncrementThatMarksIsAWavefrontAndFreesNothing();
    void collectionsByHandExamineTheYoungOrEverything();
    void pausesAreTheCollectionsSoFar();
    void weakReferencesSnapBeforeFinalizersQueue();
    void nothingOverlapsAtAnySize();
    void anyMiddleIsPaintedAsInAFreshFigure();
};

void TestIncrements::theTracksAreTheListsOfTheWorld()
{
    Shown shown(pairs());
    std::mt19937 random(5);
    for (int i = 0; i < 40; ++i) {
        const Story &story = shown.at(random() % (shown.trace->changeCount() + 1), Granularity::Operation);
        const GcState &gc = shown.world().gc;
        const GcListId visited = gc.visitedSpace == 0 ? GcListId::Generation1 : GcListId::Generation2;
        const GcListId pending = gc.visitedSpace == 0 ? GcListId::Generation2 : GcListId::Generation1;
        QCOMPARE(story.tracks.size(), std::size_t(4));
        const std::pair<TrackRole, GcListId> expected[] = {{TrackRole::Generation, GcListId::Generation0}, {TrackRole::Increment, GcListId::Increment},
                                                           {TrackRole::Pending, pending}, {TrackRole::Visited, visited}};
        for (std::size_t t = 0; t < 4; ++t) {
            QCOMPARE(story.tracks[t].role, expected[t].first);
            QCOMPARE(story.tracks[t].list, expected[t].second);
            QCOMPARE(story.tracks[t].length, gc.list(expected[t].second).length);
        }
    }
}

void TestIncrements::oldObjectsJoinByThemselvesOrBecauseAMemberRefersToThem()
{
    Shown shown(pairs());
    int starts = 0, pulled = 0;
    for (const StepId fill : stepsOf(*shown.trace, StepKind::FillIncrement)) {
        if (shown.step(fill).end - shown.step(fill).begin < 4)
            continue;
        const std::uint32_t middle = shown.step(fill).begin + (shown.step(fill).end - shown.step(fill).begin) / 2;
        for (const std::uint32_t position : {middle, shown.step(fill).end}) {
            const Story &story = shown.at(position);
            QVERIFY(story.increment.gathering && !story.increment.marks);
            QCOMPARE(story.increment.old, std::size_t(position - shown.step(fill).begin));   // each change is one that joins
            std::map<std::uint32_t, const Card *> cards;
            for (const Card &card : story.examined)
                cards[card.id.value] = &card;
            std::set<std::uint32_t> members;
            for (const ObjectId id : membersOf(shown.world(), GcListId::Increment))
                members.insert(id.value);
            QCOMPARE(cards.size(), members.size());
            for (const IncrementStory::Joined &joined : story.increment.joined) {
                QVERIFY(members.contains(joined.id.value));
                QCOMPARE(cards.at(joined.id.value)->start, !joined.by);
                starts += !joined.by;
                if (!joined.by)
                    continue;
                ++pulled;
                QCOMPARE(cards.at(joined.id.value)->pulledBy, joined.by);
                QVERIFY(members.contains(joined.by.value));
                QVERIFY(refersTo(shown.world(), joined.by, joined.id));
            }
            for (const Card &card : story.second)   // what is shown as pending is
                QVERIFY(shown.world().object(card.id).gcList == story.increment.pending);
        }
    }
    QVERIFY(starts > 20 && pulled > 20);
}

void TestIncrements::theSizeOfAnIncrementAddsUp()
{
    Shown shown(pairs());
    int checked = 0;
    for (const StepId fill : stepsOf(*shown.trace, StepKind::FillIncrement)) {
        const Story &story = shown.at(shown.step(fill).end);
        const IncrementStory &increment = story.increment;
        if (story.collection != shown.step(fill).parent)   // nothing had been done in it
            continue;
        QCOMPARE(std::uint32_t(increment.young + increment.old), shown.world().gc.list(GcListId::Increment).length);
        QCOMPARE(increment.wanted, std::int64_t(shown.step(fill).number));
        QVERIFY(increment.old == 0 || increment.size() >= increment.wanted || shown.world().gc.list(increment.pending).length == 0);
        QVERIFY(increment.size() > 0);
        ++checked;
        // And it is still known while it is examined.
        const IncrementStory before = increment;
        const std::uint32_t end = shown.step(shown.step(fill).parent).end;
        const IncrementStory &later = shown.at(shown.step(fill).end + (end - shown.step(fill).end) / 2).increment;
        QCOMPARE(later.size(), before.size());
        QVERIFY(!later.gathering);
    }
    QVERIFY(checked > 30);
}

void TestIncrements::theInterpretersOwnObjectsAreMetOnceInACycle()
{
    Shown shown(pairs());
    const std::int64_t all = shown.trace->profile->collector.startupObjects;
    QCOMPARE(shown.at(0).increment.ownPending, all);
    std::int64_t before = all;
    int cycles = 0;
    for (const StepId collection : stepsOf(*shown.trace, StepKind::Collection)) {
        const std::int64_t now = shown.at(shown.step(collection).end).increment.ownPending;
        QVERIFY(now >= 0 && now <= all);
        QVERIFY2(now <= before || now == all, "they come back only when a cycle begins");
        cycles += now > before;
        before = now;
    }
    QVERIFY(cycles >= 2);
}

void TestIncrements::anIncrementThatMarksIsAWavefrontAndFreesNothing()
{
    Shown shown(pairs());
    std::mt19937 random(9);
    int seen = 0;
    for (const StepId mark : stepsOf(*shown.trace, StepKind::MarkRoots)) {
        const Step &step = shown.step(mark);
        const std::uint32_t alive = shown.timeline.seek(step.begin).liveObjects;
        for (int i = 0; i < 8 && step.end > step.begin + 1; ++i) {
            const Story &story = shown.at(step.begin + 1 + random() % (step.end - step.begin - 1));
            QVERIFY(story.increment.marks && story.increment.gathering);
            for (const std::vector<Card> *cards : {&story.examined, &story.second})
                for (const Card &card : *cards) {
                    const GcListId list = shown.world().object(card.id).gcList;
                    QVERIFY(card.mark);
                    QCOMPARE(*card.mark, list == GcListId::Reachable ? GcMark::Grey : list == story.increment.visited ? GcMark::Black : GcMark::White);
                    ++seen;
                }
        }
        QCOMPARE(shown.timeline.seek(shown.step(step.parent).end).liveObjects, alive);
    }
    QVERIFY(seen > 50);
}

void TestIncrements::collectionsByHandExamineTheYoungOrEverything()
{
    Shown shown(pairs());
    const auto all = stepsOf(*shown.trace, StepKind::Collection);
    const std::pair<StepId, QString> expected[] = {{all[all.size() - 2], QStringLiteral("the young")}, {all.back(), QStringLiteral("everything")}};
    for (const auto &[collection, what] : expected) {
        std::uint32_t subtract = 0;
        for (const StepId child : shown.trace->steps.children(collection))
            if (shown.step(child).kind == StepKind::SubtractRefs)
                subtract = shown.step(child).begin + 1;
        const Story &story = shown.at(subtract);
        QCOMPARE(shown.figure.scene().examined.title, what);
        QVERIFY(!story.increment.gathering);
        QVERIFY(story.total > 0);
        QCOMPARE(story.total, std::size_t(shown.world().gc.list(story.generation == 0 ? GcListId::Generation0 : story.increment.visited).length));
    }
}

void TestIncrements::pausesAreTheCollectionsSoFar()
{
    for (const auto &t : {pairs(), trace(kLastWords, "3.13")}) {
        Shown shown(t);
        std::mt19937 random(2);
        for (int i = 0; i < 12; ++i) {
            shown.at(random() % (shown.trace->changeCount() + 1), Granularity::Line);
            const PausePanel &panel = shown.figure.scene().pauses;
            QCOMPARE(panel.shown(), !shown.figure.story().running());
            if (!panel.shown())
                continue;
            QCOMPARE(std::uint32_t(panel.bars.size()), shown.world().gc.costs.pauses);
            double highest = 0, textEnd = -1;
            for (const PausePanel::Bar &bar : panel.bars) {
                highest = std::max(highest, bar.rect.height());
                QVERIFY(panel.plot.contains(bar.rect.adjusted(0, 0, -0.01, -0.01)));
                if (bar.text.isEmpty())
                    continue;
                QVERIFY(bar.textRect.left() > textEnd);
                textEnd = bar.textRect.right();
            }
            if (!panel.bars.empty()) {   // the last one as high as the world says it was long
                std::uint64_t most = 1;
                for (const TimelineMarks::Collection &c : timelineMarks(*shown.trace).collections)
                    most = std::max(most, c.visits);
                const double expected = (panel.plot.height() - 16) * double(shown.world().gc.costs.lastPause) / double(most);
                QVERIFY(std::abs(panel.bars.back().rect.height() - std::max(2.0, expected)) < 0.01);
            }
            QVERIFY(panel.objects.isEmpty() || panel.objects.back().x() <= panel.plot.right() + 0.01);
        }
    }
}

void TestIncrements::weakReferencesSnapBeforeFinalizersQueue()
{
    for (const char *profile : {"3.13", "3.14.0", "3.8"}) {
        Shown shown(trace(kLastWords, profile));
        const StepId collection = stepsOf(*shown.trace, StepKind::Collection).front();
        std::map<StepKind, StepId> phases;
        for (const StepId child : shown.trace->steps.children(collection))
            phases.emplace(shown.step(child).kind, child);
        // Before the phase: both are to be cleared, the one to the class is not among them.
        const Story &before = shown.at(shown.step(phases.at(StepKind::HandleWeakrefs)).begin);
        QVERIFY(before.afterMarking || std::string(profile) != "3.13");   // elsewhere the phase begins where marking ends
        if (before.afterMarking) {
            QCOMPARE(before.weakLinks.size(), std::size_t(2));
            for (const WeakLink &link : before.weakLinks)
                QVERIFY(!link.cleared);
            QCOMPARE(shown.trace->label(before.weakLinks[0].target), std::string("Node#1"));
            QVERIFY(before.weakLinks[0].callback == WeakLink::Callback::Waits);
            QVERIFY(before.weakLinks[1].callback == WeakLink::Callback::None);
            for (const CardBox &box : shown.figure.scene().queue.cards)
                QVERIFY(!box.link.isEmpty() && !box.snapped);
        }
        // In any middle of it: cleared is what the world's reference says.
        const Step &phase = shown.step(phases.at(StepKind::HandleWeakrefs));
        for (std::uint32_t position = phase.begin + 1; position <= phase.end; ++position) {
            const Story &story = shown.at(position);
            QCOMPARE(story.weakLinks.size(), std::size_t(2));
            for (const WeakLink &link : story.weakLinks)
                QCOMPARE(link.cleared, shown.world().object(link.reference).value == ObjectId::kNone);
        }
        QVERIFY(shown.figure.story().weakLinks[0].callback == WeakLink::Callback::Ran);
        for (const CardBox &box : shown.figure.scene().queue.cards)
            QVERIFY(box.snapped);
        // Then the finalizers, in order.
        const Step &finalize = shown.step(phases.at(StepKind::FinalizeGarbage));
        const Story &queue = shown.at(shown.step(stepsOf(*shown.trace, StepKind::Finalizer).front()).begin + 1);
        QCOMPARE(queue.finalizers.size(), std::size_t(2));
        QVERIFY(queue.finalizers[0].finalizer == FinalizerState::Runs);
        QVERIFY(queue.finalizers[1].finalizer == FinalizerState::Waits);
        QCOMPARE(shown.figure.scene().queue.cards.front().title, QStringLiteral("1. Last#1"));
        for (const Card &card : shown.at(finalize.end).finalizers)
            QVERIFY(card.finalizer == FinalizerState::Ran);
    }
}

void TestIncrements::nothingOverlapsAtAnySize()
{
    for (const auto &t : {pairs(), trace(kLastWords, "3.13")}) {
        Shown shown(t);
        std::mt19937 random(13);
        const std::vector<StepId> fills = stepsOf(*t, StepKind::FillIncrement), weak = stepsOf(*t, StepKind::HandleWeakrefs);
        for (const QSizeF size : {QSizeF(1280, 800), QSizeF(640, 480), QSizeF(1920, 1080), QSizeF(330, 520)})
            for (const double scale : {1.0, 2.0})
                for (int i = 0; i < 14; ++i) {
                    shown.input.theme = theme(ThemeName::Light, scale);
                    const std::vector<StepId> &phases = fills.empty() ? weak : fills;
                    const Step &phase = t->steps[phases[random() % phases.size()]];
                    const std::uint32_t position = i % 2 ? random() % (t->changeCount() + 1) : phase.begin + random() % (phase.end - phase.begin + 1);
                    shown.at(position, Granularity::Operation, size);
                    const CollectorScene &scene = shown.figure.scene();
                    std::vector<QRectF> boxes;
                    for (const Row *row : {&scene.examined, &scene.unreachable, &scene.queue}) {
                        if (!row->title.isEmpty() && !row->heading.isNull())
                            boxes.push_back(row->heading);
                        for (const CardBox &card : row->cards)
                            boxes.push_back(card.rect);
                        for (const More &more : row->more)
                            boxes.push_back(more.rect);
                    }
                    for (const GraphNode &node : scene.graph.nodes)
                        boxes.push_back(node.rect);
                    for (const TrackRow &track : scene.tracks)
                        boxes.push_back(track.nameRect.united(track.meterText));
                    if (scene.pauses.shown())
                        boxes.push_back(scene.pauses.heading.united(scene.pauses.plot));
                    for (std::size_t a = 0; a < boxes.size(); ++a) {
                        QVERIFY2(boxes[a].bottom() <= size.height() + 0.5, qPrintable(QStringLiteral("%1 at %2x%3").arg(position).arg(size.width()).arg(size.height())));
                        for (std::size_t b = a + 1; b < boxes.size(); ++b)
                            QVERIFY2(!boxes[a].adjusted(0.01, 0.01, -0.01, -0.01).intersects(boxes[b]),
                                     qPrintable(QStringLiteral("%1 at %2x%3, scale %4: %5..%6 and %7..%8").arg(position).arg(size.width()).arg(size.height())
                                                    .arg(scale).arg(boxes[a].top()).arg(boxes[a].bottom()).arg(boxes[b].top()).arg(boxes[b].bottom())));
                    }
                }
    }
}

void TestIncrements::anyMiddleIsPaintedAsInAFreshFigure()
{
    Shown shown(pairs());
    std::mt19937 random(3);
    for (int i = 0; i < 10; ++i) {
        shown.at(random() % (shown.trace->changeCount() + 1), Granularity::Operation, {800, 600});
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

QTEST_MAIN(TestIncrements)
#include "tst_increments.moc"
