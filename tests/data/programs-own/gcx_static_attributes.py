# topic: collector. In which order instances of a class show and let go of what methods assign to self.
import gc
class W:
    def __init__(self):
        self.z = 1
        self.b, self.a = [], ()
        def inner():
            self.q = 1
        for self.f in range(2): pass
        self.aug = 1
        self.aug += 1
        with open.__self__ if 0 else X() as self.w: pass
        self.ann: int = 3
        del self.q2
class X:
    def __enter__(self): return self
    def __exit__(self, *a): pass
class Y:
    def m(self):
        self.only += 1
    def n(this): this.no = 1
class K:
    def __init__(self, name):
        self.name = name
        self.c, self.b, self.a = [], {}, ()
k = K('x')
print([type(x).__name__ for x in gc.get_referents(k)], list(vars(K('y'))))
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('dies', self.n)
class L:
    def __init__(self):
        self.z, self.m, self.a = D('z'), D('m'), D('a')
l = L()
del l
l = L(); vars(l); del l
l = L(); l.me = l; del l; gc.collect()
class S(L): pass
s = S(); s.b = D('b'); del s
try:
    print(W.__static_attributes__)
    print(Y.__static_attributes__, L.__static_attributes__, S.__static_attributes__)
except AttributeError as e: print(e)
