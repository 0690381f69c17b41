// Parser, compiler, interpreter and collector with any text: no crash, no failed verify(), an end in bounded time, and the
// heap in order when a program ends.
#include "core/profile/profile.h"
#include "core/record.h"
#include "core/trace/timeline.h"
#include "core/world/heapinvariants.h"

#include <cstdio>
#include <cstdlib>

using namespace pyrena;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    Recipe recipe;
    recipe.profile = allProfiles()[data[0] % allProfiles().size()].name; // every version and every manager
    recipe.source.assign(reinterpret_cast<const char *>(data + 1), size - 1);
    recipe.maxChanges = 20'000;
    recipe.maxMemory = 4u << 20;
    const auto result = record(recipe);
    if (!result)
        return 0;
    const auto trace = result.value();
    Timeline timeline(trace);
    timeline.seek(trace->changeCount());
    for (const std::string &violation : checkHeap(timeline.world().heap)) {
        std::fprintf(stderr, "%s\n", violation.c_str());
        std::abort();
    }
    timeline.seek(trace->changeCount() / 2);
    return 0;
}
