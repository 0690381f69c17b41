#pragma once

#include "core/lesson/lesson.h"
#include "core/lesson/query.h"
#include "core/memory/replay.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pyrena::cli {

// One picture to be made.
struct ExportedMoment
{
    std::uint32_t position = 0;        // changes done
    std::uint32_t stepBegin = 0;       // changes [stepBegin, position) are what the picture marks as new
    std::vector<std::string> figures;  // "objects", "memory" ... side by side; one unless a scene shows two
    std::optional<QueryValue> focused; // the object, block, pool or arena the scene looks at
    std::string focus;                 // the same as text: "list#1"; may be empty
    std::string beside;                // a profile whose run of the program is drawn next to this one; may be empty
    LessonZoom zoom = LessonZoom::Free;
    std::string file;                  // to write
};

// Everything `pyrena export` was asked for, checked and looked up in the recording.
struct ExportRequest
{
    std::shared_ptr<const Trace> trace;
    std::optional<Lesson> lesson;      // when the file is one
    std::shared_ptr<const RecordedReplay> replay;   // when the file is an allocator recording
    std::string fileName;              // of the input, for titles
    std::string figure;                // as asked: "stage", "window", "objects" ...
    std::string format;                // "png", "svg", "pdf"
    std::string theme = "light";       // "light", "bright", "dark", "print"
    int level = 2;
    int width = 1280, height = 800;    // logical pixels
    double scale = 1.0;
    std::vector<ExportedMoment> moments;
};

} // namespace pyrena::cli
