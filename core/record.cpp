#include "core/record.h"

#include "core/base/verify.h"
#include "core/memory/obmalloc.h"
#include "core/python/code/compiler.h"
#include "core/python/runtime/interpreter.h"
#include "core/python/syntax/parser.h"
#include "core/python/syntax/versionedmessage.h"
#include "core/trace/recorder.h"

#include <exception>
#include <optional>
#include <pthread.h>

namespace pyrena {

namespace {

using Recorded = Result<std::shared_ptr<const Trace>, Diagnostic>;

// 1000 simulated calls take 1.0 to 1.5 MiB of stack in a release build and more than 8 MiB with AddressSanitizer (both
// measured, x86-64, GCC 12); a thread may have as little as 512 KiB.
constexpr std::size_t kStackSize = std::size_t(256) << 20;   // of address space; only what is used takes memory

// Runs it on a thread with a stack of that size and waits for it; on this one when there is no room for another.
template <class Work>
void runOnLargeStack(Work &work)
{
    struct Job
    {
        Work &work;
        std::exception_ptr error;
    } job{work, nullptr};
    const auto body = [](void *argument) -> void * {
        Job &given = *static_cast<Job *>(argument);
        try {
            given.work();
        } catch (...) {
            given.error = std::current_exception();
        }
        return nullptr;
    };
    pthread_attr_t attributes;
    pthread_t thread;
    bool started = false;
    if (pthread_attr_init(&attributes) == 0) {
        started = pthread_attr_setstacksize(&attributes, kStackSize) == 0 && pthread_create(&thread, &attributes, body, &job) == 0;
        pthread_attr_destroy(&attributes);
    }
    if (started)
        pthread_join(thread, nullptr);
    else
        body(&job);
    if (job.error)
        std::rethrow_exception(job.error);
}

Recorded recordHere(const Recipe &recipe, std::stop_token stop, const RecordingProgress &progress)
{
    const PythonProfile *profile = findProfile(recipe.profile);
    if (!profile || !profile->runsPrograms) {
        std::string known;
        for (const PythonProfile &p : allProfiles())
            if (p.runsPrograms)
                known += (known.empty() ? "" : ", ") + std::string(p.shortName);
        return Diagnostic{recipe.fileName, {}, "there is no Python profile '" + recipe.profile + "'", "known are " + known};
    }
    auto tree = parse(recipe.source, recipe.fileName);
    const auto asSaid = [&](Diagnostic diagnostic) {
        diagnostic.message = messageOfVersion(profile->minor, diagnostic, recipe.source);
        return diagnostic;
    };
    if (!tree)
        return asSaid(tree.error());
    auto code = compile(*tree, recipe.fileName, *profile);
    if (!code)
        return asSaid(code.error());

    Recorder recorder(recipe, *profile, stop);
    recorder.setProgress(progress);
    Trace &trace = recorder.trace();
    Outcome outcome = Outcome::Finished;
    {
        Obmalloc memory(recorder);
        Interpreter interpreter(recorder, memory, recipe.fileName, recipe.source);
        const auto diagnose = [&](std::string message, std::string hint, SourceSpan span) {
            trace.diagnostic = Diagnostic{recipe.fileName, span, std::move(message), std::move(hint)};
        };
        try {
            interpreter.load(code.value());
            if (recipe.history)
                recorder.beginRecording();
            const auto program = recorder.step(StepKind::Program);
            if (!interpreter.runMain()) {
                outcome = Outcome::Raised;
                diagnose("the program raised an exception that nothing caught", "", interpreter.errorSpan());
            }
            trace.exitStatus = interpreter.exitStatus();
        } catch (const UnsupportedConstruct &u) {
            outcome = Outcome::Unsupported;
            // "what; what to do instead"
            const std::size_t end = u.what.find("; ");
            const std::string instead = end == std::string::npos ? "" : u.what.substr(end + 2) + "; ";
            diagnose("this simulator does not run " + u.what.substr(0, end), instead + "everything up to this line was recorded; see Help > Supported Python", u.span);
        } catch (const LimitReached &limit) {
            outcome = Outcome::LimitReached;
            diagnose(limit.message, limit.hint, recorder.span());   // the frames are gone
        } catch (const RecordingCancelled &) {
            outcome = Outcome::Cancelled;
        } catch (const PythonError &) {
            // Only what happens outside every frame can end here.
            outcome = Outcome::Raised;
            trace.exitStatus = 1;
        }
        trace.errorText = interpreter.errorText();
    }
    return recorder.finish(outcome);
}

} // namespace

Recorded record(const Recipe &recipe, std::stop_token stop, const RecordingProgress &progress)
{
    std::optional<Recorded> recorded;
    auto work = [&] { recorded.emplace(recordHere(recipe, stop, progress)); };
    runOnLargeStack(work);
    return std::move(*recorded);
}

} // namespace pyrena
