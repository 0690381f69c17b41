#pragma once

#include "ui/figures/figure.h"

#include <vector>

namespace pyrena {

// Semantic zoom: what the picture is about.
enum class MemoryLevel : std::uint8_t { Process, Arena, Pool, Bytes };

// Where the picture is. A camera encodes it as follows: zoom is 1, 2, 4 or 8 on entering a level and may lie between;
// center.x is the PoolId plus a fraction for scrolling, center.y the offset of a block in its pool.
struct MemoryPlace
{
    MemoryLevel level = MemoryLevel::Arena;
    ArenaSlot arena;               // in use, or none when no arena is
    PoolId pool;                   // of that arena
    std::uint32_t offset = 0;      // start of a block of that pool; 0: no block in particular
    double zoom = 2;
    double scroll = 0;             // logical pixels at text scale 1; Process and Bytes
    double row = 0;                // Pool: offset that was panned to, not aligned to a block
    bool fitted = true;            // follows the selection, the focus and the last change
};

enum class BlockEvent : std::uint8_t { Taken, Freed, Resized };
struct ChangedBlock { PoolId pool; std::uint32_t offset = 0; BlockEvent event = BlockEvent::Taken; };

// What changes [stepBegin, position) did to the heap.
struct HeapChanges
{
    std::vector<ChangedBlock> blocks;       // each once, with the last event
    std::vector<PoolId> pools;              // carved, initialised, linked, unlinked, returned
    std::vector<ArenaSlot> arenas;          // made, released
    std::vector<RawBlockId> rawBlocks;
    std::vector<PoolId> touched;            // these pools and those of the blocks; rising
    bool nextOffsetMoved = false;
    bool has(PoolId pool, std::uint32_t offset) const;
    bool has(PoolId pool) const;            // the pool itself or one of its blocks
    bool has(ArenaSlot arena) const;
    bool has(RawBlockId block) const;
};
HeapChanges heapChanges(const Trace &trace, std::uint32_t from, std::uint32_t to);

MemoryPlace memoryPlace(const FigureInput &input, const Camera &camera);
Camera cameraAt(const MemoryPlace &place);
MemoryLevel levelOf(double zoom);
double zoomOf(MemoryLevel level);           // on entering

// The object a lesson means by "list#1" or by a name of the running program; none when there is no such thing.
ObjectId focusedObject(const FigureInput &input);
// The start of the block in which `offset` lies, or 0 when the pool has no such block.
std::uint32_t blockStart(const HeapState &heap, PoolId pool, double offset);
bool arenaInUse(const HeapState &heap, ArenaSlot slot);
bool poolCarved(const HeapState &heap, PoolId pool);

} // namespace pyrena
