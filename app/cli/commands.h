#pragma once

#include "app/cli/arguments.h"
#include "app/cli/cli.h"
#include "app/cli/input.h"
#include "core/memory/replay.h"

#include <memory>
#include <optional>
#include <string>

// The commands, one per file, and what they share.
namespace pyrena::cli {

extern const Command kRunCommand, kTellCommand, kExportCommand, kCheckCommand, kReplayCommand, kProfilesCommand, kCompareCommand;

int runScript(const Arguments &arguments, Streams &streams);
int tell(const Arguments &arguments, Streams &streams);
int exportPictures(const Arguments &arguments, Streams &streams, const Parts &parts);
int check(const Arguments &arguments, Streams &streams);
int replay(const Arguments &arguments, Streams &streams);
int profiles(const Arguments &arguments, Streams &streams);
int compare(const Arguments &arguments, Streams &streams);

// "pyrena run: message" on err; returns WrongInput.
int wrongCall(const Command &command, const Error &error, Streams &streams);
void say(const Diagnostic &diagnostic, Streams &streams);   // a line on err

// Options of every command that runs a program.
inline constexpr Option kPythonOption{"--python", "", "PROFILE", "3.14 (the default), 3.13.0, classic ...; 'pyrena profiles' lists them"};
inline constexpr Option kMaxChangesOption{"--max-changes", "", "N", "stop after so many changes (default 2000000, of a recording 5000000)"};
inline constexpr Option kMaxMemoryOption{"--max-memory", "", "SIZE", "stop when the program asks for more (default 1G)"};

// A program read from a file and run as the options say, or an allocator recording that was replayed.
struct Ran
{
    Program program;
    std::shared_ptr<const Trace> trace;
    std::shared_ptr<const RecordedReplay> replay;   // of a recording; its trace is `trace`
};
// On failure the reason was said and the exit status is the error.
struct Failed { int status; };
struct RunAs
{
    std::string profile = {};   // instead of what the program asks for; --python comes first
    bool history = true;
};
Result<Ran, Failed> readAndRun(const std::string &file, const Arguments &arguments, const Command &command, Streams &streams,
                               const RunAs &as = {});

// What the end of the recording means: says it on err and gives the exit status.
int reportOutcome(const Trace &trace, Streams &streams);

// Everything the program printed.
std::string printedBy(const Trace &trace);

} // namespace pyrena::cli
