#pragma once

#include "ui/figures/objects/picture.h"
#include "ui/figures/paintkit.h"

namespace pyrena::objects {

struct Look
{
    Theme theme;                 // at text scale 1: the scene is scaled as a whole
    int level = 2;
    ObjectId selected;
    double animation = 1;
    QRectF visible;              // the part of the scene on the canvas; null: all of it
};

void paintScene(QPainter &painter, const Scene &scene, const Look &look);
std::vector<kit::LegendEntry> legendFor(const Scene &scene, const Theme &theme, int level);

// Texts of a scene and where they may lie, as paintScene draws them: for tests.
struct PlacedText { QString text; QRectF room; QFont font; };
std::vector<PlacedText> textsOf(const Scene &scene, const Look &look);

QPointF badgeCentre(const Box &box);

} // namespace pyrena::objects
