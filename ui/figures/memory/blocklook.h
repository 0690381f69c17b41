#pragma once

#include <QColor>
#include <QString>

#include "core/trace/trace.h"
#include "core/world/world.h"
#include "ui/figures/memory/blockcolors.h"
#include "ui/figures/memory/memoryscene.h"
#include "ui/theme.h"

#include <optional>

namespace pyrena {

// "list#1", "list#1 items", "block 123"; for free blocks "free", for untouched ones "untouched".
QString tenantLabel(const Trace &trace, const World &world, Tenant tenant);
QString poolName(PoolId pool);                       // "pool 7"
QString arenaName(const HeapState &heap, ArenaSlot slot);   // "arena 0", by ordinal
QString poolStateName(PoolState state);              // both vocabularies: "allocated (used)"
std::uint32_t blockNumber(const HeapState &heap, PoolId pool, std::uint32_t offset);   // from 0, within its pool
QString ordinalMark(int n);                          // "1st", "2nd", ...
QString byteCount(std::uint64_t bytes);              // "48 B", "16 KiB", "1 MiB"

// In use, but at most half full: what external fragmentation inside of pools looks like.
bool isHalfEmpty(const HeapState &heap, PoolId pool);
// How many blocks of a pool begin in pages that are resident. Requires: a pool with a size class.
std::uint32_t residentBlocks(const HeapState &heap, PoolId pool);
std::uint32_t residentBytes(const HeapState &heap, PoolId pool);   // from its start on

// Sentences for tool tips and the screen reader.
QString blockSentence(const Trace &trace, const World &world, PoolId pool, std::uint32_t offset);
QString poolSentence(const HeapState &heap, PoolId pool);
QString arenaSentence(const HeapState &heap, ArenaSlot slot);

// The second block or the object itself: where `object` lives in a pool, if it does.
std::optional<HeapState::Place> placeOf(const World &world, ObjectId object);

} // namespace pyrena
