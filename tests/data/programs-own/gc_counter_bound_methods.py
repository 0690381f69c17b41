# topic: gc_generations. Bound methods and counter 0: which kinds have a free list, and how many it keeps.
import gc
gc.disable()
gc.collect()
a = []
class O:
    def m(self): pass
o = O()
def n(f):
    f(); f()
    x = gc.get_count()[0]
    f()
    return gc.get_count()[0] - x
def keep(f):
    k = [None] * 30
    x = gc.get_count()[0]
    for i in range(30): k[i] = f()
    y = gc.get_count()[0]
    k = None
    z = gc.get_count()[0]
    k = [None] * 30
    x2 = gc.get_count()[0]
    for i in range(30): k[i] = f()
    y2 = gc.get_count()[0]
    return y - x, z - y, y2 - x2
def f1(): return a.append
def f2(): return o.m
def f3(): return o.__init__
def f4(): return a.__len__
def f5(): return dict.fromkeys
for f in (f1, f2, f3, f4, f5): print(keep(f), end=" ")
i1 = id(a.append); i2 = id(o.m); i3 = id(a.__len__)
print(i1 == i2, i2 == i3, i1 == id(a.pop), i1 == id(o.m))
