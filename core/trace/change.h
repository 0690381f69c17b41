#pragma once

#include "core/base/address.h"
#include "core/base/id.h"
#include "core/world/heapstate.h"
#include "core/world/object.h"
#include "core/world/spaces.h"

#include <cstdint>
#include <variant>

namespace pyrena {

// The only ways a World changes. Each is small, trivially copyable and holds before and after where both matter;
// redo() compares `before` with the world, so that a divergence shows at the first wrong change.
// `before` of a list or slot is part of the check; there is no inverse: going back is redo from a keyframe.

// ---- obmalloc -----------------------------------------------------------------------------------------------------
namespace change {

struct ArenaSlotsGrown { std::uint32_t before, after; };          // the vector of descriptors doubles
struct ArenaMade { ArenaSlot slot; std::uint32_t ordinal; Address address; };   // pops unused_arena_objects
struct ArenaReleased { ArenaSlot slot; std::uint32_t ordinal; };  // munmap; pushes unused_arena_objects
struct ArenaLinked { ArenaSlot slot, prev, next; };               // into usable_arenas, between prev and next
struct ArenaUnlinked { ArenaSlot slot, prev, next; };             // out of usable_arenas
struct PoolTaken { PoolId pool; std::uint32_t nFreePoolsBefore; bool carved; };   // carved: next untouched; else head of freepools
struct PoolReturned { PoolId pool; std::uint32_t nFreePoolsBefore; };   // empty: onto the front of its arena's freepools
struct PoolInitialised { PoolId pool; std::uint16_t classBefore, classAfter; };   // header reset for a class; block 0 on the chain
struct PoolLinked { PoolId pool; std::uint16_t sizeClass; };      // to the front of usedpools[sizeClass]
struct PoolUnlinked { PoolId pool; std::uint16_t sizeClass; };
struct BlockTaken                                                 // the head of the pool's free chain is handed out
{
    PoolId pool;
    std::uint16_t offset, request;
    Tenant tenant;
    std::uint16_t freeBlockAfter;
    std::uint16_t nextOffsetBefore, nextOffsetAfter;              // differ when one untouched block is carved ahead
};
struct BlockFreed { PoolId pool; std::uint16_t offset, freeBlockBefore; Tenant tenant; };
struct BlockResized { PoolId pool; std::uint16_t offset, requestBefore, requestAfter; };   // realloc in place
struct TenantSet { PoolId pool; std::uint16_t offset; Tenant before, after; };
struct RawTaken { RawBlockId block; Tenant tenant; std::uint64_t request; };      // a free raw block is handed out whole
struct RawFreed { RawBlockId block; Tenant tenant; };
struct RawSplit { RawBlockId block, rest; std::uint64_t size; };  // block keeps `size` bytes, rest is the new free neighbour
struct RawMerged { RawBlockId block, gone; };                     // absorbs its free upper neighbour
struct RawHeapGrown { RawBlockId block; std::uint64_t bytes; };   // brk: a new free block at the end
struct RawResized { RawBlockId block; std::uint64_t requestBefore, requestAfter; };
struct RawTenantSet { RawBlockId block; Tenant before, after; };

// ---- objects ------------------------------------------------------------------------------------------------------
struct ObjectBorn
{
    ObjectId object, type;
    std::uint32_t size;
    TypeKind kind;
    std::uint16_t flags;
    std::uint64_t address;
};
struct ObjectDied { ObjectId object; bool freeListed; };
struct RefcountChanged { ObjectId object; std::uint32_t before, after; };
struct SlotSet { ObjectId owner; std::uint32_t index; ObjectId before, after; TextId label; };   // label: the slot's, after
struct SlotsMoved { ObjectId owner; std::uint32_t beginBefore, capacityBefore, beginAfter, capacityAfter; };   // its region grows, shrinks or goes
struct LengthSet { ObjectId owner; std::uint32_t before, after; };    // slots in use; those beyond are empty
struct SlotsShifted { ObjectId owner; std::uint32_t from, to, count; };   // memmove inside the owner; vacated slots become empty
struct SlotsReversed { ObjectId owner; std::uint32_t from, count; };
struct ValueSet { ObjectId object; std::uint64_t before, after; };
struct BufferSet { ObjectId object; std::uint32_t sizeBefore, sizeAfter; std::uint64_t address; };   // its second block
struct SizeSet { ObjectId object; std::uint32_t before, after; std::uint64_t address; };   // realloc: where it is now
struct FlagsSet { ObjectId object; std::uint16_t before, after; };
struct TypeSet { ObjectId object, before, after; };
struct WeakrefsSet { ObjectId object, before, after; };               // head of the object's list of weak references

// ---- collector ----------------------------------------------------------------------------------------------------
struct GcMoved { ObjectId object; GcListId before, after; };          // out of one list, to the end of another
struct GcListMerged { GcListId from, to; };                           // gc_list_merge: appended as a whole
struct GcRefsSet { ObjectId object; std::int32_t before, after; };
struct GcCountSet { std::uint32_t generation; std::int32_t before, after; };
struct GcThresholdSet { std::uint32_t generation; std::int32_t before, after; };
struct GcModeSet { bool enabled, collecting; };
struct LongLivedSet { std::int64_t total, pending; };
struct CollectionCost { std::uint64_t visits, bytesMoved; };          // of one collection, at its end
struct IncrementalSet { std::uint8_t visitedSpace; bool marking; std::int64_t workToDo; };   // 3.14.0
struct GcMarked { ObjectId object; GcMark before, after; };

// ---- managers that move objects -------------------------------------------------------------------------------------
struct SpaceUsed { SpaceId space; std::uint64_t before, after; };     // the top moves: up for what is put there, down when it is empty
struct SpaceResized { SpaceId space; std::uint64_t before, after; };
struct SpacesFlipped { SpaceId before, after; };
struct ScanMoved { Address before, after; };
struct ForwardingSet { ObjectId object; Address to; };                // where it will be
struct ObjectMoved { ObjectId object; Address before, after; };       // its address changes: what id() showed is stale
struct BufferMoved { ObjectId object; Address before, after; };       // its second block
struct Remembered { ObjectId object; };                               // the write barrier: an old object may refer to a young one
struct RememberedForgotten { std::uint32_t count; };                  // all of them: the nursery is empty

// ---- the running program --------------------------------------------------------------------------------------------
struct FramePushed { ObjectId frame; CodeId code; std::uint32_t line; };
struct FramePopped { ObjectId frame; };
struct LineReached { ObjectId frame; std::uint32_t before, after; };
struct GlobalsSet { ObjectId before, after; };
struct Printed { TextId text; };

// Changes nothing; says something worth a step of its own.
enum class NoticeKind : std::uint8_t {
    StaysAlive,        // object's count fell but is not 0
    NameLookedUp,      // text: the name; object: what it is bound to
    ImmortalCount,     // object's count does not move
    SameObject,        // object: a cached or shared object is used, none is made
    ServedByRaw,       // number: bytes; too big for a pool
    FreeListHit,       // object's memory comes from a free list
    CollectionResult,  // number: what gc.collect() returns
    Raised,            // object: the exception; text: its type and message
    Called,            // text: name of the callable
    Compared,          // text: what was compared; number: 0 or 1
    PointersUpdated,   // object's references to what moved are rewritten; number: how many
    LookedAt,          // the collector visits object, and there is nothing to change
    RecordingMark,     // a P, S or H line of an allocator recording; number: which
    Plain,             // text: the sentence itself
};
struct Noticed { NoticeKind what; ObjectId object; TextId text; std::int64_t number; };

} // namespace change

using Change = std::variant<
    change::ArenaSlotsGrown, change::ArenaMade, change::ArenaReleased, change::ArenaLinked, change::ArenaUnlinked,
    change::PoolTaken, change::PoolReturned, change::PoolInitialised, change::PoolLinked, change::PoolUnlinked,
    change::BlockTaken, change::BlockFreed, change::BlockResized, change::TenantSet,
    change::RawTaken, change::RawFreed, change::RawSplit, change::RawMerged, change::RawHeapGrown, change::RawResized,
    change::RawTenantSet,
    change::ObjectBorn, change::ObjectDied, change::RefcountChanged, change::SlotSet, change::SlotsMoved, change::LengthSet,
    change::SlotsShifted, change::SlotsReversed, change::ValueSet, change::BufferSet, change::SizeSet, change::FlagsSet,
    change::TypeSet, change::WeakrefsSet,
    change::GcMoved, change::GcListMerged, change::GcRefsSet, change::GcCountSet, change::GcThresholdSet,
    change::GcModeSet, change::LongLivedSet, change::CollectionCost, change::IncrementalSet, change::GcMarked,
    change::SpaceUsed, change::SpaceResized, change::SpacesFlipped, change::ScanMoved, change::ForwardingSet,
    change::ObjectMoved, change::BufferMoved, change::Remembered, change::RememberedForgotten,
    change::FramePushed, change::FramePopped, change::LineReached, change::GlobalsSet, change::Printed, change::Noticed>;

static_assert(sizeof(Change) <= 32, "a change is stored two million times");
static_assert(std::is_trivially_copyable_v<Change>);

} // namespace pyrena
