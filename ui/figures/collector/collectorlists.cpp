// The lists: the examined and the unreachable one, an increment and what is pending, and the queues of a collection's end.
#include "ui/figures/collector/collectorscene.h"

#include "core/explain/describe.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace pyrena::collector {

namespace {

QString labelOf(const FigureInput &input, ObjectId id) { return QString::fromStdString(input.trace->label(id)); }

QString noteOf(const Card &card)
{
    if (card.verdict == Verdict::Freed)
        return Words::tr("freed");
    if (card.verdict == Verdict::Resurrected)
        return Words::tr("alive again");
    if (card.verdict == Verdict::Cleared)
        return Words::tr("cleared");
    switch (card.finalizer) {
    case FinalizerState::Waits: return Words::tr("__del__ waits");
    case FinalizerState::Runs: return Words::tr("__del__ runs");
    case FinalizerState::Ran: return Words::tr("__del__ ran");
    case FinalizerState::None: break;
    }
    return card.weakrefsCleared ? Words::tr("weakrefs dead") : QString();
}

class ListsLayout
{
public:
    ListsLayout(CollectorScene &scene, const Story &story, const History &history, const FigureInput &input)
        : m_scene(scene), m_story(story), m_history(history), m_input(input), m_theme(input.theme) {}

    void addLists(const QRectF &area)
    {
        Row &examined = m_scene.examined, &unreachable = m_scene.unreachable;
        m_scene.tally = tally();
        if (m_story.tracing) {
            examined.title = Words::tr("objects");
            examined.subtitle = m_story.running() ? Words::tr("in the order of their birth") : Words::tr("alive, or dead and not found yet");
            examined.empty = Words::tr("none");
            unreachable.title = Words::tr("freed");
            unreachable.subtitle = Words::tr("never reached from a root");
            unreachable.empty = Words::tr("nothing yet");
            if (m_story.running() && area.height() < m_theme.px(190) && area.width() >= m_theme.px(420))
                addBeside(area);
            else
                addBoth(area, m_story.total);
            return;
        }
        if (!m_story.running()) {
            examined.title = m_story.increment.shown ? Words::tr("young") : Words::tr("generation 0");
            examined.subtitle = m_input.world->gc.manager == Manager::CountingOnly ? Words::tr("objects that could be part of a cycle")
                                                                                    : Words::tr("tracked, not seen by the collector yet");
            examined.empty = Words::tr("empty");
            placeScore(area, examined);
            fillRow(examined, area, m_story.examined, m_story.total, 0);
            return;
        }
        if (m_story.increment.gathering) {
            addGathering(area);
            return;
        }
        unreachable.title = Words::tr("unreachable");
        if (m_story.afterMarking) {
            unreachable.subtitle = Words::tr("garbage: nothing outside refers to it");
            unreachable.empty = Words::tr("nothing was unreachable");
            QString kept = m_story.survivors == 1 ? Words::tr("1 survivor") : Words::tr("%1 survivors").arg(m_story.survivors);
            if (m_story.increment.shown)
                kept += Words::tr(", now visited");
            else if (m_story.generation < 2)
                kept += Words::tr(", now in generation %1").arg(m_story.generation + 1);
            unreachable.subtitle += QStringLiteral(" \u00b7 ") + kept;
            const double upper = m_story.finalizers.empty() && m_story.weakLinks.empty() ? area.height() : shareForQueue(area);
            fillRow(unreachable, QRectF(area.left(), area.top(), area.width(), upper), m_story.unreachable, m_story.setAside,
                    importantOf(m_story.unreachable));
            if (upper < area.height())
                addQueue(area.adjusted(0, upper + m_theme.px(8), 0, 0));
            placeTally(area);
            return;
        }
        examined.title = !m_story.increment.shown     ? Words::tr("generation %1").arg(m_story.generation)
            : m_story.generation == 0                 ? Words::tr("the young")
            : m_story.generation == 1                 ? Words::tr("increment")
                                                      : Words::tr("everything");
        examined.subtitle = Words::tr("the list being examined, in its order");
        examined.empty = Words::tr("empty");
        unreachable.subtitle = Words::tr("set aside for now; may still be rescued");
        unreachable.empty = Words::tr("nothing set aside");
        addBoth(area, m_story.total - std::min(m_story.total, m_story.setAside));
    }

private:
    // Who freed how many containers up to here.
    QString score(const QString &words) const
    {
        const auto upTo = [&](const std::vector<std::uint32_t> &deaths) {
            return std::upper_bound(deaths.begin(), deaths.end(), m_input.position, [](std::uint32_t position, std::uint32_t death) { return position <= death; })
                - deaths.begin();
        };
        const QLocale locale(QLocale::English);
        return words.arg(locale.toString(qlonglong(upTo(m_history.freedByCounting))), locale.toString(qlonglong(upTo(m_history.freedByCollector))));
    }

    // Where it is narrow the score says more than what the list is.
    void placeScore(const QRectF &area, Row &row)
    {
        const QString inWords = score(Words::tr("freed: %1 by counting, %2 by collecting")), inShort = score(Words::tr("freed: %1 count, %2 gc"));
        const QString subtitle = row.subtitle;
        for (const auto &[text, beside] : {std::pair(inWords, subtitle), std::pair(inWords, QString()), std::pair(inShort, QString())}) {
            m_scene.tally = text;
            row.subtitle = beside;
            placeTally(area, row);
            if (!m_scene.tally.isEmpty())
                return;
        }
        row.subtitle = subtitle;
    }

    QString tally() const
    {
        if (!m_story.running())
            return {};
        QStringList parts;
        if (m_story.now >= 0 && m_story.now < int(m_story.phases.size()))
            if (const Phase &phase = m_story.phases[std::size_t(m_story.now)]; phase.visits > 0)
                parts << Words::tr("looked at %1 of %2").arg(phase.visited).arg(phase.visits);
        if (m_story.tracing)
            return (parts << Words::tr("freed %1").arg(m_story.freed)).join(QStringLiteral(" \u00b7 "));
        if (m_story.increment.gathering)
            return parts.join(QString());
        parts << Words::tr("set aside %1").arg(m_story.setAside) << Words::tr("rescued %1").arg(m_story.rescued);
        if (m_story.afterMarking)
            parts << Words::tr("freed %1").arg(m_story.freed);
        return parts.join(QStringLiteral(" \u00b7 "));
    }
    struct Grid { double width = 0, height = 0, gap = 0; int columns = 1, rows = 1; bool compact = false; };

    QString joinNote(const Card &card) const
    {
        return card.start ? Words::tr("old") : card.pulledBy ? Words::tr("via %1").arg(labelOf(m_input, card.pulledBy)) : QString();
    }

    double widestNote(const std::vector<Card> &cards) const
    {
        double widest = 0;
        for (const Card &card : cards)
            widest = std::max(widest, kit::textWidth(m_theme.font(12, QFont::DemiBold), noteOf(card)));
        return widest;
    }

    // The longest note that compact cards of this list may have to show before the collection ends: so their places stay.
    QString noteToCome(const std::vector<Card> &cards) const
    {
        const auto any = [&](auto has) { return std::any_of(cards.begin(), cards.end(), has); };
        if (m_story.tracing)
            return any([](const Card &card) { return card.verdict == Verdict::Freed; }) ? Words::tr("freed") : QString();
        if (!m_story.afterMarking)
            return {};
        if (any([](const Card &card) { return card.finalizer != FinalizerState::None; }))
            return Words::tr("__del__ waits");
        if (any([](const Card &card) { return card.weakrefsCleared; }))
            return Words::tr("weakrefs dead");
        return any([](const Card &card) { return card.verdict == Verdict::Resurrected; }) ? Words::tr("alive again") : Words::tr("cleared");
    }

    // Full cards if all fit into the height, else compact ones.
    Grid gridFor(double width, double height, const std::vector<Card> &cards) const
    {
        const std::size_t wanted = std::max(cards.size(), m_atOnce);
        // The longest labels are those of the highest numbers: the last ones.
        double longest = 0, line = 0;   // line: with what a compact card says after the label
        const QFont bold = m_theme.font(12, QFont::DemiBold);
        const QString dot = QStringLiteral(" \u00b7 "), later = noteToCome(cards);
        for (std::size_t i = cards.size() - std::min<std::size_t>(cards.size(), 40); i < cards.size(); ++i) {
            const QString label = labelOf(m_input, cards[i].id), joined = m_story.increment.gathering ? dot + joinNote(cards[i]) : QString();
            longest = std::max(longest, kit::textWidth(bold, label + joined));
            line = std::max(line, kit::textWidth(bold, label + joined + (later.isEmpty() ? QString() : dot + later)));
        }
        const bool noted = m_story.increment.gathering || !later.isEmpty();   // and no gc_refs beside it
        const bool withCounts = std::any_of(cards.begin(), cards.end(), [](const Card &card) { return card.showsGcRefs; });   // beside gc_refs
        const auto grid = [&](bool compact, bool withNotes = true) {
            Grid g;
            g.compact = compact;
            const double full = std::clamp(std::max(longest + m_theme.px(42), widestNote(cards) + m_theme.px(26)), m_theme.px(132), m_theme.px(210));
            const double beside = m_theme.px(!later.isEmpty() ? 44 : withCounts ? 86 : 62), text = withNotes ? line : longest;
            g.width = std::min(compact ? std::clamp(text + beside, m_theme.px(104), m_theme.px(noted ? 240 : 190)) : full, width);
            g.height = m_theme.px(compact ? 28 : 74);
            g.gap = m_theme.px(compact ? 11 : 16);
            g.columns = std::max(1, int((width + g.gap) / (g.width + g.gap)));
            g.rows = std::max(1, int((height + g.gap) / (g.height + g.gap)));
            return g;
        };
        const Grid full = grid(m_story.tracing);   // without counts a label is all there is
        if (std::size_t(full.columns) * std::size_t(full.rows) >= wanted && full.height <= height)
            return full;
        const Grid compact = grid(true);
        if (std::size_t(compact.columns) * std::size_t(compact.rows) >= wanted)
            return compact;
        return grid(true, false);   // rather all of them without what is said of each
    }

    void fillRow(Row &row, const QRectF &area, const std::vector<Card> &cards, std::size_t total, std::size_t important)
    {
        const double head = m_theme.px(24);
        if (area.height() < head)
            return;
        if (cards.size() < kMostCards)   // all of them were read
            total = cards.size();
        row.heading = QRectF(area.left(), area.top(), area.width(), head);
        const QRectF body = area.adjusted(0, head + m_theme.px(4), 0, 0);
        if (body.height() < m_theme.px(28)) {   // no card fits: their number has to do
            row.subtitle = cards.empty() ? row.empty : cards.size() == 1 ? Words::tr("1 object") : Words::tr("%1 objects").arg(total);
            row.empty.clear();
            return;
        }
        const Grid grid = gridFor(body.width(), body.height(), cards);
        if (grid.columns * grid.rows == 1 && total > 1)
            row.subtitle = Words::tr("one of %1 is shown").arg(total);
        const std::size_t places = std::size_t(grid.columns) * std::size_t(grid.rows);
        std::size_t first = 0, count = cards.size();
        if (total > places) {
            const std::size_t shown = places > 2 ? places - 2 : 1;   // two places say how many there are before and after
            first = important > shown / 2 ? std::min(important - shown / 2, cards.size() - std::min(cards.size(), shown)) : 0;
            count = std::min(shown, cards.size() - first);
            if (places > 2 && important + 1 < places) {   // at an end of the list one of the two is enough
                first = 0;
                count = std::min(places - 1, cards.size());
            } else if (places > 2 && cards.size() == total && important + places > total) {
                count = places - 1;
                first = total - count;
            }
        }
        std::size_t place = 0;
        const auto rectOf = [&](std::size_t i) {
            return QRectF(body.left() + double(i % std::size_t(grid.columns)) * (grid.width + grid.gap),
                          body.top() + double(i / std::size_t(grid.columns)) * (grid.height + grid.gap), grid.width, grid.height);
        };
        if (first > 0 && places > 2)
            row.more.push_back({rectOf(place++), Words::tr("%1 before").arg(first)});
        for (std::size_t i = first; i < first + count; ++i)
            row.cards.push_back(boxOf(cards[i], rectOf(place++), grid.compact));
        if (places <= 2 && count < total && place < places)   // one place for all others
            row.more.push_back({rectOf(place), Words::tr("%1 more").arg(total - count)});
        else if (first + count < total && places > 2)
            row.more.push_back({rectOf(place++), Words::tr("%1 more").arg(total - first - count)});
    }

    CardBox boxOf(const Card &card, const QRectF &rect, bool compact)
    {
        CardBox box;
        box.card = card;
        box.rect = rect;
        box.compact = compact;
        box.type = m_input.trace->objects[card.id.value].kind;
        box.title = labelOf(m_input, card.id);
        if (card.verdict != Verdict::Freed && !m_story.tracing)
            box.count = QString::number(shownRefcount(*m_input.trace, *m_input.world, card.id));
        box.note = m_story.increment.gathering ? joinNote(card) : m_story.afterMarking || m_story.tracing ? noteOf(card) : QString();
        m_scene.hits.push_back({card.id, cardSentence(card, m_input), rect});
        return box;
    }

    static std::size_t importantOf(const std::vector<Card> &cards)
    {
        for (std::size_t i = 0; i < cards.size(); ++i)
            if (cards[i].current)
                return i;
        for (std::size_t i = 0; i < cards.size(); ++i)
            if (cards[i].verdict == Verdict::Waiting)
                return i;
        return 0;
    }

    // An increment that marks, or is being put together.
    void addGathering(const QRectF &area)
    {
        Row &upper = m_scene.examined, &lower = m_scene.unreachable;
        const IncrementStory &increment = m_story.increment;
        if (increment.marks) {
            upper.title = Words::tr("not met");
            upper.subtitle = Words::tr("young and pending; what stays here waits for the next increments");
            lower.title = Words::tr("met from the roots");
            lower.subtitle = Words::tr("in use: this cycle need not look at them again");
        } else {
            upper.title = Words::tr("increment");
            upper.subtitle = sizeOfIncrement();
            lower.title = Words::tr("pending");
            lower.subtitle = Words::tr("old, for a later increment of this cycle");
        }
        upper.empty = lower.empty = Words::tr("empty");
        addTwo(area, m_story.examined, m_story.total, m_story.second, m_story.second.size());
    }

    QString sizeOfIncrement() const
    {
        const IncrementStory &increment = m_story.increment;
        const bool filling = std::any_of(m_story.phases.begin(), m_story.phases.end(), [](const Phase &phase) {
            return phase.kind == StepKind::FillIncrement && phase.when != Phase::When::Later;
        });
        if (!filling)
            return Words::tr("it begins with the young");
        QString text = Words::tr("%1 of %2 wanted: %3 young, %4 old").arg(increment.size()).arg(increment.wanted).arg(increment.young).arg(increment.old);
        if (increment.own > 0)
            text += Words::tr(", %1 of the interpreter\u2019s own").arg(increment.own);
        return text;
    }

    void addTwo(const QRectF &area, const std::vector<Card> &first, std::size_t firstTotal, const std::vector<Card> &second, std::size_t secondTotal)
    {
        const double upper = shareOfFirst(area, first.size(), second.size());
        fillRow(m_scene.examined, QRectF(area.left(), area.top(), area.width(), upper - m_theme.px(10)), first, firstTotal, importantOf(first));
        fillRow(m_scene.unreachable, QRectF(area.left(), area.top() + upper, area.width(), area.height() - upper), second, secondTotal, importantOf(second));
    }

    double shareForQueue(const QRectF &area) const
    {
        const double row = m_theme.px(24 + 4 + 74 + 14);
        if (area.height() < 2 * m_theme.px(kLeastRow))   // no room for two
            return area.height();
        return std::max(shareOfFirst(area, m_story.unreachable.size(), std::max(m_story.finalizers.size(), m_story.weakLinks.size())),
                        std::min(row, area.height() / 2));
    }

    // Weak references snap before __del__ is called; from then on the finalizers are what waits.
    void addQueue(const QRectF &area)
    {
        Row &queue = m_scene.queue;
        if (!m_story.finalizers.empty()) {
            queue.title = Words::tr("finalizers");
            queue.subtitle = Words::tr("__del__ is called in this order, once for each object");
            fillRow(queue, area, m_story.finalizers, m_story.finalizers.size(), nextFinalizer());
            for (std::size_t i = 0; i < queue.cards.size(); ++i)
                for (std::size_t place = 0; place < m_story.finalizers.size(); ++place)
                    if (m_story.finalizers[place].id == queue.cards[i].card.id)
                        queue.cards[i].title = QStringLiteral("%1. %2").arg(place + 1).arg(queue.cards[i].title);
            return;
        }
        queue.title = Words::tr("weak references");
        queue.subtitle = Words::tr("those to garbage are cleared first, then their callbacks are called");
        std::vector<Card> cards;
        for (const WeakLink &link : m_story.weakLinks) {
            cards.emplace_back();
            cards.back().id = link.reference;
            cards.back().current = link.now || link.callback == WeakLink::Callback::Runs;
        }
        fillRow(queue, area, cards, cards.size(), importantOf(cards));
        for (CardBox &box : queue.cards)
            for (const WeakLink &link : m_story.weakLinks)
                if (link.reference == box.card.id)
                    showLink(box, link);
    }

    void showLink(CardBox &box, const WeakLink &link)
    {
        box.link = labelOf(m_input, link.target);
        box.snapped = link.cleared;
        box.count.clear();
        switch (link.callback) {
        case WeakLink::Callback::None: box.note = link.cleared ? Words::tr("dead") : Words::tr("to be cleared"); break;
        case WeakLink::Callback::Waits: box.note = link.cleared ? Words::tr("callback waits") : Words::tr("to be cleared"); break;
        case WeakLink::Callback::Runs: box.note = Words::tr("callback runs"); break;
        case WeakLink::Callback::Ran: box.note = Words::tr("has called back"); break;
        }
        for (FigureHit &hit : m_scene.hits)
            if (hit.rect == box.rect)
                hit.sentence = Words::tr("%1, a weak reference to %2: %3").arg(box.title, box.link, box.note);
    }

    std::size_t nextFinalizer() const
    {
        std::size_t next = 0;
        while (next + 1 < m_story.finalizers.size() && m_story.finalizers[next].finalizer == FinalizerState::Ran)
            ++next;
        return next;
    }

    double shareOfFirst(const QRectF &area, std::size_t first, std::size_t second) const
    {
        const double least = m_theme.px(kLeastRow);
        const double share = double(first + 2) / double(first + second + 4);
        return std::clamp(area.height() * share, std::min(area.height() / 2, least * 1.6), std::max(area.height() / 2, area.height() - least * 1.6));
    }

    // Of a manager without counts, where there is no height for one below the other.
    void addBeside(const QRectF &area)
    {
        const double left = area.width() * 0.64;
        const QRectF right = area.adjusted(left + m_theme.px(14), 0, 0, 0);
        fillRow(m_scene.examined, QRectF(area.left(), area.top(), left, area.height()), m_story.examined, m_story.total, importantOf(m_story.examined));
        fillRow(m_scene.unreachable, right, m_story.unreachable, m_story.setAside, importantOf(m_story.unreachable));
        m_scene.unreachable.subtitle.clear();
        placeTally(right);
    }

    // Each list as much of the height as its cards ask for.
    void addBoth(const QRectF &area, std::size_t total)
    {
        Row &examined = m_scene.examined, &unreachable = m_scene.unreachable;
        if (m_story.tracing && !m_story.running()) {
            unreachable.title.clear();
            fillRow(examined, area, m_story.examined, total, importantOf(m_story.examined));
            return;
        }
        const double upper = shareOfFirst(area, m_story.examined.size(), m_story.unreachable.size());
        if (!m_story.tracing)   // cards keep their form while they go from one list to the other
            m_atOnce = m_story.examined.size() + m_story.unreachable.size();
        std::vector<Card> cards = m_story.examined;
        const bool ghost = m_story.movedOut && m_story.movedOutIndex <= cards.size();
        if (ghost) {
            Card gone;
            gone.id = m_story.movedOut;
            cards.insert(cards.begin() + std::ptrdiff_t(m_story.movedOutIndex), gone);
        }
        fillRow(examined, QRectF(area.left(), area.top(), area.width(), upper - m_theme.px(10)), cards,
                std::max(cards.size(), total), ghost ? m_story.movedOutIndex : importantOf(cards));
        fillRow(unreachable, QRectF(area.left(), area.top() + upper, area.width(), area.height() - upper), m_story.unreachable,
                m_story.setAside, importantOf(m_story.unreachable));
        placeTally(area);
        if (ghost)
            takeGhost();
    }

    // The card that stands for what left the list becomes a dashed place with an arrow to where it went.
    void takeGhost()
    {
        auto &cards = m_scene.examined.cards;
        const auto from = std::find_if(cards.begin(), cards.end(), [&](const CardBox &b) { return b.card.id == m_story.movedOut; });
        const auto &aside = m_scene.unreachable.cards;
        const auto to = std::find_if(aside.begin(), aside.end(), [&](const CardBox &b) { return b.card.id == m_story.movedOut; });
        if (from == cards.end())
            return;
        m_scene.movedGhost = from->rect;
        m_scene.moved = m_story.movedOut;
        cards.erase(from);
        if (to == aside.end())
            return;
        // Down through the gap below its row, then into the card from above.
        const QPointF begin(m_scene.movedGhost.center().x(), m_scene.movedGhost.bottom() + m_theme.px(3));
        const QPointF end(to->rect.center().x(), to->rect.top() - m_theme.px(5));
        const bool direct = std::none_of(cards.begin(), cards.end(), [&](const CardBox &b) { return b.rect.top() > begin.y() - 1; });
        if (!direct || end.y() < begin.y() || to->rect.top() > aside.front().rect.top() + 1)
            return;
        QPainterPath path(begin);
        const double bend = (end.y() - begin.y()) * 0.55;
        path.cubicTo(begin + QPointF(0, bend), end - QPointF(0, bend), end);
        QRectF words = m_scene.unreachable.heading;
        words.setWidth(headingWidth(m_scene.unreachable));
        for (int i = 0; i <= 40; ++i)
            if (words.contains(path.pointAtPercent(i / 40.0)) || m_scene.tallyRect.contains(path.pointAtPercent(i / 40.0)))
                return;
        m_scene.movedArrow = path;
    }

    double headingWidth(const Row &row) const
    {
        return kit::textWidth(m_theme.font(13.5, QFont::DemiBold), row.title) + m_theme.px(12)
            + kit::textWidth(m_theme.font(12.5), row.subtitle);
    }

    // At the right end of the lists' last heading, where there is room.
    void placeTally(const QRectF &area)
    {
        if (m_scene.unreachable.heading.isNull())
            m_scene.tally.clear();
        else
            placeTally(area, m_scene.unreachable);
    }
    void placeTally(const QRectF &area, const Row &row)
    {
        const QFont font = m_theme.font(12.5);
        const double wide = kit::textWidth(font, m_scene.tally) + 1;
        const double top = row.heading.isNull() ? area.top() : row.heading.top();
        if (area.height() >= m_theme.px(24) && headingWidth(row) + wide + m_theme.px(14) <= area.width())
            m_scene.tallyRect = QRectF(area.right() - wide, top, wide, m_theme.px(24));
        else
            m_scene.tally.clear();
    }

    CollectorScene &m_scene;
    const Story &m_story;
    const History &m_history;
    const FigureInput &m_input;
    const Theme &m_theme;
    std::size_t m_atOnce = 0;   // so many cards a list must have room for
};

} // namespace

QString verdictWord(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Waiting: return Words::tr("not looked at yet");
    case Verdict::Looked: return Words::tr("looked at");
    case Verdict::Reachable: return Words::tr("reachable");
    case Verdict::SetAside: return Words::tr("set aside, for now");
    case Verdict::Garbage: return Words::tr("unreachable");
    case Verdict::Resurrected: return Words::tr("alive again");
    case Verdict::Cleared: return Words::tr("its references are cleared");
    case Verdict::Freed: return Words::tr("freed");
    }
    return {};
}

QString cardSentence(const Card &card, const FigureInput &input)
{
    QString text = Words::tr("%1: %2").arg(labelOf(input, card.id), verdictWord(card.verdict));
    if (card.mark)
        return Words::tr("%1: %2").arg(labelOf(input, card.id), *card.mark == GcMark::Black ? Words::tr("black, done")
                                       : *card.mark == GcMark::Grey ? Words::tr("grey, reached") : Words::tr("white, not reached"));
    if (card.verdict != Verdict::Freed && input.world->gc.counts())
        text += Words::tr(", count %1").arg(shownRefcount(*input.trace, *input.world, card.id));
    if (card.showsGcRefs && card.verdict <= Verdict::SetAside)
        text += Words::tr(", gc_refs %1").arg(card.gcRefs);
    if (card.rescued)
        text += Words::tr(", was rescued");
    if (const QString note = noteOf(card); !note.isEmpty() && card.verdict == Verdict::Garbage)
        text += QStringLiteral(", ") + note;
    if (card.start)
        text += Words::tr(", an old object that joined the increment by itself");
    else if (card.pulledBy)
        text += Words::tr(", an old object that joined the increment because %1 refers to it").arg(labelOf(input, card.pulledBy));
    return text;
}
void addLists(CollectorScene &scene, const Story &story, const History &history, const FigureInput &input, const QRectF &area)
{
    ListsLayout(scene, story, history, input).addLists(area);
}

} // namespace pyrena::collector
