#pragma once

#include "core/trace/redo.h"
#include "core/trace/trace.h"

#include <array>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

namespace pyrena {

// Thrown by Recorder::checkpoint when the recording is full, and by whoever meets another limit; caught by record().
struct LimitReached
{
    std::string message;   // "stopped after 2,000,000 changes"
    std::string hint;
};
// Thrown when the stop token asks; caught by record().
struct RecordingCancelled {};

// The one door: algorithms read world() and may only commit(). Builds the trace while they run.
class Recorder
{
public:
    Recorder(Recipe recipe, const PythonProfile &profile, std::stop_token stop = {});
    Recorder(const Recorder &) = delete;
    Recorder &operator=(const Recorder &) = delete;

    const World &world() const { return m_world; }
    const PythonProfile &profile() const { return *m_trace->profile; }
    TextTable &texts() { return m_trace->texts; }
    const TextTable &texts() const { return m_trace->texts; }
    Trace &trace() { return *m_trace; }
    std::uint32_t position() const { return m_trace->changeCount(); }

    // Never throws for a limit: it is also called while the stack unwinds. Whoever loops calls checkpoint().
    // One function for each kind, so that carrying a change out and writing it down are decided by the compiler: with a
    // std::variant in between, programs took half as long again.
    template <class C>
    void commit(const C &change);
    // A safe place to stop: throws LimitReached when the recording is full, RecordingCancelled when the stop token asks.
    void checkpoint()
    {
        if (m_stopWanted) [[unlikely]]
            throwStop();
    }

    // The same for long work that changes nothing: looks at the stop token, too.
    void poll()
    {
        m_stopWanted = m_stopWanted || m_stop.stop_requested();
        checkpoint();
    }

    // A span of the log that closes with the scope:  const auto step = recorder.step(StepKind::SubtractRefs);
    class StepScope
    {
    public:
        StepScope() = default;   // of no step
        explicit StepScope(Recorder &recorder) : m_recorder(&recorder) {}
        StepScope(StepScope &&other) noexcept : m_recorder(std::exchange(other.m_recorder, nullptr)) {}
        StepScope &operator=(StepScope &&) = delete;
        ~StepScope() { if (m_recorder) m_recorder->closeStep(); }
    private:
        Recorder *m_recorder = nullptr;
    };
    [[nodiscard]] StepScope step(StepKind kind, ObjectId subject = {}, TextId text = {}, std::int32_t number = 0)
    {
        return step(kind, m_span, subject, text, number);
    }
    [[nodiscard]] StepScope step(StepKind kind, SourceSpan span, ObjectId subject = {}, TextId text = {}, std::int32_t number = 0)
    {
        openStep(kind, span, subject, text, number);
        return StepScope(*this);
    }
    // For callers whose steps do not follow C++ scopes (the evaluation loop).
    StepId openStep(StepKind kind, SourceSpan span, ObjectId subject = {}, TextId text = {}, std::int32_t number = 0)
    {
        return m_recording ? m_trace->steps.open(kind, position(), span, subject, text, number) : StepId();
    }
    void closeStep()
    {
        StepTree &steps = m_trace->steps;
        if (steps.openCount() > 0)   // none before the recording begins
            steps.close(position());
    }
    // Open steps now, and closing all above that many: for unwinding.
    std::size_t openSteps() const { return m_trace->steps.openCount(); }
    void closeStepsTo(std::size_t open) { while (openSteps() > open) closeStep(); }
    bool recording() const { return m_recording; }
    // The span given to steps opened without one.
    void setSpan(SourceSpan span) { m_span = span; }
    SourceSpan span() const { return m_span; }

    // Gives an object its id, type name and ordinal; the caller commits ObjectBorn with it next. What belongs to the
    // interpreter's image is not numbered, so that list#1 is the program's first list.
    ObjectId announce(TypeKind kind, TextId typeName, bool numbered = true);

    // Regions of World::slots. The recorder decides where a region lies, so that redo only follows.
    // Commits SlotsMoved; capacity 0 gives the region back.
    void resizeSlots(ObjectId owner, std::uint32_t capacity);

    // Called every few thousand changes.
    void setProgress(std::function<void(std::uint32_t)> progress) { m_progress = std::move(progress); }

    // While changes are not recorded the world still moves on, and `initial` with it: for what happens before
    // the first step a learner should see (start of the interpreter). Must not be called after the first recorded change.
    void beginRecording();

    // Ends the recording: stops, keyframes and the last fields of the trace. The recorder is empty afterwards.
    // `ends`: where lines and operations end, for a recording that opens no steps.
    std::shared_ptr<const Trace> finish(Outcome outcome, const std::vector<std::uint32_t> &ends = {});

private:
    void noteBirth(ObjectId object);
    void placeKeyframe();
    void lookAround();
    void countUnrecorded();
    void lookAtLimits(std::uint32_t changes);
    [[noreturn]] void throwStop();

    std::shared_ptr<Trace> m_trace;
    World m_world;
    std::stop_token m_stop;
    SourceSpan m_span;
    std::function<void(std::uint32_t)> m_progress;
    bool m_recording = false;
    bool m_stopWanted = false;        // full, or the token asked
    std::uint32_t m_nextLook = 0;     // changes after which limits and keyframes are looked at again
    std::uint32_t m_nextKeyframe = 0;
    std::uint32_t m_unrecorded = 0;   // changes before the recording began
    std::vector<std::uint32_t> m_ordinals;                                 // by TextId of the type name
    std::array<std::vector<std::uint32_t>, 32> m_freeRegions;              // by the logarithm of their capacity
    std::uint32_t m_slotsEnd = 0;
};

// Inline always: what a change says then stays in registers on its way into the world and into the log.
template <class C>
[[gnu::always_inline]] inline void Recorder::commit(const C &change)
{
    redoOne(m_world, change);
    if constexpr (std::is_same_v<C, change::ObjectBorn>)
        noteBirth(change.object);
    if constexpr (std::is_same_v<C, change::ObjectDied>)
        m_trace->objects[change.object.value].diedAt = m_recording ? position() : 0;
    if (!m_recording) [[unlikely]]
        return countUnrecorded();
    ChangeLog &log = m_trace->log;
    log.append(change);
    if (log.size() == m_nextLook) [[unlikely]]
        lookAround();
}

} // namespace pyrena
