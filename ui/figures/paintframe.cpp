#include "ui/figures/paintkit.h"

#include <algorithm>
#include <cmath>

// Captions, headers and legends.
namespace pyrena::kit {

namespace {

double overlap(const QRectF &a, const QRectF &b)
{
    const QRectF both = a.intersected(b);
    return both.width() * both.height();
}

// Length of the line inside the rectangle, roughly: by samples every few pixels.
int crossings(const QRectF &rect, const std::vector<QPolygonF> &lines)
{
    int inside = 0;
    for (const QPolygonF &line : lines)
        for (const QPointF &point : line)
            inside += rect.contains(point);
    return inside;
}

enum class Side { Below, Above, Right, Left };

struct Candidate { QRectF box; Side side; double shift; };

QPolygonF pointerOf(const Theme &theme, const QRectF &box, const QRectF &target, Side side)
{
    const double half = theme.px(9), tip = theme.px(2), margin = theme.px(16);
    if (side == Side::Below || side == Side::Above) {
        const double x = std::clamp(target.center().x(), box.left() + margin, box.right() - margin);
        const double base = side == Side::Below ? box.top() + 0.5 : box.bottom() - 0.5;
        const double end = side == Side::Below ? target.bottom() + tip : target.top() - tip;
        return {QPointF(x - half, base), QPointF(x, end), QPointF(x + half, base)};
    }
    const double y = std::clamp(target.center().y(), box.top() + margin, box.bottom() - margin);
    const double base = side == Side::Right ? box.left() + 0.5 : box.right() - 0.5;
    const double end = side == Side::Right ? target.right() + tip : target.left() - tip;
    return {QPointF(base, y - half), QPointF(end, y), QPointF(base, y + half)};
}

} // namespace

Caption placeCaption(const Theme &theme, const QString &text, const QRectF &target, const QRectF &within,
                     const std::vector<QRectF> &avoid, const std::vector<QPolygonF> &lines)
{
    Caption best;
    const QFont font = theme.font(13);
    const double padX = theme.px(15), padY = theme.px(10), leading = theme.px(20), gap = theme.px(15);
    double bestCost = 1e18;
    for (const double widest : {250.0, 190.0, 340.0, 130.0}) {
        const double limit = std::min(theme.px(widest), within.width() - 2 * padX);
        if (limit < theme.px(60))
            continue;
        const QStringList texts = wrapped(font, text, limit, 5);
        if (texts.isEmpty())
            return {};
        double width = 0;
        for (const QString &line : texts)
            width = std::max(width, textWidth(font, line));
        const QSizeF size(std::ceil(width) + 2 * padX, double(texts.size()) * leading + 2 * padY - theme.px(3));

        std::vector<Candidate> candidates;
        for (const double shift : {0.0, 0.3, -0.3, 0.6, -0.6, 0.85, -0.85}) {
            const double dx = shift * size.width() / 2, dy = shift * size.height() / 2;
            const double x = target.center().x() - size.width() / 2 + dx, y = target.center().y() - size.height() / 2 + dy;
            candidates.push_back({QRectF(QPointF(x, target.bottom() + gap), size), Side::Below, shift});
            candidates.push_back({QRectF(QPointF(x, target.top() - gap - size.height()), size), Side::Above, shift});
            candidates.push_back({QRectF(QPointF(target.right() + gap, y), size), Side::Right, shift});
            candidates.push_back({QRectF(QPointF(target.left() - gap - size.width(), y), size), Side::Left, shift});
        }
        for (const Candidate &candidate : candidates) {
            QRectF box = candidate.box;
            const QPolygonF pointer = pointerOf(theme, box, target, candidate.side);
            const QRectF whole = box.united(pointer.boundingRect()).adjusted(-3, -3, 3, 3);
            double cost = std::abs(candidate.shift) * 8 + int(candidate.side) * 6 + std::abs(widest - 250) * 0.1;
            cost += (whole.width() * whole.height() - overlap(whole, within)) * 10;
            for (const QRectF &other : avoid) {
                const double area = overlap(whole, other);
                cost += area > 0 ? 5000 + area * 10 : 0;
            }
            if (cost < bestCost)   // counting crossings is the dear part
                cost += crossings(box, lines) * 40;
            if (cost < bestCost) {
                bestCost = cost;
                best = {box, pointer, texts, cost};
            }
        }
        if (bestCost < 60)
            break;
    }
    if (bestCost < 5000)
        return best;
    // No room beside it: the emptiest of a grid of places, without a pointer.
    const QSizeF size = best.box.size();
    best.pointer.clear();
    double emptiest = 1e18;
    for (int row = 0; row <= 12; ++row) {
        for (int column = 0; column <= 8; ++column) {
            const QRectF box(QPointF(within.left() + (within.width() - size.width()) * column / 8,
                                     within.bottom() - size.height() - (within.height() - size.height()) * row / 12), size);
            double cost = std::hypot(box.center().x() - target.center().x(), box.center().y() - target.center().y()) * 0.01;
            for (const QRectF &other : avoid) {
                const double area = overlap(box.adjusted(-3, -3, 3, 3), other);
                cost += area > 0 ? 500 + area : 0;
            }
            if (const double area = overlap(box.adjusted(-3, -3, 3, 3), target); area > 0)   // never on what it speaks of
                cost += 20'000 + area * 10;
            cost += crossings(box, lines) * 8;
            if (cost < emptiest) {
                emptiest = cost;
                best.box = box;
            }
        }
    }
    return best;
}

void paintCaption(QPainter &painter, const Theme &theme, const Caption &caption)
{
    if (caption.isEmpty())
        return;
    QPainterPath shape;
    shape.addRoundedRect(caption.box, theme.px(8), theme.px(8));
    if (!caption.pointer.isEmpty()) {
        QPainterPath pointer;
        pointer.addPolygon(caption.pointer);
        pointer.closeSubpath();
        shape = shape.united(pointer);
    }
    // On white ground, as in print, the caption needs an outline of its own.
    const bool outlined = contrastRatio(theme.captionGround, theme.paper) < 1.5;
    painter.setPen(outlined ? solidPen(theme, theme.ink, 1.4) : QPen(Qt::NoPen));
    painter.setBrush(theme.captionGround);
    painter.drawPath(shape);
    const QFont font = theme.font(13);
    const double leading = theme.px(20);
    double y = caption.box.top() + theme.px(9);
    for (const QString &line : caption.lines) {
        drawTextIn(painter, font, theme.captionText, QRectF(caption.box.left() + theme.px(15), y,
                                                            caption.box.width() - theme.px(30) + 1, leading), Align::Left, line);
        y += leading;
    }
}

double headerHeight(const Theme &theme) { return theme.px(46); }

void paintHeader(QPainter &painter, const Theme &theme, const Header &header, const QRectF &rect)
{
    const QFont title = theme.font(20, QFont::DemiBold), small = theme.font(13);
    const double pad = theme.px(20);
    const double baseline = rect.top() + theme.px(30);
    const double rightWidth = std::min(textWidth(small, header.right), rect.width() * 0.35);
    const double titleWidth = std::min(textWidth(title, header.title), rect.width() - 2 * pad);
    drawText(painter, title, theme.ink, QPointF(rect.left() + pad, baseline), elided(title, header.title, titleWidth));
    const double room = rect.width() - 2 * pad - titleWidth - theme.px(16);
    if (room < rightWidth + theme.px(8))
        return;
    // Where not both fit, the place comes before the version, which stands elsewhere too.
    const bool both = header.breadcrumb.isEmpty() || textWidth(small, header.breadcrumb) + rightWidth + theme.px(20) <= room;
    const double right = both ? rect.right() - pad - rightWidth : rect.right() - pad + theme.px(20);
    if (both)
        drawText(painter, small, theme.secondary, QPointF(right, baseline), elided(small, header.right, rightWidth + 1));
    const double left = rect.left() + pad + titleWidth + theme.px(16);
    drawText(painter, small, theme.secondary, QPointF(left, baseline), elided(small, header.breadcrumb, right - left - theme.px(20)));
}

namespace {

constexpr double kLegendRow = 26, kMarkWidth = 26, kMarkHeight = 17, kMarkGap = 9, kEntryGap = 26, kLegendPad = 20;

struct Placed { QRectF mark, text; };

QFont legendFont(const Theme &theme, double width) { return theme.font(width < theme.px(400) ? 11.5 : 12.5); }

std::vector<Placed> placeLegend(const Theme &theme, const std::vector<LegendEntry> &entries, const QRectF &rect)
{
    std::vector<Placed> placed;
    const bool narrow = rect.width() < theme.px(400);   // half a stage: two to a line rather than one
    const QFont font = legendFont(theme, rect.width());
    const double pad = theme.px(narrow ? kLegendPad * 0.6 : kLegendPad), left = rect.left() + pad, right = rect.right() - pad;
    double x = left, y = rect.top() + theme.px(9);
    for (const LegendEntry &entry : entries) {
        const double text = std::min(textWidth(font, entry.text), right - left - theme.px(kMarkWidth + kMarkGap));
        const double width = theme.px(kMarkWidth + kMarkGap) + text;
        if (x > left && x + width > right) {
            x = left;
            y += theme.px(kLegendRow);
        }
        placed.push_back({QRectF(x, y + theme.px(kLegendRow - kMarkHeight) / 2, theme.px(kMarkWidth), theme.px(kMarkHeight)),
                          QRectF(x + theme.px(kMarkWidth + kMarkGap), y, text + 1, theme.px(kLegendRow))});
        x += width + theme.px(narrow ? kEntryGap / 2 : kEntryGap);
    }
    return placed;
}

} // namespace

double legendHeight(const Theme &theme, const std::vector<LegendEntry> &entries, double width)
{
    if (entries.empty())
        return 0;
    return placeLegend(theme, entries, QRectF(0, 0, width, 0)).back().text.bottom() + theme.px(9);
}

std::vector<QRectF> legendTexts(const Theme &theme, const std::vector<LegendEntry> &entries, const QRectF &rect)
{
    std::vector<QRectF> texts;
    for (const Placed &placed : placeLegend(theme, entries, rect))
        texts.push_back(placed.text);
    return texts;
}

void paintLegend(QPainter &painter, const Theme &theme, const std::vector<LegendEntry> &entries, const QRectF &rect)
{
    const std::vector<Placed> placed = placeLegend(theme, entries, rect);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i].paintMark(painter, placed[i].mark);
        drawTextIn(painter, legendFont(theme, rect.width()), theme.secondary, placed[i].text, Align::Left, entries[i].text);
    }
}

} // namespace pyrena::kit
