#pragma once

#include <QPainter>
#include <QPointF>
#include <QRectF>
#include <QRegion>
#include <QString>

#include <memory>
#include <optional>

#include "core/trace/trace.h"
#include "core/world/world.h"
#include "ui/figures/colorby.h"
#include "ui/selection.h"
#include "ui/theme.h"

namespace pyrena {

enum class LessonZoom : std::uint8_t;    // core/lesson/lesson.h

// Everything a picture depends on. Same input, same picture: on the screen, in a test and in an export.
struct FigureInput
{
    const Trace *trace = nullptr;
    const World *world = nullptr;        // at `position`
    std::uint32_t position = 0;
    std::uint32_t stepBegin = 0;         // changes [stepBegin, position) are "this step": halo, ghosts, caption
    Granularity granularity = Granularity::Operation;
    Theme theme;
    int level = 2;                       // detail slider 1..5
    ColorBy colorBy = ColorBy::Type;     // what the blocks of Memory are coloured by
    Selected selected;
    QString focus;                       // a lesson's focus: name, label; may be empty
    Selected lookedAt;                   // the same as a thing: the object, block, pool or arena
    LessonZoom zoom{};                   // how near a lesson wants to be; nothing: as near as the figure likes
    QString caption;                     // replaces the generated caption when set
    double animation = 1.0;              // 0..1: how far the motion of this step has come; 1 = at rest
};

// Where the camera is. Figures define their own world coordinates.
struct Camera
{
    QPointF center;
    double zoom = 1.0;
    bool fitted = true;                  // nothing was zoomed or panned yet: the figure fits itself
};

// What a click does besides selecting.
enum class FigureCommand : std::uint8_t { None, StepByOperation };

// What is under a point: for hover, click and accessibility.
struct FigureHit
{
    Selected what;
    QString sentence;                    // one line for a tool tip and the screen reader
    QRectF rect;                         // in figure coordinates
    bool goes = false;                   // a click does not only select it but goes there: a link in a list
    FigureCommand command = FigureCommand::None;   // of a button; selects nothing then
};

// A picture of a moment. layout() computes plain geometry and texts, paint() draws it; both without a window.
// An implementation may keep caches per trace (positions are fixed for an object's whole life), never state that
// changes what is drawn for equal input.
class Figure
{
public:
    virtual ~Figure() = default;
    virtual QString name() const = 0;             // "objects", "memory", "collector": as on the command line
    virtual QString title() const = 0;            // translated, for tabs
    // Computes the picture for a canvas of `size` logical pixels; keeps it until the next layout().
    virtual void layout(const FigureInput &input, const QSizeF &size, const Camera &camera) = 0;
    virtual void paint(QPainter &painter) const = 0;
    // For who keeps the picture: markShown() once all of it has been painted. After a later layout() for a canvas of the same
    // size and scale, changedArea() is where the picture must be painted anew, in whole device pixels; none: everywhere.
    virtual void markShown() {}
    virtual std::optional<QRegion> changedArea() const { return std::nullopt; }
    virtual FigureHit hit(const QPointF &point) const = 0;
    // For the keyboard and the screen reader: everything selectable, in reading order.
    virtual std::vector<FigureHit> items() const = 0;
    // Text under or beside the picture for those who cannot see it.
    virtual QString summary() const = 0;
    // A camera that shows `what` well; used by lessons, double click and search. Default: unchanged.
    virtual Camera cameraFor(const Selected &what, const Camera &now) const { Q_UNUSED(what) return now; }
    // Semantic zoom: into what is under the point (double click, Enter), out (Backspace). Default: nothing.
    virtual Camera enter(const QPointF &point, const Camera &now) const { Q_UNUSED(point) return now; }
    virtual Camera leave(const Camera &now) const { return now; }
    // Whether the wheel zooms (true) and how far: the camera after zooming by `factor` around a point.
    virtual Camera zoomed(const Camera &now, double factor, const QPointF &around) const = 0;
    virtual Camera panned(const Camera &now, const QPointF &delta) const = 0;
};

std::unique_ptr<Figure> makeObjectsFigure();
std::unique_ptr<Figure> makeMemoryFigure();
std::unique_ptr<Figure> makeCollectorFigure();
std::unique_ptr<Figure> makePlotsFigure();

// Paints one moment into any painter (widget, QImage, QSvgGenerator, QPdfWriter): ground, then the figure.
void renderFigure(Figure &figure, const FigureInput &input, const QSizeF &size, const Camera &camera, QPainter &painter);

} // namespace pyrena
