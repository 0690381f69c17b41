#pragma once

#include "ui/figures/memory/memoryscene.h"

#include <QImage>

#include <array>
#include <unordered_map>

namespace pyrena {

// Paints boxes on raster devices from small pictures that are made once for each look: stroking a rounded outline takes
// Qt twenty microseconds, and an arena has some hundred. What is painted depends on the box alone, not on the cache.
class BoxSprites
{
public:
    void paint(const SceneBox &box, QPainter &painter);

private:
    using Key = std::array<double, 14>;
    struct KeyHash { std::size_t operator()(const Key &key) const; };

    template <class Make>
    QImage kept(const Key &key, Make make);
    void paintStretched(const SceneBox &box, const QRectF &device, double scale, int corner, QPainter &painter);

    std::unordered_map<Key, QImage, KeyHash> m_sprites;
    std::size_t m_bytes = 0;
};

} // namespace pyrena
