// pyrena compare, with the python3 that is installed here if there is a profile of its version.
#include <doctest/doctest.h>

#include "app/cli/cli.h"
#include "app/cli/linediff.h"
#include "app/cli/realpython.h"

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using namespace pyrena;

namespace {

struct Answer
{
    int status = 0;
    std::string out, err;
};

Answer compared(const std::string &source, std::vector<std::string_view> options = {})
{
    std::istringstream in(source);
    std::ostringstream out, err;
    std::vector<std::string_view> args{"compare", "-"};
    args.insert(args.end(), options.begin(), options.end());
    const int status = cli::run(args, {in, out, err});
    return {status, out.str(), err.str()};
}

bool havePython()
{
    const auto python = cli::RealPython::find("python3");
    const bool usable = python && cli::profileOf(python->version());
    if (!usable)
        MESSAGE("skipped: no python3 of a version that has a profile is installed");
    return usable;
}

} // namespace

TEST_CASE("every lesson's program prints what the installed python3 prints")
{
    if (!havePython())
        return;
    std::size_t count = 0;
    for (const fs::directory_entry &entry : fs::directory_iterator(PYRENA_LESSONS)) {
        if (entry.path().extension() != ".md")
            continue;
        std::istringstream in;
        std::ostringstream out, err;
        const std::string file = entry.path().string();
        const std::vector<std::string_view> args{"compare", "--traceback", file};
        const int status = cli::run(args, {in, out, err});
        CHECK_MESSAGE(status == cli::Done, entry.path().filename().string(), ": ", out.str(), err.str());
        ++count;
    }
    CHECK(count > 0);
}

TEST_CASE("a script that prints the same has no difference")
{
    if (!havePython())
        return;
    const Answer answer = compared("x = [1, 2]\nprint(x, len(x))\n");
    CHECK(answer.status == cli::Done);
    CHECK(answer.out.empty());
    CHECK(answer.err.starts_with("no difference"));
}

TEST_CASE("addresses of the two runs are not a difference, other hexadecimal numbers are compared")
{
    if (!havePython())
        return;
    CHECK(compared("print(object())\nprint(hex(255))\n").status == cli::Done);
}

TEST_CASE("what differs is shown as a unified diff")
{
    if (!havePython())
        return;
    // 64 bytes is the empty list of 3.6 alone.
    const Answer answer = compared("import sys\nprint('size')\nprint(sys.getsizeof([]))\n", {"--python", "classic"});
    CHECK(answer.status == cli::Differs);
    CHECK(answer.out.find(" size\n-64\n+") != std::string::npos);
}

TEST_CASE("the exception that ends both runs is compared with its text and the exit status")
{
    if (!havePython())
        return;
    CHECK(compared("d = {}\nprint(1)\nd['k']\n", {"--traceback"}).status == cli::Done);
}

TEST_CASE("an interpreter that does not end is stopped")
{
    if (!havePython())
        return;
    const auto python = cli::RealPython::find("python3");
    const auto run = python->run("import time\nprint(1, flush=True)\ntime.sleep(600)\n", "x.py", {.time = std::chrono::milliseconds(500)});
    REQUIRE(run.ok());
    CHECK(run->end == cli::RealRun::End::TimedOut);
    CHECK(run->out == "1\n");
}

TEST_CASE("an interpreter that prints without end is stopped")
{
    if (!havePython())
        return;
    const auto run = cli::RealPython::find("python3")->run("while True: print('x' * 1000)\n", "x.py", {.outputBytes = 100'000});
    REQUIRE(run.ok());
    CHECK(run->end == cli::RealRun::End::TooMuchOutput);
}

TEST_CASE("without an interpreter the exit status is 3 and the message says what to do")
{
    const Answer answer = compared("print(1)\n", {"--with", "/no/such/python"});
    CHECK(answer.status == cli::Environment);
    CHECK(answer.err.find("/no/such/python") != std::string::npos);
    CHECK(answer.err.find("--with") != std::string::npos);
}

TEST_CASE("a patch release without a profile is given the nearest one of its minor version")
{
    REQUIRE(cli::profileOf({3, 11, 2}) != nullptr);
    CHECK(cli::profileOf({3, 11, 2})->minor == 11);
    CHECK(cli::profileOf({3, 12, 2}) != nullptr);
    CHECK(cli::profileOf({3, 12, 9})->name == "3.12.3");
    CHECK(cli::profileOf({3, 13, 1})->name == "3.13.0");
    CHECK(cli::profileOf({2, 7, 18}) == nullptr);
}

TEST_CASE("a unified diff has three lines of context, and hunks of their own where more lies between")
{
    std::string left, right;
    for (int i = 1; i <= 20; ++i) {
        left += std::to_string(i) + "\n";
        right += (i == 5 ? "five" : i == 18 ? "" : std::to_string(i)) + (i == 18 ? "" : "\n");
    }
    CHECK(cli::unifiedDiff(left, left, "a", "b").empty());
    CHECK(cli::unifiedDiff(left, right, "a", "b")
          == "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -15,6 +15,5 @@\n 15\n 16\n 17\n-18\n 19\n 20\n");
    CHECK(cli::unifiedDiff("a\n", "a", "l", "r") == "--- l\n+++ r\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n");
    CHECK(cli::unifiedDiff("", "x\n", "l", "r") == "--- l\n+++ r\n@@ -0,0 +1 @@\n+x\n");
}
