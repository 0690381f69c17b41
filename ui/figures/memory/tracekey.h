#pragma once

#include "core/trace/trace.h"

namespace pyrena {

// Tells traces apart for caches: an address may be used again, but equal recipes give equal traces.
class TraceKey
{
public:
    TraceKey() = default;
    explicit TraceKey(const Trace &trace) : m_trace(&trace), m_recipe(trace.recipe), m_changeCount(trace.changeCount()) {}
    bool isOf(const Trace &trace) const
    {
        return m_trace == &trace && m_changeCount == trace.changeCount() && m_recipe == trace.recipe;
    }

private:
    const Trace *m_trace = nullptr;
    Recipe m_recipe;
    std::uint32_t m_changeCount = 0;
};

} // namespace pyrena
