// Seeking in a recording of the allocator with more than two million requests, made here so that no large file is needed.
#include "app/bench/bench.h"

#include "core/memory/allocatorprofiles.h"
#include "core/memory/obmalloc.h"
#include "core/memory/replaybench.h"
#include "core/trace/timeline.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <random>
#include <unistd.h>
#include <vector>

namespace pyrena::bench {

namespace {

struct Long
{
    std::shared_ptr<const Trace> trace;
    std::vector<std::uint32_t> ends;     // by request
    std::uint64_t bytesReserved = 0;     // of the process, at most
};

// A process that grows to several hundred thousand blocks, shrinks, and grows again; mostly small requests, some large, some resized.
Long longRecording(std::uint32_t requests)
{
    Recipe recipe;
    recipe.maxMemory = kRawLargest;
    recipe.maxChanges = std::numeric_limits<std::uint32_t>::max();
    Recorder recorder(recipe, recordingProfile("3.13.0", *findAllocatorProfile("3.13.0")));
    recorder.beginRecording();
    Obmalloc memory(recorder, MemorySteps::None);
    std::mt19937 random(20240607);   // fixed: the same recording in every run
    std::vector<MemoryBlock> live;
    Long made;
    made.ends.reserve(requests);
    for (std::uint32_t i = 0; i < requests; ++i) {
        const bool growing = i / 500'000 % 2 == 0;
        const std::uint32_t dice = random() % 100;
        if (live.empty() || dice < (growing ? 75u : 30u)) {
            const std::uint32_t size = dice % 25 == 0 ? 513 + random() % 8000 : 16 + random() % (dice % 3 == 0 ? 497 : 100);
            live.push_back(memory.take(size, Tenant(TenantKind::Recorded, i)));
        } else {
            // The young die most: half of the deaths are among the newest thousand.
            const std::size_t among = dice % 2 == 0 ? std::min<std::size_t>(live.size(), 1000) : live.size();
            std::swap(live[live.size() - 1 - random() % among], live.back());
            if (dice > 95) {
                live.back() = memory.resize(live.back(), 16 + random() % 500);
            } else {
                memory.release(live.back());
                live.pop_back();
            }
        }
        made.ends.push_back(recorder.position());
        made.bytesReserved = std::max(made.bytesReserved, recorder.world().heap.totals.bytesReserved);
    }
    made.trace = recorder.finish(Outcome::Finished, made.ends);
    return made;
}

double residentMegabytes()
{
    std::ifstream statm("/proc/self/statm");
    double all = 0, resident = 0;
    statm >> all >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

} // namespace

void longSeekTimes(const Options &, std::ostream &out)
{
    constexpr std::uint32_t kRequests = 2'500'000;
    const double before = residentMegabytes();
    const double start = threadSeconds();
    const Long made = longRecording(kRequests);
    const double seconds = threadSeconds() - start;
    const std::size_t bytes = made.trace->bytes() + made.ends.size() * sizeof(std::uint32_t);
    out << "\nA process of " << number(kRequests) << " requests and up to " << number(static_cast<double>(made.bytesReserved) / 1e6)
        << " MB, recorded in " << number(1e9 * seconds / kRequests, 1) << " ns a request: " << number(static_cast<double>(bytes) / 1e6, 1)
        << " MB, " << number(static_cast<double>(bytes) / kRequests, 1) << " bytes a request, " << made.trace->keyframes.size()
        << " keyframes\n";

    std::mt19937 random(1);
    Timeline timeline(made.trace);
    const double loading = threadSeconds();
    timeline.seek(made.trace->changeCount());   // the first one gets the memory
    const double first = 1000 * (threadSeconds() - loading);
    std::vector<double> jumps, backs;
    for (int i = 0; i < 300; ++i) {
        const std::size_t event = 1 + random() % (made.ends.size() - 1);
        const double jump = threadSeconds();
        timeline.seek(made.ends[event]);
        const double back = threadSeconds();
        timeline.seek(made.ends[event - 1]);
        jumps.push_back(1000 * (back - jump));
        backs.push_back(1000 * (threadSeconds() - back));
    }
    std::ranges::sort(jumps);
    std::ranges::sort(backs);
    row(out, "Seek, processor time (goal 8, worst 16)", {"median ms", "worst ms", "first ms", "resident MB"});
    row(out, "  anywhere", {number(jumps[jumps.size() / 2], 2), number(jumps.back(), 2), number(first, 1), number(residentMegabytes() - before, 0)});
    row(out, "  one request back", {number(backs[backs.size() / 2], 2), number(backs.back(), 2)});
}

} // namespace pyrena::bench
