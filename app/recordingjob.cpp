#include "app/recordingjob.h"

#include "app/cli/input.h"
#include "core/trace/recorder.h"

#include <chrono>
#include <new>

namespace pyrena {

namespace {
constexpr auto kProgressInterval = std::chrono::milliseconds(50);
}

RecordingResult recordNow(const Recipe &recipe, std::optional<Lesson> lesson, std::stop_token stop, const RecordingProgress &progress)
{
    RecordingResult result;
    result.recipe = recipe;
    result.lesson = std::move(lesson);
    try {
        auto recorded = record(recipe, stop, progress);
        if (stop.stop_requested()) {
            result.cancelled = true;
        } else if (recorded) {
            result.trace = *recorded;
            if (result.lesson)
                result.placed = placeLesson(*result.lesson, result.trace);
        } else {
            result.problem = recorded.error();
        }
    } catch (const std::bad_alloc &) {
        result.problem = Diagnostic{recipe.fileName, {}, "this machine has not enough memory for the recording",
                                    "make the program smaller, or close other programs"};
    } catch (const std::exception &e) {
        result.internalError = QString::fromUtf8(e.what());
    }
    return result;
}

RecordedReplayOptions windowReplayOptions()
{
    RecordedReplayOptions options;
    options.maxChanges = cli::kMaxReplayChanges;
    return options;
}

RecordingResult replayNow(const QString &path, const RecordedReplayOptions &options, std::stop_token stop)
{
    RecordingResult result;
    result.recipe.fileName = path.toStdString();
    try {
        auto replayed = recordRecording(result.recipe.fileName, options, stop);
        if (!replayed) {
            result.failure = QString::fromStdString(replayed.error().message);
        } else {
            result.replay = std::make_shared<const RecordedReplay>(std::move(*replayed));
            result.trace = result.replay->trace;
        }
    } catch (const RecordingCancelled &) {
        result.cancelled = true;
    } catch (const std::bad_alloc &) {
        result.failure = QObject::tr("%1: this machine has not enough memory for the recording; close other programs").arg(path);
    } catch (const std::exception &e) {
        result.internalError = QString::fromUtf8(e.what());
    }
    return result;
}

RecordingJob::RecordingJob(QObject *parent) : QObject(parent) {}

RecordingJob::~RecordingJob()
{
    m_thread.request_stop();
}

template <class Work>
void RecordingJob::launch(Work work)
{
    cancel();
    const std::uint64_t serial = ++m_serial;
    m_running = true;
    // The queued calls are dropped by Qt when this object is gone; the thread is joined before that.
    m_thread = std::jthread([this, serial, work = std::move(work)](std::stop_token stop) mutable {
        auto last = std::chrono::steady_clock::now();
        // Passes a call on to this object's thread, at most every kProgressInterval and only while it is still wanted.
        const auto report = [this, serial, &last](auto call) {
            const auto now = std::chrono::steady_clock::now();
            if (now - last < kProgressInterval)
                return;
            last = now;
            QMetaObject::invokeMethod(this, [this, serial, call] {
                if (serial == m_serial && m_running)
                    call();
            }, Qt::QueuedConnection);
        };
        auto result = std::make_shared<const RecordingResult>(work(stop, report));
        QMetaObject::invokeMethod(this, [this, serial, result = std::move(result)] { finish(serial, result); }, Qt::QueuedConnection);
    });
}

void RecordingJob::start(const Recipe &recipe, std::optional<Lesson> lesson)
{
    launch([this, recipe, lesson = std::move(lesson)](const std::stop_token &stop, const auto &report) mutable {
        return recordNow(recipe, std::move(lesson), stop,
                         [&](std::uint32_t changes) { report([this, changes] { Q_EMIT progress(changes); }); });
    });
}

void RecordingJob::startReplay(const QString &path, const RecordedReplayOptions &options)
{
    launch([this, path, options](const std::stop_token &stop, const auto &report) {
        RecordedReplayOptions told = options;
        told.requests = [&](std::uint64_t done, std::uint64_t of) { report([this, done, of] { Q_EMIT requestsDone(done, of); }); };
        return replayNow(path, told, stop);
    });
}

void RecordingJob::cancel()
{
    m_thread.request_stop();
}

void RecordingJob::finish(std::uint64_t serial, std::shared_ptr<const RecordingResult> result)
{
    if (serial != m_serial)
        return;
    m_running = false;
    Q_EMIT finished(std::move(result));
}

} // namespace pyrena
