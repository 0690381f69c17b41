#pragma once

#include <cstdint>

namespace pyrena {

// Wrong rules, to prove that the recordings would catch them (tests/core/memory/tst_mistakes.cpp). The product knows only None,
// and since it is a template argument pays nothing for the others.
enum class Mistake : std::uint8_t {
    None,
    FifoFreeChain,             // a freed block is reused last
    FullPoolToBack,            // a full pool that gets a free block goes to the back of its class's list
    UsedPoolToFront,           // a pool moves to the front whenever a block of it is freed
    ArenasByAddress,           // the usable arena with the lowest address serves
    MostFreeArenaFirst,        // the usable arena with the most free pools serves
    ShrinkAt24Percent,         // realloc moves at 24 % less instead of 25 %
    ShrinkIncludesBoundary,    // exactly 3/4 of the block stays
    ReallocNeverShrinks,       // any smaller size stays
    ReallocFreesFirst,         // the old block is given back before the new one is taken
    RawComesBackToPool,        // a raw block reallocated to a small size moves to a pool
    ZeroToSmallestClass,       // malloc(0) is served from a pool
    ClassByFloor,              // class n / step instead of (n - 1) / step
    PoolAlwaysReset,           // an empty pool taken for its own class starts anew
    Header32,                  // 32 bytes of pool header
    FreshPoolsFirst,           // untouched pools are preferred to empty ones
    HighestPoolFirst,          // untouched pools are carved from the top
    FreedPoolToBack,           // an empty pool goes to the back of freepools
    LowestDescriptorFirst,     // the unused descriptor with the lowest index is taken
    KeepSoleArenaOnly,         // 3.9+: a free arena stays only if it is the only usable one
    CacheOneEmptyArena,        // one wholly free arena always stays
    ReleaseJudgedAtNewPlace,   // 3.9+: an arena is kept if it is last after sorting
    FullArenaToBack,           // an arena that gets its first free pool goes to the back
    EqualArenasBehind,         // an arena goes behind those with as many free pools
    CarveTwoAhead,             // two untouched blocks are put on the chain at a time
    TwoFreeBlocksAtFirst,      // a new pool has two free blocks on its chain instead of one
    UnalignedArenaHas64Pools,  // an unaligned arena loses no pool
    Count
};

} // namespace pyrena
