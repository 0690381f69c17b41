#pragma once

#include <cstdint>
#include <string>

namespace pyrena::generator {

// A program about cycles: graphs of instances, containers, closures, generators and classes that are tied, watched by weak
// references, dropped and collected. What it prints is the same in every process: no addresses, and no order that they decide.
std::string generateCycles(std::uint32_t seed, int minor);

} // namespace pyrena::generator
