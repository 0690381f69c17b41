// The reader of allocator recordings, and the replay of what it reads, with any bytes.
#include "core/memory/replay.h"

#include <sys/mman.h>
#include <unistd.h>

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
    ReplayOptions options;
    options.maxArenas = 16;
    options.maxRawBlocks = 10'000;
    const auto result = verifyRecording("/proc/self/fd/" + std::to_string(file), options);
    static_cast<void>(result);
    close(file);
    return 0;
}
