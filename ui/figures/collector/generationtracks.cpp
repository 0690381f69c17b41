#include "ui/figures/collector/collectorscene.h"

#include <QLocale>

#include <algorithm>

// Generations as trains with meters.
namespace pyrena::collector {

namespace {

constexpr double kTrackHeight = 44, kCompactHeight = 28, kHeading = 28, kNameWidth = 92, kMeterWidth = 190, kCar = 17, kCarGap = 4;

QString nameOf(const Track &track, bool incremental)
{
    switch (track.role) {
    case TrackRole::Increment: return Words::tr("increment");
    case TrackRole::Pending: return Words::tr("pending");
    case TrackRole::Visited: return Words::tr("visited");
    case TrackRole::Generation: break;
    }
    if (incremental && track.list == GcListId::Generation0)
        return Words::tr("young");
    switch (track.list) {
    case GcListId::Generation0: return Words::tr("0 young");
    case GcListId::Generation1: return Words::tr("1");
    case GcListId::Generation2: return Words::tr("2 old");
    default: return Words::tr("frozen");
    }
}

// What an increment shall have and has, or what the next one is going to do.
QString meterOfIncrement(const Story &story)
{
    const IncrementStory &increment = story.increment;
    if (story.running() && story.generation == 1 && !increment.marks)
        return increment.wanted > 0 ? Words::tr("%1 of %2 wanted").arg(increment.size()).arg(increment.wanted) : Words::tr("the young only: none due");
    if (increment.marks)
        return story.running() ? Words::tr("none: only marks") : Words::tr("the next only marks");
    return increment.work > 0 ? Words::tr("%1 to examine").arg(QLocale().toString(qlonglong(increment.work)))
                              : Words::tr("%1 ahead of its work").arg(QLocale().toString(qlonglong(-increment.work)));
}

QString meterOf(const Track &track, const Story &story)
{
    switch (track.role) {
    case TrackRole::Increment: return meterOfIncrement(story);
    case TrackRole::Pending:
        if (story.increment.ownPending == 0)
            return Words::tr("not examined yet");
        return Words::tr("+ %1 internal").arg(QLocale().toString(qlonglong(story.increment.ownPending)));
    case TrackRole::Visited: return Words::tr("done in this cycle");
    case TrackRole::Generation: break;
    }
    switch (track.list) {
    case GcListId::Generation0: return Words::tr("%1 of %2 births").arg(track.count).arg(track.threshold);
    case GcListId::Generation1: return Words::tr("%1 of %2 collections of 0").arg(track.count).arg(track.threshold);
    case GcListId::Generation2: return Words::tr("%1 of %2 collections of 1").arg(track.count).arg(track.threshold);
    default: return Words::tr("never collected");
    }
}

} // namespace

double tracksHeight(const Story &story, const Theme &theme, bool compact)
{
    return theme.px((compact ? 0 : kHeading) + (compact ? kCompactHeight : kTrackHeight) * double(story.tracks.size()));
}

void addTracks(CollectorScene &scene, const Story &story, const FigureInput &input, const QRectF &area, bool compact)
{
    const Theme &theme = input.theme;
    double y = area.top();
    if (!compact) {
        scene.tracksTitle = story.increment.shown ? Words::tr("Young and old") : Words::tr("Generations");
        scene.tracksNote = story.increment.shown ? Words::tr("when nothing old is pending, a new cycle begins and all that was visited is pending")
                                                 : Words::tr("survivors move one track down");
        scene.tracksHeading = QRectF(area.left(), area.top(), area.width(), theme.px(kHeading - 4));
        y += theme.px(kHeading);
    }
    const double height = theme.px(compact ? kCompactHeight : kTrackHeight);
    const bool narrow = area.width() < theme.px(560);
    double name = theme.px(kNameWidth);
    if (narrow) {   // as wide as the names are, so that the rails get the rest
        name = 0;
        for (const Track &track : story.tracks)
            name = std::max(name, kit::textWidth(theme.font(13, QFont::DemiBold), nameOf(track, story.increment.shown)));
        name += theme.px(18);
    }
    const double meter = std::max(0.0, std::min(theme.px(narrow ? 150 : kMeterWidth), area.width() - name));
    for (const Track &track : story.tracks) {
        TrackRow row;
        row.name = nameOf(track, story.increment.shown);
        row.meter = meterOf(track, story);
        row.measured = track.role == TrackRole::Generation || (track.role == TrackRole::Increment && story.increment.wanted > 0);
        row.length = track.length;
        row.compact = compact;
        row.nameRect = QRectF(area.left(), y, name - theme.px(8), height - theme.px(compact ? 2 : 10));
        row.meterText = QRectF(area.left() + name, y, meter, theme.px(compact ? 17 : 18));
        row.bar = QRectF(area.left() + name, y + theme.px(compact ? 18 : 20), meter - theme.px(10), theme.px(compact ? 5 : 10));
        row.filled = track.threshold > 0 ? std::clamp(double(track.count) / double(track.threshold), 0.0, 1.0) : 0;
        row.over = track.threshold > 0 && track.count > track.threshold;
        if (track.role == TrackRole::Increment && row.measured)
            row.filled = std::clamp(double(story.increment.size()) / double(story.increment.wanted), 0.0, 1.0);
        row.changed = track.lengthChanged;
        row.examined = track.examined;
        const double left = area.left() + name + meter + theme.px(narrow ? 6 : 22);
        row.rail = QRectF(left, y + height - theme.px(compact ? 4 : 14), std::max(0.0, area.right() - left), 0);
        const double pitch = theme.px(kCar + kCarGap);
        const double countRoom = theme.px(16) + kit::textWidth(theme.font(12.5), Words::tr("+ %1").arg(track.length));
        const std::size_t fit = row.rail.width() > countRoom ? std::size_t((row.rail.width() - countRoom) / pitch) : 0;
        double x = left + theme.px(6);
        for (std::size_t i = 0; i < track.cars.size() && i < fit; ++i, x += pitch) {
            const ObjectId id = track.cars[i];
            row.cars.push_back({id, input.trace->objects[id.value].kind,
                                QRectF(x, row.rail.top() - theme.px(4 + kCar), theme.px(kCar), theme.px(kCar))});
            scene.hits.push_back({id, Words::tr("%1, in %2").arg(QString::fromStdString(input.trace->label(id)), row.name), row.cars.back().rect});
        }
        row.more = track.length > row.cars.size() ? Words::tr("+ %1").arg(track.length - row.cars.size()) : QString();
        row.moreRect = QRectF(x + theme.px(2), row.rail.top() - theme.px(4 + kCar), countRoom - theme.px(8), theme.px(kCar));
        scene.hits.push_back({{}, Words::tr("%1: %2 objects, %3").arg(row.name).arg(track.length).arg(row.meter),
                              row.nameRect.united(row.meterText)});
        scene.tracks.push_back(row);
        y += height;
    }
}

} // namespace pyrena::collector
