#include "core/base/verify.h"
#include "core/python/code/codegenerator.h"

namespace pyrena {

// Variables of inlined comprehensions have places of their own, so that the value a variable of the same name has around
// them needs no saving. Comprehensions that are not nested in each other share them.
std::int32_t CodeGenerator::fastLocal(const Scope &scope, const std::string &mangledName)
{
    std::size_t level = 0;
    for (const Scope *at = &scope; at->inlined;) {
        at = at->parent;
        const Symbol *symbol = at->hasFastLocals() ? at->find(mangledName) : nullptr;
        if (symbol && symbol->binding == Binding::Local)
            ++level;
    }
    return out().localIndex(level == 0 ? mangledName : mangledName + '/' + std::to_string(level), mangledName);
}

CodeGenerator::Variable CodeGenerator::variable(const std::string &name)
{
    using Kind = Variable::Kind;
    const Scope &root = *m_unit->root;
    const Scope *scope = m_unit->scope;
    const Symbol *symbol = scope->find(name);
    // Names of a class body are invisible in comprehensions inside it, inlined or not.
    const bool namespaceVisible = !root.hasFastLocals() && (scope == &root || root.kind == ScopeKind::Module);
    const Kind elsewhere = namespaceVisible ? Kind::Name : Kind::Global;
    if (!symbol)
        return {elsewhere};
    switch (symbol->binding) {
    case Binding::GlobalExplicit: return {Kind::Global};
    case Binding::GlobalImplicit: return {elsewhere};
    case Binding::Cell: return {Kind::Cell, out().cellIndex(name)};
    case Binding::Local:
        return scope->hasFastLocals() ? Variable{Kind::Fast, fastLocal(*scope, name)} : Variable{Kind::Name};
    case Binding::Free: break;
    }
    while (scope->inlined) {
        scope = scope->parent;
        const Symbol *outer = scope->hasFastLocals() ? scope->find(name) : nullptr;
        if (outer && outer->binding == Binding::Local)
            return {Kind::Fast, fastLocal(*scope, name)};
        if (outer && outer->binding == Binding::Cell)
            return {Kind::Cell, out().cellIndex(name)};
    }
    if (const std::int32_t index = out().freeIndex(name); index >= 0)
        return {Kind::Free, index};
    const std::int32_t cell = out().cellIndex(name);   // __class__, in a comprehension of a class body
    verify(cell >= 0, "compiler: a free variable has no place in its code object");
    return {Kind::Cell, cell};
}

void CodeGenerator::nameOp(Context context, const SourceSpan &span, const std::string &plainName)
{
    const std::string name = mangled(plainName);
    const Scope &scope = *m_unit->scope;
    if (context == Context::Load && scope.kind == ScopeKind::Annotations && scope.parent->kind == ScopeKind::Class)
        return loadFromClassDict(span, name);
    const Variable at = variable(name);
    const auto pick = [context](Op load, Op store, Op remove) {
        return context == Context::Load ? load : context == Context::Store ? store : remove;
    };
    const Op deref = pick(Op::LoadDeref, Op::StoreDeref, Op::DeleteDeref);
    switch (at.kind) {
    case Variable::Kind::Name:
        out().emitName(pick(Op::LoadName, Op::StoreName, Op::DeleteName), span, name);
        break;
    case Variable::Kind::Global:
        out().emitName(pick(Op::LoadGlobal, Op::StoreGlobal, Op::DeleteGlobal), span, name);
        break;
    case Variable::Kind::Fast:
        out().emitSlot(pick(Op::LoadFast, Op::StoreFast, Op::DeleteFast), span, Assembler::Slot::Local, at.index);
        break;
    case Variable::Kind::Cell:
        out().emitSlot(deref, span, Assembler::Slot::Cell, at.index);
        break;
    case Variable::Kind::Free: {
        const bool classBody = context == Context::Load && m_unit->scope->kind == ScopeKind::Class;
        out().emitSlot(classBody ? Op::LoadClassDeref : deref, span, Assembler::Slot::Free, at.index);
        break;
    }
    }
}

void CodeGenerator::loadClosure(const SourceSpan &span, const std::string &name)
{
    if (const std::int32_t cell = out().cellIndex(name); cell >= 0)
        return out().emitSlot(Op::LoadClosure, span, Assembler::Slot::Cell, cell);
    const std::int32_t free = out().freeIndex(name);
    verify(free >= 0, "compiler: a closure needs a variable that its code object does not have");
    out().emitSlot(Op::LoadClosure, span, Assembler::Slot::Free, free);
}

} // namespace pyrena
