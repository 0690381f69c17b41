#pragma once

#include "core/base/result.h"
#include "core/python/syntax/anchors.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

// A moment as lessons and the command line write it, not yet looked up in a recording:
//   start, end                      before the first and after the last change
//   17                              step 17 at the granularity of the caller
//   line:4, line:4#2                after line 4 ran the first, the second time
//   after NAME, before NAME#2       around the statement with that anchor; `after:NAME` is the same
//   collect.subtract_refs#1         after the first subtract_refs; `before collect...` is allowed
//   collect#2.subtract_refs         after that phase of the second collection; `collect#2`: after the whole of it
//   collect#1.move_unreachable.visit#3   after the third object that this phase looked at
struct Moment
{
    enum class Kind : std::uint8_t { Start, End, Step, Line, Anchor, Collection };
    enum class Side : std::uint8_t { Before, After };

    Kind kind = Kind::Start;
    Side side = Side::After;
    std::uint32_t number = 0;          // Step: which; Line: which line
    std::uint32_t occurrence = 1;      // #K
    std::string name;                  // Anchor: its name; Collection: the phase, "" for the whole collection
    std::uint32_t collection = 0;      // Collection: whose phase; 0: the phase's K-th time in the whole recording
    std::uint32_t visit = 0;           // Collection: the how-manieth visit of the phase; 0: the whole phase
    friend bool operator==(const Moment &, const Moment &) = default;
};

// What is wrong with a moment, and what to do.
struct MomentProblem
{
    std::string message;
    std::string hint;
};

Result<Moment, MomentProblem> parseMoment(std::string_view text);
std::string toString(const Moment &moment);   // as lessons write it; parses to the same moment

// The number of changes done at that moment. A problem: the anchor is unknown, or the moment never comes.
Result<std::uint32_t, MomentProblem> resolveMoment(const Moment &moment, const Trace &trace, std::span<const Anchor> anchors,
                                                   Granularity granularity = Granularity::Line);

// "subtract_refs" for SubtractRefs: CPython's names of a collection's phases; nullptr for other kinds.
const char *phaseName(StepKind kind);

} // namespace pyrena
