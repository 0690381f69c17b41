// Time to lay out and paint a figure, and from the start to the first picture of the window.
#include <QApplication>
#include <QImage>
#include <QPainter>

#include "app/bench/bench.h"
#include "app/bench/bigheap.h"
#include "app/mainwindow.h"
#include "core/record.h"
#include "core/trace/timeline.h"
#include "ui/figures/figurepicture.h"
#include "ui/figures/memory/memoryfigure.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace pyrena::bench {

namespace {

void paintFigure(Figure &figure, const std::shared_ptr<const Trace> &trace, int level, std::ostream &out)
{
    constexpr int kMoments = 40;
    const QSize size(1600, 1000);
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    Timeline timeline(trace);
    std::vector<double> times;
    for (int i = 1; i <= kMoments; ++i) {
        FigureInput input;
        input.trace = trace.get();
        input.position = static_cast<std::uint32_t>(std::uint64_t(trace->changeCount()) * static_cast<unsigned>(i) / kMoments);
        input.world = &timeline.seek(input.position);
        input.stepBegin = trace->stops.previous(input.position, Granularity::Operation);
        input.theme = theme(ThemeName::Light);
        input.level = level;
        const Stopwatch watch;
        QPainter painter(&image);
        renderFigure(figure, input, size, {}, painter);
        painter.end();
        times.push_back(watch.milliseconds());
    }
    const double first = times.front();   // caches of the recording are built here
    std::ranges::sort(times);
    row(out, "  " + figure.name().toStdString() + ", level " + std::to_string(level),
        {number(times[times.size() / 2], 2), number(times.back(), 2), number(first, 2)});
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

FigureInput inputAt(Timeline &timeline, std::uint32_t position)
{
    FigureInput input;
    input.trace = &timeline.trace();
    input.position = position;
    input.world = &timeline.seek(position);
    input.stepBegin = timeline.trace().stops.previous(position, Granularity::Operation);
    input.theme = theme(ThemeName::Light);
    input.level = 4;
    return input;
}

double paintOnce(FigurePicture &picture, Figure &figure, const FigureInput &input, const QSize &size, const Camera &camera)
{
    const std::clock_t before = std::clock();
    picture.update(figure, input, size, 1, camera);
    return 1000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

// Pictures of a heap of a million blocks. Step: one block changed, as the window paints it. Jump: all of the picture is
// painted, with what is kept of the blocks that did not change. First: nothing is kept. Processor time: painting is one thread's
// work, and this is not disturbed by what else the machine does.
void paintBigHeap(std::ostream &out)
{
    constexpr std::uint32_t kBlocks = 1'000'000, kSteps = 400;
    const auto trace = bigHeap(kBlocks, kSteps);
    Timeline timeline(trace);
    const HeapTotals totals = timeline.seek(0).heap.totals;
    out << "\nA heap of " << number(totals.blocksInUse) << " blocks in " << totals.arenasNow << " arenas\n";
    row(out, "Memory figure, processor time", {"step ms", "worst ms", "jump ms", "worst ms", "first ms"});
    const struct { const char *name; MemoryLevel level; QSize size; } views[] = {
        {"  all arenas, 1600x1000", MemoryLevel::Process, {1600, 1000}},
        {"  one arena, 1600x1000", MemoryLevel::Arena, {1600, 1000}},
        {"  one pool with text, 1600x1000", MemoryLevel::Pool, {1600, 1000}},
        {"  all arenas, 3840x2160", MemoryLevel::Process, {3840, 2160}},
        {"  one arena, 3840x2160", MemoryLevel::Arena, {3840, 2160}},
    };
    for (const auto &view : views) {
        MemoryFigure figure;
        FigurePicture picture;
        const std::uint32_t last = trace->changeCount();
        MemoryPlace place = memoryPlace(inputAt(timeline, last), Camera());
        place.level = view.level;
        place.zoom = zoomOf(view.level);
        const Camera camera = cameraAt(place);
        std::vector<double> steps, jumps, first;
        paintOnce(picture, figure, inputAt(timeline, 0), view.size, camera);
        for (std::uint32_t at = trace->stops.next(0, Granularity::Operation); at < last;
             at = trace->stops.next(at, Granularity::Operation))
            steps.push_back(paintOnce(picture, figure, inputAt(timeline, at), view.size, camera));
        for (std::uint32_t i = 0; i < 40; ++i) {
            picture.forget();
            jumps.push_back(paintOnce(picture, figure, inputAt(timeline, 1 + i * 7919 % last), view.size, camera));
        }
        for (int i = 0; i < 9; ++i) {
            MemoryFigure anew;
            FigurePicture blank;
            first.push_back(paintOnce(blank, anew, inputAt(timeline, last), view.size, camera));
        }
        row(out, view.name, {number(median(steps), 2), number(std::ranges::max(steps), 2), number(median(jumps), 2),
                             number(std::ranges::max(jumps), 2), number(median(first), 2)});
    }
}

} // namespace

void paintTimes(const Options &options, std::ostream &out)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const Stopwatch start;
    int argc = 1;
    char name[] = "pyrena-bench";
    char *argv[] = {name, nullptr};
    const QApplication app(argc, argv);
    double shown = 0;
    {
        MainWindow window;
        window.resize(1600, 1000);
        window.show();
        window.grab();
        shown = start.milliseconds();
    }

    std::ifstream stream(std::filesystem::path(options.programs) / "objects.py");
    std::ostringstream source;
    source << stream.rdbuf();
    Recipe recipe;
    recipe.source = source.str();
    const auto recorded = record(recipe);
    if (!recorded)
        return;
    out << '\n';
    row(out, "Painting objects.py at 1600x1000", {"median ms", "worst ms", "first ms"});
    const auto objects = makeObjectsFigure();
    paintFigure(*objects, *recorded, 2, out);
    const auto memory = makeMemoryFigure();
    paintFigure(*memory, *recorded, 4, out);
    row(out, "Start to the window's first frame", {number(shown, 1) + " ms"});
    paintBigHeap(out);
}

} // namespace pyrena::bench
