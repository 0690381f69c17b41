// How recording compares with the installed python3 running the same program, start-up excluded on both sides.
#include "app/bench/bench.h"

#include "app/cli/realpython.h"
#include "core/record.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace pyrena::bench {

namespace {

constexpr double kGoalRatio = 20;
// Python Tutor's tracer on a program of a 200-element list: 0.24 s for 1,000 steps (its limit), 3.7 MB. Its step is an executed line.
constexpr double kTutorSecondsPerStep = 0.24e-3;
constexpr double kGoalFaster = 1000;

std::string textOf(const std::filesystem::path &file)
{
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

// Prints the processor time of the first run, then of one run in each of ten rounds of 20, when the interpreter has
// specialised the code; last how many lines a tracer sees.
std::string timingScript(const std::string &program)
{
    std::string quoted;
    for (const char c : program)
        quoted += c == '\n' ? std::string("\\n") : c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return "import io, sys, time\ncode = compile('" + quoted + "', 'program.py', 'exec')\nout = sys.stdout\nsys.stdout = io.StringIO()\n"
           "def runs(n):\n    start = time.process_time()\n    for i in range(n):\n        exec(code, {'__name__': '__main__'})\n"
           "    return (time.process_time() - start) / n\n"
           "times = [runs(1)]\nfor turn in range(10):\n    times.append(runs(20))\n"
           "lines = 0\ndef trace(frame, event, arg):\n    global lines\n    if frame.f_code.co_filename != 'program.py':\n        return None\n"
           "    lines += event == 'line'\n    return trace\n"
           "sys.settrace(trace)\nexec(code, {'__name__': '__main__'})\nsys.settrace(None)\n"
           "for t in times:\n    print('%.9f' % t, file=out)\nprint(lines, file=out)\n";
}

struct Theirs
{
    Samples first, warm;
    double lines = 0;   // executed, as sys.settrace counts them
};

void runTheirs(const cli::RealPython &python, const std::string &program, const std::string &name, Theirs &theirs)
{
    const auto real = python.run(timingScript(program), name);
    if (!real || real->status != 0)
        return;
    std::istringstream in(real->out);
    std::vector<double> values;
    for (double value; in >> value;)
        values.push_back(value);
    if (values.size() < 3)
        return;
    theirs.first.add(values.front());
    theirs.lines = values.back();
    for (std::size_t i = 1; i + 1 < values.size(); ++i)
        theirs.warm.add(values[i]);
}

struct Ours
{
    Samples all, nothing;   // nothing: a program that does nothing. What that costs is start-up, as the interpreter's is
    double lines = 0, operations = 0, changes = 0;
    double seconds(double (Samples::*which)() const) const { return std::max(0.0, (all.*which)() - (nothing.*which)()); }
};

void runOurs(const Recipe &recipe, Ours &ours)
{
    Recipe empty = recipe;
    empty.source = "pass\n";
    constexpr int kRuns = 10;
    for (int i = 0; i <= kRuns; ++i) {
        double start = processorSeconds();
        const auto nothing = record(empty);
        const double startUp = processorSeconds() - start;
        start = processorSeconds();
        const auto trace = record(recipe);
        const double seconds = processorSeconds() - start;
        if (!trace || i == 0)   // the first one warms up
            continue;
        ours.nothing.add(startUp);
        ours.all.add(seconds);
        ours.lines = trace.value()->stops.count(Granularity::Line);
        ours.operations = trace.value()->stops.count(Granularity::Operation);
        ours.changes = trace.value()->changeCount();
    }
}

} // namespace

void pythonRatios(const Options &options, std::ostream &out)
{
    const auto python = cli::RealPython::find("python3");
    if (!python) {
        out << "\nNo python3 to compare with: " << python.error().message << '\n';
        return;
    }
    const PythonProfile *profile = cli::profileOf(python->version());
    constexpr std::array kNames{"lists", "objects", "calls", "cycles", "words", "steps"};
    std::array<Theirs, kNames.size()> theirs;
    std::array<Ours, kNames.size()> ours;
    // In turns, so that whatever else the machine does falls on both.
    for (int round = 0; round < options.rounds; ++round)
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            const std::string file = std::string(kNames[i]) + ".py";
            const std::string source = textOf(std::filesystem::path(options.programs) / file);
            runTheirs(*python, source, file, theirs[i]);
            runOurs({.source = source, .fileName = file, .profile = std::string(profile ? profile->name : defaultProfile().name)}, ours[i]);
        }

    out << "\nBeside " << python->command() << ' ' << python->version().text() << ", processor time, start-up excluded; the least of many runs, "
        << "and how far their median lies above\n";
    row(out, "Program (goal: at most " + number(kGoalRatio) + " times)", {"first ms", "python ms", "", "recorded ms", "", "times", "of medians"});
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        const double real = theirs[i].warm.least(), recorded = ours[i].seconds(&Samples::least);
        const double realMedian = theirs[i].warm.median(), recordedMedian = ours[i].seconds(&Samples::median);
        row(out, std::string("  ") + kNames[i],
            {number(1000 * theirs[i].first.least(), 3), number(1000 * real, 3), theirs[i].warm.spread(), number(1000 * recorded, 2),
             ours[i].all.spread(), real > 0 ? number(recorded / real, 1) : "-", real > 0 ? number(recordedMedian / realMedian, 1) : "-"});
    }

    out << "\nBeside a line tracer, which takes " << number(1e6 * kTutorSecondsPerStep) << " us for each executed line of a program like 'steps' (goal: "
        << number(kGoalFaster) << " times faster, " << number(1e6 * kTutorSecondsPerStep / kGoalFaster, 2) << " us)\n"
        << "Lines are counted by python's sys.settrace; line steps and operations are the stops of this recording, changes what is between them\n";
    row(out, "Program", {"lines", "line steps", "operations", "changes", "us/line", "us/operation", "us/change", "times faster"});
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        const double recorded = ours[i].seconds(&Samples::least);
        const auto each = [&](double count) { return count > 0 ? number(1e6 * recorded / count, 3) : std::string("-"); };
        row(out, std::string("  ") + kNames[i],
            {number(theirs[i].lines), number(ours[i].lines), number(ours[i].operations), number(ours[i].changes), each(theirs[i].lines),
             each(ours[i].operations), each(ours[i].changes),
             recorded > 0 ? number(kTutorSecondsPerStep * theirs[i].lines / recorded) : "-"});
    }
}

} // namespace pyrena::bench
