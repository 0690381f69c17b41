#pragma once

#include "core/trace/trace.h"

#include <memory>

namespace pyrena {

// A movable view of a trace: the World after the first `position` changes. Going back is going forward from a keyframe.
class Timeline
{
public:
    explicit Timeline(std::shared_ptr<const Trace> trace);

    // Requires: position <= trace().changeCount(). The reference stays valid until the next seek.
    const World &seek(std::uint32_t position);

    const World &world() const { return m_world; }
    std::uint32_t position() const { return m_position; }
    const Trace &trace() const { return *m_trace; }
    std::shared_ptr<const Trace> sharedTrace() const { return m_trace; }

private:
    std::shared_ptr<const Trace> m_trace;
    World m_world;
    std::uint32_t m_position = 0;
};

} // namespace pyrena
