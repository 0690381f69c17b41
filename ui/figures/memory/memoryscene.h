#pragma once

#include "ui/figures/figure.h"
#include "ui/figures/memory/blockmap.h"

#include <QPainterPath>

#include <variant>
#include <vector>

namespace pyrena {

// What layout() makes and paint() draws: plain geometry and texts in logical pixels, in painting order.
// Nothing here relies on clipping, which SVG ignores.

enum class Outline : std::uint8_t { None, Solid, Dashed, Dotted };
// Untouched is dots, rounding waste is hatch; where there is no colour the others tell types apart.
enum class Texture : std::uint8_t { None, Dots, Hatch, BackHatch, Cross, Horizontal, Vertical, Grid };

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
};

struct SceneText
{
    QRectF rect;                  // what the text covers: its advance and its font's height
    QString text;
    QFont font;
    QColor color;
    double ascent = 0;
};

struct ScenePath
{
    QPainterPath path;
    QColor stroke;                // invalid: none
    double width = 1;
    Outline outline = Outline::Solid;
    QColor fill;                  // invalid: none
};

// Where the picture of many small blocks comes: maps[map].
struct SceneMap { std::size_t map = 0; };

using SceneItem = std::variant<SceneBox, SceneText, ScenePath, SceneMap>;

struct MemoryScene
{
    std::vector<SceneItem> items;
    std::vector<BlockMap> maps;
    std::vector<FigureHit> hits;  // in reading order; of those that contain a point the last one is meant
    QSizeF size;

    std::vector<QRectF> textRects() const;
};

// Draws everything except maps, for which `paintMap` is called.
template <class PaintMap>
void paintScene(const MemoryScene &scene, QPainter &painter, PaintMap paintMap);

void paintBox(const SceneBox &box, QPainter &painter);
void paintText(const SceneText &text, QPainter &painter);
void paintPath(const ScenePath &path, QPainter &painter);

template <class PaintMap>
void paintScene(const MemoryScene &scene, QPainter &painter, PaintMap paintMap)
{
    for (const SceneItem &item : scene.items) {
        if (const auto *box = std::get_if<SceneBox>(&item))
            paintBox(*box, painter);
        else if (const auto *text = std::get_if<SceneText>(&item))
            paintText(*text, painter);
        else if (const auto *path = std::get_if<ScenePath>(&item))
            paintPath(*path, painter);
        else
            paintMap(scene.maps[std::get<SceneMap>(item).map]);
    }
}

} // namespace pyrena
