#include "ui/figures/memory/memoryplace.h"

#include "core/lesson/lesson.h"
#include "ui/figures/memory/blocklook.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace pyrena {

namespace {

constexpr std::uint32_t kMaxLookedBack = 16384;   // changes searched for the last one of the heap
constexpr double kScrollUnit = 8192;              // scroll is kept as a fraction of center.x

using Place = HeapState::Place;

// The block or pool a change is about, when it is one of the allocator's.
std::optional<Place> placeOfChange(const Change &change)
{
    if (const auto *taken = std::get_if<change::BlockTaken>(&change))
        return Place{taken->pool, taken->offset};
    if (const auto *freed = std::get_if<change::BlockFreed>(&change))
        return Place{freed->pool, freed->offset};
    if (const auto *resized = std::get_if<change::BlockResized>(&change))
        return Place{resized->pool, resized->offset};
    if (const auto *initialised = std::get_if<change::PoolInitialised>(&change))
        return Place{initialised->pool, 0};
    if (const auto *carved = std::get_if<change::PoolTaken>(&change))
        return Place{carved->pool, 0};
    if (const auto *returned = std::get_if<change::PoolReturned>(&change))
        return Place{returned->pool, 0};
    return std::nullopt;
}

bool usable(const HeapState &heap, const Place &place)
{
    return place.pool && place.pool.value < heap.pools.size() && arenaInUse(heap, heap.arenaOf(place.pool));
}

// Looks back from the position, so that the picture stays where the allocator last worked while other things happen.
std::optional<Place> lastChanged(const FigureInput &input)
{
    const HeapState &heap = input.world->heap;
    const std::uint32_t last = std::min(input.position, input.trace->changeCount());
    const std::uint32_t first = last > kMaxLookedBack ? last - kMaxLookedBack : 0;
    for (std::uint32_t i = last; i > first; --i)
        if (const auto place = placeOfChange(input.trace->change(i - 1)); place && usable(heap, *place))
            return place;
    return std::nullopt;
}

std::optional<Place> newestInUse(const HeapState &heap)
{
    std::optional<std::uint32_t> newest;
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot)
        if (heap.arenas[slot].address && (!newest || heap.arenas[slot].ordinal > heap.arenas[*newest].ordinal))
            newest = slot;
    if (!newest)
        return std::nullopt;
    const Arena &arena = heap.arenas[*newest];
    PoolId best(*newest * kPoolsPerArena);
    for (std::uint32_t i = 0; i < arena.nextUntouched; ++i)
        if (const PoolId pool(*newest * kPoolsPerArena + i); heap.poolState(pool) == PoolState::Used)
            best = pool;
    return Place{best, 0};
}

std::optional<Place> placeOfSelection(const World &world, const Selected &selected)
{
    const HeapState &heap = world.heap;
    std::optional<Place> place;
    if (const auto *object = std::get_if<ObjectId>(&selected))
        return placeOf(world, *object);
    if (const auto *block = std::get_if<SelectedBlock>(&selected))
        place = Place{block->pool, block->offset};
    else if (const auto *pool = std::get_if<SelectedPool>(&selected))
        place = Place{pool->pool, 0};
    else if (const auto *arena = std::get_if<SelectedArena>(&selected); arena && arenaInUse(heap, arena->slot))
        place = Place{PoolId(arena->slot.value * kPoolsPerArena), 0};
    return place && usable(heap, *place) ? place : std::nullopt;
}

MemoryLevel levelOf(LessonZoom zoom, bool hasBlock)
{
    switch (zoom) {
    case LessonZoom::Process: return MemoryLevel::Process;
    case LessonZoom::Pool: return MemoryLevel::Pool;
    case LessonZoom::Bytes: return hasBlock ? MemoryLevel::Bytes : MemoryLevel::Pool;
    case LessonZoom::Free: case LessonZoom::Arena: break;
    }
    return MemoryLevel::Arena;
}

void settle(MemoryPlace &place, const HeapState &heap, const Place &at)
{
    place.pool = at.pool;
    place.arena = heap.arenaOf(at.pool);
    place.offset = at.offset == 0 ? 0 : blockStart(heap, at.pool, at.offset);
}

} // namespace

bool HeapChanges::has(PoolId pool, std::uint32_t offset) const
{
    return std::any_of(blocks.begin(), blocks.end(), [&](const ChangedBlock &b) { return b.pool == pool && b.offset == offset; });
}

bool HeapChanges::has(PoolId pool) const
{
    return std::binary_search(touched.begin(), touched.end(), pool);
}

bool HeapChanges::has(ArenaSlot arena) const { return std::find(arenas.begin(), arenas.end(), arena) != arenas.end(); }

bool HeapChanges::has(RawBlockId block) const
{
    return std::find(rawBlocks.begin(), rawBlocks.end(), block) != rawBlocks.end();
}

HeapChanges heapChanges(const Trace &trace, std::uint32_t from, std::uint32_t to)
{
    // A step of thousands of changes is not read block by block: its last ones stand for it.
    constexpr std::uint32_t kMaxRead = 20000, kMaxKept = 400;
    HeapChanges out;
    to = std::min(to, trace.changeCount());
    from = std::max(from, to > kMaxRead ? to - kMaxRead : 0);
    const auto block = [&out](PoolId pool, std::uint32_t offset, BlockEvent event) {
        if (out.blocks.size() < kMaxKept && !out.has(pool, offset))
            out.blocks.push_back({pool, offset, event});
    };
    const auto pool = [&out](PoolId id) {
        if (out.pools.size() < kMaxKept && std::find(out.pools.begin(), out.pools.end(), id) == out.pools.end())
            out.pools.push_back(id);
    };
    for (std::uint32_t i = to; i > from; --i) {
        const Change &change = trace.change(i - 1);
        if (const auto *taken = std::get_if<change::BlockTaken>(&change)) {
            block(taken->pool, taken->offset, BlockEvent::Taken);
            out.nextOffsetMoved |= taken->nextOffsetBefore != taken->nextOffsetAfter;
        } else if (const auto *freed = std::get_if<change::BlockFreed>(&change)) {
            block(freed->pool, freed->offset, BlockEvent::Freed);
        } else if (const auto *resized = std::get_if<change::BlockResized>(&change)) {
            block(resized->pool, resized->offset, BlockEvent::Resized);
        } else if (const auto *carved = std::get_if<change::PoolTaken>(&change)) {
            pool(carved->pool);
        } else if (const auto *returned = std::get_if<change::PoolReturned>(&change)) {
            pool(returned->pool);
        } else if (const auto *initialised = std::get_if<change::PoolInitialised>(&change)) {
            pool(initialised->pool);
        } else if (const auto *linked = std::get_if<change::PoolLinked>(&change)) {
            pool(linked->pool);
        } else if (const auto *unlinked = std::get_if<change::PoolUnlinked>(&change)) {
            pool(unlinked->pool);
        } else if (const auto *made = std::get_if<change::ArenaMade>(&change)) {
            out.arenas.push_back(made->slot);
        } else if (const auto *released = std::get_if<change::ArenaReleased>(&change)) {
            out.arenas.push_back(released->slot);
        } else if (const auto *rawTaken = std::get_if<change::RawTaken>(&change)) {
            out.rawBlocks.push_back(rawTaken->block);
        } else if (const auto *rawFreed = std::get_if<change::RawFreed>(&change)) {
            out.rawBlocks.push_back(rawFreed->block);
        } else if (const auto *rawResized = std::get_if<change::RawResized>(&change)) {
            out.rawBlocks.push_back(rawResized->block);
        }
    }
    out.touched = out.pools;
    for (const ChangedBlock &changed : out.blocks)
        out.touched.push_back(changed.pool);
    std::sort(out.touched.begin(), out.touched.end());
    out.touched.erase(std::unique(out.touched.begin(), out.touched.end()), out.touched.end());
    return out;
}

bool arenaInUse(const HeapState &heap, ArenaSlot slot)
{
    return slot && slot.value < heap.arenas.size() && bool(heap.arenas[slot.value].address);
}

bool poolCarved(const HeapState &heap, PoolId pool)
{
    return pool && pool.value < heap.pools.size() && arenaInUse(heap, heap.arenaOf(pool))
        && heap.indexInArena(pool) < heap.arenas[heap.arenaOf(pool).value].nextUntouched;
}

std::uint32_t blockStart(const HeapState &heap, PoolId pool, double offset)
{
    if (!poolCarved(heap, pool) || heap.pools[pool.value].sizeClass == kNoSizeClass || offset < kPoolHeaderSize)
        return 0;
    const std::uint32_t size = heap.blockSize(heap.pools[pool.value].sizeClass);
    const std::uint32_t capacity = heap.capacity(heap.pools[pool.value].sizeClass);
    const auto block = static_cast<std::uint32_t>(std::min<double>((offset - kPoolHeaderSize) / size, capacity - 1));
    return kPoolHeaderSize + block * size;
}

MemoryLevel levelOf(double zoom)
{
    return zoom < 1.5 ? MemoryLevel::Process : zoom < 3 ? MemoryLevel::Arena : zoom < 6 ? MemoryLevel::Pool : MemoryLevel::Bytes;
}

double zoomOf(MemoryLevel level) { return std::exp2(static_cast<int>(level)); }

ObjectId focusedObject(const FigureInput &input)
{
    const Trace &trace = *input.trace;
    const World &world = *input.world;
    if (input.focus.isEmpty())
        return {};
    const std::string focus = input.focus.toStdString();
    if (const auto hash = focus.rfind('#'); hash != std::string::npos && hash > 0) {
        const std::string_view type(focus.data(), hash);
        const auto ordinal = static_cast<std::uint32_t>(std::strtoul(focus.c_str() + hash + 1, nullptr, 10));
        for (std::uint32_t i = 0; i < trace.objects.size() && i < world.objects.size(); ++i)
            if (trace.objects[i].ordinal == ordinal && trace.text(trace.objects[i].typeName) == type)
                return ObjectId(i);
        return {};
    }
    const auto named = [&](ObjectId owner) {
        if (!world.contains(owner))
            return ObjectId();
        const auto slots_ = world.slotsOf(owner);
        for (const Slot &slot : slots_)
            if (slot.target && slot.label && slot.label != kBorrowed && trace.text(slot.label) == focus)
                return slot.target;
        // Global names are keys of a dict: two slots for each entry.
        if (world.object(owner).kind == TypeKind::Dict)
            for (std::size_t i = 0; i + 1 < slots_.size(); i += 2) {
                const ObjectId key = slots_[i].target;
                if (key && world.object(key).kind == TypeKind::Str && trace.text(TextId(static_cast<std::uint32_t>(world.object(key).value))) == focus)
                    return slots_[i + 1].target;
            }
        return ObjectId();
    };
    for (auto activation = world.stack.rbegin(); activation != world.stack.rend(); ++activation)
        if (const ObjectId object = named(activation->frame))
            return object;
    return named(world.globals);
}

MemoryPlace memoryPlace(const FigureInput &input, const Camera &camera)
{
    const HeapState &heap = input.world->heap;
    MemoryPlace place;
    place.fitted = camera.fitted;
    if (!camera.fitted) {
        place.zoom = camera.zoom;
        place.level = levelOf(camera.zoom);
        const double whole = std::floor(std::max(0.0, camera.center.x()));
        place.scroll = (camera.center.x() - whole) * kScrollUnit;
        const PoolId pool(static_cast<std::uint32_t>(std::min(whole, 4e9)));
        if (usable(heap, {pool, 0})) {
            settle(place, heap, {pool, static_cast<std::uint32_t>(std::clamp(camera.center.y(), 0.0, double(heap.poolSize)))});
            place.row = camera.center.y();
            return place;
        }
    }
    std::optional<Place> at = placeOfSelection(*input.world, input.selected);
    if (!at)
        at = placeOfSelection(*input.world, input.lookedAt);
    if (!at)
        if (const ObjectId focus = focusedObject(input))
            at = placeOf(*input.world, focus);
    if (!at)
        at = lastChanged(input);
    if (!at)
        at = newestInUse(heap);
    if (at)
        settle(place, heap, *at);
    else
        place.level = MemoryLevel::Process;   // no arena yet: regions only
    place.row = place.offset;
    if (at && input.zoom != LessonZoom::Free)
        place.level = levelOf(input.zoom, place.offset != 0);
    return place;
}

Camera cameraAt(const MemoryPlace &place)
{
    Camera camera;
    camera.fitted = false;
    camera.zoom = place.zoom;
    camera.center = QPointF((place.pool ? place.pool.value : 0) + std::clamp(place.scroll / kScrollUnit, 0.0, 0.999), place.row);
    return camera;
}

} // namespace pyrena
