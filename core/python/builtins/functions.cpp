// Functions of the builtins module.
#include "core/python/builtins/builtins.h"
#include "core/gc/collector.h"
#include "core/python/builtins/helpers.h"

#include "core/objects/sets.h"
#include "core/python/text/floatrepr.h"
#include "core/python/text/inttext.h"
#include "core/python/text/utf8.h"

#include <algorithm>
#include <cmath>

namespace pyrena {

namespace {

// Free lists that the interpreter's start has filled serve short-lived tuples and lists until a full collection empties them.
bool startupListsServe(Interpreter &i) { return i.collector().stats(2).collections == 0; }

// sys.stdout.write is bound for each part that is printed. Where a collection may start meanwhile it is there.
class Writer
{
public:
    explicit Writer(Interpreter &i) : m_heap(i.heap())
    {
        const GcState &gc = i.world().gc;
        const bool stays = !i.profile().collector.collectsAtAllocation && i.profile().objects.builtinMethodFreeList == 0;
        if (stays && m_heap.counting() && !startupListsServe(i) && gc.enabled && gc.count[0] + 1 > gc.threshold[0])
            m_block = m_heap.takeGcBlock(i.profile().layout.builtinFunctionSize);
        else
            i.passBuiltinMethod();
    }
    ~Writer()
    {
        if (m_block)
            m_heap.freeGcBlock(m_block);
    }
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

private:
    ObjectHeap &m_heap;
    Address m_block;
};

struct PrintedBefore : Native {};

// The first print() of a process leaves behind the list in which the text layer of stdout collects what is written (run, stdout a
// pipe in UTF-8). Before a full collection it comes from the free lists that the interpreter's start has filled.
void countFirstPrint(Interpreter &i)
{
    if (!i.heap().counting() || i.heap().native<PrintedBefore>(kRuntime))
        return;
    i.heap().setNative(kRuntime, std::make_unique<PrintedBefore>());
    const std::int32_t count = i.world().gc.count[0];
    if (!startupListsServe(i))
        i.recorder().commit(change::GcCountSet{0, count, count + 1});
}

// Part by part: what runs while one is turned into text finds those before it printed.
void printParts(Interpreter &i, const CallArgs &args, const std::string &sep, const std::string &end)
{
    std::string line;
    const auto write = [&](auto &&text, bool runsCode) {
        const Writer writer(i);
        if ((runsCode || i.collector().pending()) && !line.empty()) {
            i.print(line);
            line.clear();
        }
        i.collector().runIfPending();   // PyObject_Str
        line += text();
    };
    for (std::size_t n = 0; n < args.size(); ++n) {
        if (n > 0)
            write([&] { return sep; }, false);
        const bool instance = i.kind(args[n]) == TypeKind::Instance || i.object(args[n]).derived();
        const bool special = instance && (i.lookupSpecial(args[n], "__str__") || i.lookupSpecial(args[n], "__repr__"));
        write([&] { return i.str(args[n]); }, special);
    }
    write([&] { return end; }, false);
    i.print(line);
}

// Into any object with a write(): one call for each value, separator and end.
Ref printTo(Interpreter &i, const CallArgs &args, ObjectId file)
{
    const auto write = [&](const std::string &text) {
        const Ref object = i.heap().newStr(text);
        i.callMethod(file, "write", {object}).reset();
    };
    const ObjectId sep = args.keyword("sep"), end = args.keyword("end");
    for (std::size_t n = 0; n < args.size(); ++n) {
        if (n > 0)
            write(sep && i.isStr(sep) ? i.text(sep) : " ");
        write(i.str(args[n]));
    }
    write(end && i.isStr(end) ? i.text(end) : "\n");
    return i.heap().newNone();
}

Ref print(Interpreter &i, const CallArgs &args)
{
    onlyKeywords(i, args, "print", {"sep", "end", "file", "flush"});
    countFirstPrint(i);
    // What is to be printed comes in a tuple (3.11 - 3.13).
    const Ref packed = i.profile().minor >= 11 && i.profile().minor <= 13 && !startupListsServe(i) ? i.heap().newTuple(args.positional) : Ref();
    const auto part = [&](const char *name, const char *missing) -> std::string {
        const ObjectId value = args.keyword(name);
        if (!value || i.kind(value) == TypeKind::None)
            return missing;
        if (!i.isStr(value))
            i.raise("TypeError", std::string(name) + " must be None or a string, not " + i.typeName(value));
        return i.text(value);
    };
    if (const ObjectId file = args.keyword("file"); file && i.kind(file) != TypeKind::None)
        return printTo(i, args, file);
    const std::string sep = part("sep", " "), end = part("end", "\n");
    printParts(i, args, sep, end);
    return i.heap().newNone();
}

Ref len(Interpreter &i, const CallArgs &args) { return i.heap().newInt(i.lengthOf(args[0])); }
Ref id(Interpreter &i, const CallArgs &args) { return i.heap().newInt(static_cast<std::int64_t>(i.object(args[0]).address.value)); }
Ref repr(Interpreter &i, const CallArgs &args) { return i.reprObject(args[0]); }
Ref ascii(Interpreter &i, const CallArgs &args) { return i.heap().newStr(i.ascii(args[0])); }
Ref hash(Interpreter &i, const CallArgs &args) { return i.heap().newInt(i.hash(args[0])); }
Ref callable(Interpreter &i, const CallArgs &args) { return i.heap().newBool(i.isCallable(args[0])); }
Ref isinstance(Interpreter &i, const CallArgs &args) { return i.heap().newBool(i.isInstance(args[0], args[1])); }

Ref issubclass(Interpreter &i, const CallArgs &args)
{
    if (i.kind(args[0]) != TypeKind::Type)
        i.raise("TypeError", "issubclass() arg 1 must be a class");
    std::vector<ObjectId> bases{args[1]};
    if (i.kind(args[1]) == TypeKind::Tuple) {
        bases.clear();
        for (const Slot &slot : i.heap().items(args[1]))
            bases.push_back(slot.target);
    }
    for (const ObjectId base : bases)
        if (i.kind(base) != TypeKind::Type)
            i.raise("TypeError", i.profile().minor >= 10 ? "issubclass() arg 2 must be a class, a tuple of classes, or a union"
                                                         : "issubclass() arg 2 must be a class or tuple of classes");
    return i.heap().newBool(std::any_of(bases.begin(), bases.end(), [&](ObjectId b) { return i.isSubclass(args[0], b); }));
}

Ref iter(Interpreter &i, const CallArgs &args)
{
    return args.size() == 2 ? i.newIterator(IteratorNative::Kind::Callable, args.positional) : i.iterate(args[0]);
}

Ref next(Interpreter &i, const CallArgs &args)
{
    if (i.kind(args[0]) != TypeKind::Iterator && i.kind(args[0]) != TypeKind::Generator && !i.lookupSpecial(args[0], "__next__"))
        i.raise("TypeError", "'" + i.typeName(args[0]) + "' object is not an iterator");
    if (Ref item = i.next(args[0]))
        return item;
    if (args.size() == 2)
        return i.heap().own(args[1]);
    raiseStopIteration(i, args[0]);
}

Ref getattr(Interpreter &i, const CallArgs &args)
{
    if (!i.isStr(args[1]))
        i.raise("TypeError", i.profile().minor >= 11 ? "attribute name must be string, not '" + i.typeName(args[1]) + "'"
                                                     : "getattr(): attribute name must be string");
    if (args.size() == 2)
        return i.getAttribute(args[0], i.text(args[1]));
    try {
        Ref found = i.getAttributeOrNone(args[0], i.text(args[1]));
        return found ? std::move(found) : i.heap().own(args[2]);
    } catch (const PythonError &) {
        if (!i.raisedIs("AttributeError"))
            throw;
        i.takeRaised().reset();
        return i.heap().own(args[2]);
    }
}

Ref hasattr(Interpreter &i, const CallArgs &args)
{
    if (!i.isStr(args[1]))
        i.raise("TypeError", i.profile().minor >= 11 ? "attribute name must be string, not '" + i.typeName(args[1]) + "'"
                                                     : "hasattr(): attribute name must be string");
    try {
        return i.heap().newBool(bool(i.getAttributeOrNone(args[0], i.text(args[1]))));
    } catch (const PythonError &) {
        if (!i.raisedIs("AttributeError"))
            throw;
        i.takeRaised().reset();
        return i.heap().newBool(false);
    }
}

Ref setattr(Interpreter &i, const CallArgs &args)
{
    if (!i.isStr(args[1]))
        i.raise("TypeError", "attribute name must be string, not '" + i.typeName(args[1]) + "'");
    i.setAttribute(args[0], i.text(args[1]), i.heap().own(args[2]));
    return i.heap().newNone();
}

Ref delattr(Interpreter &i, const CallArgs &args)
{
    if (!i.isStr(args[1]))
        i.raise("TypeError", "attribute name must be string, not '" + i.typeName(args[1]) + "'");
    i.deleteAttribute(args[0], i.text(args[1]));
    return i.heap().newNone();
}

Ref sum(Interpreter &i, const CallArgs &args)
{
    if (args.size() == 0)
        i.raise("TypeError", i.profile().minor <= 7 ? "sum expected at least 1 arguments, got 0" : "sum() takes at least 1 positional argument (0 given)");
    Ref total = args.size() > 1 ? i.heap().own(args[1]) : args.keyword("start") ? i.heap().own(args.keyword("start")) : i.heap().newInt(std::int64_t(0));
    if (i.isStr(total))
        i.raise("TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
    // Plain ints are added up without making an object for each partial sum, as CPython does.
    std::int64_t fast = i.isInt(total) && i.fitsInt64(total) ? i.heap().intValue(total) : 0;
    bool isFast = i.isInt(total) && i.fitsInt64(total);
    // Floats too; since 3.12 with what rounding lost beside the sum (gh-100425: Neumaier's way).
    const bool compensates = i.profile().minor >= 12;
    double inFloat = 0, lost = 0;
    bool isFloat = false;
    const auto endFloat = [&] {
        isFloat = false;
        total = i.heap().newFloat(compensates && lost != 0 && std::isfinite(lost) ? inFloat + lost : inFloat);
    };
    const auto addFloat = [&](double x) {
        const double next = inFloat + x;
        if (compensates)
            lost += std::fabs(inFloat) >= std::fabs(x) ? (inFloat - next) + x : (x - next) + inFloat;
        inFloat = next;
    };
    const auto beginFloat = [&] {
        isFloat = i.kind(total) == TypeKind::Float && i.isExact(total);
        if (isFloat)
            inFloat = i.heap().floatValue(total);
        lost = 0;
    };
    beginFloat();
    i.forEach(args[0], [&](Ref item) {
        std::int64_t sum = 0;
        if (isFast && i.isInt(item) && i.fitsInt64(item) && !__builtin_add_overflow(fast, i.heap().intValue(item), &sum)) {
            fast = sum;
            return;
        }
        if (isFloat && i.isExact(item) && (i.kind(item) == TypeKind::Float || (i.isInt(item) && i.fitsInt64(item)))) {
            addFloat(i.kind(item) == TypeKind::Float ? i.heap().floatValue(item) : static_cast<double>(i.heap().intValue(item)));
            return;
        }
        if (isFloat)
            endFloat();
        const bool wasFast = isFast;
        if (isFast) {
            total = i.heap().newInt(fast);
            isFast = false;
        }
        total = i.binary(total, item, ast::Operator::Add, false);
        if (wasFast)
            beginFloat();
    });
    if (isFloat)
        endFloat();
    return isFast ? i.heap().newInt(fast) : std::move(total);
}

Ref extreme(Interpreter &i, const CallArgs &args, const char *name, bool wantMax)
{
    onlyKeywords(i, args, name, {"key", "default"});
    if (args.size() == 0)
        i.raise("TypeError", std::string(name) + (i.profile().minor <= 7 ? " expected 1 arguments, got 0"
                                                      : i.profile().minor == 8 ? " expected 1 argument, got 0" : " expected at least 1 argument, got 0"));
    const ObjectId key = args.keyword("key");
    Ref best, bestKey;
    const auto consider = [&](Ref item) {
        Ref itemKey = key && i.kind(key) != TypeKind::None ? i.call(key, {item}) : i.heap().own(item);
        bool better = !best;
        if (best) {
            const Ref result = i.compare(itemKey, bestKey, wantMax ? ast::CompareOperator::Gt : ast::CompareOperator::Lt);
            better = i.truth(result);
        }
        if (better) {
            best = std::move(item);
            bestKey = std::move(itemKey);
        }
    };
    if (args.size() > 1 && i.profile().minor <= 12)   // they come in a tuple, which an iterator walks over
        i.heap().passing(TypeKind::Iterator, 1, i.profile().layout.iteratorSize, ObjectHeap::KeptAs::TupleIterator);
    if (args.size() > 1)
        for (const ObjectId item : args.positional)
            consider(i.heap().own(item));
    else
        i.forEach(args[0], consider);
    if (best)
        return best;
    if (const ObjectId fallback = args.keyword("default"))
        return i.heap().own(fallback);
    i.raise("ValueError", std::string(name) + (i.profile().minor >= 12 ? "() iterable argument is empty" : "() arg is an empty sequence"));
}

Ref min(Interpreter &i, const CallArgs &args) { return extreme(i, args, "min", false); }
Ref max(Interpreter &i, const CallArgs &args) { return extreme(i, args, "max", true); }

Ref anyOrAll(Interpreter &i, const CallArgs &args, bool any)
{
    const Ref iterator = i.iterate(args[0]);
    std::uint32_t n = 0;
    while (const Ref item = i.next(iterator)) {
        if (i.truth(item) == any)
            return i.heap().newBool(any);
        if (++n % 256 == 0)
            i.checkpoint();
    }
    return i.heap().newBool(!any);
}

Ref any(Interpreter &i, const CallArgs &args) { return anyOrAll(i, args, true); }
Ref all(Interpreter &i, const CallArgs &args) { return anyOrAll(i, args, false); }

Ref sorted(Interpreter &i, const CallArgs &args)
{
    if (args.size() != 1)
        i.raise("TypeError", "sorted expected 1 argument" + std::string(i.profile().minor <= 7 ? "s" : "") + ", got " + std::to_string(args.size()));
    Ref list = i.heap().newList({}, 0);
    i.extendList(list, args[0]);
    i.passBuiltinMethod();   // list.sort
    const Interpreter::NativeLevel level(i, Interpreter::NativeLevel::kCalling);   // it calls list.sort
    sortList(i, list, args);
    return list;
}

Ref abs(Interpreter &i, const CallArgs &args)
{
    const ObjectId x = args[0];
    if (i.isInt(x))
        return i.kind(x) == TypeKind::Int && !i.heap().bigValue(x).isNegative() ? i.heap().own(x) : i.heap().newInt(i.heap().bigValue(x).abs());
    if (i.kind(x) == TypeKind::Float)
        return i.heap().newFloat(std::fabs(i.heap().floatValue(x)));
    if (i.kind(x) == TypeKind::Complex)
        return i.heap().newFloat(std::abs(i.heap().native<ComplexNative>(x)->value));
    if (const ObjectId special = i.lookupSpecial(x, "__abs__"))
        return i.callSpecial(special, {x});
    i.raise("TypeError", "bad operand type for abs(): '" + i.typeName(x) + "'");
}

Ref round(Interpreter &i, const CallArgs &args)
{
    onlyKeywords(i, args, "round", {"number", "ndigits"});
    const ObjectId x = args.size() > 0 ? args[0] : args.keyword("number");
    if (!x)
        i.raise("TypeError", "round() missing required argument 'number' (pos 1)");
    const ObjectId given = args.at(1) ? args.at(1) : args.keyword("ndigits");
    if (i.profile().minor <= 13)
        if (!i.lookupSpecial(x, "__round__"))
            i.passBuiltinMethod();
    const bool hasDigits = given && i.kind(given) != TypeKind::None;
    if (i.isInt(x))
        return i.kind(x) == TypeKind::Int && i.isExact(x) && (!hasDigits || i.toIndex(given) >= 0) ? i.heap().own(x)
            : i.heap().newInt(hasDigits ? text::roundInt(i.heap().bigValue(x), BigInt(i.toIndex(given))) : i.heap().bigValue(x));
    if (i.kind(x) == TypeKind::Float) {
        if (hasDigits)
            return i.heap().newFloat(i.unwrap(text::roundFloat(i.heap().floatValue(x), i.toIndex(given))));
        return i.heap().newInt(i.unwrap(text::roundFloatToInt(i.heap().floatValue(x))));
    }
    if (const ObjectId special = i.lookupSpecial(x, "__round__"))
        return hasDigits ? i.callBound(special, {x, given}, 13) : i.callBound(special, {x}, 13);
    i.raise("TypeError", "type " + i.typeName(x) + " doesn't define __round__ method");
}

Ref divmod(Interpreter &i, const CallArgs &args)
{
    const auto attempt = [&](ObjectId self, const char *method, ObjectId other) -> Ref {
        const ObjectId special = i.kind(self) == TypeKind::Instance || i.object(self).derived() ? i.lookupSpecial(self, method) : ObjectId();
        Ref result = special ? i.callSpecial(special, {self, other}) : Ref();
        return result && result.id() != i.heap().notImplemented() ? std::move(result) : Ref();
    };
    if (Ref result = attempt(args[0], "__divmod__", args[1]))
        return result;
    if (Ref result = attempt(args[1], "__rdivmod__", args[0]))
        return result;
    const auto isNumber = [&](ObjectId x) { return i.isInt(x) || i.kind(x) == TypeKind::Float; };
    if (!isNumber(args[0]) || !isNumber(args[1]))
        i.raise("TypeError", "unsupported operand type(s) for divmod(): '" + i.typeName(args[0]) + "' and '" + i.typeName(args[1]) + "'");
    std::vector<Ref> pair;
    pair.push_back(i.binary(args[0], args[1], ast::Operator::FloorDiv, false));
    pair.push_back(i.binary(args[0], args[1], ast::Operator::Mod, false));
    return i.heap().newTupleStealing(std::move(pair));
}

Ref pow(Interpreter &i, const CallArgs &args)
{
    if (args.size() + args.keywords.size() < 2)
        i.raise("TypeError", i.profile().minor <= 7 ? "pow expected at least 2 arguments, got " + std::to_string(args.size())
                                 : args.size() == 0 ? "pow() missing required argument 'base' (pos 1)" : "pow() missing required argument 'exp' (pos 2)");
    if (!args.keywords.empty()) {
        onlyKeywords(i, args, "pow", {"base", "exp", "mod"});
        std::vector<ObjectId> all(args.positional.begin(), args.positional.end());
        for (const char *name : {"base", "exp", "mod"})
            if (const ObjectId value = args.keyword(name))
                all.push_back(value);
        return pow(i, CallArgs{all, {}});
    }
    if (args.size() == 2 || i.kind(args[2]) == TypeKind::None)
        return i.binary(args[0], args[1], ast::Operator::Pow, false);
    if (const ObjectId special = i.kind(args[0]) == TypeKind::Instance ? i.lookupSpecial(args[0], "__pow__") : ObjectId())
        return i.callSpecial(special, args.positional);
    for (const ObjectId arg : args.positional)
        if (!i.isInt(arg)) {
            if (i.kind(args[0]) == TypeKind::Float || i.kind(args[1]) == TypeKind::Float || i.kind(args[2]) == TypeKind::Float)
                i.raise("TypeError", "pow() 3rd argument not allowed unless all arguments are integers");
            i.raise("TypeError", std::string("unsupported operand type(s) for ") + (i.profile().minor >= 10 ? "** or pow()" : "pow()")
                                     + ": '" + i.typeName(args[0]) + "', '" + i.typeName(args[1]) + "', '" + i.typeName(args[2]) + "'");
        }
    const BigInt modulus = i.heap().bigValue(args[2]);
    if (i.profile().minor <= 7 && i.heap().bigValue(args[1]).isNegative())
        i.raise("ValueError", "pow() 2nd argument cannot be negative when 3rd argument specified");
    if (modulus.isZero())
        i.raise("ValueError", "pow() 3rd argument cannot be 0");
    constexpr std::size_t kMaxBits = 20000;   // keeps the time of one call small
    if (modulus.bitLength() > kMaxBits || i.heap().bigValue(args[1]).bitLength() > kMaxBits)
        i.unsupported("pow() with numbers of more than 20,000 bits");
    const auto result = BigInt::powerModulo(i.heap().bigValue(args[0]), i.heap().bigValue(args[1]), modulus);
    if (!result)
        i.raise("ValueError", "base is not invertible for the given modulus");
    return i.heap().newInt(*result);
}

Ref chr(Interpreter &i, const CallArgs &args)
{
    if (i.profile().minor <= 9 && !i.isInt(args[0]) && !i.lookupSpecial(args[0], "__index__"))
        i.raise("TypeError", i.kind(args[0]) == TypeKind::Float ? "integer argument expected, got float"
                                                                : "an integer is required (got type " + i.typeName(args[0]) + ")");
    if (i.profile().minor <= 12 && i.isInt(args[0]) && !i.fitsInt64(args[0]))
        i.raise("OverflowError", "Python int too large to convert to C long");
    const std::int64_t code = i.toIndex(args[0]);
    if (i.profile().minor <= 12 && (code < INT32_MIN || code > INT32_MAX))
        i.raise("OverflowError", i.profile().minor >= 10 ? "Python int too large to convert to C int"
                                 : code < 0 ? "signed integer is less than minimum" : "signed integer is greater than maximum");
    if (code < 0 || code > 0x10ffff)
        i.raise("ValueError", "chr() arg not in range(0x110000)");
    return i.heap().newStr(text::encodeUtf8(static_cast<char32_t>(code)));
}

Ref ord(Interpreter &i, const CallArgs &args)
{
    if (i.kind(args[0]) == TypeKind::Bytes && i.text(args[0]).size() == 1)
        return i.heap().newInt(std::int64_t(static_cast<unsigned char>(i.text(args[0])[0])));
    if (!i.isStr(args[0]))
        i.raise("TypeError", "ord() expected string of length 1, but " + i.typeName(args[0]) + " found");
    if (i.lengthOf(args[0]) != 1)
        i.raise("TypeError", "ord() expected a character, but string of length " + std::to_string(i.lengthOf(args[0])) + " found");
    return i.heap().newInt(std::int64_t(*text::codePointAt(i.text(args[0]), 0)));
}

template <int base>
Ref inBase(Interpreter &i, const CallArgs &args)
{
    if (!i.isInt(args[0]))
        (void)i.toIndex(args[0]);
    const BigInt value = i.isInt(args[0]) ? i.heap().bigValue(args[0]) : BigInt(i.toIndex(args[0]));
    return i.heap().newStr(text::formatWithPrefix(value, base));
}

Ref format(Interpreter &i, const CallArgs &args)
{
    if (args.size() > 1 && !i.isStr(args[1]))
        i.raise("TypeError", "format() argument 2 must be str, not " + i.typeName(args[1]));
    return i.formatted(args[0], args.size() > 1 ? i.text(args[1]) : std::string());
}

Ref globals(Interpreter &i, const CallArgs &) { return i.heap().own(i.currentFrame()->globals); }

Ref locals(Interpreter &i, const CallArgs &)
{
    const Frame &frame = *i.currentFrame();
    return frame.names ? i.heap().own(frame.names) : i.frameLocals(frame.object);
}

Ref vars(Interpreter &i, const CallArgs &args)
{
    if (args.size() == 0)
        return locals(i, args);
    Ref dict = i.getAttributeOrNone(args[0], "__dict__");
    if (!dict)
        i.raise("TypeError", "vars() argument must have __dict__ attribute");
    return dict;
}

// Refused by name: nothing simulated may touch the machine.
Ref input(Interpreter &i, const CallArgs &) { i.unsupported("input(); there is no keyboard here: give the value in the program"); }
Ref open(Interpreter &i, const CallArgs &) { i.unsupported("open(); there are no files here: put the text into a string or a list of lines"); }
Ref eval(Interpreter &i, const CallArgs &) { i.unsupported("eval(); write the expression itself"); }
Ref exec(Interpreter &i, const CallArgs &) { i.unsupported("exec(); write the statements themselves"); }
Ref buildClass(Interpreter &i, const CallArgs &) { i.unsupported("a direct call of __build_class__"); }

constexpr NativeDef kFunctions[] = {
    {"print", print, 0, -1, true}, {"len", len, 1, 1}, {"id", id, 1, 1}, {"repr", repr, 1, 1}, {"ascii", ascii, 1, 1},
    {"hash", hash, 1, 1}, {"callable", callable, 1, 1}, {"isinstance", isinstance, 2, 2}, {"issubclass", issubclass, 2, 2},
    {"iter", iter, 1, 2}, {"next", next, 1, 2}, {"getattr", getattr, 2, 3}, {"hasattr", hasattr, 2, 2},
    {"setattr", setattr, 3, 3}, {"delattr", delattr, 2, 2}, {"sum", sum, 0, 2, true}, {"min", min, 0, -1, true},
    {"max", max, 0, -1, true}, {"any", any, 1, 1}, {"all", all, 1, 1}, {"sorted", sorted, 0, -1, true}, {"abs", abs, 1, 1},
    {"round", round, 1, 2, true}, {"divmod", divmod, 2, 2}, {"pow", pow, 0, 3, true}, {"chr", chr, 1, 1}, {"ord", ord, 1, 1},
    {"bin", inBase<2>, 1, 1}, {"oct", inBase<8>, 1, 1}, {"hex", inBase<16>, 1, 1}, {"format", format, 1, 2},
    {"globals", globals, 0, 0}, {"locals", locals, 0, 0}, {"vars", vars, 0, 1}, {"dir", dirOf, 0, 1},
    {"input", input, 0, 1}, {"open", open, 0, -1, true}, {"eval", eval, 1, 3}, {"exec", exec, 1, 3},
    {"__build_class__", buildClass, 0, -1, true},
};

} // namespace

std::span<const NativeDef> builtinFunctions() { return kFunctions; }

} // namespace pyrena
