#pragma once

#include "core/base/result.h"
#include "core/profile/profile.h"

#include <chrono>
#include <string>

// A Python installed on this machine, run as a process of its own. Needs no Qt.
namespace pyrena::cli {

struct RealVersion
{
    int major = 0, minor = 0, patch = 0;
    std::string text() const;   // "3.11.2"
};

struct RealRun
{
    enum class End : std::uint8_t { Exited, Signalled, TimedOut, TooMuchOutput };
    End end = End::Exited;
    int status = 0;             // exit status, or the signal's number
    std::string out, err;
};

struct RealLimits
{
    std::chrono::milliseconds time{30'000};
    std::size_t outputBytes = std::size_t(64) << 20;
};

class RealPython
{
public:
    // `command` is a path, or a name looked for on PATH. An Error: it does not start, or does not say which version it is.
    static Result<RealPython> find(const std::string &command);

    const std::string &command() const { return m_command; }
    const RealVersion &version() const { return m_version; }

    // Runs the text as a script, with the hash seed the simulator has and without what the user's environment changes.
    // Where messages name the script they name `shownName`. An Error: it cannot be started.
    Result<RealRun> run(const std::string &source, const std::string &shownName, const RealLimits &limits = {}) const;

private:
    std::string m_command;
    RealVersion m_version;
};

// The profile of that version: of this patch release, else of the nearest one of the same minor version; nullptr: none.
const PythonProfile *profileOf(const RealVersion &version);

} // namespace pyrena::cli
