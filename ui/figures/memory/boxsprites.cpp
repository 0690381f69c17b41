#include "ui/figures/memory/boxsprites.h"

#include <bit>
#include <cmath>

namespace pyrena {

namespace {

constexpr std::size_t kMaxBytes = 24u << 20;
constexpr double kMaxArea = 200 * 200;       // device pixels of a picture of a whole box

double colorKey(const QColor &color) { return color.isValid() ? double(color.rgba()) : -1; }

const QRgb *row(const QImage &image, int y) { return reinterpret_cast<const QRgb *>(image.constScanLine(y)); }

// Edges as pictures: Qt fills narrow half-transparent rectangles a hundred times slower.
// Column `x`, rows [from, to), again and again from left to right.
QImage rowsOf(const QImage &sprite, int x, int from, int to, int width)
{
    QImage rows(width, to - from, QImage::Format_ARGB32_Premultiplied);
    for (int y = from; y < to; ++y)
        std::fill_n(reinterpret_cast<QRgb *>(rows.scanLine(y - from)), width, row(sprite, y)[x]);
    return rows;
}

// Row `y`, columns [from, to), again and again from top to bottom.
QImage columnsOf(const QImage &sprite, int y, int from, int to, int height)
{
    QImage columns(to - from, height, QImage::Format_ARGB32_Premultiplied);
    for (int line = 0; line < height; ++line)
        std::copy_n(row(sprite, y) + from, to - from, reinterpret_cast<QRgb *>(columns.scanLine(line)));
    return columns;
}

} // namespace

std::size_t BoxSprites::KeyHash::operator()(const Key &key) const
{
    std::size_t seed = 0;
    for (const double value : key) {
        seed = (seed ^ std::bit_cast<std::size_t>(value)) * 0x9e3779b97f4a7c15u;
        seed ^= seed >> 29;
    }
    return seed;
}

template <class Make>
QImage BoxSprites::kept(const Key &key, Make make)
{
    if (const auto found = m_sprites.find(key); found != m_sprites.end())
        return found->second;
    if (m_bytes > kMaxBytes) {
        m_sprites.clear();
        m_bytes = 0;
    }
    QImage image = make();
    m_bytes += static_cast<std::size_t>(image.sizeInBytes());
    m_sprites.emplace(key, image);
    return image;
}

namespace {

QImage picture(const SceneBox &box, const QSize &pixels, const QPointF &origin, double scale)
{
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-origin);
    painter.scale(scale, scale);
    paintBox(box, painter);
    painter.end();
    return image;
}

} // namespace

// Corners from the picture of a smaller box; edges and middle stretched. Requires: room for both corners.
void BoxSprites::paintStretched(const SceneBox &box, const QRectF &device, double scale, int corner, QPainter &painter)
{
    const double left = std::floor(device.left()), top = std::floor(device.top());
    const double right = std::floor(device.right()), bottom = std::floor(device.bottom());
    const int inner = 2 * corner + 1;        // whole pixels between the floors of the small box's edges
    const QRectF small(QPointF(corner + device.left() - left, corner + device.top() - top),
                       QPointF(corner + inner + device.right() - right, corner + inner + device.bottom() - bottom));
    SceneBox model = box;
    model.rect = QRectF(small.topLeft() / scale, small.size() / scale);
    const Key key{1, scale, model.rect.x(), model.rect.y(), model.rect.width(), model.rect.height(), box.radius, box.width,
                  colorKey(box.fill), colorKey(box.stroke), double(box.outline), 0, 0, 0};
    const int side = 3 * corner + inner + 1, block = 2 * corner;
    const QImage image = kept(key, [&] { return picture(model, {side, side}, {0, 0}, scale); });

    const int x0 = static_cast<int>(left) - corner, y0 = static_cast<int>(top) - corner;
    const int x1 = static_cast<int>(right) - corner, y1 = static_cast<int>(bottom) - corner;   // where the far corners begin
    const int far = inner, rest = side - inner;
    painter.drawImage(QPoint(x0, y0), image, QRect(0, 0, block, block));
    painter.drawImage(QPoint(x1, y0), image, QRect(far, 0, rest, block));
    painter.drawImage(QPoint(x0, y1), image, QRect(0, far, block, rest));
    painter.drawImage(QPoint(x1, y1), image, QRect(far, far, rest, rest));
    const int wide = x1 - x0 - block, tall = y1 - y0 - block;
    Key edge = key;
    const auto drawEdge = [&](int which, int length, const QPoint &at, auto make) {
        edge[0] = which;
        edge[12] = length;
        painter.drawImage(at, kept(edge, make));
    };
    drawEdge(2, wide, {x0 + block, y0}, [&] { return rowsOf(image, block, 0, block, wide); });
    drawEdge(3, wide, {x0 + block, y1}, [&] { return rowsOf(image, block, far, side, wide); });
    drawEdge(4, tall, {x0, y0 + block}, [&] { return columnsOf(image, block, 0, block, tall); });
    drawEdge(5, tall, {x1, y0 + block}, [&] { return columnsOf(image, block, far, side, tall); });
    if (box.fill.isValid())
        painter.fillRect(QRect(x0 + block, y0 + block, wide, tall), box.fill);
}

void BoxSprites::paint(const SceneBox &box, QPainter &painter)
{
    const QTransform transform = painter.deviceTransform();
    const double scale = transform.m11();
    const bool plain = box.texture == Texture::None && (box.outline == Outline::None || box.outline == Outline::Solid);
    const bool upright = transform.type() <= QTransform::TxScale && transform.m22() == scale && scale > 0.05 && scale < 16;
    if (!upright || (plain && box.radius <= 0)) {
        paintBox(box, painter);
        return;
    }
    const QRectF device = transform.mapRect(box.rect);
    const int margin = static_cast<int>(std::ceil((box.radius + box.width) * scale)) + 2;
    const bool stretch = plain && device.width() >= 4 * margin + 2 && device.height() >= 4 * margin + 2
        && device.width() * device.height() > kMaxArea;
    if (!stretch && device.width() * device.height() > kMaxArea) {
        paintBox(box, painter);
        return;
    }
    const QTransform world = painter.worldTransform();
    painter.setWorldTransform(world * transform.inverted());   // device pixels
    if (stretch) {
        paintStretched(box, device, scale, margin, painter);
    } else {
        const double x = std::floor(device.left()), y = std::floor(device.top());
        SceneBox model = box;
        model.rect = QRectF(QPointF(device.left() - x, device.top() - y) / scale, box.rect.size());
        const Key key{0, scale, model.rect.x(), model.rect.y(), model.rect.width(), model.rect.height(), box.radius, box.width,
                      colorKey(box.fill), colorKey(box.stroke), double(box.outline), double(box.texture), colorKey(box.textureColor),
                      box.textureStep};
        const QSize pixels(static_cast<int>(std::ceil(device.width())) + 2 * margin + 1, static_cast<int>(std::ceil(device.height())) + 2 * margin + 1);
        const QImage image = kept(key, [&] { return picture(model, pixels, QPointF(-margin, -margin), scale); });
        painter.drawImage(QPoint(static_cast<int>(x) - margin, static_cast<int>(y) - margin), image);
    }
    painter.setWorldTransform(world);
}

} // namespace pyrena
