#pragma once

#include "core/base/id.h"
#include "core/base/source.h"
#include "core/python/syntax/ast.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace pyrena {

// Instructions of the stack machine. Named after CPython's where it has one; each says its effect on the value stack
// (rightmost = top). `arg` and `arg2` are the operands. Order of evaluation, and how long a temporary stays on the
// stack, are CPython's: reference counts depend on them.
enum class Op : std::uint8_t {
    // -- bookkeeping
    Statement,        // a statement (or compound statement's header) begins; the instruction's span is the statement's
    Nop,
    // -- stack
    PopTop,           // a ->
    DupTop,           // a -> a a
    DupTopTwo,        // a b -> a b a b
    RotTwo,           // a b -> b a
    RotThree,         // a b c -> c a b
    RotFour,          // a b c d -> d a b c
    // -- constants and names; arg: index into consts, names or localsplus
    LoadConst,        // -> const[arg]
    LoadName, StoreName, DeleteName,          // module and class bodies: namespace, then globals, then builtins
    LoadGlobal, StoreGlobal, DeleteGlobal,
    LoadFast, StoreFast, DeleteFast,          // arg: index into localsplus
    LoadDeref, StoreDeref, DeleteDeref,       // through the cell in localsplus[arg]
    LoadLocals,                               // -> the namespace dict of the class body that runs
    LoadFromDictOrGlobal,                     // dict -> dict[name], else what LoadGlobal gives
    LoadFromDictOrDeref,                      // dict -> dict[name of that variable], else what the cell holds
    LoadClassDeref,                           // class body: namespace[names of that variable] first, then the cell
    LoadClosure,                              // -> the cell itself, for MakeFunction
    // -- attributes and items
    LoadAttr, StoreAttr, DeleteAttr,          // arg: name. obj -> value | value obj -> | obj ->
    LoadMethod,                               // obj -> callable self-or-none : two entries, so that no bound method is made
    BinarySubscr,                             // obj index -> value
    StoreSubscr,                              // value obj index ->
    DeleteSubscr,                             // obj index ->
    // -- operators
    UnaryOp,          // arg: ast::UnaryOperator
    BinaryOp,         // arg: ast::Operator
    InplaceOp,        // arg: ast::Operator
    CompareOp,        // arg: ast::CompareOperator, Is/IsNot/In/NotIn included
    // -- displays; arg: how many
    BuildTuple, BuildList, BuildSet, BuildString,
    BuildMap,         // arg pairs: k1 v1 k2 v2 ... -> dict
    BuildSlice,       // arg 2 or 3; arg2 1: of constants
    BuildConstList,   // arg: index of a constant tuple. -> list of its items ([1, 2, 3]: three or more constants)
    ListAppend, SetAdd,   // value -> ; the container lies arg entries below the top after the pop (1 = top)
    MapAdd,           // key value -> ; likewise
    ListExtend,       // iterable -> ; likewise (arg)
    SetUpdate, DictUpdate, DictMerge,         // likewise; DictMerge is for ** in calls and refuses duplicates
    ListToTuple,      // list -> tuple
    BuildUnpack,      // arg parts, each a container -> one of all their items; arg2: UnpackInto. Up to 3.8 each run of items before,
                      // between and behind the starred ones is a tuple (or dict) first, and all parts lie on the stack together
    UnpackSequence,   // seq -> item[n-1] ... item[0] (item 0 on top)
    UnpackEx,         // arg items before the star, arg2 after it; same order, the list in its place
    FormatValue,      // value [spec] -> str; arg: ast::Conversion, arg2: 1 when a spec is on the stack
    // -- control; arg: target instruction index
    Jump,
    PopJumpIfFalse, PopJumpIfTrue,            // cond ->
    JumpIfFalseOrPop, JumpIfTrueOrPop,
    GetIter,          // iterable -> iterator
    ForIter,          // iterator -> iterator item, or pops it and jumps to arg when exhausted
    // -- calls
    Call,             // callable args... -> result. arg: positional + keyword count; arg2: const index of the keyword-names tuple, or kNoArg
    CallMethod,       // callable self-or-none args... -> result (made by LoadMethod); arg, arg2 as in Call
    CallEx,           // callable argstuple [kwdict] -> result; arg: 1 when the dict is there
    MakeFunction,     // [defaults tuple] [kwdefaults dict] [annotations] [closure tuple] code -> function; arg: bits 1, 2, 4, 8 for those present.
                      // annotations: a dict, from 3.10 on a tuple of names and values; bit 16 instead: the function that makes them. arg2: name index of the qualified name
    LoadBuildClass,   // -> callable that BuildClass needs
    BuildClass,       // function name bases... -> class; arg: bases + keywords count; arg2: const index of keyword-names tuple or kNoArg
    ReturnValue,      // value -> leaves the frame
    // -- generators
    YieldValue,       // value -> sent value, after suspension
    GetYieldFromIter, // iterable -> iterator
    YieldFrom,        // iterator value -> result: suspends and repeats itself until the iterator is exhausted
    // -- imports
    ImportName,       // level fromlist -> module; arg: name index
    ImportFrom,       // module -> module attribute
    ImportStar,
    // -- exceptions
    Raise,            // arg 0: reraise the handled one; 1: exc; 2: exc cause
    PushExcInfo,      // exc -> previously handled exc-or-None, exc; exc becomes the handled one. First instruction of a handler.
                      // arg 1 (up to 3.10): exc -> its traceback-or-None, previously handled exc-or-None, exc
    PopExcept,        // prev -> ; restores it as the handled one. arg 1: prev traceback, prev ->
    CheckExcMatch,    // exc type -> exc bool
    Reraise,          // exc -> leaves by raising it again, traceback kept
    LoadAssertionError,   // -> AssertionError
    // -- with
    BeforeWith,       // manager -> exit result-of-enter
    WithExceptStart,  // exit prev exc -> exit prev exc result-of-exit(type, exc, traceback); arg 1: exit prevtb prev exc
    SetupAnnotations, // __annotations__ = {} in the namespace if missing
    // -- refused at run time, by name (parsed, not run)
    Unsupported,      // arg: const index of a str naming the construct
};

enum class UnpackInto : std::int32_t { List, Tuple, CallTuple, Set, Map, CallMap };

const char *opName(Op op);   // "LoadName"

inline constexpr std::int32_t kNoArg = -1;
inline constexpr std::int32_t kLeavesWith = -2;   // arg2 of the Call of __exit__ at the end of a with block: not the program calls
inline constexpr std::int32_t kAsksAgain = 1;   // arg2 of the Jump at the end of a loop `while test`: in CPython the test stands there

struct Instruction
{
    Op op = Op::Nop;
    std::int32_t arg = 0;
    std::int32_t arg2 = kNoArg;
    SourceSpan span;   // the expression or statement it comes from
};

// While an instruction in [begin, end) raises: the value stack is cut to `depth` entries, the exception is pushed and
// `handler` runs. Innermost first: the first entry of the list that covers the instruction wins.
struct ExceptionEntry
{
    std::uint32_t begin = 0, end = 0, handler = 0, depth = 0;
};

struct CodeObject;

// A constant before it is an object. Tuples come from folding and from keyword names; a code object from def, lambda, class, comprehension.
struct ConstTuple;
struct Constant
{
    std::variant<ast::ConstantValue, std::shared_ptr<const ConstTuple>, std::shared_ptr<const CodeObject>> value;
    bool frozenSet = false;   // a tuple that is a frozenset ({1, 2} after `in`)
    bool computed = false;    // by the compiler: no literal of the program
    bool separate = false;    // an object of its own, equal ones or not: what 3.6's peephole optimizer computed
};
struct ConstTuple
{
    std::vector<Constant> items;
};

enum class CodeFlag : std::uint16_t {
    Function = 1,        // has fast locals (a def, lambda or comprehension); otherwise names live in a namespace dict
    VarArgs = 2, VarKeywords = 4,
    Generator = 8,
    Nested = 16,         // inside another function
    ClassBody = 32,
    Comprehension = 64,  // argument 0 is the outermost iterator, named ".0"
};

// localsplus, as CPython lays it out: arguments, other locals, then cells of variables that are not arguments, then free variables.
// An argument that is also a cell keeps its argument index; its value is moved into a cell on entry.
struct CodeObject
{
    CodeId id;                          // given by the compiler: 0 is the module, then in order of appearance in the source
    std::string name, qualName;
    std::uint32_t firstLine = 0;
    std::uint16_t flags = 0;
    std::uint32_t argCount = 0;         // positional, positional-only ones included
    std::uint32_t posOnlyArgCount = 0, kwOnlyArgCount = 0;
    std::vector<std::string> localsPlus;
    std::uint32_t firstCell = 0;        // localsplus[firstCell ...) are cells, then free variables
    std::uint32_t firstFree = 0;
    std::vector<std::uint32_t> cellArguments;   // indexes of arguments that must be moved into a cell on entry
    std::vector<std::string> names;
    std::vector<Constant> consts;       // consts[0] of a function is its docstring or None
    std::vector<Instruction> instructions;
    std::vector<ExceptionEntry> exceptions;
    std::vector<std::pair<std::uint32_t, SourceSpan>> tracebackSpans;   // by instruction: where a traceback places it, if not at `span`
    std::uint32_t stackSize = 0;        // most entries the value stack ever has
    std::uint32_t pythonStackSize = 0;  // co_stacksize: what a frame has room for
    std::string docString;
    bool hasDocString = false;

    const SourceSpan &tracebackSpan(std::uint32_t instruction) const;
    bool has(CodeFlag flag) const { return (flags & static_cast<std::uint16_t>(flag)) != 0; }
};

} // namespace pyrena
