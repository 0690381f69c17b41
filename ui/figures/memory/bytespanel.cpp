// One block, byte by byte: sixteen to a row in the colours of their fields, and the fields as a table.
#include "ui/figures/memory/blockfields.h"
#include "ui/figures/memory/scenebuilder.h"

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

struct FieldLook { QColor fill, ink; Texture texture = Texture::None; };

// Neighbouring fields differ in shade, so that their borders are seen without lines.
FieldLook lookOf(const Theme &theme, const BlockField &field, std::size_t index, const QColor &typeColor)
{
    const double shade = index % 2 ? 0.16 : 0.30;
    const auto over = [&](const QColor &color) {
        return theme.monochrome ? QColor(index % 2 ? 0xF2 : 0xDE, index % 2 ? 0xF2 : 0xDE, index % 2 ? 0xF2 : 0xDE) : mixed(color, theme.panel, shade);
    };
    switch (field.role) {
    case FieldRole::Collector: return {over(theme.good), theme.ink};
    case FieldRole::Header: return {over(theme.secondary), theme.ink};
    case FieldRole::Data: return {over(typeColor), theme.ink};
    case FieldRole::Link: return {over(theme.accent), theme.ink};
    case FieldRole::Unused: return {theme.panel, theme.secondary, Texture::Dots};
    case FieldRole::Waste: return {theme.panel, theme.secondary, Texture::Hatch};
    case FieldRole::Unknown: break;
    }
    return {over(mixed(typeColor, theme.secondary, 0.5)), theme.ink};
}

QColor typeColorOf(const SceneBuilder &b, const Block &block, BlockState state)
{
    return state == BlockState::Allocated ? groupColor(b.theme, groupOf(b.trace, block.tenant)) : b.theme.faint;
}

void addByteGrid(SceneBuilder &b, const QRectF &area, const std::vector<BlockField> &fields, std::uint32_t size, const QColor &typeColor, int firstRow)
{
    const Theme &theme = b.theme;
    const double labelWidth = b.width(Face::MonoSmall, QStringLiteral("+000")) + b.u(10);
    const double rowHeight = b.height(Face::MonoSmall) + b.u(6), gap = b.u(4);
    const double cell = std::min((area.width() - labelWidth) / 16, b.u(30));
    const bool digits = b.width(Face::MonoSmall, QStringLiteral("00")) <= cell - b.u(1);
    const int rows = static_cast<int>((area.height() + gap) / (rowHeight + gap));
    const auto lastRow = std::min(firstRow + rows, static_cast<int>((size + 15) / 16));
    for (int row = firstRow; row < lastRow; ++row)
        b.textRight({area.left() + labelWidth - b.u(10), area.top() + (row - firstRow) * (rowHeight + gap) + b.u(3)},
                    QStringLiteral("+%1").arg(row * 16), Face::MonoSmall, theme.secondary);
    for (std::size_t f = 0; f < fields.size(); ++f) {
        const BlockField &field = fields[f];
        const FieldLook look = lookOf(theme, field, f, typeColor);
        QRectF covered;
        for (std::uint32_t from = field.offset; from < field.offset + field.size;) {
            const int row = static_cast<int>(from / 16);
            const std::uint32_t to = std::min<std::uint32_t>((row + 1) * 16u, field.offset + field.size);
            if (row >= firstRow && row < lastRow) {
                const QRectF run(area.left() + labelWidth + (from % 16) * cell, area.top() + (row - firstRow) * (rowHeight + gap),
                                 (to - from) * cell, rowHeight);
                SceneBox &box = b.box(run, 0, look.fill, theme.line, 0.8);
                box.texture = digits && field.known() ? Texture::None : look.texture;
                box.textureColor = look.texture == Texture::Hatch ? theme.secondary : theme.faint;
                box.textureStep = b.u(6);
                if (digits && !(look.texture != Texture::None && !field.known()))
                    for (std::uint32_t i = from; i < to; ++i) {
                        const QString text = field.known() ? QStringLiteral("%1").arg(field.bytes[i - field.offset], 2, 16, QLatin1Char('0'))
                                                           : QStringLiteral("\u00b7\u00b7");
                        const QRectF at(run.left() + (i - from) * cell, run.top(), cell, rowHeight);
                        b.textCentered(at, text, Face::MonoSmall, field.known() ? look.ink : theme.secondary);
                    }
                covered |= run;
            }
            from = to;
        }
        if (!covered.isNull())
            b.hit(SelectedBlock{b.place.pool, b.place.offset},
                  SceneBuilder::tr("offset %1, %2 bytes, %3: %4").arg(field.offset).arg(field.size).arg(field.name, field.value), covered);
    }
}

// At spaces; a word that is too long is cut where the room ends.
QStringList wrapped(const SceneBuilder &b, const QString &text, double width)
{
    QStringList lines;
    QString rest = text;
    constexpr qsizetype kMostLines = 3;
    while (!rest.isEmpty() && lines.size() + 1 < kMostLines && b.width(Face::Label, rest) > width) {
        qsizetype fits = 1;
        while (fits < rest.size() && b.width(Face::Label, rest.left(fits + 1)) <= width)
            ++fits;
        const qsizetype space = rest.left(fits + 1).lastIndexOf(QLatin1Char(' '));
        const qsizetype cut = space > 0 ? space : fits;
        lines << rest.left(cut).trimmed();
        rest = rest.mid(cut).trimmed();
    }
    lines << rest;
    return lines;
}

void addFieldTable(SceneBuilder &b, const QRectF &area, const std::vector<BlockField> &fields, const QColor &typeColor, std::size_t first)
{
    const Theme &theme = b.theme;
    double nameWidth = b.width(Face::Mono, QStringLiteral("_gc_next"));
    for (const BlockField &field : fields)
        nameWidth = std::max(nameWidth, b.width(Face::Mono, field.name));
    nameWidth = std::min(nameWidth, area.width() * 0.36);
    const double offsetWidth = b.width(Face::MonoSmall, QStringLiteral("+000")), sizeWidth = b.width(Face::MonoSmall, QStringLiteral("000 B"));
    const double line = b.height(Face::Mono), padding = b.u(7);
    const double nameLeft = area.left() + b.u(18) + offsetWidth + b.u(8) + sizeWidth + b.u(12);
    const double valueLeft = nameLeft + nameWidth + b.u(12);
    double y = area.top();
    for (std::size_t i = first; i < fields.size(); ++i) {
        const BlockField &field = fields[i];
        // A value that does not fit beside its name stands below it, in as many lines as it takes.
        const bool beside = b.width(Face::Mono, field.name) <= nameWidth && b.width(Face::Label, field.value) <= area.right() - valueLeft;
        const QStringList lines = beside ? QStringList() : wrapped(b, field.value, area.right() - nameLeft);
        const double height = line * static_cast<double>(1 + lines.size()) + padding;
        const bool last = i + 1 == fields.size();
        if (y + height + (last ? 0 : line + padding) > area.bottom() + 1 && !(last && y + height <= area.bottom() + 1)) {
            if (y + b.u(3) + line <= area.bottom() + 1)
                b.text({area.left() + b.u(18), y + b.u(3)}, SceneBuilder::tr("%1 more fields").arg(fields.size() - i), Face::Label,
                       theme.secondary, area.width() - b.u(18));
            break;
        }
        const FieldLook look = lookOf(theme, field, i, typeColor);
        SceneBox &swatch = b.box({area.left(), y + b.u(3), b.u(10), line + padding - b.u(6)}, b.u(2), look.fill, theme.line, 0.8);
        swatch.texture = look.texture;
        swatch.textureColor = theme.secondary;
        swatch.textureStep = b.u(4);
        const double offsetRight = area.left() + b.u(18) + offsetWidth;
        b.textRight({offsetRight, y + b.u(3)}, QStringLiteral("+%1").arg(field.offset), Face::MonoSmall, theme.secondary);
        b.textRight({offsetRight + b.u(8) + sizeWidth, y + b.u(3)}, QStringLiteral("%1 B").arg(field.size), Face::MonoSmall, theme.secondary);
        b.text({nameLeft, y + b.u(2)}, field.name, Face::Mono, theme.ink, beside ? nameWidth : area.right() - nameLeft);
        const QColor ink = field.role == FieldRole::Link ? theme.accent : theme.ink;
        if (beside)
            b.text({valueLeft, y + b.u(2)}, field.value, Face::Label, ink, area.right() - valueLeft);
        for (qsizetype l = 0; l < lines.size(); ++l)
            b.text({nameLeft, y + b.u(2) + line * static_cast<double>(l + 1)}, lines[l], Face::Label, ink, area.right() - nameLeft);
        y += height;
    }
}

} // namespace

void addBytes(SceneBuilder &b, const QRectF &area)
{
    const PoolId pool = b.place.pool;
    if (!poolCarved(b.heap, pool) || b.place.offset == 0) {
        b.text(area.topLeft(), SceneBuilder::tr("%1 was never carved: it has no blocks yet").arg(poolName(pool)), Face::Label, b.theme.secondary, area.width());
        return;
    }
    const HeapState &heap = b.heap;
    const std::uint32_t offset = b.place.offset, size = heap.blockSize(heap.pools[pool.value].sizeClass);
    const BlockState state = heap.blockState(pool, offset);
    const Block &block = heap.blocks[heap.blockIndex(pool, offset)];
    const QString label = state == BlockState::Allocated ? tenantLabel(b.trace, b.world, block.tenant)
        : state == BlockState::Free ? SceneBuilder::tr("free") : SceneBuilder::tr("untouched");
    const Address address = heap.poolAddress(pool) + offset;

    const QRectF name = b.text(area.topLeft(), label, Face::Head, b.theme.ink, area.width());
    const QString facts = SceneBuilder::tr("block %1 \u00b7 offset %2 \u00b7 %3 bytes \u00b7 at %4")
        .arg(blockNumber(heap, pool, offset)).arg(offset).arg(size).arg(QString::fromStdString(toHex(address)));
    b.text({name.right() + b.u(14), name.top() + b.u(2)}, facts, Face::Label, b.theme.secondary, area.right() - name.right() - b.u(14));
    b.hitBlock(SelectedBlock{pool, offset}, pool, offset, area);

    const std::vector<BlockField> fields = blockFields(b.trace, b.world, pool, offset);
    const QColor color = typeColorOf(b, block, state);
    const double top = name.bottom() + b.u(12);
    const int scrolled = static_cast<int>(b.place.scroll / 24);
    const int rows = static_cast<int>((size + 15) / 16);
    const double rowHeight = b.height(Face::MonoSmall) + b.u(10);
    QRectF grid, table;
    if (area.width() >= b.u(860)) {
        grid = QRectF(area.left(), top, b.u(44 + 16 * 30), area.bottom() - top);
        table = QRectF(grid.right() + b.u(32), top, area.right() - grid.right() - b.u(32), area.bottom() - top);
    } else {
        const double wanted = std::min(rows * rowHeight, std::max((area.bottom() - top) * 0.45, 2 * rowHeight));
        grid = QRectF(area.left(), top, area.width(), wanted);
        table = QRectF(area.left(), grid.bottom() + b.u(12), area.width(), area.bottom() - grid.bottom() - b.u(12));
    }
    const int fit = std::max(1, static_cast<int>(grid.height() / rowHeight));
    const int firstRow = std::clamp(scrolled, 0, std::max(0, rows - fit));
    if (b.changes.has(pool, offset)) {
        const double w = std::min(grid.width(), b.width(Face::MonoSmall, QStringLiteral("+000")) + b.u(10) + 16 * std::min(b.u(30), grid.width() / 16));
        b.halo(QRectF(grid.left() - b.u(4), grid.top() - b.u(4), std::min(w + b.u(8), area.right() - grid.left() + b.u(4)),
                      std::min(rows, fit) * rowHeight + b.u(4)), b.u(4));
    }
    addByteGrid(b, grid, fields, size, color, firstRow);
    const auto firstField = static_cast<std::size_t>(std::min<int>(scrolled, std::max(0, static_cast<int>(fields.size()) - 3)));
    addFieldTable(b, table, fields, color, firstField);
    // Below, where there is room, what its pool says about it.
    const double end = grid.top() + std::min(rows, fit) * rowHeight;
    const double height = b.height(Face::LabelBold) + b.u(20) + 8 * b.height(Face::MonoSmall) * 1.5;
    if (area.width() >= b.u(860) && area.bottom() - end - b.u(18) >= height)
        addPoolHeader(b, QRectF(grid.left(), end + b.u(18), b.u(300), height), pool);
}

} // namespace pyrena
