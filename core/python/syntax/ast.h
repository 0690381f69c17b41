#pragma once

#include "core/base/source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// The syntax tree of the supported subset. Node and field names are those of Python's `ast` module (fields in camel case;
// field names that are C++ keywords or abbreviations are spelled out). Contexts (Load, Store, Del) are told by position.
namespace pyrena::ast {

struct Expr;
struct Stmt;
using ExprPtr = std::unique_ptr<Expr>;   // null only where a comment says so
using StmtPtr = std::unique_ptr<Stmt>;   // never null
using ExprList = std::vector<ExprPtr>;
using StmtList = std::vector<StmtPtr>;

// No tree that parse() returns is higher than this, so walking and destroying one by recursion is safe.
inline constexpr std::uint16_t kMaxHeight = 1000;

enum class BoolOperator : std::uint8_t { And, Or };
enum class Operator : std::uint8_t {
    Add, Sub, Mult, MatMult, Div, Mod, Pow, LShift, RShift, BitOr, BitXor, BitAnd, FloorDiv
};
enum class UnaryOperator : std::uint8_t { Invert, Not, UAdd, USub };
enum class CompareOperator : std::uint8_t { Eq, NotEq, Lt, LtE, Gt, GtE, Is, IsNot, In, NotIn };
enum class Conversion : std::uint8_t { None, Str, Repr, Ascii };   // f-string !s !r !a

// ---- values of Constant ----

struct NoneValue { friend bool operator==(const NoneValue &, const NoneValue &) = default; };
struct EllipsisValue { friend bool operator==(const EllipsisValue &, const EllipsisValue &) = default; };
struct BigInteger   // an int literal that does not fit into 64 bits: decimal digits, no sign, no leading zero
{
    std::string digits;
    friend bool operator==(const BigInteger &, const BigInteger &) = default;
};
struct Imaginary   // 2j; the real part is 0
{
    double value = 0;
    friend bool operator==(const Imaginary &, const Imaginary &) = default;
};
struct BytesValue
{
    std::string bytes;
    friend bool operator==(const BytesValue &, const BytesValue &) = default;
};
// std::string is a str, in valid UTF-8 (may hold U+0000).
using ConstantValue = std::variant<NoneValue, EllipsisValue, bool, std::int64_t, BigInteger, double, Imaginary, std::string,
                                   BytesValue>;

// ---- parts shared by several nodes ----

struct Arg
{
    SourceSpan span;
    std::string name;
    ExprPtr annotation;   // null: none
};

struct Arguments
{
    std::vector<Arg> posOnlyArgs;   // before '/'
    std::vector<Arg> args;
    ExprList defaults;              // of the last posOnlyArgs + args
    std::unique_ptr<Arg> varArg;    // *args; null: none
    std::vector<Arg> kwOnlyArgs;
    ExprList kwDefaults;            // one for each of kwOnlyArgs; null: required
    std::unique_ptr<Arg> kwArg;     // **kwargs; null: none
};

struct Keyword
{
    SourceSpan span;
    std::string name;   // empty: **value
    ExprPtr value;
};

struct Comprehension   // for target in iter if ... if ...
{
    ExprPtr target;
    ExprPtr iter;
    ExprList ifs;
};

// ---- expressions ----

struct BoolOp { BoolOperator op; ExprList values; };                        // a and b and c: one node
struct NamedExpr { ExprPtr target; ExprPtr value; };                        // target is a Name
struct BinOp { ExprPtr left; Operator op; ExprPtr right; };
struct UnaryOp { UnaryOperator op; ExprPtr operand; };
struct Lambda { Arguments args; ExprPtr body; };
struct IfExp { ExprPtr test; ExprPtr body; ExprPtr orElse; };
struct Dict { ExprList keys; ExprList values; };                            // key null: **value
struct Set { ExprList elements; };
struct ListComp { ExprPtr element; std::vector<Comprehension> generators; };
struct SetComp { ExprPtr element; std::vector<Comprehension> generators; };
struct DictComp { ExprPtr key; ExprPtr value; std::vector<Comprehension> generators; };
struct GeneratorExp { ExprPtr element; std::vector<Comprehension> generators; };
struct Yield { ExprPtr value; };                                            // null: bare yield
struct YieldFrom { ExprPtr value; };
struct Compare { ExprPtr left; std::vector<CompareOperator> ops; ExprList comparators; };
struct Call { ExprPtr func; ExprList args; std::vector<Keyword> keywords; };   // args may hold Starred
struct FormattedValue { ExprPtr value; Conversion conversion = Conversion::None; ExprPtr formatSpec; };   // spec: JoinedStr or null
struct JoinedStr { ExprList values; };                                      // Constant (str) and FormattedValue
struct Constant { ConstantValue value; };
struct Attribute { ExprPtr value; std::string attr; SourceSpan attrSpan; };
struct Subscript { ExprPtr value; ExprPtr slice; };                         // slice: expression, Slice, or Tuple of both
struct Starred { ExprPtr value; };
struct Name { std::string id; };
struct List { ExprList elements; };
struct Tuple { ExprList elements; };
struct Slice { ExprPtr lower; ExprPtr upper; ExprPtr step; };               // each may be null

struct Expr
{
    using Node = std::variant<Constant, Name, BoolOp, NamedExpr, BinOp, UnaryOp, Lambda, IfExp, Dict, Set, ListComp, SetComp,
                              DictComp, GeneratorExp, Yield, YieldFrom, Compare, Call, FormattedValue, JoinedStr, Attribute,
                              Subscript, Starred, List, Tuple, Slice>;
    SourceSpan span;
    Node node;
    std::uint16_t height = 1;   // 1 + that of the highest child; at most kMaxHeight
};

// ---- statements ----

struct FunctionDef
{
    std::string name;
    SourceSpan nameSpan;
    Arguments args;
    StmtList body;
    ExprList decoratorList;
    ExprPtr returns;   // null: no annotation
};

struct ClassDef
{
    std::string name;
    SourceSpan nameSpan;
    ExprList bases;   // may hold Starred
    std::vector<Keyword> keywords;
    StmtList body;
    ExprList decoratorList;
};

struct ExceptHandler
{
    SourceSpan span;
    ExprPtr type;       // null: bare except
    std::string name;   // empty: no 'as'
    StmtList body;
};

struct WithItem { ExprPtr contextExpr; ExprPtr optionalVars; };             // vars null: no 'as'
struct Alias { SourceSpan span; std::string name; std::string asName; };    // name may be dotted, or "*"; asName empty: none

struct Return { ExprPtr value; };                                           // null: bare return
struct Delete { ExprList targets; };
struct Assign { ExprList targets; ExprPtr value; };                         // a = b = value: two targets
struct AugAssign { ExprPtr target; Operator op; ExprPtr value; };
struct AnnAssign { ExprPtr target; ExprPtr annotation; ExprPtr value; bool simple = false; };   // value null: none; simple: bare name
struct For { ExprPtr target; ExprPtr iter; StmtList body; StmtList orElse; };
struct While { ExprPtr test; StmtList body; StmtList orElse; };
struct If { ExprPtr test; StmtList body; StmtList orElse; };                // elif: orElse holds one If
struct With { std::vector<WithItem> items; StmtList body; };
struct Raise { ExprPtr exc; ExprPtr cause; };                               // both may be null
struct Try { StmtList body; std::vector<ExceptHandler> handlers; StmtList orElse; StmtList finalBody; };
struct Assert { ExprPtr test; ExprPtr message; };                           // message may be null
struct Import { std::vector<Alias> names; };
struct ImportFrom { std::string module; std::vector<Alias> names; std::uint32_t level = 0; };
struct Global { std::vector<std::string> names; };
struct Nonlocal { std::vector<std::string> names; };
struct ExprStmt { ExprPtr value; };
struct Pass {};
struct Break {};
struct Continue {};

struct Stmt
{
    using Node = std::variant<ExprStmt, Assign, AugAssign, AnnAssign, FunctionDef, ClassDef, Return, Delete, For, While, If, With,
                              Raise, Try, Assert, Import, ImportFrom, Global, Nonlocal, Pass, Break, Continue>;
    SourceSpan span;   // as in `ast`: a compound statement's ends with its last statement; decorators are outside
    Node node;
    std::uint16_t height = 1;   // as in Expr, over statements and expressions
};

struct Module
{
    StmtList body;
};

// The node as a T, or null if it is something else.
template <class T>
const T *as(const Expr &expr) { return std::get_if<T>(&expr.node); }
template <class T>
const T *as(const Stmt &stmt) { return std::get_if<T>(&stmt.node); }
template <class T>
T *as(Expr &expr) { return std::get_if<T>(&expr.node); }
template <class T>
T *as(Stmt &stmt) { return std::get_if<T>(&stmt.node); }

} // namespace pyrena::ast
