// repr, str, format, truth, hash and equality of any object.
#include "core/gc/collector.h"
#include "core/objects/sets.h"
#include "core/python/runtime/descriptors.h"
#include "core/python/runtime/interpreter.h"

#include "core/python/text/complexrepr.h"
#include "core/python/text/floatrepr.h"
#include "core/python/text/formatspec.h"
#include "core/python/text/inttext.h"
#include "core/python/text/pyhash.h"
#include "core/python/text/strrepr.h"
#include "core/python/text/utf8.h"

#include <algorithm>

namespace pyrena {

namespace {

constexpr std::size_t kMaxShown = std::size_t(64) << 20;

} // namespace

std::string Interpreter::reprContainer(ObjectId id)
{
    if (!isExact(id) && typeName(id) == "version_info" && classOf(typeOf(id)).builtin) {
        static constexpr const char *kParts[] = {"major", "minor", "micro", "releaselevel", "serial"};
        std::string out;
        for (std::uint32_t i = 0; i < std::size(kParts); ++i)
            out += (i > 0 ? std::string(", ") : "sys.version_info(") + kParts[i] + "=" + repr(m_heap.item(id, i));
        return out + ")";
    }
    const TypeKind k = kind(id);
    const char *open = k == TypeKind::List ? "[" : k == TypeKind::Tuple ? "(" : "{";
    const char *close = k == TypeKind::List ? "]" : k == TypeKind::Tuple ? ")" : "}";
    if (std::find(m_reprStack.begin(), m_reprStack.end(), id) != m_reprStack.end())
        return k == TypeKind::Set || k == TypeKind::FrozenSet ? typeName(id) + "(...)" : std::string(open) + "..." + close;
    if ((k == TypeKind::List || k == TypeKind::Tuple) && m_heap.length(id) == 0)
        return std::string(open) + close;
    if (!m_shownContainers)
        makeReprList();
    m_reprStack.push_back(id);
    struct Leave
    {
        std::vector<ObjectId> &stack;
        ~Leave() { stack.pop_back(); }
    } leave{m_reprStack};

    std::string out;
    auto separate = [&, first = true]() mutable {
        if (!first)
            out += ", ";
        first = false;
        if (out.size() > kMaxShown)
            raise("MemoryError", "");
    };
    switch (k) {
    case TypeKind::Dict:
        for (std::uint32_t e = 0; e < m_dicts.entryCount(id); ++e) {
            if (!m_dicts.keyAt(id, e))
                continue;
            separate();
            const Ref key = m_heap.own(m_dicts.keyAt(id, e)), value = m_heap.own(m_dicts.valueAt(id, e));
            out += repr(key) + ": " + repr(value);
        }
        return open + out + close;
    case TypeKind::Set:
    case TypeKind::FrozenSet: {
        const std::vector<ObjectId> items = m_sets->items(id);
        if (items.empty())
            return typeName(id) + "()";
        for (const ObjectId item : items) {
            separate();
            out += repr(item);
        }
        return k == TypeKind::Set && isExact(id) ? "{" + out + "}" : typeName(id) + "({" + out + "})";
    }
    default:
        for (std::uint32_t i = 0; i < m_heap.length(id); ++i) {
            separate();
            const Ref item = m_heap.own(m_heap.item(id, i));
            out += repr(item);
        }
        if (k == TypeKind::Tuple && m_heap.length(id) == 1)
            out += ",";
        return open + out + close;
    }
}

// Py_ReprEnter: what is being shown is kept in a list, in a dict of the thread; the first time makes both.
void Interpreter::makeReprList()
{
    m_shownContainers = true;
    if (!m_heap.counting() || m_heap.imageBirths())
        return;
    m_heap.setHiddenBirths(true);
    Ref dict = m_dicts.newDict();
    Ref list = m_heap.newList({}, 0);
    m_heap.setHiddenBirths(false);
    m_dicts.setText(dict, "Py_Repr", std::move(list));
    keepForEver(std::move(dict));
}

std::string Interpreter::repr(ObjectId id)
{
    m_collector->runIfPending();
    const NativeLevel level(*this, " while getting the repr of an object");
    return reprOfSlot(id);
}

std::string Interpreter::reprOfSlot(ObjectId id)
{
    if (const ObjectId special = lookupSpecial(id, "__repr__")) {
        const Ref result = callSpecial(special, {id});
        if (!isStr(result))
            raise("TypeError", "__repr__ returned non-string (type " + typeName(result) + ")");
        return text(result);
    }
    return reprPlain(id);
}

std::string Interpreter::reprPlain(ObjectId id)
{
    const Object &o = object(id);
    const auto at = [&] { return " at " + toHex(o.address); };
    switch (o.kind) {
    case TypeKind::None: return "None";
    case TypeKind::NotImplemented: return "NotImplemented";
    case TypeKind::Ellipsis: return "Ellipsis";
    case TypeKind::Bool: return o.value ? "True" : "False";
    case TypeKind::Int:
        return fitsInt64(id) ? std::to_string(m_heap.intValue(id)) : unwrap(text::formatDecimal(m_heap.bigValue(id), m_textRules));
    case TypeKind::Float: return text::reprFloat(m_heap.floatValue(id));
    case TypeKind::Complex: return text::reprComplex(m_heap.native<ComplexNative>(id)->value);
    case TypeKind::Str: return text::reprString(text(id));
    case TypeKind::Bytes: return text::reprBytes(text(id));
    case TypeKind::List: case TypeKind::Tuple: case TypeKind::Dict: case TypeKind::Set: case TypeKind::FrozenSet:
        return reprContainer(id);
    case TypeKind::Slice:
        return "slice(" + repr(m_heap.item(id, 0)) + ", " + repr(m_heap.item(id, 1)) + ", " + repr(m_heap.item(id, 2)) + ")";
    case TypeKind::Range: {
        const std::string step = repr(m_heap.item(id, 2));
        return "range(" + repr(m_heap.item(id, 0)) + ", " + repr(m_heap.item(id, 1)) + (step == "1" ? "" : ", " + step) + ")";
    }
    case TypeKind::Type: {
        const ClassNative &native = classOf(id);
        const std::string module = native.module.empty() ? "" : native.module + ".";
        return "<class '" + module + native.qualName + "'>";
    }
    case TypeKind::Function:
        return "<function " + m_heap.native<FunctionNative>(id)->qualName + at() + ">";
    case TypeKind::BuiltinFunction: case TypeKind::Method:
        return builtinRepr(id);
    case TypeKind::BoundMethod: {
        const ObjectId function = m_heap.item(id, 0), self = m_heap.item(id, 1);
        if (kind(function) == TypeKind::Method)
            return builtinRepr(id);
        const std::string name = kind(function) == TypeKind::Function ? m_heap.native<FunctionNative>(function)->qualName : "?";
        return "<bound method " + name + " of " + repr(self) + ">";
    }
    case TypeKind::Module: {
        const std::string &name = m_recorder.texts().text(TextId(static_cast<std::uint32_t>(o.value)));
        return name == "__main__" ? "<module '__main__'>" : "<module '" + name + "' (built-in)>";
    }
    case TypeKind::Descriptor: {
        const auto &native = *m_heap.native<DescriptorNative>(id);
        const bool member = native.kind == DescriptorNative::Kind::Slot;
        return std::string("<") + (member ? "member" : "attribute") + " '" + native.name + "' of '" + classOf(m_heap.item(id, 0)).name + "' objects>";
    }
    case TypeKind::Generator:
        return "<generator object " + m_heap.native<GeneratorNative>(id)->qualName + at() + ">";
    case TypeKind::Cell: {
        const ObjectId content = m_heap.item(id, 0);
        return "<cell" + at() + ": " + (content ? typeName(content) + " object at " + toHex(object(content).address) : "empty") + ">";
    }
    case TypeKind::Exception: {
        const ObjectId args = m_heap.item(id, exceptionslot::Args);
        std::string inner = args ? repr(args) : "()";
        // One argument is shown without the comma of a tuple.
        if (args && m_heap.length(args) == 1)
            inner = "(" + repr(m_heap.item(args, 0)) + (profile().minor >= 7 ? ")" : ",)");
        return typeName(id) + inner;
    }
    case TypeKind::Weakref: {
        const ObjectId target(static_cast<std::uint32_t>(o.value));
        if (!target)
            return "<weakref" + at() + "; dead>";
        return "<weakref" + at() + "; to '" + typeName(target) + "' at " + toHex(object(target).address) + ">";
    }
    case TypeKind::WeakProxy: {
        const ObjectId target(static_cast<std::uint32_t>(o.value));
        return "<weakproxy" + at() + " to " + (target ? typeName(target) + at() : "NoneType") + ">";
    }
    case TypeKind::DictView: {
        if (const ObjectId dict = behindMappingProxy(id); dict != id)
            return "mappingproxy(" + repr(dict) + ")";
        std::string out;
        std::vector<Ref> items = toVector(id);
        for (const Ref &item : items)
            out += (out.empty() ? "" : ", ") + repr(item);
        return typeName(id) + "([" + out + "])";
    }
    case TypeKind::Instance:
        return "<" + classOf(typeOf(id)).module + "." + classOf(typeOf(id)).qualName + " object" + at() + ">";
    default:
        return "<" + typeName(id) + " object" + at() + ">";
    }
}

std::string Interpreter::str(ObjectId id)
{
    m_collector->runIfPending();
    if (isExact(id) && kind(id) == TypeKind::Str)
        return text(id);
    const NativeLevel level(*this, " while getting the str of an object");
    if (const ObjectId dict = behindMappingProxy(id); dict != id)
        return str(dict);
    switch (isExact(id) ? kind(id) : TypeKind::Instance) {
    case TypeKind::Exception: {
        if (const ObjectId special = lookupSpecial(id, "__str__")) {
            const Ref result = callSpecial(special, {id});
            return text(result);
        }
        const ObjectId args = m_heap.item(id, exceptionslot::Args);
        if (!args || m_heap.length(args) == 0)
            return "";
        if (m_heap.length(args) > 1)
            return repr(args);
        return isSubclass(typeOf(id), exceptionType("KeyError")) ? repr(m_heap.item(args, 0)) : str(m_heap.item(args, 0));
    }
    case TypeKind::WeakProxy:
        return str(proxyTarget(id));
    default:
        if (const ObjectId special = lookupSpecial(id, "__str__")) {
            const Ref result = callSpecial(special, {id});
            if (!isStr(result))
                raise("TypeError", "__str__ returned non-string (type " + typeName(result) + ")");
            return text(result);
        }
        if (isStr(id))
            return text(id);
        // Until 3.7 numbers had a __str__ of their own.
        return profile().minor < 8 && object(id).derived() && (isInt(id) || kind(id) == TypeKind::Float) ? reprPlain(id) : reprOfSlot(id);
    }
}

std::string Interpreter::ascii(ObjectId id)
{
    return text::escapeNonAscii(repr(id));
}

Ref Interpreter::strObject(ObjectId id)
{
    if (isStr(id) && isExact(id))
        return m_heap.own(id);
    m_collector->runIfPending();
    if (const ObjectId special = lookupSpecial(id, "__str__")) {
        const NativeLevel level(*this, " while getting the str of an object");
        Ref result = callSpecial(special, {id});
        if (!isStr(result))
            raise("TypeError", "__str__ returned non-string (type " + typeName(result) + ")");
        return result;
    }
    if (kind(id) == TypeKind::Bool)
        return boolText(object(id).value != 0);
    return kind(id) == TypeKind::Int ? m_heap.newOwnStr(str(id)) : m_heap.newStr(str(id));
}

// str and repr of a bool are always the same object: the interned name, but in 3.11 one beside it.
Ref Interpreter::boolText(bool value)
{
    const char *name = value ? "True" : "False";
    if (profile().minor != 11)
        return m_heap.newInternedStr(name, true);
    Ref &kept = m_boolTexts[value];
    if (!kept)
        kept = m_heap.newOwnStr(name);
    return m_heap.own(kept);
}

Ref Interpreter::reprObject(ObjectId id)
{
    if (kind(id) == TypeKind::Bool)
        return boolText(object(id).value != 0);
    return kind(id) == TypeKind::Int ? m_heap.newOwnStr(repr(id)) : m_heap.newStr(repr(id));
}

Ref Interpreter::formatted(ObjectId id, std::string_view spec)
{
    if (spec.empty() && isExact(id) && (isInt(id) || isStr(id)))
        return strObject(id);
    if (!lookupSpecial(id, "__format__"))
        passBuiltinMethod();   // __format__
    const std::string shown = format(id, spec);
    return isStr(id) && isExact(id) && shown == text(id) ? m_heap.own(id) : m_heap.newStr(shown);
}

std::string Interpreter::format(ObjectId id, std::string_view spec)
{
    if (const ObjectId special = overridden(id, "__format__")) {
        const Ref specObject = m_heap.newStr(spec);
        const NativeLevel bound(*this, NativeLevel::kCalling, profile().minor == 7 ? 1 : 0);
        const Ref result = callBound(special, {id, specObject});
        if (!isStr(result))
            raise("TypeError", "__format__ must return a str, not " + typeName(result));
        return text(result);
    }
    return formatPlain(id, spec);
}

std::string Interpreter::formatPlain(ObjectId id, std::string_view spec)
{
    if (spec.empty() && !isExact(id))
        return str(id);
    switch (kind(id)) {
    case TypeKind::Str:
        return spec.empty() ? text(id) : unwrap(text::formatString(text(id), spec, m_textRules));
    case TypeKind::Bool:
        if (spec.empty())
            return str(id);
        return unwrap(text::formatInt(m_heap.bigValue(id), spec, m_textRules, "bool"));
    case TypeKind::Int:
        return spec.empty() ? repr(id) : unwrap(text::formatInt(m_heap.bigValue(id), spec, m_textRules));
    case TypeKind::Float:
        return spec.empty() ? repr(id) : unwrap(text::formatFloat(m_heap.floatValue(id), spec, m_textRules));
    case TypeKind::Complex:
        return spec.empty() ? repr(id) : unwrap(text::formatComplex(m_heap.native<ComplexNative>(id)->value, spec, m_textRules));
    default:
        if (const ObjectId special = lookupSpecial(id, "__format__")) {
            const Ref specObject = m_heap.newStr(spec);
            const NativeLevel bound(*this, NativeLevel::kCalling, profile().minor == 7 ? 1 : 0);
            const Ref result = callBound(special, {id, specObject});
            if (!isStr(result))
                raise("TypeError", "__format__ must return a str, not " + typeName(result));
            return text(result);
        }
        if (!spec.empty())
            raise("TypeError", "unsupported format string passed to " + typeName(id) + ".__format__");
        return str(id);
    }
}

bool Interpreter::truth(ObjectId id)
{
    if (const ObjectId special = overridden(id, "__bool__")) {
        const Ref result = callSpecial(special, {id});
        if (kind(result) != TypeKind::Bool)
            raise("TypeError", "__bool__ should return bool, returned " + typeName(result));
        return truth(result);
    }
    if (overridden(id, "__len__"))
        return lengthOf(id) > 0;
    return truthPlain(id);
}

bool Interpreter::truthPlain(ObjectId id)
{
    switch (kind(id)) {
    case TypeKind::None: return false;
    case TypeKind::Bool: return object(id).value != 0;
    case TypeKind::Int: return !fitsInt64(id) || object(id).value != 0;
    case TypeKind::Float: return m_heap.floatValue(id) != 0;
    case TypeKind::Complex: return m_heap.native<ComplexNative>(id)->value != std::complex<double>();
    case TypeKind::Str: case TypeKind::Bytes: return !text(id).empty();
    case TypeKind::List: case TypeKind::Tuple: return m_heap.length(id) > 0;
    case TypeKind::Dict: return m_dicts.length(id) > 0;
    case TypeKind::Set: case TypeKind::FrozenSet: return m_sets->length(id) > 0;
    case TypeKind::Range: case TypeKind::DictView: return lengthOf(id) > 0;
    case TypeKind::WeakProxy: return truth(proxyTarget(id));
    case TypeKind::Instance: case TypeKind::Exception:
        if (const ObjectId special = lookupSpecial(id, "__bool__")) {
            const Ref result = callSpecial(special, {id});
            if (kind(result) != TypeKind::Bool)
                raise("TypeError", "__bool__ should return bool, returned " + typeName(result));
            return truth(result);
        }
        if (const ObjectId special = lookupSpecial(id, "__len__")) {
            const Ref result = callSpecial(special, {id});
            return truth(result);
        }
        return true;
    default:
        return true;
    }
}

std::int64_t Interpreter::hash(ObjectId id)
{
    return hasFields(id) ? hashOfInstance(id) : hashPlain(id);
}

// __hash__ along the mro; a class that defines __eq__ alone is unhashable.
std::int64_t Interpreter::hashOfInstance(ObjectId id)
{
    for (const ObjectId c : classOf(typeOf(id)).mro) {
        if (classOf(c).builtin) {
            if (c == builtinType("object") || !object(id).derived())
                break;
            continue;
        }
        const ObjectId found = m_dicts.getText(classOf(c).dict, "__hash__");
        if (!found && !m_dicts.getText(classOf(c).dict, "__eq__"))
            continue;
        if (!found || kind(found) == TypeKind::None)
            raise("TypeError", "unhashable type: '" + typeName(id) + "'");
        const Ref result = callSpecial(found, {id});
        if (!isInt(result))
            raise("TypeError", "__hash__ method should return an integer");
        return fitsInt64(result) ? (m_heap.intValue(result) == -1 ? -2 : m_heap.intValue(result)) : text::hashInt(m_heap.bigValue(result));
    }
    return hashPlain(id);
}

std::int64_t Interpreter::hashPlain(ObjectId id)
{
    switch (kind(id)) {
    case TypeKind::Str:
        m_heap.markHashed(id);
        return m_dicts.hashOfText(TextId(static_cast<std::uint32_t>(object(id).value)));
    case TypeKind::Bytes:
        return text::hashText(text(id), 1);
    case TypeKind::Bool: case TypeKind::Int:
        return fitsInt64(id) ? text::hashInt(m_heap.intValue(id)) : text::hashInt(m_heap.bigValue(id));
    case TypeKind::Float: {
        const double value = m_heap.floatValue(id);
        return value != value && profile().minor >= 10 ? text::hashPointer(m_heap.identity(id).value) : text::hashFloat(value);
    }
    case TypeKind::Complex:
        return text::hashComplex(m_heap.native<ComplexNative>(id)->value);
    case TypeKind::Tuple: {
        // CPython counts no levels here; its own stack is the limit.
        constexpr std::uint32_t kDeepest = 20000;
        countQuietWork();
        if (m_hashDepth >= kDeepest)
            throw LimitReached{"stopped: a tuple that holds tuples more than " + std::to_string(kDeepest) + " levels deep is hashed", "nest less"};
        struct Deeper
        {
            explicit Deeper(std::uint32_t &depth) : m_depth(++depth) {}
            ~Deeper() { --m_depth; }
            std::uint32_t &m_depth;
        } const deeper(m_hashDepth);
        std::vector<text::Hash> hashes;
        for (std::uint32_t i = 0; i < m_heap.length(id); ++i)
            hashes.push_back(hash(m_heap.item(id, i)));
        return text::hashTuple(hashes, profile().minor >= 8 ? text::TupleHash::XxHash : text::TupleHash::Multiplying);
    }
    case TypeKind::FrozenSet: {
        std::vector<text::Hash> hashes;
        for (const ObjectId item : m_sets->items(id))
            hashes.push_back(hash(item));
        return text::hashFrozenset(hashes);
    }
    case TypeKind::List: case TypeKind::Dict: case TypeKind::Set: case TypeKind::DictView:
        raise("TypeError", "unhashable type: '" + typeName(profile().minor >= 12 ? behindMappingProxy(id) : id) + "'");
    case TypeKind::Slice:
        if (profile().minor < 12)
            raise("TypeError", "unhashable type: 'slice'");
        return text::hashPointer(m_heap.identity(id).value);
    case TypeKind::Weakref:
        return hashOfWeakref(id);
    case TypeKind::WeakProxy:
        raise("TypeError", "unhashable type: '" + typeName(id) + "'");
    default:
        return text::hashPointer(m_heap.identity(id).value);
    }
}

std::int64_t Interpreter::hashFor(ObjectId id, const char *use)
{
    if (!profile().objects.unhashableNamesUse)
        return hash(id);
    try {
        return hash(id);
    } catch (const PythonError &) {
        if (!m_raised || typeOf(m_raised) != exceptionType("TypeError"))
            throw;
        const Ref reason = takeRaised();
        raise("TypeError", "cannot use '" + typeName(id) + "' as a " + use + " (" + str(reason) + ")");
    }
}

bool Interpreter::equal(ObjectId a, ObjectId b)
{
    if (a == b)
        return true;
    const Ref keepA = m_heap.own(a), keepB = m_heap.own(b);
    const Ref result = compare(a, b, ast::CompareOperator::Eq);
    return truth(result);
}

bool Interpreter::less(ObjectId a, ObjectId b)
{
    const Ref result = compare(a, b, ast::CompareOperator::Lt);
    return truth(result);
}

std::int64_t Interpreter::toIndex(ObjectId id)
{
    if (isInt(id)) {
        if (!fitsInt64(id))
            raise("IndexError", "cannot fit 'int' into an index-sized integer");
        return m_heap.intValue(id);
    }
    if (const ObjectId special = lookupSpecial(id, "__index__")) {
        const Ref result = callSpecial(special, {id});
        if (isInt(result))
            return toIndex(result);
        raise("TypeError", "__index__ returned non-int (type " + typeName(result) + ")");
    }
    raise("TypeError", "'" + typeName(id) + "' object cannot be interpreted as an integer");
}

// PyArg_Parse's "i": arguments that are an int of C.
std::int64_t Interpreter::toCInt(ObjectId id)
{
    if (profile().minor <= 9 && !isInt(id) && !lookupSpecial(id, "__index__"))
        raise("TypeError", kind(id) == TypeKind::Float ? "integer argument expected, got float"
                                                       : "an integer is required (got type " + typeName(id) + ")");
    if (isInt(id) && !fitsInt64(id))
        raise("OverflowError", "Python int too large to convert to C long");
    const std::int64_t value = toIndex(id);
    if (value < INT32_MIN || value > INT32_MAX)
        raise("OverflowError", value < 0 ? "signed integer is less than minimum" : "signed integer is greater than maximum");
    return value;
}

std::int64_t Interpreter::indexOr(ObjectId id, std::int64_t fallback)
{
    return !id || kind(id) == TypeKind::None ? fallback : toIndex(id);
}

} // namespace pyrena
