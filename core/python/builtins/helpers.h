#pragma once

#include "core/python/runtime/interpreter.h"

#include <initializer_list>
#include <string_view>

namespace pyrena {

// TypeError for a keyword the function does not know.
void onlyKeywords(Interpreter &i, const CallArgs &args, const char *function, std::initializer_list<std::string_view> known);
// StopIteration, with what a finished generator returned.
[[noreturn]] void raiseStopIteration(Interpreter &i, ObjectId iterator);
// list.sort(key=, reverse=): stable, compares with < only.
void sortList(Interpreter &i, ObjectId list, const CallArgs &args);

} // namespace pyrena
