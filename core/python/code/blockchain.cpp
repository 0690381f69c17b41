#include "core/python/code/blockchain.h"

#include <algorithm>
#include <unordered_map>

// The order of the passes is that of CPython 3.14 (Python/flowgraph.c); compared with its `dis` on generated functions.
namespace pyrena {

namespace {
constexpr std::size_t kSmallExit = 4;   // instructions of a way out that is copied instead of being jumped to
constexpr int kMaxRounds = 32;
}

bool BlockChain::Block::isUnlined() const
{
    return std::all_of(items.begin(), items.end(), [](const Item &item) { return item.line == kNoLine; });
}

std::int32_t BlockChain::filled(std::int32_t block)
{
    while (block != kNone && at(block).items.empty())
        block = at(block).next;
    return block;
}

// A block begins where something leads to and behind each jump and exit.
void BlockChain::cut()
{
    std::unordered_map<Target, std::int32_t> blockOf;   // kNone: not placed yet
    for (const Item &item : m_log)
        if (item.to != kNone)
            blockOf.emplace(item.to, kNone);
    m_blocks.assign(1, {});
    std::size_t place = 0;
    for (std::size_t i = 0; i <= m_log.size(); ++i) {
        bool begins = i > 0 && endsBlock(m_log[i - 1].kind);
        std::vector<Target> here;
        for (; place < m_places.size() && m_places[place].at == i; ++place)
            if (blockOf.contains(m_places[place].target))
                here.push_back(m_places[place].target);
        begins = begins || (!here.empty() && !m_blocks.back().items.empty());
        if (begins)
            m_blocks.emplace_back();
        for (const Target target : here)
            blockOf[target] = static_cast<std::int32_t>(m_blocks.size()) - 1;
        if (i < m_log.size())
            m_blocks.back().items.push_back(m_log[i]);
    }
    for (std::size_t b = 0; b < m_blocks.size(); ++b) {
        m_blocks[b].next = b + 1 < m_blocks.size() ? static_cast<std::int32_t>(b) + 1 : kNone;
        for (Item &item : m_blocks[b].items)
            if (item.to != kNone) {
                item.to = blockOf[item.to];
                if (item.kind == Kind::Enter && item.to != kNone)
                    at(item.to).isHandler = true;
            }
    }
}

// A jump to a short way out, or to instructions without lines that end in a jump, is replaced by a copy of these.
void BlockChain::copyTails()
{
    bool changed = true;
    for (int round = 0; changed && round < kMaxRounds; ++round) {
        changed = false;
        for (Block &block : m_blocks) {
            if (!block.jumps())
                continue;
            const Block &target = at(block.items.back().to);
            const bool isSmallExit = target.endsWith(Kind::Exit) && target.items.size() <= kSmallExit;
            if (&target == &block || (!isSmallExit && !(target.isUnlined() && !target.fallsThrough())))
                continue;
            const bool isQuiet = block.endsWith(Kind::QuietJump);
            block.items.back() = {Kind::Nop, block.items.back().line};
            block.items.insert(block.items.end(), target.items.begin(), target.items.end());
            if (!isQuiet && block.jumps())
                block.items.back().kind = Kind::Jump;
            changed = true;
        }
    }
}

// follow(block, visit) calls visit for the blocks that a block leads to.
template <typename Follow> std::vector<bool> BlockChain::reach(std::vector<std::int32_t> waiting, Follow &&follow)
{
    std::vector<bool> reached(m_blocks.size(), false);
    for (const std::int32_t block : waiting)
        reached[static_cast<std::size_t>(block)] = true;
    while (!waiting.empty()) {
        const std::int32_t block = waiting.back();
        waiting.pop_back();
        follow(at(block), [&](std::int32_t other) {
            if (other != kNone && !reached[static_cast<std::size_t>(other)]) {
                reached[static_cast<std::size_t>(other)] = true;
                waiting.push_back(other);
            }
        });
    }
    return reached;
}

void BlockChain::emptyUnreached()
{
    for (Block &block : m_blocks)
        block.ways = 0;
    const std::vector<bool> reached = reach({0}, [&](const Block &block, auto &&visit) {
        const auto lead = [&](std::int32_t to) {
            if (to != kNone)
                ++at(to).ways;
            visit(to);
        };
        if (block.fallsThrough())
            lead(block.next);
        for (const Item &item : block.items)
            if (item.to != kNone)
                lead(item.to);
    });
    for (std::size_t b = 0; b < m_blocks.size(); ++b)
        if (!reached[b]) {
            m_blocks[b].items.clear();
            m_blocks[b].isHandler = false;
        }
}

// A way out of the function or of a round of a loop has a line: where it has none of its own, each jump gets a copy with its line.
void BlockChain::copyUnlined()
{
    const auto needsLine = [&](std::int32_t b) {
        const Block &block = at(b);
        return (block.endsWith(Kind::Exit) || block.endsWith(Kind::Jump)) && block.isUnlined();
    };
    for (std::int32_t b = 0; b != kNone; b = at(b).next) {
        if (at(b).items.empty() || !leadsOn(at(b).items.back()))
            continue;
        const Item last = at(b).items.back();
        if (at(last.to).ways < 2 || !needsLine(last.to))
            continue;
        Block copy = at(last.to);
        copy.items.front().line = last.line;
        copy.ways = 1;
        const auto index = static_cast<std::int32_t>(m_blocks.size());
        --at(last.to).ways;
        at(last.to).next = index;
        at(b).items.back().to = index;
        m_blocks.push_back(std::move(copy));
    }
    for (std::int32_t b = 0; b != kNone; b = at(b).next)
        if (const std::int32_t next = at(b).next; next != kNone && !at(b).items.empty() && at(b).fallsThrough() && needsLine(next))
            at(next).items.front().line = at(b).items.back().line;
}

// An instruction without a line has that of the one before it; the first of a block if only one way leads there.
void BlockChain::spreadLines()
{
    copyUnlined();
    for (std::int32_t b = 0; b != kNone; b = at(b).next) {
        Block &block = at(b);
        if (block.items.empty())
            continue;
        std::uint32_t line = kNoLine;
        for (Item &item : block.items)
            line = item.line = item.line == kNoLine ? line : item.line;
        const auto inherit = [&](std::int32_t to) {
            if (to != kNone && at(to).ways == 1 && !at(to).items.empty() && at(to).items.front().line == kNoLine)
                at(to).items.front().line = line;
        };
        if (block.fallsThrough())
            inherit(block.next);
        if (leadsOn(block.items.back()))
            inherit(block.items.back().to);
    }
}

// if 1: and while True: are conditions until here.
void BlockChain::decideConstants()
{
    for (Block &block : m_blocks)
        for (std::size_t i = 0; i < block.items.size(); ++i) {
            const Item item = block.items[i];
            if (item.kind != Kind::Taken && item.kind != Kind::TakenWithValue && item.kind != Kind::NotTaken)
                continue;
            block.items[i] = item.kind == Kind::NotTaken ? Item{Kind::Nop, item.line} : Item{Kind::Jump, item.line, item.to};
            if (i > 0 && item.kind != Kind::TakenWithValue)
                block.items[i - 1].kind = Kind::Nop;   // the load of the constant
        }
}

void BlockChain::shortenJumps()
{
    for (Block &block : m_blocks)
        for (int round = 0; round < kMaxRounds && !block.items.empty() && leadsOn(block.items.back()); ++round) {
            const Item last = block.items.back();
            const Block &target = at(last.to);
            if (target.items.empty() || target.items.front().to == last.to)
                break;
            const Item &behind = target.items.front();
            const bool isQuiet = behind.kind == Kind::QuietJump;
            if (behind.kind != Kind::Jump && !(isQuiet && block.jumps()))
                break;
            const Kind kind = last.kind == Kind::QuietJump ? behind.kind : last.kind;
            block.items.back() = {Kind::Nop, last.line};
            block.items.push_back({kind, behind.line, behind.to, last.instruction});
        }
}

// An instruction that does nothing goes where it has no line, or is not the only one of its line.
void BlockChain::dropNothings()
{
    for (Block &block : m_blocks) {
        std::vector<Item> kept;
        for (std::size_t i = 0; i < block.items.size(); ++i) {
            const Item &item = block.items[i];
            if (item.kind == Kind::Nop) {
                if (item.line == kNoLine || (!kept.empty() && kept.back().line == item.line))
                    continue;
                if (i + 1 < block.items.size()) {
                    Item &behind = block.items[i + 1];
                    if (behind.line == kNoLine)
                        behind.line = item.line;
                    if (behind.line == item.line)
                        continue;
                } else if (const std::int32_t next = filled(block.next); next != kNone) {
                    const auto &items = at(next).items;
                    const auto lined = std::find_if(items.begin(), items.end(),
                                                    [](const Item &other) { return other.kind != Kind::Nop || other.line != kNoLine; });
                    if (lined != items.end() && lined->line == item.line)
                        continue;
                }
            }
            kept.push_back(item);
        }
        block.items = std::move(kept);
    }
}

bool BlockChain::dropJumps()
{
    bool dropped = false;
    for (Block &block : m_blocks)
        if (block.jumps() && filled(block.items.back().to) == filled(block.next)) {
            block.items.back() = {Kind::Nop, block.items.back().line};
            dropped = true;
        }
    return dropped;
}

void BlockChain::tidy()
{
    do
        dropNothings();
    while (dropJumps());
}

// What only exceptions lead to moves behind everything else. What nothing leads to stays.
void BlockChain::moveHandlersBack()
{
    const auto follow = [](const Block &block, auto &&visit) {
        if (block.fallsThrough())
            visit(block.next);
        for (const Item &item : block.items)
            if (leadsOn(item))
                visit(item.to);
    };
    const std::vector<bool> warm = reach({0}, follow);
    std::vector<std::int32_t> handlers;
    for (std::size_t b = 0; b < m_blocks.size(); ++b)
        if (m_blocks[b].isHandler && !warm[b])
            handlers.push_back(static_cast<std::int32_t>(b));
    const std::vector<bool> behindHandlers = reach(handlers, follow);
    std::vector<std::int32_t> order, cold;
    for (std::int32_t b = 0; b != kNone; b = at(b).next) {
        const auto index = static_cast<std::size_t>(b);
        (behindHandlers[index] && !warm[index] ? cold : order).push_back(b);
    }
    for (const std::int32_t b : cold) {   // what follows is no longer behind it
        Block &block = at(b);
        const std::int32_t next = block.next;
        if (block.fallsThrough() && next != kNone && warm[static_cast<std::size_t>(next)])
            block.items.push_back({Kind::Jump, kNoLine, next});
    }
    order.insert(order.end(), cold.begin(), cold.end());
    for (std::size_t i = 0; i < order.size(); ++i)
        at(order[i]).next = i + 1 < order.size() ? order[i + 1] : kNone;
}

std::vector<bool> BlockChain::walk()
{
    return reach({0}, [](const Block &block, auto &&visit) {
        if (!block.items.empty() && block.fallsThrough())
            visit(block.next);
        for (const Item &item : block.items)
            if (leadsOn(item))
                visit(item.to);
    });
}

std::vector<bool> BlockChain::searched(std::size_t instructions)
{
    cut();
    copyTails();
    emptyUnreached();
    spreadLines();
    decideConstants();
    shortenJumps();
    dropNothings();
    emptyUnreached();
    tidy();
    moveHandlersBack();
    tidy();
    spreadLines();
    for (Block &block : m_blocks)
        for (Item &item : block.items)
            if (item.kind == Kind::Enter || item.kind == Kind::Leave)
                item = {Kind::Nop, item.line};
    tidy();

    std::vector<bool> named(instructions, false), got(instructions, false);
    for (const Item &item : m_log)
        if (item.instruction != kNone)
            named[static_cast<std::size_t>(item.instruction)] = true;
    const std::vector<bool> walked = walk();
    for (std::size_t b = 0; b < walked.size(); ++b)
        if (walked[b])
            for (const Item &item : m_blocks[b].items)
                if (item.instruction != kNone)
                    got[static_cast<std::size_t>(item.instruction)] = true;
    for (std::size_t i = 0; i < instructions; ++i)
        got[i] = got[i] || !named[i];
    return got;
}

} // namespace pyrena
