#pragma once

#include <QObject>
#include <QString>

#include "core/lesson/placedlesson.h"
#include "core/memory/replay.h"
#include "core/record.h"

#include <memory>
#include <optional>
#include <thread>

namespace pyrena {

// What a recording was made of, and what came out. Exactly one of trace, problem and failure is there, unless it was cancelled.
struct RecordingResult
{
    Recipe recipe;
    std::optional<Lesson> lesson;               // when the program is a lesson's
    std::shared_ptr<const Trace> trace;
    PlacedLesson placed;                        // of the lesson in the trace
    std::shared_ptr<const RecordedReplay> replay;   // when it is an allocator recording; its trace is `trace`
    std::optional<Diagnostic> problem;          // of a program
    QString failure;                            // of an allocator recording: "file:line: what"
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
    void startReplay(const QString &path, const RecordedReplayOptions &options);   // its callbacks are not used
    void cancel();
    bool running() const { return m_running; }

Q_SIGNALS:
    void progress(quint32 changes);
    void requestsDone(quint64 done, quint64 of);   // of an allocator recording
    void finished(std::shared_ptr<const pyrena::RecordingResult> result);

private:
    template <class Work>
    void launch(Work work);
    void finish(std::uint64_t serial, std::shared_ptr<const RecordingResult> result);

    std::jthread m_thread;
    std::uint64_t m_serial = 0;                 // results of an earlier start are dropped
    bool m_running = false;
};

// The same on this thread: for the command line and tests.
RecordingResult recordNow(const Recipe &recipe, std::optional<Lesson> lesson, std::stop_token stop = {},
                          const RecordingProgress &progress = {});
RecordingResult replayNow(const QString &path, const RecordedReplayOptions &options, std::stop_token stop = {});
RecordedReplayOptions windowReplayOptions();    // as the window replays

} // namespace pyrena
