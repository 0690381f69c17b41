#pragma once

#include <chrono>
#include <ostream>
#include <string>

namespace pyrena::bench {

class Stopwatch
{
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }
    double milliseconds() const { return 1000 * seconds(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_start = Clock::now();
};

struct Options
{
    std::string programs;      // the folder with the Python programs
    std::string recordings;    // of the allocator; may be empty
    int rounds = 3;
};

void recordingRates(const Options &options, std::ostream &out);
void seekTimes(const Options &options, std::ostream &out);
void longSeekTimes(const Options &options, std::ostream &out);
void collectionTimes(const Options &options, std::ostream &out);
void pythonRatios(const Options &options, std::ostream &out);
void replayTimes(const Options &options, std::ostream &out);
void paintTimes(const Options &options, std::ostream &out);   // in builds with the window

// A line of a table: the first column is text, the others are right-aligned.
void row(std::ostream &out, const std::string &name, std::initializer_list<std::string> cells);
std::string number(double value, int decimals = 0);

} // namespace pyrena::bench
