#include "ui/figures/figurepicture.h"

#include <cmath>

namespace pyrena {

QRegion FigurePicture::update(Figure &figure, const FigureInput &input, const QSize &size, double pixelRatio, const Camera &camera)
{
    const QSize pixels = (QSizeF(size) * pixelRatio).toSize();
    if (m_image.size() != pixels || m_image.devicePixelRatio() != pixelRatio) {
        m_image = QImage(pixels, QImage::Format_RGB32);
        m_image.setDevicePixelRatio(pixelRatio);
        m_valid = false;
    }
    if (m_image.isNull() || !input.trace || !input.world || size.isEmpty()) {
        m_valid = false;
        return {};
    }
    figure.layout(input, size, camera);
    QRegion area = QRect(QPoint(0, 0), size);
    // A changed area ends between pixels at scales that are not in steps of a quarter.
    const bool whole = std::floor(pixelRatio * 4) == pixelRatio * 4;
    if (const auto changed = m_valid && whole ? figure.changedArea() : std::nullopt)
        area &= *changed;
    if (area.isEmpty()) {
        figure.markShown();
        return area;
    }
    QPainter painter(&m_image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    if (area != QRegion(QRect(QPoint(0, 0), size)))
        painter.setClipRegion(area);
    // Beyond the edge, because at some scales the last pixel is only partly inside.
    painter.fillRect(QRect(-1, -1, size.width() + 2, size.height() + 2), input.theme.panel);
    figure.paint(painter);
    painter.end();
    figure.markShown();
    m_valid = true;
    return area;
}

} // namespace pyrena
