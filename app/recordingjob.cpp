#include "app/recordingjob.h"

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

RecordingJob::RecordingJob(QObject *parent) : QObject(parent) {}

RecordingJob::~RecordingJob()
{
    m_thread.request_stop();
}

void RecordingJob::start(const Recipe &recipe, std::optional<Lesson> lesson)
{
    cancel();
    const std::uint64_t serial = ++m_serial;
    m_running = true;
    // The queued calls are dropped by Qt when this object is gone; the thread is joined before that.
    m_thread = std::jthread([this, serial, recipe, lesson = std::move(lesson)](std::stop_token stop) mutable {
        auto last = std::chrono::steady_clock::now();
        const RecordingProgress report = [this, serial, &last](std::uint32_t changes) {
            const auto now = std::chrono::steady_clock::now();
            if (now - last < kProgressInterval)
                return;
            last = now;
            QMetaObject::invokeMethod(this, [this, serial, changes] {
                if (serial == m_serial && m_running)
                    Q_EMIT progress(changes);
            }, Qt::QueuedConnection);
        };
        auto result = std::make_shared<const RecordingResult>(recordNow(recipe, std::move(lesson), stop, report));
        QMetaObject::invokeMethod(this, [this, serial, result = std::move(result)] { finish(serial, result); }, Qt::QueuedConnection);
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
