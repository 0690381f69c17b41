#include <doctest/doctest.h>

#include "core/lesson/query.h"
#include "core/record.h"

#include <memory>
#include <string>

using namespace pyrena;

namespace {

class Asker
{
public:
    explicit Asker(std::string source, std::string profile = "3.13")
    {
        Recipe recipe;
        m_anchors = findAnchors(source);
        recipe.source = std::move(source);
        recipe.profile = std::move(profile);
        auto recorded = record(recipe);
        REQUIRE(recorded.ok());
        REQUIRE((*recorded)->outcome == Outcome::Finished);
        m_timeline = std::make_unique<Timeline>(*recorded);
    }
    std::string operator()(const std::string &text)
    {
        const auto query = Query::parse(text);
        if (!query)
            return std::to_string(query.error().column) + ": " + query.error().message;
        const auto value = query->evaluate(*m_timeline, m_anchors, m_timeline->trace().changeCount());
        return value ? toString(*value, m_timeline->trace()) : std::to_string(value.error().column) + ": " + value.error().message;
    }

private:
    std::vector<Anchor> m_anchors;
    std::unique_ptr<Timeline> m_timeline;
};

std::string parseProblem(const std::string &text)
{
    const auto query = Query::parse(text);
    return query ? "none" : std::to_string(query.error().column) + ": " + query.error().message;
}

const std::string kLists = "a = []       #@ one\n"
                           "b = a        #@ two\n"
                           "c = [a]      #@ three\n"
                           "del b        #@ less\n"
                           "a = 5        #@ move\n"
                           "print('hi')\n"
                           "print('there')\n"
                           "c = None     #@ gone\n";

} // namespace

TEST_CASE("counts, lives and deaths are asked of a recording")
{
    Asker ask(kLists);
    CHECK(ask("refcount(a) @ after one") == "1");
    CHECK(ask("refcount(a) @ after two") == "2");
    CHECK(ask("refcount(list#1) @ after three") == "3");
    CHECK(ask("owners(list#1) @ after three") == "3");
    CHECK(ask("refcount(list#1) @ after move") == "1");
    CHECK(ask("alive(list#1) @ start") == "no");
    CHECK(ask("alive(list#1) @ before gone") == "yes");
    CHECK(ask("alive(list#1)") == "no");
    CHECK(ask("died_line(list#1)") == "8");
    CHECK(ask("born_line(list#2)") == "3");
    CHECK(ask("count(list) @ after three") == "2");
    CHECK(ask("count(list)") == "0");
    CHECK(ask("length(c) @ after three") == "1");
    CHECK(ask("a @ after one") == "list#1");
    CHECK(ask("output(2)") == "there");
}

TEST_CASE("a call takes the next moment to its right, the rest the caller's")
{
    Asker ask(kLists);
    CHECK(ask("refcount(list#1) == 3 and alive(list#2) @ after three") == "yes");
    CHECK(ask("refcount(list#1) @ after three - refcount(list#1) @ after one") == "2");
    CHECK(ask("alive(list#1) @ after one and not alive(list#1)") == "yes");
}

TEST_CASE("an object may be named at one moment and asked at another")
{
    Asker ask(kLists);
    CHECK(ask("refcount(a @ after one) @ after move") == "1");
    CHECK(ask("alive(a @ after one)") == "no");
    CHECK(ask("died_line(c @ after three)") == "8");
    CHECK(ask("alive(c @ after three) @ after one") == "no");
    CHECK(parseProblem("count(list @ end)") == "1: only a name of an object can have a moment of its own");
}

TEST_CASE("comparisons and connectives follow Python's order")
{
    Asker ask(kLists);
    CHECK(ask("1 + 2 == 3 and 2 > 1") == "yes");
    CHECK(ask("not 1 == 2 or 1 == 2 and 1 == 2") == "yes");
    CHECK(ask("not (1 == 1 or 1 == 2)") == "no");
    CHECK(ask("10 - 3 - 2") == "5");
    CHECK(ask("10 - (3 - 2)") == "9");
    CHECK(ask("3 <= 3 and 3 >= 3 and 3 != 4 and 3 < 4") == "yes");
    CHECK(ask("output(1) == 'hi'") == "yes");
    CHECK(ask("yes != no") == "yes");
    CHECK(ask("0x10 - 0x8") == "8");
}

TEST_CASE("places are asked by profile")
{
    const std::string program = "base = 'pymallo'\nword = base + 'c'   #@ word\nmore = base + 'd'\nlong = base * 100\n";
    Asker modern(program), classic(program, "classic");
    CHECK(modern("request(word)") == "49");
    CHECK(modern("block_size(word)") == "64");
    CHECK(modern("waste(word)") == "15");
    CHECK(classic("waste(word)") == "7");
    CHECK(modern("pool_capacity(word)") == "255");
    CHECK(classic("pool_capacity(word)") == "63");
    CHECK(modern("class_size(33)") == "48");
    CHECK(classic("class_size(33)") == "40");
    CHECK(modern("class_capacity(512)") == "31");
    CHECK(modern("in_pool(long)") == "no");
    CHECK(modern("in_pool(word)") == "yes");
    CHECK(modern("pool(word) == pool(more)") == "yes");
    CHECK(modern("block(word) == block(more)") == "no");
    CHECK(modern("address(more) - address(word)") == "64");
    CHECK(modern("block(more) == 1 and arena(more) == 0") == "yes");
    CHECK(modern("pool_used(word)") == "2");
    CHECK(modern("pool_free(word) + pool_untouched(word)") == "253");
    CHECK(modern("arenas()") == "1");
    CHECK(modern("block(long)").find("long lies in no pool") != std::string::npos);
}

TEST_CASE("what a collection has set aside is asked between two visits")
{
    Asker ask("import gc\na = ['A']\nb = [a]\nc = [b]\ndel a, b\ngc.collect()\n");
    CHECK(ask("unreachable(list#1) or unreachable(list#2) @ collect#1.subtract_refs") == "no");
    CHECK(ask("unreachable(list#1) and unreachable(list#2) @ collect#1.move_unreachable.visit#2") == "yes");
    CHECK(ask("unreachable(list#2) @ collect#1.move_unreachable.visit#3") == "no");   // c reaches it
    CHECK(ask("unreachable(list#1) @ collect#1.move_unreachable.visit#3") == "yes");
    CHECK(ask("unreachable(list#1) or unreachable(list#2) or unreachable(c) @ collect#1.move_unreachable") == "no");
}

TEST_CASE("the generation of a collection is asked by its number")
{
    Asker ask("import gc\ngc.collect(1)   #@ one\ngc.collect()\n");
    CHECK(ask("collected_generation(1)") == "1");
    CHECK(ask("collected_generation(2)") == "2");
    CHECK(ask("collected_generation(2) @ after one") == "1: there is no collection 2 up to that moment");
    CHECK(ask("collected_generation(0)") == "1: there is no collection 0 up to that moment");
}

TEST_CASE("what gc.collect() returned is not mixed up with collections that a counter started")
{
    for (const char *profile : {"3.13", "3.8", "3.14.0"}) {
        Asker ask("import gc\ngc.set_threshold(5, 2, 2)\nkept = [[] for n in range(40)]\nring = []\nring.append(ring)\nring = None\n"
                  "gc.collect()\nring = [[]]\nring[0].append(ring)\nring = None\ngc.collect()\n", profile);
        CAPTURE(profile);
        CHECK(ask("collections() > 4") == "yes");
        CHECK(ask("collected(1)") == "1");
        CHECK(ask("collected(2)") == "2");
        CHECK(ask("collected(3)") == "1: gc.collect() has not run 3 times at that moment");
    }
}

TEST_CASE("collectors without counts need the roots")
{
    for (const char *profile : {"3.13", "3.14.0", "counting-only"})
        CHECK(Asker("a = 1\n", profile)("needs_roots()") == "no");
    for (const char *profile : {"mark-sweep", "mark-compact", "copying", "generational-copying"})
        CHECK(Asker("a = 1\n", profile)("needs_roots()") == "yes");
}

TEST_CASE("lists of the interpreter's own are not counted as the program's")
{
    Asker ask("import gc   #@ before\na = []\nb = [a]   #@ two\na = b = None   #@ gone\n");   // gc.garbage and gc.callbacks are lists
    CHECK(ask("count(list) @ after before") == "0");
    CHECK(ask("count(list) @ after two") == "2");
    CHECK(ask("count(list) @ after gone") == "0");
}

TEST_CASE("a pause is as long as the collection had looks")
{
    Asker ask("import gc\ngc.collect(0)   #@ one\nkept = [[1], [2], [3]]\ngc.collect()   #@ two\n");
    CHECK(ask("looks(1) < looks(2)") == "yes");
    CHECK(ask("looks(2) == longest_pause()") == "yes");
    CHECK(ask("looks(2) @ after one") == "1: there is no collection 2 that is over at that moment");
}

TEST_CASE("what cannot be answered says why")
{
    Asker ask(kLists);
    CHECK(ask("refcount(b)") == "1: nothing is called 'b' at that moment");
    CHECK(ask("alive(lits#1)") == "1: nothing is called 'lits#1' at that moment");
    CHECK(ask("alive(list#99)") == "1: nothing is called 'list#99' at that moment");
    CHECK(ask("refcount(list#1)") == "1: list#1 is not alive at that moment");
    CHECK(ask("output(3)") == "1: the program has not printed a line 3 at that moment");
    CHECK(ask("collected(1)") == "1: gc.collect() has not run 1 time at that moment");
    CHECK(ask("gc_count(3)") == "1: there is no generation 3");
    CHECK(ask("pools(blue)") == "1: 'blue' is not a state of a pool");
    CHECK(ask("class_size(513)") == "1: a request of 513 bytes gets no block in a pool");
    CHECK(ask("refcount(a) @ after nowhere") == "1: the program has no anchor 'nowhere'");
    CHECK(ask("1 == 'x'") == "3: a number cannot be compared with a text");
    CHECK(ask("yes < no") == "5: '<' compares numbers and addresses, not yes or no");
    CHECK(ask("1 and 2") == "1: this is a number, not yes or no");
    CHECK(ask("'a' + 1") == "6: a text and a number cannot be added or subtracted");
}

TEST_CASE("a wrong query is refused with its place")
{
    CHECK(parseProblem("") == "1: the query ends too early");
    CHECK(parseProblem("refcont(a)") == "1: there is no query 'refcont'");
    CHECK(parseProblem("refcount()") == "1: refcount takes one argument, not 0");
    CHECK(parseProblem("refcount(a, b)") == "1: refcount takes one argument, not 2");
    CHECK(parseProblem("refcount(a") == "11: ')' is missing");
    CHECK(parseProblem("gc_count(x)") == "1: gc_count takes a number");
    CHECK(parseProblem("a = b") == "3: '=' compares nothing");
    CHECK(parseProblem("1 < 2 < 3") == "7: comparisons cannot be chained");
    CHECK(parseProblem("a @ soon") == "5: 'soon' is not a moment");
    CHECK(parseProblem("a b") == "3: unexpected 'b'");
    CHECK(parseProblem("'open") == "1: the quote is never closed");
    CHECK(parseProblem(std::string(500, '(')).find("nests too deeply") != std::string::npos);
    CHECK(parseProblem(std::string(900, '-')).find("unexpected '-'") != std::string::npos);
    CHECK(parseProblem(std::string(2000, '1')) == "0: the query is longer than 1000 characters");
    std::string nots;
    for (int i = 0; i < 200; ++i)
        nots += "not ";
    CHECK(parseProblem(nots + "a").find("nests too deeply") != std::string::npos);
}
