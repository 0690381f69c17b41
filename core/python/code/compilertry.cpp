#include "core/python/code/codegenerator.h"
#include "core/python/code/namesin.h"

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
    popExcept(span, true);
    emit(Op::Reraise, span);
}

// Up to 3.10 what was handled before is a traceback and an exception, later the exception alone.
void CodeGenerator::pushExcInfo(const SourceSpan &span)
{
    if (isAtLeast(11)) {   // the handler of the handler
        out().python().note(3);
        out().python().note(-3);
    }
    emit(Op::PushExcInfo, span, isAtLeast(11) ? 0 : 1);
}

// belowTop: under the value on top of the stack.
void CodeGenerator::popExcept(const SourceSpan &span, bool belowTop)
{
    if (belowTop)
        emit(isAtLeast(11) ? Op::RotTwo : Op::RotThree, span);
    emit(Op::PopExcept, span, isAtLeast(11) ? 0 : 1);
}

// The final body is written once for each way out, as CPython does since 3.8.
void CodeGenerator::tryFinally(const Try &node, const Stmt &stmt)
{
    // 3.8 looks through the final body before it writes the try statement: its names come first among the locals.
    if (m_profile.major == 3 && m_profile.minor == 8)
        for (const std::string &name : namesIn(node.finalBody))
            (void)variable(mangled(name));
    // It also keeps a place for the value of a return that the final body replaces.
    const std::int32_t replaced = m_profile.minor == 8 && leavesItself(node.finalBody) ? 1 : 0;
    out().python().note(replaced);
    const HandlerId outer = out().handler();
    const HandlerId handler = out().newHandler(out().depth(), Assembler::Handler::Try), cleanup = out().newHandler(out().depth() + handledEntries());
    const Label end = out().newLabel();

    Block block{BlockKind::FinallyTry, stmt.span, outer};
    block.finalBody = &node.finalBody;
    pushBlock(block);
    out().enterTry(keyword(stmt.span, 3), handler);
    out().setHandler(handler);
    if (node.handlers.empty())
        body(node.body);
    else
        tryExcept(node, stmt);
    out().setHandler(outer);
    leaveTryUnlined();
    m_unit->blocks.pop_back();
    if (out().reachable())
        body(node.finalBody);
    out().jump(Op::Jump, stmt.span, end);

    out().placeHandler(handler);
    enterCleanup(cleanup);
    pushExcInfo(stmt.span);
    out().setHandler(cleanup);
    pushBlock({BlockKind::FinallyEnd, stmt.span, outer});
    body(node.finalBody);
    m_unit->blocks.pop_back();
    const Assembler::Unlined unlined(out());
    emit(Op::Reraise, stmt.span);
    out().setHandler(outer);
    out().placeHandler(cleanup);
    popExceptAndReraise(stmt.span);
    out().place(end);
    out().python().note(-replaced);
}

void CodeGenerator::tryExcept(const Try &node, const Stmt &stmt)
{
    const HandlerId outer = out().handler();
    const std::int32_t before = out().python().depth();
    const HandlerId handler = out().newHandler(out().depth(), Assembler::Handler::Try), cleanup = out().newHandler(out().depth() + handledEntries());
    const Label end = out().newLabel();

    pushBlock({BlockKind::TryExcept, stmt.span, outer});
    out().enterTry(keyword(stmt.span, 3), handler);
    out().setHandler(handler);
    body(node.body);
    out().setHandler(outer);
    leaveTryUnlined();
    m_unit->blocks.pop_back();
    if (m_profile.minor == 6)
        out().python().atLeast(before + 8);   // what END_FINALLY of the handlers leaves
    body(node.orElse);
    out().jump(Op::Jump, stmt.span, end);

    out().placeHandler(handler);
    enterCleanup(cleanup);
    pushExcInfo(stmt.span);
    out().setHandler(cleanup);
    for (const ExceptHandler &each : node.handlers)
        exceptClause(each, outer, cleanup, end);
    const Assembler::Unlined unlined(out());
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
        noteUpTo310(1);   // DUP_TOP
        expression(*handler.type);
        emit(Op::CheckExcMatch, handler.type->span);
        out().jump(Op::PopJumpIfFalse, handler.type->span, next);
    }
    Block block{BlockKind::HandlerCleanup, handler.span, outer};
    if (handler.name.empty()) {
        emit(Op::PopTop, header);
        noteUpTo310(-2);   // class, exception and traceback
        pushBlock(block);
        body(handler.body);
        m_unit->blocks.pop_back();
        out().setHandler(outer);
        const Assembler::Unlined unlined(out());
        out().leaveTry(header);
        popExcept(header);
        out().jump(Op::Jump, header, end);
    } else {
        noteUpTo310(-1);
        nameOp(Context::Store, header, handler.name);
        noteUpTo310(-1);
        const HandlerId forget = out().newHandler(out().depth(), Assembler::Handler::Cleanup);
        block.name = &handler.name;
        pushBlock(block);
        out().enterTry(header, forget);
        out().setHandler(forget);
        body(handler.body);
        m_unit->blocks.pop_back();
        out().setHandler(outer);
        const Assembler::Unlined unlined(out());
        out().leaveTry(header);
        out().leaveTry(header);
        popExcept(header);
        forgetName(handler.name, header);
        out().jump(Op::Jump, header, end);
        out().setHandler(cleanup);
        out().placeHandler(forget);
        forgetName(handler.name, header);
        emit(Op::Reraise, header);
        out().jumpInPython(end);   // 3.6: END_FINALLY is no end
    }
    out().setHandler(cleanup);
    out().setDepth(depth);   // where a clause does not match, the stack is as it was before it
    out().place(next);
}

void CodeGenerator::leaveTryUnlined()
{
    const Assembler::Unlined unlined(out());
    out().leaveTry({});
}

// The handler of a handler, where the way into it has no line.
void CodeGenerator::enterCleanup(HandlerId cleanup)
{
    const Assembler::Unlined unlined(out());
    out().enterTry({}, cleanup);
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
    // Up to 3.8 the block goes on to its handler's code.
    const bool silent = out().python().silent();
    out().python().setSilent(silent || !isAtLeast(9));
    for (int i = 0; i < 3; ++i)
        loadNone(span);
    emit(Op::Call, span, 3, kLeavesWith);
    emit(Op::PopTop, span);
    if (isAtLeast(14))
        out().python().note(-1);   // self of __exit__
    out().python().setSilent(silent);
    if (isAtLeast(7) && !isAtLeast(9))
        out().python().note(-1);
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
    const HandlerId handler = out().newHandler(out().depth() - 1, Assembler::Handler::With);
    const HandlerId cleanup = out().newHandler(out().depth() - 1 + handledEntries());
    pushBlock({BlockKind::With, span, outer});
    out().enterTry(span, handler);
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
    leaveTryUnlined();
    callExit(span);
    out().loopJump(span, end);

    out().placeHandler(handler);
    out().enterTry(span, cleanup);
    pushExcInfo(span);
    out().setHandler(cleanup);
    emit(Op::WithExceptStart, span, isAtLeast(11) ? 0 : 1);
    const Assembler::Unlined unlined(out());
    out().jump(Op::PopJumpIfTrue, span, suppress);
    emit(Op::Reraise, span);
    out().place(suppress);
    emit(Op::PopTop, span);
    out().python().note(isAtLeast(11) ? -1 : -2);
    out().setHandler(outer);
    out().leaveTry(span);
    popExcept(span);
    emit(Op::PopTop, span);
    if (isAtLeast(14))
        out().python().note(-1);
    const Label suppressed = out().newLabel();
    out().jump(Op::Jump, span, suppressed);
    out().placeHandler(cleanup);
    popExceptAndReraise(span);
    out().place(suppressed);
    out().place(end);
}

} // namespace pyrena
