#pragma once

#include <QObject>

#include "app/recordingjob.h"
#include "ui/appearance.h"
#include "ui/playhead.h"
#include "ui/selection.h"

namespace pyrena {

// The same program under a second profile, in lock-step: wherever the first playhead goes, the second goes to the end of the
// same execution of the same line. What is selected in the first is selected in the second by its label.
class Comparison : public QObject
{
    Q_OBJECT
public:
    Comparison(Playhead &first, Selection &selection, Appearance &appearance, QObject *parent = nullptr);

    // Records the program under `profile` as well, on a worker, and again whenever the first gets another program.
    void compareWith(const QString &profile);
    // As the first overload of it, with the second run at hand already.
    void compareWith(std::shared_ptr<const Trace> second);
    void stop();
    bool active() const { return !m_profile.isEmpty(); }
    QString profile() const { return m_profile; }
    bool recording() const { return m_job.running(); }
    void cancel() { m_job.cancel(); }

    Shared shared() { return {m_second, m_selection, m_appearance}; }   // for views of the second

Q_SIGNALS:
    void recordingStarted(const QString &title);
    void progress(quint32 changes);
    void ready();                         // the second has its trace
    void stopped();
    void failed(const QString &why);      // and it is stopped

private:
    void recordSecond();
    void onFinished(const RecordingResult &result);
    void showSecond(std::shared_ptr<const Trace> trace);
    void follow();
    void followSelection();

    Playhead &m_first;
    Selection &m_firstSelection;
    Appearance &m_appearance;
    Playhead m_second;
    Selection m_selection;
    RecordingJob m_job;
    QString m_profile;
};

} // namespace pyrena
