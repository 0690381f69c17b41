# topic: weakref. Weak references to what only a frame holds.
import weakref, gc
class T:
    pass
def f():
    t = T()
    r = weakref.ref(t, lambda w: print("callback"))
    return r
r = f()
print(r() is None)
def g():
    t = T()
    r = weakref.ref(t)
    try:
        raise ValueError
    except ValueError as e:
        kept = e
    return r
r = g()
print(r() is None)
gc.collect()
print(r() is None)
def gen():
    t = T()
    yield weakref.ref(t)
    yield "more"
i = gen()
r = next(i)
print(r() is None)
i.close()
print(r() is None)
wg = weakref.ref(gen())
print(wg() is None)
i = gen()
wg = weakref.ref(i, lambda w: print("generator gone"))
next(i)
i = None
def maker():
    def inner(): pass
    return weakref.ref(inner)
print(maker()() is None)
wf = weakref.ref(maker)
del maker
print(wf() is None)
class M:
    def m(self): pass
m = M()
print(weakref.ref(m.m)() is None)
