#pragma once

#include "core/memory/obmallocrules.h"
#include "core/memory/replay.h"
#include "core/memory/statistics.h"

#include <string>
#include <utility>
#include <vector>

namespace pyrena {

// Puts the events of a recording to an allocator and compares what it does with what CPython did. After a difference it goes on
// with the allocator's own placement, so one wrong rule usually means thousands of differences.
template <class Allocator>
class ReplayEngine
{
public:
    ReplayEngine(Allocator &allocator, const TraceHeader &header, const ReplayOptions &options)
        : m_allocator(allocator), m_options(options)
    {
        m_report.header = header;
        m_allocator.setArenaExcess([this](std::uint32_t) { return m_excess; });
    }
    ReplayEngine(const ReplayEngine &) = delete;
    ReplayEngine &operator=(const ReplayEngine &) = delete;

    // False when the recording cannot be replayed further: failure() says why, without file and line.
    bool put(const TraceEvent &event, const TraceStatistics &statistics);
    const std::string &failure() const { return m_failure; }

    ReplayReport &report() { return m_report; }

private:
    // Block number -> block, 8 bytes each. pool none: raw, or, if that is none as well, not in use.
    struct Held
    {
        PoolId pool;
        std::uint32_t rest = RawBlockId::kNone;   // offset or RawBlockId

        Held() = default;
        explicit Held(const MemoryBlock &b) : pool(b.pool), rest(b.pool ? b.offset : b.raw.value) {}
        bool inUse() const { return pool || rest != RawBlockId::kNone; }
        MemoryBlock block() const { return pool ? MemoryBlock{pool, rest, {}} : MemoryBlock{{}, 0, RawBlockId(rest)}; }
    };

    const HeapState &heap() const { return m_allocator.heap(); }
    bool fail(std::string message)
    {
        m_failure = std::move(message);
        return false;
    }
    bool putOther(const TraceEvent &event, const TraceStatistics &statistics);
    bool request(const TraceEvent &event);
    void differentPlace(const TraceEvent &event, const MemoryBlock &got);
    [[gnu::noinline]] bool tooManyRawBlocks()
    {
        return fail("more than " + std::to_string(m_options.maxRawBlocks) + " raw blocks at a time; this is beyond what can be replayed");
    }
    [[gnu::noinline]] bool givenBackBefore(const TraceEvent &event)
    {
        return fail("block " + std::to_string(event.block) + " was given back before");
    }
    bool maySweep();
    void comparePlace(const TraceEvent &event, const MemoryBlock &got, bool moved);
    bool compareArenas(const TraceEvent &event);
    void compareStatistics(const TraceEvent &event, const TraceStatistics &recorded);
    void differ(const TraceEvent &event, const std::string &text);
    std::string placeText(const MemoryBlock &block) const;

    Allocator &m_allocator;
    const ReplayOptions m_options;
    ReplayReport m_report;
    std::string m_failure;
    std::vector<Held> m_blocks;
    std::vector<ArenaSlot> m_slotOf;          // by ordinal of the recording
    std::uint64_t m_swept = 0;
    std::uint64_t m_arenaEvents = 0;          // arenas made and released before the event
    bool m_expectMade = false, m_expectReleased = false;
    std::uint32_t m_madeOrdinal = 0, m_madeSlot = 0, m_releasedOrdinal = 0, m_excess = 0;
};

template <class Allocator>
[[gnu::always_inline]] inline bool ReplayEngine<Allocator>::put(const TraceEvent &event, const TraceStatistics &statistics)
{
    if (event.isRequest()) [[likely]] {
        ++m_report.events;
        if (!request(event)) [[unlikely]]
            return false;
        const std::uint64_t arenaEvents = std::uint64_t(heap().totals.arenasEver) + heap().totals.arenasReleased;
        if (arenaEvents != m_arenaEvents || m_expectMade || m_expectReleased) [[unlikely]]
            return compareArenas(event);
        return true;
    }
    return putOther(event, statistics);
}

template <class Allocator>
[[gnu::noinline]] bool ReplayEngine<Allocator>::putOther(const TraceEvent &event, const TraceStatistics &statistics)
{
    switch (event.kind) {
    case TraceLine::ArenaMade:
        if (m_expectMade)
            return fail("two A lines for one request");
        m_expectMade = true;
        m_madeOrdinal = event.arena;
        m_madeSlot = event.block;
        m_excess = static_cast<std::uint32_t>(event.size);
        return true;
    case TraceLine::ArenaReleased:
        if (m_expectReleased)
            return fail("two U lines for one request");
        m_expectReleased = true;
        m_releasedOrdinal = event.arena;
        return true;
    case TraceLine::Statistics:
        if (!maySweep())
            return false;
        compareStatistics(event, statistics);
        return true;
    case TraceLine::Hash:
        if (!maySweep())
            return false;
        ++m_report.hashesChecked;
        if (heapHash(heap(), [this](std::uint32_t index) { return nextFree(m_allocator.committer(), index); }) != event.size)
            differ(event, "the state of the heap has another hash than recorded");
        return true;
    default:
        return true;
    }
}

// Each statistics or hash line is a sweep over the heap: a small file could ask for hours of them.
template <class Allocator>
bool ReplayEngine<Allocator>::maySweep()
{
    for (std::uint32_t slot = 0; slot < heap().arenas.size(); ++slot)
        for (std::uint32_t index = 0; index < heap().arenas[slot].nextUntouched; ++index) {
            const Pool &pool = heap().pools[slot * kPoolsPerArena + index];
            m_swept += 1 + pool.nextOffset / heap().blockSize(pool.sizeClass);
        }
    m_swept += heap().arenas.size();
    return m_swept <= m_options.maxSweep
        || fail("the statistics and hashes up to here need more than " + std::to_string(m_options.maxSweep)
                + " looks at blocks; this is beyond what can be replayed");
}

template <class Allocator>
[[gnu::always_inline]] inline bool ReplayEngine<Allocator>::request(const TraceEvent &event)
{
    if (event.kind <= TraceLine::ReallocNull) {
        const MemoryBlock got = m_allocator.take(event.size, Tenant(TenantKind::Recorded, event.block));
        if (!got.inPool() && heap().rawBlocks.size() > m_options.maxRawBlocks) [[unlikely]]
            return tooManyRawBlocks();
        m_blocks.emplace_back(got);
        comparePlace(event, got, true);
        return true;
    }
    Held &held = m_blocks[event.block];
    if (!held.inUse()) [[unlikely]]
        return givenBackBefore(event);
    const MemoryBlock block = held.block();
    if (event.kind == TraceLine::Free) {
        m_allocator.release(block);
        held = Held();
        return true;
    }
    const MemoryBlock got = m_allocator.resize(block, event.size);
    held = Held(got);
    comparePlace(event, got, !(got == block));
    return true;
}

template <class Allocator>
[[gnu::always_inline]] inline void ReplayEngine<Allocator>::comparePlace(const TraceEvent &event, const MemoryBlock &got, bool moved)
{
    ++m_report.placements;
    bool same = false;
    switch (event.place) {
    case PlaceKind::Pool:
        same = got.inPool() && got.offset == event.offset && heap().indexInArena(got.pool) == event.pool
            && heap().arenas[heap().arenaOf(got.pool).value].ordinal == event.arena;
        break;
    case PlaceKind::Raw:
        same = !got.inPool();   // where in the raw heap is not recorded
        break;
    case PlaceKind::Unmoved:
        same = got.inPool() && !moved;
        break;
    case PlaceKind::None:
        break;
    }
    if (!same) [[unlikely]]
        differentPlace(event, got);
}

template <class Allocator>
[[gnu::noinline]] void ReplayEngine<Allocator>::differentPlace(const TraceEvent &event, const MemoryBlock &got)
{
    static constexpr const char *kNames[] = {"malloc", "calloc", "realloc(NULL)", "realloc"};
    std::string recorded = "malloc's heap";
    if (event.place == PlaceKind::Unmoved)
        recorded = "its place";
    else if (event.place == PlaceKind::Pool)
        recorded = std::to_string(event.arena) + '.' + std::to_string(event.pool) + '.' + std::to_string(event.offset);
    differ(event, std::string(kNames[static_cast<int>(event.kind)]) + " of " + std::to_string(event.size)
                      + " bytes: CPython used " + recorded + ", the model " + placeText(got));
}

template <class Allocator>
std::string ReplayEngine<Allocator>::placeText(const MemoryBlock &block) const
{
    if (!block.inPool())
        return "malloc's heap";
    return std::to_string(heap().arenas[heap().arenaOf(block.pool).value].ordinal) + '.'
        + std::to_string(heap().indexInArena(block.pool)) + '.' + std::to_string(block.offset);
}

template <class Allocator>
[[gnu::noinline]] bool ReplayEngine<Allocator>::compareArenas(const TraceEvent &event)
{
    const HeapTotals &totals = heap().totals;
    const std::uint64_t before = m_arenaEvents;
    m_arenaEvents = std::uint64_t(totals.arenasEver) + totals.arenasReleased;
    const std::uint64_t expected = std::uint64_t(m_expectMade) + m_expectReleased;
    if (m_arenaEvents - before != expected)
        differ(event, "CPython made or released " + std::to_string(expected) + " arenas here, the model "
                          + std::to_string(m_arenaEvents - before));
    if (m_expectMade) {
        const ArenaSlot slot(m_madeSlot);
        const bool same = slot.value < heap().arenas.size() && heap().arenas[slot.value].address
            && heap().arenas[slot.value].ordinal == m_madeOrdinal;
        if (!same)
            differ(event, "CPython put arena " + std::to_string(m_madeOrdinal) + " in descriptor " + std::to_string(m_madeSlot)
                              + ", the model did not");
        m_slotOf.push_back(slot);
        ++m_report.arenasMade;
    }
    if (m_expectReleased) {
        const ArenaSlot slot = m_releasedOrdinal < m_slotOf.size() ? m_slotOf[m_releasedOrdinal] : ArenaSlot();
        const bool stillThere = slot && slot.value < heap().arenas.size() && heap().arenas[slot.value].address
            && heap().arenas[slot.value].ordinal == m_releasedOrdinal;
        if (stillThere || !slot)
            differ(event, "CPython released arena " + std::to_string(m_releasedOrdinal) + ", the model did not");
        ++m_report.arenasReleased;
    }
    m_expectMade = m_expectReleased = false;
    m_excess = 0;
    if (totals.arenasNow > m_options.maxArenas)
        return fail("more than " + std::to_string(m_options.maxArenas) + " arenas at a time; this is beyond what can be replayed");
    return true;
}

template <class Allocator>
void ReplayEngine<Allocator>::compareStatistics(const TraceEvent &event, const TraceStatistics &recorded)
{
    ++m_report.statisticsChecked;
    // What was requested is not compared, and not known where blocks are not kept.
    const std::vector<std::uint32_t> requestedByPool(heap().pools.size());
    const HeapStatistics model = heapStatistics(heap(), requestedByPool);
    const auto compare = [&](const std::string &what, std::uint64_t cpython, std::uint64_t ours) {
        if (cpython != ours)
            differ(event, "statistics, " + what + ": CPython " + std::to_string(cpython) + ", the model " + std::to_string(ours));
    };
    compare("arenas ever made", recorded.arenasEver, model.arenasEver);
    compare("arenas released", recorded.arenasReleased, model.arenasReleased);
    compare("arenas, high-water mark", recorded.arenasHighWater, model.arenasHighWater);
    compare("arenas now", recorded.arenasNow, model.arenasNow);
    compare("unused pools", recorded.unusedPools, model.unusedPools);
    compare("bytes lost to alignment", recorded.alignmentBytes, model.bytesAlignment);
    compare("size classes in use", recorded.classes.size(), model.classes.size());
    if (recorded.classes.size() != model.classes.size())
        return;
    for (std::size_t i = 0; i < model.classes.size(); ++i) {
        const TraceStatistics::Row &r = recorded.classes[i];
        const HeapStatistics::SizeClass &m = model.classes[i];
        const std::string name = "row " + std::to_string(i) + ", ";
        compare(name + "class", r.sizeClass, m.sizeClass);
        compare(name + "pools", r.pools, m.pools);
        compare(name + "blocks in use", r.used, m.used);
        compare(name + "blocks available", r.available, m.available);
    }
    if (model.sum() != model.bytesInArenas)
        differ(event, "the model's sums are not the bytes of its arenas");
}

template <class Allocator>
void ReplayEngine<Allocator>::differ(const TraceEvent &event, const std::string &text)
{
    constexpr std::size_t kShown = 10;
    ++m_report.mismatches;
    if (m_report.first.size() < kShown)
        m_report.first.push_back("line " + std::to_string(event.line) + ": " + text);
}

} // namespace pyrena
