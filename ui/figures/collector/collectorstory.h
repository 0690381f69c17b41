#pragma once

#include "core/trace/trace.h"
#include "core/world/world.h"

#include <cstdint>
#include <optional>
#include <vector>

// What the Collector figure tells at a position, as plain data read off the trace and the world.
namespace pyrena::collector {

// What a collection has found out about an object so far.
enum class Verdict : std::uint8_t {
    Waiting,       // not looked at yet in this phase
    Looked,        // looked at in this phase
    Reachable,     // looked at by move_unreachable and kept
    SetAside,      // unreachable, for now
    Garbage,       // move_unreachable is over and it is still set aside
    Resurrected,   // a finalizer made it reachable again
    Cleared,       // its references were cleared, yet it lives
    Freed,
};

// What a __del__ of garbage is about to do.
enum class FinalizerState : std::uint8_t { None, Waits, Runs, Ran };

struct Card
{
    ObjectId id;
    Verdict verdict = Verdict::Waiting;
    FinalizerState finalizer = FinalizerState::None;
    bool current = false;             // looked at in this step
    bool gcRefsChanged = false;       // in this step
    bool countChanged = false;
    bool rescued = false;             // was set aside, and brought back
    bool weakrefsCleared = false;
    bool showsGcRefs = false;         // update_refs has filled it
    std::int32_t gcRefs = 0;
    std::optional<GcMark> mark;       // of a manager without counts while it collects, or of an increment that marks
    bool start = false;               // of an increment: an old object that joined by itself ...
    ObjectId pulledBy;                // ... or because this one refers to it
};

// A weak reference to something that is set aside: handle_weakrefs clears it.
struct WeakLink
{
    ObjectId reference, target;
    bool cleared = false, now = false;         // now: in this step
    enum class Callback : std::uint8_t { None, Waits, Runs, Ran } callback = Callback::None;
};

struct Phase
{
    StepId step;
    StepKind kind = StepKind::MergeYounger;
    enum class When : std::uint8_t { Done, Now, Later } when = When::Later;
    std::uint32_t visits = 0, visited = 0;   // steps Visit inside, and those begun
};

struct Reference { std::size_t from = 0, to = 0; bool weak = false; };   // indexes into Graph::members

// The examined objects and the references among them; empty when they are more than kMostInGraph.
struct Graph
{
    std::vector<Card> members;                 // in the order of the list when the collection began
    std::vector<Reference> references;
    std::vector<std::int64_t> fromOutside;     // by member: its count minus the references from members
};

enum class TrackRole : std::uint8_t { Generation, Increment, Pending, Visited };   // the last three: of the incremental collector

struct Track
{
    GcListId list = GcListId::Generation0;
    TrackRole role = TrackRole::Generation;
    std::uint32_t length = 0;
    std::int32_t count = 0, threshold = 0;     // of the permanent generation: 0
    bool lengthChanged = false, examined = false;
    std::vector<ObjectId> cars;                // its first members, as many as asked for
};

// What lies in a space of a manager without counts.
struct SpaceBlock
{
    ObjectId owner;
    std::uint64_t offset = 0, size = 0;        // bytes from the space's start
    bool second = false;                       // the owner's second block
    bool changed = false;                      // put there in this step
    GcMark mark = GcMark::White;
};

struct SpaceStory
{
    SpaceId id = SpaceId::None;                // None: obmalloc's arenas
    std::uint64_t size = 0, used = 0;          // bytes
    bool active = false;
    std::optional<std::uint64_t> scan;         // bytes from the start
    std::vector<SpaceBlock> blocks;            // by address; at most kMostBlocks
};

// What the collector of 3.14.0 has besides lists. It works through the old objects in cycles: in each of them they go from the
// pending space to the visited one, an increment at a time.
struct IncrementStory
{
    bool shown = false;                        // the manager is incremental
    GcListId pending = GcListId::None, visited = GcListId::None;
    bool marks = false;                        // this increment marks from the roots and frees nothing; at rest: the next one
    bool gathering = false;                    // its members are being put together, or it marks
    std::int64_t work = 0;                     // objects still to examine before the program is let on; a debt when below 0
    std::int64_t ownPending = 0;               // objects of the interpreter itself: not simulated, but they count for the pace
    std::int64_t wanted = 0, own = 0;          // the increment's size: what it shall have, and how many of the interpreter's it has
    std::size_t young = 0, old = 0;            // and of the program's
    struct Joined { ObjectId id, by; };        // by: none for one that joined by itself
    std::vector<Joined> joined;                // old objects, in this order
    std::vector<ObjectId> met;                 // looked into by this marking, in this order

    std::int64_t size() const { return static_cast<std::int64_t>(young + old) + own; }
};

struct Story
{
    // The collection around the position; none when no collection is under way there.
    StepId collection;
    std::uint32_t number = 0;                  // of the collection, from 1
    int generation = 0;
    std::uint32_t line = 0;                    // that was running; 0: none
    bool automatic = false;                    // started by a counter, not by gc.collect()
    std::vector<Phase> phases;
    int now = -1;                              // index of the phase the position is in; -1: before the first
    bool afterMarking = false;                 // move_unreachable is over
    ObjectId current;                          // whose visit this step ended or is in

    std::vector<Card> examined;                // the list being examined (at rest: the youngest generation)
    std::vector<Card> unreachable;
    std::vector<WeakLink> weakLinks;           // after marking: in the order in which they are cleared
    std::vector<Card> finalizers;              // once finalize_garbage has begun: whose __del__ runs, in this order
    ObjectId movedOut;                         // moved from examined to unreachable in this step
    std::size_t movedOutIndex = 0;             // where in `examined` it stood
    std::size_t total = 0, visited = 0, setAside = 0, rescued = 0, freed = 0, survivors = 0;
    std::optional<std::int64_t> result;        // what this collection found, once it says so

    bool tracing = false;                      // a manager without counts: marks instead of gc_refs, spaces instead of generations
    std::vector<SpaceStory> spaces;
    GcCosts costs;

    IncrementStory increment;
    std::vector<Card> second;                  // while it gathers: what is pending, or while it marks: what was met

    Graph graph;
    std::vector<Track> tracks;
    bool enabled = true;

    bool running() const { return static_cast<bool>(collection); }
};

inline constexpr std::size_t kMostInGraph = 24;
inline constexpr std::size_t kMostCards = 4000;    // of a list that are read; Story::total counts all

inline constexpr std::size_t kMostBlocks = 4000;

// The part of a story that managers without counts have: marks, the dead of this collection, the spaces. `story` knows the
// collection and its phases already.
void tellTracing(Story &story, const Trace &trace, const World &world, std::uint32_t stepBegin, std::uint32_t position);

// The part of a story that the incremental collector has. `story` knows the collection and its phases already.
void tellIncrement(Story &story, const Trace &trace, const World &world, std::uint32_t position);

Story tellStory(const Trace &trace, const World &world, std::uint32_t stepBegin, std::uint32_t position, std::size_t mostCars);

} // namespace pyrena::collector
