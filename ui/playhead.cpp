#include "ui/playhead.h"

#include "core/memory/replay.h"

#include <algorithm>

namespace pyrena {

namespace {

bool onlyClearsStack(const Trace &trace, std::uint32_t begin, std::uint32_t end)
{
    for (std::uint32_t i = begin; i < end; ++i) {
        const auto set = trace.changeAs<change::SlotSet>(i);
        if (!set || set->label || trace.objects[set->owner.value].kind != TypeKind::Frame)
            return false;
    }
    return true;
}

} // namespace

void Playhead::setTrace(std::shared_ptr<const Trace> trace, std::uint32_t position)
{
    m_replay = nullptr;
    begin(std::move(trace), position);
}

void Playhead::setReplay(std::shared_ptr<const RecordedReplay> replay, std::uint32_t position)
{
    m_replay = std::move(replay);
    begin(m_replay ? m_replay->trace : nullptr, position);
}

void Playhead::begin(std::shared_ptr<const Trace> trace, std::uint32_t position)
{
    m_gates.clear();
    m_timeline = trace ? std::make_unique<Timeline>(std::move(trace)) : nullptr;
    m_position = std::min(position, end());
    if (m_timeline)
        m_timeline->seek(m_position);
    Q_EMIT traceChanged();
}

void Playhead::setGranularity(Granularity granularity)
{
    if (granularity == m_granularity)
        return;
    m_granularity = granularity;
    Q_EMIT granularityChanged();
}

void Playhead::seek(std::uint32_t position)
{
    if (!hasTrace())
        return;
    position = std::min(position, end());
    if (position == m_position)
        return;
    const std::uint32_t from = m_position;
    m_timeline->seek(position);
    m_position = position;
    Q_EMIT moved(from, position);
}

void Playhead::stepForward(Granularity granularity)
{
    if (!hasTrace())
        return;
    const std::uint32_t next = trace().stops.next(m_position, granularity);
    const auto gate = std::lower_bound(m_gates.begin(), m_gates.end(), m_position);
    if (gate == m_gates.end() || *gate >= next) {
        seek(next);
        if (atGate())
            Q_EMIT gateReached();
        return;
    }
    seek(*gate);
    Q_EMIT gateReached();
}

std::uint32_t Playhead::nearestStop(std::uint32_t position) const
{
    if (!hasTrace() || m_granularity == Granularity::Event)
        return position;
    const Stops &stops = trace().stops;
    const std::uint32_t below = stops.position(stops.indexOf(position, m_granularity), m_granularity);
    const std::uint32_t above = stops.next(position, m_granularity);
    return position - below <= above - position ? below : above;
}

void Playhead::setGates(std::vector<std::uint32_t> gates)
{
    m_gates = std::move(gates);
    std::sort(m_gates.begin(), m_gates.end());
}

bool Playhead::atGate() const
{
    return std::binary_search(m_gates.begin(), m_gates.end(), m_position);
}

void Playhead::stepBack(Granularity granularity)
{
    if (hasTrace())
        seek(trace().stops.previous(m_position, granularity));
}

std::uint32_t Playhead::stepBegin() const
{
    if (!hasTrace())
        return 0;
    std::uint32_t begin = trace().stops.previous(m_position, m_granularity);
    // The end of a statement often only clears the value stack: what is "this step" then is its last operation.
    if (m_granularity == Granularity::Operation && begin > 0 && onlyClearsStack(trace(), begin, m_position))
        begin = trace().stops.previous(begin, m_granularity);
    return begin;
}

} // namespace pyrena
