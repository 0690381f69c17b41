#include "app/cli/commands.h"

#include "app/cli/json.h"
#include "app/cli/linediff.h"
#include "app/cli/realpython.h"

#include <cctype>
#include <ostream>

namespace pyrena::cli {

namespace {

constexpr Option kOptions[] = {
    {"--with", "", "PYTHON", "the interpreter to compare with (default: python3)"},
    {"--python", "", "PROFILE", "the profile to simulate (default: the interpreter's own version, or the nearest patch release of it)"},
    {"--traceback", "", "", "compare all of the error output, not only its last line"},
    {"--timeout", "", "SECONDS", "stop the interpreter after so long (default 30)"},
    kMaxChangesOption,
    kMaxMemoryOption,
    {"--json", "", "", "print both outputs and the difference as JSON"},
};

// Addresses differ from run to run in the interpreter already.
std::string withoutAddresses(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (!text.substr(i).starts_with("0x")) {
            out += text[i++];
            continue;
        }
        out += "0x";
        const std::size_t digits = i += 2;
        while (i < text.size() && std::isxdigit(static_cast<unsigned char>(text[i])))
            ++i;
        // Only what is long enough for an address: hex(255) is the program's own answer.
        out += i - digits >= 9 ? std::string_view("...") : text.substr(digits, i - digits);
    }
    return out;
}

std::string lastLine(std::string_view text)
{
    while (text.ends_with('\n'))
        text.remove_suffix(1);
    const std::size_t at = text.rfind('\n');
    return text.empty() ? std::string() : std::string(text.substr(at == std::string_view::npos ? 0 : at + 1)) + '\n';
}

int interpreterFailed(const RealPython &python, const RealRun &run, std::uint64_t seconds, Streams &streams)
{
    const auto say = [&](const std::string &what) { streams.err << "pyrena compare: " << python.command() << ' ' << what << '\n'; };
    switch (run.end) {
    case RealRun::End::TimedOut:
        say("did not end within " + std::to_string(seconds) + " s; give it longer with --timeout");
        return LimitReached;
    case RealRun::End::TooMuchOutput:
        say("prints more than can be compared (64 MiB)");
        return LimitReached;
    case RealRun::End::Signalled:
        say("was ended by signal " + std::to_string(run.status));
        return Environment;
    case RealRun::End::Exited:
        break;
    }
    return Done;
}

} // namespace

const Command kCompareCommand{"compare", "SCRIPT.py", "run a script in the simulator and in a real Python, and show what differs", kOptions, 1, 1};

int compare(const Arguments &arguments, Streams &streams)
{
    constexpr std::uint64_t kMaxSeconds = 3600;
    const auto seconds = arguments.number("--timeout", 30, 1, kMaxSeconds);
    if (!seconds)
        return wrongCall(kCompareCommand, seconds.error(), streams);
    const auto python = RealPython::find(arguments.value("--with", "python3"));
    if (!python) {
        streams.err << "pyrena compare: " << python.error().message << "; name an interpreter with --with\n";
        return Environment;
    }
    const PythonProfile *own = profileOf(python->version());
    if (!own && !arguments.has("--python"))
        return wrongCall(kCompareCommand, {python->command() + " is Python " + python->version().text()
                                           + ", which has no profile; name one with --python"}, streams);
    const std::string profile = arguments.value("--python", own ? own->name : "");
    const auto ran = readAndRun(arguments.files()[0], arguments, kCompareCommand, streams, {.profile = profile, .history = false});
    if (!ran)
        return ran.error().status;
    const Trace &trace = *ran->trace;
    if (trace.outcome == Outcome::Unsupported || trace.outcome == Outcome::LimitReached || trace.outcome == Outcome::Cancelled)
        return reportOutcome(trace, streams);

    const auto run = python->run(trace.recipe.source, trace.recipe.fileName, {.time = std::chrono::seconds(*seconds)});
    if (!run) {
        streams.err << "pyrena compare: " << run.error().message << '\n';
        return Environment;
    }
    if (const int status = interpreterFailed(*python, *run, *seconds, streams); status != Done)
        return status;

    const bool wholeError = arguments.has("--traceback");
    const auto shown = [&](const std::string &out, const std::string &err) {
        return withoutAddresses(out + (wholeError ? err : lastLine(err)));
    };
    const std::string simulated = shown(printedBy(trace), trace.errorText);
    const std::string real = shown(run->out, run->err);
    const std::string simulatedName = "simulated Python " + std::string(trace.profile->name);
    const std::string realName = python->command() + ", Python " + python->version().text();
    const std::string diff = unifiedDiff(simulated, real, simulatedName, realName);
    const bool statusDiffers = trace.exitStatus != run->status;
    const bool same = diff.empty() && !statusDiffers;

    if (arguments.has("--json")) {
        JsonWriter json;
        json.beginObject().member("file", trace.recipe.fileName).member("same", same);
        json.key("simulated").beginObject().member("python", trace.profile->name).member("stdout", printedBy(trace))
            .member("stderr", trace.errorText).member("exit", trace.exitStatus).endObject();
        json.key("real").beginObject().member("command", python->command()).member("python", python->version().text())
            .member("stdout", run->out).member("stderr", run->err).member("exit", run->status).endObject();
        json.member("diff", diff).endObject();
        streams.out << json.take();
        return same ? Done : Differs;
    }
    streams.out << diff;
    if (statusDiffers)
        streams.out << "exit status: " << trace.exitStatus << " simulated, " << run->status << " real\n";
    if (same)
        streams.err << "no difference: Python " << trace.profile->name << " simulated, Python " << python->version().text() << " real\n";
    return same ? Done : Differs;
}

} // namespace pyrena::cli
