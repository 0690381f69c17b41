#include "app/cli/commands.h"

#include "app/cli/json.h"
#include "core/profile/profile.h"

#include <algorithm>
#include <ostream>

namespace pyrena::cli {

namespace {

constexpr Option kOptions[] = {{"--json", "", "", "print the profiles as JSON"}};

std::string sizeText(std::uint32_t bytes)
{
    return bytes % (1 << 20) == 0 ? std::to_string(bytes >> 20) + " MiB" : std::to_string(bytes >> 10) + " KiB";
}

std::string padded(std::string_view text, std::size_t width)
{
    return std::string(text) + std::string(width - std::min(width, text.size()), ' ');
}

std::string thresholds(const CollectorProfile &c)
{
    return '(' + std::to_string(c.thresholds[0]) + ", " + std::to_string(c.thresholds[1]) + ", " + std::to_string(c.thresholds[2]) + ')';
}

} // namespace

const Command kProfilesCommand{"profiles", "", "list the Python versions and what differs", kOptions, 0, 0};

int profiles(const Arguments &arguments, Streams &streams)
{
    if (arguments.has("--json")) {
        JsonWriter json;
        json.beginArray();
        for (const PythonProfile &p : allProfiles()) {
            json.beginObject().member("name", p.name).member("shortName", p.shortName).member("title", p.title)
                .member("summary", p.summary).member("runsPrograms", p.runsPrograms).member("checked", p.checked)
                .member("alignment", p.allocator.alignment).member("poolSize", p.allocator.poolSize)
                .member("arenaSize", p.allocator.arenaSize).member("keepsLastArena", p.allocator.keepsLastArena);
            json.key("thresholds").beginArray();
            for (const std::int32_t t : p.collector.thresholds)
                json.value(t);
            json.endArray().endObject();
        }
        json.endArray();
        streams.out << json.take();
        return Done;
    }
    streams.out << padded("name", 10) << padded("short", 9) << padded("step", 6) << padded("pool", 8) << padded("arena", 9)
                << padded("gc thresholds", 17) << "runs\n";
    for (const PythonProfile &p : allProfiles()) {
        streams.out << padded(p.name, 10) << padded(p.shortName, 9) << padded(std::to_string(p.allocator.alignment), 6)
                    << padded(sizeText(p.allocator.poolSize), 8) << padded(sizeText(p.allocator.arenaSize), 9)
                    << padded(p.runsPrograms ? thresholds(p.collector) : "-", 17)
                    << (p.runsPrograms ? "programs, recordings" : "recordings") << '\n';
        streams.out << "          " << p.summary << "\n          checked: " << p.checked << '\n';
    }
    return Done;
}

} // namespace pyrena::cli
