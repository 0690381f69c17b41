// Going back is going forward from a keyframe: any way to a position shows the same world.
#include "../run/programgenerator.h"
#include "../run/restpoints.h"

#include "core/explain/explain.h"
#include "core/trace/redo.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

const char *profileFor(std::uint32_t seed) { return seed % 2 == 0 ? "3.13" : "classic"; }

// Worlds at these positions, by doing every change once from the start: no keyframe, no Timeline.
std::map<std::uint32_t, World> redone(const Trace &trace, const std::vector<std::uint32_t> &positions)
{
    std::map<std::uint32_t, World> worlds;
    World world = trace.initial;
    std::vector<std::uint32_t> rising = positions;
    std::sort(rising.begin(), rising.end());
    std::uint32_t done = 0;
    for (const std::uint32_t position : rising) {
        for (; done < position; ++done)
            redo(world, trace.change(done));
        worlds.emplace(position, world);
    }
    return worlds;
}

// Long enough for several keyframes.
const char *const kLongProgram = R"(keep = []
for i in range(1200):
    keep.append([i, str(i)])
    if i % 3 == 0:
        keep.pop(0)
)";

void visitInAnyOrder(std::shared_ptr<const Trace> trace, std::uint32_t seed)
{
    std::mt19937 random(seed);
    std::vector<std::uint32_t> positions{0, trace->changeCount()};
    for (int i = 0; i < 10; ++i)
        positions.push_back(static_cast<std::uint32_t>(random() % (trace->changeCount() + 1)));
    const auto expected = redone(*trace, positions);

    // Twice, shuffled: each pair of neighbours is a seek forwards or backwards.
    Timeline timeline(trace);
    for (int round = 0; round < 2; ++round) {
        std::shuffle(positions.begin(), positions.end(), random);
        for (const std::uint32_t position : positions) {
            CAPTURE(position);
            const bool same = timeline.seek(position) == expected.at(position);
            CHECK(same);
            CHECK(timeline.position() == position);
        }
    }
}

} // namespace

TEST_CASE("a seek to any middle of a random program shows what redoing the prefix shows")
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const std::string source = generateProgram(seed);
        CAPTURE(source);
        const auto trace = recordText(source, profileFor(seed));
        REQUIRE(trace);
        visitInAnyOrder(trace, seed);
    }
}

TEST_CASE("a seek over several keyframes shows what redoing the prefix shows")
{
    const auto trace = recordText(kLongProgram);
    REQUIRE(trace);
    REQUIRE(trace->keyframes.size() > 3);
    for (std::uint32_t seed = 1; seed <= 5; ++seed)
        visitInAnyOrder(trace, seed);
}

TEST_CASE("stepping back one change at a time shows every world again")
{
    const auto trace = recordText("a = [1000]\nb = a\ndel a\nb.append(b)\ndel b\nimport gc\ngc.collect()\n");
    REQUIRE(trace);
    std::vector<World> worlds{trace->initial};
    for (std::uint32_t i = 0; i < trace->changeCount(); ++i) {
        worlds.push_back(worlds.back());
        redo(worlds.back(), trace->change(i));
    }
    Timeline timeline(trace);
    timeline.seek(trace->changeCount());
    for (std::uint32_t position = trace->changeCount(); position-- > 0;) {
        const bool same = timeline.seek(position) == worlds[position];
        CHECK_MESSAGE(same, position);
    }
}

TEST_CASE("keyframes begin at 0, rise, and hold the world of their position")
{
    const auto trace = recordText(kLongProgram);
    REQUIRE(trace);
    REQUIRE(!trace->keyframes.empty());
    CHECK(trace->keyframes.front().position() == 0);
    std::vector<std::uint32_t> positions;
    for (const auto &keyframe : trace->keyframes) {
        CHECK((positions.empty() || keyframe.position() > positions.back()));
        positions.push_back(keyframe.position());
    }
    CHECK(positions.back() <= trace->changeCount());
    const auto expected = redone(*trace, positions);
    World world = trace->initial, used = expected.at(positions.back());
    for (const auto &keyframe : trace->keyframes) {
        keyframe.restore(world);   // from the one before
        keyframe.restore(used);    // from the last, then from itself and back again
        const bool same = world == expected.at(keyframe.position()) && used == world;
        CHECK_MESSAGE(same, keyframe.position());
        trace->keyframes.back().restore(used);
    }
}

TEST_CASE("the same recipe records the same trace")
{
    for (std::uint32_t seed = 1; seed <= 25; ++seed) {
        const std::string source = generateProgram(seed);
        CAPTURE(source);
        const auto one = recordText(source, profileFor(seed)), two = recordText(source, profileFor(seed));
        REQUIRE(one);
        REQUIRE(two);
        REQUIRE(one->changeCount() == two->changeCount());
        CHECK(one->initial == two->initial);
        CHECK(one->steps.size() == two->steps.size());
        CHECK(one->outcome == two->outcome);
        CHECK(one->errorText == two->errorText);
        std::uint32_t differing = 0;
        World world = one->initial, other = two->initial;
        for (std::uint32_t i = 0; i < one->changeCount(); ++i) {
            redo(world, one->change(i));
            redo(other, two->change(i));
            differing += one->change(i).index() != two->change(i).index() || explainChange(*one, i) != explainChange(*two, i);
            if (i % 500 == 0)
                differing += !(world == other);
        }
        CHECK(differing == 0);
        CHECK(world == other);
    }
}
