# topic: finalizers. Attributes set in another order: let go in the order of the class's keys since 3.11.
import gc
gc.disable()
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print(self.n, end=' ')
class A: pass
first = A()
first.p = 1; first.a = 2; first.z = 3
def mk():
    x = A()
    x.z = N('z'); x.a = N('a'); x.p = N('p')
    return x
x = mk(); del x
print('| dealloc')
x = mk(); vars(x); del x
print('| dealloc with dict')
x = mk(); d = vars(x); del x
print('| kept dict', list(d))
del d
print('| dict dies')
x = mk(); print([r.n for r in gc.get_referents(x) if isinstance(r, N)], list(vars(x)), [getattr(r, 'n', type(r).__name__) for r in gc.get_referents(x)])
del x
print()
x = A(); x.z = N('z'); x.a = N('a'); x.p = N('p'); del x.a; x.a = N('a2')
print([r.n for r in gc.get_referents(x) if isinstance(r, N)])
del x
print('|')
class I(int):
    __slots__ = ()
    def __del__(self): print(int(self), end=' ')
old = [I(1), I(2), I(3)]
gc.collect()
x = A(); x.z, x.a, x.p = old.pop(0), old.pop(0), old.pop(0); x.me = x
del x
gc.collect(0)
print('| clear')
class B:
    def __init__(self, *names):
        for n in names: setattr(self, n, N(n))
b = B('a', 'b', 'c'); c = B('c', 'b', 'a'); d = B('b', 'x', 'a')
del b; print('|')
del c; print('|')
del d; print('|')
