#include "ui/models/place.h"

namespace pyrena {

ProgramPlace placeAt(const Trace &trace, std::uint32_t position)
{
    ProgramPlace place;
    if (position == 0)
        return place;
    place.atEnd = position >= trace.changeCount();
    const StepId statement = trace.steps.statementOf(trace.steps.stepAt(position - 1));
    if (!statement)
        return place;
    place.line = trace.steps[statement].span.begin.line;
    for (std::uint32_t i = 0; i <= statement.value; ++i) {
        const Step &step = trace.steps[StepId(i)];
        place.occurrence += step.kind == StepKind::Statement && step.span.begin.line == place.line;
    }
    return place;
}

std::uint32_t positionOf(const Trace &trace, const ProgramPlace &place)
{
    if (place.atEnd)
        return trace.changeCount();
    if (place.line == 0)
        return 0;
    std::uint32_t seen = 0, last = 0;
    for (const Step &step : trace.steps.all()) {
        if (step.kind != StepKind::Statement || step.span.begin.line != place.line)
            continue;
        last = step.end;
        if (++seen == place.occurrence)
            break;
    }
    return last;
}

std::uint32_t nextExecutionOf(const Trace &trace, std::uint32_t line, std::uint32_t position)
{
    std::uint32_t first = position;
    bool found = false;
    for (const Step &step : trace.steps.all()) {
        if (step.kind != StepKind::Statement || step.span.begin.line != line)
            continue;
        if (step.end > position)
            return step.end;
        if (!found)
            first = step.end;
        found = true;
    }
    return first;
}

} // namespace pyrena
