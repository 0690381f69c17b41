#include "core/python/code/constantpool.h"
#include "core/python/code/folding.h"

#include <algorithm>

namespace pyrena {

using namespace ast;

namespace {

using Folded = std::optional<pyrena::Constant>;
using TuplePointer = std::shared_ptr<const ConstTuple>;

// Results that repetition may have (Python/ast_opt.c). 3.6's peephole optimizer kept any result up to 20 items instead.
constexpr std::int64_t kMaxTextSize = 4096, kMaxItems = 256, kMaxTotalItems = 1024;
constexpr std::size_t kClassicMaxSize = 20;

template <class T>
const T *scalar(const pyrena::Constant &constant)
{
    const auto *value = std::get_if<ConstantValue>(&constant.value);
    return value ? std::get_if<T>(value) : nullptr;
}

const ConstTuple *tuple(const pyrena::Constant &constant)
{
    const auto *pointer = std::get_if<TuplePointer>(&constant.value);
    return pointer && !constant.frozenSet ? pointer->get() : nullptr;
}

bool isLead(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

std::int64_t characters(const std::string &text)
{
    return std::count_if(text.begin(), text.end(), isLead);
}

std::optional<std::int64_t> wholeNumber(const pyrena::Constant &constant)
{
    if (const auto *number = scalar<std::int64_t>(constant)) return *number;
    if (const auto *flag = scalar<bool>(constant)) return *flag ? 1 : 0;
    return std::nullopt;
}

// What is left of the limit after counting nested items, or less than 0.
std::int64_t countItems(const pyrena::Constant &constant, std::int64_t limit)
{
    const ConstTuple *items = tuple(constant);
    if (!items)
        return limit;
    limit -= static_cast<std::int64_t>(items->items.size());
    for (const pyrena::Constant &item : items->items) {
        if (limit < 0)
            return limit;
        limit = countItems(item, limit);
    }
    return limit;
}

std::string repeated(const std::string &text, std::int64_t count)
{
    std::string result;
    for (std::int64_t i = 0; i < count; ++i)
        result += text;
    return result;
}

bool fits(std::int64_t size, std::int64_t count, std::int64_t limit)
{
    return size == 0 || (count >= 0 && count <= limit / size);
}

Folded repeat(const pyrena::Constant &sequence, std::int64_t count)
{
    if (const auto *text = scalar<std::string>(sequence)) {
        if (!fits(characters(*text), count, kMaxTextSize))
            return std::nullopt;
        return stringConstant(text->empty() ? std::string() : repeated(*text, count));
    }
    if (const auto *bytes = scalar<BytesValue>(sequence)) {
        if (!fits(static_cast<std::int64_t>(bytes->bytes.size()), count, kMaxTextSize))
            return std::nullopt;
        return pyrena::Constant{ConstantValue(BytesValue{bytes->bytes.empty() ? std::string() : repeated(bytes->bytes, count)})};
    }
    const ConstTuple *items = tuple(sequence);
    if (!items || !fits(static_cast<std::int64_t>(items->items.size()), count, kMaxItems)
        || (count > 0 && !items->items.empty() && countItems(sequence, kMaxTotalItems / count) < 0))
        return std::nullopt;
    std::vector<pyrena::Constant> result;
    for (std::int64_t i = 0; i < count && !items->items.empty(); ++i)
        result.insert(result.end(), items->items.begin(), items->items.end());
    return tupleConstant(std::move(result));
}

Folded concatenate(const pyrena::Constant &left, const pyrena::Constant &right)
{
    if (const auto *a = scalar<std::string>(left), *b = scalar<std::string>(right); a && b)
        return stringConstant(*a + *b);
    if (const auto *a = scalar<BytesValue>(left), *b = scalar<BytesValue>(right); a && b)
        return pyrena::Constant{ConstantValue(BytesValue{a->bytes + b->bytes})};
    const ConstTuple *a = tuple(left), *b = tuple(right);
    if (!a || !b)
        return std::nullopt;
    std::vector<pyrena::Constant> items = a->items;
    items.insert(items.end(), b->items.begin(), b->items.end());
    return tupleConstant(std::move(items));
}

std::size_t sizeOf(const pyrena::Constant &constant)
{
    if (const auto *text = scalar<std::string>(constant)) return static_cast<std::size_t>(characters(*text));
    if (const auto *bytes = scalar<BytesValue>(constant)) return bytes->bytes.size();
    return tuple(constant)->items.size();
}

// The character at the index of a str, as a str.
std::optional<std::string> characterAt(const std::string &text, std::int64_t index)
{
    std::size_t at = 0;
    for (; index >= 0 && at < text.size(); --index) {
        const std::size_t begin = at++;
        while (at < text.size() && !isLead(text[at]))
            ++at;
        if (index == 0)
            return text.substr(begin, at - begin);
    }
    return std::nullopt;
}

} // namespace

Folded foldSequences(Operator op, const pyrena::Constant &left, const pyrena::Constant &right, int minor)
{
    Folded result;
    if (op == Operator::Add)
        result = concatenate(left, right);
    else if (op == Operator::Mult) {
        if (const auto count = wholeNumber(right))
            result = repeat(left, *count);
        else if (const auto times = wholeNumber(left))
            result = repeat(right, *times);
    }
    if (result && minor < 7 && sizeOf(*result) > kClassicMaxSize)
        return std::nullopt;
    return result;
}

Folded foldSubscript(const pyrena::Constant &value, const pyrena::Constant &index)
{
    auto at = wholeNumber(index);
    if (!at)
        return std::nullopt;
    const auto inside = [&](std::size_t size) {
        if (*at < 0)
            *at += static_cast<std::int64_t>(size);
        return *at >= 0 && *at < static_cast<std::int64_t>(size);
    };
    if (const auto *text = scalar<std::string>(value)) {
        if (!inside(static_cast<std::size_t>(characters(*text))))
            return std::nullopt;
        const auto character = characterAt(*text, *at);
        return character ? Folded(stringConstant(*character)) : std::nullopt;
    }
    if (const auto *bytes = scalar<BytesValue>(value)) {
        if (!inside(bytes->bytes.size()))
            return std::nullopt;
        const auto byte = static_cast<unsigned char>(bytes->bytes[static_cast<std::size_t>(*at)]);
        return pyrena::Constant{ConstantValue(std::int64_t(byte))};
    }
    if (const ConstTuple *items = tuple(value); items && inside(items->items.size()))
        return items->items[static_cast<std::size_t>(*at)];
    return std::nullopt;
}

} // namespace pyrena
