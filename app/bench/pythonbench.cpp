// How recording compares with the installed python3 running the same program, start-up excluded on both sides.
#include "app/bench/bench.h"

#include "app/cli/realpython.h"
#include "core/record.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace pyrena::bench {

namespace {

constexpr double kGoalRatio = 20;
// Python Tutor's tracer on a program of a 200-element list: 0.24 s for 1,000 steps (its limit), 3.7 MB.
constexpr double kTutorSecondsPerStep = 0.24e-3;

std::string textOf(const std::filesystem::path &file)
{
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

// Runs the program often enough to be measured and prints seconds for one run: the least of five rounds.
std::string timingScript(const std::string &program)
{
    std::string quoted;
    for (const char c : program)
        quoted += c == '\n' ? std::string("\\n") : c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return "import io, sys, time\ncode = compile('" + quoted + "', 'program.py', 'exec')\nout = sys.stdout\nsys.stdout = io.StringIO()\nbest = 1e9\n"
           "for turn in range(5):\n    start = time.perf_counter()\n    for i in range(20):\n        exec(code, {'__name__': '__main__'})\n"
           "    best = min(best, (time.perf_counter() - start) / 20)\nprint('%.9f' % best, file=out)\n";
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
    out << "\nBeside " << python->command() << ' ' << python->version().text() << " (goal: at most " << number(kGoalRatio) << " times its time; for each step "
        << "1,000 times faster than 0.24 ms, a tracer's)\n";
    row(out, "Program", {"python ms", "recorded ms", "times", "us/step", "times faster"});
    for (const char *name : {"lists", "objects", "calls", "cycles", "words"}) {
        const std::string source = textOf(std::filesystem::path(options.programs) / (std::string(name) + ".py"));
        const auto real = python->run(timingScript(source), std::string(name) + ".py");
        const double theirs = real && real->status == 0 ? std::atof(real->out.c_str()) : 0;
        double ours = 1e9, steps = 1;
        for (int i = 0; i < std::max(5, options.rounds); ++i) {
            const Stopwatch watch;
            const auto trace = record({.source = source, .fileName = std::string(name) + ".py",
                                       .profile = std::string(profile ? profile->name : defaultProfile().name)});
            ours = std::min(ours, watch.seconds());
            if (trace)
                steps = std::max(1u, trace.value()->stops.count(Granularity::Line));
        }
        // What a program costs that does nothing is start-up, as the interpreter's is.
        double startUp = 1e9;
        for (int i = 0; i < 5; ++i) {
            const Stopwatch watch;
            const auto nothing = record({.source = "pass\n", .fileName = "nothing.py"});
            startUp = std::min(startUp, watch.seconds());
        }
        ours = std::max(0.0, ours - startUp);
        row(out, std::string("  ") + name, {number(1000 * theirs, 3), number(1000 * ours, 1), theirs > 0 ? number(ours / theirs, 1) : "-",
                                            number(1e6 * ours / steps, 2), number(kTutorSecondsPerStep * steps / ours)});
    }
}

} // namespace pyrena::bench
