#pragma once

#include "ui/figures/figure.h"
#include "ui/figures/objects/paint.h"
#include "ui/figures/objects/picture.h"

#include "core/trace/timeline.h"

namespace pyrena::objects {

// Frames and their names on the left, objects to the right, an arrow for every +1.
class ObjectsFigure : public Figure
{
public:
    QString name() const override { return QStringLiteral("objects"); }
    QString title() const override;
    void layout(const FigureInput &input, const QSizeF &size, const Camera &camera) override;
    void paint(QPainter &painter) const override;
    FigureHit hit(const QPointF &point) const override;
    std::vector<FigureHit> items() const override;
    QString summary() const override;
    Camera cameraFor(const Selected &what, const Camera &now) const override;
    Camera enter(const QPointF &point, const Camera &now) const override;
    Camera leave(const Camera &now) const override;
    Camera zoomed(const Camera &now, double factor, const QPointF &around) const override;
    Camera panned(const Camera &now, const QPointF &delta) const override;

    // For tests: what was laid out, and how the scene lies on the canvas.
    const Scene &scene() const { return m_scene; }
    const kit::Caption &caption() const { return m_caption; }
    const Places *places() const { return m_places.get(); }
    QRectF toCanvas(const QRectF &rect) const;
    double scale() const { return m_scale; }
    QRectF port() const { return m_port; }
    QRectF chip() const { return m_chip.hit.rect; }   // null when no temporary is hidden
    Look look() const;

private:
    // Caches: they follow from the trace and the position, and are made again when those change.
    struct Key
    {
        const Trace *trace = nullptr;
        std::uint32_t changes = 0, objects = 0;
        std::size_t recipe = 0;
        int level = 0;
        friend bool operator==(const Key &, const Key &) = default;
    };
    void prepare(const FigureInput &input);
    void aim(const Camera &camera);
    void placeTheCaption(const FigureInput &input);
    void placeTheChip();
    void paintChip(QPainter &painter) const;
    QRectF changedRect() const;
    std::vector<std::size_t> captionBoxes(const FigureInput &input) const;
    FigureHit hitOf(const Box &box) const;
    FigureHit hitOf(const Box &box, const Row &row) const;
    QString sentenceOf(const Box &box) const;

    Key m_key;
    std::unique_ptr<Places> m_places;
    std::unique_ptr<StaleIds> m_staleIds;
    std::unique_ptr<Timeline> m_before;
    Scene m_previous;                    // at stepBegin
    std::uint32_t m_previousAt = 0xffffffffu;
    int m_previousLevel = 0;
    Granularity m_previousGranularity = Granularity::Operation;

    Way m_way;                           // to m_wayOf at m_wayAt
    std::uint32_t m_wayAt = 0xffffffffu;
    ObjectId m_wayOf;

    FigureInput m_input;
    QSizeF m_size;
    Scene m_scene;
    struct Chip { QString text; FigureHit hit; };
    kit::Header m_header;
    QRectF m_headerRect;
    Chip m_chip;                         // how many temporaries are hidden
    kit::Caption m_caption;
    std::vector<kit::LegendEntry> m_legend;
    QRectF m_port;                       // where the scene may be drawn
    QRectF m_legendRect;
    double m_scale = 1;
    QPointF m_offset;                    // canvas = scene * scale + offset
};

} // namespace pyrena::objects
