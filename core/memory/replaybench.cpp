#include "core/memory/replaybench.h"

#include "core/memory/allocatorprofiles.h"
#include "core/memory/replayengine.h"
#include "core/memory/replayheap.h"

#include <algorithm>
#include <ctime>
#include <functional>
#include <limits>
#include <vector>

namespace pyrena {

namespace {

// Of this thread on a processor: others on the machine do not count.
double seconds(const std::function<void()> &work)
{
    const double start = threadSeconds();
    work();
    return threadSeconds() - start;
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

template <class Allocator, class After>
ReplayReport replayAll(Allocator &allocator, const TraceHeader &header, const std::vector<TraceEvent> &events, After after)
{
    ReplayEngine engine(allocator, header, {});
    const TraceStatistics unused;
    for (const TraceEvent &event : events) {
        if (!engine.put(event, unused))
            break;
        after(event);
    }
    return std::move(engine.report());
}

ReplayReport replayWithoutHistory(const TraceHeader &header, const std::vector<TraceEvent> &events, double &time)
{
    const AllocatorProfile profile = header.allocator();
    return withReplayHeap(profile, [&](auto heap) {
        BasicObmalloc<decltype(heap)> allocator(std::move(heap), profile, kRawLargest);
        ReplayReport report;
        time = seconds([&] { report = replayAll(allocator, header, events, [](const TraceEvent &) {}); });
        return report;
    });
}

struct History
{
    double time = 0;
    std::size_t bytes = 0;
};

// As recordRecording() does it: steppable request by request.
ReplayReport replayWithHistory(const TraceHeader &header, const std::vector<TraceEvent> &events, History &history)
{
    Recipe recipe;
    recipe.maxMemory = kRawLargest;
    recipe.maxChanges = std::numeric_limits<std::uint32_t>::max();
    Recorder recorder(recipe, recordingProfile(header.python, header.allocator()));
    recorder.beginRecording();
    Obmalloc allocator(recorder, MemorySteps::None);
    ReplayReport report;
    history.time = seconds([&] {
        std::vector<std::uint32_t> ends, lines;
        ends.reserve(header.ops);
        lines.reserve(header.ops);
        report = replayAll(allocator, header, events, [&](const TraceEvent &event) {
            if (!event.isRequest())
                return;
            ends.push_back(recorder.position());
            lines.push_back(event.line);
        });
        const auto trace = recorder.finish(Outcome::Finished, ends);
        history.bytes = trace->bytes() + (ends.capacity() + lines.capacity()) * sizeof(std::uint32_t);
    });
    return report;
}

} // namespace

double threadSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Result<ReplayTiming> measureReplay(const std::string &path, int rounds, const RealAllocator &real)
{
    Result<TraceReader> reader = TraceReader::open(path);
    if (!reader)
        return reader.error();
    const TraceHeader header = reader->header();
    std::vector<TraceEvent> events, requests;
    ReplayTiming timing;
    const double reading = seconds([&] {
        TraceEvent event;
        while (reader->next(event)) {
            timing.requests += event.isRequest();
            if (event.isRequest() || event.kind == TraceLine::ArenaMade || event.kind == TraceLine::ArenaReleased)
                events.push_back(event);
            if (event.isRequest() && real)
                requests.push_back(event);
        }
    });
    if (reader->error())
        return *reader->error();
    if (timing.requests == 0)
        return Error{path + ": there is nothing to measure; the recording has no requests"};

    std::vector<double> without, with, byReal;
    for (int round = 0; round < std::max(rounds, 1); ++round) {
        const ReplayReport report = replayWithoutHistory(header, events, without.emplace_back());
        if (!report.exact())
            return Error{path + ": " + report.first.front()};
        History history;
        replayWithHistory(header, events, history);
        with.push_back(history.time);
        timing.bytesPerRequest = static_cast<double>(history.bytes) / static_cast<double>(timing.requests);
        if (real)
            byReal.push_back(real(requests, header.ids));
    }
    if (real)
        timing.real = median(byReal) * 1e9 / static_cast<double>(timing.requests);
    const double each = 1e9 / static_cast<double>(timing.requests);
    timing.withoutHistory = median(without) * each;
    timing.withHistory = median(with) * each;
    timing.reading = reading * each;
    return timing;
}

} // namespace pyrena
