#include "ui/docks/recordingdock.h"

#include "core/memory/replay.h"
#include "ui/playhead.h"
#include "ui/style.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

namespace pyrena {

namespace {

QString number(std::uint64_t n) { return QLocale().toString(qulonglong(n)); }
QString text(const std::string &s) { return QString::fromStdString(s); }

QString sizeText(std::uint64_t bytes)
{
    return bytes >= (1u << 20) ? QObject::tr("%1 MiB").arg(bytes >> 20) : QObject::tr("%1 KiB").arg(bytes >> 10);
}

QLabel *wrapped(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

QString shortenedText(const RecordedReplay &replay)
{
    if (replay.trace->outcome != Outcome::LimitReached)
        return {};
    return RecordingDock::tr("Only the first %1 of %2 requests are shown: this is as long as the window keeps every step "
                             "(%3 changes). Everything up to there can be stepped through.")
        .arg(number(replay.eventEnds.size()), number(replay.report.header.ops), number(replay.trace->changeCount()));
}

RecordingDock::RecordingDock(Shared shared, QWidget *parent)
    : PanelDock(QStringLiteral("recording"), tr("Recording"), shared, parent)
{
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("What was recorded"));
    body()->addWidget(m_scroll, 5);
    m_marksTitle = new QLabel(tr("Marks, by request"), this);
    m_marksTitle->setContentsMargins(6, 0, 4, 0);
    body()->addWidget(m_marksTitle);
    m_marks = new QListWidget(this);
    m_marks->setObjectName(QStringLiteral("marks"));
    m_marks->setAccessibleName(tr("Marks in the life of the process"));
    m_marks->setToolTip(tr("A click goes there"));
    m_marks->setWordWrap(true);
    m_marks->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_marks->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    body()->addWidget(m_marks, 3);
    const auto goTo = [this](const QListWidgetItem *item) { m_shared.playhead.seek(item->data(Qt::UserRole).toUInt()); };
    connect(m_marks, &QListWidget::itemClicked, this, goTo);
    connect(m_marks, &QListWidget::itemActivated, this, goTo);
    connect(&shared.playhead, &Playhead::traceChanged, this, &RecordingDock::onTraceChanged);
    connect(&shared.playhead, &Playhead::moved, this, &RecordingDock::showPlace);
    connect(&shared.appearance, &Appearance::themeChanged, this, &RecordingDock::rebuild);
    onTraceChanged();
}

void RecordingDock::onTraceChanged()
{
    m_facts.clear();
    m_marks->clear();
    const RecordedReplay *replay = m_shared.playhead.replay().get();
    setInfo(replay ? QFileInfo(text(replay->trace->recipe.fileName)).fileName() : QString());
    if (replay) {
        const ReplayReport &r = replay->report;
        const TraceHeader &h = r.header;
        if (r.exact())
            m_facts.push_back({tr("result"), tr("no difference: every block lies where CPython put it"), true});
        else
            m_facts.push_back({tr("result"), tr("%n difference(s) between CPython and the model", nullptr, static_cast<int>(std::min<std::uint64_t>(r.mismatches, 2'000'000'000))), false, true});
        for (const std::string &first : r.first)
            m_facts.push_back({QString(), text(first), false, true});
        if (const QString shortened = shortenedText(*replay); !shortened.isEmpty())
            m_facts.push_back({tr("shown"), shortened, false, true});
        m_facts.push_back({tr("program"), text(h.program)});
        m_facts.push_back({tr("Python"), text(h.python)});
        m_facts.push_back({tr("platform"), tr("64 bits; the file names no system")});   // its pool headers are of 48 bytes
        m_facts.push_back({tr("requests"), tr("%1, for %2 blocks").arg(number(h.ops), number(h.ids))});
        m_facts.push_back({tr("placed"), tr("%1 in pools, %2 in the raw heap (where is not recorded)").arg(number(h.small), number(h.raw))});
        m_facts.push_back({tr("layout"), tr("arenas of %1, pools of %2, steps of %3 B").arg(sizeText(h.arena), sizeText(h.pool)).arg(h.align)});
        m_facts.push_back({tr("arenas"), tr("%1 made, %2 released").arg(number(r.arenasMade), number(r.arenasReleased))});
        m_facts.push_back({tr("compared"), tr("%1 placements, %2 arena events, %3 statistics, %4 whole heaps")
                                               .arg(number(r.placements), number(r.arenasMade + r.arenasReleased),
                                                    number(r.statisticsChecked), number(r.hashesChecked))});
        for (const RecordedMark &mark : replay->marks) {
            auto *item = new QListWidgetItem(tr("%1: %2").arg(number(replay->requestsAt(mark.position)), text(markSentence(mark.phase))), m_marks);
            item->setData(Qt::UserRole, mark.position);
        }
    }
    rebuild();
}

void RecordingDock::rebuild()
{
    setRole(*m_marksTitle, "section");
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(6, 0, 4, 0);
    column->setSpacing(6);
    if (m_facts.empty()) {
        QLabel *empty = wrapped(tr("What was recorded stands here when a recording of a real process is open."), page);
        setRole(*empty, "faint");
        column->addWidget(empty);
        m_place = nullptr;
    } else {
        m_place = wrapped(QString(), page);
        setRole(*m_place, "section");
        column->addWidget(m_place);
        auto *grid = new QGridLayout;
        grid->setHorizontalSpacing(12);
        grid->setVerticalSpacing(3);
        grid->setColumnStretch(1, 1);
        int row = 0;
        for (const Fact &fact : m_facts) {
            auto *label = new QLabel(fact.label, page);
            setRole(*label, "secondary");
            QLabel *value = wrapped(fact.value, page);
            value->setAccessibleName(fact.label + QStringLiteral(": ") + fact.value);
            setRole(*value, fact.good ? "good" : fact.bad ? "danger" : "plain");
            grid->addWidget(label, row, 0, Qt::AlignTop | Qt::AlignLeft);
            grid->addWidget(value, row, 1, Qt::AlignTop);
            ++row;
        }
        column->addLayout(grid);
    }
    column->addStretch(1);
    if (QWidget *old = m_scroll->takeWidget())
        old->deleteLater();
    m_scroll->setWidget(page);
    m_marksTitle->setVisible(m_marks->count() > 0);
    m_marks->setVisible(m_marks->count() > 0);
    showPlace();
}

void RecordingDock::showPlace()
{
    const Playhead &p = m_shared.playhead;
    if (!m_place || !p.replay())
        return;
    const std::uint64_t done = p.replay()->requestsAt(p.position());
    m_place->setText(done == 0 ? tr("Before the first request")
                               : tr("Request %1 of %2, line %3 of the file")
                                     .arg(number(done), number(p.replay()->report.header.ops), number(p.replay()->lineAt(p.position()))));
}

} // namespace pyrena
