#include "app/cli/commands.h"

#include "core/memory/allocatorprofiles.h"

#include <istream>
#include <ostream>

namespace pyrena::cli {

namespace {

std::string grouped(std::uint64_t n)
{
    std::string digits = std::to_string(n);
    for (std::size_t i = digits.size(); i > 3;)
        digits.insert(i -= 3, ",");
    return digits;
}

// Says on err how far it is, when err is a terminal.
class Progress
{
public:
    explicit Progress(Streams &streams) : m_streams(streams) {}
    ~Progress()
    {
        if (m_shown)
            m_streams.err << "\r\x1b[K" << std::flush;
    }
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;
    void show(const std::string &text)
    {
        if (!m_streams.showsProgress)
            return;
        m_streams.err << '\r' << text << std::flush;
        m_shown = true;
    }

private:
    Streams &m_streams;
    bool m_shown = false;
};

Result<Ran, Failed> replayFile(const std::string &file, const Arguments &arguments, const Command &command, Streams &streams)
{
    if (file == "-") {
        wrongCall(command, {"a recording is read from a file here; save it and name the file"}, streams);
        return Failed{WrongInput};
    }
    const auto changes = arguments.number("--max-changes", kMaxReplayChanges, 1, 200'000'000);
    if (!changes) {
        wrongCall(command, changes.error(), streams);
        return Failed{WrongInput};
    }
    Progress progress(streams);
    RecordedReplayOptions options;
    options.maxChanges = static_cast<std::uint32_t>(*changes);
    options.requests = [&](std::uint64_t done, std::uint64_t of) { progress.show(grouped(done) + " of " + grouped(of) + " requests"); };
    auto replayed = recordRecording(file, options);
    if (!replayed) {
        wrongCall(command, replayed.error(), streams);
        return Failed{WrongInput};
    }
    Ran ran;
    ran.replay = std::make_shared<const RecordedReplay>(std::move(*replayed));
    ran.trace = ran.replay->trace;
    ran.program.recipe = ran.trace->recipe;
    return ran;
}

} // namespace

Result<Ran, Failed> readAndRun(const std::string &file, const Arguments &arguments, const Command &command, Streams &streams,
                               const RunAs &as)
{
    const auto input = readInput(file, streams.in);
    if (!input) {
        wrongCall(command, input.error(), streams);
        return Failed{WrongInput};
    }
    if (input->kind == InputKind::Recording && as.history)
        return replayFile(file, arguments, command, streams);
    auto program = programOf(*input);
    if (!program) {
        for (const Diagnostic &d : program.error())
            say(d, streams);
        return Failed{WrongInput};
    }
    Ran ran;
    ran.program = std::move(*program);
    Recipe &recipe = ran.program.recipe;

    recipe.profile = arguments.value("--python", as.profile.empty() ? recipe.profile : as.profile);
    const PythonProfile *profile = findProfile(recipe.profile);
    if (!profile && findAllocatorProfile(recipe.profile)) {
        wrongCall(command, {"of " + recipe.profile + " only the allocator is known, for 'pyrena replay'; 'pyrena profiles' lists the "
                            "versions that run programs"}, streams);
        return Failed{WrongInput};
    }
    if (!profile || !profile->runsPrograms) {
        wrongCall(command, {"there is no profile '" + recipe.profile + "' that runs programs; 'pyrena profiles' lists them"}, streams);
        return Failed{WrongInput};
    }
    // Without history nothing is stored for a change: far more of them are worth waiting for.
    constexpr std::uint32_t kChangesWithoutHistory = 50'000'000;
    const auto changes = arguments.number("--max-changes", as.history ? recipe.maxChanges : kChangesWithoutHistory, 1, 200'000'000);
    const auto memory = arguments.bytes("--max-memory", recipe.maxMemory);
    if (!changes || !memory) {
        wrongCall(command, changes ? memory.error() : changes.error(), streams);
        return Failed{WrongInput};
    }
    recipe.maxChanges = static_cast<std::uint32_t>(*changes);
    recipe.maxMemory = *memory;
    recipe.history = as.history;

    auto recorded = [&] {
        Progress progress(streams);
        return record(recipe, {}, [&](std::uint32_t n) { progress.show(grouped(n) + " changes"); });
    }();
    if (!recorded) {
        Diagnostic d = recorded.error();
        if (ran.program.lesson && d.span.begin.line > 0) {   // the program's lines are the lesson's, further down
            d.file = ran.program.lesson->fileName;
            d.span.begin.line += ran.program.lesson->programLine - 1;
        }
        say(d, streams);
        return Failed{WrongInput};
    }
    ran.trace = *recorded;
    return ran;
}

int reportOutcome(const Trace &trace, Streams &streams)
{
    streams.err << trace.errorText;
    switch (trace.outcome) {
    case Outcome::Finished:
        return trace.exitStatus == 0 ? Done : Differs;
    case Outcome::Raised:
        return Differs;
    case Outcome::Unsupported:
    case Outcome::LimitReached:
        if (trace.diagnostic)
            say(*trace.diagnostic, streams);
        return trace.outcome == Outcome::Unsupported ? WrongInput : LimitReached;
    case Outcome::Cancelled:
        streams.err << "pyrena: cancelled\n";
        return LimitReached;
    }
    return Environment;
}

std::string printedBy(const Trace &trace)
{
    std::string out;
    for (const TextId text : trace.initial.output)   // a run without history has only its last moment
        out += trace.text(text);
    for (std::uint32_t i = 0; i < trace.changeCount(); ++i)
        if (const auto printed = trace.changeAs<change::Printed>(i))
            out += trace.text(printed->text);
    return out;
}

} // namespace pyrena::cli
