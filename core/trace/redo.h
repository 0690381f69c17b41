#pragma once

#include "core/trace/change.h"
#include "core/trace/changelog.h"
#include "core/trace/redoblock.h"   // BlockTaken, BlockFreed
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

// Forgets what is known of the pool's blocks: they are as if never carved.
void clearBlocks(HeapState &heap, PoolId pool);

} // namespace pyrena
