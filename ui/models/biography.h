#pragma once

#include <QString>

#include "core/trace/trace.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace pyrena {

// One stay of one tenant in a block. Positions are those of the playhead: so many changes are done.
struct Residence
{
    static constexpr std::uint32_t kNever = 0xffffffffu;
    std::uint32_t from = 0;              // just after it moved in; 0: it was there when the recording began
    std::uint32_t to = kNever;           // just after it left
    Tenant tenant;
    std::uint32_t size = 0;              // of the block: its pool may have had another size class
    std::uint64_t address = 0;           // of the block; blocks of another class begin elsewhere
    bool holds(std::uint32_t position) const { return from <= position && position < to; }
    friend bool operator==(const Residence &, const Residence &) = default;
};

// Who lived at an address, from the first change to the last. The trace is read bit by bit, so that no window waits for the
// millions of events of a recording. By address, not by pool: an arena that is given back may come again elsewhere.
class Biography
{
public:
    // Whoever lived in a byte of [address, address + size) is in it.
    Biography(std::shared_ptr<const Trace> trace, Address address, std::uint32_t size);

    bool advance(std::uint32_t changes);        // reads so many more; false: all are read
    bool done() const { return m_next == m_trace->changeCount(); }
    double progress() const;                    // 0..1
    const std::vector<Residence> &residences() const { return m_residences; }   // by moving in
    // Of the one who lives there at a position; -1: nobody does. Where blocks were smaller it is the first of several.
    int at(std::uint32_t position) const;

private:
    void read(const Change &change, std::uint32_t position);
    void findPool();                            // which pool covers the address now
    void moveIn(std::uint32_t offset, Tenant tenant, std::uint32_t position);
    void moveOut(std::uint32_t offset, std::uint32_t position);
    bool overlaps(std::uint32_t offset) const;

    std::shared_ptr<const Trace> m_trace;
    Address m_address;
    std::uint32_t m_size;
    std::uint32_t m_next = 0;                   // change to be read
    std::uint32_t m_poolSize, m_arenaSize, m_alignment;
    std::vector<Address> m_arenas;              // by slot; 0: unused
    std::vector<std::uint16_t> m_classes;       // by index of the pool in the arena that covers the address
    ArenaSlot m_arena;                          // that covers the address
    PoolId m_pool;
    Address m_poolAddress;
    std::vector<std::size_t> m_living;          // in m_residences
    std::vector<Residence> m_residences;
};

// "list#1", "items of list#1", "block 123".
QString residentName(const Trace &trace, Tenant tenant);

} // namespace pyrena
