#include "core/python/code/borrowing.h"

#include "core/python/code/stackeffect.h"

#include <algorithm>
#include <vector>

namespace pyrena {

namespace {

// Beyond this a code object is not examined: a load may always take a reference of its own.
constexpr std::size_t kMaxWork = 4'000'000;

std::vector<bool> blockStarts(const CodeObject &code)
{
    std::vector<bool> starts(code.instructions.size() + 1, false);
    starts[0] = true;
    for (std::size_t i = 0; i < code.instructions.size(); ++i) {
        const Instruction &in = code.instructions[i];
        if (isJump(in.op))
            starts[static_cast<std::size_t>(in.arg)] = true;
        if (isJump(in.op) || endsBlock(in.op))
            starts[i + 1] = true;
    }
    for (const ExceptionEntry &entry : code.exceptions)
        starts[entry.handler] = true;
    return starts;
}

// For each instruction, whether the local it loads may be unbound there: LOAD_FAST_CHECK instead of LOAD_FAST.
std::vector<bool> uncertainLoads(const CodeObject &code, const std::vector<bool> &starts)
{
    const std::size_t locals = code.localsPlus.size(), size = code.instructions.size();
    std::uint32_t bound = code.argCount + code.kwOnlyArgCount + code.has(CodeFlag::VarArgs) + code.has(CodeFlag::VarKeywords);
    std::vector<std::vector<bool>> atStart(size + 1);   // the locals that may be unbound, where a block starts
    std::vector<std::size_t> waiting;
    const auto reach = [&](std::size_t at, const std::vector<bool> &unbound) {
        if (at >= size)
            return;
        bool grew = atStart[at].empty();
        if (grew)
            atStart[at].assign(locals, false);
        for (std::size_t l = 0; l < locals; ++l)
            if (unbound[l] && !atStart[at][l])
                atStart[at][l] = grew = true;
        if (grew)
            waiting.push_back(at);
    };
    std::vector<bool> unbound(locals, true);
    std::fill_n(unbound.begin(), std::min<std::size_t>(bound, locals), false);
    reach(0, unbound);
    std::vector<bool> uncertain(size, false);
    while (!waiting.empty()) {
        std::size_t at = waiting.back();
        waiting.pop_back();
        unbound = atStart[at];
        for (;; ++at) {
            const Instruction &in = code.instructions[at];
            const auto local = static_cast<std::size_t>(in.arg);
            for (const ExceptionEntry &entry : code.exceptions)
                if (at >= entry.begin && at < entry.end)
                    reach(entry.handler, unbound);
            if (in.op == Op::LoadFast) {
                uncertain[at] = uncertain[at] || unbound[local];
                unbound[local] = false;
            } else if (in.op == Op::StoreFast) {
                unbound[local] = false;
            } else if (in.op == Op::DeleteFast) {
                unbound[local] = true;
            } else if (isJump(in.op)) {
                reach(local, unbound);
            }
            if (endsBlock(in.op) || at + 1 >= size)
                break;
            if (starts[at + 1]) {
                reach(at + 1, unbound);
                break;
            }
        }
    }
    return uncertain;
}

// Which blocks are reached without an exception. In those of handlers, and behind them where nothing else leads, every load
// takes a reference of its own.
std::vector<bool> reachedPlainly(const CodeObject &code, const std::vector<bool> &starts)
{
    const std::size_t size = code.instructions.size();
    std::vector<bool> reached(size + 1, false);   // by first instruction of the block
    std::vector<std::size_t> waiting{0};
    reached[0] = true;
    const auto reach = [&](std::size_t at) {
        if (at < size && !reached[at]) {
            reached[at] = true;
            waiting.push_back(at);
        }
    };
    while (!waiting.empty()) {
        std::size_t at = waiting.back();
        waiting.pop_back();
        for (;; ++at) {
            const Instruction &in = code.instructions[at];
            if (isJump(in.op))
                reach(static_cast<std::size_t>(in.arg));
            if (endsBlock(in.op) || at + 1 >= size)
                break;
            if (starts[at + 1]) {
                reach(at + 1);
                break;
            }
        }
    }
    return reached;
}

// Two neighbours of one line that load or store locals below the sixteenth become one instruction. A store and a load never lend;
// two loads do both or not at all.
void joinNeighbours(const std::vector<Instruction> &instructions, const std::vector<bool> &starts, const std::vector<bool> &checked,
                    std::vector<bool> &strong)
{
    constexpr std::int32_t kPaired = 16;
    const auto line = [&](std::size_t i) { return instructions[i].span.begin.line; };
    for (std::size_t i = 0; i + 1 < instructions.size();) {
        const Instruction &in = instructions[i];
        std::size_t next = i + 1;
        while (next < instructions.size() && instructions[next].op == Op::Statement && !starts[next])
            ++next;
        const auto isLoad = [&](std::size_t at) { return instructions[at].op == Op::LoadFast && !checked[at]; };
        const bool first = (in.op == Op::StoreFast || isLoad(i)) && in.arg < kPaired;
        if (!first || next == instructions.size() || starts[next] || line(next) != line(i) || instructions[next].arg >= kPaired) {
            ++i;
            continue;
        }
        if (isLoad(next) && in.op == Op::StoreFast)
            strong[next] = true;
        else if (isLoad(next))
            strong[i] = strong[next] = strong[i] || strong[next];
        else if (instructions[next].op != Op::StoreFast || in.op != Op::StoreFast) {
            ++i;
            continue;
        }
        i = next + 1;
    }
}

} // namespace

void markLentLoads(CodeObject &code, Assembler &assembler)
{
    auto &instructions = code.instructions;
    if (instructions.empty() || code.localsPlus.empty()
        || instructions.size() * (code.localsPlus.size() + code.exceptions.size() + 1) > kMaxWork)
        return;
    const std::vector<bool> starts = blockStarts(code);
    const std::vector<bool> checked = uncertainLoads(code, starts);
    std::vector<bool> strong = checked;
    const std::vector<bool> plain = reachedPlainly(code, starts);
    BlockChain *blocks = assembler.blocks();
    const std::vector<bool> searched = blocks ? blocks->searched(instructions.size()) : std::vector<bool>(instructions.size(), true);
    constexpr std::int32_t kElsewhere = -1;
    std::vector<std::int32_t> stack;   // the load that pushed each entry; kElsewhere: no load of this block
    const auto pop = [&] {
        if (stack.empty())
            return kElsewhere;   // from an earlier block
        const std::int32_t load = stack.back();
        stack.pop_back();
        return load;
    };
    const auto keep = [&](std::int32_t load) {
        if (load != kElsewhere)
            strong[static_cast<std::size_t>(load)] = true;
    };
    const auto endBlock = [&] {
        for (const std::int32_t load : stack)
            keep(load);
        stack.clear();
    };
    bool lends = true;
    for (std::size_t i = 0; i < instructions.size(); ++i) {
        if (starts[i]) {
            endBlock();
            lends = plain[i];
        }
        const Instruction &in = instructions[i];
        const auto rotate = [&](std::size_t count) {   // the top goes below the others
            while (stack.size() < count)
                stack.insert(stack.begin(), kElsewhere);
            std::rotate(stack.end() - static_cast<std::ptrdiff_t>(count), stack.end() - 1, stack.end());
        };
        const auto changeLocal = [&] {
            for (const std::int32_t load : stack)
                if (load != kElsewhere && instructions[static_cast<std::size_t>(load)].arg == in.arg)
                    keep(load);
        };
        switch (in.op) {
        case Op::LoadFast:
            stack.push_back(lends && searched[i] ? static_cast<std::int32_t>(i) : kElsewhere);
            strong[i] = strong[i] || !lends || !searched[i];
            break;
        case Op::StoreFast:
            keep(pop());
            changeLocal();
            break;
        case Op::DeleteFast:
            changeLocal();
            break;
        case Op::JumpIfFalseOrPop: case Op::JumpIfTrueOrPop:   // a copy of it is tested
            keep(pop());
            break;
        case Op::DupTop: {
            const std::int32_t load = pop();
            stack.insert(stack.end(), 2, load);
            break;
        }
        case Op::RotTwo: rotate(2); break;
        case Op::RotThree: rotate(3); break;
        case Op::RotFour: rotate(4); break;
        case Op::BeforeWith: {   // __exit__ holds it as its self
            const std::int32_t manager = pop();
            stack.push_back(manager);
            stack.push_back(kElsewhere);
            break;
        }
        case Op::LoadMethod: {
            const std::int32_t self = pop();
            stack.push_back(kElsewhere);
            stack.push_back(self);
            break;
        }
        case Op::ListAppend: case Op::SetAdd: case Op::ListExtend: case Op::SetUpdate: case Op::DictUpdate: case Op::DictMerge:
            pop();
            break;
        case Op::MapAdd:
            pop();
            pop();
            break;
        default: {
            const StackEffect effect = stackEffect(in);
            for (std::int32_t n = 0; n < effect.pops; ++n)
                pop();
            stack.insert(stack.end(), static_cast<std::size_t>(effect.pushes), kElsewhere);
        }
        }
    }
    endBlock();
    joinNeighbours(instructions, starts, checked, strong);
    for (std::size_t i = 0; i < instructions.size(); ++i)
        if (instructions[i].op == Op::LoadFast && !strong[i])
            instructions[i].arg2 = kLent;
    for (const Assembler::Repetition &each : assembler.repetitions())
        for (std::size_t i = 0; i < each.count; ++i)
            if (instructions[each.again + i].op == Op::LoadFast)
                instructions[each.again + i].arg2 = instructions[each.first + i].arg2;
}

} // namespace pyrena
