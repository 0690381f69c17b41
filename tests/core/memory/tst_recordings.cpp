// The allocator against real interpreters: every placement, arena, statistics line and hash of every recording.
#include "core/memory/allocatorprofiles.h"
#include "core/explain/explain.h"
#include "core/memory/replay.h"
#include "core/memory/replaybench.h"
#include "core/trace/redo.h"
#include "core/trace/timeline.h"
#include "core/world/heapinvariants.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>

using namespace pyrena;

namespace {

const std::string kData = std::string(PYRENA_TEST_DATA) + "/allocator/";

std::vector<std::string> recordings(const std::string &under)
{
    std::vector<std::string> files;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(under))
        if (entry.path().extension() == ".gz")
            files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

ReplayReport verified(const std::string &file)
{
    CAPTURE(file);
    Result<ReplayReport> report = verifyRecording(file);
    REQUIRE_MESSAGE(report.ok(), report.error().message);
    const std::string first = report->first.empty() ? "" : report->first.front();
    CHECK_MESSAGE(report->mismatches == 0, first);
    CHECK(report->events == report->header.ops);
    CHECK(report->placements == report->header.small + report->header.raw);
    CHECK(report->arenasMade == report->header.arenasMade);
    CHECK(report->arenasReleased == report->header.arenasReleased);
    CHECK(report->hashesChecked > 0);
    return *std::move(report);
}

} // namespace

TEST_CASE("the start of Python 3.13.0 is placed as CPython placed it")
{
    const ReplayReport report = verified(kData + "3.13.0/p00_startup.trace.gz");
    CHECK(report.events == 34824);
    CHECK(report.header.python == "3.13.0");
    CHECK(report.arenasMade == 2);
    CHECK(report.statisticsChecked == 2);
}

TEST_CASE("the quick synthetic run of Python 3.13.0 is placed as CPython placed it")
{
    CHECK(verified(kData + "3.13.0/s_quick-1-real.trace.gz").events == 43009);
}

TEST_CASE("the start of Python 3.7.3, with 8-byte steps, is placed as CPython placed it")
{
    const ReplayReport report = verified(kData + "3.7.3/p00_startup.trace.gz");
    CHECK(report.events == 27412);
    CHECK(report.arenasMade == 5);
    CHECK(report.arenasReleased == 1);
}

TEST_CASE("the quick synthetic run of Python 3.7.3 is placed as CPython placed it")
{
    CHECK(verified(kData + "3.7.3/s_quick-1-real.trace.gz").arenasReleased == 2);
}

TEST_CASE("all recordings of all versions are replayed without a difference")
{
    const std::vector<std::string> files = recordings(kData);
    CHECK(files.size() == 49);
    std::uint64_t events = 0, hashes = 0, statistics = 0;
    std::map<std::string, std::pair<std::uint32_t, std::uint64_t>> byVersion;
    for (const std::string &file : files) {
        const ReplayReport report = verified(file);
        CHECK(std::filesystem::path(file).parent_path().filename() == report.header.python);
        events += report.events;
        hashes += report.hashesChecked;
        statistics += report.statisticsChecked;
        auto &[files, requests] = byVersion[report.header.python];
        ++files;
        requests += report.events;
    }
    CHECK(byVersion.size() == allAllocatorVersions().size());
    for (const AllocatorVersion &version : allAllocatorVersions()) {   // what `pyrena profiles` says
        CAPTURE(version.version);
        CHECK(byVersion[std::string(version.version)] == std::pair(version.recordings, version.requests));
    }
    CHECK(events == 2'910'117);
    CHECK(hashes > 49);
    CHECK(statistics > 49);
}

TEST_CASE("each recorded version has a profile, and profiles that run programs have the same allocator")
{
    for (const AllocatorVersion &version : allAllocatorVersions()) {
        CAPTURE(version.version);
        CHECK(std::filesystem::is_directory(kData + std::string(version.version)));
        CHECK(version.allocator.defaultArenaExcess == version.allocator.firstArenaAddress % version.allocator.poolSize);
        CHECK(findAllocatorProfile(version.version) == &version.allocator);
    }
    CHECK(findAllocatorProfile("3.4.0") == nullptr);
    CHECK(findAllocatorByName("2.7") == findAllocatorProfile("2.7.18"));
    CHECK(findAllocatorByName("3.14.0") == findAllocatorProfile("3.14.0"));
    CHECK(*findAllocatorByName("classic") == *findAllocatorProfile("3.7.3"));
    CHECK(findAllocatorByName("3") != nullptr);
    CHECK(findAllocatorByName("3.1.") == nullptr);
    CHECK(findAllocatorByName("") == nullptr);
    CHECK(findProfile("3.13")->allocator == *findAllocatorProfile("3.13.0"));
    CHECK(findProfile("classic")->allocator == *findAllocatorProfile("3.7.3"));
    for (const PythonProfile &profile : allProfiles())
        if (const AllocatorProfile *recorded = findAllocatorProfile(profile.name))
            CHECK_MESSAGE(profile.allocator == *recorded, profile.name);
}

TEST_CASE("the rules of another version place the same requests otherwise")
{
    ReplayOptions options;
    options.rules = findAllocatorByName("3.9");
    const Result<ReplayReport> report = verifyRecording(kData + "3.8.18/p00_startup.trace.gz", options);
    REQUIRE(report.ok());
    CHECK(report->events == report->header.ops);
    CHECK(report->mismatches > 0);   // 3.9 keeps its last arena
    options.rules = findAllocatorByName("3.7");
    CHECK(verifyRecording(kData + "3.8.18/p00_startup.trace.gz", options)->exact());
}

TEST_CASE("a replay with history is the same replay, and its middles can be reached again")
{
    for (const char *name : {"3.13.0/p00_startup.trace.gz", "3.7.3/s_arenas4k-2-mix.trace.gz"}) {
        CAPTURE(name);
        Result<RecordedReplay> replay = recordRecording(kData + name);
        REQUIRE_MESSAGE(replay.ok(), replay.error().message);
        CHECK(replay->report.exact());
        CHECK(replay->report.events == replay->report.header.ops);
        CHECK(replay->trace->outcome == Outcome::Finished);
        CHECK(replay->trace->profile->name == replay->report.header.python);
        CHECK_FALSE(replay->trace->profile->runsPrograms);
        REQUIRE(replay->eventEnds.size() == replay->report.events);
        CHECK(std::is_sorted(replay->eventEnds.begin(), replay->eventEnds.end()));
        CHECK(replay->trace->steps.size() == replay->report.events + replay->marks.size());
        CHECK(replay->marks.size() == 4);
        CHECK(replay->trace->keyframes.size() > 1);

        const FreeArenas rule = replay->trace->profile->allocator.keepsLastArena ? FreeArenas::OnlyTheLast : FreeArenas::None;
        Timeline timeline(replay->trace);
        World fresh = replay->trace->initial;
        std::uint32_t done = 0;
        const std::uint32_t count = replay->trace->changeCount();
        for (std::size_t e = 997; e < replay->eventEnds.size(); e += 7919) {
            const std::uint32_t position = replay->eventEnds[e];
            for (; done < position; ++done)
                redo(fresh, replay->trace->change(done));
            timeline.seek(count - position / 2);   // from somewhere else
            CHECK(timeline.seek(position) == fresh);
            const auto violations = checkHeap(fresh.heap, rule);
            CHECK_MESSAGE(violations.empty(), violations.front());
        }
    }
}

TEST_CASE("a replay with history ends at its limit and keeps what it has")
{
    RecordedReplayOptions options;
    options.maxChanges = 5000;
    Result<RecordedReplay> replay = recordRecording(kData + "3.13.0/p00_startup.trace.gz", options);
    REQUIRE(replay.ok());
    CHECK(replay->trace->outcome == Outcome::LimitReached);
    CHECK(replay->trace->changeCount() >= 5000);
    CHECK(replay->trace->changeCount() < 5010);   // at the end of the request
    CHECK(replay->eventEnds.back() == replay->trace->changeCount());
    REQUIRE(replay->trace->diagnostic.has_value());
    CHECK(replay->trace->diagnostic->message.find(" changes, the limit") != std::string::npos);

    options.maxChanges = 2'000'000;
    options.maxSteps = 10;   // more requests than that: no steps, but ends of events
    replay = recordRecording(kData + "3.13.0/p00_startup.trace.gz", options);
    REQUIRE(replay.ok());
    CHECK(replay->trace->steps.empty());
    CHECK(replay->eventEnds.size() == 34824);

    // Stepping stops at the same places, and says the same there.
    options.maxSteps = 100'000;
    const Result<RecordedReplay> steps = recordRecording(kData + "3.13.0/p00_startup.trace.gz", options);
    REQUIRE(steps.ok());
    const Trace &with = *steps->trace, &without = *replay->trace;
    REQUIRE(with.stops.count(Granularity::Line) == without.stops.count(Granularity::Line));
    for (std::uint32_t i = 1; i < with.stops.count(Granularity::Line); i += 211) {
        const std::uint32_t position = with.stops.position(i, Granularity::Line);
        CHECK(without.stops.position(i, Granularity::Operation) == position);
        CHECK(explainPosition(with, position, Granularity::Line) == explainPosition(without, position, Granularity::Line));
        CHECK(steps->lineAt(position) == replay->lineAt(position));
    }
    for (const RecordedMark &mark : replay->marks)
        CHECK(explainPosition(without, mark.position, Granularity::Line) == "mark of the recording: " + markSentence(mark.phase));
}

TEST_CASE("the measurement replays what it measures")
{
    const Result<ReplayTiming> timing = measureReplay(kData + "2.7.18/p00_startup.trace.gz", 1);
    REQUIRE(timing.ok());
    CHECK(timing->requests == 13360);
    CHECK(timing->withoutHistory > 0);
    CHECK(timing->withHistory > 0);
}
