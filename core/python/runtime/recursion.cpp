// How deep calls may nest, and what of built-in code counts as a level (Py_EnterRecursiveCall).
#include "core/python/runtime/interpreter.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pyrena {

namespace {
constexpr std::uint32_t kQuietInterval = 1024;
constexpr std::uint32_t kQuietLimit = 50'000'000;
}

// Comparing or showing nested containers can take for ever without a statement: each level may double the work.
void Interpreter::watchQuietWork()
{
    m_recorder.poll();
    if (m_recorder.position() != m_quietSince) {
        m_quietSince = m_recorder.position();
        m_quietWork = 0;
    }
    if (m_quietWork > kQuietLimit)
        throw LimitReached{"stopped: one operation compared or looked at more than 50 million objects",
                           "make what it looks at smaller; a container that holds another one twice counts twice"};
}

void Interpreter::countQuietWork()
{
    if (++m_quietWork % kQuietInterval == 0) [[unlikely]]
        watchQuietWork();
}

void Interpreter::descend(const char *where)
{
    countQuietWork();
    if (++m_depth > m_recursionLimit + m_headroom && !m_overflowed) {
        --m_depth;
        m_overflowed = profile().minor <= 8;
        raise("RecursionError", std::string("maximum recursion depth exceeded") + where);
    }
}

void Interpreter::surface(std::uint32_t levels)
{
    m_depth -= levels;
    // _Py_RecursionLimitLowerWaterMark
    if (m_overflowed && m_depth < (m_recursionLimit > 200 ? m_recursionLimit - 50 : 3 * (m_recursionLimit >> 2)))
        m_overflowed = false;
}

Interpreter::Recursion::Recursion(Interpreter &i, const char *where) : m_interpreter(i)
{
    i.descend(where);
}

namespace {

// Since 3.12 built-in code has a limit of its own, of which the module has taken some (run: lists in lists, 3.12.1, 3.13.0,
// 3.13.18). Later versions measure the machine's stack; where it ends is not known here.
std::uint32_t nativeLimit(int minor) { return minor == 12 ? 1498 : 9999; }

} // namespace

Interpreter::NativeLevel::NativeLevel(Interpreter &i, const char *where, std::uint32_t levels) : m_interpreter(i), m_levels(0)
{
    if (i.profile().minor >= 12) {
        i.countQuietWork();
        if (i.m_nativeDepth + std::min(levels, 1u) > nativeLimit(i.profile().minor) + i.m_headroom)
            i.raise("RecursionError", std::string("maximum recursion depth exceeded") + where);
        i.m_nativeDepth += levels;
        m_levels = levels;
        return;
    }
    try {
        for (; m_levels < levels; ++m_levels)
            i.descend(where);
    } catch (const PythonError &) {
        i.surface(m_levels);
        throw;
    }
}

Interpreter::NativeLevel::~NativeLevel()
{
    if (m_interpreter.profile().minor >= 12)
        m_interpreter.m_nativeDepth -= m_levels;
    else
        m_interpreter.surface(m_levels);
}

bool Interpreter::callerIsWarm() const
{
    return profile().minor == 11 && m_frame && m_frame->code->warmth >= kWarm;
}

// What a call from built-in code takes beside the frame. 3.6: PyObject_Call, and once more for the function of a bound method;
// 3.7: bound methods; since 3.12 the evaluation loop itself, which is entered anew.
std::uint32_t Interpreter::levelsOfCall(ObjectId callable) const
{
    const bool bound = kind(callable) == TypeKind::BoundMethod;
    if (profile().minor <= 6)
        return bound ? 2 : 1;
    if (profile().minor <= 11)
        return profile().minor == 7 && bound ? 1 : 0;
    return bound || kind(callable) == TypeKind::Function ? 2 : 0;
}

BuiltinNative::Level BuiltinNative::levelOf(std::string_view name)
{
    static constexpr std::string_view kOneArgument[] = {"abs", "all", "any", "ascii", "bin", "callable", "chr", "hash", "hex", "id", "oct", "ord", "repr"};
    static constexpr std::string_view kTuple[] = {"dir", "max", "min", "vars", "__build_class__"};
    const auto among = [&](auto &names) { return std::find(std::begin(names), std::end(names), name) != std::end(names); };
    return among(kOneArgument) ? Level::OneArgument : among(kTuple) ? Level::Tuple : Level::None;
}

// cfunction_enter_call, since 3.7. Calls that are specialized do without, but for those of one argument and of the old
// conventions (run: len, iter, sorted against hash, repr, max).
std::uint32_t Interpreter::levelsOfBuiltin(const BuiltinNative &native) const
{
    using Level = BuiltinNative::Level;
    const int minor = profile().minor;
    if (minor <= 6)
        return 0;
    if (minor >= 12 || callerIsWarm())
        return native.level != Level::None ? 1 : 0;
    return minor == 8 && native.level == Level::Tuple ? 2 : 1;   // 3.8: _PyObject_MakeTpCall, then cfunction_call
}

// _PyObject_MakeTpCall: none for classes with a vectorcall of their own.
std::uint32_t Interpreter::levelsOfTypeCall(ObjectId type, std::size_t args) const
{
    struct Since { std::string_view name; int minor; };
    static constexpr Since kVectorcall[] = {{"list", 9}, {"tuple", 9}, {"set", 9}, {"frozenset", 9}, {"dict", 9}, {"range", 9}, {"type", 9},
                                            {"map", 10}, {"filter", 10}, {"bool", 10}, {"float", 10}, {"reversed", 10}, {"super", 11},
                                            {"enumerate", 11}};
    const ClassNative &native = classOf(type);
    if (!native.builtin)
        return 1;
    if (native.name == "str" && args == 1 && (callerIsWarm() || profile().minor >= 12))
        return 0;   // CALL_STR_1
    for (const Since &known : kVectorcall)
        if (known.name == native.name)
            return profile().minor < known.minor;
    return 1;
}

Ref Interpreter::call(ObjectId callable, std::span<const ObjectId> args, Keywords keywords)
{
    const NativeLevel level(*this, profile().minor <= 11 ? NativeLevel::kCalling : "", levelsOfCall(callable));
    const bool bound = kind(callable) == TypeKind::BoundMethod && kind(m_heap.item(callable, boundslot::Function)) == TypeKind::Function;
    const Ref tuple = bound ? tupleForMethod(args) : Ref();
    return callAny(callable, args, keywords, false);
}

// Up to 3.7 a bound method that built-in code calls takes its arguments in a tuple.
Ref Interpreter::tupleForMethod(std::span<const ObjectId> args)
{
    return profile().minor <= 7 && !args.empty() ? m_heap.newTuple(args) : Ref();
}

Ref Interpreter::boundSpecial(ObjectId special, ObjectId self)
{
    return kind(special) == TypeKind::Function ? m_heap.newBoundMethod(special, self) : Ref();
}

// 3.6 made a bound method first; it calls by PyObject_Call, and the method does.
Ref Interpreter::callSpecial(ObjectId special, std::span<const ObjectId> args)
{
    if (profile().minor == 6)
        return callBound(special, args);
    const NativeLevel level(*this, profile().minor <= 11 ? NativeLevel::kCalling : "", levelsOfCall(special));
    return callAny(special, args, {}, false);
}

// What looks for a special method by its name binds it first (_PyObject_LookupSpecial).
Ref Interpreter::callBound(ObjectId special, std::span<const ObjectId> args, int until)
{
    const Ref method = profile().minor <= until ? boundSpecial(special, args[0]) : Ref();
    const Ref tuple = method ? tupleForMethod(args.subspan(1)) : Ref();
    const NativeLevel level(*this, profile().minor <= 11 ? NativeLevel::kCalling : "", profile().minor <= 6 ? 2 : levelsOfCall(special));
    return callAny(special, args, {}, false);
}

} // namespace pyrena
