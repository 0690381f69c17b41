// What the log gives back is what was put in, for every kind of change and for values that do not fit the short form.
#include "core/trace/changelog.h"

#include <doctest/doctest.h>

#include <cstring>
#include <random>

using namespace pyrena;

namespace {

// A change of the kind, of random bytes: whatever a change may hold comes back.
template <class C>
C randomChange(std::mt19937 &random)
{
    C change;
    auto *const bytes = reinterpret_cast<unsigned char *>(&change);
    for (std::size_t i = 0; i < sizeof(C); ++i)
        bytes[i] = static_cast<unsigned char>(random());
    if constexpr (std::is_same_v<C, change::PoolTaken>)
        change.carved = random() % 2 == 0;   // a bool is 0 or 1
    if constexpr (std::is_same_v<C, change::ObjectDied>)
        change.freeListed = random() % 2 == 0;
    if constexpr (std::is_same_v<C, change::GcModeSet>)
        change.enabled = change.collecting = random() % 2 == 0;
    return change;
}

// Padding is not kept.
template <class C>
bool sameBytes(C a, C b)
{
#if defined(__has_builtin) && __has_builtin(__builtin_clear_padding)
    __builtin_clear_padding(&a);
    __builtin_clear_padding(&b);
#endif
    return std::memcmp(static_cast<const void *>(&a), static_cast<const void *>(&b), sizeof(C)) == 0;
}

template <std::size_t kIndex = 0>
void everyKind(std::mt19937 &random)
{
    if constexpr (kIndex < std::variant_size_v<Change>) {
        using C = std::variant_alternative_t<kIndex, Change>;
        CAPTURE(kIndex);
        ChangeLog log;
        std::vector<C> put;
        for (int i = 0; i < 100; ++i) {
            put.push_back(randomChange<C>(random));
            log.append(put.back());
        }
        REQUIRE(log.size() == 100);
        for (std::uint32_t i = 0; i < 100; ++i) {
            CHECK(log.holds<C>(i));
            REQUIRE(log.as<C>(i).has_value());
            CHECK(sameBytes(*log.as<C>(i), put[i]));
            REQUIRE(std::holds_alternative<C>(log[i]));
            CHECK(sameBytes(std::get<C>(log[i]), put[i]));
        }
        everyKind<kIndex + 1>(random);
    }
}

bool operator==(const change::BlockTaken &a, const change::BlockTaken &b)
{
    return a.pool == b.pool && a.offset == b.offset && a.request == b.request && a.tenant == b.tenant
        && a.freeBlockAfter == b.freeBlockAfter && a.nextOffsetBefore == b.nextOffsetBefore && a.nextOffsetAfter == b.nextOffsetAfter;
}

} // namespace

TEST_CASE("every kind of change comes back as it was put in")
{
    std::mt19937 random(1);
    everyKind(random);
}

TEST_CASE("a block taken at each offset of a pool comes back, and odd values do, too")
{
    ChangeLog log;
    std::vector<change::BlockTaken> put;
    for (std::uint32_t size = 8; size <= 512; size += 8)
        for (std::uint32_t offset = 48; offset + size <= 16384; offset += size) {
            const auto at = [](std::uint32_t value) { return static_cast<std::uint16_t>(value); };
            put.push_back({PoolId(offset * 77777), at(offset), at(size), Tenant(TenantKind::Recorded, offset * 12345),
                           at(offset % 3 == 0 ? 0 : offset), at(offset), at(offset + size)});
            put.push_back({PoolId(offset), at(offset), 1, Tenant(), at(offset), at(offset + size), at(offset + size)});
        }
    const std::size_t shortOnes = put.size();
    put.push_back({PoolId(), 0xffff, 0xffff, Tenant(TenantKind::Recorded, 0x0fffffff), 0xffff, 0xffff, 0xffff});
    put.push_back({PoolId(1), 49, 5, Tenant(), 0, 48, 48});        // no multiple of 8
    put.push_back({PoolId(1), 48, 5, Tenant(), 0, 96, 48});        // nextoffset falls
    put.push_back({PoolId(1), 48, 1024, Tenant(), 0, 48, 48});
    for (const auto &c : put)
        log.append(c);
    for (std::uint32_t i = 0; i < put.size(); ++i) {
        REQUIRE(*log.as<change::BlockTaken>(i) == put[i]);
        CHECK(((ChangeLog::kindOf(log.record(i)) & ChangeLog::kLong) == 0) == (i < shortOnes));
    }
    CHECK_FALSE(log.as<change::BlockFreed>(0).has_value());
}

TEST_CASE("a slot that is set comes back, short when what was there, what comes or its label is none")
{
    constexpr std::uint32_t kValues[] = {0, 1, 77, 0xfffffffe, ObjectId::kNone};
    constexpr std::uint32_t kIndexes[] = {0, 5, (1u << 22) - 1, 1u << 22, 0xffffffff};
    ChangeLog log;
    std::vector<change::SlotSet> put;
    for (const std::uint32_t owner : kValues)
        for (const std::uint32_t index : kIndexes)
            for (const std::uint32_t before : kValues)
                for (const std::uint32_t after : kValues)
                    for (const std::uint32_t label : kValues)
                        put.push_back({ObjectId(owner), index, ObjectId(before), ObjectId(after), TextId(label)});
    for (const auto &c : put)
        log.append(c);
    for (std::uint32_t i = 0; i < put.size(); ++i) {
        const change::SlotSet &c = put[i];
        CHECK(sameBytes(*log.as<change::SlotSet>(i), c));
        CHECK(sameBytes(std::get<change::SlotSet>(log[i]), c));
        const bool fits = (!c.before || !c.after || !c.label) && c.index < 1u << 22;
        CHECK(((ChangeLog::kindOf(log.record(i)) & ChangeLog::kLong) == 0) == fits);
    }
}
