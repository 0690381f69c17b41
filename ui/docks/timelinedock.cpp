#include "ui/docks/timelinedock.h"

#include "core/memory/replay.h"
#include "ui/playhead.h"
#include "ui/views/scrubber.h"
#include "ui/views/timelineplot.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace pyrena {

TimelineDock::TimelineDock(Shared shared, SeriesSource &source, QWidget *parent)
    : PanelDock(QStringLiteral("timeline"), tr("Timeline"), shared, parent)
{
    m_plot = new TimelinePlot(shared, source, this);
    m_plot->setToolTip(tr("Solid: bytes in use (left scale). Dashed: live objects (right scale). Click or drag to go there."));
    m_scrubber = new Scrubber(shared, this);
    body()->setSpacing(0);
    body()->setContentsMargins(8, 0, 8, 4);
    body()->addWidget(m_plot, 1);
    body()->addWidget(m_scrubber);
    const auto align = [this] { m_scrubber->setMargins(m_plot->leftMargin(), m_plot->rightMargin()); };
    connect(m_plot, &TimelinePlot::marginsChanged, this, align);
    connect(m_plot, &TimelinePlot::positionClicked, this, [this](double x) {
        m_shared.playhead.seek(m_scrubber->positionAt(x));
    });
    connect(m_scrubber, &Scrubber::pointedAt, this, [this](const QString &sentence) {
        if (sentence.isEmpty())
            showPlace();
        else
            setInfo(sentence);
    });
    align();
    connect(&shared.playhead, &Playhead::traceChanged, this, &TimelineDock::showPlace);
    connect(&shared.playhead, &Playhead::moved, this, &TimelineDock::showPlace);
    connect(&shared.playhead, &Playhead::granularityChanged, this, &TimelineDock::showPlace);
    showPlace();
}

void TimelineDock::showPlace()
{
    const Playhead &p = m_shared.playhead;
    if (!p.hasTrace()) {
        setInfo(QString());
        return;
    }
    const Stops &stops = p.trace().stops;
    const QLocale locale;
    if (const auto &replay = p.replay()) {
        setInfo(tr("bytes in use · request %1 of %2 · line %3 of the file")
                    .arg(locale.toString(qulonglong(replay->requestsAt(p.position()))), locale.toString(qulonglong(replay->report.header.ops)),
                         locale.toString(replay->lineAt(p.position()))));
        return;
    }
    QString place = tr("step %1 of %2").arg(locale.toString(stops.indexOf(p.position(), p.granularity())),
                                            locale.toString(stops.count(p.granularity()) - 1));
    if (p.position() > 0) {
        const StepId statement = p.trace().steps.statementOf(p.trace().steps.stepAt(p.position() - 1));
        if (statement && p.trace().steps[statement].span.begin.line > 0)
            place += tr(" · line %1").arg(p.trace().steps[statement].span.begin.line);
    }
    setInfo(tr("bytes in use (solid), live objects (dashed) · %1").arg(place));
}

} // namespace pyrena
