#include "core/world/reachability.h"

#include <algorithm>

namespace pyrena {

namespace {

struct Search
{
    const World &world;
    std::vector<bool> seen;
    std::vector<ObjectId> order;        // a breadth-first queue that is never shortened
    std::vector<ReachStep> cameBy;      // for each entry of `order`: the last reference on the way
    std::vector<std::uint32_t> from;    // for each entry of `order`: index of its owner there
    ObjectId wanted;                    // stop here; none: look at everything

    explicit Search(const World &w) : world(w), seen(w.objects.size(), false) {}

    bool done() const { return wanted && !order.empty() && seen[wanted.value]; }

    void meet(ObjectId id, ReachStep by, std::uint32_t index)
    {
        if (!id || !world.contains(id) || seen[id.value] || done())
            return;
        seen[id.value] = true;
        order.push_back(id);
        cameBy.push_back(by);
        from.push_back(index);
    }

    void run()
    {
        if (world.objects.empty())
            return;
        meet(kRuntime, {}, 0);
        meet(world.globals, {kRuntime, ReachStep::kRunning}, 0);
        for (const Activation &a : world.stack)
            meet(a.frame, {kRuntime, ReachStep::kRunning}, 0);
        for (std::uint32_t i = 0; i < order.size() && !done(); ++i) {
            const ObjectId owner = order[i];
            const auto slots = world.slotsOf(owner);
            for (std::uint32_t s = 0; s < slots.size(); ++s)
                if (slots[s].target && slots[s].label != kBorrowed)
                    meet(slots[s].target, {owner, s}, i);
            meet(world.object(owner).type, {owner, ReachStep::kClass}, i);
        }
    }
};

} // namespace

std::optional<std::vector<ReachStep>> pathFromRoot(const World &world, ObjectId object)
{
    if (!object || !world.contains(object))
        return {};
    Search search(world);
    search.wanted = object;
    search.run();
    if (!search.seen[object.value])
        return {};
    std::vector<ReachStep> path;
    for (std::uint32_t i = static_cast<std::uint32_t>(search.order.size()) - 1; i != 0; i = search.from[i])
        path.push_back(search.cameBy[i]);
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<bool> reachableObjects(const World &world)
{
    Search search(world);
    search.run();
    return search.seen;
}

} // namespace pyrena
