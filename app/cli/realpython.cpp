#include "app/cli/realpython.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pyrena::cli {

namespace {

using Clock = std::chrono::steady_clock;

struct Pipe
{
    int ends[2] = {-1, -1};
    Pipe() { if (pipe2(ends, O_CLOEXEC) != 0) ends[0] = ends[1] = -1; }
    ~Pipe() { closeEnd(0); closeEnd(1); }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;
    void closeEnd(int i)
    {
        if (ends[i] >= 0)
            close(std::exchange(ends[i], -1));
    }
};

// A folder of its own for the script, gone with its content at the end.
struct ScratchFolder
{
    std::string path;
    ScratchFolder()
    {
        std::error_code error;
        path = (std::filesystem::temp_directory_path(error) / "pyrena-XXXXXX").string();
        if (error || !mkdtemp(path.data()))
            path.clear();
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        if (!path.empty())
            std::filesystem::remove_all(path, ignored);
    }
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;
};

// What the process sees of the environment: nothing that changes how Python runs or shows things.
std::vector<std::string> plainEnvironment()
{
    std::vector<std::string> out{"PYTHONHASHSEED=0", "PYTHONIOENCODING=utf-8", "NO_COLOR=1", "LC_ALL=C.UTF-8"};
    for (const char *name : {"PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "PYENV_VERSION", "PYENV_ROOT"})
        if (const char *value = std::getenv(name))
            out.push_back(std::string(name) + '=' + value);
    return out;
}

std::vector<char *> pointers(std::vector<std::string> &strings)
{
    std::vector<char *> out;
    for (std::string &s : strings)
        out.push_back(s.data());
    out.push_back(nullptr);
    return out;
}

// What it printed is read until both pipes end, the time is over or it is too much.
RealRun::End readBoth(Pipe &out, Pipe &err, RealRun &run, const RealLimits &limits)
{
    const auto deadline = Clock::now() + limits.time;
    std::array<Pipe *, 2> pipes{&out, &err};
    std::array<std::string *, 2> texts{&run.out, &run.err};
    std::array<char, 1 << 16> buffer;
    while (out.ends[0] >= 0 || err.ends[0] >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return RealRun::End::TimedOut;
        std::array<pollfd, 2> polled{pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0}};
        if (poll(polled.data(), polled.size(), static_cast<int>(left)) < 0 && errno != EINTR)
            return RealRun::End::TimedOut;
        for (std::size_t i = 0; i < polled.size(); ++i) {
            if (polled[i].revents == 0)
                continue;
            const ssize_t n = read(polled[i].fd, buffer.data(), buffer.size());
            if (n > 0)
                texts[i]->append(buffer.data(), static_cast<std::size_t>(n));
            else if (n == 0 || errno != EINTR)
                pipes[i]->closeEnd(0);
            if (texts[i]->size() > limits.outputBytes)
                return RealRun::End::TooMuchOutput;
        }
    }
    return RealRun::End::Exited;
}

// A process may close what it prints to and go on: it has the rest of a second to end.
bool waitFor(pid_t process, int &status)
{
    for (int i = 0; i < 100; ++i) {
        const pid_t got = waitpid(process, &status, WNOHANG);
        if (got == process)
            return true;
        if (got < 0 && errno != EINTR)
            return false;
        usleep(10'000);
    }
    return false;
}

Result<RealRun> runProcess(const std::string &command, std::initializer_list<std::string> arguments, const RealLimits &limits)
{
    Pipe out, err;
    if (out.ends[0] < 0 || err.ends[0] < 0)
        return Error{std::string("no pipe: ") + std::strerror(errno)};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.ends[1], STDERR_FILENO);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);   // so that what it starts ends with it
    posix_spawnattr_setpgroup(&attributes, 0);

    std::vector<std::string> words{command};
    words.insert(words.end(), arguments);
    std::vector<std::string> environment = plainEnvironment();
    pid_t process = 0;
    const int error = posix_spawnp(&process, command.c_str(), &actions, &attributes, pointers(words).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0)
        return Error{"'" + command + "' cannot be started: " + std::strerror(error)};
    out.closeEnd(1);
    err.closeEnd(1);

    RealRun run;
    run.end = readBoth(out, err, run, limits);
    int status = 0;
    if (run.end != RealRun::End::Exited || !waitFor(process, status)) {
        if (run.end == RealRun::End::Exited)
            run.end = RealRun::End::TimedOut;
        kill(-process, SIGKILL);
        while (waitpid(process, &status, 0) < 0 && errno == EINTR) {}
        return run;
    }
    if (WIFSIGNALED(status))
        run.end = RealRun::End::Signalled;
    run.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    return run;
}

void replaceAll(std::string &text, const std::string &what, const std::string &with)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
}

} // namespace

std::string RealVersion::text() const
{
    return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
}

Result<RealPython> RealPython::find(const std::string &command)
{
    const auto asked = runProcess(command, {"-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"},
                                  {.time = std::chrono::milliseconds(10'000), .outputBytes = 4096});
    if (!asked)
        return asked.error();
    RealPython python;
    python.m_command = command;
    RealVersion &v = python.m_version;
    if (asked->end != RealRun::End::Exited || asked->status != 0
        || std::sscanf(asked->out.c_str(), "%d.%d.%d", &v.major, &v.minor, &v.patch) != 3)
        return Error{"'" + command + "' does not answer as a Python does"};
    return python;
}

Result<RealRun> RealPython::run(const std::string &source, const std::string &shownName, const RealLimits &limits) const
{
    const ScratchFolder folder;
    if (folder.path.empty())
        return Error{"no temporary folder can be made"};
    const std::string script = folder.path + "/script.py";
    std::ofstream file(script, std::ios::binary);
    file << source;
    file.close();
    if (!file)
        return Error{script + ": cannot be written; is the disk full?"};
    auto result = runProcess(m_command, {"-s", "-B", script}, limits);
    if (result)
        replaceAll(result->err, script, shownName);
    return result;
}

const PythonProfile *profileOf(const RealVersion &version)
{
    const PythonProfile *best = nullptr;
    const auto distance = [&](const PythonProfile &p) { return std::abs(p.patch - version.patch); };
    for (const PythonProfile &p : allProfiles())
        if (p.runsPrograms && p.major == version.major && p.minor == version.minor && (!best || distance(p) < distance(*best)))
            best = &p;
    return best;
}

} // namespace pyrena::cli
