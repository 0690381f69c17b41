#include "ui/figures/memory/scenebuilder.h"

#include "ui/figures/paintkit.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace pyrena {

SceneBuilder::SceneBuilder(const FigureInput &in, const MemoryPlace &where, const HeapChanges &changed, const BlockColors &blockColors,
                           ColorBy by, MemoryScene &out)
    : input(in), trace(*in.trace), world(*in.world), heap(in.world->heap), theme(in.theme), place(where), changes(changed),
      colors(blockColors), colorBy(by), groups(colorGroups(in.theme, by)), scene(out)
{
    // Kept: fonts that share their data are compared by it, and a layout compares some hundred.
    thread_local QString sans, mono;
    thread_local double textScale = 0;
    thread_local std::vector<Measured> measured;
    if (measured.empty() || sans != theme.sans || mono != theme.mono || textScale != theme.textScale) {
        measured = measureFaces(theme);
        sans = theme.sans;
        mono = theme.mono;
        textScale = theme.textScale;
    }
    m_faces = &measured;
}

std::vector<SceneBuilder::Measured> SceneBuilder::measureFaces(const Theme &theme)
{
    std::vector<Measured> faces;
    const QFont fonts[] = {theme.font(20, QFont::DemiBold), theme.font(14), theme.font(14, QFont::DemiBold), theme.font(12.5),
                           theme.font(12.5, QFont::DemiBold), theme.font(11.5), theme.font(11.5, QFont::DemiBold),
                           theme.font(9.5), theme.monoFont(12), theme.monoFont(11)};
    for (const QFont &font : fonts)
        faces.push_back({font, kit::ascent(font), QFontMetricsF(font).height()});
    return faces;
}

QString SceneBuilder::tr(const char *text) { return QCoreApplication::translate("MemoryFigure", text); }

double SceneBuilder::width(Face f, const QString &text) const { return kit::textWidth(face(f).font, text); }
double SceneBuilder::height(Face f) const { return face(f).height; }

QRectF SceneBuilder::text(QPointF topLeft, const QString &text, Face f, const QColor &color, double maxWidth)
{
    if (text.isEmpty())
        return {};
    const Measured &m = face(f);
    QString shown = text;
    double w = kit::textWidth(m.font, text);
    if (w > maxWidth) {
        shown = kit::elided(m.font, text, maxWidth);
        w = kit::textWidth(m.font, shown);
        if (shown.size() < 4 || w > maxWidth)
            return {};
    }
    const QRectF rect(topLeft, QSizeF(w, m.height));
    scene.items.push_back(SceneText{rect, shown, m.font, color, m.ascent});
    return rect;
}

QRectF SceneBuilder::textRight(QPointF topRight, const QString &text, Face f, const QColor &color, double maxWidth)
{
    QRectF rect = this->text(topRight, text, f, color, maxWidth);
    if (!rect.isNull()) {
        rect.moveRight(topRight.x());
        std::get<SceneText>(scene.items.back()).rect = rect;
    }
    return rect;
}

QRectF SceneBuilder::textCentered(const QRectF &inside, const QString &text, Face f, const QColor &color)
{
    if (inside.height() < height(f))
        return {};
    QRectF rect = this->text(inside.topLeft(), text, f, color, inside.width());
    if (!rect.isNull()) {
        rect.moveCenter(inside.center());
        std::get<SceneText>(scene.items.back()).rect = rect;
    }
    return rect;
}

QRectF SceneBuilder::wrapped(QPointF topLeft, const QString &text, Face f, const QColor &color, double maxWidth, int lines)
{
    QRectF covered;
    QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (int i = 0; i < lines && !words.isEmpty(); ++i) {
        QString part = words.takeFirst();
        if (i == lines - 1) {
            part = QStringList(QStringList{part} + words).join(QLatin1Char(' '));
            words.clear();
        }
        while (!words.isEmpty() && width(f, part + QLatin1Char(' ') + words.first()) <= maxWidth)
            part += QLatin1Char(' ') + words.takeFirst();
        covered |= this->text(topLeft + QPointF(0, i * height(f)), part, f, color, maxWidth);
    }
    return covered;
}

SceneBox &SceneBuilder::box(const QRectF &rect, double radius, const QColor &fill, const QColor &stroke, double width, Outline outline)
{
    SceneBox b;
    b.rect = rect;
    b.radius = radius;
    b.fill = fill;
    b.stroke = stroke;
    b.width = u(width);
    b.outline = stroke.isValid() ? outline : Outline::None;
    scene.items.push_back(b);
    return std::get<SceneBox>(scene.items.back());
}

void SceneBuilder::line(QPointF a, QPointF b, const QColor &color, double width, Outline outline)
{
    QPainterPath path(a);
    path.lineTo(b);
    scene.items.push_back(ScenePath{path, color, u(width), outline, {}});
}

void SceneBuilder::arrow(const std::vector<QPointF> &points, const QColor &color, double width)
{
    if (points.size() < 2)
        return;
    const double head = u(7), bend = u(4);
    const QLineF last(points[points.size() - 2], points.back());
    if (last.length() == 0)
        return;
    const QPointF along = (last.p2() - last.p1()) / last.length(), across(-along.y(), along.x());
    QPainterPath path(points.front());
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(points[i - 1], points[i]), out(points[i], points[i + 1]);
        const double r = std::min({bend, in.length() / 2, out.length() / 2});
        if (r < 0.1)
            continue;
        path.lineTo(points[i] - (in.p2() - in.p1()) / in.length() * r);
        path.quadTo(points[i], points[i] + (out.p2() - out.p1()) / out.length() * r);
    }
    path.lineTo(points.back() - along * std::min(head * 0.7, last.length()));
    scene.items.push_back(ScenePath{path, color, u(width), Outline::Solid, {}});
    QPainterPath tip(points.back());
    tip.lineTo(points.back() - along * head + across * head * 0.42);
    tip.lineTo(points.back() - along * head * 0.75);
    tip.lineTo(points.back() - along * head - across * head * 0.42);
    tip.closeSubpath();
    scene.items.push_back(ScenePath{tip, {}, 0, Outline::None, color});
}

void SceneBuilder::halo(const QRectF &rect, double radius)
{
    // While the motion runs the halo closes in on its thing.
    const double far = u(3) + (1 - std::clamp(input.animation, 0.0, 1.0)) * u(8);
    QColor glow = theme.attention;
    glow.setAlpha(theme.monochrome ? 70 : 90);
    box(rect.adjusted(-far, -far, far, far), radius + far, {}, glow, 4);
    box(rect.adjusted(-u(1), -u(1), u(1), u(1)), radius + u(1), {}, theme.attention, 2.4);
}

void SceneBuilder::hatch(const QRectF &rect, const QColor &color, double step)
{
    SceneBox &b = box(rect, 0, {});
    b.width = 0;
    b.texture = Texture::Hatch;
    b.textureColor = color;
    b.textureStep = u(step);
}

void headerBox(SceneBuilder &b, const QRectF &rect)
{
    SceneBox &box = b.box(rect, 0, b.theme.ink);
    box.width = 0;
    if (rect.width() >= b.u(4)) {
        box.texture = Texture::Horizontal;
        box.textureColor = mixed(b.theme.panel, b.theme.ink, 0.55);
        box.textureStep = b.u(3);
    }
}

void halfEmptyMark(SceneBuilder &b, const QRectF &pool)
{
    const double side = std::min({b.u(7), pool.width() * 0.3, pool.height() * 0.5});
    const QPointF corner = pool.topRight() + QPointF(-b.u(1), b.u(1));
    QPainterPath path(corner - QPointF(side, 0));
    path.lineTo(corner);
    path.lineTo(corner + QPointF(0, side));
    path.closeSubpath();
    b.scene.items.push_back(ScenePath{path, {}, 0, Outline::None, b.theme.danger});
}

void SceneBuilder::map(BlockMap map)
{
    scene.maps.push_back(std::move(map));
    scene.items.push_back(SceneMap{scene.maps.size() - 1});
}

void SceneBuilder::hit(const Selected &what, const QString &sentence, const QRectF &rect)
{
    scene.hits.push_back({what, rect, sentence, {}});
}

void SceneBuilder::hitBlock(const Selected &what, PoolId pool, std::uint32_t offset, const QRectF &rect)
{
    scene.hits.push_back({what, rect, {}, {pool, offset}});
}

void SceneBuilder::hitPool(PoolId pool, const QRectF &rect) { scene.hits.push_back({SelectedPool{pool}, rect, {}, {pool, 0}}); }
void SceneBuilder::hitArena(ArenaSlot slot, const QRectF &rect) { scene.hits.push_back({SelectedArena{slot}, rect, {}, {}}); }

void SceneBuilder::caption(const QString &text, const QRectF &band, double targetX)
{
    const double pad = u(10), tip = u(7);
    const double lineHeight = height(Face::Label);
    const double room = band.width() - 2 * pad;
    const int lines = width(Face::Label, text) <= room ? 1 : 2;
    const double h = lines * lineHeight + u(8);
    if (text.isEmpty() || h + tip > band.height() + 0.5)
        return;
    const double w = std::min(room, lines == 1 ? width(Face::Label, text) : room) + 2 * pad;
    const double x = std::clamp(targetX - w * 0.6, band.left(), std::max(band.left(), band.right() - w));
    const QRectF body(x, band.bottom() - tip - h, w, h);
    const double at = std::clamp(targetX, body.left() + u(14), body.right() - u(14));
    QPainterPath path;
    path.addRoundedRect(body, u(7), u(7));
    QPainterPath pointer(QPointF(at - tip, body.bottom() - 0.5));
    pointer.lineTo(at, band.bottom());
    pointer.lineTo(at + tip, body.bottom() - 0.5);
    pointer.closeSubpath();
    path = path.united(pointer);
    const QColor stroke = theme.monochrome ? theme.ink : QColor();
    scene.items.push_back(ScenePath{path, stroke, u(1.4), Outline::Solid, theme.captionGround});
    wrapped(body.topLeft() + QPointF(pad, u(4)), text, Face::Label, theme.captionText, body.width() - 2 * pad + 0.5, lines);
}

} // namespace pyrena
