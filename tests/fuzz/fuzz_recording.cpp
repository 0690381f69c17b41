// The reader of allocator recordings, and the replay of what it reads, with any bytes: without history, and with it, back and forth.
#include "core/memory/replay.h"
#include "core/trace/timeline.h"
#include "core/world/heapinvariants.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

using namespace pyrena;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // The reader takes a path: a file that lives in memory has one, too.
    const int file = memfd_create("recording", 0);
    if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size)) {
        close(file);
        return 0;
    }
    const std::string path = "/proc/self/fd/" + std::to_string(file);
    RecordedReplayOptions options;
    options.replay.maxArenas = 16;
    options.replay.maxRawBlocks = 10'000;
    options.replay.maxSweep = 1'000'000;
    options.maxChanges = 20'000;
    options.maxSteps = size % 2 == 0 ? 0 : 1000;
    const auto verified = verifyRecording(path, options.replay);
    const auto recorded = recordRecording(path, options);
    close(file);
    if (!recorded)
        return 0;
    // The same differences, unless the history was full before the end.
    if (recorded->trace->outcome == Outcome::Finished
        && (!verified || verified->mismatches != recorded->report.mismatches || verified->events != recorded->report.events)) {
        std::fprintf(stderr, "with history the replay is another\n");
        std::abort();
    }
    Timeline timeline(recorded->trace);
    const std::uint32_t count = recorded->trace->changeCount();
    const World atEnd = timeline.seek(count);
    for (const std::string &violation : checkHeap(atEnd.heap)) {
        std::fprintf(stderr, "%s\n", violation.c_str());
        std::abort();
    }
    timeline.seek(count / 2);
    if (!(timeline.seek(count) == atEnd)) {
        std::fprintf(stderr, "going back and forth leads elsewhere\n");
        std::abort();
    }
    return 0;
}
