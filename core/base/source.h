#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace pyrena {

// Lines and columns count from 1; a column counts characters (code points), not bytes. Line 0: nowhere.
struct SourcePosition
{
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    friend constexpr auto operator<=>(const SourcePosition &, const SourcePosition &) = default;
};

struct SourceSpan
{
    SourcePosition begin;
    SourcePosition end;   // one past the last character
    friend constexpr bool operator==(const SourceSpan &, const SourceSpan &) = default;
};

// The learner's program or lesson is wrong: what, where, and what to do about it.
struct Diagnostic
{
    std::string file;      // as given by the caller; may be empty
    SourceSpan span;
    std::string message;   // one sentence, in the learner's terms
    std::string hint;      // what to do next; may be empty
    friend bool operator==(const Diagnostic &, const Diagnostic &) = default;
};

// "file:line:column: message" and, when there is one, "; hint". The form every command line message has.
std::string toString(const Diagnostic &diagnostic);

} // namespace pyrena
