#pragma once

#include "core/base/chunks.h"
#include "core/base/id.h"
#include "core/base/source.h"
#include "core/base/verify.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace pyrena {

enum class StepKind : std::uint8_t {
    Program,       // the whole run; the root
    Statement,     // one statement, or the header of a compound one (the test of an if, one fetch of a for)
    Operation,     // part of a statement: look a name up, call, store, compare ...
    Call,          // the body of a Python function
    Allocation,    // a request to the allocator; number: bytes
    Release,       // memory given back; number: bytes
    PoolCarve,     // a pool taken for a size class
    ArenaNew, ArenaGone,
    Dealloc,       // an object dies and what it held is let go
    ListResize,    // the item array of a list grows or shrinks; number: new capacity
    DictResize,
    Finalizer,     // __del__ runs
    WeakrefCallback,
    Collection,    // number: generation
    // phases of a collection, named after CPython's functions
    MergeYounger, UpdateRefs, SubtractRefs, MoveUnreachable, UntrackTuples, UntrackDicts, MoveLegacyFinalizers,
    HandleWeakrefs, FinalizeGarbage, HandleResurrectedObjects, DeleteGarbage, ClearFreeLists,
    MarkRoots,     // what the interpreter holds directly is reached
    MarkReachable, // and everything that is reached from there
    FillIncrement, // 3.14.0: old objects join what is examined, with all they refer to
    Sweep,         // what was not reached dies
    ComputeForwarding, UpdatePointers, SlideObjects,   // mark-compact: where each will be, who refers to it, the move
    CopyRoots, ScanRemembered, ScanCopies, FlipSpaces,   // copying, after Cheney
    Visit,         // one object looked at in a phase
    RecordedEvent, // one line of an allocator recording
    Shutdown,
};

enum class Granularity : std::uint8_t { Line, Operation, Event };

// A span of the log. Steps nest; children lie inside their parent. Positions are "so many changes are done".
struct Step
{
    StepId parent;
    std::uint32_t begin = 0;      // changes done when it opened
    std::uint32_t end = 0;        // changes done when it closed
    std::uint32_t last = 0;       // StepId one past its last descendant: descendants are [id + 1, last)
    SourceSpan span;              // the source it belongs to; line 0: none
    ObjectId subject;             // what it is about
    TextId text;                  // Operation: its whole sentence. Call: the function. Others: a name it is about; may be none
    std::int32_t number = 0;      // by kind
    std::uint16_t depth = 0;
    StepKind kind = StepKind::Operation;
};

class StepTree
{
public:
    using Steps = Chunks<Step, 1u << 12>;

    StepId open(StepKind kind, std::uint32_t position, SourceSpan span, ObjectId subject, TextId text, std::int32_t number);
    void close(std::uint32_t position);   // the innermost open step
    // Where steps ended at which stepping by line, by operation stops: rising positions, 0 and those of the closed steps so far.
    // Kept while steps close, which they do in this order: looking for them afterwards took a twentieth of a recording's time.
    const std::vector<std::uint32_t> &lineEnds() const { return m_lineEnds; }
    const std::vector<std::uint32_t> &operationEnds() const { return m_operationEnds; }

    bool empty() const { return m_steps.empty(); }
    std::uint32_t size() const { return m_steps.size(); }
    const Step &operator[](StepId id) const { return m_steps[id.value]; }
    const Steps &all() const { return m_steps; }
    StepId innermostOpen() const { return m_open.empty() ? StepId() : m_open.back().id; }
    std::size_t openCount() const { return m_open.size(); }
    std::size_t bytes() const { return m_steps.bytes(); }   // without the ends, which go to Stops

    // The innermost step whose changes include number `change` (0-based); ties go to the deepest.
    StepId stepAt(std::uint32_t change) const;
    // The innermost Statement around that step, itself included; none outside all statements.
    StepId statementOf(StepId id) const;
    std::vector<StepId> children(StepId id) const;
    void setSubject(StepId id, ObjectId subject) { m_steps[id.value].subject = subject; }
    void setNumber(StepId id, std::int32_t number) { m_steps[id.value].number = number; }

private:
    struct Open { Step *step; StepId id; };   // where it lies, which does not change

    static void noteEnd(std::vector<std::uint32_t> &ends, std::uint32_t position)
    {
        if (ends.back() != position)
            ends.push_back(position);
    }

    Steps m_steps;               // in the order they opened
    std::vector<Open> m_open;
    std::vector<std::uint32_t> m_lineEnds{0}, m_operationEnds{0};
};

constexpr std::uint64_t stepBit(StepKind kind) { return std::uint64_t(1) << static_cast<unsigned>(kind); }

template <class... Kinds>
constexpr std::uint64_t stepSet(Kinds... kinds) { return (stepBit(kinds) | ...); }

// Kinds of steps at whose end stepping by operation stops; of these, by line.
inline constexpr std::uint64_t kOperationStops = stepSet(
    StepKind::Statement, StepKind::Operation, StepKind::Dealloc, StepKind::Collection, StepKind::MergeYounger, StepKind::UpdateRefs,
    StepKind::SubtractRefs, StepKind::MoveUnreachable, StepKind::UntrackTuples, StepKind::UntrackDicts, StepKind::MoveLegacyFinalizers,
    StepKind::HandleWeakrefs, StepKind::FinalizeGarbage, StepKind::HandleResurrectedObjects, StepKind::DeleteGarbage,
    StepKind::ClearFreeLists, StepKind::MarkRoots, StepKind::MarkReachable, StepKind::FillIncrement, StepKind::Sweep,
    StepKind::ComputeForwarding, StepKind::UpdatePointers, StepKind::SlideObjects, StepKind::CopyRoots, StepKind::ScanRemembered,
    StepKind::ScanCopies, StepKind::FlipSpaces, StepKind::Visit, StepKind::RecordedEvent);
inline constexpr std::uint64_t kLineStops = stepSet(StepKind::Statement, StepKind::RecordedEvent);
static_assert(static_cast<unsigned>(StepKind::Shutdown) < 64);

inline StepId StepTree::open(StepKind kind, std::uint32_t position, SourceSpan span, ObjectId subject, TextId text,
                             std::int32_t number)
{
    const StepId id(size());
    const StepId parent = innermostOpen();
    Step &step = m_steps.grow();
    step.parent = parent;
    step.begin = position;
    step.end = 0;   // until it closes
    step.last = 0;
    step.span = span;
    step.subject = subject;
    step.text = text;
    step.number = number;
    step.depth = static_cast<std::uint16_t>(std::min<std::size_t>(m_open.size(), 0xffff));
    step.kind = kind;
    m_open.push_back({&step, id});
    return id;
}

inline void StepTree::close(std::uint32_t position)
{
    verify(!m_open.empty(), "a step closes that was not open");
    Step &step = *m_open.back().step;
    step.end = position;
    step.last = size();
    if ((stepBit(step.kind) & kOperationStops) != 0) {
        noteEnd(m_operationEnds, position);
        if ((stepBit(step.kind) & kLineStops) != 0)
            noteEnd(m_lineEnds, position);
    }
    m_open.pop_back();
}

// Where stepping at a granularity stops: rising positions, the first is 0 and the last the end.
// Line: ends of statements; Operation: ends of statements, operations, phases and deallocations;
// Event: every change.
class Stops
{
public:
    Stops() = default;
    // Requires: all steps are closed.
    Stops(const StepTree &tree, std::uint32_t changeCount);
    // Where nothing has steps: a line and an operation end at each of these positions.
    Stops(const std::vector<std::uint32_t> &ends, std::uint32_t changeCount);

    std::uint32_t next(std::uint32_t position, Granularity granularity) const;       // > position, or the end
    std::uint32_t previous(std::uint32_t position, Granularity granularity) const;   // < position, or 0
    // How many stops there are, and the number (from 0) of the last stop <= position: "step 19 of 34".
    std::uint32_t count(Granularity granularity) const;
    std::uint32_t indexOf(std::uint32_t position, Granularity granularity) const;
    std::uint32_t position(std::uint32_t index, Granularity granularity) const;
    std::size_t bytes() const { return (m_lines.size() + m_operations.size()) * sizeof(std::uint32_t); }

private:
    const std::vector<std::uint32_t> &positions(Granularity granularity) const
    {
        return granularity == Granularity::Line || m_operations.empty() ? m_lines : m_operations;
    }
    std::vector<std::uint32_t> m_lines, m_operations;   // no operations: those are the lines
    std::uint32_t m_end = 0;
};

} // namespace pyrena
