#include "ui/figures/collector/collectorscene.h"

#include <QLocale>

#include <algorithm>

// What the collections so far cost, and how much lay about meanwhile.
namespace pyrena::collector {

namespace {

constexpr double kHeading = 24, kText = 16;

QString number(double n) { return QLocale(QLocale::English).toString(qlonglong(n)); }

// Made by the program, and able to hold others. What the interpreter makes in passing is left out, except tuples.
bool container(const ObjectInfo &info)
{
    switch (info.kind) {
    case TypeKind::List: case TypeKind::Tuple: case TypeKind::Dict: case TypeKind::Set: case TypeKind::FrozenSet: case TypeKind::Instance:
    case TypeKind::Function: case TypeKind::Type: case TypeKind::Cell: case TypeKind::Generator:
        return info.ordinal > 0;
    default:
        return false;
    }
}

} // namespace

History readHistory(const Trace &trace)
{
    History history;
    history.collections = timelineMarks(trace).collections;
    history.memory = memorySeries(trace, 1024);
    std::vector<std::uint32_t> deaths;
    for (const ObjectInfo &info : trace.objects)
        if (info.diedAt != ObjectInfo::kNever && info.diedAt > 0 && container(info))
            deaths.push_back(info.diedAt);
    std::sort(deaths.begin(), deaths.end());
    auto collection = history.collections.begin();
    for (const std::uint32_t death : deaths) {
        while (collection != history.collections.end() && collection->end <= death)
            ++collection;
        const bool inside = collection != history.collections.end() && collection->begin <= death;
        (inside ? history.freedByCollector : history.freedByCounting).push_back(death);
    }
    return history;
}

void addPauses(CollectorScene &scene, const History &history, const FigureInput &input, const QRectF &area)
{
    const Theme &theme = input.theme;
    PausePanel &panel = scene.pauses;
    std::uint64_t most = 1;   // of the whole run: the scale stays
    for (const TimelineMarks::Collection &c : history.collections)
        most = std::max(most, c.visits);
    panel.title = Words::tr("Pauses");
    panel.heading = QRectF(area.left(), area.top(), area.width(), theme.px(kHeading - 2));
    panel.plot = QRectF(area.left(), area.top() + theme.px(kHeading), area.width(), area.height() - theme.px(kHeading));
    const QStringList notes{Words::tr("bars: looks at objects, at most %1 \u00b7 dashed: live objects, at most %2"),
                            Words::tr("bars: looks \u00b7 dashed: objects, at most %2"),
                            Words::tr("bars: looks \u00b7 dashed: objects")};
    const QFont small = theme.font(12.5);
    const double room = area.width() - kit::textWidth(theme.font(13, QFont::DemiBold), panel.title) - theme.px(12);
    for (const QString &note : notes) {
        panel.note = note;
        panel.note.replace(QLatin1String("%1"), number(double(most))).replace(QLatin1String("%2"), number(history.memory.maxObjects));
        if (kit::textWidth(small, panel.note) <= room)
            break;
    }

    const double end = std::max(1u, input.trace->changeCount());
    const auto xOf = [&](std::uint32_t position) { return panel.plot.left() + panel.plot.width() * position / end; };
    const double high = panel.plot.height() - theme.px(kText);
    double textEnd = -1e9;
    for (const TimelineMarks::Collection &c : history.collections) {
        if (c.end > input.position)
            break;
        PausePanel::Bar bar;
        const double height = std::max(theme.px(2), high * double(c.visits) / double(most));
        const double width = std::max(theme.px(5), xOf(c.end) - xOf(c.begin));
        bar.rect = QRectF(std::min(xOf(c.begin), panel.plot.right() - width), panel.plot.bottom() - height, width, height);
        const QString text = number(double(c.visits));
        const double wide = kit::textWidth(theme.font(11.5), text) + 1;
        bar.textRect = QRectF(std::clamp(bar.rect.center().x() - wide / 2, panel.plot.left(), panel.plot.right() - wide),
                              bar.rect.top() - theme.px(kText), wide, theme.px(kText - 1));
        if (bar.textRect.left() > textEnd + theme.px(6)) {
            bar.text = text;
            textEnd = bar.textRect.right();
        }
        scene.hits.push_back({{}, collectionSentence(*input.trace, c), bar.rect.adjusted(-1, -2, 1, 0)});
        panel.bars.push_back(bar);
    }
    const MemorySeries &memory = history.memory;
    const auto yOf = [&](double objects) { return panel.plot.bottom() - high * objects / std::max(1.0, memory.maxObjects); };
    for (std::size_t i = 0; i < memory.positions.size() && memory.positions[i] <= input.position; ++i) {
        if (!panel.objects.isEmpty())
            panel.objects << QPointF(xOf(memory.positions[i]), panel.objects.back().y());
        panel.objects << QPointF(xOf(memory.positions[i]), yOf(memory.objects[i]));
    }
    if (!panel.objects.isEmpty())
        panel.objects << QPointF(xOf(input.position), panel.objects.back().y());
}

void paintPauses(QPainter &p, const PausePanel &panel, const Theme &t)
{
    if (!panel.shown())
        return;
    const QFont bold = t.font(13, QFont::DemiBold);
    kit::drawTextIn(p, bold, t.ink, panel.heading, kit::Align::Left, panel.title);
    kit::drawTextIn(p, t.font(12.5), t.secondary, panel.heading.adjusted(kit::textWidth(bold, panel.title) + t.px(12), 0, 0, 0),
                    kit::Align::Left, panel.note);
    p.setPen(kit::solidPen(t, t.line, 1.4));
    p.drawLine(panel.plot.bottomLeft(), panel.plot.bottomRight());
    for (const PausePanel::Bar &bar : panel.bars)
        kit::roundedBox(p, bar.rect, t.px(1.5), t.monochrome ? t.panel : mixed(t.danger, t.panel, 0.5), kit::solidPen(t, t.monochrome ? t.ink : t.dangerText, 1));
    QPen line(t.monochrome ? t.ink : t.goodText, t.px(1.6), Qt::DashLine);
    p.setPen(line);
    p.setBrush(Qt::NoBrush);
    p.drawPolyline(panel.objects);
    for (const PausePanel::Bar &bar : panel.bars) {
        if (bar.text.isEmpty())
            continue;
        p.setPen(Qt::NoPen);   // the line may run below it
        p.setBrush(t.panel);
        p.drawRect(bar.textRect);
        kit::drawTextIn(p, t.font(11.5), t.dangerText, bar.textRect, kit::Align::Center, bar.text);
    }
}

} // namespace pyrena::collector
