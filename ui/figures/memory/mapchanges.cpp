#include "ui/figures/memory/mapchanges.h"

#include <algorithm>

namespace pyrena {

namespace {
constexpr std::uint32_t kMaxRead = 100'000;   // changes: takes as long as drawing some dozen pools
constexpr std::size_t kMaxMoves = 2000;       // objects that change their generation
} // namespace

std::optional<std::vector<PoolId>> poolsChanged(const Trace &trace, const World &world, std::uint32_t a, std::uint32_t b, ColorBy by)
{
    const std::uint32_t from = std::min(a, b), to = std::max(a, b);
    if (to - from > kMaxRead || to > trace.changeCount())
        return std::nullopt;
    std::vector<PoolId> pools;
    const bool byGeneration = by == ColorBy::Generation;
    std::size_t moves = 0;
    const auto add = [&pools](PoolId pool) {
        if (pools.empty() || pools.back() != pool)
            pools.push_back(pool);
    };
    // An object's blocks where they are now; where they were before is told by the changes of those blocks.
    const auto addObject = [&](ObjectId id) {
        if (!world.contains(id))
            return;
        const Object &o = world.object(id);
        for (const Address address : {o.address, o.buffer})
            if (address)
                if (const HeapState::Place place = world.heap.find(address); place.pool)
                    add(place.pool);
        ++moves;
    };
    for (std::uint32_t i = from; i < to; ++i) {
        const Change &change = trace.change(i);
        if (const auto *taken = std::get_if<change::BlockTaken>(&change))
            add(taken->pool);
        else if (const auto *freed = std::get_if<change::BlockFreed>(&change))
            add(freed->pool);
        else if (const auto *tenant = std::get_if<change::TenantSet>(&change))
            add(tenant->pool);
        else if (const auto *initialised = std::get_if<change::PoolInitialised>(&change))
            add(initialised->pool);
        else if (const auto *carved = std::get_if<change::PoolTaken>(&change))
            add(carved->pool);
        else if (const auto *returned = std::get_if<change::PoolReturned>(&change))
            add(returned->pool);
        else if (std::holds_alternative<change::ArenaMade>(change) || std::holds_alternative<change::ArenaReleased>(change))
            return std::nullopt;
        else if (!byGeneration)
            continue;
        else if (const auto *moved = std::get_if<change::GcMoved>(&change))
            addObject(moved->object);
        else if (const auto *born = std::get_if<change::ObjectBorn>(&change))
            addObject(born->object);
        else if (const auto *died = std::get_if<change::ObjectDied>(&change))
            addObject(died->object);
        else if (const auto *buffer = std::get_if<change::BufferSet>(&change))
            addObject(buffer->object);
        else if (std::holds_alternative<change::GcListMerged>(change))
            return std::nullopt;
        if (moves > kMaxMoves)
            return std::nullopt;
    }
    std::sort(pools.begin(), pools.end());
    pools.erase(std::unique(pools.begin(), pools.end()), pools.end());
    return pools;
}

} // namespace pyrena
