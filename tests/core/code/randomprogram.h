#pragma once

#include <cstdint>
#include <string>

// A program that parses, of nested statements of all kinds with ways out of them; the same for the same seed.
std::string randomProgram(std::uint32_t seed);
