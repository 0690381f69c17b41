#pragma once

#include "ui/figures/collector/collectorscene.h"
#include "ui/figures/memory/tracekey.h"

namespace pyrena::collector {

// The collector at work: its phases, the list it examines with gc_refs beside the counts, what it sets aside, the references
// among the examined objects, and the generations as trains.
class CollectorFigure : public Figure
{
public:
    QString name() const override { return QStringLiteral("collector"); }
    QString title() const override;
    void layout(const FigureInput &input, const QSizeF &size, const Camera &camera) override;
    void paint(QPainter &painter) const override;
    FigureHit hit(const QPointF &point) const override;
    std::vector<FigureHit> items() const override;
    QString summary() const override;
    Camera zoomed(const Camera &now, double factor, const QPointF &around) const override;
    Camera panned(const Camera &now, const QPointF &delta) const override;
    Camera leave(const Camera &) const override { return {}; }

    const Story &story() const { return m_story; }
    const CollectorScene &scene() const { return m_scene; }

private:
    QRectF toCanvas(const QRectF &rect) const { return QRectF(rect.topLeft() * m_scale + m_offset, rect.size() * m_scale); }

    FigureInput m_input;
    Story m_story;
    CollectorScene m_scene;
    TraceKey m_historyOf;
    History m_history;
    double m_scale = 1;          // canvas = scene * scale + offset
    QPointF m_offset;
};

} // namespace pyrena::collector
