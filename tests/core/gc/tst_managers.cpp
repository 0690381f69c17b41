// Managers without counts against CPython's collector: the same garbage, by another way.
#include "../run/restpoints.h"
#include "core/base/verify.h"
#include "core/gc/collector.h"
#include "core/python/code/compiler.h"
#include "core/python/runtime/interpreter.h"
#include "core/python/syntax/parser.h"
#include "core/trace/redo.h"
#include "randomgraph.h"

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

constexpr const char *kTracing[] = {"mark-sweep", "mark-compact", "copying", "generational-copying"};

// The objects of a graph that are alive in the end, by label.
std::set<std::string> aliveOf(const Trace &trace, const World &world)
{
    std::set<std::string> alive;
    for (std::uint32_t n = 0; n < world.objects.size(); ++n) {
        const Object &o = world.objects[n];
        const bool graph = o.kind == TypeKind::Instance || o.kind == TypeKind::List || o.kind == TypeKind::Dict;
        if (o.alive() && graph && !o.has(ObjectFlag::Static))
            alive.insert(trace.label(ObjectId(n)));
    }
    return alive;
}

std::string listed(const std::set<std::string> &labels)
{
    std::string text;
    for (const std::string &label : labels)
        text += (text.empty() ? "" : " ") + label;
    return text;
}

struct Ended
{
    std::set<std::string> alive;
    std::vector<std::string> violations;
};

// Without history: the world of the end is the first one of the trace.
Ended run(const std::string &source, const std::string &profile)
{
    Recipe recipe;
    recipe.source = source;
    recipe.profile = profile;
    recipe.history = false;
    const auto trace = record(recipe);
    REQUIRE(trace);
    REQUIRE_MESSAGE(trace.value()->outcome == Outcome::Finished, trace.value()->errorText);
    return {aliveOf(*trace.value(), trace.value()->initial), checkInvariants(trace.value()->initial)};
}

// The same with a rule left out. Whether anything noticed: a check inside, an invariant, or the set of the living.
bool notices(const std::string &source, const std::string &profile, ReclaimMistake mistake, const std::set<std::string> &alive)
{
    const PythonProfile &p = *findProfile(profile);
    const auto tree = parse(source, "script.py");
    const auto code = compile(*tree, "script.py", p);
    Recorder recorder({.source = source, .profile = profile}, p);
    bool noticed = false;
    {
        Obmalloc memory(recorder);
        Interpreter interpreter(recorder, memory, "script.py", source);
        interpreter.heap().setMistake(mistake);
        try {
            interpreter.load(code.value());
            interpreter.runMain();
        } catch (...) {
            noticed = true;
        }
    }
    noticed = noticed || !checkInvariants(recorder.world()).empty() || aliveOf(recorder.trace(), recorder.world()) != alive;
    return noticed;
}

std::string output(const Trace &trace)
{
    Timeline timeline(std::shared_ptr<const Trace>(&trace, [](const Trace *) {}));
    std::string text;
    for (const TextId piece : timeline.seek(trace.changeCount()).output)
        text += trace.text(piece);
    return text;
}

} // namespace

TEST_CASE("1,000 random graphs: every manager frees what CPython's full collection frees")
{
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
        const std::string source = randomGraphProgram(seed);
        const Ended expected = run(source, "3.13");
        REQUIRE(expected.violations.empty());
        for (const char *profile : {"mark-sweep", "mark-compact", "copying", "generational-copying", "3.14.0"}) {
            CAPTURE(seed);
            CAPTURE(std::string(profile));
            const Ended got = run(source, profile);
            REQUIRE(listed(got.alive) == listed(expected.alive));
            REQUIRE_MESSAGE(got.violations.empty(), got.violations.front());
        }
    }
}

TEST_CASE("with finalizers the same objects are gone after a second collection")
{
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        const auto before = [&](const char *profile) {
            // At the end of the last statement; then the interpreter ends, and with it everything.
            const auto trace = recordText(randomGraphProgram(seed, 100, true), profile);
            REQUIRE(trace);
            Timeline timeline(trace);
            std::uint32_t end = 0;
            for (const Step &step : trace->steps.all())
                if (step.kind == StepKind::Statement && step.depth <= 1)
                    end = std::max(end, step.end);
            return listed(aliveOf(*trace, timeline.seek(end)));
        };
        const std::string expected = before("3.13");
        for (const char *profile : kTracing) {
            CAPTURE(seed);
            CAPTURE(std::string(profile));
            REQUIRE(before(profile) == expected);
        }
    }
}

TEST_CASE("counting only never frees a cycle, and frees all else")
{
    const Ended got = run("import gc\nclass Node: pass\na = Node()\na.me = a\nb = Node()\nb.a = a\ndel a, b\ngc.collect()\n", "counting-only");
    CHECK(got.alive.contains("Node#1"));
    CHECK_FALSE(got.alive.contains("Node#2"));
    CHECK(got.violations.empty());
}

TEST_CASE("going back into the middle of any phase equals a fresh redo")
{
    std::mt19937 random(7);
    for (const char *profile : {"3.13", "3.14.0", "mark-sweep", "mark-compact", "copying", "generational-copying"}) {
        CAPTURE(std::string(profile));
        const auto trace = recordText(randomGraphProgram(11, 120, true) + "for i in range(400):\n    x = [i, [i]]\n    x.append(x)\ngc.collect()\n",
                                      profile, 2'000'000);
        REQUIRE(trace);
        REQUIRE_MESSAGE(trace->outcome == Outcome::Finished, trace->errorText);
        Timeline timeline(trace);
        std::set<StepKind> met;
        std::vector<std::uint32_t> positions;
        for (const Step &step : trace->steps.all()) {
            // One random place in each kind of phase, and then some.
            if (step.end > step.begin && (met.insert(step.kind).second || random() % 400 == 0))
                positions.push_back(step.begin + static_cast<std::uint32_t>(random() % (step.end - step.begin)));
        }
        std::sort(positions.begin(), positions.end());
        World fresh = trace->initial;
        std::uint32_t at = 0;
        std::vector<World> worlds;
        for (const std::uint32_t position : positions) {
            for (; at < position; ++at)
                redo(fresh, trace->change(at));
            worlds.push_back(fresh);
        }
        std::vector<std::size_t> order(positions.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::shuffle(order.begin(), order.end(), random);
        for (const std::size_t i : order) {
            CAPTURE(positions[i]);
            REQUIRE(timeline.seek(positions[i]) == worlds[i]);
        }
    }
}

TEST_CASE("a moving manager changes addresses, and remembers the stale ones")
{
    const std::string source = "import gc\nclass Node: pass\ngarbage = [Node() for i in range(50)]\na = Node()\nold = id(a)\n"
                               "names = {a: 'a'}\nbefore = hash(a)\ndel garbage\ngc.collect()\n"
                               "print(id(a) == old, hash(a) == before, names[a], a in names)\n";
    for (const char *profile : {"mark-compact", "copying", "generational-copying"}) {
        CAPTURE(std::string(profile));
        const auto trace = recordText(source, profile);
        REQUIRE(trace);
        CHECK(output(*trace) == "False True a True\n");
        Timeline timeline(trace);
        const World &world = timeline.seek(statementEnds(*trace).back());
        bool found = false;
        for (std::uint32_t n = 0; n < world.objects.size(); ++n)
            if (trace->label(ObjectId(n)) == "Node#51") {
                const Relocation *moved = world.spaces.relocationOf(ObjectId(n));
                REQUIRE(moved);
                CHECK(moved->previous != world.objects[n].address);
                found = true;
            }
        CHECK(found);
    }
    const auto still = recordText(source, "mark-sweep");
    REQUIRE(still);
    CHECK(output(*still) == "True True a True\n");
}

TEST_CASE("after a compaction the heap is one piece: the used part is exactly what lives")
{
    const auto trace = recordText("import gc\nkeep = []\nfor i in range(100):\n    x = [i]\n    if i % 3 == 0:\n        keep.append(x)\ngc.collect()\n", "mark-compact");
    REQUIRE(trace);
    Timeline timeline(trace);
    std::uint32_t slid = 0;
    for (const Step &step : trace->steps.all())
        if (step.kind == StepKind::SlideObjects)
            slid = step.end;
    REQUIRE(slid > 0);
    const World &world = timeline.seek(slid);
    std::uint64_t living = 0;
    for (const Object &o : world.objects)
        if (o.alive() && !o.has(ObjectFlag::Static))
            living += (o.size + 15) / 16 * 16 + (o.bufferSize + 15) / 16 * 16;
    CHECK(world.spaces[SpaceId::A].used == living);
}

TEST_CASE("without counts __del__ and callbacks run after the collection that finds the object, callbacks first")
{
    const std::string source = "import gc, weakref\nclass Node:\n    def __del__(self): print('del', self.name, r())\n"
                               "a = Node()\na.name = 'a'\nr = weakref.ref(a, lambda ref: print('callback'))\ndel a\nprint('dropped')\n"
                               "print(gc.collect() >= 0)\ngc.collect()\nprint('end')\n";
    for (const char *profile : kTracing) {
        CAPTURE(std::string(profile));
        const auto trace = recordText(source, profile);
        REQUIRE(trace);
        CHECK(output(*trace) == "dropped\ncallback\ndel a None\nTrue\nend\n");
    }
}

TEST_CASE("a heap that is full is collected without being asked")
{
    for (const char *profile : kTracing) {
        CAPTURE(std::string(profile));
        const auto trace = recordText("for i in range(3000):\n    x = [i, i]\n", profile, 2'000'000);
        REQUIRE(trace);
        Timeline timeline(trace);
        const World &world = timeline.seek(trace->changeCount());
        CHECK(world.gc.collections > 2);
        CHECK(world.gc.costs.pauses == world.gc.collections);
        CHECK(world.liveObjects < 2500);
    }
}

TEST_CASE("a rule left out is noticed")
{
    const struct { const char *profile; ReclaimMistake mistake; } kMistakes[] = {
        {"3.13", ReclaimMistake::NoPullBack}, {"3.13", ReclaimMistake::NoSubtraction},
        {"mark-sweep", ReclaimMistake::DictsNotFollowed}, {"copying", ReclaimMistake::DictsNotFollowed},
        {"mark-compact", ReclaimMistake::MovesTooFar}, {"copying", ReclaimMistake::ForgetsSecondBlock},
        {"generational-copying", ReclaimMistake::NoWriteBarrier},
    };
    const std::string young = "import gc\nkeep = [None]\ngc.collect()\nkeep[0] = [1]\ngc.collect(0)\n";
    for (const auto &[profile, mistake] : kMistakes) {
        CAPTURE(std::string(profile));
        CAPTURE(int(mistake));
        bool noticed = false;
        for (std::uint32_t seed = 1; seed <= 30 && !noticed; ++seed) {
            const std::string source = mistake == ReclaimMistake::NoWriteBarrier ? young : randomGraphProgram(seed);
            const std::set<std::string> alive = run(source, profile).alive;
            CHECK_FALSE(notices(source, profile, ReclaimMistake::None, alive));
            noticed = notices(source, profile, mistake, alive);
        }
        CHECK(noticed);
    }
}
