#pragma once

#include "core/base/address.h"
#include "core/base/id.h"

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace pyrena {

// Who lives in a block. Sixteen kinds, 28 bits of number: an ObjectId, or the block number of a recording.
enum class TenantKind : std::uint8_t {
    None,       // nobody (free or untouched)
    Object,     // the object itself, headers included
    Items,      // a list's ob_item array
    Keys,       // a dict's keys block (index and entries), or a set's table
    Values,     // an instance's values array (3.11, 3.12) or a split dict's (up to 3.10)
    Runtime,    // the interpreter's own: code, frames, names; number says which
    Recorded,   // block `number` of an allocator recording: what lives there is not known
};

struct Tenant
{
    std::uint32_t packed = 0;

    constexpr Tenant() = default;
    constexpr Tenant(TenantKind kind, std::uint32_t number)
        : packed((static_cast<std::uint32_t>(kind) << 28) | (number & 0x0fffffffu)) {}

    constexpr TenantKind kind() const { return static_cast<TenantKind>(packed >> 28); }
    constexpr std::uint32_t number() const { return packed & 0x0fffffffu; }
    // Valid for Object, Items, Keys and Values.
    constexpr ObjectId object() const { return ObjectId(number()); }
    friend constexpr bool operator==(const Tenant &, const Tenant &) = default;
};

inline constexpr std::uint32_t kPoolsPerArena = 64;        // index space; an unaligned arena uses 63 of it
inline constexpr std::uint16_t kNoSizeClass = 0xffff;      // szidx of a pool just carved
inline constexpr std::uint32_t kMaxSizeClasses = 64;       // 512 / 8

// The operating system hands out memory in pages and gives a page its place in RAM when it is first written. Its size is a
// parameter: 4 KiB is the default of Linux on x86-64.
inline constexpr std::uint32_t kPageSize = 4096;
inline constexpr std::uint32_t kPageShift = 12;

// arena_object: one descriptor. A descriptor with address 0 is unused and may be taken again.
struct Arena
{
    Address address;              // of the 256 KiB or 1 MiB from the operating system; 0: unused
    std::uint32_t ordinal = 0;    // 0, 1, 2 ... in order of creation, never reused
    std::uint32_t excess = 0;     // address mod pool size: > 0 costs one pool
    std::uint32_t nextUntouched = 0;   // index of the next pool to carve (CPython keeps pool_address)
    std::uint32_t nFreePools = 0;      // empty pools and pools never carved, together
    std::uint32_t nTotalPools = 0;
    PoolId freePools;             // head of the chain of empty pools
    ArenaSlot nextArena;          // in usable_arenas, or next in unused_arena_objects
    ArenaSlot prevArena;          // in usable_arenas
    friend bool operator==(const Arena &, const Arena &) = default;
};

// pool_header. Offsets are bytes from the start of the pool; block offsets start at 48.
struct Pool
{
    std::uint32_t blocksInUse = 0;      // ref.count
    std::uint16_t freeBlock = 0;        // offset of the head of the free chain; 0: none
    std::uint16_t sizeClass = kNoSizeClass;
    std::uint16_t nextOffset = 0;       // first block never carved
    std::uint16_t maxNextOffset = 0;    // last offset a block may start at
    // Pages from the pool's start that were ever written since its arena was mapped: the header, the blocks handed out (as if
    // written in full) and the link in the block carved ahead. Always a prefix, because carving rises; it never shrinks while
    // the arena lives, whatever class the pool changes to.
    std::uint16_t residentPages = 0;
    PoolId nextPool;                    // in usedpools, or in the arena's freepools chain
    PoolId prevPool;                    // in usedpools
    friend bool operator==(const Pool &, const Pool &) = default;
};

// What is known of a block, stored at index PoolId * unitsPerPool + offset / alignment.
struct Block
{
    std::uint16_t nextFree = 0;    // link of the free chain (an offset); 0: end
    std::uint16_t request = 0;     // bytes asked for; the rest up to the class size is rounding waste
    Tenant tenant;
    friend bool operator==(const Block &, const Block &) = default;
};

enum class BlockState : std::uint8_t { Untouched, Free, Allocated };   // the three states people teach
enum class PoolState : std::uint8_t { Untouched, Empty, Used, Full };  // CPython's words; Empty is taught as "free"

inline constexpr std::uint32_t kRawHeaderSize = 16;        // in front of every raw block

// A block of the raw (C library) heap: modelled, not CPython's. See core/memory/rawheap.h.
struct RawBlock
{
    Address address;              // of its 16-byte header; the program gets address + 16
    std::uint64_t size = 0;       // bytes, header included
    std::uint64_t request = 0;    // bytes asked for; 0: free
    Tenant tenant;
    RawBlockId prev, next;        // neighbours in address order
    bool free = true;
    friend bool operator==(const RawBlock &, const RawBlock &) = default;
};

struct HeapTotals
{
    std::uint64_t bytesRequested = 0;     // in pools and raw, as asked for
    std::uint64_t bytesInBlocks = 0;      // of allocated blocks in pools, rounded up to their class
    std::uint64_t bytesInRawBlocks = 0;
    std::uint32_t blocksInUse = 0;        // in pools
    std::uint32_t rawBlocksInUse = 0;
    std::uint32_t arenasNow = 0, arenasEver = 0, arenasReleased = 0, arenasHighWater = 0;
    std::uint64_t bytesReserved = 0;      // address space: arenas as mapped, and the raw heap up to the break
    std::uint64_t bytesResident = 0;      // of these, in pages that were ever written
    std::uint64_t bytesInUse() const { return bytesInBlocks + bytesInRawBlocks; }   // handed out, rounding included
    friend bool operator==(const HeapTotals &, const HeapTotals &) = default;
};

// Where the raw heap begins: what Linux calls the heap, above the program's image. Modelled; any value would do.
inline constexpr Address kRawHeapStart{0x55e4c0a00000};

// obmalloc's whole state. Geometry is copied from the profile so that a World explains itself.
struct HeapState
{
    std::uint32_t alignment = 16, poolSize = 16384, arenaSize = 1 << 20;

    std::vector<Arena> arenas;              // CPython: `arenas`, indexed by slot
    std::vector<Pool> pools;                // kPoolsPerArena for each slot
    std::vector<Block> blocks;              // unitsPerPool() for each pool
    std::vector<std::uint8_t> blockStates;  // BlockState, same index; separate so that painting is one sweep
    std::array<PoolId, kMaxSizeClasses> usedPools{};   // heads; a list is walked by Pool::nextPool
    ArenaSlot usableArenas;                 // head
    ArenaSlot unusedArenaObjects;           // head (a stack)

    std::vector<RawBlock> rawBlocks;        // indexed by RawBlockId; released ids are reused
    RawBlockId firstRawBlock, lastRawBlock; // lowest and highest address
    Address rawHeapEnd = kRawHeapStart;     // the program break
    // Everything below was written: a block counts as written in full when it is handed out, a free one in its header.
    // One mark suffices, because a block is always taken at the low end of a free one.
    Address rawTouchedEnd = kRawHeapStart;

    HeapTotals totals;

    // Alignment and pool size are powers of two; shifts keep these off the slow divider.
    std::uint32_t alignmentShift() const { return static_cast<std::uint32_t>(std::countr_zero(alignment)); }
    std::uint32_t unitsPerPool() const { return poolSize >> alignmentShift(); }
    std::uint32_t sizeClassOf(std::uint32_t request) const { return (request - 1) >> alignmentShift(); }
    std::uint32_t blockSize(std::uint32_t sizeClass) const { return (sizeClass + 1) * alignment; }
    std::uint32_t blockIndex(PoolId pool, std::uint32_t offset) const
    {
        return pool.value * unitsPerPool() + (offset >> alignmentShift());
    }
    ArenaSlot arenaOf(PoolId pool) const { return ArenaSlot(pool.value / kPoolsPerArena); }
    std::uint32_t indexInArena(PoolId pool) const { return pool.value % kPoolsPerArena; }

    Address poolAddress(PoolId pool) const;              // requires: its arena is in use
    PoolState poolState(PoolId pool) const;
    BlockState blockState(PoolId pool, std::uint32_t offset) const
    {
        return static_cast<BlockState>(blockStates[blockIndex(pool, offset)]);
    }
    std::uint32_t capacity(std::uint32_t sizeClass) const;   // blocks in a pool of that class

    std::uint64_t rawReserved() const { return rawHeapEnd - kRawHeapStart; }
    std::uint64_t rawResident() const;                       // whole pages
    // Whether the page an address lies in is resident; false outside of arenas and raw heap.
    bool isResident(Address address) const;

    struct Place { PoolId pool; std::uint32_t offset = 0; };
    // The pool and block start an address lies in; pool is none when it is in no arena or in a pool header.
    Place find(Address address) const;

    friend bool operator==(const HeapState &, const HeapState &) = default;
};

inline constexpr std::uint32_t kFreeLinkSize = 8;      // what the allocator writes into a free block: the link of the chain
inline constexpr std::uint32_t kPoolHeaderSize = 48;   // sizeof(pool_header); every recording fails with another value

} // namespace pyrena
