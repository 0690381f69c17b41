#include <doctest/doctest.h>

#include "core/record.h"
#include "core/explain/describe.h"
#include "core/explain/explain.h"
#include "core/explain/phrase.h"
#include "core/trace/timeline.h"
#include "tests/ui/figures_objects/heapbuilder.h"

#include <bit>
#include <set>

using namespace pyrena;

namespace {

template <std::size_t I = 0>
void eachKindOfChange(std::vector<Change> &all)
{
    if constexpr (I < std::variant_size_v<Change>) {
        all.emplace_back(std::in_place_index<I>);
        eachKindOfChange<I + 1>(all);
    }
}

void isASentence(const std::string &text)
{
    CAPTURE(text);
    CHECK_FALSE(text.empty());
    CHECK(text.find('%') == std::string::npos);
    if (!text.empty())
        CHECK(text.back() != '.');
}

std::string explained(const Change &change)
{
    Trace trace;
    trace.profile = findProfile("3.13");
    trace.log.append(change);
    return explainChange(trace, 0);
}

} // namespace

TEST_CASE("every kind of change has a sentence of its own")
{
    std::vector<Change> all;
    eachKindOfChange(all);
    std::set<std::string> sentences;
    for (const Change &change : all) {
        const std::string text = explained(change);
        CAPTURE(change.index());
        isASentence(text);
        CHECK(sentences.insert(text).second);
    }
    CHECK(sentences.size() == std::variant_size_v<Change>);
}

TEST_CASE("every kind of notice has a sentence of its own")
{
    std::set<std::string> sentences;
    for (int kind = 0; kind <= int(change::NoticeKind::Plain); ++kind) {
        const std::string text = explained(change::Noticed{static_cast<change::NoticeKind>(kind), {}, {}, 2});
        CAPTURE(kind);
        isASentence(text);
        CHECK(sentences.insert(text).second);
    }
}

TEST_CASE("every kind of step has a sentence of its own")
{
    Recorder recorder({}, *findProfile("3.13"));
    recorder.beginRecording();
    for (int kind = 0; kind <= int(StepKind::Shutdown); ++kind)
        const auto step = recorder.step(static_cast<StepKind>(kind), {}, {}, 7);
    const auto trace = recorder.finish(Outcome::Finished);
    std::set<std::string> sentences;
    for (std::uint32_t i = 0; i < trace->steps.size(); ++i) {
        const std::string text = explainStep(*trace, StepId(i));
        CAPTURE(int(trace->steps[StepId(i)].kind));
        isASentence(text);
        CHECK(sentences.insert(text).second);
    }
    CHECK(sentences.size() == std::size_t(StepKind::Shutdown) + 1);
}

TEST_CASE("sentences say it in the words of the field")
{
    CHECK(explained(change::BlockTaken{PoolId(2), 112, 56, {}, 0, 0, 0})
          == "block at +112 of pool 2 (arena 0) taken: size class 64, 56 bytes asked");
    CHECK(explained(change::BlockFreed{PoolId(kPoolsPerArena + 3), 48, 0, {}})
          == "block at +48 of pool 3 (arena 1) freed: it is now the head of its pool's free chain");
    const auto trace = snakeTrace();
    std::set<std::string> sentences;
    for (std::uint32_t i = 0; i < trace->changeCount(); ++i)
        sentences.insert(explainChange(*trace, i));
    for (const char *expected : {"count of list#1 goes from 2 to 1", "list#1[0] now refers to list#1", "list#1[0] no longer refers to list#1",
                                 "list#1 dies: its count reached 0", "list#1 is tracked: it joins generation 0", "line 4 is reached",
                                 "entry 1 of globals now refers to list#1"}) {
        CAPTURE(expected);
        CHECK(sentences.contains(expected));
    }
}

TEST_CASE("a position is explained at each granularity")
{
    const auto trace = snakeTrace();
    std::uint32_t end = 0;
    for (const Step &step : trace->steps.all())
        if (step.kind == StepKind::Statement && step.span.begin.line == 4)
            end = step.end;
    REQUIRE(end > 0);
    CHECK(explainPosition(*trace, end, Granularity::Line) == "line 4, del a: count of list#1 goes from 2 to 1");
    CHECK(explainPosition(*trace, end, Granularity::Operation) == "remove the name a: count of list#1 goes from 2 to 1");
    CHECK(explainPosition(*trace, end, Granularity::Event) == "count of list#1 goes from 2 to 1");
    CHECK(explainPosition(*trace, 0, Granularity::Line) == "before the first step");
    for (std::uint32_t position = 0; position <= trace->changeCount() + 3; ++position)
        for (const Granularity g : {Granularity::Line, Granularity::Operation, Granularity::Event})
            isASentence(explainPosition(*trace, position, g));
}

TEST_CASE("values and labels are short and as Python writes them")
{
    HeapBuilder b;
    b.line(1);
    const ObjectId text = b.str("it's a rather long text that can't be shown whole");
    const ObjectId small = b.integer(-42);
    const ObjectId list = b.list();
    b.append(list, small);
    b.append(list, text);
    const ObjectId half = b.make(TypeKind::Float, "float", ObjectFlag::Alive, std::bit_cast<std::uint64_t>(0.5));
    b.bind("f", half);
    b.bind("numbers", list);
    const ObjectId node = b.node();
    b.attribute(node, "next", list);
    b.push(list);
    const World world = b.r().world();
    const Trace &trace = b.r().trace();
    CHECK(shortValue(trace, world, small) == "-42");
    CHECK(shortValue(trace, world, half) == "0.5");
    CHECK(shortValue(trace, world, list) == "[2 items]");
    CHECK(shortValue(trace, world, text, 8) == "\"it's a \u2026\"");
    CHECK(shortValue(trace, world, ObjectId()) == "nothing");
    CHECK(describe(trace, world, small) == "int -42");
    CHECK(describe(trace, world, list) == "list#1");
    CHECK(describe(trace, world, b.none) == "None");
    CHECK(describe(trace, world, world.globals) == "globals");
    CHECK(slotName(trace, world, list, 1) == "[1]");
    CHECK(slotName(trace, world, node, 0) == ".next");
    CHECK(slotName(trace, world, world.globals, 3) == "name numbers");
    CHECK(slotName(trace, world, world.globals, 2) == "key 1");
}

TEST_CASE("the holders of an object add up to its count")
{
    const auto trace = gardenTrace();
    Timeline timeline(trace);
    for (std::uint32_t position = 0; position <= trace->changeCount(); position += 7) {
        const World &world = timeline.seek(position);
        for (std::uint32_t i = 1; i < world.objects.size(); ++i) {
            const Object &o = world.objects[i];
            // Between a slot's change and its count's the two differ by that one.
            const auto holders = static_cast<std::int64_t>(holdersOf(*trace, world, ObjectId(i)).size());
            if (o.alive() && !o.has(ObjectFlag::Static)) {
                CAPTURE(position);
                CAPTURE(trace->label(ObjectId(i)));
                CHECK(std::abs(holders - std::int64_t(o.refcount)) <= 1);
            }
        }
    }
    const World &end = timeline.seek(trace->changeCount());
    std::set<std::string> names;
    for (std::uint32_t i = 1; i < end.objects.size(); ++i)
        if (trace->label(ObjectId(i)) == "Node#1")
            for (const Holder &holder : holdersOf(*trace, end, ObjectId(i)))
                names.insert(holder.name);
    CHECK(names == std::set<std::string>{"Node#2.back"});
}

TEST_CASE("phrases are translated as a whole and filled in afterwards")
{
    setTranslator([](const char *english) {
        return std::string(english) == "count of %1 goes from %2 to %3" ? std::string("%3 statt %2: %1") : std::string(english);
    });
    const std::string text = explained(change::RefcountChanged{ObjectId(), 2, 1});
    setTranslator({});
    CHECK(text == "1 statt 2: nothing");
    CHECK(phrase("a %1 b %2", {"%2", "x"}) == "a %2 b x");   // what is filled in is not looked at again
    CHECK(number(-1234567) == "-1,234,567");
    CHECK(number(999) == "999");
}

TEST_CASE("an object that its finalizer brings back is not said to die")
{
    Recipe recipe;
    recipe.source = "saved = []\nclass Phoenix:\n    def __del__(self):\n        saved.append(self)\nbird = Phoenix()\nbird = None\nsaved.clear()\n";
    const auto recorded = record(recipe);
    REQUIRE(recorded.ok());
    const Trace &trace = **recorded;
    std::vector<std::string> sentences;
    for (std::uint32_t i = 0; i < trace.steps.size(); ++i)
        if (const Step &step = trace.steps[StepId(i)]; step.kind == StepKind::Dealloc && step.subject && trace.label(step.subject) == "Phoenix#1")
            sentences.push_back(explainStep(trace, StepId(i)));
    CHECK(sentences == std::vector<std::string>{"Phoenix#1 was about to die, but __del__ gave it a new owner",
                                                "Phoenix#1 dies and lets go what it held"});
}
