#include "ui/models/inspection.h"

#include "core/explain/describe.h"
#include "core/world/reachability.h"
#include "core/world/retention.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace pyrena {

namespace {

constexpr std::size_t kMaxHolders = 200;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Inspection)
};

QString text(const std::string &s) { return QString::fromStdString(s); }
QString hex(Address a) { return text(toHex(a)); }
QString number(std::uint64_t n) { return QLocale().toString(qulonglong(n)); }
QString bytes(std::uint64_t n) { return Text::tr("%1 B").arg(number(n)); }

class Inspector
{
public:
    Inspector(const Trace &trace, const World &world, std::uint32_t stepBegin, std::uint32_t position, int level)
        : m_trace(trace), m_world(world), m_stepBegin(stepBegin), m_position(position), m_level(level) {}

    Inspection take() { return std::move(m_out); }

    void operator()(std::monostate) {}

    void operator()(ObjectId id)
    {
        if (!id || id.value >= m_trace.objects.size())
            return;
        const ObjectInfo &info = m_trace.objects[id.value];
        m_out.title = text(m_trace.label(id));
        if (info.bornAt > 0 || !m_trace.initial.contains(id))
            m_out.bornAt = info.bornAt + 1;
        if (info.diedAt != ObjectInfo::kNever)
            m_out.diedAt = info.diedAt + 1;
        row(Text::tr("type"), text(m_trace.text(info.typeName)));
        if (!m_world.contains(id)) {
            row(Text::tr("state"), Text::tr("not born yet"));
            life(info);
            return;
        }
        const Object &o = m_world.object(id);
        if (!o.alive()) {
            row(Text::tr("state"), o.has(ObjectFlag::FreeListed) ? Text::tr("dead; its memory waits on a free list")
                                                                 : Text::tr("dead"));
            life(info);
            return;
        }
        if (const QString value = text(shortValue(m_trace, m_world, id, 48)); value != text(m_trace.text(info.typeName)))
            row(Text::tr("value"), value);
        if (m_world.gc.counts())
            row(Text::tr("count"), number(shownRefcount(m_trace, m_world, id))
                                       + (o.has(ObjectFlag::Immortal) ? Text::tr(" (immortal)") : QString()));
        memory(o);
        if (const Relocation *moved = m_world.spaces.relocationOf(id))
            row(Text::tr("moved"), moved->moves == 1 ? Text::tr("once; the id %1 it had before is stale").arg(hex(moved->previous))
                                                     : Text::tr("%1 times; the id %2 it had before is stale").arg(moved->moves).arg(hex(moved->previous)));
        keeps(id);
        if (!m_world.gc.counts()) {
            if (m_world.gc.collecting) {
                const GcMark mark = m_world.markOf(id);
                row(Text::tr("mark"), mark == GcMark::Black ? Text::tr("black: done") : mark == GcMark::Grey ? Text::tr("grey: reached")
                                                                                                           : Text::tr("white: not reached"));
            }
        } else if (o.gcList == GcListId::None)
            row(Text::tr("generation"), Text::tr("not tracked"));
        else
            row(Text::tr("generation"), generationName(o.gcList));
        if (m_level >= 3 && m_world.gc.collecting && m_world.gc.counts())
            row(QStringLiteral("gc_refs"), QString::number(o.gcRefs), true);
        life(info);
        holders(id, o);
        whyAlive(id, o);
    }

    void operator()(const SelectedBlock &b)
    {
        const HeapState &heap = m_world.heap;
        if (!inUse(b.pool))
            return gone(Text::tr("block"));
        const Pool &pool = heap.pools[b.pool.value];
        if (pool.sizeClass == kNoSizeClass || b.offset < kPoolHeaderSize || b.offset >= heap.poolSize)
            return (*this)(SelectedPool{b.pool});
        const std::uint32_t size = heap.blockSize(pool.sizeClass);
        m_out.title = Text::tr("block %1").arg((b.offset - kPoolHeaderSize) / size);
        const Block &block = heap.blocks[heap.blockIndex(b.pool, b.offset)];
        row(Text::tr("pool"), poolName(b.pool));
        row(Text::tr("address"), hex(heap.poolAddress(b.pool) + b.offset), true);
        row(Text::tr("offset"), QString::number(b.offset), true);
        row(Text::tr("block size"), Text::tr("%1, size class %2").arg(bytes(size)).arg(pool.sizeClass));
        switch (heap.blockState(b.pool, b.offset)) {
        case BlockState::Untouched: row(Text::tr("state"), Text::tr("untouched")); break;
        case BlockState::Free:
            row(Text::tr("state"), Text::tr("free"));
            row(Text::tr("next free"), block.nextFree ? Text::tr("offset %1").arg(block.nextFree) : QStringLiteral("NULL"), true);
            break;
        case BlockState::Allocated:
            row(Text::tr("state"), Text::tr("allocated"));
            row(Text::tr("requested"), Text::tr("%1 (%2 B rounded up)").arg(bytes(block.request)).arg(size - std::min<std::uint32_t>(size, block.request)));
            row(Text::tr("holds"), tenantName(block.tenant));
            break;
        }
    }

    void operator()(const SelectedPool &p)
    {
        const HeapState &heap = m_world.heap;
        if (!inUse(p.pool))
            return gone(Text::tr("pool"));
        const Pool &pool = heap.pools[p.pool.value];
        m_out.title = poolName(p.pool);
        row(Text::tr("address"), hex(heap.poolAddress(p.pool)), true);
        switch (heap.poolState(p.pool)) {
        case PoolState::Untouched: row(Text::tr("state"), Text::tr("untouched: never carved")); return;
        case PoolState::Empty: row(Text::tr("state"), Text::tr("free (CPython: empty)")); break;
        case PoolState::Used: row(Text::tr("state"), Text::tr("allocated (CPython: used)")); break;
        case PoolState::Full: row(Text::tr("state"), Text::tr("allocated (CPython: full)")); break;
        }
        row(QStringLiteral("ref.count"), number(pool.blocksInUse), true);
        row(QStringLiteral("freeblock"), pool.freeBlock ? hex(heap.poolAddress(p.pool) + pool.freeBlock) : QStringLiteral("NULL"), true);
        row(QStringLiteral("nextpool"), poolLink(pool.nextPool), true);
        row(QStringLiteral("prevpool"), poolLink(pool.prevPool), true);
        row(QStringLiteral("arenaindex"), QString::number(heap.arenaOf(p.pool).value), true);
        row(QStringLiteral("szidx"), pool.sizeClass == kNoSizeClass ? QStringLiteral("DUMMY_SIZE_IDX") : QString::number(pool.sizeClass), true);
        row(QStringLiteral("nextoffset"), QString::number(pool.nextOffset), true);
        row(QStringLiteral("maxnextoffset"), QString::number(pool.maxNextOffset), true);
        if (pool.sizeClass != kNoSizeClass)
            row(Text::tr("blocks"), Text::tr("%1 of %2 in use, %3 each").arg(pool.blocksInUse).arg(heap.capacity(pool.sizeClass))
                                        .arg(bytes(heap.blockSize(pool.sizeClass))));
    }

    void operator()(const SelectedArena &a)
    {
        const HeapState &heap = m_world.heap;
        if (a.slot.value >= heap.arenas.size() || !heap.arenas[a.slot.value].address)
            return gone(Text::tr("arena"));
        const Arena &arena = heap.arenas[a.slot.value];
        m_out.title = Text::tr("arena %1").arg(arena.ordinal);
        row(QStringLiteral("address"), hex(arena.address), true);
        row(QStringLiteral("pool_address"), hex(arena.address + (arena.excess ? heap.poolSize - arena.excess : 0)
                                                + std::uint64_t(arena.nextUntouched) * heap.poolSize), true);
        row(QStringLiteral("nfreepools"), number(arena.nFreePools), true);
        row(QStringLiteral("ntotalpools"), number(arena.nTotalPools), true);
        row(QStringLiteral("freepools"), poolLink(arena.freePools), true);
        row(QStringLiteral("nextarena"), arenaLink(arena.nextArena), true);
        row(QStringLiteral("prevarena"), arenaLink(arena.prevArena), true);
        row(Text::tr("size"), bytes(heap.arenaSize));
    }

    void operator()(const SelectedRawBlock &r)
    {
        const HeapState &heap = m_world.heap;
        if (!r.block || r.block.value >= heap.rawBlocks.size())
            return gone(Text::tr("raw block"));
        const RawBlock &block = heap.rawBlocks[r.block.value];
        m_out.title = Text::tr("block of the raw heap");
        row(Text::tr("address"), hex(block.address), true);
        row(Text::tr("size"), bytes(block.size));
        row(Text::tr("state"), block.free ? Text::tr("free") : Text::tr("allocated"));
        if (!block.free) {
            row(Text::tr("requested"), bytes(block.request));
            row(Text::tr("holds"), tenantName(block.tenant));
        }
    }

    void operator()(const SelectedLine &l)
    {
        m_out.title = Text::tr("line %1").arg(l.line);
        std::uint32_t runs = 0, births = 0;
        for (const Step &step : m_trace.steps.all())
            runs += step.kind == StepKind::Statement && step.span.begin.line == l.line;
        for (const ObjectInfo &info : m_trace.objects)
            births += info.bornLine == l.line && info.bornAt > 0;
        row(Text::tr("runs"), Text::tr("%n time(s)", nullptr, static_cast<int>(runs)));
        row(Text::tr("births"), Text::tr("%n object(s)", nullptr, static_cast<int>(births)));
    }

private:
    void row(const QString &label, const QString &value, bool code = false) { m_out.rows.push_back({label, value, code}); }
    void gone(const QString &what)
    {
        m_out.title = what;
        row(Text::tr("state"), Text::tr("not there at this moment"));
    }

    bool inUse(PoolId pool) const
    {
        const HeapState &heap = m_world.heap;
        return pool && pool.value < heap.pools.size() && bool(heap.arenas[heap.arenaOf(pool).value].address);
    }
    QString poolName(PoolId pool) const
    {
        const HeapState &heap = m_world.heap;
        return Text::tr("pool %1 of arena %2").arg(heap.indexInArena(pool)).arg(heap.arenas[heap.arenaOf(pool).value].ordinal);
    }
    QString poolLink(PoolId pool) const { return inUse(pool) ? poolName(pool) : QStringLiteral("NULL"); }
    QString arenaLink(ArenaSlot slot) const
    {
        return slot && slot.value < m_world.heap.arenas.size()
            ? Text::tr("arena %1").arg(m_world.heap.arenas[slot.value].ordinal) : QStringLiteral("NULL");
    }
    QString tenantName(Tenant tenant) const
    {
        switch (tenant.kind()) {
        case TenantKind::Object: return text(m_trace.label(tenant.object()));
        case TenantKind::Items: return Text::tr("the item array of %1").arg(text(m_trace.label(tenant.object())));
        case TenantKind::Keys: return Text::tr("the keys of %1").arg(text(m_trace.label(tenant.object())));
        case TenantKind::Values: return Text::tr("the attribute values of %1").arg(text(m_trace.label(tenant.object())));
        case TenantKind::Runtime: return Text::tr("the interpreter's own data");
        case TenantKind::Recorded: return Text::tr("block %1 of the recording").arg(tenant.number());
        case TenantKind::None: break;
        }
        return Text::tr("nobody");
    }
    static QString generationName(GcListId list)
    {
        switch (list) {
        case GcListId::Generation0: return Text::tr("0, tracked");
        case GcListId::Generation1: return Text::tr("1, tracked");
        case GcListId::Generation2: return Text::tr("2, tracked");
        case GcListId::Permanent: return Text::tr("permanent (gc.freeze)");
        case GcListId::Unreachable: return Text::tr("set aside as unreachable");
        case GcListId::Finalizers: return Text::tr("set aside: legacy finalizer");
        case GcListId::StillUnreachable: return Text::tr("still unreachable");
        case GcListId::Reachable: return Text::tr("reachable, not looked into");
        case GcListId::Increment: return Text::tr("in the increment");
        case GcListId::None: break;
        }
        return Text::tr("not tracked");
    }

    // "block 3 of pool 2, arena 0", wherever the address lies.
    QString placeOf(Address address) const
    {
        const HeapState &heap = m_world.heap;
        const HeapState::Place place = heap.find(address);
        if (!place.pool)
            return Text::tr("outside the arenas");
        const Pool &pool = heap.pools[place.pool.value];
        if (pool.sizeClass == kNoSizeClass)
            return poolName(place.pool);
        const std::uint32_t block = (place.offset - kPoolHeaderSize) / heap.blockSize(pool.sizeClass);
        return Text::tr("block %1 of %2").arg(block).arg(poolName(place.pool));
    }

    void memory(const Object &o)
    {
        if (!o.address) {
            row(Text::tr("address"), Text::tr("none of its own"));
            return;
        }
        row(Text::tr("address"), hex(o.address), true);
        if (o.has(ObjectFlag::Static))
            row(Text::tr("block"), Text::tr("none: part of the interpreter's image"));
        else
            row(Text::tr("block"), placeOf(o.address));
        const std::uint32_t head = o.tracked() ? m_trace.profile->layout.gcHead : 0;
        if (o.size > head && head > 0)
            row(Text::tr("size"), Text::tr("%1 + %2 B GC header").arg(number(o.size - head)).arg(head));
        else
            row(Text::tr("size"), bytes(o.size));
        if (o.bufferSize > 0)
            row(o.kind == TypeKind::List ? Text::tr("item array") : Text::tr("second block"),
                Text::tr("%1, %2").arg(bytes(o.bufferSize), placeOf(o.buffer)));
    }

    void life(const ObjectInfo &info)
    {
        const auto moment = [this](std::uint32_t change) {
            return Text::tr("step %1").arg(m_trace.stops.indexOf(change + 1, Granularity::Event));
        };
        if (!m_out.bornAt)
            row(Text::tr("born"), Text::tr("before the program began"));
        else if (info.bornLine > 0)
            row(Text::tr("born"), Text::tr("line %1, %2").arg(info.bornLine).arg(moment(info.bornAt)));
        else
            row(Text::tr("born"), moment(info.bornAt));
        row(Text::tr("dies"), m_out.diedAt ? moment(info.diedAt) : Text::tr("not in this recording"));
    }

    // What would go with it. The tree of all objects is computed for it, so not in worlds of very many.
    void keeps(ObjectId id)
    {
        constexpr std::size_t kMostObjects = 20'000;
        if (m_world.objects.size() > kMostObjects || m_world.object(id).has(ObjectFlag::Static))
            return;
        const Retention kept = retention(m_world);
        const std::vector<ObjectId> others = kept.keptBy(id);
        if (others.empty())
            return;
        QStringList names;
        for (const ObjectId other : others)
            if (names.size() < 3)
                names << text(describe(m_trace, m_world, other));
        row(Text::tr("alone keeps"), Text::tr("%1: %2, %3 in all").arg(others.size())
                                         .arg(names.join(QStringLiteral(", ")) + (others.size() > 3 ? QStringLiteral(", \u2026") : QString()))
                                         .arg(bytes(kept.bytes[id.value])));
    }

    void holders(ObjectId id, const Object &o)
    {
        const auto found = holdersOf(m_trace, m_world, id);
        m_out.hasHolders = true;
        m_out.holdersTitle = o.has(ObjectFlag::Immortal) ? Text::tr("Who refers to it (its count does not move)")
            : m_world.gc.counts()                                    ? Text::tr("Who holds it (adds up to %1)").arg(found.size())
                                                                     : Text::tr("Who refers to it");
        for (const Holder &h : found) {
            if (m_out.holders.size() >= kMaxHolders) {
                m_out.holders.push_back({Text::tr("and %n more", nullptr, static_cast<int>(found.size() - kMaxHolders)), {}, {}, false});
                break;
            }
            m_out.holders.push_back({text(h.name), m_world.gc.counts() ? QStringLiteral("+1") : QString(), h.owner, false});
        }
        for (std::uint32_t i = m_stepBegin; i < m_position && i - m_stepBegin < 4096; ++i)
            if (const auto set = m_trace.changeAs<change::SlotSet>(i); set && set->before == id && set->after != id) {
                // What merely passed over the value stack is no holder that went.
                if (!set->label && m_trace.objects[set->owner.value].kind == TypeKind::Frame && m_position - m_stepBegin > 1)
                    continue;
                QString name = text(m_trace.label(set->owner));
                if (m_world.contains(set->owner) && set->index < m_world.object(set->owner).slotsLength)
                    name = text(slotName(m_trace, m_world, set->owner, set->index)) + Text::tr(" in ") + name;
                m_out.holders.push_back({name, Text::tr("gone"), set->owner, true});
            }
    }

    // Of an object that no path from a root reaches.
    QString whyStillThere(ObjectId id, const Object &o) const
    {
        QStringList owners;
        std::int64_t references = 0;
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            if (!m_world.objects[i].alive())
                continue;
            const auto slots = m_world.slotsOf(ObjectId(i));
            const auto here = std::count_if(slots.begin(), slots.end(), [&](const Slot &s) { return s.target == id && s.label != kBorrowed; });
            references += here;
            if (here > 0)
                owners += ObjectId(i) == id ? Text::tr("itself") : text(m_trace.label(ObjectId(i)));
        }
        if (o.refcount > references)
            return Text::tr("No name leads to it: the interpreter is just working with it.");
        if (!m_world.gc.counts())
            return Text::tr("No path from any root reaches it: the next collection will free it.");
        if (owners.isEmpty())
            return Text::tr("Nothing refers to it; it is about to be freed.");
        constexpr qsizetype kMostNamed = 3;
        QString by = owners.mid(0, kMostNamed).join(QStringLiteral(", "));
        if (owners.size() > kMostNamed)
            by += Text::tr(" and %1 more").arg(owners.size() - kMostNamed);
        return (m_world.gc.manager == Manager::CountingOnly
                    ? Text::tr("No path from any root reaches it. Its count is %1 because of %2: here nobody will ever free it.")
                    : Text::tr("No path from any root reaches it. Its count is %1 because of %2: only the collector can free it.")).arg(o.refcount).arg(by);
    }

    void whyAlive(ObjectId id, const Object &o)
    {
        if (id == kRuntime)
            return;
        if (o.has(ObjectFlag::Immortal) || o.has(ObjectFlag::Static)) {
            m_out.whyAlive = Text::tr("It belongs to the interpreter and lives as long as that.");
            return;
        }
        const auto path = pathFromRoot(m_world, id);
        if (!path) {
            m_out.whyAlive = whyStillThere(id, o);
            return;
        }
        QStringList way;
        for (std::size_t i = 0; i < path->size(); ++i) {
            const ReachStep &step = (*path)[i];
            const ObjectId next = i + 1 < path->size() ? (*path)[i + 1].owner : id;
            QString by;
            if (step.slot == ReachStep::kRunning)
                by = m_world.globals == next ? Text::tr("the program's global names") : Text::tr("the running call %1").arg(text(m_trace.label(next)));
            else if (step.slot == ReachStep::kClass)
                by = Text::tr("its class %1").arg(text(m_trace.label(next)));
            else
                by = Text::tr("%1 is %2").arg(text(slotName(m_trace, m_world, step.owner, step.slot)), text(m_trace.label(next)));
            way += by;
        }
        m_out.whyAlive = Text::tr("The interpreter") + QStringLiteral(" → ") + way.join(QStringLiteral(" → "));
    }

    const Trace &m_trace;
    const World &m_world;
    std::uint32_t m_stepBegin, m_position;
    int m_level;
    Inspection m_out;
};

} // namespace

Inspection inspect(const Trace &trace, const World &world, const Selected &what, std::uint32_t stepBegin,
                   std::uint32_t position, int level)
{
    Inspector inspector(trace, world, stepBegin, position, level);
    std::visit(inspector, what);
    return inspector.take();
}

} // namespace pyrena
