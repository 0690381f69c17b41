#pragma once

#include "core/trace/recorder.h"

namespace pyrena {

// Allocation by raising a pointer, for managers that move objects. Sizes are rounded to 16 bytes. A space is only as large as
// the manager wants it to be; what does not fit makes it larger (asking for a collection first is the caller's part).
class BumpSpaces
{
public:
    // Sets up the spaces of the profile's manager, which moves objects.
    explicit BumpSpaces(Recorder &recorder);

    // Where objects are born: the nursery if there is one and it is not too large for it, else the active space.
    Address allocate(std::uint64_t bytes);
    // At the top of its space it grows where it is; else it gets a new place and the old one is a hole until the next collection.
    Address reallocate(Address old, std::uint64_t before, std::uint64_t after);
    Address put(SpaceId space, std::uint64_t bytes);
    void setUsed(SpaceId space, std::uint64_t used);
    void resize(SpaceId space, std::uint64_t size);   // never below what is used

    std::uint64_t used() const;
    static constexpr std::uint64_t rounded(std::uint64_t bytes) { return (bytes + 15) & ~std::uint64_t(15); }

private:
    const SpaceState &state() const { return m_recorder.world().spaces; }

    Recorder &m_recorder;
};

} // namespace pyrena
