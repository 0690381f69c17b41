#include "core/python/code/symbolcollector.h"

#include "core/python/syntax/children.h"

namespace pyrena {

using namespace ast;

Symbol &SymbolCollector::symbol(Scope &scope, const std::string &name)
{
    const std::string mangled = mangle(scope.privateClass, name);
    const auto [at, isNew] = scope.symbols.try_emplace(mangled);
    if (isNew)
        scope.order.push_back(mangled);
    return at->second;
}

Scope *SymbolCollector::enter(const void *node, ScopeKind kind)
{
    Scope *outer = m_scope;
    outer->children.push_back(std::make_unique<Scope>());
    m_scope = outer->children.back().get();
    m_scope->kind = kind;
    m_scope->parent = outer;
    m_scope->privateClass = outer->privateClass;
    m_scopes[node] = m_scope;
    return outer;
}

void SymbolCollector::statements(const StmtList &list)
{
    for (const StmtPtr &stmt : list)
        statement(*stmt);
}

void SymbolCollector::expressions(const ExprList &list)
{
    for (const ExprPtr &expr : list)
        optional(expr);
}

void SymbolCollector::statement(const Stmt &stmt)
{
    if (!special(stmt))
        syntax::forEachChild(stmt.node, [this](const auto &child) {
            if constexpr (std::is_same_v<decltype(child), const Expr &>)
                expression(child);
            else
                statement(child);
        });
}

void SymbolCollector::expression(const Expr &expr)
{
    if (!special(expr))
        syntax::forEachChild(expr.node, [this](const Expr &child) { expression(child); });
}

void SymbolCollector::target(const Expr &expr)
{
    if (const auto *name = as<Name>(expr))
        define(name->id);
    else if (const auto *tuple = as<Tuple>(expr))
        for (const ExprPtr &element : tuple->elements) target(*element);
    else if (const auto *list = as<List>(expr))
        for (const ExprPtr &element : list->elements) target(*element);
    else if (const auto *starred = as<Starred>(expr))
        target(*starred->value);
    else
        expression(expr);
}

Scope *SymbolCollector::enterAnnotations(const void *node)
{
    Scope *outer = enter(node, ScopeKind::Annotations);
    define("format");
    if (outer->kind == ScopeKind::Class)
        symbol("__classdict__");   // what the class has by then goes before globals
    return outer;
}

// They belong to the scope around the function, or to one of their own in it.
void SymbolCollector::annotations(const Arguments &args, const ExprPtr *returns)
{
    std::vector<const Expr *> found;
    const auto add = [&](const ExprPtr &annotation) {
        if (annotation)
            found.push_back(annotation.get());
    };
    for (const Arg &arg : args.posOnlyArgs) add(arg.annotation);
    for (const Arg &arg : args.args) add(arg.annotation);
    if (args.varArg) add(args.varArg->annotation);
    for (const Arg &arg : args.kwOnlyArgs) add(arg.annotation);
    if (args.kwArg) add(args.kwArg->annotation);
    if (returns) add(*returns);
    if (found.empty())
        return;
    Scope *outer = m_lateAnnotations ? enterAnnotations(&args) : m_scope;
    for (const Expr *annotation : found)
        expression(*annotation);
    m_scope = outer;
}

// name: annotation, in a module or class.
void SymbolCollector::annotatedName(const AnnAssign &node)
{
    if (!m_lateAnnotations)
        return optional(node.annotation);
    Scope *outer = m_scope;
    outer->annotated.push_back(&node);
    if (outer->annotations) {
        m_scope = outer->annotations;
    } else {
        enterAnnotations(&outer->annotations);
        outer->annotations = m_scope;
    }
    if (outer->kind == ScopeKind::Module)
        symbol("__conditional_annotations__");
    optional(node.annotation);
    m_scope = outer;
}

void SymbolCollector::parameters(const Arguments &args)
{
    for (const Arg &arg : args.posOnlyArgs) define(arg.name);
    for (const Arg &arg : args.args) define(arg.name);
    for (const Arg &arg : args.kwOnlyArgs) define(arg.name);
    if (args.varArg) define(args.varArg->name);
    if (args.kwArg) define(args.kwArg->name);
}

bool SymbolCollector::special(const Stmt &stmt)
{
    if (const auto *node = as<FunctionDef>(stmt)) {
        define(node->name);
        expressions(node->decoratorList);
        expressions(node->args.defaults);
        expressions(node->args.kwDefaults);
        annotations(node->args, &node->returns);
        Scope *outer = enter(node, ScopeKind::Function);
        parameters(node->args);
        statements(node->body);
        m_scope = outer;
    } else if (const auto *node = as<ClassDef>(stmt)) {
        define(node->name);
        expressions(node->decoratorList);
        expressions(node->bases);
        for (const Keyword &keyword : node->keywords) optional(keyword.value);
        Scope *outer = enter(node, ScopeKind::Class);
        m_scope->privateClass = node->name;
        statements(node->body);
        m_scope = outer;
    } else if (const auto *node = as<Assign>(stmt)) {
        expression(*node->value);
        for (const ExprPtr &each : node->targets) target(*each);
    } else if (const auto *node = as<AugAssign>(stmt)) {
        target(*node->target);
        expression(*node->value);
    } else if (const auto *node = as<AnnAssign>(stmt)) {
        m_scope->hasAnnotations = m_scope->hasAnnotations || node->simple;
        if (!as<Name>(*node->target))
            expression(*node->target);
        else if (node->simple || node->value)
            target(*node->target);
        if (node->simple && !m_scope->hasFastLocals())
            annotatedName(*node);
        else if (!m_lateAnnotations || m_scope->hasFastLocals())
            optional(node->annotation);
        optional(node->value);
    } else if (const auto *node = as<Delete>(stmt)) {
        for (const ExprPtr &each : node->targets) target(*each);
    } else if (const auto *node = as<For>(stmt)) {
        target(*node->target);
        expression(*node->iter);
        statements(node->body);
        statements(node->orElse);
    } else if (const auto *node = as<With>(stmt)) {
        for (const WithItem &item : node->items) {
            expression(*item.contextExpr);
            if (item.optionalVars) target(*item.optionalVars);
        }
        statements(node->body);
    } else if (const auto *node = as<Try>(stmt)) {
        statements(node->body);
        for (const ExceptHandler &handler : node->handlers) {
            optional(handler.type);
            if (!handler.name.empty()) define(handler.name);
            statements(handler.body);
        }
        statements(node->orElse);
        statements(node->finalBody);
    } else if (const auto *node = as<Import>(stmt)) {
        for (const Alias &alias : node->names)
            define(alias.asName.empty() ? alias.name.substr(0, alias.name.find('.')) : alias.asName);
    } else if (const auto *node = as<ImportFrom>(stmt)) {
        for (const Alias &alias : node->names)
            if (alias.name != "*") define(alias.asName.empty() ? alias.name : alias.asName);
    } else if (const auto *node = as<Global>(stmt)) {
        // The module's own code then stores to it by the global instructions, too.
        for (const std::string &name : node->names)
            symbol(name).declaredGlobal = symbol(m_module, name).declaredGlobal = true;
    } else if (const auto *node = as<Nonlocal>(stmt)) {
        for (const std::string &name : node->names) symbol(name).declaredNonlocal = true;
    } else {
        return false;
    }
    return true;
}

bool SymbolCollector::special(const Expr &expr)
{
    if (const auto *node = as<Name>(expr)) {
        symbol(node->id);
        if (node->id == "super" && m_scope->hasFastLocals())
            symbol("__class__");   // super() without arguments reads it
    } else if (const auto *node = as<Lambda>(expr)) {
        expressions(node->args.defaults);
        expressions(node->args.kwDefaults);
        Scope *outer = enter(node, ScopeKind::Lambda);
        parameters(node->args);
        expression(*node->body);
        m_scope = outer;
    } else if (const auto *node = as<ListComp>(expr)) {
        comprehension(node, ScopeKind::Comprehension, node->element, nullptr, node->generators);
    } else if (const auto *node = as<SetComp>(expr)) {
        comprehension(node, ScopeKind::Comprehension, node->element, nullptr, node->generators);
    } else if (const auto *node = as<DictComp>(expr)) {
        comprehension(node, ScopeKind::Comprehension, node->key, &node->value, node->generators);
    } else if (const auto *node = as<GeneratorExp>(expr)) {
        comprehension(node, ScopeKind::GeneratorExpression, node->element, nullptr, node->generators);
    } else if (const auto *node = as<NamedExpr>(expr)) {
        namedExpr(*node);
    } else if (as<Yield>(expr) || as<YieldFrom>(expr)) {
        m_scope->generator = true;
        return false;
    } else {
        return false;
    }
    return true;
}

// The first iterable is evaluated outside and passed in as .0.
void SymbolCollector::comprehension(const void *node, ScopeKind kind, const ExprPtr &first, const ExprPtr *second,
                                    const std::vector<Comprehension> &generators)
{
    expression(*generators.front().iter);
    Scope *outer = enter(node, kind);
    m_scope->generator = kind == ScopeKind::GeneratorExpression;
    define(".0");
    for (const Comprehension &generator : generators) {
        if (&generator != &generators.front())
            expression(*generator.iter);
        target(*generator.target);
        expressions(generator.ifs);
    }
    expression(*first);
    if (second)
        expression(**second);
    m_scope = outer;
}

// := in a comprehension binds in the function around it (PEP 572).
void SymbolCollector::namedExpr(const NamedExpr &node)
{
    expression(*node.value);
    const auto *name = as<Name>(*node.target);
    if (!name)
        return target(*node.target);
    Scope *owner = m_scope;
    while (owner->isComprehension())
        owner = owner->parent;
    symbol(*owner, name->id).assigned = true;
    if (owner == m_scope)
        return;
    const bool global = !owner->hasFastLocals() || symbol(*owner, name->id).declaredGlobal;
    (global ? symbol(name->id).declaredGlobal : symbol(name->id).declaredNonlocal) = true;
}

} // namespace pyrena
