# topic: collector. How many objects a class or function that goes out of use leaves.
import gc
gc.collect(); gc.disable()
def t(f):
    f(); print(f.__name__, gc.collect())
def empty():
    class A: pass
def method():
    class A:
        def m(self): pass
def prop():
    class A:
        @property
        def p(self): pass
def prop2():
    class A:
        @property
        def p(self): pass
        @p.setter
        def p(self, v): pass
        @p.deleter
        def p(self): pass
def cm():
    class A:
        @classmethod
        def c(cls): pass
        @staticmethod
        def s(): pass
def slots():
    class A:
        __slots__ = ('a', 'b')
def inst():
    class A:
        def __init__(self): self.x = 1
    a = A()
def sup():
    class A:
        def m(self): return super().m
def deco():
    def d(f):
        def w(): return f()
        return w
    @d
    def x(): pass
    x.me = x
def lst():
    class A(list): pass
def exc():
    class A(Exception): pass
    try: raise A
    except A as e: pass
def attr():
    class A:
        x = []
        y = {}
def gen():
    def g():
        me = yield
        yield
    i = g(); next(i); i.send(i)
def clo():
    def f(): return f
def cyc():
    class N: pass
    a = N(); a.me = a
def attr2():
    class A: pass
    A.me = A
    a = A(); a.d = a.__dict__
for f in (empty, method, prop, prop2, cm, slots, inst, sup, deco, lst, exc, attr, gen, clo, cyc, attr2): t(f)
