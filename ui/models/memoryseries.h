#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <vector>

namespace pyrena {

// Bytes in use (as asked for, in pools and in the raw heap) and live objects over the changes of a trace.
struct MemorySeries
{
    std::vector<std::uint32_t> positions;     // rising; the first is 0, the last the end
    std::vector<double> bytes, objects;       // at those positions
    double maxBytes = 0, maxObjects = 0;
};

// One pass over the log. Of more changes than `maxPoints` / 2, each stretch keeps its lowest and its highest point.
MemorySeries memorySeries(const Trace &trace, std::size_t maxPoints = 4096);

// What the scrubber marks.
struct TimelineMarks
{
    struct Line { std::uint32_t position, line; };          // where a statement of the module begins
    struct Span { std::uint32_t begin, end; int generation; };
    std::vector<Line> lines;
    std::vector<Span> collections;
    std::vector<std::uint32_t> deaths;                      // of objects that are not temporaries
};
TimelineMarks timelineMarks(const Trace &trace);

} // namespace pyrena
