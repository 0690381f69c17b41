#pragma once

#include "core/base/id.h"

#include <array>
#include <cstdint>

namespace pyrena {

// What a name meant along the bases of a class when it was looked up last; CPython has a type cache for the same reason. It holds
// as long as no namespace along them gained or lost a key: who asks compares the sum of their versions, which only grow.
class LookupCache
{
public:
    struct Entry
    {
        ObjectId type;
        TextId name;
        std::uint64_t versions = 0;
        ObjectId dict;               // found there, in entry `at`, whose value may change
        std::uint32_t at = 0;
        ObjectId object;             // else: what a built-in class has; none: no class has the name

        bool isOf(ObjectId t, TextId n, std::uint64_t v) const { return type == t && name == n && versions == v; }
    };

    // Where that is kept, or something else that has to make way for it.
    Entry &entry(ObjectId type, TextId name) { return m_entries[(type.value * 31 + name.value) % m_entries.size()]; }

private:
    std::array<Entry, 256> m_entries;
};

} // namespace pyrena
