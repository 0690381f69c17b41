#include "ui/views/partsbar.h"

#include "ui/figures/paintkit.h"

#include <QEvent>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace pyrena {

namespace {

QString number(std::uint64_t n) { return QLocale().toString(qulonglong(n)); }

QString percent(std::uint64_t part, std::uint64_t all)
{
    if (part == 0 || all == 0)
        return QStringLiteral("0 %");
    const double share = 100.0 * static_cast<double>(part) / static_cast<double>(all);
    return share < 0.1 ? QStringLiteral("< 0.1 %") : QLocale().toString(share, 'f', 1) + QStringLiteral(" %");
}

} // namespace

PartsBar::PartsBar(Shared shared, QWidget *parent) : QWidget(parent), m_shared(shared)
{
    setObjectName(QStringLiteral("partsBar"));
    setAccessibleName(tr("What the bytes of the arenas are"));
    setMouseTracking(true);
    connect(&shared.appearance, &Appearance::themeChanged, this, [this] {
        updateGeometry();
        update();
    });
}

void PartsBar::setFragmentation(const Fragmentation &fragmentation)
{
    if (fragmentation == m_fragmentation)
        return;
    m_fragmentation = fragmentation;
    QStringList all;
    for (const HeapPart part : allHeapParts())
        all += tr("%1 %2 bytes").arg(nameOf(part), number(bytesOf(m_fragmentation, part)));
    setAccessibleDescription(all.join(tr(", ")) + tr("; together %1").arg(sumText()));
    update();
}

QString PartsBar::sumText() const
{
    return tr("= %1 B reserved in arenas").arg(number(m_fragmentation.inArenas()));
}

double PartsBar::rowHeight() const
{
    return m_shared.appearance.theme().px(17);
}

QRectF PartsBar::bar() const
{
    const Theme &t = m_shared.appearance.theme();
    return QRectF(t.px(6), t.px(4), width() - t.px(12), t.px(26));
}

QSize PartsBar::sizeHint() const
{
    // The bar, a row for each part, the sum and the raw heap.
    const Theme &t = m_shared.appearance.theme();
    return {static_cast<int>(t.px(280)), static_cast<int>(t.px(38) + rowHeight() * (kHeapParts + 2) + t.px(8))};
}

QRectF PartsBar::segment(HeapPart part) const
{
    const std::uint64_t all = m_fragmentation.inArenas();
    const std::uint64_t bytes = bytesOf(m_fragmentation, part);
    if (all == 0 || bytes == 0)
        return {};
    std::uint64_t before = 0;
    for (const HeapPart p : allHeapParts()) {
        if (p == part)
            break;
        before += bytesOf(m_fragmentation, p);
    }
    const QRectF whole = bar();
    const double scale = whole.width() / static_cast<double>(all);
    return QRectF(whole.x() + static_cast<double>(before) * scale, whole.y(), static_cast<double>(bytes) * scale, whole.height());
}

QRectF PartsBar::row(HeapPart part) const
{
    const Theme &t = m_shared.appearance.theme();
    return QRectF(t.px(6), t.px(38) + rowHeight() * static_cast<double>(part), width() - t.px(12), rowHeight());
}

void PartsBar::paintEvent(QPaintEvent *)
{
    const Theme &t = m_shared.appearance.theme();
    QPainter painter(this);
    const std::uint64_t all = m_fragmentation.inArenas();
    const QFont small = t.font(12), bold = t.font(12, QFont::DemiBold);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.panel);
    for (const HeapPart part : allHeapParts())
        if (const QRectF s = segment(part); !s.isEmpty()) {
            painter.fillRect(s, mixed(colourOf(part, t), t.panel, 0.14));
            painter.fillRect(s, brushOf(part, t));
        }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(t.ink, t.px(1)));
    painter.drawRect(bar());

    const double gap = t.px(6);
    double share = kit::textWidth(small, QStringLiteral("< 0.1 %")) + t.px(4), widest = 0;
    for (const HeapPart part : allHeapParts())
        widest = std::max(widest, kit::textWidth(small, nameOf(part)) + kit::textWidth(small, number(bytesOf(m_fragmentation, part))));
    const bool percents = row(HeapPart::Requested).width() >= t.px(20) + 2 * gap + widest + share;
    if (!percents)   // names say more
        share = 0;
    for (const HeapPart part : allHeapParts()) {
        const QRectF r = row(part);
        const std::uint64_t bytes = bytesOf(m_fragmentation, part);
        const QRectF mark(r.x(), r.y() + r.height() * 0.15, t.px(20), r.height() * 0.7);
        painter.fillRect(mark, mixed(colourOf(part, t), t.panel, 0.14));
        painter.fillRect(mark, brushOf(part, t));
        painter.setPen(QPen(t.secondary, t.px(0.8)));
        painter.drawRect(mark);
        const QColor ink = bytes == 0 ? t.secondary : t.ink;
        const QString value = number(bytes);
        const double valueWidth = kit::textWidth(small, value);
        const double right = r.right() - share;
        if (percents)
            kit::drawTextIn(painter, small, t.secondary, QRectF(right, r.y(), share, r.height()), kit::Align::Right, percent(bytes, all));
        kit::drawTextIn(painter, small, ink, QRectF(right - valueWidth - 2, r.y(), valueWidth + 2, r.height()), kit::Align::Right, value);
        const double left = mark.right() + gap;
        kit::drawTextIn(painter, small, ink, QRectF(left, r.y(), right - valueWidth - gap - left, r.height()), kit::Align::Left, nameOf(part));
    }
    QRectF line = row(HeapPart::Unaligned).translated(0, rowHeight() + t.px(3));
    painter.setPen(QPen(t.ink, t.px(1)));
    painter.drawLine(line.topLeft(), line.topRight());
    kit::drawTextIn(painter, bold, t.ink, line, kit::Align::Right, sumText());
    line.translate(0, rowHeight());
    kit::drawTextIn(painter, small, t.secondary, line, kit::Align::Right,
                    tr("raw heap (modelled): %1 B").arg(number(m_fragmentation.inRawHeap())));
}

QString PartsBar::tipAt(const QPointF &point) const
{
    for (const HeapPart part : allHeapParts())
        if (segment(part).contains(point) || row(part).contains(point))
            return tr("<b>%1</b>, %2 bytes, %3. %4").arg(nameOf(part), number(bytesOf(m_fragmentation, part)),
                                                         percent(bytesOf(m_fragmentation, part), m_fragmentation.inArenas()), sentenceOf(part));
    if (point.y() > row(HeapPart::Unaligned).bottom() + rowHeight())
        return tr("Requests of 0 or more than 512 bytes go to the C library. Its heap is modelled, not CPython's: %1 bytes asked for, "
                  "%2 in headers and rounding, %3 free.")
            .arg(number(m_fragmentation.rawRequested), number(m_fragmentation.rawHeadersAndRounding), number(m_fragmentation.rawFree));
    return {};
}

bool PartsBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace pyrena
