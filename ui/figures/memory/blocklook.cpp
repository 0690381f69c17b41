#include "ui/figures/memory/blocklook.h"

#include <QCoreApplication>

#include <bit>

namespace pyrena {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("MemoryFigure", text); }

TypeKind typicalKind(TypeGroup group)
{
    switch (group) {
    case TypeGroup::Number: return TypeKind::Int;
    case TypeGroup::Str: return TypeKind::Str;
    case TypeGroup::List: return TypeKind::List;
    case TypeGroup::Dict: return TypeKind::Dict;
    case TypeGroup::Tuple: return TypeKind::Tuple;
    case TypeGroup::Instance: return TypeKind::Instance;
    case TypeGroup::Set: return TypeKind::Set;
    case TypeGroup::Other: case TypeGroup::Runtime: case TypeGroup::Recorded: break;
    }
    return TypeKind::Function;
}

} // namespace

TypeGroup groupOf(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Int: case TypeKind::Bool: case TypeKind::Float: case TypeKind::Complex: return TypeGroup::Number;
    case TypeKind::Str: case TypeKind::Bytes: return TypeGroup::Str;
    case TypeKind::List: return TypeGroup::List;
    case TypeKind::Dict: return TypeGroup::Dict;
    case TypeKind::Tuple: return TypeGroup::Tuple;
    case TypeKind::Instance: case TypeKind::Exception: case TypeKind::PlainObject: return TypeGroup::Instance;
    case TypeKind::Set: case TypeKind::FrozenSet: return TypeGroup::Set;
    case TypeKind::Runtime: return TypeGroup::Runtime;
    default: return TypeGroup::Other;
    }
}

// From what is known of an object for ever, not from the world: a block is taken before its object is born.
TypeGroup groupOf(const Trace &trace, Tenant tenant)
{
    switch (tenant.kind()) {
    case TenantKind::Object: case TenantKind::Items: case TenantKind::Keys: case TenantKind::Values:
        if (tenant.number() < trace.objects.size())
            return groupOf(trace.objects[tenant.number()].kind);
        return TypeGroup::Other;
    case TenantKind::Recorded: return TypeGroup::Recorded;
    case TenantKind::Runtime: return TypeGroup::Runtime;
    case TenantKind::None: break;
    }
    return TypeGroup::Other;
}

bool isSecondBlock(TenantKind kind)
{
    return kind == TenantKind::Items || kind == TenantKind::Keys || kind == TenantKind::Values;
}

QString groupName(TypeGroup group)
{
    switch (group) {
    case TypeGroup::Number: return tr("int, float");
    case TypeGroup::Str: return tr("str");
    case TypeGroup::List: return tr("list");
    case TypeGroup::Dict: return tr("dict");
    case TypeGroup::Tuple: return tr("tuple");
    case TypeGroup::Instance: return tr("instance");
    case TypeGroup::Set: return tr("set");
    case TypeGroup::Other: return tr("function, class, other");
    case TypeGroup::Runtime: return tr("interpreter");
    case TypeGroup::Recorded: return tr("recorded: type not known");
    }
    return {};
}

QColor groupColor(const Theme &theme, TypeGroup group)
{
    if (theme.monochrome) {
        // Light enough to tell from each other, none as light as a free block.
        constexpr int kGrey[kTypeGroups] = {0xB8, 0x38, 0x80, 0x9C, 0x60, 0x10, 0x50, 0x70, 0xA8, 0x58};
        const int grey = kGrey[static_cast<int>(group)];
        return QColor(grey, grey, grey);
    }
    if (group == TypeGroup::Runtime)
        return theme.faint;
    if (group == TypeGroup::Recorded)
        return mixed(theme.typeColor(TypeKind::Function), theme.accent, 0.6);
    return theme.typeColor(typicalKind(group));
}

Texture groupTexture(const Theme &theme, TypeGroup group)
{
    if (!theme.monochrome)
        return Texture::None;
    constexpr Texture kTextures[kTypeGroups] = {Texture::Horizontal, Texture::Cross, Texture::Vertical, Texture::BackHatch,
                                                Texture::Grid, Texture::None, Texture::Hatch, Texture::None,
                                                Texture::Dots, Texture::None};
    return kTextures[static_cast<int>(group)];
}

BlockColors::BlockColors(const Trace &trace, const Theme &theme, ColorBy by, std::uint32_t position)
    : m_trace(&trace), m_by(by), m_position(position)
{
    for (int g = 0; g < kTypeGroups; ++g) {
        const QColor color = groupColor(theme, static_cast<TypeGroup>(g));
        m_groups[g] = color.rgb();
        m_light[g] = mixed(color, theme.panel, 0.55).rgb();
    }
    for (std::uint32_t i = 0; i < kMaxSizeClasses; ++i)
        m_ramp[i] = mixed(theme.accent, mixed(theme.accent, theme.panel, 0.25), i / double(kMaxSizeClasses - 1)).rgb();
    m_freeOutline = mixed(theme.secondary, theme.panel, 0.6).rgb();
    m_freeFill = mixed(theme.line, theme.panel, 0.75).rgb();
    m_ground = theme.panel.rgb();
    m_frame = theme.secondary.rgb();
}

QRgb BlockColors::solid(const Block &block, std::uint32_t sizeClass) const
{
    if (m_by == ColorBy::SizeClass)
        return m_ramp[std::min(sizeClass * 2, kMaxSizeClasses - 1)];
    const Tenant tenant = block.tenant;
    if (m_by == ColorBy::Age && tenant.kind() != TenantKind::Recorded && tenant.kind() != TenantKind::Runtime
        && tenant.number() < m_trace->objects.size()) {
        const std::uint32_t born = m_trace->objects[tenant.number()].bornAt;
        const std::uint32_t age = m_position > born ? m_position - born : 0;   // new is dark, each doubling lighter
        return m_ramp[kMaxSizeClasses - 1 - std::min<std::uint32_t>(std::bit_width(age) * 3, kMaxSizeClasses - 1)];
    }
    const auto group = static_cast<std::size_t>(groupOf(*m_trace, tenant));
    return isSecondBlock(tenant.kind()) ? m_light[group] : m_groups[group];
}

} // namespace pyrena
