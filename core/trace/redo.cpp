// From a change, or the record of one, to the function that carries it out.
#include "core/trace/redo.h"

#include <array>
#include <utility>

namespace pyrena {

namespace {

using FromRecord = void (*)(World &, const ChangeLog &, const ChangeLog::Record &);

template <std::size_t... kIndex>
constexpr auto fromRecords(std::index_sequence<kIndex...>)
{
    return std::array<FromRecord, sizeof...(kIndex)>{[](World &world, const ChangeLog &log, const ChangeLog::Record &record) {
        redoOne(world, log.decoded<std::variant_alternative_t<kIndex, Change>>(record));
    }...};
}

// Heaps of long recordings are larger than the caches, and their records say early where the next changes will be.
void prefetch(const HeapState &heap, const ChangeLog &log, std::uint32_t index)
{
    const ChangeLog::Record &record = log.record(index);
    PoolId pool;
    std::uint32_t offset = 0;
    switch (ChangeLog::kindOf(record)) {
    case kChangeIndex<change::BlockTaken>: {
        const auto taken = log.decoded<change::BlockTaken>(record);
        pool = taken.pool, offset = taken.offset;
        break;
    }
    case kChangeIndex<change::BlockFreed>: {
        const auto freed = log.decoded<change::BlockFreed>(record);
        pool = freed.pool, offset = freed.offset;
        break;
    }
    default: return;
    }
    const std::size_t at = heap.blockIndex(pool, offset);
    if (at < heap.blocks.size()) {
        __builtin_prefetch(&heap.blocks[at], 1);
        __builtin_prefetch(&heap.blockStates[at], 1);
        __builtin_prefetch(&heap.pools[pool.value], 1);
    }
}

} // namespace

void redo(World &world, const Change &change)
{
    std::visit([&world](const auto &c) { redoOne(world, c); }, change);
}

void redo(World &world, const ChangeLog &log, std::uint32_t begin, std::uint32_t end)
{
    constexpr std::uint32_t kAhead = 16;
    static constexpr auto kFromRecords = fromRecords(std::make_index_sequence<std::variant_size_v<Change>>());
    for (std::uint32_t i = begin; i < end; ++i) {
        const ChangeLog::Record &record = log.record(i);
        if (i + kAhead < end)
            prefetch(world.heap, log, i + kAhead);
        switch (ChangeLog::kindOf(record)) {
        case kChangeIndex<change::BlockTaken>: redoChange(world.heap, log.decoded<change::BlockTaken>(record)); break;
        case kChangeIndex<change::BlockFreed>: redoChange(world.heap, log.decoded<change::BlockFreed>(record)); break;
        case kChangeIndex<change::RefcountChanged>: redoChange(world, log.decoded<change::RefcountChanged>(record)); break;
        case kChangeIndex<change::SlotSet>: redoChange(world, log.decoded<change::SlotSet>(record)); break;
        default: kFromRecords[ChangeLog::kindOf(record) & ~ChangeLog::kLong](world, log, record); break;
        }
    }
}

} // namespace pyrena
