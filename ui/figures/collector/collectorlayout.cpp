#include "ui/figures/collector/collectorscene.h"

#include "core/explain/describe.h"
#include "core/explain/explain.h"
#include "core/lesson/moment.h"

#include <algorithm>
#include <cmath>

// Header, phases, sentence and legend, and where everything else goes.
namespace pyrena::collector {

namespace {

QString labelOf(const FigureInput &input, ObjectId id) { return QString::fromStdString(input.trace->label(id)); }

// CPython's name of the phase, with underscores.
QString nameOf(StepKind kind)
{
    const char *name = phaseName(kind);
    return QString::fromLatin1(name ? name : "");
}

class Layout
{
public:
    Layout(CollectorScene &scene, const Story &story, const History &history, const FigureInput &input, const QSizeF &size)
        : m_scene(scene), m_story(story), m_history(history), m_input(input), m_theme(input.theme), m_size(size) {}

    void run()
    {
        m_scene.size = m_size;
        m_scene.collecting = m_story.tracing && m_input.world->gc.collecting;
        header();
        const double margin = m_theme.px(m_size.width() >= m_theme.px(600) ? 20 : 12);
        const double width = m_size.width() - 2 * margin;
        double y = kit::headerHeight(m_theme);
        if (width < m_theme.px(120) || m_size.height() < m_theme.px(120))
            return;
        if (!m_story.phases.empty()) {
            chips(QRectF(margin, y, width, m_theme.px(32)));
            y += m_theme.px(32 + 6);
        }
        m_scene.sentence = sentence();
        m_scene.sentenceLines = kit::wrapped(m_theme.font(13.5), m_scene.sentence, width, width < m_theme.px(460) ? 4 : 2);
        const double sentenceHeight = m_theme.px(20) * double(std::max<qsizetype>(1, m_scene.sentenceLines.size())) + m_theme.px(2);
        m_scene.sentenceRect = QRectF(margin, y, width, sentenceHeight);
        y += sentenceHeight + m_theme.px(6);

        legend();
        double legendHeight = kit::legendHeight(m_theme, m_scene.legend, m_size.width());
        const auto below = m_story.tracing ? spacesHeight : tracksHeight;
        if (m_size.height() - legendHeight - y < m_theme.px(2 * kLeastRow + 20) + below(m_story, m_theme, true)) {   // lists and trains come first
            m_scene.legend.clear();
            legendHeight = 0;
        }
        if (!m_scene.legend.empty())
            m_scene.legendRect = QRectF(0, m_size.height() - legendHeight, m_size.width(), legendHeight);
        double bottom = m_size.height() - legendHeight - m_theme.px(m_scene.legend.empty() ? 12 : 6);
        const bool compact = bottom - y - below(m_story, m_theme, false) < m_theme.px(250);
        const double tracks = below(m_story, m_theme, compact);
        if (bottom - y - tracks >= m_theme.px(110)) {
            const QRectF room(margin, bottom - tracks, width, tracks);
            if (m_story.tracing)
                addSpaces(m_scene, m_story, m_input, room, compact);
            else
                addTracks(m_scene, m_story, m_input, room, compact);
            bottom -= tracks + m_theme.px(10);
        }
        const double pauses = m_theme.px(kPausesHeight);
        if (!m_story.running() && !m_history.collections.empty() && bottom - y >= pauses + m_theme.px(70)) {
            addPauses(m_scene, m_history, m_input, QRectF(margin, bottom - pauses, width, pauses));
            bottom -= pauses + m_theme.px(10);
        }
        QRectF lists(margin, y, width, bottom - y);
        // Marks are easier to follow in the graph than in a list of labels: it comes before their columns.
        const bool marks = m_story.tracing && m_story.running();
        if (width >= m_theme.px(marks ? 520 : 840) && lists.height() >= m_theme.px(marks ? 130 : 190) && !m_story.graph.members.empty()) {
            const double side = marks ? width * (width < m_theme.px(840) ? 0.5 : 0.4) : std::min(width * 0.36, lists.height() * 1.5);
            if (addGraph(m_scene, m_story, m_input, QRectF(lists.right() - side, lists.top(), side, lists.height())))
                lists.setRight(lists.right() - side - m_theme.px(28));
        }
        addLists(m_scene, m_story, m_history, m_input, lists);
    }

private:
    void header()
    {
        m_scene.header.title = Words::tr("Collector");
        m_scene.header.right = QString::fromUtf8(m_input.trace->profile->title.data(), qsizetype(m_input.trace->profile->title.size()));
        if (!m_story.running()) {
            m_scene.header.breadcrumb = countingOnly() ? Words::tr("this Python has none") : m_story.enabled ? Words::tr("no collection is running") : Words::tr("switched off by gc.disable()");
            return;
        }
        QStringList parts{Words::tr("collection %1").arg(m_story.number)};
        if (m_story.increment.shown)
            parts << (m_story.generation == 0 ? Words::tr("the young") : m_story.generation == 1 ? Words::tr("an increment") : Words::tr("everything"));
        else if (!m_story.tracing)
            parts << Words::tr("generation %1").arg(m_story.generation);
        if (m_story.line > 0)
            parts << (!m_story.automatic ? Words::tr("asked for in line %1")
                      : m_story.tracing  ? Words::tr("started by a full heap, line %1")
                                         : Words::tr("started by a counter, line %1")).arg(m_story.line);
        m_scene.header.breadcrumb = parts.join(QStringLiteral(" \u00b7 "));
    }

    static constexpr double kTwoLines = 10.5;

    // Broken after the underscore that leaves the shortest longer line.
    static QString inTwoLines(const QString &name)
    {
        qsizetype best = -1;
        const auto longer = [&](qsizetype at) { return std::max(at + 1, name.size() - at - 1); };
        for (qsizetype at = name.indexOf(QLatin1Char('_')); at >= 0; at = name.indexOf(QLatin1Char('_'), at + 1))
            if (best < 0 || longer(at) < longer(best))
                best = at;
        return best < 0 ? name : name.left(best + 1) + QLatin1Char('\n') + name.mid(best + 1);
    }

    // Every phase gets its name if that fits; else only the current one does and the others share the rest.
    void chips(const QRectF &area)
    {
        const double gap = m_theme.px(3);
        std::vector<double> widths;
        double sum = 0;
        const double room = area.width() - gap * double(m_story.phases.size() - 1);
        for (const auto &[size, pad] : {std::pair(12.0, 26.0), std::pair(11.0, 22.0)}) {   // a smaller face before names go
            m_scene.chipFont = size;
            widths.clear();
            sum = 0;
            for (const Phase &phase : m_story.phases) {
                widths.push_back(kit::textWidth(m_theme.monoFont(size, QFont::DemiBold), nameOf(phase.kind)) + m_theme.px(pad));
                sum += widths.back();
            }
            if (sum <= room)
                break;
        }
        // Then in two lines, broken at an underscore.
        std::vector<QString> names;
        for (const Phase &phase : m_story.phases)
            names.push_back(nameOf(phase.kind));
        if (sum > room) {
            const QFont font = m_theme.monoFont(kTwoLines, QFont::DemiBold);
            std::vector<double> narrow;
            std::vector<QString> broken;
            double total = 0;
            for (const QString &name : names) {
                broken.push_back(inTwoLines(name));
                double widest = 0;
                for (const QString &line : broken.back().split(QLatin1Char('\n')))
                    widest = std::max(widest, kit::textWidth(font, line));
                narrow.push_back(widest + m_theme.px(19));
                total += narrow.back();
            }
            if (total <= room) {
                widths = std::move(narrow);
                names = std::move(broken);
                sum = total;
                m_scene.chipFont = kTwoLines;
            }
        }
        const bool all = sum <= room;
        const int named = std::clamp(m_story.now, 0, int(widths.size()) - 1);
        const double rest = widths.size() > 1 ? (room - widths[std::size_t(named)]) / double(widths.size() - 1) : 0;
        double x = area.left();
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const Phase &phase = m_story.phases[i];
            const bool shown = all || int(i) == named;
            const double width = all ? widths[i] + (room - sum) / double(widths.size()) : int(i) == named ? widths[i] : rest;
            Chip chip{QRectF(x, area.top(), width, area.height()), shown ? names[i] : QString(), phase.when, {}};
            chip.sentence = QString::fromStdString(explainStep(*m_input.trace, phase.step));
            if (phase.visits > 0)
                chip.sentence += Words::tr(" (objects looked at: %1 of %2)").arg(phase.visited).arg(phase.visits);
            m_scene.hits.push_back({{}, chip.sentence, chip.rect});
            m_scene.chips.push_back(chip);
            x += width + gap;
        }
    }

    bool countingOnly() const { return m_input.world->gc.manager == Manager::CountingOnly; }

    QString sentence() const
    {
        if (!m_input.caption.isEmpty())
            return m_input.caption;
        if (m_story.tracing && !m_story.running())
            return Words::tr("Nothing is counted: an object that nobody holds stays until the next collection.");
        if (m_story.running() && m_input.position > 0) {
            if (m_story.now >= int(m_story.phases.size()) && m_story.result)
                return m_story.freed == 1 ? Words::tr("The collection is over: 1 object freed.")
                                          : Words::tr("The collection is over: %1 objects freed.").arg(m_story.freed);
            return visitSentence();
        }
        if (countingOnly())
            return Words::tr("Nobody collects here: what counting does not free stays for ever.");
        if (!m_story.enabled)
            return Words::tr("Automatic collection is off: only gc.collect() collects.");
        const Track &youngest = m_story.tracks.front();
        if (youngest.threshold == 0)
            return Words::tr("The threshold is 0: only gc.collect() collects.");
        if (m_story.increment.shown)
            return m_story.increment.marks
                ? Words::tr("An increment starts when more than %1 tracked objects were born than died. The next one marks what is in use and frees nothing.").arg(youngest.threshold)
                : Words::tr("An increment starts when more than %1 tracked objects were born than died. It examines the young and a piece of what is pending.").arg(youngest.threshold);
        return Words::tr("A collection starts when more than %1 tracked objects were born than died since the last one.").arg(youngest.threshold);
    }

    // Why move_unreachable does what it does with the object of this step; else what everybody says of the step.
    QString visitSentence() const
    {
        const bool marking = m_story.now >= 0 && m_story.now < int(m_story.phases.size())
            && m_story.phases[std::size_t(m_story.now)].kind == StepKind::MoveUnreachable;
        if (marking && m_story.current) {
            const QString label = labelOf(m_input, m_story.current);
            if (m_story.movedOut == m_story.current)
                return Words::tr("gc_refs of %1 is 0: every reference to it seems to come from inside this list. It is set aside.").arg(label);
            const std::int32_t refs = m_input.world->object(m_story.current).gcRefs;
            if (refs > 0)
                return Words::tr("gc_refs of %1 is %2: it is held from outside, or by something that is. It stays, and so does what it refers to.").arg(label).arg(refs);
        }
        if (m_story.increment.gathering && m_story.current) {
            const QString label = labelOf(m_input, m_story.current);
            return m_story.increment.marks ? Words::tr("%1 is in use: it counts as visited, and what it refers to is met as well.").arg(label)
                                           : Words::tr("%1 joined the increment, and everything pending that it refers to joins as well.").arg(label);
        }
        if (m_story.current && m_story.now >= 0 && m_story.now < int(m_story.phases.size())
            && m_story.phases[std::size_t(m_story.now)].kind == StepKind::SubtractRefs)
            return Words::tr("%1 is looked at: what it refers to in this list loses one of its gc_refs for each reference.").arg(labelOf(m_input, m_story.current));
        if (m_story.tracing && m_story.current && m_story.now >= 0 && m_story.now < int(m_story.phases.size()))
            if (const QString told = tracingSentence(m_story.phases[std::size_t(m_story.now)].kind, m_story.current); !told.isEmpty())
                return told;
        const QString said = QString::fromStdString(explainPosition(*m_input.trace, m_input.position, m_input.granularity));
        const QString whole = QString::fromStdString(explainStep(*m_input.trace, m_story.collection));
        if (said.startsWith(whole) && m_story.now >= 0 && m_story.now < int(m_story.phases.size()))   // its phase says more
            return QString::fromStdString(explainStep(*m_input.trace, m_story.phases[std::size_t(m_story.now)].step));
        return said;
    }

    // What a manager without counts does with the object of this step; empty where its step says it all.
    QString tracingSentence(StepKind phase, ObjectId id) const
    {
        const QString label = labelOf(m_input, id);
        if (m_input.trace->objects[id.value].kind == TypeKind::Frame && phase != StepKind::Sweep)
            return Words::tr("A running call is looked at: what its names refer to is reached.");
        switch (phase) {
        case StepKind::MarkReachable: case StepKind::ScanRemembered:
            return Words::tr("%1 is looked at: what it refers to is reached (grey), and %1 is done (black).").arg(label);
        case StepKind::ScanCopies:
            return Words::tr("%1 is scanned: what it refers to is copied, and %1 is done (black).").arg(label);
        case StepKind::Sweep:
            return m_input.world->object(id).alive() ? Words::tr("%1 was reached: it stays, and is white again for the next time.").arg(label)
                                                     : Words::tr("%1 was never reached from a root: it is freed.").arg(label);
        case StepKind::ComputeForwarding:
            for (std::uint32_t i = m_input.stepBegin; i < m_input.position; ++i)
                if (const auto set = m_input.trace->changeAs<change::ForwardingSet>(i); set && set->object == id)
                    return Words::tr("%1 will lie at 0x%2, close behind what is before it.").arg(label).arg(set->to.value, 0, 16);
            return {};
        case StepKind::UpdatePointers:
            return Words::tr("What %1 refers to will move: its references get the new addresses.").arg(label);
        case StepKind::SlideObjects:
            for (std::uint32_t i = m_input.stepBegin; i < m_input.position; ++i)
                if (const auto moved = m_input.trace->changeAs<change::ObjectMoved>(i); moved && moved->object == id)
                    return Words::tr("%1 slides from 0x%2 to 0x%3: the id it had is stale.").arg(label).arg(moved->before.value, 0, 16)
                        .arg(moved->after.value, 0, 16);
            return Words::tr("The second block of %1 slides along.").arg(label);
        default: return {};
        }
    }

    void legend()
    {
        const Theme theme = m_theme;
        const auto add = [&](const QString &text, std::function<void(QPainter &, const QRectF &)> mark) {
            m_scene.legend.push_back({text, std::move(mark)});
        };
        if (m_story.tracing) {
            addTracingLegend(m_scene, m_story, theme);
            return;
        }
        if (!m_story.running())   // no list is being made
            return;
        if (m_story.increment.gathering && m_story.increment.marks) {
            addMarkLegend(m_scene, theme);
            return;
        }
        add(Words::tr("reachable: kept"), [theme](QPainter &p, const QRectF &r) {
            kit::roundedBox(p, r, theme.px(4), mixed(theme.good, theme.panel, 0.15), kit::solidPen(theme, theme.good));
        });
        add(m_story.afterMarking ? Words::tr("unreachable: garbage") : Words::tr("set aside, for now"), [theme](QPainter &p, const QRectF &r) {
            kit::roundedBox(p, r, theme.px(4), theme.panel, Qt::NoPen);
            kit::hatch(p, theme, r, theme.faint, 4);
            kit::roundedBox(p, r, theme.px(4), Qt::NoBrush, kit::ghostPen(theme));
        });
        if (!m_story.afterMarking) {   // small cards have no room for the words
            add(Words::tr("count"), [theme](QPainter &p, const QRectF &r) {
                const QRectF circle(r.center().x() - r.height() / 2, r.top(), r.height(), r.height());
                kit::roundedBox(p, circle, r.height() / 2, theme.panel, kit::solidPen(theme, theme.ink, 1.2));
                kit::drawTextIn(p, theme.font(10.5, QFont::Bold), theme.ink, circle, kit::Align::Center, QStringLiteral("1"));
            });
            add(Words::tr("gc_refs"), [theme](QPainter &p, const QRectF &r) {
                kit::roundedBox(p, r, theme.px(4), theme.monochrome ? theme.panel : mixed(theme.good, theme.panel, 0.16),
                                theme.monochrome ? kit::solidPen(theme, theme.ink) : QPen(Qt::NoPen));
                kit::drawTextIn(p, theme.font(10.5, QFont::Bold), theme.monochrome ? theme.ink : theme.goodText, r, kit::Align::Center, QStringLiteral("1"));
            });
        }
        add(Words::tr("looked at in this step"), [theme](QPainter &p, const QRectF &r) {
            kit::roundedBox(p, r, theme.px(4), theme.panel, QPen(theme.attention, theme.px(3)));
        });
        add(Words::tr("not looked at yet"), [theme](QPainter &p, const QRectF &r) {
            kit::roundedBox(p, r, theme.px(4), theme.panel, kit::solidPen(theme, theme.ink));
        });
    }

    CollectorScene &m_scene;
    const Story &m_story;
    const History &m_history;
    const FigureInput &m_input;
    const Theme &m_theme;
    const QSizeF m_size;
};

} // namespace

CollectorScene layOut(const Story &story, const History &history, const FigureInput &input, const QSizeF &size)
{
    CollectorScene scene;
    Layout(scene, story, history, input, size).run();
    return scene;
}

} // namespace pyrena::collector
