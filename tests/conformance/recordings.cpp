#include "tests/conformance/recordings.h"

#include "core/record.h"
#include "core/trace/timeline.h"
#include "core/world/invariants.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace pyrena::conformance {

namespace {

std::string readAll(const std::string &path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

} // namespace

namespace {

void readFolder(const std::string &folder, std::vector<RecordedProgram> &programs)
{
    // JSON is a subset of YAML as far as these files go.
    for (const YAML::Node &entry : YAML::Load(readAll(folder + "/index.json"))["programs"]) {
        RecordedProgram program;
        program.name = entry["name"].as<std::string>();
        program.topic = entry["topic"].as<std::string>();
        if (entry["quirk"] && !entry["quirk"].IsNull())
            program.quirk = entry["quirk"].as<std::string>();
        for (const YAML::Node &need : entry["needs"])
            program.needs.push_back(need.as<std::string>());
        program.source = readAll(folder + "/" + program.name + ".py");
        for (const auto &recorded : YAML::Load(readAll(folder + "/" + program.name + ".expected.json"))) {
            if (!recorded.second.IsMap() || !recorded.second["stdout"])
                continue;   // the version can't run it
            program.byVersion[recorded.first.as<std::string>()] = {recorded.second["stdout"].as<std::string>(),
                                                                   recorded.second["exit"].as<int>() != 0};
        }
        // Builds of 3.6.15 may have object headers of another size: what prints no sizes serves for 3.6.9 as well.
        if (entry["sizes"] && !entry["sizes"].as<bool>() && !program.byVersion.contains("3.6.9"))
            if (const auto other = program.byVersion.find("3.6.15"); other != program.byVersion.end())
                program.byVersion.emplace("3.6.9", other->second);
        programs.push_back(std::move(program));
    }
}

} // namespace

std::vector<RecordedProgram> readPrograms(const std::vector<std::string> &folders)
{
    std::vector<RecordedProgram> programs;
    for (const std::string &folder : folders)
        readFolder(folder, programs);
    return programs;
}

std::string recordedVersion(const PythonProfile &profile)
{
    return std::to_string(profile.major) + "." + std::to_string(profile.minor) + "." + std::to_string(profile.patch);
}

Recorded simulate(const PythonProfile &profile, const RecordedProgram &program)
{
    // The chains of hundreds of thousands of objects need more than a lesson's limit.
    constexpr std::uint32_t kMaxChanges = 40'000'000;
    const auto trace = record({.source = program.source, .fileName = program.name + ".py", .profile = std::string(profile.name),
                               .maxChanges = kMaxChanges});
    if (!trace)
        return {toString(trace.error()), true};
    Recorded result{{}, trace.value()->exitStatus != 0 || trace.value()->outcome != Outcome::Finished};
    for (std::uint32_t n = 0; n < trace.value()->changeCount(); ++n)
        if (const auto printed = trace.value()->changeAs<change::Printed>(n))
            result.output += trace.value()->text(printed->text);
    return result;
}

Score scoreProfile(const PythonProfile &profile, const std::vector<RecordedProgram> &programs)
{
    Score score;
    for (const RecordedProgram &program : programs) {
        const auto expected = program.byVersion.find(recordedVersion(profile));
        if (expected == program.byVersion.end())
            continue;
        const Recorded got = simulate(profile, program);
        const bool same = got.output == expected->second.output && got.failed == expected->second.failed;
        auto &[passed, total] = score.topics[program.topic];
        ++total;
        ++score.total;
        if (same) {
            ++passed;
            ++score.passed;
        } else {
            score.failing.insert(program.name);
        }
    }
    return score;
}

namespace {

// Programs that print what counts decide, though nothing in index.json says so.
constexpr std::string_view kShowCounts[] = {
    "gen_close_runs_finally",   // a generator that is dropped is closed at once
};

} // namespace

std::vector<std::string> problemsUnder(const PythonProfile &manager, const std::vector<RecordedProgram> &programs,
                                       const std::set<std::string> &differing)
{
    // The longest programs run out of this one; what they printed until then is compared all the same.
    constexpr std::uint32_t kMaxChanges = 1'000'000;
    std::vector<std::string> problems;
    for (const RecordedProgram &program : programs) {
        const auto expected = program.byVersion.find(recordedVersion(manager));
        if (expected == program.byVersion.end())
            continue;
        const auto said = [&](const std::string &what) { problems.push_back(program.name + " under " + std::string(manager.name) + ": " + what); };
        const auto recorded = record({.source = program.source, .fileName = program.name + ".py", .profile = std::string(manager.name),
                                      .maxChanges = kMaxChanges});
        if (!recorded) {
            said(toString(recorded.error()));
            continue;
        }
        const Trace &trace = *recorded.value();
        Timeline timeline(recorded.value());
        if (trace.outcome == Outcome::Finished)
            for (const std::string &violation : checkInvariants(timeline.seek(trace.changeCount())))
                said(violation);
        std::string output;
        for (std::uint32_t n = 0; n < trace.changeCount(); ++n)
            if (const auto printed = trace.changeAs<change::Printed>(n))
                output += trace.text(printed->text);
        const bool cut = trace.outcome != Outcome::Finished && trace.outcome != Outcome::Raised;
        const bool compared = program.needs.empty() && !differing.contains(program.name)
            && std::find(std::begin(kShowCounts), std::end(kShowCounts), program.name) == std::end(kShowCounts);
        const bool same = cut ? expected->second.output.starts_with(output) : output == expected->second.output;
        if (compared && !same)
            said("prints\n" + output + "and not\n" + expected->second.output);
        if (compared && !cut && (trace.exitStatus != 0 || trace.outcome != Outcome::Finished) != expected->second.failed)
            said("ends otherwise");
    }
    return problems;
}

} // namespace pyrena::conformance
