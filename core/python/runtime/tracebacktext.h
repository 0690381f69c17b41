#pragma once

#include "core/base/source.h"
#include "core/profile/profile.h"

#include <span>
#include <string>

namespace pyrena {

// What a traceback shows of the source below its line "File ..., line ..., in ...": the line, from 3.11 on with marks below the
// part that failed, from 3.13 on all the lines of that part. Empty when there is no such line.
// With TracebackMarks::None the line only.
enum class TracebackMarks : std::uint8_t { None, AsVersion };
std::string tracebackExcerpt(std::span<const std::string> sourceLines, const SourceSpan &span, const PythonProfile &profile,
                             TracebackMarks marks = TracebackMarks::AsVersion);

} // namespace pyrena
