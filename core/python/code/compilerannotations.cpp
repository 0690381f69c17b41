// Annotations: evaluated with the definition up to 3.13, and when somebody asks from 3.14 on (PEP 649), by a function
// __annotate__ of their own.
#include "core/python/code/codegenerator.h"

#include <algorithm>

namespace pyrena {

using namespace ast;

namespace {

// Of a module: the numbers of the annotations whose statement ran.
const std::string kReached = "__conditional_annotations__";

} // namespace

// Names and values, one after the other; gives how many pairs.
std::int32_t CodeGenerator::annotationItems(const FunctionDef &node)
{
    std::int32_t count = 0;
    const auto add = [&](const std::string &name, const SourceSpan &at, const ExprPtr &annotation) {
        if (!annotation)
            return;
        loadConst(at, stringConstant(mangled(name)));
        expression(*annotation);
        ++count;
    };
    const Arguments &args = node.args;
    for (const Arg &arg : args.args) add(arg.name, arg.span, arg.annotation);
    for (const Arg &arg : args.posOnlyArgs) add(arg.name, arg.span, arg.annotation);
    if (args.varArg) add(args.varArg->name, args.varArg->span, args.varArg->annotation);
    for (const Arg &arg : args.kwOnlyArgs) add(arg.name, arg.span, arg.annotation);
    if (args.kwArg) add(args.kwArg->name, args.kwArg->span, args.kwArg->annotation);
    add("return", node.nameSpan, node.returns);
    return count;
}

std::int32_t CodeGenerator::annotations(const FunctionDef &node, const SourceSpan &span)
{
    constexpr std::int32_t kValues = 4, kFunction = 16;
    if (isAtLeast(14)) {
        if (!m_symbols.has(&node.args))
            return 0;
        Scope &scope = m_symbols.scopeOf(&node.args);
        Unit unit;
        enterAnnotations(unit, scope, node.name, span);
        emit(Op::BuildMap, span, annotationItems(node));
        leaveAnnotations(unit, scope, span);
        return kFunction;
    }
    const std::int32_t count = annotationItems(node);
    if (count == 0)
        return 0;
    if (isAtLeast(10))
        emit(Op::BuildTuple, span, 2 * count);
    else
        emit(Op::BuildMap, span, count);
    return kValues;
}

// Begins __annotate__(format): who asks for source text is told that there is none.
void CodeGenerator::enterAnnotations(Unit &unit, Scope &scope, const std::string &owner, const SourceSpan &span)
{
    constexpr std::int64_t kValueWithFakeGlobals = 2;
    enterUnit(unit, scope, "__annotate__", span.begin.line);
    CodeObject &code = *unit.code;
    if (!owner.empty())
        code.qualName = code.qualName.substr(0, code.qualName.size() - code.name.size()) + owner + "." + code.name;
    code.argCount = 1;
    out().localIndex("format", "format");
    const Label known = out().newLabel();
    out().emitSlot(Op::LoadFast, span, Assembler::Slot::Local, out().localIndex("format", "format"));
    loadConst(span, pyrena::Constant{ConstantValue(kValueWithFakeGlobals)});
    emit(Op::CompareOp, span, static_cast<std::int32_t>(CompareOperator::Gt));
    out().jump(Op::PopJumpIfFalse, span, known);
    out().emitName(Op::LoadGlobal, span, "NotImplementedError");
    emit(Op::Raise, span, 1);
    out().place(known);
}

void CodeGenerator::leaveAnnotations(Unit &unit, Scope &scope, const SourceSpan &span)
{
    emit(Op::ReturnValue, span);
    makeClosure(leaveUnit(unit, 1), scope, 0, span);
}

// A module has the function from its beginning, a class at its end.
void CodeGenerator::annotationsOfNames(const SourceSpan &span)
{
    const Scope &around = *m_unit->root;
    if (!around.annotations)
        return;
    const bool module = around.kind == ScopeKind::Module;
    Scope &scope = *around.annotations;
    Unit unit;
    enterAnnotations(unit, scope, "", span);
    emit(Op::BuildMap, span, 0);
    std::int64_t number = 0;
    for (const AnnAssign *each : around.annotated) {
        const SourceSpan &at = each->target->span;
        const Label next = out().newLabel();
        if (module) {
            loadConst(at, pyrena::Constant{ConstantValue(number++)});
            nameOp(Context::Load, at, kReached);
            emit(Op::CompareOp, at, static_cast<std::int32_t>(CompareOperator::In));
            out().jump(Op::PopJumpIfFalse, at, next);
        }
        loadConst(at, stringConstant(mangled(as<Name>(*each->target)->id)));
        expression(*each->annotation);
        emit(Op::MapAdd, at, 1);
        out().place(next);
    }
    leaveAnnotations(unit, scope, span);
    nameOp(Context::Store, span, module ? "__annotate__" : "__annotate_func__");
    if (module) {
        emit(Op::BuildSet, span, 0);
        nameOp(Context::Store, span, kReached);
    }
}

// In annotations of a class: its namespace goes before what is around it.
void CodeGenerator::loadFromClassDict(const SourceSpan &span, const std::string &name)
{
    out().emitSlot(Op::LoadDeref, span, Assembler::Slot::Free, out().freeIndex("__classdict__"));
    if (const Variable at = variable(name); at.kind == Variable::Kind::Free)
        out().emitSlot(Op::LoadFromDictOrDeref, span, Assembler::Slot::Free, at.index);
    else
        out().emitName(Op::LoadFromDictOrGlobal, span, name);
}

void CodeGenerator::compile(const AnnAssign &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    const SourceSpan &span = node.target->span;
    const bool inFunction = m_unit->root->hasFastLocals();
    const auto evaluate = [this](const Expr &expr) {
        if (!m_folder.constant(expr)) {
            expression(expr);
            emit(Op::PopTop, expr.span);
        }
    };
    if (node.value) {
        expression(*node.value);
        store(*node.target);
    }
    if (const auto *name = as<Name>(*node.target); name && node.simple && !inFunction) {
        if (const Scope &root = *m_unit->root; root.annotations) {
            if (root.kind == ScopeKind::Module) {   // which of them were reached
                const auto at = std::find(root.annotated.begin(), root.annotated.end(), &node) - root.annotated.begin();
                nameOp(Context::Load, span, kReached);
                loadConst(span, pyrena::Constant{ConstantValue(std::int64_t(at))});
                emit(Op::SetAdd, span, 1);
                emit(Op::PopTop, span);
            }
            return;
        }
        expression(*node.annotation);
        const bool silent = out().python().silent();
        if (m_profile.minor == 6) {   // STORE_ANNOTATION
            out().python().note(-1);
            out().python().setSilent(true);
        }
        nameOp(Context::Load, span, "__annotations__");
        loadConst(span, stringConstant(mangled(name->id)));
        emit(Op::StoreSubscr, span);
        out().python().setSilent(silent);
        return;
    }
    if (!node.value) {   // the parts of the target are evaluated all the same
        if (const auto *attribute = as<Attribute>(*node.target)) {
            evaluate(*attribute->value);
        } else if (const auto *subscript = as<Subscript>(*node.target)) {
            evaluate(*subscript->value);
            evaluate(*subscript->slice);
        }
    }
    if (!node.simple && !inFunction && !isAtLeast(14))
        evaluate(*node.annotation);
}

} // namespace pyrena
