// One pool: its header as a column of fields, its blocks as cells with text, the free chain as arrows.
#include "ui/figures/memory/poolcells.h"

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

struct HeaderField { QString name; int offset; QString value; bool changed = false; };

QString poolLink(const SceneBuilder &b, PoolId pool, const QString &none)
{
    if (!pool)
        return none;
    if (b.heap.arenaOf(pool) == b.place.arena)
        return poolName(pool);
    return QStringLiteral("%1, %2").arg(poolName(pool), arenaName(b.heap, b.heap.arenaOf(pool)));
}

std::vector<HeaderField> headerFields(const SceneBuilder &b, PoolId id)
{
    const Pool &pool = b.heap.pools[id.value];
    const PoolState state = b.heap.poolState(id);
    const bool touched = b.changes.has(id);
    // The list of a class is circular in CPython: its ends point to the usedpools table itself.
    const QString table = QStringLiteral("usedpools");
    const QString outside = SceneBuilder::tr("(in no list)");
    const QString next = state == PoolState::Empty ? poolLink(b, pool.nextPool, QStringLiteral("NULL"))
        : state == PoolState::Full ? outside : poolLink(b, pool.nextPool, table);
    const QString prev = state == PoolState::Empty || state == PoolState::Full ? outside : poolLink(b, pool.prevPool, table);
    const QString free = pool.freeBlock == 0 ? QStringLiteral("NULL")
        : QStringLiteral("\u2192 ") + SceneBuilder::tr("block %1").arg(blockNumber(b.heap, id, pool.freeBlock));
    const QString szidx = pool.sizeClass == kNoSizeClass ? QStringLiteral("0xffff") : QString::number(pool.sizeClass);
    return {{QStringLiteral("ref.count"), 0, QString::number(pool.blocksInUse), touched},
            {QStringLiteral("freeblock"), 8, free, touched},
            {QStringLiteral("nextpool"), 16, next},
            {QStringLiteral("prevpool"), 24, prev},
            {QStringLiteral("arenaindex"), 32, QString::number(b.place.arena.value)},
            {QStringLiteral("szidx"), 36, szidx},
            {QStringLiteral("nextoffset"), 40, QString::number(pool.nextOffset), touched && b.changes.nextOffsetMoved},
            {QStringLiteral("maxnextoffset"), 44, QString::number(pool.maxNextOffset)}};
}

// Two lines a field, one line a field, or nothing, by the room there is.
double headerWidth(const SceneBuilder &b, const QRectF &area)
{
    const double title = b.height(Face::LabelBold) + b.u(16);
    if (area.width() >= b.u(430) && area.height() >= title + 8 * (b.height(Face::Mono) + b.height(Face::LabelBold)))
        return b.width(Face::Mono, QStringLiteral("maxnextoffset")) + b.width(Face::MonoSmall, QStringLiteral("+44")) + b.u(36);
    if (area.width() >= b.u(470) && area.height() >= title + 8 * b.height(Face::MonoSmall))
        return b.width(Face::MonoSmall, QStringLiteral("maxnextoffset 16320")) + b.u(40);
    return 0;
}

// The fields that matter most on one line, where there is no room for the column. Returns where it ends.
double addHeaderLine(SceneBuilder &b, const QRectF &area, PoolId pool)
{
    const double h = b.height(Face::MonoSmall) + b.u(8);
    b.box(QRectF(area.left(), area.top(), area.width(), h), b.u(3), mixed(b.theme.secondary, b.theme.panel, 0.07));
    const std::vector<HeaderField> fields = headerFields(b, pool);
    double x = area.left() + b.u(8);
    for (const std::size_t i : {std::size_t(0), std::size_t(1), std::size_t(6), std::size_t(5), std::size_t(2)}) {
        const double name = b.width(Face::MonoSmall, fields[i].name), value = b.width(Face::SmallBold, fields[i].value);
        if (x + name + b.u(6) + value > area.right() - b.u(6))
            continue;
        b.text({x, area.top() + b.u(4)}, fields[i].name, Face::MonoSmall, b.theme.secondary);
        b.text({x + name + b.u(6), area.top() + b.u(4)}, fields[i].value, Face::SmallBold, fields[i].changed ? b.theme.accent : b.theme.ink);
        x += name + b.u(6) + value + b.u(16);
    }
    return area.top() + h;
}

// The whole pool to scale, header included, with the rows above framed.
void addOverview(SceneBuilder &b, const QRectF &area, PoolId pool, const CellGrid &grid)
{
    const Theme &theme = b.theme;
    const double perByte = area.width() / b.heap.poolSize;
    const Pool &p = b.heap.pools[pool.value];
    const std::uint32_t size = b.heap.blockSize(p.sizeClass), capacity = b.heap.capacity(p.sizeClass);
    const double first = area.left() + kPoolHeaderSize * perByte;
    b.box(area, 0, {}, theme.line, 1);
    const PoolTile strip{pool, QRectF(first, area.top() + b.u(1), capacity * size * perByte, area.height() - b.u(2)), PoolTile::Shape::Strip};
    BlockMap map{area, {strip}};
    b.map(std::move(map));
    b.box({area.left(), area.top(), std::max(b.u(2), kPoolHeaderSize * perByte), area.height()}, 0, theme.ink);
    const double from = first + grid.firstRow * grid.columns * size * perByte;
    const double to = first + std::min<double>((grid.firstRow + grid.rows) * grid.columns, capacity) * size * perByte;
    b.box(QRectF(from, area.top() - b.u(2), to - from, area.height() + b.u(4)), b.u(2), {}, theme.ink, 1.4);
    b.hit(SelectedPool{pool}, SceneBuilder::tr("the whole of %1 to scale, blocks %2 to %3 are shown above")
              .arg(poolName(pool)).arg(grid.firstRow * grid.columns)
              .arg(std::min<int>((grid.firstRow + grid.rows) * grid.columns, static_cast<int>(capacity)) - 1), area);
}

void addUntouchedPool(SceneBuilder &b, const QRectF &area, PoolId pool)
{
    SceneBox &ground = b.box(area.adjusted(b.u(10), b.u(10), -b.u(10), -b.u(10)), b.u(4), {}, b.theme.line, 1, Outline::Dotted);
    ground.texture = Texture::Dots;
    ground.textureColor = b.theme.line;
    ground.textureStep = b.u(10);
    const QString text = SceneBuilder::tr("never carved: nothing was written here, not even a header");
    const double w = std::min(area.width() - b.u(40), b.width(Face::Label, text) + b.u(24));
    const QRectF plate(area.center().x() - w / 2, area.center().y() - b.u(16), w, b.u(32));
    b.box(plate, b.u(6), b.theme.panel, b.theme.line);
    b.textCentered(plate.adjusted(b.u(8), 0, -b.u(8), 0), text, Face::Label, b.theme.secondary);
    b.hitPool(pool, area);
}

} // namespace

void addPoolHeader(SceneBuilder &b, const QRectF &area, PoolId pool)
{
    const Theme &theme = b.theme;
    b.box(area, b.u(4), mixed(theme.secondary, theme.panel, 0.07), theme.line, 1);
    const double pad = b.u(11);
    const QRectF title = b.text(area.topLeft() + QPointF(pad, b.u(8)), b.place.level == MemoryLevel::Bytes ? SceneBuilder::tr("header of %1, %2 B").arg(poolName(pool)).arg(kPoolHeaderSize)
                                                                                   : SceneBuilder::tr("header, %1 B").arg(kPoolHeaderSize),
                                Face::LabelBold, theme.ink, area.width() - 2 * pad);
    const double twoLines = b.height(Face::Mono) + b.height(Face::LabelBold);
    const std::vector<HeaderField> fields = headerFields(b, pool);
    const double top = title.bottom() + b.u(4);
    double step = (area.bottom() - b.u(4) - top) / static_cast<double>(fields.size());
    const bool compact = step < twoLines - 0.5;
    step = std::min(step, compact ? b.height(Face::MonoSmall) * 1.7 : twoLines + b.u(22));
    double y = top;
    for (const HeaderField &field : fields) {
        const QColor ink = field.changed ? theme.accent : theme.ink;
        if (compact) {
            const double w = b.width(Face::MonoSmall, field.name);
            b.text({area.left() + pad, y}, field.name, Face::MonoSmall, theme.secondary, area.width() - 2 * pad);
            b.textRight({area.right() - pad, y}, field.value, Face::SmallBold, ink, area.width() - 2 * pad - w - b.u(6));
        } else {
            const double inner = (step - twoLines) / 2;
            const QRectF offset = b.textRight({area.right() - pad, y + inner + b.u(1)}, QStringLiteral("+%1").arg(field.offset),
                                              Face::MonoSmall, theme.secondary);
            b.text({area.left() + pad, y + inner}, field.name, Face::Mono, theme.secondary, offset.left() - area.left() - pad - b.u(4));
            b.text({area.left() + pad, y + inner + b.height(Face::Mono)}, field.value, Face::LabelBold, ink, area.width() - 2 * pad);
        }
        y += step;
    }
    QString sentence = SceneBuilder::tr("header of %1:").arg(poolName(pool));
    for (const HeaderField &field : fields)
        sentence += QStringLiteral(" %1 %2,").arg(field.name, field.value);
    sentence.chop(1);
    b.hit(SelectedPool{pool}, sentence, area);
}

void addPool(SceneBuilder &b, const QRectF &heading, const QRectF &area, std::optional<double> *captionX)
{
    const PoolId pool = b.place.pool;
    if (!b.place.arena || area.width() < b.u(60) || area.height() < b.u(24))
        return;
    const Theme &theme = b.theme;
    const PoolState state = b.heap.poolState(pool);
    const QRectF name = b.text(heading.topLeft(), poolName(pool), Face::Head, theme.ink, heading.width());
    QString facts = poolStateName(state);
    if (poolCarved(b.heap, pool) && b.heap.pools[pool.value].sizeClass != kNoSizeClass) {
        const Pool &p = b.heap.pools[pool.value];
        facts = SceneBuilder::tr("size class %1 \u00b7 %2 of %3 blocks in use \u00b7 %4")
                    .arg(b.heap.blockSize(p.sizeClass)).arg(p.blocksInUse).arg(b.heap.capacity(p.sizeClass)).arg(facts);
    }
    b.text({name.right() + b.u(14), heading.top() + b.u(2)}, facts, Face::Label, theme.secondary, heading.right() - name.right() - b.u(14));

    b.box(area, b.u(8), theme.panel, b.place.level == MemoryLevel::Arena ? mixed(theme.attention, theme.panel, 0.75) : theme.line, 1.4);
    b.hitPool(pool, area);
    if (!poolCarved(b.heap, pool)) {
        addUntouchedPool(b, area, pool);
        return;
    }
    QRectF inner = area.adjusted(b.u(10), b.u(10), -b.u(10), -b.u(10));
    if (const double w = headerWidth(b, inner); w > 0) {
        addPoolHeader(b, QRectF(inner.left(), inner.top(), w, inner.height()), pool);
        inner.setLeft(inner.left() + w + b.u(14));
    } else if (inner.height() > b.u(130)) {
        inner.setTop(addHeaderLine(b, inner, pool) + b.u(9));
    }
    if (b.heap.pools[pool.value].sizeClass == kNoSizeClass)
        return;
    const double strip = b.u(14);
    CellGrid grid = cellGrid(b, inner, pool);
    if (grid.rows * grid.columns < static_cast<int>(b.heap.capacity(b.heap.pools[pool.value].sizeClass)) && inner.height() > b.u(120)) {
        QRectF cells = inner.adjusted(0, 0, 0, -strip - b.u(12));
        grid = cellGrid(b, cells, pool);
        addOverview(b, QRectF(inner.left(), inner.bottom() - strip, inner.width(), strip), pool, grid);
    }
    addCells(b, grid, pool, captionX);
}

} // namespace pyrena
