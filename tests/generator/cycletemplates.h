#pragma once

#include <span>
#include <string_view>

namespace pyrena::generator {

// A statement: what its target becomes (' ': it has none), its lines, and the minor version from which on it is understood.
// In the lines: $$ is the target; a capital letter a name that holds such a value (see typesOf); $n a generation, $m a number of
// rounds, $t an attribute, $s a slot, $l a label of its own, $c a class, $x and $w names of its own.
// A line begins with as many blanks as it is nested.
struct CycleStatement
{
    char target;
    std::string_view text;
    int since = 7;
};

// N instance with a __dict__   O instance with slots   L list   D dict   T tuple   F function   G generator that holds a list
// C class   P pair of closures   M bound method   E exception   R weak reference   Q weak container   S set   I other
// V any of those that hold others   H what can be hashed and watched   W what can be watched   A what has attributes
std::string_view typesOf(char letter);

extern const std::string_view kCycleBeginning;
inline constexpr std::string_view kClasses[] = {"Node", "Node", "Loud", "Loud", "Loud", "Phoenix", "Bad", "Curious", "Wide", "Picky", "Eager", "Late"};
extern const std::span<const CycleStatement> kBirths, kTies, kWatchers, kLooks, kCuts, kCollections, kAfter, kLoops;

} // namespace pyrena::generator
