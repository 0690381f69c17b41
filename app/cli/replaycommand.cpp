#include "app/cli/commands.h"

#include "app/cli/json.h"
#include "core/memory/allocatorprofiles.h"
#include "core/memory/replay.h"

#include <filesystem>
#include <ostream>

namespace pyrena::cli {

namespace {

constexpr Option kOptions[] = {
    {"--verify", "", "", "exit with 1 when a placement, an arena event or the heap's state differs; list the first"},
    {"--python", "", "VERSION", "replay by this version's rules instead of the recorded one's; 'pyrena profiles' lists them"},
    {"--json", "", "", "print the result as JSON"},
};

double eventsPerSecond(const ReplayReport &r) { return r.seconds > 0 ? static_cast<double>(r.events) / r.seconds : 0; }

std::string jsonOf(const std::string &file, const ReplayReport &r)
{
    JsonWriter json;
    json.beginObject().member("file", file).member("python", r.header.python).member("program", r.header.program)
        .member("events", r.events).member("placements", r.placements).member("arenasMade", r.arenasMade)
        .member("arenasReleased", r.arenasReleased).member("statisticsChecked", r.statisticsChecked)
        .member("hashesChecked", r.hashesChecked).member("mismatches", r.mismatches)
        .member("seconds", r.seconds).member("eventsPerSecond", eventsPerSecond(r));
    json.key("first").beginArray();
    for (const std::string &line : r.first)
        json.value(line);
    json.endArray().endObject();
    return json.take();
}

} // namespace

const Command kReplayCommand{"replay", "TRACE", "replay a recording of CPython's allocator and compare", kOptions, 1, 1};

int replay(const Arguments &arguments, Streams &streams)
{
    const std::string &file = arguments.files()[0];
    if (std::error_code ignored; std::filesystem::is_directory(file, ignored))
        return wrongCall(kReplayCommand, {file + ": this is a folder; name a recording"}, streams);
    ReplayOptions options;
    const std::string version = arguments.value("--python", "");
    if (!version.empty()) {
        options.rules = findAllocatorByName(version);
        if (!options.rules)
            return wrongCall(kReplayCommand, {"there is no version '" + version + "'; 'pyrena profiles' lists them"}, streams);
    }
    const auto report = verifyRecording(file, options);
    if (!report)
        return wrongCall(kReplayCommand, report.error(), streams);
    const ReplayReport &r = *report;
    const int status = arguments.has("--verify") && !r.exact() ? Differs : Done;
    if (arguments.has("--json")) {
        streams.out << jsonOf(file, r);
        return status;
    }
    streams.out << r.header.program << " on Python " << r.header.python
                << (version.empty() ? "" : ", by the rules of " + version) << ": " << r.events << " requests, " << r.arenasMade
                << " arenas made, " << r.arenasReleased << " released\n"
                << r.placements << " placements, " << r.arenasMade + r.arenasReleased << " arena events, " << r.statisticsChecked
                << " statistics and " << r.hashesChecked << " states compared: "
                << (r.exact() ? "no difference" : std::to_string(r.mismatches) + (r.mismatches == 1 ? " difference" : " differences"))
                << '\n';
    for (const std::string &line : r.first)
        streams.out << "  " << line << '\n';
    streams.out << static_cast<std::uint64_t>(eventsPerSecond(r)) << " requests per second\n";
    return status;
}

} // namespace pyrena::cli
