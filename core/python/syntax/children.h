#pragma once

#include "core/python/syntax/ast.h"

#include <type_traits>

namespace pyrena::syntax {

// Calls visit(const Expr &) or visit(const Stmt &) for each child of a node, in the order of CPython's grammar fields.
// Null children are left out. Patterns of scopes are not known here: all children are visited alike.
namespace children {

using namespace ast;

template <class V> void each(const ExprPtr &expr, V &&visit) { if (expr) visit(static_cast<const Expr &>(*expr)); }
template <class V> void each(const ExprList &list, V &&visit) { for (const auto &expr : list) each(expr, visit); }
template <class V> void each(const StmtList &list, V &&visit) { for (const auto &stmt : list) visit(static_cast<const Stmt &>(*stmt)); }
template <class V> void each(const Arg &arg, V &&visit) { each(arg.annotation, visit); }
template <class V> void each(const Arguments &args, V &&visit)
{
    for (const Arg &arg : args.posOnlyArgs) each(arg, visit);
    for (const Arg &arg : args.args) each(arg, visit);
    if (args.varArg) each(*args.varArg, visit);
    for (const Arg &arg : args.kwOnlyArgs) each(arg, visit);
    each(args.kwDefaults, visit);
    if (args.kwArg) each(*args.kwArg, visit);
    each(args.defaults, visit);
}
template <class V> void each(const std::vector<Keyword> &keywords, V &&visit) { for (const Keyword &k : keywords) each(k.value, visit); }
template <class V> void each(const std::vector<Comprehension> &generators, V &&visit)
{
    for (const Comprehension &g : generators) { each(g.target, visit); each(g.iter, visit); each(g.ifs, visit); }
}

template <class V> void of(const Constant &, V &&) {}
template <class V> void of(const Name &, V &&) {}
template <class V> void of(const BoolOp &n, V &&v) { each(n.values, v); }
template <class V> void of(const NamedExpr &n, V &&v) { each(n.target, v); each(n.value, v); }
template <class V> void of(const BinOp &n, V &&v) { each(n.left, v); each(n.right, v); }
template <class V> void of(const UnaryOp &n, V &&v) { each(n.operand, v); }
template <class V> void of(const Lambda &n, V &&v) { each(n.args, v); each(n.body, v); }
template <class V> void of(const IfExp &n, V &&v) { each(n.test, v); each(n.body, v); each(n.orElse, v); }
template <class V> void of(const Dict &n, V &&v) { each(n.keys, v); each(n.values, v); }
template <class V> void of(const Set &n, V &&v) { each(n.elements, v); }
template <class V> void of(const ListComp &n, V &&v) { each(n.element, v); each(n.generators, v); }
template <class V> void of(const SetComp &n, V &&v) { each(n.element, v); each(n.generators, v); }
template <class V> void of(const DictComp &n, V &&v) { each(n.key, v); each(n.value, v); each(n.generators, v); }
template <class V> void of(const GeneratorExp &n, V &&v) { each(n.element, v); each(n.generators, v); }
template <class V> void of(const Yield &n, V &&v) { each(n.value, v); }
template <class V> void of(const YieldFrom &n, V &&v) { each(n.value, v); }
template <class V> void of(const Compare &n, V &&v) { each(n.left, v); each(n.comparators, v); }
template <class V> void of(const Call &n, V &&v) { each(n.func, v); each(n.args, v); each(n.keywords, v); }
template <class V> void of(const FormattedValue &n, V &&v) { each(n.value, v); each(n.formatSpec, v); }
template <class V> void of(const JoinedStr &n, V &&v) { each(n.values, v); }
template <class V> void of(const Attribute &n, V &&v) { each(n.value, v); }
template <class V> void of(const Subscript &n, V &&v) { each(n.value, v); each(n.slice, v); }
template <class V> void of(const Starred &n, V &&v) { each(n.value, v); }
template <class V> void of(const List &n, V &&v) { each(n.elements, v); }
template <class V> void of(const Tuple &n, V &&v) { each(n.elements, v); }
template <class V> void of(const Slice &n, V &&v) { each(n.lower, v); each(n.upper, v); each(n.step, v); }

template <class V> void of(const ExprStmt &n, V &&v) { each(n.value, v); }
template <class V> void of(const Assign &n, V &&v) { each(n.targets, v); each(n.value, v); }
template <class V> void of(const AugAssign &n, V &&v) { each(n.target, v); each(n.value, v); }
template <class V> void of(const AnnAssign &n, V &&v) { each(n.target, v); each(n.annotation, v); each(n.value, v); }
template <class V> void of(const FunctionDef &n, V &&v)
{
    each(n.args, v); each(n.body, v); each(n.decoratorList, v); each(n.returns, v);
}
template <class V> void of(const ClassDef &n, V &&v)
{
    each(n.bases, v); each(n.keywords, v); each(n.body, v); each(n.decoratorList, v);
}
template <class V> void of(const Return &n, V &&v) { each(n.value, v); }
template <class V> void of(const Delete &n, V &&v) { each(n.targets, v); }
template <class V> void of(const For &n, V &&v) { each(n.target, v); each(n.iter, v); each(n.body, v); each(n.orElse, v); }
template <class V> void of(const While &n, V &&v) { each(n.test, v); each(n.body, v); each(n.orElse, v); }
template <class V> void of(const If &n, V &&v) { each(n.test, v); each(n.body, v); each(n.orElse, v); }
template <class V> void of(const With &n, V &&v)
{
    for (const WithItem &item : n.items) { each(item.contextExpr, v); each(item.optionalVars, v); }
    each(n.body, v);
}
template <class V> void of(const Raise &n, V &&v) { each(n.exc, v); each(n.cause, v); }
template <class V> void of(const Try &n, V &&v)
{
    each(n.body, v);
    for (const ExceptHandler &handler : n.handlers) { each(handler.type, v); each(handler.body, v); }
    each(n.orElse, v); each(n.finalBody, v);
}
template <class V> void of(const Assert &n, V &&v) { each(n.test, v); each(n.message, v); }
template <class V> void of(const Import &, V &&) {}
template <class V> void of(const ImportFrom &, V &&) {}
template <class V> void of(const Global &, V &&) {}
template <class V> void of(const Nonlocal &, V &&) {}
template <class V> void of(const Pass &, V &&) {}
template <class V> void of(const Break &, V &&) {}
template <class V> void of(const Continue &, V &&) {}

} // namespace children

template <class Visitor>
void forEachChild(const ast::Expr::Node &node, Visitor &&visit)
{
    std::visit([&](const auto &n) { children::of(n, visit); }, node);
}

template <class Visitor>
void forEachChild(const ast::Stmt::Node &node, Visitor &&visit)
{
    std::visit([&](const auto &n) { children::of(n, visit); }, node);
}

} // namespace pyrena::syntax
