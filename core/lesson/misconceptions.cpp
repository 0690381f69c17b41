#include "core/lesson/lesson.h"

#include <array>

namespace pyrena {

namespace {

struct Misconception
{
    std::string_view id, sentence;
};

// What learners often believe. The numbers are used in lessons and in results: never renumber.
constexpr auto kMisconceptions = std::to_array<Misconception>({
    {"M1", "`del x` frees the object"},
    {"M2", "the variable is collected"},
    {"M3", "the collector frees everything"},
    {"M4", "the count is the number of names"},
    {"M5", "freed memory goes back to the operating system"},
    {"M6", "a new `id` means a new place, an equal `id` means the same object"},
    {"M7", "the collector runs in a background thread"},
    {"M8", "memory is compacted"},
    {"M9", "CPython's collector starts from the root"},
    {"M10", "weak references keep things alive a little"},
    {"M11", "`gc.collect()` makes programs smaller"},
    {"M12", "leaving a scope always frees"},
    {"M13", "`sys.getrefcount` is exact"},
    {"M14", "`None`, `1` and `\"\"` are freed and made again"},
    {"M15", "`b = a` copies the object"},
    {"M16", "a variable is a box that holds the value"},
    {"M17", "`y = y + [2]` and `y += [2]` do the same"},
    {"M18", "arguments are copied"},
    {"M19", "`is` is a faster `==`"},
    {"M20", "reference counting frees everything"},
    {"M21", "any collection finds all garbage"},
    {"M22", "the collector looks at every object"},
    {"M23", "`sys.getsizeof` tells how much memory a structure uses"},
    {"M24", "a block is exactly as big as the object"},
    {"M25", "each size has memory of its own from the start"},
    {"M26", "an object dies some time after its last reference is gone"},
    {"M27", "a new object gets memory that nobody had before"},
    {"M28", "each object is asked from the operating system"},
    {"M29", "a dead cycle stays for ever"},
    {"M30", "creating any object brings the next collection nearer"},
    {"M31", "`if ref():` tells whether the object is alive"},
    {"M32", "`__del__` runs each time an object dies"},
    {"M33", "a zero in the collector's copy means garbage"},
});

} // namespace

std::string_view misconception(std::string_view id)
{
    for (const Misconception &m : kMisconceptions)
        if (m.id == id)
            return m.sentence;
    return {};
}

} // namespace pyrena
