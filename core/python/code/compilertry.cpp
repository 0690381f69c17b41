#include "core/python/code/codegenerator.h"

namespace pyrena {

using namespace ast;

namespace {

SourceSpan keyword(const SourceSpan &span, std::uint32_t length)
{
    return {span.begin, {span.begin.line, span.begin.column + length}};
}

} // namespace

void CodeGenerator::compile(const Try &node, const Stmt &stmt)
{
    startStatement(keyword(stmt.span, 3));
    if (node.finalBody.empty())
        tryExcept(node, stmt);
    else
        tryFinally(node, stmt);
}

// In the handler of a handler: previously handled, exception -> . Leaves by raising the exception.
void CodeGenerator::popExceptAndReraise(const SourceSpan &span)
{
    emit(Op::RotTwo, span);
    emit(Op::PopExcept, span);
    emit(Op::Reraise, span);
}

// The final body is written once for each way out, as CPython does since 3.8.
void CodeGenerator::tryFinally(const Try &node, const Stmt &stmt)
{
    const HandlerId outer = out().handler();
    const HandlerId handler = out().newHandler(out().depth()), cleanup = out().newHandler(out().depth() + 1);
    const Label end = out().newLabel();

    Block block{BlockKind::FinallyTry, stmt.span, outer};
    block.finalBody = &node.finalBody;
    pushBlock(block);
    out().setHandler(handler);
    if (node.handlers.empty())
        body(node.body);
    else
        tryExcept(node, stmt);
    out().setHandler(outer);
    m_unit->blocks.pop_back();
    if (out().reachable())
        body(node.finalBody);
    out().jump(Op::Jump, stmt.span, end);

    out().placeHandler(handler);
    emit(Op::PushExcInfo, stmt.span);
    out().setHandler(cleanup);
    pushBlock({BlockKind::FinallyEnd, stmt.span, outer});
    body(node.finalBody);
    m_unit->blocks.pop_back();
    emit(Op::Reraise, stmt.span);
    out().setHandler(outer);
    out().placeHandler(cleanup);
    popExceptAndReraise(stmt.span);
    out().place(end);
}

void CodeGenerator::tryExcept(const Try &node, const Stmt &stmt)
{
    const HandlerId outer = out().handler();
    const HandlerId handler = out().newHandler(out().depth()), cleanup = out().newHandler(out().depth() + 1);
    const Label end = out().newLabel();

    pushBlock({BlockKind::TryExcept, stmt.span, outer});
    out().setHandler(handler);
    body(node.body);
    out().setHandler(outer);
    m_unit->blocks.pop_back();
    body(node.orElse);
    out().jump(Op::Jump, stmt.span, end);

    out().placeHandler(handler);
    emit(Op::PushExcInfo, stmt.span);
    out().setHandler(cleanup);
    for (const ExceptHandler &each : node.handlers)
        exceptClause(each, outer, cleanup, end);
    emit(Op::Reraise, stmt.span);
    out().setHandler(outer);
    out().placeHandler(cleanup);
    popExceptAndReraise(stmt.span);
    out().place(end);
}

// On the stack: previously handled, exception.
void CodeGenerator::exceptClause(const ExceptHandler &handler, HandlerId outer, HandlerId cleanup, Label end)
{
    const Label next = out().newLabel();
    const std::uint32_t depth = out().depth();
    const SourceSpan header = handler.type ? SourceSpan{handler.span.begin, handler.type->span.end} : keyword(handler.span, 6);
    startStatement(header);
    if (handler.type) {
        expression(*handler.type);
        emit(Op::CheckExcMatch, handler.type->span);
        out().jump(Op::PopJumpIfFalse, handler.type->span, next);
    }
    Block block{BlockKind::HandlerCleanup, handler.span, outer};
    if (handler.name.empty()) {
        emit(Op::PopTop, header);
        pushBlock(block);
        body(handler.body);
        m_unit->blocks.pop_back();
        out().setHandler(outer);
        emit(Op::PopExcept, header);
        out().jump(Op::Jump, header, end);
    } else {
        nameOp(Context::Store, header, handler.name);
        const HandlerId forget = out().newHandler(out().depth());
        block.name = &handler.name;
        pushBlock(block);
        out().setHandler(forget);
        body(handler.body);
        m_unit->blocks.pop_back();
        out().setHandler(outer);
        emit(Op::PopExcept, header);
        forgetName(handler.name, header);
        out().jump(Op::Jump, header, end);
        out().setHandler(cleanup);
        out().placeHandler(forget);
        forgetName(handler.name, header);
        emit(Op::Reraise, header);
    }
    out().setHandler(cleanup);
    out().setDepth(depth);   // where a clause does not match, the stack is as it was before it
    out().place(next);
}

// Set first, so that deleting it can't fail when the body did so already.
void CodeGenerator::forgetName(const std::string &name, const SourceSpan &span)
{
    loadNone(span);
    nameOp(Context::Store, span, name);
    nameOp(Context::Delete, span, name);
}

void CodeGenerator::callExit(const SourceSpan &span)
{
    for (int i = 0; i < 3; ++i)
        loadNone(span);
    emit(Op::Call, span, 3);
    emit(Op::PopTop, span);
}

void CodeGenerator::compile(const With &node, const Stmt &stmt)
{
    const WithItem &last = node.items.back();
    startStatement({stmt.span.begin, (last.optionalVars ? last.optionalVars : last.contextExpr)->span.end});
    withItem(node, stmt, 0);
}

void CodeGenerator::withItem(const With &node, const Stmt &stmt, std::size_t index)
{
    const WithItem &item = node.items[index];
    const SourceSpan &span = item.contextExpr->span;
    const HandlerId outer = out().handler();
    const Label suppress = out().newLabel(), end = out().newLabel();

    expression(*item.contextExpr);
    emit(Op::BeforeWith, span);
    out().placeInTraceback(isAtLeast(13) ? span : stmt.span);
    const HandlerId handler = out().newHandler(out().depth() - 1), cleanup = out().newHandler(out().depth());
    pushBlock({BlockKind::With, span, outer});
    out().setHandler(handler);
    if (item.optionalVars)
        store(*item.optionalVars);
    else
        emit(Op::PopTop, span);
    if (index + 1 < node.items.size())
        withItem(node, stmt, index + 1);
    else
        body(node.body);
    m_unit->blocks.pop_back();
    out().setHandler(outer);
    callExit(span);
    out().jump(Op::Jump, span, end);

    out().placeHandler(handler);
    emit(Op::PushExcInfo, span);
    out().setHandler(cleanup);
    emit(Op::WithExceptStart, span);
    out().jump(Op::PopJumpIfTrue, span, suppress);
    emit(Op::Reraise, span);
    out().place(suppress);
    emit(Op::PopTop, span);
    out().setHandler(outer);
    emit(Op::PopExcept, span);
    emit(Op::PopTop, span);
    const Label suppressed = out().newLabel();
    out().jump(Op::Jump, span, suppressed);
    out().placeHandler(cleanup);
    popExceptAndReraise(span);
    out().place(suppressed);
    out().place(end);
}

} // namespace pyrena
