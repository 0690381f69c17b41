#include "core/memory/replay.h"

#include "core/memory/allocatorprofiles.h"
#include "core/memory/replayengine.h"
#include "core/trace/recorder.h"

#include <chrono>

namespace pyrena {

namespace {

constexpr std::uint32_t kStopInterval = 1u << 16;

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

const char *phaseName(std::uint32_t phase)
{
    static constexpr const char *kNames[] = {"recording starts", "the interpreter is initialised", "the program has ended",
                                             "the interpreter is finalised"};
    return phase < 4 ? kNames[phase] : "";
}

} // namespace

Result<ReplayReport> verifyRecording(const std::string &path, const ReplayOptions &options, std::stop_token stop)
{
    const Stopwatch watch;
    Result<TraceReader> reader = TraceReader::open(path);
    if (!reader)
        return reader.error();
    const AllocatorProfile profile = options.rules ? *options.rules : reader->header().allocator();
    BasicObmalloc<DirectHeap> allocator(DirectHeap(profile), profile, kRawLargest);
    ReplayEngine engine(allocator, reader->header(), options);
    TraceEvent event;
    try {
        while (reader->next(event)) {
            if (!engine.put(event, reader->statistics()))
                return located(*reader, event, engine.failure());
            if (options.stopAfterMismatches != 0 && engine.report().mismatches >= options.stopAfterMismatches)
                break;
            if (event.line % kStopInterval == 0 && stop.stop_requested())
                throw RecordingCancelled{};
        }
    } catch (const LimitReached &limit) {
        return located(*reader, event, limit.message);
    }
    if (reader->error())
        return *reader->error();
    engine.report().seconds = watch.seconds();
    return std::move(engine.report());
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
    Outcome outcome = Outcome::Finished;
    std::optional<Diagnostic> diagnostic;
    TraceEvent event;
    try {
        while (reader->next(event)) {
            if (!event.isRequest()) {
                if (!engine.put(event, reader->statistics()))
                    return located(*reader, event, engine.failure());
                if (event.kind == TraceLine::Phase)
                    recorder.commit(change::Noticed{change::NoticeKind::RecordingMark, {},
                                                    recorder.texts().intern(phaseName(event.arena)), event.line});
                continue;
            }
            std::optional<Recorder::StepScope> scope;
            if (opensSteps)
                scope.emplace(recorder.step(StepKind::RecordedEvent, {}, {}, static_cast<std::int32_t>(event.line)));
            if (!engine.put(event, reader->statistics()))
                return located(*reader, event, engine.failure());
            result.eventEnds.push_back(recorder.position());
            result.eventLines.push_back(event.line);
            recorder.checkpoint();
        }
        if (reader->error())
            return *reader->error();
    } catch (const LimitReached &limit) {
        outcome = Outcome::LimitReached;
        diagnostic = Diagnostic{reader->fileName(), {{event.line, 1}, {event.line, 1}}, limit.message, limit.hint};
    }
    result.report = std::move(engine.report());
    recorder.trace().diagnostic = diagnostic;
    result.trace = recorder.finish(outcome);
    result.report.seconds = watch.seconds();
    return result;
}

} // namespace pyrena
