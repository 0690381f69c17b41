// Runs generated programs in the simulator and in a real Python, and compares what they print.
//   generator [--cycles] [--seeds N] [--from SEED] [--with PYTHON] [--shrink]    exit 1 when a program differs
//   generator [--cycles] --print SEED
//   --known FILE: seeds listed there ("3.11 17", '#' begins a comment) may differ under that version; --update writes them anew.
//   A listed seed that prints the same is told, and makes the run fail where the Python is the very version of the profile.
// --cycles: programs about cycles, weak references, finalizers and collections.
// Without a Python of a version that has a profile it says so and exits with 77, which ctest shows as skipped.
#include "app/cli/linediff.h"
#include "tests/generator/batch.h"
#include "tests/generator/cyclegenerator.h"
#include "tests/generator/generator.h"
#include "tests/generator/shrink.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

namespace {

using namespace pyrena;
using namespace pyrena::generator;

constexpr int kSkipped = 77;
constexpr std::uint32_t kBatch = 250;
constexpr std::uint32_t kMaxShown = 10;

struct Differing
{
    std::uint32_t seed;
    std::string program;
    Printed simulated, real;
};

using Runner = Result<std::vector<Printed>> (*)(const cli::RealPython &, const std::vector<std::string> &);

std::string shrunk(Runner run, const Differing &found, const PythonProfile &profile, const cli::RealPython &python)
{
    // A NameError would be a difference, too, but not the one that was found: both must still succeed or fail alike.
    return shrink(found.program, [&](const std::vector<std::string> &programs) {
        std::vector<bool> differ(programs.size(), false);
        const auto real = run(python, programs);
        for (std::size_t i = 0; real && i < programs.size(); ++i)
            differ[i] = (*real)[i].succeeded == found.real.succeeded && !(simulate(profile, programs[i]) == (*real)[i]);
        return differ;
    });
}

struct Known
{
    std::string file;
    bool update = false;
};

// The seeds that may differ under a version, and the lines of the others.
std::set<std::uint32_t> knownSeeds(const Known &known, const std::string &version, std::vector<std::string> &otherLines)
{
    std::set<std::uint32_t> seeds;
    std::ifstream in(known.file);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string of;
        std::uint32_t seed = 0;
        if (words >> of >> seed && of == version)
            seeds.insert(seed);
        else
            otherLines.push_back(line);
    }
    return seeds;
}

int run(const std::string &command, std::uint32_t from, std::uint32_t seeds, bool shrinks, bool cycles, const Known &knownFile)
{
    const auto python = cli::RealPython::find(command);
    const PythonProfile *profile = python ? cli::profileOf(python->version()) : nullptr;
    if (!profile) {
        std::cout << "skipped: " << (python ? "there is no profile for Python " + python->version().text() : python.error().message) << "\n";
        return kSkipped;
    }
    const std::string series = std::to_string(profile->major) + '.' + std::to_string(profile->minor);
    std::vector<std::string> otherLines;
    const std::set<std::uint32_t> known = knownFile.file.empty() ? std::set<std::uint32_t>() : knownSeeds(knownFile, series, otherLines);
    const Runner runner = cycles ? runEachReal : runReal;
    std::set<std::uint32_t> found;
    std::uint32_t differing = 0, unknown = 0;
    std::size_t lines = 0;
    for (std::uint32_t begin = from; begin < from + seeds; begin += kBatch) {
        std::vector<std::string> programs;
        for (std::uint32_t seed = begin; seed < std::min(begin + kBatch, from + seeds); ++seed)
            programs.push_back(cycles ? generateCycles(seed, profile->minor) : generate(seed));
        const auto real = runner(*python, programs);
        if (!real) {
            std::cout << real.error().message << "\n";
            return 1;
        }
        for (std::size_t i = 0; i < programs.size(); ++i) {
            lines += static_cast<std::size_t>(std::count((*real)[i].text.begin(), (*real)[i].text.end(), '\n'));
            const Differing one{begin + static_cast<std::uint32_t>(i), programs[i], simulate(*profile, programs[i]), (*real)[i]};
            if (one.simulated == one.real)
                continue;
            ++differing;
            found.insert(one.seed);
            if (known.contains(one.seed) || knownFile.update || ++unknown > kMaxShown)
                continue;
            std::cout << "seed " << one.seed << ":\n"
                      << cli::unifiedDiff(one.simulated.text, one.real.text, "simulated", "real");
            if (one.simulated.succeeded != one.real.succeeded)
                std::cout << "simulated " << (one.simulated.succeeded ? "succeeded" : "failed") << ", real "
                          << (one.real.succeeded ? "succeeded" : "failed") << "\n";
            if (shrinks) {
                const std::string program = shrunk(runner, one, *profile, *python);
                const auto printed = runner(*python, {program});
                std::cout << "---- shrunk\n" << program << "---- real\n" << (printed ? printed->front().text : "") << "---- simulated\n"
                          << simulate(*profile, program).text << "----\n" << std::flush;
            }
        }
    }
    std::cout << "Python " << python->version().text() << " under " << profile->name << ": " << seeds - differing << " of " << seeds
              << " programs print the same (" << lines << " lines)\n";
    if (knownFile.update) {
        std::ofstream out(knownFile.file);
        for (const std::string &line : otherLines)
            out << line << '\n';
        for (const std::uint32_t seed : found)
            out << series << ' ' << seed << '\n';
        return 0;
    }
    // What is listed and prints the same has to leave the list; another patch version may still differ there, and only tells.
    std::size_t agreeing = 0;
    for (const std::uint32_t seed : known)
        if (seed >= from && seed < from + seeds && !found.contains(seed)) {
            ++agreeing;
            std::cout << "seed " << seed << " is listed as differing and prints the same\n";
        }
    const bool sameVersion = python->version().text() == profile->name;
    return unknown > 0 || (agreeing > 0 && sameVersion) ? 1 : 0;
}

bool number(const std::string &text, std::uint32_t &value)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

} // namespace

int main(int argc, char **argv)
{
    ::unsetenv("PYTHONUNBUFFERED");   // as the recorded programs ran
    ::setenv("PYTHONIOENCODING", "utf-8", 1);
    std::string command = "python3";
    std::uint32_t from = 1, seeds = 200, seed = 0;
    Known known;
    bool shrinks = false, wrong = false, prints = false, cycles = false;
    for (int i = 1; i < argc && !wrong; ++i) {
        const std::string option = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        if (option == "--shrink")
            shrinks = true;
        else if (option == "--update")
            known.update = true;
        else if (option == "--known")
            known.file = value, ++i;
        else if (option == "--cycles")
            cycles = true;
        else if (option == "--with")
            command = value, ++i;
        else if (option == "--seeds")
            wrong = !number(value, seeds), ++i;
        else if (option == "--from")
            wrong = !number(value, from), ++i;
        else if (option == "--print")
            prints = true, wrong = !number(value, seed), ++i;
        else
            wrong = true;
    }
    if (wrong) {
        std::cerr << "usage: generator [--cycles] [--seeds N] [--from SEED] [--with PYTHON] [--shrink] [--known FILE [--update]] | --print SEED\n";
        return 2;
    }
    if (prints) {
        std::cout << (cycles ? generateCycles(seed, defaultProfile().minor) : generate(seed));
        return 0;
    }
    return run(command, from, seeds, shrinks, cycles, known);
}
