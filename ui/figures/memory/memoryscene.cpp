#include "ui/figures/memory/memoryscene.h"

#include "ui/figures/paintkit.h"

#include <QPaintEngine>

#include <cmath>

namespace pyrena {

namespace {

QPen penFor(const QColor &color, double width, Outline outline)
{
    if (!color.isValid() || outline == Outline::None)
        return Qt::NoPen;
    QPen pen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (outline == Outline::Dashed) {
        pen.setDashPattern({5 / width, 4 / width});   // 5 on, 4 off, whatever the width
    } else if (outline == Outline::Dotted) {
        pen.setDashPattern({1.5 / width, 3 / width});
    }
    return pen;
}

// The part of the diagonal x + y = c (or x - y = c when rising) inside the rectangle, so that no clipping is needed.
void addDiagonals(std::vector<QLineF> &lines, const QRectF &r, double step, bool falling)
{
    const double reach = r.width() + r.height();
    for (double c = step / 2; c < reach; c += step) {
        const double x0 = std::max(0.0, c - r.height()), x1 = std::min(r.width(), c);
        QPointF a(x0, c - x0), b(x1, c - x1);
        if (falling) {
            a.setY(r.height() - a.y());
            b.setY(r.height() - b.y());
        }
        lines.push_back({r.topLeft() + a, r.topLeft() + b});
    }
}

void paintTexture(const SceneBox &box, QPainter &painter)
{
    const QRectF r = box.rect.adjusted(box.width, box.width, -box.width, -box.width);
    if (r.width() <= 0 || r.height() <= 0)
        return;
    const double step = box.textureStep;
    std::vector<QLineF> lines;
    switch (box.texture) {
    case Texture::None:
        return;
    case Texture::Dots: {
        // Small squares without antialiasing: round ones cost ten times as much, and there are thousands.
        const bool smooth = painter.testRenderHint(QPainter::Antialiasing);
        painter.setRenderHint(QPainter::Antialiasing, false);
        for (double y = r.top() + step / 2; y < r.bottom() - step / 4; y += step)
            for (double x = r.left() + step / 2; x < r.right() - step / 4; x += step)
                painter.fillRect(QRectF(std::round(x), std::round(y), 1, 1), box.textureColor);
        painter.setRenderHint(QPainter::Antialiasing, smooth);
        return;
    }
    case Texture::Hatch: addDiagonals(lines, r, step, false); break;
    case Texture::BackHatch: addDiagonals(lines, r, step, true); break;
    case Texture::Cross: addDiagonals(lines, r, step, false); addDiagonals(lines, r, step, true); break;
    case Texture::Horizontal: case Texture::Vertical: case Texture::Grid:
        if (box.texture != Texture::Vertical)
            for (double y = r.top() + step / 2; y < r.bottom(); y += step)
                lines.push_back({r.left(), y, r.right(), y});
        if (box.texture != Texture::Horizontal)
            for (double x = r.left() + step / 2; x < r.right(); x += step)
                lines.push_back({x, r.top(), x, r.bottom()});
        break;
    }
    painter.setPen(QPen(box.textureColor, 1));
    painter.drawLines(lines.data(), static_cast<int>(lines.size()));
}

// The outline of a large box, edge by edge: the raster engine takes a millisecond to stroke a path that encloses
// a large area, whatever little of it is painted.
void paintLargeOutline(const SceneBox &box, QPainter &painter)
{
    const QRectF &r = box.rect;
    const double half = box.width / 2, corner = std::max(box.radius, half);
    const auto edge = [&](double x, double y, double w, double h) { painter.fillRect(QRectF(x, y, w, h), box.stroke); };
    edge(r.left() + corner, r.top() - half, r.width() - 2 * corner, box.width);
    edge(r.left() + corner, r.bottom() - half, r.width() - 2 * corner, box.width);
    edge(r.left() - half, r.top() + corner, box.width, r.height() - 2 * corner);
    edge(r.right() - half, r.top() + corner, box.width, r.height() - 2 * corner);
    QPen pen(box.stroke, box.width, Qt::SolidLine, Qt::FlatCap);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    const double side = 2 * corner;
    constexpr int kQuarter = 90 * 16;
    painter.drawArc(QRectF(r.left(), r.top(), side, side), kQuarter, kQuarter);
    painter.drawArc(QRectF(r.right() - side, r.top(), side, side), 0, kQuarter);
    painter.drawArc(QRectF(r.left(), r.bottom() - side, side, side), 2 * kQuarter, kQuarter);
    painter.drawArc(QRectF(r.right() - side, r.bottom() - side, side, side), 3 * kQuarter, kQuarter);
}

bool paintsPixels(const QPainter &painter)
{
    return painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::Raster;
}

} // namespace

std::vector<QRectF> MemoryScene::textRects() const
{
    std::vector<QRectF> rects;
    for (const SceneItem &item : items)
        if (const auto *text = std::get_if<SceneText>(&item))
            rects.push_back(text->rect);
    return rects;
}

QRectF MemoryScene::boundsOf(const SceneItem &item) const
{
    constexpr double kSpare = 2;   // antialiasing, and glyphs that lean out of their advance
    const auto grown = [](const QRectF &r, double by) { return r.adjusted(-by, -by, by, by); };
    if (const auto *box = std::get_if<SceneBox>(&item))
        return grown(box->rect, box->width / 2 + kSpare);
    if (const auto *text = std::get_if<SceneText>(&item))
        return grown(text->rect, kSpare + 2);
    if (const auto *path = std::get_if<ScenePath>(&item))
        return grown(path->path.controlPointRect(), path->width + kSpare);
    return grown(maps[std::get<SceneMap>(item).map].area, kSpare);
}

void paintBox(const SceneBox &box, QPainter &painter)
{
    // Fill, then texture, then outline: the outline must stay crisp over the texture.
    if (box.fill.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(box.fill);
        if (box.radius > 0)
            painter.drawRoundedRect(box.rect, box.radius, box.radius);
        else
            painter.drawRect(box.rect);
    }
    paintTexture(box, painter);
    constexpr double kLarge = 100 * 100;
    if (box.outline == Outline::Solid && box.stroke.isValid() && box.rect.width() * box.rect.height() > kLarge && paintsPixels(painter)) {
        paintLargeOutline(box, painter);
    } else if (box.outline != Outline::None && box.stroke.isValid()) {
        painter.setPen(penFor(box.stroke, box.width, box.outline));
        painter.setBrush(Qt::NoBrush);
        if (box.radius > 0)
            painter.drawRoundedRect(box.rect, box.radius, box.radius);
        else
            painter.drawRect(box.rect);
    }
}

void paintText(const SceneText &text, QPainter &painter)
{
    kit::drawText(painter, text.font, text.color, QPointF(text.rect.left(), text.rect.top() + text.ascent), text.text);
}

void paintPath(const ScenePath &path, QPainter &painter)
{
    painter.setPen(penFor(path.stroke, path.width, path.outline));
    painter.setBrush(path.fill.isValid() ? QBrush(path.fill) : QBrush(Qt::NoBrush));
    painter.drawPath(path.path);
}

} // namespace pyrena
