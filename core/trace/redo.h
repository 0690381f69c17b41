#pragma once

#include "core/trace/change.h"
#include "core/trace/changelog.h"
#include "core/trace/redoblock.h"   // BlockTaken, BlockFreed
#include "core/trace/redoslot.h"    // RefcountChanged, SlotSet
#include "core/world/world.h"

namespace pyrena {

// The one place where a World changes: used by the Recorder when a change happens and by the Timeline when it is seen again.
// Throws InternalError when `before` does not hold.
void redo(World &world, const Change &change);
// The changes from number `begin` up to `end`, straight from their records.
void redo(World &world, const ChangeLog &log, std::uint32_t begin, std::uint32_t end);

// The same, split by subject; redo() dispatches to these.
void redoChange(HeapState &heap, const change::ArenaSlotsGrown &);
void redoChange(HeapState &heap, const change::ArenaMade &);
void redoChange(HeapState &heap, const change::ArenaReleased &);
void redoChange(HeapState &heap, const change::ArenaLinked &);
void redoChange(HeapState &heap, const change::ArenaUnlinked &);
void redoChange(HeapState &heap, const change::PoolTaken &);
void redoChange(HeapState &heap, const change::PoolReturned &);
void redoChange(HeapState &heap, const change::PoolInitialised &);
void redoChange(HeapState &heap, const change::PoolLinked &);
void redoChange(HeapState &heap, const change::PoolUnlinked &);
void redoChange(HeapState &heap, const change::BlockResized &);
void redoChange(HeapState &heap, const change::TenantSet &);
void redoChange(HeapState &heap, const change::RawTaken &);
void redoChange(HeapState &heap, const change::RawFreed &);
void redoChange(HeapState &heap, const change::RawSplit &);
void redoChange(HeapState &heap, const change::RawMerged &);
void redoChange(HeapState &heap, const change::RawHeapGrown &);
void redoChange(HeapState &heap, const change::RawResized &);
void redoChange(HeapState &heap, const change::RawTenantSet &);

void redoChange(World &world, const change::ObjectBorn &);
void redoChange(World &world, const change::ObjectDied &);
void redoChange(World &world, const change::SlotsMoved &);
void redoChange(World &world, const change::LengthSet &);
void redoChange(World &world, const change::SlotsShifted &);
void redoChange(World &world, const change::SlotsReversed &);
void redoChange(World &world, const change::ValueSet &);
void redoChange(World &world, const change::BufferSet &);
void redoChange(World &world, const change::SizeSet &);
void redoChange(World &world, const change::FlagsSet &);
void redoChange(World &world, const change::TypeSet &);
void redoChange(World &world, const change::WeakrefsSet &);
void redoChange(World &world, const change::GcMoved &);
void redoChange(World &world, const change::GcListMerged &);
void redoChange(World &world, const change::GcRefsSet &);
void redoChange(World &world, const change::GcCountSet &);
void redoChange(World &world, const change::GcThresholdSet &);
void redoChange(World &world, const change::GcModeSet &);
void redoChange(World &world, const change::LongLivedSet &);
void redoChange(World &world, const change::CollectionCost &);
void redoChange(World &world, const change::IncrementalSet &);
void redoChange(World &world, const change::GcMarked &);
void redoChange(World &world, const change::SpaceUsed &);
void redoChange(World &world, const change::SpaceResized &);
void redoChange(World &world, const change::SpacesFlipped &);
void redoChange(World &world, const change::ScanMoved &);
void redoChange(World &world, const change::ForwardingSet &);
void redoChange(World &world, const change::ObjectMoved &);
void redoChange(World &world, const change::BufferMoved &);
void redoChange(World &world, const change::Remembered &);
void redoChange(World &world, const change::RememberedForgotten &);
void redoChange(World &world, const change::FramePushed &);
void redoChange(World &world, const change::FramePopped &);
void redoChange(World &world, const change::LineReached &);
void redoChange(World &world, const change::GlobalsSet &);
void redoChange(World &world, const change::Printed &);
void redoChange(World &world, const change::Noticed &);

// The same for a change whose kind is known; those of the heap see only the heap.
template <class C>
void redoOne(World &world, const C &change)
{
    if constexpr (requires(HeapState &heap) { redoChange(heap, change); })
        redoChange(world.heap, change);
    else
        redoChange(world, change);
}

// Forgets what is known of the pool's blocks: they are as if never carved.
void clearBlocks(HeapState &heap, PoolId pool);

} // namespace pyrena
