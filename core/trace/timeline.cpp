#include "core/trace/timeline.h"

#include "core/base/verify.h"
#include "core/trace/redo.h"

#include <algorithm>

namespace pyrena {

Timeline::Timeline(std::shared_ptr<const Trace> trace) : m_trace(std::move(trace)), m_world(m_trace->initial) {}

const World &Timeline::seek(std::uint32_t position)
{
    verify(position <= m_trace->changeCount(), "seek past the end of the recording");
    const auto &keyframes = m_trace->keyframes;
    const auto after = std::upper_bound(keyframes.begin(), keyframes.end(), position,
                                        [](std::uint32_t p, const Keyframe &k) { return p < k.position(); });
    if (after != keyframes.begin()) {
        const Keyframe &nearest = *(after - 1);
        if (position < m_position || nearest.position() > m_position) {
            nearest.restore(m_world);
            m_position = nearest.position();
        }
    }
    redo(m_world, m_trace->log, m_position, position);
    m_position = position;
    return m_world;
}

} // namespace pyrena
