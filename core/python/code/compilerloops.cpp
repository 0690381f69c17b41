#include "core/python/code/codegenerator.h"

namespace pyrena {

using namespace ast;

void CodeGenerator::compile(const If &node, const Stmt &stmt)
{
    startStatement({stmt.span.begin, node.test->span.end});
    const Label orElse = out().newLabel(), end = out().newLabel();
    jumpIf(*node.test, orElse, false, stmt.span);
    body(node.body);
    if (!node.orElse.empty())
        out().jump(Op::Jump, node.test->span, end);
    out().place(orElse);
    body(node.orElse);
    out().place(end);
}

void CodeGenerator::compile(const While &node, const Stmt &stmt)
{
    const Label test = out().newLabel(), round = out().newLabel(), exhausted = out().newLabel(), end = out().newLabel();
    const auto ask = [&] {
        startStatement({stmt.span.begin, node.test->span.end});
        jumpIf(*node.test, exhausted, false, stmt.span);
    };
    if (!isAtLeast(8))
        out().reachInPython(end);   // SETUP_LOOP
    pushBlock({BlockKind::While, stmt.span, out().handler(), end, test});
    out().place(test);
    const std::size_t top = out().size();
    ask();
    const std::size_t behindTop = out().size();
    out().place(round);
    body(node.body);
    // From 3.10 to 3.13 the test stands behind the body again, so that only a further round jumps back. It is seen from 3.12 on,
    // where a backward jump looks at the eval breaker.
    const bool asksBelow = isAtLeast(12) && !isAtLeast(14);
    if (out().blocks())
        out().blocks()->jump(BlockChain::kNoLine, Assembler::targetOf(test));
    out().setOwn(true);
    if (asksBelow) {
        const std::size_t bottom = out().size();
        ask();
        if (out().size() - bottom == behindTop - top)
            out().repeats(top, bottom, behindTop - top);
    }
    out().jump(Op::Jump, node.test->span, asksBelow ? round : test, m_folder.constant(*node.test) ? kNoArg : kAsksAgain);
    out().setOwn(false);
    m_unit->blocks.pop_back();
    out().place(exhausted);
    body(node.orElse);
    out().place(end);
}

// One Statement for the iterable, one for each item that is fetched.
void CodeGenerator::compile(const For &node, const Stmt &stmt)
{
    const SourceSpan header{stmt.span.begin, node.iter->span.end};
    const Label next = out().newLabel(), exhausted = out().newLabel(), end = out().newLabel();
    startStatement(header);
    if (!isAtLeast(8))
        out().reachInPython(end);   // SETUP_LOOP
    iterable(*node.iter);
    emit(Op::GetIter, node.iter->span);
    placeIteration(node.iter->span, stmt.span);
    pushBlock({BlockKind::For, stmt.span, out().handler(), end, next});
    out().place(next);
    startStatement(header);
    out().jump(Op::ForIter, header, exhausted);
    placeIteration(node.iter->span, stmt.span);
    store(*node.target);
    body(node.body);
    {
        const Assembler::Unlined unlined(out());
        out().loopJump(header, next);
    }
    m_unit->blocks.pop_back();
    out().place(exhausted);
    out().endFor();
    body(node.orElse);
    out().place(end);
}

void CodeGenerator::compile(const Break &, const Stmt &stmt)
{
    startStatement(stmt.span);
    out().nothing(stmt.span);
    leaveLoop(stmt, true);
}

void CodeGenerator::compile(const Continue &, const Stmt &stmt)
{
    startStatement(stmt.span);
    out().nothing(stmt.span);
    leaveLoop(stmt, false);
}

void CodeGenerator::leaveLoop(const Stmt &stmt, bool isBreak)
{
    const std::vector<Block> saved = m_unit->blocks;
    const HandlerId handler = out().handler();
    const std::uint32_t depth = out().depth();
    // Up to 3.7 leaving blocks is left to the interpreter.
    const bool silent = out().python().silent();
    out().python().setSilent(silent || !isAtLeast(8));
    m_unwoundUnlined = false;
    std::vector<Block> &blocks = m_unit->blocks;
    const auto isLoop = [](const Block &block) { return block.kind == BlockKind::While || block.kind == BlockKind::For; };
    while (!blocks.empty() && !isLoop(blocks.back())) {
        const Block block = blocks.back();
        blocks.pop_back();
        unwindBlock(block, false, stmt.span);
    }
    if (blocks.empty())
        fail(stmt.span, isBreak ? "'break' outside loop" : "'continue' not properly in loop", "Put it into a loop.");
    const Block loop = blocks.back();
    if (isBreak)
        unwindBlock(loop, false, stmt.span);
    const Assembler::Unlined unlined(out(), m_unwoundUnlined);
    out().loopJump(stmt.span, isBreak ? loop.breakTarget : loop.continueTarget);
    out().python().setSilent(silent);
    if (isAtLeast(7))
        out().python().end();
    blocks = saved;
    out().setHandler(handler);
    out().setDepth(depth);
}

// Emits what leaving the block needs; it is no longer on the list of blocks. With preserveTop, the value on top of the stack is
// the one to be returned.
void CodeGenerator::unwindBlock(const Block &block, bool preserveTop, const SourceSpan &span)
{
    const auto below = [&](Op op) {
        if (preserveTop)
            emit(Op::RotTwo, span);
        emit(op, span);
    };
    const Assembler::Unlined unlined(out(), m_unwoundUnlined);
    out().setHandler(block.outerHandler);
    switch (block.kind) {
    case BlockKind::While:
        break;
    case BlockKind::TryExcept:
        out().leaveTry(span);
        break;
    case BlockKind::For:
        below(Op::PopTop);
        if (isAtLeast(15))
            out().python().note(-1);
        break;
    case BlockKind::PopValue:
        below(Op::PopTop);
        break;
    case BlockKind::FinallyTry:
        out().leaveTry(span);
        if (preserveTop)
            pushBlock({BlockKind::PopValue, block.span, out().handler()});
        body(*block.finalBody);
        if (preserveTop)
            m_unit->blocks.pop_back();
        m_unwoundUnlined = true;
        break;
    case BlockKind::FinallyEnd:
        below(Op::PopTop);
        noteUpTo310(-2);
        out().leaveTry(span);
        popExcept(span, preserveTop);
        break;
    case BlockKind::With:
        out().leaveTry(block.span);
        if (preserveTop)
            emit(Op::RotTwo, block.span);
        if (m_profile.minor == 8) {   // BEGIN_FINALLY, WITH_CLEANUP_START
            out().python().note(8);
            out().python().note(-8);
        }
        callExit(block.span);
        m_unwoundUnlined = true;
        break;
    case BlockKind::HandlerCleanup:
        if (block.name)
            out().leaveTry(span);
        out().leaveTry(span);
        popExcept(span, preserveTop);
        if (block.name)
            forgetName(*block.name, span);
        break;
    }
}

// Leaves the current handler that of the code object's outermost level: none.
void CodeGenerator::unwindAll(bool preserveTop, const SourceSpan &span)
{
    const std::vector<Block> saved = m_unit->blocks;
    const bool silent = out().python().silent();
    out().python().setSilent(silent || !isAtLeast(8));
    m_unwoundUnlined = false;
    while (!m_unit->blocks.empty()) {
        const Block block = m_unit->blocks.back();
        m_unit->blocks.pop_back();
        unwindBlock(block, preserveTop, span);
    }
    out().python().setSilent(silent);
    m_unit->blocks = saved;
}

} // namespace pyrena
