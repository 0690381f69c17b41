# get_referrers looks at tracked containers; get_referents shows what the collector sees of an object.
import gc
class Node:
    pass
target = Node()
holder = [target]
mapping = {"k": target}
t = (target, 1)
n = Node(); n.child = target
found = gc.get_referrers(target)
print(any(x is holder for x in found), any(x is mapping for x in found), any(x is t for x in found))
print(any(x is globals() for x in found))
print([x for x in gc.get_referents(holder)] == [target])
print(gc.get_referents(1, "a", 2.5))
print(sorted(type(x).__name__ for x in gc.get_referents([1, "a"], (2.0,))))
print(len(gc.get_referents({"a": 1, "b": [2]})), len(gc.get_referents({1: 2})))
def f(a=holder): return a
print(any(x is holder for x in gc.get_referents(f.__defaults__)))
print(gc.get_referrers() == [], gc.get_referents() == [])
