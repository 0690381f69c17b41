#pragma once

#include <functional>
#include <string>
#include <vector>

namespace pyrena::generator {

// Which of the programs still fail.
using Fails = std::function<std::vector<bool>(const std::vector<std::string> &)>;

// Leaves out statements, and takes bodies out of their blocks, as long as the program still fails.
std::string shrink(std::string program, const Fails &fails);

} // namespace pyrena::generator
