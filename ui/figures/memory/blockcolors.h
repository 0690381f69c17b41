#pragma once

#include <QColor>
#include <QString>

#include "core/trace/trace.h"
#include "core/world/world.h"
#include "ui/figures/colorby.h"
#include "ui/figures/memory/texture.h"
#include "ui/figures/memory/tracekey.h"
#include "ui/theme.h"

#include <array>
#include <vector>

namespace pyrena {

// The types that share a colour. A second block (items, keys, values) has its owner's group, lighter.
enum class TypeGroup : std::uint8_t { Number, Str, List, Dict, Tuple, Instance, Set, Other, Runtime, Recorded };
inline constexpr int kTypeGroups = 10;
inline constexpr int kMaxColorGroups = kTypeGroups;   // of any ColorBy

TypeGroup groupOf(TypeKind kind);
TypeGroup groupOf(const Trace &trace, Tenant tenant);
bool isSecondBlock(TenantKind kind);
QString groupName(TypeGroup group);
QColor groupColor(const Theme &theme, TypeGroup group);     // greys that differ where the theme is monochrome
Texture groupTexture(const Theme &theme, TypeGroup group);  // none where colours tell

// One colour and what it means, for any choice.
struct ColorGroup
{
    QString name;
    QColor color;
    Texture texture = Texture::None;   // where colours do not tell
};
std::vector<ColorGroup> colorGroups(const Theme &theme, ColorBy by);
QColor notThereColor(const Theme &theme);   // of the pattern of pages that are not resident

// What never changes of a trace and every block's colour needs, in small tables: a million blocks are looked up for a picture.
struct TraceLook
{
    TraceKey key;
    std::vector<TypeGroup> groups;            // by ObjectId
    std::vector<ObjectId> statics;            // all that are ever part of the interpreter's image
    std::vector<std::uint32_t> recordedAt;    // by number of a recorded block: the change that took it; 0: before the first
    bool agesRead = false;

    explicit TraceLook(const Trace &trace);
    void readAges(const Trace &trace);        // fills recordedAt; reads a whole recording, once
};

// Colours of blocks at one moment.
class BlockColors
{
public:
    BlockColors(const TraceLook &look, const Trace &trace, const World &world, const Theme &theme, ColorBy by, std::uint32_t position);

    // Of an allocated block: its index in colorGroups(), and its colour.
    std::size_t group(const Block &block, std::uint32_t sizeClass) const
    {
        switch (m_by) {
        case ColorBy::Type: return typeGroup(block.tenant);
        case ColorBy::Age: return ageGroup(block.tenant);
        case ColorBy::SizeClass: return m_sizeGroups[sizeClass];
        case ColorBy::Generation: break;
        }
        return generationGroup(block.tenant);
    }
    QRgb solid(const Block &block, std::uint32_t sizeClass) const
    {
        const std::size_t g = group(block, sizeClass);
        return m_by != ColorBy::SizeClass && isSecond(block.tenant) ? m_light[g] : m_colors[g];
    }
    QColor color(const Block &block, std::uint32_t sizeClass) const { return QColor::fromRgb(solid(block, sizeClass)); }
    Texture texture(const Block &block, std::uint32_t sizeClass) const { return m_textures[group(block, sizeClass)]; }

    const TraceLook &look() const { return *m_look; }

    QRgb freeOutline() const { return m_freeOutline; }
    QRgb freeFill() const { return m_freeFill; }       // where an outline has no room
    QRgb ground() const { return m_ground; }
    QRgb frame() const { return m_frame; }             // of a pool
    QRgb notThere() const { return m_notThere; }       // the pattern of pages that are not resident
    QRgb halfEmpty() const { return m_halfEmpty; }     // the mark of a pool that is at most half in use

    // All that the colours depend on besides the blocks themselves, and for a generation the collector's lists.
    std::uint64_t key() const { return m_key; }

private:
    static bool isSecond(Tenant t) { return t.kind() >= TenantKind::Items && t.kind() <= TenantKind::Values; }
    static bool isOwned(Tenant t) { return t.kind() >= TenantKind::Object && t.kind() <= TenantKind::Values; }
    std::size_t typeGroup(Tenant t) const
    {
        if (isOwned(t))
            return static_cast<std::size_t>(t.number() < m_look->groups.size() ? m_look->groups[t.number()] : TypeGroup::Other);
        return static_cast<std::size_t>(t.kind() == TenantKind::Recorded ? TypeGroup::Recorded
                                        : t.kind() == TenantKind::Runtime ? TypeGroup::Runtime : TypeGroup::Other);
    }
    std::size_t ageGroup(Tenant tenant) const;
    std::size_t generationGroup(Tenant tenant) const;

    const TraceLook *m_look;
    const Trace *m_trace;
    const World *m_world;
    ColorBy m_by;
    std::uint32_t m_quantum = 1, m_now = 0;   // of ages, in changes and in quanta
    std::array<QRgb, kMaxColorGroups> m_colors{}, m_light{};
    std::array<Texture, kMaxColorGroups> m_textures{};
    std::array<std::uint8_t, kMaxSizeClasses> m_sizeGroups{};
    QRgb m_freeOutline, m_freeFill, m_ground, m_frame, m_notThere, m_halfEmpty;
    std::uint64_t m_key;
};

} // namespace pyrena
