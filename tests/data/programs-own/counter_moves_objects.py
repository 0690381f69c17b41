# topic: gc_counter. Counter 0 across objects.
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
    def g(): pass
measure('function', f)
def f():
    def g(a=1): pass
measure('function default', f)
def f():
    def g(a=[]): pass
measure('function default list', f)
def f():
    def g(*, a=1): pass
measure('function keyword default', f)
measure('lambda', lambda: (lambda: 0))
measure('lambda default', lambda: (lambda x=l: 0))
measure('closure', lambda: fc(1))
measure('closure called', lambda: fc(1)())
def f():
    x = 1
    y = 2
    def g(): return x, y
measure('closure 2', f)
def f():
    def g(): return g
measure('recursive', f)
def f():
    def g(n): return g(n - 1) if n else 0
    g(3)
measure('recursive called', f)
def f():
    x = 1
    def g():
        nonlocal x
        x = 2
    g()
measure('nonlocal', f)
measure('generator', lambda: g0())
measure('generator list', lambda: list(g0()))
measure('generator send', lambda: g0().send(None))
measure('instance', lambda: A())
measure('instance attributes', lambda: B())
measure('instance dict', lambda: vars(B()))
measure('instance __dict__', lambda: B().__dict__)
def f():
    o = A()
    o.x = 1
measure('instance set', f)
def f():
    o = A()
    o.x = []
measure('instance set list', f)
def f():
    o = A()
    o.x = 1
    o.y = [o]
    del o.y
measure('instance set me', f)
def f():
    o = B()
    del o.x
measure('instance del', f)
measure('slots', lambda: S())
measure('instance eq', lambda: it == it)
measure('instance other eq', lambda: it == 1)
measure('object eq', lambda: b == c)
measure('object ne', lambda: b != c)
measure('instance lt', lambda: it < it)
measure('instance add', lambda: it + 1)
measure('instance len', lambda: len(it))
measure('instance bool', lambda: bool(it))
measure('instance item', lambda: it[0])
measure('instance item slice', lambda: it[1:2])
def f():
    it[0] = 1
measure('instance item set', f)
measure('instance in', lambda: 1 in it)
measure('instance hash', lambda: hash(it))
measure('instance repr', lambda: repr(it))
measure('instance str', lambda: f'{it}')
measure('property', lambda: it.prop)
measure('staticmethod', lambda: it.stat(1))
measure('staticmethod of class', lambda: It.stat(1))
measure('classmethod got', lambda: it.clas)
measure('class attribute', lambda: A.n)
measure('method got', lambda: a.n)
measure('builtin method got', lambda: l.append)
def f():
    x = l.append
measure('builtin method called', f)
measure('slot wrapper', lambda: b.__init__)
measure('class of', lambda: b.__class__)
measure('__name__', lambda: A.__name__)
measure('__dict__ of class', lambda: A.__dict__['n'])
measure('__doc__', lambda: A.__doc__)
measure('mro', lambda: A.__mro__)
measure('bases', lambda: A.__bases__)
measure('super init', lambda: C(1))
def f():
    class X: pass
measure('class', f)
def f():
    class X(A, B): pass
measure('class bases', f)
def f():
    class X:
        a = 1
measure('class attribute', f)
def f():
    class X:
        def m(self): pass
measure('class method', f)
def f():
    class X:
        def m(self): pass
        def n(self): pass
measure('class method 2', f)
def f():
    class X(B):
        def m(self): super()
measure('class super', f)
def f():
    class X:
        __slots__ = ('a', 'b')
measure('class slots', f)
def f():
    class X(B):
        __slots__ = ('a',)
measure('class slots derived', f)
def f():
    class X:
        @property
        def m(self): pass
measure('class property', f)
def f():
    class X(list): pass
measure('class list', f)
def f():
    class X(dict): pass
measure('class dict', f)
def f():
    class X(Exception): pass
measure('class exception', f)
def f():
    class X:
        def __del__(self): pass
measure('class del', f)
def f():
    class X:
        def __init__(self): pass
measure('class init', f)
def f():
    class X:
        a = [i for i in range(3)]
measure('class comprehension', f)
def f():
    class X: pass
    X()
measure('class instance', f)
def f():
    class X: pass
    x = X()
    x.a = 1
    x.b = 2
measure('class instance attributes', f)
def f():
    class X: pass
    X.a = 1
measure('class set attribute', f)
measure('type call', lambda: type('X', (), {}))
def f():
    try: pass
    except ValueError: pass
measure('try', f)
def f():
    try: pass
    finally: pass
measure('try finally', f)
def f():
    try: raise ValueError(1)
    except ValueError: pass
measure('raise', f)
def f():
    try: raise ValueError
    except ValueError: pass
measure('raise no argument', f)
def f():
    try: raise ValueError(1)
    except ValueError as e: pass
measure('raise as', f)
def f():
    try: fr()
    except ValueError: pass
measure('raise in call', f)
def f():
    try: fr2()
    except ValueError: pass
measure('raise in calls', f)
def f():
    try: fr2()
    except (TypeError, ValueError): pass
measure('raise tuple', f)
def f():
    try: fr2()
    except KeyError: pass
    except ValueError: pass
measure('raise not matched', f)
def f():
    try: raise ValueError(1) from KeyError(2)
    except ValueError: pass
measure('raise from', f)
def f():
    try:
        try: raise ValueError(1)
        except ValueError: raise KeyError(2)
    except KeyError: pass
measure('raise nested', f)
def f():
    try:
        try: raise ValueError(1)
        except ValueError: raise
    except ValueError: pass
measure('reraise', f)
def f():
    try: d['z']
    except KeyError: pass
measure('key error', f)
def f():
    try: l[9]
    except IndexError: pass
measure('index error', f)
def f():
    try: l.z
    except AttributeError: pass
measure('attribute error', f)
def f():
    try: b.z
    except AttributeError: pass
measure('attribute error instance', f)
def f():
    try: zz
    except NameError: pass
measure('name error', f)
def f():
    try: 1 / 0
    except ZeroDivisionError: pass
measure('zero', f)
def f():
    try: 1 + ''
    except TypeError: pass
measure('type error', f)
def f():
    try: f1()
    except TypeError: pass
measure('type error call', f)
def f():
    try: a, b = l
    except ValueError: pass
measure('unpack error', f)
def f():
    try: next(iter(()))
    except StopIteration: pass
measure('stop iteration', f)
def f():
    try:
        try: fr()
        finally: pass
    except ValueError: pass
measure('finally raise', f)
def f():
    try: assert 0
    except AssertionError: pass
measure('assert', f)
measure('exception', lambda: ValueError(1))
def f():
    x = ValueError(1)
    x.a = 1
measure('exception attribute', f)
def f():
    try: fr()
    except ValueError as e: x = e.__traceback__
    del x
measure('exception traceback', f)
measure('with_traceback', lambda: ValueError(1).with_traceback(None))
measure('exception args', lambda: ValueError(1).args)
measure('exception str', lambda: str(ValueError(1)))
def f():
    global zzz
    zzz = 1
measure('global', f)
def f():
    x = []
    del x
measure('del', f)
def f():
    x = 0
    while x < 3: x += 1
measure('while', f)
def f():
    x = 1 < 2 < 3
measure('chain', f)
def f():
    x = 10 ** 30
measure('big int', f)
