#include "core/world/retention.h"

#include <algorithm>

namespace pyrena {

namespace {

constexpr std::uint32_t kNone = 0xffffffffu;

// Object 0, the interpreter, is the root: it refers to what it holds, runs and works on.
class Dominators
{
public:
    explicit Dominators(const World &world) : m_world(world), m_number(world.objects.size(), kNone), m_idom(world.objects.size(), kNone) {}

    void run()
    {
        number();
        predecessors();
        m_idom[0] = 0;
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t i = m_order.size() - 1; i-- > 0;) {   // reverse postorder, without the root
                const std::uint32_t node = m_order[i];
                std::uint32_t best = kNone;
                for (std::uint32_t p = m_begin[node]; p < m_begin[node + 1]; ++p)
                    if (const std::uint32_t from = m_from[p]; m_idom[from] != kNone)
                        best = best == kNone ? from : meet(from, best);
                if (m_idom[node] != best) {
                    m_idom[node] = best;
                    changed = true;
                }
            }
        }
    }

    const std::vector<std::uint32_t> &postorder() const { return m_order; }
    std::uint32_t dominator(std::uint32_t node) const { return m_idom[node]; }

private:
    template <class Visit>
    void references(std::uint32_t node, Visit &&visit) const
    {
        const auto meet = [&](ObjectId id) {
            if (id && m_world.contains(id))
                visit(id.value);
        };
        if (node == 0) {
            meet(m_world.globals);
            for (const Activation &a : m_world.stack)
                meet(a.frame);
        }
        for (const Slot &slot : m_world.slotsOf(ObjectId(node)))
            if (slot.label != kBorrowed)
                meet(slot.target);
        meet(m_world.object(ObjectId(node)).type);
    }

    // Depth first, without recursion: chains may be as long as there are objects.
    void number()
    {
        struct Open { std::uint32_t node; std::size_t next; std::vector<std::uint32_t> targets; };
        std::vector<bool> seen(m_world.objects.size(), false);
        std::vector<Open> open;
        const auto enter = [&](std::uint32_t node) {
            seen[node] = true;
            open.push_back({node, 0, {}});
            references(node, [&](std::uint32_t target) { open.back().targets.push_back(target); });
        };
        enter(0);
        while (!open.empty()) {
            Open &top = open.back();
            if (top.next < top.targets.size()) {
                const std::uint32_t target = top.targets[top.next++];
                if (!seen[target])
                    enter(target);
                continue;
            }
            m_number[top.node] = static_cast<std::uint32_t>(m_order.size());
            m_order.push_back(top.node);
            open.pop_back();
        }
    }

    void predecessors()
    {
        m_begin.assign(m_world.objects.size() + 1, 0);
        for (const std::uint32_t node : m_order)
            references(node, [&](std::uint32_t target) { ++m_begin[target + 1]; });
        for (std::size_t i = 1; i < m_begin.size(); ++i)
            m_begin[i] += m_begin[i - 1];
        m_from.resize(m_begin.back());
        std::vector<std::uint32_t> next(m_begin.begin(), m_begin.end() - 1);
        for (const std::uint32_t node : m_order)
            references(node, [&](std::uint32_t target) { m_from[next[target]++] = node; });
    }

    std::uint32_t meet(std::uint32_t a, std::uint32_t b) const
    {
        while (a != b) {
            while (m_number[a] < m_number[b])
                a = m_idom[a];
            while (m_number[b] < m_number[a])
                b = m_idom[b];
        }
        return a;
    }

    const World &m_world;
    std::vector<std::uint32_t> m_order;            // postorder; the root last
    std::vector<std::uint32_t> m_number;           // by object: its place there
    std::vector<std::uint32_t> m_idom;
    std::vector<std::uint32_t> m_begin, m_from;    // of each object, who refers to it
};

} // namespace

bool Retention::keeps(ObjectId owner, ObjectId object) const
{
    for (ObjectId id = keeper[object.value]; id; id = keeper[id.value])
        if (id == owner)
            return true;
    return false;
}

std::vector<ObjectId> Retention::keptBy(ObjectId owner) const
{
    std::vector<std::uint8_t> known(keeper.size(), 0);   // 1: kept, 2: not
    std::vector<ObjectId> found, way;
    for (std::uint32_t n = 0; n < keeper.size(); ++n) {
        way.clear();
        ObjectId id = keeper[n];
        for (; id && id != owner && !known[id.value]; id = keeper[id.value])
            way.push_back(id);
        const std::uint8_t kept = id == owner ? 1 : id ? known[id.value] : 2;
        for (const ObjectId passed : way)
            known[passed.value] = kept;
        known[n] = kept;
        if (kept == 1)
            found.push_back(ObjectId(n));
    }
    return found;
}

Retention retention(const World &world)
{
    Retention result;
    result.keeper.resize(world.objects.size());
    result.bytes.resize(world.objects.size(), 0);
    if (world.objects.empty())
        return result;
    Dominators dominators(world);
    dominators.run();
    // Postorder: whoever is kept comes before its keeper.
    for (const std::uint32_t node : dominators.postorder()) {
        const Object &o = world.objects[node];
        if (!o.has(ObjectFlag::Static))
            result.bytes[node] += std::uint64_t(o.size) + o.bufferSize;
        if (node == 0)
            continue;
        const std::uint32_t keeper = dominators.dominator(node);
        result.bytes[keeper] += result.bytes[node];
        if (keeper != 0)
            result.keeper[node] = ObjectId(keeper);
    }
    return result;
}

} // namespace pyrena
