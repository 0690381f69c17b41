#include "app/cli/input.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <istream>

namespace pyrena::cli {

namespace {

// Up to the limit and one byte more, so that "too large" can be told from "just fits".
std::string readAll(std::istream &in, std::string bytes = {})
{
    char buffer[1 << 16];
    while (bytes.size() <= kMaxInputBytes && (in.read(buffer, sizeof buffer), in.gcount() > 0))
        bytes.append(buffer, static_cast<std::size_t>(in.gcount()));
    return bytes;
}

bool isGzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

// The text form of an allocator recording, unpacked.
bool looksLikeRecording(std::string_view bytes) { return bytes.starts_with("pmtrace "); }

bool endsLikeRecording(std::string_view name)
{
    if (name.ends_with(".gz"))
        name.remove_suffix(3);
    return name.ends_with(".pytrace") || name.ends_with(".trace");
}

} // namespace

InputKind kindOf(std::string_view bytes, std::string_view name)
{
    if (isGzip(bytes) || looksLikeRecording(bytes))
        return InputKind::Recording;
    if (looksLikeLesson(bytes))
        return bytes.substr(0, 200).find("pyrena:") != std::string_view::npos ? InputKind::Moment : InputKind::Lesson;
    // What cannot be told from its content: a damaged recording and an unfinished lesson.
    if (endsLikeRecording(name))
        return InputKind::Recording;
    if (name.ends_with(".md"))
        return InputKind::Lesson;
    if (name.ends_with(".pyrena"))
        return InputKind::Moment;
    return InputKind::Script;
}

Result<Input> readInput(const std::string &name, std::istream &in)
{
    Input input;
    if (name == "-") {
        input.name = "<stdin>";
        input.bytes = readAll(in);
    } else {
        input.name = name;
        std::error_code ignored;
        if (std::filesystem::is_directory(name, ignored))
            return Error{name + ": this is a folder; name a file"};
        std::ifstream file(name, std::ios::binary);
        if (!file)
            return Error{name + ": cannot be read: " + std::strerror(errno)};
        std::string head(kHeadBytes, '\0');
        file.read(head.data(), static_cast<std::streamsize>(head.size()));
        head.resize(static_cast<std::size_t>(file.gcount()));
        input.kind = kindOf(head, name);
        const bool whole = input.kind != InputKind::Recording;
        input.bytes = whole ? readAll(file, std::move(head)) : std::move(head);
        if (file.bad())
            return Error{name + ": cannot be read to its end: " + std::strerror(errno)};
    }
    if (input.bytes.size() > kMaxInputBytes)
        return Error{input.name + ": is larger than 512 MiB; use a smaller file"};
    input.kind = kindOf(input.bytes, name);
    return input;
}

Result<Program, std::vector<Diagnostic>> programOf(const Input &input)
{
    Program program;
    switch (input.kind) {
    case InputKind::Script:
        program.recipe.source = input.bytes;
        program.recipe.fileName = input.name;
        program.anchors = findAnchors(input.bytes);
        return program;
    case InputKind::Lesson: {
        LoadedLesson loaded = loadLesson(input.bytes, input.name);
        if (!loaded.ok())
            return std::move(loaded.problems);
        program.recipe = loaded.lesson.recipe();
        program.anchors = loaded.lesson.anchors;
        program.lesson = std::move(loaded.lesson);
        return program;
    }
    case InputKind::Recording:
        return std::vector<Diagnostic>{{input.name, {}, "this is an allocator recording, not a program", "use 'pyrena replay'"}};
    case InputKind::Moment:
        return std::vector<Diagnostic>{{input.name, {}, "saved moments (.pyrena) can be opened in the window only, not yet here",
                                        "use the script or lesson it was made from"}};
    }
    return std::vector<Diagnostic>{};
}

} // namespace pyrena::cli
