#include <QTest>

#include "core/record.h"
#include "core/trace/timeline.h"
#include "ui/figures/objects/garbage.h"
#include "ui/figures/objects/objectsfigure.h"

#include <set>

using namespace pyrena;
using namespace pyrena::objects;

namespace {

// Loops within a call within a loop: iterators, a list that only an iterator holds, and objects on their way into a call.
const char *const kLoops = R"(class Node:
    pass
def walk(p, *rest):
    for x in [p, [p]]:
        y = x
    return y
kept = [Node()]
for i in [[1], [2], [3]]:
    kept.append(i)
    for pair in enumerate(kept):
        last = pair
walk(kept, Node(), Node())
)";

struct Shown
{
    std::shared_ptr<const Trace> trace;
    Timeline timeline;
    ObjectsFigure figure;
    FigureInput input;

    explicit Shown(const std::string &profile) : trace(*record(recipe(profile))), timeline(trace)
    {
        input.trace = trace.get();
        input.theme = theme(ThemeName::Light);
    }
    static Recipe recipe(const std::string &profile)
    {
        Recipe r;
        r.source = kLoops;
        r.profile = profile;
        return r;
    }
    std::set<std::uint32_t> nodesAt(std::uint32_t position, Granularity granularity)
    {
        input.world = &timeline.seek(position);
        input.position = input.stepBegin = position;
        input.granularity = granularity;
        figure.layout(input, {1280, 800}, {});
        std::set<std::uint32_t> nodes;
        for (const Box &box : figure.scene().boxes)
            if (box.kind == Box::Kind::Node)
                nodes.insert(box.id.value);
        return nodes;
    }
    // Reached from names, globals and the interpreter without a step over a value stack.
    std::set<std::uint32_t> named() const
    {
        const World &world = timeline.world();
        const Holding holding = findHolding(world);
        std::set<std::uint32_t> reached;
        std::vector<ObjectId> open;
        const auto reach = [&](ObjectId id) {
            if (id && reached.insert(id.value).second)
                open.push_back(id);
        };
        reach(world.globals);
        for (const Activation &activation : world.stack)
            for (const Slot &slot : world.slotsOf(activation.frame))
                if (slot.label && slot.label != kBorrowed)
                    reach(slot.target);
        for (std::uint32_t i = 0; i < world.objects.size(); ++i)
            if (const Object &o = world.objects[i]; o.alive() && o.kind != TypeKind::Frame && (o.has(ObjectFlag::Static) || o.refcount > holding.incoming[i]))
                reach(ObjectId(i));
        while (!open.empty()) {
            const ObjectId id = open.back();
            open.pop_back();
            for (const Slot &slot : world.slotsOf(id))
                reach(slot.target);
        }
        return reached;
    }
};

} // namespace

class TestTemporaries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lineStepsHideWhatOnlyTheInterpreterHolds_data()
    {
        QTest::addColumn<QString>("profile");
        for (const char *profile : {"3.13", "3.14", "3.10", "3.8"})
            QTest::newRow(profile) << QString::fromLatin1(profile);
    }
    void lineStepsHideWhatOnlyTheInterpreterHolds()
    {
        QFETCH(QString, profile);
        Shown shown(profile.toStdString());
        const Stops &stops = shown.trace->stops;
        int hidden = 0, iterators = 0;
        for (std::uint32_t i = 0; i < stops.count(Granularity::Line); ++i) {
            const std::uint32_t position = stops.position(i, Granularity::Line);
            const std::set<std::uint32_t> all = shown.nodesAt(position, Granularity::Operation);
            QVERIFY(shown.figure.chip().isNull());
            QCOMPARE(shown.figure.scene().temporaries, std::size_t(0));
            const std::set<std::uint32_t> line = shown.nodesAt(position, Granularity::Line);
            const std::set<std::uint32_t> named = shown.named();
            for (const std::uint32_t id : line)
                QVERIFY2(all.contains(id), shown.trace->label(ObjectId(id)).c_str());
            for (const std::uint32_t id : all) {
                if (line.contains(id))
                    continue;
                ++hidden;
                iterators += shown.trace->objects[id].kind == TypeKind::Iterator;
                QVERIFY2(!named.contains(id), shown.trace->label(ObjectId(id)).c_str());
            }
            QCOMPARE(shown.figure.scene().temporaries, all.size() - line.size());
            QCOMPARE(shown.figure.chip().isNull(), all.size() == line.size());
        }
        QVERIFY(hidden > 10 && iterators > 5);
    }
    void nothingRefersToWhatIsHidden()
    {
        Shown shown("3.10");
        const Stops &stops = shown.trace->stops;
        for (std::uint32_t i = 0; i < stops.count(Granularity::Line); ++i) {
            shown.nodesAt(stops.position(i, Granularity::Line), Granularity::Line);
            const Scene &scene = shown.figure.scene();
            for (const Arrow &arrow : scene.arrows)
                QVERIFY(arrow.box < scene.boxes.size() && arrow.target < scene.boxes.size());
            for (const Box &box : scene.boxes)
                for (const Row &row : box.rows)
                    QVERIFY(!row.arrow || scene.boxOf.contains(row.target.value));
        }
    }
    void theChipSaysHowManyAndWhereToSeeThem()
    {
        Shown shown("3.13");
        const Stops &stops = shown.trace->stops;
        int chips = 0;
        for (std::uint32_t i = 0; i < stops.count(Granularity::Line); ++i)
            for (const double scale : {1.0, 2.0}) {
                shown.input.theme = theme(i % 2 ? ThemeName::Dark : ThemeName::Light, scale);
                shown.nodesAt(stops.position(i, Granularity::Line), Granularity::Line);
                const QRectF chip = shown.figure.chip();
                if (chip.isNull())
                    continue;
                ++chips;
                QVERIFY(QRectF(0, 0, 1280, shown.figure.port().top()).contains(chip));
                const FigureHit hit = shown.figure.hit(chip.center());
                QCOMPARE(hit.command, FigureCommand::StepByOperation);
                QVERIFY(std::holds_alternative<std::monostate>(hit.what));
                const std::size_t hidden = shown.figure.scene().temporaries;
                QVERIFY2(hit.sentence.startsWith(hidden == 1 ? QStringLiteral("1 temporary hidden") : QStringLiteral("%1 temporaries hidden").arg(hidden)),
                         qPrintable(hit.sentence));
                QVERIFY(hit.sentence.contains(QStringLiteral("by operation")));
                QCOMPARE(shown.figure.items().back().command, FigureCommand::StepByOperation);
                QVERIFY(shown.figure.summary().contains(QStringLiteral("temporaries hidden: %1").arg(hidden)));
            }
        QVERIFY(chips > 4);
    }
};

QTEST_MAIN(TestTemporaries)
#include "tst_temporaries.moc"
