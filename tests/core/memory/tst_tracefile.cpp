// Recordings are untrusted files: whatever is wrong ends with "file:line: message", never with a crash.
#include "core/memory/replay.h"
#include "core/memory/tracefile.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <unistd.h>

using namespace pyrena;

namespace {

const std::string kHeader = "pmtrace 2\npython 3.13.0\nprogram t\nalign 16\npool 16384\narena 1048576\nthreshold 512\nheader 48\n"
                            "keep_last_arena 1\n";

std::string counts(int ops, int ids, int small, int raw, int made, int released, int unaligned)
{
    return "ops " + std::to_string(ops) + "\nids " + std::to_string(ids) + "\nsmall " + std::to_string(small) + "\nraw "
        + std::to_string(raw) + "\narenas_made " + std::to_string(made) + "\narenas_released " + std::to_string(released)
        + "\nunaligned_arenas " + std::to_string(unaligned) + "\nbegin\n";
}

// A small sound recording, 17 lines of header.
std::string sound()
{
    return kHeader + counts(5, 3, 3, 1, 1, 0, 1)
        + "P 0\nA 0 8192 0\nm 64 0.0.48\nc 8 0.1.48\nr 2 60 =\nm 1000 -\nf 1\nP 3\nend\n";
}

class TemporaryFile
{
public:
    explicit TemporaryFile(const std::string &content)
        : m_path((std::filesystem::temp_directory_path() / ("pyrena-trace-" + std::to_string(getpid()))).string())
    {
        std::ofstream(m_path, std::ios::binary) << content;
    }
    ~TemporaryFile() { std::remove(m_path.c_str()); }
    const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

// What a replay says: "" when all is well, "difference" texts, or the error without the path.
std::string outcome(const std::string &content)
{
    const TemporaryFile file(content);
    const Result<ReplayReport> report = verifyRecording(file.path());
    if (!report) {
        const std::string &message = report.error().message;
        REQUIRE(message.rfind(file.path() + ':', 0) == 0);
        return message.substr(file.path().size() + 1);
    }
    return report->first.empty() ? "" : "difference, " + report->first.front();
}

std::string compressed(const std::string &content)
{
    const TemporaryFile file("");
    gzFile out = gzopen(file.path().c_str(), "wb9");
    gzwrite(out, content.data(), static_cast<unsigned>(content.size()));
    gzclose(out);
    std::ifstream in(file.path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string replaced(std::string text, const std::string &from, const std::string &to)
{
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

bool says(const std::string &outcome, const std::string &part)
{
    const bool found = outcome.find(part) != std::string::npos;
    if (!found)
        MESSAGE("said: " << outcome);
    return found;
}

} // namespace

TEST_CASE("a sound recording is read, plain and compressed")
{
    CHECK(outcome(sound()) == "");
    CHECK(outcome(compressed(sound())) == "");
    std::string noNewline = sound();
    noNewline.pop_back();
    CHECK(outcome(noNewline) == "");
}

TEST_CASE("differences name the line and both places")
{
    CHECK(outcome(replaced(sound(), "m 64 0.0.48", "m 64 0.0.64"))
          == "difference, line 20: malloc of 64 bytes: CPython used 0.0.64, the model 0.0.48");
    CHECK(says(outcome(replaced(sound(), "r 2 60 =", "r 2 40 =")), "CPython used its place, the model 0.2.48"));
    CHECK(says(outcome(replaced(sound(), "A 0 8192 0", "A 0 8192 3")), "descriptor 3"));
    CHECK(says(outcome(replaced(sound(), "P 3", "H 1234")), "another hash"));
    CHECK(says(outcome(replaced(sound(), "P 3", "S 1 0 1 1 61 16384 0:1:1:1020 3:1:1:253")), "blocks available: CPython 253, the model 254"));
    CHECK(outcome(replaced(sound(), "P 3", "S 1 0 1 1 61 16384 0:1:1:1020 3:1:1:254")) == "");
}

TEST_CASE("a recording is read from standard input, plain and compressed, and named so in messages")
{
    const int before = dup(STDIN_FILENO);
    const auto fromInput = [](const std::string &content) {
        const TemporaryFile file(content);
        const int input = open(file.path().c_str(), O_RDONLY);
        dup2(input, STDIN_FILENO);
        close(input);
        const Result<ReplayReport> report = verifyRecording("-");
        return report.ok() ? std::to_string(report->events) + " requests" : report.error().message;
    };
    CHECK(fromInput(sound()) == "5 requests");
    CHECK(fromInput(compressed(sound())) == "5 requests");
    CHECK(fromInput("pmtrace 3\n") == "<stdin>:1: not a recording of the allocator: it must start with the line 'pmtrace 2'");
    dup2(before, STDIN_FILENO);
    close(before);
}

TEST_CASE("statistics and hashes that would take hours are refused")
{
    std::string lines;
    for (int i = 0; i < 100; ++i)
        lines += "H 1234\n";
    const std::string text = replaced(sound(), "P 3\n", lines);
    const TemporaryFile file(text);
    ReplayOptions options;
    options.maxSweep = 1000;
    const Result<ReplayReport> report = verifyRecording(file.path(), options);
    REQUIRE_FALSE(report.ok());
    CHECK(says(report.error().message, "looks at blocks; this is beyond what can be replayed"));
    options.maxSweep = 100'000;
    CHECK(verifyRecording(file.path(), options).ok());
}

TEST_CASE("a file that cannot be read says so")
{
    const Result<ReplayReport> missing = verifyRecording("/nonexistent/x.gz");
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().message == "/nonexistent/x.gz: cannot open: No such file or directory");
    CHECK_FALSE(verifyRecording(std::filesystem::temp_directory_path().string()).ok());
    CHECK(says(outcome(""), "1: the file is empty"));
}

TEST_CASE("wrong headers are refused with their line")
{
    CHECK(says(outcome("pmtrace 1\n"), "1: not a recording"));
    CHECK(says(outcome("\x7f" "ELF\n"), "1: not a recording"));
    CHECK(says(outcome(kHeader), "ends inside its header"));
    CHECK(says(outcome(kHeader + "begin\n"), "10: the header lacks 'ops'"));
    CHECK(says(outcome(replaced(sound(), "align 16", "align 17")), "align must be 8 or 16"));
    CHECK(says(outcome(replaced(sound(), "align 16", "align 8")), "is not that of Python 3.13.0"));
    CHECK(says(outcome(replaced(sound(), "align 16", "align -16")), "4: 'align' needs one number"));
    CHECK(says(outcome(replaced(sound(), "align 16", "align 16 16")), "4: 'align' needs one number"));
    CHECK(says(outcome(replaced(sound(), "align 16", "align 16\nalign 16")), "5: 'align' needs one number"));
    CHECK(says(outcome(replaced(sound(), "pool 16384", "pool 5000")), "pool must be"));
    CHECK(says(outcome(replaced(sound(), "arena 1048576", "arena 4096")), "arena must be 64 pools"));
    CHECK(says(outcome(replaced(sound(), "threshold 512", "threshold 511")), "threshold must be 512"));
    CHECK(says(outcome(replaced(sound(), "header 48", "header 32")), "header 48"));
    CHECK(says(outcome(replaced(sound(), "keep_last_arena 1", "keep_last_arena 2")), "needs one number from 0 to 1"));
    CHECK(says(outcome(replaced(sound(), "keep_last_arena 1", "keep_last_arena 0")), "is not that of Python 3.13.0"));
    CHECK(says(outcome(replaced(sound(), "ops 5", "ops 99999999999999999999")), "'ops' needs"));
    CHECK(says(outcome(replaced(sound(), "ops 5", "ops 1000000000000000000")), "'ops' needs"));
    CHECK(says(outcome(replaced(sound(), "ids 3", "ids 33")), "contradict"));
    CHECK(says(outcome(replaced(sound(), "program t", "program")), "expected 'key value'"));
    CHECK(says(outcome(replaced(sound(), "program t", "colour t")), "unknown header line 'colour'"));
    CHECK(says(outcome(replaced(sound(), "python 3.13.0\n", "")), "lacks 'python'"));
}

TEST_CASE("a version that is not in the table is replayed by its header")
{
    CHECK(outcome(replaced(sound(), "python 3.13.0", "python 3.13.18")) == "");
}

TEST_CASE("wrong events are refused with their line")
{
    const auto with = [](const std::string &line) { return outcome(replaced(sound(), "m 64 0.0.48", line)); };
    CHECK(says(with("x 64 0.0.48"), "20: expected one of the letters"));
    CHECK(says(with(""), "20: expected one of the letters"));
    CHECK(says(with("m"), "20: expected one of the letters"));
    CHECK(says(with("m "), "20: expected a size"));
    CHECK(says(with("m -1 0.0.48"), "20: expected a size"));
    CHECK(says(with("m 1000000000000000000 -"), "20: expected a size from 0 to 140737488355328"));
    CHECK(says(with("m 99999999999999999999999 -"), "20: expected a size"));
    CHECK(says(with("m 64"), "20: expected a size from 0 to 140737488355328 and a place"));
    CHECK(says(with("m 64 ="), "20: expected a place"));
    CHECK(says(with("m 64 0.64.48"), "20: expected a place"));
    CHECK(says(with("m 64 0.0.16384"), "20: expected a place"));
    CHECK(says(with("m 64 0.0"), "20: expected a place"));
    CHECK(says(with("m 64 0.0.48 "), "20: unexpected text"));
    CHECK(says(with("m 64 0.0.48\r"), "20: unexpected text"));
    CHECK(says(with("m 64 99999999.0.48"), "20: expected a place"));
    CHECK(says(with("f 1"), "20: expected the age of a block, from 1 to 0"));
    CHECK(says(with("A 0 0 0"), "20: more arenas than the 1"));
    CHECK(says(with("U 0"), "20: more releases than the 0"));
    CHECK(says(with("U 7"), "20: expected the ordinal of an arena that was made"));
    CHECK(says(with("H xyz"), "20: expected a hash"));
    CHECK(says(with("H 12345678123456781"), "20: expected a hash"));
    CHECK(says(with("P 4"), "20: expected a phase"));
    CHECK(says(with("S 1 2"), "20: expected six numbers"));
    CHECK(says(with("S 1 2 3 4 5 6 32:1:1:1"), "20: expected size classes"));
    CHECK(says(with("S 1 2 3 4 5 6 3:1:1:1 3:1:1:1"), "20: size classes must rise"));
    CHECK(says(with("m " + std::string(100'000, '1')), "20: the line is longer than 4096"));
    CHECK(says(outcome(replaced(sound(), "f 1", "f 0")), "24: expected the age"));
    CHECK(says(outcome(replaced(sound(), "f 1", "f 4")), "24: expected the age of a block, from 1 to 3"));
    CHECK(says(outcome(replaced(sound(), "f 1", "f 18446744073709551617")), "24: expected the age"));
    CHECK(says(outcome(replaced(sound(), "m 1000 -\nf 1", "f 1\nf 1")), "24: block 1 was given back before"));
    CHECK(says(outcome(replaced(sound(), "m 1000 -\nf 1", "f 1\nr 1 60 =")), "24: block 1 was given back before"));
    CHECK(says(outcome(replaced(sound(), "A 0 8192 0", "A 0 8193 0")), "a multiple of 16"));
    CHECK(says(outcome(replaced(sound(), "A 0 8192 0", "A 5 8192 0")), "expected 0"));
    CHECK(says(outcome(replaced(sound(), "A 0 8192 0", "A 0 16384 0")), "19: expected the arena's ordinal"));
}

TEST_CASE("counts must be those the header announces")
{
    CHECK(says(outcome(replaced(sound(), "f 1\n", "")), "announces 5 ops, the recording has 4"));
    CHECK(says(outcome(replaced(sound(), "P 3\n", "f 1\n")), "more requests than the 5"));
    CHECK(says(outcome(replaced(sound(), "P 3\n", "m 5 -\n")), "more blocks than the 3"));
    CHECK(says(outcome(replaced(sound(), "small 3", "small 4")), "announces 4 small, the recording has 3"));
    CHECK(says(outcome(replaced(sound(), "unaligned_arenas 1", "unaligned_arenas 0")), "announces 0 unaligned_arenas"));
}

TEST_CASE("cut off files are refused")
{
    CHECK(says(outcome(replaced(sound(), "end\n", "")), "without the line 'end'"));
    CHECK(says(outcome(sound() + "m 1 -\n"), "there is more after the line 'end'"));
    const std::string whole = compressed(sound());
    for (const std::size_t kept : {whole.size() / 2, whole.size() - 9, whole.size() - 1})
        CHECK(says(outcome(whole.substr(0, kept)), "cut off"));
    std::string damaged = whole;
    damaged[whole.size() / 2] = static_cast<char>(damaged[whole.size() / 2] ^ 0x55);
    CHECK(outcome(damaged) != "");
}

TEST_CASE("small compressed files that unpack to much end early")
{
    // One endless line, and endless lines.
    CHECK(says(outcome(compressed(kHeader + counts(5, 3, 3, 1, 1, 0, 1) + std::string(20'000'000, ' '))), "longer than 4096"));
    std::string phases = kHeader + counts(5, 3, 3, 1, 1, 0, 1);
    for (int i = 0; i < 2'000'000; ++i)
        phases += "P 0\n";
    CHECK(says(outcome(compressed(phases)), "more than 20000 P lines"));
}

TEST_CASE("huge raw requests end at the address space, not with a crash")
{
    std::string text = kHeader + counts(3, 3, 0, 3, 0, 0, 0);
    for (int i = 0; i < 3; ++i)
        text += "m 140737488355328 -\n";
    CHECK(says(outcome(text + "end\n"), "it would pass the limit"));
}

TEST_CASE("what the fuzzer found ends with a report or an error, the same with and without history")
{
    int reports = 0, errors = 0;
    for (const auto &entry : std::filesystem::directory_iterator(std::string(PYRENA_SOURCE_DIR) + "/tests/fuzz/corpus/recording")) {
        const std::string path = entry.path().string();
        CAPTURE(path);
        ReplayOptions options;
        options.maxArenas = 16;
        const Result<ReplayReport> verified = verifyRecording(path, options);
        RecordedReplayOptions withHistory;
        withHistory.replay = options;
        const Result<RecordedReplay> recorded = recordRecording(path, withHistory);
        CHECK((verified.ok() || verified.error().message.starts_with(path + ':')));
        REQUIRE((recorded.ok() || !verified.ok()));
        if (verified.ok()) {
            CHECK(recorded->report.mismatches == verified->mismatches);
            CHECK(recorded->report.hashesChecked == verified->hashesChecked);
        }
        (verified.ok() ? reports : errors) += 1;
    }
    CHECK(reports > 10);
    CHECK(errors > 100);
}

TEST_CASE("recordings with random damage end with a report or an error")
{
    std::mt19937 random(11);
    int errors = 0, differences = 0;
    for (int round = 0; round < 600; ++round) {
        std::string text = sound();
        const std::size_t begin = round % 3 == 0 ? 0 : text.find("begin");
        for (std::uint32_t hits = 1 + random() % 3; hits > 0; --hits) {
            const std::size_t at = begin + random() % (text.size() - begin);
            switch (random() % 4) {
            case 0: text[at] = static_cast<char>(random() % 256); break;
            case 1: text[at] = static_cast<char>('0' + random() % 10); break;
            case 2: text.erase(at, 1 + random() % 8); break;
            case 3: text.insert(at, text.substr(begin + random() % (text.size() - begin), random() % 20)); break;
            }
        }
        const TemporaryFile file(text);
        const Result<ReplayReport> report = verifyRecording(file.path());
        errors += !report.ok();
        differences += report.ok() && !report->exact();
        CHECK(recordRecording(file.path()).ok() == report.ok());
    }
    CHECK(errors > 300);
    CHECK(differences > 5);
}
