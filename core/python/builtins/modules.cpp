// The module sys.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/objects/sets.h"

namespace pyrena {

// sys.getsizeof: the object's own block as __sizeof__ tells it, GC head and pre-header included; see core/profile.
std::int64_t Interpreter::sizeOf(ObjectId id)
{
    const Object &o = object(id);
    const LayoutProfile &l = profile().layout;
    const std::int64_t head = (o.has(ObjectFlag::GcObject) ? l.gcHead : 0);
    if (o.derived())
        return sizeOfDerived(id) + head + (o.has(ObjectFlag::PreHeader) ? l.instancePreHeader : 0);
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
        return l.dictSize + l.gcHead + std::int64_t(m_dicts.keysBytes(id));
    }
    case TypeKind::Set: case TypeKind::FrozenSet: return l.setSize + l.gcHead + std::int64_t(o.bufferSize);
    case TypeKind::Instance: {
        const ClassNative &c = classOf(o.type);
        std::int64_t size = l.slottedInstance + 8 * std::int64_t(c.slotNames.size()) + head;
        if (o.has(ObjectFlag::PreHeader))
            size += l.instancePreHeader + (profile().objects.weakrefInObject && c.hasWeakref ? 8 : 0);
        else
            size += (c.hasDict ? 8 : 0) + (c.hasWeakref ? 8 : 0);
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
    if (!i.heap().counting())
        return i.heap().newInt(std::int64_t(0));   // this memory manager keeps no counts
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

} // namespace

std::span<const NativeDef> sysFunctions() { return kSys; }

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

} // namespace pyrena
