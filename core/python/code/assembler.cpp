#include "core/python/code/assembler.h"

#include "core/base/verify.h"
#include "core/python/code/stackeffect.h"

#include <algorithm>
#include <utility>

namespace pyrena {

namespace {

std::int32_t indexOf(std::unordered_map<std::string, std::int32_t> &index, std::vector<std::string> &list,
                     const std::string &key, const std::string &name)
{
    const auto [at, isNew] = index.try_emplace(key, static_cast<std::int32_t>(list.size()));
    if (isNew)
        list.push_back(name);
    return at->second;
}

std::int32_t find(const std::unordered_map<std::string, std::int32_t> &index, const std::string &name)
{
    const auto at = index.find(name);
    return at == index.end() ? -1 : at->second;
}

} // namespace

void Assembler::push(const Instruction &instruction, Patch patch)
{
    const StackEffect effect = stackEffect(instruction);
    verify(m_depth >= effect.pops, "compiler: an instruction takes more from the value stack than there is");
    m_python.add(instruction);
    if (isJump(instruction.op)) {
        LabelState &label = m_labels[static_cast<std::size_t>(instruction.arg)];
        const std::int32_t depth = m_depth - effect.jumpPops + effect.jumpPushes;
        verify(label.depth == -1 || label.depth == depth, "compiler: two ways to a label differ in stack depth");
        label.depth = depth;
        label.used = label.used || m_reachable;
        // The instruction itself is counted already.
        m_python.jump(label.python, (effect.jumpPushes - effect.jumpPops) - (effect.pushes - effect.pops));
        if (instruction.op == Op::Jump)
            m_python.end();
    }
    m_depth += effect.pushes - effect.pops;
    m_wrote = m_reachable;
    if (m_blocks && !m_own)
        logBlocks(instruction);
    if (!m_reachable)
        return;
    m_deepest = std::max(m_deepest, m_depth);
    if (m_linesOnlyGrow) {
        const std::uint32_t line = instruction.span.begin.line;
        m_lastLine = instruction.op == Op::Statement ? line : std::max(m_lastLine, line);
        if (m_lastLine > line)
            m_tracebackSpans.emplace_back(static_cast<std::uint32_t>(m_instructions.size()), SourceSpan{{m_lastLine, 1}, {m_lastLine, 1}});
    }
    m_instructions.push_back(instruction);
    m_patches.push_back(patch);
    m_handlerOf.push_back(m_handler.index);
    if (m_handler.index >= 0)
        m_handlers[static_cast<std::size_t>(m_handler.index)].used = true;
    if (endsBlock(instruction.op))
        m_reachable = false;
}

// A call of a function pushes an instruction more: PUSH_NULL.
void Assembler::logBlocks(const Instruction &in)
{
    const std::uint32_t at = line(in.span);
    const std::int32_t own = m_reachable ? static_cast<std::int32_t>(m_instructions.size()) : BlockChain::kNone;
    switch (in.op) {
    case Op::Statement: case Op::Nop:
        return;
    case Op::Jump:
        return m_loopJump ? m_blocks->jump(at, targetOf(Label{in.arg})) : m_blocks->quietJump(BlockChain::kNoLine, targetOf(Label{in.arg}));
    case Op::ReturnValue: case Op::Raise: case Op::Reraise:
        return m_blocks->exit(at, own);
    case Op::Call:
        m_blocks->plain(at);
        return m_blocks->plain(at, own);
    default:
        if (isJump(in.op))
            return m_blocks->branch(at, targetOf(Label{in.arg}), own);
        return m_blocks->plain(at, own);
    }
}

void Assembler::enterTry(const SourceSpan &span, HandlerId handler)
{
    if (m_blocks)
        m_blocks->enterTry(line(span), targetOf(handler));
}

void Assembler::leaveTry(const SourceSpan &span)
{
    if (m_blocks)
        m_blocks->leaveTry(line(span));
}

void Assembler::nothing(const SourceSpan &span)
{
    if (m_blocks)
        m_blocks->nothing(line(span));
}

void Assembler::endFor()
{
    m_python.endFor();
    if (m_blocks)
        m_blocks->plain(BlockChain::kNoLine);
}

void Assembler::constantBranch(const SourceSpan &span, Label target, bool taken)
{
    if (m_blocks && !m_own) {
        m_blocks->plain(line(span));
        m_blocks->constantBranch(line(span), targetOf(target), taken);
    }
}

void Assembler::loopJump(const SourceSpan &span, Label target)
{
    m_loopJump = true;
    jump(Op::Jump, span, target);
    m_loopJump = false;
}

void Assembler::emit(Op op, const SourceSpan &span, std::int32_t arg, std::int32_t arg2)
{
    push({op, arg, arg2, span}, Patch::None);
}

void Assembler::placeInTraceback(const SourceSpan &span)
{
    if (!m_wrote)
        return;
    const auto index = static_cast<std::uint32_t>(m_instructions.size() - 1);
    if (!m_tracebackSpans.empty() && m_tracebackSpans.back().first == index)
        m_tracebackSpans.pop_back();
    m_tracebackSpans.emplace_back(index, span);
}

void Assembler::emitName(Op op, const SourceSpan &span, const std::string &name)
{
    push({op, nameIndex(name), kNoArg, span}, Patch::None);
}

void Assembler::emitConst(const SourceSpan &span, const Constant &constant)
{
    push({Op::LoadConst, m_reachable ? constIndex(constant) : 0, kNoArg, span}, Patch::None);
}

void Assembler::emitSlot(Op op, const SourceSpan &span, Slot kind, std::int32_t index)
{
    push({op, index, kNoArg, span},
         kind == Slot::Local ? Patch::None : kind == Slot::Cell ? Patch::Cell : Patch::Free);
}

Label Assembler::newLabel()
{
    m_labels.emplace_back();
    return {static_cast<std::int32_t>(m_labels.size()) - 1};
}

void Assembler::jump(Op op, const SourceSpan &span, Label target, std::int32_t arg2)
{
    push({op, target.index, arg2, span}, Patch::Label);
}

void Assembler::place(Label label)
{
    LabelState &state = m_labels[static_cast<std::size_t>(label.index)];
    verify(state.position == -1, "compiler: a label is placed twice");
    verify(!m_reachable || state.depth == -1 || state.depth == m_depth,
           "compiler: the ways to a label differ in stack depth");
    if (state.depth != -1)
        m_depth = state.depth;
    m_python.place(state.python);
    if (m_blocks)
        m_blocks->place(targetOf(label));
    state.depth = m_depth;
    state.position = static_cast<std::int32_t>(m_instructions.size());
    m_reachable = m_reachable || state.used;
}

void Assembler::reachInPython(Label target)
{
    m_python.jump(m_labels[static_cast<std::size_t>(target.index)].python, 0);
}

void Assembler::jumpInPython(Label target)
{
    reachInPython(target);
    m_python.end();
}

HandlerId Assembler::newHandler(std::uint32_t depth, Handler kind)
{
    m_handlers.push_back({-1, depth, false, kind == Handler::Own ? -1 : m_python.setUpHandler(kind)});
    return {static_cast<std::int32_t>(m_handlers.size()) - 1};
}

void Assembler::placeHandler(HandlerId handler)
{
    HandlerState &state = m_handlers[static_cast<std::size_t>(handler.index)];
    verify(!m_reachable, "compiler: execution falls into an exception handler");
    if (state.python >= 0)
        m_python.placeHandler(state.python);
    else
        m_python.placeOwnHandler();
    state.position = static_cast<std::int32_t>(m_instructions.size());
    if (m_blocks)
        m_blocks->place(targetOf(handler));
    m_depth = static_cast<std::int32_t>(state.depth) + 1;
    m_reachable = state.used;
    if (m_reachable)
        m_deepest = std::max(m_deepest, m_depth);
}

std::int32_t Assembler::nameIndex(const std::string &name)
{
    return indexOf(m_nameIndex, m_names, name, name);
}

std::int32_t Assembler::localIndex(const std::string &key, const std::string &name)
{
    return indexOf(m_localIndex, m_locals, key, name);
}

void Assembler::setCells(const std::vector<std::string> &cells, const std::vector<std::string> &frees)
{
    for (const std::string &name : cells)
        indexOf(m_cellIndex, m_cells, name, name);
    for (const std::string &name : frees)
        indexOf(m_freeIndex, m_frees, name, name);
}

std::int32_t Assembler::cellIndex(const std::string &name) const
{
    return find(m_cellIndex, name);
}

std::int32_t Assembler::freeIndex(const std::string &name) const
{
    return find(m_freeIndex, name);
}

void Assembler::finish(CodeObject &code, std::uint32_t argumentSlots)
{
    // Cells that are arguments stay where the arguments are; the others follow the locals.
    std::vector<std::int32_t> cellSlots;
    code.localsPlus = std::move(m_locals);
    code.firstCell = static_cast<std::uint32_t>(code.localsPlus.size());
    for (const std::string &name : m_cells) {
        const std::int32_t local = find(m_localIndex, name);
        if (local >= 0 && static_cast<std::uint32_t>(local) < argumentSlots) {
            cellSlots.push_back(local);
            code.cellArguments.push_back(static_cast<std::uint32_t>(local));
        } else {
            cellSlots.push_back(static_cast<std::int32_t>(code.localsPlus.size()));
            code.localsPlus.push_back(name);
        }
    }
    code.firstFree = static_cast<std::uint32_t>(code.localsPlus.size());
    code.localsPlus.insert(code.localsPlus.end(), m_frees.begin(), m_frees.end());

    for (std::size_t i = 0; i < m_instructions.size(); ++i) {
        std::int32_t &arg = m_instructions[i].arg;
        switch (m_patches[i]) {
        case Patch::None: break;
        case Patch::Label:
            arg = m_labels[static_cast<std::size_t>(arg)].position;
            verify(arg >= 0, "compiler: a jump to a label that was never placed");
            break;
        case Patch::Cell: arg = cellSlots[static_cast<std::size_t>(arg)]; break;
        case Patch::Free: arg += static_cast<std::int32_t>(code.firstFree); break;
        }
    }
    fillExceptions(code);
    code.names = std::move(m_names);
    code.consts = m_constants.take();
    code.instructions = std::move(m_instructions);
    code.tracebackSpans = std::move(m_tracebackSpans);
    code.stackSize = static_cast<std::uint32_t>(m_deepest);
    code.pythonStackSize = m_python.deepest();
}

// The entries are sorted and do not overlap: each instruction has one handler, the innermost one.
void Assembler::fillExceptions(CodeObject &code) const
{
    for (std::size_t i = 0; i < m_handlerOf.size();) {
        std::size_t end = i + 1;
        while (end < m_handlerOf.size() && m_handlerOf[end] == m_handlerOf[i])
            ++end;
        if (m_handlerOf[i] >= 0) {
            const HandlerState &handler = m_handlers[static_cast<std::size_t>(m_handlerOf[i])];
            verify(handler.position >= 0, "compiler: a handler that was never placed");
            code.exceptions.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end),
                                       static_cast<std::uint32_t>(handler.position), handler.depth});
        }
        i = end;
    }
}

} // namespace pyrena
