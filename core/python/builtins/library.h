#pragma once

#include <string_view>

namespace pyrena {

// Sources of the modules that are written in Python; names of their own that begin with _ and are not defined there are
// built-in helpers, see fillLibrarySupport and fillCopyModule.
extern const char *const kWeakrefLibrary;
extern const char *const kCopyLibrary;
extern const char *const kAtexitLibrary;
extern const char *const kRandomLibrary;
extern const char *const kCollectionsLibrary;
extern const char *const kFunctoolsLibrary;
extern const char *const kItertoolsLibrary;
extern const char *const kDataclassesLibrary;
extern const char *const kContextlibLibrary;
extern const char *const kStringLibrary;
extern const char *const kOperatorLibrary;

// Whether CPython's module has a public name that this one leaves out: refused by name, not an AttributeError.
bool isLeftOut(std::string_view module, std::string_view name);

} // namespace pyrena
