// A string that grows where it is keeps its identity, and its block is that of realloc.
#include "../run/restpoints.h"

#include "core/trace/timeline.h"
#include "core/world/invariants.h"

#include <doctest/doctest.h>

#include <vector>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

// Crosses size classes, and from a pool into the raw heap.
constexpr const char *kGrowing = "def grow():\n"
                                 "    s = 'ab'.upper()\n"
                                 "    for i in range(60):\n"
                                 "        s += 'twelve chars'\n"
                                 "    return s\n"
                                 "grow()\n"
                                 "text = 'ab'.upper()\n"
                                 "text += 'cd'\n"
                                 "text += 'ef'\n";

std::vector<change::SizeSet> growths(const Trace &trace)
{
    std::vector<change::SizeSet> found;
    for (std::uint32_t n = 0; n < trace.changeCount(); ++n)
        if (const auto set = trace.changeAs<change::SizeSet>(n))
            found.push_back(*set);
    return found;
}

} // namespace

TEST_CASE("a growing string is one object, at rest points and at any moment between")
{
    for (const char *profile : {"classic", "3.10", "3.11", "3.14"}) {
        CAPTURE(std::string(profile));
        const auto trace = recordText(kGrowing, profile);
        REQUIRE(trace);
        CHECK(trace->outcome == Outcome::Finished);
        CHECK(firstViolations(trace, 1000).empty());
        const std::vector<change::SizeSet> sets = growths(*trace);
        REQUIRE(sets.size() > 40);
        std::uint32_t moves = 0;
        for (std::size_t i = 1; i < sets.size() && sets[i].object == sets[0].object; ++i)
            moves += sets[i].address != sets[i - 1].address;
        CHECK(moves > 5);
        CHECK(moves < sets.size());
        Timeline forth(trace), back(trace);
        for (const std::uint32_t middle : {trace->changeCount() * 4 / 5, trace->changeCount() / 2, trace->changeCount() / 3}) {
            const World there = back.seek(middle);
            forth.seek(0);
            CHECK(forth.seek(middle) == there);
        }
    }
}

TEST_CASE("up to 3.10 names of modules let go of the string first; later only warm locals do")
{
    const auto moduleGrowths = [](const char *profile) {
        const auto trace = recordText("text = 'ab'.upper()\ntext += 'cd'\ntext += 'ef'\n", profile);
        return growths(*trace).size();
    };
    CHECK(moduleGrowths("3.10") == 2);
    CHECK(moduleGrowths("3.11") == 0);
    CHECK(moduleGrowths("3.14") == 0);
}
