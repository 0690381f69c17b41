#pragma once

#include <QPainter>
#include <QPainterPath>
#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <QStringList>

#include "ui/theme.h"

#include <functional>
#include <vector>

// What every figure draws with: the strokes, marks and texts of the visual language, in logical pixels of the canvas.
// Nothing here clips: QSvgGenerator ignores clipping, so that a shape is cut by its geometry or not at all.
namespace pyrena::kit {

// ---- text -----------------------------------------------------------------------------------------------------------
// Widths and glyph runs are cached per thread: a figure draws the same few hundred texts at every step.
double textWidth(const QFont &font, const QString &text);
double ascent(const QFont &font);
double lineHeight(const QFont &font);
QString elided(const QFont &font, const QString &text, double width);   // cut at the right with an ellipsis
QStringList wrapped(const QFont &font, const QString &text, double width, int maxLines);

enum class Align { Left, Center, Right };
void drawText(QPainter &painter, const QFont &font, const QColor &color, const QPointF &baseline, const QString &text);
// One line, centred vertically in the rectangle by its capitals; elided to the width.
void drawTextIn(QPainter &painter, const QFont &font, const QColor &color, const QRectF &rect, Align align, const QString &text);

// ---- strokes --------------------------------------------------------------------------------------------------------
QPen solidPen(const Theme &theme, const QColor &color, double width = 1.4);
QPen ghostPen(const Theme &theme);                                    // 1.3, dashed 5 4, faint
QPen freePen(const Theme &theme, const QColor &color);                // 1.3, dashed 4 3
QPen weakPen(const Theme &theme, const QColor &color);                // 1.8, dashed 3 4

// ---- shapes ---------------------------------------------------------------------------------------------------------
void roundedBox(QPainter &painter, const QRectF &rect, double radius, const QBrush &fill, const QPen &pen);
void hatch(QPainter &painter, const Theme &theme, const QRectF &rect, const QColor &color, double spacing = 6);   // 45 degrees, "/"
void dots(QPainter &painter, const Theme &theme, const QRectF &rect, const QColor &color, double spacing = 5);
void halo(QPainter &painter, const Theme &theme, const QRectF &rect, double radius);            // changed in this step
void selectionRing(QPainter &painter, const Theme &theme, const QRectF &rect, double radius);
void cross(QPainter &painter, const Theme &theme, const QPointF &centre, const QColor &color, double size = 9);

// White, grey and black of a tracing collector, in every theme: nothing, some and much ink.
QColor markFill(const Theme &theme, GcMark mark);

// A count: a circle of 24 px, a pill when the number is long. Filled with the accent in the step in which it changes.
QRectF badgeRect(const Theme &theme, const QPointF &centre, const QString &text);
void badge(QPainter &painter, const Theme &theme, const QPointF &centre, const QString &text, bool changed);

// ---- arrows ---------------------------------------------------------------------------------------------------------
enum class ArrowKind { Reference, Weak, Ghost };
// The head lies on the end of the path, along its last direction; the stroke stops under it.
void arrow(QPainter &painter, const Theme &theme, const QPainterPath &path, ArrowKind kind, const QColor &color, double width = 2);
// A short level one, from left to right; a dead one has no head and is broken by a cross.
void weakLine(QPainter &painter, const Theme &theme, const QPointF &from, const QPointF &to, bool dead);
void arrowHead(QPainter &painter, const Theme &theme, const QPointF &tip, const QPointF &direction, const QColor &color, double length = 10);

// ---- captions -------------------------------------------------------------------------------------------------------
// One at a time, at the thing it speaks of, covering nothing.
struct Caption
{
    QRectF box;
    QPolygonF pointer;     // empty when there was no room beside the target
    QStringList lines;
    double cost = 0;       // of the place that was found: what it covers, crosses and how far it is
    bool isEmpty() const { return lines.isEmpty(); }
};
// Beside `target`, inside `within`, off the rectangles of `avoid`; `lines` are polylines it rather not crosses.
Caption placeCaption(const Theme &theme, const QString &text, const QRectF &target, const QRectF &within,
                     const std::vector<QRectF> &avoid, const std::vector<QPolygonF> &lines = {});
void paintCaption(QPainter &painter, const Theme &theme, const Caption &caption);

// ---- the frame of a figure ------------------------------------------------------------------------------------------
struct Header
{
    QString title, breadcrumb, right;    // "Objects", "line 4 ...", "Python 3.13"
};
double headerHeight(const Theme &theme);
void paintHeader(QPainter &painter, const Theme &theme, const Header &header, const QRectF &rect);

struct LegendEntry
{
    QString text;
    std::function<void(QPainter &, const QRectF &)> paintMark;   // into a rectangle of about 26 x 18
};
double legendHeight(const Theme &theme, const std::vector<LegendEntry> &entries, double width);
void paintLegend(QPainter &painter, const Theme &theme, const std::vector<LegendEntry> &entries, const QRectF &rect);
// Where the texts of a legend lie: for tests.
std::vector<QRectF> legendTexts(const Theme &theme, const std::vector<LegendEntry> &entries, const QRectF &rect);

} // namespace pyrena::kit
