#include "core/python/syntax/symbolcheck.h"

#include "core/python/syntax/children.h"

#include <deque>
#include <unordered_map>
#include <vector>

namespace pyrena::syntax {

namespace {

using namespace ast;

enum class ScopeKind { Module, Class, Function, Comprehension };

enum SymbolFlag : unsigned {   // DEF_PARAM, DEF_LOCAL, USE, DEF_ANNOT, DEF_GLOBAL, DEF_NONLOCAL, DEF_COMP_ITER of CPython
    kParameter = 1, kLocal = 2, kUsed = 4, kAnnotated = 8, kGlobal = 16, kNonlocal = 32, kIterationVariable = 64
};

struct Declaration
{
    std::string name;
    SourceSpan span;
};

struct Scope
{
    ScopeKind kind = ScopeKind::Module;
    Scope *parent = nullptr;
    std::string_view comprehension;   // "list comprehension", ...
    std::unordered_map<std::string, unsigned> symbols;
    std::vector<Declaration> nonlocals;
};

// Walks in the order of Python/symtable.c, so that the first error is the same one.
class SymbolPass
{
public:
    explicit SymbolPass(const std::string &fileName) : m_fileName(fileName) {}

    void run(const Module &module)
    {
        m_scope = &m_scopes.emplace_back();
        statements(module.body);
        for (const Scope &scope : m_scopes)
            checkNonlocals(scope);
    }

private:
    [[noreturn]] void fail(SourceSpan span, std::string message, std::string hint) const
    {
        throw Diagnostic {m_fileName, span, std::move(message), std::move(hint)};
    }

    unsigned &flags(const std::string &name) { return m_scope->symbols[name]; }
    void bind(const std::string &name) { flags(name) |= kLocal; }

    void enter(ScopeKind kind)
    {
        Scope &scope = m_scopes.emplace_back();
        scope.kind = kind;
        scope.parent = m_scope;
        m_scope = &scope;
    }
    void leave() { m_scope = m_scope->parent; }

    void statements(const StmtList &list)
    {
        for (const StmtPtr &stmt : list)
            statement(*stmt);
    }

    void children(const auto &node)
    {
        forEachChild(node, [this](const auto &child) { visit(child); });
    }
    void visit(const Expr &expr) { expression(expr); }
    void visit(const Stmt &stmt) { statement(stmt); }

    void statement(const Stmt &stmt)
    {
        if (const auto *function = as<FunctionDef>(stmt))
            functionDef(*function);
        else if (const auto *cls = as<ClassDef>(stmt))
            classDef(*cls);
        else if (const auto *global = as<Global>(stmt))
            declare(global->names, stmt.span, kGlobal, "global");
        else if (const auto *nonlocal = as<Nonlocal>(stmt))
            declare(nonlocal->names, stmt.span, kNonlocal, "nonlocal");
        else if (const auto *annotated = as<AnnAssign>(stmt))
            annAssign(*annotated, stmt.span);
        else if (const auto *assign = as<Assign>(stmt)) {
            for (const ExprPtr &target : assign->targets)
                store(*target);
            expression(*assign->value);
        } else if (const auto *augmented = as<AugAssign>(stmt)) {
            store(*augmented->target);
            expression(*augmented->value);
        } else if (const auto *loop = as<For>(stmt)) {
            store(*loop->target);
            expression(*loop->iter);
            statements(loop->body);
            statements(loop->orElse);
        } else if (const auto *with = as<With>(stmt)) {
            for (const WithItem &item : with->items) {
                expression(*item.contextExpr);
                if (item.optionalVars)
                    store(*item.optionalVars);
            }
            statements(with->body);
        } else if (const auto *deletion = as<Delete>(stmt)) {
            for (const ExprPtr &target : deletion->targets)
                store(*target);
        } else if (const auto *tryStmt = as<Try>(stmt)) {
            tryStatement(*tryStmt);
        } else if (const auto *import = as<Import>(stmt)) {
            for (const Alias &alias : import->names)
                bindAlias(alias);
        } else if (const auto *from = as<ImportFrom>(stmt)) {
            for (const Alias &alias : from->names)
                bindAlias(alias);
        } else {
            children(stmt.node);
        }
    }

    void bindAlias(const Alias &alias)
    {
        if (alias.name == "*") {
            if (m_scope->kind != ScopeKind::Module)
                fail(alias.span, "import * only allowed at module level", "Import the names one by one.");
            return;
        }
        bind(alias.asName.empty() ? alias.name.substr(0, alias.name.find('.')) : alias.asName);
    }

    void tryStatement(const Try &node)
    {
        statements(node.body);
        for (const ExceptHandler &handler : node.handlers) {
            if (handler.type)
                expression(*handler.type);
            if (!handler.name.empty())
                bind(handler.name);
            statements(handler.body);
        }
        statements(node.orElse);
        statements(node.finalBody);
    }

    void declare(const std::vector<std::string> &names, SourceSpan span, SymbolFlag flag, const std::string &word)
    {
        for (const std::string &name : names) {
            unsigned &current = flags(name);
            const std::string quoted = "name '" + name + "' is ";
            if (current & kParameter)
                fail(span, quoted + "parameter and " + word, "Give the parameter another name.");
            if (current & kUsed)
                fail(span, quoted + "used prior to " + word + " declaration", "Move the declaration to the start of the function.");
            if (current & kAnnotated)
                fail(span, "annotated name '" + name + "' can't be " + word, "Remove the annotation.");
            if (current & kLocal)
                fail(span, quoted + "assigned to before " + word + " declaration", "Move the declaration to the start of the function.");
            current |= flag;
            if (flag == kNonlocal)
                m_scope->nonlocals.push_back({name, span});
            else if (current & kNonlocal)
                m_scope->nonlocals.push_back({name, span});
        }
    }

    void annAssign(const AnnAssign &node, SourceSpan span)
    {
        if (const auto *name = as<Name>(*node.target)) {
            unsigned &current = flags(name->id);
            if (node.simple && m_scope->kind != ScopeKind::Module && (current & (kGlobal | kNonlocal)))
                fail(span, "annotated name '" + name->id + "' can't be " + (current & kGlobal ? "global" : "nonlocal"),
                     "Remove the annotation.");
            if (node.simple)
                current |= kAnnotated | kLocal;
            else if (node.value)
                current |= kLocal;
        } else {
            store(*node.target);
        }
        expression(*node.annotation);
        if (node.value)
            expression(*node.value);
    }

    void outerPartOf(const Arguments &args)
    {
        for (const ExprPtr &value : args.defaults)
            expression(*value);
        for (const ExprPtr &value : args.kwDefaults) {
            if (value)
                expression(*value);
        }
        forEachArg(args, [this](const Arg &arg) {
            if (arg.annotation)
                expression(*arg.annotation);
        });
    }

    template <class Visitor>
    void forEachArg(const Arguments &args, Visitor visitor)
    {
        for (const auto *list : {&args.posOnlyArgs, &args.args, &args.kwOnlyArgs}) {
            for (const Arg &arg : *list)
                visitor(arg);
        }
        if (args.varArg)
            visitor(*args.varArg);
        if (args.kwArg)
            visitor(*args.kwArg);
    }

    void bindParameters(const Arguments &args)
    {
        forEachArg(args, [this](const Arg &arg) {
            unsigned &current = flags(arg.name);
            if (current & kParameter)
                fail(arg.span, "duplicate argument '" + arg.name + "' in function definition", "Each parameter needs a name of its own.");
            current |= kParameter;
        });
    }

    void functionDef(const FunctionDef &node)
    {
        bind(node.name);
        outerPartOf(node.args);
        if (node.returns)
            expression(*node.returns);
        for (const ExprPtr &decorator : node.decoratorList)
            expression(*decorator);
        enter(ScopeKind::Function);
        bindParameters(node.args);
        statements(node.body);
        leave();
    }

    void classDef(const ClassDef &node)
    {
        bind(node.name);
        for (const ExprPtr &decorator : node.decoratorList)
            expression(*decorator);
        for (const ExprPtr &base : node.bases)
            expression(*base);
        for (const Keyword &keyword : node.keywords)
            expression(*keyword.value);
        enter(ScopeKind::Class);
        statements(node.body);
        leave();
    }

    void store(const Expr &target)
    {
        if (const auto *name = as<Name>(target)) {
            const bool isIteration = m_bindsIterationVariable && m_scope->kind == ScopeKind::Comprehension;
            flags(name->id) |= kLocal | (isIteration ? kIterationVariable : 0u);
        } else if (as<Attribute>(target) || as<Subscript>(target)) {
            children(target.node);
        } else {
            forEachChild(target.node, [this](const auto &child) {
                if constexpr (std::is_same_v<std::decay_t<decltype(child)>, Expr>)
                    store(child);
            });
        }
    }

    void expression(const Expr &expr)
    {
        if (const auto *name = as<Name>(expr)) {
            flags(name->id) |= kUsed;
        } else if (const auto *lambda = as<Lambda>(expr)) {
            outerPartOf(lambda->args);
            enter(ScopeKind::Function);
            bindParameters(lambda->args);
            expression(*lambda->body);
            leave();
        } else if (const auto *named = as<NamedExpr>(expr)) {
            namedExpr(*named, expr.span);
        } else if (const auto *list = as<ListComp>(expr)) {
            comprehension("list comprehension", list->generators, *list->element, nullptr);
        } else if (const auto *set = as<SetComp>(expr)) {
            comprehension("set comprehension", set->generators, *set->element, nullptr);
        } else if (const auto *dict = as<DictComp>(expr)) {
            comprehension("dict comprehension", dict->generators, *dict->key, dict->value.get());
        } else if (const auto *generator = as<GeneratorExp>(expr)) {
            comprehension("generator expression", generator->generators, *generator->element, nullptr);
        } else {
            const bool isYield = as<Yield>(expr) || as<YieldFrom>(expr);
            children(expr.node);
            if (isYield && m_scope->kind == ScopeKind::Comprehension)
                fail(expr.span, "'yield' inside " + std::string(m_scope->comprehension), "Write a loop with 'yield' in its body.");
        }
    }

    void comprehension(std::string_view what, const std::vector<Comprehension> &generators, const Expr &element, const Expr *value)
    {
        ++m_iterables;
        expression(*generators.front().iter);
        --m_iterables;
        enter(ScopeKind::Comprehension);
        m_scope->comprehension = what;
        bool isFirst = true;
        for (const Comprehension &clause : generators) {
            m_bindsIterationVariable = true;
            store(*clause.target);
            m_bindsIterationVariable = false;
            if (!isFirst) {
                ++m_iterables;
                expression(*clause.iter);
                --m_iterables;
            }
            isFirst = false;
            for (const ExprPtr &test : clause.ifs)
                expression(*test);
        }
        if (value)
            expression(*value);
        expression(element);
        leave();
    }

    // In a comprehension the name belongs to the scope around it (PEP 572).
    void namedExpr(const NamedExpr &node, SourceSpan span)
    {
        const std::string &name = as<Name>(*node.target)->id;
        if (m_iterables > 0)
            fail(span, "assignment expression cannot be used in a comprehension iterable expression", "Bind the name before.");
        Scope *scope = m_scope;
        for (; scope->kind == ScopeKind::Comprehension; scope = scope->parent) {
            const auto found = scope->symbols.find(name);
            if (found != scope->symbols.end() && (found->second & kIterationVariable))
                fail(node.target->span, "assignment expression cannot rebind comprehension iteration variable '" + name + "'",
                     "Use another name.");
        }
        if (scope != m_scope && scope->kind == ScopeKind::Class)
            fail(node.target->span, "assignment expression within a comprehension cannot be used in a class body",
                 "Move the comprehension to a function.");
        scope->symbols[name] |= kLocal;
        if (scope != m_scope)
            m_scope->symbols[name] |= kUsed;
        expression(*node.value);
    }

    void checkNonlocals(const Scope &scope) const
    {
        for (const Declaration &declaration : scope.nonlocals) {
            const unsigned current = scope.symbols.at(declaration.name);
            if (current & kGlobal)
                fail(declaration.span, "name '" + declaration.name + "' is nonlocal and global", "Remove one of the declarations.");
            if (scope.kind == ScopeKind::Module)
                fail(declaration.span, "nonlocal declaration not allowed at module level", "Remove it: names here are global.");
            if (!isBoundAround(scope, declaration.name))
                fail(declaration.span, "no binding for nonlocal '" + declaration.name + "' found",
                     "An enclosing function must bind the name; for a name of the module use 'global'.");
        }
    }

    static bool isBoundAround(const Scope &scope, const std::string &name)
    {
        for (const Scope *outer = scope.parent; outer; outer = outer->parent) {
            if (outer->kind == ScopeKind::Class) {
                if (name == "__class__")
                    return true;
                continue;
            }
            if (outer->kind == ScopeKind::Module)
                return false;
            const auto found = outer->symbols.find(name);
            if (found == outer->symbols.end())
                continue;
            if (found->second & kGlobal)
                return false;
            if (found->second & (kParameter | kLocal | kNonlocal))
                return true;
        }
        return false;
    }

    const std::string &m_fileName;
    std::deque<Scope> m_scopes;   // in the order of entry; addresses stay valid
    Scope *m_scope = nullptr;
    int m_iterables = 0;          // comprehension iterables around the current expression
    bool m_bindsIterationVariable = false;
};

} // namespace

std::optional<Diagnostic> checkSymbols(const Module &module, const std::string &fileName)
{
    try {
        SymbolPass(fileName).run(module);
    } catch (Diagnostic &diagnostic) {
        return std::move(diagnostic);
    }
    return std::nullopt;
}

} // namespace pyrena::syntax
