#pragma once

#include "ui/figures/figure.h"
#include "ui/figures/memory/blockmap.h"
#include "ui/figures/memory/texture.h"

#include <QPainterPath>
#include <QRegion>

#include <variant>
#include <vector>

namespace pyrena {

// What layout() makes and paint() draws: plain geometry and texts in logical pixels, in painting order.
// Nothing here relies on clipping, which SVG ignores.

enum class Outline : std::uint8_t { None, Solid, Dashed, Dotted };
struct SceneBox
{
    QRectF rect;
    double radius = 0;
    QColor fill;                  // invalid: none
    QColor stroke;
    double width = 1;
    Outline outline = Outline::None;
    Texture texture = Texture::None;
    QColor textureColor;
    double textureStep = 6;
    friend bool operator==(const SceneBox &, const SceneBox &) = default;
};

struct SceneText
{
    QRectF rect;                  // what the text covers: its advance and its font's height
    QString text;
    QFont font;
    QColor color;
    double ascent = 0;
    friend bool operator==(const SceneText &, const SceneText &) = default;
};

struct ScenePath
{
    QPainterPath path;
    QColor stroke;                // invalid: none
    double width = 1;
    Outline outline = Outline::Solid;
    QColor fill;                  // invalid: none
    friend bool operator==(const ScenePath &, const ScenePath &) = default;
};

// Where the picture of many small blocks comes: maps[map].
struct SceneMap { std::size_t map = 0; };

using SceneItem = std::variant<SceneBox, SceneText, ScenePath, SceneMap>;

// Something under the pointer. A picture has hundreds and one is asked for at a time: without a sentence of its own it gets
// that of its block, pool or arena when asked.
struct SceneHit
{
    Selected what;
    QRectF rect;
    QString sentence;
    HeapState::Place place;       // of a block; or of a pool, with offset 0
    bool goes = false;            // a click does not only select it but goes there
};

struct MemoryScene
{
    std::vector<SceneItem> items;
    std::vector<BlockMap> maps;
    std::vector<SceneHit> hits;   // in reading order; of those that contain a point the last one is meant
    QSizeF size;

    std::vector<QRectF> textRects() const;
    QRectF boundsOf(const SceneItem &item) const;   // of everything it may paint, with a little to spare
};

// Draws everything; boxes and maps by the functions given. Items that paint nothing inside of `visible` are left out,
// unless it is empty.
template <class DrawBox, class DrawMap>
void paintScene(const MemoryScene &scene, QPainter &painter, const QRegion &visible, DrawBox drawBox, DrawMap drawMap);

void paintBox(const SceneBox &box, QPainter &painter);
void paintText(const SceneText &text, QPainter &painter);
void paintPath(const ScenePath &path, QPainter &painter);

template <class DrawBox, class DrawMap>
void paintScene(const MemoryScene &scene, QPainter &painter, const QRegion &visible, DrawBox drawBox, DrawMap drawMap)
{
    for (const SceneItem &item : scene.items) {
        if (!visible.isEmpty() && !visible.intersects(scene.boundsOf(item).toAlignedRect()))
            continue;
        if (const auto *box = std::get_if<SceneBox>(&item))
            drawBox(*box);
        else if (const auto *text = std::get_if<SceneText>(&item))
            paintText(*text, painter);
        else if (const auto *path = std::get_if<ScenePath>(&item))
            paintPath(*path, painter);
        else
            drawMap(scene.maps[std::get<SceneMap>(item).map]);
    }
}

} // namespace pyrena
