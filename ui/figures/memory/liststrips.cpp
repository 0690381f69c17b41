// The lists through which the allocator finds a pool, the bar that says where the bytes go, and the legend.
#include "ui/figures/memory/heapbytes.h"
#include "ui/figures/memory/scenebuilder.h"
#include "ui/models/heapparts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pyrena {

namespace {

struct StripBox { QString title, detail; bool empty = false; bool changed = false; bool here = false; Selected what; QString sentence; };

void addStrip(SceneBuilder &b, const QRectF &area, const QString &name, double labelWidth, const std::vector<StripBox> &boxes, bool more)
{
    const Theme &theme = b.theme;
    const double mid = area.center().y();
    b.text({area.left(), mid - b.height(Face::LabelBold) / 2}, name, Face::LabelBold, theme.ink, labelWidth - b.u(6));
    const double arrow = b.u(26), boxHeight = area.height() - b.u(10);
    double x = area.left() + labelWidth;
    if (boxes.empty()) {
        b.text({x, mid - b.height(Face::Label) / 2}, SceneBuilder::tr("empty"), Face::Label, theme.secondary, area.right() - x);
        return;
    }
    const QString rest = QStringLiteral("+%1");
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const StripBox &box = boxes[i];
        const double w = std::max({b.u(64), b.width(Face::LabelBold, box.title) + b.u(20), b.width(Face::Small, box.detail) + b.u(20)});
        const bool last = i + 1 == boxes.size() && !more;
        if (x + arrow + w > area.right() - (last ? 0 : b.u(30))) {
            b.text({x + b.u(8), mid - b.height(Face::Label) / 2}, QStringLiteral("\u2026"), Face::LabelBold, theme.secondary);
            return;
        }
        b.arrow({{x, mid}, {x + arrow - b.u(2), mid}}, theme.ink, 1.5);
        const QRectF rect(x + arrow, mid - boxHeight / 2, w, boxHeight);
        b.box(rect, b.u(4), theme.panel, box.empty ? theme.secondary : theme.ink, 1.3, box.empty ? Outline::Dashed : Outline::Solid);
        if (box.detail.isEmpty() || boxHeight < b.height(Face::LabelBold) + b.height(Face::Small)) {
            b.textCentered(rect.adjusted(b.u(4), 0, -b.u(4), 0), box.title, Face::LabelBold, box.empty ? theme.secondary : theme.ink);
        } else {
            const double top = mid - (b.height(Face::LabelBold) + b.height(Face::Small)) / 2;
            b.text({rect.left() + b.u(9), top}, box.title, Face::LabelBold, theme.ink, w - b.u(12));
            b.text({rect.left() + b.u(9), top + b.height(Face::LabelBold)}, box.detail, Face::Small, theme.secondary, w - b.u(12));
        }
        if (box.here)
            b.box(rect.adjusted(-b.u(2), -b.u(2), b.u(2), b.u(2)), b.u(5), {}, theme.attention, 1.6);
        b.hit(box.what, box.sentence, rect);
        b.scene.hits.back().goes = true;
        x = rect.right();
    }
    if (more)
        b.text({x + b.u(8), mid - b.height(Face::Label) / 2}, QStringLiteral("\u2026"), Face::LabelBold, theme.secondary);
}

constexpr std::size_t kMaxStrip = 8;

std::vector<StripBox> poolChain(const SceneBuilder &b, PoolId head, bool empty, bool &more)
{
    std::vector<StripBox> boxes;
    more = false;
    for (PoolId id = head; id; id = b.heap.pools[id.value].nextPool) {
        if (boxes.size() == kMaxStrip) {
            more = true;
            break;
        }
        const Pool &pool = b.heap.pools[id.value];
        QString title = poolName(id);
        if (b.heap.arenaOf(id) != b.place.arena)
            title = SceneBuilder::tr("%1, %2").arg(arenaName(b.heap, b.heap.arenaOf(id)), title);
        const QString detail = empty ? QString() : QStringLiteral("%1 / %2").arg(pool.blocksInUse).arg(b.heap.capacity(pool.sizeClass));
        boxes.push_back({title, detail, empty, b.changes.has(id), id == b.place.pool, SelectedPool{id}, poolSentence(b.heap, id)});
    }
    return boxes;
}

struct Share { HeapPart part; std::uint64_t bytes; };

std::array<Share, kHeapParts> shares(const FragmentationBytes &bytes)
{
    using enum HeapPart;
    return {{{Requested, bytes.requested}, {Rounding, bytes.rounding}, {Headers, bytes.poolHeaders}, {FreeBlocks, bytes.freeBlocks},
             {UntouchedBlocks, bytes.untouchedBlocks}, {Tails, bytes.poolTails}, {EmptyPools, bytes.emptyPools},
             {UntouchedPools, bytes.untouchedPools}, {Unaligned, bytes.alignment}}};
}

// As in the panel of fragmentation: a tint under the texture, or filled.
void addShareBox(SceneBuilder &b, const QRectF &rect, HeapPart part)
{
    const QColor color = colourOf(part, b.theme);
    const Texture texture = textureOf(part);
    SceneBox &box = b.box(rect, 0, texture == Texture::None ? color : b.theme.monochrome ? b.theme.panel : mixed(color, b.theme.panel, 0.14),
                          b.theme.monochrome ? b.theme.ink : QColor(), 0.8);
    box.texture = texture;
    box.textureColor = color;
    box.textureStep = b.u(5);
}

QString percent(std::uint64_t part, std::uint64_t whole)
{
    const double value = whole ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
    return QStringLiteral("%1 %").arg(value, 0, 'f', part > 0 && value < 0.95 ? 2 : 1);
}

constexpr double kBarHeight = 22;
double shareColumn(const SceneBuilder &b) { return b.width(Face::Label, QStringLiteral("untouched blocks 00.00 %")) + b.u(38); }

} // namespace

void addLists(SceneBuilder &b, const QRectF &area)
{
    if (!b.place.arena)
        return;
    const HeapState &heap = b.heap;
    const double row = area.height() / 3;
    QString freeName = SceneBuilder::tr("freepools of %1").arg(arenaName(heap, b.place.arena));
    if (b.width(Face::LabelBold, freeName) + b.u(14) > area.width() * 0.5)
        freeName = SceneBuilder::tr("freepools");
    double labelWidth = b.width(Face::LabelBold, freeName);
    QString usedName;
    std::vector<StripBox> used;
    bool usedMore = false;
    const Pool &pool = heap.pools[b.place.pool.value];
    if (poolCarved(heap, b.place.pool) && pool.sizeClass != kNoSizeClass) {
        usedName = SceneBuilder::tr("usedpools[%1]  (size %2)").arg(pool.sizeClass).arg(heap.blockSize(pool.sizeClass));
        if (b.width(Face::LabelBold, usedName) + b.u(14) > area.width() * 0.5)
            usedName = SceneBuilder::tr("usedpools[%1]").arg(pool.sizeClass);
        used = poolChain(b, heap.usedPools[pool.sizeClass], false, usedMore);
        labelWidth = std::max(labelWidth, b.width(Face::LabelBold, usedName));
    }
    labelWidth = std::min(labelWidth + b.u(14), area.width() * 0.5);
    if (!usedName.isEmpty())
        addStrip(b, QRectF(area.left(), area.top(), area.width(), row), usedName, labelWidth, used, usedMore);

    std::vector<StripBox> arenas;
    bool arenasMore = false;
    for (ArenaSlot slot = heap.usableArenas; slot; slot = heap.arenas[slot.value].nextArena) {
        if (arenas.size() == kMaxStrip) {
            arenasMore = true;
            break;
        }
        arenas.push_back({arenaName(heap, slot), SceneBuilder::tr("%1 pools free").arg(heap.arenas[slot.value].nFreePools), false,
                          b.changes.has(slot), slot == b.place.arena && heap.totals.arenasNow > 1, SelectedArena{slot}, arenaSentence(heap, slot)});
    }
    addStrip(b, QRectF(area.left(), area.top() + row, area.width(), row), QStringLiteral("usable_arenas"), labelWidth, arenas, arenasMore);

    bool freeMore = false;
    const std::vector<StripBox> empty = poolChain(b, heap.arenas[b.place.arena.value].freePools, true, freeMore);
    addStrip(b, QRectF(area.left(), area.top() + 2 * row, area.width(), row), freeName, labelWidth, empty, freeMore);
}

double bytesBarHeight(const SceneBuilder &b, double width)
{
    const int columns = std::clamp(static_cast<int>(width / shareColumn(b)), 1, static_cast<int>(kHeapParts));
    const int rows = (static_cast<int>(kHeapParts) + columns - 1) / columns;
    return b.height(Face::LabelBold) + b.u(6 + kBarHeight + 6) + rows * (b.height(Face::Label) + b.u(5));
}

void addBytesBar(SceneBuilder &b, const QRectF &area, bool wholeHeap)
{
    const FragmentationBytes bytes = wholeHeap || !b.place.arena ? heapBytes(b.heap) : arenaBytes(b.heap, b.place.arena);
    const std::uint64_t whole = bytes.sum();
    if (whole == 0 || bytesBarHeight(b, area.width()) > area.height() + 1)
        return;
    const Theme &theme = b.theme;
    const QRectF title = b.text(area.topLeft(), SceneBuilder::tr("Where %1 of %2 goes").arg(byteCount(whole),
                                wholeHeap ? SceneBuilder::tr("all arenas") : arenaName(b.heap, b.place.arena)), Face::LabelBold, theme.ink, area.width());
    const QRectF bar(area.left(), area.top() + b.height(Face::LabelBold) + b.u(6), area.width(), b.u(kBarHeight));
    const std::array<Share, kHeapParts> all = shares(bytes);

    // What is there is seen: slivers get two pixels, at the cost of the widest part.
    std::vector<double> widths;
    double taken = 0;
    for (const Share &share : all) {
        const double exact = bar.width() * static_cast<double>(share.bytes) / static_cast<double>(whole);
        widths.push_back(share.bytes == 0 ? 0 : std::max(exact, b.u(2)));
        taken += widths.back();
    }
    *std::max_element(widths.begin(), widths.end()) -= taken - bar.width();
    double x = bar.left();
    const int columns = std::clamp(static_cast<int>(area.width() / shareColumn(b)), 1, static_cast<int>(kHeapParts));
    const double columnWidth = area.width() / columns, rowHeight = b.height(Face::Label) + b.u(5);
    QString sentence = title.isNull() ? QString() : SceneBuilder::tr("of %1:").arg(byteCount(whole));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Share &share = all[i];
        if (widths[i] > 0)
            addShareBox(b, QRectF(x, bar.top(), widths[i], bar.height()), share.part);
        x += widths[i];
        const QPointF at(area.left() + static_cast<double>(i % columns) * columnWidth,
                         bar.bottom() + b.u(6) + static_cast<double>(i / columns) * rowHeight);
        const double swatch = b.u(11);
        addShareBox(b, QRectF(at.x(), at.y() + (rowHeight - b.u(5) - swatch) / 2, swatch, swatch), share.part);
        const QString text = QStringLiteral("%1  %2").arg(nameOf(share.part), percent(share.bytes, whole));
        b.text({at.x() + swatch + b.u(7), at.y()}, text, Face::Label, theme.ink, columnWidth - swatch - b.u(12));
        sentence += QStringLiteral(" %1 %2,").arg(nameOf(share.part), percent(share.bytes, whole));
    }
    sentence.chop(1);
    b.hit({}, sentence, bar);
}

} // namespace pyrena
