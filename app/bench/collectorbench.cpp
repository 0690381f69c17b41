// A full collection of 100,000 tracked objects, as a multiple of what the installed python3 takes for the same graph. Processor
// time, the least of the rounds, in which the three take turns.
#include "app/bench/bench.h"

#include "core/gc/collector.h"
#include "core/python/code/compiler.h"
#include "core/python/runtime/interpreter.h"
#include "core/python/syntax/parser.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace pyrena::bench {

namespace {

// 100,000 lists, each referring to two others; reached by a name, or only by each other.
std::string graph(bool garbage)
{
    return std::string("import gc\ngc.disable()\nn = 100000\nnodes = [[] for i in range(n)]\n"
                       "for i in range(n):\n    nodes[i].append(nodes[(i * 7919 + 1) % n])\n    nodes[i].append(nodes[(i * 31 + 7) % n])\n")
        + (garbage ? "del nodes\n" : "");
}

// Seconds of one full collection in the simulator; less than 0 when the program did not run.
double simulated(const std::string &source, bool history)
{
    Recipe recipe;
    recipe.source = source;
    recipe.history = history;
    recipe.maxChanges = 50'000'000;
    const PythonProfile &profile = *findProfile(recipe.profile);
    const auto tree = parse(source, recipe.fileName);
    if (!tree)
        return -1;
    const auto code = compile(*tree, recipe.fileName, profile);
    if (!code)
        return -1;
    Recorder recorder(recipe, profile);
    Obmalloc memory(recorder);
    Interpreter interpreter(recorder, memory, recipe.fileName, source);
    interpreter.load(code.value());
    if (!interpreter.runMain())
        return -1;
    if (history)
        recorder.beginRecording();   // only the collection's own changes
    const double start = processorSeconds();
    interpreter.collector().collect(2);
    return processorSeconds() - start;
}

// Seconds of gc.collect() in the installed python3; less than 0 without one.
double installed(const std::string &source)
{
    const std::string script = source + "import time\nstart = time.process_time()\ngc.collect()\nprint(time.process_time() - start)\n";
    std::string quoted = "python3 -c '";
    for (const char c : script)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    quoted += "' 2>/dev/null";
    std::FILE *pipe = popen(quoted.c_str(), "r");
    if (!pipe)
        return -1;
    char line[64] = "";
    const bool read = std::fgets(line, sizeof line, pipe) != nullptr;
    return pclose(pipe) == 0 && read ? std::strtod(line, nullptr) : -1;
}

} // namespace

void collectionTimes(const Options &options, std::ostream &out)
{
    row(out, "Full collection of 100,000 lists", {"python3 ms", "", "plain ms", "ratio", "history ms", "ratio"});
    for (const bool garbage : {false, true}) {
        const std::string source = graph(garbage);
        Samples real, plain, history;
        for (int round = 0; round < options.rounds; ++round) {
            real.add(installed(source));
            plain.add(simulated(source, false));
            history.add(simulated(source, true));
        }
        const auto ratio = [&](const Samples &ours) {
            return real.least() > 0 ? number(ours.least() / real.least(), 1) : std::string("no python3");
        };
        row(out, garbage ? "  all garbage" : "  all reachable (goals: 5 times, 30 times)",
            {real.least() > 0 ? number(1000 * real.least(), 1) : "-", real.spread(), number(1000 * plain.least(), 1), ratio(plain),
             number(1000 * history.least(), 1), ratio(history)});
    }
}

} // namespace pyrena::bench
