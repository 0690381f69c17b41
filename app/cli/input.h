#pragma once

#include "core/base/result.h"
#include "core/base/source.h"
#include "core/lesson/lesson.h"
#include "core/record.h"

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena::cli {

enum class InputKind : std::uint8_t { Script, Lesson, Recording, Moment };

struct Input
{
    std::string name;    // as given; "<stdin>" for "-"
    std::string bytes;
    InputKind kind = InputKind::Script;
};

// Changes of an allocator recording that are kept: about 100 bytes each with keyframes.
inline constexpr std::uint32_t kMaxReplayChanges = 5'000'000;

inline constexpr std::size_t kMaxInputBytes = std::size_t(512) << 20;   // recordings are large

// What a file holds, by how it begins; its name decides only where the beginning does not.
InputKind kindOf(std::string_view head, std::string_view name);
inline constexpr std::size_t kHeadBytes = 4096;   // enough of a beginning

// Reads a file, or stdin for "-", and recognises by its content what it is. Of a recording only the beginning is read: it
// is streamed when it is replayed.
Result<Input> readInput(const std::string &name, std::istream &in);

// What a script or lesson is run from.
struct Program
{
    Recipe recipe;
    std::optional<Lesson> lesson;
    std::vector<Anchor> anchors;
};
// Problems: of a lesson that cannot be read, or "this is a recording".
Result<Program, std::vector<Diagnostic>> programOf(const Input &input);

} // namespace pyrena::cli
