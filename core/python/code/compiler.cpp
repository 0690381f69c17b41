#include "core/python/code/compiler.h"

#include "core/python/code/borrowing.h"
#include "core/python/code/codegenerator.h"

namespace pyrena {

using namespace ast;

namespace {

constexpr std::size_t kMaxBlocks = 20, kMaxBlocks313 = 21;   // CPython's CO_MAXBLOCKS; measured on 3.8, 3.11, 3.12, 3.13
// Of the whole program. Only final bodies, which are repeated for each way out, can take a source of parse()'s size so far.
constexpr std::size_t kMaxInstructions = 8'000'000, kMaxStatements = 3'000'000;

} // namespace

CodeGenerator::CodeGenerator(const Module &module, const std::string &fileName, const PythonProfile &profile)
    : m_profile(profile), m_fileName(fileName), m_symbols(module, profile), m_folder(profile)
{
}

void CodeGenerator::fail(const SourceSpan &span, std::string message, std::string hint) const
{
    throw CompileError{{m_fileName, span, std::move(message), std::move(hint)}};
}

void CodeGenerator::unsupported(const SourceSpan &span, const std::string &construct)
{
    emit(Op::Unsupported, span, out().constIndex(stringConstant(construct)));
}

void CodeGenerator::pushBlock(const Block &block)
{
    if (m_unit->blocks.size() >= (isAtLeast(13) ? kMaxBlocks313 : kMaxBlocks))
        fail(block.span, "too many statically nested blocks", "Move the inner ones into a function.");
    m_unit->blocks.push_back(block);
}

void CodeGenerator::enterUnit(Unit &unit, Scope &scope, const std::string &name, std::uint32_t firstLine)
{
    unit.outer = m_unit;
    unit.root = unit.scope = &scope;
    unit.code = std::make_shared<CodeObject>();
    unit.assembler.setLinesOnlyGrow(!isAtLeast(8));
    unit.assembler.python().setMinor(m_profile.minor);
    if (m_profile.minor == 14 && scope.hasFastLocals())
        unit.assembler.keepBlocks();
    CodeObject &code = *unit.code;
    code.id = CodeId(m_nextCode++);
    code.name = code.qualName = name;
    code.firstLine = firstLine;
    const auto set = [&code](CodeFlag flag, bool on) {
        if (on)
            code.flags |= static_cast<std::uint16_t>(flag);
    };
    set(CodeFlag::Function, scope.hasFastLocals());
    set(CodeFlag::ClassBody, scope.kind == ScopeKind::Class);
    set(CodeFlag::Generator, scope.generator);
    if (scope.generator && isAtLeast(12)) {   // the handler around all of it, for StopIteration
        unit.assembler.python().note(2);
        unit.assembler.python().note(-2);
    }
    set(CodeFlag::Comprehension, scope.isComprehension());
    bool nested = false;
    for (const Unit *outer = m_unit; outer; outer = outer->outer)
        nested = nested || outer->root->hasFastLocals();
    set(CodeFlag::Nested, nested && scope.hasFastLocals());
    if (m_unit && m_unit->root->kind != ScopeKind::Module) {
        const Symbol *symbol = m_unit->scope->find(mangled(name));
        const bool isGlobal = symbol && symbol->binding == Binding::GlobalExplicit
                              && (scope.kind == ScopeKind::Function || scope.kind == ScopeKind::Class);
        if (!isGlobal)
            code.qualName = m_unit->code->qualName + (m_unit->root->hasFastLocals() ? ".<locals>." : ".") + name;
    }
    unit.assembler.setCells(scope.cells, scope.frees);
    m_unit = &unit;
}

CodeGenerator::CodePointer CodeGenerator::leaveUnit(Unit &unit, std::uint32_t argumentSlots)
{
    m_finished += unit.assembler.size();
    unit.assembler.finish(*unit.code, argumentSlots);
    if (m_profile.objects.arguments == CallArguments::Borrowed)
        markLentLoads(*unit.code, unit.assembler);
    m_unit = unit.outer;
    return unit.code;
}

void CodeGenerator::body(const StmtList &list, std::size_t from)
{
    for (std::size_t i = from; i < list.size(); ++i) {
        if (m_finished + out().size() > kMaxInstructions || ++m_statements > kMaxStatements)
            fail(list[i]->span, "the program is too big to compile",
                 "Make it shorter; statements inside 'finally' count once for each way out of its 'try'.");
        statement(*list[i]);
    }
}

std::shared_ptr<const CodeObject> CodeGenerator::module(const Module &module)
{
    if (m_symbols.tooBig())
        fail({}, "too many variables are shared between nested functions", "Make the program shorter or less nested.");
    Unit unit;
    enterUnit(unit, m_symbols.module(), "<module>", 1);
    annotationsOfNames({});
    if (unit.root->hasAnnotations && !unit.root->annotations)
        emit(Op::SetupAnnotations, {});
    body(module.body, docString(module.body));
    loadNone({});
    emit(Op::ReturnValue, {});
    return leaveUnit(unit, 0);
}

Result<std::shared_ptr<const CodeObject>, Diagnostic> compile(const Module &module, const std::string &fileName,
                                                              const PythonProfile &profile)
{
    try {
        return CodeGenerator(module, fileName, profile).module(module);
    } catch (CompileError &error) {
        return std::move(error.diagnostic);
    }
}

} // namespace pyrena
