# topic: gc_counter. Counter 0 across calls.
import gc
gc.disable()
print('begin')
gc.collect()
get_count = gc.get_count

class A:
    def m(self, *a, **k): return self
    def n(self): pass
    def __getattr__(self, name):
        raise AttributeError(name)
class B:
    def __init__(self, x=0, y=0): self.x = x
class C(B):
    def __init__(self, x): super().__init__(x)
    def s(self): super()
class S:
    __slots__ = ('x', 'y')
    def __init__(self): self.x = 1
class N:
    def __new__(cls, *a): return object.__new__(cls)
class Call:
    def __call__(self, *a, **k): pass
class It:
    def __iter__(self): return self
    def __next__(self): raise StopIteration
    def __len__(self): return 0
    def __getitem__(self, i): return i
    def __setitem__(self, i, v): pass
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    def __add__(self, other): return 1
    def __repr__(self): return 'r'
    def __hash__(self): return 1
    def __contains__(self, x): return True
    def __bool__(self): return True
    def __enter__(self): return self
    def __exit__(self, *a): return True
    @property
    def prop(self): return 1
    @staticmethod
    def stat(x): return x
    @classmethod
    def clas(cls): return cls
class D:
    def __del__(self): pass
class L(list): pass
class T(dict): pass
def f0(): pass
def f1(a): return a
def f2(a, b=1, *c, d=2, **e): return a
def g0(): yield 1
def fc(x):
    def inner(): return x
    return inner
def fr(): raise ValueError(1)
def fr2(): fr()
a, b, c, s, n, call, it = A(), B(), C(1), S(), N(), Call(), It()
l, t, d, st = [1, 2, 3], (1, 2, 3), {'a': 1, 'b': 2}, {1, 2, 3}
l1000 = list(range(1000, 1010))
tt = (1000, 2000)
bound = a.n
def len0(x): return 0

def measure(name, f):
    out = []
    gc.collect()
    pad = [[], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], []]
    for k in (0, 1, 2):
        a = get_count()[0]
        f()
        out.append(get_count()[0] - a)
    print(name + ':', *out)
def f():
    pass
measure('pass', f)
measure('None', lambda: None)
measure('f0', lambda: f0())
measure('f1', lambda: f1(1))
measure('f2', lambda: f2(1))
measure('f2 rest', lambda: f2(1, 2, 3))
measure('f2 keyword', lambda: f2(1, d=3))
measure('f2 more keywords', lambda: f2(1, z=3))
measure('f1 star', lambda: f1(*(1,)))
measure('f1 star list', lambda: f1(*[1]))
measure('f1 star star', lambda: f1(**{'a': 1}))
measure('f2 star star', lambda: f2(1, **{'z': 1}))
measure('bound', lambda: a.n)
measure('bound call', lambda: bound())
measure('callable instance', lambda: call())
measure('callable instance 1', lambda: call(1))
measure('callable instance k', lambda: call(k=1))
measure('len', lambda: len(l))
measure('id', lambda: id(l))
measure('isinstance', lambda: isinstance(l, list))
measure('isinstance tuple', lambda: isinstance(l, (list, dict)))
measure('issubclass', lambda: issubclass(list, object))
measure('hasattr', lambda: hasattr(l, 'x'))
measure('hasattr instance', lambda: hasattr(b, 'zz'))
measure('getattr', lambda: getattr(b, 'x'))
measure('getattr default', lambda: getattr(b, 'zz', 0))
measure('setattr', lambda: setattr(b, 'x', 1))
measure('max 2', lambda: max(1, 2))
measure('max list', lambda: max(l))
measure('max 3', lambda: max(1, 2, 3))
measure('max key', lambda: max(l, key=len0))
measure('min 2', lambda: min(1, 2))
measure('max default', lambda: max((), default=1))
measure('sum', lambda: sum(l))
measure('sum start', lambda: sum(l, 1))
measure('any', lambda: any(l))
measure('all', lambda: all(l))
measure('abs', lambda: abs(-1))
measure('round', lambda: round(1.5))
measure('round 2', lambda: round(1.55, 1))
measure('divmod', lambda: divmod(7, 2))
measure('pow', lambda: pow(2, 3))
measure('sorted', lambda: sorted(l))
measure('sorted key', lambda: sorted(l, key=len0))
measure('sorted reverse', lambda: sorted(l, reverse=True))
measure('reversed', lambda: reversed(l))
measure('iter', lambda: iter(l))
measure('iter tuple', lambda: iter(t))
measure('iter dict', lambda: iter(d))
measure('iter range', lambda: iter(range(3)))
measure('next', lambda: next(iter(l)))
measure('str', lambda: str(1))
measure('str none', lambda: str())
measure('str object', lambda: str(it))
measure('repr', lambda: repr(1))
measure('repr list', lambda: repr(l))
measure('repr tuple', lambda: repr(t))
measure('repr dict', lambda: repr(d))
measure('repr object', lambda: repr(it))
measure('int', lambda: int('1'))
measure('int base', lambda: int('1', 8))
measure('int float', lambda: int(1.5))
measure('float', lambda: float(1))
measure('float text', lambda: float('1'))
measure('bool', lambda: bool(1))
measure('list none', lambda: list())
measure('list', lambda: list(l))
measure('list range', lambda: list(range(3)))
measure('tuple none', lambda: tuple())
measure('tuple', lambda: tuple(l))
measure('tuple tuple', lambda: tuple(t))
measure('tuple range', lambda: tuple(range(3)))
measure('dict none', lambda: dict())
measure('dict copy', lambda: dict(d))
measure('dict keywords', lambda: dict(a=1))
measure('dict pairs', lambda: dict([(1, 2)]))
measure('dict zip', lambda: dict(zip(l, l)))
measure('set none', lambda: set())
measure('set', lambda: set(l))
measure('frozenset', lambda: frozenset(l))
measure('range 1', lambda: range(3))
measure('range 2', lambda: range(1, 3))
measure('slice', lambda: slice(1))
measure('slice 2', lambda: slice(1, 2))
measure('object', lambda: object())
measure('type', lambda: type(l))
measure('bytes', lambda: bytes(3))
measure('super', lambda: super(C, c))
measure('enumerate', lambda: enumerate(l))
measure('enumerate start', lambda: enumerate(l, 1))
measure('zip', lambda: zip(l, l))
measure('zip 1', lambda: zip(l))
measure('map', lambda: map(f1, l))
measure('map 2', lambda: map(f1, l, l))
measure('filter', lambda: filter(f1, l))
measure('property', lambda: property(f1))
measure('staticmethod', lambda: staticmethod(f1))
measure('classmethod', lambda: classmethod(f1))
measure('list zip', lambda: list(zip(l, l)))
measure('list map', lambda: list(map(f1, l)))
measure('list map str', lambda: list(map(str, l)))
measure('list map list', lambda: list(map(list, [()] * 5)))
measure('list enumerate', lambda: list(enumerate(l)))
measure('list filter', lambda: list(filter(f1, l)))
measure('list reversed', lambda: list(reversed(l)))
measure('list items', lambda: list(d.items()))
measure('list keys', lambda: list(d))
measure('chr', lambda: chr(300))
measure('ord', lambda: ord('a'))
measure('hex', lambda: hex(1))
measure('hash', lambda: hash(1))
measure('hash tuple', lambda: hash(t))
measure('callable', lambda: callable(l))
measure('format', lambda: format(1, '2'))
measure('vars', lambda: vars(b))
measure('vars keys', lambda: sorted(vars(b)))
measure('globals', lambda: globals())
measure('new B', lambda: B())
measure('new B 1', lambda: B(1))
measure('new B k', lambda: B(x=1))
measure('new B star', lambda: B(*(1,)))
measure('new C', lambda: C(1))
measure('new S', lambda: S())
measure('new D', lambda: D())
measure('new L', lambda: L())
measure('new L 1', lambda: L(l))
measure('new T', lambda: T())
measure('new A', lambda: A())
measure('super method', lambda: c.s())
measure('ValueError', lambda: ValueError())
measure('ValueError 1', lambda: ValueError(1))
measure('KeyError', lambda: KeyError(1, 2))
