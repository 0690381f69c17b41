#include "ui/models/biography.h"

#include <QCoreApplication>

#include <algorithm>

namespace pyrena {

Biography::Biography(std::shared_ptr<const Trace> trace, Address address, std::uint32_t size)
    : m_trace(std::move(trace)), m_address(address), m_size(std::max(1u, size))
{
    const HeapState &heap = m_trace->initial.heap;
    m_poolSize = heap.poolSize;
    m_arenaSize = heap.arenaSize;
    m_alignment = heap.alignment;
    for (const Arena &arena : heap.arenas)
        m_arenas.push_back(arena.address);
    findPool();
    if (!m_pool)
        return;
    // Who was there before the first change.
    for (std::uint32_t i = 0; i < kPoolsPerArena; ++i)
        m_classes[i] = heap.pools[m_arena.value * kPoolsPerArena + i].sizeClass;
    const std::uint16_t sizeClass = m_classes[m_pool.value % kPoolsPerArena];
    const PoolState state = heap.poolState(m_pool);
    if (sizeClass == kNoSizeClass || (state != PoolState::Used && state != PoolState::Full))
        return;
    const std::uint32_t blockSize = heap.blockSize(sizeClass);
    for (std::uint32_t offset = kPoolHeaderSize; offset + blockSize <= m_poolSize; offset += blockSize)
        if (heap.blockState(m_pool, offset) == BlockState::Allocated)
            moveIn(offset, heap.blocks[heap.blockIndex(m_pool, offset)].tenant, 0);
}

void Biography::findPool()
{
    m_arena = {};
    m_pool = {};
    for (std::uint32_t slot = 0; slot < m_arenas.size(); ++slot) {
        const Address base = m_arenas[slot];
        if (!base || m_address < base || m_address >= base + m_arenaSize)
            continue;
        const std::uint64_t excess = base.value % m_poolSize, lead = excess == 0 ? 0 : m_poolSize - excess;
        m_arena = ArenaSlot(slot);
        m_classes.assign(kPoolsPerArena, kNoSizeClass);
        if (m_address - base < lead)
            return;
        const std::uint64_t index = (m_address - base - lead) / m_poolSize;
        if (index >= m_arenaSize / m_poolSize - (excess ? 1 : 0))
            return;
        m_pool = PoolId(slot * kPoolsPerArena + static_cast<std::uint32_t>(index));
        m_poolAddress = base + lead + index * m_poolSize;
        return;
    }
}

bool Biography::overlaps(std::uint32_t offset) const
{
    const std::uint32_t size = (m_classes[m_pool.value % kPoolsPerArena] + 1u) * m_alignment;
    const Address begin = m_poolAddress + offset;
    return begin < m_address + m_size && m_address < begin + size;
}

void Biography::moveIn(std::uint32_t offset, Tenant tenant, std::uint32_t position)
{
    if (m_classes[m_pool.value % kPoolsPerArena] == kNoSizeClass || !overlaps(offset))
        return;
    m_living.push_back(m_residences.size());
    const std::uint32_t size = (m_classes[m_pool.value % kPoolsPerArena] + 1u) * m_alignment;
    m_residences.push_back({position, Residence::kNever, tenant, size, (m_poolAddress + offset).value});
}

void Biography::moveOut(std::uint32_t offset, std::uint32_t position)
{
    const std::uint64_t address = (m_poolAddress + offset).value;
    const auto found = std::find_if(m_living.begin(), m_living.end(), [&](std::size_t i) { return m_residences[i].address == address; });
    if (found == m_living.end())
        return;
    m_residences[*found].to = position;
    m_living.erase(found);
}

void Biography::read(const Change &change, std::uint32_t position)
{
    if (const auto *taken = std::get_if<change::BlockTaken>(&change)) {
        if (taken->pool == m_pool)
            moveIn(taken->offset, taken->tenant, position);
    } else if (const auto *freed = std::get_if<change::BlockFreed>(&change)) {
        if (freed->pool == m_pool)
            moveOut(freed->offset, position);
    } else if (const auto *tenant = std::get_if<change::TenantSet>(&change)) {
        if (tenant->pool == m_pool) {
            moveOut(tenant->offset, position);
            moveIn(tenant->offset, tenant->after, position);
        }
    } else if (const auto *initialised = std::get_if<change::PoolInitialised>(&change)) {
        if (initialised->pool.value / kPoolsPerArena == m_arena.value)
            m_classes[initialised->pool.value % kPoolsPerArena] = initialised->classAfter;
    } else if (const auto *grown = std::get_if<change::ArenaSlotsGrown>(&change)) {
        m_arenas.resize(std::max<std::size_t>(m_arenas.size(), grown->after));
    } else if (const auto *made = std::get_if<change::ArenaMade>(&change)) {
        if (made->slot.value >= m_arenas.size())
            m_arenas.resize(made->slot.value + 1);
        m_arenas[made->slot.value] = made->address;
        if (!m_arena)
            findPool();
    } else if (const auto *released = std::get_if<change::ArenaReleased>(&change)) {
        m_arenas[released->slot.value] = Address();
        if (released->slot == m_arena)
            findPool();
    }
}

bool Biography::advance(std::uint32_t changes)
{
    const std::uint32_t end = std::min(m_trace->changeCount() - m_next, changes) + m_next;
    for (; m_next < end; ++m_next)
        read(m_trace->change(m_next), m_next + 1);
    return !done();
}

double Biography::progress() const
{
    return m_trace->changeCount() == 0 ? 1 : double(m_next) / m_trace->changeCount();
}

int Biography::at(std::uint32_t position) const
{
    const auto after = std::upper_bound(m_residences.begin(), m_residences.end(), position,
                                        [](std::uint32_t p, const Residence &r) { return p < r.from; });
    // Blocks that were smaller may have had several tenants at once: as many as fit.
    for (auto i = after; i != m_residences.begin() && after - i < 64;)
        if ((--i)->holds(position))
            return static_cast<int>(i - m_residences.begin());
    return -1;
}

QString residentName(const Trace &trace, Tenant tenant)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Biography", text); };
    const auto owner = [&] {
        return tenant.number() < trace.objects.size() ? QString::fromStdString(trace.label(tenant.object())) : tr("object %1").arg(tenant.number());
    };
    switch (tenant.kind()) {
    case TenantKind::Object: return owner();
    case TenantKind::Items: return tr("items of %1").arg(owner());
    case TenantKind::Keys: return tr("keys of %1").arg(owner());
    case TenantKind::Values: return tr("values of %1").arg(owner());
    case TenantKind::Recorded: return tr("block %1").arg(tenant.number());
    case TenantKind::Runtime: return tr("the interpreter");
    case TenantKind::None: break;
    }
    return tr("nobody");
}

} // namespace pyrena
