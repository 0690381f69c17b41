// Program text in, heap as text out.
#include "../run/heaptext.h"
#include "../run/restpoints.h"

#include <doctest/doctest.h>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

// The heap after the last statement of the module, before its names go.
std::string heapOf(const std::string &source, const char *profile = "3.13")
{
    const auto trace = recordText(source, profile);
    REQUIRE(trace);
    REQUIRE_MESSAGE(trace->outcome == Outcome::Finished, trace->errorText);
    Timeline timeline(trace);
    return "\n" + heapText(*trace, timeline.seek(statementEnds(*trace).back()));
}

std::string deathsOf(const std::string &source, std::uint32_t fromLine, const char *profile = "3.13")
{
    const auto trace = recordText(source, profile);
    REQUIRE(trace);
    REQUIRE_MESSAGE(trace->outcome == Outcome::Finished, trace->errorText);
    return "\n" + deathText(*trace, fromLine);
}

std::string outputOf(const std::string &source, const char *profile = "3.13")
{
    const auto trace = recordText(source, profile);
    REQUIRE(trace);
    Timeline timeline(trace);
    std::string output;
    for (const TextId text : timeline.seek(trace->changeCount()).output)
        output += trace->text(text);
    return output;
}

} // namespace

TEST_CASE("two names of one list are two references")
{
    CHECK(heapOf("a = []\nb = a\n") == R"(
a -> list#1, count 2
b -> list#1
)");
}

TEST_CASE("a list that holds itself has one reference more than names")
{
    CHECK(heapOf("a = []\na.append(a)\n") == R"(
a -> list#1, count 2, room for 4
  [0] -> list#1
)");
}

TEST_CASE("a name that is bound again lets its object go")
{
    CHECK(heapOf("a = [[]]\nb = a\na = []\n") == R"(
a -> list#3, count 1
b -> list#2, count 1, room for 1
  [0] -> list#1, count 1
)");
    CHECK(deathsOf("a = [[]]\na = []\n", 2) == R"(
list#2
  list#1
)");
}

TEST_CASE("the items of a list die from the last to the first")
{
    CHECK(deathsOf("a = [[], [], []]\ndel a\n", 2) == R"(
list#4
  list#3
  list#2
  list#1
)");
}

TEST_CASE("the items of a tuple die from the last to the first")
{
    CHECK(deathsOf("a = ([], [])\ndel a\n", 2) == R"(
tuple#1
  list#2
  list#1
)");
}

TEST_CASE("the values of a dict die from the first to the last")
{
    CHECK(deathsOf("a = {'x': [], 'y': []}\ndel a\n", 2) == R"(
dict#1
  list#1
  list#2
)");
}

TEST_CASE("the attributes of an instance die in the order they were first set")
{
    for (const char *profile : {"3.13"})
        CHECK(deathsOf("class Node: pass\na = Node()\na.x = []\na.y = [[]]\ndel a\n", 5, profile) == R"(
Node#1
  list#1
  list#3
    list#2
)");
}

TEST_CASE("a chain dies from its head to its end")
{
    CHECK(deathsOf("class Node: pass\na = Node()\na.next = Node()\na.next.next = Node()\ndel a\n", 5) == R"(
Node#1
  Node#2
    Node#3
)");
}

TEST_CASE("an object that another name still holds survives the death of its owner")
{
    const char *const source = "a = [[], []]\nb = a[0]\ndel a\n";
    CHECK(heapOf(source) == R"(
b -> list#1, count 1
)");
    CHECK(deathsOf(source, 3) == R"(
list#3
  list#2
)");
}

TEST_CASE("a dict counts once for each key and each value")
{
    CHECK(heapOf("v = []\nd = {'one': v, 'two': v}\n") == R"(
v -> list#1, count 3
d -> dict#1, count 1, keys of 120
  key 0 -> str 'one', count 3
  ['one'] -> list#1
  key 1 -> str 'two', count 3
  ['two'] -> list#1
)");
}

TEST_CASE("an instance holds its attributes")
{
    CHECK(heapOf("class Node: pass\na = Node()\na.items = []\nb = Node()\nb.items = a.items\n") == R"(
a -> Node#1, count 1
  .items -> list#1, count 2
b -> Node#2, count 1
  .items -> list#1
)");
}

TEST_CASE("a closure keeps the variable of the function around it")
{
    CHECK(heapOf("def outer(p):\n    def inner():\n        return p\n    return [inner]\nkept = outer([])\n").find("list#2, count 1")
          != std::string::npos);
    CHECK(deathsOf("def outer(p):\n    def inner():\n        return p\n    return inner\nkept = outer([])\ndel kept\n", 6) == R"(
function#2
  tuple#1
    cell#1
      list#1
)");
}

TEST_CASE("a list of one type grows by CPython's steps")
{
    const std::string program = "import sys\na = []\nlast = -1\nempty = sys.getsizeof([])\nfor i in range(100):\n"
                                "    room = (sys.getsizeof(a) - empty) // 8\n    if room != last:\n        print(room, end=' ')\n"
                                "        last = room\n    a.append(None)\n";
    CHECK(outputOf(program, "3.13") == "0 4 8 16 24 32 40 52 64 76 92 108 ");
    CHECK(outputOf(program, "classic") == "0 4 8 16 25 35 46 58 72 88 106 ");
}

TEST_CASE("a dict grows by CPython's steps")
{
    const auto program = [](const char *key) {
        return "import sys\nd = {}\nlast = -1\nfor i in range(25):\n    size = sys.getsizeof(d)\n    if size != last:\n"
               "        print(len(d), size, end='; ')\n        last = size\n    d[" + std::string(key) + "] = None\n";
    };
    CHECK(outputOf(program("str(i)")) == "0 64; 1 184; 6 272; 11 464; 22 832; ");
    CHECK(outputOf(program("i")) == "0 64; 1 224; 6 352; 11 632; 22 1168; ");
}

TEST_CASE("an object that saves itself in __del__ lives on, and its __del__ runs only once")
{
    const std::string program = "saved = []\nclass Phoenix:\n    def __del__(self):\n        print('del', end=' ')\n        saved.append(self)\n"
                                "a = Phoenix()\ndel a\nprint(len(saved), end=' ')\nsaved.clear()\nprint('gone', len(saved), end='')\n";
    CHECK(outputOf(program) == "del 1 gone 0");
    CHECK(heapOf("saved = []\nclass Phoenix:\n    def __del__(self):\n        saved.append(self)\na = Phoenix()\ndel a\n") == R"(
saved -> list#1, count 1, room for 4
  [0] -> Phoenix#1, count 1
)");
}

TEST_CASE("the memory of an object that died is the next one's of its size")
{
    CHECK(outputOf("class Node:\n    __slots__ = ()\na = Node()\nfirst = id(a)\ndel a\nb = Node()\nprint(id(b) == first)\n") == "True\n");
    CHECK(outputOf("x = 1\na = 1000.5 + x\nfirst = id(a)\ndel a\nb = 2000.5 + x\nprint(id(b) == first)\n") == "True\n");
}
