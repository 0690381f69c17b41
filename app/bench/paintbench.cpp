// Time to lay out and paint a figure, and from the start to the first picture of the window.
#include <QApplication>
#include <QImage>
#include <QPainter>

#include "app/bench/bench.h"
#include "app/mainwindow.h"
#include "core/record.h"
#include "core/trace/timeline.h"
#include "ui/figures/figure.h"

#include <algorithm>
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
}

} // namespace pyrena::bench
