#include "core/python/code/symboltable.h"

#include "core/python/code/symbolcollector.h"

#include <algorithm>

namespace pyrena {

namespace {

// Second pass: whose variable each name is (Python/symtable.c, analyze_block), and which comprehensions become part of the
// code around them. Downwards, a stack for each name tells the innermost function that binds it; upwards travel the names
// that a scope leaves to the scopes around it.
class Analyzer
{
public:
    explicit Analyzer(bool inlineComprehensions) : m_inline(inlineComprehensions) {}

    void run(Scope &module) { analyze(module); }
    bool tooBig() const { return m_freeVariables > SymbolTable::kMaxFreeVariables; }

private:
    // true: some other code object needs the variable, so it must be a cell.
    using Pending = std::unordered_map<std::string, bool>;

    enum class Seen : std::uint8_t { Function, Global };

    Pending analyze(Scope &scope);
    void bindNames(Scope &scope, std::vector<std::string> &pushed);
    bool functionBinds(const std::string &name) const
    {
        const auto at = m_binders.find(name);
        return at != m_binders.end() && !at->second.empty() && at->second.back() == Seen::Function;
    }
    void push(const std::string &name, Seen seen, std::vector<std::string> &pushed)
    {
        m_binders[name].push_back(seen);
        pushed.push_back(name);
    }

    bool m_inline;
    std::size_t m_freeVariables = 0;
    std::unordered_map<std::string, std::vector<Seen>> m_binders;
};

// Decides the names of the scope itself, then makes those it binds known to the scopes inside.
void Analyzer::bindNames(Scope &scope, std::vector<std::string> &pushed)
{
    for (const std::string &name : scope.order) {
        Symbol &symbol = scope.symbols[name];
        if (symbol.declaredGlobal)
            symbol.binding = Binding::GlobalExplicit;
        else if (symbol.declaredNonlocal)
            symbol.binding = Binding::Free;
        else if (symbol.assigned)
            symbol.binding = Binding::Local;
        else
            symbol.binding = functionBinds(name) ? Binding::Free : Binding::GlobalImplicit;
    }
    if (scope.hasFastLocals()) {
        for (const std::string &name : scope.order) {
            const Symbol &symbol = scope.symbols[name];
            if (symbol.binding == Binding::Local)
                push(name, Seen::Function, pushed);
            else if (symbol.binding == Binding::GlobalExplicit)
                push(name, Seen::Global, pushed);
        }
    } else if (scope.kind == ScopeKind::Class) {
        push("__class__", Seen::Function, pushed);
        push("__classdict__", Seen::Function, pushed);
    }
}

Analyzer::Pending Analyzer::analyze(Scope &scope)
{
    std::vector<std::string> pushed;
    bindNames(scope, pushed);

    Pending pending;
    for (const auto &child : scope.children) {
        if (tooBig())
            break;
        for (const auto &[name, needsCell] : analyze(*child)) {
            Symbol *symbol = nullptr;
            if (const auto at = scope.symbols.find(name); at != scope.symbols.end())
                symbol = &at->second;
            if (scope.kind == ScopeKind::Class && name == "__class__") {
                scope.needsClassCell = true;
            } else if (scope.kind == ScopeKind::Class && name == "__classdict__") {
                scope.needsClassDict = true;
            } else if (symbol && scope.hasFastLocals()
                       && (symbol->binding == Binding::Local || symbol->binding == Binding::Cell)) {
                if (needsCell)
                    symbol->binding = Binding::Cell;
            } else {
                bool &needs = pending[name];
                needs = needs || needsCell;
            }
        }
    }
    for (const std::string &name : pushed)
        m_binders[name].pop_back();

    for (const std::string &name : scope.order) {
        const Symbol &symbol = scope.symbols[name];
        if (symbol.binding == Binding::Free)
            pending.try_emplace(name, false);
        else if (symbol.binding == Binding::Cell)
            scope.cells.push_back(name);
    }
    if (scope.needsClassCell)
        scope.cells.push_back("__class__");
    if (scope.needsClassDict)
        scope.cells.push_back("__classdict__");
    // Each run of a comprehension has cells of its own, so one whose variables outlive it in a closure stays a function.
    scope.inlined = m_inline && scope.kind == ScopeKind::Comprehension && scope.cells.empty();
    if (!scope.inlined) {
        for (auto &[name, needsCell] : pending) {
            scope.frees.push_back(name);
            needsCell = true;
        }
        m_freeVariables += pending.size();
    }
    std::sort(scope.cells.begin(), scope.cells.end());
    std::sort(scope.frees.begin(), scope.frees.end());
    return pending;
}

} // namespace

std::string mangle(const std::string &privateClass, const std::string &name)
{
    const bool isPrivate = name.size() > 2 && name[0] == '_' && name[1] == '_' && !name.ends_with("__")
                           && name.find('.') == std::string::npos;
    const std::size_t start = privateClass.find_first_not_of('_');
    if (!isPrivate || start == std::string::npos)
        return name;
    return "_" + privateClass.substr(start) + name;
}

SymbolTable::SymbolTable(const ast::Module &module, const PythonProfile &profile) : m_module(std::make_unique<Scope>())
{
    const auto isAtLeast = [&](int minor) { return profile.major > 3 || profile.minor >= minor; };
    SymbolCollector(*m_module, m_scopes, isAtLeast(14)).statements(module.body);
    Analyzer analyzer(isAtLeast(12));
    analyzer.run(*m_module);
    if (m_module->annotations)
        m_module->cells.push_back("__conditional_annotations__");
    m_tooBig = analyzer.tooBig();
}

} // namespace pyrena
