#pragma once

#include "core/python/syntax/ast.h"

#include <string>

namespace pyrena {

// The tree in one line per statement, blocks indented: (Assign (Name a) (Constant 1)). For tests and for looking at a tree.
std::string dump(const ast::Module &module);
std::string dump(const ast::Expr &expr);

} // namespace pyrena
