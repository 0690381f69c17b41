#pragma once

#include "core/python/code/symboltable.h"

namespace pyrena {

// First pass over the tree: which scopes there are, and which names each of them binds, uses and declares.
class SymbolCollector
{
public:
    SymbolCollector(Scope &module, std::unordered_map<const void *, Scope *> &scopes) : m_module(module), m_scope(&module), m_scopes(scopes) {}

    void statements(const ast::StmtList &list);

private:
    void statement(const ast::Stmt &stmt);
    void expression(const ast::Expr &expr);
    void expressions(const ast::ExprList &list);
    void optional(const ast::ExprPtr &expr) { if (expr) expression(*expr); }
    void target(const ast::Expr &expr);
    void argumentsOutside(const ast::Arguments &args);
    void parameters(const ast::Arguments &args);
    void namedExpr(const ast::NamedExpr &node);
    void comprehension(const void *node, ScopeKind kind, const ast::ExprPtr &first, const ast::ExprPtr *second,
                       const std::vector<ast::Comprehension> &generators);

    bool special(const ast::Stmt &stmt);
    bool special(const ast::Expr &expr);
    Symbol &symbol(Scope &scope, const std::string &name);
    Symbol &symbol(const std::string &name) { return symbol(*m_scope, name); }
    void define(const std::string &name) { symbol(name).assigned = true; }
    Scope *enter(const void *node, ScopeKind kind);

    Scope &m_module;
    Scope *m_scope;
    std::unordered_map<const void *, Scope *> &m_scopes;
};

} // namespace pyrena
