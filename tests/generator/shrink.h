#pragma once

#include <functional>
#include <string>

namespace pyrena::generator {

// The program with as many statements left out as possible while `fails` stays true. Whole statements go, with what is nested in
// them; what does not parse any more is for `fails` to refuse.
std::string shrink(std::string program, const std::function<bool(const std::string &)> &fails);

} // namespace pyrena::generator
