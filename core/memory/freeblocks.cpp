#include "core/memory/freeblocks.h"

#include <algorithm>

namespace pyrena {

void FreeBlocks::clear()
{
    m_nodes.clear();
    m_root = kNil;
}

void FreeBlocks::insert(RawBlockId id, Address address, std::uint64_t size)
{
    if (m_nodes.size() <= id.value)
        m_nodes.resize(std::size_t(id.value) + 1);
    m_nodes[id.value] = {address.value, size, size, kNil, kNil, 1};
    m_root = inserted(m_root, id.value);
}

void FreeBlocks::erase(RawBlockId id)
{
    m_root = erased(m_root, id.value);
}

void FreeBlocks::replace(RawBlockId id, RawBlockId by, Address address, std::uint64_t size)
{
    if (m_nodes.size() <= by.value)
        m_nodes.resize(std::size_t(by.value) + 1);
    const Node old = m_nodes[id.value];
    m_nodes[by.value] = {address.value, size, size, old.left, old.right, old.height};
    m_root = replaced(m_root, id.value, by.value, old.address);
}

// Down to the one that goes and up again: the shape of the tree stays, only the largest sizes on the way change.
FreeBlocks::Index FreeBlocks::replaced(Index tree, Index gone, Index fresh, std::uint64_t goneAddress)
{
    if (tree == gone) {
        update(fresh);
        return fresh;
    }
    Node &node = m_nodes[tree];
    Index &side = goneAddress < node.address ? node.left : node.right;
    side = replaced(side, gone, fresh, goneAddress);
    update(tree);
    return tree;
}

RawBlockId FreeBlocks::firstFit(std::uint64_t need) const
{
    Index n = m_root;
    if (largest(n) < need)
        return {};
    while (true) {
        const Node &node = m_nodes[n];
        if (largest(node.left) >= need)
            n = node.left;
        else if (node.size >= need)
            return RawBlockId(n);
        else
            n = node.right;
    }
}

void FreeBlocks::update(Index n)
{
    Node &node = m_nodes[n];
    node.height = 1 + std::max(height(node.left), height(node.right));
    node.largest = std::max({node.size, largest(node.left), largest(node.right)});
}

FreeBlocks::Index FreeBlocks::rotatedLeft(Index n)
{
    const Index top = m_nodes[n].right;
    m_nodes[n].right = m_nodes[top].left;
    m_nodes[top].left = n;
    update(n);
    update(top);
    return top;
}

FreeBlocks::Index FreeBlocks::rotatedRight(Index n)
{
    const Index top = m_nodes[n].left;
    m_nodes[n].left = m_nodes[top].right;
    m_nodes[top].right = n;
    update(n);
    update(top);
    return top;
}

FreeBlocks::Index FreeBlocks::balanced(Index n)
{
    update(n);
    Node &node = m_nodes[n];
    const int lean = height(node.left) - height(node.right);
    if (lean > 1) {
        if (height(m_nodes[node.left].left) < height(m_nodes[node.left].right))
            node.left = rotatedLeft(node.left);
        return rotatedRight(n);
    }
    if (lean < -1) {
        if (height(m_nodes[node.right].right) < height(m_nodes[node.right].left))
            node.right = rotatedRight(node.right);
        return rotatedLeft(n);
    }
    return n;
}

FreeBlocks::Index FreeBlocks::inserted(Index tree, Index fresh)
{
    if (tree == kNil)
        return fresh;
    Node &node = m_nodes[tree];
    Index &side = m_nodes[fresh].address < node.address ? node.left : node.right;
    side = inserted(side, fresh);
    return balanced(tree);
}

FreeBlocks::Index FreeBlocks::erased(Index tree, Index gone)
{
    Node &node = m_nodes[tree];
    if (tree != gone) {
        Index &side = m_nodes[gone].address < node.address ? node.left : node.right;
        side = erased(side, gone);
        return balanced(tree);
    }
    if (node.right == kNil)
        return node.left;
    Index next = kNil;
    const Index rest = withoutLowest(node.right, next);
    m_nodes[next].left = node.left;
    m_nodes[next].right = rest;
    return balanced(next);
}

FreeBlocks::Index FreeBlocks::withoutLowest(Index tree, Index &lowest)
{
    if (m_nodes[tree].left == kNil) {
        lowest = tree;
        return m_nodes[tree].right;
    }
    m_nodes[tree].left = withoutLowest(m_nodes[tree].left, lowest);
    return balanced(tree);
}

} // namespace pyrena
