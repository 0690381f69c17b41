// Which parts of the picture there are, and where: by level and by the room there is.
#include "ui/figures/memory/scenebuilder.h"

#include "core/explain/explain.h"

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

QString breadcrumb(const SceneBuilder &b)
{
    QString crumb = SceneBuilder::tr("process");
    const QString next = QStringLiteral("  \u203a  ");
    if (b.place.level == MemoryLevel::Process || !b.place.arena)
        return crumb;
    crumb += next + arenaName(b.heap, b.place.arena) + next + poolName(b.place.pool);
    if (b.place.level == MemoryLevel::Bytes && b.place.offset)
        crumb += next + SceneBuilder::tr("block %1").arg(blockNumber(b.heap, b.place.pool, b.place.offset));
    return crumb;
}

// Idle: what the allocator would do next with the pool in view.
QString nextRequestHint(const SceneBuilder &b)
{
    const PoolId pool = b.place.pool;
    if (!b.place.arena || b.place.level == MemoryLevel::Process || !poolCarved(b.heap, pool)
        || b.heap.poolState(pool) != PoolState::Used || b.heap.pools[pool.value].freeBlock == 0)
        return {};
    const Pool &p = b.heap.pools[pool.value];
    if (b.heap.usedPools[p.sizeClass] != pool)
        return {};
    const std::uint32_t size = b.heap.blockSize(p.sizeClass);
    return SceneBuilder::tr("the next request of %1\u2013%2 bytes gets block %3")
        .arg(size - b.heap.alignment + 1).arg(size).arg(blockNumber(b.heap, pool, p.freeBlock));
}

QString captionText(const SceneBuilder &b)
{
    if (!b.input.caption.isEmpty())
        return b.input.caption;
    const bool heapChanged = !b.changes.blocks.empty() || !b.changes.pools.empty() || !b.changes.arenas.empty()
        || !b.changes.rawBlocks.empty();
    if (heapChanged)
        return QString::fromStdString(explainPosition(b.trace, b.input.position, b.input.granularity));
    return nextRequestHint(b);
}

// Title row, legend and the rule above it; what is left is for the level's own parts.
QRectF addFrame(SceneBuilder &b, const QSizeF &size)
{
    const double margin = b.u(size.width() >= b.u(600) ? 20 : 12);
    const double top = b.u(size.height() >= b.u(600) ? 16 : 8);
    const double titleHeight = b.height(Face::Title);
    const double width = size.width() - 2 * margin;
    addHeading(b, QRectF(margin, top, width, titleHeight));

    const double rowHeight = b.height(Face::Label) + b.u(8);
    const int rows = std::clamp(static_cast<int>(size.height() * 0.19 / rowHeight), 1, 5);
    const double legendHeight = addLegend(b, QRectF(margin, 0, width, 0), rows, false);
    const double legendTop = size.height() - b.u(8) - legendHeight;
    b.line({margin, legendTop - b.u(6)}, {margin + width, legendTop - b.u(6)}, b.theme.line);
    addLegend(b, QRectF(margin, legendTop, width, legendHeight), rows, true);
    const double middleTop = top + titleHeight + b.u(size.height() >= b.u(600) ? 12 : 5);
    return QRectF(margin, middleTop, width, legendTop - b.u(14) - middleTop);
}

double captionBand(const SceneBuilder &b, double width, double height)
{
    const bool twoLines = width < b.u(620) && height > b.u(360);
    return b.height(Face::Label) * (twoLines ? 2 : 1) + b.u(16);
}

// From the tile to the panel's corners: along the gaps between the rows of tiles, then through the empty gutter, so that
// no tile is crossed.
void addZoomLines(SceneBuilder &b, const QRectF &tile, const QRectF &arena, const QRectF &panel)
{
    if (tile.isNull() || panel.left() <= arena.right())
        return;
    const double out = b.u(2.6);
    for (const bool upper : {true, false}) {
        const double y = upper ? tile.top() - out : tile.bottom() + out;
        QPainterPath path(QPointF(tile.right(), y));
        path.lineTo(arena.right() + b.u(3), y);
        path.lineTo(upper ? panel.topLeft() + QPointF(0, b.u(6)) : panel.bottomLeft() - QPointF(0, b.u(6)));
        b.scene.items.push_back(ScenePath{path, b.theme.attention, b.u(1.1), Outline::Dashed, {}});
    }
}

// Arena at the left, pool at the right, lists and the bar below as far as they fit.
void addArenaLevel(SceneBuilder &b, const QRectF &area)
{
    const double headingHeight = b.height(Face::Head) + b.u(4);
    const double gap = b.u(area.width() >= b.u(1000) ? 44 : 22);
    const double leftWidth = std::clamp(area.width() * 0.385, b.u(200), b.u(620));
    const double rightWidth = area.width() - leftWidth - gap;
    const double band = captionBand(b, area.width(), area.height());
    const double barHeight = bytesBarHeight(b, rightWidth);
    const double listsHeight = b.u(3 * 46);
    const double head = headingHeight + band;

    double below = 0;
    const bool lists = area.height() - head - std::max(listsHeight, barHeight) - b.u(18) >= b.u(250);
    const bool bar = lists || area.height() - head - barHeight - b.u(14) >= b.u(170);
    if (lists)
        below = std::max(listsHeight, barHeight) + b.u(18);
    else if (bar)
        below = barHeight + b.u(14);
    const double panelTop = area.top() + head;
    const double panelHeight = area.height() - head - below;

    QRectF tile;
    const QRectF left(area.left(), panelTop, leftWidth, panelHeight);
    const QRectF right(area.left() + leftWidth + gap, panelTop, rightWidth, panelHeight);
    addArena(b, QRectF(left.left(), area.top(), leftWidth, headingHeight), left, 8, &tile);
    addZoomLines(b, tile, left, right);
    std::optional<double> captionX;
    addPool(b, QRectF(right.left(), area.top(), rightWidth, headingHeight), right, &captionX);
    const QRectF captionArea(area.left(), area.top() + headingHeight, area.width(), band);
    b.caption(captionText(b), captionArea, captionX.value_or(tile.isNull() ? left.center().x() : tile.center().x()));
    if (lists)
        addLists(b, QRectF(left.left(), right.bottom() + b.u(18), leftWidth, listsHeight));
    if (bar) {
        const double barLeft = lists ? right.left() : area.left(), barWidth = lists ? rightWidth : area.width();
        addBytesBar(b, QRectF(barLeft, right.bottom() + b.u(lists ? 18 : 14), barWidth, barHeight), false);
    }
}

// Arena above the pool, for a canvas too narrow to have them side by side.
void addStackedLevel(SceneBuilder &b, const QRectF &area)
{
    const double headingHeight = b.height(Face::Head) + b.u(3);
    const double band = area.height() > b.u(240) ? captionBand(b, area.width(), area.height()) : 0;
    const double arenaHeight = std::clamp(area.height() * 0.26, b.u(44), b.u(150));
    QRectF tile;
    addArena(b, QRectF(area.left(), area.top(), area.width(), headingHeight),
             QRectF(area.left(), area.top() + headingHeight, area.width(), arenaHeight), 16, &tile);
    const double poolTop = area.top() + headingHeight + arenaHeight + b.u(8);
    std::optional<double> captionX;
    const QRectF pool(area.left(), poolTop + headingHeight + band, area.width(), area.bottom() - poolTop - headingHeight - band);
    addPool(b, QRectF(area.left(), poolTop, area.width(), headingHeight), pool, &captionX);
    if (band > 0)
        b.caption(captionText(b), QRectF(area.left(), poolTop + headingHeight, area.width(), band), captionX.value_or(area.center().x()));
}

void addPoolLevel(SceneBuilder &b, const QRectF &area)
{
    const double headingHeight = b.height(Face::Head) + b.u(4);
    const double band = captionBand(b, area.width(), area.height());
    std::optional<double> captionX;
    addPool(b, QRectF(area.left(), area.top(), area.width(), headingHeight),
            area.adjusted(0, headingHeight + band, 0, 0), &captionX);
    b.caption(captionText(b), QRectF(area.left(), area.top() + headingHeight, area.width(), band), captionX.value_or(area.center().x()));
}

} // namespace

void addHeading(SceneBuilder &b, const QRectF &area)
{
    const QRectF title = b.text(area.topLeft(), SceneBuilder::tr("Memory"), Face::Title, b.theme.ink, area.width());
    const double baseline = area.top() + b.height(Face::Title) * 0.5 - b.height(Face::Crumb) * 0.5 + b.u(2);
    const double crumbLeft = title.right() + b.u(14);
    const QRectF crumb = b.text({crumbLeft, baseline}, breadcrumb(b), Face::Crumb, b.theme.secondary, area.right() - crumbLeft);
    const HeapState &heap = b.heap;
    QStringList facts{QString::fromUtf8(b.trace.profile->title.data(), static_cast<qsizetype>(b.trace.profile->title.size()))};
    facts << (heap.totals.arenasNow == 1 ? SceneBuilder::tr("1 arena of %1").arg(byteCount(heap.arenaSize))
                                         : SceneBuilder::tr("%1 arenas of %2").arg(heap.totals.arenasNow).arg(byteCount(heap.arenaSize)));
    if (b.place.arena)
        facts << SceneBuilder::tr("%1 pools of %2").arg(heap.arenas[b.place.arena.value].nTotalPools).arg(byteCount(heap.poolSize));
    // Whole facts or none: a cut number would be a wrong one.
    const double room = area.right() - std::max(crumb.right(), title.right()) - b.u(24);
    while (!facts.isEmpty() && b.width(Face::Label, facts.join(QStringLiteral(" \u00b7 "))) > room)
        facts.removeLast();
    if (!facts.isEmpty())
        b.textRight({area.right(), baseline + b.u(1)}, facts.join(QStringLiteral(" \u00b7 ")), Face::Label, b.theme.secondary);
}

void addMemoryPicture(SceneBuilder &b, const QSizeF &size)
{
    b.scene.size = size;
    if (size.width() < b.u(120) || size.height() < b.u(90))
        return;
    const QRectF middle = addFrame(b, size);
    if (middle.height() < b.u(40))
        return;
    switch (b.place.level) {
    case MemoryLevel::Process: addProcess(b, middle); break;
    case MemoryLevel::Arena: middle.width() >= b.u(560) && middle.height() >= b.u(230) ? addArenaLevel(b, middle) : addStackedLevel(b, middle); break;
    case MemoryLevel::Pool: addPoolLevel(b, middle); break;
    case MemoryLevel::Bytes: addBytes(b, middle); break;
    }
}

} // namespace pyrena
