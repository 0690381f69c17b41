#pragma once

#include "core/memory/tracefile.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace pyrena {

struct ReplayOptions
{
    std::uint32_t maxArenas = 2048;              // at a time: what the model of 1 MiB of arena costs is about 0.6 MB
    std::uint32_t maxRawBlocks = 4'000'000;      // at a time
    std::uint64_t maxSweep = 2'000'000'000;      // blocks and pools visited for all statistics and hash lines
    std::uint64_t stopAfterMismatches = 0;       // 0: never
    const AllocatorProfile *rules = nullptr;     // of another version than the recorded one
};

// What came out of comparing the model with a recording.
struct ReplayReport
{
    TraceHeader header;
    std::uint64_t events = 0;                    // requests replayed
    std::uint64_t placements = 0;                // compared
    std::uint64_t arenasMade = 0, arenasReleased = 0;   // A and U lines compared
    std::uint64_t statisticsChecked = 0, hashesChecked = 0;
    std::uint64_t mismatches = 0;
    std::vector<std::string> first;              // the first few mismatches: "line 42: ..."
    double seconds = 0;                          // reading included

    bool exact() const { return mismatches == 0; }
};

// Replays without history. An Error: the file cannot be read or is no sound recording. Throws RecordingCancelled when the token asks.
Result<ReplayReport> verifyRecording(const std::string &path, const ReplayOptions &options = {}, std::stop_token stop = {});

struct RecordedReplayOptions
{
    ReplayOptions replay;
    std::uint32_t maxChanges = 8'000'000;        // then the trace ends with Outcome::LimitReached; some 350 MB
    // One RecordedEvent step for each request and mark (number: its line) up to so many requests, none when there are more: a
    // step costs three times what a change does. The stops are the same either way.
    std::uint64_t maxSteps = 250'000;
    std::function<void(std::uint32_t changes)> progress;   // called every few thousand changes
    std::function<void(std::uint64_t done, std::uint64_t of)> requests;   // the same, in requests of the file
};

// A P line: a place in the life of the process.
struct RecordedMark
{
    std::uint32_t position = 0;                  // changes done when it is reached
    std::uint32_t phase = 0, line = 0;
};
std::string markSentence(std::uint32_t phase);   // "the interpreter is initialised"

struct RecordedReplay
{
    std::shared_ptr<const Trace> trace;          // tenants are Recorded(block number)
    ReplayReport report;
    std::vector<std::uint32_t> eventEnds;        // by request: changes done after it; rising
    std::vector<std::uint32_t> eventLines;       // by request: its line in the file
    std::vector<RecordedMark> marks;

    std::uint64_t requestsAt(std::uint32_t position) const;   // done by then
    std::uint32_t lineAt(std::uint32_t position) const;       // of the last of them; 0: none
};

// Replays with history, for the window. Throws RecordingCancelled when the token asks.
Result<RecordedReplay> recordRecording(const std::string &path, const RecordedReplayOptions &options = {},
                                       std::stop_token stop = {});

} // namespace pyrena
