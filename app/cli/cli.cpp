#include "app/cli/cli.h"

#include "app/cli/commands.h"
#include "core/lesson/suggest.h"

#include <algorithm>
#include <array>
#include <ostream>

#ifndef PYRENA_VERSION
#error "PYRENA_VERSION comes from CMake"
#endif

namespace pyrena::cli {

namespace {

struct Entry
{
    const Command *command;
    int (*function)(const Arguments &, Streams &, const Parts &);
};

const std::array kEntries = {
    Entry{&kRunCommand, [](const Arguments &a, Streams &s, const Parts &) { return runScript(a, s); }},
    Entry{&kTellCommand, [](const Arguments &a, Streams &s, const Parts &) { return tell(a, s); }},
    Entry{&kExportCommand, [](const Arguments &a, Streams &s, const Parts &p) { return exportPictures(a, s, p); }},
    Entry{&kCheckCommand, [](const Arguments &a, Streams &s, const Parts &) { return check(a, s); }},
    Entry{&kReplayCommand, [](const Arguments &a, Streams &s, const Parts &) { return replay(a, s); }},
    Entry{&kCompareCommand, [](const Arguments &a, Streams &s, const Parts &) { return compare(a, s); }},
    Entry{&kProfilesCommand, [](const Arguments &a, Streams &s, const Parts &) { return profiles(a, s); }},
};
constexpr auto kPlanned = std::to_array<std::string_view>({"handout", "record"});

void printHelp(std::ostream &out)
{
    out << "Pyrena shows how CPython's memory manager works.\n\n"
           "  pyrena [FILE]                 open the window, on a lesson (.md), a script (.py) or a recording\n";
    for (const Entry &e : kEntries) {
        std::string left = "pyrena " + std::string(e.command->name) + ' ' + std::string(e.command->files);
        left.resize(std::max<std::size_t>(left.size() + 1, 30), ' ');
        out << "  " << left << e.command->summary << '\n';
    }
    out << "\n'pyrena COMMAND --help' lists a command's options; '-' stands for stdin.\n"
           "Exit status: 0 done; 1 the script raised, or a check or verification found something;\n"
           "2 the call or the input is wrong; 3 the environment failed; 4 a limit was reached.\n";
}

bool isHelp(std::string_view arg) { return arg == "--help" || arg == "-h" || arg == "help"; }

int unknownCommand(std::string_view name, std::ostream &err)
{
    if (std::ranges::find(kPlanned, name) != kPlanned.end()) {
        err << "pyrena: '" << name << "' is planned, but not there yet; docs/ROADMAP.md says what comes when\n";
        return WrongInput;
    }
    std::vector<std::string_view> names;
    for (const Entry &e : kEntries)
        names.push_back(e.command->name);
    const std::string_view close = closestWord(name, names);
    err << "pyrena: there is no command '" << name << '\'';
    if (close.empty())
        err << "; 'pyrena --help' lists the commands\n";
    else
        err << "; did you mean " << close << "?\n";
    return WrongInput;
}

// A full disk or a closed pipe shows when the rest is written.
int withOutputWritten(int status, Streams &streams)
{
    streams.out.flush();
    if (streams.out)
        return status;
    streams.err << "pyrena: the results cannot be written to the standard output; is the disk full?\n";
    return Environment;
}

} // namespace

int wrongCall(const Command &command, const Error &error, Streams &streams)
{
    streams.err << "pyrena " << command.name << ": " << error.message << '\n';
    return WrongInput;
}

void say(const Diagnostic &diagnostic, Streams &streams) { streams.err << toString(diagnostic) << '\n'; }

int run(std::span<const std::string_view> args, Streams streams, const Parts &parts)
{
    if (args.empty() || isHelp(args[0])) {
        printHelp(args.empty() ? streams.err : streams.out);
        return withOutputWritten(args.empty() ? WrongInput : Done, streams);
    }
    if (args[0] == "--version") {
        streams.out << "pyrena " PYRENA_VERSION "\n";
        return withOutputWritten(Done, streams);
    }
    for (const Entry &entry : kEntries) {
        if (entry.command->name != args[0])
            continue;
        const auto arguments = Arguments::parse(args.subspan(1), *entry.command);
        if (!arguments)
            return wrongCall(*entry.command, arguments.error(), streams);
        if (arguments->has("--help")) {
            streams.out << help(*entry.command);
            return withOutputWritten(Done, streams);
        }
        return withOutputWritten(entry.function(*arguments, streams, parts), streams);
    }
    return unknownCommand(args[0], streams.err);
}

bool isCommandLine(std::span<const std::string_view> args)
{
    if (args.empty())
        return false;
    if (isHelp(args[0]) || args[0] == "--version")
        return true;
    const bool known = std::ranges::any_of(kEntries, [&](const Entry &e) { return e.command->name == args[0]; });
    if (known || std::ranges::find(kPlanned, args[0]) != kPlanned.end())
        return true;
    // A word that is neither a file's name nor an option is a command mistyped.
    return args[0].find_first_of("./\\-") == std::string_view::npos && args.size() > 1;
}

} // namespace pyrena::cli
