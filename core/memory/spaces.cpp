#include "core/memory/spaces.h"

#include <algorithm>

namespace pyrena {

BumpSpaces::BumpSpaces(Recorder &recorder) : m_recorder(recorder)
{
    const CollectorProfile &collector = recorder.profile().collector;
    const bool generational = collector.manager == Manager::GenerationalCopying;
    const auto size = static_cast<std::uint64_t>(collector.thresholds[generational ? 1 : 0]);
    if (generational)
        resize(SpaceId::Nursery, static_cast<std::uint64_t>(collector.thresholds[0]));
    resize(SpaceId::A, size);
    if (collector.manager != Manager::MarkCompact)
        resize(SpaceId::B, size);
    m_recorder.commit(change::SpacesFlipped{SpaceId::None, SpaceId::A});
}

void BumpSpaces::resize(SpaceId space, std::uint64_t size)
{
    const std::uint64_t before = state()[space].size;
    const std::uint64_t after = std::max(rounded(size), state()[space].used);
    if (before != after)
        m_recorder.commit(change::SpaceResized{space, before, after});
}

void BumpSpaces::setUsed(SpaceId space, std::uint64_t used)
{
    const std::uint64_t before = state()[space].used;
    if (before != used)
        m_recorder.commit(change::SpaceUsed{space, before, used});
}

Address BumpSpaces::put(SpaceId space, std::uint64_t bytes)
{
    const Space &at = state()[space];
    const std::uint64_t top = at.used, need = rounded(bytes);
    if (top + need > at.size)
        resize(space, std::max(2 * at.size, top + need));
    setUsed(space, top + need);
    return at.base + top;
}

Address BumpSpaces::allocate(std::uint64_t bytes)
{
    const Space &nursery = state()[SpaceId::Nursery];
    return put(nursery.size > 0 && bytes <= nursery.size / 4 ? SpaceId::Nursery : state().active, bytes);
}

Address BumpSpaces::reallocate(Address old, std::uint64_t before, std::uint64_t after)
{
    if (rounded(after) <= rounded(before))
        return old;
    const SpaceId space = state().spaceOf(old);
    const Space &at = state()[space];
    if (old + rounded(before) == at.base + at.used) {
        put(space, rounded(after) - rounded(before));
        return old;
    }
    return allocate(after);
}

std::uint64_t BumpSpaces::used() const
{
    return state()[SpaceId::Nursery].used + state()[state().active].used;
}

} // namespace pyrena
