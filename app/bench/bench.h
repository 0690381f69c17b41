#pragma once

#include <chrono>
#include <ostream>
#include <string>
#include <vector>

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

// Of all threads of this process on a processor: others on the machine count only as far as they share its caches.
double processorSeconds();

// Times of the same work. The least is what it takes undisturbed; how far half of them lie above says how far to trust that.
class Samples
{
public:
    void add(double seconds) { m_seconds.push_back(seconds); }
    bool empty() const { return m_seconds.empty(); }
    double least() const;
    double median() const;
    std::string spread() const;   // "+12 %": the median above the least

private:
    std::vector<double> m_seconds;
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
