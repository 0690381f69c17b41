#include "ui/figures/memory/memorysearch.h"

#include "core/explain/describe.h"
#include "ui/figures/memory/blockfields.h"
#include "ui/figures/memory/blocklook.h"
#include "ui/figures/memory/memoryplace.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace pyrena {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("MemoryFigure", text); }
QString hex(Address address) { return QString::fromStdString(toHex(address)); }

// Where a pool keeps what: an address in its header is in one of these fields. Source: Objects/obmalloc.c, struct pool_header.
QString headerField(std::uint32_t offset)
{
    const struct { std::uint32_t end; const char *name; } fields[] = {{8, "ref.count"}, {16, "freeblock"}, {24, "nextpool"}, {32, "prevpool"},
                                                                      {36, "arenaindex"}, {40, "szidx"}, {44, "nextoffset"}, {48, "maxnextoffset"}};
    for (const auto &field : fields)
        if (offset < field.end)
            return QString::fromLatin1(field.name);
    return {};
}

// Decimal digits alone are a decimal number, as id() prints it; with 0x, or with letters among at least six digits, it is hexadecimal.
std::optional<Address> parseAddress(const QString &text)
{
    bool ok = false;
    QString digits = text;
    digits.remove(QLatin1Char('_'));
    std::uint64_t value = 0;
    if (digits.startsWith(QLatin1String("0x"), Qt::CaseInsensitive))
        value = digits.mid(2).toULongLong(&ok, 16);
    else if (std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); }))
        value = digits.toULongLong(&ok, 10);
    else if (digits.size() >= 6)
        value = digits.toULongLong(&ok, 16);
    return ok && !digits.isEmpty() ? std::optional(Address(value)) : std::nullopt;
}

class Searcher
{
public:
    Searcher(const Trace &trace, const World &world) : m_trace(trace), m_world(world), m_heap(world.heap) {}

    void address(Address at)
    {
        for (std::uint32_t slot = 0; slot < m_heap.arenas.size(); ++slot) {
            const Arena &arena = m_heap.arenas[slot];
            if (arena.address && at >= arena.address && at < arena.address + m_heap.arenaSize)
                return inArena(at, ArenaSlot(slot));
        }
        for (RawBlockId id = m_heap.firstRawBlock; id; id = m_heap.rawBlocks[id.value].next) {
            const RawBlock &block = m_heap.rawBlocks[id.value];
            if (at < block.address || at >= block.address + block.size)
                continue;
            const QString who = block.free ? tr("a free block") : tenantLabel(m_trace, m_world, block.tenant);
            return add(SelectedRawBlock{id}, tr("%1 lies in the C library's heap: %2, byte %3 of %4").arg(hex(at), who)
                                                 .arg(at - block.address).arg(block.size));
        }
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            const Object &o = m_world.objects[i];
            if (o.has(ObjectFlag::Static) && o.alive() && o.address && at >= o.address && at < o.address + std::max(1u, o.size))
                return add(ObjectId(i), tr("%1 is %2, part of the interpreter's image, outside of every arena")
                                            .arg(hex(at), QString::fromStdString(describe(m_trace, m_world, ObjectId(i)))));
        }
        m_out.message = notThere(at);
    }

    void number(std::uint32_t wanted)
    {
        eachBlock([&](PoolId pool, std::uint32_t offset, const Block &block) {
            if (block.tenant == Tenant(TenantKind::Recorded, wanted))
                addBlock(pool, offset, block.tenant);
        });
        for (RawBlockId id = m_heap.firstRawBlock; id; id = m_heap.rawBlocks[id.value].next)
            if (m_heap.rawBlocks[id.value].tenant == Tenant(TenantKind::Recorded, wanted) && !m_heap.rawBlocks[id.value].free)
                add(SelectedRawBlock{id}, tr("block %1 of the recording, in the C library's heap").arg(wanted));
        if (m_out.matches.empty())
            m_out.message = tr("Block %1 of the recording is not there at this moment. Go to another moment, or search for an address.").arg(wanted);
    }

    void object(const QString &text)
    {
        FigureInput input;
        input.trace = &m_trace;
        input.world = &m_world;
        input.focus = text;
        if (const ObjectId exact = focusedObject(input); exact && addObject(exact))
            return;
        const std::string wanted = text.toStdString();
        for (std::uint32_t i = 0; i < m_world.objects.size() && !m_out.more; ++i)
            if (visible(ObjectId(i)) && (m_trace.text(m_trace.objects[i].typeName) == wanted || hasValue(ObjectId(i), wanted)))
                addObject(ObjectId(i));
        std::stable_sort(m_out.matches.begin(), m_out.matches.end(), [this](const MemoryMatch &a, const MemoryMatch &b) {
            return addressOf(a.what) < addressOf(b.what);
        });
        if (m_out.matches.empty())
            m_out.message = m_trace.objects.size() <= 1
                ? tr("'%1' is no address. In a recording blocks have no types: search for an address, or for a block as #123.").arg(text)
                : tr("'%1' is no address, and no object alive at this moment has that label, name, type or value.").arg(text);
    }

    MemorySearch take() { return std::move(m_out); }

private:
    void add(const Selected &what, const QString &sentence)
    {
        if (m_out.matches.size() < MemorySearch::kMaxMatches)
            m_out.matches.push_back({what, sentence});
        else
            m_out.more = true;
    }
    bool visible(ObjectId id) const
    {
        const Object &o = m_world.object(id);
        return o.alive() && o.address && !o.has(ObjectFlag::Hidden) && o.kind != TypeKind::Runtime;
    }
    bool hasValue(ObjectId id, const std::string &wanted) const
    {
        const Object &o = m_world.object(id);
        return o.kind == TypeKind::Str ? m_trace.text(TextId(static_cast<std::uint32_t>(o.value))) == wanted
                                       : o.kind == TypeKind::Float && shortValue(m_trace, m_world, id) == wanted;
    }
    Address addressOf(const Selected &what) const
    {
        const auto *id = std::get_if<ObjectId>(&what);
        return id && m_world.contains(*id) ? m_world.object(*id).address : Address();
    }
    bool addObject(ObjectId id)
    {
        if (!m_world.contains(id) || !m_world.object(id).alive() || !m_world.object(id).address)
            return false;
        const QString who = QString::fromStdString(describe(m_trace, m_world, id)), at = hex(m_world.object(id).address);
        const auto place = placeOf(m_world, id);
        add(id, place ? tr("%1 at %2: block %3 of %4, %5").arg(who, at).arg(blockNumber(m_heap, place->pool, place->offset))
                            .arg(poolName(place->pool), arenaName(m_heap, m_heap.arenaOf(place->pool)))
                      : tr("%1 at %2, outside of every arena").arg(who, at));
        return true;
    }
    void addBlock(PoolId pool, std::uint32_t offset, Tenant tenant)
    {
        add(SelectedBlock{pool, offset}, tr("%1: block %2 of %3, %4").arg(tenantLabel(m_trace, m_world, tenant)).arg(blockNumber(m_heap, pool, offset))
                                             .arg(poolName(pool), arenaName(m_heap, m_heap.arenaOf(pool))));
    }

    template <class Visit>
    void eachBlock(Visit visit) const
    {
        for (std::uint32_t p = 0; p < m_heap.pools.size(); ++p) {
            const PoolState state = m_heap.poolState(PoolId(p));
            if (state != PoolState::Used && state != PoolState::Full)
                continue;
            const std::uint32_t size = m_heap.blockSize(m_heap.pools[p].sizeClass);
            for (std::uint32_t offset = kPoolHeaderSize; offset + size <= m_heap.poolSize; offset += size)
                if (m_heap.blockState(PoolId(p), offset) == BlockState::Allocated)
                    visit(PoolId(p), offset, m_heap.blocks[m_heap.blockIndex(PoolId(p), offset)]);
        }
    }

    void inArena(Address at, ArenaSlot slot)
    {
        const Arena &arena = m_heap.arenas[slot.value];
        const QString name = arenaName(m_heap, slot);
        const std::uint32_t lead = arena.excess == 0 ? 0 : m_heap.poolSize - arena.excess;
        const std::uint64_t inside = at - arena.address;
        if (inside < lead || (inside - lead) / m_heap.poolSize >= arena.nTotalPools)
            return add(SelectedArena{slot}, tr("%1 lies in %2, in what alignment loses").arg(hex(at), name));
        const PoolId pool(slot.value * kPoolsPerArena + static_cast<std::uint32_t>((inside - lead) / m_heap.poolSize));
        const auto offset = static_cast<std::uint32_t>((inside - lead) % m_heap.poolSize);
        const QString where = tr("%1 of %2").arg(poolName(pool), name);
        if (!poolCarved(m_heap, pool))
            return add(SelectedPool{pool}, tr("%1 lies in %2, which was never carved").arg(hex(at), where));
        if (offset < kPoolHeaderSize)
            return add(SelectedPool{pool}, tr("%1 lies in the header of %2: %3").arg(hex(at), where, headerField(offset)));
        const std::uint32_t start = blockStart(m_heap, pool, offset);
        const Pool &p = m_heap.pools[pool.value];
        if (start == 0 || offset >= start + m_heap.blockSize(p.sizeClass))
            return add(SelectedPool{pool}, tr("%1 lies behind the last block of %2").arg(hex(at), where));
        const Tenant tenant = m_heap.blocks[m_heap.blockIndex(pool, start)].tenant;
        const BlockState state = m_heap.blockState(pool, start);
        const QString who = state == BlockState::Allocated ? tenantLabel(m_trace, m_world, tenant)
            : state == BlockState::Free ? tr("free") : tr("untouched");
        const bool isObject = state == BlockState::Allocated && tenant.kind() == TenantKind::Object && m_world.contains(tenant.object());
        QString field;
        for (const BlockField &f : blockFields(m_trace, m_world, pool, start))
            if (offset - start >= f.offset && offset - start < f.offset + f.size)
                field = f.name;
        add(isObject ? Selected(tenant.object()) : Selected(SelectedBlock{pool, start}),
            tr("%1 is byte %2 of block %3 of %4: %5, %6").arg(hex(at)).arg(offset - start).arg(blockNumber(m_heap, pool, start)).arg(where, who, field));
    }

    // Names the nearest ranges on either side.
    QString notThere(Address at) const
    {
        struct Range { Address begin, end; QString name; };
        std::vector<Range> ranges;
        for (std::uint32_t slot = 0; slot < m_heap.arenas.size(); ++slot)
            if (m_heap.arenas[slot].address)
                ranges.push_back({m_heap.arenas[slot].address, m_heap.arenas[slot].address + m_heap.arenaSize, arenaName(m_heap, ArenaSlot(slot))});
        if (m_heap.rawHeapEnd > kRawHeapStart)
            ranges.push_back({kRawHeapStart, m_heap.rawHeapEnd, tr("the raw heap")});
        if (ranges.empty())
            return tr("%1 is not there: no arena exists at this moment, and the raw heap is empty.").arg(hex(at));
        std::sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) { return a.begin < b.begin; });
        const auto above = std::find_if(ranges.begin(), ranges.end(), [&](const Range &r) { return r.begin > at; });
        const QString lies = tr("%1 lies in no arena").arg(hex(at));
        if (above == ranges.begin())
            return tr("%1: it is below %2, which begins at %3.").arg(lies, above->name, hex(above->begin));
        const Range &below = *(above - 1);
        if (above == ranges.end())
            return tr("%1: it is above %2, which ends at %3.").arg(lies, below.name, hex(below.end));
        return tr("%1: it is between %2, which ends at %3, and %4, which begins at %5.")
            .arg(lies, below.name, hex(below.end), above->name, hex(above->begin));
    }

    const Trace &m_trace;
    const World &m_world;
    const HeapState &m_heap;
    MemorySearch m_out;
};

} // namespace

MemorySearch searchMemory(const Trace &trace, const World &world, const QString &text)
{
    QString wanted = text.trimmed();
    Searcher searcher(trace, world);
    bool isNumber = false;
    if (wanted.startsWith(QLatin1Char('#')))
        if (const std::uint32_t number = wanted.mid(1).toUInt(&isNumber); isNumber) {
            searcher.number(number);
            return searcher.take();
        }
    // A word such as "facade" may be meant either way: what exists wins.
    if (const auto at = parseAddress(wanted)) {
        searcher.address(*at);
        MemorySearch found = searcher.take();
        if (!found.matches.empty() || wanted.at(0).isDigit())
            return found;
    }
    if (wanted.size() >= 2 && (wanted[0] == QLatin1Char('\'') || wanted[0] == QLatin1Char('"')) && wanted.back() == wanted[0])
        wanted = wanted.mid(1, wanted.size() - 2);
    Searcher objects(trace, world);
    objects.object(wanted);
    return objects.take();
}

} // namespace pyrena
