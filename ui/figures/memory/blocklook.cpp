// What blocks, pools and arenas are called: labels and sentences.
#include "ui/figures/memory/blocklook.h"

#include "core/explain/describe.h"

#include <QCoreApplication>

namespace pyrena {

namespace {
QString tr(const char *text) { return QCoreApplication::translate("MemoryFigure", text); }
} // namespace

QString tenantLabel(const Trace &trace, const World &world, Tenant tenant)
{
    const auto owner = [&] {
        return tenant.number() < trace.objects.size() ? QString::fromStdString(trace.label(tenant.object()))
                                                      : tr("object %1").arg(tenant.number());
    };
    switch (tenant.kind()) {
    case TenantKind::None: return tr("nobody");
    case TenantKind::Object:   // small values say more than a number: "str 'snake'"
        return world.contains(tenant.object()) ? QString::fromStdString(describe(trace, world, tenant.object())) : owner();
    case TenantKind::Items: return tr("%1 items").arg(owner());
    case TenantKind::Keys:
        return groupOf(trace, tenant) == TypeGroup::Set ? tr("%1 table").arg(owner()) : tr("%1 keys").arg(owner());
    case TenantKind::Values: return tr("%1 values").arg(owner());
    case TenantKind::Runtime: return tr("interpreter");
    case TenantKind::Recorded: return tr("block %1").arg(tenant.number());
    }
    return {};
}

QString poolName(PoolId pool) { return tr("pool %1").arg(pool.value % kPoolsPerArena); }

QString arenaName(const HeapState &heap, ArenaSlot slot)
{
    return tr("arena %1").arg(heap.arenas[slot.value].ordinal);
}

QString poolStateName(PoolState state)
{
    switch (state) {
    case PoolState::Untouched: return tr("untouched: not carved yet");
    case PoolState::Empty: return tr("free: CPython says empty");
    case PoolState::Used: return tr("used");
    case PoolState::Full: return tr("full");
    }
    return {};
}

std::uint32_t blockNumber(const HeapState &heap, PoolId pool, std::uint32_t offset)
{
    return (offset - kPoolHeaderSize) / heap.blockSize(heap.pools[pool.value].sizeClass);
}

bool isHalfEmpty(const HeapState &heap, PoolId id)
{
    const Pool &pool = heap.pools[id.value];
    return heap.poolState(id) == PoolState::Used && pool.blocksInUse * 2 <= heap.capacity(pool.sizeClass);
}

std::uint32_t residentBytes(const HeapState &heap, PoolId id)
{
    return std::uint32_t(heap.pools[id.value].residentPages) << kPageShift;
}

std::uint32_t residentBlocks(const HeapState &heap, PoolId id)
{
    const std::uint32_t size = heap.blockSize(heap.pools[id.value].sizeClass), bytes = residentBytes(heap, id);
    return bytes <= kPoolHeaderSize ? 0 : std::min((bytes - kPoolHeaderSize + size - 1) / size, heap.capacity(heap.pools[id.value].sizeClass));
}

QString ordinalMark(int n)
{
    const int tens = n % 100;
    if (tens >= 11 && tens <= 13)
        return tr("%1th").arg(n);
    switch (n % 10) {
    case 1: return tr("%1st").arg(n);
    case 2: return tr("%1nd").arg(n);
    case 3: return tr("%1rd").arg(n);
    default: return tr("%1th").arg(n);
    }
}

QString byteCount(std::uint64_t bytes)
{
    if (bytes >= (1u << 20) && bytes % (1u << 20) == 0)
        return tr("%1 MiB").arg(bytes >> 20);
    if (bytes >= (1u << 20))
        return tr("%1 MiB").arg(double(bytes) / (1u << 20), 0, 'f', 1);
    if (bytes >= 1024 && bytes % 1024 == 0)
        return tr("%1 KiB").arg(bytes >> 10);
    if (bytes >= 10240)
        return tr("%1 KiB").arg(double(bytes) / 1024, 0, 'f', 1);
    return tr("%1 B").arg(bytes);
}

QString blockSentence(const Trace &trace, const World &world, PoolId pool, std::uint32_t offset)
{
    const HeapState &heap = world.heap;
    const std::uint32_t size = heap.blockSize(heap.pools[pool.value].sizeClass);
    const QString where = tr("block %1 of %2, offset %3").arg(blockNumber(heap, pool, offset)).arg(poolName(pool)).arg(offset);
    const Block &block = heap.blocks[heap.blockIndex(pool, offset)];
    switch (heap.blockState(pool, offset)) {
    case BlockState::Untouched: return tr("%1: untouched, nothing was ever written there").arg(where);
    case BlockState::Free:
        return block.nextFree ? tr("%1: free, the next free block is at offset %2").arg(where).arg(block.nextFree)
                              : tr("%1: free, the end of the chain").arg(where);
    case BlockState::Allocated: break;
    }
    return tr("%1: %2, %3 of %4 bytes asked for").arg(where, tenantLabel(trace, world, block.tenant)).arg(block.request).arg(size);
}

QString poolSentence(const HeapState &heap, PoolId id)
{
    const PoolState state = heap.poolState(id);
    const QString name = tr("%1 of %2").arg(poolName(id), arenaName(heap, heap.arenaOf(id)));
    if (state == PoolState::Untouched)
        return tr("%1: untouched, not carved from its arena yet").arg(name);
    const Pool &pool = heap.pools[id.value];
    if (state == PoolState::Empty)
        return pool.sizeClass == kNoSizeClass ? tr("%1: free (empty)").arg(name)
                                              : tr("%1: free (empty), last used for blocks of %2 bytes")
                                                    .arg(name).arg(heap.blockSize(pool.sizeClass));
    return tr("%1: blocks of %2 bytes, %3 of %4 in use, %5")
        .arg(name).arg(heap.blockSize(pool.sizeClass)).arg(pool.blocksInUse).arg(heap.capacity(pool.sizeClass)).arg(poolStateName(state));
}

QString arenaSentence(const HeapState &heap, ArenaSlot slot)
{
    const Arena &arena = heap.arenas[slot.value];
    if (!arena.address)
        return tr("an arena that was given back");
    return tr("%1 at %2: %3 pools, %4 of them free or untouched")
        .arg(arenaName(heap, slot), QString::fromStdString(toHex(arena.address))).arg(arena.nTotalPools).arg(arena.nFreePools);
}

std::optional<HeapState::Place> placeOf(const World &world, ObjectId id)
{
    if (!world.contains(id))
        return std::nullopt;
    const Object &o = world.object(id);
    if (!o.address || o.has(ObjectFlag::Static))
        return std::nullopt;
    const HeapState::Place place = world.heap.find(o.address);
    return place.pool ? std::optional(place) : std::nullopt;
}

} // namespace pyrena
