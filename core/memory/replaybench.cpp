#include "core/memory/replaybench.h"

#include "core/memory/allocatorprofiles.h"
#include "core/memory/replayengine.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <vector>

namespace pyrena {

namespace {

double seconds(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

template <class Allocator>
ReplayReport replayAll(Allocator &allocator, const TraceHeader &header, const std::vector<TraceEvent> &events)
{
    ReplayEngine engine(allocator, header, {});
    const TraceStatistics unused;
    for (const TraceEvent &event : events)
        if (!engine.put(event, unused))
            break;
    return std::move(engine.report());
}

} // namespace

Result<ReplayTiming> measureReplay(const std::string &path, int rounds)
{
    Result<TraceReader> reader = TraceReader::open(path);
    if (!reader)
        return reader.error();
    const TraceHeader header = reader->header();
    std::vector<TraceEvent> events;
    ReplayTiming timing;
    const double reading = seconds([&] {
        TraceEvent event;
        while (reader->next(event)) {
            timing.requests += event.isRequest();
            if (event.isRequest() || event.kind == TraceLine::ArenaMade || event.kind == TraceLine::ArenaReleased)
                events.push_back(event);
        }
    });
    if (reader->error())
        return *reader->error();
    if (timing.requests == 0)
        return Error{path + ": there is nothing to measure; the recording has no requests"};

    const AllocatorProfile profile = header.allocator();
    ReplayReport report;
    std::vector<double> without, with;
    for (int round = 0; round < std::max(rounds, 1); ++round) {
        BasicObmalloc<DirectHeap> direct(DirectHeap(profile), profile, kRawLargest);
        without.push_back(seconds([&] { report = replayAll(direct, header, events); }));
        if (!report.exact())
            return Error{path + ": " + report.first.front()};

        Recipe recipe;
        recipe.maxMemory = kRawLargest;
        recipe.maxChanges = std::numeric_limits<std::uint32_t>::max();
        Recorder recorder(recipe, recordingProfile(header.python, profile));
        recorder.beginRecording();
        Obmalloc recorded(recorder, MemorySteps::None);
        with.push_back(seconds([&] { report = replayAll(recorded, header, events); }));
    }
    const double each = 1e9 / static_cast<double>(timing.requests);
    timing.withoutHistory = median(without) * each;
    timing.withHistory = median(with) * each;
    timing.reading = reading * each;
    return timing;
}

} // namespace pyrena
