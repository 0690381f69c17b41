#include "app/bench/bench.h"

#include "core/memory/replaybench.h"

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
    row(out, "Replay of recordings", {"requests", "ns/request", "with history", "ratio", "reading ns"});
    for (const fs::path &file : files) {
        const auto timing = measureReplay(file.string(), options.rounds);
        if (!timing) {
            out << "  " << timing.error().message << '\n';
            continue;
        }
        row(out, "  " + file.filename().string(),
            {number(static_cast<double>(timing->requests)), number(timing->withoutHistory, 1), number(timing->withHistory, 1),
             number(timing->withHistory / timing->withoutHistory, 1), number(timing->reading, 1)});
    }
}

} // namespace pyrena::bench
