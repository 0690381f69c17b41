#include <QTest>

#include "core/record.h"
#include "core/trace/timeline.h"
#include "core/world/reachability.h"
#include "core/world/retention.h"
#include "ui/figures/objects/objectsfigure.h"

#include <set>

using namespace pyrena;
using namespace pyrena::objects;

namespace {

const char *const kProgram = R"(class Node:
    pass
def grow(top):
    inner = [top]
    top.deep = [[inner], {"k": [1]}]
    return inner
a = Node()
a.next = Node()
b = a.next
kept = grow(a)
ring = [[]]
ring.append(ring)
del ring
b.back = a
del a
kept = None
)";

} // namespace

class TestWays : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWayRunsFromARootToTheSelectedAndItsOwnIsMarked()
    {
        Recipe recipe;
        recipe.source = kProgram;
        recipe.profile = "3.13";
        const std::shared_ptr<const Trace> trace = *record(recipe);
        Timeline timeline(trace);
        ObjectsFigure figure;
        FigureInput input;
        input.trace = trace.get();
        input.theme = theme(ThemeName::Light);
        input.granularity = Granularity::Line;
        int ways = 0, long_ = 0, kept = 0, garbage = 0;
        for (std::uint32_t stop = 0; stop < trace->stops.count(Granularity::Line); ++stop) {
            input.position = trace->stops.position(stop, Granularity::Line);
            input.stepBegin = trace->stops.previous(input.position, Granularity::Line);
            input.world = &timeline.seek(input.position);
            input.selected = {};
            figure.layout(input, {1280, 800}, {});
            std::vector<ObjectId> nodes;
            for (const Box &box : figure.scene().boxes)
                if (box.kind == Box::Kind::Node && box.fate != Fate::Gone)
                    nodes.push_back(box.id);
            for (const Arrow &arrow : figure.scene().arrows)
                QVERIFY(!arrow.onWay);
            const Retention retained = retention(*input.world);
            for (const ObjectId id : nodes) {
                input.selected = id;
                figure.layout(input, {1280, 800}, {});
                const Scene &scene = figure.scene();
                const auto path = pathFromRoot(*input.world, id);
                std::vector<const Arrow *> way;
                for (const Arrow &arrow : scene.arrows)
                    if (arrow.onWay)
                        way.push_back(&arrow);
                if (!path) {
                    QVERIFY(way.empty());
                    garbage += scene.boxes[scene.boxOf.at(id.value)].garbage;
                    continue;
                }
                QVERIFY(way.size() <= path->size());
                ways += !way.empty();
                long_ += way.size() > 2;
                std::set<std::size_t> entered, left;
                for (const Arrow *arrow : way) {   // each box on it once in and once out
                    QVERIFY(!arrow->weak && arrow->fate != Fate::Gone);
                    QVERIFY(left.insert(arrow->box).second);
                    QVERIFY(entered.insert(arrow->target).second);
                }
                QVERIFY(way.empty() || entered.contains(scene.boxOf.at(id.value)));
                QVERIFY(!left.contains(scene.boxOf.at(id.value)));
                std::set<std::uint32_t> expected, shown;
                for (const ObjectId owned : retained.keptBy(id))
                    if (const auto box = scene.boxOf.find(owned.value); box != scene.boxOf.end() && scene.boxes[box->second].fate != Fate::Gone)
                        expected.insert(owned.value);
                for (const Box &box : scene.boxes)
                    if (box.kept)
                        shown.insert(box.id.value);
                QVERIFY(expected == shown);
                kept += static_cast<int>(shown.size());
            }
        }
        QVERIFY(ways > 20 && long_ > 2 && kept > 5 && garbage > 1);
    }

    // Where nothing counts, what lost its last owner waits for the next collection like a dead cycle.
    void whatNobodyHoldsIsHatchedWhereNothingCounts()
    {
        Recipe recipe;
        recipe.source = "import gc\nt = ['T']\nring = []\nring.append(ring)\nt = None\nring = None\ngc.collect()\n";
        for (const char *profile : {"mark-sweep", "copying"}) {
            recipe.profile = profile;
            const std::shared_ptr<const Trace> trace = *record(recipe);
            Timeline timeline(trace);
            ObjectsFigure figure;
            FigureInput input;
            input.trace = trace.get();
            input.theme = theme(ThemeName::Light);
            input.granularity = Granularity::Line;
            std::vector<int> garbage;   // after each line
            for (std::uint32_t stop = 0; stop < trace->stops.count(Granularity::Line); ++stop) {
                input.position = trace->stops.position(stop, Granularity::Line);
                input.stepBegin = input.position;
                input.world = &timeline.seek(input.position);
                figure.layout(input, {1280, 800}, {});
                int hatched = 0;
                for (const Box &box : figure.scene().boxes)
                    hatched += box.garbage && box.type == TypeKind::List;
                if (garbage.empty() || garbage.back() != hatched)
                    garbage.push_back(hatched);
            }
            QCOMPARE(garbage, (std::vector<int>{0, 1, 2, 0}));
        }
    }
};

QTEST_MAIN(TestWays)
#include "tst_ways.moc"
