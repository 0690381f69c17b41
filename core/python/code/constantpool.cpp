#include "core/python/code/constantpool.h"

#include <bit>
#include <type_traits>

namespace pyrena {

namespace {

template <class Bits>
void appendBits(std::string &key, Bits bits)
{
    for (std::size_t i = 0; i < sizeof bits; ++i)
        key.push_back(static_cast<char>((bits >> (8 * i)) & 0xff));
}

void appendText(std::string &key, char type, const std::string &text)
{
    key.push_back(type);
    appendBits(key, static_cast<std::uint64_t>(text.size()));
    key += text;
}

void append(std::string &key, const Constant &constant);

struct KeyWriter
{
    std::string &key;
    bool frozenSet = false;

    void operator()(const ast::NoneValue &) const { key.push_back('N'); }
    void operator()(const ast::EllipsisValue &) const { key.push_back('E'); }
    void operator()(bool value) const { key += value ? "T" : "F"; }
    void operator()(std::int64_t value) const
    {
        key.push_back('i');
        appendBits(key, static_cast<std::uint64_t>(value));
    }
    void operator()(const ast::BigInteger &value) const { appendText(key, 'I', value.digits); }
    void operator()(double value) const
    {
        key.push_back('f');
        appendBits(key, std::bit_cast<std::uint64_t>(value));
    }
    void operator()(const ast::Imaginary &value) const
    {
        key.push_back('j');
        appendBits(key, std::bit_cast<std::uint64_t>(value.value));
    }
    void operator()(const std::string &text) const { appendText(key, 's', text); }
    void operator()(const ast::BytesValue &value) const { appendText(key, 'b', value.bytes); }
    void operator()(const ast::ConstantValue &value) const { std::visit(*this, value); }
    void operator()(const std::shared_ptr<const ConstTuple> &tuple) const
    {
        key.push_back(frozenSet ? '{' : '(');
        for (const Constant &item : tuple->items)
            append(key, item);
        key.push_back(')');
    }
    void operator()(const std::shared_ptr<const CodeObject> &code) const
    {
        key.push_back('c');
        appendBits(key, static_cast<std::uint64_t>(code->id.value));
    }
};

void append(std::string &key, const Constant &constant)
{
    std::visit(KeyWriter{key, constant.frozenSet}, constant.value);
}

} // namespace

Constant noneConstant()
{
    return Constant{ast::ConstantValue(ast::NoneValue{})};
}

Constant stringConstant(std::string text)
{
    return Constant{ast::ConstantValue(std::move(text))};
}

Constant tupleConstant(std::vector<Constant> items, bool frozenSet)
{
    return Constant{std::make_shared<const ConstTuple>(ConstTuple{std::move(items)}), frozenSet};
}

std::string constantKey(const Constant &constant)
{
    std::string key;
    append(key, constant);
    return key;
}

std::int32_t ConstantPool::index(const Constant &constant)
{
    if (constant.separate) {
        m_constants.push_back(constant);
        return static_cast<std::int32_t>(m_constants.size()) - 1;
    }
    const auto [at, isNew] = m_index.try_emplace(constantKey(constant), static_cast<std::int32_t>(m_constants.size()));
    if (isNew)
        m_constants.push_back(constant);
    return at->second;
}

} // namespace pyrena
