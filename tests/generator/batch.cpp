#include "tests/generator/batch.h"

#include "core/record.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace pyrena::generator {

namespace {

// Runs each program as __main__ in a child. The driver lives in a module of its own, so that the child's namespace holds nothing
// of it. \x01 begins and ends what the parent says.
constexpr std::string_view kDriver = R"(
def main(programs):
    import os, sys
    for program in programs:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            import signal
            signal.alarm(20)
            names = sys.modules['__main__'].__dict__
            for name in list(names):
                if not (name.startswith('__') and name.endswith('__')):
                    del names[name]
            del names, signal, programs
            code = compile(program, 'program.py', 'exec')
            exec(code, sys.modules['__main__'].__dict__)
            return
        status = os.waitpid(child, 0)[1]
        print('\x01', status, flush=True)
)";

std::string quoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\'' || c == '\\')
            out += std::string("\\") + c;
        else
            out += c;
    }
    return out + "'";
}

} // namespace

Printed simulate(const PythonProfile &profile, const std::string &program)
{
    Recipe recipe{.source = program, .fileName = "program.py", .profile = std::string(profile.name)};
    recipe.history = false;
    const auto trace = record(recipe);
    if (!trace)
        return {toString(trace.error()), false};
    Printed printed;
    for (const TextId text : trace.value()->initial.output)
        printed.text += trace.value()->text(text);
    printed.succeeded = trace.value()->outcome == Outcome::Finished && trace.value()->exitStatus == 0;
    if (trace.value()->outcome != Outcome::Finished && trace.value()->outcome != Outcome::Raised && trace.value()->diagnostic)
        printed.text += toString(*trace.value()->diagnostic) + '\n';
    return printed;
}

Result<std::vector<Printed>> runEachReal(const cli::RealPython &python, const std::vector<std::string> &programs)
{
    std::vector<Printed> all(programs.size());
    std::atomic<std::size_t> next = 0;
    std::mutex guard;
    std::optional<Error> failed;
    const auto work = [&] {
        for (std::size_t i; (i = next++) < programs.size();) {
            const auto run = python.run(programs[i], "program.py", {.time = std::chrono::seconds(60)});
            if (run) {
                all[i] = {run->out, run->end == cli::RealRun::End::Exited && run->status == 0};
            } else {
                const std::lock_guard lock(guard);
                failed = run.error();
            }
        }
    };
    std::vector<std::thread> workers;
    for (unsigned n = 0; n < std::max(1u, std::thread::hardware_concurrency()); ++n)
        workers.emplace_back(work);
    for (std::thread &worker : workers)
        worker.join();
    if (failed)
        return *failed;
    return all;
}

Result<std::vector<Printed>> runReal(const cli::RealPython &python, const std::vector<std::string> &programs)
{
    std::string script = "import types\ndriver = types.ModuleType('driver')\nexec(" + quoted(kDriver) + ", driver.__dict__)\ndriver.main([\n";
    for (const std::string &program : programs)
        script += quoted(program) + ",\n";
    script += "])\n";
    const auto run = python.run(script, "batch.py", {.time = std::chrono::minutes(10)});
    if (!run)
        return run.error();
    std::vector<Printed> all;
    std::string_view rest = run->out;
    for (std::size_t at; (at = rest.find('\x01')) != std::string_view::npos;) {
        const std::size_t end = rest.find('\n', at);
        all.push_back({std::string(rest.substr(0, at)), rest.substr(at + 1, end - at - 1) == " 0"});
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (all.size() != programs.size())
        return Error{python.command() + " ended after " + std::to_string(all.size()) + " of " + std::to_string(programs.size()) + " programs: " + run->err};
    return all;
}

} // namespace pyrena::generator
