#pragma once

namespace pyrena {

// Sources of the modules that are written in Python; names of their own that begin with _ and are not defined there are
// built-in helpers, see fillCopyModule and its relatives.
extern const char *const kWeakrefLibrary;
extern const char *const kCopyLibrary;
extern const char *const kAtexitLibrary;

} // namespace pyrena
