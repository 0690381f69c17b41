#pragma once

#include <QString>

#include "core/trace/trace.h"

#include <cstdint>
#include <vector>

namespace pyrena {

// Bytes in use (as asked for, in pools and in the raw heap; of managers that move objects: in their spaces, what is dead and
// not found yet included) and live objects over the changes of a trace.
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
    struct Collection
    {
        std::uint32_t begin, end;
        int generation;
        std::uint32_t number = 0, line = 0;                 // the how-manieth, from 1; the line that ran, 0: none
        std::uint64_t visits = 0;                           // looks at an object, in all phases
        std::uint32_t freed = 0;                            // objects that died while it ran
        std::int64_t found = 0;                             // unreachable ones, as gc.collect() counts them
    };
    std::vector<Line> lines;
    std::vector<Collection> collections;
    std::vector<std::uint32_t> deaths;                      // of objects that are not temporaries
};
TimelineMarks timelineMarks(const Trace &trace);

// "collection, gen 2", "increment": for a label.
QString collectionLabel(const Trace &trace, const TimelineMarks::Collection &collection);
// "31 looks, 2 freed": for a label of one that is over.
QString collectionFigures(const TimelineMarks::Collection &collection);
// What it collected, how often it looked and what it freed: for a tool tip and the screen reader.
QString collectionSentence(const Trace &trace, const TimelineMarks::Collection &collection);

} // namespace pyrena
