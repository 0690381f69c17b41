#pragma once

#include "core/record.h"
#include "core/trace/timeline.h"
#include "core/world/invariants.h"

#include <algorithm>
#include <string>
#include <vector>

namespace pyrena::testing {

inline std::shared_ptr<const Trace> recordText(const std::string &source, const std::string &profile = "3.13",
                                               std::uint32_t maxChanges = 400'000)
{
    Recipe recipe;
    recipe.source = source;
    recipe.profile = profile;
    recipe.maxChanges = maxChanges;
    auto trace = record(recipe);
    return trace ? trace.value() : nullptr;
}

// The ends of statements, rising.
inline std::vector<std::uint32_t> statementEnds(const Trace &trace)
{
    std::vector<std::uint32_t> ends;
    for (const Step &step : trace.steps.all())
        if (step.kind == StepKind::Statement)
            ends.push_back(step.end);
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    return ends;
}

// At most `most` of them, evenly spread, the last always among them.
inline std::vector<std::uint32_t> sampled(const std::vector<std::uint32_t> &all, std::size_t most)
{
    if (all.size() <= most)
        return all;
    std::vector<std::uint32_t> some;
    for (std::size_t i = 1; i <= most; ++i)
        some.push_back(all[i * all.size() / most - 1]);
    return some;
}

inline std::uint32_t lineAt(const Trace &trace, std::uint32_t position)
{
    const StepId step = position == 0 ? StepId() : trace.steps.statementOf(trace.steps.stepAt(position - 1));
    return step ? trace.steps[step].span.begin.line : 0;
}

// The violations at the first end of a statement where there are any, with the line; empty when there are none.
inline std::string firstViolations(std::shared_ptr<const Trace> trace, std::size_t most = 400)
{
    Timeline timeline(trace);
    for (const std::uint32_t end : sampled(statementEnds(*trace), most)) {
        // An exception that nothing caught, or a limit, stops the program in the middle of a statement.
        if (end == trace->changeCount() && trace->outcome != Outcome::Finished)
            continue;
        const auto violations = checkInvariants(timeline.seek(end));
        if (violations.empty())
            continue;
        std::string text = "after change " + std::to_string(end) + ", line " + std::to_string(lineAt(*trace, end)) + ":";
        for (std::size_t i = 0; i < std::min<std::size_t>(violations.size(), 8); ++i)
            text += "\n  " + violations[i];
        return text;
    }
    return {};
}

} // namespace pyrena::testing
