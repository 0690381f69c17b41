# topic: collector. Classes are cycles: what gc.collect() counts of them.
import gc
def make():
    class Local:
        def method(self): pass
    return Local
gc.collect(); gc.disable()
make()
print(gc.collect())
C = make()
o = C()
del C
print(gc.collect())
del o
print(gc.collect())
def derived():
    class A: pass
    class B(A): pass
    return B()
derived()
print(gc.collect())
def slotted():
    class S:
        __slots__ = ('a', 'b')
    s = S()
    s.a = s
slotted()
print(gc.collect())
