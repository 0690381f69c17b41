#pragma once

#include "core/profile/profile.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pyrena::conformance {

// What a real interpreter did with a program.
struct Recorded
{
    std::string output;
    bool failed = false;      // exit status other than 0
};

struct RecordedProgram
{
    std::string name, topic, quirk;   // quirk: why its output may be excused in some version; usually empty
    std::string source;
    std::vector<std::string> needs;   // facts of CPython's manager that its output shows: "gc", "finalizer-timing", "id" ...
    std::map<std::string, Recorded> byVersion;
};

// Folders of tests/data: index.json, NAME.py and NAME.expected.json. Throws std::runtime_error when they can't be read.
std::vector<RecordedProgram> readPrograms(const std::vector<std::string> &folders);

// The version whose recordings a profile is compared with: 3.6.9 for "classic".
std::string recordedVersion(const PythonProfile &profile);

struct Score
{
    int passed = 0, total = 0;
    std::set<std::string> failing;
    std::map<std::string, std::pair<int, int>> topics;   // passed, total
};
Score scoreProfile(const PythonProfile &profile, const std::vector<RecordedProgram> &programs);

// Runs every program under a what-if manager: it ends as recorded for that Python, its world is sound, and it prints the same
// if it shows nothing that depends on the manager, and is not among those that differ under that Python's own manager.
// What went wrong, one line each.
std::vector<std::string> problemsUnder(const PythonProfile &manager, const std::vector<RecordedProgram> &programs,
                                       const std::set<std::string> &differing);

// What the simulator prints, and whether it fails, in the terms of a recording.
Recorded simulate(const PythonProfile &profile, const RecordedProgram &program);

} // namespace pyrena::conformance
