# topic: weak_collections. weakref.finalize: alive, peek, detach, atexit, order at exit.
import weakref, gc
class Res:
    def __init__(self, n): self.n = n
def close(n, how='plain'): print('close', n, how)
a, b, c = Res(1), Res(2), Res(3)
fa = weakref.finalize(a, close, 1)
fb = weakref.finalize(b, close, 2, how='kw')
fc = weakref.finalize(c, close, 3)
print(fa.alive, fb.peek()[2:], fc.atexit)
del a
print(fa.alive, fa())
fb()
del b
c.me = c
del c
print(gc.collect() > 0, fc.alive)
d = Res(4)
fd = weakref.finalize(d, close, 4)
e = Res(5)
fe = weakref.finalize(e, close, 5)
fe.atexit = False
f = Res(6)
ff = weakref.finalize(f, close, 6)
print(ff.detach() is not None, ff.alive)
print('end')
