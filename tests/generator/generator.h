#pragma once

#include <cstdint>
#include <string>

namespace pyrena::generator {

// A program of the subset, 5 to 60 lines behind a fixed beginning, the same for the same seed. It prints what a memory manager
// shows: counts, identities, sizes, lengths, deaths, what gc.collect() found, values and exceptions caught. What it prints
// depends on the version of Python only: no addresses, no order of sets of strings, no automatic collection.
std::string generate(std::uint32_t seed);

} // namespace pyrena::generator
