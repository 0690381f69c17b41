#pragma once

#include "core/python/code/symboltable.h"

namespace pyrena {

// First pass over the tree: which scopes there are, and which names each of them binds, uses and declares.
class SymbolCollector
{
public:
    // lateAnnotations: they have scopes of their own (3.14+).
    SymbolCollector(Scope &module, std::unordered_map<const void *, Scope *> &scopes, bool lateAnnotations)
        : m_module(module), m_scope(&module), m_scopes(scopes), m_lateAnnotations(lateAnnotations) {}

    void statements(const ast::StmtList &list);

private:
    void statement(const ast::Stmt &stmt);
    void expression(const ast::Expr &expr);
    void expressions(const ast::ExprList &list);
    void optional(const ast::ExprPtr &expr) { if (expr) expression(*expr); }
    void target(const ast::Expr &expr);
    void annotations(const ast::Arguments &args, const ast::ExprPtr *returns);
    Scope *enterAnnotations(const void *node);
    void annotatedName(const ast::AnnAssign &node);
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
    bool m_lateAnnotations;
};

} // namespace pyrena
