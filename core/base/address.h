#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace pyrena {

// A simulated machine address. 0 is NULL.
struct Address
{
    std::uint64_t value = 0;

    constexpr Address() = default;
    constexpr explicit Address(std::uint64_t v) : value(v) {}

    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(const Address &, const Address &) = default;
    friend constexpr Address operator+(Address a, std::uint64_t bytes) { return Address(a.value + bytes); }
    friend constexpr Address operator-(Address a, std::uint64_t bytes) { return Address(a.value - bytes); }
    friend constexpr std::uint64_t operator-(Address a, Address b) { return a.value - b.value; }
};

std::string toHex(Address address);   // "0x7f3a10000030", as id() is usually printed

} // namespace pyrena
