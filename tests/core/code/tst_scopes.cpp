#include "codetext.h"

#include <doctest/doctest.h>

using namespace codetext;
using namespace pyrena;

using Names = std::vector<std::string>;

TEST_CASE("a variable that an inner function uses is a cell, an argument stays where it is")
{
    const auto outer = inner(*compiled("def f(a, b):\n    c = b\n    def g():\n        nonlocal c\n        c = a\n        return print\n    return g\n"), "f");
    CHECK(outer->localsPlus == Names{"a", "b", "g", "c"});
    CHECK(outer->firstCell == 3);
    CHECK(outer->firstFree == 4);
    CHECK(outer->cellArguments == std::vector<std::uint32_t>{0});
    CHECK('\n' + lines(*outer) == "\nLoadFast b\nStoreDeref c\nLoadClosure a\nLoadClosure c\nBuildTuple 2\nLoadConst <code g>\nMakeFunction 8 f.<locals>.g\nStoreFast g\nLoadFast g\nReturnValue\n");
    const auto g = inner(*outer, "g");
    CHECK(g->localsPlus == Names{"a", "c"});
    CHECK(g->has(CodeFlag::Nested));
    CHECK('\n' + lines(*g) == "\nLoadDeref a\nStoreDeref c\nLoadGlobal print\nReturnValue\n");
}

TEST_CASE("names of a class body are invisible in its methods, but free variables are looked up in it first")
{
    const auto f = inner(*compiled("def f(x, y):\n    class C:\n        x = x\n        z = y\n        def g(self): return x, z\n"), "f");
    const auto c = inner(*f, "C");
    CHECK(lines(*c).find("LoadName x\nStoreName x\nLoadClassDeref y\nStoreName z\n") != std::string::npos);
    CHECK(lines(*inner(*c, "g")) == "LoadDeref x\nLoadGlobal z\nBuildTuple 2\nReturnValue\n");
    CHECK(c->localsPlus == Names{"x", "y"});
}

TEST_CASE("global and nonlocal names")
{
    CHECK(function("def f():\n    global a\n    a = 1\n    del a\n") == "\nLoadConst 1\nStoreGlobal a\nDeleteGlobal a\n");
    const auto f = inner(*compiled("def f(a):\n    def g():\n        global a\n        def h(): return a\n"), "f");
    CHECK(lines(*inner(*inner(*f, "g"), "h")) == "LoadGlobal a\nReturnValue\n");
    CHECK(f->cellArguments.empty());
}

TEST_CASE("super() and __class__ take the class from a cell of its body")
{
    const auto c = inner(*compiled("class C:\n    def f(self): return super().f()\n"), "C");
    CHECK(c->localsPlus == Names{"__class__"});
    CHECK(lines(*c).ends_with("LoadClosure __class__\nDupTop\nStoreName __classcell__\nReturnValue\n"));
    CHECK(inner(*c, "f")->localsPlus == Names{"self", "__class__"});
    CHECK(inner(*compiled("class C:\n    def f(self): return 1\n"), "C")->localsPlus.empty());
}

TEST_CASE("private names are mangled in class bodies and methods")
{
    const std::string text = lines(*inner(*compiled("class _C:\n    __x = 1\n    def f(self, __a): return self.__y, __a, __z__, f(__k=1)\n"), "_C"));
    CHECK(text.find("StoreName _C__x\n") != std::string::npos);
    const auto f = inner(*inner(*compiled("class _C:\n    def f(self, __a): return self.__y, __z__, f(__k=1)\n"), "_C"), "f");
    CHECK(f->localsPlus == Names{"self", "_C__a"});
    CHECK(lines(*f) == "LoadFast self\nLoadAttr _C__y\nLoadGlobal __z__\nLoadGlobal f\nLoadConst 1\nCall 1 ('__k',)\nBuildTuple 3\nReturnValue\n");
    CHECK(lines(*inner(*compiled("class __:\n    __x = 1\n"), "__")).find("StoreName __x\n") != std::string::npos);
}

TEST_CASE("comprehensions are functions until 3.11 and part of the code around them since 3.12")
{
    const std::string source = "def f(a, x):\n    return [x for x in a if x]\n";
    const auto old = inner(*compiled(source, "classic"), "f");
    CHECK('\n' + lines(*old) == "\nLoadConst <code <listcomp>>\nMakeFunction 0 f.<locals>.<listcomp>\nLoadFast a\nGetIter\nCall 1\nReturnValue\n");
    const auto comprehension = inner(*old, "<listcomp>");
    CHECK(comprehension->has(CodeFlag::Comprehension));
    CHECK(comprehension->argCount == 1);
    CHECK(comprehension->localsPlus == Names{".0", "x"});
    CHECK('\n' + lines(*comprehension) == "\nBuildList 0\nLoadFast .0\nL1:\nForIter L2\nStoreFast x\nLoadFast x\nPopJumpIfFalse L1\nLoadFast x\nListAppend 2\nJump L1\nL2:\nReturnValue\n");
    const auto f = inner(*compiled(source), "f");
    CHECK(f->localsPlus == Names{"a", "x", "x"});   // the comprehension's own
    CHECK('\n' + lines(*f) == R"(
LoadFast a
GetIter
LoadConst None
StoreFast x
BuildList 0   !L3@0
RotTwo   !L3@0
L1:
ForIter L2   !L3@0
StoreFast x   !L3@0
LoadFast x   !L3@0
PopJumpIfFalse L1   !L3@0
LoadFast x   !L3@0
ListAppend 2   !L3@0
Jump L1   !L3@0
L2:
DeleteFast x
Jump L4
L3:
DeleteFast x
Reraise
L4:
ReturnValue
)");
}

TEST_CASE("an inlined comprehension in a module or class body has hidden fast locals and sees no names of the class")
{
    const auto module = compiled("[x for x in a]\n[x for x in b]\n");
    CHECK(module->localsPlus == Names{"x"});
    CHECK(!module->has(CodeFlag::Function));
    const auto c = inner(*compiled("class C:\n    y = 1\n    z = [y for _ in y]\n"), "C");
    CHECK(lines(*c).find("LoadName y\nGetIter\n") != std::string::npos);
    CHECK(lines(*c).find("LoadGlobal y") != std::string::npos);
}

TEST_CASE("each run of a comprehension has cells of its own")
{
    const auto code = compiled("def f(a):\n    return [lambda: x for x in a]\n");
    CHECK(inner(*inner(*code, "f"), "<listcomp>")->localsPlus == Names{".0", "x"});
    const auto captured = inner(*compiled("def f(a):\n    return [lambda: a for x in a]\n"), "f");
    CHECK(captured->cellArguments == std::vector<std::uint32_t>{0});
    CHECK(lines(*captured).find("LoadClosure a ") != std::string::npos);
}

TEST_CASE(":= in a comprehension binds in the function around it")
{
    const std::string source = "def f(a):\n    [y := x for x in a]\n    return y\n";
    CHECK(inner(*compiled(source), "f")->localsPlus == Names{"a", "x", "y"});
    CHECK(inner(*inner(*compiled(source, "classic"), "f"), "<listcomp>")->localsPlus == Names{".0", "x", "y"});
    CHECK(module("[y := x for x in a]\n").find("StoreGlobal y") != std::string::npos);
}

TEST_CASE("code objects are numbered as they appear, and named after where they are")
{
    const auto code = compiled("def f():\n    def g(): pass\nclass C:\n    def h(self): return lambda: 1\n");
    CHECK(code->id == CodeId(0));
    CHECK(inner(*code, "f")->id == CodeId(1));
    CHECK(inner(*inner(*code, "f"), "g")->id == CodeId(2));
    const auto h = inner(*inner(*code, "C"), "h");
    CHECK(h->id == CodeId(4));
    CHECK(inner(*h, "<lambda>")->qualName == "C.h.<locals>.<lambda>");
    CHECK(inner(*compiled("def f():\n    global g\n    def g(): pass\n"), "f")->names.front() == "g");
}

TEST_CASE("what a finally block defines is one code object, however often the block is written")
{
    const auto f = inner(*compiled("def f(a):\n    try:\n        return a\n    finally:\n        g = lambda: 1\n"), "f");
    int count = 0;
    for (const Constant &constant : f->consts)
        count += std::holds_alternative<CodePointer>(constant.value);
    CHECK(count == 1);
}
