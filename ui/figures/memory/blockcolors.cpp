#include "ui/figures/memory/blockcolors.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <utility>

namespace pyrena {

namespace {

constexpr int kSizeGroups = 6;             // up to 16, 32, 64, 128, 256 and 512 bytes
constexpr std::uint32_t kAgeQuanta = 64;   // of a recording

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

// Colours far enough apart for every eye; what they mean stands beside them in the legend.
std::vector<ColorGroup> colorGroups(const Theme &theme, ColorBy by)
{
    std::vector<ColorGroup> groups;
    const bool mono = theme.monochrome;
    const auto add = [&](const QString &name, const QColor &color, int grey, Texture texture) {
        groups.push_back({name, mono ? QColor(grey, grey, grey) : color, mono ? texture : Texture::None});
    };
    switch (by) {
    case ColorBy::Type:
        for (int g = 0; g < kTypeGroups; ++g) {
            const auto group = static_cast<TypeGroup>(g);
            groups.push_back({groupName(group), groupColor(theme, group), groupTexture(theme, group)});
        }
        break;
    case ColorBy::Age:
        add(tr("new: within 1/64 of the run"), theme.danger, 0x10, Texture::None);
        add(tr("within 1/16"), theme.typeColor(TypeKind::Tuple), 0x40, Texture::Cross);
        add(tr("within 1/4"), theme.typeColor(TypeKind::Int), 0x78, Texture::Hatch);
        add(tr("older"), theme.typeColor(TypeKind::List), 0xA0, Texture::Vertical);
        add(tr("from before the start"), theme.faint, 0xC0, Texture::Dots);
        break;
    case ColorBy::SizeClass: {
        constexpr Texture kTextures[] = {Texture::Dots, Texture::Vertical, Texture::Horizontal, Texture::Hatch, Texture::Cross, Texture::None};
        for (int i = 0; i < kSizeGroups; ++i) {
            const double share = i / double(kSizeGroups - 1);
            const QColor light = mixed(theme.typeColor(TypeKind::Int), theme.panel, 0.55), dark = mixed(theme.accent, theme.ink, 0.55);
            add(tr("up to %1 B").arg(16 << i), mixed(dark, light, share), 0xC0 - static_cast<int>(share * 0xB0), kTextures[i]);
        }
        break;
    }
    case ColorBy::Generation:
        add(tr("generation 0"), theme.typeColor(TypeKind::Int), 0xB8, Texture::Horizontal);
        add(tr("generation 1"), theme.typeColor(TypeKind::Tuple), 0x80, Texture::Hatch);
        add(tr("generation 2"), theme.typeColor(TypeKind::List), 0x40, Texture::Cross);
        add(tr("permanent"), theme.ink, 0x10, Texture::None);
        add(tr("set aside by a collection"), theme.danger, 0x60, Texture::Grid);
        add(tr("not tracked"), mixed(theme.secondary, theme.panel, 0.55), 0xC4, Texture::None);
        add(tr("not known"), theme.faint, 0xD8, Texture::Dots);
        break;
    }
    return groups;
}

QColor notThereColor(const Theme &theme) { return mixed(theme.faint, theme.panel, theme.monochrome ? 0.45 : 0.38); }

TraceLook::TraceLook(const Trace &trace) : key(trace)
{
    groups.reserve(trace.objects.size());
    for (const ObjectInfo &object : trace.objects)
        groups.push_back(groupOf(object.kind));
    const auto add = [this](ObjectId id, std::uint16_t flags) {
        if (flags & static_cast<std::uint16_t>(ObjectFlag::Static))
            statics.push_back(id);
    };
    for (std::uint32_t i = 0; i < trace.initial.objects.size(); ++i)
        add(ObjectId(i), trace.initial.objects[i].flags);
    if (trace.objects.size() <= 1)
        return;
    for (std::uint32_t i = 0; i < trace.changeCount(); ++i) {
        if (const auto born = trace.changeAs<change::ObjectBorn>(i))
            add(born->object, born->flags);
        else if (const auto set = trace.changeAs<change::FlagsSet>(i))
            add(set->object, set->after);
    }
    std::sort(statics.begin(), statics.end());
    statics.erase(std::unique(statics.begin(), statics.end()), statics.end());
}

void TraceLook::readAges(const Trace &trace)
{
    if (std::exchange(agesRead, true) || trace.objects.size() > 1)
        return;
    // A recording knows blocks by number only. A block that moves keeps its number, and its age.
    for (std::uint32_t i = 0; i < trace.changeCount(); ++i)
        if (const auto taken = trace.changeAs<change::BlockTaken>(i); taken && taken->tenant.kind() == TenantKind::Recorded) {
            const std::uint32_t number = taken->tenant.number();
            if (number >= recordedAt.size())
                recordedAt.resize(std::max<std::size_t>(number + 1, recordedAt.size() * 2), 0);
            if (recordedAt[number] == 0)
                recordedAt[number] = i + 1;
        }
}

BlockColors::BlockColors(const TraceLook &look, const Trace &trace, const World &world, const Theme &theme, ColorBy by, std::uint32_t position)
    : m_look(&look), m_trace(&trace), m_world(&world), m_by(by)
{
    const std::vector<ColorGroup> groups = colorGroups(theme, by);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        m_colors[g] = groups[g].color.rgb();
        m_light[g] = mixed(groups[g].color, theme.panel, 0.55).rgb();
        m_textures[g] = groups[g].texture;
    }
    for (std::uint32_t i = 0; i < kMaxSizeClasses; ++i)
        m_sizeGroups[i] = static_cast<std::uint8_t>(std::min<int>(std::bit_width((world.heap.blockSize(i) - 1) / 16), kSizeGroups - 1));
    // Ages move on in 64 jumps: a picture in which every block changes its shade at every step would hide what changed.
    m_quantum = std::max(1u, trace.changeCount() / kAgeQuanta);
    m_now = position / m_quantum;
    m_freeOutline = mixed(theme.secondary, theme.panel, 0.6).rgb();
    m_freeFill = mixed(theme.line, theme.panel, 0.75).rgb();
    m_ground = theme.panel.rgb();
    m_frame = theme.secondary.rgb();
    m_notThere = notThereColor(theme).rgb();
    m_halfEmpty = theme.danger.rgb();
    m_key = static_cast<std::uint64_t>(theme.name) | static_cast<std::uint64_t>(by) << 4
        | (by == ColorBy::Age ? std::uint64_t(m_now) + 1 : 0) << 8;
}

std::size_t BlockColors::ageGroup(Tenant t) const
{
    constexpr std::size_t kBefore = 4;
    std::uint32_t born = 0;
    if (isOwned(t) && t.number() < m_trace->objects.size())
        born = m_trace->objects[t.number()].bornAt;
    else if (t.kind() == TenantKind::Recorded && t.number() < m_look->recordedAt.size())
        born = m_look->recordedAt[t.number()];
    if (born == 0)
        return kBefore;
    born /= m_quantum;
    const std::uint32_t age = m_now > born ? m_now - born : 0;
    return age < 1 ? 0 : age < kAgeQuanta / 16 ? 1 : age < kAgeQuanta / 4 ? 2 : 3;
}

std::size_t BlockColors::generationGroup(Tenant t) const
{
    constexpr std::size_t kAside = 4, kUntracked = 5, kUnknown = 6;
    if (!isOwned(t) || !m_world->contains(t.object()))
        return kUnknown;
    switch (m_world->object(t.object()).gcList) {
    case GcListId::None: return kUntracked;
    case GcListId::Generation0: return 0;
    case GcListId::Generation1: return 1;
    case GcListId::Generation2: return 2;
    case GcListId::Permanent: return 3;
    case GcListId::Unreachable: case GcListId::Finalizers: case GcListId::StillUnreachable: case GcListId::Reachable:
    case GcListId::Increment: break;
    }
    return kAside;
}

} // namespace pyrena
