#pragma once

#include <QBrush>
#include <QString>

#include "core/memory/fragmentation.h"
#include "core/trace/trace.h"
#include "ui/figures/memory/texture.h"
#include "ui/theme.h"

#include <array>
#include <vector>

namespace pyrena {

// What the bytes of all arenas are: every byte is in exactly one part.
enum class HeapPart { Requested, Rounding, Headers, FreeBlocks, UntouchedBlocks, Tails, EmptyPools, UntouchedPools, Unaligned };
inline constexpr std::size_t kHeapParts = 9;
std::array<HeapPart, kHeapParts> allHeapParts();

std::uint64_t bytesOf(const Fragmentation &fragmentation, HeapPart part);
QString nameOf(HeapPart part);
QString sentenceOf(HeapPart part);                  // what it means, for a tool tip
QColor colourOf(HeapPart part, const Theme &theme);
Texture textureOf(HeapPart part);                   // None: filled
QBrush brushOf(HeapPart part, const Theme &theme);  // colour and texture: parts differ in both

// The fragmentation of a moving playhead, kept up to date by looking at the pools that changes touch.
class FragmentationMeter
{
public:
    void reset(const World &world);
    // The world has gone from one position to another, in either direction.
    void move(const Trace &trace, const World &world, std::uint32_t from, std::uint32_t to);
    Fragmentation at(const World &world) const { return fragmentationOf(world.heap, m_requested); }

private:
    std::vector<std::uint32_t> m_requested;         // by PoolId
    std::vector<std::uint32_t> m_touched;           // scratch
};

} // namespace pyrena
