// Measured: gc.get_count() before and after one call, in 3.6.15 to 3.15.2 (counter_moves_*).
#include "core/python/runtime/conventions.h"

#include <algorithm>
#include <iterator>

namespace pyrena {

namespace {

constexpr int kAll = 99;

struct Rule
{
    std::string_view owner, name;
    int until, but = 0;   // the last version; one before it that does not
};

constexpr Rule kTuples[] = {
    {"", "max", 12}, {"", "min", 12}, {"", "vars", kAll, 12}, {"", "dir", kAll, 12}, {"", "print", 6}, {"", "getsizeof", kAll}, {"", "iter", 7}, {"", "next", 6},
    {"", "intern", 7}, {"", "set_threshold", kAll}, {"", "get_referents", kAll},
    {"", "getattr", 6}, {"", "hasattr", 6}, {"", "setattr", 6}, {"", "delattr", 6}, {"", "isinstance", 6}, {"", "issubclass", 6},
    {"", "pow", 6}, {"", "divmod", 6}, {"", "sum", 6}, {"", "format", 6}, {"", "round", 6}, {"", "sorted", 6}, {"", "set_debug", 6},
    {"str", "startswith", 12}, {"str", "endswith", 12}, {"str", "find", 12}, {"str", "rfind", 12}, {"str", "index", 12},
    {"str", "rindex", 12}, {"str", "count", 12}, {"str", "format", kAll}, {"str", "replace", 6}, {"str", "center", 6},
    {"str", "ljust", 6}, {"str", "rjust", 6},
    {"list", "insert", 6}, {"list", "pop", 6}, {"list", "index", 6},
    {"dict", "update", kAll}, {"dict", "pop", 7}, {"dict", "get", 6}, {"dict", "setdefault", 6},
    {"set", "union", 13}, {"set", "update", 13}, {"set", "intersection", 13}, {"set", "difference", 13},
    {"set", "intersection_update", 13}, {"set", "difference_update", 13},
    {"frozenset", "union", 13}, {"frozenset", "intersection", 13}, {"frozenset", "difference", 13},
    {"object", "__new__", 14},
};

constexpr Rule kClasses[] = {
    {"", "str", 12}, {"", "int", 12}, {"", "float", 9}, {"", "bool", 9}, {"", "type", 9}, {"", "complex", kAll}, {"", "bytes", kAll},
    {"", "slice", kAll}, {"", "map", 9}, {"", "filter", 9}, {"", "reversed", 9}, {"", "enumerate", 10}, {"", "super", 10},
    {"", "zip", kAll}, {"", "property", kAll}, {"", "staticmethod", kAll}, {"", "classmethod", kAll}, {"", "list", 8}, {"", "tuple", 8},
    {"", "WeakMethod", kAll}, {"", "KeyedRef", kAll}, {"", "dict", 8}, {"", "set", 8}, {"", "frozenset", 8}, {"", "range", 8},
};

template <std::size_t n>
bool holds(const Rule (&rules)[n], std::string_view owner, std::string_view name, int minor)
{
    return std::any_of(std::begin(rules), std::end(rules),
                       [&](const Rule &rule) { return rule.name == name && rule.owner == owner && minor <= rule.until && minor != rule.but; });
}

} // namespace

bool takesTuple(std::string_view owner, std::string_view name, int minor) { return holds(kTuples, owner, name, minor); }
bool classTakesTuple(std::string_view name, int minor) { return holds(kClasses, "", name, minor); }

KeywordParser keywordParser(std::string_view owner, std::string_view name, int minor)
{
    // From 3.12 on those that Argument Clinic writes are part of the interpreter's image.
    if (owner.empty() && name == "print" && minor >= 7 && minor <= 11)
        return {"print", 4, minor == 11};
    if (((owner.empty() && name == "sorted") || (owner == "list" && name == "sort")) && minor >= 8 && minor <= 11)
        return {"sort", 2, false};
    if (owner.empty() && name == "round" && minor <= 7)
        return {"round", 2, true};
    if (owner.empty() && (name == "max" || name == "min") && minor >= 13)
        return {name, 2, false};
    return {};
}

} // namespace pyrena
