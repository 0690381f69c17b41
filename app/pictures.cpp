#include "app/pictures.h"

#include "app/windowshot.h"
#include "core/trace/timeline.h"
#include "ui/docks/lessonsession.h"
#include "ui/figures/exporter.h"
#include "ui/figures/paintkit.h"
#include "ui/models/place.h"

#include <QApplication>
#include <QBuffer>

#include <optional>
#include <ostream>

namespace pyrena {

namespace {

// Several figures of one moment, next to each other; the last of them of another run, if there is one.
class SideBySide : public Figure
{
public:
    explicit SideBySide(std::vector<std::unique_ptr<Figure>> figures, std::optional<FigureInput> last = {})
        : m_figures(std::move(figures)), m_last(std::move(last)) {}

    QString name() const override { return QStringLiteral("stage"); }
    QString title() const override { return m_figures.front()->title(); }
    void layout(const FigureInput &input, const QSizeF &size, const Camera &camera) override
    {
        m_theme = input.theme;
        m_titles.clear();
        if (m_last)
            for (const Trace *trace : {input.trace, m_last->trace})
                m_titles << QString::fromUtf8(trace->profile->title.data(), static_cast<qsizetype>(trace->profile->title.size()));
        m_top = m_last ? input.theme.px(26) : 0;
        m_part = QSizeF(size.width() / static_cast<double>(m_figures.size()), size.height() - m_top);
        for (auto &figure : m_figures)
            figure->layout(m_last && figure == m_figures.back() ? *m_last : input, m_part, camera);
    }
    void paint(QPainter &painter) const override
    {
        for (std::size_t i = 0; i < m_figures.size(); ++i) {
            painter.save();
            painter.translate(m_part.width() * static_cast<double>(i), m_top);
            m_figures[i]->paint(painter);
            if (i < static_cast<std::size_t>(m_titles.size()))
                kit::drawTextIn(painter, m_theme.font(13, QFont::DemiBold), m_theme.secondary,
                                QRectF(m_theme.px(20), -m_top, m_part.width() - m_theme.px(40), m_top), kit::Align::Left, m_titles[static_cast<qsizetype>(i)]);
            if (i > 0) {
                painter.setPen(m_theme.line);
                painter.drawLine(QPointF(0, -m_top), QPointF(0, m_part.height()));
            }
            painter.restore();
        }
    }
    FigureHit hit(const QPointF &) const override { return {}; }
    std::vector<FigureHit> items() const override { return {}; }
    QString summary() const override
    {
        QStringList all;
        for (const auto &figure : m_figures)
            all += figure->summary();
        return all.join(QLatin1Char('\n'));
    }
    Camera zoomed(const Camera &now, double, const QPointF &) const override { return now; }
    Camera panned(const Camera &now, const QPointF &) const override { return now; }

private:
    std::vector<std::unique_ptr<Figure>> m_figures;
    std::optional<FigureInput> m_last;
    QSizeF m_part;
    Theme m_theme;
    QStringList m_titles;              // of two runs: which Python each is
    double m_top = 0;                  // room for these
};

std::unique_ptr<Figure> figureNamedForExport(const std::string &name)
{
    if (name == "objects")
        return makeObjectsFigure();
    if (name == "memory")
        return makeMemoryFigure();
    if (name == "collector")
        return makeCollectorFigure();
    if (name == "plots")
        return makePlotsFigure();
    return nullptr;
}

ThemeName themeNamed(const std::string &name)
{
    if (name == "bright")
        return ThemeName::BrightRoom;
    if (name == "dark")
        return ThemeName::Dark;
    return name == "print" ? ThemeName::Print : ThemeName::Light;
}

// What the scene looks at, as the window would select it.
Selected selectedBy(const cli::ExportedMoment &moment)
{
    return moment.focused ? thingOf(*moment.focused) : Selected();
}

// The same program under the profile beside it; null: there is none. Lessons that reach this run under all their profiles.
std::shared_ptr<const Trace> besideTrace(const cli::ExportRequest &request, const cli::ExportedMoment &moment)
{
    if (moment.beside.empty())
        return nullptr;
    Recipe recipe = request.trace->recipe;
    recipe.profile = moment.beside;
    return recordNow(recipe, {}).trace;
}

Result<QByteArray> windowPicture(const cli::ExportRequest &request, const cli::ExportedMoment &moment)
{
    if (request.format != "png" && request.format != "svg")
        return Error{"the window can be exported as png and svg; use --format png"};
    WindowShot shot;
    shot.recording.recipe = request.trace->recipe;
    shot.recording.lesson = request.lesson;
    shot.recording.trace = request.trace;
    shot.recording.replay = request.replay;
    if (request.lesson)
        shot.recording.placed = placeLesson(*request.lesson, request.trace);
    shot.position = moment.position;
    shot.size = QSize(request.width, request.height);
    shot.scale = request.scale;
    shot.theme = themeNamed(request.theme);
    shot.level = request.level;
    shot.selected = selectedBy(moment);
    shot.beside = besideTrace(request, moment);
    if (request.format == "svg")
        return renderWindowSvg(shot);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!renderWindow(shot).save(&buffer, "PNG"))
        return Error{"the picture of the window could not be made; try a smaller --size or --scale"};
    return bytes;
}

Result<QByteArray> figurePicture(const cli::ExportRequest &request, const cli::ExportedMoment &moment, Timeline &timeline)
{
    std::vector<std::unique_ptr<Figure>> figures;
    std::string missing;
    for (const std::string &name : moment.figures) {
        if (auto figure = figureNamedForExport(name))
            figures.push_back(std::move(figure));
        else
            missing = name;
    }
    if (figures.empty() && request.figure != "stage")
        return Error{"the figure '" + missing + "' is not there yet; export objects, memory, collector, plots or window"};
    if (figures.empty())
        figures.push_back(makeObjectsFigure());
    FigureInput input;
    input.trace = request.trace.get();
    input.world = &timeline.seek(moment.position);
    input.position = moment.position;
    input.stepBegin = moment.stepBegin;
    input.theme = theme(themeNamed(request.theme));
    input.level = request.level;
    input.focus = QString::fromStdString(moment.focus);
    input.selected = selectedBy(moment);
    input.zoom = moment.zoom;
    std::optional<FigureInput> last;
    std::unique_ptr<Timeline> secondTimeline;
    if (const std::shared_ptr<const Trace> second = besideTrace(request, moment)) {
        secondTimeline = std::make_unique<Timeline>(second);
        last = input;
        last->trace = second.get();
        last->position = positionOf(*second, placeAt(*request.trace, moment.position));
        last->stepBegin = second->stops.previous(last->position, Granularity::Line);
        last->world = &secondTimeline->seek(last->position);
        last->selected = {};
        figures.push_back(figureNamedForExport(figures.front()->name().toStdString()));
    }
    std::unique_ptr<Figure> figure = figures.size() == 1 ? std::move(figures.front())
                                                         : std::make_unique<SideBySide>(std::move(figures), std::move(last));
    const QSizeF size(request.width, request.height);
    if (request.format == "svg")
        return exportSvg(*figure, input, size);
    if (request.format == "pdf")
        return exportPdf(*figure, input, size);
    return exportPng(*figure, input, size, request.scale);
}

} // namespace

int exportPictures(int argc, char **argv, const cli::ExportRequest &request, cli::Streams &streams)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication::setStyle(QStringLiteral("fusion"));
    const QApplication app(argc, argv);
    Timeline timeline(request.trace);
    for (const cli::ExportedMoment &moment : request.moments) {
        const bool window = !moment.figures.empty() && moment.figures.front() == "window";
        const auto bytes = window ? windowPicture(request, moment) : figurePicture(request, moment, timeline);
        if (!bytes) {
            streams.err << "pyrena: " << bytes.error().message << '\n';
            return cli::WrongInput;
        }
        if (moment.file == "-") {
            streams.out.write(bytes->constData(), bytes->size());
            continue;
        }
        const auto written = writeWhole(QString::fromStdString(moment.file), *bytes);
        if (!written) {
            streams.err << "pyrena: " << written.error().message << '\n';
            return cli::Environment;
        }
    }
    return cli::Done;
}

} // namespace pyrena
