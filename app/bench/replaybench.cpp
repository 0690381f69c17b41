#include "app/bench/bench.h"

#include "core/memory/replaybench.h"
#ifdef PYRENA_BENCH_PYMALLOC
#include "app/bench/pymalloc.h"
#endif

#include <algorithm>
#include <filesystem>
#include <vector>

namespace pyrena::bench {

void replayTimes(const Options &options, std::ostream &out)
{
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    if (!options.recordings.empty() && fs::is_directory(options.recordings))
        for (const fs::directory_entry &entry : fs::directory_iterator(options.recordings))
            if (entry.path().string().ends_with(".trace.gz"))
                files.push_back(entry.path());
    if (files.empty()) {
        out << "\nReplay: no recordings (name their folder with --recordings DIR)\n";
        return;
    }
    std::ranges::sort(files);
    out << '\n';
    RealAllocator real;
#ifdef PYRENA_BENCH_PYMALLOC
    real = pymalloc();
    out << "Real pymalloc is that of Python " << pythonVersion() << ", driven with the same requests\n";
#endif
    row(out, "Replay, ns/request", {"requests", "no history", "with history", "real pymalloc", "no h. / real", "with h. / real", "bytes/request", "reading"});
    for (const fs::path &file : files) {
        const auto timing = measureReplay(file.string(), options.rounds, real);
        if (!timing) {
            out << "  " << timing.error().message << '\n';
            continue;
        }
        row(out, "  " + file.filename().string(),
            {number(static_cast<double>(timing->requests)), number(timing->withoutHistory, 1), number(timing->withHistory, 1),
             real ? number(timing->real, 1) : "-", real ? number(timing->withoutHistory / timing->real, 2) : "-",
             real ? number(timing->withHistory / timing->real, 2) : "-", number(timing->bytesPerRequest, 1), number(timing->reading, 1)});
    }
}

} // namespace pyrena::bench
