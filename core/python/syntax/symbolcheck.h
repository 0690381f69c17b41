#pragma once

#include "core/base/source.h"
#include "core/python/syntax/ast.h"

#include <optional>
#include <string>

namespace pyrena::syntax {

// The errors of CPython's symbol table: declarations that contradict the use of a name, and names of comprehensions.
std::optional<Diagnostic> checkSymbols(const ast::Module &module, const std::string &fileName);

// The errors of CPython's compiler proper: statements and expressions in places where they have no meaning.
std::optional<Diagnostic> checkPlaces(const ast::Module &module, const std::string &fileName);

} // namespace pyrena::syntax
