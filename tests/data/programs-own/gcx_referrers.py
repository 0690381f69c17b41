# topic: collector. gc.get_referrers and gc.get_referents of lists, dicts, tuples and instances.
import gc
class A: pass
gc.collect(); gc.disable()
x = A()
l = [x]; d = {'x': x}; t = (x,)
def f(): return x
print(sorted(type(r).__name__ for r in gc.get_referrers(x)))
y = A(); y.x = x
print(len(gc.get_referrers(x)))
print([type(r).__name__ for r in gc.get_referents(t)], [type(r).__name__ for r in gc.get_referents(d)])
z = []
print(gc.get_referrers(z) == [globals()])
print(any(r is l for r in gc.get_referrers(x)))
del l, d, t, y
print(len(gc.get_referrers(x)))
