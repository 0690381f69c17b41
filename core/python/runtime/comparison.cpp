// Comparison: ==, <, in and their relatives.
#include "core/objects/sets.h"
#include "core/python/runtime/interpreter.h"

#include "core/python/text/strmethods.h"
#include "core/python/text/utf8.h"

#include <algorithm>
#include <compare>

namespace pyrena {

namespace {

using ast::CompareOperator;

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
    if (equality)
        if (const ObjectId left = behindMappingProxy(a), right = behindMappingProxy(b); left != a || right != b)
            return left == right ? op == CompareOperator::Eq : compareBuiltin(left, right, op);
    if ((isSetView(a) && (isSetView(b) || isSet(kb))) || (isSet(ka) && isSetView(b))) {   // dictview_richcompare
        const std::vector<Ref> x = toVector(a), y = toVector(b);
        const auto within = [&](const std::vector<Ref> &items, ObjectId other) {
            return std::all_of(items.begin(), items.end(), [&](const Ref &item) { return contains(other, item); });
        };
        switch (op) {
        case CompareOperator::Eq: return x.size() == y.size() && within(x, b);
        case CompareOperator::NotEq: return !(x.size() == y.size() && within(x, b));
        case CompareOperator::Lt: return x.size() < y.size() && within(x, b);
        case CompareOperator::LtE: return x.size() <= y.size() && within(x, b);
        case CompareOperator::Gt: return x.size() > y.size() && within(y, a);
        case CompareOperator::GtE: return x.size() >= y.size() && within(y, a);
        default: break;
        }
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
        if (typeOf(a) == typeOf(b) && typeOf(a) == builtinType("WeakMethod"))
            return sameWeakMethod(a, b) == (op == CompareOperator::Eq);
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
    // Two ints, as most comparisons are: no Python code runs, nothing nests, only there must be room for one more call.
    const auto isPlainInt = [this](ObjectId id) {
        const Object &o = object(id);
        return o.kind == TypeKind::Int && !o.type && !o.has(ObjectFlag::BigValue);
    };
    if (isPlainInt(a) && isPlainInt(b) && m_depth < m_recursionLimit)
        return m_heap.newBool(holds(m_heap.intValue(a) <=> m_heap.intValue(b), op));
    if (kind(a) == TypeKind::WeakProxy)
        a = proxyTarget(a);
    if (kind(b) == TypeKind::WeakProxy)
        b = proxyTarget(b);
    const NativeLevel level(*this, " in comparison");
    const auto attempt = [&](ObjectId self, ObjectId other, CompareOperator o) -> Ref {
        if (const ObjectId special = lookupSpecial(self, words(o).method)) {
            Ref result = callSpecial(special, {self, other});
            if (result != m_heap.notImplemented())
                return result;
        }
        // A built-in class that a class derives from brings its own __ne__.
        if (o == CompareOperator::NotEq && !object(self).derived()) {
            if (const ObjectId special = lookupSpecial(self, "__eq__")) {
                Ref result = callSpecial(special, {self, other});
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
    if (const ObjectId special = overridden(container, "__contains__")) {
        const Ref result = callSpecial(special, {container, item});
        return truth(result);
    }
    return containsPlain(container, item);
}

bool Interpreter::containsPlain(ObjectId container, ObjectId item)
{
    switch (kind(container)) {
    case TypeKind::Str:
        if (!isStr(item))
            raise("TypeError", "'in <string>' requires string as left operand, not " + typeName(item));
        return text::contains(text(container), text(item));
    case TypeKind::Dict:
        return m_dicts.find(container, item, hashOfKey(item)).has_value();
    case TypeKind::Set: case TypeKind::FrozenSet:
        if (kind(item) == TypeKind::Set) {   // looked for as the frozenset it would be
            const Ref frozen = m_sets->newSet(TypeKind::FrozenSet, m_sets->items(item));
            return m_sets->contains(container, frozen);
        }
        return m_sets->contains(container, item);
    case TypeKind::Bytes:
        if (isInt(item)) {
            const std::int64_t byte = toIndex(item);
            if (byte < 0 || byte > 255)
                raise("ValueError", "byte must be in range(0, 256)");
            return text(container).find(static_cast<char>(byte)) != std::string::npos;
        }
        if (kind(item) != TypeKind::Bytes)
            raise("TypeError", "a bytes-like object is required, not '" + typeName(item) + "'");
        return text(container).find(text(item)) != std::string::npos;
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
    case TypeKind::DictView:
        if (const ObjectId dict = behindMappingProxy(container); dict != container)
            return contains(dict, item);
        break;
    case TypeKind::WeakProxy:
        return contains(proxyTarget(container), item);
    default:
        break;
    }
    if (const ObjectId special = lookupSpecial(container, "__contains__")) {
        const Ref result = callSpecial(special, {container, item});
        return truth(result);
    }
    if (!lookupIterable(container))
        raise("TypeError", "argument of type '" + typeName(container) + "' is not " + (profile().minor >= 14 ? "a container or iterable" : "iterable"));
    const Ref iterator = iterate(container);
    while (const Ref candidate = next(iterator))
        if (equal(candidate, item))
            return true;
    return false;
}

} // namespace pyrena
