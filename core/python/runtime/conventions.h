#pragma once

#include <cstdint>
#include <string_view>

namespace pyrena {

// How CPython calls what is built in, where counter 0 or a free list tells: by name and version 3.x.

// A function or method gets its arguments in a tuple, and keywords in a dict (METH_VARARGS); others get them as they lie on the
// stack. owner: the type of a method, empty for a function.
bool takesTuple(std::string_view owner, std::string_view name, int minor);
// A call of a built-in class puts its arguments into a tuple (tp_new, tp_init); others have a vectorcall.
bool classTakesTuple(std::string_view name, int minor);

// The names of its keywords, in a tuple that the first call makes and that stays (_PyArg_Parser).
struct KeywordParser
{
    std::string_view id;            // functions that share one name the same
    std::uint32_t names = 0;        // 0: there is none, or the interpreter's start has made it
    bool always = false;            // calls without keywords make it, too
};
KeywordParser keywordParser(std::string_view owner, std::string_view name, int minor);

} // namespace pyrena
