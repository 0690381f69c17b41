#include "core/trace/step.h"

#include <algorithm>
#include <bit>

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

// Positions of a recording, a bit for each: steps end in another order than they begin, and putting their ends in order by
// sorting took up to a seventh of the time of a recording.
class PositionSet
{
public:
    explicit PositionSet(std::uint32_t end) : m_words(end / 64 + 1)
    {
        insert(0);
        insert(end);
    }
    void insert(std::uint32_t position) { m_words[position / 64] |= std::uint64_t(1) << position % 64; }
    std::vector<std::uint32_t> sorted() const
    {
        std::size_t count = 0;
        for (const std::uint64_t word : m_words)
            count += static_cast<std::size_t>(std::popcount(word));
        std::vector<std::uint32_t> positions;
        positions.reserve(count);
        for (std::size_t i = 0; i < m_words.size(); ++i)
            for (std::uint64_t word = m_words[i]; word != 0; word &= word - 1)
                positions.push_back(static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
        return positions;
    }

private:
    std::vector<std::uint64_t> m_words;
};

constexpr std::uint64_t bit(StepKind kind) { return std::uint64_t(1) << static_cast<unsigned>(kind); }

template <class... Kinds>
constexpr std::uint64_t setOf(Kinds... kinds) { return (bit(kinds) | ...); }

// Kinds of steps at whose end stepping by operation stops; of these, by line.
constexpr std::uint64_t kOperationStops = setOf(
    StepKind::Statement, StepKind::Operation, StepKind::Dealloc, StepKind::Collection, StepKind::MergeYounger, StepKind::UpdateRefs,
    StepKind::SubtractRefs, StepKind::MoveUnreachable, StepKind::UntrackTuples, StepKind::UntrackDicts, StepKind::MoveLegacyFinalizers,
    StepKind::HandleWeakrefs, StepKind::FinalizeGarbage, StepKind::HandleResurrectedObjects, StepKind::DeleteGarbage,
    StepKind::ClearFreeLists, StepKind::MarkRoots, StepKind::MarkReachable, StepKind::FillIncrement, StepKind::Sweep,
    StepKind::ComputeForwarding, StepKind::UpdatePointers, StepKind::SlideObjects, StepKind::CopyRoots, StepKind::ScanRemembered,
    StepKind::ScanCopies, StepKind::FlipSpaces, StepKind::Visit, StepKind::RecordedEvent);
constexpr std::uint64_t kLineStops = setOf(StepKind::Statement, StepKind::RecordedEvent);
static_assert(static_cast<unsigned>(StepKind::Shutdown) < 64);

} // namespace

Stops::Stops(const StepTree &tree, std::uint32_t changeCount) : m_end(changeCount)
{
    PositionSet lines(changeCount), operations(changeCount);
    tree.all().forEach([&](const Step &step) {
        if ((bit(step.kind) & kOperationStops) == 0)
            return;
        const std::uint32_t end = std::min(step.end, changeCount);
        operations.insert(end);
        if (bit(step.kind) & kLineStops)
            lines.insert(end);
    });
    m_lines = lines.sorted();
    m_operations = operations.sorted();
}

Stops::Stops(const std::vector<std::uint32_t> &ends, std::uint32_t changeCount) : m_end(changeCount)
{
    PositionSet lines(changeCount);
    for (const std::uint32_t end : ends)
        lines.insert(std::min(end, changeCount));
    m_lines = lines.sorted();
}

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
