#pragma once

#include "core/trace/change.h"
#include "core/world/heapstate.h"

namespace pyrena {

// The part of these changes that concerns arenas and pools, for a heap whose blocks nobody looks at one by one.
void redoPoolsOnly(HeapState &heap, const change::ArenaSlotsGrown &);
void redoPoolsOnly(HeapState &heap, const change::ArenaMade &);
void redoPoolsOnly(HeapState &heap, const change::ArenaReleased &);
void redoPoolsOnly(HeapState &heap, const change::PoolInitialised &);

} // namespace pyrena
