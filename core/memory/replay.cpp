#include "core/memory/replay.h"

#include "core/memory/allocatorprofiles.h"
#include "core/memory/replayengine.h"
#include "core/memory/replayheap.h"
#include "core/trace/recorder.h"

#include <algorithm>
#include <chrono>

namespace pyrena {

namespace {

constexpr std::uint32_t kStopInterval = 1u << 16;
constexpr std::size_t kProgressInterval = 1u << 14;

class Stopwatch
{
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_start = Clock::now();
};

Error located(const TraceReader &reader, const TraceEvent &event, const std::string &what)
{
    return Error{reader.fileName() + ':' + std::to_string(event.line) + ": " + what};
}

} // namespace

std::string markSentence(std::uint32_t phase)
{
    static constexpr const char *kNames[] = {"the recording starts", "the interpreter is initialised", "the program has ended",
                                             "the interpreter is finalised"};
    return phase < 4 ? kNames[phase] : "a mark of the recording";
}

std::uint64_t RecordedReplay::requestsAt(std::uint32_t position) const
{
    return static_cast<std::uint64_t>(std::upper_bound(eventEnds.begin(), eventEnds.end(), position) - eventEnds.begin());
}

std::uint32_t RecordedReplay::lineAt(std::uint32_t position) const
{
    const std::uint64_t done = requestsAt(position);
    return done == 0 ? 0 : eventLines[done - 1];
}

namespace {

template <class Heap>
Result<ReplayReport> verifyWith(Heap heap, const AllocatorProfile &profile, TraceReader &reader, const ReplayOptions &options,
                                const std::stop_token &stop)
{
    const Stopwatch watch;
    BasicObmalloc<Heap> allocator(std::move(heap), profile, kRawLargest);
    ReplayEngine engine(allocator, reader.header(), options);
    TraceEvent event;
    try {
        while (reader.next(event)) {
            if (!engine.put(event, reader.statistics()))
                return located(reader, event, engine.failure());
            if (options.stopAfterMismatches != 0 && engine.report().mismatches >= options.stopAfterMismatches)
                break;
            if (event.line % kStopInterval == 0 && stop.stop_requested())
                throw RecordingCancelled{};
        }
    } catch (const LimitReached &limit) {
        return located(reader, event, limit.message);
    }
    if (reader.error())
        return *reader.error();
    engine.report().seconds = watch.seconds();
    return std::move(engine.report());
}

} // namespace

Result<ReplayReport> verifyRecording(const std::string &path, const ReplayOptions &options, std::stop_token stop)
{
    Result<TraceReader> reader = TraceReader::open(path);
    if (!reader)
        return reader.error();
    const AllocatorProfile profile = options.rules ? *options.rules : reader->header().allocator();
    return withReplayHeap(profile, [&](auto heap) { return verifyWith(std::move(heap), profile, *reader, options, stop); });
}

Result<RecordedReplay> recordRecording(const std::string &path, const RecordedReplayOptions &options, std::stop_token stop)
{
    const Stopwatch watch;
    Result<TraceReader> reader = TraceReader::open(path);
    if (!reader)
        return reader.error();
    const TraceHeader &header = reader->header();
    const PythonProfile &profile = recordingProfile(header.python, options.replay.rules ? *options.replay.rules : header.allocator());

    Recipe recipe;
    recipe.fileName = reader->fileName();
    recipe.profile = header.python;
    recipe.maxChanges = options.maxChanges;
    recipe.maxMemory = kRawLargest;
    Recorder recorder(std::move(recipe), profile, std::move(stop));
    recorder.setProgress(options.progress);
    recorder.beginRecording();
    Obmalloc allocator(recorder, MemorySteps::None);
    ReplayEngine engine(allocator, header, options.replay);

    const bool opensSteps = header.ops <= options.maxSteps;
    RecordedReplay result;
    const std::size_t most = std::min<std::uint64_t>(header.ops, options.maxChanges);
    result.eventEnds.reserve(most);
    result.eventLines.reserve(most);
    Outcome outcome = Outcome::Finished;
    std::optional<Diagnostic> diagnostic;
    TraceEvent event;
    const auto stepFor = [&](const TraceEvent &e) {
        std::optional<Recorder::StepScope> scope;
        if (opensSteps)
            scope.emplace(recorder.step(StepKind::RecordedEvent, {}, {}, static_cast<std::int32_t>(e.line)));
        return scope;
    };
    try {
        while (reader->next(event)) {
            if (!event.isRequest()) {
                if (!engine.put(event, reader->statistics()))
                    return located(*reader, event, engine.failure());
                if (event.kind != TraceLine::Phase)
                    continue;
                const auto scope = stepFor(event);
                recorder.commit(change::Noticed{change::NoticeKind::RecordingMark, {},
                                                recorder.texts().intern(markSentence(event.arena)), event.line});
                result.marks.push_back({recorder.position(), event.arena, event.line});
                continue;
            }
            const auto scope = stepFor(event);
            if (!engine.put(event, reader->statistics()))
                return located(*reader, event, engine.failure());
            result.eventEnds.push_back(recorder.position());
            result.eventLines.push_back(event.line);
            if (options.requests && result.eventEnds.size() % kProgressInterval == 0)
                options.requests(result.eventEnds.size(), header.ops);
            recorder.checkpoint();
        }
        if (reader->error())
            return *reader->error();
    } catch (const LimitReached &limit) {
        outcome = Outcome::LimitReached;
        diagnostic = Diagnostic{reader->fileName(), {{event.line, 1}, {event.line, 1}}, limit.message,
                                "this was request " + std::to_string(result.eventEnds.size()) + " of " + std::to_string(header.ops)};
    }
    result.report = std::move(engine.report());
    recorder.trace().diagnostic = diagnostic;
    std::vector<std::uint32_t> ends;
    if (!opensSteps) {
        ends.reserve(result.eventEnds.size() + result.marks.size() + 2);
        ends = result.eventEnds;
        for (const RecordedMark &mark : result.marks)
            ends.push_back(mark.position);
    }
    result.trace = recorder.finish(outcome, std::move(ends));
    result.report.seconds = watch.seconds();
    return result;
}

} // namespace pyrena
