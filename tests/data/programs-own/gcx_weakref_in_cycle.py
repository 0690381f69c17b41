# topic: weakref. Weak references inside and outside of a dead cycle: which callbacks run.
import gc, weakref
class A:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
gc.collect(); gc.disable()
def told(r): print('told')
a, b = A('a'), A('b')
a.b, b.a = b, a
outside = weakref.ref(a, told)
a.inside = weakref.ref(b, told)
b.inside = weakref.ref(a, told)
c = A('c')
c.r = weakref.ref(a, told)
del a, b
print('collect')
n = gc.collect()
print(n, outside() is None, c.r() is None)
