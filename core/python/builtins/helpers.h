#pragma once

#include "core/python/runtime/interpreter.h"

#include <initializer_list>
#include <string_view>

namespace pyrena {

// TypeError for a keyword the function does not know.
void onlyKeywords(Interpreter &i, const CallArgs &args, const char *function, std::initializer_list<std::string_view> known);
// StopIteration, with what a finished generator returned.
[[noreturn]] void raiseStopIteration(Interpreter &i, ObjectId iterator);
// str.encode and bytes.decode; `errors`: strict, ignore, replace and, when encoding, backslashreplace and xmlcharrefreplace.
std::string encodeText(Interpreter &i, ObjectId str, const std::string &encoding, const std::string &errors);
Ref decodeBytes(Interpreter &i, ObjectId bytes, const std::string &encoding, const std::string &errors);
// list.sort(key=, reverse=): stable, compares with < only.
void sortList(Interpreter &i, ObjectId list, const CallArgs &args);

} // namespace pyrena
