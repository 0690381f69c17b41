#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace pyrena {

// A number that can only be used as what it numbers: passing a PoolId for an ObjectId does not compile.
template <class Tag>
struct Id
{
    static constexpr std::uint32_t kNone = 0xffffffffu;

    std::uint32_t value = kNone;

    constexpr Id() = default;
    constexpr explicit Id(std::uint32_t v) : value(v) {}

    constexpr explicit operator bool() const { return value != kNone; }
    friend constexpr auto operator<=>(const Id &, const Id &) = default;
};

using ObjectId = Id<struct ObjectTag>;   // one for each object ever born; never reused
using ArenaSlot = Id<struct ArenaTag>;   // index of an arena descriptor (CPython: index into `arenas`); reused
using PoolId = Id<struct PoolTag>;       // arena slot * kPoolsPerArena + index of the pool in its arena
using TextId = Id<struct TextTag>;       // an interned string of the trace's TextTable
using CodeId = Id<struct CodeTag>;       // a code object of the compiled program
using StepId = Id<struct StepTag>;       // index into StepTree
using RawBlockId = Id<struct RawTag>;    // a block of the raw heap

} // namespace pyrena

template <class Tag>
struct std::hash<pyrena::Id<Tag>>
{
    std::size_t operator()(pyrena::Id<Tag> id) const noexcept { return std::hash<std::uint32_t>{}(id.value); }
};
