#include <doctest/doctest.h>

#include "core/lesson/moment.h"
#include "core/trace/recorder.h"

#include <memory>
#include <string>

using namespace pyrena;

namespace {

SourceSpan lineSpan(std::uint32_t line, std::uint32_t column = 1) { return {{line, column}, {line, column + 5}}; }

// Statements with one change each; line 3 runs twice and the second time around a collection.
std::shared_ptr<const Trace> recording()
{
    Recorder recorder(Recipe{}, defaultProfile());
    recorder.beginRecording();
    const auto note = [&] { recorder.commit(change::Noticed{change::NoticeKind::Plain, {}, {}, 0}); };
    const auto program = [&] {
        const auto root = recorder.step(StepKind::Program);
        const auto statement = [&](SourceSpan span) {
            const auto step = recorder.step(StepKind::Statement, span);
            note();
        };
        statement(lineSpan(1));       // 0 - 1
        statement(lineSpan(2, 1));    // 1 - 2: a = 1; b = 2
        statement(lineSpan(2, 8));    // 2 - 3
        statement(lineSpan(3));       // 3 - 4
        {                             // 4 - 10
            const auto step = recorder.step(StepKind::Statement, lineSpan(3));
            note();
            const auto collection = recorder.step(StepKind::Collection, {}, {}, 2);
            for (const StepKind phase : {StepKind::UpdateRefs, StepKind::SubtractRefs}) {
                const auto inPhase = recorder.step(phase);
                note();
                for (int i = 0; phase == StepKind::SubtractRefs && i < 2; ++i) {
                    const auto visit = recorder.step(StepKind::Visit);
                    note();
                }
            }
            note();
        }
    };
    program();
    return recorder.finish(Outcome::Finished);
}

std::string at(const std::string &text)
{
    static const std::shared_ptr<const Trace> trace = recording();
    static const std::vector<Anchor> anchors{{"one", 1}, {"two", 2}, {"three", 3}, {"never", 9}};
    const auto moment = parseMoment(text);
    if (!moment)
        return moment.error().message;
    const auto position = resolveMoment(*moment, *trace, anchors);
    return position ? std::to_string(*position) : position.error().message;
}

} // namespace

TEST_CASE("moments are written back as they are read")
{
    for (const char *text : {"start", "end", "17", "line:4", "line:4#2", "after born", "before let-go#3", "collect.subtract_refs",
                             "collect.subtract_refs#2", "collect#2.update_refs", "collect#1", "before collect#1.update_refs",
                             "collect#1.move_unreachable.visit#3", "before collect.subtract_refs#2.visit#1"}) {
        const auto moment = parseMoment(text);
        REQUIRE_MESSAGE(moment.ok(), text);
        CHECK(toString(*moment) == text);
    }
    CHECK((*parseMoment("after:born#2") == *parseMoment(" after  born#2 ")));
    CHECK((*parseMoment("line 4") == *parseMoment("line:4")));
}

TEST_CASE("what is no moment is refused")
{
    for (const char *text : {"", "born", "after", "after ", "after a b", "line:0", "line:x", "line:4#0", "-1", "after born#",
                             "collect", "collect#0", "collect#1.", "collect.marq", "9999999999", "after #2", "collect.update_refs.",
                             "collect.update_refs.visits#1", "collect.update_refs.visit#0", "collect.visit#1"})
        CHECK_MESSAGE(!parseMoment(text).ok(), text);
}

TEST_CASE("moments are found in a recording")
{
    CHECK(at("start") == "0");
    CHECK(at("end") == "10");
    CHECK(at("before one") == "0");
    CHECK(at("after one") == "1");
    CHECK(at("line:3") == "4");
    CHECK(at("line:3#2") == "10");
    CHECK(at("before three#2") == "4");
    CHECK(at("collect.update_refs") == "6");
    CHECK(at("before collect.subtract_refs") == "6");
    CHECK(at("collect#1.subtract_refs") == "9");
    CHECK(at("before collect#1.subtract_refs.visit#1") == "7");
    CHECK(at("collect#1.subtract_refs.visit") == "8");
    CHECK(at("collect.subtract_refs.visit#2") == "9");
    CHECK(at("collect#1") == "10");
}

TEST_CASE("statements that share a line are one time of it")
{
    CHECK(at("before two") == "1");
    CHECK(at("after two") == "3");
    CHECK(at("line:2#2") == "line 2 comes once in this recording, not 2 times");
}

TEST_CASE("a moment that never comes says so")
{
    CHECK(at("after never") == "'never' (line 9) never comes in this recording");
    CHECK(at("after what") == "the program has no anchor 'what'");
    CHECK(at("collect#2") == "a collection comes once in this recording, not 2 times");
    CHECK(at("collect#2.update_refs") == "there is no collection 2 in this recording (found 1)");
    CHECK(at("collect#1.subtract_refs.visit#3")
          == "a visit in subtract_refs of collection 1 comes 2 times in this recording, not 3 times");
    CHECK(at("collect.update_refs.visit") == "a visit in update_refs never comes in this recording");
    CHECK(at("99") == "there is no step 99 in this recording (the last is 5)");
}
