#include "ui/figures/paintkit.h"

#include <QFontMetricsF>
#include <QHash>
#include <QPaintEngine>
#include <QStaticText>

#include <algorithm>
#include <cmath>

namespace pyrena::kit {

namespace {

struct TextKey
{
    QFont font;
    QString text;
    friend bool operator==(const TextKey &a, const TextKey &b) { return a.text == b.text && a.font == b.font; }
};

size_t qHash(const TextKey &key, size_t seed)
{
    return qHashMulti(seed, key.text, key.font.pixelSize(), int(key.font.weight()), key.font.family());
}

constexpr int kCacheLimit = 8192;   // texts; then the cache starts again

template <class Value, class Make>
const Value &cached(QHash<TextKey, Value> &cache, const QFont &font, const QString &text, Make make)
{
    const TextKey key{font, text};
    auto found = cache.constFind(key);
    if (found == cache.constEnd()) {
        if (cache.size() >= kCacheLimit)
            cache.clear();
        found = cache.insert(key, make());
    }
    return *found;
}

struct FontMeasure { double ascent = 0, height = 0, capHeight = 0; };

const FontMeasure &measure(const QFont &font)
{
    thread_local QHash<TextKey, FontMeasure> cache;
    return cached(cache, font, QString(), [&] {
        const QFontMetricsF metrics(font);
        return FontMeasure{metrics.ascent(), metrics.height(), metrics.capHeight()};
    });
}

} // namespace

double textWidth(const QFont &font, const QString &text)
{
    thread_local QHash<TextKey, double> cache;
    return cached(cache, font, text, [&] { return QFontMetricsF(font).horizontalAdvance(text); });
}

double ascent(const QFont &font) { return measure(font).ascent; }
double lineHeight(const QFont &font) { return measure(font).height; }

static QString cut(const QFont &font, const QString &text, double width)
{
    const QString dots = QStringLiteral("\u2026");
    // The longest prefix that fits; widths grow with the prefix.
    qsizetype low = 0, high = std::min<qsizetype>(text.size(), 512);
    const QFontMetricsF metrics(font);
    while (low < high) {
        const qsizetype middle = (low + high + 1) / 2;
        if (metrics.horizontalAdvance(text.left(middle) + dots) <= width)
            low = middle;
        else
            high = middle - 1;
    }
    if (low > 0 && text.at(low - 1).isHighSurrogate())
        --low;
    return low == 0 && textWidth(font, dots) > width ? QString() : text.left(low) + dots;
}

QString elided(const QFont &font, const QString &text, double width)
{
    if (textWidth(font, text) <= width)
        return text;
    // A cell's width goes with its text: a few widths are asked for again and again.
    thread_local QHash<TextKey, std::pair<double, QString>> cache;
    const TextKey key{font, text};
    auto found = cache.find(key);
    if (found == cache.end() || found->first != width) {
        if (cache.size() >= kCacheLimit)
            cache.clear();
        found = cache.insert(key, {width, cut(font, text, width)});
    }
    return found->second;
}

QStringList wrapped(const QFont &font, const QString &text, double width, int maxLines)
{
    QStringList lines;
    QString line;
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
        if (line.isEmpty() || textWidth(font, longer) <= width) {
            line = longer;
        } else if (lines.size() + 1 == maxLines) {
            line = longer;   // cut below: a line that is too long ends in an ellipsis
        } else {
            lines << line;
            line = word;
        }
    }
    if (!line.isEmpty())
        lines << line;
    for (QString &l : lines)
        l = elided(font, l, width);
    return lines;
}

void drawText(QPainter &painter, const QFont &font, const QColor &color, const QPointF &baseline, const QString &text)
{
    if (text.isEmpty())
        return;
    painter.setPen(color);
    painter.setFont(font);
    const QPaintEngine *engine = painter.paintEngine();
    if (!engine || engine->type() != QPaintEngine::Raster) {
        painter.drawText(baseline, text);   // real text in SVG and PDF
        return;
    }
    thread_local QHash<TextKey, QStaticText> cache;
    const QStaticText &run = cached(cache, font, text, [&] {
        QStaticText made(text);
        made.setTextFormat(Qt::PlainText);
        made.prepare(QTransform(), font);
        return made;
    });
    painter.drawStaticText(QPointF(baseline.x(), baseline.y() - ascent(font)), run);
}

void drawTextIn(QPainter &painter, const QFont &font, const QColor &color, const QRectF &rect, Align align, const QString &text)
{
    const QString shown = elided(font, text, rect.width());
    const double width = textWidth(font, shown);
    double x = rect.left();
    if (align == Align::Center)
        x += (rect.width() - width) / 2;
    else if (align == Align::Right)
        x += rect.width() - width;
    drawText(painter, font, color, QPointF(x, rect.center().y() + measure(font).capHeight / 2), shown);
}

QPen solidPen(const Theme &theme, const QColor &color, double width)
{
    return QPen(color, theme.px(width), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
}

namespace {
// Dashes are given in pixels; Qt counts them in pen widths.
QPen dashed(const Theme &theme, const QColor &color, double width, double on, double off)
{
    QPen pen(color, theme.px(width), Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
    pen.setDashPattern({on / width, off / width});
    return pen;
}
} // namespace

QPen ghostPen(const Theme &theme) { return dashed(theme, theme.faint, 1.3, 5, 4); }
QPen freePen(const Theme &theme, const QColor &color) { return dashed(theme, color, 1.3, 4, 3); }
QPen weakPen(const Theme &theme, const QColor &color) { return dashed(theme, color, 1.8, 3, 4); }

void roundedBox(QPainter &painter, const QRectF &rect, double radius, const QBrush &fill, const QPen &pen)
{
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect, radius, radius);
}

void hatch(QPainter &painter, const Theme &theme, const QRectF &rect, const QColor &color, double spacing)
{
    const double step = theme.px(spacing) * std::sqrt(2.0);
    QList<QLineF> lines;
    // x + y = c, cut to the rectangle.
    for (double c = rect.left() + rect.top() + step; c < rect.right() + rect.bottom() && lines.size() < 4000; c += step) {
        const double x1 = std::max(rect.left(), c - rect.bottom());
        const double x2 = std::min(rect.right(), c - rect.top());
        if (x2 > x1)
            lines << QLineF(x1, c - x1, x2, c - x2);
    }
    painter.setPen(QPen(color, theme.px(1), Qt::SolidLine, Qt::FlatCap));
    painter.drawLines(lines);
}

void dots(QPainter &painter, const Theme &theme, const QRectF &rect, const QColor &color, double spacing)
{
    const double step = theme.px(spacing);
    QList<QPointF> points;
    for (double y = rect.top() + step / 2; y < rect.bottom() && points.size() < 20000; y += step)
        for (double x = rect.left() + step / 2; x < rect.right(); x += step)
            points << QPointF(x, y);
    painter.setPen(QPen(color, theme.px(1.1), Qt::SolidLine, Qt::RoundCap));
    painter.drawPoints(points.constData(), int(points.size()));
}

void halo(QPainter &painter, const Theme &theme, const QRectF &rect, double radius)
{
    const double grow = theme.px(4.5);
    QPen pen(theme.attention, theme.px(3.5), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    roundedBox(painter, rect.adjusted(-grow, -grow, grow, grow), radius + grow, Qt::NoBrush, pen);
}

void selectionRing(QPainter &painter, const Theme &theme, const QRectF &rect, double radius)
{
    const double grow = theme.px(8.5);
    roundedBox(painter, rect.adjusted(-grow, -grow, grow, grow), radius + grow, Qt::NoBrush, solidPen(theme, theme.accent, 2));
}

void cross(QPainter &painter, const Theme &theme, const QPointF &centre, const QColor &color, double size)
{
    const double h = theme.px(size) / 2;
    painter.setPen(QPen(color, theme.px(2), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(centre + QPointF(-h, -h), centre + QPointF(h, h));
    painter.drawLine(centre + QPointF(-h, h), centre + QPointF(h, -h));
}

QColor markFill(const Theme &theme, GcMark mark)
{
    return mark == GcMark::Black ? mixed(theme.ink, theme.panel, 0.78) : mark == GcMark::Grey ? mixed(theme.ink, theme.panel, 0.3) : theme.panel;
}

QRectF badgeRect(const Theme &theme, const QPointF &centre, const QString &text)
{
    const double height = theme.px(24);
    const double width = std::max(height, textWidth(theme.font(12.5, QFont::Bold), text) + theme.px(12));
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height);
}

void badge(QPainter &painter, const Theme &theme, const QPointF &centre, const QString &text, bool changed)
{
    const QRectF rect = badgeRect(theme, centre, text);
    const QColor ground = changed ? theme.accent : theme.panel;
    roundedBox(painter, rect, rect.height() / 2, ground, solidPen(theme, changed ? theme.accent : theme.ink));
    drawTextIn(painter, theme.font(12.5, QFont::Bold), changed ? theme.readableOn(ground) : theme.ink, rect, Align::Center, text);
}

void arrowHead(QPainter &painter, const Theme &theme, const QPointF &tip, const QPointF &direction, const QColor &color, double length)
{
    const double norm = std::hypot(direction.x(), direction.y());
    if (norm == 0)
        return;
    const QPointF along = direction / norm * theme.px(length);
    const QPointF across(-along.y() * 0.42, along.x() * 0.42);
    const QPolygonF head{tip, tip - along + across, tip - along * 0.72, tip - along - across};
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(head);
}

void weakLine(QPainter &painter, const Theme &theme, const QPointF &from, const QPointF &to, bool dead)
{
    if (!dead) {
        QPainterPath path(from);
        path.lineTo(to);
        arrow(painter, theme, path, ArrowKind::Weak, theme.ink);
        return;
    }
    const QPointF middle = (from + to) / 2, gap(theme.px(6), 0);
    painter.setPen(weakPen(theme, theme.secondary));
    painter.drawLine(from, middle - gap);
    painter.drawLine(middle + gap, to);
    cross(painter, theme, middle, theme.dangerText, 7);
}

void arrow(QPainter &painter, const Theme &theme, const QPainterPath &path, ArrowKind kind, const QColor &color, double width)
{
    if (path.elementCount() < 2)
        return;
    const QPointF tip = path.currentPosition();
    const QPainterPath::Element before = path.elementAt(path.elementCount() - 2);   // the last control point
    const QPointF direction = tip - QPointF(before.x, before.y);
    const double norm = std::hypot(direction.x(), direction.y());
    // The stroke ends under the head, whose tip is sharp.
    QPainterPath stroke = path;
    if (norm > 0) {
        const QPointF end = tip - direction / norm * theme.px(6);
        stroke.setElementPositionAt(path.elementCount() - 1, end.x(), end.y());
    }
    QPen pen = kind == ArrowKind::Weak ? weakPen(theme, color) : kind == ArrowKind::Ghost ? ghostPen(theme)
                                                                                          : QPen(color, theme.px(width));
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(stroke);
    arrowHead(painter, theme, tip, direction, kind == ArrowKind::Ghost ? theme.faint : color);
}

} // namespace pyrena::kit
