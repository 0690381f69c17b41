// Runs the recorded programs in the simulator and compares with what real interpreters printed.
//   conformance VERSION            exit 1 when a program that passed fails, or one passes that failing.txt still lists
//   conformance mark-sweep         a what-if manager: every program is sound, those that show nothing of the manager print the same
//   conformance --update           writes failing.txt and docs/CONFORMANCE.md from a run of all profiles
//   conformance --show VERSION NAME   what was recorded and what the simulator prints
#include "tests/conformance/recordings.h"

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using namespace pyrena;
using namespace pyrena::conformance;

const std::vector<std::string> kPrograms{PYRENA_TEST_DATA "/programs", PYRENA_TEST_DATA "/programs-own"};
const std::string kFailing = PYRENA_SOURCE_DIR "/tests/conformance/failing.txt";
const std::string kTable = PYRENA_SOURCE_DIR "/docs/CONFORMANCE.md";

// Lines "version program"; '#' begins a comment.
std::set<std::string> knownFailures(const std::string &version)
{
    std::set<std::string> names;
    std::ifstream in(kFailing);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string of, name;
        if (words >> of >> name && of == version)
            names.insert(name);
    }
    return names;
}

// The other memory managers are no Python that anybody could have recorded.
bool isRecorded(const PythonProfile &profile)
{
    return profile.runsPrograms && profile.collector.manager <= Manager::Incremental;
}

int check(const PythonProfile &profile, const std::vector<RecordedProgram> &programs)
{
    const Score score = scoreProfile(profile, programs);
    const std::set<std::string> known = knownFailures(std::string(profile.name));
    int status = 0;
    for (const std::string &name : score.failing) {
        if (known.contains(name))
            continue;
        std::cout << profile.name << ": " << name << " passed before and fails now; see conformance --show " << profile.name << " "
                  << name << "\n";
        status = 1;
    }
    for (const std::string &name : known) {
        if (score.failing.contains(name))
            continue;
        std::cout << profile.name << ": " << name << " passes now; run conformance --update and commit the table\n";
        status = 1;
    }
    std::cout << profile.name << ": " << score.passed << " of " << score.total << " recorded programs\n";
    return status;
}

int update(const std::vector<RecordedProgram> &programs)
{
    std::vector<std::pair<const PythonProfile *, Score>> scores;
    for (const PythonProfile &profile : allProfiles())
        if (isRecorded(profile))
            scores.emplace_back(&profile, scoreProfile(profile, programs));

    std::ofstream failing(kFailing);
    failing << "# Recorded programs whose output the simulator does not reproduce yet. Written by conformance --update.\n";
    for (const auto &[profile, score] : scores)
        for (const std::string &name : score.failing)
            failing << profile->name << " " << name << "\n";

    std::set<std::string> topics;
    for (const RecordedProgram &program : programs)
        topics.insert(program.topic);
    std::ofstream table(kTable);
    table << "# Conformance\n\n"
             "Small programs were run in real interpreters; each cell says how many of a topic's programs print exactly the same,\n"
             "with the same exit status, in the simulator under that profile. The programs and their recorded output are in\n"
             "`tests/data/programs` and `tests/data/programs-own` (recorded by the `record.py` there). This file is written by `conformance --update` (tests/conformance); the test fails when a\n"
             "program stops passing, and also when one passes that is still listed as failing.\n\n"
             "The profile `classic` is compared with 3.6.9.\n\n| topic |";
    for (const auto &[profile, score] : scores)
        table << " " << profile->name << " |";
    table << "\n|---|";
    for (std::size_t i = 0; i < scores.size(); ++i)
        table << "---|";
    for (const std::string &topic : topics) {
        table << "\n| " << topic << " |";
        for (const auto &[profile, score] : scores) {
            const auto cell = score.topics.find(topic);
            if (cell == score.topics.end())
                table << " – |";
            else
                table << " " << cell->second.first << "/" << cell->second.second << " |";
        }
    }
    table << "\n| **all** |";
    for (const auto &[profile, score] : scores)
        table << " **" << score.passed << "/" << score.total << "** |";
    table << "\n\n## Programs that differ\n\n";
    bool any = false;
    for (const auto &[profile, score] : scores) {
        if (score.failing.empty())
            continue;
        any = true;
        table << "* " << profile->name << ":";
        for (const std::string &name : score.failing)
            table << " `" << name << "`";
        table << "\n";
    }
    if (!any)
        table << "None.\n";
    table << "\n## Programs with a quirk\n\nTheir output hangs on an odd corner of one version.\n\n";
    for (const RecordedProgram &program : programs)
        if (!program.quirk.empty())
            table << "* `" << program.name << "`: " << program.quirk << "\n";
    for (const auto &[profile, score] : scores)
        std::cout << profile->name << ": " << score.passed << " of " << score.total << "\n";
    return failing && table ? 0 : 1;
}

int show(const PythonProfile &profile, const std::string &name, const std::vector<RecordedProgram> &programs)
{
    const auto program = std::find_if(programs.begin(), programs.end(), [&](const RecordedProgram &p) { return p.name == name; });
    if (program == programs.end()) {
        std::cerr << "there is no recorded program '" << name << "'\n";
        return 2;
    }
    const auto expected = program->byVersion.find(recordedVersion(profile));
    const Recorded got = simulate(profile, *program);
    if (expected != program->byVersion.end())
        std::cout << "--- recorded, exit " << expected->second.failed << "\n" << expected->second.output;
    std::cout << "--- simulated, exit " << got.failed << "\n" << got.output;
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> args(argv + 1, argv + argc);
    try {
        const auto programs = readPrograms(kPrograms);
        if (args == std::vector<std::string>{"--update"})
            return update(programs);
        const bool shows = args.size() == 3 && args[0] == "--show";
        const PythonProfile *profile = args.size() == 1 || shows ? findProfile(args[shows ? 1 : 0]) : nullptr;
        if (profile && profile->collector.manager > Manager::Incremental && !shows) {
            const std::vector<std::string> problems = problemsUnder(*profile, programs, knownFailures(recordedVersion(*profile)));
            for (const std::string &problem : problems)
                std::cout << problem << "\n";
            return problems.empty() ? 0 : 1;
        }
        if (profile && isRecorded(*profile))
            return shows ? show(*profile, args[2], programs) : check(*profile, programs);
    } catch (const std::exception &e) {
        std::cerr << "conformance: " << e.what() << "\n";
        return 2;
    }
    std::cerr << "usage: conformance VERSION | MANAGER | --update | --show VERSION NAME\n";
    return 2;
}
