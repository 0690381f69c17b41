#pragma once

#include "ui/figures/memory/blocklook.h"
#include "ui/figures/memory/memoryplace.h"
#include "ui/figures/memory/memoryscene.h"

#include <QFontMetricsF>

#include <limits>
#include <map>

namespace pyrena {

// The fonts of this figure, measured once for each layout.
enum class Face : std::uint8_t { Title, Crumb, Head, Label, LabelBold, Small, SmallBold, Tiny, Mono, MonoSmall };

inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();

// Puts boxes and texts into a scene. Texts never exceed the width they are given: they are elided, and left out where
// not even three characters fit.
class SceneBuilder
{
public:
    SceneBuilder(const FigureInput &input, const MemoryPlace &place, const HeapChanges &changes, const BlockColors &colors,
                 ColorBy colorBy, MemoryScene &scene);

    const FigureInput &input;
    const Trace &trace;
    const World &world;
    const HeapState &heap;
    const Theme &theme;
    const MemoryPlace &place;
    const HeapChanges &changes;
    const BlockColors &colors;
    const ColorBy colorBy;
    const std::vector<ColorGroup> groups;   // of the colours
    MemoryScene &scene;

    double u(double logical) const { return theme.px(logical); }
    double width(Face face, const QString &text) const;
    double height(Face face) const;

    // All return what the text covers; a null rectangle when it was left out.
    QRectF text(QPointF topLeft, const QString &text, Face face, const QColor &color, double maxWidth = kNoLimit);
    QRectF textRight(QPointF topRight, const QString &text, Face face, const QColor &color, double maxWidth = kNoLimit);
    QRectF textCentered(const QRectF &inside, const QString &text, Face face, const QColor &color);
    // Broken at spaces into at most `lines` lines; the last one is elided. Returns what they cover together.
    QRectF wrapped(QPointF topLeft, const QString &text, Face face, const QColor &color, double maxWidth, int lines);

    SceneBox &box(const QRectF &rect, double radius, const QColor &fill, const QColor &stroke = {}, double width = 1,
                  Outline outline = Outline::Solid);
    void line(QPointF a, QPointF b, const QColor &color, double width = 1, Outline outline = Outline::Solid);
    // Along the points with rounded corners, and an arrow head at the end.
    void arrow(const std::vector<QPointF> &points, const QColor &color, double width);
    // What changed in this step: a glow in the attention colour around the rectangle.
    void halo(const QRectF &rect, double radius);
    void hatch(const QRectF &rect, const QColor &color, double step);
    void map(BlockMap map);
    void hit(const Selected &what, const QString &sentence, const QRectF &rect);
    void hitBlock(const Selected &what, PoolId pool, std::uint32_t offset, const QRectF &rect);
    void hitPool(PoolId pool, const QRectF &rect);
    void hitArena(ArenaSlot slot, const QRectF &rect);
    bool isSelected(const Selected &what) const { return input.selected == what; }
    // A white-on-dark balloon in the band above `target`, pointing down at it.
    void caption(const QString &text, const QRectF &band, double targetX);

    static QString tr(const char *text);

private:
    struct Measured { QFont font; double ascent = 0, height = 0; };
    static std::vector<Measured> measureFaces(const Theme &theme);
    const Measured &face(Face face) const { return (*m_faces)[static_cast<std::size_t>(face)]; }
    const std::vector<Measured> *m_faces = nullptr;
};

// The parts of the picture. Each fills the rectangle it is given and never leaves it.
void addHeading(SceneBuilder &b, const QRectF &area);
void addArena(SceneBuilder &b, const QRectF &heading, const QRectF &area, int columns, QRectF *focusTile);
void addPool(SceneBuilder &b, const QRectF &heading, const QRectF &area, std::optional<double> *captionX);
void addPoolHeader(SceneBuilder &b, const QRectF &area, PoolId pool);
void addLists(SceneBuilder &b, const QRectF &area);
void addUsedPools(SceneBuilder &b, const QRectF &area);
void addBytesBar(SceneBuilder &b, const QRectF &area, bool wholeHeap);
double bytesBarHeight(const SceneBuilder &b, double width);
// Returns the height used; draws only when `draw`.
double addLegend(SceneBuilder &b, const QRectF &area, int maxRows, bool draw);
void addProcess(SceneBuilder &b, const QRectF &area);
void addBytes(SceneBuilder &b, const QRectF &area);

QString colorByName(ColorBy by);
// The marks that the legend and the picture share.
void headerBox(SceneBuilder &b, const QRectF &rect);       // a header: bytes that are nobody's
void halfEmptyMark(SceneBuilder &b, const QRectF &pool);   // in the corner of a pool

// The whole picture for the place and the size.
void addMemoryPicture(SceneBuilder &b, const QSizeF &size);

} // namespace pyrena
