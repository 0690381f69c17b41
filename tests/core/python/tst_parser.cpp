#include "core/python/syntax/dump.h"
#include "core/python/syntax/parser.h"
#include "programs.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace pyrena;

namespace {

std::string tree(const std::string &source)
{
    const auto module = parse(source, "t.py");
    return module ? dump(*module) : toString(module.error()) + "\n";
}

struct Sample
{
    const char *source;
    const char *tree;
};

void checkAll(std::initializer_list<Sample> samples)
{
    for (const Sample &sample : samples) {
        INFO(sample.source);
        CHECK(tree(sample.source) == sample.tree);
    }
}

} // namespace

TEST_CASE("literals have their values")
{
    checkAll({
        {R"py(x = 0x_ff, 0o17, 0b101, 1_000, 00)py",
         R"py(Assign (Name x) (Tuple (Constant 255) (Constant 15) (Constant 5) (Constant 1000) (Constant 0))
)py"},
        {R"py(x = 9223372036854775807, 9223372036854775808, 0xffffffffffffffffffff)py",
         R"py(Assign (Name x) (Tuple (Constant 9223372036854775807) (Constant 9223372036854775808) (Constant 1208925819614629174706175))
)py"},
        {R"py(x = 2j, True, None, ...)py",
         R"py(Assign (Name x) (Tuple (Constant 2.0j) (Constant True) (Constant None) (Constant ...))
)py"},
        {R"py(x = 'a\n\x41\u00e4\U0001F600\101\'\q')py",
         R"py(Assign (Name x) (Constant 'a\nAä😀A\'\\q')
)py"},
        {R"py(x = r'\n', b'\x00a\'', rb'\x00')py",
         R"py(Assign (Name x) (Tuple (Constant '\\n') (Constant b'\x00a\x27') (Constant b'\x5cx00'))
)py"},
        {R"py(x = 'a' "b" '''c''')py",
         R"py(Assign (Name x) (Constant 'abc')
)py"},
        {R"py(x = 'one\
two')py",
         R"py(Assign (Name x) (Constant 'onetwo')
)py"},
    });
}

TEST_CASE("operators bind as in Python")
{
    checkAll({
        {R"py(a or b and not c)py",
         R"py(Expr (Or (Name a) (And (Name b) (Unary not (Name c))))
)py"},
        {R"py(a + b * c ** -d ** e)py",
         R"py(Expr (+ (Name a) (* (Name b) (** (Name c) (Unary - (** (Name d) (Name e))))))
)py"},
        {R"py(-a ** b)py",
         R"py(Expr (Unary - (** (Name a) (Name b)))
)py"},
        {R"py(a - b - c)py",
         R"py(Expr (- (- (Name a) (Name b)) (Name c))
)py"},
        {R"py(a << b + c & d | e ^ f)py",
         R"py(Expr (| (& (<< (Name a) (+ (Name b) (Name c))) (Name d)) (^ (Name e) (Name f)))
)py"},
        {R"py(not a in b)py",
         R"py(Expr (Unary not (Compare (Name a) in (Name b)))
)py"},
        {R"py(a < b <= c != d is not e not in f is g in h)py",
         R"py(Expr (Compare (Name a) < (Name b) <= (Name c) != (Name d) is not (Name e) not in (Name f) is (Name g) in (Name h))
)py"},
        {R"py(a if b else c if d else e)py",
         R"py(Expr (IfExp (Name b) (Name a) (IfExp (Name d) (Name c) (Name e)))
)py"},
        {R"py(~a @ b // c % d)py",
         R"py(Expr (% (// (@ (Unary ~ (Name a)) (Name b)) (Name c)) (Name d))
)py"},
        {R"py((a, b), (c), ())py",
         R"py(Expr (Tuple (Tuple (Name a) (Name b)) (Name c) (Tuple))
)py"},
        {R"py(a and b and c or d)py",
         R"py(Expr (Or (And (Name a) (Name b) (Name c)) (Name d))
)py"},
    });
}

TEST_CASE("lambdas, calls and subscripts")
{
    checkAll({
        {R"py(lambda: 0)py",
         R"py(Expr (Lambda [ ] (Constant 0))
)py"},
        {R"py(lambda a, /, b=1, *c, d, e=2, **f: a)py",
         R"py(Expr (Lambda [ a / b=(Constant 1) *c d e=(Constant 2) **f ] (Name a))
)py"},
        {R"py(f(a, *b, c=1, **d))py",
         R"py(Expr (Call (Name f) (Name a) (Starred (Name b)) c=(Constant 1) **(Name d))
)py"},
        {R"py(f(x for x in y))py",
         R"py(Expr (Call (Name f) (GeneratorExp (Name x) for (Name x) in (Name y)))
)py"},
        {R"py(print(x, file=out, end=""))py",
         R"py(Expr (Call (Name print) (Name x) file=(Name out) end=(Constant ''))
)py"},
        {R"py(a.b.c(d)[e].f)py",
         R"py(Expr (Attribute (Subscript (Call (Attribute (Attribute (Name a) b) c) (Name d)) (Name e)) f)
)py"},
        {R"py(a[1:2], a[:], a[::2], a[1:, ::2, 3], a[b,], a[*b])py",
         R"py(Expr (Tuple (Subscript (Name a) (Slice (Constant 1) (Constant 2) -)) (Subscript (Name a) (Slice - - -)) (Subscript (Name a) (Slice - - (Constant 2))) (Subscript (Name a) (Tuple (Slice (Constant 1) - -) (Slice - - (Constant 2)) (Constant 3))) (Subscript (Name a) (Tuple (Name b))) (Subscript (Name a) (Tuple (Starred (Name b)))))
)py"},
        {R"py(f(a := 1)[b := 2])py",
         R"py(Expr (Subscript (Call (Name f) (NamedExpr (Name a) (Constant 1))) (NamedExpr (Name b) (Constant 2)))
)py"},
    });
}

TEST_CASE("displays and comprehensions")
{
    checkAll({
        {R"py([a, *b, c,])py",
         R"py(Expr (List (Name a) (Starred (Name b)) (Name c))
)py"},
        {R"py({a, *b})py",
         R"py(Expr (Set (Name a) (Starred (Name b)))
)py"},
        {R"py({a: b, **c, d: e,})py",
         R"py(Expr (Dict (Name a): (Name b) -: (Name c) (Name d): (Name e))
)py"},
        {R"py({})py",
         R"py(Expr (Dict)
)py"},
        {R"py([x for x in y if a if b for z in x])py",
         R"py(Expr (ListComp (Name x) for (Name x) in (Name y) if (Name a) if (Name b) for (Name z) in (Name x))
)py"},
        {R"py({x for x, in y})py",
         R"py(Expr (SetComp (Name x) for (Tuple (Name x)) in (Name y))
)py"},
        {R"py({k: v for k, v in d})py",
         R"py(Expr (DictComp (Name k): (Name v) for (Tuple (Name k) (Name v)) in (Name d))
)py"},
        {R"py({(a := 1): b for c in d})py",
         R"py(Expr (DictComp (NamedExpr (Name a) (Constant 1)): (Name b) for (Name c) in (Name d))
)py"},
        {R"py(((yield_) for yield_ in a))py",
         R"py(Expr (GeneratorExp (Name yield_) for (Name yield_) in (Name a))
)py"},
    });
}

TEST_CASE("f-strings hold expressions, conversions and specifications")
{
    checkAll({
        {R"py(f'{x}')py",
         R"py(Expr (JoinedStr (FormattedValue (Name x)))
)py"},
        {R"py(f'a{b!r:>{w}.{p}f}c{{d}}')py",
         R"py(Expr (JoinedStr (Constant 'a') (FormattedValue (Name b) !r : (JoinedStr (Constant '>') (FormattedValue (Name w)) (Constant '.') (FormattedValue (Name p)) (Constant 'f'))) (Constant 'c{d}'))
)py"},
        {R"py(f'{x = }')py",
         R"py(Expr (JoinedStr (Constant 'x = ') (FormattedValue (Name x) !r))
)py"},
        {R"py(f'{x=!s:5}')py",
         R"py(Expr (JoinedStr (Constant 'x=') (FormattedValue (Name x) !s : (JoinedStr (Constant '5'))))
)py"},
        {R"py(f'{x=:5}')py",
         R"py(Expr (JoinedStr (Constant 'x=') (FormattedValue (Name x) : (JoinedStr (Constant '5'))))
)py"},
        {R"py('a' f'{b}' 'c' f'd')py",
         R"py(Expr (JoinedStr (Constant 'a') (FormattedValue (Name b)) (Constant 'cd'))
)py"},
        {R"py(f'')py",
         R"py(Expr (JoinedStr)
)py"},
        {R"py(f'{a, b}{*c, d}')py",
         R"py(Expr (JoinedStr (FormattedValue (Tuple (Name a) (Name b))) (FormattedValue (Tuple (Starred (Name c)) (Name d))))
)py"},
        {R"py(f'{(lambda: 1)()}')py",
         R"py(Expr (JoinedStr (FormattedValue (Call (Lambda [ ] (Constant 1)))))
)py"},
        {R"py(f'{d["k"]:%d.%m}')py",
         R"py(Expr (JoinedStr (FormattedValue (Subscript (Name d) (Constant 'k')) : (JoinedStr (Constant '%d.%m'))))
)py"},
        {R"py(rf'\{x}\n')py",
         R"py(Expr (JoinedStr (Constant '\\') (FormattedValue (Name x)) (Constant '\\n'))
)py"},
        {R"py(f'\x41{x}\n')py",
         R"py(Expr (JoinedStr (Constant 'A') (FormattedValue (Name x)) (Constant '\n'))
)py"},
    });
}

TEST_CASE("simple statements")
{
    checkAll({
        {R"py(a = b, *c = d)py",
         R"py(Assign (Name a) (Tuple (Name b) (Starred (Name c))) (Name d)
)py"},
        {R"py(a += 1; b //= 2; c **= 3; d @= e)py",
         R"py(AugAssign (Name a) += (Constant 1)
AugAssign (Name b) //= (Constant 2)
AugAssign (Name c) **= (Constant 3)
AugAssign (Name d) @= (Name e)
)py"},
        {R"py(x: int = 1)py",
         R"py(AnnAssign simple (Name x) (Name int) (Constant 1)
)py"},
        {R"py((x): int)py",
         R"py(AnnAssign (Name x) (Name int) -
)py"},
        {R"py(a.b: int; c[0]: str = d)py",
         R"py(AnnAssign (Attribute (Name a) b) (Name int) -
AnnAssign (Subscript (Name c) (Constant 0)) (Name str) (Name d)
)py"},
        {R"py(del a, b[0], (c.d, e))py",
         R"py(Delete (Name a) (Subscript (Name b) (Constant 0)) (Tuple (Attribute (Name c) d) (Name e))
)py"},
        {R"py(assert a, b)py",
         R"py(Assert (Name a) (Name b)
)py"},
        {R"py(raise)py",
         R"py(Raise - -
)py"},
        {R"py(raise A from b)py",
         R"py(Raise (Name A) (Name b)
)py"},
        {R"py(import a.b as c, d.e)py",
         R"py(Import a.b as c d.e
)py"},
        {R"py(from ..a.b import (c as d, e,))py",
         R"py(ImportFrom ..a.b : c as d e
)py"},
        {R"py(from . import x)py",
         R"py(ImportFrom . : x
)py"},
        {R"py(from sys import *)py",
         R"py(ImportFrom sys : *
)py"},
        {R"py(pass)py",
         R"py(Pass
)py"},
        {R"py(def f():
    global a, b
    return)py",
         R"py(FunctionDef f [ ]
  Global a b
  Return -
)py"},
        {R"py([a, (b, *c)] = d)py",
         R"py(Assign (List (Name a) (Tuple (Name b) (Starred (Name c)))) (Name d)
)py"},
    });
}

TEST_CASE("compound statements")
{
    checkAll({
        {R"py(if a:
    b
elif c:
    d
else:
    e)py",
         R"py(If (Name a)
  Expr (Name b)
else
  If (Name c)
    Expr (Name d)
  else
    Expr (Name e)
)py"},
        {R"py(while a:
    break
else:
    b)py",
         R"py(While (Name a)
  Break
else
  Expr (Name b)
)py"},
        {R"py(for a, *b in c, d:
    continue
else:
    pass)py",
         R"py(For (Tuple (Name a) (Starred (Name b))) (Tuple (Name c) (Name d))
  Continue
else
  Pass
)py"},
        {R"py(with a as b, c: d)py",
         R"py(With (Name a) as (Name b) (Name c)
  Expr (Name d)
)py"},
        {R"py(with (a as b, c as (d, e),): f)py",
         R"py(With (Name a) as (Name b) (Name c) as (Tuple (Name d) (Name e))
  Expr (Name f)
)py"},
        {R"py(with (a, b): c)py",
         R"py(With (Name a) (Name b)
  Expr (Name c)
)py"},
        {R"py(with (a): c)py",
         R"py(With (Name a)
  Expr (Name c)
)py"},
        {R"py(with (a, b) as c: d)py",
         R"py(With (Tuple (Name a) (Name b)) as (Name c)
  Expr (Name d)
)py"},
        {R"py(with (a).b as c: d)py",
         R"py(With (Attribute (Name a) b) as (Name c)
  Expr (Name d)
)py"},
        {R"py(with (yield_): pass)py",
         R"py(With (Name yield_)
  Pass
)py"},
        {R"py(try:
    a
except:
    b)py",
         R"py(Try
  Expr (Name a)
except -
  Expr (Name b)
)py"},
        {R"py(try:
    a
except A:
    b
except (B, C) as d:
    e
else:
    f
finally:
    g)py",
         R"py(Try
  Expr (Name a)
except (Name A)
  Expr (Name b)
except (Tuple (Name B) (Name C)) as d
  Expr (Name e)
else
  Expr (Name f)
finally
  Expr (Name g)
)py"},
        {R"py(if a: b; c)py",
         R"py(If (Name a)
  Expr (Name b)
  Expr (Name c)
)py"},
    });
}

TEST_CASE("functions and classes")
{
    checkAll({
        {R"py(@a.b(c)
@d
def f(a: int, b=1, /, c: str = 2, *args: int, d, e: int = 3, **kw: dict) -> None:
    return a)py",
         R"py(FunctionDef f [ a:(Name int) b=(Constant 1) / c:(Name str)=(Constant 2) *args:(Name int) d e:(Name int)=(Constant 3) **kw:(Name dict) ] -> (Constant None) @(Call (Attribute (Name a) b) (Name c)) @(Name d)
  Return (Name a)
)py"},
        {R"py(def f(a, *, b): yield)py",
         R"py(FunctionDef f [ a * b ]
  Expr (Yield -)
)py"},
        {R"py(def g():
    x = yield a, b
    yield from x
    return (yield))py",
         R"py(FunctionDef g [ ]
  Assign (Name x) (Yield (Tuple (Name a) (Name b)))
  Expr (YieldFrom (Name x))
  Return (Yield -)
)py"},
        {R"py(class A: pass)py",
         R"py(ClassDef A
  Pass
)py"},
        {R"py(@d
class A(B, *c, metaclass=M, **k):
    """doc"""
    x = 1
    def f(self): pass)py",
         R"py(ClassDef A (Name B) (Starred (Name c)) metaclass=(Name M) **(Name k) @(Name d)
  Expr (Constant 'doc')
  Assign (Name x) (Constant 1)
  FunctionDef f [ self ]
    Pass
)py"},
        {R"py(def outer():
    x = 0
    def inner():
        nonlocal x
        x += 1
    return inner)py",
         R"py(FunctionDef outer [ ]
  Assign (Name x) (Constant 0)
  FunctionDef inner [ ]
    Nonlocal x
    AugAssign (Name x) += (Constant 1)
  Return (Name inner)
)py"},
    });
}

namespace {

const ast::Expr &onlyExpression(const ast::Module &module)
{
    return *ast::as<ast::ExprStmt>(*module.body.at(0))->value;
}

double floatOf(const std::string &source)
{
    const auto module = parse(source, "t.py");
    REQUIRE(module.ok());
    return std::get<double>(ast::as<ast::Constant>(onlyExpression(*module))->value);
}

} // namespace

TEST_CASE("float literals are read exactly, whatever their size")
{
    CHECK(floatOf("0.1") == 0.1);
    CHECK(floatOf("1_0.2_5e1_0") == 10.25e10);
    CHECK(floatOf(".5") == 0.5);
    CHECK(floatOf("1.") == 1.0);
    CHECK(floatOf("5e-324") == 5e-324);
    CHECK(std::isinf(floatOf("1e400")));
    CHECK(std::isinf(floatOf("1e999999999999999999999")));
    CHECK(std::isinf(floatOf(std::string(400, '9') + ".0")));
    CHECK(floatOf("1e-400") == 0.0);
    CHECK(floatOf("0." + std::string(400, '0') + "1") == 0.0);
}

TEST_CASE("spans are those of CPython, in characters")
{
    const auto span = [](const std::string &source) {
        const auto module = parse(source, "t.py");
        REQUIRE(module.ok());
        return onlyExpression(*module).span;
    };
    CHECK(span("a + b") == SourceSpan {{1, 1}, {1, 6}});
    CHECK(span("(a) + (b)") == SourceSpan {{1, 1}, {1, 10}});   // parentheses of operands count
    CHECK(span("(a)") == SourceSpan {{1, 2}, {1, 3}});          // those around the whole do not
    CHECK(span("(a, b)") == SourceSpan {{1, 1}, {1, 7}});       // but they make a tuple
    CHECK(span("f(ä,\n  b)") == SourceSpan {{1, 1}, {2, 5}});
    CHECK(span("'ä' 'ö'") == SourceSpan {{1, 1}, {1, 8}});
}

TEST_CASE("a compound statement ends with its last statement, and starts at 'def' after decorators")
{
    const auto module = parse("@d\ndef f():\n    if a:\n        b\n\n\nc\n", "t.py");
    REQUIRE(module.ok());
    CHECK(module->body[0]->span == SourceSpan {{2, 1}, {4, 10}});
    CHECK(ast::as<ast::FunctionDef>(*module->body[0])->nameSpan == SourceSpan {{2, 5}, {2, 6}});
    CHECK(module->body[1]->span == SourceSpan {{7, 1}, {7, 2}});
}

TEST_CASE("every recorded program can be read")
{
    const auto programs = recordedPrograms();
    CHECK(programs.size() >= 170);
    for (const Program &program : programs) {
        const auto module = parse(program.source, program.name);
        INFO(program.name, ": ", module ? "" : toString(module.error()));
        CHECK(module.ok());
        if (module)
            CHECK_FALSE(module->body.empty());
    }
}

TEST_CASE("the words of later Pythons are ordinary names")
{
    CHECK(tree("match = type = case = 1\nprint(match, type(case))\n").find("Assign") == 0);
}
