#include "ui/models/heapparts.h"

#include "core/memory/statistics.h"

#include <QCoreApplication>

#include <algorithm>

namespace pyrena {

namespace {

constexpr std::uint32_t kFarMove = 20'000;   // changes; from there a sweep over all blocks costs less

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HeapParts)
};

// The pools in which a change alters what is asked for.
struct Touched
{
    std::vector<std::uint32_t> &pools;

    void operator()(const change::BlockTaken &c) { pools.push_back(c.pool.value); }
    void operator()(const change::BlockFreed &c) { pools.push_back(c.pool.value); }
    void operator()(const change::BlockResized &c) { pools.push_back(c.pool.value); }
    void operator()(const change::PoolInitialised &c) { pools.push_back(c.pool.value); }
    template <class C>
    void operator()(const C &) {}
};

} // namespace

std::array<HeapPart, kHeapParts> allHeapParts()
{
    return {HeapPart::Requested, HeapPart::Rounding, HeapPart::Headers, HeapPart::FreeBlocks, HeapPart::UntouchedBlocks,
            HeapPart::Tails, HeapPart::EmptyPools, HeapPart::UntouchedPools, HeapPart::Unaligned};
}

std::uint64_t bytesOf(const Fragmentation &f, HeapPart part)
{
    switch (part) {
    case HeapPart::Requested: return f.requested;
    case HeapPart::Rounding: return f.rounding;
    case HeapPart::Headers: return f.headers;
    case HeapPart::FreeBlocks: return f.freeBlocks;
    case HeapPart::UntouchedBlocks: return f.untouchedBlocks;
    case HeapPart::Tails: return f.tails;
    case HeapPart::EmptyPools: return f.emptyPools;
    case HeapPart::UntouchedPools: return f.untouchedPools;
    case HeapPart::Unaligned: return f.unaligned;
    }
    return 0;
}

QString nameOf(HeapPart part)
{
    switch (part) {
    case HeapPart::Requested: return Text::tr("asked for");
    case HeapPart::Rounding: return Text::tr("rounding up");
    case HeapPart::Headers: return Text::tr("pool headers");
    case HeapPart::FreeBlocks: return Text::tr("free blocks");
    case HeapPart::UntouchedBlocks: return Text::tr("untouched blocks");
    case HeapPart::Tails: return Text::tr("ends of pools");
    case HeapPart::EmptyPools: return Text::tr("empty pools");
    case HeapPart::UntouchedPools: return Text::tr("untouched pools");
    case HeapPart::Unaligned: return Text::tr("unaligned");
    }
    return {};
}

QString sentenceOf(HeapPart part)
{
    switch (part) {
    case HeapPart::Requested:
        return Text::tr("What the program asked for, to the byte: this is what the memory is there for.");
    case HeapPart::Rounding:
        return Text::tr("Internal fragmentation: a block is as large as its size class, the request was smaller. Nobody else can "
                        "use the rest while the block is in use.");
    case HeapPart::Headers:
        return Text::tr("The first 48 bytes of each pool in use: the allocator's own notes, pool_header.");
    case HeapPart::FreeBlocks:
        return Text::tr("External fragmentation: blocks that were given back, or carved ahead. They serve only requests of "
                        "their own size class, and they keep their pool from being given to another.");
    case HeapPart::UntouchedBlocks:
        return Text::tr("Blocks at the end of a pool in use that were never handed out. They are kept for one size class; pages "
                        "that were never written take no memory yet.");
    case HeapPart::Tails:
        return Text::tr("What is left at the end of a pool when its size is no multiple of the block size. CPython calls this "
                        "quantization.");
    case HeapPart::EmptyPools:
        return Text::tr("External fragmentation: pools without a block in use. Any size class may take them, but the arena cannot "
                        "go back to the operating system before all of its pools are empty.");
    case HeapPart::UntouchedPools:
        return Text::tr("Pools that were never carved from their arena: reserved addresses that take no memory yet.");
    case HeapPart::Unaligned:
        return Text::tr("Lost before the first and behind the last whole pool of an arena whose address is no multiple of the pool "
                        "size.");
    }
    return {};
}

QColor colourOf(HeapPart part, const Theme &t)
{
    switch (part) {
    case HeapPart::Requested: return t.accent;
    case HeapPart::Rounding: return t.danger;
    case HeapPart::Headers: return t.ink;
    case HeapPart::FreeBlocks: return t.good;
    case HeapPart::UntouchedBlocks: return t.secondary;
    case HeapPart::Tails: return t.attention;
    case HeapPart::EmptyPools: return t.good;
    case HeapPart::UntouchedPools: return t.faint;
    case HeapPart::Unaligned: return t.danger;
    }
    return t.ink;
}

Texture textureOf(HeapPart part)
{
    switch (part) {
    case HeapPart::Requested: case HeapPart::Headers: return Texture::None;
    case HeapPart::Rounding: return Texture::Hatch;
    case HeapPart::FreeBlocks: return Texture::Horizontal;
    case HeapPart::UntouchedBlocks: case HeapPart::UntouchedPools: return Texture::Dots;
    case HeapPart::Tails: return Texture::Vertical;
    case HeapPart::EmptyPools: return Texture::Grid;
    case HeapPart::Unaligned: return Texture::Cross;
    }
    return Texture::None;
}

QBrush brushOf(HeapPart part, const Theme &t)
{
    const auto style = [](Texture texture) {
        switch (texture) {
        case Texture::None: return Qt::SolidPattern;
        case Texture::Dots: return Qt::Dense6Pattern;
        case Texture::Hatch: return Qt::BDiagPattern;
        case Texture::BackHatch: return Qt::FDiagPattern;
        case Texture::Cross: return Qt::DiagCrossPattern;
        case Texture::Horizontal: return Qt::HorPattern;
        case Texture::Vertical: return Qt::VerPattern;
        case Texture::Grid: return Qt::CrossPattern;
        }
        return Qt::SolidPattern;
    };
    return {colourOf(part, t), style(textureOf(part))};
}

void FragmentationMeter::reset(const World &world)
{
    const HeapState &heap = world.heap;
    m_requested.assign(heap.pools.size(), 0);
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot) {
        const Arena &arena = heap.arenas[slot];
        for (std::uint32_t i = 0; arena.address && i < arena.nextUntouched; ++i) {
            const PoolId pool(slot * kPoolsPerArena + i);
            m_requested[pool.value] = requestedIn(heap, pool);
        }
    }
}

void FragmentationMeter::move(const Trace &trace, const World &world, std::uint32_t from, std::uint32_t to)
{
    const std::uint32_t begin = std::min(from, to), end = std::max(from, to);
    if (end - begin > kFarMove)
        return reset(world);
    m_touched.clear();
    for (std::uint32_t i = begin; i < end; ++i)
        std::visit(Touched{m_touched}, trace.change(i));
    std::sort(m_touched.begin(), m_touched.end());
    m_touched.erase(std::unique(m_touched.begin(), m_touched.end()), m_touched.end());
    m_requested.resize(world.heap.pools.size());
    for (const std::uint32_t pool : m_touched)
        if (pool < m_requested.size())   // going back, its arena may be gone
            m_requested[pool] = requestedIn(world.heap, PoolId(pool));
}

} // namespace pyrena
