#include "core/python/code/codegenerator.h"

namespace pyrena {

using namespace ast;

void CodeGenerator::statement(const Stmt &stmt)
{
    std::visit([&](const auto &node) { compile(node, stmt); }, stmt.node);
    m_folder.forget();
}

void CodeGenerator::compile(const ExprStmt &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    if (m_folder.constant(*node.value))
        return out().nothing(stmt.span);
    expression(*node.value);
    const Assembler::Unlined unlined(out());
    emit(Op::PopTop, stmt.span);
}

// The value is evaluated first, then what is around the statement is left, then the frame is. A constant is loaded last.
void CodeGenerator::compile(const Return &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    const auto *folded = node.value ? m_folder.constant(*node.value) : nullptr;
    const pyrena::Constant constant = folded ? *folded : noneConstant();   // unwinding forgets what was folded
    const bool preserveTop = node.value && !folded;
    const std::uint32_t depth = out().depth();
    const HandlerId handler = out().handler();
    if (preserveTop)
        expression(*node.value);
    unwindAll(preserveTop, stmt.span);
    const Assembler::Unlined unlined(out(), m_unwoundUnlined);
    if (!preserveTop)
        loadConst(stmt.span, constant);
    emit(Op::ReturnValue, stmt.span);
    out().setHandler(handler);
    out().setDepth(depth);
}

void CodeGenerator::compile(const ast::Raise &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    if (node.exc)
        expression(*node.exc);
    if (node.cause)
        expression(*node.cause);
    emit(Op::Raise, stmt.span, (node.exc ? 1 : 0) + (node.cause ? 1 : 0));
}

void CodeGenerator::compile(const Assert &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    const Label end = out().newLabel();
    jumpIf(*node.test, end, true, stmt.span);
    emit(Op::LoadAssertionError, stmt.span);
    if (node.message) {
        expression(*node.message);
        emit(Op::Call, stmt.span, 1);
    }
    emit(Op::Raise, stmt.span, 1);
    if (isAtLeast(11) && m_profile.minor != 12)
        out().placeInTraceback(node.test->span);
    out().place(end);
}

void CodeGenerator::compile(const Import &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    for (const Alias &alias : node.names) {
        loadConst(alias.span, pyrena::Constant{ConstantValue(std::int64_t(0))});
        loadNone(alias.span);
        out().emitName(Op::ImportName, alias.span, alias.name);
        std::size_t dot = alias.name.find('.');
        if (alias.asName.empty()) {
            nameOp(Context::Store, alias.span, alias.name.substr(0, dot));
            continue;
        }
        while (dot != std::string::npos) {   // import a.b.c as d: d is c
            const std::size_t end = alias.name.find('.', dot + 1);
            const std::string part = alias.name.substr(dot + 1, end == std::string::npos ? end : end - dot - 1);
            out().emitName(Op::ImportFrom, alias.span, part);
            emit(Op::RotTwo, alias.span);
            emit(Op::PopTop, alias.span);
            dot = end;
        }
        nameOp(Context::Store, alias.span, alias.asName);
    }
}

void CodeGenerator::compile(const ast::ImportFrom &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    loadConst(stmt.span, pyrena::Constant{ConstantValue(std::int64_t(node.level))});
    std::vector<pyrena::Constant> names;
    for (const Alias &alias : node.names)
        names.push_back(stringConstant(alias.name));
    loadConst(stmt.span, tupleConstant(std::move(names)));
    out().emitName(Op::ImportName, stmt.span, node.module);
    if (node.names.size() == 1 && node.names.front().name == "*") {
        if (m_unit->root->hasFastLocals())
            return unsupported(stmt.span, "import * in a function");
        return emit(Op::ImportStar, stmt.span);
    }
    for (const Alias &alias : node.names) {
        out().emitName(Op::ImportFrom, alias.span, alias.name);
        nameOp(Context::Store, alias.span, alias.asName.empty() ? alias.name : alias.asName);
    }
    emit(Op::PopTop, stmt.span);
}

} // namespace pyrena
