#pragma once

#include <QImage>
#include <QRegion>

#include "ui/figures/figure.h"

namespace pyrena {

// The picture of a figure, kept up to date: where a figure can tell what has changed, only that is painted.
class FigurePicture
{
public:
    // Lays out and paints. Returns what was painted, in logical pixels.
    QRegion update(Figure &figure, const FigureInput &input, const QSize &size, double pixelRatio, const Camera &camera);
    void forget() { m_valid = false; }      // the next update() paints everything
    const QImage &image() const { return m_image; }

private:
    QImage m_image;
    bool m_valid = false;
};

} // namespace pyrena
