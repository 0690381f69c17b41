#include "core/memory/rawheap.h"

#include "core/base/verify.h"
#include "core/memory/replayheap.h"

#include <algorithm>

namespace pyrena {

namespace {

std::uint64_t blockBytes(std::uint64_t request)
{
    const std::uint64_t rounded = (std::max<std::uint64_t>(request, 1) + 15) / 16 * 16;
    return std::max<std::uint64_t>(rounded + kRawHeaderSize, kRawMinBlock);
}

} // namespace

template <class Committer>
RawBlockId BasicRawHeap<Committer>::take(std::uint64_t bytes, Tenant tenant)
{
    verify(bytes <= kRawLargest, "raw request beyond the address space");
    const std::uint64_t need = blockBytes(bytes);
    RawBlockId id = m_free.firstFit(need);
    if (!id) {
        grow(need);
        id = m_free.firstFit(need);
    }
    // What is left over takes the place of the whole block among the free ones.
    if (block(id).size >= need + kRawMinBlock) {
        const RawBlockId rest = newId();
        m_committer.commit(change::RawSplit{id, rest, need});
        m_free.replace(id, rest, block(rest).address, block(rest).size);
    } else {
        removeFree(id);
    }
    m_committer.commit(change::RawTaken{id, tenant, std::max<std::uint64_t>(bytes, 1)});
    if (m_addressesKnown)
        m_byAddress.emplace(addressOf(id).value, id);
    return id;
}

template <class Committer>
RawBlockId BasicRawHeap<Committer>::resize(RawBlockId id, std::uint64_t bytes)
{
    verify(bytes <= kRawLargest, "raw request beyond the address space");
    const std::uint64_t need = blockBytes(bytes);
    const RawBlock before = block(id);
    const bool nextFree = before.next && block(before.next).free;
    if (need > before.size && (!nextFree || before.size + block(before.next).size < need)) {
        const RawBlockId moved = take(bytes, before.tenant);
        release(id);
        return moved;
    }
    if (need > before.size)
        absorbNext(id);
    splitOff(id, need);
    if (const std::uint64_t request = std::max<std::uint64_t>(bytes, 1); request != before.request)
        m_committer.commit(change::RawResized{id, before.request, request});
    return id;
}

template <class Committer>
void BasicRawHeap<Committer>::release(RawBlockId id)
{
    if (m_addressesKnown)
        m_byAddress.erase(addressOf(id).value);
    m_committer.commit(change::RawFreed{id, block(id).tenant});
    // With a free neighbour it becomes one block, which takes that one's place among the free ones.
    RawBlockId listed;
    if (const RawBlockId next = block(id).next; next && block(next).free) {
        m_committer.commit(change::RawMerged{id, next});
        m_unusedIds.push_back(next);
        listed = next;
    }
    if (const RawBlockId prev = block(id).prev; prev && block(prev).free) {
        if (listed)
            removeFree(listed);
        m_committer.commit(change::RawMerged{prev, id});
        m_unusedIds.push_back(id);
        listed = id = prev;
    }
    if (listed)
        m_free.replace(listed, id, block(id).address, block(id).size);
    else
        addFree(id);
}

template <class Committer>
RawBlockId BasicRawHeap<Committer>::find(Address address) const
{
    if (!m_addressesKnown) {
        m_addressesKnown = true;
        const auto &blocks = m_committer.heap().rawBlocks;
        for (std::uint32_t i = 0; i < blocks.size(); ++i)
            if (blocks[i].size != 0 && !blocks[i].free)
                m_byAddress.emplace(addressOf(RawBlockId(i)).value, RawBlockId(i));
    }
    const auto found = m_byAddress.find(address.value);
    return found == m_byAddress.end() ? RawBlockId() : found->second;
}

template <class Committer>
void BasicRawHeap<Committer>::rebuildIndexes()
{
    m_free.clear();
    m_byAddress.clear();
    m_addressesKnown = false;
    m_unusedIds.clear();
    const auto &blocks = m_committer.heap().rawBlocks;
    for (std::uint32_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].size == 0)
            m_unusedIds.push_back(RawBlockId(i));
        else if (blocks[i].free)
            addFree(RawBlockId(i));
    }
}

template <class Committer>
RawBlockId BasicRawHeap<Committer>::newId()
{
    if (m_unusedIds.empty())
        return RawBlockId(static_cast<std::uint32_t>(m_committer.heap().rawBlocks.size()));
    const RawBlockId id = m_unusedIds.back();
    m_unusedIds.pop_back();
    return id;
}

template <class Committer>
void BasicRawHeap<Committer>::grow(std::uint64_t need)
{
    const RawBlockId last = m_committer.heap().lastRawBlock;
    const bool lastIsFree = last && block(last).free;
    const std::uint64_t missing = need - (lastIsFree ? block(last).size : 0);
    const RawBlockId fresh = newId();
    m_committer.commit(change::RawHeapGrown{fresh, (missing + kRawGrowth - 1) / kRawGrowth * kRawGrowth});
    addFree(fresh);
    if (lastIsFree) {
        removeFree(last);
        absorbNext(last);
        addFree(last);
    }
}

template <class Committer>
void BasicRawHeap<Committer>::splitOff(RawBlockId id, std::uint64_t need)
{
    if (block(id).size < need + kRawMinBlock)
        return;
    const RawBlockId rest = newId();
    m_committer.commit(change::RawSplit{id, rest, need});
    if (const RawBlockId next = block(rest).next; next && block(next).free)
        absorbNext(rest);
    addFree(rest);
}

template <class Committer>
void BasicRawHeap<Committer>::absorbNext(RawBlockId id)
{
    const RawBlockId next = block(id).next;
    removeFree(next);
    m_committer.commit(change::RawMerged{id, next});
    m_unusedIds.push_back(next);
}

template <class Committer>
void BasicRawHeap<Committer>::addFree(RawBlockId id)
{
    m_free.insert(id, block(id).address, block(id).size);
}

template <class Committer>
void BasicRawHeap<Committer>::removeFree(RawBlockId id)
{
    m_free.erase(id);
}

template class BasicRawHeap<RecordedHeap>;
template class BasicRawHeap<DirectHeap>;
template class BasicRawHeap<ReplayHeap<8, 4096>>;
template class BasicRawHeap<ReplayHeap<16, 4096>>;
template class BasicRawHeap<ReplayHeap<16, 16384>>;

} // namespace pyrena
