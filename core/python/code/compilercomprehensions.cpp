#include "core/python/code/codegenerator.h"

namespace pyrena {

using namespace ast;

void CodeGenerator::compile(const ListComp &node, const SourceSpan &span)
{
    comprehension({&node, "<listcomp>", node.generators, *node.element, nullptr, Op::BuildList, Op::ListAppend}, span);
}

void CodeGenerator::compile(const SetComp &node, const SourceSpan &span)
{
    comprehension({&node, "<setcomp>", node.generators, *node.element, nullptr, Op::BuildSet, Op::SetAdd}, span);
}

void CodeGenerator::compile(const DictComp &node, const SourceSpan &span)
{
    comprehension({&node, "<dictcomp>", node.generators, *node.key, node.value.get(), Op::BuildMap, Op::MapAdd}, span);
}

void CodeGenerator::compile(const GeneratorExp &node, const SourceSpan &span)
{
    comprehension({&node, "<genexpr>", node.generators, *node.element, nullptr, Op::Nop, Op::YieldValue}, span);
}

void CodeGenerator::comprehension(const ComprehensionParts &parts, const SourceSpan &span)
{
    Scope &scope = m_symbols.scopeOf(parts.node);
    if (scope.inlined)
        return inlinedComprehension(parts, scope, span);
    CodePointer &code = m_compiled[parts.node];
    if (!code) {
        Unit unit;
        enterUnit(unit, scope, parts.name, span.begin.line);
        unit.code->argCount = 1;
        const std::int32_t iterator = out().localIndex(".0", ".0");
        if (parts.build != Op::Nop)
            emit(parts.build, span, 0);
        out().emitSlot(Op::LoadFast, parts.generators.front().iter->span, Assembler::Slot::Local, iterator);
        if (parts.build == Op::Nop && isAtLeast(15)) {   // GET_ITER, and the handler around what follows
            out().python().note(3);
            out().python().note(-2);
        }
        comprehensionLoop(parts, span, 0, 1);
        if (parts.build == Op::Nop)
            loadNone(span);
        emit(Op::ReturnValue, span);
        code = leaveUnit(unit, 1);
    }
    makeClosure(code, scope, 0, span);
    const Expr &iter = *parts.generators.front().iter;
    iterable(iter);
    const bool silent = out().python().silent();
    out().python().setSilent(silent || isAtLeast(15));
    emit(Op::GetIter, iter.span);
    out().python().setSilent(silent);
    placeIteration(iter.span, span);
    emit(Op::Call, span, 1);
}

// The variables are None before the first item, and gone afterwards on every way out, so that the last item lives no longer
// than in a function of its own.
void CodeGenerator::inlinedComprehension(const ComprehensionParts &parts, Scope &scope, const SourceSpan &span)
{
    const Expr &iter = *parts.generators.front().iter;
    const HandlerId outerHandler = out().handler();
    const HandlerId cleanup = out().newHandler(out().depth());
    iterable(iter);
    emit(Op::GetIter, iter.span);
    placeIteration(iter.span, span);

    Scope *outerScope = m_unit->scope;
    m_unit->scope = &scope;
    std::vector<std::int32_t> variables;
    for (const std::string &name : scope.order)
        if (name != ".0" && scope.symbols[name].binding == Binding::Local)
            variables.push_back(fastLocal(scope, name));
    for (const std::int32_t index : variables) {
        loadNone(span);
        out().emitSlot(Op::StoreFast, span, Assembler::Slot::Local, index);
    }
    const auto saved = static_cast<std::int32_t>(variables.size());   // what they were lies on CPython's stack meanwhile
    out().python().note(saved);
    const auto forget = [&] {
        for (const std::int32_t index : variables)
            out().emitSlot(Op::DeleteFast, span, Assembler::Slot::Local, index);
    };
    out().enterTry(span, cleanup);
    out().setHandler(cleanup);
    emit(parts.build, span, 0);
    emit(Op::RotTwo, span);
    comprehensionLoop(parts, span, 0, 1);
    out().setHandler(outerHandler);
    out().leaveTry(span);
    forget();
    out().python().note(-saved);
    const Label end = out().newLabel();
    out().jump(Op::Jump, span, end);
    out().placeHandler(cleanup);
    forget();
    emit(Op::Reraise, span);
    out().place(end);
    m_unit->scope = outerScope;
}

// `depth`: how many iterators lie above the container once this loop's does.
void CodeGenerator::comprehensionLoop(const ComprehensionParts &parts, const SourceSpan &span, std::size_t index,
                                      std::int32_t depth)
{
    const Comprehension &generator = parts.generators[index];
    const Label next = out().newLabel(), anchor = out().newLabel();
    bool loops = true;
    if (index > 0) {
        // for y in [f(x)]: an assignment, since 3.9
        const auto *list = as<List>(*generator.iter);
        const auto *tuple = as<Tuple>(*generator.iter);
        const ExprList *elements = list ? &list->elements : tuple ? &tuple->elements : nullptr;
        if (isAtLeast(9) && elements && elements->size() == 1 && !as<Starred>(*elements->front())) {
            expression(*elements->front());
            store(*generator.target);
            loops = false;
            --depth;
        } else {
            iterable(*generator.iter);
            emit(Op::GetIter, generator.iter->span);
            placeIteration(generator.iter->span, span);
        }
    }
    if (loops) {
        out().place(next);
        out().jump(Op::ForIter, generator.iter->span, anchor);
        placeIteration(generator.iter->span, span);
        store(*generator.target);
    }
    for (const ExprPtr &test : generator.ifs)
        jumpIf(*test, next, false, span);
    if (index + 1 < parts.generators.size()) {
        comprehensionLoop(parts, span, index + 1, depth + 1);
    } else {
        // Up to 3.7 the value of a dict's entry is evaluated before its key.
        const bool valueFirst = parts.value && !isAtLeast(8);
        if (valueFirst)
            expression(*parts.value);
        expression(parts.element);
        if (valueFirst)
            emit(Op::RotTwo, span);
        else if (parts.value)
            expression(*parts.value);
        emit(parts.add, parts.element.span, parts.add == Op::YieldValue ? 0 : depth + 1);
        if (parts.add == Op::YieldValue)
            emit(Op::PopTop, parts.element.span);
    }
    if (!loops)
        return out().place(next);
    const Assembler::Unlined unlined(out());
    out().loopJump(span, next);
    out().place(anchor);
    out().endFor();
}

} // namespace pyrena
