# topic: del_statement. When objects die: names, containers, exceptions, loops, closures.
import weakref, gc, sys
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
    def __repr__(self): return 'N(%r)' % self.n
def scope():
    a = N('a'); b = N('b')
    a.other = b
    return b
x = scope(); print('returned', x); del x
l = [N(i) for i in range(3)]
print('made')
l[1] = None
print('replaced')
l = None
print('gone')
def gen():
    t = N('gen')
    yield 1
    print('after')
g = gen(); next(g); g = None
print('gen dropped')
d = {N('k'): N('v')}
d.clear()
s = {N('s1')}; s = s | set(); print('set'); del s
t = (N('t1'), N('t2')); u = t; del t; print('tuple alive'); del u
try:
    raise ValueError(N('exc'))
except ValueError as e: pass
print('after except')
try:
    def f():
        loc = N('loc')
        raise KeyError
    f()
except KeyError as e:
    print('handling')
print('handled')
N('temp'); print('temp done')
print(N('printed'))
[N('c') for _ in range(2)]; print('comp')
for q in [N('l1'), N('l2')]: print(q)
del q
print('loop')
a = N('cyc'); a.me = a; del a; print('cycle made'); print(gc.collect() > 0)
w = weakref.ref(N('weak')); print(w())
p = N('prop'); r = weakref.ref(p, lambda ref: print('callback')); del p; print(r() is None)
lam = lambda o=N('default'): o
del lam; print('lambda')
class K:
    held = N('class')
del K; gc.collect(); print('class gone')
n = N(1); n = N(2); n = n; print('rebinding'); m = n; del n; print('m'); del m
def swap(a, b): return b, a
i, j = swap(N('i'), N('j')); print(i, j); i = j; print('i=j'); del i, j
v = [N('v0')]; v.append(v); del v; print(gc.collect())
with open if False else type('M', (), {'__enter__': lambda s: N('with'), '__exit__': lambda s, *a: print('exit')})() as o: print(o)
del o
z = N('z'); k = z.__repr__; del z; print('bound'); del k
def inner():
    c = N('closure')
    def get(): return c
    return get
h = inner(); print(h()); del h
x = y = N('xy'); x = 1; print('x'); y = 1
print(sys.getrefcount(N('rc')))
b = N('bool') and 5; print(b)
c = N('cond') if b else 0; c = 0
assert N('assert')
e = [N('e1'), N('e2')]; e.pop(); print('popped'); e.reverse(); del e[:]; print('end')
star, *rest = N('s0'), N('s1'), N('s2'); del rest; print('rest'); del star
glob = N('global at exit')
keep = [N('in list at exit')]
