# topic: scoping. Annotations: when they are evaluated and kept, and what defining them costs.
import gc, sys
def say(x):
    print("evaluates", x)
    return x
def f(x: say("x"), y: say("y") = 2, *a: say("a"), k: say("k") = 1, **kw: say("kw")) -> say("ret"):
    return x
print("defined")
print(f.__annotations__)
print(f.__annotations__ is f.__annotations__, f(3))
class C:
    a: say("C.a") = 1
    b: say("C.b")
    def m(self, q: say("q")): return q
print(C.__annotations__, C.a, hasattr(C, "b"))
try:
    class Node:
        def add(self, other: Node) -> Node: return other
    print(Node.add.__annotations__["other"] is Node)
except NameError as e:
    print(e)
def g():
    y: say("never") = 2
    z: Undefined
    return y
print(g())
class D(C): pass
print(D.__annotations__ == C.__annotations__, C.__annotations__)
n: say("n") = 4
print(n)
gc.collect()
gc.disable()
before = gc.get_count()[0]
def h0(q): return q
one = gc.get_count()[0]
def h1(q: int) -> int: return q
two = gc.get_count()[0]
h1.__annotations__
three = gc.get_count()[0]
def h2(q: int, r: "str" = "s", *, t: list = None): return q
four = gc.get_count()[0]
print(one - before, two - one, three - two, four - three)
print(h2.__annotations__, h0.__annotations__)
def outer(kind):
    def inner(x: kind, y: "kind") -> kind: return x
    return inner
print(outer(int).__annotations__)
print(sys.getrefcount(outer.__doc__) > 1)
def documented(x: int):
    "a text of its own"
    return x
print(documented.__doc__, documented.__doc__ is documented.__doc__, sys.getrefcount(documented.__doc__))
documented.__doc__ = "another"
print(documented.__doc__)
