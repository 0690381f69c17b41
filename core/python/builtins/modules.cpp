// The module sys.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include "core/objects/sets.h"

namespace pyrena {

namespace {

// Measured with sys.getsizeof in each version, GC head taken off.
// Classes written in C: the bare structure (run: sys.getsizeof(int)).
std::int64_t staticTypeSize(int minor)
{
    return minor <= 7 ? 400 : minor == 8 ? 416 : minor <= 10 ? 408 : minor == 11 ? 424 : minor == 12 ? 432 : 416;
}

} // namespace

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
    case TypeKind::Type: return classOf(id).builtin ? staticTypeSize(profile().minor) : l.typeSize + l.gcHead;
    case TypeKind::BuiltinFunction: return l.builtinFunctionSize + l.gcHead;
    case TypeKind::Method:   // a slot's wrapper is longer up to 3.7
        return l.builtinFunctionSize + l.gcHead + (profile().minor <= 7 && m_heap.native<BuiltinNative>(id)->wrapsSlot() ? 8 : 0);
    case TypeKind::Str:
        // The table of Latin-1 characters keeps their UTF-8 from the start (3.12+).
        return o.size + (profile().minor >= 12 && o.has(ObjectFlag::Static) && text(id).size() == 2 && lengthOf(id) == 1 ? 3 : 0);
    case TypeKind::Frame: return frameBytes(*codeOf(id).code) + l.gcHead - (profile().objects.framesAreObjects ? 8 : 0);   // frame_sizeof
    case TypeKind::Module: return l.moduleSize + l.gcHead;
    default:
        return o.size;
    }
}

std::int64_t Interpreter::headersOf(ObjectId id) const
{
    const Object &o = object(id);
    return (o.has(ObjectFlag::GcObject) ? profile().layout.gcHead : 0) + (o.has(ObjectFlag::PreHeader) ? profile().layout.instancePreHeader : 0);
}

namespace {

Ref getRefCount(Interpreter &i, const CallArgs &a)
{
    if (!i.heap().counting())
        return i.heap().newInt(std::int64_t(0));   // this memory manager keeps no counts
    if (i.heap().immortal(a[0]))
        return i.heap().newInt(std::int64_t(i.profile().objects.immortalShown));
    return i.heap().newInt(std::int64_t(i.heap().refcount(a[0]) - i.lentReferences(a[0])));
}

Ref getSizeOf(Interpreter &i, const CallArgs &a)
{
    const ObjectId special = i.lookupSpecial(a[0], "__sizeof__");
    if (!special) {
        i.passBuiltinMethod();   // __sizeof__
        return i.heap().newInt(i.sizeOf(a[0]));
    }
    const Ref own = i.callBound(special, {a[0]});
    if (!i.isInt(own))
        i.raise("TypeError", "an integer is required");
    return i.heap().newInt(i.toIndex(own) + i.headersOf(a[0]));
}

Ref intern(Interpreter &i, const CallArgs &a)
{
    if (!i.isStr(a[0]))
        i.raise("TypeError", "intern() argument must be str, not " + i.typeName(a[0]));
    return i.heap().intern(i.heap().own(a[0]));
}

// The exception being handled: its class, itself, its traceback.
Ref excInfo(Interpreter &i, const CallArgs &)
{
    const ObjectId handled = i.handledException(), none = i.heap().none();
    if (!handled)
        return i.heap().newTuple(std::array{none, none, none});
    const ObjectId traceback = i.handledTraceback();
    return i.heap().newTuple(std::array{i.typeOf(handled), handled, traceback ? traceback : none});
}

Ref getRecursionLimit(Interpreter &i, const CallArgs &) { return i.heap().newInt(std::int64_t(i.recursionLimit())); }

Ref setRecursionLimit(Interpreter &i, const CallArgs &a)
{
    const std::int64_t limit = i.toCInt(a[0]);
    if (limit < 1)
        i.raise("ValueError", "recursion limit must be greater or equal than 1");
    if (limit <= i.depth())
        i.raise("RecursionError", "cannot set the recursion limit to " + std::to_string(limit) + " at the recursion depth "
                                      + std::to_string(i.depth()) + ": the limit is too low");
    constexpr std::int64_t kMost = 3000;   // calls nest in the simulator itself
    if (limit > kMost)
        i.unsupported("a recursion limit of more than " + std::to_string(kMost));
    i.setRecursionLimit(static_cast<std::uint32_t>(limit));
    return i.heap().newNone();
}

// ---- sys.stdout and sys.stderr

const std::string &writtenText(Interpreter &i, const CallArgs &a)
{
    if (!i.isStr(a[1]))
        i.raise("TypeError", "write() argument must be str, not " + i.typeName(a[1]));
    return i.text(a[1]);
}

Ref writeOut(Interpreter &i, const CallArgs &a)
{
    i.print(writtenText(i, a));
    return i.heap().newInt(i.lengthOf(a[1]));
}

Ref writeError(Interpreter &i, const CallArgs &a)
{
    i.printError(writtenText(i, a));
    return i.heap().newInt(i.lengthOf(a[1]));
}

Ref flush(Interpreter &i, const CallArgs &) { return i.heap().newNone(); }
Ref isTerminal(Interpreter &i, const CallArgs &) { return i.heap().newBool(false); }

constexpr NativeDef kStdout[] = {{"write", writeOut, 1, 1}, {"flush", flush, 0, 0}, {"isatty", isTerminal, 0, 0}};
constexpr NativeDef kStderr[] = {{"write", writeError, 1, 1}, {"flush", flush, 0, 0}, {"isatty", isTerminal, 0, 0}};

Ref stream(Interpreter &i, std::span<const NativeDef> methods)
{
    const ObjectId type = i.addType("TextIOWrapper", TypeKind::PlainObject, i.builtinType("object"), nullptr, methods);
    i.classOf(type).module = "_io";
    return i.heap().create({.kind = TypeKind::PlainObject, .typeName = "TextIOWrapper", .type = type, .size = i.profile().layout.noneSize,
                            .isStatic = true});
}

Ref getFrame(Interpreter &i, const CallArgs &a)
{
    const Frame *frame = i.currentFrame();
    for (std::int64_t depth = a.size() > 0 ? i.toCInt(a[0]) : 0; depth > 0 && frame; --depth)
        frame = frame->back;
    if (!frame)
        i.raise("ValueError", "call stack is not deep enough");
    i.materialize(frame->object);
    return i.heap().own(frame->object);
}


Ref exitProgram(Interpreter &i, const CallArgs &a)
{
    i.raiseObject(i.makeException(i.exceptionType("SystemExit"), a.positional).release());
}

constexpr NativeDef kSys[] = {
    {"getrefcount", getRefCount, 1, 1}, {"getsizeof", getSizeOf, 1, 2}, {"intern", intern, 1, 1},
    {"getrecursionlimit", getRecursionLimit, 0, 0}, {"setrecursionlimit", setRecursionLimit, 1, 1}, {"exc_info", excInfo, 0, 0}, {"exit", exitProgram, 0, 1},
    {"_getframe", getFrame, 0, 1},
};

} // namespace

std::span<const NativeDef> sysFunctions() { return kSys; }

void fillModule(Interpreter &i, ObjectId dict, std::span<const NativeDef> functions)
{
    const std::string module = i.text(i.dicts().getText(dict, "__name__"));
    for (const NativeDef &def : functions)
        i.dicts().setStatic(dict, def.name, i.makeBuiltinFunction(def, module, false));
}

namespace {

// A tuple whose items have names.
Ref versionInfo(Interpreter &i)
{
    const PythonProfile &p = i.profile();
    const ObjectId type = i.addType("version_info", TypeKind::Tuple, i.builtinType("tuple"), nullptr, {});
    i.classOf(type).module = "sys";
    i.classOf(type).hasDict = i.classOf(type).hasWeakref = false;
    constexpr std::uint32_t kParts = 5;
    Ref made = i.newDerived(type, kParts, 8 * (kParts + 1), 0);
    std::uint32_t at = 0;
    for (const int part : {p.major, p.minor, p.patch})
        i.heap().setSlot(made, at++, i.heap().newInt(std::int64_t(part)).release());
    i.heap().setSlot(made, at++, i.heap().newInternedStr("final", true).release());
    i.heap().setSlot(made, at++, i.heap().newInt(std::int64_t(0)).release());
    return made;
}

} // namespace

void fillSysModule(Interpreter &i, ObjectId dict)
{
    fillModule(i, dict, sysFunctions());
    const PythonProfile &p = i.profile();
    const std::string version = std::to_string(p.major) + "." + std::to_string(p.minor) + "." + std::to_string(p.patch);
    i.dicts().setStatic(dict, "version", i.heap().newStr(version));
    i.dicts().setStatic(dict, "maxsize", i.heap().newInt(std::int64_t(INT64_MAX)));
    i.dicts().setStatic(dict, "version_info", versionInfo(i));
    i.dicts().setStatic(dict, "hexversion", i.heap().newInt((std::int64_t(p.major) << 24) | (p.minor << 16) | (p.patch << 8) | 0xf0));
    i.dicts().setStatic(dict, "byteorder", i.heap().newInternedStr("little", true));
    i.dicts().setStatic(dict, "stdout", stream(i, kStdout));
    i.dicts().setStatic(dict, "stderr", stream(i, kStderr));
    i.dicts().setStatic(dict, "maxunicode", i.heap().newInt(std::int64_t(0x10ffff)));
    i.dicts().setStatic(dict, "platform", i.heap().newInternedStr("linux", true));
}

} // namespace pyrena
