# topic: gc_generations. Which frozensets the collector tracks.
import gc
class A: pass
f = frozenset([1,2]); print(gc.is_tracked(f), gc.is_tracked(frozenset()), gc.is_tracked(frozenset([(1,)])), gc.is_tracked(frozenset([object()])))
print(gc.is_tracked(frozenset([A()])), gc.is_tracked({1}), gc.is_tracked(frozenset({"a"}) | {1}), gc.is_tracked(frozenset([1]).copy()), gc.is_tracked(frozenset([frozenset([1])])), gc.is_tracked(frozenset([(1, ())])), gc.is_tracked(frozenset([A])))
print(gc.is_tracked(frozenset({1}) & {1}), gc.is_tracked(frozenset({A}) - {1}), gc.is_tracked(frozenset([(1, A())])), gc.is_tracked(set()), gc.is_tracked(frozenset(x for x in [A()])))
print(1 in {1,2}, gc.is_tracked(frozenset("abc")))
def g(x): return x in {1,2,3}
f = frozenset([A(), 1]); gc.collect(); print(gc.is_tracked(f))
class F(frozenset): pass
print(gc.is_tracked(F([1])), gc.is_tracked(F([A()])))
