# Weak references and collections: who calls back, in which order, who stays silent.
import gc, weakref
class Node:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name, ref_a() is None)
gc.disable(); gc.collect()
a = Node("a"); b = Node("b"); a.b = b; b.a = a
ref_a = weakref.ref(a)
calls = [weakref.ref(a, lambda r: print("a 1")), weakref.ref(b, lambda r: print("b 1")), weakref.ref(a, lambda r: print("a 2"))]
a.own = weakref.ref(b, lambda r: print("never"))
print(weakref.getweakrefcount(a), weakref.getweakrefcount(b), len(weakref.getweakrefs(a)))
del a, b
print(gc.collect() > 0)
print([r() for r in calls])
c = Node("c"); ref_a = weakref.ref(c)
p = weakref.proxy(c, lambda r: print("proxy"))
c.me = c
print(p.name)
del c
gc.collect()
try:
    p.name
except ReferenceError as e:
    print(e)
