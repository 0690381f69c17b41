#pragma once

#include "core/base/chunks.h"
#include "core/trace/change.h"

#include <cstdint>
#include <cstring>
#include <optional>
#include <type_traits>

namespace pyrena {

struct World;

namespace detail {
template <class C, class... All>
consteval std::size_t indexAmong(const std::variant<All...> *)
{
    std::size_t index = 0;
    static_cast<void>(((std::is_same_v<C, All> || (++index, false)) || ...));
    return index;
}
} // namespace detail

// Which alternative of Change C is.
template <class C>
inline constexpr std::uint8_t kChangeIndex = detail::indexAmong<C>(static_cast<const Change *>(nullptr));

// The changes of a recording, 16 bytes for most: a kind and up to 15 bytes of the change as it is. BlockTaken and SlotSet, longer
// but most of a recording, are packed into bit fields. What needs more leaves 8 bytes in its record and the rest in a second
// list, 32 bytes in all. Any change can be read on its own.
class ChangeLog
{
public:
    struct Record { std::uint64_t low, high; };   // the kind is the highest byte of high

    std::uint32_t size() const { return m_records.size(); }
    std::size_t bytes() const { return m_records.bytes() + m_rests.bytes(); }

    template <class C>
    void append(const C &change);
    void append(const Change &change)
    {
        std::visit([this](const auto &c) { append(c); }, change);
    }

    Change operator[](std::uint32_t index) const;
    template <class C>
    bool holds(std::uint32_t index) const { return (kindOf(record(index)) & ~kLong) == kChangeIndex<C>; }
    // The change when it is a C.
    template <class C>
    std::optional<C> as(std::uint32_t index) const
    {
        return holds<C>(index) ? std::optional<C>(decoded<C>(record(index))) : std::nullopt;
    }

    const Record &record(std::uint32_t index) const { return m_records[index]; }
    static std::uint8_t kindOf(const Record &record) { return static_cast<std::uint8_t>(record.high >> 56); }
    // Requires: the record is a C, in the short form or in the long one.
    template <class C>
    C decoded(const Record &record) const;

    static constexpr std::uint8_t kLong = 0x80;   // in the kind: part of it is in the second list

private:
    static constexpr std::uint32_t kChunk = 1u << 14;

    template <class C>
    static Record wordsOf(const C &change);
    template <class C>
    void appendLong(const C &change);

    template <class C>
    static constexpr bool kPacked = std::is_same_v<C, change::BlockTaken> || std::is_same_v<C, change::BlockFreed>
        || std::is_same_v<C, change::SlotSet> || std::is_same_v<C, change::SlotsMoved> || std::is_same_v<C, change::ValueSet>;
    static bool pack(const change::BlockTaken &change, Record &record);
    static bool pack(const change::BlockFreed &change, Record &record);
    static bool pack(const change::SlotSet &change, Record &record);
    static bool pack(const change::SlotsMoved &change, Record &record);
    static bool pack(const change::ValueSet &change, Record &record);
    static void unpack(const Record &record, change::BlockTaken &change);
    static void unpack(const Record &record, change::BlockFreed &change);
    static void unpack(const Record &record, change::SlotSet &change);
    static void unpack(const Record &record, change::SlotsMoved &change);
    static void unpack(const Record &record, change::ValueSet &change);

    Chunks<Record, kChunk> m_records, m_rests;
};

static_assert(std::variant_size_v<Change> < ChangeLog::kLong);

// Offsets in pools are multiples of 8 and below 16 KiB; a value that does not fit makes it a long record.
inline bool ChangeLog::pack(const change::BlockTaken &c, Record &record)
{
    const std::uint32_t carved = static_cast<std::uint32_t>(c.nextOffsetAfter) - c.nextOffsetBefore;
    const std::uint32_t odd = (c.offset | c.freeBlockAfter | c.nextOffsetBefore | carved) & 7u;
    if (odd != 0 || c.offset >= 1u << 14 || c.freeBlockAfter >= 1u << 14 || c.nextOffsetBefore >= 1u << 15 || carved >= 1u << 10
        || c.request >= 1u << 10)
        return false;
    record.low = c.pool.value | std::uint64_t(c.tenant.packed) << 32;
    record.high = std::uint64_t(c.offset) >> 3 | std::uint64_t(c.request) << 11 | std::uint64_t(c.freeBlockAfter >> 3) << 21
        | std::uint64_t(c.nextOffsetBefore >> 3) << 32 | std::uint64_t(carved >> 3) << 44;
    return true;
}

inline void ChangeLog::unpack(const Record &record, change::BlockTaken &c)
{
    const auto field = [&record](int from, int bits) {
        return static_cast<std::uint32_t>(record.high >> from & ((std::uint64_t(1) << bits) - 1));
    };
    const std::uint32_t next = field(32, 12) << 3;
    c.pool = PoolId(static_cast<std::uint32_t>(record.low));
    c.tenant.packed = static_cast<std::uint32_t>(record.low >> 32);
    c.offset = static_cast<std::uint16_t>(field(0, 11) << 3);
    c.request = static_cast<std::uint16_t>(field(11, 10));
    c.freeBlockAfter = static_cast<std::uint16_t>(field(21, 11) << 3);
    c.nextOffsetBefore = static_cast<std::uint16_t>(next);
    c.nextOffsetAfter = static_cast<std::uint16_t>(next + (field(44, 7) << 3));
}

// Fits always; packed because its two halves of a word are written one by one: see wordsOf().
inline bool ChangeLog::pack(const change::BlockFreed &c, Record &record)
{
    record.low = c.pool.value | std::uint64_t(c.offset) << 32 | std::uint64_t(c.freeBlockBefore) << 48;
    record.high = c.tenant.packed;
    return true;
}

inline void ChangeLog::unpack(const Record &record, change::BlockFreed &c)
{
    c.pool = PoolId(static_cast<std::uint32_t>(record.low));
    c.offset = static_cast<std::uint16_t>(record.low >> 32);
    c.freeBlockBefore = static_cast<std::uint16_t>(record.low >> 48);
    c.tenant.packed = static_cast<std::uint32_t>(record.high);
}

// Of what was there, what comes and its label, one is none nearly always: a push has no before, a pop no after, an item no label.
// The two others, the owner and 22 bits of the index fit.
inline bool ChangeLog::pack(const change::SlotSet &c, Record &record)
{
    constexpr std::uint32_t kIndexEnd = 1u << 22;
    if (c.index >= kIndexEnd) [[unlikely]]
        return false;
    std::uint32_t second, missing;
    if (!c.before)
        record.low = std::uint64_t(c.after.value) << 32, second = c.label.value, missing = 0;
    else if (!c.after)
        record.low = std::uint64_t(c.before.value) << 32, second = c.label.value, missing = 1;
    else if (!c.label)
        record.low = std::uint64_t(c.before.value) << 32, second = c.after.value, missing = 2;
    else
        return false;
    record.low |= c.owner.value;
    record.high = second | std::uint64_t(c.index) << 32 | std::uint64_t(missing) << 54;
    return true;
}

inline void ChangeLog::unpack(const Record &record, change::SlotSet &c)
{
    const auto first = static_cast<std::uint32_t>(record.low >> 32), second = static_cast<std::uint32_t>(record.high);
    const std::uint32_t missing = record.high >> 54 & 3;
    c.owner = ObjectId(static_cast<std::uint32_t>(record.low));
    c.index = static_cast<std::uint32_t>(record.high >> 32) & ((1u << 22) - 1);
    c.before = missing == 0 ? ObjectId() : ObjectId(first);
    c.after = missing == 0 ? ObjectId(first) : missing == 1 ? ObjectId() : ObjectId(second);
    c.label = missing == 2 ? TextId() : TextId(second);
}

// A region comes with an object or goes with it, mostly: there is none before, or none after.
inline bool ChangeLog::pack(const change::SlotsMoved &c, Record &record)
{
    const bool comes = (c.beginBefore | c.capacityBefore) == 0, goes = (c.beginAfter | c.capacityAfter) == 0;
    record.low = c.owner.value | std::uint64_t(comes ? c.beginAfter : c.beginBefore) << 32;
    record.high = (comes ? c.capacityAfter : c.capacityBefore) | std::uint64_t(!comes) << 32;
    return comes || goes;
}

inline void ChangeLog::unpack(const Record &record, change::SlotsMoved &c)
{
    const auto begin = static_cast<std::uint32_t>(record.low >> 32), capacity = static_cast<std::uint32_t>(record.high);
    c = {};
    c.owner = ObjectId(static_cast<std::uint32_t>(record.low));
    const bool goes = (record.high >> 32 & 1) != 0;
    (goes ? c.beginBefore : c.beginAfter) = begin;
    (goes ? c.capacityBefore : c.capacityAfter) = capacity;
}

// The first value of an object: 0 before.
inline bool ChangeLog::pack(const change::ValueSet &c, Record &record)
{
    record.low = c.object.value | c.after << 32;
    record.high = c.after >> 32;
    return c.before == 0;
}

inline void ChangeLog::unpack(const Record &record, change::ValueSet &c)
{
    c.object = ObjectId(static_cast<std::uint32_t>(record.low));
    c.before = 0;
    c.after = record.low >> 32 | record.high << 32;   // the kind is shifted out
}

// A change lies on the stack in pieces of 4 bytes just written. Reading it in larger ones makes the processor wait until they have
// all arrived in its cache, a fourth of a recording's time; so it is read as it was written.
template <class C>
ChangeLog::Record ChangeLog::wordsOf(const C &change)
{
    Record record{0, 0};
    if constexpr (alignof(C) == 4 && sizeof(C) % 4 == 0) {
        std::uint32_t words[4] = {};
        for (std::size_t i = 0; i < sizeof(C) / 4; ++i)
            std::memcpy(&words[i], reinterpret_cast<const unsigned char *>(&change) + 4 * i, 4);
        record.low = words[0] | std::uint64_t(words[1]) << 32;
        record.high = words[2];
    } else {
        std::memcpy(&record, &change, sizeof(C));
        record.high &= ~(std::uint64_t(0xff) << 56);
    }
    return record;
}

template <class C>
void ChangeLog::append(const C &change)
{
    static_assert(std::is_trivially_copyable_v<C> && sizeof(C) <= 24);
    // By way of a copy: what a function of its own is given must lie in memory, and then the compiler keeps it there on the common
    // way, too, instead of in registers.
    const auto appendCopy = [this, &change] {
        if constexpr (kPacked<C> || sizeof(C) >= 16) {   // the others fit
            const C copy = change;
            appendLong(copy);
        }
    };
    constexpr std::uint64_t kKind = std::uint64_t(kChangeIndex<C>) << 56;
    if constexpr (kPacked<C>) {
        Record record;
        if (!pack(change, record)) [[unlikely]]
            return appendCopy();
        record.high |= kKind;
        m_records.push_back(record);
    } else if constexpr (sizeof(C) < 16) {
        Record record = wordsOf(change);
        record.high |= kKind;
        m_records.push_back(record);
    } else {
        appendCopy();
    }
}

template <class C>
[[gnu::noinline]] void ChangeLog::appendLong(const C &change)
{
    Record record{0, m_rests.size() | std::uint64_t(kLong | kChangeIndex<C>) << 56}, rest{0, 0};
    std::memcpy(&record.low, &change, 8);
    std::memcpy(&rest, reinterpret_cast<const unsigned char *>(&change) + 8, sizeof(C) - 8);
    m_rests.push_back(rest);
    m_records.push_back(record);
}

template <class C>
C ChangeLog::decoded(const Record &record) const
{
    C change;
    if constexpr (kPacked<C>) {
        if ((kindOf(record) & kLong) == 0) [[likely]] {
            unpack(record, change);
            return change;
        }
    }
    auto *const to = reinterpret_cast<unsigned char *>(&change);
    if constexpr (sizeof(C) < 16 && !kPacked<C>) {
        std::memcpy(to, &record, sizeof(C));
    } else {
        const auto at = static_cast<std::uint32_t>(record.high);
        std::memcpy(to, &record.low, 8);
        std::memcpy(to + 8, &m_rests[at], sizeof(C) - 8);
    }
    return change;
}

} // namespace pyrena
