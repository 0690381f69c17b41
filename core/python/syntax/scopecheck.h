#pragma once

#include "core/base/source.h"
#include "core/python/syntax/ast.h"

#include <optional>
#include <string>

namespace pyrena::syntax {

// What CPython reports as SyntaxError after parsing: names and their scopes (Python/symtable.c), statements and
// expressions in places where they make no sense (Python/compile.c). The first error in that order, if any.
std::optional<Diagnostic> checkScopes(const ast::Module &module, const std::string &fileName);

} // namespace pyrena::syntax
