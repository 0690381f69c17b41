#pragma once

#include "app/cli/exportrequest.h"

#include <functional>
#include <iosfwd>
#include <span>
#include <string_view>

// The command line without a window: pyrena run, tell, export, check, replay, compare, profiles.
namespace pyrena::cli {

// Exit status, the same for every command.
enum ExitStatus : int {
    Done = 0,
    Differs = 1,       // the script raised, a verification differs, a check found problems
    WrongInput = 2,    // the call or the input is wrong
    Environment = 3,   // cannot write, disk full
    LimitReached = 4,  // steps, memory or recursion; everything up to there is reported
};

struct Streams
{
    std::istream &in;
    std::ostream &out;     // results
    std::ostream &err;     // messages and progress
    bool showsProgress = false;   // err is a terminal
};

// What a build may lack. Pictures need Qt.
struct Parts
{
    // Writes the pictures of a request. Empty in a build without the window.
    std::function<int(const ExportRequest &, Streams &)> exportPictures;
};

// Runs one command. `args` without the program's name. Needs no display.
int run(std::span<const std::string_view> args, Streams streams, const Parts &parts = {});

// Whether the arguments are a command (or --help, --version); if not, main() opens the window.
bool isCommandLine(std::span<const std::string_view> args);

} // namespace pyrena::cli
