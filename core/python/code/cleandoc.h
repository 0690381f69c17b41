#pragma once

#include <string>

namespace pyrena {

// What the 3.13 compiler makes of a docstring: tabs expanded, the first line's leading spaces and the common indentation of the
// other lines removed.
std::string cleanDoc(const std::string &text);

} // namespace pyrena
