// Comparison and arithmetic.
#include "core/objects/sets.h"
#include "core/python/runtime/interpreter.h"

#include "core/python/text/floatrepr.h"
#include "core/python/text/strmethods.h"
#include "core/python/text/utf8.h"

#include <array>
#include <cmath>
#include <compare>

namespace pyrena {

namespace {

using ast::CompareOperator;
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

struct CompareWords { const char *symbol, *method; CompareOperator reflected; };

const CompareWords &words(CompareOperator op)
{
    static constexpr CompareWords kWords[] = {
        {"==", "__eq__", CompareOperator::Eq}, {"!=", "__ne__", CompareOperator::NotEq}, {"<", "__lt__", CompareOperator::Gt},
        {"<=", "__le__", CompareOperator::GtE}, {">", "__gt__", CompareOperator::Lt}, {">=", "__ge__", CompareOperator::LtE},
    };
    return kWords[static_cast<std::size_t>(op)];
}

bool holds(std::partial_ordering order, CompareOperator op)
{
    switch (op) {
    case CompareOperator::Eq: return order == 0;
    case CompareOperator::NotEq: return order != 0;
    case CompareOperator::Lt: return order < 0;
    case CompareOperator::LtE: return order <= 0;
    case CompareOperator::Gt: return order > 0;
    case CompareOperator::GtE: return order >= 0;
    default: return false;
    }
}

} // namespace

// ---- comparison -------------------------------------------------------------------------------------------------------

std::optional<bool> Interpreter::compareBuiltin(ObjectId a, ObjectId b, CompareOperator op)
{
    const TypeKind ka = kind(a), kb = kind(b);
    const bool equality = op == CompareOperator::Eq || op == CompareOperator::NotEq;
    const auto isNumber = [](TypeKind k) { return k == TypeKind::Int || k == TypeKind::Bool || k == TypeKind::Float; };
    if (isNumber(ka) && isNumber(kb)) {
        if (ka == TypeKind::Float && kb == TypeKind::Float)
            return holds(m_heap.floatValue(a) <=> m_heap.floatValue(b), op);
        if (ka == TypeKind::Float)
            return holds(0 <=> m_heap.bigValue(b).compareWith(m_heap.floatValue(a)), op);
        if (kb == TypeKind::Float)
            return holds(m_heap.bigValue(a).compareWith(m_heap.floatValue(b)), op);
        if (fitsInt64(a) && fitsInt64(b))
            return holds(m_heap.intValue(a) <=> m_heap.intValue(b), op);
        return holds(m_heap.bigValue(a) <=> m_heap.bigValue(b), op);
    }
    if (equality && (ka == TypeKind::Complex || kb == TypeKind::Complex) && (isNumber(ka) || ka == TypeKind::Complex)
        && (isNumber(kb) || kb == TypeKind::Complex)) {
        const auto value = [&](ObjectId id) -> std::complex<double> {
            if (kind(id) == TypeKind::Complex)
                return m_heap.native<ComplexNative>(id)->value;
            return kind(id) == TypeKind::Float ? m_heap.floatValue(id) : m_heap.bigValue(id).toDouble().value_or(0);
        };
        return (value(a) == value(b)) == (op == CompareOperator::Eq);
    }
    if ((ka == TypeKind::Str && kb == TypeKind::Str))
        return holds(object(a).value == object(b).value ? 0 <=> 0 : text::compare(text(a), text(b)) <=> 0, op);
    if (ka == TypeKind::Bytes && kb == TypeKind::Bytes)
        return holds(text(a) <=> text(b), op);
    if ((ka == TypeKind::List && kb == TypeKind::List) || (ka == TypeKind::Tuple && kb == TypeKind::Tuple)) {
        const Recursion deeper(*this, " in comparison");
        if (equality && m_heap.length(a) != m_heap.length(b) && ka == TypeKind::List)
            return op == CompareOperator::NotEq;
        std::uint32_t i = 0;
        while (i < m_heap.length(a) && i < m_heap.length(b) && equal(m_heap.item(a, i), m_heap.item(b, i)))
            ++i;
        if (i >= m_heap.length(a) || i >= m_heap.length(b))
            return holds(m_heap.length(a) <=> m_heap.length(b), op);
        if (op == CompareOperator::Eq)
            return false;
        if (op == CompareOperator::NotEq)
            return true;
        const Ref x = m_heap.own(m_heap.item(a, i)), y = m_heap.own(m_heap.item(b, i));
        const Ref result = compare(x, y, op);
        return truth(result);
    }
    if (ka == TypeKind::Dict && kb == TypeKind::Dict && equality) {
        const Recursion deeper(*this, " in comparison");
        bool same = m_dicts.length(a) == m_dicts.length(b);
        for (std::uint32_t e = 0; same && e < m_dicts.entryCount(a); ++e) {
            const ObjectId key = m_dicts.keyAt(a, e);
            if (!key)
                continue;
            const ObjectId other = m_dicts.get(b, key, m_dicts.hashAt(a, e));
            same = other && equal(m_dicts.valueAt(a, e), other);
        }
        return same == (op == CompareOperator::Eq);
    }
    const auto isSet = [](TypeKind k) { return k == TypeKind::Set || k == TypeKind::FrozenSet; };
    if (isSet(ka) && isSet(kb)) {
        const auto subset = [&](ObjectId x, ObjectId y) {
            for (const ObjectId item : m_sets->items(x))
                if (!m_sets->contains(y, item))
                    return false;
            return true;
        };
        const std::uint32_t na = m_sets->length(a), nb = m_sets->length(b);
        switch (op) {
        case CompareOperator::Eq: return na == nb && subset(a, b);
        case CompareOperator::NotEq: return !(na == nb && subset(a, b));
        case CompareOperator::Lt: return na < nb && subset(a, b);
        case CompareOperator::LtE: return subset(a, b);
        case CompareOperator::Gt: return nb < na && subset(b, a);
        case CompareOperator::GtE: return subset(b, a);
        default: return false;
        }
    }
    if (ka == TypeKind::Range && kb == TypeKind::Range && equality) {
        const std::int64_t n = lengthOf(a);
        const bool same = n == lengthOf(b) && (n == 0 || (equal(m_heap.item(a, 0), m_heap.item(b, 0))
                                                           && (n == 1 || equal(m_heap.item(a, 2), m_heap.item(b, 2)))));
        return same == (op == CompareOperator::Eq);
    }
    if (ka == TypeKind::DictView && kb == TypeKind::DictView && equality) {
        const std::vector<Ref> x = toVector(a), y = toVector(b);
        bool same = x.size() == y.size();
        for (const Ref &item : x)
            same = same && contains(b, item);
        return same == (op == CompareOperator::Eq);
    }
    if (ka == TypeKind::Slice && kb == TypeKind::Slice && equality) {
        bool same = true;
        for (std::uint32_t i = 0; i < 3; ++i)
            same = same && equal(m_heap.item(a, i), m_heap.item(b, i));
        return same == (op == CompareOperator::Eq);
    }
    if (ka == TypeKind::BoundMethod && kb == TypeKind::BoundMethod && equality)
        return (m_heap.item(a, 0) == m_heap.item(b, 0) && m_heap.item(a, 1) == m_heap.item(b, 1)) == (op == CompareOperator::Eq);
    if (ka == TypeKind::Weakref && kb == TypeKind::Weakref && equality) {
        const ObjectId x(static_cast<std::uint32_t>(object(a).value)), y(static_cast<std::uint32_t>(object(b).value));
        if (!x || !y)
            return (a == b) == (op == CompareOperator::Eq);
        return equal(x, y) == (op == CompareOperator::Eq);
    }
    return {};
}

Ref Interpreter::compare(ObjectId a, ObjectId b, CompareOperator op)
{
    switch (op) {
    case CompareOperator::Is: return m_heap.newBool(a == b);
    case CompareOperator::IsNot: return m_heap.newBool(a != b);
    case CompareOperator::In: return m_heap.newBool(contains(b, a));
    case CompareOperator::NotIn: return m_heap.newBool(!contains(b, a));
    default: break;
    }
    if (kind(a) == TypeKind::WeakProxy)
        a = proxyTarget(a);
    if (kind(b) == TypeKind::WeakProxy)
        b = proxyTarget(b);
    const Recursion deeper(*this, " in comparison");
    const auto attempt = [&](ObjectId self, ObjectId other, CompareOperator o) -> Ref {
        if (const ObjectId special = lookupSpecial(self, words(o).method)) {
            Ref result = call(special, {self, other});
            if (result != m_heap.notImplemented())
                return result;
        }
        if (o == CompareOperator::NotEq) {
            if (const ObjectId special = lookupSpecial(self, "__eq__")) {
                Ref result = call(special, {self, other});
                if (result != m_heap.notImplemented())
                    return m_heap.newBool(!truth(result));
            }
        }
        return {};
    };
    const CompareOperator reflected = words(op).reflected;
    const ObjectId ta = typeOf(a), tb = typeOf(b);
    const bool rightFirst = ta != tb && isSubclass(tb, ta) && lookupSpecial(b, words(reflected).method);
    if (rightFirst)
        if (Ref result = attempt(b, a, reflected))
            return result;
    if (Ref result = attempt(a, b, op))
        return result;
    if (!rightFirst)
        if (Ref result = attempt(b, a, reflected))
            return result;
    if (const auto result = compareBuiltin(a, b, op))
        return m_heap.newBool(*result);
    if (op == CompareOperator::Eq || op == CompareOperator::NotEq)
        return m_heap.newBool((a == b) == (op == CompareOperator::Eq));
    raise("TypeError", std::string("'") + words(op).symbol + "' not supported between instances of '" + typeName(a) + "' and '"
              + typeName(b) + "'");
}

bool Interpreter::contains(ObjectId container, ObjectId item)
{
    switch (kind(container)) {
    case TypeKind::Str:
        if (!isStr(item))
            raise("TypeError", "'in <string>' requires string as left operand, not " + typeName(item));
        return text::contains(text(container), text(item));
    case TypeKind::Dict:
        return m_dicts.find(container, item, hashOfKey(item)).has_value();
    case TypeKind::Set: case TypeKind::FrozenSet:
        return m_sets->contains(container, item);
    case TypeKind::List: case TypeKind::Tuple:
        for (std::uint32_t i = 0; i < m_heap.length(container); ++i)
            if (equal(m_heap.item(container, i), item))
                return true;
        return false;
    case TypeKind::Range:
        if (isInt(item) && fitsInt64(item)) {
            const std::int64_t start = toIndex(m_heap.item(container, 0)), step = toIndex(m_heap.item(container, 2));
            const std::int64_t value = m_heap.intValue(item), n = lengthOf(container);
            return n > 0 && (value - start) % step == 0 && (value - start) / step >= 0 && (value - start) / step < n;
        }
        break;
    case TypeKind::WeakProxy:
        return contains(proxyTarget(container), item);
    default:
        break;
    }
    if (const ObjectId special = lookupSpecial(container, "__contains__")) {
        const Ref result = call(special, {container, item});
        return truth(result);
    }
    if (!lookupIterable(container))
        raise("TypeError", "argument of type '" + typeName(container) + "' is not iterable");
    const Ref iterator = iterate(container);
    while (const Ref candidate = next(iterator))
        if (equal(candidate, item))
            return true;
    return false;
}

// ---- arithmetic -------------------------------------------------------------------------------------------------------

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
                      : profile().minor >= 10 ? "float floor division by zero" : "float divmod()");
        return m_heap.newFloat(text::floorDivideFloat(a, b));
    case Operator::Mod:
        if (b == 0)
            raise("ZeroDivisionError", profile().minor >= 14 ? "division by zero" : profile().minor >= 11 ? "float modulo by zero" : "float modulo");
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
        return m_heap.newStr(percentFormat(text(a), b));
    if (op == Operator::Add) {
        if (ka == TypeKind::Str && kb == TypeKind::Str) {
            if (text(a).empty())
                return m_heap.own(b);
            if (text(b).empty())
                return m_heap.own(a);
            guardSize(text(a).size() + text(b).size());
            return m_heap.newStr(text(a) + text(b));
        }
        if (ka == TypeKind::Bytes && kb == TypeKind::Bytes)
            return m_heap.newBytes(text(a) + text(b));
        if (ka == TypeKind::List && inplace) {
            extendList(a, b);
            return m_heap.own(a);
        }
        if ((ka == TypeKind::List && kb == TypeKind::List) || (ka == TypeKind::Tuple && kb == TypeKind::Tuple)) {
            if (ka == TypeKind::Tuple && profile().minor >= 7) {
                if (m_heap.length(a) == 0)
                    return m_heap.own(b);
                if (m_heap.length(b) == 0)
                    return m_heap.own(a);
            }
            std::vector<ObjectId> items;
            for (const ObjectId part : {a, b})
                for (const Slot &slot : m_heap.items(part))
                    items.push_back(slot.target);
            if (ka == TypeKind::List)
                return m_heap.newList(items, static_cast<std::uint32_t>(items.size()));
            Ref joined = m_heap.newTuple(items);
            m_heap.track(joined);   // whatever its items are, in all versions
            return joined;
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
    if (ka == TypeKind::Dict && kb == TypeKind::Dict && op == Operator::BitOr && profile().minor >= 9) {
        Ref result = inplace ? m_heap.own(a) : m_dicts.copy(a);
        mergeIntoDict(result, b, false);
        return result;
    }
    return {};
}

Ref Interpreter::repeatSequence(ObjectId sequence, std::int64_t times, bool inplace)
{
    const TypeKind k = kind(sequence);
    if (k == TypeKind::Str || k == TypeKind::Bytes) {
        const std::string &s = text(sequence);
        if (times == 1)
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
    if (k == TypeKind::Tuple && (times == 1 || n == 0))
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
        return m_heap.newTuple(all);
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
    const bool change = inplace && kind(a) == TypeKind::Set;
    if (change) {
        const std::vector<ObjectId> others = m_sets->items(b), mine = m_sets->items(a);
        switch (op) {
        case Operator::BitOr:
            for (const ObjectId item : others)
                m_sets->add(a, item);
            break;
        case Operator::Sub:
            for (const ObjectId item : others)
                m_sets->remove(a, item);
            break;
        case Operator::BitAnd:
            for (const ObjectId item : mine)
                if (!m_sets->contains(b, item))
                    m_sets->remove(a, item);
            break;
        default:
            for (const ObjectId item : others)
                if (!m_sets->remove(a, item))
                    m_sets->add(a, item);
            break;
        }
        return m_heap.own(a);
    }
    Ref result = m_sets->newSet(kind(a));
    for (const ObjectId item : m_sets->items(a)) {
        const bool both = op != Operator::BitOr && m_sets->contains(b, item);
        if (op == Operator::BitOr || (op == Operator::BitAnd) == both)
            m_sets->add(result, item);
    }
    if (op == Operator::BitOr || op == Operator::BitXor)
        for (const ObjectId item : m_sets->items(b))
            if (op == Operator::BitOr || !m_sets->contains(a, item))
                m_sets->add(result, item);
    return result;
}

Ref Interpreter::binary(ObjectId a, ObjectId b, Operator op, bool inplace)
{
    if (kind(a) == TypeKind::WeakProxy)
        a = proxyTarget(a);
    if (kind(b) == TypeKind::WeakProxy)
        b = proxyTarget(b);
    if (Ref result = numericBinary(a, b, op))
        return result;
    const OperatorWords &w = words(op);
    const auto attempt = [&](ObjectId self, const char *method, ObjectId other) -> Ref {
        if (const ObjectId special = lookupSpecial(self, method)) {
            const Recursion deeper(*this);
            Ref result = call(special, {self, other});
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
    if (Ref result = sequenceBinary(a, b, op, inplace))
        return result;
    if (op == Operator::Add) {
        if (kind(a) == TypeKind::Str)
            raise("TypeError", profile().minor >= 7 ? "can only concatenate str (not \"" + typeName(b) + "\") to str"
                                                    : "must be str, not " + typeName(b));
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
    if (isInt(a)) {
        if (op == ast::UnaryOperator::UAdd)
            return kind(a) == TypeKind::Bool ? m_heap.newInt(m_heap.intValue(a)) : m_heap.own(a);
        return m_heap.newInt(op == ast::UnaryOperator::USub ? -m_heap.bigValue(a) : ~m_heap.bigValue(a));
    }
    if (kind(a) == TypeKind::Float && op != ast::UnaryOperator::Invert)
        return op == ast::UnaryOperator::UAdd ? m_heap.own(a) : m_heap.newFloat(-m_heap.floatValue(a));
    if (kind(a) == TypeKind::Complex && op == ast::UnaryOperator::USub) {
        const auto value = m_heap.native<ComplexNative>(a)->value;
        return m_heap.newComplex(-value.real(), -value.imag());
    }
    const char *method = op == ast::UnaryOperator::USub ? "__neg__" : op == ast::UnaryOperator::UAdd ? "__pos__" : "__invert__";
    if (const ObjectId special = lookupSpecial(a, method))
        return call(special, {a});
    const char *symbol = op == ast::UnaryOperator::USub ? "-" : op == ast::UnaryOperator::UAdd ? "+" : "~";
    raise("TypeError", std::string("bad operand type for unary ") + symbol + ": '" + typeName(a) + "'");
}

} // namespace pyrena
