#include "ui/figures/objects/objectsfigure.h"

#include "core/explain/describe.h"

#include <algorithm>

// Hits, reading order, sentences and the camera.
namespace pyrena::objects {

namespace {
constexpr double kZoomMin = 0.1, kZoomMax = 8;
} // namespace

QString ObjectsFigure::sentenceOf(const Box &box) const
{
    if (box.kind == Box::Kind::Globals)
        return QObject::tr("globals, names: %1").arg(box.rows.size());
    if (box.kind == Box::Kind::Frame)
        return box.note.isEmpty() ? QObject::tr("frame of %1").arg(box.title) : QObject::tr("frame of %1, %2").arg(box.title, box.note);
    QString text = box.title;
    if (box.fate == Fate::Gone)
        return QObject::tr("%1, gone in this step").arg(text);
    const QString value = QString::fromStdString(shortValue(*m_input.trace, *m_input.world, box.id));
    if (!value.isEmpty() && !text.endsWith(value))
        text += QStringLiteral(" ") + value;
    if (!box.count.isEmpty())
        text += QObject::tr(", count %1").arg(box.count);
    if (box.mark)
        text += *box.mark == GcMark::Black ? QObject::tr(", black: done") : *box.mark == GcMark::Grey ? QObject::tr(", grey: reached")
                                                                                                     : QObject::tr(", white: not reached");
    if (box.generation >= 0)
        text += QObject::tr(", generation %1").arg(box.generation);
    if (box.immortal)
        text += QObject::tr(", immortal");
    if (box.kept)
        text += QObject::tr(", alive only through the selected one");
    if (box.garbage)
        text += QObject::tr(", garbage: no name leads to it");
    if (box.fate == Fate::New)
        text += QObject::tr(", new in this step");
    return text;
}

FigureHit ObjectsFigure::hitOf(const Box &box) const
{
    FigureHit hit;
    if (box.kind == Box::Kind::Node)
        hit.what = box.id;
    hit.sentence = sentenceOf(box);
    hit.rect = toCanvas(box.rect);
    return hit;
}

FigureHit ObjectsFigure::hitOf(const Box &box, const Row &row) const
{
    FigureHit hit;
    hit.rect = toCanvas(row.rect);
    if (row.target)
        hit.what = row.target;
    const QString target = row.target ? QString::fromStdString(describe(*m_input.trace, *m_input.world, row.target)) : QString();
    if (row.fate == Fate::Gone)
        hit.sentence = QObject::tr("%1 of %2, removed in this step").arg(row.label, box.title);
    else if (row.rest)
        hit.sentence = QObject::tr("%1 of %2").arg(row.label, box.title);
    else if (row.cell)
        hit.sentence = QObject::tr("value stack of %1: %2").arg(box.title, target);
    else if (!row.target)
        hit.sentence = QObject::tr("%1 in %2 is not bound").arg(row.label, box.title);
    else if (box.kind == Box::Kind::Node)
        hit.sentence = row.weak ? QObject::tr("%1 watches %2 without holding it").arg(box.title, target)
                                : QObject::tr("%1 %2 refers to %3").arg(box.title, row.label, target);
    else
        hit.sentence = QObject::tr("name %1 in %2 refers to %3").arg(row.label, box.title, target);
    if (row.staleOf && row.fate != Fate::Gone)
        hit.sentence += QObject::tr("; stale: it was the id of %1, which has moved").arg(QString::fromStdString(m_input.trace->label(row.staleOf)));
    return hit;
}

FigureHit ObjectsFigure::hit(const QPointF &point) const
{
    if (!m_input.trace)
        return {};
    if (m_chip.hit.rect.contains(point))
        return m_chip.hit;
    if (!m_port.contains(point))
        return {};
    const QPointF at = (point - m_offset) / m_scale;
    for (auto box = m_scene.boxes.rbegin(); box != m_scene.boxes.rend(); ++box) {
        if (!box->rect.adjusted(-3, -3, 3, 3).contains(at))
            continue;
        // In a node the row names the slot but the node is selected; a name selects what it refers to.
        for (const Row &row : box->rows) {
            if (!row.rect.contains(at))
                continue;
            FigureHit hit = hitOf(*box, row);
            if (box->kind == Box::Kind::Node)
                hit.what = box->id;
            return hit;
        }
        return hitOf(*box);
    }
    return {};
}

std::vector<FigureHit> ObjectsFigure::items() const
{
    std::vector<FigureHit> items;
    if (!m_input.trace)
        return items;
    for (const Box &box : m_scene.boxes) {
        items.push_back(hitOf(box));
        if (box.kind == Box::Kind::Node)
            continue;
        for (const Row &row : box.rows)
            if (!row.label.isEmpty() && !row.cell)
                items.push_back(hitOf(box, row));
    }
    if (!m_chip.text.isEmpty())
        items.push_back(m_chip.hit);
    return items;
}

QString ObjectsFigure::summary() const
{
    if (!m_input.trace)
        return {};
    int names = 0, nodes = 0, garbage = 0, born = 0, died = 0;
    for (const Box &box : m_scene.boxes) {
        if (box.kind == Box::Kind::Node) {
            nodes += box.fate != Fate::Gone;
            born += box.fate == Fate::New;
            died += box.fate == Fate::Gone;
            garbage += box.garbage;
        } else {
            for (const Row &row : box.rows)
                names += row.fate != Fate::Gone && !row.cell && !row.rest;
        }
    }
    QStringList parts{QObject::tr("names: %1").arg(names), QObject::tr("objects: %1").arg(nodes)};
    if (born > 0)
        parts << QObject::tr("new in this step: %1").arg(born);
    if (died > 0)
        parts << QObject::tr("gone in this step: %1").arg(died);
    if (garbage > 0)
        parts << QObject::tr("unreachable: %1").arg(garbage);
    if (m_scene.temporaries > 0)
        parts << QObject::tr("temporaries hidden: %1").arg(m_scene.temporaries);
    if (m_scene.hidden > 0)
        parts << QObject::tr("not drawn: %1").arg(m_scene.hidden);
    QString text = parts.join(QStringLiteral(", ")) + QLatin1Char('.');
    if (!m_caption.isEmpty())
        text += QLatin1Char(' ') + m_caption.lines.join(QLatin1Char(' ')) + QLatin1Char('.');
    for (const Box &box : m_scene.boxes)
        if (box.kind == Box::Kind::Node && (box.changed || box.fate != Fate::Same))
            text += QLatin1Char(' ') + sentenceOf(box) + QLatin1Char('.');
    return text;
}

Camera ObjectsFigure::zoomed(const Camera &now, double factor, const QPointF &around) const
{
    Q_UNUSED(now)   // the last layout knows where a fitted camera is
    const double text = m_input.theme.textScale;
    const double scale = std::clamp(m_scale * factor, kZoomMin * text, kZoomMax * text);
    const QPointF fixed = (around - m_offset) / m_scale;
    const QPointF offset = around - fixed * scale;
    return {(m_port.center() - offset) / scale, scale / text, false};
}

Camera ObjectsFigure::panned(const Camera &now, const QPointF &delta) const
{
    Q_UNUSED(now)
    return {(m_port.center() - m_offset - delta) / m_scale, m_scale / m_input.theme.textScale, false};
}

Camera ObjectsFigure::cameraFor(const Selected &what, const Camera &now) const
{
    const auto *object = std::get_if<ObjectId>(&what);
    const auto found = object ? m_scene.boxOf.find(object->value) : m_scene.boxOf.end();
    if (found == m_scene.boxOf.end())
        return now;
    const QRectF rect = m_scene.boxes[found->second].rect;
    if (m_port.contains(toCanvas(rect)))
        return now;
    return {rect.center(), m_scale / m_input.theme.textScale, false};
}

Camera ObjectsFigure::enter(const QPointF &point, const Camera &now) const
{
    const QPointF at = (point - m_offset) / m_scale;
    for (const Box &box : m_scene.boxes)
        if (box.rect.contains(at))
            return {box.rect.center(), std::max(1.6, m_scale / m_input.theme.textScale), false};
    return now;
}

Camera ObjectsFigure::leave(const Camera &now) const
{
    Q_UNUSED(now)
    return {};
}

} // namespace pyrena::objects
