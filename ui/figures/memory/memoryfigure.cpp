#include "ui/figures/memory/memoryfigure.h"

#include "ui/figures/collector/spacesfigure.h"
#include "ui/figures/memory/mapchanges.h"
#include "ui/figures/memory/scenebuilder.h"
#include "ui/figures/memory/scenediff.h"

#include <QPaintEngine>

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

constexpr double kMinZoom = 0.8, kMaxZoom = 12;

} // namespace

QString MemoryFigure::name() const { return QStringLiteral("memory"); }
QString MemoryFigure::title() const { return SceneBuilder::tr("Memory"); }

void MemoryFigure::layout(const FigureInput &input, const QSizeF &size, const Camera &camera)
{
    m_input = input;
    m_scene = {};
    m_scene.size = size;
    if (!input.trace || !input.world)
        return;
    if (input.world->spaces.active == SpaceId::None)
        m_spaces.reset();
    else if (!m_spaces)
        m_spaces = std::make_unique<collector::SpacesFigure>();
    if (m_spaces) {
        m_spaces->layout(input, size, camera);
        return;
    }
    m_place = memoryPlace(input, camera);
    const HeapChanges changes = heapChanges(*input.trace, input.stepBegin, input.position);
    if (!m_look || !m_look->key.isOf(*input.trace))
        m_look.emplace(*input.trace);
    if (input.colorBy == ColorBy::Age)
        m_look->readAges(*input.trace);
    const BlockColors colors = blockColors();
    SceneBuilder builder(m_input, m_place, changes, colors, m_input.colorBy, m_scene);
    addMemoryPicture(builder, size);
}

BlockColors MemoryFigure::blockColors() const
{
    return BlockColors(*m_look, *m_input.trace, *m_input.world, m_input.theme, m_input.colorBy, m_input.position);
}

void MemoryFigure::paint(QPainter &painter) const
{
    if (m_spaces)
        return m_spaces->paint(painter);
    if (!m_input.trace || !m_input.world)
        return;
    const BlockColors colors = blockColors();
    const bool raster = painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::Raster;
    m_poolsDrawn = 0;
    painter.save();
    paintScene(m_scene, painter, painter.hasClipping() ? painter.clipRegion() : QRegion(), [&](const SceneBox &box) {
        if (raster)
            m_boxes.paint(box, painter);
        else
            paintBox(box, painter);
    }, [&](const BlockMap &map) {
        m_maps.paint(painter, map, *m_input.trace, *m_input.world, m_input.position, colors, m_input.colorBy);
        m_poolsDrawn += m_maps.poolsDrawn();
    });
    painter.restore();
}

FigureHit MemoryFigure::hit(const QPointF &point) const
{
    if (m_spaces)
        return m_spaces->hit(point);
    for (auto it = m_scene.hits.rbegin(); it != m_scene.hits.rend(); ++it)
        if (it->rect.contains(point))
            return {it->what, sentenceOf(*it), it->rect, it->goes};
    return {};
}

std::vector<FigureHit> MemoryFigure::items() const
{
    if (m_spaces)
        return m_spaces->items();
    std::vector<FigureHit> all;
    all.reserve(m_scene.hits.size());
    for (const SceneHit &hit : m_scene.hits)
        all.push_back({hit.what, sentenceOf(hit), hit.rect, hit.goes});
    return all;
}

QString MemoryFigure::sentenceOf(const SceneHit &hit) const
{
    if (!hit.sentence.isEmpty())
        return hit.sentence;
    if (hit.place.pool && hit.place.offset)
        return blockSentence(*m_input.trace, *m_input.world, hit.place.pool, hit.place.offset);
    if (hit.place.pool)
        return poolSentence(m_input.world->heap, hit.place.pool);
    if (const auto *arena = std::get_if<SelectedArena>(&hit.what))
        return arenaSentence(m_input.world->heap, arena->slot);
    return {};
}

void MemoryFigure::markShown()
{
    if (m_spaces)
        return m_shown.reset();
    if (m_input.trace)
        m_shown = {m_scene, TraceKey(*m_input.trace), m_input.position, blockColors().key()};
    else
        m_shown.reset();
}

std::optional<QRegion> MemoryFigure::changedArea() const
{
    if (!m_shown || !m_input.trace || !m_shown->trace.isOf(*m_input.trace) || m_shown->colors != blockColors().key())
        return std::nullopt;
    const auto pools = poolsChanged(*m_input.trace, *m_input.world, m_shown->position, m_input.position, m_input.colorBy);
    return sceneDifference(m_shown->scene, m_scene, [&](const BlockMap &map, QRegion &region) {
        if (!pools)
            return false;
        for (const PoolTile &tile : map.tiles)
            if (std::binary_search(pools->begin(), pools->end(), tile.pool))
                region += paintedPixels(tile.area.adjusted(-1, -1, 1, 1));
        return true;
    });
}

QString MemoryFigure::summary() const
{
    if (m_spaces)
        return m_spaces->summary();
    if (!m_input.trace || !m_input.world)
        return {};
    const HeapState &heap = m_input.world->heap;
    const HeapTotals &t = heap.totals;
    QString text = SceneBuilder::tr("Memory: arenas in use: %1, of %2 each; %3 blocks in use holding %4 bytes as asked for, %5 blocks in the C library's heap.")
                       .arg(t.arenasNow).arg(byteCount(heap.arenaSize)).arg(t.blocksInUse).arg(t.bytesRequested).arg(t.rawBlocksInUse);
    if (m_place.level != MemoryLevel::Process && m_place.arena) {
        text += QLatin1Char(' ') + poolSentence(heap, m_place.pool) + QLatin1Char('.');
        if (m_place.offset)
            text += QLatin1Char(' ') + blockSentence(*m_input.trace, *m_input.world, m_place.pool, m_place.offset) + QLatin1Char('.');
    }
    return text;
}

void MemoryFigure::aim(MemoryPlace &place, const Selected &what) const
{
    if (!m_input.world)
        return;
    const HeapState &heap = m_input.world->heap;
    const auto go = [&](PoolId pool, std::uint32_t offset, MemoryLevel level) {
        if (!pool || pool.value >= heap.pools.size() || !arenaInUse(heap, heap.arenaOf(pool)))
            return;
        place.pool = pool;
        place.arena = heap.arenaOf(pool);
        place.offset = offset ? blockStart(heap, pool, offset) : 0;
        place.row = place.offset;
        place.scroll = 0;
        place.level = level;
        place.zoom = zoomOf(level);
        place.fitted = false;
    };
    if (const auto *object = std::get_if<ObjectId>(&what)) {
        if (const auto at = placeOf(*m_input.world, *object))
            go(at->pool, at->offset, MemoryLevel::Bytes);
        else if (m_input.world->contains(*object))
            place = {MemoryLevel::Process, place.arena, place.pool, 0, zoomOf(MemoryLevel::Process), 0, 0, false};
    } else if (const auto *block = std::get_if<SelectedBlock>(&what)) {
        go(block->pool, block->offset, MemoryLevel::Bytes);
    } else if (const auto *pool = std::get_if<SelectedPool>(&what)) {
        go(pool->pool, 0, MemoryLevel::Pool);
    } else if (const auto *arena = std::get_if<SelectedArena>(&what)) {
        if (arenaInUse(heap, arena->slot))
            go(arena->slot == place.arena ? place.pool : PoolId(arena->slot.value * kPoolsPerArena), 0, MemoryLevel::Arena);
    } else if (std::holds_alternative<SelectedRawBlock>(what)) {
        place = {MemoryLevel::Process, place.arena, place.pool, 0, zoomOf(MemoryLevel::Process), 0, 0, false};
    }
}

Camera MemoryFigure::cameraFor(const Selected &what, const Camera &now) const
{
    if (m_spaces)
        return now;
    if (!m_input.trace || !m_input.world)
        return now;
    MemoryPlace place = memoryPlace(m_input, now);
    const MemoryPlace before = place;
    aim(place, what);
    // To find a block is to see it among its neighbours; its bytes are one step further in. Who looks closer already stays close.
    const MemoryLevel closest = std::max(before.level, MemoryLevel::Arena);
    if (place.level > closest) {
        place.level = closest;
        place.zoom = zoomOf(closest);
    }
    return place.fitted ? now : cameraAt(place);
}

MemoryPlace MemoryFigure::placeAt(const QPointF &point, const MemoryPlace &now) const
{
    MemoryPlace place = now;
    aim(place, hit(point).what);
    // One level at a time, so that nobody gets lost: from the process into an arena, from there into a pool.
    const auto next = static_cast<MemoryLevel>(std::min(static_cast<int>(now.level) + 1, static_cast<int>(MemoryLevel::Bytes)));
    if (place.level > next && now.level == MemoryLevel::Process) {
        place.level = next;
        place.zoom = zoomOf(next);
    }
    return place;
}

Camera MemoryFigure::enter(const QPointF &point, const Camera &now) const
{
    if (m_spaces)
        return now;
    if (!m_input.trace || !m_input.world)
        return now;
    const MemoryPlace here = memoryPlace(m_input, now);
    const MemoryPlace there = placeAt(point, here);
    if (there.level <= here.level && there.pool == here.pool && there.offset == here.offset)
        return now;
    return cameraAt(there);
}

Camera MemoryFigure::leave(const Camera &now) const
{
    if (m_spaces)
        return now;
    if (!m_input.trace || !m_input.world)
        return now;
    MemoryPlace place = memoryPlace(m_input, now);
    if (place.level == MemoryLevel::Process)
        return now;
    place.level = static_cast<MemoryLevel>(static_cast<int>(place.level) - 1);
    place.zoom = zoomOf(place.level);
    place.scroll = 0;
    return cameraAt(place);
}

Camera MemoryFigure::zoomed(const Camera &now, double factor, const QPointF &around) const
{
    if (m_spaces)
        return now;
    if (!m_input.trace || !m_input.world || !(factor > 0))
        return now;
    const MemoryPlace here = memoryPlace(m_input, now);
    MemoryPlace place = here;
    const double zoom = std::clamp((now.fitted ? zoomOf(here.level) : now.zoom) * factor, kMinZoom, kMaxZoom);
    if (levelOf(zoom) > here.level) {
        // In goes to what is under the pointer.
        MemoryPlace there = placeAt(around, here);
        place.pool = there.pool;
        place.arena = there.arena;
        place.offset = there.offset;
        place.row = there.offset;
        place.scroll = 0;
    }
    place.level = levelOf(zoom);
    if (place.level == MemoryLevel::Bytes && place.offset == 0 && poolCarved(m_input.world->heap, place.pool))
        place.offset = blockStart(m_input.world->heap, place.pool, kPoolHeaderSize);
    place.row = std::max<double>(place.row, place.offset);
    place.zoom = zoom;
    place.fitted = false;
    return cameraAt(place);
}

Camera MemoryFigure::panned(const Camera &now, const QPointF &delta) const
{
    if (m_spaces)
        return now;
    if (!m_input.trace || !m_input.world)
        return now;
    MemoryPlace place = memoryPlace(m_input, now);
    const HeapState &heap = m_input.world->heap;
    const double scale = std::max(0.1, m_input.theme.textScale);
    switch (place.level) {
    case MemoryLevel::Arena:
        return now;   // all of it is in view
    case MemoryLevel::Pool: {
        if (!poolCarved(heap, place.pool) || heap.pools[place.pool.value].sizeClass == kNoSizeClass)
            return now;
        // One row of cells per row's height; the rows in view are read off the picture.
        double rowHeight = 40 * scale, columns = 1, left = 0;
        bool first = true;
        QRectF cell;
        for (const SceneHit &h : m_scene.hits) {
            const bool block = std::holds_alternative<SelectedBlock>(h.what) || std::holds_alternative<ObjectId>(h.what);
            if (!block)
                continue;
            if (first) {
                cell = h.rect;
                left = cell.left();
                first = false;
            } else if (std::abs(h.rect.top() - cell.top()) < 1) {
                ++columns;
            } else if (std::abs(h.rect.left() - left) < 1) {
                rowHeight = h.rect.top() - cell.top();
                break;
            }
        }
        const double bytesPerRow = columns * heap.blockSize(heap.pools[place.pool.value].sizeClass);
        place.row = std::clamp(place.row - delta.y() / rowHeight * bytesPerRow, double(kPoolHeaderSize), double(heap.poolSize - 1));
        break;
    }
    case MemoryLevel::Process: case MemoryLevel::Bytes:
        place.scroll = std::clamp(place.scroll - delta.y() / scale, 0.0, 8000.0);
        break;
    }
    place.fitted = false;
    return cameraAt(place);
}

std::unique_ptr<Figure> makeMemoryFigure() { return std::make_unique<MemoryFigure>(); }

} // namespace pyrena
