#include "core/trace/step.h"

#include <algorithm>

namespace pyrena {

StepId StepTree::stepAt(std::uint32_t change) const
{
    // Steps are sorted by begin; the last one that begins at or before `change` is inside the wanted one or is it.
    const auto after = std::upper_bound(m_steps.begin(), m_steps.end(), change,
                                        [](std::uint32_t c, const Step &s) { return c < s.begin; });
    if (after == m_steps.begin())
        return {};
    StepId id(static_cast<std::uint32_t>(after - m_steps.begin() - 1));
    while (id && m_steps[id.value].end <= change)
        id = m_steps[id.value].begin == m_steps[id.value].end && id.value > 0 && !m_steps[id.value].parent
            ? StepId() : m_steps[id.value].parent;
    return id;
}

StepId StepTree::statementOf(StepId id) const
{
    while (id && m_steps[id.value].kind != StepKind::Statement)
        id = m_steps[id.value].parent;
    return id;
}

std::vector<StepId> StepTree::children(StepId id) const
{
    std::vector<StepId> found;
    for (std::uint32_t child = id.value + 1; child < m_steps[id.value].last; child = m_steps[child].last)
        found.push_back(StepId(child));
    return found;
}

namespace {

// The end is a stop in any case.
std::vector<std::uint32_t> withEnd(const std::vector<std::uint32_t> &stops, std::uint32_t changeCount)
{
    std::vector<std::uint32_t> positions;
    positions.reserve(stops.size() + 1);
    positions.insert(positions.end(), stops.begin(), stops.end());
    if (positions.back() != changeCount)
        positions.push_back(changeCount);
    return positions;
}

// In order but for a few at the end (the marks of a recording); the beginning is a stop, too.
std::vector<std::uint32_t> stopsAt(const std::vector<std::uint32_t> &ends, std::uint32_t changeCount)
{
    std::vector<std::uint32_t> stops;
    stops.reserve(ends.size() + 2);
    stops.push_back(0);
    stops.insert(stops.end(), ends.begin(), ends.end());
    const auto others = std::is_sorted_until(stops.begin(), stops.end());
    std::sort(others, stops.end());
    std::inplace_merge(stops.begin(), others, stops.end());
    stops.erase(std::unique(stops.begin(), stops.end()), stops.end());
    return withEnd(stops, changeCount);
}

} // namespace

Stops::Stops(const StepTree &tree, std::uint32_t changeCount)
    : m_lines(withEnd(tree.lineEnds(), changeCount)), m_operations(withEnd(tree.operationEnds(), changeCount)), m_end(changeCount)
{
}

Stops::Stops(const std::vector<std::uint32_t> &ends, std::uint32_t changeCount) : m_lines(stopsAt(ends, changeCount)), m_end(changeCount) {}

std::uint32_t Stops::next(std::uint32_t position, Granularity granularity) const
{
    if (granularity == Granularity::Event)
        return std::min(position + 1, m_end);
    const auto &v = positions(granularity);
    const auto found = std::upper_bound(v.begin(), v.end(), position);
    return found == v.end() ? m_end : *found;
}

std::uint32_t Stops::previous(std::uint32_t position, Granularity granularity) const
{
    if (granularity == Granularity::Event)
        return position == 0 ? 0 : position - 1;
    const auto &v = positions(granularity);
    const auto found = std::lower_bound(v.begin(), v.end(), position);
    return found == v.begin() ? 0 : *(found - 1);
}

std::uint32_t Stops::count(Granularity granularity) const
{
    switch (granularity) {
    case Granularity::Line:
    case Granularity::Operation: return static_cast<std::uint32_t>(positions(granularity).size());
    case Granularity::Event: return m_end + 1;
    }
    return 0;
}

std::uint32_t Stops::indexOf(std::uint32_t position, Granularity granularity) const
{
    if (granularity == Granularity::Event)
        return std::min(position, m_end);
    const auto &v = positions(granularity);
    const auto found = std::upper_bound(v.begin(), v.end(), position);
    return found == v.begin() ? 0 : static_cast<std::uint32_t>(found - v.begin() - 1);
}

std::uint32_t Stops::position(std::uint32_t index, Granularity granularity) const
{
    if (granularity == Granularity::Event)
        return std::min(index, m_end);
    const auto &v = positions(granularity);
    return v.empty() ? 0 : v[std::min<std::size_t>(index, v.size() - 1)];
}

} // namespace pyrena
