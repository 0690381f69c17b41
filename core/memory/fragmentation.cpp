#include "core/memory/fragmentation.h"

#include "core/memory/statistics.h"

namespace pyrena {

Fragmentation fragmentationOf(const HeapState &heap, std::span<const std::uint32_t> requestedByPool)
{
    const HeapStatistics statistics = heapStatistics(heap, requestedByPool);
    Fragmentation f;
    for (const HeapStatistics::SizeClass &from : statistics.classes) {
        Fragmentation::SizeClass &to = f.classes.emplace_back();
        to.sizeClass = from.sizeClass;
        to.blockSize = from.size;
        to.pools = from.pools;
        to.requested = from.bytesRequested;
        to.rounding = from.used * from.size - from.bytesRequested;
        to.headers = from.pools * kPoolHeaderSize;
        to.untouchedBlocks = from.untouched * from.size;
        to.freeBlocks = from.available * from.size - to.untouchedBlocks;
        to.tails = from.pools * (heap.poolSize - kPoolHeaderSize - heap.capacity(from.sizeClass) * from.size);
        f.requested += to.requested;
        f.rounding += to.rounding;
        f.headers += to.headers;
        f.freeBlocks += to.freeBlocks;
        f.untouchedBlocks += to.untouchedBlocks;
        f.tails += to.tails;
    }
    f.untouchedPools = statistics.untouchedPools * heap.poolSize;
    f.emptyPools = statistics.bytesUnusedPools - f.untouchedPools;
    f.unaligned = statistics.bytesAlignment;

    f.rawRequested = heap.totals.bytesRequested - f.requested;
    f.rawHeadersAndRounding = heap.totals.bytesInRawBlocks - f.rawRequested;
    f.rawFree = heap.rawReserved() - heap.totals.bytesInRawBlocks;
    return f;
}

} // namespace pyrena
