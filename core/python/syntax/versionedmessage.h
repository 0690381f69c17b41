#pragma once

#include "core/base/source.h"

#include <string>
#include <string_view>

namespace pyrena {

// What Python 3.`minor` says where 3.13 says diagnostic.message, which is how the parser speaks. The place stays that of 3.13:
// it is where the mistake is. Differences that are left are named in tests/data/syntaxerrors/known.txt.
std::string messageOfVersion(int minor, const Diagnostic &diagnostic, std::string_view source);

} // namespace pyrena
