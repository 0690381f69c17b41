// The bytes of a block as CPython lays them out, made from the typed records of the world.
// Layouts: Include/cpython/*object.h and Include/internal/pycore_*.h of the versions; sizes from the profile.
#include "ui/figures/memory/blockfields.h"

#include "ui/figures/memory/blocklook.h"
#include "ui/figures/memory/objectfields.h"

#include <QCoreApplication>

#include <algorithm>

namespace pyrena {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("MemoryFigure", text); }

std::vector<BlockField> freeFields(const HeapState &heap, PoolId pool, std::uint32_t offset, std::uint32_t size)
{
    FieldList list(size);
    const std::uint16_t next = heap.blocks[heap.blockIndex(pool, offset)].nextFree;
    const std::uint64_t address = next ? heap.poolAddress(pool).value + next : 0;
    list.word(QStringLiteral("next free block"), address, FieldRole::Link,
              next ? tr("block %1, %2").arg(blockNumber(heap, pool, next)).arg(QString::fromStdString(toHex(Address(address))))
                   : tr("NULL: the end of the chain"));
    list.rest(tr("left as it was"), tr("old bytes: nobody clears a freed block"), FieldRole::Unused);
    return list.take();
}

std::vector<BlockField> untouchedFields(std::uint32_t size)
{
    FieldList list(size);
    list.zeros(tr("untouched"), size, tr("nothing was ever written here"));
    return list.take();
}

void addItems(FieldList &list, const Trace &trace, const World &world, ObjectId owner, std::uint32_t request)
{
    const auto slots_ = world.slotsOf(owner);
    const std::uint32_t capacity = request / 8;
    for (std::uint32_t i = 0; i < capacity && list.at() + 8 <= request; ++i) {
        const QString name = QStringLiteral("ob_item[%1]").arg(i);
        if (i < slots_.size())
            list.pointer(name, trace, world, slots_[i].target);
        else
            list.unknown(name, 8, tr("spare: room for growth"), FieldRole::Unused);
    }
}

} // namespace

std::vector<BlockField> blockFields(const Trace &trace, const World &world, PoolId pool, std::uint32_t offset)
{
    const HeapState &heap = world.heap;
    const std::uint32_t size = heap.blockSize(heap.pools[pool.value].sizeClass);
    switch (heap.blockState(pool, offset)) {
    case BlockState::Untouched: return untouchedFields(size);
    case BlockState::Free: return freeFields(heap, pool, offset, size);
    case BlockState::Allocated: break;
    }
    const Block &block = heap.blocks[heap.blockIndex(pool, offset)];
    const std::uint32_t request = std::min<std::uint32_t>(block.request, size);
    const Tenant tenant = block.tenant;
    FieldList list(size);
    const bool owned = tenant.kind() == TenantKind::Object || isSecondBlock(tenant.kind());
    if (owned && world.contains(tenant.object()) && world.object(tenant.object()).alive()) {
        switch (tenant.kind()) {
        case TenantKind::Items: addItems(list, trace, world, tenant.object(), request); break;
        case TenantKind::Keys: addKeysBlock(list, trace, world, tenant.object(), request); break;
        case TenantKind::Values: addAttributes(list, trace, world, tenant.object(), request); break;
        default: addObject(list, trace, world, tenant.object(), heap.poolAddress(pool) + offset, request); break;
        }
    }
    if (list.at() < request)
        list.unknown(list.at() == 0 ? tenantLabel(trace, world, tenant) : tr("further fields"), request - list.at(),
                     tr("in use; its bytes are not modelled"));
    list.rest(tr("rounding"), tr("%1 asked for, the class has %2: these bytes are lost").arg(request).arg(size), FieldRole::Waste);
    return list.take();
}

} // namespace pyrena
