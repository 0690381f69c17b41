#pragma once

#include "core/base/result.h"
#include "core/profile/profile.h"
#include "core/python/code/code.h"

#include <memory>

namespace pyrena {

// Translates a syntax tree into code objects, in CPython's order of evaluation. The profile decides what CPython's compiler
// of that version decides: folding of constants, and sharing of constants between code objects is left to the loader.
// Semantic errors were reported by parse(); what is left (too many nested blocks, a program too big) is a Diagnostic.
Result<std::shared_ptr<const CodeObject>, Diagnostic> compile(const ast::Module &module, const std::string &fileName,
                                                              const PythonProfile &profile);

// One line for each instruction, for tests and bug reports.
std::string disassemble(const CodeObject &code);

} // namespace pyrena
