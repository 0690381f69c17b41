#pragma once

#include "core/profile/profile.h"
#include "core/python/syntax/ast.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace pyrena {

// Annotations: of a function, or of the names of a module or class, where they are evaluated when they are asked for (3.14+).
enum class ScopeKind : std::uint8_t { Module, Function, Lambda, Class, Comprehension, GeneratorExpression, Annotations };

// What a name means in a scope. Local of a module or class: its namespace. Free: a variable of an enclosing function, which
// the same code object may hold when comprehensions are inlined between.
enum class Binding : std::uint8_t { Local, Cell, Free, GlobalImplicit, GlobalExplicit };

struct Symbol
{
    bool assigned = false, declaredGlobal = false, declaredNonlocal = false;
    Binding binding = Binding::GlobalImplicit;
};

// Names as they are after mangling.
struct Scope
{
    ScopeKind kind = ScopeKind::Module;
    Scope *parent = nullptr;
    std::string privateClass;          // of the innermost enclosing class, for mangling; empty: none
    std::unordered_map<std::string, Symbol> symbols;
    std::vector<std::string> order;    // of symbols, as first met
    std::vector<std::unique_ptr<Scope>> children;
    std::vector<std::string> cells, frees;   // sorted; not for inlined scopes
    bool generator = false;
    bool inlined = false;              // a comprehension that is part of the enclosing code object (3.12+)
    bool needsClassCell = false;       // a class with super() or __class__ in a method
    bool needsClassDict = false;       // a class with annotations that are evaluated later, by what its namespace then has
    bool hasAnnotations = false;       // of names, directly in a module or class body
    Scope *annotations = nullptr;      // of these names, when they are evaluated later
    std::vector<const ast::AnnAssign *> annotated;   // the statements

    bool isComprehension() const { return kind == ScopeKind::Comprehension || kind == ScopeKind::GeneratorExpression; }
    bool hasFastLocals() const { return kind != ScopeKind::Module && kind != ScopeKind::Class; }
    const Symbol *find(const std::string &name) const
    {
        const auto at = symbols.find(name);
        return at == symbols.end() ? nullptr : &at->second;
    }
};

// __name inside class C is _C__name; everything else is unchanged.
std::string mangle(const std::string &privateClass, const std::string &name);

class SymbolTable
{
public:
    // Variables that are handed from scope to scope; more than that is refused as too big.
    static constexpr std::size_t kMaxFreeVariables = 4'000'000;

    SymbolTable(const ast::Module &module, const PythonProfile &profile);

    Scope &module() { return *m_module; }
    // Of a FunctionDef, Lambda, ClassDef, ListComp, SetComp, DictComp or GeneratorExp; of the Arguments of a function with
    // annotations that are evaluated later.
    Scope &scopeOf(const void *node) const { return *m_scopes.at(node); }
    bool has(const void *node) const { return m_scopes.contains(node); }
    bool tooBig() const { return m_tooBig; }

private:
    std::unique_ptr<Scope> m_module;
    std::unordered_map<const void *, Scope *> m_scopes;
    bool m_tooBig = false;
};

} // namespace pyrena
