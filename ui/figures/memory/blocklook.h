#pragma once

#include <QColor>
#include <QString>

#include "core/trace/trace.h"
#include "core/world/world.h"
#include "ui/figures/memory/memoryscene.h"
#include "ui/theme.h"

#include <array>
#include <optional>

namespace pyrena {

// What the colour of an allocated block says.
enum class ColorBy : std::uint8_t { Type, Age, SizeClass };

// The entries of the colour legend. A second block (items, keys, values) has its owner's group, lighter.
enum class TypeGroup : std::uint8_t { Number, Str, List, Dict, Tuple, Instance, Set, Other, Runtime, Recorded };
inline constexpr int kTypeGroups = 10;

TypeGroup groupOf(TypeKind kind);
TypeGroup groupOf(const Trace &trace, Tenant tenant);
bool isSecondBlock(TenantKind kind);
QString groupName(TypeGroup group);
QColor groupColor(const Theme &theme, TypeGroup group);     // greys that differ where the theme is monochrome
Texture groupTexture(const Theme &theme, TypeGroup group);  // none where colours tell

// Colours of blocks in pictures below text size. Depends on the position only when colouring by age.
class BlockColors
{
public:
    BlockColors(const Trace &trace, const Theme &theme, ColorBy by, std::uint32_t position);

    // Of an allocated block.
    QRgb solid(const Block &block, std::uint32_t sizeClass) const;
    QColor color(const Block &block, std::uint32_t sizeClass) const { return QColor::fromRgb(solid(block, sizeClass)); }
    QRgb freeOutline() const { return m_freeOutline; }
    QRgb freeFill() const { return m_freeFill; }       // where an outline has no room
    QRgb ground() const { return m_ground; }
    QRgb frame() const { return m_frame; }             // of a pool

private:
    const Trace *m_trace;
    ColorBy m_by;
    std::uint32_t m_position;
    std::array<QRgb, kTypeGroups> m_groups{}, m_light{};
    std::array<QRgb, kMaxSizeClasses> m_ramp{};
    QRgb m_freeOutline, m_freeFill, m_ground, m_frame;
};

// "list#1", "list#1 items", "block 123"; for free blocks "free", for untouched ones "untouched".
QString tenantLabel(const Trace &trace, const World &world, Tenant tenant);
QString poolName(PoolId pool);                       // "pool 7"
QString arenaName(const HeapState &heap, ArenaSlot slot);   // "arena 0", by ordinal
QString poolStateName(PoolState state);              // both vocabularies: "allocated (used)"
std::uint32_t blockNumber(const HeapState &heap, PoolId pool, std::uint32_t offset);   // from 0, within its pool
QString ordinalMark(int n);                          // "1st", "2nd", ...
QString byteCount(std::uint64_t bytes);              // "48 B", "16 KiB", "1 MiB"

// Sentences for tool tips and the screen reader.
QString blockSentence(const Trace &trace, const World &world, PoolId pool, std::uint32_t offset);
QString poolSentence(const HeapState &heap, PoolId pool);
QString arenaSentence(const HeapState &heap, ArenaSlot slot);

// The second block or the object itself: where `object` lives in a pool, if it does.
std::optional<HeapState::Place> placeOf(const World &world, ObjectId object);

} // namespace pyrena
