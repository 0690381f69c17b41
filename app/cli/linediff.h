#pragma once

#include <string>
#include <string_view>

namespace pyrena::cli {

// The unified diff of two texts by line, three lines of context, as `diff -u` prints it; empty when they are equal.
std::string unifiedDiff(std::string_view left, std::string_view right, std::string_view leftName, std::string_view rightName);

} // namespace pyrena::cli
