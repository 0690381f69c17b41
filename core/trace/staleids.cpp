#include "core/trace/staleids.h"

#include <variant>

namespace pyrena {

StaleIds::StaleIds(const Trace &trace)
{
    if (trace.profile->collector.manager < Manager::MarkCompact)   // nothing moves
        return;
    std::unordered_map<std::uint32_t, std::uint32_t> arrived;      // by object: when it came to where it lies
    for (std::uint32_t i = 0; i < trace.changeCount(); ++i) {
        const Change &change = trace.change(i);
        if (std::holds_alternative<change::Printed>(change)) {
            m_printed.push_back(i);
        } else if (const auto *moved = std::get_if<change::ObjectMoved>(&change)) {
            const auto [since, first] = arrived.try_emplace(moved->object.value, trace.objects[moved->object.value].bornAt);
            m_moves[moved->before.value].push_back({moved->object, since->second, i});
            since->second = i;
        }
    }
}

ObjectId StaleIds::formerOwner(std::uint64_t number, std::uint32_t seen, const World &world, std::uint32_t position) const
{
    const auto found = m_moves.find(number);
    if (found == m_moves.end())
        return {};
    for (const Move &move : found->second)
        if (move.from <= seen && seen <= move.at && move.at < position && world.object(move.object).address.value != number)
            return move.object;
    return {};
}

} // namespace pyrena
