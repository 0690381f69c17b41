# Which containers are tracked, and when a collection lets go of them.
import gc
def made(*items): return tuple(items)
t = made(1, 2); u = made(t, 3); v = made([], 1); w = made(u, v)
gc.collect(0)
print(gc.is_tracked(t), gc.is_tracked(v))
gc.collect(); gc.collect()
print(gc.is_tracked(t), gc.is_tracked(u), gc.is_tracked(v), gc.is_tracked(w))
print(gc.is_tracked([]), gc.is_tracked(set()), gc.is_tracked(1), gc.is_tracked("a"), gc.is_tracked(object()), gc.is_tracked(print))
d = {"a": 1}
d2 = {"a": []}
print(gc.is_tracked(d2))
d2["a"] = 1
gc.collect()
class C: __slots__ = ("x",)
print(gc.is_tracked(C()), gc.is_tracked(C), gc.is_tracked(lambda: 0), gc.is_tracked(iter([])), gc.is_tracked(range(3)))
