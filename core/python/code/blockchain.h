#pragma once

#include <cstdint>
#include <vector>

namespace pyrena {

// The basic blocks of a function as the compiler of CPython 3.14 has them, in their order. Its search for loads that can lend goes
// from block to block; where a block was left without any instruction it goes no further (gh-138250, mended in 3.15). A block loses
// its instructions when nothing leads to it, or when all it had was the end of a try block and a jump that became needless. Which
// do hangs on lines, too: an instruction that does nothing stays when it is the only one of its line.
// Written along with the instructions; what can't be reached is written as well.
class BlockChain
{
public:
    static constexpr std::uint32_t kNoLine = 0;
    static constexpr std::int32_t kNone = -1;

    // Where jumps and handlers lead to: any number that is used for one place only.
    using Target = std::int32_t;

    void plain(std::uint32_t line, std::int32_t instruction = kNone) { add({Kind::Plain, line, kNone, instruction}); }
    void nothing(std::uint32_t line) { add({Kind::Nop, line}); }        // CPython's NOP, for a line without another instruction
    void exit(std::uint32_t line, std::int32_t instruction) { add({Kind::Exit, line, kNone, instruction}); }
    // Jumps that may end a round of a loop look for signals and the like.
    void jump(std::uint32_t line, Target to) { add({Kind::Jump, line, to}); }
    void quietJump(std::uint32_t line, Target to) { add({Kind::QuietJump, line, to}); }
    void branch(std::uint32_t line, Target to, std::int32_t instruction) { add({Kind::Branch, line, to, instruction}); }
    void constantBranch(std::uint32_t line, Target to, bool taken) { add({taken ? Kind::Taken : Kind::NotTaken, line, to}); }
    // A constant that decides an `and` or `or`, and is its value.
    void constantValue(std::uint32_t line, Target to) { add({Kind::TakenWithValue, line, to}); }
    void enterTry(std::uint32_t line, Target handler) { add({Kind::Enter, line, handler}); }
    void leaveTry(std::uint32_t line) { add({Kind::Leave, line}); }
    void place(Target target) { m_places.push_back({target, m_log.size()}); }

    // For each of the instructions that were named, whether the search gets to it; true for the others.
    std::vector<bool> searched(std::size_t instructions);

private:
    enum class Kind : std::uint8_t { Plain, Nop, Exit, Jump, QuietJump, Branch, Taken, TakenWithValue, NotTaken, Enter, Leave };
    struct Item
    {
        Kind kind;
        std::uint32_t line;
        std::int32_t to = kNone;            // a target, later a block
        std::int32_t instruction = kNone;
    };
    struct Place { Target target; std::size_t at; };
    struct Block
    {
        std::vector<Item> items;
        std::int32_t next = kNone;
        std::uint32_t ways = 0;             // that lead to it
        bool isHandler = false;

        bool endsWith(Kind kind) const { return !items.empty() && items.back().kind == kind; }
        bool jumps() const { return endsWith(Kind::Jump) || endsWith(Kind::QuietJump); }
        bool fallsThrough() const { return !jumps() && !endsWith(Kind::Exit); }
        bool isUnlined() const;
    };

    void add(Item item) { m_log.push_back(item); }
    static bool leadsOn(const Item &item) { return item.kind >= Kind::Jump && item.kind <= Kind::NotTaken; }
    static bool endsBlock(Kind kind) { return kind >= Kind::Exit && kind <= Kind::NotTaken; }
    Block &at(std::int32_t block) { return m_blocks[static_cast<std::size_t>(block)]; }
    std::int32_t filled(std::int32_t block);   // it or the first behind it with instructions

    void cut();
    void copyTails();
    void emptyUnreached();
    void copyUnlined();
    void spreadLines();
    void decideConstants();
    void shortenJumps();
    void dropNothings();
    bool dropJumps();
    void tidy();
    void moveHandlersBack();
    std::vector<bool> walk();
    template <typename Follow> std::vector<bool> reach(std::vector<std::int32_t> waiting, Follow &&follow);

    std::vector<Item> m_log;
    std::vector<Place> m_places;
    std::vector<Block> m_blocks;
};

} // namespace pyrena
