// Methods of list and tuple, and what sorted() shares with list.sort().
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include <algorithm>

namespace pyrena {

void onlyKeywords(Interpreter &i, const CallArgs &args, const char *function, std::initializer_list<std::string_view> known)
{
    for (const auto &[name, value] : args.keywords)
        if (std::find(known.begin(), known.end(), name) == known.end())
            i.raise("TypeError", i.profile().minor >= 13
                        ? std::string(function) + "() got an unexpected keyword argument '" + std::string(name) + "'"
                        : "'" + std::string(name) + "' is an invalid keyword argument for " + function + "()");
}

void raiseStopIteration(Interpreter &i, ObjectId iterator)
{
    std::vector<ObjectId> args;
    Ref value;
    if (i.kind(iterator) == TypeKind::Generator)
        value = i.takeReturnValue();
    if (value && i.kind(value) != TypeKind::None)
        args.push_back(value);
    i.raiseObject(i.makeException(i.exceptionType("StopIteration"), args).release());
}

namespace {

// Merge sort by insertion into runs: stable, and it compares like CPython's does, with "is the later one less?" only.
// A comparison may raise; the list then holds all items in some order.
void mergeSort(Interpreter &i, std::vector<std::pair<ObjectId, ObjectId>> &items)
{
    std::vector<std::pair<ObjectId, ObjectId>> other(items.size());
    constexpr std::size_t kRun = 16;
    for (std::size_t begin = 0; begin < items.size(); begin += kRun) {
        const std::size_t end = std::min(begin + kRun, items.size());
        for (std::size_t n = begin + 1; n < end; ++n) {
            const auto pivot = items[n];
            std::size_t low = begin, high = n;
            while (low < high) {
                const std::size_t middle = (low + high) / 2;
                if (i.less(pivot.first, items[middle].first))
                    high = middle;
                else
                    low = middle + 1;
            }
            std::move_backward(items.begin() + static_cast<std::ptrdiff_t>(low), items.begin() + static_cast<std::ptrdiff_t>(n),
                               items.begin() + static_cast<std::ptrdiff_t>(n + 1));
            items[low] = pivot;
        }
    }
    for (std::size_t width = kRun; width < items.size(); width *= 2) {
        for (std::size_t begin = 0; begin < items.size(); begin += 2 * width) {
            const std::size_t middle = std::min(begin + width, items.size()), end = std::min(begin + 2 * width, items.size());
            std::size_t a = begin, b = middle;
            for (std::size_t out = begin; out < end; ++out)
                other[out] = b < end && (a >= middle || i.less(items[b].first, items[a].first)) ? items[b++] : items[a++];
        }
        items.swap(other);
        i.checkpoint();
    }
}

} // namespace

void sortList(Interpreter &i, ObjectId list, const CallArgs &args)
{
    onlyKeywords(i, args, "sort", {"key", "reverse"});
    const ObjectId key = args.keyword("key"), reverse = args.keyword("reverse");
    const bool reversed = reverse && i.truth(reverse);
    ObjectHeap &heap = i.heap();
    std::vector<Ref> keys;
    std::vector<std::pair<ObjectId, ObjectId>> items;   // key, item
    for (std::uint32_t n = 0; n < heap.length(list); ++n) {
        const ObjectId item = heap.item(list, n);
        if (key && i.kind(key) != TypeKind::None) {
            keys.push_back(i.call(key, {item}));
            items.emplace_back(keys.back(), item);
        } else {
            items.emplace_back(item, item);
        }
    }
    if (reversed)
        std::reverse(items.begin(), items.end());   // reversing before and after keeps equal items in their order
    mergeSort(i, items);
    if (reversed)
        std::reverse(items.begin(), items.end());
    if (heap.length(list) != items.size())
        i.raise("ValueError", "list modified during sort");
    for (std::uint32_t n = 0; n < items.size(); ++n)
        if (heap.item(list, n) != items[n].second)
            heap.setSlot(list, n, items[n].second);
}

namespace {

Ref append(Interpreter &i, const CallArgs &args)
{
    i.heap().listAppend(args[0], i.heap().own(args[1]));
    return i.heap().newNone();
}

Ref extend(Interpreter &i, const CallArgs &args)
{
    i.extendList(args[0], args[1]);
    return i.heap().newNone();
}

Ref insert(Interpreter &i, const CallArgs &args)
{
    if (args.size() != 3)
        i.raise("TypeError", i.profile().minor <= 7 ? "insert() takes exactly 2 arguments (" + std::to_string(args.size() - 1) + " given)"
                                                    : "insert expected 2 arguments, got " + std::to_string(args.size() - 1));
    const std::int64_t n = i.heap().length(args[0]);
    std::int64_t at = i.toIndex(args[1]);
    if (at < 0)
        at = std::max<std::int64_t>(0, at + n);
    i.heap().listInsert(args[0], static_cast<std::uint32_t>(std::min(at, n)), i.heap().own(args[2]));
    return i.heap().newNone();
}

Ref pop(Interpreter &i, const CallArgs &args)
{
    const std::int64_t n = i.heap().length(args[0]);
    std::int64_t at = args.size() > 1 ? i.toIndex(args[1]) : -1;
    if (n == 0)
        i.raise("IndexError", "pop from empty list");
    if (at < 0)
        at += n;
    if (at < 0 || at >= n)
        i.raise("IndexError", "pop index out of range");
    return i.heap().listTake(args[0], static_cast<std::uint32_t>(at));
}

Ref remove(Interpreter &i, const CallArgs &args)
{
    for (std::uint32_t n = 0; n < i.heap().length(args[0]); ++n) {
        if (!i.equal(i.heap().item(args[0], n), args[1]))
            continue;
        i.heap().listAssign(args[0], n, n + 1, {});
        return i.heap().newNone();
    }
    i.raise("ValueError", "list.remove(x): x not in list");
}

Ref index(Interpreter &i, const CallArgs &args)
{
    const std::int64_t n = i.heap().length(args[0]);
    for (const ObjectId bound : {args.at(2), args.at(3)})
        if (bound && !i.isInt(bound) && !i.lookupSpecial(bound, "__index__"))
            i.raise("TypeError", "slice indices must be integers or have an __index__ method");
    std::int64_t start = i.indexOr(args.at(2), 0), stop = i.indexOr(args.at(3), n);
    if (start < 0)
        start = std::max<std::int64_t>(0, start + n);
    if (stop < 0)
        stop = std::max<std::int64_t>(0, stop + n);
    for (std::int64_t at = start; at < std::min<std::int64_t>(stop, i.heap().length(args[0])); ++at)
        if (i.equal(i.heap().item(args[0], static_cast<std::uint32_t>(at)), args[1]))
            return i.heap().newInt(at);
    if (i.kind(args[0]) == TypeKind::Tuple)
        i.raise("ValueError", "tuple.index(x): x not in tuple");
    i.raise("ValueError", i.profile().minor >= 14 ? "list.index(x): x not in list" : i.repr(args[1]) + " is not in list");
}

Ref count(Interpreter &i, const CallArgs &args)
{
    std::int64_t found = 0;
    for (std::uint32_t n = 0; n < i.heap().length(args[0]); ++n)
        found += i.equal(i.heap().item(args[0], n), args[1]);
    return i.heap().newInt(found);
}

Ref clear(Interpreter &i, const CallArgs &args)
{
    i.heap().listClear(args[0]);
    return i.heap().newNone();
}

Ref copy(Interpreter &i, const CallArgs &args)
{
    std::vector<ObjectId> items;
    for (const Slot &slot : i.heap().items(args[0]))
        items.push_back(slot.target);
    return i.heap().newList(items, static_cast<std::uint32_t>(items.size()));
}

Ref reverse(Interpreter &i, const CallArgs &args)
{
    if (const std::uint32_t n = i.heap().length(args[0]); n > 1)
        i.recorder().commit(change::SlotsReversed{args[0], i.object(args[0]).fields(), n});
    return i.heap().newNone();
}

Ref sort(Interpreter &i, const CallArgs &args)
{
    if (args.size() > 1)
        i.raise("TypeError", "sort() takes no positional arguments");
    sortList(i, args[0], args);
    return i.heap().newNone();
}

constexpr NativeDef kList[] = {
    {"append", append, 1, 1}, {"extend", extend, 1, 1}, {"insert", insert, 0, -1}, {"pop", pop, 0, 1}, {"remove", remove, 1, 1},
    {"index", index, 1, 3}, {"count", count, 1, 1}, {"clear", clear, 0, 0}, {"copy", copy, 0, 0}, {"reverse", reverse, 0, 0},
    {"sort", sort, 0, -1, true},
};
constexpr NativeDef kTuple[] = {{"index", index, 1, 3}, {"count", count, 1, 1}};

} // namespace

std::span<const NativeDef> listMethods() { return kList; }
std::span<const NativeDef> tupleMethods() { return kTuple; }

Ref constructList(Interpreter &i, const CallArgs &args)
{
    if (args.size() > 1)
        i.raise("TypeError", std::string("list expected at most 1 argument") + (i.profile().minor <= 7 ? "s" : "") + ", got " + std::to_string(args.size()));
    Ref list = i.heap().constructList();
    if (args.size() == 1)
        i.extendList(list, args[0], true);
    return list;
}

Ref constructTuple(Interpreter &i, const CallArgs &args)
{
    if (args.size() == 0)
        return i.heap().newTuple({});
    if (args.size() > 1)
        i.raise("TypeError", std::string("tuple expected at most 1 argument") + (i.profile().minor <= 7 ? "s" : "") + ", got " + std::to_string(args.size()));
    if (i.kind(args[0]) == TypeKind::Tuple && i.isExact(args[0]))
        return i.heap().own(args[0]);
    // tuple(x for x in y) is compiled to a list that is made a tuple since 3.14.
    if (i.kind(args[0]) == TypeKind::Generator && i.profile().minor >= 14) {
        const Ref list = i.heap().newList({}, 0);
        i.extendList(list, args[0]);
        std::vector<ObjectId> items;
        for (const Slot &slot : i.heap().items(list))
            items.push_back(slot.target);
        return i.heap().newTuple(items);
    }
    return i.tupleOf(args[0]);
}

} // namespace pyrena
