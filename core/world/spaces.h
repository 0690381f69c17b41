#pragma once

#include "core/base/address.h"
#include "core/base/id.h"

#include <array>
#include <cstdint>
#include <vector>

namespace pyrena {

// The memory of a manager that moves objects: a new object is put at the top of a space, nothing is freed one by one.
enum class SpaceId : std::uint8_t { None, Nursery, A, B };
inline constexpr int kSpaces = 4;

// Where a space begins: address ranges of 256 GiB each, so that a space grows where it is. Modelled, as arena addresses are.
constexpr Address baseOf(SpaceId space)
{
    constexpr std::uint64_t kFirst = 0x7e0000000000, kRange = std::uint64_t(1) << 38;
    return space == SpaceId::None ? Address() : Address(kFirst + (static_cast<std::uint64_t>(space) - 1) * kRange);
}

struct Space
{
    Address base;
    std::uint64_t size = 0;      // grows when what lives needs more; the address range behind it is reserved
    std::uint64_t used = 0;      // the top: living objects, dead ones not yet found, and arrays given up, in order of birth
    // Its top included: there lies what is put there next.
    bool contains(Address address) const { return base && address >= base && address <= base + size; }
    friend bool operator==(const Space &, const Space &) = default;
};

// What became of an object's address. id() shows Object::address; what it showed before a move is stale.
struct Relocation
{
    Address first;               // at birth: what hash() goes by, so that dicts and sets stay right
    Address previous;            // before the last move
    Address forwarding;          // where the running collection will put it; 0: not decided
    std::uint32_t moves = 0;
    friend bool operator==(const Relocation &, const Relocation &) = default;
};

struct SpaceState
{
    std::array<Space, kSpaces> spaces{};         // by SpaceId; [None] stays empty
    std::uint32_t gcHead = 0, preHeader = 0;     // bytes in front of Object::address, of objects that have them
    SpaceId active = SpaceId::None;              // of A and B, the one objects are in (from-space while copying)
    Address scan;                                // Cheney's second pointer: behind it copies are black, before it grey; 0 at rest
    std::vector<Relocation> relocations;         // by ObjectId; ends with the last object that was to move
    std::vector<ObjectId> remembered;            // old objects that may refer into the nursery, in the order of the writes

    Space &operator[](SpaceId id) { return spaces[static_cast<std::size_t>(id)]; }
    const Space &operator[](SpaceId id) const { return spaces[static_cast<std::size_t>(id)]; }
    SpaceId spaceOf(Address address) const
    {
        for (const SpaceId id : {SpaceId::Nursery, SpaceId::A, SpaceId::B})
            if ((*this)[id].contains(address))
                return id;
        return SpaceId::None;
    }
    // None when the object never moved.
    const Relocation *relocationOf(ObjectId id) const
    {
        return id.value < relocations.size() && relocations[id.value].moves > 0 ? &relocations[id.value] : nullptr;
    }
    friend bool operator==(const SpaceState &, const SpaceState &) = default;
};

} // namespace pyrena
