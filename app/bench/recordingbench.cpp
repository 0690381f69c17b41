// How fast programs are recorded, what a change costs in memory, and how long a seek takes.
#include "app/bench/bench.h"

#include "core/record.h"
#include "core/trace/timeline.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <vector>

namespace pyrena::bench {

namespace {

Recipe recipeOf(const std::filesystem::path &program)
{
    std::ifstream stream(program);
    std::ostringstream source;
    source << stream.rdbuf();
    Recipe recipe;
    recipe.source = source.str();
    recipe.fileName = program.filename().string();
    return recipe;
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

void recordingRates(const Options &options, std::ostream &out)
{
    row(out, "Recording", {"lines", "changes", "least ms", "", "lines/s", "changes/s", "bytes/change"});
    for (const char *name : {"lists", "objects", "calls", "cycles", "words"}) {
        const Recipe recipe = recipeOf(std::filesystem::path(options.programs) / (std::string(name) + ".py"));
        Samples seconds;
        std::shared_ptr<const Trace> trace;
        for (int i = 0; i < 1 + 5 * options.rounds; ++i) {   // the first one warms up
            trace.reset();
            const double start = processorSeconds();
            auto recorded = record(recipe);
            if (i > 0)
                seconds.add(processorSeconds() - start);
            if (!recorded) {
                out << "  " << toString(recorded.error()) << '\n';
                break;
            }
            trace = *recorded;
        }
        if (!trace)
            continue;
        const double s = seconds.least();
        const double lines = trace->stops.count(Granularity::Line);
        row(out, std::string("  ") + name + (trace->outcome == Outcome::Finished ? "" : " (did not finish)"),
            {number(lines), number(trace->changeCount()), number(1000 * s, 1), seconds.spread(), number(lines / s), number(trace->changeCount() / s),
             number(static_cast<double>(trace->bytes()) / std::max(1u, trace->changeCount()), 1)});
    }
}

void seekTimes(const Options &options, std::ostream &out)
{
    Recipe recipe = recipeOf(std::filesystem::path(options.programs) / "endless.py");
    recipe.maxChanges = 1'000'000;
    const Stopwatch recording;
    const auto recorded = record(recipe);
    if (!recorded) {
        out << toString(recorded.error()) << '\n';
        return;
    }
    const std::shared_ptr<const Trace> trace = *recorded;
    out << "\nOne recording of " << number(trace->changeCount()) << " changes: " << number(recording.milliseconds()) << " ms, "
        << number(static_cast<double>(trace->bytes()) / 1e6, 1) << " MB, " << trace->keyframes.size() << " keyframes\n";

    std::mt19937 random(20240607);   // fixed: the same places in every run
    std::uniform_int_distribution<std::uint32_t> anywhere(1, trace->changeCount());
    Timeline timeline(trace);
    std::vector<double> jumps, backs;
    for (int i = 0; i < 400; ++i) {
        const std::uint32_t position = anywhere(random);
        const Stopwatch jump;
        timeline.seek(position);
        jumps.push_back(jump.milliseconds());
        const Stopwatch back;
        timeline.seek(position - 1);
        backs.push_back(back.milliseconds());
    }
    row(out, "Seek (goal: worst < 16 ms)", {"median ms", "worst ms"});
    row(out, "  anywhere", {number(median(jumps), 3), number(std::ranges::max(jumps), 3)});
    row(out, "  one change back", {number(median(backs), 3), number(std::ranges::max(backs), 3)});
}

} // namespace pyrena::bench
