// The phases of a collection, step by step, as text.
#include "../run/heaptext.h"
#include "../run/restpoints.h"

#include <doctest/doctest.h>

using namespace pyrena;
using namespace pyrena::testing;

namespace {

const char *phaseName(StepKind kind)
{
    switch (kind) {
    case StepKind::MergeYounger: return "merge younger";
    case StepKind::UpdateRefs: return "update refs";
    case StepKind::SubtractRefs: return "subtract refs";
    case StepKind::MoveUnreachable: return "move unreachable";
    case StepKind::UntrackTuples: return "untrack tuples";
    case StepKind::UntrackDicts: return "untrack dicts";
    case StepKind::MoveLegacyFinalizers: return "move legacy finalizers";
    case StepKind::HandleWeakrefs: return "handle weakrefs";
    case StepKind::FinalizeGarbage: return "finalize garbage";
    case StepKind::HandleResurrectedObjects: return "handle resurrected objects";
    case StepKind::DeleteGarbage: return "delete garbage";
    case StepKind::ClearFreeLists: return "clear free lists";
    default: return nullptr;
    }
}

// The last collection: its phases, and for each what it did to objects of these types.
std::string collectionText(const std::string &source, const std::set<std::string> &types)
{
    const auto trace = recordText(source);
    REQUIRE(trace);
    REQUIRE_MESSAGE(trace->outcome == Outcome::Finished, trace->errorText);
    StepId collection;
    for (std::uint32_t i = 0; i < trace->steps.size(); ++i)
        if (trace->steps[StepId(i)].kind == StepKind::Collection)
            collection = StepId(i);
    REQUIRE(collection);

    const auto shown = [&](ObjectId id) { return id.value < trace->objects.size() && types.contains(trace->text(trace->objects[id.value].typeName)); };
    std::string text = "\n";
    const auto phase = [&](StepId id) {
        const Step &step = trace->steps[id];
        const char *name = phaseName(step.kind);
        if (!name)
            return;
        text += std::string(name) + "\n";
        for (std::uint32_t c = step.begin; c < step.end; ++c) {
            const Change &change = trace->change(c);
            if (const auto *refs = std::get_if<change::GcRefsSet>(&change); refs && shown(refs->object))
                text += "  " + trace->label(refs->object) + ": gc_refs " + std::to_string(refs->after) + "\n";
            if (const auto *moved = std::get_if<change::GcMoved>(&change); moved && shown(moved->object)) {
                if (moved->after == GcListId::Unreachable)
                    text += "  " + trace->label(moved->object) + " is set aside\n";
                else if (moved->before == GcListId::Unreachable && moved->after == GcListId::Generation2)
                    text += "  " + trace->label(moved->object) + " comes back\n";
            }
            if (const auto *died = std::get_if<change::ObjectDied>(&change); died && shown(died->object))
                text += "  " + trace->label(died->object) + " dies\n";
        }
    };
    for (const StepId child : trace->steps.children(collection))
        phase(child);
    return text;
}

} // namespace

TEST_CASE("a list that holds itself: its only reference is its own, so it is garbage")
{
    CHECK(collectionText("import gc\na = []\na.append(a)\ndel a\ngc.collect()\n", {"list"}) == R"(
merge younger
update refs
  list#1: gc_refs 1
subtract refs
  list#1: gc_refs 0
move unreachable
  list#1 is set aside
untrack tuples
untrack dicts
move legacy finalizers
handle weakrefs
finalize garbage
delete garbage
  list#1 dies
clear free lists
)");
}

TEST_CASE("a list that holds itself and has a name stays")
{
    CHECK(collectionText("import gc\na = []\na.append(a)\ngc.collect()\n", {"list"}) == R"(
merge younger
update refs
  list#1: gc_refs 2
subtract refs
  list#1: gc_refs 1
move unreachable
untrack tuples
untrack dicts
move legacy finalizers
handle weakrefs
finalize garbage
delete garbage
clear free lists
)");
}

TEST_CASE("two nodes that hold each other die together")
{
    CHECK(collectionText("import gc\nclass Node: pass\na = Node()\nb = Node()\na.other = b\nb.other = a\ndel a, b\ngc.collect()\n", {"Node"}) == R"(
merge younger
update refs
  Node#1: gc_refs 1
  Node#2: gc_refs 1
subtract refs
  Node#2: gc_refs 0
  Node#1: gc_refs 0
move unreachable
  Node#1 is set aside
  Node#2 is set aside
untrack tuples
untrack dicts
move legacy finalizers
handle weakrefs
finalize garbage
delete garbage
  Node#2 dies
  Node#1 dies
clear free lists
)");
}

TEST_CASE("what is set aside too early comes back when something reachable refers to it")
{
    // last is older than the list that holds it, so it is looked at first and seems to be held from inside only.
    CHECK(collectionText("import gc\nlast = []\nmiddle = [last]\nfirst = [middle]\nlast.append(None)\ndel last, middle\ngc.collect()\n", {"list"}) == R"(
merge younger
update refs
  list#1: gc_refs 1
  list#2: gc_refs 1
  list#3: gc_refs 1
subtract refs
  list#1: gc_refs 0
  list#2: gc_refs 0
move unreachable
  list#1 is set aside
  list#2 is set aside
  list#2 comes back
  list#2: gc_refs 1
  list#1 comes back
  list#1: gc_refs 1
untrack tuples
untrack dicts
move legacy finalizers
handle weakrefs
finalize garbage
delete garbage
clear free lists
)");
}

TEST_CASE("a collection counts what it finds unreachable")
{
    const auto trace = recordText("import gc\na = []\na.append(a)\ndel a\nprint(gc.collect(), gc.collect())\n");
    REQUIRE(trace);
    Timeline timeline(trace);
    std::string output;
    for (const TextId text : timeline.seek(trace->changeCount()).output)
        output += trace->text(text);
    CHECK(output == "1 0\n");
}

TEST_CASE("an object that its finalizer saves stays, with what it holds")
{
    const auto trace = recordText("import gc\nsaved = []\nclass Node:\n    def __del__(self):\n        saved.append(self)\n"
                                  "a = Node()\na.me = a\na.part = [1]\ndel a\ngc.collect()\nprint(saved[0].part, saved[0].me is saved[0])\n");
    REQUIRE(trace);
    REQUIRE(trace->outcome == Outcome::Finished);
    Timeline timeline(trace);
    std::string output;
    for (const TextId text : timeline.seek(trace->changeCount()).output)
        output += trace->text(text);
    CHECK(output == "[1] True\n");
}

TEST_CASE("a young collection moves what it keeps to the next generation")
{
    const auto trace = recordText("import gc\na = []\ngc.collect(0)\nb = []\ngc.collect(1)\nc = []\n");
    REQUIRE(trace);
    REQUIRE(trace->outcome == Outcome::Finished);
    Timeline timeline(trace);
    const World &world = timeline.seek(statementEnds(*trace).back());
    std::vector<GcListId> lists;
    for (std::uint32_t i = 0; i < world.objects.size(); ++i)
        if (trace->label(ObjectId(i)).starts_with("list#"))
            lists.push_back(world.objects[i].gcList);
    REQUIRE(lists.size() == 3);
    CHECK(lists[0] == GcListId::Generation2);
    CHECK(lists[1] == GcListId::Generation2);
    CHECK(lists[2] == GcListId::Generation0);
}
