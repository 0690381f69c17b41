#pragma once

#include "core/python/code/blockchain.h"
#include "core/python/code/code.h"
#include "core/python/code/constantpool.h"
#include "core/python/code/pythonstack.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace pyrena {

struct Label { std::int32_t index = -1; };
struct HandlerId { std::int32_t index = -1; };   // -1: none

// The instructions of one code object while they are written. Keeps the depth of the value stack and drops what can't be
// reached, so that the depth at each label is the same whatever way leads there; a difference is an InternalError.
class Assembler
{
public:
    enum class Slot : std::uint8_t { Local, Cell, Free };

    // Up to 3.7 the line of an instruction is never above one that was written before it for the same statement.
    void setLinesOnlyGrow(bool grow) { m_linesOnlyGrow = grow; }
    void emit(Op op, const SourceSpan &span, std::int32_t arg = 0, std::int32_t arg2 = kNoArg);
    // Tracebacks place what was emitted last there.
    void placeInTraceback(const SourceSpan &span);
    void emitName(Op op, const SourceSpan &span, const std::string &name);
    void emitConst(const SourceSpan &span, const Constant &constant);
    void emitSlot(Op op, const SourceSpan &span, Slot kind, std::int32_t index);

    Label newLabel();
    void jump(Op op, const SourceSpan &span, Label target, std::int32_t arg2 = kNoArg);
    void place(Label label);
    bool reachable() const { return m_reachable; }

    // An instruction belongs to the handler that is current when it is emitted. The handler's code starts with the
    // exception on top of the `depth` entries.
    using Handler = PythonStack::Handler;
    HandlerId newHandler(std::uint32_t depth, Handler kind = Handler::Own);
    HandlerId handler() const { return m_handler; }
    void setHandler(HandlerId handler) { m_handler = handler; }
    void placeHandler(HandlerId handler);

    std::uint32_t depth() const { return static_cast<std::uint32_t>(m_depth); }
    void setDepth(std::uint32_t depth) { m_depth = static_cast<std::int32_t>(depth); }

    std::int32_t constIndex(const Constant &constant) { return m_constants.index(constant); }
    std::int32_t nameIndex(const std::string &name);
    // A fast local; `key` tells apart the variables of inlined comprehensions that share a name.
    std::int32_t localIndex(const std::string &key, const std::string &name);
    void setCells(const std::vector<std::string> &cells, const std::vector<std::string> &frees);
    std::int32_t cellIndex(const std::string &name) const;   // -1: none
    std::int32_t freeIndex(const std::string &name) const;

    // co_stacksize where CPython's instructions differ from these.
    PythonStack &python() { return m_python; }
    void jumpInPython(Label target);
    void reachInPython(Label target);   // some instruction may jump there

    // CPython's blocks, and what the instructions do not tell of them; null where nobody asks.
    void keepBlocks() { m_blocks.emplace(); }
    BlockChain *blocks() { return m_blocks ? &*m_blocks : nullptr; }
    void enterTry(const SourceSpan &span, HandlerId handler);   // where CPython sets up the handler
    void leaveTry(const SourceSpan &span);
    void nothing(const SourceSpan &span);                       // a NOP for its line
    void endFor();                                              // END_FOR and POP_ITER, without a line
    // An instruction for each way out of a condition that is always the same.
    void constantBranch(const SourceSpan &span, Label target, bool taken);
    // While it lives, instructions have no line in CPython. The jumps of jump() have none anyway.
    class Unlined
    {
    public:
        explicit Unlined(Assembler &assembler, bool unlined = true) : m_assembler(assembler), m_before(assembler.m_unlined) { assembler.m_unlined |= unlined; }
        ~Unlined() { m_assembler.m_unlined = m_before; }
        Unlined(const Unlined &) = delete;
        Unlined &operator=(const Unlined &) = delete;
    private:
        Assembler &m_assembler;
        bool m_before;
    };
    // The jump of a loop, break, continue or with.
    void loopJump(const SourceSpan &span, Label target);
    static BlockChain::Target targetOf(Label label) { return 2 * label.index; }
    static BlockChain::Target targetOf(HandlerId handler) { return 2 * handler.index + 1; }
    // What is written meanwhile has no counterpart in CPython 3.14.
    void setOwn(bool own) { m_own = own; }
    // Instructions that are there once in CPython.
    struct Repetition { std::size_t first, again, count; };
    void repeats(std::size_t first, std::size_t again, std::size_t count) { m_repetitions.push_back({first, again, count}); }
    const std::vector<Repetition> &repetitions() const { return m_repetitions; }

    std::size_t size() const { return m_instructions.size(); }

    // Fills in everything but the description of the code object (name, flags, arguments). Requires: argumentSlots were
    // the first locals asked for.
    void finish(CodeObject &code, std::uint32_t argumentSlots);

private:
    struct LabelState { std::int32_t position = -1, depth = -1; bool used = false; std::int32_t python = -1; };
    struct HandlerState { std::int32_t position = -1; std::uint32_t depth = 0; bool used = false; std::int32_t python = -1; };   // python: see Handler; -1: Own
    enum class Patch : std::uint8_t { None, Label, Cell, Free };

    void push(const Instruction &instruction, Patch patch);
    void logBlocks(const Instruction &instruction);
    std::uint32_t line(const SourceSpan &span) const { return m_unlined ? BlockChain::kNoLine : span.begin.line; }
    void fillExceptions(CodeObject &code) const;

    std::vector<Instruction> m_instructions;
    std::vector<std::pair<std::uint32_t, SourceSpan>> m_tracebackSpans;
    std::vector<Patch> m_patches;              // what the arg of each instruction still means
    std::vector<std::int32_t> m_handlerOf;     // of each instruction
    std::vector<LabelState> m_labels;
    std::vector<HandlerState> m_handlers;
    std::vector<std::string> m_names, m_locals, m_cells, m_frees;
    std::unordered_map<std::string, std::int32_t> m_nameIndex, m_localIndex, m_cellIndex, m_freeIndex;
    ConstantPool m_constants;
    PythonStack m_python;
    std::optional<BlockChain> m_blocks;
    std::vector<Repetition> m_repetitions;
    HandlerId m_handler;
    std::int32_t m_depth = 0, m_deepest = 0;
    std::uint32_t m_lastLine = 0;
    bool m_reachable = true, m_wrote = false, m_linesOnlyGrow = false;
    bool m_unlined = false, m_loopJump = false, m_own = false;
};

} // namespace pyrena
