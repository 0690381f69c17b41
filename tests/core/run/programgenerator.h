#pragma once

#include <cstdint>
#include <string>

// A program of 5 to 60 lines that runs to its end or raises: names, aliases, lists, dicts, tuples, sets, classes, attributes,
// cycles, del, functions, closures, generators, loops, exceptions, finalizers and gc.collect(). The same for the same seed.
std::string generateProgram(std::uint32_t seed);
