#include "ui/figures/objects/rules.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

namespace pyrena::objects {

namespace {

// What a function, method or generator refers to besides its closure and defaults: shown from level 4 on.
constexpr std::array<std::string_view, 23> kInternal{
    "type", "class", "globals", "builtins", "code", "objclass", "name", "qualname", "doc", "module", "annotations", "kwdefaults", "dict",
    "bases", "mro", "base", "method_descriptor", "func_code", "func_globals", "func_name", "subclasses", "weakreflist", "frame"};

} // namespace

bool Rules::atom(TypeKind kind)
{
    switch (kind) {
    case TypeKind::None: case TypeKind::NotImplemented: case TypeKind::Ellipsis: case TypeKind::Bool: case TypeKind::Int:
    case TypeKind::Float: case TypeKind::Complex: case TypeKind::Str: case TypeKind::Bytes:
        return true;
    default:
        return false;
    }
}

Rules::Rules(const Trace &trace, int level) : m_trace(trace), m_level(level)
{
    for (std::uint32_t i = 0; i < trace.texts.size(); ++i) {
        const std::string &text = trace.texts.text(TextId(i));
        if (text == "__dict__")
            m_dictLabel = TextId(i);
        if (text.starts_with("__"))
            m_dunder.insert(i);
        std::string_view bare(text);   // __globals__ and func_globals are globals
        bare.remove_prefix(std::min(bare.find_first_not_of('_'), bare.size()));
        bare.remove_suffix(bare.size() - std::min(bare.find_last_not_of('_') + 1, bare.size()));
        if (std::find(kInternal.begin(), kInternal.end(), bare) != kInternal.end())
            m_internal.insert(i);
    }
}

bool Rules::inlined(const World &world, ObjectId id) const
{
    const Object &o = world.object(id);
    if (atom(o.kind)) {
        if (m_level < 3 || o.has(ObjectFlag::Static) || o.has(ObjectFlag::Immortal))
            return true;
        switch (o.kind) {
        case TypeKind::Int: {
            const std::int64_t value = std::bit_cast<std::int64_t>(o.value);   // the small ints are shared
            return !o.has(ObjectFlag::BigValue) && value >= m_trace.profile->objects.smallIntMin
                && value <= m_trace.profile->objects.smallIntMax;
        }
        case TypeKind::Float: case TypeKind::Complex: case TypeKind::Str: case TypeKind::Bytes: return false;
        default: return true;
        }
    }
    switch (o.kind) {
    case TypeKind::BuiltinFunction: case TypeKind::Code: case TypeKind::Frame: case TypeKind::Descriptor: case TypeKind::Method:
    case TypeKind::Runtime:
        return true;
    case TypeKind::Type: return o.has(ObjectFlag::Static);
    case TypeKind::Dict:   // a class body's names, while it runs
        if (o.has(ObjectFlag::Namespace) && m_level < 4)
            return true;
        return o.has(ObjectFlag::Hidden) && o.has(ObjectFlag::Static);
    default: return o.has(ObjectFlag::Hidden) && o.has(ObjectFlag::Static);   // the others are temporaries
    }
}

bool Rules::canBeNode(const World &world, ObjectId id) const
{
    return id && world.contains(id) && id != world.globals && !inlined(world, id);
}

bool Rules::quiet(const World &world, ObjectId owner, ObjectId target) const
{
    return m_level < 4 && world.object(owner).kind == TypeKind::Type && world.object(target).kind != TypeKind::Instance
        && world.object(target).kind != TypeKind::List && world.object(target).kind != TypeKind::Dict;
}

bool Rules::shownOnStack(const World &world, ObjectId id) const
{
    if (m_level >= 4)
        return true;
    switch (world.object(id).kind) {
    case TypeKind::List: case TypeKind::Tuple: case TypeKind::Dict: case TypeKind::Set: case TypeKind::FrozenSet:
    case TypeKind::Instance: case TypeKind::PlainObject: case TypeKind::Exception: case TypeKind::Generator: case TypeKind::Iterator:
    case TypeKind::Weakref: case TypeKind::WeakProxy: case TypeKind::BoundMethod: case TypeKind::Range:
        return true;
    default:
        return atom(world.object(id).kind);
    }
}

ObjectId Rules::dictPartOf(const World &world, ObjectId instance) const
{
    const Object &o = world.object(instance);
    if (m_level > 2 || (o.kind != TypeKind::Instance && o.kind != TypeKind::Exception) || !m_dictLabel)
        return {};
    for (const Slot &slot : world.slotsOf(instance))
        if (slot.label == m_dictLabel && slot.target && world.object(slot.target).kind == TypeKind::Dict)
            return slot.target;
    return {};
}

void Rules::forEachDictEntry(const World &world, ObjectId dict, bool &more, const std::function<bool(const Entry &)> &visit) const
{
    const auto slots = world.slotsOf(dict);
    const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(slots.size(), kScanLimit));
    for (std::uint32_t i = 0; i < end && more;) {
        if (slots[i].label) {   // an entry of one slot, its key as a label
            if (slots[i].target)
                more = visit(Entry{.owner = dict, .slot = i, .target = slots[i].target, .label = slots[i].label});
            ++i;
            continue;
        }
        const ObjectId key = slots[i].target, value = i + 1 < end ? slots[i + 1].target : ObjectId();
        if (key && world.contains(key)) {
            if (!inlined(world, key) && !atom(world.object(key).kind))
                more = visit(Entry{.owner = dict, .slot = i, .target = key, .isKey = true});
            if (more && value)
                more = visit(Entry{.owner = dict, .slot = i + 1, .target = value, .key = key});
        }
        i += 2;
    }
}

void Rules::forEachRow(const World &world, ObjectId id, const std::function<bool(const Entry &)> &visit) const
{
    const Object &o = world.object(id);
    bool more = true;
    if (o.kind == TypeKind::Weakref || o.kind == TypeKind::WeakProxy) {
        const ObjectId referent(o.value < world.objects.size() ? static_cast<std::uint32_t>(o.value) : ObjectId::kNone);
        more = visit(Entry{.owner = id, .slot = 0x7fffffff, .target = referent, .weak = true});
    }
    if (o.kind == TypeKind::Dict) {
        forEachDictEntry(world, id, more, visit);
        return;
    }
    const ObjectId part = dictPartOf(world, id);
    const auto slots = world.slotsOf(id);
    const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(slots.size(), kScanLimit));
    for (std::uint32_t i = 0; i < end && more; ++i) {
        const Slot &slot = slots[i];
        const bool named = slot.label && slot.label != kBorrowed;
        if (named && m_level < 4 && m_internal.contains(slot.label.value) && o.kind != TypeKind::Instance)
            continue;
        switch (o.kind) {
        case TypeKind::List: case TypeKind::Tuple: break;
        case TypeKind::Cell: break;
        case TypeKind::Instance: case TypeKind::Exception:
            if ((part && slot.target == part) || (!named && (m_level < 3 || slot.target != o.type)))
                continue;
            if (!slot.target || slot.target == o.type)
                if (m_level < 3 || !slot.target)
                    continue;
            break;
        case TypeKind::Type:
            if (!slot.target || !named || (m_level < 4 && dunder(slot.label) && world.object(slot.target).kind != TypeKind::Function))
                continue;
            break;
        case TypeKind::Module:
            if (m_level < 4)
                continue;
            break;
        default:
            if (!slot.target || (m_level < 3 && world.object(slot.target).kind == TypeKind::None))
                continue;
        }
        more = visit(Entry{.owner = id, .slot = i, .target = slot.target, .label = named ? slot.label : TextId()});
    }
    if (part)
        forEachDictEntry(world, part, more, visit);
}

void Rules::forEachLocal(const World &world, ObjectId frame, const std::function<bool(const Entry &)> &visit) const
{
    const auto slots = world.slotsOf(frame);
    const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(slots.size(), kScanLimit));
    for (std::uint32_t i = 0; i < end; ++i) {
        const bool borrowed = slots[i].label == kBorrowed, stack = borrowed || !slots[i].label;
        if (stack && !slots[i].target)
            continue;
        Entry entry{.owner = frame, .slot = i, .target = slots[i].target};
        entry.label = stack ? TextId() : slots[i].label;
        entry.stack = stack;
        entry.borrowed = borrowed;
        if (!visit(entry))
            return;
    }
}

void Rules::forEachName(const World &world, const std::function<bool(const Entry &, TextId)> &visit) const
{
    if (!world.globals || !world.contains(world.globals))
        return;
    bool more = true;
    forEachDictEntry(world, world.globals, more, [&](const Entry &entry) {
        TextId name = entry.label;
        if (!name && entry.key && world.object(entry.key).kind == TypeKind::Str)
            name = TextId(static_cast<std::uint32_t>(world.object(entry.key).value));
        if (!name || name.value >= m_trace.texts.size() || dunder(name))
            return true;
        return visit(entry, name);
    });
}

int Rules::rowCount(const World &world, ObjectId id, int limit) const
{
    int rows = 0;
    forEachRow(world, id, [&](const Entry &) { return ++rows < limit; });
    return rows;
}

} // namespace pyrena::objects
