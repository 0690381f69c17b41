#include "core/objects/sets.h"

namespace pyrena {

namespace {

constexpr std::uint32_t kMinSize = 8;          // entries inside the object itself (PySet_MINSIZE)
constexpr std::uint32_t kLinearProbes = 9;     // neighbours looked at before the next jump
constexpr std::uint32_t kPerturbShift = 5;
constexpr std::uint32_t kEntryBytes = 16;

} // namespace

Ref Sets::newSet(TypeKind kind, std::span<const ObjectId> items)
{
    Ref set = m_heap.create({.kind = kind, .typeName = kindName(kind), .size = m_heap.profile().layout.setSize, .gc = true,
                             .slots = kMinSize});
    adopt(set);
    m_heap.track(set);
    for (const ObjectId item : items)
        add(set, item);
    return set;
}

void Sets::untrackIfAtoms(ObjectId frozenSet)
{
    if (m_heap.profile().objects.atomFrozenSetsTracked)
        return;
    for (const Slot &slot : m_heap.items(frozenSet))
        if (slot.target && mayBeTracked(m_heap.world(), slot.target))
            return;
    m_heap.untrack(frozenSet);
}

void Sets::adopt(ObjectId set)
{
    auto native = std::make_unique<SetNative>();
    native->hashes.resize(kMinSize);
    native->deleted.resize(kMinSize);
    m_heap.setNative(set, std::move(native));
    m_heap.reserveSlots(set, kMinSize);
    m_heap.setLength(set, kMinSize);
}

std::optional<std::uint32_t> Sets::find(ObjectId set, ObjectId item, std::int64_t hash)
{
    const SetNative &s = state(set);
    const std::uint64_t version = s.version;
    std::uint64_t perturb = static_cast<std::uint64_t>(hash);
    std::uint32_t i = static_cast<std::uint32_t>(perturb) & s.mask;
    for (;;) {
        const std::uint32_t probes = i + kLinearProbes <= s.mask ? kLinearProbes : 0;
        for (std::uint32_t place = i; place <= i + probes; ++place) {
            const ObjectId entry = m_heap.item(set, place);
            if (!entry) {
                if (!s.deleted[place])
                    return {};
                continue;
            }
            if (s.hashes[place] != hash)
                continue;
            if (entry == item)
                return place;
            const Object &a = m_heap.object(entry), &b = m_heap.object(item);
            const bool same = a.kind == TypeKind::Str && b.kind == TypeKind::Str && !a.type && !b.type ? a.value == b.value : m_equality.keysEqual(entry, item);
            if (state(set).version != version)
                return find(set, item, hash);   // __eq__ changed the set: start over
            if (same)
                return place;
        }
        perturb >>= kPerturbShift;
        i = static_cast<std::uint32_t>(i * 5 + 1 + perturb) & s.mask;
    }
}

void Sets::insertClean(ObjectId set, ObjectId item, std::int64_t hash)
{
    SetNative &s = state(set);
    std::uint64_t perturb = static_cast<std::uint64_t>(hash);
    std::uint32_t i = static_cast<std::uint32_t>(perturb) & s.mask;
    for (;;) {
        const std::uint32_t probes = i + kLinearProbes <= s.mask ? kLinearProbes : 0;
        for (std::uint32_t place = i; place <= i + probes; ++place) {
            if (!m_heap.item(set, place) && !s.deleted[place]) {
                s.hashes[place] = hash;
                m_heap.setSlot(set, place, item);
                return;
            }
        }
        perturb >>= kPerturbShift;
        i = static_cast<std::uint32_t>(i * 5 + 1 + perturb) & s.mask;
    }
}

void Sets::resize(ObjectId set, std::uint32_t minUsed)
{
    SetNative &s = state(set);
    std::uint32_t size = kMinSize;
    while (size <= minUsed)
        size <<= 1;
    std::vector<std::pair<ObjectId, std::int64_t>> old;
    for (std::uint32_t place = 0; place <= s.mask; ++place) {
        if (const ObjectId entry = m_heap.item(set, place)) {
            old.emplace_back(entry, s.hashes[place]);
            m_heap.setSlot(set, place, ObjectId());
        }
    }
    s.mask = size - 1;
    s.fill = s.used;
    s.hashes.assign(size, 0);
    s.deleted.assign(size, false);
    m_heap.replaceBuffer(set, size == kMinSize ? 0 : size * kEntryBytes, TenantKind::Keys);
    m_heap.reserveSlots(set, size);
    m_heap.setLength(set, size);
    for (const auto &[entry, hash] : old)
        insertClean(set, entry, hash);
}

bool Sets::add(ObjectId set, ObjectId item) { return addHashed(set, item, m_hash(item)); }

bool Sets::addHashed(ObjectId set, ObjectId item, std::int64_t hash)
{
    if (find(set, item, hash))
        return false;
    m_heap.incref(item);
    insertClean(set, item, hash);
    SetNative &s = state(set);
    ++s.used;
    ++s.fill;
    ++s.version;
    // Grows at three fifths full (3.7+); 3.6 grew at two thirds.
    const bool full = m_heap.profile().minor >= 7 ? s.fill * 5 >= s.mask * 3 : s.fill * 3 >= s.mask * 2;
    if (full)
        resize(set, grown(s.used));
    return true;
}

bool Sets::contains(ObjectId set, ObjectId item)
{
    return find(set, item, m_hash(item)).has_value();
}

std::vector<std::pair<ObjectId, std::int64_t>> Sets::entries(ObjectId set) const
{
    std::vector<std::pair<ObjectId, std::int64_t>> found;
    const SetNative &s = state(set);
    for (std::uint32_t place = 0; place <= s.mask; ++place)
        if (const ObjectId entry = m_heap.item(set, place))
            found.emplace_back(entry, s.hashes[place]);
    return found;
}

void Sets::makeRoomFor(ObjectId set, std::uint32_t more)
{
    const SetNative &s = state(set);
    if ((s.fill + more) * 5 >= s.mask * 3)
        resize(set, (s.used + more) * 2);
}

void Sets::merge(ObjectId set, ObjectId other)
{
    if (set == other || length(other) == 0)
        return;
    makeRoomFor(set, length(other));
    const auto incoming = entries(other);
    SetNative &s = state(set);
    if (s.fill > 0) {
        for (const auto &[entry, hash] : incoming)
            addHashed(set, entry, hash);
        return;
    }
    for (const auto &[entry, hash] : incoming) {
        m_heap.incref(entry);
        insertClean(set, entry, hash);
    }
    s.used = s.fill = static_cast<std::uint32_t>(incoming.size());
    ++s.version;
}

Ref Sets::copy(TypeKind kind, ObjectId set)
{
    Ref made = newSet(kind);
    merge(made, set);
    return made;
}

// Goes over the smaller one.
Ref Sets::intersection(TypeKind kind, ObjectId a, ObjectId b)
{
    Ref made = newSet(kind);
    if (length(b) > length(a))
        std::swap(a, b);
    for (const auto &[entry, hash] : entries(b))
        if (find(a, entry, hash))
            addHashed(made, entry, hash);
    return made;
}

Ref Sets::difference(TypeKind kind, ObjectId a, ObjectId b)
{
    if ((length(a) >> 2) > length(b)) {
        Ref made = copy(kind, a);
        subtract(made, b);
        return made;
    }
    Ref made = newSet(kind);
    for (const auto &[entry, hash] : entries(a))
        if (!find(b, entry, hash))
            addHashed(made, entry, hash);
    return made;
}

void Sets::subtract(ObjectId set, ObjectId other)
{
    if (set == other) {
        clear(set);
        return;
    }
    for (const auto &[entry, hash] : entries(other))
        removeHashed(set, entry, hash);
    const SetNative &s = state(set);
    if (s.fill - s.used > s.mask / 4)
        resize(set, grown(s.used));
}

void Sets::exclusive(ObjectId set, ObjectId other)
{
    if (set == other) {
        clear(set);
        return;
    }
    for (const auto &[entry, hash] : entries(other))
        if (!removeHashed(set, entry, hash))
            addHashed(set, entry, hash);
}

bool Sets::remove(ObjectId set, ObjectId item) { return removeHashed(set, item, m_hash(item)); }

bool Sets::removeHashed(ObjectId set, ObjectId item, std::int64_t hash)
{
    const auto place = find(set, item, hash);
    if (!place)
        return false;
    SetNative &s = state(set);
    s.deleted[*place] = true;
    --s.used;
    ++s.version;
    m_heap.clearSlot(set, *place);
    return true;
}

Ref Sets::pop(ObjectId set)
{
    SetNative &s = state(set);
    for (std::uint32_t i = 0; i <= s.mask; ++i) {
        const std::uint32_t place = (s.finger + i) & s.mask;
        if (const ObjectId entry = m_heap.item(set, place)) {
            s.deleted[place] = true;
            s.finger = place + 1;
            --s.used;
            ++s.version;
            m_heap.setSlot(set, place, ObjectId());
            return Ref(m_heap, entry);
        }
    }
    return {};
}

void Sets::clear(ObjectId set)
{
    SetNative &s = state(set);
    const std::vector<ObjectId> old = items(set);
    for (std::uint32_t place = 0; place <= s.mask; ++place)
        if (m_heap.item(set, place))
            m_heap.setSlot(set, place, ObjectId());
    s.mask = kMinSize - 1;
    s.fill = s.used = 0;
    ++s.version;
    s.hashes.assign(kMinSize, 0);
    s.deleted.assign(kMinSize, false);
    m_heap.setLength(set, kMinSize);
    m_heap.setBuffer(set, 0, TenantKind::Keys);
    for (const ObjectId entry : old)
        m_heap.decref(entry);
}

std::vector<ObjectId> Sets::items(ObjectId set) const
{
    std::vector<ObjectId> found;
    for (const Slot &slot : m_heap.items(set))
        if (slot.target)
            found.push_back(slot.target);
    return found;
}

} // namespace pyrena
