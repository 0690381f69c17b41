#include "ui/figures/objects/objectsfigure.h"

#include "core/explain/describe.h"
#include "core/explain/explain.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace pyrena {

std::unique_ptr<Figure> makeObjectsFigure() { return std::make_unique<objects::ObjectsFigure>(); }

namespace objects {

namespace {

// The scene's text is 13 px at scale 1; below 0.7 it could not be read, above 1.35 a small picture looks lost in itself.
constexpr double kSmallest = 0.7, kLargest = 1.35, kZoomMin = 0.1, kZoomMax = 8;

} // namespace

QString ObjectsFigure::title() const { return QObject::tr("Objects"); }

Look ObjectsFigure::look() const
{
    Look look;
    look.theme = m_input.theme;
    look.theme.textScale = 1;
    look.level = m_input.level;
    look.animation = m_input.animation;
    if (const auto *object = std::get_if<ObjectId>(&m_input.selected))
        look.selected = *object;
    return look;
}

void ObjectsFigure::prepare(const FigureInput &input)
{
    const Trace &trace = *input.trace;
    const Key key{&trace, trace.changeCount(), static_cast<std::uint32_t>(trace.objects.size()),
                  std::hash<std::string>()(trace.recipe.source + '\n' + trace.recipe.profile), std::clamp(input.level, 2, 4)};
    if (!(key == m_key)) {
        const bool sameTrace = m_key.trace == key.trace && m_key.changes == key.changes && m_key.recipe == key.recipe;
        m_key = key;
        m_places = std::make_unique<Places>(trace, key.level);
        m_previousAt = m_wayAt = 0xffffffffu;
        if (!sameTrace) {
            m_before.reset();
            m_staleIds = std::make_unique<StaleIds>(trace);
        }
    }
    const std::uint32_t begin = std::min(input.stepBegin, input.position);
    if (begin != m_previousAt || m_previousLevel != input.level || m_previousGranularity != input.granularity) {
        // Not owned: the input keeps the trace alive as long as it is shown.
        if (!m_before)
            m_before = std::make_unique<Timeline>(std::shared_ptr<const Trace>(&trace, [](const Trace *) {}));
        m_previous = takePicture(trace, m_before->seek(begin), begin, *m_places, *m_staleIds, input.level, input.granularity);
        m_previousAt = begin;
        m_previousLevel = input.level;
        m_previousGranularity = input.granularity;
    }
}

void ObjectsFigure::layout(const FigureInput &input, const QSizeF &size, const Camera &camera)
{
    m_input = input;
    m_size = size;
    m_scene = {};
    m_caption = {};
    if (!input.trace || !input.world)
        return;
    prepare(input);
    m_scene = takePicture(*input.trace, *input.world, input.position, *m_places, *m_staleIds, input.level, input.granularity);
    if (input.stepBegin < input.position)
        markChanges(m_scene, m_previous);
    for (Box &box : m_scene.boxes)   // not drawn any more, but alive: a constant that only the code still holds
        if (box.kind == Box::Kind::Node && box.fate == Fate::Gone && !box.count.isEmpty() && input.world->object(box.id).alive())
            box.count = QString::number(shownRefcount(*input.trace, *input.world, box.id));
    for (Box &box : m_scene.boxes) {
        if (input.focus.isEmpty())
            break;
        box.focused |= box.title == input.focus;
        for (const Row &row : box.rows)
            if (box.kind != Box::Kind::Node && row.label == input.focus && row.arrow)
                if (const auto target = m_scene.boxOf.find(row.target.value); target != m_scene.boxOf.end())
                    m_scene.boxes[target->second].focused = true;
    }
    routeArrows(m_scene);
    if (const ObjectId selected = look().selected) {
        if (m_wayAt != input.position || m_wayOf != selected) {
            m_way = wayTo(*input.world, selected);
            m_wayAt = input.position;
            m_wayOf = selected;
        }
        markWay(m_scene, m_way, selected);
    }

    const Theme &theme = input.theme;
    m_legend = legendFor(m_scene, theme, input.level);
    const double header = kit::headerHeight(theme), legend = kit::legendHeight(theme, m_legend, size.width());
    m_legendRect = QRectF(0, size.height() - legend, size.width(), legend);
    m_port = QRectF(0, header, size.width(), std::max(1.0, size.height() - header - legend));
    m_header.title = title();
    m_header.right = QString::fromUtf8(input.trace->profile->title.data(), qsizetype(input.trace->profile->title.size()));
    const StepId step = input.position > 0 ? input.trace->steps.stepAt(input.position - 1) : StepId();
    const std::uint32_t line = step ? input.trace->steps[step].span.begin.line : 0;
    m_header.breadcrumb = line > 0 ? QObject::tr("%1, line %2").arg(QString::fromStdString(input.trace->recipe.fileName)).arg(line)
                                   : QString::fromStdString(input.trace->recipe.fileName);
    if (m_scene.hidden > 0)
        m_header.breadcrumb += QObject::tr(" \u00b7 %1 more not drawn").arg(m_scene.hidden);
    placeTheChip();
    aim(camera);
    placeTheCaption(input);
}

// At the right end of the header, which gives way.
void ObjectsFigure::placeTheChip()
{
    const Theme &theme = m_input.theme;
    m_chip = {};
    m_headerRect = QRectF(0, 0, m_size.width(), m_port.top());
    if (m_scene.temporaries == 0)
        return;
    const auto hidden = static_cast<int>(m_scene.temporaries);
    m_chip.text = hidden == 1 ? QObject::tr("1 temporary hidden") : QObject::tr("%1 temporaries hidden").arg(hidden);
    m_chip.hit.sentence = QObject::tr("%1: objects that the interpreter made for itself, such as iterators and the tuples of a call's "
                                      "arguments, and what only they hold. Steps by operation show them: click to switch.").arg(m_chip.text);
    m_chip.hit.command = FigureCommand::StepByOperation;
    const double pad = theme.px(12), mark = theme.px(16), right = m_size.width() - theme.px(20);
    const double width = std::min(kit::textWidth(theme.font(12.5), m_chip.text) + mark + 2 * pad, right - theme.px(20));
    m_chip.hit.rect = QRectF(right - width, m_port.top() / 2 - theme.px(11), width, theme.px(24));
    m_headerRect.setRight(m_chip.hit.rect.left() + theme.px(4));
}

void ObjectsFigure::paintChip(QPainter &painter) const
{
    if (m_chip.text.isEmpty())
        return;
    const Theme &theme = m_input.theme;
    const QRectF &rect = m_chip.hit.rect;
    kit::roundedBox(painter, rect, rect.height() / 2, theme.panel, kit::solidPen(theme, theme.secondary, 1.2));
    // A dashed box: something that is there and not drawn.
    const QRectF mark(rect.left() + theme.px(11), rect.center().y() - theme.px(5), theme.px(11), theme.px(10));
    QPen dashed(theme.secondary, theme.px(1.3), Qt::CustomDashLine, Qt::FlatCap);
    dashed.setDashPattern({2.2, 1.6});
    kit::roundedBox(painter, mark, theme.px(2), Qt::NoBrush, dashed);
    kit::drawTextIn(painter, theme.font(12.5), theme.ink, QRectF(mark.right() + theme.px(6), rect.top(), rect.right() - mark.right() - theme.px(16), rect.height()),
                    kit::Align::Left, m_chip.text);
}

// What a learner should see: the changed thing, or what is focused or selected.
QRectF ObjectsFigure::changedRect() const
{
    QRectF rect;
    for (const Box &box : m_scene.boxes) {
        if (box.focused || (look().selected && box.id == look().selected && rect.isNull()))
            return box.rect;
        if (box.changed || box.fate != Fate::Same)
            rect |= box.rect;
        for (const Row &row : box.rows)
            if (row.changed || row.fate != Fate::Same)
                rect |= row.rect;
    }
    return rect;
}

void ObjectsFigure::aim(const Camera &camera)
{
    const double text = m_input.theme.textScale;
    const QRectF extent = m_scene.extent;
    if (!camera.fitted) {
        m_scale = std::clamp(camera.zoom, kZoomMin, kZoomMax) * text;
        m_offset = m_port.center() - camera.center * m_scale;
        return;
    }
    const double side = (m_port.width() < 400 * text ? 5 : 12) * text;   // half a stage has just room for names and the first column
    const QRectF port = m_port.adjusted(side, 4 * text, -side, -4 * text);
    const double fit = std::min(port.width() / extent.width(), port.height() / extent.height());
    m_scale = std::clamp(fit, kSmallest * text, kLargest * text);
    const QSizeF shown = extent.size() * m_scale;
    const QRectF changed = changedRect();
    // One axis: centred when it fits; else scrolled by half pages until the changed thing is in view.
    const auto along = [](double begin, double room, double content, double wantedBegin, double wantedEnd, double share) {
        if (content <= room || room < 1)
            return begin + (room - content) * share;
        double scroll = 0;
        const double page = room / 2;
        if (wantedEnd > room) {   // as few half pages as show its end, but never past its begin
            const double pages = std::ceil((wantedEnd - room) / page);
            scroll = page * std::max(0.0, std::min(pages, std::floor(wantedBegin / page)));
        }
        return begin - std::min(scroll, std::max(0.0, content - room));
    };
    const double left = along(port.left(), port.width(), shown.width(), (changed.left() - extent.left()) * m_scale,
                              changed.isNull() ? 0 : (changed.right() + 8 - extent.left()) * m_scale, 0.5);
    const double top = along(port.top(), port.height(), shown.height(), (changed.top() - extent.top()) * m_scale,
                             changed.isNull() ? 0 : (changed.bottom() + 20 - extent.top()) * m_scale, 0.3);
    m_offset = QPointF(left, top) - extent.topLeft() * m_scale;
}

QRectF ObjectsFigure::toCanvas(const QRectF &rect) const
{
    return QRectF(rect.topLeft() * m_scale + m_offset, rect.size() * m_scale);
}

// The boxes a caption may stand at: that of the innermost step's subject, or what changed most.
std::vector<std::size_t> ObjectsFigure::captionBoxes(const FigureInput &input) const
{
    const Trace &trace = *input.trace;
    if (input.position > 0 && input.granularity != Granularity::Line) {
        for (StepId id = trace.steps.stepAt(input.position - 1); id; id = trace.steps[id].parent) {
            const Step &step = trace.steps[id];
            if (step.begin < input.stepBegin)
                break;
            const auto found = m_scene.boxOf.find(step.subject.value);
            if (step.subject && found != m_scene.boxOf.end())
                return {found->second};
        }
    }
    std::vector<std::size_t> best;
    int bestRank = 1;
    for (std::size_t i = 0; i < m_scene.boxes.size(); ++i) {
        const Box &box = m_scene.boxes[i];
        int rank = box.countChanged ? 2 : box.changed ? 1 : 0;
        if (box.kind != Box::Kind::Node && box.fate == Fate::Same)
            rank = 0;
        else if (box.fate == Fate::Gone)
            rank = 4;
        else if (box.fate == Fate::New)
            rank = 3;
        constexpr std::size_t kMostTried = 6;
        if (rank > bestRank) {
            bestRank = rank;
            best.clear();
        }
        if (rank == bestRank && best.size() < kMostTried)
            best.push_back(i);
    }
    return best;
}

void ObjectsFigure::placeTheCaption(const FigureInput &input)
{
    QString text = input.caption;
    if (text.isEmpty() && input.stepBegin < input.position)
        text = QString::fromStdString(explainPosition(*input.trace, input.position, input.granularity));
    if (text.isEmpty())
        return;

    std::vector<QRectF> avoid;
    std::vector<QPolygonF> lines;
    const double badge = 14 * m_scale;
    for (const Box &box : m_scene.boxes)
        avoid.push_back(toCanvas(box.rect).adjusted(-4, -badge, badge, 5));
    for (const Arrow &arrow : m_scene.arrows) {
        if (!arrow.label.isNull())
            avoid.push_back(toCanvas(arrow.label));
        if (!m_port.intersects(toCanvas(arrow.bounds)))
            continue;
        QPolygonF line;
        for (const QPointF &point : arrow.samples)
            line << point * m_scale + m_offset;
        lines.push_back(line);
    }
    const double pad = m_input.theme.px(10);
    const QRectF within = m_port.adjusted(pad, 2, -pad, -2);
    const auto tryAt = [&](const QRectF &target) {
        const kit::Caption caption = kit::placeCaption(m_input.theme, text, target, within, avoid, lines);
        if (m_caption.isEmpty() || caption.cost < m_caption.cost)
            m_caption = caption;
    };
    for (const std::size_t box : captionBoxes(input)) {
        const QRectF target = toCanvas(m_scene.boxes[box].rect).adjusted(-6, -6, 6, 6);
        if (!within.intersects(target))
            continue;
        const QRectF own = std::exchange(avoid[box], target.adjusted(5, 5, -5, -5));   // its badge may be near
        tryAt(target);
        avoid[box] = own;
    }
    if (m_caption.isEmpty())
        for (const Box &box : m_scene.boxes)
            for (const Row &row : box.rows)
                if ((row.changed || row.fate != Fate::Same) && m_caption.isEmpty() && within.contains(toCanvas(row.rect)))
                    tryAt(box.kind == Box::Kind::Node ? toCanvas(box.rect)   // at the frame's edge, as high as the row
                                                      : toCanvas(QRectF(box.rect.left(), row.rect.top(), box.rect.width(), row.rect.height())).adjusted(-9, 0, 9, 0));
    if (m_caption.isEmpty()) {   // about nothing that is drawn
        tryAt(QRectF(within.left() + within.width() / 2, within.bottom() - 1, 1, 1));
        m_caption.pointer.clear();
    }
}

void ObjectsFigure::paint(QPainter &painter) const
{
    if (!m_input.trace || !m_input.world)
        return;
    const Theme &theme = m_input.theme;
    painter.save();
    painter.translate(m_offset);
    painter.scale(m_scale, m_scale);
    Look shown = look();
    shown.visible = QRectF((m_port.topLeft() - m_offset) / m_scale, m_port.size() / m_scale).adjusted(-2, -2, 2, 2);
    paintScene(painter, m_scene, shown);
    painter.restore();
    kit::paintCaption(painter, theme, m_caption);
    // Ground under header and legend: a scene that was zoomed or panned reaches under them, and nothing is clipped.
    painter.setPen(Qt::NoPen);
    painter.fillRect(QRectF(0, 0, m_size.width(), m_port.top()), theme.panel);
    painter.fillRect(m_legendRect, theme.panel);
    kit::paintHeader(painter, theme, m_header, m_headerRect);
    paintChip(painter);
    painter.setPen(kit::solidPen(theme, theme.line, 1));
    painter.drawLine(m_legendRect.topLeft(), m_legendRect.topRight());
    kit::paintLegend(painter, theme, m_legend, m_legendRect);
}

} // namespace objects
} // namespace pyrena
