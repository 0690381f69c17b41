#include "core/python/code/cleandoc.h"
#include "core/python/code/codegenerator.h"

#include <algorithm>

namespace pyrena {

using namespace ast;

namespace {

// From `def` or `class` up to the last thing before the colon.
SourceSpan headerSpan(const SourceSpan &stmt, SourcePosition end, std::initializer_list<const ExprList *> lists,
                      const Arguments *args, const ExprPtr *returns, const std::vector<Keyword> *keywords)
{
    const auto extend = [&end](const SourceSpan &span) { end = std::max(end, span.end); };
    for (const ExprList *list : lists)
        for (const ExprPtr &expr : *list)
            if (expr) extend(expr->span);
    const auto arg = [&](const Arg &each) {
        extend(each.span);
        if (each.annotation) extend(each.annotation->span);
    };
    if (args) {
        for (const Arg &each : args->posOnlyArgs) arg(each);
        for (const Arg &each : args->args) arg(each);
        for (const Arg &each : args->kwOnlyArgs) arg(each);
        if (args->varArg) arg(*args->varArg);
        if (args->kwArg) arg(*args->kwArg);
    }
    if (returns && *returns) extend((*returns)->span);
    if (keywords)
        for (const Keyword &keyword : *keywords) extend(keyword.span);
    return {stmt.begin, end};
}

std::uint32_t firstLineOf(const ExprList &decorators, const Stmt &stmt)
{
    return decorators.empty() ? stmt.span.begin.line : decorators.front()->span.begin.line;
}

} // namespace

std::size_t CodeGenerator::docString(const StmtList &list)
{
    const auto *first = list.empty() ? nullptr : as<ExprStmt>(*list.front());
    const auto *constant = first ? as<ast::Constant>(*first->value) : nullptr;
    const auto *text = constant ? std::get_if<std::string>(&constant->value) : nullptr;
    if (!text)
        return 0;
    CodeObject &code = *m_unit->code;
    code.hasDocString = true;
    code.docString = isAtLeast(13) ? cleanDoc(*text) : *text;
    if (!m_unit->root->hasFastLocals()) {
        startStatement(list.front()->span);
        loadConst(first->value->span, stringConstant(code.docString));
        nameOp(Context::Store, first->value->span, "__doc__");
    }
    return 1;
}

// Gives how many slots the arguments take.
std::uint32_t CodeGenerator::parameters(const Arguments &args)
{
    CodeObject &code = *m_unit->code;
    code.posOnlyArgCount = static_cast<std::uint32_t>(args.posOnlyArgs.size());
    code.argCount = code.posOnlyArgCount + static_cast<std::uint32_t>(args.args.size());
    code.kwOnlyArgCount = static_cast<std::uint32_t>(args.kwOnlyArgs.size());
    std::uint32_t slots = 0;
    const auto add = [&](const Arg &arg) {
        const std::string name = mangled(arg.name);
        out().localIndex(name, name);
        ++slots;
    };
    for (const Arg &arg : args.posOnlyArgs) add(arg);
    for (const Arg &arg : args.args) add(arg);
    for (const Arg &arg : args.kwOnlyArgs) add(arg);
    if (args.varArg) {
        add(*args.varArg);
        code.flags |= static_cast<std::uint16_t>(CodeFlag::VarArgs);
    }
    if (args.kwArg) {
        add(*args.kwArg);
        code.flags |= static_cast<std::uint16_t>(CodeFlag::VarKeywords);
    }
    return slots;
}

// Gives the bits for MakeFunction.
std::int32_t CodeGenerator::defaults(const Arguments &args, const SourceSpan &span)
{
    std::int32_t flags = 0;
    if (!args.defaults.empty()) {
        flags |= 1;
        if (m_folder.allConstant(args.defaults)) {
            if (!isAtLeast(12))   // what the tuple was made of stays among the constants
                for (const pyrena::Constant &each : m_folder.constants(args.defaults))
                    out().constIndex(each);
            loadFolded(span, tupleConstant(m_folder.constants(args.defaults)));
        } else {
            expressions(args.defaults);
            emit(Op::BuildTuple, span, static_cast<std::int32_t>(args.defaults.size()));
        }
    }
    std::int32_t count = 0;
    for (std::size_t i = 0; i < args.kwOnlyArgs.size() && i < args.kwDefaults.size(); ++i)
        if (args.kwDefaults[i]) {
            loadConst(args.kwOnlyArgs[i].span, stringConstant(mangled(args.kwOnlyArgs[i].name)));
            expression(*args.kwDefaults[i]);
            ++count;
        }
    if (count > 0) {
        emit(Op::BuildMap, span, count);
        flags |= 2;
    }
    return flags;
}

void CodeGenerator::makeClosure(const CodePointer &code, const Scope &scope, std::int32_t flags, const SourceSpan &span)
{
    if (!scope.frees.empty()) {
        for (const std::string &name : scope.frees)
            loadClosure(span, name);
        emit(Op::BuildTuple, span, static_cast<std::int32_t>(scope.frees.size()));
        flags |= 8;
    }
    loadConst(span, pyrena::Constant{code});
    emit(Op::MakeFunction, span, flags, out().nameIndex(code->qualName));
}

void CodeGenerator::decorators(const ExprList &list, const SourceSpan &statement)
{
    for (auto at = list.rbegin(); at != list.rend(); ++at) {
        emit(Op::Call, (*at)->span, 1);
        if (!isAtLeast(11))
            out().placeInTraceback(isAtLeast(8) ? statement : list.front()->span);
    }
}

CodeGenerator::CodePointer CodeGenerator::functionCode(const FunctionDef &node, const Stmt &stmt)
{
    CodePointer &code = m_compiled[&node];
    if (code)
        return code;
    Unit unit;
    enterUnit(unit, m_symbols.scopeOf(&node), node.name, firstLineOf(node.decoratorList, stmt));
    const std::uint32_t slots = parameters(node.args);
    const std::size_t from = docString(node.body);
    out().constIndex(unit.code->hasDocString ? stringConstant(unit.code->docString) : noneConstant());
    body(node.body, from);
    const Assembler::Unlined unlined(out());
    loadNone(stmt.span);
    emit(Op::ReturnValue, stmt.span);
    return code = leaveUnit(unit, slots);
}

CodeGenerator::CodePointer CodeGenerator::lambdaCode(const Lambda &node, const SourceSpan &span)
{
    CodePointer &code = m_compiled[&node];
    if (code)
        return code;
    Unit unit;
    enterUnit(unit, m_symbols.scopeOf(&node), "<lambda>", span.begin.line);
    const std::uint32_t slots = parameters(node.args);
    out().constIndex(noneConstant());   // a lambda has no docstring
    expression(*node.body);
    emit(Op::ReturnValue, node.body->span);
    return code = leaveUnit(unit, slots);
}

void CodeGenerator::compile(const FunctionDef &node, const Stmt &stmt)
{
    const SourceSpan header = headerSpan(stmt.span, node.nameSpan.end, {&node.args.defaults, &node.args.kwDefaults},
                                         &node.args, &node.returns, nullptr);
    startStatement(header);
    expressions(node.decoratorList);
    std::int32_t flags = defaults(node.args, header);
    flags |= annotations(node, header);
    makeClosure(functionCode(node, stmt), m_symbols.scopeOf(&node), flags, header);
    decorators(node.decoratorList, stmt.span);
    nameOp(Context::Store, header, node.name);
}

void CodeGenerator::compile(const Lambda &node, const SourceSpan &span)
{
    const std::int32_t flags = defaults(node.args, span);
    makeClosure(lambdaCode(node, span), m_symbols.scopeOf(&node), flags, span);
}

CodeGenerator::CodePointer CodeGenerator::classCode(const ClassDef &node, const Stmt &stmt)
{
    CodePointer &code = m_compiled[&node];
    if (code)
        return code;
    Unit unit;
    const SourceSpan span{stmt.span.begin, node.nameSpan.end};
    enterUnit(unit, m_symbols.scopeOf(&node), node.name, firstLineOf(node.decoratorList, stmt));
    nameOp(Context::Load, span, "__name__");
    nameOp(Context::Store, span, "__module__");
    loadConst(span, stringConstant(unit.code->qualName));
    nameOp(Context::Store, span, "__qualname__");
    if (isAtLeast(13)) {
        loadConst(span, pyrena::Constant{ConstantValue(std::int64_t(unit.code->firstLine))});
        nameOp(Context::Store, span, "__firstlineno__");
    }
    if (unit.root->needsClassDict) {
        emit(Op::LoadLocals, span);
        out().emitSlot(Op::StoreDeref, span, Assembler::Slot::Cell, out().cellIndex("__classdict__"));
    }
    if (unit.root->hasAnnotations && !unit.root->annotations)
        emit(Op::SetupAnnotations, span);
    body(node.body, docString(node.body));
    annotationsOfNames(span);
    if (isAtLeast(13)) {
        std::sort(unit.staticAttributes.begin(), unit.staticAttributes.end());
        std::vector<pyrena::Constant> names;
        for (const std::string &name : unit.staticAttributes)
            names.push_back(stringConstant(name));
        loadConst(span, tupleConstant(std::move(names)));
        nameOp(Context::Store, span, "__static_attributes__");
    }
    if (unit.root->needsClassDict) {
        loadClosure(span, "__classdict__");
        nameOp(Context::Store, span, "__classdictcell__");
    }
    if (unit.root->needsClassCell) {
        loadClosure(span, "__class__");
        emit(Op::DupTop, span);
        nameOp(Context::Store, span, "__classcell__");
    } else {
        loadNone(span);
    }
    emit(Op::ReturnValue, span);
    return code = leaveUnit(unit, 0);
}

void CodeGenerator::compile(const ClassDef &node, const Stmt &stmt)
{
    const SourceSpan header = headerSpan(stmt.span, node.nameSpan.end, {&node.bases}, nullptr, nullptr, &node.keywords);
    startStatement(header);
    expressions(node.decoratorList);
    noteFrom311(1);
    emit(Op::LoadBuildClass, header);
    makeClosure(classCode(node, stmt), m_symbols.scopeOf(&node), 0, header);
    loadConst(header, stringConstant(node.name));
    if (needsUnpacking(node.bases, node.keywords)) {
        unpackingCall(node.bases, node.keywords, header, 2);
    } else {
        const std::int32_t names = plainArguments(node.bases, node.keywords);
        emit(Op::BuildClass, header, static_cast<std::int32_t>(node.bases.size() + node.keywords.size()), names);
        noteFrom311(-1);
        out().placeInTraceback(stmt.span);
    }
    decorators(node.decoratorList, stmt.span);
    nameOp(Context::Store, header, node.name);
}

// 3.13 lists what methods assign as self.x; the first argument's name does not matter, only "self" does.
void CodeGenerator::noteStaticAttribute(const Attribute &target)
{
    const auto *object = as<Name>(*target.value);
    if (!object || object->id != "self")
        return;
    for (Unit *unit = m_unit; unit; unit = unit->outer)
        if (unit->root->kind == ScopeKind::Class) {
            if (unit->staticAttributeSet.insert(target.attr).second)
                unit->staticAttributes.push_back(target.attr);
            return;
        }
}

} // namespace pyrena
