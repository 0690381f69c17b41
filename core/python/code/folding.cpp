#include "core/python/code/folding.h"

#include "core/python/code/constantpool.h"

namespace pyrena {

using namespace ast;

namespace {

const ConstantValue *scalar(const pyrena::Constant &constant)
{
    return std::get_if<ConstantValue>(&constant.value);
}

} // namespace

bool isTrue(const pyrena::Constant &constant)
{
    if (const auto *tuple = std::get_if<std::shared_ptr<const ConstTuple>>(&constant.value))
        return !(*tuple)->items.empty();
    const ConstantValue *value = scalar(constant);
    if (!value)
        return true;
    if (std::holds_alternative<NoneValue>(*value)) return false;
    if (const auto *flag = std::get_if<bool>(value)) return *flag;
    if (const auto *number = std::get_if<std::int64_t>(value)) return *number != 0;
    if (const auto *number = std::get_if<double>(value)) return *number != 0;
    if (const auto *number = std::get_if<Imaginary>(value)) return number->value != 0;
    if (const auto *text = std::get_if<std::string>(value)) return !text->empty();
    if (const auto *bytes = std::get_if<BytesValue>(value)) return !bytes->bytes.empty();
    return true;
}

const pyrena::Constant *ConstantFolder::constant(const Expr &expr)
{
    const bool candidate = as<ast::Constant>(expr) || as<Name>(expr) || as<BinOp>(expr) || as<ast::UnaryOp>(expr)
                           || as<Tuple>(expr) || as<Subscript>(expr);
    if (!candidate)
        return nullptr;
    if (const auto *name = as<Name>(expr); name && name->id != "__debug__")
        return nullptr;
    auto at = m_known.find(&expr);
    if (at == m_known.end()) {
        auto value = evaluate(expr);
        at = m_known.emplace(&expr, std::move(value)).first;
    }
    return at->second ? &*at->second : nullptr;
}

bool ConstantFolder::allConstant(std::span<const ExprPtr> list)
{
    for (const ExprPtr &expr : list)
        if (!expr || !constant(*expr))
            return false;
    return true;
}

std::vector<pyrena::Constant> ConstantFolder::constants(std::span<const ExprPtr> list)
{
    std::vector<pyrena::Constant> result;
    result.reserve(list.size());
    for (const ExprPtr &expr : list)
        result.push_back(*constant(*expr));
    return result;
}

std::optional<pyrena::Constant> ConstantFolder::evaluate(const Expr &expr)
{
    std::optional<pyrena::Constant> result;
    if (const auto *node = as<ast::Constant>(expr)) {
        result = pyrena::Constant{node->value};
    } else if (as<Name>(expr)) {
        result = pyrena::Constant{ConstantValue(true)};   // __debug__
    } else if (const auto *node = as<Tuple>(expr)) {
        if (allConstant(node->elements)) {
            result = tupleConstant(constants(node->elements));
            for (const ExprPtr &element : node->elements)
                m_known.erase(element.get());
        }
    } else if (const auto *node = as<ast::UnaryOp>(expr)) {
        if (const auto *operand = constant(*node->operand))
            result = foldUnary(node->op, *operand);
        if (result)
            m_known.erase(node->operand.get());
    } else if (const auto *node = as<BinOp>(expr)) {
        const auto *left = constant(*node->left);
        if (const auto *right = left ? constant(*node->right) : nullptr)
            result = foldBinary(node->op, *left, *right, m_minor);
        if (result) {   // long chains of + would keep each prefix
            m_known.erase(node->left.get());
            m_known.erase(node->right.get());
        }
    } else if (const auto *node = as<Subscript>(expr)) {
        const auto *value = constant(*node->value);
        if (const auto *index = value ? constant(*node->slice) : nullptr)
            result = foldSubscript(*value, *index);
    }
    return result;
}

std::optional<pyrena::Constant> foldBinary(Operator op, const pyrena::Constant &left, const pyrena::Constant &right, int minor)
{
    const ConstantValue *a = scalar(left), *b = scalar(right);
    if (a && b)
        if (auto number = foldNumbers(op, *a, *b))
            return number;
    return foldSequences(op, left, right, minor);
}

} // namespace pyrena
