#include "core/explain/describe.h"

#include "core/explain/phrase.h"
#include "core/python/text/floatrepr.h"
#include "core/python/text/strrepr.h"

#include <bit>

namespace pyrena {

namespace {

constexpr std::size_t kReprLimit = 400;   // bytes of a str that are looked at for a short value

// Cut to about that many characters (code points), with an ellipsis.
std::string cut(std::string text, std::size_t maxLength)
{
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80)
            continue;
        if (characters == maxLength) {
            // Quotes and brackets stay closed: 'abc…'
            const char last = text.back();
            const bool quoted = text.front() == last && (last == '\'' || last == '"');
            text.resize(i);
            text += "\u2026";
            if (quoted)
                text += last;
            return text;
        }
        ++characters;
    }
    return text;
}

std::string head(const std::string &text)
{
    if (text.size() <= kReprLimit)
        return text;
    std::size_t end = kReprLimit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return text.substr(0, end);
}

// The texts of ids that a hand-made or damaged world may lack.
const std::string &textOf(const Trace &trace, std::uint64_t value)
{
    return trace.text(value < trace.texts.size() ? TextId(static_cast<std::uint32_t>(value)) : TextId());
}

std::string codeName(const Trace &trace, std::uint64_t value)
{
    return value < trace.codes.size() ? trace.text(trace.codes[value].name) : std::string();
}

std::size_t dictLength(const World &world, ObjectId id)
{
    std::size_t used = 0;
    const auto slots = world.slotsOf(id);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (slots[i].label)
            used += bool(slots[i].target);
        else if (i % 2 == 0)
            used += bool(slots[i].target);
    }
    return used;
}

std::string items(std::size_t count)
{
    return count == 1 ? phrase("[1 item]") : phrase("[%1 items]", {number(static_cast<std::int64_t>(count))});
}

// What stands for an object inside another name: "list#1", "globals", "f" for a frame.
std::string ownerName(const Trace &trace, const World &world, ObjectId owner)
{
    if (owner == world.globals)
        return phrase("globals");
    const Object &o = world.object(owner);
    if (o.kind == TypeKind::Frame) {
        const std::string name = codeName(trace, o.value);
        return name.empty() ? trace.label(owner) : name;
    }
    return trace.label(owner);
}

bool isStackEntry(const Slot &slot) { return !slot.label || slot.label == kBorrowed; }

} // namespace

std::string shortValue(const Trace &trace, const World &world, ObjectId id, std::size_t maxLength)
{
    if (!id || !world.contains(id))
        return phrase("nothing");
    const Object &o = world.object(id);
    switch (o.kind) {
    case TypeKind::None: return "None";
    case TypeKind::NotImplemented: return "NotImplemented";
    case TypeKind::Ellipsis: return "...";
    case TypeKind::Bool: return o.value ? "True" : "False";
    case TypeKind::Int:
        return cut(o.has(ObjectFlag::BigValue) ? textOf(trace, o.value) : std::to_string(std::bit_cast<std::int64_t>(o.value)),
                   maxLength);
    case TypeKind::Float: return text::reprFloat(std::bit_cast<double>(o.value));
    case TypeKind::Str: return cut(text::reprString(head(textOf(trace, o.value))), maxLength);
    case TypeKind::Bytes: return cut(text::reprBytes(head(textOf(trace, o.value))), maxLength);
    case TypeKind::List: case TypeKind::Tuple: case TypeKind::Set: case TypeKind::FrozenSet: return items(o.slotsLength);
    case TypeKind::Dict: return items(dictLength(world, id));
    case TypeKind::Type: case TypeKind::Module: case TypeKind::BuiltinFunction:
        return cut(textOf(trace, o.value), maxLength);
    case TypeKind::Function: case TypeKind::Code: case TypeKind::Frame: case TypeKind::Generator:
        return cut(codeName(trace, o.value), maxLength);
    case TypeKind::Weakref: case TypeKind::WeakProxy:
        return o.value < world.objects.size() && world.objects[o.value].alive()
            ? "\u2192 " + trace.label(ObjectId(static_cast<std::uint32_t>(o.value))) : phrase("dead");
    default:
        return id.value < trace.objects.size() ? cut(trace.text(trace.objects[id.value].typeName), maxLength) : kindName(o.kind);
    }
}

std::string describe(const Trace &trace, const World &world, ObjectId id)
{
    if (!id || !world.contains(id))
        return phrase("nothing");
    const Object &o = world.object(id);
    const std::string value = shortValue(trace, world, id);
    switch (o.kind) {
    case TypeKind::None: case TypeKind::NotImplemented: case TypeKind::Ellipsis: return value;
    case TypeKind::Bool: case TypeKind::Int: case TypeKind::Float: case TypeKind::Str: case TypeKind::Bytes:
        return std::string(kindName(o.kind)) + ' ' + value;
    case TypeKind::Type: return value.empty() ? trace.label(id) : phrase("class %1", {value});
    case TypeKind::Module: return value.empty() ? trace.label(id) : phrase("module %1", {value});
    case TypeKind::Function: case TypeKind::BuiltinFunction:
        return value.empty() ? trace.label(id) : phrase("function %1", {value});
    case TypeKind::Frame: return value.empty() ? trace.label(id) : phrase("frame of %1", {value});
    case TypeKind::Dict: return id == world.globals ? phrase("globals") : trace.label(id);
    default: return trace.label(id);
    }
}

std::string slotName(const Trace &trace, const World &world, ObjectId owner, std::uint32_t index)
{
    const Object &o = world.object(owner);
    const auto slots = world.slotsOf(owner);
    const Slot slot = index < slots.size() ? slots[index] : Slot{};
    const std::string label = slot.label && slot.label != kBorrowed ? trace.text(slot.label) : std::string();
    switch (o.kind) {
    case TypeKind::List: case TypeKind::Tuple: return '[' + std::to_string(index) + ']';
    case TypeKind::Set: case TypeKind::FrozenSet: return phrase("item %1", {std::to_string(index)});
    case TypeKind::Dict: {
        const bool names = o.has(ObjectFlag::Namespace);
        if (!label.empty())
            return names ? phrase("name %1", {label}) : '[' + label + ']';
        if (index % 2 == 0)
            return phrase("key %1", {std::to_string(index / 2)});
        const ObjectId key = index - 1 < slots.size() ? slots[index - 1].target : ObjectId();
        if (!key || !world.contains(key))
            return phrase("value %1", {std::to_string(index / 2)});
        if (names && world.object(key).kind == TypeKind::Str)
            return phrase("name %1", {textOf(trace, world.object(key).value)});
        return '[' + shortValue(trace, world, key, 16) + ']';
    }
    case TypeKind::Frame: {
        if (!isStackEntry(slot))
            return phrase("local %1", {label});
        std::uint32_t below = 0;
        for (std::uint32_t i = 0; i < index && i < slots.size(); ++i)
            below += isStackEntry(slots[i]);
        return phrase("stack %1", {std::to_string(below)});
    }
    case TypeKind::Runtime: return label.empty() ? phrase("root %1", {std::to_string(index)}) : label;
    case TypeKind::Cell: return phrase(".contents");
    default:
        if (!label.empty())
            return '.' + label;
        return index == 0 && slot.target && slot.target == o.type ? phrase("type") : '[' + std::to_string(index) + ']';
    }
}

std::vector<Holder> holdersOf(const Trace &trace, const World &world, ObjectId id)
{
    std::vector<Holder> holders;
    for (std::uint32_t owner = 0; owner < world.objects.size(); ++owner) {
        const Object &o = world.objects[owner];
        if (o.slotsLength == 0 || (!o.alive() && owner != kRuntime.value))
            continue;
        const auto slots = world.slotsOf(ObjectId(owner));
        for (std::uint32_t i = 0; i < slots.size(); ++i) {
            if (slots[i].target != id || slots[i].label == kBorrowed)
                continue;
            const ObjectId holder(owner);
            const std::string slot = slotName(trace, world, holder, i);
            std::string name;
            if (o.kind == TypeKind::Frame && isStackEntry(slots[i]))
                name = phrase("value stack of %1", {ownerName(trace, world, holder)});
            else if (o.kind == TypeKind::Frame)
                name = phrase("%1 of %2", {slot, ownerName(trace, world, holder)});
            else if (o.kind == TypeKind::Runtime)
                name = phrase("%1 of the interpreter", {slot});
            else if (slot.front() == '[' || slot.front() == '.')
                name = ownerName(trace, world, holder) + slot;
            else
                name = phrase("%1 in %2", {slot, ownerName(trace, world, holder)});
            holders.push_back({holder, i, name});
        }
    }
    return holders;
}

std::uint64_t shownRefcount(const Trace &trace, const World &world, ObjectId id)
{
    const Object &o = world.object(id);
    const std::uint32_t fixed = trace.profile ? trace.profile->objects.immortalShown : 0;
    return o.has(ObjectFlag::Immortal) && fixed ? fixed : o.refcount;
}

} // namespace pyrena
