// Arithmetic, and what + * | and others mean for sequences, sets and dicts.
#include "core/objects/sets.h"
#include "core/python/runtime/interpreter.h"

#include "core/python/text/floatrepr.h"

#include <array>
#include <cmath>

namespace pyrena {

namespace {

using ast::Operator;

struct OperatorWords { const char *symbol, *method, *reflected, *inplace; };

const OperatorWords &words(Operator op)
{
    static constexpr OperatorWords kWords[] = {
        {"+", "__add__", "__radd__", "__iadd__"}, {"-", "__sub__", "__rsub__", "__isub__"},
        {"*", "__mul__", "__rmul__", "__imul__"}, {"@", "__matmul__", "__rmatmul__", "__imatmul__"},
        {"/", "__truediv__", "__rtruediv__", "__itruediv__"}, {"%", "__mod__", "__rmod__", "__imod__"},
        {"** or pow()", "__pow__", "__rpow__", "__ipow__"}, {"<<", "__lshift__", "__rlshift__", "__ilshift__"},
        {">>", "__rshift__", "__rrshift__", "__irshift__"}, {"|", "__or__", "__ror__", "__ior__"},
        {"^", "__xor__", "__rxor__", "__ixor__"}, {"&", "__and__", "__rand__", "__iand__"},
        {"//", "__floordiv__", "__rfloordiv__", "__ifloordiv__"},
    };
    return kWords[static_cast<std::size_t>(op)];
}

} // namespace

Ref Interpreter::intBinary(ObjectId a, ObjectId b, Operator op)
{
    if (fitsInt64(a) && fitsInt64(b)) {
        const std::int64_t x = m_heap.intValue(a), y = m_heap.intValue(b);
        std::int64_t r = 0;
        switch (op) {
        case Operator::Add: if (!__builtin_add_overflow(x, y, &r)) return m_heap.newInt(r); break;
        case Operator::Sub: if (!__builtin_sub_overflow(x, y, &r)) return m_heap.newInt(r); break;
        case Operator::Mult: if (!__builtin_mul_overflow(x, y, &r)) return m_heap.newInt(r); break;
        case Operator::BitOr: return m_heap.newInt(x | y);
        case Operator::BitXor: return m_heap.newInt(x ^ y);
        case Operator::BitAnd: return m_heap.newInt(x & y);
        case Operator::FloorDiv: case Operator::Mod:
            if (y != 0 && !(x == INT64_MIN && y == -1)) {
                const std::int64_t q = x / y - ((x % y != 0) && ((x < 0) != (y < 0)));
                return m_heap.newInt(op == Operator::FloorDiv ? q : x - q * y);
            }
            break;
        default: break;
        }
    }
    // A result may have at most as many bits as the program may hold memory.
    const std::size_t limit = static_cast<std::size_t>(m_recorder.trace().recipe.maxMemory) / 4;
    const BigInt x = m_heap.bigValue(a), y = m_heap.bigValue(b);
    const auto bounded = [&](const std::optional<BigInt> &result) {
        if (!result)
            raise("MemoryError", "");
        return m_heap.newInt(*result);
    };
    switch (op) {
    case Operator::Add: return m_heap.newInt(x + y);
    case Operator::Sub: return m_heap.newInt(x - y);
    case Operator::Mult: return bounded(BigInt::multiply(x, y, limit));
    case Operator::BitOr: return m_heap.newInt(x | y);
    case Operator::BitXor: return m_heap.newInt(x ^ y);
    case Operator::BitAnd: return m_heap.newInt(x & y);
    case Operator::LShift:
        if (y.isNegative())
            raise("ValueError", "negative shift count");
        return bounded(BigInt::shiftLeft(x, y, limit));
    case Operator::RShift:
        if (y.isNegative())
            raise("ValueError", "negative shift count");
        return m_heap.newInt(BigInt::shiftRight(x, y));
    case Operator::Pow:
        if (y.isNegative()) {
            if (x.isZero())
                raise("ZeroDivisionError", profile().minor >= 14 ? "zero to a negative power" : "0.0 cannot be raised to a negative power");
            return floatBinary(x.toDouble().value_or(0), y.toDouble().value_or(0), op);
        }
        return bounded(BigInt::power(x, y, limit));
    case Operator::Div: {
        if (y.isZero())
            raise("ZeroDivisionError", "division by zero");
        const auto result = BigInt::trueDivide(x, y);
        if (!result)
            raise("OverflowError", "integer division result too large for a float");
        return m_heap.newFloat(*result);
    }
    case Operator::FloorDiv:
    case Operator::Mod:
        if (y.isZero())
            raise("ZeroDivisionError", op == Operator::Mod && (profile().minor >= 11 && profile().minor < 14) ? "integer modulo by zero"
                      : profile().minor >= 14 ? "division by zero" : "integer division or modulo by zero");
        return m_heap.newInt(op == Operator::FloorDiv ? BigInt::floorDivide(x, y) : BigInt::modulo(x, y));
    default:
        return {};
    }
}

Ref Interpreter::floatBinary(double a, double b, Operator op)
{
    switch (op) {
    case Operator::Add: return m_heap.newFloat(a + b);
    case Operator::Sub: return m_heap.newFloat(a - b);
    case Operator::Mult: return m_heap.newFloat(a * b);
    case Operator::Div:
        if (b == 0)
            raise("ZeroDivisionError", profile().minor >= 14 ? "division by zero" : "float division by zero");
        return m_heap.newFloat(a / b);
    case Operator::FloorDiv:
        if (b == 0)
            raise("ZeroDivisionError", profile().minor >= 14 ? "division by zero"
                      : profile().minor >= 9 ? "float floor division by zero" : "float divmod()");
        return m_heap.newFloat(text::floorDivideFloat(a, b));
    case Operator::Mod:
        if (b == 0)
            raise("ZeroDivisionError", profile().minor >= 14 ? "division by zero" : profile().minor >= 13 ? "float modulo by zero" : "float modulo");
        return m_heap.newFloat(text::moduloFloat(a, b));
    case Operator::Pow: {
        if (a == 0 && b < 0)
            raise("ZeroDivisionError", profile().minor >= 14 ? "zero to a negative power" : "0.0 cannot be raised to a negative power");
        if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) {
            const std::complex<double> result = std::pow(std::complex<double>(a), b);
            return m_heap.newComplex(result.real(), result.imag());
        }
        const double result = std::pow(a, b);
        if (std::isinf(result) && std::isfinite(a) && std::isfinite(b))
            raise("OverflowError", "(34, 'Numerical result out of range')");
        return m_heap.newFloat(result);
    }
    default:
        return {};
    }
}

Ref Interpreter::numericBinary(ObjectId a, ObjectId b, Operator op)
{
    const auto isNumber = [&](ObjectId id) {
        return isInt(id) || kind(id) == TypeKind::Float || kind(id) == TypeKind::Complex;
    };
    if (!isNumber(a) || !isNumber(b))
        return {};
    if (isInt(a) && isInt(b)) {
        const bool logic = op == Operator::BitAnd || op == Operator::BitOr || op == Operator::BitXor;
        if (logic && kind(a) == TypeKind::Bool && kind(b) == TypeKind::Bool) {
            const bool x = truth(a), y = truth(b);
            return m_heap.newBool(op == Operator::BitAnd ? x && y : op == Operator::BitOr ? x || y : x != y);
        }
        return intBinary(a, b, op);
    }
    const auto toDouble = [&](ObjectId id) {
        if (kind(id) == TypeKind::Float)
            return m_heap.floatValue(id);
        const auto value = m_heap.bigValue(id).toDouble();
        if (!value)
            raise("OverflowError", "int too large to convert to float");
        return *value;
    };
    if (kind(a) == TypeKind::Complex || kind(b) == TypeKind::Complex) {
        const auto value = [&](ObjectId id) {
            return kind(id) == TypeKind::Complex ? m_heap.native<ComplexNative>(id)->value : std::complex<double>(toDouble(id));
        };
        const std::complex<double> x = value(a), y = value(b);
        std::complex<double> r;
        switch (op) {
        case Operator::Add: r = x + y; break;
        case Operator::Sub: r = x - y; break;
        case Operator::Mult: r = x * y; break;
        case Operator::Div:
            if (y == std::complex<double>())
                raise("ZeroDivisionError", profile().minor >= 14 ? "division by zero" : "complex division by zero");
            r = x / y;
            break;
        case Operator::Pow: r = y == std::complex<double>(2) ? x * x : std::pow(x, y); break;
        default: return {};
        }
        return m_heap.newComplex(r.real(), r.imag());
    }
    return floatBinary(toDouble(a), toDouble(b), op);
}

Ref Interpreter::sequenceBinary(ObjectId a, ObjectId b, Operator op, bool inplace)
{
    const TypeKind ka = kind(a), kb = kind(b);
    if (op == Operator::Mod && ka == TypeKind::Str)
        return percentFormat(a, b);
    if (op == Operator::Mod && ka == TypeKind::Bytes)
        unsupported("% with bytes; decode them first");
    if (op == Operator::Add) {
        if (ka == TypeKind::Str && kb == TypeKind::Str) {
            if (text(a).empty() && isExact(b))
                return m_heap.own(b);
            if (text(b).empty() && isExact(a))
                return m_heap.own(a);
            guardSize(text(a).size() + text(b).size());
            return m_heap.newStr(text(a) + text(b));
        }
        if (ka == TypeKind::Bytes && kb == TypeKind::Bytes)
            return text(a).empty() && isExact(b) ? m_heap.own(b) : text(b).empty() && isExact(a) ? m_heap.own(a)
                                                                                                 : m_heap.newBytes(text(a) + text(b));
        if (ka == TypeKind::List && inplace) {
            extendList(a, b);
            return m_heap.own(a);
        }
        if ((ka == TypeKind::List && kb == TypeKind::List) || (ka == TypeKind::Tuple && kb == TypeKind::Tuple)) {
            if (ka == TypeKind::Tuple && profile().minor >= 7) {
                if (m_heap.length(a) == 0 && isExact(b))
                    return m_heap.own(b);
                if (m_heap.length(b) == 0 && isExact(a))
                    return m_heap.own(a);
            }
            std::vector<ObjectId> items;
            for (const ObjectId part : {a, b})
                for (const Slot &slot : m_heap.items(part))
                    items.push_back(slot.target);
            if (ka == TypeKind::List)
                return m_heap.newList(items, static_cast<std::uint32_t>(items.size()));
            return m_heap.newTuple(items, ObjectHeap::TupleBirth::ItemByItem);
        }
    }
    const auto isSequence = [](TypeKind k) {
        return k == TypeKind::Str || k == TypeKind::Bytes || k == TypeKind::List || k == TypeKind::Tuple;
    };
    if (op == Operator::Mult && (isSequence(ka) || isSequence(kb))) {
        const ObjectId sequence = isSequence(ka) ? a : b, count = isSequence(ka) ? b : a;
        if (!isInt(count) && !lookupSpecial(count, "__index__"))
            raise("TypeError", "can't multiply sequence by non-int of type '" + typeName(count) + "'");
        if (isInt(count) && !fitsInt64(count))
            raise("OverflowError", "cannot fit 'int' into an index-sized integer");
        return repeatSequence(sequence, std::max<std::int64_t>(0, toIndex(count)), inplace);
    }
    const auto isSet = [](TypeKind k) { return k == TypeKind::Set || k == TypeKind::FrozenSet; };
    if (isSet(ka) && isSet(kb))
        return setBinary(a, b, op, inplace);
    // d.keys() & other: the result is a set.
    const auto isSetLike = [&](ObjectId id, TypeKind k) {
        return k == TypeKind::DictView && isSetView(id);
    };
    const bool setOperator = op == Operator::BitOr || op == Operator::BitAnd || op == Operator::Sub || op == Operator::BitXor;
    if (setOperator && ((isSetLike(a, ka) && lookupIterable(b)) || (isSet(ka) && isSetLike(b, kb)))) {
        const ObjectId setType = builtinType("set");
        const Ref left = call(setType, {a}), right = call(setType, {b});
        return setBinary(left, right, op, false);
    }
    if (ka == TypeKind::Dict && kb == TypeKind::Dict && op == Operator::BitOr && profile().minor >= 9) {
        Ref result = inplace ? m_heap.own(a) : m_dicts.copy(a);
        mergeIntoDict(result, b);
        return result;
    }
    return {};
}

Ref Interpreter::repeatSequence(ObjectId sequence, std::int64_t times, bool inplace)
{
    const TypeKind k = kind(sequence);
    if (k == TypeKind::Str || k == TypeKind::Bytes) {
        const std::string &s = text(sequence);
        if (times == 1 && isExact(sequence))
            return m_heap.own(sequence);
        if (!s.empty() && times > 0)
            guardSize(static_cast<std::uint64_t>(times) > UINT64_MAX / s.size() ? UINT64_MAX : s.size() * static_cast<std::uint64_t>(times));
        std::string out;
        out.reserve(s.size() * static_cast<std::size_t>(s.empty() ? 0 : times));
        for (std::int64_t i = 0; i < times && !s.empty(); ++i)
            out += s;
        return k == TypeKind::Str ? m_heap.newStr(out) : m_heap.newBytes(out);
    }
    const std::uint64_t n = m_heap.length(sequence);
    if (k == TypeKind::Tuple && (times == 1 || n == 0) && isExact(sequence))
        return m_heap.own(sequence);
    // A slot of a list takes 8 simulated bytes and about as many for its change in the recording.
    if (n > 0 && times > 0) {
        guardSize(static_cast<std::uint64_t>(times) > UINT64_MAX / (8 * n) ? UINT64_MAX : 8 * n * static_cast<std::uint64_t>(times));
        const std::uint64_t total = n * static_cast<std::uint64_t>(times);
        if (total > m_recorder.trace().recipe.maxChanges)
            throw LimitReached{"stopped: a sequence of " + std::to_string(total) + " items is more than this recording can hold",
                               "raise --max-changes, or make it smaller"};
    }
    std::vector<ObjectId> once, all;
    for (const Slot &slot : m_heap.items(sequence))
        once.push_back(slot.target);
    for (std::int64_t i = 0; i < times && n > 0; ++i)
        all.insert(all.end(), once.begin(), once.end());
    if (k == TypeKind::Tuple)
        return m_heap.newTuple(all, ObjectHeap::TupleBirth::ItemByItem);
    if (!inplace)
        return m_heap.newList(all, static_cast<std::uint32_t>(all.size()));
    if (all.empty()) {
        m_heap.listClear(sequence);
    } else {
        const auto old = static_cast<std::uint32_t>(once.size());
        m_heap.listResize(sequence, static_cast<std::uint32_t>(all.size()));
        for (std::uint32_t i = old; i < all.size(); ++i) {
            incref(all[i]);
            m_heap.setSlot(sequence, i, all[i]);
        }
    }
    return m_heap.own(sequence);
}

Ref Interpreter::setBinary(ObjectId a, ObjectId b, Operator op, bool inplace)
{
    if (op != Operator::BitOr && op != Operator::BitAnd && op != Operator::Sub && op != Operator::BitXor)
        return {};
    if (inplace && kind(a) == TypeKind::Set) {
        switch (op) {
        case Operator::BitOr: m_sets->merge(a, b); break;
        case Operator::Sub: m_sets->subtract(a, b); break;
        case Operator::BitXor: m_sets->exclusive(a, b); break;
        default: {
            const Ref kept = m_sets->intersection(TypeKind::Set, a, b);
            m_sets->clear(a);   // CPython swaps the tables
            m_sets->merge(a, kept);
            break;
        }
        }
        return m_heap.own(a);
    }
    switch (op) {
    case Operator::BitOr: {
        Ref result = m_sets->copy(kind(a), a);
        m_sets->merge(result, b);
        return result;
    }
    case Operator::BitAnd: return m_sets->intersection(kind(a), a, b);
    case Operator::Sub: return m_sets->difference(kind(a), a, b);
    default: {
        Ref result = m_sets->copy(kind(a), b);
        m_sets->exclusive(result, a);
        return result;
    }
    }
}

Ref Interpreter::binaryPlain(ObjectId a, ObjectId b, Operator op, bool inplace)
{
    if (Ref result = numericBinary(a, b, op))
        return result;
    return sequenceBinary(a, b, op, inplace);
}

Ref Interpreter::binary(ObjectId a, ObjectId b, Operator op, bool inplace)
{
    if (kind(a) == TypeKind::Int && kind(b) == TypeKind::Int && isExact(a) && isExact(b))   // most of them
        if (Ref result = intBinary(a, b, op))
            return result;
    if (kind(a) == TypeKind::WeakProxy)
        a = proxyTarget(a);
    if (kind(b) == TypeKind::WeakProxy)
        b = proxyTarget(b);
    if (op == Operator::BitOr && profile().minor >= 9 && (kind(a) == TypeKind::DictView || kind(b) == TypeKind::DictView)) {
        if (inplace && behindMappingProxy(a) != a)
            raise("TypeError", "'|=' is not supported by mappingproxy; use '|' instead");
        a = behindMappingProxy(a);
        b = behindMappingProxy(b);
    }
    if (isExact(a) && isExact(b))
        if (Ref result = numericBinary(a, b, op))
            return result;
    const OperatorWords &w = words(op);
    const auto attempt = [&](ObjectId self, const char *method, ObjectId other) -> Ref {
        if (const ObjectId special = lookupSpecial(self, method)) {
            Ref result = callSpecial(special, {self, other});
            if (result != m_heap.notImplemented())
                return result;
        }
        return {};
    };
    if (inplace)
        if (Ref result = attempt(a, w.inplace, b))
            return result;
    const ObjectId ta = typeOf(a), tb = typeOf(b);
    const bool rightFirst = ta != tb && isSubclass(tb, ta);
    if (rightFirst)
        if (Ref result = attempt(b, w.reflected, a))
            return result;
    if (Ref result = attempt(a, w.method, b))
        return result;
    if (!rightFirst && ta != tb)
        if (Ref result = attempt(b, w.reflected, a))
            return result;
    if (Ref result = binaryPlain(a, b, op, inplace))
        return result;
    if (op == Operator::Add) {
        if (kind(a) == TypeKind::Str)
            raise("TypeError", profile().minor >= 7 ? "can only concatenate str (not \"" + typeName(b) + "\") to str"
                                                    : "must be str, not " + typeName(b));
        if (kind(a) == TypeKind::Bytes)
            raise("TypeError", "can't concat " + typeName(b) + " to bytes");
        if (kind(a) == TypeKind::List || kind(a) == TypeKind::Tuple)
            raise("TypeError", "can only concatenate " + typeName(a) + " (not \"" + typeName(b) + "\") to " + typeName(a));
    }
    std::string symbol = w.symbol;
    if (inplace)
        symbol = op == Operator::Pow ? "**=" : symbol + "=";
    raise("TypeError", "unsupported operand type(s) for " + symbol + ": '" + typeName(a) + "' and '" + typeName(b) + "'");
}

Ref Interpreter::unary(ObjectId a, ast::UnaryOperator op)
{
    if (op == ast::UnaryOperator::Not)
        return m_heap.newBool(!truth(a));
    const char *method = op == ast::UnaryOperator::USub ? "__neg__" : op == ast::UnaryOperator::UAdd ? "__pos__" : "__invert__";
    if (const ObjectId special = lookupSpecial(a, method))
        return callSpecial(special, {a});
    if (isInt(a)) {
        if (op == ast::UnaryOperator::UAdd)
            return kind(a) == TypeKind::Bool || !isExact(a) ? m_heap.newInt(m_heap.bigValue(a)) : m_heap.own(a);
        return m_heap.newInt(op == ast::UnaryOperator::USub ? -m_heap.bigValue(a) : ~m_heap.bigValue(a));
    }
    if (kind(a) == TypeKind::Float && op != ast::UnaryOperator::Invert)
        return op == ast::UnaryOperator::UAdd && isExact(a) ? m_heap.own(a) : op == ast::UnaryOperator::UAdd ? m_heap.newFloat(m_heap.floatValue(a)) : m_heap.newFloat(-m_heap.floatValue(a));
    if (kind(a) == TypeKind::Complex && op == ast::UnaryOperator::USub) {
        const auto value = m_heap.native<ComplexNative>(a)->value;
        return m_heap.newComplex(-value.real(), -value.imag());
    }
    const char *symbol = op == ast::UnaryOperator::USub ? "-" : op == ast::UnaryOperator::UAdd ? "+" : "~";
    raise("TypeError", std::string("bad operand type for unary ") + symbol + ": '" + typeName(a) + "'");
}

} // namespace pyrena
