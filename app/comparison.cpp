#include "app/comparison.h"

#include "ui/models/place.h"

namespace pyrena {

namespace {

ObjectId objectLabelled(const Trace &trace, const std::string &label)
{
    for (std::uint32_t id = 0; id < trace.objects.size(); ++id)
        if (trace.objects[id].ordinal > 0 && trace.label(ObjectId(id)) == label)
            return ObjectId(id);
    return {};
}

} // namespace

Comparison::Comparison(Playhead &first, Selection &selection, Appearance &appearance, QObject *parent)
    : QObject(parent), m_first(first), m_firstSelection(selection), m_appearance(appearance)
{
    connect(&m_first, &Playhead::traceChanged, this, [this] {
        if (!active())
            return;
        if (m_first.hasTrace() && !m_first.trace().recipe.source.empty())
            recordSecond();
        else
            stop();
    });
    connect(&m_first, &Playhead::moved, this, &Comparison::follow);
    connect(&m_first, &Playhead::granularityChanged, this, [this] { m_second.setGranularity(m_first.granularity()); });
    connect(&m_firstSelection, &Selection::changed, this, &Comparison::followSelection);
    connect(&m_job, &RecordingJob::progress, this, &Comparison::progress);
    connect(&m_job, &RecordingJob::finished, this, [this](const std::shared_ptr<const RecordingResult> &result) { onFinished(*result); });
}

void Comparison::compareWith(const QString &profile)
{
    if (profile == m_profile)
        return;
    m_profile = profile;
    if (m_first.hasTrace() && !m_first.trace().recipe.source.empty())
        recordSecond();
}

void Comparison::compareWith(std::shared_ptr<const Trace> second)
{
    m_profile = QString::fromStdString(second->recipe.profile);
    showSecond(std::move(second));
}

void Comparison::stop()
{
    if (!active())
        return;
    m_profile.clear();
    m_job.cancel();
    Q_EMIT stopped();
    m_second.setTrace(nullptr);
}

void Comparison::recordSecond()
{
    Recipe recipe = m_first.trace().recipe;
    recipe.profile = m_profile.toStdString();
    if (m_second.hasTrace() && m_second.trace().recipe == recipe) {
        follow();
        return;
    }
    Q_EMIT recordingStarted(m_profile);
    m_job.start(recipe);
}

void Comparison::onFinished(const RecordingResult &result)
{
    if (!active())
        return;
    if (!result.trace) {
        const QString why = result.problem ? QString::fromStdString(toString(*result.problem)) : result.internalError;
        stop();
        if (!result.cancelled)
            Q_EMIT failed(why);
        return;
    }
    showSecond(result.trace);
}

void Comparison::showSecond(std::shared_ptr<const Trace> trace)
{
    m_second.setGranularity(m_first.granularity());
    m_second.setTrace(std::move(trace));
    follow();
    followSelection();
    Q_EMIT ready();
}

void Comparison::follow()
{
    if (active() && m_first.hasTrace() && m_second.hasTrace())
        m_second.seek(positionOf(m_second.trace(), placeAt(m_first.trace(), m_first.position())));
}

void Comparison::followSelection()
{
    if (!active() || !m_first.hasTrace() || !m_second.hasTrace())
        return;
    const ObjectId object = m_firstSelection.object();
    const ObjectId same = object ? objectLabelled(m_second.trace(), m_first.trace().label(object)) : ObjectId();
    if (same)
        m_selection.select(same);
    else
        m_selection.clear();
}

} // namespace pyrena
