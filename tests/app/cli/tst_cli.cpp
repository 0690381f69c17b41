// Runs every folder of cases/ through the command line, in this process. Files of a case:
//   args     one argument a line; {out} stands for an empty folder
//   stdin    optional
//   stdout, stderr   what must be printed; {any} matches the rest of a word or line; missing: nothing is printed
//   exit     the exit status; missing: 0
//   creates  names of files that must be in {out} afterwards, one a line; others must not
// PYRENA_ACCEPT=1 writes stdout, stderr and exit anew: read the diff before you commit it.
#include <doctest/doctest.h>

#include "app/cli/cli.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

std::string contentOf(const fs::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    return content.str();
}

void writeOrRemove(const fs::path &file, const std::string &content)
{
    if (content.empty())
        fs::remove(file);
    else
        std::ofstream(file, std::ios::binary) << content;
}

std::vector<std::string> linesOf(const std::string &text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

// {any} matches characters up to what follows it in the pattern, inside one line.
bool matches(std::string_view text, std::string_view pattern)
{
    constexpr std::string_view kAny = "{any}";
    const auto any = pattern.find(kAny);
    if (any == std::string_view::npos)
        return text == pattern;
    if (!text.starts_with(pattern.substr(0, any)))
        return false;
    const std::string_view rest = pattern.substr(any + kAny.size());
    for (std::size_t skipped = any; skipped <= text.size(); ++skipped) {
        if (matches(text.substr(skipped), rest))
            return true;
        if (skipped < text.size() && text[skipped] == '\n')
            return false;
    }
    return false;
}

std::string replaced(std::string text, const std::string &what, const std::string &with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

class InFolder
{
public:
    explicit InFolder(const fs::path &folder) : m_before(fs::current_path()) { fs::current_path(folder); }
    ~InFolder() { fs::current_path(m_before); }

private:
    fs::path m_before;
};

void runCase(const fs::path &folder)
{
    const fs::path out = fs::temp_directory_path() / ("pyrena-cli-" + folder.filename().string());
    fs::remove_all(out);
    fs::create_directories(out);
    std::vector<std::string> args;
    for (const std::string &line : linesOf(contentOf(folder / "args")))
        args.push_back(replaced(line, "{out}", out.string()));
    const std::vector<std::string_view> views(args.begin(), args.end());

    std::istringstream in(contentOf(folder / "stdin"));
    std::ostringstream stdOut, stdErr;
    int status = 0;
    {
        const InFolder inFolder(folder);
        status = pyrena::cli::run(views, {in, stdOut, stdErr});
    }
    const std::string printed = replaced(stdOut.str(), out.string(), "{out}");
    const std::string said = replaced(stdErr.str(), out.string(), "{out}");

    if (std::getenv("PYRENA_ACCEPT")) {
        if (!matches(printed, contentOf(folder / "stdout")))
            writeOrRemove(folder / "stdout", printed);
        if (!matches(said, contentOf(folder / "stderr")))
            writeOrRemove(folder / "stderr", said);
        writeOrRemove(folder / "exit", status == 0 ? "" : std::to_string(status) + '\n');
    }
    const std::string exit = contentOf(folder / "exit");
    CHECK(status == (exit.empty() ? 0 : std::stoi(exit)));
    if (!matches(printed, contentOf(folder / "stdout")))
        CHECK(printed == contentOf(folder / "stdout"));
    if (!matches(said, contentOf(folder / "stderr")))
        CHECK(said == contentOf(folder / "stderr"));
    std::vector<std::string> made;
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(out))
        if (entry.is_regular_file()) {
            made.push_back(fs::relative(entry.path(), out).generic_string());
            CHECK_MESSAGE(entry.file_size() > 0, made.back());
        }
    std::ranges::sort(made);
    CHECK(made == linesOf(contentOf(folder / "creates")));
    fs::remove_all(out);
}

} // namespace

TEST_CASE("every case of the command line")
{
    std::vector<fs::path> folders;
    for (const fs::directory_entry &entry : fs::directory_iterator(PYRENA_CASES))
        if (entry.is_directory())
            folders.push_back(entry.path());
    std::ranges::sort(folders);
    REQUIRE(folders.size() > 20);
    for (const fs::path &folder : folders) {
        INFO("case " << folder.filename().string());
        runCase(folder);
    }
}
