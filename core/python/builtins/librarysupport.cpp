// What modules written in Python need of the interpreter, and the names that such modules have in CPython only.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"
#include "core/python/builtins/library.h"

#include <algorithm>

namespace pyrena {

namespace {

// Runs text in a namespace: how namedtuple and dataclass make methods with the arguments that were asked for.
Ref define(Interpreter &i, const CallArgs &a)
{
    i.defineFrom(i.text(a[0]), a[1]);
    return i.heap().newNone();
}

Ref refuse(Interpreter &i, const CallArgs &a) { i.unsupported(i.text(a[0])); }

// A class written in Python that is written in C in CPython: so many bytes more than its base, with the weak reference list
// (and the __dict__, when it is to have one) among them.
Ref solid(Interpreter &i, const CallArgs &a)
{
    ClassNative &native = i.classOf(a[0]);
    native.extraSize = static_cast<std::uint32_t>(i.toIndex(a[1]));
    native.weakrefOfBase = true;
    native.dictOfBase = native.hasDict;
    native.inlineValues = false;
    return i.heap().newNone();
}

Ref isKeyword(Interpreter &i, const CallArgs &a)
{
    static constexpr std::string_view kWords[] = {
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
        "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
        "return", "try", "while", "with", "yield"};
    const std::string &word = i.text(a[0]);
    const bool later = word == "async" || word == "await";   // words since 3.7
    return i.heap().newBool((!later || i.profile().minor >= 7) && std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords));
}

// Whether a class statement gives the class or one of its bases that name.
Ref defines(Interpreter &i, const CallArgs &a)
{
    for (const ObjectId c : i.classOf(a[0]).mro)
        if (!i.classOf(c).builtin && i.dicts().getText(i.classOf(c).dict, i.text(a[1])))
            return i.heap().newBool(true);
    return i.heap().newBool(false);
}

Ref bind(Interpreter &i, const CallArgs &a) { return i.heap().newBoundMethod(a[0], a[1]); }

Ref set(Interpreter &i, const CallArgs &a)
{
    i.setAttributeDirectly(a[0], i.text(a[1]), i.heap().own(a[2]));
    return i.heap().newNone();
}

// How many places the table of a dict has.
Ref table(Interpreter &i, const CallArgs &a)
{
    const auto &native = *i.heap().native<DictNative>(a[0]);
    return i.heap().newInt(std::int64_t(1) << std::max(native.log2Size, 3u));
}

constexpr NativeDef kSupport[] = {
    {"_define", define, 2, 2}, {"_refuse", refuse, 1, 1}, {"_solid", solid, 2, 2}, {"_is_keyword", isKeyword, 1, 1},
    {"_defines", defines, 2, 2}, {"_bind", bind, 2, 2}, {"_set", set, 3, 3}, {"_table", table, 1, 1},
};

struct MissingNames
{
    std::string_view module;
    std::initializer_list<std::string_view> names;
};

const MissingNames kMissing[] = {
    {"collections", {"ChainMap", "UserDict", "UserList", "UserString", "abc", "Mapping", "MutableMapping", "Sequence", "Iterable"}},
    {"random", {"SystemRandom", "getstate", "setstate", "betavariate", "gammavariate", "lognormvariate", "vonmisesvariate",
                "paretovariate", "weibullvariate", "binomialvariate", "randbytes"}},
    {"math", {"gamma", "lgamma", "sumprod", "fma"}},
    {"time", {"ctime", "localtime", "gmtime", "strftime", "strptime", "asctime", "mktime", "struct_time", "thread_time", "timezone",
              "get_clock_info", "clock"}},
    {"functools", {"singledispatch", "singledispatchmethod", "partialmethod", "recursive_repr", "Placeholder"}},
    {"dataclasses", {"InitVar", "KW_ONLY", "make_dataclass"}},
    {"sys", {"argv", "stdin", "path", "modules", "executable", "flags", "float_info",
             "int_info", "hash_info", "settrace", "setprofile", "getallocatedblocks", "displayhook", "excepthook", "getswitchinterval", "_current_frames", "_debugmallocstats", "builtin_module_names", "implementation",
             "set_int_max_str_digits", "get_int_max_str_digits", "getdefaultencoding", "getfilesystemencoding"}},
    {"itertools", {}},
    {"contextlib", {"asynccontextmanager", "aclosing", "AsyncExitStack", "AbstractAsyncContextManager", "redirect_stdout", "redirect_stderr", "chdir"}},
    {"string", {"Formatter"}},
    {"operator", {"length_hint", "call", "imod", "ipow", "itruediv", "ifloordiv", "iand", "ior", "ixor", "ilshift", "irshift", "imatmul"}},
};

} // namespace

void fillLibrarySupport(Interpreter &i, ObjectId dict)
{
    fillModule(i, dict, kSupport);
    i.dicts().setStatic(dict, "_minor", i.heap().newInt(std::int64_t(i.profile().minor)));
}

bool isLeftOut(std::string_view module, std::string_view name)
{
    for (const MissingNames &missing : kMissing)
        if (missing.module == module)
            return std::find(missing.names.begin(), missing.names.end(), name) != missing.names.end();
    return false;
}

} // namespace pyrena
