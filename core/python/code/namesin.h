#pragma once

#include "core/python/syntax/ast.h"

#include <string>
#include <vector>

namespace pyrena {

// The names that statements use, in the order in which they are evaluated; not what functions, classes and comprehensions among
// them are made of.
std::vector<std::string> namesIn(const ast::StmtList &list);

// Whether a return, break or continue among the statements leaves them.
bool leavesItself(const ast::StmtList &list);

} // namespace pyrena
