// The modules sys and gc.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/gc/collector.h"
#include "core/objects/sets.h"

namespace pyrena {

// sys.getsizeof: the object's own block as __sizeof__ tells it, GC head and pre-header included; see core/profile.
std::int64_t Interpreter::sizeOf(ObjectId id)
{
    const Object &o = object(id);
    const LayoutProfile &l = profile().layout;
    const std::int64_t head = (o.has(ObjectFlag::GcObject) ? l.gcHead : 0);
    switch (o.kind) {
    case TypeKind::Int: {
        if (o.value == 0 && fitsInt64(id))
            return l.intZero;
        return l.intBase + static_cast<std::int64_t>(std::max<std::size_t>(1, m_heap.bigValue(id).digitCount(30))) * l.intDigit;
    }
    case TypeKind::Bool: return o.value ? l.intBase + l.intDigit : l.boolFalse;
    case TypeKind::List: return l.listSize + l.gcHead + std::int64_t(o.bufferSize);
    case TypeKind::Tuple: return l.tupleBase + l.gcHead + 8 * std::int64_t(m_heap.length(id));
    case TypeKind::Dict: {
        const auto &native = *m_heap.native<DictNative>(id);
        // A split dict is charged for the keys it shares as well.
        return l.dictSize + l.gcHead + std::int64_t(o.bufferSize) + (native.split ? l.keysHeader + 8 + 5 * l.keysEntry : 0);
    }
    case TypeKind::Set: case TypeKind::FrozenSet: return l.setSize + l.gcHead + std::int64_t(o.bufferSize);
    case TypeKind::Instance: {
        const ClassNative &c = classOf(o.type);
        std::int64_t size = l.slottedInstance + 8 * std::int64_t(c.slotNames.size()) + head;
        if (o.has(ObjectFlag::PreHeader))
            size += l.instancePreHeader;
        else if (c.hasDict)
            size += 8 + (c.hasWeakref ? 8 : 0);
        else if (c.hasWeakref)
            size += 8;
        return size;
    }
    case TypeKind::Type: return l.typeSize + l.gcHead;
    case TypeKind::Module: return l.moduleSize + l.gcHead;
    default:
        return o.size;
    }
}

namespace {

Ref getRefCount(Interpreter &i, const CallArgs &a)
{
    if (i.heap().immortal(a[0]))
        return i.heap().newInt(std::int64_t(i.profile().objects.immortalShown));
    return i.heap().newInt(std::int64_t(i.heap().refcount(a[0])));
}

Ref getSizeOf(Interpreter &i, const CallArgs &a) { return i.heap().newInt(i.sizeOf(a[0])); }

Ref intern(Interpreter &i, const CallArgs &a)
{
    if (!i.isStr(a[0]))
        i.raise("TypeError", "intern() argument must be str, not " + i.typeName(a[0]));
    return i.heap().intern(i.heap().own(a[0]));
}

Ref getRecursionLimit(Interpreter &i, const CallArgs &) { return i.heap().newInt(std::int64_t(1000)); }

constexpr NativeDef kSys[] = {
    {"getrefcount", getRefCount, 1, 1}, {"getsizeof", getSizeOf, 1, 2}, {"intern", intern, 1, 1},
    {"getrecursionlimit", getRecursionLimit, 0, 0},
};

// ---- gc

int generationArgument(Interpreter &i, const CallArgs &a)
{
    const ObjectId given = a.size() > 0 ? a[0] : a.keyword("generation");
    const std::int64_t generation = given ? i.toIndex(given) : 2;
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

Ref getCount(Interpreter &i, const CallArgs &) { return triple(i, i.world().gc.count); }
Ref getThreshold(Interpreter &i, const CallArgs &) { return triple(i, i.world().gc.threshold); }

Ref setThreshold(Interpreter &i, const CallArgs &a)
{
    for (std::uint32_t g = 0; g < a.size(); ++g)
        i.recorder().commit(change::GcThresholdSet{g, i.world().gc.threshold[g], static_cast<std::int32_t>(i.toIndex(a[g]))});
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
Ref isTracked(Interpreter &i, const CallArgs &a) { return i.heap().newBool(i.object(a[0]).tracked()); }
Ref isFinalized(Interpreter &i, const CallArgs &a) { return i.heap().newBool(i.object(a[0]).has(ObjectFlag::Finalized)); }

constexpr NativeDef kGc[] = {
    {"collect", collect, 0, 1, true}, {"get_count", getCount, 0, 0}, {"get_threshold", getThreshold, 0, 0},
    {"set_threshold", setThreshold, 1, 3}, {"enable", enable, 0, 0}, {"disable", disable, 0, 0}, {"isenabled", isEnabled, 0, 0},
    {"is_tracked", isTracked, 1, 1}, {"is_finalized", isFinalized, 1, 1},
};

} // namespace

std::span<const NativeDef> sysFunctions() { return kSys; }
std::span<const NativeDef> gcFunctions() { return kGc; }

void fillModule(Interpreter &i, ObjectId dict, std::span<const NativeDef> functions)
{
    for (const NativeDef &def : functions)
        i.dicts().setStatic(dict, def.name, i.makeBuiltinFunction(def, "", false));
}

void fillSysModule(Interpreter &i, ObjectId dict)
{
    fillModule(i, dict, sysFunctions());
    const PythonProfile &p = i.profile();
    const std::string version = std::to_string(p.major) + "." + std::to_string(p.minor) + "." + std::to_string(p.patch);
    i.dicts().setStatic(dict, "version", i.heap().newStr(version));
    i.dicts().setStatic(dict, "maxsize", i.heap().newInt(std::int64_t(INT64_MAX)));
    std::vector<Ref> info;
    for (const int part : {p.major, p.minor, p.patch})
        info.push_back(i.heap().newInt(std::int64_t(part)));
    i.dicts().setStatic(dict, "version_info", i.heap().newTupleStealing(std::move(info)));
}

void fillGcModule(Interpreter &i, ObjectId dict)
{
    fillModule(i, dict, gcFunctions());
    // There since the interpreter started.
    i.dicts().setStatic(dict, "garbage", i.heap().create({.kind = TypeKind::List, .typeName = "list", .size = i.profile().layout.listSize,
                                                          .gc = true, .isStatic = true}));
}

} // namespace pyrena
