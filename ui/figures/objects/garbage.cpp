#include "ui/figures/objects/garbage.h"

namespace pyrena::objects {

namespace {

// Kinds of which the interpreter makes objects that the program does not name.
bool madeInPassing(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Tuple: case TypeKind::Iterator: case TypeKind::BoundMethod: case TypeKind::Slice: case TypeKind::Range:
    case TypeKind::DictView: case TypeKind::Super:
        return true;
    default:
        return false;
    }
}

} // namespace

Holding findHolding(const World &world)
{
    const std::size_t count = world.objects.size();
    Holding holding;
    auto &incoming = holding.incoming;
    incoming.resize(count);
    std::vector<std::uint32_t> fromStacks(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (!world.objects[i].alive() && i != kRuntime.value)
            continue;
        for (const Slot &slot : world.slotsOf(ObjectId(i)))
            if (slot.target && slot.label != kBorrowed && slot.target.value < count) {
                ++incoming[slot.target.value];
                fromStacks[slot.target.value] += !slot.label && world.objects[i].kind == TypeKind::Frame;
            }
    }
    holding.temporary.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const Object &o = world.objects[i];
        if (o.alive() && !o.has(ObjectFlag::Static) && !o.has(ObjectFlag::Immortal) && o.kind != TypeKind::Frame)
            holding.temporary[i] = o.has(ObjectFlag::Hidden)
                || (madeInPassing(o.kind) && incoming[i] > 0 && fromStacks[i] == incoming[i] && o.refcount == incoming[i]);
    }
    std::vector<bool> reached(count);
    std::vector<std::uint32_t> open;
    auto reach = [&](ObjectId id) {
        if (id && id.value < count && !reached[id.value]) {
            reached[id.value] = true;
            open.push_back(id.value);
        }
    };
    reach(kRuntime);
    reach(world.globals);
    for (const Activation &activation : world.stack)
        reach(activation.frame);
    for (std::uint32_t i = 0; i < count; ++i) {
        const Object &o = world.objects[i];
        if (o.alive() && (o.has(ObjectFlag::Static) || o.has(ObjectFlag::Immortal) || o.refcount > incoming[i]))
            reach(ObjectId(i));
    }
    while (!open.empty()) {
        const std::uint32_t id = open.back();
        open.pop_back();
        for (const Slot &slot : world.slotsOf(ObjectId(id)))
            reach(slot.target);
        reach(world.objects[id].type);
    }
    holding.garbage.resize(count);
    for (std::uint32_t i = 0; i < count; ++i)
        holding.garbage[i] = world.objects[i].alive() && !reached[i] && (incoming[i] > 0 || !world.gc.counts());   // with counts it is about to die
    return holding;
}

} // namespace pyrena::objects
