// pyrena-bench: measures; asserts nothing. Compare ratios and runs on one machine, not numbers between machines.
#include "app/bench/bench.h"

#include <malloc.h>

#include <iostream>
#include <string_view>

int main(int argc, char **argv)
{
    using namespace pyrena::bench;
    Options options{PYRENA_BENCH_PROGRAMS, PYRENA_BENCH_RECORDINGS, 3};
    // Memory once got stays: what is compared is the work of programs, not that of the kernel.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2'000'000'000);
    std::string only;
    for (int i = 1; i < argc; ++i) {
        const std::string_view arg = argv[i];
        if (arg == "--help") {
            std::cout << "Usage: pyrena-bench [--programs DIR] [--recordings DIR] [--rounds N] [--only recording|seek|collection|python|replay|paint]\n";
            return 0;
        }
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        if (arg == "--programs" && !value.empty())
            options.programs = value;
        else if (arg == "--recordings" && !value.empty())
            options.recordings = value;
        else if (arg == "--rounds" && value.size() == 1 && value[0] >= '1' && value[0] <= '9')
            options.rounds = value[0] - '0';
        else if (arg == "--only" && (value == "recording" || value == "seek" || value == "collection" || value == "python" || value == "replay" || value == "paint"))
            only = value;
        else {
            std::cerr << "pyrena-bench: '" << arg << "' is not understood; see pyrena-bench --help\n";
            return 2;
        }
        ++i;
    }
    const auto wanted = [&](std::string_view part) { return only.empty() || only == part; };
    if (wanted("recording"))
        recordingRates(options, std::cout);
    if (wanted("seek")) {
        seekTimes(options, std::cout);
        longSeekTimes(options, std::cout);
    }
    if (wanted("collection"))
        collectionTimes(options, std::cout);
    if (wanted("python"))
        pythonRatios(options, std::cout);
    if (wanted("replay"))
        replayTimes(options, std::cout);
#ifdef PYRENA_BENCH_GUI
    if (wanted("paint"))
        paintTimes(options, std::cout);
#endif
    return 0;
}
