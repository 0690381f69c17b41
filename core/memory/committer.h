#pragma once

#include "core/base/id.h"
#include "core/profile/profile.h"
#include "core/trace/recorder.h"
#include "core/trace/redo.h"

#include <cstdint>

namespace pyrena {

// The allocator's rules read a HeapState and commit changes. Where they commit to is a parameter of the rules:
// to a Recorder, which logs, or straight to a heap, when millions of events are replayed and nobody looks back.

// No log, no steps.
class DirectHeap
{
public:
    static constexpr bool kHasSteps = false;

    explicit DirectHeap(const AllocatorProfile &profile)
    {
        m_heap.alignment = profile.alignment;
        m_heap.poolSize = profile.poolSize;
        m_heap.arenaSize = profile.arenaSize;
    }

    const HeapState &heap() const { return m_heap; }
    HeapState &mutableHeap() { return m_heap; }   // for tests that break a rule on purpose

    template <class C>
    void commit(const C &change) { redoChange(m_heap, change); }

private:
    HeapState m_heap;
};

enum class MemorySteps : std::uint8_t {
    None,    // changes only: for replays, where a step for each would cost more than the changes
    Open,    // Allocation, Release, PoolCarve, ArenaNew and ArenaGone spans around the changes
};

class RecordedHeap
{
public:
    static constexpr bool kHasSteps = true;

    RecordedHeap(Recorder &recorder, MemorySteps steps) : m_recorder(recorder), m_steps(steps) {}

    const HeapState &heap() const { return m_recorder.world().heap; }

    template <class C>
    void commit(const C &change) { m_recorder.commit(change); }

    bool opensSteps() const { return m_steps == MemorySteps::Open; }
    [[nodiscard]] Recorder::StepScope step(StepKind kind, ObjectId subject, std::uint64_t bytes)
    {
        if (!opensSteps())
            return {};
        constexpr std::uint64_t kLargest = 0x7fffffff;
        return m_recorder.step(kind, subject, {}, static_cast<std::int32_t>(bytes < kLargest ? bytes : kLargest));
    }

private:
    Recorder &m_recorder;
    MemorySteps m_steps;
};

} // namespace pyrena
