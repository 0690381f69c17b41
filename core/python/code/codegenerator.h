#pragma once

#include "core/base/source.h"
#include "core/python/code/assembler.h"
#include "core/python/code/folding.h"
#include "core/python/code/symboltable.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace pyrena {

// Thrown inside compile() only.
struct CompileError
{
    Diagnostic diagnostic;
};

// Writes the instructions of a module and of all code objects in it. One member function for each node, split by subject over
// the compiler*.cpp files. Functions named after CPython's (Python/compile.c) where it has one.
class CodeGenerator
{
public:
    CodeGenerator(const ast::Module &module, const std::string &fileName, const PythonProfile &profile);

    std::shared_ptr<const CodeObject> module(const ast::Module &module);

private:
    using CodePointer = std::shared_ptr<const CodeObject>;

    // A statement (or part of one) around the current place that must be left properly by return, break and continue.
    enum class BlockKind : std::uint8_t { While, For, TryExcept, FinallyTry, FinallyEnd, With, HandlerCleanup, PopValue };
    struct Block
    {
        BlockKind kind;
        SourceSpan span;
        HandlerId outerHandler;                   // for what follows the block
        Label breakTarget = {}, continueTarget = {};
        const ast::StmtList *finalBody = nullptr; // FinallyTry
        const std::string *name = nullptr;        // HandlerCleanup: deleted at the end; null: no 'as'
    };

    struct Unit   // a code object being written
    {
        Unit *outer = nullptr;
        Scope *root = nullptr;    // its own scope
        Scope *scope = nullptr;   // the current one: root, or that of a comprehension inlined in it
        std::shared_ptr<CodeObject> code;
        Assembler assembler;
        std::vector<Block> blocks;
        std::vector<std::string> staticAttributes;   // of a class: names assigned as self.x in its methods
        std::unordered_set<std::string> staticAttributeSet;
    };

    // compiler.cpp
    void enterUnit(Unit &unit, Scope &scope, const std::string &name, std::uint32_t firstLine);
    CodePointer leaveUnit(Unit &unit, std::uint32_t argumentSlots);
    bool isAtLeast(int minor) const { return m_profile.major > 3 || m_profile.minor >= minor; }
    Assembler &out() { return m_unit->assembler; }
    // Where tracebacks place it depends on the version; tests/data/tracebacks.json.
    void placeIteration(const SourceSpan &iterable, const SourceSpan &around) { out().placeInTraceback(isAtLeast(13) ? iterable : around); }
    void placeAttribute(const SourceSpan &attribute, const std::string &name, const SourcePosition *end = nullptr);
    void emit(Op op, const SourceSpan &span, std::int32_t arg = 0, std::int32_t arg2 = kNoArg) { out().emit(op, span, arg, arg2); }
    void loadConst(const SourceSpan &span, const Constant &constant) { out().emitConst(span, constant); }
    // A constant that was computed. Up to 3.6 the optimizer did that after equal constants had been merged.
    void loadFolded(const SourceSpan &span, Constant constant)
    {
        constant.computed = true;
        // What a tuple was made of stays among the constants, too.
        if (const auto *tuple = std::get_if<std::shared_ptr<const ConstTuple>>(&constant.value); tuple && !isAtLeast(7))
            for (const Constant &item : (*tuple)->items)
                (void)out().constIndex(item);
        constant.separate = !isAtLeast(7);
        loadConst(span, constant);
    }
    void loadNone(const SourceSpan &span) { out().emitConst(span, noneConstant()); }
    void unsupported(const SourceSpan &span, const std::string &construct);
    void body(const ast::StmtList &list, std::size_t from = 0);
    [[noreturn]] void fail(const SourceSpan &span, std::string message, std::string hint) const;
    void pushBlock(const Block &block);

    // compilernames.cpp
    enum class Context : std::uint8_t { Load, Store, Delete };
    struct Variable
    {
        enum class Kind : std::uint8_t { Name, Global, Fast, Cell, Free };
        Kind kind = Kind::Name;
        std::int32_t index = 0;
    };
    std::string mangled(const std::string &name) const { return mangle(m_unit->scope->privateClass, name); }
    Variable variable(const std::string &mangledName);
    std::int32_t fastLocal(const Scope &scope, const std::string &mangledName);
    void nameOp(Context context, const SourceSpan &span, const std::string &name);
    void loadClosure(const SourceSpan &span, const std::string &mangledName);

    // compilerexpressions.cpp
    void expression(const ast::Expr &expr);
    void expressions(const ast::ExprList &list);
    void compile(const ast::Constant &node, const SourceSpan &span);
    void compile(const ast::Name &node, const SourceSpan &span);
    void compile(const ast::NamedExpr &node, const SourceSpan &span);
    void compile(const ast::BinOp &node, const SourceSpan &span);
    void compile(const ast::UnaryOp &node, const SourceSpan &span);
    void compile(const ast::Yield &node, const SourceSpan &span);
    void compile(const ast::YieldFrom &node, const SourceSpan &span);
    void compile(const ast::FormattedValue &node, const SourceSpan &span);
    void compile(const ast::JoinedStr &node, const SourceSpan &span);
    void compile(const ast::Attribute &node, const SourceSpan &span);
    void compile(const ast::Subscript &node, const SourceSpan &span);
    void compile(const ast::Starred &node, const SourceSpan &span);
    void compile(const ast::Slice &node, const SourceSpan &span);
    bool percentFormat(const ast::BinOp &node, const SourceSpan &span);

    // compilerconditions.cpp
    void compile(const ast::BoolOp &node, const SourceSpan &span);
    void compile(const ast::IfExp &node, const SourceSpan &span);
    void compile(const ast::Compare &node, const SourceSpan &span);
    // `around`: the statement or expression that tests.
    void jumpIf(const ast::Expr &test, Label target, bool condition, const SourceSpan &around);
    void jumpIfCompare(const ast::Compare &node, const SourceSpan &span, Label target, bool condition);
    void comparator(const ast::Compare &node, std::size_t index);
    void iterable(const ast::Expr &expr);

    // compilerdisplays.cpp
    void compile(const ast::Dict &node, const SourceSpan &span);
    void compile(const ast::Set &node, const SourceSpan &span);
    void compile(const ast::List &node, const SourceSpan &span);
    void compile(const ast::Tuple &node, const SourceSpan &span);
    void unpackParts(const ast::ExprList &elements, const SourceSpan &span, std::int32_t pushed, UnpackInto into);
    void dictParts(const ast::Dict &node, const SourceSpan &span);
    void starUnpack(const ast::ExprList &elements, const SourceSpan &span, std::int32_t pushed, Op build, Op add, Op extend,
                    bool tuple, bool call = false);
    void subDict(const ast::Dict &node, const SourceSpan &span, std::size_t begin, std::size_t end);
    bool isBig(std::size_t entries) const;

    // compilercalls.cpp
    void compile(const ast::Call &node, const SourceSpan &span);
    bool methodCall(const ast::Call &node, const SourceSpan &span);
    bool needsUnpacking(const ast::ExprList &args, const std::vector<ast::Keyword> &keywords) const;
    std::int32_t plainArguments(const ast::ExprList &args, const std::vector<ast::Keyword> &keywords);
    void unpackingCall(const ast::ExprList &args, const std::vector<ast::Keyword> &keywords, const SourceSpan &span,
                       std::int32_t pushed);
    void keywordParts(const std::vector<ast::Keyword> &keywords, const SourceSpan &span);
    void keywordDict(const std::vector<ast::Keyword> &keywords, const SourceSpan &span);
    void subKeywords(const std::vector<ast::Keyword> &keywords, const SourceSpan &span, std::size_t begin, std::size_t end);

    // compilercomprehensions.cpp
    struct ComprehensionParts
    {
        const void *node;
        const char *name;
        const std::vector<ast::Comprehension> &generators;
        const ast::Expr &element;
        const ast::Expr *value;   // of a dict comprehension
        Op build, add;            // Nop: a generator expression
    };
    void compile(const ast::ListComp &node, const SourceSpan &span);
    void compile(const ast::SetComp &node, const SourceSpan &span);
    void compile(const ast::DictComp &node, const SourceSpan &span);
    void compile(const ast::GeneratorExp &node, const SourceSpan &span);
    void comprehension(const ComprehensionParts &parts, const SourceSpan &span);
    void inlinedComprehension(const ComprehensionParts &parts, Scope &scope, const SourceSpan &span);
    void comprehensionLoop(const ComprehensionParts &parts, const SourceSpan &span, std::size_t index, std::int32_t depth);

    // compilerdefinitions.cpp
    void compile(const ast::FunctionDef &node, const ast::Stmt &stmt);
    void compile(const ast::ClassDef &node, const ast::Stmt &stmt);
    void compile(const ast::Lambda &node, const SourceSpan &span);
    CodePointer functionCode(const ast::FunctionDef &node, const ast::Stmt &stmt);
    CodePointer lambdaCode(const ast::Lambda &node, const SourceSpan &span);
    CodePointer classCode(const ast::ClassDef &node, const ast::Stmt &stmt);
    std::uint32_t parameters(const ast::Arguments &args);
    std::int32_t defaults(const ast::Arguments &args, const SourceSpan &span);
    void makeClosure(const CodePointer &code, const Scope &scope, std::int32_t flags, const SourceSpan &span);
    void decorators(const ast::ExprList &list, const SourceSpan &statement);
    void noteStaticAttribute(const ast::Attribute &target);
    std::size_t docString(const ast::StmtList &list);   // index of the first statement after it

    // compilerannotations.cpp
    std::int32_t annotations(const ast::FunctionDef &node, const SourceSpan &span);   // gives the bits for MakeFunction
    std::int32_t annotationItems(const ast::FunctionDef &node);
    void enterAnnotations(Unit &unit, Scope &scope, const std::string &owner, const SourceSpan &span);
    void leaveAnnotations(Unit &unit, Scope &scope, const SourceSpan &span);
    void annotationsOfNames(const SourceSpan &span);   // of the module or class that is being written
    void compile(const ast::AnnAssign &node, const ast::Stmt &stmt);
    void loadFromClassDict(const SourceSpan &span, const std::string &mangledName);

    // compilerassign.cpp
    void compile(const ast::Assign &node, const ast::Stmt &stmt);
    void compile(const ast::AugAssign &node, const ast::Stmt &stmt);
    void compile(const ast::Delete &node, const ast::Stmt &stmt);
    void store(const ast::Expr &target);
    void storeElements(const ast::ExprList &elements, const SourceSpan &span);
    bool swap(const ast::Assign &node, const SourceSpan &span);
    bool areDistinctFastLocals(const ast::ExprList &targets);
    void remove(const ast::Expr &target);

    // compilerstatements.cpp
    void statement(const ast::Stmt &stmt);
    void startStatement(const SourceSpan &span) { emit(Op::Statement, span); }
    void compile(const ast::ExprStmt &node, const ast::Stmt &stmt);
    void compile(const ast::Return &node, const ast::Stmt &stmt);
    void compile(const ast::Raise &node, const ast::Stmt &stmt);
    void compile(const ast::Assert &node, const ast::Stmt &stmt);
    void compile(const ast::Import &node, const ast::Stmt &stmt);
    void compile(const ast::ImportFrom &node, const ast::Stmt &stmt);
    void compile(const ast::Global &, const ast::Stmt &) {}
    void compile(const ast::Nonlocal &, const ast::Stmt &) {}
    void compile(const ast::Pass &, const ast::Stmt &stmt)
    {
        startStatement(stmt.span);
        out().nothing(stmt.span);
    }

    // compilerloops.cpp
    void compile(const ast::If &node, const ast::Stmt &stmt);
    void compile(const ast::While &node, const ast::Stmt &stmt);
    void compile(const ast::For &node, const ast::Stmt &stmt);
    void compile(const ast::Break &node, const ast::Stmt &stmt);
    void compile(const ast::Continue &node, const ast::Stmt &stmt);
    void leaveLoop(const ast::Stmt &stmt, bool isBreak);
    void unwindBlock(const Block &block, bool preserveTop, const SourceSpan &span);
    void unwindAll(bool preserveTop, const SourceSpan &span);

    // compilertry.cpp
    void compile(const ast::Try &node, const ast::Stmt &stmt);
    void compile(const ast::With &node, const ast::Stmt &stmt);
    void withItem(const ast::With &node, const ast::Stmt &stmt, std::size_t index);
    void callExit(const SourceSpan &span);
    void leaveTryUnlined();
    void enterCleanup(HandlerId cleanup);
    void tryFinally(const ast::Try &node, const ast::Stmt &stmt);
    void tryExcept(const ast::Try &node, const ast::Stmt &stmt);
    void exceptClause(const ast::ExceptHandler &handler, HandlerId outer, HandlerId cleanup, Label end);
    void forgetName(const std::string &name, const SourceSpan &span);
    void noteUpTo310(std::int32_t effect)
    {
        if (!isAtLeast(11))
            out().python().note(effect);
    }
    void noteFrom311(std::int32_t effect)
    {
        if (isAtLeast(11))
            out().python().note(effect);
    }
    void pushExcInfo(const SourceSpan &span);
    void popExcept(const SourceSpan &span, bool belowTop = false);
    std::uint32_t handledEntries() const { return isAtLeast(11) ? 1 : 2; }
    void popExceptAndReraise(const SourceSpan &span);

    const PythonProfile &m_profile;
    std::string m_fileName;
    SymbolTable m_symbols;
    ConstantFolder m_folder;
    SourceSpan m_joinedSpan;   // of the f-string around
    Unit *m_unit = nullptr;
    std::uint32_t m_nextCode = 0;
    bool m_unwoundUnlined = false;   // by a final body or a with: what leaves the block after it has no line
    std::size_t m_finished = 0;   // instructions of finished code objects
    std::size_t m_statements = 0; // compiled so far, repetitions included
    // By node: what a finally block defines is compiled once, though the block is repeated for each way out.
    std::unordered_map<const void *, CodePointer> m_compiled;
};

} // namespace pyrena
