#pragma once

#include "ui/figures/collector/collectorscene.h"

namespace pyrena::collector {

// The memory of a manager that moves objects: what the Memory figure shows in place of arenas.
class SpacesFigure : public Figure
{
public:
    QString name() const override { return QStringLiteral("memory"); }
    QString title() const override { return Words::tr("Memory"); }
    void layout(const FigureInput &input, const QSizeF &size, const Camera &camera) override;
    void paint(QPainter &painter) const override;
    FigureHit hit(const QPointF &point) const override;
    std::vector<FigureHit> items() const override { return m_scene.hits; }
    QString summary() const override;
    Camera zoomed(const Camera &now, double, const QPointF &) const override { return now; }   // all of it is in view
    Camera panned(const Camera &now, const QPointF &) const override { return now; }

    const CollectorScene &scene() const { return m_scene; }

private:
    FigureInput m_input;
    CollectorScene m_scene;
};

} // namespace pyrena::collector
