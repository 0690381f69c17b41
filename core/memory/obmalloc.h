#pragma once

#include "core/memory/arenaindex.h"
#include "core/memory/committer.h"
#include "core/memory/mistake.h"
#include "core/memory/rawheap.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>

namespace pyrena {

// Where a block is: in a pool, or in the raw heap.
struct MemoryBlock
{
    PoolId pool;
    std::uint32_t offset = 0;    // of the block in its pool
    RawBlockId raw;              // when pool is none

    bool inPool() const { return bool(pool); }
    explicit operator bool() const { return pool || raw; }
    friend bool operator==(const MemoryBlock &, const MemoryBlock &) = default;
};

// CPython's small-object allocator (Objects/obmalloc.c), exact given the requests, plus the raw heap for what it does not serve.
// All state is in the HeapState; what is kept here beside it (indexes) is derived.
// Not exact: addresses of arenas. The operating system decides them; here arena 0 lies at the profile's firstArenaAddress and
// the next ones in the top-most gap that fits, else directly below, as Linux's mmap does.
template <class Committer, Mistake mistake = Mistake::None>
class BasicObmalloc
{
public:
    // memoryLimit: bytes of arenas and raw blocks together.
    BasicObmalloc(Committer committer, const AllocatorProfile &profile, std::uint64_t memoryLimit);
    BasicObmalloc(const BasicObmalloc &) = delete;
    BasicObmalloc &operator=(const BasicObmalloc &) = delete;

    const HeapState &heap() const { return m_committer.heap(); }

    // PyObject_Malloc and its family; in 3.6+ PyMem_Malloc is the same (AllocatorProfile::memUsesPools).
    // Throws LimitReached when memory ends: ask wouldExceed() first to raise MemoryError instead.
    Address malloc(std::uint64_t bytes, Tenant tenant);
    Address calloc(std::uint64_t count, std::uint64_t itemSize, Tenant tenant);
    // Moves by CPython's rule; the tenant moves along. tenant is used for realloc(NULL, bytes), which is malloc.
    Address realloc(Address address, std::uint64_t bytes, Tenant tenant = {});
    void free(Address address);   // NULL does nothing
    // PyMem_RawMalloc: the C library, whatever the size. realloc() and free() take its addresses too.
    Address rawMalloc(std::uint64_t bytes, Tenant tenant);

    void setTenant(Address address, Tenant tenant);
    // Whether a request of so many bytes would pass the memory limit.
    bool wouldExceed(std::uint64_t bytes) const;
    bool wouldExceed(std::uint64_t count, std::uint64_t itemSize) const;

    // The block in use that starts at the address; none when there is none.
    MemoryBlock blockAt(Address address) const;
    Address addressOf(const MemoryBlock &block) const;
    std::uint64_t usableSize(const MemoryBlock &block) const;   // of its class, or of the raw block without header

    // The same operations on blocks instead of addresses.
    MemoryBlock take(std::uint64_t bytes, Tenant tenant);
    MemoryBlock resize(const MemoryBlock &block, std::uint64_t bytes);
    void release(const MemoryBlock &block);

    // The base address mod pool size of the arena about to be made, by ordinal; without it the profile's first address decides.
    using ArenaExcess = std::function<std::uint32_t(std::uint32_t ordinal)>;
    void setArenaExcess(ArenaExcess excess) { m_arenaExcess = std::move(excess); }

    Committer &committer() { return m_committer; }

private:
    MemoryBlock takeFromClass(std::uint32_t sizeClass, std::uint16_t request, Tenant tenant);
    PoolId takePool(std::uint32_t sizeClass);
    void makeArena();
    Address nextArenaAddress() const;
    void releaseFromPool(PoolId pool, std::uint32_t offset);
    void releaseRaw(const MemoryBlock &block);
    void returnPool(PoolId pool);
    void keepUsableArenasSorted(ArenaSlot slot, std::uint32_t before);
    MemoryBlock takeRaw(std::uint64_t bytes, Tenant tenant);
    bool staysInPlace(std::uint64_t bytes, std::uint32_t blockSize) const;
    auto step(StepKind kind, Tenant tenant, std::uint64_t bytes);
    template <class C>
    void commit(const C &change) { m_committer.commit(change); }
    void requireRoom(std::uint64_t bytes) const;
    void rebuildIndexes();

    Committer m_committer;
    AllocatorProfile m_profile;
    std::uint64_t m_memoryLimit;
    BasicRawHeap<Committer> m_raw;
    ArenaIndex m_arenaIndex;
    // The rightmost usable arena with so many free pools (CPython 3.8+: nfp2lasta). Up to 3.7 CPython searches instead,
    // which gives the same list.
    std::array<ArenaSlot, kPoolsPerArena + 1> m_lastWithFreePools{};
    ArenaExcess m_arenaExcess;
};

extern template class BasicObmalloc<RecordedHeap>;
extern template class BasicObmalloc<DirectHeap>;

// The allocator of a running program: every change goes through the recorder.
class Obmalloc : public BasicObmalloc<RecordedHeap>
{
public:
    explicit Obmalloc(Recorder &recorder, MemorySteps steps = MemorySteps::Open);
};

} // namespace pyrena
