#include "codetext.h"

#include <doctest/doctest.h>

using namespace codetext;
using namespace pyrena;

TEST_CASE("assignment evaluates the value, then its targets from left to right")
{
    CHECK(module("a = b.c = d[e] = f()\n") == R"(
LoadName f
Call 0
DupTop
StoreName a
DupTop
LoadName b
StoreAttr c
LoadName d
LoadName e
StoreSubscr
)");
    CHECK(module("a, (b, *c), d = x\n") == R"(
LoadName x
UnpackSequence 3
StoreName a
UnpackEx 1 0
StoreName b
StoreName c
StoreName d
)");
    CHECK(module("a.b += c\n") == R"(
LoadName a
DupTop
LoadAttr b
LoadName c
InplaceOp +=
RotTwo
StoreAttr b
)");
    CHECK(module("a[b] -= c\n") == R"(
LoadName a
LoadName b
DupTopTwo
BinarySubscr
LoadName c
InplaceOp -=
RotThree
StoreSubscr
)");
    CHECK(module("del a, b.c, d[e:]\n") == R"(
DeleteName a
LoadName b
DeleteAttr c
LoadName d
LoadName e
LoadConst None
BuildSlice 2
DeleteSubscr
)");
    CHECK(module("(a := b)\n") == "\nLoadName b\nDupTop\nStoreName a\nPopTop\n");
}

TEST_CASE("swapping makes no tuple; local variables are stored from the right since 3.11")
{
    CHECK(module("a, b = b, a\n") == "\nLoadName b\nLoadName a\nRotTwo\nStoreName a\nStoreName b\n");
    CHECK(module("a, b, c = x, y, z\n")
          == "\nLoadName x\nLoadName y\nLoadName z\nRotThree\nRotTwo\nStoreName a\nStoreName b\nStoreName c\n");
    const std::string source = "def f(a, b):\n    a, b = b, a\n";
    CHECK(function(source) == "\nLoadFast b\nLoadFast a\nStoreFast b\nStoreFast a\n");
    CHECK(function(source, "classic") == "\nLoadFast b\nLoadFast a\nRotTwo\nStoreFast a\nStoreFast b\n");
    CHECK(function("def f(a, b):\n    a, a = b, a\n") == "\nLoadFast b\nLoadFast a\nRotTwo\nStoreFast a\nStoreFast a\n");
    CHECK(module("a, b = 1, 2\n") == "\nLoadConst (1, 2)\nUnpackSequence 2\nStoreName a\nStoreName b\n");
    CHECK(module("a, b = c = x, y\n").find("BuildTuple 2") != std::string::npos);
}

TEST_CASE("annotations of names are kept in modules and classes, not in functions")
{
    CHECK(module("x: int = 1\n") == R"(
SetupAnnotations
LoadConst 1
StoreName x
LoadName int
LoadName __annotations__
LoadConst 'x'
StoreSubscr
)");
    CHECK(function("def f():\n    x: int = 1\n") == "\nLoadConst 1\nStoreFast x\n");
    CHECK(module("a.b: int\n") == "\nLoadName a\nPopTop\nLoadName int\nPopTop\n");
}

TEST_CASE("conditions jump, and leave one value where a value is wanted")
{
    CHECK(module("a and b or c\n") == R"(
LoadName a
JumpIfFalseOrPop L1
LoadName b
L1:
JumpIfTrueOrPop L2
LoadName c
L2:
PopTop
)");
    CHECK(module("a < b < c\n") == R"(
LoadName a
LoadName b
DupTop
RotThree
CompareOp <
JumpIfFalseOrPop L1
LoadName c
CompareOp <
Jump L2
L1:
RotTwo
PopTop
L2:
PopTop
)");
    CHECK(module("if not a and b: c\n") == R"(
LoadName a
PopJumpIfTrue L1
LoadName b
PopJumpIfFalse L1
LoadName c
PopTop
L1:
)");
    CHECK(module("x = a if b else c\n") == R"(
LoadName b
PopJumpIfFalse L1
LoadName a
Jump L2
L1:
LoadName c
L2:
StoreName x
)");
    CHECK(module("not a is b\n") == "\nLoadName a\nLoadName b\nCompareOp is not\nPopTop\n");
    CHECK(module("assert a, b\n") == R"(
LoadName a
PopJumpIfTrue L1
LoadAssertionError
LoadName b
Call 1
Raise 1
L1:
)");
}

TEST_CASE("calls evaluate callable, arguments and keyword values in this order")
{
    CHECK(module("f(a, k=b)\n") == "\nLoadName f\nLoadName a\nLoadName b\nCall 2 ('k',)\nPopTop\n");
    CHECK(module("a.m(b)\n") == "\nLoadName a\nLoadMethod m\nLoadName b\nCallMethod 1\nPopTop\n");
    CHECK(module("a.m(k=b)\n") == "\nLoadName a\nLoadMethod m\nLoadName b\nCallMethod 1 ('k',)\nPopTop\n");
    CHECK(module("a.m(b)\n", "classic") == "\nLoadName a\nLoadAttr m\nLoadName b\nCall 1\nPopTop\n");
    CHECK(module("f(*a)\n") == "\nLoadName f\nLoadName a\nCallEx 0\nPopTop\n");
    CHECK(module("a.m(b, *c, **d)\n") == R"(
LoadName a
LoadAttr m
LoadName b
BuildList 1
LoadName c
ListExtend 1
ListToTuple
BuildMap 0
LoadName d
DictMerge 1
CallEx 1
PopTop
)");
    CHECK(module("f(1, x=2, **k, y=3)\n") == R"(
LoadName f
LoadConst (1,)
LoadConst 'x'
LoadConst 2
BuildMap 1
LoadName k
DictMerge 1
LoadConst 'y'
LoadConst 3
BuildMap 1
DictMerge 1
CallEx 1
PopTop
)");
}

TEST_CASE("displays and formatted strings")
{
    CHECK(module("{a: b, **c, d: e}\n") == R"(
LoadName a
LoadName b
BuildMap 1
LoadName c
DictUpdate 1
LoadName d
LoadName e
BuildMap 1
DictUpdate 1
PopTop
)");
    CHECK(module("(a, *b, c)\n") == "\nLoadName a\nBuildList 1\nLoadName b\nListExtend 1\nLoadName c\nListAppend 1\nListToTuple\nPopTop\n");
    CHECK(module("{*a}\n") == "\nBuildSet 0\nLoadName a\nSetUpdate 1\nPopTop\n");
    CHECK(module("f'{a}{b!r:>{c}}x'\n") == R"(
LoadName a
FormatValue
LoadName b
LoadConst '>'
LoadName c
FormatValue
BuildString 2
FormatValue repr spec
LoadConst 'x'
BuildString 3
PopTop
)");
    CHECK(module("'%s=%r' % (a, b)\n") == "\nLoadName a\nFormatValue str\nLoadConst '='\nLoadName b\nFormatValue repr\nBuildString 3\nPopTop\n");
    CHECK(module("'%s' % (a,)\n", "classic") == "\nLoadConst '%s'\nLoadName a\nBuildTuple 1\nBinaryOp %\nPopTop\n");
    std::string many = "[";
    for (int i = 0; i < 31; ++i)
        many += "a,";
    CHECK(module(many + "]\n").starts_with("\nBuildList 0\nLoadName a\nListAppend 1\n"));
    CHECK(module(many + "]\n", "classic").ends_with("BuildList 31\nPopTop\n"));
}

TEST_CASE("loops keep their iterator on the stack and drop it on the way out")
{
    CHECK(function("def f(a):\n    for x in a:\n        if x: break\n        if a: continue\n        return x\n    else:\n        g()\n") == R"(
LoadFast a
GetIter
L1:
ForIter L4
StoreFast x
LoadFast x
PopJumpIfFalse L2
PopTop
Jump L5
L2:
LoadFast a
PopJumpIfFalse L3
Jump L1
L3:
LoadFast x
RotTwo
PopTop
ReturnValue
L4:
LoadGlobal g
Call 0
PopTop
L5:
)");
}

TEST_CASE("a statement begins with its span; compound ones with that of their header, loops again for each turn")
{
    const auto code = compiled("for x in a:\n    if x:\n        pass\n    elif y: z = 1; w = 2\n");
    std::string text;
    for (const Instruction &instruction : code->instructions)
        if (instruction.op == Op::Statement)
            text += std::to_string(instruction.span.begin.line) + ":" + std::to_string(instruction.span.begin.column) + "-"
                    + std::to_string(instruction.span.end.column) + " ";
    CHECK(text == "1:1-11 1:1-11 2:5-9 3:9-13 4:5-11 4:13-18 4:20-25 ");
}

TEST_CASE("with calls the exit function on every way out")
{
    CHECK(function("def f(a):\n    with a as b:\n        return b\n") == R"(
LoadFast a
BeforeWith
StoreFast b   !L1@1
LoadFast b   !L1@1
RotTwo
LoadConst None
LoadConst None
LoadConst None
Call 3
PopTop
ReturnValue
L1:
PushExcInfo
WithExceptStart   !L3@2
PopJumpIfTrue L2   !L3@2
Reraise   !L3@2
L2:
PopTop   !L3@2
PopExcept
PopTop
Jump L4
L3:
RotTwo
PopExcept
Reraise
L4:
)");
}

TEST_CASE("an except clause forgets its name, whatever happens in it")
{
    CHECK(function("def f(a):\n    try:\n        a()\n    except E as e:\n        b(e)\n") == R"(
LoadFast a   !L1@0
Call 0   !L1@0
PopTop   !L1@0
Jump L5
L1:
PushExcInfo
LoadGlobal E   !L4@1
CheckExcMatch   !L4@1
PopJumpIfFalse L3   !L4@1
StoreFast e   !L4@1
LoadGlobal b   !L2@1
LoadFast e   !L2@1
Call 1   !L2@1
PopTop   !L2@1
PopExcept
LoadConst None
StoreFast e
DeleteFast e
Jump L5
L2:
LoadConst None   !L4@1
StoreFast e   !L4@1
DeleteFast e   !L4@1
Reraise   !L4@1
L3:
Reraise   !L4@1
L4:
RotTwo
PopExcept
Reraise
L5:
)");
}

TEST_CASE("finally runs on every way out, and a return in it drops the value on its way")
{
    CHECK(function("def f(a):\n    try:\n        return a()\n    finally:\n        return 2\n") == R"(
LoadFast a   !L1@0
Call 0   !L1@0
PopTop
LoadConst 2
ReturnValue
L1:
PushExcInfo
PopTop
PopExcept
LoadConst 2
ReturnValue
L2:
RotTwo
PopExcept
Reraise
)");
    const std::string text = function("def f(a):\n    for x in a:\n        try: break\n        finally: g()\n");
    CHECK(text.find("LoadGlobal g\nCall 0\nPopTop\nPopTop\nJump") != std::string::npos);
}

TEST_CASE("functions: defaults, keyword defaults, annotations and decorators are evaluated in CPython's order")
{
    CHECK(module("@d\n@e\ndef f(a: A, b=1, *c, k=x, **m) -> R: 'doc'\n") == R"(
LoadName d
LoadName e
LoadConst (1,)
LoadConst 'k'
LoadName x
BuildMap 1
LoadConst 'a'
LoadName A
LoadConst 'return'
LoadName R
BuildTuple 4
LoadConst <code f>
MakeFunction 7 f
Call 1
Call 1
StoreName f
)");
    // Up to 3.9 in a dict, from 3.14 on by a function of their own.
    CHECK(module("def f(a: A) -> R: 'doc'\n", "3.9").find("LoadName R\nBuildMap 2\n") != std::string::npos);
    CHECK(module("def f(a: A) -> R: pass\n", "3.14") == R"(
LoadConst <code __annotate__>
MakeFunction 0 f.__annotate__
LoadConst <code f>
MakeFunction 16 f
StoreName f
)");
    const auto code = inner(*compiled("@d\n@e\ndef f(a, /, b, *c, k, **m): 'doc'\n"), "f");
    CHECK(code->argCount == 2);
    CHECK(code->posOnlyArgCount == 1);
    CHECK(code->kwOnlyArgCount == 1);
    CHECK(code->localsPlus == std::vector<std::string>{"a", "b", "k", "c", "m"});
    CHECK(code->has(CodeFlag::VarArgs));
    CHECK(code->has(CodeFlag::VarKeywords));
    CHECK(code->docString == "doc");
    CHECK(code->firstLine == 1);
    CHECK(code->instructions.size() == 2);
}

TEST_CASE("docstrings lose their indentation since 3.13")
{
    const std::string source = "def f():\n    ''' one\n\ttwo\n          three\n    '''\n";
    CHECK(inner(*compiled(source), "f")->docString == "one\ntwo\n  three\n");
    CHECK(inner(*compiled(source, "classic"), "f")->docString == " one\n\ttwo\n          three\n    ");
}

TEST_CASE("a class body sets its names first; 3.13 adds its line and the attributes its methods assign")
{
    const std::string source = "class C(B, metaclass=M):\n    def f(self):\n        self.x = self.y = 1\n        self.x += 1\n        self.w += 2\n";
    CHECK(module(source) == "\nLoadBuildClass\nLoadConst <code C>\nMakeFunction 0 C\nLoadConst 'C'\nLoadName B\nLoadName M\nBuildClass 2 ('metaclass',)\nStoreName C\n");
    CHECK('\n' + lines(*inner(*compiled(source), "C")) == R"(
LoadName __name__
StoreName __module__
LoadConst 'C'
StoreName __qualname__
LoadConst 1
StoreName __firstlineno__
LoadConst <code f>
MakeFunction 0 C.f
StoreName f
LoadConst ('x', 'y')
StoreName __static_attributes__
)");
    CHECK(lines(*inner(*compiled(source, "classic"), "C")).find("__firstlineno__") == std::string::npos);
}

TEST_CASE("generators and imports")
{
    const auto code = compiled("def f(a):\n    x = yield a\n    return (yield from a)\n");
    CHECK(inner(*code, "f")->has(CodeFlag::Generator));
    CHECK('\n' + lines(*inner(*code, "f")) == "\nLoadFast a\nYieldValue\nStoreFast x\nLoadFast a\nGetYieldFromIter\nLoadConst None\nYieldFrom\nReturnValue\n");
    CHECK(module("import a.b\n") == "\nLoadConst 0\nLoadConst None\nImportName a.b\nStoreName a\n");
    CHECK(module("import a.b as c\n") == "\nLoadConst 0\nLoadConst None\nImportName a.b\nImportFrom b\nRotTwo\nPopTop\nStoreName c\n");
    CHECK(module("from a import b, c as d\n") == "\nLoadConst 0\nLoadConst ('b', 'c')\nImportName a\nImportFrom b\nStoreName b\nImportFrom c\nStoreName d\nPopTop\n");
    CHECK(module("from a import *\n") == "\nLoadConst 0\nLoadConst ('*',)\nImportName a\nImportStar\n");
    CHECK(module("raise a from b\n") == "\nLoadName a\nLoadName b\nRaise 2\n");
}
