#pragma once

#include "core/base/address.h"
#include "core/base/id.h"

#include <cstdint>
#include <vector>

namespace pyrena {

// The free blocks of the raw heap in address order, each subtree with its largest size: an AVL tree, so that the lowest block
// that fits is found in logarithmic time with any number of free blocks.
class FreeBlocks
{
public:
    void clear();
    void insert(RawBlockId id, Address address, std::uint64_t size);   // requires: not in it
    void erase(RawBlockId id);                                         // requires: in it
    // The one takes the place of the other. Requires: `id` is in it, and no block lies between the two.
    void replace(RawBlockId id, RawBlockId by, Address address, std::uint64_t size);
    // The lowest block of at least `need` bytes; none when there is none.
    RawBlockId firstFit(std::uint64_t need) const;

private:
    using Index = std::uint32_t;
    static constexpr Index kNil = RawBlockId::kNone;

    struct Node
    {
        std::uint64_t address = 0, size = 0, largest = 0;   // largest: of the subtree
        Index left = kNil, right = kNil;
        int height = 1;
    };

    int height(Index n) const { return n == kNil ? 0 : m_nodes[n].height; }
    std::uint64_t largest(Index n) const { return n == kNil ? 0 : m_nodes[n].largest; }
    void update(Index n);
    Index rotatedLeft(Index n);
    Index rotatedRight(Index n);
    Index balanced(Index n);
    Index inserted(Index tree, Index fresh);
    Index erased(Index tree, Index gone);
    Index replaced(Index tree, Index gone, Index fresh, std::uint64_t goneAddress);
    Index withoutLowest(Index tree, Index &lowest);

    std::vector<Node> m_nodes;   // by RawBlockId
    Index m_root = kNil;
};

} // namespace pyrena
