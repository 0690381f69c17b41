#include "ui/views/plot.h"

#include <algorithm>

namespace pyrena {

QCPItemLine *addPlayheadLine(QCustomPlot &plot)
{
    const QString layer = QStringLiteral("playhead");
    plot.addLayer(layer, plot.layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
    plot.layer(layer)->setMode(QCPLayer::lmBuffered);
    auto *line = new QCPItemLine(&plot);
    line->setLayer(layer);
    line->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
    line->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    return line;
}

int ticksFor(double height, const QFont &font)
{
    constexpr int kMost = 6;
    return std::clamp(static_cast<int>(height / (QFontMetricsF(font).height() * 1.6)), 1, kMost);
}

void styleSmallPlot(QCustomPlot &plot, const Theme &t)
{
    plot.setBackground(QBrush(t.panel));
    for (QCPAxis *axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(QPen(t.line, 1));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelFont(t.font(11));
        axis->setTickLabelColor(t.secondary);
        axis->setLabelFont(t.font(11));
        axis->setLabelColor(t.secondary);
        axis->setLabelPadding(1);
        axis->grid()->setPen(QPen(t.line, 1, Qt::DotLine));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    plot.axisRect()->setMinimumMargins(QMargins(0, static_cast<int>(t.px(6)), static_cast<int>(t.px(8)), 0));
}

} // namespace pyrena
