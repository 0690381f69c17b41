# topic: reuse. Two objects of one size class next to each other; frames do not come between.
import sys
class A:
    __slots__ = ("x",)
def make(): return A()
make()
a = make(); b = make()
del a
c = make()
old = id(c)
del c
make()
d = make()
print(id(d) == old)
def loop():
    seen = set()
    for i in range(5):
        seen.add(id(make()))
    return len(seen)
print(loop())
def hold():
    seen = [make() for i in range(5)]
    return len(set(map(id, seen)))
print(hold())
