// Frames up to 3.10 lie in the heap, as temporaries that coarser levels hide.
#include "../run/restpoints.h"

#include "core/trace/timeline.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

constexpr const char *kOld[] = {"classic", "3.6", "3.7", "3.8", "3.9", "3.10"};

struct FrameBirth { std::string name; std::uint64_t address; std::uint32_t size; };

// Of the program's own calls, in order.
std::vector<FrameBirth> frameBirths(const Trace &trace)
{
    std::vector<FrameBirth> births;
    std::uint64_t address = 0;
    std::uint32_t size = 0;
    for (std::uint32_t n = 0; n < trace.changeCount(); ++n) {
        const Change &change = trace.change(n);
        if (const auto *born = std::get_if<change::ObjectBorn>(&change); born && born->kind == TypeKind::Frame) {
            address = born->address;
            size = born->size;
        } else if (const auto *pushed = std::get_if<change::FramePushed>(&change)) {
            births.push_back({trace.text(trace.codes[pushed->code.value].name), address, size});
        }
    }
    return births;
}

std::uint32_t mostHidden(const std::shared_ptr<const Trace> &trace)
{
    Timeline timeline(trace);
    std::uint32_t most = 0;
    for (std::uint32_t n = 0; n <= trace->changeCount(); ++n)
        most = std::max(most, hiddenTemporaries(timeline.seek(n)));
    return most;
}

} // namespace

TEST_CASE("up to 3.10 every running call is a hidden object of the heap")
{
    for (const char *profile : kOld) {
        CAPTURE(profile);
        const auto trace = recordText("def down(n):\n    return down(n - 1) if n else 0\ndown(3)\n", profile);
        REQUIRE(trace);
        CHECK(mostHidden(trace) == 5);   // the module and four calls
        Timeline timeline(trace);
        CHECK(hiddenTemporaries(timeline.seek(trace->changeCount())) == 0);
    }
}

TEST_CASE("from 3.11 on calls take no block of the heap")
{
    for (const char *profile : {"3.11", "3.12", "3.13", "3.14"}) {
        CAPTURE(profile);
        const auto trace = recordText("def down(n):\n    return down(n - 1) if n else 0\ndown(3)\n", profile);
        REQUIRE(trace);
        CHECK(mostHidden(trace) == 0);
    }
}

TEST_CASE("the next call of a function has its frame where the last one had it")
{
    for (const char *profile : kOld) {
        CAPTURE(profile);
        const auto trace = recordText("def f():\n    return 1\ndef g():\n    return 2\nf()\ng()\nf()\ng()\n", profile);
        REQUIRE(trace);
        const auto births = frameBirths(*trace);
        REQUIRE(births.size() == 5);   // the module first
        CHECK(births[1].address == births[3].address);
        CHECK(births[2].address == births[4].address);
        CHECK(births[1].address != births[2].address);
    }
}

TEST_CASE("frames that a recursion needed serve other functions, until a full collection")
{
    const char *program = "import gc\ndef down(n):\n    return down(n - 1) if n else 0\ndef other():\n    return 1\n"
                          "def third():\n    return 1\ndown(9)\nother()\ngc.collect()\nthird()\n";
    for (const char *profile : kOld) {
        CAPTURE(profile);
        const auto trace = recordText(program, profile);
        REQUIRE(trace);
        const auto births = frameBirths(*trace);
        REQUIRE(births.size() == 13);
        const auto wasOfDown = [&](const FrameBirth &birth) {
            return std::any_of(births.begin() + 1, births.begin() + 11, [&](const FrameBirth &b) { return b.address == birth.address; });
        };
        CHECK(wasOfDown(births[11]));
    }
}

TEST_CASE("a frame is as large as its locals, cells and value stack need")
{
    // sys.getsizeof(sys._getframe()) of these functions in 3.6.15, 3.7.16, 3.9.18 and 3.10.13, and 8 bytes for the entry
    // that is part of the header as well: frame_size_of.
    const char *program = "import sys\ndef none(): return sys.getsizeof(sys._getframe())\nnone()\n";
    const std::pair<const char *, std::uint32_t> expected[] = {{"3.6", 432}, {"3.7", 432}, {"3.9", 416}, {"3.10", 408}};
    for (const auto &[profile, bytes] : expected) {
        CAPTURE(profile);
        const auto trace = recordText(program, profile);
        REQUIRE(trace);
        const auto births = frameBirths(*trace);
        REQUIRE(births.size() == 2);
        CHECK(births[1].size == bytes);
    }
}
