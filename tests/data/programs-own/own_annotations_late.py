# topic: scoping. Annotations from 3.14 on: what they may name, who makes them, where they are kept.
import sys, gc
def f(x: int) -> str: pass
class C:
    a: int
    def m(self, o: C): pass
    def n(self, o: Undefined): pass
v: int = 3
print(f.__annotate__.__qualname__, C.m.__annotate__.__qualname__, C.__annotate__.__qualname__, __annotate__.__qualname__)
print(f.__annotations__, C.__annotations__, C.m.__annotations__)
try:
    C.n.__annotations__
except NameError as e: print(e)
try:
    __annotations__
except NameError as e: print(e)
print(list(C.__dict__), __conditional_annotations__)
def g():
    class D:
        y: int
        def k(self, q: D): return D
    z: Nope = 1
    return D, z
d, z = g()
print(d.__annotations__, d.k.__annotations__, d.__dict__.keys())
print(f.__annotations__ is f.__annotations__, C.__annotations__ is C.__annotations__)
print(list(C.__dict__))
class E(C): pass
print(E.__annotations__, [type(x).__name__ for x in gc.get_referents(f)])
try: f.__annotate__(2)
except NotImplementedError as e: print("ni", e)
try: f.__annotate__(3)
except NotImplementedError as e: print("ni", e)
def h(a): pass
print(h.__annotate__, h.__annotations__)
h.__annotations__ = {"a": 1}
print(h.__annotations__, h.__annotate__)
class F: pass
print(F.__annotations__, F.__dict__.keys())
