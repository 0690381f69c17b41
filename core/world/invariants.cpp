#include "core/world/invariants.h"

#include "core/world/heapinvariants.h"

#include <map>
#include <optional>
#include <unordered_map>

namespace pyrena {

namespace {

class Checker
{
public:
    explicit Checker(const World &world) : m_world(world), m_references(world.objects.size(), 0) {}

    std::vector<std::string> run()
    {
        if (!shapesFit())
            return std::move(m_violations);
        references();
        if (m_world.gc.counts())
            counts();
        weakReferences();
        collectorLists();
        liveObjects();
        rawBlocks();
        if (m_world.spaces.active == SpaceId::None)
            residents();
        else
            spaces();
        tenants();
        for (std::string &violation : checkHeap(m_world.heap))
            require(false, violation);
        return std::move(m_violations);
    }

private:
    template <class Sentence>
    void require(bool holds, Sentence &&sentence)
    {
        constexpr std::size_t kMost = 100;
        if (holds || m_violations.size() >= kMost)
            return;
        if constexpr (std::is_invocable_v<Sentence>)
            m_violations.push_back(sentence());
        else
            m_violations.push_back(std::string(std::forward<Sentence>(sentence)));
    }

    std::string name(ObjectId id) const
    {
        std::string text = "object " + std::to_string(id.value);
        if (m_world.contains(id))
            text += std::string(" (") + kindName(m_world.object(id).kind) + ")";
        return text;
    }
    std::string slotName(ObjectId owner, std::size_t index) const
    {
        return "slot " + std::to_string(index) + " of " + name(owner);
    }

    // Everything below may then index without looking.
    bool shapesFit()
    {
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            const Object &o = m_world.objects[i];
            require(o.slotsLength <= o.slotsCapacity
                        && std::size_t(o.slotsBegin) + o.slotsCapacity <= m_world.slots.size(),
                    [&] { return name(ObjectId(i)) + " has slots outside the slots there are"; });
        }
        return m_violations.empty();
    }

    void references()
    {
        std::vector<std::uint8_t> taken(m_world.slots.size(), 0);
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            const ObjectId owner(i);
            const Object &o = m_world.objects[i];
            for (std::uint32_t s = 0; s < o.slotsCapacity; ++s) {
                require(!taken[o.slotsBegin + s], [&] { return slotName(owner, s) + " belongs to another object too"; });
                taken[o.slotsBegin + s] = 1;
            }
            if (!o.alive()) {
                require(o.slotsCapacity == 0, [&] { return name(owner) + " is dead and still has slots"; });
                continue;
            }
            const Slot *slots = m_world.slots.data() + o.slotsBegin;
            for (std::uint32_t s = 0; s < o.slotsCapacity; ++s) {
                const ObjectId target = slots[s].target;
                if (!target)
                    continue;
                require(s < o.slotsLength, [&] { return slotName(owner, s) + " is beyond its length and occupied"; });
                if (!m_world.contains(target)) {
                    require(false, [&] { return slotName(owner, s) + " refers to an object that was never born"; });
                    continue;
                }
                require(m_world.object(target).alive(),
                        [&] { return slotName(owner, s) + " refers to " + name(target) + ", which is dead"; });
                if (slots[s].label != kBorrowed)
                    ++m_references[target.value];
                if (o.kind == TypeKind::Generator && m_world.object(target).kind == TypeKind::Frame)
                    m_generatorOf.emplace(target.value, owner);
            }
            require(!o.type || (m_world.contains(o.type) && m_world.object(o.type).alive()),
                    [&] { return name(owner) + " has a class that is dead"; });
        }
        // A running call holds its frame; that of a generator is held by the generator.
        for (const Activation &activation : m_world.stack) {
            if (!m_world.contains(activation.frame) || !m_world.object(activation.frame).alive()) {
                require(false, [&] { return name(activation.frame) + " runs and is dead"; });
                continue;
            }
            if (!m_generatorOf.contains(activation.frame.value))
                ++m_references[activation.frame.value];
        }
    }

    bool isCounted(const Object &o) const
    {
        if (!o.alive() || o.has(ObjectFlag::Immortal))
            return false;
        return o.kind == TypeKind::Frame || !o.has(ObjectFlag::Static);
    }

    void counts()
    {
        // A call without a module below it runs for the interpreter itself (a finalizer at its end).
        const bool exact = m_world.stack.empty() || (m_world.stack.size() == 1 && m_world.stack[0].code == CodeId(0));
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            const Object &o = m_world.objects[i];
            if (!isCounted(o))
                continue;
            const bool holds = exact ? o.refcount == m_references[i] : o.refcount >= m_references[i];
            require(holds, [&] {
                return name(ObjectId(i)) + " has the reference count " + std::to_string(o.refcount) + ", but "
                    + std::to_string(m_references[i]) + (m_references[i] == 1 ? " reference" : " references");
            });
            // While a finalizer runs, whoever dies with it is at 0 already.
            require(o.refcount > 0 || !exact, [&] { return name(ObjectId(i)) + " is alive with the reference count 0"; });
        }
    }

    void weakReferences()
    {
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            const Object &o = m_world.objects[i];
            if (!o.alive())
                continue;
            if (o.weakrefs)
                require(m_world.contains(o.weakrefs) && m_world.object(o.weakrefs).alive(),
                        [&] { return name(ObjectId(i)) + " is known to a weak reference that is dead"; });
            if (o.kind != TypeKind::Weakref && o.kind != TypeKind::WeakProxy)
                continue;
            const ObjectId referent(static_cast<std::uint32_t>(o.value));
            if (!referent)
                continue;
            require(m_world.contains(referent) && m_world.object(referent).alive(),
                    [&] { return name(ObjectId(i)) + " refers weakly to " + name(referent) + ", which is dead"; });
            require(!m_world.contains(referent) || m_world.object(referent).weakrefs,
                    [&] { return name(ObjectId(i)) + " refers weakly to " + name(referent) + ", which has no list of weak references"; });
        }
    }

    static std::string listName(int list)
    {
        static constexpr const char *kNames[kGcLists] = {"none", "generation 0", "generation 1", "generation 2", "permanent",
                                                         "unreachable", "finalizers", "still unreachable", "reachable", "increment"};
        return std::string("the collector's list ") + kNames[list];
    }

    void collectorLists()
    {
        std::vector<std::uint8_t> listed(m_world.objects.size(), 0);
        for (int l = 0; l < kGcLists; ++l) {
            const GcList &list = m_world.gc.lists[static_cast<std::size_t>(l)];
            require(l != 0 || (!list.head && !list.tail && list.length == 0), "objects that are not tracked are in a list");
            ObjectId before;
            std::uint32_t length = 0;
            for (ObjectId id = list.head; id; before = id, id = m_world.object(id).gcNext) {
                if (!m_world.contains(id) || listed[id.value]) {
                    require(false, [&] { return name(id) + (m_world.contains(id) ? " is twice in" : " was never born and is in") + " the collector's lists"; });
                    break;
                }
                const Object &o = m_world.object(id);
                listed[id.value] = 1;
                ++length;
                require(o.alive(), [&] { return name(id) + " is dead and in " + listName(l); });
                require(o.has(ObjectFlag::GcObject), [&] { return name(id) + " has no GC head and is in " + listName(l); });
                require(static_cast<int>(o.gcList) == l, [&] { return name(id) + " is in " + listName(l) + " and says otherwise"; });
                require(o.gcPrev == before, [&] { return name(id) + " points back to the wrong neighbour in " + listName(l); });
            }
            require(list.tail == before, [&] { return listName(l) + " does not end with its tail"; });
            require(list.length == length, [&] {
                return listName(l) + " says that it holds " + std::to_string(list.length) + " objects and holds " + std::to_string(length);
            });
        }
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            const Object &o = m_world.objects[i];
            require(o.tracked() == bool(listed[i]), [&] { return name(ObjectId(i)) + " says that it is tracked, but is in no list"; });
            require(listed[i] || (!o.gcPrev && !o.gcNext), [&] { return name(ObjectId(i)) + " is in no list and has neighbours there"; });
        }
    }

    void liveObjects()
    {
        std::uint32_t live = 0, hidden = 0;
        for (const Object &o : m_world.objects)
            if (o.alive() && !o.has(ObjectFlag::Static))
                ++(o.has(ObjectFlag::Hidden) ? hidden : live);
        const auto same = [&](const char *what, std::uint32_t found, std::uint32_t counted) {
            require(found == counted, [&] {
                return std::to_string(found) + what + " objects are alive, but " + std::to_string(counted) + " are counted";
            });
        };
        same("", live, m_world.liveObjects);
        same(" hidden", hidden, m_world.hiddenObjects);
    }

    // ---- memory
    struct Dwelling { std::uint64_t start; std::uint64_t request; Tenant tenant; };   // an allocated block, in a pool or raw

    void rawBlocks()
    {
        const auto &raw = m_world.heap.rawBlocks;
        std::size_t steps = 0;
        for (RawBlockId id = m_world.heap.firstRawBlock; id && id.value < raw.size() && steps++ <= raw.size(); id = raw[id.value].next)
            if (!raw[id.value].free)
                m_raw.emplace(raw[id.value].address.value + 16, Dwelling{raw[id.value].address.value + 16, raw[id.value].request, raw[id.value].tenant});
    }

    std::optional<Dwelling> dwellingOf(Address address) const
    {
        const HeapState &heap = m_world.heap;
        if (const HeapState::Place place = heap.find(address); place.pool) {
            if (heap.blockState(place.pool, place.offset) != BlockState::Allocated)
                return {};
            const Block &block = heap.blocks[heap.blockIndex(place.pool, place.offset)];
            return Dwelling{(heap.poolAddress(place.pool) + place.offset).value, block.request, block.tenant};
        }
        auto found = m_raw.upper_bound(address.value);
        if (found == m_raw.begin())
            return {};
        --found;
        return address.value < found->second.start + found->second.request ? std::optional(found->second) : std::nullopt;
    }

    void residents()
    {
        // How far behind the start of its block an object's address lies: the same for all with the same headers.
        std::map<unsigned, std::uint64_t> headers;
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            const ObjectId id(i);
            const Object &o = m_world.objects[i];
            if (!o.alive())
                continue;
            if (!o.has(ObjectFlag::Static) && o.address) {
                const auto home = dwellingOf(o.address);
                require(home.has_value(), [&] { return name(id) + " is in no allocated block"; });
                if (home) {
                    require(home->tenant == Tenant(TenantKind::Object, i), [&] { return name(id) + " lives in a block of another tenant"; });
                    require(home->request == o.size, [&] {
                        return name(id) + " has " + std::to_string(o.size) + " bytes, its block was asked for with " + std::to_string(home->request);
                    });
                    const unsigned flags = (o.has(ObjectFlag::GcObject) ? 1u : 0u) | (o.has(ObjectFlag::PreHeader) ? 2u : 0u);
                    const std::uint64_t header = o.address.value - home->start;
                    const auto known = headers.try_emplace(flags, header).first;
                    require(known->second == header && (flags != 0) == (header != 0),
                            [&] { return name(id) + " begins " + std::to_string(header) + " bytes behind the start of its block"; });
                }
            }
            require(bool(o.buffer) == (o.bufferSize > 0), [&] { return name(id) + " has a second block without size, or a size without block"; });
            if (!o.buffer || o.has(ObjectFlag::Static))
                continue;
            const auto second = dwellingOf(o.buffer);
            require(second.has_value() && second->start == o.buffer.value, [&] { return "the second block of " + name(id) + " is no allocated block"; });
            if (!second)
                continue;
            const TenantKind kind = second->tenant.kind();
            require((kind == TenantKind::Items || kind == TenantKind::Keys || kind == TenantKind::Values) && second->tenant.number() == i,
                    [&] { return "the second block of " + name(id) + " has another tenant"; });
            require(second->request == o.bufferSize, [&] { return "the second block of " + name(id) + " was asked for with another size"; });
        }
    }

    // A manager that moves objects: each block lies in the used part of a space, no two overlap, nothing refers into a space that
    // is empty, and at rest there is neither mark nor scan pointer.
    void spaces()
    {
        const SpaceState &state = m_world.spaces;
        std::map<std::uint64_t, std::pair<std::uint64_t, ObjectId>> blocks;   // end and owner, by start
        const auto block = [&](ObjectId id, std::uint64_t start, std::uint64_t size, const char *what) {
            const SpaceId home = state.spaceOf(Address(start));
            const Space &space = state[home];
            require(home != SpaceId::None && start + size <= space.base.value + space.used,
                    [&] { return name(id) + " has " + what + " outside the used part of every space"; });
            require(blocks.try_emplace(start, start + size, id).second, [&] { return name(id) + " shares its place with another"; });
        };
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            const Object &o = m_world.objects[i];
            if (!o.alive() || o.has(ObjectFlag::Static))
                continue;
            require(o.mark() == GcMark::White || m_world.gc.collecting, [&] { return name(ObjectId(i)) + " has a mark while nothing is collected"; });
            if (o.address) {
                const std::uint32_t headers = (o.has(ObjectFlag::GcObject) ? state.gcHead : 0) + (o.has(ObjectFlag::PreHeader) ? state.preHeader : 0);
                block(ObjectId(i), o.address.value - headers, o.size, "memory");
            }
            require(bool(o.buffer) == (o.bufferSize > 0), [&] { return name(ObjectId(i)) + " has a second block without size, or a size without block"; });
            if (o.buffer)
                block(ObjectId(i), o.buffer.value, o.bufferSize, "a second block");
        }
        std::uint64_t end = 0;
        for (const auto &placed : blocks) {
            const std::uint64_t start = placed.first;
            const auto &taken = placed.second;
            require(start >= end, [&] { return name(taken.second) + " overlaps the block below it"; });
            end = taken.first;
        }
        std::vector<std::uint8_t> known(m_world.objects.size(), 0);
        for (const ObjectId id : state.remembered) {
            require(m_world.contains(id) && !known[id.value], [&] { return name(id) + " is remembered twice, or was never born"; });
            if (m_world.contains(id))
                known[id.value] = 1;
        }
        for (std::uint32_t i = 0; i < m_world.objects.size() && !m_world.gc.collecting; ++i) {
            const Object &o = m_world.objects[i];
            if (!o.alive() || o.has(ObjectFlag::Static) || !o.address || known[i] || state.spaceOf(o.address) == SpaceId::Nursery)
                continue;
            for (const Slot &slot : m_world.slotsOf(ObjectId(i)))
                require(!slot.target || state.spaceOf(m_world.object(slot.target).address) != SpaceId::Nursery,
                        [&] { return name(ObjectId(i)) + " is old, refers into the nursery and is not remembered"; });
        }
        require(m_world.gc.collecting || !state.scan, "there is a scan pointer while nothing is collected");
    }

    void tenant(const Dwelling &home)
    {
        const TenantKind kind = home.tenant.kind();
        if (kind != TenantKind::Object && kind != TenantKind::Items && kind != TenantKind::Keys && kind != TenantKind::Values)
            return;
        const ObjectId id = home.tenant.object();
        if (!m_world.contains(id)) {
            require(false, [&] { return "a block has a tenant that was never born: " + name(id); });
            return;
        }
        const Object &o = m_world.object(id);
        if (kind == TenantKind::Object) {
            require(o.alive() || o.has(ObjectFlag::FreeListed), [&] { return name(id) + " is dead, but its block is not free"; });
            require(o.address.value >= home.start && o.address.value < home.start + home.request,
                    [&] { return name(id) + " is the tenant of a block it does not live in"; });
        } else {
            require(o.alive() && o.buffer.value == home.start,
                    [&] { return name(id) + " is the owner of a second block it does not know"; });
        }
    }

    void tenants()
    {
        const HeapState &heap = m_world.heap;
        for (std::uint32_t p = 0; p < heap.pools.size(); ++p) {
            const Pool &pool = heap.pools[p];
            if (pool.sizeClass == kNoSizeClass || pool.blocksInUse == 0 || !heap.arenas[heap.arenaOf(PoolId(p)).value].address)
                continue;
            const std::uint32_t size = heap.blockSize(pool.sizeClass);
            const std::uint64_t start = heap.poolAddress(PoolId(p)).value;
            for (std::uint32_t offset = kPoolHeaderSize; offset <= pool.maxNextOffset; offset += size)
                if (heap.blockState(PoolId(p), offset) == BlockState::Allocated) {
                    const Block &block = heap.blocks[heap.blockIndex(PoolId(p), offset)];
                    tenant({start + offset, block.request, block.tenant});
                }
        }
        for (const auto &[address, home] : m_raw)
            tenant(home);
    }

    const World &m_world;
    std::vector<std::string> m_violations;
    std::vector<std::uint32_t> m_references;                        // by ObjectId: slots that count
    std::unordered_map<std::uint32_t, ObjectId> m_generatorOf;      // by the ObjectId of its frame
    std::map<std::uint64_t, Dwelling> m_raw;                        // allocated raw blocks, by address
};

} // namespace

std::vector<std::string> checkInvariants(const World &world)
{
    return Checker(world).run();
}

} // namespace pyrena
