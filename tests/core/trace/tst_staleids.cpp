// Which numbers once were an object's id, asked at random moments and compared with worlds redone.
#include "core/record.h"
#include "core/trace/staleids.h"
#include "core/trace/timeline.h"

#include <doctest/doctest.h>

#include <random>

using namespace pyrena;

namespace {

const char *const kMoving = R"(import gc
class Node:
    pass
kept = []
n = 0
while n < 40:
    junk = [Node() for i in range(4)]
    kept.append(Node())
    print(id(kept[-1]))
    junk = None
    if n % 10 == 9:
        gc.collect()
    if n % 15 == 14:
        kept = kept[5:]
    n = n + 1
)";

std::shared_ptr<const Trace> recorded(const char *profile)
{
    Recipe recipe;
    recipe.source = kMoving;
    recipe.profile = profile;
    return *record(recipe);
}

} // namespace

TEST_CASE("an id is stale when its object was there when it was seen, and is not there now")
{
    for (const char *profile : {"mark-compact", "copying", "generational-copying"}) {
        CAPTURE(profile);
        const auto trace = recorded(profile);
        const StaleIds stale(*trace);
        REQUIRE(!stale.none());
        Timeline early(trace), late(trace);
        std::mt19937 random(5);
        int found = 0, fresh = 0;
        for (int i = 0; i < 4000; ++i) {
            std::uint32_t seen = random() % trace->changeCount(), now = random() % (trace->changeCount() + 1);
            if (now < seen)
                std::swap(now, seen);
            const World &then = early.seek(seen), &world = late.seek(now);
            const ObjectId id(static_cast<std::uint32_t>(random() % then.objects.size()));
            const Object &o = then.object(id);
            if (!o.alive() || !o.address || o.has(ObjectFlag::Static))
                continue;
            CAPTURE(seen);
            CAPTURE(now);
            CAPTURE(trace->label(id));
            const bool moved = world.object(id).address.value != o.address.value && world.object(id).address;
            const ObjectId owner = stale.formerOwner(o.address.value, seen, world, now);
            if (world.object(id).alive())
                CHECK(owner == (moved ? id : ObjectId()));
            found += static_cast<bool>(owner);
            fresh += !owner;
        }
        CHECK(found > 10);
        CHECK(fresh > 10);
    }
}

TEST_CASE("the pieces of the output stand where they were printed")
{
    const auto trace = recorded("copying");
    const StaleIds stale(*trace);
    Timeline timeline(trace);
    const std::size_t pieces = timeline.seek(trace->changeCount()).output.size();
    REQUIRE(pieces >= 40);
    for (std::size_t i = 0; i < pieces; i += 7) {
        CHECK(timeline.seek(stale.printedAt(i)).output.size() == i);
        CHECK(timeline.seek(stale.printedAt(i) + 1).output.size() == i + 1);
    }
}

TEST_CASE("no id is ever stale where nothing moves")
{
    for (const char *profile : {"3.13", "counting-only", "mark-sweep"})
        CHECK(StaleIds(*recorded(profile)).none());
}
