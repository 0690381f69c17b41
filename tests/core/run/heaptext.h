#pragma once

#include "core/explain/describe.h"
#include "core/trace/trace.h"

#include <set>
#include <string>

namespace pyrena::testing {

// What a program's names lead to, as indented lines:
//   a -> list#1, count 2, room for 4
//     [0] -> int 1000, count 1
//     [1] -> list#1
// An object is described where it is met first and named afterwards. Counts are left out where they do not move, "room"
// stands for the items a list's array has room for, "keys of" for the bytes of a dict's keys block.
class HeapText
{
public:
    HeapText(const Trace &trace, const World &world) : m_trace(trace), m_world(world) {}

    std::string run()
    {
        const auto slots = m_world.slotsOf(m_world.globals);
        for (std::uint32_t entry = 0; 2 * entry + 1 < slots.size(); ++entry) {
            const ObjectId key = slots[2 * entry].target, value = slots[2 * entry + 1].target;
            if (!key || !value)
                continue;
            const std::string &name = m_trace.text(TextId(static_cast<std::uint32_t>(m_world.object(key).value)));
            if (!name.starts_with("__") && isShown(value))
                reference(0, name, value);
        }
        return m_text;
    }

private:
    // Modules, classes and functions would hide what the program is about.
    bool isShown(ObjectId id) const
    {
        const TypeKind kind = m_world.object(id).kind;
        return kind != TypeKind::Module && kind != TypeKind::Type && kind != TypeKind::Function;
    }

    void reference(int depth, const std::string &name, ObjectId target)
    {
        const Object &o = m_world.object(target);
        m_text += std::string(2 * static_cast<std::size_t>(depth), ' ') + name + " -> ";
        if (!m_met.insert(target.value).second) {
            m_text += m_trace.label(target) + "\n";
            return;
        }
        m_text += describe(m_trace, m_world, target);
        if (!o.has(ObjectFlag::Immortal) && !o.has(ObjectFlag::Static))
            m_text += ", count " + std::to_string(o.refcount);
        if (o.kind == TypeKind::List && o.bufferSize > 0)
            m_text += ", room for " + std::to_string(o.bufferSize / 8);
        if (o.kind == TypeKind::Dict && o.bufferSize > 0)
            m_text += ", keys of " + std::to_string(o.bufferSize);
        m_text += "\n";
        const auto slots = m_world.slotsOf(target);
        for (std::uint32_t i = 0; i < slots.size(); ++i)
            if (slots[i].target && isShown(slots[i].target))
                reference(depth + 1, slotName(m_trace, m_world, target, i), slots[i].target);
    }

    const Trace &m_trace;
    const World &m_world;
    std::string m_text;
    std::set<std::uint32_t> m_met;
};

inline std::string heapText(const Trace &trace, const World &world) { return HeapText(trace, world).run(); }

// The objects that die from the first change after `from` on, one a line; those that die of another's death are indented.
inline std::string deathText(const Trace &trace, std::uint32_t fromLine)
{
    std::string text;
    for (std::uint32_t i = 0; i < trace.steps.size(); ++i) {
        const Step &step = trace.steps[StepId(i)];
        if (step.kind != StepKind::Dealloc)
            continue;
        const StepId statement = trace.steps.statementOf(StepId(i));
        if (!statement || trace.steps[statement].span.begin.line < fromLine)
            continue;
        std::size_t depth = 0;
        for (StepId up = step.parent; up; up = trace.steps[up].parent)
            depth += trace.steps[up].kind == StepKind::Dealloc;
        text += std::string(2 * depth, ' ') + trace.label(step.subject) + "\n";
    }
    return text;
}

} // namespace pyrena::testing
