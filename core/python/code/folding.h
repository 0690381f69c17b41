#pragma once

#include "core/profile/profile.h"
#include "core/python/code/code.h"

#include <optional>
#include <span>
#include <unordered_map>

namespace pyrena {

// Folds constant expressions as CPython's compiler does (Python/ast_opt.c; Python/peephole.c before 3.7), with its limits.
class ConstantFolder
{
public:
    explicit ConstantFolder(const PythonProfile &profile) : m_minor(profile.minor) {}

    // The value of the expression, or nullptr when it is not a constant. Valid until the next call of forget().
    const Constant *constant(const ast::Expr &expr);
    bool allConstant(std::span<const ast::ExprPtr> list);
    // Requires: allConstant(list).
    std::vector<Constant> constants(std::span<const ast::ExprPtr> list);

    // Results are kept so that a deep expression is not folded again at each level; call it between statements.
    void forget() { m_known.clear(); }

private:
    std::optional<Constant> evaluate(const ast::Expr &expr);

    int m_minor;
    std::unordered_map<const ast::Expr *, std::optional<Constant>> m_known;
};

bool isTrue(const Constant &constant);

// One operator on constants; no value when it raises, or when the result would pass CPython's limits.
std::optional<Constant> foldUnary(ast::UnaryOperator op, const Constant &operand);
std::optional<Constant> foldBinary(ast::Operator op, const Constant &left, const Constant &right, int minor);
std::optional<Constant> foldSubscript(const Constant &value, const Constant &index);

// Parts of foldBinary. foldSequences: + and * of str, bytes and tuple.
std::optional<Constant> foldNumbers(ast::Operator op, const ast::ConstantValue &left, const ast::ConstantValue &right);
std::optional<Constant> foldSequences(ast::Operator op, const Constant &left, const Constant &right, int minor);

} // namespace pyrena
