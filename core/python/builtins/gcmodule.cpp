// The module gc.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/gc/collector.h"

#include <algorithm>

namespace pyrena {

namespace {

int generationArgument(Interpreter &i, const CallArgs &a)
{
    onlyKeywords(i, a, "collect", {"generation"});
    const ObjectId given = a.size() > 0 ? a[0] : a.keyword("generation");
    const std::int64_t generation = given ? i.toCInt(given) : 2;
    if (generation < 0 || generation > 2)
        i.raise("ValueError", "invalid generation");
    return static_cast<int>(generation);
}

Ref collect(Interpreter &i, const CallArgs &a)
{
    return i.heap().newInt(i.collector().collect(generationArgument(i, a)));
}

Ref triple(Interpreter &i, const std::array<std::int32_t, 3> &values)
{
    std::vector<Ref> items;
    for (const std::int32_t v : values)
        items.push_back(i.heap().newInt(std::int64_t(v)));
    return i.heap().newTupleStealing(std::move(items));
}

// Managers without counts: bytes in use, of the nursery first if there is one; get_threshold() shows when they collect.
Ref getCount(Interpreter &i, const CallArgs &)
{
    if (i.heap().counting())
        return triple(i, i.world().gc.count);
    std::vector<Ref> items;
    for (const std::int64_t bytes : i.collector().occupancy())
        items.push_back(i.heap().newInt(bytes));
    return i.heap().newTupleStealing(std::move(items));
}
Ref getThreshold(Interpreter &i, const CallArgs &) { return triple(i, i.world().gc.threshold); }

Ref setThreshold(Interpreter &i, const CallArgs &a)
{
    for (std::uint32_t g = 0; g < a.size(); ++g) {
        if (g == 2 && i.profile().collector.manager == Manager::Incremental)
            continue;   // 3.14.0 takes it and ignores it
        const std::int64_t wanted = i.toCInt(a[g]);
        i.recorder().commit(change::GcThresholdSet{g, i.world().gc.threshold[g], static_cast<std::int32_t>(wanted)});
    }
    return i.heap().newNone();
}

Ref enable(Interpreter &i, const CallArgs &)
{
    i.collector().setEnabled(true);
    return i.heap().newNone();
}

Ref disable(Interpreter &i, const CallArgs &)
{
    i.collector().setEnabled(false);
    return i.heap().newNone();
}

Ref isEnabled(Interpreter &i, const CallArgs &) { return i.heap().newBool(i.world().gc.enabled); }
Ref isTracked(Interpreter &i, const CallArgs &a)
{
    const Object &o = i.object(a[0]);
    // What belongs to the interpreter's image is in no list here; built-in functions and methods have GC heads in CPython.
    if (o.has(ObjectFlag::Static))
        return i.heap().newBool(o.has(ObjectFlag::GcObject) || o.kind == TypeKind::BuiltinFunction || o.kind == TypeKind::Method);
    return i.heap().newBool(i.heap().counting() ? o.tracked() : o.has(ObjectFlag::GcObject));
}
Ref isFinalized(Interpreter &i, const CallArgs &a) { return i.heap().newBool(i.object(a[0]).has(ObjectFlag::Finalized)); }

Ref getDebug(Interpreter &i, const CallArgs &) { return i.heap().newInt(i.collector().debug()); }

Ref setDebug(Interpreter &i, const CallArgs &a)
{
    i.collector().setDebug(i.toCInt(a[0]));
    return i.heap().newNone();
}

Ref listOf(Interpreter &i, const std::vector<ObjectId> &objects)
{
    Ref list = i.heap().newList({}, 0);
    for (const ObjectId id : objects)
        i.heap().listAppend(list, i.heap().own(id));
    return list;
}

// The namespace of the program is an old container in CPython; here it is a root, in none of the lists, until gc.freeze().
bool namespaceIsRoot(Interpreter &i) { return !i.object(i.mainNamespace()).tracked(); }

Ref getObjects(Interpreter &i, const CallArgs &a)
{
    if (i.profile().minor < 8 && a.size() + a.keywords.size() > 0)
        i.raise("TypeError", "get_objects() takes no arguments (" + std::to_string(a.size() + a.keywords.size()) + " given)");
    onlyKeywords(i, a, "get_objects", {"generation"});
    const ObjectId given = a.size() > 0 ? a[0] : a.keyword("generation");
    int generation = Collector::kAll;
    if (given && i.kind(given) != TypeKind::None) {
        const std::int64_t wanted = i.toIndex(given);
        if (wanted >= 3)
            i.raise("ValueError", "generation parameter must be less than the number of available generations (3)");
        if (wanted < 0)
            i.raise("ValueError", "generation parameter cannot be negative");
        generation = static_cast<int>(wanted);
    }
    // The list itself is made first and is not in it.
    Ref list = i.heap().newList({}, 0);
    if ((generation == Collector::kAll || generation == 2) && namespaceIsRoot(i))
        i.heap().listAppend(list, i.heap().own(i.mainNamespace()));
    for (const ObjectId id : i.collector().tracked(generation))
        if (id != list.id())
            i.heap().listAppend(list, i.heap().own(id));
    return list;
}

Ref getReferrers(Interpreter &i, const CallArgs &a)
{
    const Ref packed = i.heap().newTuple(a.positional);
    std::vector<ObjectId> found;
    std::vector<ObjectId> candidates;
    if (namespaceIsRoot(i))
        candidates.push_back(i.mainNamespace());
    for (const ObjectId id : i.collector().tracked())
        candidates.push_back(id);
    for (const ObjectId id : candidates) {
        if (id == packed)
            continue;
        bool refers = false;
        i.collector().traverse(id, [&](ObjectId target) {
            refers = refers || std::find(a.positional.begin(), a.positional.end(), target) != a.positional.end();
        });
        if (refers)
            found.push_back(id);
    }
    return listOf(i, found);
}

// func_traverse. Builtins (3.10+), the module's name and a docstring that is None are no slots of a function here: they are
// there before the program and stay.
void addReferentsOfFunction(Interpreter &i, ObjectId function, std::vector<ObjectId> &found)
{
    const auto add = [&](ObjectId target) {
        if (target)
            found.push_back(target);
    };
    for (const std::uint32_t slot : functionslot::kShown) {
        const ObjectId target = i.heap().item(function, slot);
        add(slot == functionslot::Doc && !target ? i.heap().newNone().id() : target);
        if (slot == functionslot::Globals && target) {
            if (i.profile().minor >= 10)
                add(i.builtins());
            add(i.dicts().getText(target, "__name__"));
        }
    }
}

Ref getReferents(Interpreter &i, const CallArgs &a)
{
    std::vector<ObjectId> found;
    for (const ObjectId id : a.positional) {
        if (i.kind(id) == TypeKind::Function)
            addReferentsOfFunction(i, id, found);
        else if (i.object(id).has(ObjectFlag::GcObject))
            i.collector().traverse(id, [&](ObjectId target) { found.push_back(target); });
    }
    return listOf(i, found);
}

Ref freeze(Interpreter &i, const CallArgs &)
{
    i.collector().freeze();
    return i.heap().newNone();
}

Ref unfreeze(Interpreter &i, const CallArgs &)
{
    i.collector().unfreeze();
    return i.heap().newNone();
}

Ref getFreezeCount(Interpreter &i, const CallArgs &)
{
    return i.heap().newInt(std::int64_t(i.world().gc.list(GcListId::Permanent).length));
}

Ref getStats(Interpreter &i, const CallArgs &)
{
    Ref list = i.heap().newList({}, 0);
    for (int g = 0; g < 3; ++g) {
        const Collector::Stats &stats = i.collector().stats(g);
        Ref dict = i.dicts().newDict();
        i.dicts().setText(dict, "collections", i.heap().newInt(stats.collections));
        i.dicts().setText(dict, "collected", i.heap().newInt(stats.collected));
        i.dicts().setText(dict, "uncollectable", i.heap().newInt(stats.uncollectable));
        if (i.profile().minor >= 15) {
            i.dicts().setText(dict, "candidates", i.heap().newInt(stats.candidates));
            i.dicts().setText(dict, "duration", i.heap().newFloat(0));   // real time is not simulated
        }
        i.heap().listAppend(list, std::move(dict));
    }
    return list;
}

constexpr NativeDef kGc[] = {
    {"collect", collect, 0, 1, true}, {"get_count", getCount, 0, 0}, {"get_threshold", getThreshold, 0, 0},
    {"set_threshold", setThreshold, 1, 3}, {"enable", enable, 0, 0}, {"disable", disable, 0, 0}, {"isenabled", isEnabled, 0, 0},
    {"is_tracked", isTracked, 1, 1}, {"get_debug", getDebug, 0, 0}, {"set_debug", setDebug, 1, 1},
    {"get_objects", getObjects, 0, 1, true}, {"get_referrers", getReferrers}, {"get_referents", getReferents},
    {"get_stats", getStats, 0, 0},
};
constexpr NativeDef kGc37[] = {{"freeze", freeze, 0, 0}, {"unfreeze", unfreeze, 0, 0}, {"get_freeze_count", getFreezeCount, 0, 0}};
constexpr NativeDef kGc39[] = {{"is_finalized", isFinalized, 1, 1}};

} // namespace

void fillGcModule(Interpreter &i, ObjectId dict)
{
    fillModule(i, dict, kGc);
    if (i.profile().minor >= 7)
        fillModule(i, dict, kGc37);
    if (i.profile().minor >= 9)
        fillModule(i, dict, kGc39);
    i.dicts().setStatic(dict, "garbage", i.heap().newList({}, 0));
    i.dicts().setStatic(dict, "callbacks", i.heap().newList({}, 0));
    static constexpr std::pair<const char *, std::int64_t> kFlags[] = {
        {"DEBUG_STATS", 1}, {"DEBUG_COLLECTABLE", 2}, {"DEBUG_UNCOLLECTABLE", 4}, {"DEBUG_SAVEALL", 32}, {"DEBUG_LEAK", 38},
    };
    for (const auto &[name, value] : kFlags)
        i.dicts().setStatic(dict, name, i.heap().newInt(value));
}

} // namespace pyrena
