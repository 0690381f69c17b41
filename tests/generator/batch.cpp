#include "tests/generator/batch.h"

#include "core/record.h"

#include <filesystem>
#include <unistd.h>

namespace pyrena::generator {

namespace {

// Runs each program as __main__ in a child, from a file that exists: to tell of an exception the interpreter opens it. The driver lives in a module of its own, so that the child's namespace holds nothing
// of it. \x01 begins and ends what the parent says.
constexpr std::string_view kDriver = R"(
def main(path, programs):
    import os, sys
    for program in programs:
        with open(path, 'w') as file:
            file.write(program)
        del file
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
            code = compile(program, path, 'exec')
            exec(code, sys.modules['__main__'].__dict__)
            return
        status = os.waitpid(child, 0)[1]
        print('\x01', status, flush=True)
)";

// A folder of its own with the file the programs are run from, removed again.
class ProgramPlace
{
public:
    ProgramPlace() : m_folder(std::filesystem::temp_directory_path() / ("pyrena-generator-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(m_folder);
    }
    ~ProgramPlace()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }
    ProgramPlace(const ProgramPlace &) = delete;
    ProgramPlace &operator=(const ProgramPlace &) = delete;

    std::string file() const { return m_folder / "program.py"; }

private:
    std::filesystem::path m_folder;
};

std::string literal(std::string_view text)
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

Result<std::vector<Printed>> runReal(const cli::RealPython &python, const std::vector<std::string> &programs)
{
    const ProgramPlace place;
    std::string script = "import types\ndriver = types.ModuleType('driver')\nexec(" + literal(kDriver) + ", driver.__dict__)\ndriver.main(" + literal(place.file()) + ", [\n";
    for (const std::string &program : programs)
        script += literal(program) + ",\n";
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
