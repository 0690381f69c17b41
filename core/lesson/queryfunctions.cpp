#include "core/explain/describe.h"
#include "core/lesson/querynode.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace pyrena {

namespace {

constexpr auto kFunctions = std::to_array<QueryFunction>({
    {"refcount", QueryArgument::Object, "refcount(a): the object's reference count"},
    {"alive", QueryArgument::Object, "alive(list#1): whether it is born and not yet dead"},
    {"address", QueryArgument::Object, "address(a): what id(a) returns"},
    {"block", QueryArgument::Object, "block(a): the block it lies in"},
    {"pool", QueryArgument::Object, "pool(a): the pool it lies in"},
    {"arena", QueryArgument::Object, "arena(a): the arena it lies in"},
    {"in_pool", QueryArgument::Object, "in_pool(a): whether it lies in a pool at all"},
    {"items_block", QueryArgument::Object, "items_block(a): the block of its second piece (a list's items, a dict's keys)"},
    {"blocks", QueryArgument::Object, "blocks(a): how many blocks it is made of"},
    {"request", QueryArgument::Object, "request(a): bytes asked for, headers included"},
    {"block_size", QueryArgument::Object, "block_size(a): bytes of its block"},
    {"waste", QueryArgument::Object, "waste(a): bytes of its block that nobody asked for"},
    {"pool_capacity", QueryArgument::Object, "pool_capacity(a): blocks in the pool it lies in"},
    {"pool_used", QueryArgument::Object, "pool_used(a): allocated blocks in its pool"},
    {"pool_free", QueryArgument::Object, "pool_free(a): free blocks in its pool"},
    {"pool_untouched", QueryArgument::Object, "pool_untouched(a): untouched blocks in its pool"},
    {"generation", QueryArgument::Object, "generation(a): 0, 1 or 2"},
    {"tracked", QueryArgument::Object, "tracked(a): whether the collector knows it"},
    {"unreachable", QueryArgument::Object, "unreachable(a): whether a running collection has set it aside as unreachable, for now"},
    {"gc_refs", QueryArgument::Object, "gc_refs(a): the copy of its count that a running collection works on"},
    {"sizeof", QueryArgument::Object, "sizeof(a): what sys.getsizeof(a) returns"},
    {"owners", QueryArgument::Object, "owners(a): how many places hold a reference to it"},
    {"length", QueryArgument::Object, "length(a): items in a list or tuple"},
    {"born_line", QueryArgument::Object, "born_line(list#1): the line that made it"},
    {"died_line", QueryArgument::Object, "died_line(list#1): the line in which it died"},
    {"count", QueryArgument::TypeName, "count(list): how many objects of that type the program made and are alive"},
    {"gc_count", QueryArgument::Number, "gc_count(0): gc.get_count()[0]"},
    {"gc_threshold", QueryArgument::Number, "gc_threshold(0): gc.get_threshold()[0]"},
    {"collected", QueryArgument::Number, "collected(1): what the first gc.collect() returns"},
    {"collected_generation", QueryArgument::Number, "collected_generation(1): the generation that the first collection looked at"},
    {"looks", QueryArgument::Number, "looks(1): how often the first collection looked at an object: so long is its pause"},
    {"class_size", QueryArgument::Number, "class_size(33): bytes of the block that a request of 33 bytes gets"},
    {"class_capacity", QueryArgument::Number, "class_capacity(33): blocks in a pool that serves requests of 33 bytes"},
    {"longest_pause", QueryArgument::None, "longest_pause(): looks of the collection with the most, up to now"},
    {"collections", QueryArgument::None, "collections(): how many collections have started"},
    {"needs_roots", QueryArgument::None, "needs_roots(): whether the collector finds what is in use by starting from the roots"},
    {"arenas", QueryArgument::None, "arenas(): how many arenas there are"},
    {"pools", QueryArgument::PoolStateName, "pools(used): pools that are used, full, free or untouched"},
    {"output", QueryArgument::Number, "output(1): the first line the program printed"},
});

// "list#1" among the first `count` objects.
std::optional<ObjectId> findLabel(const Trace &trace, std::size_t count, std::string_view label)
{
    const auto hash = label.find('#');
    if (hash == std::string_view::npos)
        return std::nullopt;
    std::uint32_t ordinal = 0;
    const std::string_view digits = label.substr(hash + 1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), ordinal).ec != std::errc())
        return std::nullopt;
    for (std::uint32_t i = 0; i < count && i < trace.objects.size(); ++i)
        if (trace.objects[i].ordinal == ordinal && trace.text(trace.objects[i].typeName) == label.substr(0, hash))
            return ObjectId(i);
    return std::nullopt;
}

struct Asked
{
    const Query::Node &call;
    const Trace &trace;
    const World &world;
    std::uint32_t position;
    std::optional<ObjectId> subject;

    [[noreturn]] void fail(std::string message, std::string hint) const
    {
        throw QueryProblem{call.column, std::move(message), std::move(hint)};
    }

    // None also for an object that is not born yet.
    std::optional<ObjectId> objectOrNone() const
    {
        if (subject)
            return world.contains(*subject) ? subject : std::nullopt;
        return findObject(trace, world, call.arguments[0]);
    }
    const Object &object() const { return world.object(objectId()); }
    ObjectId objectId() const
    {
        const auto id = objectOrNone();
        if (!id)
            fail("nothing is called '" + call.arguments[0] + "' at that moment", "use a name that is bound then, or a label like list#1");
        return *id;
    }
    // A label of an object that is born later is no mistake; one that never comes is.
    bool existsEver() const
    {
        return subject || objectOrNone() || findLabel(trace, trace.objects.size(), call.arguments[0]);
    }
    // For what only a living object has.
    const Object &living() const
    {
        const Object &o = object();
        if (!o.alive())
            fail(trace.label(objectId()) + " is not alive at that moment", "ask at another moment");
        return o;
    }
    std::int64_t number() const { return std::stoll(call.arguments[0]); }

    HeapState::Place placeOf(Address address) const
    {
        const HeapState::Place place = address ? world.heap.find(address) : HeapState::Place{};
        if (!place.pool)
            fail(call.arguments[0] + " lies in no pool at that moment", "static and large objects lie outside the arenas; ask in_pool(...) first");
        return place;
    }
    HeapState::Place place() const { return placeOf(object().address); }
    const Pool &pool() const { return world.heap.pools[place().pool.value]; }
    std::uint32_t arenaOrdinal(PoolId pool) const { return world.heap.arenas[world.heap.arenaOf(pool).value].ordinal; }
    BlockPlace blockPlace(const HeapState::Place &p) const
    {
        const std::uint32_t size = world.heap.blockSize(world.heap.pools[p.pool.value].sizeClass);
        return {p.pool, p.offset, (p.offset - kPoolHeaderSize) / size, arenaOrdinal(p.pool)};
    }
    std::int64_t blocksOfPool(BlockState wanted) const
    {
        const PoolId id = place().pool;
        const std::uint32_t size = world.heap.blockSize(world.heap.pools[id.value].sizeClass);
        std::int64_t n = 0;
        for (std::uint32_t i = 0; i < world.heap.capacity(world.heap.pools[id.value].sizeClass); ++i)
            n += world.heap.blockState(id, kPoolHeaderSize + i * size) == wanted;
        return n;
    }
    std::int64_t deathLine() const
    {
        const ObjectId id = objectId();
        const ObjectInfo &info = trace.objects[id.value];
        if (info.diedAt == ObjectInfo::kNever || info.diedAt >= trace.changeCount())
            fail(trace.label(id) + " lives to the end of this recording", "ask alive(...) instead");
        const StepId statement = trace.steps.statementOf(trace.steps.stepAt(info.diedAt));
        if (!statement)
            fail(trace.label(id) + " dies after the last line", "ask alive(...) instead");
        return trace.steps[statement].span.begin.line;
    }
    std::int64_t alive(std::string_view typeName) const
    {
        std::int64_t n = 0;
        for (std::uint32_t i = 1; i < world.objects.size() && i < trace.objects.size(); ++i) {
            const Object &o = world.objects[i];
            n += o.alive() && trace.objects[i].ordinal > 0 && !o.has(ObjectFlag::Hidden) && !o.has(ObjectFlag::Namespace)
                && trace.text(trace.objects[i].typeName) == typeName;
        }
        return n;
    }
    // What a counter started is left out: nobody sees its result.
    std::int64_t collected() const
    {
        std::int64_t k = number();
        std::int32_t threshold = trace.initial.gc.threshold[0];
        bool byCounter = false;
        for (std::uint32_t i = 0; i < position; ++i) {
            if (const auto mode = trace.changeAs<change::GcModeSet>(i))
                byCounter &= mode->collecting;
            if (const auto set = trace.changeAs<change::GcThresholdSet>(i); set && set->generation == 0)
                threshold = set->after;
            if (const auto count = trace.changeAs<change::GcCountSet>(i); count && count->generation == 0 && count->after == 0)
                byCounter = threshold > 0 && count->before > threshold;   // it is set to 0 where a collection begins
            if (const auto n = trace.changeAs<change::Noticed>(i))
                if (n->what == change::NoticeKind::CollectionResult && !byCounter && --k == 0)
                    return n->number;
        }
        fail("gc.collect() has not run " + call.arguments[0] + (number() == 1 ? " time" : " times") + " at that moment",
             "ask at a later moment, such as end");
    }
    // Begun at that moment, whether started by hand or not.
    std::int64_t collectedGeneration() const
    {
        std::int64_t k = number();
        for (const Step &step : trace.steps.all())
            if (step.kind == StepKind::Collection && step.begin < position && --k == 0)
                return step.number;
        fail("there is no collection " + call.arguments[0] + " up to that moment", "ask at a later moment, such as end");
    }
    // Of a collection that is over, whether started by hand or not.
    std::int64_t looks() const
    {
        std::int64_t k = number();
        for (std::uint32_t i = 0; i < position; ++i)
            if (const auto cost = trace.changeAs<change::CollectionCost>(i); cost && --k == 0)
                return static_cast<std::int64_t>(cost->visits);
        fail("there is no collection " + call.arguments[0] + " that is over at that moment", "ask at a later moment, such as end");
    }
    std::string outputLine() const
    {
        std::string all;
        for (const TextId piece : world.output)
            all += trace.text(piece);
        std::string_view rest = all;
        for (std::int64_t k = number(); k > 1 && !rest.empty(); --k) {
            const auto end = rest.find('\n');
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        }
        if (rest.empty() || number() == 0)
            fail("the program has not printed a line " + call.arguments[0] + " at that moment", "lines count from 1; ask at a later moment");
        return std::string(rest.substr(0, rest.find('\n')));
    }
    std::int64_t pools() const
    {
        const std::string &state = call.arguments[0];
        std::int64_t n = 0;
        for (const Arena &arena : world.heap.arenas) {
            if (!arena.address)
                continue;
            const auto slot = static_cast<std::uint32_t>(&arena - world.heap.arenas.data());
            for (std::uint32_t i = 0; i < arena.nTotalPools; ++i) {
                const PoolState s = world.heap.poolState(PoolId(slot * kPoolsPerArena + i));
                n += (state == "used" && s == PoolState::Used) || (state == "full" && s == PoolState::Full)
                    || ((state == "free" || state == "empty") && s == PoolState::Empty)
                    || (state == "untouched" && s == PoolState::Untouched)
                    || (state == "allocated" && (s == PoolState::Used || s == PoolState::Full));
            }
        }
        if (state != "used" && state != "full" && state != "free" && state != "empty" && state != "untouched" && state != "allocated")
            fail('\'' + state + "' is not a state of a pool", "use used, full, allocated (both), free or untouched");
        return n;
    }
    std::int64_t generationField(const std::array<std::int32_t, 3> &values) const
    {
        if (number() > 2)
            fail("there is no generation " + call.arguments[0], "use 0, 1 or 2");
        return values[static_cast<std::size_t>(number())];
    }
    std::uint32_t sizeClass() const
    {
        if (number() < 1 || number() > trace.profile->allocator.smallRequestThreshold)
            fail("a request of " + call.arguments[0] + " bytes gets no block in a pool",
                 "use 1 to " + std::to_string(trace.profile->allocator.smallRequestThreshold));
        return world.heap.sizeClassOf(static_cast<std::uint32_t>(number()));
    }
    QueryValue generation() const
    {
        switch (living().gcList) {
        case GcListId::None: return std::string("not tracked");
        case GcListId::Generation0: return std::int64_t(0);
        case GcListId::Generation1: return std::int64_t(1);
        case GcListId::Generation2: return std::int64_t(2);
        case GcListId::Permanent: return std::string("permanent");
        default: return std::string("being collected");
        }
    }

    QueryValue value() const
    {
        const std::string &f = call.name;
        const auto n = [](auto v) { return QueryValue(static_cast<std::int64_t>(v)); };
        if (f == "alive") {
            if (!existsEver())
                objectId();   // says what is wrong
            const auto id = objectOrNone();
            return id && world.object(*id).alive();
        }
        if (f == "refcount") return living(), n(shownRefcount(trace, world, objectId()));
        if (f == "address") return living().address;
        if (f == "block") return blockPlace(place());
        if (f == "pool") return PoolPlace{place().pool, arenaOrdinal(place().pool)};
        if (f == "arena") return ArenaPlace{world.heap.arenaOf(place().pool), arenaOrdinal(place().pool)};
        if (f == "in_pool") return bool(object().address && world.heap.find(object().address).pool);
        if (f == "items_block") return blockPlace(placeOf(living().buffer));
        if (f == "blocks") return n((living().size > 0 && !object().has(ObjectFlag::Static)) + bool(object().buffer));
        if (f == "request") return n(living().size);
        if (f == "block_size") return n(world.heap.blockSize(pool().sizeClass));
        if (f == "waste") return n(world.heap.blockSize(pool().sizeClass) - living().size);
        if (f == "pool_capacity") return n(world.heap.capacity(pool().sizeClass));
        if (f == "pool_used") return blocksOfPool(BlockState::Allocated);
        if (f == "pool_free") return blocksOfPool(BlockState::Free);
        if (f == "pool_untouched") return blocksOfPool(BlockState::Untouched);
        if (f == "generation") return generation();
        if (f == "tracked") return living().tracked();
        if (f == "unreachable") return living().gcList == GcListId::Unreachable || object().gcList == GcListId::StillUnreachable;
        if (f == "gc_refs") return n(living().gcRefs);
        if (f == "sizeof") return n(living().size + object().bufferSize);
        if (f == "owners") return n(holdersOf(trace, world, objectId()).size());
        if (f == "length") return n(living().slotsLength);
        if (f == "born_line") return n(trace.objects[objectId().value].bornLine);
        if (f == "died_line") return deathLine();
        if (f == "count") return alive(call.arguments[0]);
        if (f == "gc_count") return generationField(world.gc.count);
        if (f == "gc_threshold") return generationField(world.gc.threshold);
        if (f == "collected") return collected();
        if (f == "collected_generation") return collectedGeneration();
        if (f == "looks") return looks();
        if (f == "longest_pause") return n(world.gc.costs.longestPause);
        if (f == "class_size") return n(world.heap.blockSize(sizeClass()));
        if (f == "class_capacity") return n(world.heap.capacity(sizeClass()));
        if (f == "collections") return n(world.gc.collections);
        if (f == "needs_roots") return !trace.profile->collector.counts();
        if (f == "arenas") return n(world.heap.totals.arenasNow);
        if (f == "pools") return pools();
        if (f == "output") return outputLine();
        fail("there is no query '" + f + '\'', "docs/LESSONS.md lists them");
    }
};

} // namespace

const QueryFunction *findQueryFunction(std::string_view name)
{
    const auto found = std::ranges::find(kFunctions, name, &QueryFunction::name);
    return found == kFunctions.end() ? nullptr : &*found;
}

std::vector<std::string_view> queryFunctionNames()
{
    std::vector<std::string_view> names;
    for (const QueryFunction &f : kFunctions)
        names.push_back(f.name);
    return names;
}

Result<QueryValue, QueryProblem> callQueryFunction(const Query::Node &call, const Trace &trace, const World &world,
                                                   std::uint32_t position, std::optional<ObjectId> subject)
{
    try {
        return Asked{call, trace, world, position, subject}.value();
    } catch (const QueryProblem &problem) {
        return problem;
    }
}

std::optional<ObjectId> findObject(const Trace &trace, const World &world, std::string_view name)
{
    if (name.find('#') != std::string_view::npos)
        return findLabel(trace, world.objects.size(), name);
    if (!world.stack.empty())
        for (const Slot &slot : world.slotsOf(world.stack.back().frame))
            if (slot.target && slot.label && slot.label != kBorrowed && trace.text(slot.label) == name)
                return slot.target;
    if (!world.globals)
        return std::nullopt;
    const auto slots = world.slotsOf(world.globals);   // key, value, key, value ...
    for (std::size_t i = 0; i + 1 < slots.size(); i += 2) {
        if (!slots[i].target || !slots[i + 1].target)
            continue;
        const Object &key = world.object(slots[i].target);
        if (key.kind == TypeKind::Str && trace.text(TextId(static_cast<std::uint32_t>(key.value))) == name)
            return slots[i + 1].target;
    }
    return std::nullopt;
}

} // namespace pyrena
