#include "core/memory/allocatorprofiles.h"
#include "core/memory/obmalloc.h"
#include "core/memory/rawheap.h"
#include "core/world/heapinvariants.h"

#include <doctest/doctest.h>

#include <random>

using namespace pyrena;

namespace {

const Tenant kTenant(TenantKind::Items, 1);

struct Machine
{
    DirectHeap committer{*findAllocatorProfile("3.13.0")};
    BasicRawHeap<DirectHeap> raw{committer};

    const RawBlock &block(RawBlockId id) const { return committer.heap().rawBlocks[id.value]; }
    std::string problems() const
    {
        const auto found = checkHeap(committer.heap());
        return found.empty() ? "" : found.front();
    }
};

} // namespace

TEST_CASE("raw blocks have a 16-byte header and a multiple of 16 bytes")
{
    Machine m;
    const RawBlockId a = m.raw.take(1000, kTenant), b = m.raw.take(0, kTenant);
    CHECK(m.block(a).address == kRawHeapStart);
    CHECK(m.raw.addressOf(a) == kRawHeapStart + 16);
    CHECK(m.block(a).size == 1008 + 16);
    CHECK(m.block(b).address == kRawHeapStart + 1024);
    CHECK(m.block(b).size == 32);
    CHECK(m.block(b).request == 1);   // a zero request becomes a 1-byte block
    CHECK(m.raw.find(m.raw.addressOf(b)) == b);
    CHECK_FALSE(bool(m.raw.find(m.raw.addressOf(b) + 1)));
    CHECK(m.problems() == "");
}

TEST_CASE("the raw heap grows by 132 KiB and uses the free end")
{
    Machine m;
    m.raw.take(600, kTenant);
    CHECK(m.committer.heap().rawHeapEnd == kRawHeapStart + 132 * 1024);
    m.raw.take(200 * 1024, kTenant);
    CHECK(m.committer.heap().rawHeapEnd == kRawHeapStart + 2 * 132 * 1024);   // the rest of the first step is used too
    CHECK(m.problems() == "");
}

TEST_CASE("a freed raw block merges with both neighbours and serves the next fitting request")
{
    Machine m;
    const RawBlockId a = m.raw.take(1000, kTenant), b = m.raw.take(1000, kTenant), c = m.raw.take(1000, kTenant);
    m.raw.take(1000, kTenant);
    const Address begin = m.block(a).address;
    m.raw.release(a);
    m.raw.release(c);
    m.raw.release(b);
    CHECK(m.block(m.committer.heap().firstRawBlock).size == 3 * 1024);
    CHECK(m.problems() == "");
    const RawBlockId again = m.raw.take(2500, kTenant);
    CHECK(m.block(again).address == begin);
    CHECK(m.problems() == "");
}

TEST_CASE("the lowest gap that fits is used, however much larger it is, and the rest stays free")
{
    Machine m;
    std::vector<RawBlockId> ids;
    for (const std::uint64_t bytes : {500, 100, 3000, 100, 900, 100})
        ids.push_back(m.raw.take(bytes, kTenant));
    const Address large = m.block(ids[2]).address, exact = m.block(ids[4]).address;
    m.raw.release(ids[4]);
    m.raw.release(ids[0]);
    m.raw.release(ids[2]);
    CHECK(m.block(m.raw.take(900, kTenant)).address == large);   // not the gap of exactly 900
    CHECK(m.block(m.raw.take(900, kTenant)).address == large + 928);
    CHECK(m.block(m.raw.take(900, kTenant)).address == large + 2 * 928);
    CHECK(m.block(m.raw.take(900, kTenant)).address == exact);
    CHECK(m.block(m.raw.take(400, kTenant)).address == kRawHeapStart);
    CHECK(m.problems() == "");
}

TEST_CASE("random requests are served where a walk over all blocks finds the first that fits")
{
    Machine m;
    std::mt19937 random(3);
    std::vector<RawBlockId> ids;
    std::uint32_t reused = 0;
    for (int i = 0; i < 20'000; ++i) {
        if (!ids.empty() && random() % 100 < (i / 4000 % 2 == 0 ? 40u : 60u)) {
            std::swap(ids[random() % ids.size()], ids.back());
            m.raw.release(ids.back());
            ids.pop_back();
            continue;
        }
        const std::uint64_t bytes = random() % (random() % 10 == 0 ? 20'000 : 2000);
        const std::uint64_t need = std::max<std::uint64_t>((std::max<std::uint64_t>(bytes, 1) + 15) / 16 * 16 + 16, 32);
        Address expected;
        for (RawBlockId id = m.committer.heap().firstRawBlock; id && !expected; id = m.block(id).next)
            if (m.block(id).free && m.block(id).size >= need)
                expected = m.block(id).address;
        ids.push_back(m.raw.take(bytes, kTenant));
        if (expected) {
            REQUIRE(m.block(ids.back()).address == expected);
            ++reused;
        }
    }
    CHECK(reused > 5000);
    CHECK(m.problems() == "");
}

TEST_CASE("realloc of a raw block stays where it can")
{
    Machine m;
    const RawBlockId a = m.raw.take(1000, kTenant);
    const Address where = m.raw.addressOf(a);
    CHECK(m.raw.resize(a, 50'000) == a);           // grows into the free end
    CHECK(m.block(a).request == 50'000);
    const RawBlockId wall = m.raw.take(600, kTenant);
    CHECK(m.raw.resize(a, 2000) == a);             // shrinks, the rest is free
    CHECK(m.raw.addressOf(a) == where);
    CHECK(m.block(a).size == 2016);
    CHECK(m.problems() == "");
    const RawBlockId moved = m.raw.resize(a, 60'000);   // the wall is in the way
    CHECK(m.raw.addressOf(moved) > m.raw.addressOf(wall));
    CHECK(m.block(moved).tenant == kTenant);
    CHECK_FALSE(bool(m.raw.find(where)));
    CHECK(m.problems() == "");
}

TEST_CASE("a hundred thousand raw blocks come and go")
{
    Machine m;
    std::mt19937 random(7);
    std::vector<RawBlockId> ids;
    for (int i = 0; i < 100'000; ++i)
        ids.push_back(m.raw.take(513 + random() % 4000, kTenant));
    for (std::size_t i = 0; i < ids.size(); i += 2)
        m.raw.release(ids[i]);
    CHECK(m.committer.heap().totals.rawBlocksInUse == 50'000);
    for (std::size_t i = 0; i < ids.size(); i += 2)
        ids[i] = m.raw.take(513 + random() % 6000, kTenant);
    CHECK(m.problems() == "");
    for (const RawBlockId id : ids)
        m.raw.release(id);
    CHECK(m.problems() == "");
    CHECK(m.committer.heap().totals.bytesInRawBlocks == 0);
    CHECK(m.committer.heap().firstRawBlock == m.committer.heap().lastRawBlock);   // one free block, all merged
}

TEST_CASE("indexes built anew from the state serve like the old ones")
{
    Machine m;
    std::vector<RawBlockId> ids;
    for (int i = 0; i < 100; ++i)
        ids.push_back(m.raw.take(600 + 40 * static_cast<std::uint64_t>(i), kTenant));
    for (std::size_t i = 0; i < ids.size(); i += 3)
        m.raw.release(ids[i]);
    m.raw.rebuildIndexes();
    CHECK(m.raw.find(m.raw.addressOf(ids[1])) == ids[1]);
    const std::size_t known = m.committer.heap().rawBlocks.size();
    const RawBlockId again = m.raw.take(600, kTenant);
    CHECK(m.block(again).address == kRawHeapStart);
    CHECK(m.committer.heap().rawBlocks.size() <= known);
    CHECK(m.problems() == "");
}
