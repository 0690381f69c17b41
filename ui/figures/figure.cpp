#include "ui/figures/figure.h"

namespace pyrena {

void renderFigure(Figure &figure, const FigureInput &input, const QSizeF &size, const Camera &camera, QPainter &painter)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.fillRect(QRectF(QPointF(0, 0), size), input.theme.panel);
    if (!input.trace || !input.world || size.isEmpty())
        return;
    figure.layout(input, size, camera);
    figure.paint(painter);
}

} // namespace pyrena
