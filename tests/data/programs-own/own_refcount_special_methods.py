# topic: refcount. What is held while a special method runs.
import sys
g = sys.getrefcount
class A: pass
a = A()
class B:
    def __call__(self, x, y=1): return g(self), g(x)
    def __getitem__(self, i): return g(self), g(i)
    def __setitem__(self, i, v): print('set', g(self), g(i), g(v))
    def __delitem__(self, i): print('del', g(self), g(i))
    def __contains__(self, i): print('in', g(self), g(i)); return True
    def __add__(self, o): return g(self), g(o)
    def __radd__(self, o): return g(self), g(o)
    def __iadd__(self, o): print('iadd', g(self), g(o)); return self
    def __neg__(self): return g(self)
    def __lt__(self, o): return g(self), g(o)
    def __eq__(self, o): return g(self), g(o)
    def __bool__(self): print('bool', g(self)); return True
    def __len__(self): print('len', g(self)); return 3
    def __iter__(self): print('iter', g(self)); return iter([])
    def __str__(self): print('str', g(self)); return 's'
    def __repr__(self): print('repr', g(self)); return 'r'
    def __hash__(self): print('hash', g(self)); return 1
    def __enter__(self): print('enter', g(self)); return self
    def __exit__(self, *x): print('exit', g(self))
    def __getattr__(self, n): return g(self)
    def __format__(self, s): print('format', g(self)); return 'f'
    def __index__(self): print('index', g(self)); return 0
    def __int__(self): print('int', g(self)); return 0
    def __next__(self): print('next', g(self)); return 1
    def __reversed__(self): print('rev', g(self)); return []
    def __abs__(self): print('abs', g(self)); return 1
    @property
    def p(self): return g(self)
    @p.setter
    def p(self, v): print('pset', g(self), g(v))
    @classmethod
    def cm(cls, x): return g(x)
    @staticmethod
    def sm(x): return g(x)
    def __del__(self): print('delete', g(self))
b = B()
print('call', b(a), b(x=a), b(a, y=2), b(*(a,)))
print('getitem', b[a])
b[a] = a
del b[a]
a in b
print('add', b + a, a + b)
b += a
print('neg', -b)
print('lt', b < a, b == a, b > a)
bool(b)
if b: pass
not b
len(b)
iter(b)
for _ in b: pass
str(b); repr(b); print(b); '%s %r' % (b, b); f'{b} {b!r}'; '{}'.format(b)
hash(b); {b: 1}; {b}
with b: pass
with b as q: pass
del q
print('getattr', b.zzz, getattr(b, 'yyy'), b.p)
b.p = a
[1][b]; int(b); next(b); reversed(b); abs(b)
print(b.cm(a), b.sm(a), B.cm(a), B.sm(a))
list(b); tuple(b); [*b]
sorted([b, b], key=lambda v: 1)
max(b, b, key=lambda v: g(v))
print(list(map(lambda v: g(v), [b])), [g(v) for v in [b]], list(filter(lambda v: print(g(v)), [b])))
print(sorted([b], key=lambda v: print('key', g(v))) is None)
del b
print('end')
