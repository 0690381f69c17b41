#pragma once

#include "core/python/syntax/tokens.h"

#include <string>
#include <string_view>

namespace pyrena::syntax {

// Splits a program into tokens, as CPython 3.13 does: indentation, line joining, literals, f-strings (PEP 701).
// Any bytes may be passed. Stops at the first error, which is the last token then.
TokenStream tokenize(std::string_view source, const std::string &fileName);

} // namespace pyrena::syntax
