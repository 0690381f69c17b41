#pragma once

#include "core/base/result.h"
#include "core/base/source.h"
#include "core/python/syntax/ast.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace pyrena {

inline constexpr std::size_t kDefaultMaxSourceBytes = 4 * 1024 * 1024;

// The syntax tree of a whole program, or the first thing wrong with it, in CPython 3.13's words where it has some.
// What CPython's compiler reports as SyntaxError ('return' outside function, ...) is reported here as well.
// Any bytes may be passed: time and memory are linear in the size of the source, and depth is bounded.
Result<ast::Module, Diagnostic> parse(std::string_view source, const std::string &fileName,
                                      std::size_t maxSourceBytes = kDefaultMaxSourceBytes);

} // namespace pyrena
