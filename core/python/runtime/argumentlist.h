#pragma once

#include "core/objects/ref.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace pyrena {

// The owned arguments of one call on their way from the caller's stack: a few without asking for memory, as nearly every call has.
// What nobody took is let go first to last.
class ArgumentList
{
public:
    explicit ArgumentList(std::size_t count) : m_count(count)
    {
        if (count > m_few.size())
            m_many.resize(count);
    }
    ArgumentList(const ArgumentList &) = delete;
    ArgumentList &operator=(const ArgumentList &) = delete;
    ~ArgumentList()
    {
        for (Ref &argument : all())
            argument.reset();
    }

    std::size_t size() const { return m_count; }
    Ref &operator[](std::size_t index) { return m_many.empty() ? m_few[index] : m_many[index]; }
    std::span<Ref> all() { return m_many.empty() ? std::span(m_few).first(m_count) : std::span(m_many); }

private:
    std::size_t m_count;
    std::array<Ref, 4> m_few;
    std::vector<Ref> m_many;
};

} // namespace pyrena
