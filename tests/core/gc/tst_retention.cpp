// Who keeps what, against trying it: the object is taken away and what is still reachable counted again.
#include "../run/restpoints.h"
#include "core/world/reachability.h"
#include "core/world/retention.h"
#include "randomgraph.h"

#include <doctest/doctest.h>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

// Nothing refers to it any more.
World without(World world, ObjectId gone)
{
    for (Slot &slot : world.slots)
        if (slot.target == gone)
            slot = {};
    for (Object &o : world.objects)
        if (o.type == gone)
            o.type = ObjectId();
    return world;
}

} // namespace

TEST_CASE("an object keeps exactly what is no longer reachable without it")
{
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        const auto trace = recordText(randomGraphProgram(seed, 60), "3.13");
        REQUIRE(trace);
        Timeline timeline(trace);
        // Before the last collection: garbage is there, too.
        const auto ends = statementEnds(*trace);
        const World world = timeline.seek(ends[ends.size() - 2]);
        const Retention kept = retention(world);
        const std::vector<bool> before = reachableObjects(world);
        for (std::uint32_t n = 1; n < world.objects.size(); ++n) {
            const Object &o = world.objects[n];
            if (!o.alive() || o.has(ObjectFlag::Static) || ObjectId(n) == world.globals)
                continue;
            CAPTURE(seed);
            CAPTURE(trace->label(ObjectId(n)));
            if (!before[n]) {
                REQUIRE(kept.bytes[n] == 0);
                REQUIRE(kept.keptBy(ObjectId(n)).empty());
                continue;
            }
            const std::vector<bool> after = reachableObjects(without(world, ObjectId(n)));
            std::vector<ObjectId> gone;
            std::uint64_t bytes = 0;
            for (std::uint32_t m = 0; m < world.objects.size(); ++m)
                if (before[m] && !after[m]) {
                    if (!world.objects[m].has(ObjectFlag::Static))
                        bytes += std::uint64_t(world.objects[m].size) + world.objects[m].bufferSize;
                    if (m != n)
                        gone.push_back(ObjectId(m));
                }
            REQUIRE(kept.keptBy(ObjectId(n)) == gone);
            REQUIRE(kept.bytes[n] == bytes);
            for (const ObjectId id : gone)
                REQUIRE(kept.keeps(ObjectId(n), id));
        }
    }
}

TEST_CASE("what two names hold, neither keeps alone")
{
    const auto trace = recordText("a = [[1000], [2000]]\nb = [a[0]]\nprint()\n");
    REQUIRE(trace);
    Timeline timeline(trace);
    const World &world = timeline.seek(statementEnds(*trace).back());
    const Retention kept = retention(world);
    ObjectId a, shared, alone;
    for (std::uint32_t n = 0; n < world.objects.size(); ++n) {
        const std::string label = trace->label(ObjectId(n));
        // Inner lists are made before the one that holds them.
        if (label == "list#1") shared = ObjectId(n);
        if (label == "list#2") alone = ObjectId(n);
        if (label == "list#3") a = ObjectId(n);
    }
    REQUIRE(a);
    CHECK(kept.keeps(a, alone));
    CHECK_FALSE(kept.keeps(a, shared));
}
