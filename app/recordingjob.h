#pragma once

#include <QObject>
#include <QString>

#include "core/lesson/placedlesson.h"
#include "core/record.h"

#include <memory>
#include <optional>
#include <thread>

namespace pyrena {

// What a recording was made of, and what came out. Exactly one of trace and problem is there, unless it was cancelled.
struct RecordingResult
{
    Recipe recipe;
    std::optional<Lesson> lesson;               // when the program is a lesson's
    std::shared_ptr<const Trace> trace;
    PlacedLesson placed;                        // of the lesson in the trace
    std::optional<Diagnostic> problem;
    QString internalError;                      // Pyrena itself is wrong
    bool cancelled = false;
};

// Records on a thread of its own; results come by a queued signal. One at a time: starting another cancels the first.
class RecordingJob : public QObject
{
    Q_OBJECT
public:
    explicit RecordingJob(QObject *parent = nullptr);
    ~RecordingJob() override;                   // cancels and waits

    void start(const Recipe &recipe, std::optional<Lesson> lesson = {});
    void cancel();
    bool running() const { return m_running; }

Q_SIGNALS:
    void progress(quint32 changes);
    void finished(std::shared_ptr<const pyrena::RecordingResult> result);

private:
    void finish(std::uint64_t serial, std::shared_ptr<const RecordingResult> result);

    std::jthread m_thread;
    std::uint64_t m_serial = 0;                 // results of an earlier start are dropped
    bool m_running = false;
};

// The same on this thread: for the command line and tests.
RecordingResult recordNow(const Recipe &recipe, std::optional<Lesson> lesson, std::stop_token stop = {},
                          const RecordingProgress &progress = {});

} // namespace pyrena
