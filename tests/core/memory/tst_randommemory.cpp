// Random programs: invariants hold throughout, and going back shows what was, compared in the middle and not only at the ends.
#include "core/memory/allocatorprofiles.h"
#include "core/memory/obmalloc.h"
#include "core/trace/redo.h"
#include "core/trace/timeline.h"
#include "core/world/heapinvariants.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

using namespace pyrena;

namespace {

class RandomProgram
{
public:
    RandomProgram(std::uint32_t seed, Obmalloc &memory) : m_random(seed), m_memory(memory) {}

    // Phases of growth and of shrinking, so that arenas come and go.
    void act(std::uint32_t index)
    {
        const bool growing = index / 8000 % 2 == 0;
        const std::uint32_t dice = m_random() % 100;
        const std::uint32_t freeBelow = growing ? 12 : 75;
        if (m_live.empty() || dice >= freeBelow + 10) {
            const std::uint32_t serial = m_serial++ & 0xffffff;
            const Address a = dice % 7 == 0 ? m_memory.calloc(2, size() / 2, tenant(serial)) : m_memory.malloc(size(), tenant(serial));
            remember(a);
        } else if (dice >= freeBelow) {
            const Address before = takeOne();
            remember(m_memory.realloc(before, size()));
        } else {
            m_memory.free(takeOne());
        }
    }
    // No two blocks in use overlap.
    bool blocksAreApart() const
    {
        Address end;
        for (const auto &[address, unused] : m_live) {
            if (address < end)
                return false;
            const MemoryBlock block = m_memory.blockAt(address);
            if (!block)
                return false;
            end = address + m_memory.usableSize(block);
        }
        return true;
    }

private:
    static Tenant tenant(std::uint32_t serial) { return Tenant(TenantKind::Runtime, serial); }
    std::uint64_t size()
    {
        const std::uint32_t dice = m_random() % 100;
        if (dice < 3)
            return m_random() % 200'000;
        if (dice < 8)
            return m_random() % 3000;
        return m_random() % 513;
    }
    void remember(Address a)
    {
        REQUIRE(m_live.emplace(a, true).second);
        m_order.push_back(a);
    }
    Address takeOne()
    {
        std::swap(m_order[m_random() % m_order.size()], m_order.back());
        const Address a = m_order.back();
        m_order.pop_back();
        m_live.erase(a);
        return a;
    }

    std::mt19937 m_random;
    Obmalloc &m_memory;
    std::map<Address, bool> m_live;
    std::vector<Address> m_order;
    std::uint32_t m_serial = 0;
};

} // namespace

TEST_CASE("random programs keep the heap sound, and every middle can be reached again")
{
    constexpr std::array<const char *, 4> kVersions{"3.7.3", "3.8.18", "3.9.18", "3.13.0"};
    for (std::uint32_t seed = 1; seed <= 8; ++seed) {
        const char *version = kVersions[seed % kVersions.size()];
        CAPTURE(seed);
        CAPTURE(std::string(version));
        const PythonProfile &profile = recordingProfile(version, *findAllocatorProfile(version));
        const FreeArenas rule = profile.allocator.keepsLastArena ? FreeArenas::OnlyTheLast : FreeArenas::None;
        Recorder recorder({}, profile);
        recorder.beginRecording();
        Obmalloc memory(recorder, seed % 2 == 0 ? MemorySteps::Open : MemorySteps::None);
        RandomProgram program(seed, memory);
        for (std::uint32_t i = 0; i < 20'000; ++i) {
            program.act(i);
            if (i % 499 == 0) {
                const auto violations = checkHeap(recorder.world().heap, rule);
                REQUIRE_MESSAGE(violations.empty(), violations.front());
                REQUIRE(program.blocksAreApart());
            }
        }
        CHECK(recorder.world().heap.totals.arenasEver > 1);
        const World atEnd = recorder.world();
        const auto trace = recorder.finish(Outcome::Finished);
        REQUIRE(trace->keyframes.size() > 1);

        std::mt19937 random(seed);
        std::vector<std::uint32_t> middles;
        for (int i = 0; i < 12; ++i)
            middles.push_back(random() % trace->changeCount());
        std::sort(middles.begin(), middles.end());
        Timeline timeline(trace);
        World fresh = trace->initial;
        std::uint32_t done = 0;
        for (const std::uint32_t middle : middles) {
            for (; done < middle; ++done)
                redo(fresh, trace->change(done));
            timeline.seek(random() % (trace->changeCount() + 1));   // come from anywhere, forward or backward
            CHECK(timeline.seek(middle) == fresh);
        }
        CHECK(timeline.seek(trace->changeCount()) == atEnd);
    }
}

TEST_CASE("an allocator that takes over a heap goes on like the one that made it")
{
    const AllocatorProfile &profile = *findAllocatorProfile("3.13.0");
    BasicObmalloc<DirectHeap> first(DirectHeap(profile), profile, 1 << 30);
    std::mt19937 random(3);
    const Tenant tenant(TenantKind::Runtime, 1);
    std::vector<Address> blocks;
    for (int i = 0; i < 20'000; ++i) {
        if (blocks.empty() || random() % 100 < 80) {
            blocks.push_back(first.malloc(1 + random() % 500, tenant));
        } else {
            std::swap(blocks[random() % blocks.size()], blocks.back());
            first.free(blocks.back());
            blocks.pop_back();
        }
    }
    BasicObmalloc<DirectHeap> second(first.committer(), profile, 1 << 30);
    REQUIRE(second.heap() == first.heap());
    for (int i = 0; i < 20'000; ++i) {
        if (!blocks.empty() && random() % 100 < 85) {
            std::swap(blocks[random() % blocks.size()], blocks.back());
            first.free(blocks.back());
            second.free(blocks.back());
            blocks.pop_back();
        } else {
            const std::uint64_t bytes = 1 + random() % 500;
            blocks.push_back(first.malloc(bytes, tenant));
            REQUIRE(second.malloc(bytes, tenant) == blocks.back());
        }
    }
    CHECK(first.heap().totals.arenasReleased > 0);
    CHECK(second.heap() == first.heap());
}
