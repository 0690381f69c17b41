#include "app/cli/commands.h"

#include "app/cli/json.h"

#include <ostream>

namespace pyrena::cli {

namespace {

constexpr Option kOptions[] = {
    kPythonOption,
    kMaxChangesOption,
    kMaxMemoryOption,
    {"--json", "", "", "print output, error and figures of the run as JSON"},
};

const char *outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Finished: return "finished";
    case Outcome::Raised: return "raised";
    case Outcome::Unsupported: return "unsupported";
    case Outcome::LimitReached: return "limit reached";
    case Outcome::Cancelled: return "cancelled";
    }
    return "";
}

} // namespace

const Command kRunCommand{"run", "SCRIPT.py", "run a script in the simulator and print what it prints", kOptions, 1, 1};

int runScript(const Arguments &arguments, Streams &streams)
{
    const auto ran = readAndRun(arguments.files()[0], arguments, kRunCommand, streams, {.history = arguments.has("--json")});
    if (!ran)
        return ran.error().status;
    const Trace &trace = *ran->trace;
    if (!arguments.has("--json")) {
        streams.out << printedBy(trace) << std::flush;
        return reportOutcome(trace, streams);
    }
    JsonWriter json;
    json.beginObject()
        .member("file", trace.recipe.fileName)
        .member("python", trace.profile->name)
        .member("outcome", outcomeName(trace.outcome))
        .member("stdout", printedBy(trace))
        .member("stderr", trace.errorText);
    if (trace.diagnostic)
        json.member("message", toString(*trace.diagnostic));
    json.member("changes", trace.changeCount())
        .member("steps", trace.stops.count(Granularity::Line))
        .endObject();
    streams.out << json.take();
    return reportOutcome(trace, streams);
}

} // namespace pyrena::cli
