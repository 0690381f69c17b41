#pragma once

#include "ui/figures/figure.h"
#include "ui/figures/memory/blocklook.h"
#include "ui/figures/memory/boxsprites.h"
#include "ui/figures/memory/memoryplace.h"
#include "ui/figures/memory/memoryscene.h"

namespace pyrena {

// The address-true map of the heap: process > arenas > pools > blocks > bytes. Of a manager that moves objects: its spaces.
class MemoryFigure : public Figure
{
public:
    QString name() const override;
    QString title() const override;
    void layout(const FigureInput &input, const QSizeF &size, const Camera &camera) override;
    void paint(QPainter &painter) const override;
    FigureHit hit(const QPointF &point) const override;
    void markShown() override;
    std::optional<QRegion> changedArea() const override;
    std::vector<FigureHit> items() const override;
    QString summary() const override;
    Camera cameraFor(const Selected &what, const Camera &now) const override;
    Camera enter(const QPointF &point, const Camera &now) const override;
    Camera leave(const Camera &now) const override;
    Camera zoomed(const Camera &now, double factor, const QPointF &around) const override;
    Camera panned(const Camera &now, const QPointF &delta) const override;

    const MemoryScene &scene() const { return m_scene; }
    const MemoryPlace &place() const { return m_place; }
    int poolsDrawn() const { return m_poolsDrawn; }    // by the last paint(), for tests of the cache

private:
    // Where a point leads when one goes in there; the place itself when it leads nowhere.
    MemoryPlace placeAt(const QPointF &point, const MemoryPlace &now) const;
    BlockColors blockColors() const;               // requires: laid out
    QString sentenceOf(const SceneHit &hit) const;
    void aim(MemoryPlace &place, const Selected &what) const;

    FigureInput m_input;
    std::unique_ptr<Figure> m_spaces;              // there under a manager that moves objects: it shows everything
    MemoryPlace m_place;
    MemoryScene m_scene;
    // What the keeper of the picture has.
    struct Shown
    {
        MemoryScene scene;
        TraceKey trace;
        std::uint32_t position = 0;
        std::uint64_t colors = 0;
    };
    std::optional<Shown> m_shown;
    std::optional<TraceLook> m_look;
    mutable BoxSprites m_boxes;
    mutable BlockMapPainter m_maps;
    mutable int m_poolsDrawn = 0;
};

} // namespace pyrena
