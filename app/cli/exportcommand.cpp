#include "app/cli/commands.h"

#include "app/cli/output.h"
#include "app/cli/snapshot.h"
#include "core/lesson/placedlesson.h"
#include "core/trace/timeline.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <ostream>

namespace pyrena::cli {

namespace {

constexpr Option kOptions[] = {
    {"--figure", "", "NAME", "objects, memory, collector, process, plots, changes, stage (what the lesson shows), window"},
    {"--at", "", "MOMENT", "start, end, 17, line:4, line:4#2, after:ANCHOR, before:ANCHOR#2, collect#1.subtract_refs (default end)"},
    {"--all", "", "", "a picture of every scene of a lesson, or of every line a script runs; OUT is a folder"},
    {"--output", "-o", "OUT", "the file to write; '-' is the standard output"},
    {"--format", "", "FORMAT", "png, svg, pdf, or the data as json or csv (default: by the ending of OUT, else png)"},
    {"--size", "", "WxH", "in logical pixels (default 1280x800)"},
    {"--scale", "", "S", "pixels for a logical pixel, 0.5 to 4 (default 1)"},
    {"--theme", "", "NAME", "light (default), bright, dark or print"},
    {"--level", "", "L", "how much detail, 1 to 5 (default: the lesson's, else 2)"},
    kPythonOption,
    kMaxChangesOption,
    kMaxMemoryOption,
};

constexpr auto kFigures = std::to_array<std::string_view>({"objects", "memory", "collector", "process", "plots", "changes", "stage", "window"});
constexpr auto kFormats = std::to_array<std::string_view>({"png", "svg", "pdf", "json", "csv"});
constexpr auto kThemes = std::to_array<std::string_view>({"light", "bright", "dark", "print"});
constexpr std::size_t kMaxPictures = 2000;

Result<std::pair<int, int>> parseSize(const std::string &text)
{
    int width = 0, height = 0;
    char rest = 0;
    if (text.size() > 11 || std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2 || width < 64 || height < 64
        || width > 8192 || height > 8192)
        return Error{"--size: '" + text + "' is not a size; write for example 1280x800 (64 to 8192 each)"};
    return std::pair(width, height);
}

Result<double> parseScale(const std::string &text)
{
    double scale = 0;
    char rest = 0;
    if (text.size() > 8 || std::sscanf(text.c_str(), "%lf%c", &scale, &rest) != 1 || !(scale >= 0.5 && scale <= 4))
        return Error{"--scale: '" + text + "' is not a number from 0.5 to 4"};
    return scale;
}

std::string endingOf(const std::string &file)
{
    const std::string ending = std::filesystem::path(file).extension().string();
    return ending.empty() ? std::string() : ending.substr(1);
}

// What of the call does not depend on the recording.
Result<ExportRequest> requestOf(const Arguments &arguments)
{
    ExportRequest request;
    const auto figure = arguments.word("--figure", kFigures, "stage");
    if (!figure)
        return figure.error();
    request.figure = *figure;
    if (!arguments.has("--output"))
        return Error{"where to? Name a file with -o OUT, or a folder with --all"};
    if (arguments.has("--all") && arguments.has("--at"))
        return Error{"--at names one moment and --all means every one; use one of them"};
    const std::string out = arguments.value("--output");
    if (arguments.has("--all") && out == "-")
        return Error{"--all writes many files; name a folder with -o"};
    std::string format = arguments.has("--all") || out == "-" ? std::string() : endingOf(out);
    if (arguments.has("--format")) {
        const auto given = arguments.word("--format", kFormats, "png");
        if (!given)
            return given.error();
        format = *given;
    } else if (format.empty()) {
        format = "png";
    } else if (std::ranges::find(kFormats, std::string_view(format)) == kFormats.end()) {
        return Error{"'" + out + "' ends in no format that can be written; use .png, .svg, .pdf, .json or .csv, or --format"};
    }
    request.format = format;
    const auto theme = arguments.word("--theme", kThemes, "light");
    if (!theme)
        return theme.error();
    request.theme = *theme;
    const auto size = parseSize(arguments.value("--size", "1280x800"));
    if (!size)
        return size.error();
    std::tie(request.width, request.height) = *size;
    const auto scale = parseScale(arguments.value("--scale", "1"));
    if (!scale)
        return scale.error();
    request.scale = *scale;
    return request;
}

// Changes [stepBegin, position) are what just happened: the line that ended here, or the operation.
std::uint32_t stepBegin(const Trace &trace, std::uint32_t position)
{
    const std::uint32_t index = trace.stops.indexOf(position, Granularity::Line);
    const bool endsLine = trace.stops.position(index, Granularity::Line) == position;
    return trace.stops.previous(position, endsLine ? Granularity::Line : Granularity::Operation);
}

ExportedMoment sceneMoment(const LessonScene &scene, const PlacedScene &placed, const ExportRequest &request)
{
    ExportedMoment moment;
    if (request.figure == "stage")
        for (const LessonFigure figure : scene.show)
            moment.figures.push_back(figureName(figure));
    if (request.figure == "stage" || request.figure == "window")
        moment.beside = scene.beside;
    moment.zoom = scene.zoom;
    moment.focused = placed.focus;
    moment.focus = placed.focus ? toString(*placed.focus, *request.trace) : std::string();
    return moment;
}

void finishMoment(ExportedMoment &moment, const ExportRequest &request, std::uint32_t position)
{
    moment.position = position;
    moment.stepBegin = stepBegin(*request.trace, position);
    if (moment.figures.empty())
        moment.figures.push_back(request.figure != "stage" ? request.figure : request.replay ? "memory" : "objects");
}

std::string numbered(const std::string &folder, std::size_t number, const std::string &format)
{
    char name[24];
    std::snprintf(name, sizeof name, "%03zu.", number);
    return (std::filesystem::path(folder) / (name + format)).string();
}

Result<std::monostate> addAll(ExportRequest &request, const std::string &folder)
{
    const Trace &trace = *request.trace;
    if (request.lesson) {
        const PlacedLesson placed = placeLesson(*request.lesson, request.trace);
        for (const Diagnostic &d : placed.problems)
            return Error{toString(d)};
        for (std::size_t i = 0; i < placed.scenes.size(); ++i) {
            ExportedMoment moment = sceneMoment(request.lesson->scenes[i], placed.scenes[i], request);
            finishMoment(moment, request, placed.scenes[i].position);
            moment.file = numbered(folder, i + 1, request.format);
            request.moments.push_back(std::move(moment));
        }
        return std::monostate{};
    }
    const std::uint32_t count = trace.stops.count(Granularity::Line);
    if (count > kMaxPictures)
        return Error{(request.replay ? "this recording has " + std::to_string(count) + " steps, --all draws "
                                     : "this script runs " + std::to_string(count) + " lines, --all draws ") + std::to_string(kMaxPictures)
                     + " pictures at most; draw single moments with --at"};
    for (std::uint32_t i = 1; i < count; ++i) {
        ExportedMoment moment;
        finishMoment(moment, request, trace.stops.position(i, Granularity::Line));
        moment.file = numbered(folder, i, request.format);
        request.moments.push_back(std::move(moment));
    }
    return std::monostate{};
}

Result<std::monostate> addOne(ExportRequest &request, const std::string &at, std::span<const Anchor> anchors, const std::string &file)
{
    const auto parsed = parseMoment(at);
    if (!parsed)
        return Error{"--at: " + parsed.error().message + "; " + parsed.error().hint};
    const auto position = resolveMoment(*parsed, *request.trace, anchors);
    if (!position)
        return Error{"--at: " + position.error().message + "; " + position.error().hint};
    ExportedMoment moment;
    if (request.lesson) {   // the last scene shown by then
        const PlacedLesson placed = placeLesson(*request.lesson, request.trace);
        for (std::size_t i = 0; i < placed.scenes.size(); ++i)
            if (placed.scenes[i].position <= *position)
                moment = sceneMoment(request.lesson->scenes[i], placed.scenes[i], request);
    }
    finishMoment(moment, request, *position);
    moment.file = file;
    request.moments.push_back(std::move(moment));
    return std::monostate{};
}

int writeSnapshots(const ExportRequest &request, Streams &streams)
{
    Timeline timeline(request.trace);
    for (const ExportedMoment &moment : request.moments) {
        const World &world = timeline.seek(moment.position);
        const auto written = writeWhole(moment.file, request.format == "csv" ? snapshotCsv(*request.trace, world)
                                                                             : snapshotJson(*request.trace, world, moment.position), streams.out);
        if (!written) {
            streams.err << "pyrena export: " << written.error().message << '\n';
            return Environment;
        }
    }
    return Done;
}

} // namespace

const Command kExportCommand{"export", "FILE", "write a moment (or all of them) as a picture or as data", kOptions, 1, 1};

int exportPictures(const Arguments &arguments, Streams &streams, const Parts &parts)
{
    auto request = requestOf(arguments);
    if (!request)
        return wrongCall(kExportCommand, request.error(), streams);
    const auto level = arguments.number("--level", 0, 1, 5);
    if (!level)
        return wrongCall(kExportCommand, level.error(), streams);
    const bool data = request->format == "json" || request->format == "csv";
    if (!data && !parts.exportPictures)
        return wrongCall(kExportCommand, {"pictures need the full build of pyrena, this one has no Qt; --format json and csv work here"}, streams);

    auto ran = readAndRun(arguments.files()[0], arguments, kExportCommand, streams);
    if (!ran)
        return ran.error().status;
    request->trace = ran->trace;
    request->fileName = arguments.files()[0];
    request->lesson = std::move(ran->program.lesson);
    request->replay = ran->replay;
    request->level = *level > 0 ? static_cast<int>(*level) : request->lesson ? request->lesson->level : request->replay ? 4 : 2;
    if (request->replay && !data && (request->figure == "objects" || request->figure == "collector"))
        return wrongCall(kExportCommand, {"a recording of the allocator knows no objects; export memory, plots or window"}, streams);

    const std::string out = arguments.value("--output");
    if (arguments.has("--all")) {
        std::error_code error;
        std::filesystem::create_directories(out, error);
        if (error) {
            streams.err << "pyrena export: " << out << ": the folder cannot be made: " << error.message() << '\n';
            return Environment;
        }
    }
    const auto added = arguments.has("--all") ? addAll(*request, out) : addOne(*request, arguments.value("--at", "end"), ran->program.anchors, out);
    if (!added)
        return wrongCall(kExportCommand, added.error(), streams);
    const int status = data ? writeSnapshots(*request, streams) : parts.exportPictures(*request, streams);
    const int outcome = reportOutcome(*request->trace, streams);
    return status != Done ? status : outcome;
}

} // namespace pyrena::cli
