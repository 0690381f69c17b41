#include "core/objects/dicts.h"

#include "core/base/verify.h"
#include "core/python/text/pyhash.h"

#include <algorithm>
#include <bit>

namespace pyrena {

namespace {

constexpr std::uint32_t kMinLog2Size = 3;

std::uint32_t usableEntries(std::uint32_t log2Size)
{
    return static_cast<std::uint32_t>((std::uint64_t(2) << log2Size) / 3);
}

// From 3.10 to 3.13.0 a request for fewer than eight slots gives sixteen (run: dict(d) of one to four entries is larger than of five).
std::uint32_t log2SizeFor(std::uint32_t slots, bool roomy)
{
    if (roomy)
        return static_cast<std::uint32_t>(std::bit_width(((slots | 8u) - 1) | 7u));
    return std::max(kMinLog2Size, static_cast<std::uint32_t>(std::bit_width(std::max(slots, 1u) - 1)));
}

} // namespace

bool mayBeTracked(const World &world, ObjectId id)
{
    const Object &o = world.object(id);
    if (!o.has(ObjectFlag::GcObject))
        return o.kind == TypeKind::BuiltinFunction;   // len and the like are containers, though part of the image here
    return o.kind != TypeKind::Tuple || o.tracked();
}

std::uint32_t Dicts::bytesFor(std::uint32_t log2Size, bool unicodeOnly) const
{
    const LayoutProfile &l = m_heap.profile().layout;
    const std::uint32_t slots = 1u << log2Size;
    const std::uint32_t indexBytes = log2Size < 8 ? 1 : log2Size < 16 ? 2 : 4;
    return l.keysHeader + slots * indexBytes + usableEntries(log2Size) * (unicodeOnly ? l.keysUnicodeEntry : l.keysEntry);
}

Ref Dicts::make(std::uint16_t flags, bool fresh)
{
    const PythonProfile &p = m_heap.profile();
    Ref made = m_heap.create({.kind = TypeKind::Dict, .typeName = "dict", .size = p.layout.dictSize, .gc = true, .flags = flags, .fresh = fresh});
    m_heap.setNative(made, std::make_unique<DictNative>());
    if (!p.objects.trackDictsLazily)
        m_heap.track(made);
    return made;
}

Ref Dicts::newDict(std::uint16_t flags)
{
    Ref made = make(flags, false);
    if (m_heap.profile().layout.emptyDictHasKeys)
        makeKeys(made, kMinLog2Size, true);
    return made;
}

Ref Dicts::construct()
{
    Ref made = make(0, true);
    if (m_heap.profile().layout.constructedDictHasKeys)
        makeKeys(made, kMinLog2Size, true);
    return made;
}

void Dicts::adopt(ObjectId dict)
{
    m_heap.setNative(dict, std::make_unique<DictNative>());
    if (m_heap.profile().layout.constructedDictHasKeys)
        makeKeys(dict, kMinLog2Size, true);
}

Ref Dicts::newSplit(std::shared_ptr<SharedKeys> keys, bool withValues)
{
    // new_values comes first, then the header; the array is handed to the dict once that is born.
    const bool plainArray = m_heap.profile().objects.instances == InstanceShape::DictHeader;
    const std::uint32_t bytes = !withValues ? 0 : plainArray ? 8 * usableEntries(keys->log2Size)
                                                             : (keys->room() + 2 + 7) / 8 * 8 + 8 * keys->room();
    // A manager that moves objects may collect when the header is born: then nobody would own the array.
    const bool arrayFirst = !m_heap.spaces();
    const Address values = bytes > 0 && arrayFirst ? m_heap.takeBlock(bytes, Tenant(TenantKind::Values, 0)) : Address();
    Ref made = make(0, false);
    if (bytes > 0 && !arrayFirst)
        m_heap.replaceBuffer(made, bytes, TenantKind::Values);
    else if (bytes > 0) {
        m_heap.setTenant(values, Tenant(TenantKind::Values, made.id().value));
        m_heap.recorder().commit(change::BufferSet{made, 0, bytes, values.value});
    }
    DictNative &d = state(made);
    d.log2Size = keys->log2Size;
    d.shared = std::move(keys);
    return made;
}

std::shared_ptr<SharedKeys> Dicts::shareKeys(ObjectId dict)
{
    DictNative &d = state(dict);
    if (!d.unicodeOnly || d.entries != d.used)
        return {};
    auto keys = std::make_shared<SharedKeys>();
    keys->log2Size = d.log2Size;
    keys->usable = d.usable;
    for (std::uint32_t e = 0; e < d.entries; ++e)
        keys->names.push_back(TextId(static_cast<std::uint32_t>(m_heap.object(keyAt(dict, e)).value)));
    d.shared = keys;
    // Its keys block is the class's now; only the values array is the dict's.
    m_heap.replaceBuffer(dict, 8 * usableEntries(d.log2Size), TenantKind::Values);
    return keys;
}

void Dicts::detachValues(ObjectId dict)
{
    DictNative &d = state(dict);
    if (!d.embedded)
        return;
    d.embedded = false;
    const std::uint32_t room = d.shared ? d.shared->room() : 0;
    if (room > 0)
        m_heap.replaceBuffer(dict, (room + 2 + 7) / 8 * 8 + 8 * room, TenantKind::Values);
}

std::uint32_t Dicts::keysBytes(ObjectId dict) const
{
    const DictNative &d = state(dict);
    if (!d.shared)
        return m_heap.object(dict).bufferSize;
    if (m_heap.profile().objects.instances != InstanceShape::DictHeader)
        return 8 * d.shared->room();
    // Keys that only this dict still refers to count as its own.
    return 8 * usableEntries(d.log2Size) + (d.shared.use_count() == 1 ? bytesFor(d.log2Size, true) : 0);
}

// ESTIMATE_SIZE
std::uint32_t Dicts::estimatedLog2Size(std::uint32_t entries) const
{
    return log2SizeFor((entries * 3 + 1) / 2, m_heap.profile().objects.roomyTables);
}

void Dicts::presize(ObjectId dict, std::uint32_t entries, bool unicodeOnly)
{
    resize(dict, estimatedLog2Size(entries), unicodeOnly);
}

void Dicts::prepareMerge(ObjectId dict, ObjectId other)
{
    const DictNative &d = state(dict), &o = state(other);
    if (o.used == 0 || dict == other)
        return;
    const bool full = !o.shared && o.used == o.entries && (o.log2Size == kMinLog2Size || usableEntries(o.log2Size - 1) < o.used);
    if (m_heap.profile().minor >= 10 && d.used == 0 && d.entries == 0 && full)
        makeKeys(dict, o.log2Size, o.unicodeOnly);
    else if ((d.log2Size > 0 ? usableEntries(d.log2Size) : 0) < o.used)
        resize(dict, estimatedLog2Size(d.used + o.used), d.unicodeOnly && o.unicodeOnly);
}

Ref Dicts::newPresized(std::uint32_t entries)
{
    Ref made = newDict();
    if (entries > usableEntries(kMinLog2Size))
        makeKeys(made, estimatedLog2Size(entries), true);
    return made;
}

void Dicts::makeKeys(ObjectId dict, std::uint32_t log2Size, bool unicodeOnly)
{
    DictNative &d = state(dict);
    d.shared.reset();
    d.embedded = false;
    d.log2Size = log2Size;
    d.unicodeOnly = unicodeOnly;
    d.usable = usableEntries(log2Size) - d.entries;
    if (!m_heap.object(dict).has(ObjectFlag::Static))
        m_heap.replaceBuffer(dict, bytesFor(log2Size, unicodeOnly), TenantKind::Keys);
    m_heap.reserveSlots(dict, 2 * usableEntries(log2Size));
}

void Dicts::grow(ObjectId dict, bool unicodeOnly)
{
    DictNative &d = state(dict);
    // GROWTH_RATE: used * 3 since 3.7; used * 2 + half the slots in 3.6.
    const std::uint32_t wanted = m_heap.profile().minor >= 7 ? d.used * 3 : d.used * 2 + (d.log2Size > 0 ? (1u << d.log2Size) / 2 : 0);
    resize(dict, log2SizeFor(m_heap.profile().minor >= 7 ? wanted : wanted + 1, m_heap.profile().objects.roomyTables), unicodeOnly);
}

void Dicts::resize(ObjectId dict, std::uint32_t log2Size, bool unicodeOnly)
{
    DictNative &d = state(dict);
    const auto step = m_heap.recorder().step(StepKind::DictResize, dict, {}, static_cast<std::int32_t>(1u << log2Size));
    // Deleted entries are squeezed out.
    std::uint32_t to = 0;
    for (std::uint32_t from = 0; from < d.entries; ++from) {
        if (!keyAt(dict, from))
            continue;
        if (from != to) {
            const ObjectId key = keyAt(dict, from), value = valueAt(dict, from);
            m_heap.setSlot(dict, 2 * from, ObjectId());
            m_heap.setSlot(dict, 2 * from + 1, ObjectId());
            m_heap.setSlot(dict, 2 * to, key);
            m_heap.setSlot(dict, 2 * to + 1, value);
            d.hashes[to] = d.hashes[from];
        }
        ++to;
    }
    if (to != d.entries) {
        d.entries = to;
        d.hashes.resize(to);
        d.index.clear();
        for (std::uint32_t e = 0; e < to; ++e)
            d.index.insert(d.hashes[e], e);
        m_heap.setLength(dict, 2 * to);
        ++d.version;   // whoever knows entries by their number has to look again
    }
    makeKeys(dict, log2Size, unicodeOnly);
}

std::int64_t Dicts::hashOfText(TextId text)
{
    constexpr std::int64_t kUnknown = -1;   // never a hash in CPython
    if (m_textHashes.size() <= text.value)
        m_textHashes.resize(std::max<std::size_t>(text.value + 1, m_textHashes.size() * 2), kUnknown);
    std::int64_t &hash = m_textHashes[text.value];
    if (hash == kUnknown)
        hash = text::hashText(m_heap.recorder().texts().text(text));
    return hash;
}

std::optional<std::uint32_t> Dicts::find(ObjectId dict, ObjectId key, std::int64_t hash)
{
    const DictNative &d = state(dict);
    const Object &k = m_heap.object(key);
    const std::uint64_t version = d.version;
    for (std::uint32_t cell = d.index.first(hash); cell != HashIndex::kEnd; cell = d.index.next(cell, hash)) {
        const std::uint32_t entry = d.index.entry(cell);
        const ObjectId candidate = keyAt(dict, entry);
        if (candidate == key)
            return entry;
        const Object &c = m_heap.object(candidate);
        if (c.kind == TypeKind::Str && k.kind == TypeKind::Str && !c.type && !k.type) {
            if (c.value == k.value)
                return entry;
            continue;
        }
        if (m_equality.keysEqual(candidate, key))
            return state(dict).version == version ? std::optional(entry) : find(dict, key, hash);
        if (state(dict).version != version)   // __eq__ changed the dict: start over, as CPython does
            return find(dict, key, hash);
    }
    return {};
}

std::optional<std::uint32_t> Dicts::findText(ObjectId dict, TextId key)
{
    const HashIndex &index = state(dict).index;
    const std::int64_t hash = hashOfText(key);
    for (std::uint32_t cell = index.first(hash); cell != HashIndex::kEnd; cell = index.next(cell, hash)) {
        const Object &c = m_heap.object(keyAt(dict, index.entry(cell)));
        if (c.kind == TypeKind::Str && c.value == key.value)
            return index.entry(cell);
    }
    return {};
}

ObjectId Dicts::get(ObjectId dict, ObjectId key, std::int64_t hash)
{
    const auto entry = find(dict, key, hash);
    return entry ? valueAt(dict, *entry) : ObjectId();
}

ObjectId Dicts::getText(ObjectId dict, TextId key)
{
    const auto entry = findText(dict, key);
    return entry ? valueAt(dict, *entry) : ObjectId();
}

void Dicts::set(ObjectId dict, ObjectId key, std::int64_t hash, Ref value)
{
    if (!m_heap.object(dict).tracked() && (mayBeTracked(m_heap.world(), key) || mayBeTracked(m_heap.world(), value)))
        m_heap.track(dict);
    if (const auto entry = find(dict, key, hash))
        m_heap.replaceSlot(dict, 2 * *entry + 1, std::move(value));
    else
        insert(dict, key, hash, std::move(value));
}

void Dicts::replaceValue(ObjectId dict, std::uint32_t entry, Ref value)
{
    if (!m_heap.object(dict).tracked() && mayBeTracked(m_heap.world(), value))
        m_heap.track(dict);
    m_heap.replaceSlot(dict, 2 * entry + 1, std::move(value));
}

// Whether a split dict can take one more key: the class knows it at that place, or has room for it.
bool Dicts::staysSplit(ObjectId dict, ObjectId key)
{
    DictNative &d = state(dict);
    SharedKeys &keys = *d.shared;
    if (m_heap.kind(key) != TypeKind::Str || m_heap.object(key).type)
        return false;
    const TextId name(static_cast<std::uint32_t>(m_heap.object(key).value));
    const auto at = static_cast<std::size_t>(std::find(keys.names.begin(), keys.names.end(), name) - keys.names.begin());
    // Up to 3.10 attributes must come in the order of the class.
    const bool ordered = m_heap.profile().objects.instances == InstanceShape::DictHeader;
    if (at < keys.names.size())
        return !ordered || at == d.used;
    if (keys.usable == 0 || (ordered && d.used != keys.names.size()))
        return false;
    keys.names.push_back(name);
    --keys.usable;
    return true;
}

void Dicts::insert(ObjectId dict, ObjectId key, std::int64_t hash, Ref value)
{
    DictNative &d = state(dict);
    const bool unicode = d.unicodeOnly && m_heap.kind(key) == TypeKind::Str && !m_heap.object(key).type;
    const LayoutProfile &l = m_heap.profile().layout;
    if (d.shared) {
        if (!staysSplit(dict, key))
            grow(dict, unicode);
    } else if (d.log2Size == 0)
        makeKeys(dict, kMinLog2Size, unicode);
    else if (d.usable == 0 || (d.unicodeOnly && !unicode && l.keysUnicodeEntry != l.keysEntry))
        grow(dict, unicode);   // full, or a str-only table becomes a general one
    else
        d.unicodeOnly = unicode;

    m_heap.incref(key);
    const std::uint32_t entry = d.entries++;
    m_heap.reserveSlots(dict, 2 * d.entries);
    m_heap.setLength(dict, 2 * d.entries);
    m_heap.setSlot(dict, 2 * entry, key);
    m_heap.setSlot(dict, 2 * entry + 1, value.release());
    d.hashes.push_back(hash);
    d.index.insert(hash, entry);
    ++d.used;
    if (!d.shared)
        --d.usable;
    ++d.version;
}

void Dicts::setInterned(ObjectId dict, ObjectId strKey, Ref value)
{
    set(dict, strKey, hashOfText(TextId(static_cast<std::uint32_t>(m_heap.object(strKey).value))), std::move(value));
}

void Dicts::setText(ObjectId dict, std::string_view key, Ref value)
{
    const Ref name = m_heap.newInternedStr(key);
    setInterned(dict, name, std::move(value));
}

void Dicts::setStatic(ObjectId dict, std::string_view key, Ref value)
{
    const Ref name = m_heap.newInternedStr(key, true);
    setInterned(dict, name, std::move(value));
}

void Dicts::removeEntry(ObjectId dict, std::uint32_t entry)
{
    DictNative &d = state(dict);
    d.index.erase(d.hashes[entry], entry);
    --d.used;
    ++d.version;
}

bool Dicts::remove(ObjectId dict, ObjectId key, std::int64_t hash)
{
    const auto entry = find(dict, key, hash);
    if (!entry)
        return false;
    take(dict, *entry).reset();
    return true;
}

bool Dicts::removeText(ObjectId dict, std::string_view key)
{
    const auto entry = findText(dict, m_heap.text(key));
    if (!entry)
        return false;
    take(dict, *entry).reset();
    return true;
}

Ref Dicts::take(ObjectId dict, std::uint32_t entry)
{
    // Up to 3.10 a dict that loses a key has keys of its own from then on.
    if (state(dict).shared && m_heap.profile().objects.instances == InstanceShape::DictHeader)
        makeKeys(dict, state(dict).log2Size, true);
    removeEntry(dict, entry);
    const ObjectId key = keyAt(dict, entry);
    Ref value(m_heap, valueAt(dict, entry));
    m_heap.setSlot(dict, 2 * entry, ObjectId());
    m_heap.setSlot(dict, 2 * entry + 1, ObjectId());
    m_heap.decref(key);
    return value;
}

void Dicts::clear(ObjectId dict)
{
    m_heap.clearDict(dict);
}

Ref Dicts::copy(ObjectId dict)
{
    const DictNative &d = state(dict);
    // What a table that is copied as it is refers to is counted before the new dict is born: a collection that the birth starts
    // meets it with these references.
    std::vector<Ref> counted;
    if (!d.shared && m_heap.collectsAtNextBirth())
        for (std::uint32_t e = 0; e < entryCount(dict); ++e)
            if (keyAt(dict, e))
                counted.push_back(m_heap.own(valueAt(dict, e)));
    // The copy of a split dict shares its keys, too.
    Ref made = d.shared && d.used > 0 ? newSplit(d.shared, true) : newDict();
    if (d.used == 0)
        return made;
    // A table without many holes is copied as it is (clone_combined_dict_keys); otherwise entries are inserted anew.
    const bool cloned = !d.shared && d.used >= (d.entries * 2) / 3;
    if (cloned)
        makeKeys(made, d.log2Size, d.unicodeOnly);
    else if (!d.shared)
        prepareMerge(made, dict);
    for (std::uint32_t e = 0; e < entryCount(dict); ++e)
        if (const ObjectId key = keyAt(dict, e))
            set(made, key, hashAt(dict, e), m_heap.own(valueAt(dict, e)));
    if (cloned)
        state(made).usable -= d.entries - d.used;   // the holes come along
    return made;
}

} // namespace pyrena
