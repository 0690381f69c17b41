#include "ui/models/touches.h"

#include <type_traits>

namespace pyrena {

namespace {

template <class C>
bool aboutObject(const C &c, ObjectId id)
{
    bool found = false;
    if constexpr (requires { { c.object } -> std::convertible_to<ObjectId>; })
        found = found || c.object == id;
    if constexpr (requires { { c.owner } -> std::convertible_to<ObjectId>; })
        found = found || c.owner == id;
    if constexpr (requires { { c.frame } -> std::convertible_to<ObjectId>; })
        found = found || c.frame == id;
    // Bound or let go by a slot: one of its references comes or goes.
    if constexpr (std::is_same_v<C, change::SlotSet>)
        found = found || c.before == id || c.after == id;
    return found;
}

template <class C>
bool aboutPool(const C &c, PoolId id)
{
    if constexpr (requires { { c.pool } -> std::convertible_to<PoolId>; })
        return c.pool == id;
    else
        return false;
}

template <class C>
bool aboutBlock(const C &c, const SelectedBlock &block)
{
    if constexpr (requires { c.pool; c.offset; })
        return c.pool == block.pool && c.offset == block.offset;
    else
        return false;
}

template <class C>
bool aboutArena(const C &c, ArenaSlot slot)
{
    if constexpr (requires { { c.slot } -> std::convertible_to<ArenaSlot>; })
        return c.slot == slot;
    else if constexpr (std::is_same_v<C, change::PoolTaken> || std::is_same_v<C, change::PoolReturned>)
        return c.pool.value / kPoolsPerArena == slot.value;
    else
        return false;
}

template <class C>
bool aboutRaw(const C &c, RawBlockId id)
{
    if constexpr (requires { { c.block } -> std::convertible_to<RawBlockId>; })
        return c.block == id;
    else
        return false;
}

} // namespace

bool touches(const Trace &trace, const Change &change, const Selected &what)
{
    Q_UNUSED(trace)
    return std::visit([&what](const auto &c) {
        if (const auto *object = std::get_if<ObjectId>(&what))
            return aboutObject(c, *object);
        if (const auto *block = std::get_if<SelectedBlock>(&what))
            return aboutBlock(c, *block);
        if (const auto *pool = std::get_if<SelectedPool>(&what))
            return aboutPool(c, pool->pool);
        if (const auto *arena = std::get_if<SelectedArena>(&what))
            return aboutArena(c, arena->slot);
        if (const auto *raw = std::get_if<SelectedRawBlock>(&what))
            return aboutRaw(c, raw->block);
        return false;
    }, change);
}

std::optional<std::uint32_t> nextChangeOf(const Trace &trace, const Selected &what, std::uint32_t position)
{
    for (std::uint32_t i = position; i < trace.changeCount(); ++i)
        if (touches(trace, trace.change(i), what))
            return i + 1;
    return {};
}

std::optional<std::uint32_t> previousChangeOf(const Trace &trace, const Selected &what, std::uint32_t position)
{
    // The change just done is number position - 1.
    for (std::uint32_t i = position > 0 ? position - 1 : 0; i > 0; --i)
        if (touches(trace, trace.change(i - 1), what))
            return i;
    return {};
}

} // namespace pyrena
