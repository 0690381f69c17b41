// The recordings are only worth something if they catch mistakes: each wrong rule must differ from at least one of them.
#include "core/memory/allocatorprofiles.h"
#include "core/memory/obmallocrules.h"
#include "core/memory/replayengine.h"

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <string>
#include <utility>

using namespace pyrena;

namespace {

struct Recording
{
    TraceHeader header;
    std::vector<TraceEvent> events;
    std::vector<TraceStatistics> statistics;   // of the S events, in order
};

const Recording &recording(const std::string &name)
{
    static std::map<std::string, Recording> known;
    const auto [entry, isNew] = known.try_emplace(name);
    if (isNew) {
        Result<TraceReader> reader = TraceReader::open(std::string(PYRENA_TEST_DATA) + "/allocator/" + name + ".trace.gz");
        REQUIRE_MESSAGE(reader.ok(), reader.error().message);
        entry->second.header = reader->header();
        TraceEvent event;
        while (reader->next(event)) {
            entry->second.events.push_back(event);
            if (event.kind == TraceLine::Statistics)
                entry->second.statistics.push_back(reader->statistics());
        }
        REQUIRE_FALSE(reader->error().has_value());
    }
    return entry->second;
}

// The first difference, "" when there is none.
template <Mistake mistake>
std::string firstDifference(const Recording &recorded, const AllocatorProfile &profile)
{
    BasicObmalloc<DirectHeap, mistake> allocator(DirectHeap(profile), profile, kRawLargest);
    ReplayEngine engine(allocator, recorded.header, {});
    const TraceStatistics none;
    std::size_t statistics = 0;
    for (const TraceEvent &event : recorded.events) {
        const bool isStatistics = event.kind == TraceLine::Statistics;
        if (!engine.put(event, isStatistics ? recorded.statistics[statistics++] : none))
            return "cannot go on: " + engine.failure();
        if (!engine.report().exact())
            return engine.report().first.front();
    }
    return {};
}

constexpr std::array<const char *, 6> kRecordings{
    "3.13.0/s_quick-1-real", "3.7.3/s_quick-1-real", "3.13.0/s_arenas-1-mix",
    "3.7.3/s_arenas4k-2-mix", "3.9.18/s_arenas4k-2-mix", "3.9.18/s_quick-1-real",
};

struct Catch
{
    int recordings = 0;
    std::string first;   // "recording: difference"
};

template <Mistake mistake>
Catch catches()
{
    Catch caught;
    for (const char *name : kRecordings) {
        const Recording &r = recording(name);
        const std::string difference = firstDifference<mistake>(r, r.header.allocator());
        if (difference.empty())
            continue;
        if (caught.recordings++ == 0)
            caught.first = std::string(name) + ": " + difference;
    }
    return caught;
}

template <std::size_t... index>
std::array<Catch, sizeof...(index)> allCatches(std::index_sequence<index...>)
{
    return {catches<static_cast<Mistake>(index)>()...};
}

} // namespace

TEST_CASE("the rules without a mistake differ from none of the recordings")
{
    CHECK(catches<Mistake::None>().recordings == 0);
}

TEST_CASE("each wrong rule is caught by a recording")
{
    constexpr auto kCount = static_cast<std::size_t>(Mistake::Count);
    static_assert(kCount > 25);
    const auto found = allCatches(std::make_index_sequence<kCount>());
    for (std::size_t mistake = 1; mistake < kCount; ++mistake) {
        CAPTURE(mistake);
        CHECK(found[mistake].recordings > 0);
        CHECK_MESSAGE(found[mistake].first.find("line ") != std::string::npos, found[mistake].first);   // compared, not crashed
    }
}

TEST_CASE("each wrong number of a profile is caught by a recording")
{
    const auto differs = [](const char *name, auto change) {
        const Recording &r = recording(name);
        AllocatorProfile profile = r.header.allocator();
        change(profile);
        return !firstDifference<Mistake::None>(r, profile).empty();
    };
    for (const char *name : {"3.13.0/s_quick-1-real", "3.7.3/s_quick-1-real"}) {
        CAPTURE(name);
        CHECK(differs(name, [](AllocatorProfile &p) { p.smallRequestThreshold = 511; }));
        CHECK(differs(name, [](AllocatorProfile &p) { p.alignment = 24 - p.alignment; }));   // 8 for 16, 16 for 8
    }
    CHECK(differs("3.7.3/s_quick-1-real", [](AllocatorProfile &p) { p.keepsLastArena = true; }));
    CHECK(differs("3.8.18/p00_startup", [](AllocatorProfile &p) { p.keepsLastArena = true; }));
    CHECK(differs("3.9.18/s_arenas4k-2-mix", [](AllocatorProfile &p) { p.keepsLastArena = false; }));
    CHECK(differs("3.13.0/s_arenas-1-mix", [](AllocatorProfile &p) { p.keepsLastArena = false; }));
    CHECK(differs("3.13.0/s_arenas-1-mix", [](AllocatorProfile &p) { p.initialArenaObjects = 8; }) == false);   // same order
}
