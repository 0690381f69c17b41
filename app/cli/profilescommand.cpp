#include "app/cli/commands.h"

#include "app/cli/json.h"
#include "core/memory/allocatorprofiles.h"
#include "core/profile/profile.h"

#include <algorithm>
#include <ostream>
#include <vector>

namespace pyrena::cli {

namespace {

constexpr Option kOptions[] = {{"--json", "", "", "print the profiles as JSON"}};

// A version programs run under, or one of which only the allocator is known.
struct Row
{
    std::string_view name, shortName, summary, checked;
    const AllocatorProfile *allocator = nullptr;
    const PythonProfile *runs = nullptr;         // nullptr: allocator only
    const AllocatorVersion *recorded = nullptr;  // the recordings its allocator was checked on
    bool ownRecordings = false;                  // of exactly this version
};

const AllocatorVersion *recordedVersion(std::string_view name)
{
    const auto all = allAllocatorVersions();
    const auto found = std::ranges::find(all, name, &AllocatorVersion::version);
    return found == all.end() ? nullptr : &*found;
}

// The version with the same numbers that was recorded: its own, else the nearest before it in the table.
const AllocatorVersion *evidenceFor(const PythonProfile &profile)
{
    if (const AllocatorVersion *own = recordedVersion(profile.name))
        return own;
    const AllocatorVersion *nearest = nullptr;
    const std::string branch = std::to_string(profile.major) + '.' + std::to_string(profile.minor) + '.';
    for (const AllocatorVersion &known : allAllocatorVersions())
        if (known.allocator == profile.allocator && (!nearest || known.version.starts_with(branch)))
            nearest = &known;
    return nearest;
}

// No Python that anybody could record: the same program under another memory manager.
bool isWhatIf(const PythonProfile &profile) { return profile.collector.manager > Manager::Incremental; }

std::vector<Row> rows()
{
    std::vector<Row> all;
    for (const PythonProfile &p : allProfiles()) {
        const AllocatorVersion *recorded = isWhatIf(p) ? nullptr : evidenceFor(p);
        all.push_back({p.name, p.shortName, p.summary, p.checked, &p.allocator, &p, recorded, recorded && recorded->version == p.name});
    }
    for (const AllocatorVersion &known : allAllocatorVersions())
        if (!std::ranges::any_of(allProfiles(), [&](const PythonProfile &p) { return p.name == known.version; }))
            all.push_back({known.version, known.version, "the allocator only, for recordings", known.evidence, &known.allocator,
                           nullptr, &known, true});
    return all;
}

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
    if (c.manager == Manager::CountingOnly)
        return "-";
    if (!c.counts())
        return sizeText(static_cast<std::uint32_t>(c.thresholds[0]))
            + (c.thresholds[1] > 0 ? ", " + sizeText(static_cast<std::uint32_t>(c.thresholds[1])) : std::string());
    return '(' + std::to_string(c.thresholds[0]) + ", " + std::to_string(c.thresholds[1]) + ", " + std::to_string(c.thresholds[2]) + ')';
}

std::string allocatorEvidence(const Row &row)
{
    if (row.runs && row.runs->collector.moves())
        return "allocator: none; objects lie side by side in a space and move";
    if (row.runs && isWhatIf(*row.runs)) {
        const auto real = std::find_if(allProfiles().begin(), allProfiles().end(), [&](const PythonProfile &p) { return p.allocator == row.runs->allocator; });
        return "allocator: that of " + std::string(real->name) + "; a what-if manager has no recordings";
    }
    if (!row.recorded)
        return "allocator: not recorded";
    const AllocatorVersion &r = *row.recorded;
    return "allocator: " + std::to_string(r.requests) + " requests in " + std::to_string(r.recordings)
        + (r.recordings == 1 ? " recording" : " recordings") + (row.ownRecordings ? "" : " of " + std::string(r.version))
        + ", no difference";
}

std::string jsonOf(const std::vector<Row> &rows)
{
    JsonWriter json;
    json.beginArray();
    for (const Row &row : rows) {
        json.beginObject().member("name", row.name).member("shortName", row.shortName)
            .member("title", row.runs ? row.runs->title : row.name).member("summary", row.summary)
            .member("runsPrograms", row.runs != nullptr).member("checked", row.checked)
            .member("recordedVersion", row.recorded ? row.recorded->version : std::string_view())
            .member("recordings", row.recorded ? row.recorded->recordings : 0)
            .member("requestsChecked", row.recorded ? row.recorded->requests : 0)
            .member("alignment", row.allocator->alignment).member("poolSize", row.allocator->poolSize)
            .member("arenaSize", row.allocator->arenaSize).member("keepsLastArena", row.allocator->keepsLastArena);
        json.key("thresholds").beginArray();
        if (row.runs)
            for (const std::int32_t t : row.runs->collector.thresholds)
                json.value(t);
        json.endArray().endObject();
    }
    json.endArray();
    return json.take();
}

} // namespace

const Command kProfilesCommand{"profiles", "[NAME...]", "list the Python versions and what differs", kOptions, 0, 100};

int profiles(const Arguments &arguments, Streams &streams)
{
    std::vector<Row> shown = rows();
    if (!arguments.files().empty()) {
        std::vector<Row> wanted;
        for (const std::string &name : arguments.files()) {
            const auto found = std::ranges::find_if(shown, [&](const Row &r) { return r.name == name || r.shortName == name; });
            if (found == shown.end())
                return wrongCall(kProfilesCommand, {"there is no profile '" + name + "'; 'pyrena profiles' lists them"}, streams);
            wanted.push_back(*found);
        }
        shown = std::move(wanted);
    }
    if (arguments.has("--json")) {
        streams.out << jsonOf(shown);
        return Done;
    }
    streams.out << padded("name", 22) << padded("short", 22) << padded("step", 6) << padded("pool", 8) << padded("arena", 9)
                << padded("gc thresholds", 17) << "runs\n";
    for (const Row &row : shown) {
        const bool pools = !row.runs || !row.runs->collector.moves();
        const auto ofPools = [&](std::uint32_t bytes) { return pools ? sizeText(bytes) : std::string("-"); };
        streams.out << padded(row.name, 22) << padded(row.shortName, 22) << padded(std::to_string(row.allocator->alignment), 6)
                    << padded(ofPools(row.allocator->poolSize), 8) << padded(ofPools(row.allocator->arenaSize), 9)
                    << padded(row.runs ? thresholds(row.runs->collector) : "-", 17)
                    << (!row.runs ? "recordings" : isWhatIf(*row.runs) ? "programs" : "programs, recordings") << '\n';
        streams.out << "          " << row.summary << "\n          checked: " << row.checked << "\n          "
                    << allocatorEvidence(row) << '\n';
    }
    return Done;
}

} // namespace pyrena::cli
