#pragma once

#include "core/base/source.h"
#include "core/base/texttable.h"
#include "core/profile/profile.h"
#include "core/trace/change.h"
#include "core/trace/changelog.h"
#include "core/trace/keyframe.h"
#include "core/trace/step.h"
#include "core/world/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pyrena {

// What is saved and what a recording is made from; the trace itself never is: determinism rebuilds it.
struct Recipe
{
    std::string source;              // of the program
    std::string fileName = "script.py";
    std::string profile = "3.14";    // the newest that is final; as findProfile() takes it
    std::uint32_t maxChanges = 2'000'000;
    std::uint64_t maxMemory = std::uint64_t(1) << 30;   // bytes the simulated program may ask for
    bool history = true;             // false: only the last moment is kept, for who wants the output alone
    friend bool operator==(const Recipe &, const Recipe &) = default;
};

// What never changes about an object, known from its birth on (and its death, once recorded).
struct ObjectInfo
{
    TextId typeName;              // "list", "Node", "int"
    std::uint32_t ordinal = 0;    // the how-manieth of its type name, from 1: "list#1"; 0: part of the interpreter's image
    std::uint32_t bornAt = 0;     // number of its ObjectBorn change
    std::uint32_t diedAt = 0xffffffffu;   // number of its ObjectDied change; kNever while it lives to the end
    std::uint32_t bornLine = 0;
    TypeKind kind = TypeKind::Runtime;
    static constexpr std::uint32_t kNever = 0xffffffffu;
};

struct CodeInfo
{
    TextId name;                  // "<module>", "append_all", "<listcomp>"
    std::uint32_t firstLine = 0;
};

// How a recording ended. Everything up to there is in the trace, whatever the reason.
enum class Outcome : std::uint8_t {
    Finished,
    Raised,          // an uncaught exception; the traceback is in Trace::errorText
    Unsupported,     // a construct of Python that this subset parses but does not run; see Trace::diagnostic
    LimitReached,    // steps, memory or recursion; see Trace::diagnostic
    Cancelled,
};

class Trace
{
public:
    Recipe recipe;
    const PythonProfile *profile = nullptr;   // lives as long as the program
    TextTable texts;
    StepTree steps;
    Stops stops;
    std::vector<ObjectInfo> objects;          // by ObjectId
    std::vector<CodeInfo> codes;              // by CodeId
    World initial;                            // before change 0
    Outcome outcome = Outcome::Finished;
    std::optional<Diagnostic> diagnostic;     // for Unsupported and LimitReached, and where an exception came from
    std::string errorText;                    // stderr: the traceback of an uncaught exception
    int exitStatus = 0;                       // the program's own

    ChangeLog log;
    std::uint32_t changeCount() const { return log.size(); }
    Change change(std::uint32_t index) const { return log[index]; }
    // The change when it is a C: cheaper than to look at change().
    template <class C>
    std::optional<C> changeAs(std::uint32_t index) const { return log.as<C>(index); }

    // "list#1", "Node#2"; names a class "class Node", a module "module gc", a function "function f".
    std::string label(ObjectId id) const;
    const std::string &text(TextId id) const;    // "" for none

    std::vector<Keyframe> keyframes;          // rising positions; the first is `initial` at 0. See Timeline.
    std::size_t bytes() const;                // log, steps, stops and keyframes
};

} // namespace pyrena
