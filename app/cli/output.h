#pragma once

#include "core/base/result.h"

#include <iosfwd>
#include <string>
#include <string_view>
#include <variant>

namespace pyrena::cli {

// Writes a file whole or not at all: beside it first, then in its place. "-" writes to `out`.
// An Error: nothing at that name has changed.
Result<std::monostate> writeWhole(const std::string &file, std::string_view bytes, std::ostream &out);

} // namespace pyrena::cli
