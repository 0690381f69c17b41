#include "stackverifier.h"

#include "core/python/code/stackeffect.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace pyrena {

namespace {

class Verifier
{
public:
    explicit Verifier(const CodeObject &code) : m_code(code), m_depths(code.instructions.size(), -1) {}

    std::string run()
    {
        if (m_code.instructions.empty())
            return wrong(0, "no instructions");
        checkTable();
        reach(0, 0, 0);
        while (m_error.empty() && !m_work.empty()) {
            const std::size_t at = m_work.back();
            m_work.pop_back();
            step(at);
        }
        for (std::size_t i = 0; m_error.empty() && i < m_depths.size(); ++i)
            if (m_depths[i] < 0)
                wrong(i, "no way leads here");
        return m_error;
    }

private:
    std::string wrong(std::size_t at, const std::string &what)
    {
        if (m_error.empty())
            m_error = m_code.qualName + ", instruction " + std::to_string(at) + ": " + what;
        return m_error;
    }

    void checkTable()
    {
        std::uint32_t previous = 0;
        for (const ExceptionEntry &entry : m_code.exceptions) {
            if (entry.begin < previous || entry.begin >= entry.end || entry.end > m_depths.size())
                wrong(entry.begin, "bad range in the exception table");
            if (entry.handler >= m_depths.size() || (entry.handler >= entry.begin && entry.handler < entry.end))
                wrong(entry.handler, "bad handler in the exception table");
            previous = entry.end;
        }
    }

    void reach(std::size_t from, std::size_t at, std::int32_t depth)
    {
        if (at >= m_depths.size())
            wrong(from, "execution runs off the end");
        else if (depth < 0)
            wrong(from, "the stack runs empty");
        else if (depth > static_cast<std::int32_t>(m_code.stackSize))
            wrong(from, "deeper than stackSize");
        else if (m_depths[at] == -1)
            m_depths[at] = depth, m_work.push_back(at);
        else if (m_depths[at] != depth)
            wrong(at, "depth " + std::to_string(m_depths[at]) + " and " + std::to_string(depth));
    }

    bool inRange(std::int32_t index, std::size_t size) const
    {
        return index >= 0 && static_cast<std::size_t>(index) < size;
    }

    void checkOperands(std::size_t at, const Instruction &instruction)
    {
        const Op op = instruction.op;
        const bool constant = op == Op::LoadConst || op == Op::BuildConstList || op == Op::Unsupported;
        if ((constant && !inRange(instruction.arg, m_code.consts.size()))
            || (usesNames(op) && !inRange(instruction.arg, m_code.names.size()))
            || (usesLocalsPlus(op) && !inRange(instruction.arg, m_code.localsPlus.size()))
            || (isJump(op) && !inRange(instruction.arg, m_depths.size())))
            wrong(at, std::string("operand out of range in ") + opName(op));
        const bool isCell = op == Op::LoadDeref || op == Op::StoreDeref || op == Op::DeleteDeref || op == Op::LoadClassDeref || op == Op::LoadFromDictOrDeref
                            || op == Op::LoadClosure;
        if (isCell && instruction.arg < static_cast<std::int32_t>(m_code.firstCell)
            && std::count(m_code.cellArguments.begin(), m_code.cellArguments.end(),
                          static_cast<std::uint32_t>(instruction.arg)) == 0)
            wrong(at, "not a cell");
        if (usesLocalsPlus(op) && !isCell && instruction.arg >= static_cast<std::int32_t>(m_code.firstCell))
            wrong(at, "a cell is used like a fast local");
    }

    void step(std::size_t at)
    {
        const Instruction &instruction = m_code.instructions[at];
        checkOperands(at, instruction);
        const std::int32_t depth = m_depths[at];
        const StackEffect effect = stackEffect(instruction);
        if (depth < effect.pops || depth < effect.jumpPops)
            wrong(at, "the stack runs empty");
        // checkTable() saw that the entries are sorted.
        const auto after = std::upper_bound(m_code.exceptions.begin(), m_code.exceptions.end(), at,
                                            [](std::size_t i, const ExceptionEntry &entry) { return i < entry.begin; });
        if (after != m_code.exceptions.begin() && at < std::prev(after)->end) {
            const ExceptionEntry &entry = *std::prev(after);
            if (depth < static_cast<std::int32_t>(entry.depth))
                wrong(at, "below the depth of its handler");
            reach(at, entry.handler, static_cast<std::int32_t>(entry.depth) + 1);
        }
        if (isJump(instruction.op))
            reach(at, static_cast<std::size_t>(instruction.arg), depth - effect.jumpPops + effect.jumpPushes);
        if (!endsBlock(instruction.op))
            reach(at, at + 1, depth - effect.pops + effect.pushes);
        if (instruction.op == Op::ReturnValue && depth != 1)
            wrong(at, "returns with " + std::to_string(depth) + " entries on the stack");
    }

    const CodeObject &m_code;
    std::vector<std::int32_t> m_depths;
    std::vector<std::size_t> m_work;
    std::string m_error;
};

} // namespace

std::string verifyStack(const CodeObject &code)
{
    std::string error = Verifier(code).run();
    for (const Constant &constant : code.consts)
        if (const auto *inner = std::get_if<std::shared_ptr<const CodeObject>>(&constant.value); inner && error.empty())
            error = verifyStack(**inner);
    return error;
}

} // namespace pyrena
